"""Milestones: what an answer reaches for its member, and what a group reaches together.

Each is granted once; what tells repeated ones apart is their subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.ids import SessionId

KEPT = (1, 7, 14, 30, 50, 100, 365)
"""Sessions kept since joining that are milestones."""
BREAK = timedelta(days=14)
"""From the last session kept to the next: so long a time is a break."""
IN_ONE_GO = 30
"""Minutes at a time that the programme's ladder leads to."""
TOGETHER_EVERY = 1000
"""Minutes of all members together that are a milestone of the group."""


class Milestone(StrEnum):
    """The kinds of milestones, those of a member first."""

    KEPT = "kept"
    """So many sessions; the subject is their number."""
    BACK = "back"
    """Back after a break; the subject is the last session kept before it."""
    IN_ONE_GO = "in_one_go"
    """The first thirty minutes at a time."""
    TOGETHER = "together"
    """The group's: so many minutes; the subject is their number."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone, and which one of its kind."""

    milestone: Milestone
    subject: int = 0


def reached(kept: int, minutes: int, away_since: SessionId | None) -> tuple[Reached, ...]:
    """Return what an answer reaches that makes a session kept.

    `kept` are all sessions kept with it, `minutes` how long it was. `away_since` is the last
    session kept before the break that it ends, None where there was no break.
    """
    found: list[Reached] = []
    if kept in KEPT:
        found.append(Reached(Milestone.KEPT, kept))
    if away_since is not None:
        found.append(Reached(Milestone.BACK, away_since))
    if minutes >= IN_ONE_GO:
        found.append(Reached(Milestone.IN_ONE_GO))
    return tuple(found)


def ends_a_break(last_kept_on: date, due_on: date, *, held_between: bool) -> bool:
    """Say whether keeping a session of `due_on` ends a break.

    Where no session was held in between (`held_between`) nobody has been away: the group meets
    rarely, or had a holiday.
    """
    return held_between and due_on - last_kept_on >= BREAK


def together(minutes: int) -> Reached | None:
    """Return the last milestone of a group that has `minutes` behind it; None before the first."""
    whole = minutes - minutes % TOGETHER_EVERY
    return Reached(Milestone.TOGETHER, whole) if whole > 0 else None
