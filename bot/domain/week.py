"""The week streak: weeks in a row, Monday to Sunday, in which the weekly goal was met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.streak import Reckoning

DEFAULT_GOAL = 3
GOALS = range(1, 8)
"""What a member can choose as sessions a week."""


@dataclass(frozen=True, slots=True)
class Week:
    """What one week came to for one membership; the running week is still growing."""

    goal: int = DEFAULT_GOAL
    """The member's own, as it was when the week began."""
    kept: int = 0
    counted: int = 0
    covered: int = 0
    """Misses that a rest token covered."""

    @property
    def target(self) -> int:
        """How many had to be kept; 0 passes the week over."""
        return min(self.goal, self.counted - self.covered)

    @property
    def met(self) -> bool:
        """Whether there was something to keep, and enough of it was kept."""
        return 0 < self.target <= self.kept


def tally(goal: int, reckonings: Iterable[Reckoning]) -> Week:
    """Sum up the reckonings of one week."""
    rows = list(reckonings)
    return Week(
        goal=goal,
        kept=sum(row.outcome.kept for row in rows),
        counted=sum(row.counted for row in rows),
        covered=sum(row.covered for row in rows),
    )


def step(streak: int, week: Week) -> int:
    """Return the week streak after `week`, which is over."""
    if week.target <= 0:
        return streak
    return streak + 1 if week.met else 0


def fold(weeks: Iterable[Week], start: int = 0) -> int:
    """Return the week streak after `weeks`, all over and in order."""
    streak = start
    for week in weeks:
        streak = step(streak, week)
    return streak
