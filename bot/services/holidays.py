"""Days on which a group does not meet: a range called off, a pause of the group, and coming back.

What has been posted or has happened stays; a day off is never a cost to anybody's streak.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.checkin import SessionState
from bot.domain.day import DAY, off_through
from bot.domain.errors import Refused
from bot.domain.ids import GroupId
from bot.domain.schedule import instant_of, local_date, occurrences
from bot.services import access, planning
from bot.services.logbook import days_detail
from bot.services.schedules import as_upcoming, check_day
from bot.services.views import DaysBack, DaysOff, Person, Upcoming
from bot.storage import audit_log, sessions, slots
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.sessions import Session

LONGEST = 92
"""Days that can be called off at a time."""
_POSTED = (SessionState.OPEN, SessionState.SETTLED, SessionState.VOID)


async def skip(
    db: Database, person: Person, group_id: GroupId, first_on: date, last_on: date, now: datetime
) -> DaysOff:
    """Call off every session of some days, both included, whose prompt is not posted.

    Raises NotAllowed `not_organiser`, Refused `day_past`, `range_backwards`, `range_too_long`,
    `date_invalid`, and for a single day `day_without_session`, `day_posted`.
    """

    def call_off(conn: Connection) -> DaysOff:
        group = access.organised_group(conn, person, group_id)
        check_day(first_on, local_date(now, group.zone))
        if first_on == last_on:
            _check_single(conn, group, first_on)
        return _skip(conn, person, group, first_on, last_on, "skip", now)

    return await db.write(call_off)


async def resume(
    db: Database, person: Person, group_id: GroupId, first_on: date, last_on: date, now: datetime
) -> DaysBack:
    """Take days off back: sessions whose start is still ahead take place after all.

    Raises NotAllowed `not_organiser`, Refused `day_past`, `range_backwards`, `range_too_long`,
    `days_not_skipped`.
    """

    def take_back(conn: Connection) -> DaysBack:
        group = access.organised_group(conn, person, group_id)
        check_day(first_on, local_date(now, group.zone))
        _check_range(first_on, last_on)
        return _resume(conn, person, group, first_on, last_on, now)

    return await db.write(take_back)


async def pause(
    db: Database, person: Person, group_id: GroupId, until_on: date, now: datetime
) -> DaysOff:
    """Have the group not meet from today (tomorrow if a prompt is out today) through `until_on`.

    Raises what `skip` raises, and Refused `day_posted` where that leaves no day.
    """

    def begin(conn: Connection) -> DaysOff:
        group = access.organised_group(conn, person, group_id)
        today = local_date(now, group.zone)
        check_day(until_on, today)
        of_today = sessions.of_day(conn, group.guild_id, group.id, today)
        begun = any(one.state in _POSTED for one in of_today)
        if begun and until_on == today:
            raise Refused("day_posted")
        return _skip(conn, person, group, today + DAY if begun else today, until_on, "pause", now)

    return await db.write(begin)


async def end_pause(db: Database, person: Person, group_id: GroupId, now: datetime) -> DaysBack:
    """Have the group meet again from today on: the days off in a row that reach into now end.

    Days off that come later stay. Raises NotAllowed `not_organiser`, Refused `group_not_paused`.
    """

    def end(conn: Connection) -> DaysBack:
        group = access.organised_group(conn, person, group_id)
        today = local_date(now, group.zone)
        skipped = set(slots.skipped_on(conn, group.guild_id, group.id, today))
        # One that was begun after today's prompt was out starts tomorrow.
        first_on = today if today in skipped else today + DAY
        last_on = off_through(skipped, today)
        if last_on is None:
            raise Refused("group_not_paused")
        return _resume(conn, person, group, first_on, last_on, now)

    return await db.write(end)


def _skip(
    conn: Connection,
    person: Person,
    group: Group,
    first_on: date,
    last_on: date,
    action: str,
    now: datetime,
) -> DaysOff:
    _check_range(first_on, last_on)
    called_off = sessions.call_off(conn, group.guild_id, group.id, on=first_on, through_on=last_on)
    found = sessions.of_days(conn, group.guild_id, group.id, first_on, last_on)
    # A day with nothing but posted prompts is no day off.
    stand = {one.due_on for one in found if one.state is not SessionState.CALLED_OFF}
    off = set(_days(first_on, last_on)) - (stand - set(called_off.values()))
    added = slots.add_skips(conn, group.guild_id, group.id, sorted(off))
    planning.call_off(conn, group, called_off)
    if added or called_off:
        detail = days_detail(first_on, last_on)
        audit_log.add(conn, group.guild_id, group.id, person.user_id, action, detail, now)
    return DaysOff(
        group_name=group.name,
        first_on=first_on,
        last_on=last_on,
        sessions=_sessions_on(conn, group, off, found, SessionState.CALLED_OFF),
        standing=tuple(as_upcoming(group, one) for one in found if one.state is SessionState.OPEN),
    )


def _resume(
    conn: Connection, person: Person, group: Group, first_on: date, last_on: date, now: datetime
) -> DaysBack:
    days = [
        on for on in slots.skipped_on(conn, group.guild_id, group.id, first_on) if on <= last_on
    ]
    if not days:
        raise Refused("days_not_skipped")
    slots.remove_skips(conn, group.guild_id, group.id, first_on, last_on)
    restored = planning.restore(conn, group, set(days), now)
    detail = days_detail(days[0], days[-1])
    audit_log.add(conn, group.guild_id, group.id, person.user_id, "resume", detail, now)
    return DaysBack(
        group_name=group.name,
        first_on=days[0],
        last_on=days[-1],
        sessions=_sessions_on(conn, group, days, restored, SessionState.PLANNED),
        prompts=tuple(one.id for one in restored if one.message_id is not None),
    )


def _sessions_on(
    conn: Connection,
    group: Group,
    days: Collection[date],
    planned: Collection[Session],
    state: SessionState,
) -> tuple[Upcoming, ...]:
    """Return the sessions of `days`: those among `planned`, and those not planned yet, in order."""
    listed = {one.slot.id: one for one in slots.of_group(conn, group.guild_id, group.id)}
    of_plan = [
        as_upcoming(group, one)
        for one in planned
        if one.due_on in days
        and one.slot_id in listed
        and (one.state is SessionState.CALLED_OFF) is (state is SessionState.CALLED_OFF)
    ]
    beyond = [
        Upcoming(
            session_id=None,
            guild_id=group.guild_id,
            group_id=group.id,
            group_name=group.name,
            starts_at=instant_of(on, one.slot.at, group.zone),
            due_on=on,
            activity=one.slot.activity,
            minutes=one.slot.minutes,
            state=state,
        )
        for one in listed.values()
        for on in occurrences(one.slot, one.planned_through_on + DAY, max(days, default=date.min))
        if on in days
    ]
    return tuple(sorted([*of_plan, *beyond], key=lambda one: one.starts_at))


def _check_single(conn: Connection, group: Group, on: date) -> None:
    """Refuse a day that cannot be meant; in a range such days are passed over."""
    listed = slots.of_group(conn, group.guild_id, group.id)
    if not any(list(occurrences(one.slot, on, on)) for one in listed):
        raise Refused("day_without_session")
    states = {one.state for one in sessions.of_day(conn, group.guild_id, group.id, on)}
    if states & set(_POSTED) and SessionState.PLANNED not in states:
        raise Refused("day_posted")


def _check_range(first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise Refused("range_backwards")
    if last_on - first_on >= timedelta(days=LONGEST):
        raise Refused("range_too_long", limit=LONGEST)


def _days(first_on: date, last_on: date) -> list[date]:
    return [first_on + offset * DAY for offset in range((last_on - first_on).days + 1)]
