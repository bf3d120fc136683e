"""The year itself: the clock moves on, and everybody does what they do on the way."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random

from tests.end_to_end.village import Village
from tests.year.account import CHANNEL, Away, Joined, Left, Year
from tests.year.almanac import (
    DAY,
    DAYS_OFF,
    FEASTS,
    GROUP,
    SLOTS,
    START,
    STORMS,
    ZONE,
    Day,
    Walk,
    clock,
    days,
)
from tests.year.habits import Act, Habit, press
from tests.year.people import CAST, ILLNESSES, Character
from tests.year.record import Record
from tests.year.walker import Diary, Walker

_KNOWS_BETTER = 0.12
"""How often the organiser hears that somebody named in the morning did walk."""
_STEP = timedelta(seconds=3)
"""Between two people who waited for the bot to be back."""


@dataclass
class Neighbour:
    """Somebody of the cast, at home in this year."""

    character: Character
    walker: Walker
    habit: Habit
    member: bool = False


@dataclass
class Life:
    """Lives a village's year."""

    village: Village
    seed: int
    aways: tuple[Away, ...]
    diary: Diary = field(default_factory=Diary)

    def __post_init__(self) -> None:
        self._record = Record(self.village.world)
        self._plans: list[tuple[datetime, int, Walker, Act]] = []
        self._order = count()
        self._walks: list[Walk] = []
        self._chance = Random(f"{self.seed}:organiser")
        self._folk = {one.name: self._settle_in(one) for one in CAST}
        self._rosa = self._folk[CAST[0].name].walker

    async def live(self, length: int, tick: Callable[[], object] = lambda: None) -> Year:
        """Live so many days and the morning after; `tick` is called after each."""
        self.village.zone = ZONE.key
        await self._found()
        stops = list(self.aways)
        for day in days(length):
            self._dream(day)
            await self._move_to(clock(day.on + DAY, time(0)), stops)
            tick()
        await self._move_to(clock(START + length * DAY, time(10)), stops)
        return self._account(length)

    async def _found(self) -> None:
        chance = Random(f"{self.seed}:founding")
        await self.village.set_up(zone=ZONE.key)
        await self.village.create(name=GROUP)
        for slot in SLOTS:
            options: dict[str, object] = {
                "minutes": slot.minutes,
                "activity": slot.activity,
                "every_weeks": slot.every_weeks,
            }
            if slot.first is not None:
                options["first"] = slot.first.isoformat()
            if slot.last is not None:
                options["last"] = slot.last.isoformat()
            await self.village.plan(slot.days, slot.at.isoformat("minutes"), **options)
        for neighbour in self._folk.values():
            if neighbour.character.joins is None:
                seconds = chance.randint(60, 4000) * 2 + 1
                at = self.village.now() + timedelta(seconds=seconds)
                self._note(neighbour.walker, Act(at, Walker.join))

    def _settle_in(self, character: Character) -> Neighbour:
        rosa = self.village.rosa
        first = character is CAST[0]
        actor = rosa if first else self.village.newcomer(character.name)
        walker = Walker(self.village, self.diary, actor, character.name, character.wishes)
        return Neighbour(character, walker, character.habit(self.seed))

    def _dream(self, day: Day) -> None:
        """Have everybody plan the day that begins."""
        held = [walk for walk in day.walks if not walk.off]
        self._walks += held
        today = Day(day.on, tuple(held))
        for neighbour in self._folk.values():
            character, walker = neighbour.character, neighbour.walker
            chance = Random(f"{self.seed}:{character.name}:{day.on}")
            if character.joins == day.on:
                self._note(walker, Act(_in_the_afternoon(day, chance), Walker.join))
            for turn in character.turns:
                if turn.on == day.on:
                    self._note(walker, Act(_in_the_afternoon(day, chance), turn.doing))
            if self._is_member(character, day) and not _silent(character, day):
                acts = _celebrate(today, chance) if day.feast else neighbour.habit.acts(today)
                for act in acts:
                    self._note(walker, act)
        self._organise(day)

    def _is_member(self, character: Character, day: Day) -> bool:
        if character.joins is None and day.on == START:
            return True
        last = [
            deed
            for deed in self.diary.deeds
            if deed.who == character.name and isinstance(deed, Joined | Left)
        ]
        return bool(last) and isinstance(last[-1], Joined)

    def _organise(self, day: Day) -> None:
        rosa, chance = self._rosa, self._chance
        for first, last, _ in DAYS_OFF:
            if day.on == first - 2 * DAY:
                skip = partial(Walker.call_off, first=first, last=last)
                self._note(rosa, Act(_in_the_afternoon(day, chance), skip))
        for name, first, last, heard_on in ILLNESSES:
            if day.on == heard_on:
                other = self._folk[name].walker
                excuse = partial(Walker.excuse, other=other, first=first, last=last, why="ill")
                self._note(rosa, Act(_in_the_afternoon(day, chance), excuse))
        if chance.random() < _KNOWS_BETTER:
            at = day.at(10, chance.randrange(90), 1)
            self._note(rosa, Act(at, lambda _: self._know_better()))

    async def _know_better(self) -> None:
        """Have the organiser correct somebody whom this morning's words name."""
        names = {name: user_id for user_id, name in self._names().items()}
        today = self.village.now().astimezone(ZONE).date()
        walk = self._walks[-1] if self._walks[-1].on < today else self._walks[-2]
        if walk.on != today - DAY:
            return
        told = [one for one in self._record.messages(self._names()) if one.place == CHANNEL]
        for message in reversed(told[-6:]):
            thinking = [text for text in message.last.texts if text.startswith("Thinking of ")]
            for name in names:
                if thinking and name in thinking[0].replace("\\", "") and name != self._rosa.name:
                    other = self._folk[name].walker
                    await self._rosa.correct(other, walk, "done", "told me on the phone")
                    return

    def _note(self, walker: Walker, act: Act) -> None:
        heapq.heappush(self._plans, (act.at, next(self._order), walker, act))

    async def _move_to(self, instant: datetime, stops: list[Away]) -> None:
        """Live on until `instant`; the bot is stopped and started where that is due."""
        world = self.village.world.clock
        while True:
            act_at = self._plans[0][0] if self._plans else instant
            if stops and stops[0].start <= min(act_at, instant):
                away = stops.pop(0)
                await world.move_to(max(away.start, world.now()))
                await self.village.restart(away.end - away.start)
                continue
            if act_at > instant or not self._plans:
                break
            await world.move_to(
                max(act_at, world.now() + _STEP if act_at < world.now() else act_at)
            )
            _, _, walker, act = heapq.heappop(self._plans)
            await act.doing(walker)
        await world.move_to(max(instant, world.now()))

    def _names(self) -> dict[int, str]:
        return {one.walker.id: name for name, one in self._folk.items()}

    def _account(self, length: int) -> Year:
        names = self._names()
        return Year(
            zone=ZONE,
            start=START,
            days=length,
            group=GROUP,
            people={name: user_id for user_id, name in names.items()},
            messages=tuple(self._record.messages(names)),
            deeds=tuple(self.diary.deeds),
            aways=self.aways,
            weather={**STORMS, **FEASTS},
        )


def _silent(character: Character, day: Day) -> bool:
    return any(spell.covers(day.on) for spell in character.silent)


def _celebrate(day: Day, chance: Random) -> list[Act]:
    """Have somebody come, whatever their habit is."""
    return [press(walk, "done", chance) for walk in day.walks]


def _in_the_afternoon(day: Day, chance: Random) -> datetime:
    return day.at(14, chance.randrange(180), chance.randrange(1, 60, 2))
