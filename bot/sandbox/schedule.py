"""When the group of the sandbox walks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule import instant_of

DAY = timedelta(days=1)
GROUP = "Early birds"
SKIPPED_WALK = 4
"""The fifth walk is called off, the day before or earlier."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of the schedule, as the organiser types it."""

    days: str
    weekdays: frozenset[int]
    at: time
    minutes: int


# Never two a day, and after a day with a walk nothing before ten: so that everything which a walk
# brings with it is over before the next one.
SLOTS = (
    Slot("Mon, Wed, Fri", frozenset({0, 2, 4}), time(7, 30), 20),
    Slot("Sat", frozenset({5}), time(10), 40),
)


@dataclass(frozen=True, slots=True)
class Walk:
    """A session as people know it."""

    number: int
    """Counted from the group's first one, which is 0."""
    on: date
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """A local day of the group's life."""

    number: int
    """0 is the first."""
    on: date
    zone: ZoneInfo
    walk: Walk | None
    """Today's."""
    ahead: Walk
    """The first one after today."""
    pours: bool = False
    """It rains so hard that few go out."""

    def at(self, hour: int, minutes: int, seconds: int) -> datetime:
        """Return the instant so many minutes and seconds after a full local hour."""
        whole = instant_of(self.on, time(hour), self.zone)
        return whole + timedelta(minutes=minutes, seconds=seconds)


def day(number: int, start: date, zone: ZoneInfo) -> Day:
    """Return a day of a life that began on `start`."""
    on = start + number * DAY
    ahead_on = next(each for n in range(1, 8) if _slot(each := on + n * DAY))
    ahead = _walk(start, ahead_on, zone)
    return Day(number, on, zone, _walk(start, on, zone) if _slot(on) else None, ahead)


def _slot(on: date) -> Slot | None:
    return next((slot for slot in SLOTS if on.weekday() in slot.weekdays), None)


def _walk(start: date, on: date, zone: ZoneInfo) -> Walk:
    slot = _slot(on)
    if slot is None:
        raise ValueError(f"there is no walk on {on}")
    number = sum(1 for n in range((on - start).days) if _slot(start + n * DAY))
    return Walk(number, on, instant_of(on, slot.at, zone))
