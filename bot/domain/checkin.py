"""A check-in: what a member may answer for a session, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.schedule import Activity, midnight_of

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


MINUTES = range(1, 601)
"""How long somebody can have been at it."""
METRES = range(100, 100_001)
EFFORT = range(1, 11)
PAIN = range(11)
NOTE = 500
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class Details:
    """What else a member says with an answer; None for what they did not say."""

    minutes: int | None = None
    metres: int | None = None
    activity: Activity | None = None
    """None is the session's own."""
    effort: int | None = None
    """How hard it was, 1 to 10."""
    pain: int | None = None
    """How much the back hurt, 0 to 10: the member's own, told to nobody else."""
    note: str | None = None

    def over(self, before: Details) -> Details:
        """Return these details, and those of `before` where nothing is said here."""
        return Details(
            minutes=before.minutes if self.minutes is None else self.minutes,
            metres=before.metres if self.metres is None else self.metres,
            activity=self.activity or before.activity,
            effort=before.effort if self.effort is None else self.effort,
            pain=before.pain if self.pain is None else self.pain,
            note=before.note if self.note is None else self.note,
        )


NO_DETAILS = Details()


def details_after(stands: Answer | None, known: Details, said: Answer, told: Details) -> Details:
    """Return what stands beside the answer `said` once it is given with the details `told`.

    What was known stays where nothing else is told; but beside a rest or a sore day there is no
    telling of how much it was, and none comes back from before one.
    """
    if stands is None or not stands.kept:
        known = Details(pain=known.pain, note=known.note)
    if _told_anew(told, known):
        known = replace(known, minutes=None, metres=None)
    merged = told.over(known)
    return merged if said.kept else Details(pain=merged.pain, note=merged.note)


def _told_anew(told: Details, known: Details) -> bool:
    """Say whether what is told corrects an amount, and does not only add to one."""
    return (told.minutes is not None and known.minutes is not None) or (
        told.metres is not None and known.metres is not None
    )


def filled_in(stands: Answer | None, known: Details, told: Details) -> tuple[Answer, Details]:
    """Return the answer and the details once the form has been sent in with `told`.

    The form holds everything but pain, which is asked for apart. It says that something was done,
    unless a rest or a sore day stands and it tells of nothing that was done.
    """
    did = any(one is not None for one in (told.minutes, told.metres, told.activity, told.effort))
    if stands is not None and not stands.kept and not did:
        return stands, Details(pain=known.pain, note=told.note)
    return stands if stands is not None and stands.kept else Answer.DONE, replace(
        told, pain=known.pain
    )


def minutes_of(answer: Answer | None, stated: int | None, planned: int) -> int:
    """Return how long somebody was at it: as `stated`, else `planned` where it was done."""
    if answer is None or not answer.kept:
        return 0
    if stated is not None:
        return stated
    return planned if answer is Answer.DONE else 0


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
