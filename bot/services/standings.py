"""How a member stands in their groups."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.ids import GroupId
from bot.domain.schedule import local_date, monday_of
from bot.domain.streak import Outcome
from bot.services import pauses, schedules
from bot.services.joining import wishes_of
from bot.services.views import Membership, Page, Person
from bot.storage import boards, groups, memberships
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member

YEAR = timedelta(weeks=52)
"""How far back from this week's Monday a page looks."""
_BEST_FIRST = (
    Outcome.DONE,
    Outcome.PARTLY,
    Outcome.SORE,
    Outcome.REST,
    Outcome.EXCUSED,
    Outcome.MISSED,
)
"""Which of a day's outcomes stands for it."""


async def mine(db: Database, person: Person, now: datetime) -> list[Membership]:
    """Return the person's own place in each of their groups, oldest membership first."""

    def collect(conn: Connection) -> list[Membership]:
        found = _present(conn, person)
        return [_membership(conn, group, member, now) for group, member in found]

    return await db.read(collect)


async def page(
    db: Database, person: Person, now: datetime, group_id: GroupId | None = None
) -> Page | None:
    """Return the person's own page in a group; None where they are in none.

    Without `group_id`, and where they are not in that group (any more), in the one in which they
    answered last.
    """

    def collect(conn: Connection) -> Page | None:
        found = _present(conn, person)
        if not found:
            return None
        latest = max(found, key=lambda one: one[1].last_sign_at)
        group, member = next((one for one in found if one[0].id == group_id), latest)
        today = local_date(now, group.zone)
        since = monday_of(today) - YEAR
        days: dict[date, Outcome] = {}
        for on, outcome in boards.outcomes_since(conn, group.guild_id, member.id, since):
            days[on] = min(outcome, days.get(on, outcome), key=_BEST_FIRST.index)
        joined_on = local_date(member.joined_at, group.zone)
        return Page(member.name, _membership(conn, group, member, now), joined_on, today, days)

    return await db.read(collect)


def _present(conn: Connection, person: Person) -> list[tuple[Group, Member]]:
    """Return the person's living groups, oldest membership first."""
    return [
        (group, member)
        for member in memberships.of_user(conn, person.guild_id, person.user_id)
        if (group := groups.find(conn, person.guild_id, member.group_id)) is not None
        and group.archived_at is None
    ]


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
