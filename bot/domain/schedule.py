"""From a slot, one line of a group's schedule, to dated instants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.ids import SlotId

MONDAY, SUNDAY = 0, 6


class Activity(StrEnum):
    """What a session is for; all of them count the same."""

    WALK = "walk"
    WATER = "water"
    BIKE = "bike"
    ELLIPTICAL = "elliptical"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of the schedule, in the group's wall-clock time."""

    id: SlotId
    weekdays: frozenset[int]
    """0 is Monday, 6 is Sunday; never empty."""
    at: time
    """Local wall-clock time, whole minutes."""
    activity: Activity
    minutes: int
    """How long the session is meant to last."""
    first_on: date
    last_on: date | None = None
    """The last local date it may fall on; None goes on for ever."""
    every_weeks: int = 1
    """1 is every week; weeks are counted from the Monday of `first_on`'s week."""


def monday_of(on: date) -> date:
    """Return the Monday of the week `on` lies in: weeks run Monday to Sunday."""
    return on - timedelta(days=on.weekday())


def occurrences(slot: Slot, from_on: date, until_on: date) -> Iterator[date]:
    """Yield the local dates of `slot` from `from_on` to `until_on`, both included, in order."""
    first = max(from_on, slot.first_on)
    last = until_on if slot.last_on is None else min(until_on, slot.last_on)
    origin = monday_of(slot.first_on)
    for offset in range((last - first).days + 1):
        on = first + timedelta(days=offset)
        week = (monday_of(on) - origin).days // 7
        if on.weekday() in slot.weekdays and week % slot.every_weeks == 0:
            yield on


def instant_of(on: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a wall-clock time.

    A time that does not exist on that day takes the offset before the gap (02:30 becomes 03:30);
    one that exists twice means the first (RFC 5545, 3.3.5). Python's ``fold=0`` is exactly that.
    """
    return datetime.combine(on, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """Return the date on the wall calendar of `zone` at `instant`."""
    return instant.astimezone(zone).date()


def midnight_of(on: date, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which the local day `on` begins."""
    return instant_of(on, time(0), zone)
