"""Keeping every slot's sessions and their moments planned ahead.

Planning is safe to repeat: a session is unique by slot and day, a moment by group, kind and
subject, and days up to a slot's `planned_through_on` are not looked at again.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.domain.checkin import SessionState
from bot.domain.day import DAY, WEEK, ahead_at, nudge_at, prompt_at, recap_at, settles_at
from bot.domain.ids import GroupId, GuildId, SessionId
from bot.domain.moment import MomentKind
from bot.domain.schedule import instant_of, local_date, monday_of, occurrences
from bot.storage import attendances, groups, moments, sessions, slots
from bot.storage.database import Database
from bot.storage.errors import StorageError
from bot.storage.groups import Group
from bot.storage.ids import new_id
from bot.storage.sessions import Session
from bot.storage.slots import StoredSlot

log = logging.getLogger(__name__)

HORIZON = timedelta(hours=48)
"""How far ahead sessions are planned, and always to the end of that local day."""
OF_A_DAY = (MomentKind.AHEAD, MomentKind.NUDGE)
"""What a day without sessions has no use for."""
AFTER_SETTLING = timedelta(minutes=1)
"""A week is closed this long after its last planned settlement."""


async def plan_everything(db: Database, now: datetime, horizon: timedelta = HORIZON) -> None:
    """Plan every living group in its own transaction, so that none holds up another."""
    for guild_id, group_id in await db.read(groups.everywhere):
        try:
            await db.write(plan_group, guild_id, group_id, now, horizon)
        except StorageError:
            raise
        except Exception:
            # Nobody waits for an answer here: one broken group must not hold up the others.
            log.exception("group %s could not be planned", group_id)


def plan_group(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    now: datetime,
    horizon: timedelta = HORIZON,
) -> None:
    """Plan one group up to `horizon` ahead; days that nobody planned while away are planned too."""
    # A slot that is removed or a day that is called off meanwhile would be planned after all.
    groups.lock(conn, guild_id, group_id)
    group = groups.find(conn, guild_id, group_id)
    if group is None or group.archived_at is not None:
        return
    through_on = local_date(now + horizon, group.zone)
    waiting = [
        stored
        for stored in slots.of_group(conn, guild_id, group_id)
        if stored.planned_through_on < through_on
    ]
    if not waiting:
        return
    first_on = min(stored.planned_through_on for stored in waiting) + DAY
    skipped = set(slots.skipped_on(conn, guild_id, group_id, first_on))
    rows = [row for stored in waiting for row in _rows(group, stored, through_on, skipped)]
    sessions.plan(conn, rows)
    slots.set_planned_through(conn, guild_id, [one.slot.id for one in waiting], through_on)
    for due_on in sorted({row["due_on"] for row in rows}):
        _plan_moments(conn, group, due_on, now)


def call_off(conn: Connection, group: Group, called_off: Mapping[SessionId, date]) -> None:
    """Drop the moments of sessions that were called off, and time their days' nudges anew."""
    kinds = (MomentKind.PROMPT, MomentKind.SETTLE)
    moments.drop(conn, group.guild_id, group.id, kinds, called_off)
    for due_on in set(called_off.values()):
        left = _live(sessions.of_day(conn, group.guild_id, group.id, due_on))
        if not left:
            subjects = [due_on.toordinal()]
            moments.drop(conn, group.guild_id, group.id, OF_A_DAY, subjects)
        else:
            _plan_nudge(conn, group, due_on, left)


def restore(conn: Connection, group: Group, days: Collection[date], now: datetime) -> list[Session]:
    """Have called-off sessions of some days take place after all, where their start is ahead.

    They are planned like new ones, from their slots and the group's settings as they are now; one
    whose slot is gone stays off. Returns them as they stand.
    """
    if not days:
        return []
    listed = {one.slot.id: one for one in slots.of_group(conn, group.guild_id, group.id)}
    found = sessions.of_days(conn, group.guild_id, group.id, min(days), max(days))
    restored: list[SessionId] = []
    for session in found:
        stored = listed.get(session.slot_id)
        off = session.state is SessionState.CALLED_OFF and session.due_on in days
        if (
            stored is None
            or not off
            or not list(occurrences(stored.slot, session.due_on, session.due_on))
        ):
            continue
        if _restore(conn, group, stored, session, now):
            restored.append(session.id)
    kinds = (MomentKind.PROMPT, MomentKind.SETTLE)
    for due_on in {session.due_on for session in found if session.id in restored}:
        _plan_moments(conn, group, due_on, now)
    moments.revive(conn, group.guild_id, group.id, kinds, restored)
    stand = [sessions.fetch(conn, group.guild_id, session_id) for session_id in restored]
    for one in stand:
        for kind, due_at in zip(kinds, (one.prompt_at, one.settles_at), strict=True):
            moments.move(conn, group.guild_id, group.id, kind, one.id, due_at)
    return stand


def _restore(
    conn: Connection, group: Group, stored: StoredSlot, session: Session, now: datetime
) -> bool:
    if session.posted_at is not None:
        # Its prompt went out while it was called off: it stands as it was announced.
        if session.starts_at <= now:
            return False
        sessions.change(conn, group.guild_id, session.id, state=SessionState.OPEN)
        return True
    row = _row(group, stored, session.due_on, called_off=False)
    if row["starts_at"] <= now:
        return False
    stamped = {name: value for name, value in row.items() if name not in ("guild_id", "id")}
    sessions.change(conn, group.guild_id, session.id, **stamped)
    if row["starts_at"] != session.starts_at:
        attendances.move(conn, group.guild_id, session.id, row["starts_at"])
    return True


def replan_recaps(conn: Connection, group: Group, now: datetime) -> None:
    """Have a group's recaps that nobody has claimed come when they are set to, or not at all.

    A week that is over is told of only where the recap's new time still lies ahead.
    """
    kind, last_week = MomentKind.RECAP, monday_of(local_date(now, group.zone)) - WEEK
    subjects = moments.subjects_from(
        conn, group.guild_id, group.id, MomentKind.WEEK, last_week.toordinal()
    )
    for subject in subjects:
        due_at = recap_at(date.fromordinal(subject), group.rhythm, group.zone)
        if due_at is None:
            moments.drop(conn, group.guild_id, group.id, (kind,), [subject])
            continue
        set_to = moments.plan_at if due_at > now else moments.move
        set_to(conn, group.guild_id, group.id, kind, subject, due_at)


def replan_ahead(conn: Connection, group: Group, now: datetime) -> None:
    """Have the words ahead that nobody has claimed come when they are set to, or not at all."""
    planned = sessions.unsettled(conn, group.guild_id, group.id)
    for due_on in {session.due_on for session in _live(planned)}:
        _plan_ahead(conn, group, due_on, now)


def _rows(
    group: Group, stored: StoredSlot, through_on: date, skipped: set[date]
) -> list[dict[str, Any]]:
    from_on = stored.planned_through_on + DAY
    rows = [
        _row(group, stored, due_on, called_off=due_on in skipped)
        for due_on in occurrences(stored.slot, from_on, through_on)
    ]
    # What would have started before the slot was there was never planned.
    return [row for row in rows if row["starts_at"] > stored.added_at]


def _row(group: Group, stored: StoredSlot, due_on: date, *, called_off: bool) -> dict[str, Any]:
    slot, rhythm = stored.slot, group.rhythm
    starts_at = instant_of(due_on, slot.at, group.zone)
    return {
        "guild_id": group.guild_id,
        "id": new_id(),
        "group_id": group.id,
        "slot_id": slot.id,
        "due_on": due_on,
        "week_on": monday_of(due_on),
        "zone": group.zone.key,
        "starts_at": starts_at,
        "prompt_at": prompt_at(starts_at, rhythm),
        "settles_at": settles_at(due_on, rhythm, group.zone),
        "activity": slot.activity,
        "minutes": slot.minutes,
        "free_rests": rhythm.free_rests,
        "state": SessionState.CALLED_OFF if called_off else SessionState.PLANNED,
    }


def _plan_moments(conn: Connection, group: Group, due_on: date, now: datetime) -> None:
    planned = _live(sessions.of_day(conn, group.guild_id, group.id, due_on))
    if not planned:
        return
    week_on = monday_of(due_on)
    closes_at = settles_at(week_on + 6 * DAY, group.rhythm, group.zone) + AFTER_SETTLING
    dues = [(MomentKind.WEEK, week_on.toordinal(), closes_at)]
    told_at = recap_at(week_on, group.rhythm, group.zone)
    if told_at is not None:
        dues.append((MomentKind.RECAP, week_on.toordinal(), told_at))
    for session in planned:
        dues.append((MomentKind.PROMPT, session.id, session.prompt_at))
        dues.append((MomentKind.SETTLE, session.id, session.settles_at))
    moments.plan(conn, group.guild_id, group.id, dues)
    _plan_ahead(conn, group, due_on, now)
    _plan_nudge(conn, group, due_on, planned)


def _plan_ahead(conn: Connection, group: Group, due_on: date, now: datetime) -> None:
    """Plan the word on the day before where its time is still to come; one that waits comes then.

    That is at once where the time was set to one that is over.
    """
    due_at, subject = ahead_at(due_on, group.rhythm, group.zone), due_on.toordinal()
    if due_at is None:
        moments.drop(conn, group.guild_id, group.id, (MomentKind.AHEAD,), [subject])
        return
    set_to = moments.plan_at if due_at > now else moments.move
    set_to(conn, group.guild_id, group.id, MomentKind.AHEAD, subject, due_at)


def _plan_nudge(conn: Connection, group: Group, due_on: date, planned: list[Session]) -> None:
    starts = [session.starts_at for session in planned]
    due_at = nudge_at(starts, due_on, group.rhythm, group.zone)
    subject = due_on.toordinal()
    if due_at is None:
        moments.drop(conn, group.guild_id, group.id, (MomentKind.NUDGE,), [subject])
        return
    moments.plan_at(conn, group.guild_id, group.id, MomentKind.NUDGE, subject, due_at)


def _live(found: list[Session]) -> list[Session]:
    return [session for session in found if session.state in sessions.LIVE]
