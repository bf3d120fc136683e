"""The ladder: from walks of five minutes to walks of thirty, a rung at a time.

Each week that is over is reviewed once, and its first rule that applies decides. A member stands on
one ladder, whatever groups they are in: they have one back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.domain.milestones import ends_a_break


@dataclass(frozen=True, slots=True)
class Rung:
    """What is walked on a day with a session."""

    walks: int
    minutes: int
    """Of each of them."""

    @property
    def total(self) -> int:
        """Minutes of the day."""
        return self.walks * self.minutes


LADDER = (
    Rung(2, 5),
    Rung(3, 5),
    Rung(2, 8),
    Rung(2, 10),
    Rung(1, 15),
    Rung(1, 18),
    Rung(1, 20),
    Rung(1, 22),
    Rung(1, 25),
    Rung(1, 28),
    Rung(1, 30),
)
"""Two or three times five minutes to begin with, thirty in the end; a rung is its place in here."""
FIRST, TOP = 0, len(LADDER) - 1

SORE = 5
"""A day with so much pain of ten takes one down."""
CALM = 3
"""With more pain than this nobody goes up."""
DOCTOR = 7
"""So much pain is a doctor's matter: nobody begins with it, and the doctor's note is read anew."""
UNTOLD = 4
"""What a sore back of which nobody said how sore is taken for: too much to go up, too little to go
down."""
BACK_DOWN = 2
"""Rungs that being away for long costs, once."""
SETTLING_IN = timedelta(days=7)
"""Who stops and begins again within this time does not begin higher than they stood."""


class Pace(StrEnum):
    """What a member wants of their ladder."""

    GROW = "grow"
    HOLD = "hold"
    """No step up until they say so."""


class Rule(StrEnum):
    """What decided a review, in the order in which the rules are asked."""

    NOTHING = "nothing"
    """Nothing counted: paused, rested, or sore all week."""
    BACK = "back"
    """Back after two weeks away."""
    SORE = "sore"
    AWAY = "away"
    """Away for two weeks and not back yet: the return decides."""
    LITTLE = "little"
    """Less than a third kept."""
    BEGUN = "begun"
    """The programme began in the middle of the week."""
    SOME = "some"
    """Less than three quarters kept."""
    PAIN = "pain"
    """More pain than one goes up with."""
    RISING = "rising"
    """More pain than in the week before."""
    TOP = "top"
    NOTE = "note"
    """The doctor's note is to be read again first."""
    CHOSEN = "chosen"
    """Its member wants to stay."""
    UP = "up"


@dataclass(frozen=True, slots=True)
class Week:
    """A week that is over, as one member's review sees it."""

    kept: int
    counted: int
    """As `bot.domain.streak.Reckoning.counted`."""
    pain: int = 0
    """The worst of ten that was told; 0 where nobody told of any."""
    pain_before: int = 0
    """The same of the week before."""
    back: bool = False
    """They came back in it after two weeks away."""
    away: bool = False
    """They have not come for two weeks when it ends."""
    stood: int = TOP
    """The rung on which they stood when they were last there."""
    whole: bool = True
    """The programme was running all week."""
    note_due: bool = False
    """The doctor's note is to be read again."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a week came to on the ladder, and why."""

    rule: Rule
    before: int
    """The rung before it, `after` the one after it."""
    after: int

    def __str__(self) -> str:
        """Return the text as which it is kept, which `read` reads."""
        return f"{self.rule} {self.before} {self.after}"


def read(text: str) -> Review | None:
    """Read a review as it was kept; None for any other text."""
    try:
        rule, before, after = text.split()
        found = Review(Rule(rule), int(before), int(after))
    except ValueError:
        return None
    return found if {found.before, found.after} <= set(range(len(LADDER))) else None


def review(rung: int, pace: Pace, week: Week) -> Review:
    """Decide where a week leads: never more than one rung up, and never off the ladder.

    Being away costs two rungs in all, whether the weeks in between were paused or missed: what they
    took is not taken again at the return.
    """
    rule = _downwards(week) or _in_place(rung, pace, week) or Rule.UP
    match rule:
        case Rule.BACK:
            after = on_return(rung, week.stood)
        case Rule.SORE | Rule.LITTLE:
            after = rung - 1
        case Rule.UP:
            after = rung + 1
        case _:
            after = rung
    return Review(rule, rung, max(FIRST, after))


def _downwards(week: Week) -> Rule | None:
    """Return the rule that leads down or keeps from it; None where the week was good enough."""
    if week.counted == 0:
        return Rule.NOTHING
    if week.back:
        return Rule.BACK
    if week.pain >= SORE:
        return Rule.SORE
    if week.away:
        return Rule.AWAY
    # A few days say little about what was too much.
    return Rule.LITTLE if week.whole and week.kept * 3 < week.counted else None


def _in_place(rung: int, pace: Pace, week: Week) -> Rule | None:
    """Return why there is no step up after a week that was good enough to stay; None for a step."""
    reasons = {
        Rule.BEGUN: not week.whole,
        Rule.SOME: week.kept * 4 < week.counted * 3,
        Rule.PAIN: week.pain > CALM,
        Rule.RISING: week.pain > week.pain_before,
        Rule.TOP: rung >= TOP,
        Rule.NOTE: week.note_due,
        Rule.CHOSEN: pace is Pace.HOLD,
    }
    return next((rule for rule, applies in reasons.items() if applies), None)


def easier(rung: int) -> int:
    """Return the rung that is one gentler; the first one has none below it."""
    return max(FIRST, rung - 1)


def on_return(rung: int, stood: int) -> int:
    """Return where to go on after being away, for somebody who `stood` on a rung before.

    That is two down, what the weeks in between took included.
    """
    return max(FIRST, min(rung, stood - BACK_DOWN))


def was_away(there: Sequence[date], held: Collection[date]) -> bool:
    """Say whether there is a break between two of the days, in order, on which somebody walked.

    `held` are the days of sessions that took place for them: where there was none, they were not
    away.
    """
    return any(
        ends_a_break(last, first, held_between=any(last < on < first for on in held))
        for last, first in pairwise(there)
    )


class Walking(StrEnum):
    """Whether somebody walks for their health now."""

    NO = "no"
    SOMETIMES = "sometimes"
    OFTEN = "often"
    """Three times a week or more."""


AT_A_TIME = (0, 5, 10, 15, 20, 25, 30)
"""Minutes that somebody can say they walk at a time; 0 is less than five, 30 is that or more."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says before they begin."""

    walking: Walking
    minutes: int
    """At a time, as in `AT_A_TIME`."""
    pain: int
    """Today, 0 to 10."""


def start_rung(answers: Answers) -> int:
    """Return where to begin: with no more in a day than one walks at a time already.

    One lower for somebody who walks only now and then, and for a back that hurts a little; the
    first rung for who does not walk, or hurts more.
    """
    if answers.walking is Walking.NO or answers.pain >= SORE:
        return FIRST
    familiar = [at for at, rung in enumerate(LADDER) if rung.total <= answers.minutes]
    rung = max(familiar, default=FIRST)
    for gentler in (answers.walking is Walking.SOMETIMES, answers.pain > CALM):
        rung = easier(rung) if gentler else rung
    return rung


def begin_again(wanted: int, stood: int, since: timedelta) -> int:
    """Return where to begin after stopping `since` ago on the rung `stood`.

    Stopping is no way to take several rungs in a week.
    """
    return min(wanted, stood) if since < SETTLING_IN else wanted
