"""Leaderboards: who stands where, shown so that nobody is last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import MembershipId

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
