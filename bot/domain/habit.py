"""When a member does walk: a group's times compared with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

LOOKS_BACK = timedelta(weeks=12)
"""How far back habits are looked for."""
OFTEN = 2
"""How often somebody came at a time before it is called theirs."""
NEAR = timedelta(hours=2)
"""How far from a time another one suits whoever comes then."""


@dataclass(frozen=True, slots=True)
class TimeRecord:
    """How often somebody came at a time of the week."""

    weekday: int
    at: time
    kept: int
    planned: int
    """How often there was a session that counted for them."""


def records(sessions: Iterable[tuple[datetime, bool]]) -> list[TimeRecord]:
    """Return the times of some sessions, as (local start, whether one came), the best first.

    Of equally good ones the one with more sessions, then by the week.
    """
    kept: dict[tuple[int, time], list[bool]] = defaultdict(list)
    for starts_at, came in sessions:
        kept[starts_at.weekday(), starts_at.time()].append(came)
    found = [TimeRecord(*when, sum(came), len(came)) for when, came in kept.items()]
    return sorted(found, key=lambda one: (-one.kept / one.planned, -one.kept, one.weekday, one.at))


def best_time(found: Sequence[TimeRecord]) -> TimeRecord | None:
    """Return the time at which somebody comes at least half the time; None where there is none.

    It is one only beside others at which they come less often: `found` as `records` gives it.
    """
    if len(found) < 2:  # noqa: PLR2004 - nothing to compare it with
        return None
    best, worst = found[0], found[-1]
    often = best.kept >= OFTEN and 2 * best.kept >= best.planned
    better = best.kept * worst.planned > worst.kept * best.planned
    return best if often and better else None


def suits(starts_at: datetime, best: TimeRecord) -> bool:
    """Say whether a local start is on the same day of the week at about the same time."""
    apart = abs(_since_midnight(starts_at.time()) - _since_midnight(best.at))
    return best.weekday == starts_at.weekday() and apart <= NEAR


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
