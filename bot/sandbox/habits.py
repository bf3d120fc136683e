"""How the people of the sandbox live with the group: each their own way, by their own chance.

A habit is asked once a day, at local midnight, what its person will do that day and the night
after. Chance decides on minutes and moods; what must happen in every life of two weeks (somebody
rests, hurts, is away, answers late) happens by count.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Protocol

from bot.domain.checkin import Answer
from bot.domain.schedule import SUNDAY
from bot.sandbox.neighbour import Neighbour
from bot.sandbox.schedule import DAY, SKIPPED_WALK, Day, Walk

WEEKEND = (5, 6)

Deed = Callable[[Neighbour], Awaitable[object]]
"""Something a person does at the keyboard."""


@dataclass(frozen=True, slots=True)
class Act:
    """A deed and the instant for it."""

    at: datetime
    deed: Deed


class Habit(Protocol):
    """What somebody does on a day."""

    def acts(self, day: Day) -> Iterator[Act]: ...


class Keen:
    """Turns up, and oversleeps once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._oversleeps = chance.randint(9, 12)

    def acts(self, day: Day) -> Iterator[Act]:
        if day.walk is None or day.walk.number == self._oversleeps:
            return
        if self._chance.random() < 0.2:
            yield _log(day.walk, self._chance)
        else:
            answer = Answer.PARTLY if self._chance.random() < 0.1 else Answer.DONE
            yield _press(day.walk, answer, self._chance)


class FairWeather:
    """Stays at home when it pours, without a word."""

    def __init__(self, else_so: Habit) -> None:
        self._else_so = else_so

    def acts(self, day: Day) -> Iterator[Act]:
        return iter(()) if day.pours else self._else_so.acts(day)


class Weekends:
    """Comes on Saturdays; says so on the first weekday, and then no more."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._excused = False

    def acts(self, day: Day) -> Iterator[Act]:
        if day.walk is None:
            return
        if day.on.weekday() in WEEKEND:
            yield _press(day.walk, Answer.DONE, self._chance)
        elif not self._excused:
            self._excused = True
            yield _press(day.walk, Answer.REST, self._chance)


class Forgetful:
    """Needs the nudge now and then, and forgets that too."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def acts(self, day: Day) -> Iterator[Act]:
        if day.walk is None:
            return
        mood = self._chance.random()
        if mood < 0.4:
            yield _press(day.walk, Answer.DONE, self._chance)
        elif mood < 0.7:
            answer = Answer.PARTLY if mood < 0.5 else Answer.DONE
            at = _after(day.walk, self._chance, 185, 400)
            yield Act(at, partial(_nudged, walk=day.walk, answer=answer))


class SoreBack:
    """Hurts every fourth time, takes it easy after that, and looks at their own page."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._first = chance.randint(1, 3)

    def acts(self, day: Day) -> Iterator[Act]:
        if day.walk is None:
            return
        since = (day.walk.number - self._first) % 4
        answer = {0: Answer.SORE, 1: Answer.PARTLY}.get(since, Answer.DONE)
        yield _press(day.walk, answer, self._chance)
        if since == 1:
            yield Act(_after(day.walk, self._chance, 200, 260), Neighbour.look_at_me)


class AwayNextWeek:
    """Has a holiday, and pauses for it the evening before."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._leaves_on = chance.randint(4, 7)
        self._days = chance.randint(7, 9)

    def acts(self, day: Day) -> Iterator[Act]:
        away = range(self._leaves_on + 1, self._leaves_on + 1 + self._days)
        if day.number == self._leaves_on:
            pause = partial(
                Neighbour.pause, first=day.on + DAY, last=day.on + timedelta(days=self._days)
            )
            yield Act(day.at(19, self._chance.randrange(90), _odd(self._chance)), pause)
        if day.walk is not None and day.number not in away and self._chance.random() < 0.85:
            yield _press(day.walk, Answer.DONE, self._chance)


class Rests:
    """Rests two times of three, more than is free; now and then says so the evening before."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def acts(self, day: Day) -> Iterator[Act]:
        if day.walk is not None:
            answer = Answer.DONE if day.walk.number % 3 == 2 else Answer.REST
            yield _press(day.walk, answer, self._chance)
        if day.ahead.on == day.on + DAY and day.ahead.number % 3 == 1:
            yield Act(day.at(20, self._chance.randrange(60), _odd(self._chance)), Neighbour.decline)


class GoesSilent:
    """Begins well, is not heard of for two to three weeks, and comes back."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._from = chance.randint(4, 6)
        self._back = self._from + chance.randint(15, 19)

    def acts(self, day: Day) -> Iterator[Act]:
        if day.walk is not None and not self._from <= day.number < self._back:
            yield _press(day.walk, Answer.DONE, self._chance)


class JoinsLate:
    """Hears of the group in its second week; may join while a walk can still be logged."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._joins_on = chance.randint(7, 10)
        self._then = Forgetful(chance)

    def acts(self, day: Day) -> Iterator[Act]:
        if day.number == self._joins_on:
            joins_at = day.at(9, self._chance.randrange(600), _odd(self._chance))
            yield Act(joins_at, Neighbour.join)
            if day.walk is not None and self._chance.random() < 0.5:
                walked = partial(_answered, walk=day.walk, answer=Answer.DONE)
                yield Act(joins_at + timedelta(minutes=self._chance.randint(2, 9)), walked)
        elif day.number > self._joins_on:
            yield from self._then.acts(day)


class Leaves:
    """Comes less and less, and leaves."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._leaves_on = chance.randint(8, 11)

    def acts(self, day: Day) -> Iterator[Act]:
        if day.number == self._leaves_on:
            yield Act(day.at(12, self._chance.randrange(240), _odd(self._chance)), Neighbour.leave)
        elif day.walk is not None and day.number < 5:
            yield _press(day.walk, Answer.DONE, self._chance)


class ChangesMind:
    """Presses first and thinks then: takes back, changes, and changes again when it is settled."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def acts(self, day: Day) -> Iterator[Act]:
        if day.walk is None:
            return
        walk, turn = day.walk, day.walk.number % 4
        if turn == 0:
            yield _press(walk, Answer.DONE, self._chance)
            yield Act(_after(walk, self._chance, 110, 130), Neighbour.undo)
            yield _press(walk, Answer.PARTLY, self._chance, 140, 170)
        elif turn == 1:
            yield _press(walk, Answer.REST, self._chance)
            yield _press(walk, Answer.DONE, self._chance, 500, 600)
        elif turn == 2:
            yield _press(walk, Answer.DONE, self._chance)
            yield _press(walk, Answer.PARTLY, self._chance, 1600, 1900)
        else:
            yield _press(walk, Answer.DONE, self._chance, 1500, 1600)
            yield Act(_after(walk, self._chance, 1610, 1650), Neighbour.undo)


class NightOwl:
    """Answers after midnight, before the day before is closed."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def acts(self, day: Day) -> Iterator[Act]:
        if day.walk is None:
            return
        tomorrow = Day(day.number + 1, day.on + DAY, day.zone, None, day.ahead)
        at = tomorrow.at(0, self._chance.randint(5, 160), _odd(self._chance))
        answer = Answer.PARTLY if day.walk.number % 3 == 0 else Answer.DONE
        yield Act(at, partial(_answered, walk=day.walk, answer=answer))


class DayAfter:
    """Walks with the others and logs it a day later, sometimes nearly two."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def acts(self, day: Day) -> Iterator[Act]:
        if day.walk is None:
            return
        if day.walk.number % 4 == 3:
            yield _press(day.walk, Answer.DONE, self._chance)
        else:
            # Open for 48 hours from three at night: the 43rd to the 67th hour after the start.
            yield _log(day.walk, self._chance, 1500, 2400)


class Organises:
    """Walks, calls one walk off, and shows everybody the board on Sunday evening."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._walks = Keen(chance)
        self._called_off = False

    def acts(self, day: Day) -> Iterator[Act]:
        yield from self._walks.acts(day)
        if day.ahead.number == SKIPPED_WALK and not self._called_off:
            self._called_off = True
            skip = partial(_type, command="schedule skip", first=day.ahead.on.isoformat())
            yield Act(day.at(17, self._chance.randrange(90), _odd(self._chance)), skip)
        if day.on.weekday() == SUNDAY:
            board = partial(_type, command="leaderboard", share=True)
            yield Act(day.at(18, self._chance.randrange(60), _odd(self._chance)), board)


async def _answered(neighbour: Neighbour, *, walk: Walk, answer: Answer) -> None:
    await neighbour.press(walk, answer)


async def _nudged(neighbour: Neighbour, *, walk: Walk, answer: Answer) -> None:
    await neighbour.press_nudge(walk, answer)


async def _logged(neighbour: Neighbour, *, walk: Walk, minutes: int) -> None:
    await neighbour.log(walk, minutes)


async def _type(neighbour: Neighbour, *, command: str, **options: object) -> None:
    await neighbour.type(command, **options)


def _press(walk: Walk, answer: Answer, chance: Random, soonest: int = 15, latest: int = 100) -> Act:
    """Press a button of the prompt some minutes after the start."""
    at = _after(walk, chance, soonest, latest)
    return Act(at, partial(_answered, walk=walk, answer=answer))


def _log(walk: Walk, chance: Random, soonest: int = 25, latest: int = 100) -> Act:
    minutes = chance.randrange(10, 60, 5)
    at = _after(walk, chance, soonest, latest)
    return Act(at, partial(_logged, walk=walk, minutes=minutes))


def _after(walk: Walk, chance: Random, soonest: int, latest: int) -> datetime:
    minutes = chance.randint(soonest, latest)
    return walk.starts_at + timedelta(minutes=minutes, seconds=_odd(chance))


def _odd(chance: Random) -> int:
    """Return seconds at which nothing happens by itself, so that nobody acts at a tie."""
    return chance.randrange(1, 60, 2)
