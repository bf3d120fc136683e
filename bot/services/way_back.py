"""The way back for somebody who has fallen silent: easier, a pause, another time, or out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain import encouragement, habit
from bot.domain.day import encourage_at
from bot.domain.habit import TimeRecord
from bot.domain.ids import GroupId, GuildId, MembershipId
from bot.domain.schedule import instant_of, local_date, occurrences
from bot.services import access, notices
from bot.services.groups import view
from bot.services.notices import NoticeKind
from bot.services.views import GroupView, Person
from bot.storage import attendances, groups, memberships, slots
from bot.storage import notices as stored_notices
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member

OTHER_GROUPS = 3
"""How many other groups are shown at most."""
LOOKS_AHEAD = timedelta(weeks=4)
"""How far ahead it is looked for when other groups meet."""


@dataclass(frozen=True, slots=True)
class WaysBack:
    """What a member is offered."""

    guild_id: GuildId
    group_id: GroupId
    group_name: str


@dataclass(frozen=True, slots=True)
class OtherTimes:
    """When a member does come, and what else there is at such times."""

    guild_id: GuildId
    group_id: GroupId
    group_name: str
    records: tuple[TimeRecord, ...]
    """The group's times, the one at which they come most often first."""
    best: TimeRecord | None
    """The time that suits them, where one stands out."""
    others: tuple[GroupView, ...]
    """Groups of the server that meet at about that time and have room."""


def offer(conn: Connection, group: Group, missed: Collection[MembershipId], now: datetime) -> None:
    """Offer a way back to those who have just missed once too often; to be told privately."""
    at = encourage_at(now, group.rhythm, group.zone) or now
    for member in memberships.with_misses(conn, group.guild_id, group.id, missed):
        streak, last = member.streak, member.last_sign_at
        if encouragement.needs_way_back(streak.misses, last, member.way_back_at, now):
            memberships.change(conn, group.guild_id, member.id, way_back_at=now)
            stored_notices.withdraw(conn, group.guild_id, [member.id], [NoticeKind.WAY_BACK])
            notices.add(conn, group, member, NoticeKind.WAY_BACK, "", now, not_before=at)


async def ways(db: Database, person: Person, group_id: GroupId) -> WaysBack:
    """Return what a member can be offered; an offer that waited to be told is told with it.

    Raises NotAllowed `not_member`, `left_group`, NotFound `group_not_found`, Refused
    `group_archived`.
    """

    def collect(conn: Connection) -> WaysBack:
        group = access.group_of(conn, person, group_id)
        member = access.member_of(conn, person, group_id)
        stored_notices.withdraw(conn, group.guild_id, [member.id], [NoticeKind.WAY_BACK])
        return WaysBack(group.guild_id, group.id, group.name)

    return await db.write(collect)


async def other_times(db: Database, person: Person, group_id: GroupId, now: datetime) -> OtherTimes:
    """Return when the person does come, and which other groups meet then.

    Raises what `ways` raises.
    """

    def collect(conn: Connection) -> OtherTimes:
        group = access.group_of(conn, person, group_id)
        member = access.member_of(conn, person, group_id, lock=False)
        found = records_of(conn, group, member, now)
        best = habit.best_time(found)
        return OtherTimes(
            group.guild_id,
            group.id,
            group.name,
            tuple(found),
            best,
            _others(conn, person, group, best, now),
        )

    return await db.read(collect)


def records_of(conn: Connection, group: Group, member: Member, now: datetime) -> list[TimeRecord]:
    """Return how often a member came lately at each time of the group's week, best first."""
    since = now - habit.LOOKS_BACK
    turns = [one.turn for one in attendances.settled_turns(conn, group.guild_id, member.id)]
    return habit.records(
        (turn.starts_at.astimezone(group.zone), turn.answer is not None and turn.answer.kept)
        for turn in turns
        if turn.starts_at >= since and not turn.excused and not turn.void
    )


def _others(
    conn: Connection, person: Person, group: Group, best: TimeRecord | None, now: datetime
) -> tuple[GroupView, ...]:
    if best is None:
        return ()
    found: list[GroupView] = []
    for other in groups.living(conn, group.guild_id):
        coming = _coming(conn, other, now)
        if other.id == group.id or not any(
            habit.suits(at.astimezone(group.zone), best) for at in coming
        ):
            continue
        seen = view(conn, person, other, now)
        if not seen.joined and seen.members < seen.capacity:
            found.append(seen)
    return tuple(found[:OTHER_GROUPS])


def _coming(conn: Connection, group: Group, now: datetime) -> list[datetime]:
    """Return when a group meets in the coming weeks by its schedule."""
    today = local_date(now, group.zone)
    return [
        instant_of(on, one.slot.at, group.zone)
        for one in slots.of_group(conn, group.guild_id, group.id)
        for on in occurrences(one.slot, today, today + LOOKS_AHEAD)
    ]
