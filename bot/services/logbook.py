"""Reading what was done in a group: by its organisers, and by who manages the server."""

from __future__ import annotations

import re
from datetime import date, time

from sqlalchemy import Connection

from bot.domain import absence, correction
from bot.domain.absence import Absence
from bot.domain.correction import Correction
from bot.domain.ids import GroupId
from bot.domain.schedule import Slot
from bot.services import access
from bot.services.views import LogEntry, LoggedDays, LoggedSlot, LogPage, Person
from bot.storage import audit_log
from bot.storage.audit_log import Entry
from bot.storage.database import Database

PAGE = 10
"""Entries on a page."""

_SLOT = re.compile(r"\[([0-6](?:, [0-6])*)\] (\d\d:\d\d)")


async def read(db: Database, person: Person, group_id: GroupId, page: int = 0) -> LogPage:
    """Return a page of the group's log, newest first; the last one where there are not so many.

    Raises NotFound `group_not_found`, Refused `group_archived`, NotAllowed `not_organiser`.
    """

    def collect(conn: Connection) -> LogPage:
        group = access.group_of(conn, person, group_id)
        access.check_organiser(conn, person, group_id)
        pages = max(1, -(-audit_log.count(conn, group.guild_id, group.id) // PAGE))
        shown = min(page, pages - 1)
        found = audit_log.of_group(
            conn, group.guild_id, group.id, passed_over=shown * PAGE, limit=PAGE
        )
        entries = tuple(_entry(one) for one in found)
        return LogPage(group.guild_id, group.id, group.name, entries, shown, pages)

    return await db.read(collect)


def slot_detail(slot: Slot) -> str:
    """Return a line of a schedule as the log keeps it."""
    return f"{sorted(slot.weekdays)} {slot.at:%H:%M}"


def days_detail(first_on: date, last_on: date) -> str:
    """Return a range of days as the log keeps it: a day, or an ISO 8601 interval."""
    return f"{first_on}" if first_on == last_on else f"{first_on}/{last_on}"


def _entry(entry: Entry) -> LogEntry:
    return LogEntry(entry.at, entry.actor_id, entry.action, _what(entry))


def _what(entry: Entry) -> Correction | Absence | LoggedSlot | LoggedDays | str:
    """Read an entry's detail; as it stands where it is none of those that are known."""
    detail = entry.detail
    match entry.action:
        case "correct":
            return correction.read(detail) or detail
        case "pause_member":
            return absence.read(detail) or detail
        case "add_slot" | "remove_slot":
            found = _SLOT.fullmatch(detail)
            if found is None:
                return detail
            weekdays = frozenset(map(int, found[1].split(", ")))
            return LoggedSlot(weekdays, time.fromisoformat(found[2]))
        case "skip" | "resume" | "pause":
            return _days(detail) or detail
        case _:
            return detail


def _days(detail: str) -> LoggedDays | None:
    first, _, last = detail.partition("/")
    try:
        return LoggedDays(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        return None
