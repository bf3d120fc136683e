"""A check-in: what a member may answer for a session, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.schedule import midnight_of

MEMBER_WINDOW = timedelta(hours=48)
"""How long after a session settled its members may still log or change their answer."""
ORGANISER_WINDOW = timedelta(days=14)
"""How long after a session settled an organiser may correct an answer."""


class Answer(StrEnum):
    """What a member says about a session."""

    DONE = "done"
    PARTLY = "partly"
    REST = "rest"
    SORE = "sore"

    @property
    def kept(self) -> bool:
        """Whether it counts as having turned up."""
        return self in (Answer.DONE, Answer.PARTLY)


class SessionState(StrEnum):
    """Where a session stands in its life."""

    PLANNED = "planned"
    OPEN = "open"
    SETTLED = "settled"
    CALLED_OFF = "called_off"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Window:
    """The instants between which a session can be answered."""

    due_on: date
    zone: ZoneInfo
    state: SessionState
    closed_at: datetime
    """When it settled, or will settle; of a void session, when it would have."""


class Refusal(StrEnum):
    """Why an answer cannot be taken; the code of the error that says so."""

    CALLED_OFF = "session_called_off"
    TOO_EARLY = "answer_too_early"
    TOO_LATE = "answer_too_late"


def refusal(
    answer: Answer | None, window: Window, now: datetime, *, by_organiser: bool = False
) -> Refusal | None:
    """Say why `answer` (None withdraws one) cannot be taken at `now`; None when it can.

    `rest` and `sore` can be given before the start, `done` and `partly` from the local midnight
    that begins `due_on`.
    """
    if window.state is SessionState.CALLED_OFF:
        return Refusal.CALLED_OFF
    if answer is not None and answer.kept and now < midnight_of(window.due_on, window.zone):
        return Refusal.TOO_EARLY
    grace = ORGANISER_WINDOW if by_organiser else MEMBER_WINDOW
    closed = window.state in (SessionState.SETTLED, SessionState.VOID)
    if closed and now > window.closed_at + grace:
        return Refusal.TOO_LATE
    return None
