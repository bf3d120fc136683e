"""Pausing for a holiday or an illness, and coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.absence import Absence
from bot.domain.checkin import MEMBER_WINDOW, ORGANISER_WINDOW
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import GroupId, GuildId
from bot.domain.schedule import local_date, midnight_of
from bot.services import access, folding, notices, pairing
from bot.services.corrections import reason
from bot.services.notices import NoticeKind
from bot.services.views import PauseMade, Person
from bot.storage import attendances, audit_log, memberships
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
) -> PauseMade:
    """Excuse a member from `first_on` (today) to `last_on` (until they come back).

    It may begin up to 48 hours back: settled sessions it covers are counted anew. Raises Refused
    `pause_range`, NotAllowed `not_member`, `left_group`.
    """

    def begin(conn: Connection) -> PauseMade:
        group, member = access.held_member(conn, person, group_id)
        today = local_date(now, group.zone)
        made = Pause(member.id, first_on or today, last_on)
        if not _possible(made, today, local_date(now - MEMBER_WINDOW, group.zone)):
            raise Refused("pause_range")
        return _begin(conn, person, group, member, made, now)

    return await db.write(begin)


async def pause_member(
    db: Database, person: Person, group_id: GroupId, wanted: Absence, now: datetime
) -> PauseMade:
    """Excuse a member for them; it stands in the log, and they are told.

    It may begin up to 14 days back. Raises Refused `pause_range_organiser`, `reason_needed`,
    `reason_too_long`, NotAllowed `not_organiser`, NotFound `not_in_group`.
    """
    wanted = replace(wanted, why=reason(wanted.why))

    def begin(conn: Connection) -> PauseMade:
        group = access.organised_group(conn, person, group_id)
        member = memberships.find(conn, group.guild_id, group.id, wanted.user_id, lock=True)
        if member is None or member.left_at is not None:
            raise NotFound("not_in_group")
        made = Pause(member.id, wanted.first_on, wanted.last_on)
        today = local_date(now, group.zone)
        if not _possible(made, today, local_date(now - ORGANISER_WINDOW, group.zone)):
            raise Refused("pause_range_organiser")
        facts = _begin(conn, person, group, member, made, now)
        if facts.stood_already:
            return facts
        text = str(wanted)
        audit_log.add(conn, group.guild_id, group.id, person.user_id, "pause_member", text, now)
        if not facts.own:
            notices.add(conn, group, member, NoticeKind.PAUSED, text, now)
        return facts

    return await db.write(begin)


async def resume(db: Database, person: Person, group_id: GroupId, now: datetime) -> bool:
    """End a member's pause yesterday, so that today counts again; False for one not begun.

    Raises Refused `pause_not_found`, NotAllowed `not_member`, `left_group`.
    """

    def end(conn: Connection) -> bool:
        group, member = access.held_member(conn, person, group_id)
        today = local_date(now, group.zone)
        yesterday = today - timedelta(days=1)
        under_way = paused_until(conn, group.guild_id, member, today) is not None
        if memberships.end_pauses(conn, group.guild_id, member.id, yesterday) == 0:
            raise Refused("pause_not_found")
        if member.buddying:
            pairing.re_pair(conn, group, now)
        return under_way

    return await db.write(end)


def paused_until(conn: Connection, guild_id: GuildId, member: Member, today: date) -> date | None:
    """Return the last day of a pause that covers `today`; `date.max` without an end, else None."""
    pauses = memberships.pauses_of(conn, guild_id, [member.id], today)
    ends = [one.last_on or date.max for one in pauses if one.covers(today)]
    return max(ends, default=None)


def _possible(made: Pause, today: date, earliest: date) -> bool:
    ends = made.last_on or made.first_on
    return earliest <= made.first_on <= ends <= today + LONGEST


def _begin(
    conn: Connection, person: Person, group: Group, member: Member, made: Pause, now: datetime
) -> PauseMade:
    standing = memberships.pauses_of(conn, group.guild_id, [member.id], made.first_on)
    stood_already = made in standing
    if not stood_already:
        memberships.add_pause(conn, group.guild_id, made, made_by=person.user_id, now=now)
        if member.buddying:
            pairing.re_pair(conn, group, now)
    lifted = _count_anew(conn, group, member, made)
    return PauseMade(
        group_name=group.name,
        member_name=member.name,
        first_on=made.first_on,
        last_on=made.last_on,
        lifted=lifted,
        streak=memberships.fetch(conn, group.guild_id, member.id).streak.current,
        own=member.user_id == person.user_id,
        stood_already=stood_already,
    )


def _count_anew(conn: Connection, group: Group, member: Member, made: Pause) -> int:
    """Excuse the settled sessions that a back-dated pause covers, and fold again from there.

    Return how many of them had no answer, and so count otherwise now.
    """
    from_at = midnight_of(made.first_on, group.zone)
    covered = [
        one
        for one in attendances.settled_turns(conn, group.guild_id, member.id)
        if made.covers(one.turn.due_on) and not one.turn.excused
    ]
    if not covered:
        return 0
    for one in covered:
        attendances.excuse(conn, group.guild_id, one.attendance)
    folding.fold_again(conn, member, from_at)
    # An answer beats a pause.
    return sum(one.turn.answer is None for one in covered)
