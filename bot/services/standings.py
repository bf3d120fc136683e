"""How a member stands, and the group's board."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from bot.domain.ids import GroupId
from bot.domain.ranking import SHARE_FROM, Entry, Metric, Period, board, own_place
from bot.domain.schedule import local_date, monday_of
from bot.services import access, pauses, schedules
from bot.services.joining import wishes_of
from bot.services.views import Board, Membership, Person
from bot.storage import boards, groups, memberships
from bot.storage.boards import Sums
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member

PER_CENT = 100


async def mine(db: Database, person: Person, now: datetime) -> list[Membership]:
    """Return the person's own place in each of their groups, oldest membership first."""

    def collect(conn: Connection) -> list[Membership]:
        members = memberships.of_user(conn, person.guild_id, person.user_id)
        return [
            _membership(conn, group, member, now)
            for member in members
            if (group := groups.find(conn, person.guild_id, member.group_id)) is not None
            and group.archived_at is None
        ]

    return await db.read(collect)


async def leaderboard(
    db: Database,
    person: Person,
    group_id: GroupId,
    now: datetime,
    *,
    metric: Metric = Metric.STREAK,
    period: Period = Period.WEEK,
) -> Board:
    """Return a group's board as the person sees it; the period counts for metrics that have one.

    Raises NotFound `group_not_found`, Refused `group_archived`.
    """

    def collect(conn: Connection) -> Board:
        group = access.group_of(conn, person, group_id)
        since_on = _since(period, local_date(now, group.zone)) if metric.has_period else None
        members = memberships.of_group(conn, group.guild_id, group.id)
        sums = boards.sums(conn, group.guild_id, [one.id for one in members], since_on)
        entries = [_entry(member, metric, sums.get(member.id, Sums())) for member in members]
        own = next((one for one in members if one.user_id == person.user_id), None)
        return Board(
            group_name=group.name,
            metric=metric,
            period=period if metric.has_period else None,
            since_on=since_on,
            ranks=tuple(board(entries)),
            own=own_place(entries, own.id) if own else None,
            own_shown=own.shown if own else False,
            total_kept=sum(one.kept for one in sums.values()),
            total_minutes=sum(one.minutes for one in sums.values()),
        )

    return await db.read(collect)


def _membership(conn: Connection, group: Group, member: Member, now: datetime) -> Membership:
    today = local_date(now, group.zone)
    return Membership(
        group_id=group.id,
        group_name=group.name,
        membership_id=member.id,
        joined_at=member.joined_at,
        wishes=wishes_of(member),
        streak=member.streak,
        weeks=member.weeks,
        week_kept=boards.kept_in_week(conn, group.guild_id, member.id, monday_of(today)),
        paused_until_on=pauses.paused_until(conn, group.guild_id, member, today),
        upcoming=tuple(schedules.upcoming_sessions(conn, group, member.id, now)),
    )


def _entry(member: Member, metric: Metric, sums: Sums) -> Entry:
    values = {
        Metric.STREAK: member.streak.current,
        Metric.BEST: member.streak.best,
        Metric.WEEKS: member.weeks,
        Metric.KEPT: sums.kept,
        Metric.MINUTES: sums.minutes,
        Metric.SHARE: _share(sums),
    }
    return Entry(member.id, member.name, values[metric], member.shown)


def _share(sums: Sums) -> int:
    """Return kept of counted in per cent; 0, and so not on the board, while there is too little."""
    if sums.counted < SHARE_FROM:
        return 0
    return round(PER_CENT * sums.kept / sums.counted)


def _since(period: Period, today: date) -> date | None:
    if period is Period.WEEK:
        return monday_of(today)
    return today.replace(day=1) if period is Period.MONTH else None
