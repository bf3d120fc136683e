"""The words that members' replies are made of: one lexicon for each language, data alone.

A phrase is written in small letters with spaces between its words; the longest one that fits is
taken. Hyphens count as spaces, accents do not count, and an apostrophe may be left out in a reply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from bot.domain.schedule import Activity


class Role(StrEnum):
    """What a phrase does in a reply."""

    # What answers.
    DONE = "done"
    """Says by itself that it was done: done, finished."""
    ASSENT = "assent"
    """A yes. It may also agree to something else, so it counts only among words all known."""
    DID = "did"
    """A doing that needs its what: did, managed, went for."""
    OBJECT = "object"
    """The session as the what of a doing: it, my exercises."""
    MOVE = "move"
    """A doing and its activity in one: walked, went swimming. Listed under `moves`."""
    ACTIVITY = "activity"
    """The bare name of an activity; it answers nothing. Listed under `activities`."""
    PARTLY = "partly"
    """Says that it was done in part."""
    REST = "rest"
    """Says by itself that it is not done: resting, sick, rest day."""
    HURTS = "hurts"
    """Says that something hurts, with or without saying what."""
    PAINLESS = "painless"
    """Says that nothing hurts; it answers nothing."""
    BODY = "body"
    """What may hurt; a number beside it is no amount: back, knee."""

    # What turns an answer or an amount.
    REFUSAL = "refusal"
    """Says no, alone or to the doing after it: no, can't, didn't."""
    NEGATION = "negation"
    """Turns the doing after it and means nothing alone: not, never."""
    BARE = "bare"
    """A doing that is only named, to be refused or planned: do, go, come."""
    ONLY = "only"
    """Makes an amount in its clause a part: only."""
    JUST = "just"
    """Makes an amount right after it a part; elsewhere it may speak of time: just."""
    ABOUT = "about"
    """Said before an amount that is not exact: about. Before other words an ASIDE."""
    AND_A_HALF = "and_a_half"
    """Adds half a unit, before or after the unit."""

    # What keeps a reply from being understood.
    HEDGE = "hedge"
    """Doubt, a question, something begun, some other time today, words of others."""
    PLAN = "plan"
    """Will, going to, need to: fit for a rest only."""
    LOOMING = "looming"
    """Now, tonight: past or future, as the words beside it tell."""
    OTHER_DAY = "other_day"
    """Speaks of another day: its clause says nothing of this one."""
    OTHERS = "others"
    """Somebody else may be the one who did it."""

    # What stands around.
    DEGREE = "degree"
    """A FILLER that after a refusal leaves open how much was done: all, quite."""
    BEING = "being"
    """A FILLER that before an amount leaves open what it is: I'm, it is, have."""
    FILLER = "filler"
    """Says nothing that matters."""
    COURTESY = "courtesy"
    """A phrase that says nothing that matters, even as a question: see you, how about you."""
    ASIDE = "aside"
    """Opens a remark, in which unknown words do no harm: with, along."""
    WITHIN = "within"
    """An ASIDE that before a time may say how long it took, or when it will be: in."""
    AT = "at"
    """An ASIDE that before a number gives the hour."""
    BREAK = "break"
    """Begins a new clause: but, because."""
    JOIN = "join"
    """And."""
    COUNTED = "counted"
    """What else is counted; its number is no amount: steps, laps."""
    HOURLY = "hourly"
    """Makes a number an hour of the day: am, o'clock."""
    OUT_OF = "out_of"
    """Stands in a score: out of."""
    LEVEL = "level"
    """Makes the number after it a score: level."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of a unit comes to, either in minutes or in metres."""

    minutes: Fraction = Fraction(0)
    metres: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """One language's words; none of its phrases should have two roles."""

    words: Mapping[Role, frozenset[str]]
    moves: Mapping[Activity, frozenset[str]] = field(default_factory=dict[Activity, frozenset[str]])
    activities: Mapping[Activity, frozenset[str]] = field(
        default_factory=dict[Activity, frozenset[str]]
    )
    numbers: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])
    """Numbers in words. They count before a unit only; elsewhere the phrase has its own role."""
    units: Mapping[str, Unit] = field(default_factory=dict[str, Unit])
    """By every spelling."""


MINUTE, HOUR = Unit(minutes=Fraction(1)), Unit(minutes=Fraction(60))
METRE, KILOMETRE = Unit(metres=Fraction(1)), Unit(metres=Fraction(1000))
MILE = Unit(metres=Fraction(1609344, 1000))
"""The international mile of 1959."""


def phrases(listed: str) -> frozenset[str]:
    """Return the phrases of a text that lists them between commas."""
    return frozenset(phrase for part in listed.split(",") if (phrase := " ".join(part.split())))


def spelled(unit: Unit, listed: str) -> dict[str, Unit]:
    """Return a unit by each of its spellings, listed between commas."""
    return dict.fromkeys(phrases(listed), unit)


SIGNS = Lexicon(
    words={
        Role.DONE: phrases("✅, ☑, ✔, ✓, 💯, 🏁"),
        Role.ASSENT: phrases("👍, 👌, 💪, 🙌"),
        Role.PARTLY: phrases("🌗"),
        Role.REST: phrases("❌, ✗, ✘, 🙅, 🤒, 😷, 🤧, 🤢, 🤮, 💤, 😴, 🛌"),
        Role.HURTS: phrases("🩹, 🤕"),
        Role.HEDGE: phrases("🤔, 🤷, 🙄, 🙃, ❓, ❔, 👎, ⏳, 🔜"),
        Role.ABOUT: phrases("~, ≈"),
        Role.JOIN: phrases("&"),
    },
    activities={
        Activity.WALK: phrases("🚶, 🥾"),
        Activity.WATER: phrases("🏊"),
        Activity.BIKE: phrases("🚴, 🚲, 🚵"),
        Activity.OTHER: phrases("🏃, 🧘, 🚣"),
    },
    units=spelled(MINUTE, "min, '")
    | spelled(HOUR, "h")
    | spelled(KILOMETRE, "km, k")
    | spelled(METRE, "m"),
)
"""What is written alike in every language; read beside any lexicon."""
