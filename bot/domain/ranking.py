"""Leaderboards: who stands where, shown so that nobody is last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.ids import MembershipId
from bot.domain.schedule import monday_of

SHOWN = 10
"""How many a board shows at most."""
SHARE_FROM = 3
"""Counted sessions from which on a share says anything."""


class Metric(StrEnum):
    """What a board compares."""

    STREAK = "streak"
    BEST = "best"
    WEEKS = "weeks"
    KEPT = "kept"
    MINUTES = "minutes"
    SHARE = "share"

    @property
    def has_period(self) -> bool:
        """Whether it is counted over a week, a month or all time."""
        return self in (Metric.KEPT, Metric.MINUTES, Metric.SHARE)


class Period(StrEnum):
    """The time a board looks at."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"

    def begin(self, on: date) -> date | None:
        """Return the first day of the one that `on` lies in; None where there is only one."""
        if self is Period.WEEK:
            return monday_of(on)
        return on.replace(day=1) if self is Period.MONTH else None

    def before(self, first_on: date) -> date | None:
        """Return the first day of the one before the one that begins on `first_on`.

        None where there is none, in the calendar or at all.
        """
        return self.begin(first_on - _DAY) if first_on > date.min else None

    def after(self, first_on: date) -> date | None:
        """Return the first day of the one after the one that begins on `first_on`."""
        longest = _WEEK if self is Period.WEEK else _MORE_THAN_A_MONTH
        return self.begin(first_on + longest) if date.max - first_on > longest else None


_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MORE_THAN_A_MONTH = timedelta(days=31)
"""From the first of a month always into the next one, and never beyond it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A membership and its value, before ranking."""

    membership_id: MembershipId
    name: str
    value: int
    shown: bool
    """Whether the member chose to be on boards."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A line of a board."""

    rank: int
    membership_id: MembershipId
    name: str
    value: int


def rank(entries: Iterable[Entry]) -> list[Rank]:
    """Rank those with a value, most first; equals share a rank (1, 1, 3) and stand by name."""
    with_value = [entry for entry in entries if entry.value > 0]
    ordered = sorted(with_value, key=lambda e: (-e.value, e.name.casefold(), e.membership_id))
    ranks: list[Rank] = []
    for place, entry in enumerate(ordered, start=1):
        tied = bool(ranks) and ranks[-1].value == entry.value
        number = ranks[-1].rank if tied else place
        ranks.append(Rank(number, entry.membership_id, entry.name, entry.value))
    return ranks


def board(entries: Iterable[Entry]) -> list[Rank]:
    """Return what everyone may see: those who chose to be shown, at most ten, ranked among them."""
    return rank(entry for entry in entries if entry.shown)[:SHOWN]


def own_place(entries: Iterable[Entry], membership_id: MembershipId) -> Rank | None:
    """Return a member's place among those on the board and themselves; None without a value.

    Told to that member only.
    """
    visible = [e for e in entries if e.shown or e.membership_id == membership_id]
    return next((r for r in rank(visible) if r.membership_id == membership_id), None)
