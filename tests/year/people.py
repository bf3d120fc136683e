"""The thirty: who they are, how they want to be treated, and what the year holds for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from random import Random

from bot.sandbox.world import ORGANISER
from tests.year.almanac import WEEKDAYS
from tests.year.deeds import Wishes
from tests.year.habits import (
    WEEKEND,
    ChangesMind,
    DayAfter,
    Doing,
    Every,
    Habit,
    NightOwl,
    Rests,
    Shifts,
    SoreBack,
    Spell,
    Usual,
)
from tests.year.walker import Walker

ALL = Wishes(pinged=True)
WARNED = Wishes(pinged=True, warned=True)
NAMED = Wishes()
SHY = Wishes(named=False)
LETTERS = Wishes(reach="dm")
SILENT = Wishes(reach="silent", named=False, shown=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """Something out of the ordinary, on a day in the afternoon."""

    on: date
    doing: Doing


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody of the group."""

    name: str
    about: str
    """Who they are, for the reader."""
    wishes: Wishes
    lives: Callable[[Random], Habit]
    kindness: float = 0.5
    """How often they cheer a buddy on who was not there."""
    called: str = ""
    """What the others call them; nothing is their whole name."""
    joins: date | None = None
    """None is before the first walk."""
    silent: tuple[Spell, ...] = ()
    turns: tuple[Turn, ...] = ()

    def is_silent(self, on: date) -> bool:
        return any(spell.covers(on) for spell in self.silent)

    def habit(self, seed: int) -> Habit:
        """Return a fresh habit, by a chance of one's own: it changes nothing for the others."""
        return self.lives(Random(f"{seed}:{self.name}"))


def _away(first: date, last: date, said_on: date) -> Turn:
    return Turn(said_on, partial(Walker.pause, first=first, last=last))


def _wants(on: date, wishes: Wishes) -> Turn:
    return Turn(on, partial(Walker.wish, wishes=wishes))


def _buddy(on: date, *steps: str) -> Turn:
    """Look at the card about buddies, and press buttons of it."""
    return Turn(on, partial(Walker.buddy, steps=steps))


def _leaves(on: date) -> Turn:
    return Turn(on, Walker.leave)


def _returns(on: date) -> Turn:
    return Turn(on, Walker.join)


# Names as people have them: several scripts and directions, the longest that Discord allows,
# markdown, emoji, and words that a sentence may hold by itself.
CAST = (
    Character(
        ORGANISER,
        "organises the group, and rarely misses a walk",
        ALL,
        lambda chance: Usual(chance, comes=0.95, says=0.5, hardy=True),
    ),
    Character(
        "Ada Lindqvist",
        "walks in any weather, nearly always",
        WARNED,
        lambda chance: Usual(chance, comes=0.97, says=0.0, hardy=True),
        called="Ada",
        kindness=0.9,
        turns=(_buddy(date(2026, 3, 3), "join", "tell"),),
    ),
    Character(
        "Łukasz Wójcik",
        "comes at weekends, and never thinks of saying so",
        ALL,
        lambda chance: Usual(chance, comes=0.95, says=0.0, weekdays=WEEKEND),
        called="Łukasz",
        kindness=0.6,
        turns=(
            _buddy(date(2026, 3, 3), "join", "tell"),
            Turn(date(2026, 3, 20), Walker.compare_times),
        ),
    ),
    Character(
        "田中さくら",
        "forgets, and is glad to be reminded",
        ALL,
        lambda chance: Usual(chance, comes=0.4, nudged=0.6, says=0.0),
        kindness=0.7,
        turns=(_buddy(date(2026, 3, 3), "join", "tell"),),
    ),
    Character(
        "Марія Коваленко",
        "would rather have a letter than be talked about",
        LETTERS,
        lambda chance: Usual(chance, comes=0.5, nudged=0.4, says=0.1),
        called="Марія",
        kindness=0.6,
        silent=(
            # Many walks in few days: several misses, and no long silence.
            Spell(date(2026, 6, 29), date(2026, 7, 4)),
            Spell(date(2026, 10, 11), date(2026, 10, 21)),
        ),
        turns=(_buddy(date(2026, 3, 3), "join", "tell"),),
    ),
    Character(
        "محمد الفاسي",
        "has a sore back that comes and goes",
        NAMED,
        SoreBack,
        called="محمد",
    ),
    Character(
        "Wilhelmina van den Berg-Hoogstra",
        "travels, and pauses for it",
        NAMED,
        lambda chance: Usual(chance, comes=0.85),
        called="Wilhelmina",
        turns=(
            _buddy(date(2026, 3, 3), "join", "tell"),
            _away(date(2026, 3, 14), date(2026, 3, 29), date(2026, 3, 12)),
            _away(date(2026, 7, 6), date(2026, 8, 2), date(2026, 7, 4)),
            _away(date(2026, 11, 16), date(2026, 11, 27), date(2026, 11, 15)),
        ),
    ),
    Character(
        "🐢 slow & steady 🌿",
        "rests two days of three, and says so",
        SHY,
        Rests,
        called="🐢",
    ),
    Character(
        "Bo_the_bold_",
        "stops for three weeks in March, comes back, and does it again in autumn",
        ALL,
        lambda chance: Usual(chance, comes=0.9, says=0.0, hardy=True),
        called="Bo",
        silent=(
            Spell(date(2026, 3, 9), date(2026, 3, 29)),
            Spell(date(2026, 9, 28), date(2026, 10, 21)),
        ),
    ),
    Character(
        "김민준",
        "joins in the first week",
        ALL,
        lambda chance: Usual(chance, comes=0.6, nudged=0.3),
        joins=date(2026, 3, 4),
        kindness=0.7,
        turns=(_buddy(date(2026, 3, 5), "join", "tell"),),
    ),
    Character(
        "Ολυμπία",
        "wants to hear nothing at all, and walks",
        SILENT,
        lambda chance: Usual(chance, comes=0.6, says=0.0),
    ),
    Character(
        "Noor Haddad",
        "changes their mind, a lot",
        SHY,
        ChangesMind,
        called="Noor",
    ),
    Character(
        "Đặng Thu Hà",
        "answers after midnight",
        Wishes(warned=True),
        NightOwl,
        called="Hà",
    ),
    Character(
        "प्रिया शर्मा",
        "answers the day after, and wants letters",
        LETTERS,
        DayAfter,
        called="प्रिया",
    ),
    Character(
        "Tom Byrne",
        "comes for two months, and stops without a word",
        NAMED,
        lambda chance: Usual(chance, comes=0.75, says=0.0),
        called="Tom",
        silent=(Spell(date(2026, 5, 9)),),
    ),
    Character(
        "Siobhán O'Neill",
        "asks for letters, and has them closed from March to September",
        LETTERS,
        lambda chance: Usual(chance, comes=0.7),
        called="Siobhán",
        turns=(
            Turn(date(2026, 3, 10), Walker.shut_letters),
            Turn(date(2026, 9, 7), Walker.open_letters),
            _wants(date(2026, 9, 21), LETTERS),
        ),
    ),
    Character(
        "*Max* _Power_",
        "likes to be named and pinged, until June",
        ALL,
        lambda chance: Usual(chance, comes=0.65, nudged=0.3, says=0.0),
        called="Max",
        turns=(
            _buddy(date(2026, 3, 10), "join", "tell"),
            _wants(date(2026, 3, 19), Wishes(pinged=False)),
            _wants(date(2026, 4, 20), ALL),
            _wants(date(2026, 6, 12), SHY),
        ),
    ),
    Character(
        "Grace Adeyemi",
        "comes most days, and would rather not be named",
        SHY,
        lambda chance: Usual(chance, comes=0.8),
        called="Grace",
        kindness=0.8,
        turns=(_buddy(date(2026, 3, 3), "join", "tell"),),
    ),
    Character(
        "Hugo",
        "works shifts, every second week, and wants no cheers",
        Wishes(cheered=False),
        Shifts,
        kindness=0.3,
        turns=(
            _buddy(date(2026, 3, 3), "join"),
            _buddy(date(2026, 5, 1), "stop"),
        ),
    ),
    Character("Inês", "logs the walk a day later", NAMED, DayAfter),
    Character(
        "Jonas",
        "loses interest, and leaves in April",
        NAMED,
        lambda chance: Usual(chance, comes=0.4, says=0.1),
        turns=(Turn(date(2026, 4, 22), Walker.leave_quietly),),
    ),
    Character(
        "Kamala",
        "leaves in March, and returns within three weeks",
        NAMED,
        lambda chance: Usual(chance, comes=0.85),
        turns=(
            _buddy(date(2026, 3, 3), "join", "tell"),
            _leaves(date(2026, 3, 11)),
            _returns(date(2026, 3, 30)),
        ),
    ),
    Character(
        "Leo",
        "leaves in July, and begins afresh in October",
        ALL,
        lambda chance: Usual(chance, comes=0.75, nudged=0.2),
        turns=(
            _buddy(date(2026, 3, 3), "join"),
            _buddy(date(2026, 6, 1), "tell"),
            Turn(date(2026, 10, 15), Walker.compare_times),
            _leaves(date(2026, 7, 28)),
            _returns(date(2026, 10, 5)),
        ),
    ),
    Character(
        "May",
        "joins in May",
        ALL,
        lambda chance: Usual(chance, comes=0.7, says=0.1),
        joins=date(2026, 5, 11),
        kindness=0.8,
        turns=(
            _buddy(date(2026, 5, 18), "join", "tell"),
            _buddy(date(2026, 8, 10), "swap"),
        ),
    ),
    Character(
        "Nils & Co.",
        "joins in September, with a dog",
        NAMED,
        lambda chance: Usual(chance, comes=0.8),
        called="Nils",
        joins=date(2026, 9, 9),
        kindness=0.8,
        turns=(_buddy(date(2026, 9, 15), "join", "tell"),),
    ),
    Character(
        "Olu",
        "misses every ninth walk, with a rest token in hand",
        Wishes(warned=True),
        lambda chance: Every(chance, 9),
        turns=(
            _buddy(date(2026, 3, 20), "join", "tell"),
            _buddy(date(2026, 3, 27), "swap"),
            _buddy(date(2026, 9, 4), "hush"),
        ),
    ),
    Character(
        "Petra",
        "comes on weekdays, from the office",
        SHY,
        lambda chance: Usual(chance, comes=0.9, weekdays=WEEKDAYS),
        kindness=0.8,
        turns=(_buddy(date(2026, 3, 3), "join", "tell"),),
    ),
    Character(
        "Quinn",
        "walks in fair weather",
        NAMED,
        lambda chance: Usual(chance, comes=0.9, says=0.3),
        silent=(Spell(date(2026, 8, 10), date(2026, 8, 21)),),
        turns=(
            _wants(date(2026, 4, 2), Wishes(cheered=False)),
            Turn(date(2026, 8, 19), Walker.rest_a_week),
        ),
    ),
    Character(
        "Ruth",
        "falls ill in spring and in winter; Rosa excuses her when she hears of it",
        NAMED,
        lambda chance: Usual(chance, comes=0.9),
        silent=(
            Spell(date(2026, 3, 16), date(2026, 3, 22)),
            Spell(date(2027, 1, 11), date(2027, 1, 24)),
        ),
    ),
    Character(
        "Will",
        "tries the channel, then letters, then silence, then the channel again",
        ALL,
        lambda chance: Usual(chance, comes=0.6, nudged=0.2, says=0.1),
        turns=(
            _wants(date(2026, 3, 18), LETTERS),
            _wants(date(2026, 6, 1), SILENT),
            _wants(date(2026, 10, 12), ALL),
        ),
    ),
)
