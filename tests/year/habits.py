"""How people live with the group: each their own way, by their own chance."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Protocol

from tests.year.almanac import DAY, EVERY_DAY, Day, Walk, clock
from tests.year.walker import Walker

WEEKEND = frozenset({5, 6})
STAYS_IN = 0.85
"""How likely a storm keeps somebody in who minds the weather."""
SAYS_SO = 0.2
"""How many of those tell the others."""

Doing = Callable[[Walker], Awaitable[object]]
"""Something a person does at the keyboard."""


@dataclass(frozen=True, slots=True)
class Act:
    """A thing to do, and the instant for it."""

    at: datetime
    doing: Doing


class Habit(Protocol):
    """What somebody does on a day."""

    def acts(self, day: Day) -> Iterator[Act]: ...


@dataclass
class Usual:
    """Comes more or less often, and mostly says nothing when not."""

    chance: Random
    comes: float = 0.85
    partly: float = 0.1
    """How many of the walks they come to they do in part."""
    nudged: float = 0.0
    """How many of the others they remember when reminded."""
    says: float = 0.15
    """How many of the rest they say "can't today" to."""
    weekdays: frozenset[int] = EVERY_DAY
    hardy: bool = False
    """Goes out in any weather."""
    after: tuple[int, int] = (15, 100)
    """How many minutes after the start they answer."""

    def acts(self, day: Day) -> Iterator[Act]:
        for walk in day.walks:
            yield from self._about(walk, day)

    def _about(self, walk: Walk, day: Day) -> Iterator[Act]:
        chance = self.chance
        if day.on.weekday() not in self.weekdays:
            return
        elif day.storm and not self.hardy and chance.random() < STAYS_IN:
            if chance.random() < SAYS_SO:
                yield press(walk, "rest", chance, *self.after)
        elif chance.random() < self.comes:
            yield self._came(walk)
        elif chance.random() < self.nudged:
            yield Act(after(walk, chance, 185, 400), partial(_nudged, walk=walk, answer="partly"))
        elif chance.random() < self.says:
            yield press(walk, "rest", chance, *self.after)

    def _came(self, walk: Walk) -> Act:
        if self.chance.random() < self.partly:
            return press(walk, "partly", self.chance, *self.after)
        if self.chance.random() < 0.2:
            how_much = f"{self.chance.randrange(10, 60, 5)} min"
            at = after(walk, self.chance, *self.after)
            return Act(at, partial(_logged, walk=walk, how_much=how_much))
        return press(walk, "done", self.chance, *self.after)


@dataclass
class SoreBack:
    """Hurts now and then, takes it easy after that, and looks at their own page."""

    chance: Random
    every: int = 5

    def acts(self, day: Day) -> Iterator[Act]:
        for walk in day.walks:
            since = walk.number % self.every
            if since == 4 and self.chance.random() < 0.5:
                continue
            answer = {0: "sore", 1: "partly"}.get(since, "done")
            yield press(walk, answer, self.chance)
            if since == 1:
                yield Act(after(walk, self.chance, 200, 260), Walker.look)


@dataclass
class Rests:
    """Rests two times of three, more than is free, and says so."""

    chance: Random

    def acts(self, day: Day) -> Iterator[Act]:
        for walk in day.walks:
            yield press(walk, "done" if walk.number % 3 == 2 else "rest", self.chance)


@dataclass
class ChangesMind:
    """Presses first and thinks then: takes back, changes, and changes again when it is settled."""

    chance: Random

    def acts(self, day: Day) -> Iterator[Act]:
        for walk in day.walks:
            yield from self._about(walk, walk.number % 5)

    def _about(self, walk: Walk, turn: int) -> Iterator[Act]:
        chance = self.chance
        if turn == 0:
            yield press(walk, "done", chance)
            yield Act(after(walk, chance, 110, 130), partial(_undone, walk=walk))
            yield press(walk, "partly", chance, 140, 170)
        elif turn == 1:
            yield press(walk, "rest", chance)
            yield press(walk, "done", chance, 500, 600)
        elif turn == 2:
            yield press(walk, "done", chance)
            yield press(walk, "partly", chance, 1700, 1900)
        elif turn == 3:
            yield press(walk, "done", chance)
            yield Act(after(walk, chance, 110, 130), partial(_undone, walk=walk))
        else:
            yield press(walk, "done", chance, 1620, 1680)
            yield Act(after(walk, chance, 1690, 1700), partial(_undone, walk=walk))


@dataclass
class NightOwl:
    """Answers after midnight, before the day before is closed."""

    chance: Random

    def acts(self, day: Day) -> Iterator[Act]:
        for walk in day.walks:
            if self.chance.random() < 0.9:
                midnight = clock(day.on + DAY, time(0))
                at = midnight + timedelta(
                    minutes=self.chance.randint(5, 150), seconds=_odd(self.chance)
                )
                yield Act(at, partial(_pressed, walk=walk, answer="done"))


@dataclass
class DayAfter:
    """Walks with the others and says so a day later, when it has been noticed already."""

    chance: Random
    comes: float = 0.8

    def acts(self, day: Day) -> Iterator[Act]:
        for walk in day.walks:
            if self.chance.random() < self.comes:
                # After nine in the morning of the next day; open for 48 hours from three at night.
                at = clock(day.on + DAY, time(9)) + timedelta(
                    minutes=self.chance.randint(20, 1500), seconds=_odd(self.chance)
                )
                yield Act(at, partial(_pressed, walk=walk, answer="done"))


@dataclass
class Every:
    """Comes without fail, but for every so manieth time: then nothing is heard."""

    chance: Random
    fails: int

    def acts(self, day: Day) -> Iterator[Act]:
        for walk in day.walks:
            if walk.number % self.fails != self.fails - 1:
                yield press(walk, "done", self.chance)


@dataclass
class Shifts:
    """Works every second week, and then comes on Saturdays only."""

    chance: Random

    def acts(self, day: Day) -> Iterator[Act]:
        works = day.on.isocalendar().week % 2 == 0
        for walk in day.walks:
            if not works or day.on.weekday() in WEEKEND:
                yield press(walk, "done", self.chance)


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which somebody is not heard of, both included; None is for ever."""

    first: date
    last: date | None = None

    def covers(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


def press(walk: Walk, answer: str, chance: Random, soonest: int = 15, latest: int = 100) -> Act:
    """Press a button of the prompt some minutes after the start."""
    return Act(after(walk, chance, soonest, latest), partial(_pressed, walk=walk, answer=answer))


def after(walk: Walk, chance: Random, soonest: int, latest: int) -> datetime:
    minutes = chance.randint(soonest, latest)
    return walk.starts_at + timedelta(minutes=minutes, seconds=_odd(chance))


def _odd(chance: Random) -> int:
    """Return seconds at which nothing happens by itself, so that nobody acts at a tie."""
    return chance.randrange(1, 60, 2)


async def _pressed(walker: Walker, *, walk: Walk, answer: str) -> None:
    await walker.answer(walk, answer)


async def _nudged(walker: Walker, *, walk: Walk, answer: str) -> None:
    await walker.answer_nudge(walk, answer)


async def _logged(walker: Walker, *, walk: Walk, how_much: str) -> None:
    await walker.log(walk, how_much)


async def _undone(walker: Walker, *, walk: Walk) -> None:
    await walker.undo(walk)
