"""Pausing for a holiday or an illness, and coming back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.checkin import MEMBER_WINDOW
from bot.domain.errors import Refused
from bot.domain.ids import GroupId, GuildId
from bot.domain.schedule import local_date, midnight_of
from bot.services import access, folding
from bot.services.views import Person
from bot.storage import attendances, memberships
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member, Pause

LONGEST = timedelta(days=366)
"""How far ahead a pause may end."""


async def pause(
    db: Database,
    person: Person,
    group_id: GroupId,
    now: datetime,
    *,
    first_on: date | None = None,
    last_on: date | None = None,
) -> Pause:
    """Excuse a member from `first_on` (today) to `last_on` (until they come back).

    It may begin up to 48 hours back: settled sessions it covers are counted anew. Raises Refused
    `pause_range`, NotAllowed `not_member`, `left_group`.
    """

    def begin(conn: Connection) -> Pause:
        group = access.group_of(conn, person, group_id)
        member = access.member_of(conn, person, group_id)
        today = local_date(now, group.zone)
        made = Pause(member.id, first_on or today, last_on)
        _check(made, today, local_date(now - MEMBER_WINDOW, group.zone))
        memberships.add_pause(conn, group.guild_id, made, made_by=person.user_id, now=now)
        _count_anew(conn, group, member, made)
        return made

    return await db.write(begin)


async def resume(db: Database, person: Person, group_id: GroupId, now: datetime) -> bool:
    """End a member's pause yesterday, so that today counts again; False for one not begun.

    Raises Refused `pause_not_found`, NotAllowed `not_member`, `left_group`.
    """

    def end(conn: Connection) -> bool:
        group = access.group_of(conn, person, group_id)
        member = access.member_of(conn, person, group_id)
        today = local_date(now, group.zone)
        yesterday = today - timedelta(days=1)
        under_way = paused_until(conn, group.guild_id, member, today) is not None
        if memberships.end_pauses(conn, group.guild_id, member.id, yesterday) == 0:
            raise Refused("pause_not_found")
        return under_way

    return await db.write(end)


def paused_until(conn: Connection, guild_id: GuildId, member: Member, today: date) -> date | None:
    """Return the last day of a pause that covers `today`; `date.max` without an end, else None."""
    pauses = memberships.pauses_of(conn, guild_id, [member.id], today)
    ends = [one.last_on or date.max for one in pauses if one.covers(today)]
    return max(ends, default=None)


def _check(made: Pause, today: date, earliest: date) -> None:
    ends = made.last_on or made.first_on
    if ends < made.first_on or made.first_on < earliest or ends > today + LONGEST:
        raise Refused("pause_range")
    if made.first_on > today + LONGEST:
        raise Refused("pause_range")


def _count_anew(conn: Connection, group: Group, member: Member, made: Pause) -> None:
    """Excuse the settled sessions that a back-dated pause covers, and fold again from there."""
    from_at = midnight_of(made.first_on, group.zone)
    covered = [
        one
        for one in attendances.settled_turns(conn, group.guild_id, member.id)
        if made.covers(one.turn.due_on) and not one.turn.excused
    ]
    if not covered:
        return
    for one in covered:
        attendances.excuse(conn, group.guild_id, one.attendance)
    folding.fold_again(conn, member, from_at)
