"""The group's calendar: when it walks, what the weather does, and when the bot is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.end_to_end.account_clock import instant_of
from tests.year.account import Away

DAY = timedelta(days=1)
START = date(2026, 3, 2)
"""A Monday, four weeks before the clocks go forward."""
YEAR = 364
"""Days: fifty-two weeks, so that the last one is told of as well."""
ZONE = ZoneInfo("Europe/Dublin")
GROUP = "Harbour walkers"

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of the schedule, as the organiser types it."""

    days: str
    weekdays: frozenset[int]
    at: time
    minutes: int
    activity: str = "walk"
    every_weeks: int = 1
    first: date | None = None
    last: date | None = None

    @property
    def options(self) -> dict[str, object]:
        """What else stands in the command that adds it."""
        dates = {"first": self.first, "last": self.last}
        return {
            "minutes": self.minutes,
            "activity": self.activity,
            "every_weeks": self.every_weeks,
            **{name: on.isoformat() for name, on in dates.items() if on is not None},
        }

    def falls_on(self, on: date) -> bool:
        first = self.first or START
        weeks = (on - (first - first.weekday() * DAY)).days // 7
        in_time = first <= on and (self.last is None or on <= self.last)
        return in_time and on.weekday() in self.weekdays and weeks % self.every_weeks == 0


ST_PATRICK = date(2026, 3, 17)
SLOTS = (
    Slot("Mon, Wed, Fri", frozenset({0, 2, 4}), time(7, 30), 20),
    Slot("Sat", frozenset({5}), time(10), 40),
    Slot("Tue", frozenset({1}), time(11), 60, first=ST_PATRICK, last=ST_PATRICK),
    # So that a recap comes on a morning that has an encouragement as well.
    Slot("Sun", frozenset({6}), time(11), 30, every_weeks=4, first=date(2026, 3, 8)),
    # On a day that has its morning walk already, and so late that its nudge meets quiet hours.
    Slot(
        "Wed",
        frozenset({2}),
        time(19),
        30,
        activity="water",
        every_weeks=2,
        first=date(2026, 6, 3),
        last=date(2026, 9, 2),
    ),
)

STORMS = {
    date(2026, 3, 13): "It poured from dawn to dusk.",
    date(2026, 4, 15): "A storm came in from the west.",
    date(2026, 6, 5): "Thunder all morning.",
    date(2026, 8, 17): "The tail of a hurricane, with warnings on the radio.",
    date(2026, 10, 23): "Gales, and the ferries stayed in.",
    date(2026, 11, 11): "Sleet, sideways.",
    date(2026, 12, 7): "The third storm of the winter.",
    date(2027, 1, 8): "Ice on every pavement.",
    date(2027, 2, 3): "Snow, ankle deep.",
}
FEASTS = {
    date(2026, 3, 7): "The first Saturday, with soup afterwards.",
    ST_PATRICK: "The walk to the parade.",
    date(2026, 6, 20): "The midsummer walk to the lighthouse.",
    date(2026, 10, 7): "The apple walk, with apples.",
    date(2026, 10, 31): "The Halloween walk, in costume.",
    date(2027, 2, 27): "The last Saturday of the year, with soup again.",
}
DAYS_OFF = (
    (date(2026, 3, 23), date(2026, 3, 23), "The quay was closed for repairs."),
    (date(2026, 4, 3), date(2026, 4, 6), "Easter."),
    (date(2026, 5, 4), date(2026, 5, 4), "The May holiday."),
    (date(2026, 12, 23), date(2027, 1, 2), "Christmas and New Year."),
)


@dataclass(frozen=True, slots=True)
class Walk:
    """A session as people know it."""

    number: int
    """Counted from the group's first one, which is 0; also over those called off."""
    on: date
    starts_at: datetime
    off: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A local day of the group's life."""

    on: date
    walks: tuple[Walk, ...]

    @property
    def storm(self) -> bool:
        return self.on in STORMS

    @property
    def feast(self) -> bool:
        return self.on in FEASTS

    def at(self, hour: int, minutes: int, seconds: int) -> datetime:
        """Return the instant so many minutes and seconds after a full local hour."""
        return clock(self.on, time(hour)) + timedelta(minutes=minutes, seconds=seconds)


def clock(on: date, at: time) -> datetime:
    return instant_of(on, at, ZONE)


def days(count: int) -> Iterator[Day]:
    """Return the first `count` days of the year, with their walks in order of the start."""
    number = 0
    for on in (START + n * DAY for n in range(count)):
        walks: list[Walk] = []
        for slot in sorted(SLOTS, key=lambda one: one.at):
            if slot.falls_on(on):
                off = any(first <= on <= last for first, last, _ in DAYS_OFF)
                walks.append(Walk(number, on, clock(on, slot.at), off))
                number += 1
        yield Day(on, tuple(walks))


def restarts(seed: int, count: int, every: int) -> Iterator[Away]:
    """Return when the bot is stopped and started again: about every so many days, at any hour.

    Mostly it is back within minutes. Twice in the year it is not: over the start of a walk, and
    over the hour in which kind words come.
    """
    chance = Random(f"{seed}:restarts")
    long_ones = {
        date(2026, 3, 25): (time(6, 50), timedelta(minutes=95)),
        date(2026, 9, 15): (time(2), timedelta(hours=9)),
    }
    for day in days(count):
        if day.on in long_ones:
            at, span = long_ones[day.on]
            start = clock(day.on, at)
            yield Away(start, start + span)
        elif chance.randrange(every) == 0:
            start = day.at(0, chance.randrange(24 * 60), 2 * chance.randrange(30))
            yield Away(start, start + timedelta(seconds=2 * chance.randrange(150)))
