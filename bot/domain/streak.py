"""The session streak: a fold over a membership's settled sessions.

Order is (start, slot). Each settled session is one `Turn`; `step` says what it counts as and how
the streak stands afterwards. Folding everything always gives what step by step gave.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.checkin import Answer
from bot.domain.ids import SlotId

TOKEN_EVERY = 7
"""Sessions kept since joining that earn one rest token."""
TOKENS_HELD = 2
"""Rest tokens that can be held at a time."""
REST_SPAN = timedelta(days=7)
"""The span, up to and including `due_on`, in which free rests are counted."""
REST_SLACK = timedelta(days=2)
"""How far `due_on` may go back from one session to the next that starts later: by a day where a gap
shifts a start past midnight, by two where the group moved to a zone far to the west."""


class Outcome(StrEnum):
    """What a session counts as for one member once it has settled."""

    DONE = "done"
    PARTLY = "partly"
    REST = "rest"
    SORE = "sore"
    MISSED = "missed"
    EXCUSED = "excused"

    @property
    def kept(self) -> bool:
        """Whether it counts as having turned up."""
        return self in (Outcome.DONE, Outcome.PARTLY)


@dataclass(frozen=True, slots=True)
class Turn:
    """One settled session as it concerns one member."""

    starts_at: datetime
    slot_id: SlotId
    due_on: date
    free_rests: int
    """How many rests are free in seven days, as stamped on the session when it was planned."""
    answer: Answer | None
    excused: bool = False
    """The member was paused, or had left before it settled."""
    void: bool = False
    joined_late: bool = False
    """The session had started when the member joined: kept counts, silence does not."""
    minutes: int = 0
    """How long they were at it."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Where a membership stands, and what it all comes to; `Streak()` is the beginning."""

    current: int = 0
    best: int = 0
    tokens: int = 0
    kept: int = 0
    """Sessions kept since joining."""
    misses: int = 0
    """Misses in a row since the last session kept, covered ones among them."""
    free_rests_on: tuple[date, ...] = ()
    """Dates of the free rests that may still lie in the span of a later session, oldest first."""
    counted: int = 0
    """Sessions of which `kept` is a share (see `Reckoning.counted`)."""
    minutes: int = 0
    """Of the sessions kept, all together."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What one turn came to."""

    outcome: Outcome
    counted: bool
    """Among done, partly, missed and rest beyond the budget: the sessions a share is taken of."""
    covered: bool = False
    """A miss that a rest token covered."""


def rest_is_free(free_rests_on: Iterable[date], due_on: date, budget: int) -> bool:
    """Say whether a rest on `due_on` is within a budget of `budget` in seven days."""
    first_on = due_on - REST_SPAN + timedelta(days=1)
    return sum(first_on <= on <= due_on for on in free_rests_on) < budget


def step(streak: Streak, turn: Turn) -> tuple[Streak, Reckoning | None]:
    """Settle one turn; the reckoning is None where the session does not concern the member."""
    if turn.answer is not None and turn.answer.kept:
        return _kept(streak, turn.minutes), Reckoning(Outcome(turn.answer), counted=True)
    if turn.joined_late:
        return streak, _unharmed(turn) if turn.answer is not None else None
    if turn.void or turn.answer is Answer.SORE or (turn.excused and turn.answer is None):
        return streak, _unharmed(turn)
    if turn.answer is Answer.REST and rest_is_free(
        streak.free_rests_on, turn.due_on, turn.free_rests
    ):
        return _rested(streak, turn.due_on), Reckoning(Outcome.REST, counted=False)
    return _missed(streak)


def fold(
    turns: Iterable[Turn], start: Streak | None = None
) -> tuple[Streak, list[Reckoning | None]]:
    """Settle `turns`, which come in order of (start, slot); reckonings come in the same order."""
    streak = start or Streak()
    reckonings: list[Reckoning | None] = []
    for turn in turns:
        streak, reckoning = step(streak, turn)
        reckonings.append(reckoning)
    return streak, reckonings


def _unharmed(turn: Turn) -> Reckoning:
    outcome = Outcome.EXCUSED if turn.answer is None else Outcome(turn.answer)
    return Reckoning(outcome, counted=False)


def _kept(streak: Streak, minutes: int) -> Streak:
    kept, current = streak.kept + 1, streak.current + 1
    earned = 1 if kept % TOKEN_EVERY == 0 else 0
    return replace(
        streak,
        current=current,
        best=max(streak.best, current),
        tokens=min(TOKENS_HELD, streak.tokens + earned),
        kept=kept,
        misses=0,
        counted=streak.counted + 1,
        minutes=streak.minutes + minutes,
    )


def _rested(streak: Streak, due_on: date) -> Streak:
    recent = [on for on in streak.free_rests_on if on > due_on - REST_SPAN - REST_SLACK]
    return replace(streak, free_rests_on=tuple(sorted([*recent, due_on])))


def _missed(streak: Streak) -> tuple[Streak, Reckoning]:
    covered = streak.tokens > 0
    after = replace(
        streak,
        current=streak.current if covered else 0,
        tokens=streak.tokens - covered,
        misses=streak.misses + 1,
        counted=streak.counted + 1,
    )
    return after, Reckoning(Outcome.MISSED, counted=True, covered=covered)
