"""The year itself: the clock moves on, and everybody does what they do on the way."""

from __future__ import annotations

import heapq
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random

from simcord import MemberActor

from tests.end_to_end.village import Village
from tests.year.account import Away, Year
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
from tests.year.deeds import Wishes
from tests.year.habits import Act, Habit, press
from tests.year.hands import Diary, text_in
from tests.year.organiser import Organiser
from tests.year.people import CAST, Character
from tests.year.plans import FANS, ILLNESSES, PLANS, PROPOSALS, SATURDAY_CHEERS
from tests.year.reading import names_in, visible
from tests.year.record import Record
from tests.year.walker import Walker

_KNOWS_BETTER = 0.12
"""How often the organiser hears that somebody named in the morning did walk."""
_STEP = timedelta(seconds=3)
"""Between two people who waited for the bot to be back."""
_SATURDAY = 5


@dataclass
class Neighbour:
    """Somebody of the cast, at home in this year."""

    character: Character
    walker: Walker
    habit: Habit


@dataclass
class Life:
    """Lives a village's year."""

    village: Village
    seed: int
    aways: tuple[Away, ...]
    diary: Diary = field(default_factory=lambda: Diary(tuple(one.name for one in CAST)))

    def __post_init__(self) -> None:
        """Let everybody settle in."""
        self._record = Record(self.village.world)
        self._plans: list[tuple[datetime, int, Walker, Callable[[], Awaitable[object]]]] = []
        self._order = count()
        self._walks: list[Walk] = []
        self._chance = Random(f"{self.seed}:organiser")
        first, *others = CAST
        self._rosa = Organiser(*self._who(first))
        self._folk = {first.name: Neighbour(first, self._rosa, first.habit(self.seed))}
        for one in others:
            walker = Walker(*self._who(one))
            self._folk[one.name] = Neighbour(one, walker, one.habit(self.seed))

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

    def _who(self, character: Character) -> tuple[Village, Diary, MemberActor, str, Wishes, int]:
        rosa = character is CAST[0]
        actor = self.village.rosa if rosa else self.village.newcomer(character.name)
        return self.village, self.diary, actor, character.name, character.wishes, self.seed

    async def _found(self) -> None:
        chance = Random(f"{self.seed}:founding")
        await self.village.set_up(zone=ZONE.key)
        await self.village.create(name=GROUP)
        for slot in SLOTS:
            await self.village.plan(slot.days, slot.at.isoformat("minutes"), **slot.options)
        for neighbour in self._folk.values():
            if neighbour.character.joins is None:
                at = self.village.now() + timedelta(seconds=chance.randint(60, 4000) * 2 + 1)
                self._note(neighbour.walker, Act(at, Walker.join))

    def _dream(self, day: Day) -> None:
        """Have everybody plan the day that begins."""
        today = Day(day.on, tuple(walk for walk in day.walks if not walk.off))
        self._walks += today.walks
        for neighbour in self._folk.values():
            name, walker = neighbour.character.name, neighbour.walker
            chance = Random(f"{self.seed}:{name}:{day.on}")
            for act in self._acts(neighbour, today, chance):
                self._note(walker, act)
        self._organise(day)
        self._befriend(day)

    def _acts(self, neighbour: Neighbour, day: Day, chance: Random) -> Iterator[Act]:
        """Return what somebody does on a day, out of habit or for once."""
        character = neighbour.character
        if character.joins == day.on:
            yield Act(_in_the_afternoon(day, chance), Walker.join)
        for turn in character.turns:
            if turn.on == day.on:
                yield Act(_in_the_afternoon(day, chance), turn.doing)
        if not self._is_member(character, day) or character.is_silent(day.on):
            return
        if day.feast:
            yield from (press(walk, "done", chance) for walk in day.walks)
        else:
            yield from neighbour.habit.acts(day)

    def _is_member(self, character: Character, day: Day) -> bool:
        if day.on == START:
            return character.joins is None
        return self.diary.is_member(character.name)

    def _organise(self, day: Day) -> None:
        rosa, chance = self._rosa, self._chance

        def plan(doing: Callable[[], Awaitable[object]]) -> None:
            self._note_doing(rosa, _in_the_afternoon(day, chance), doing)

        for first, last, _ in DAYS_OFF:
            if day.on == first - 2 * DAY:
                plan(partial(rosa.call_off, first, last))
        for name, first, last, heard_on in ILLNESSES:
            if day.on == heard_on:
                plan(partial(rosa.excuse, self._folk[name].walker, first, last, "ill"))
        for on, doing in PLANS:
            if day.on == on:
                plan(partial(doing, rosa))
        if chance.random() < _KNOWS_BETTER:
            self._note_doing(rosa, day.at(10, chance.randrange(90), 1), self._know_better)

    def _befriend(self, day: Day) -> None:
        chance = Random(f"{self.seed}:friends:{day.on}")
        for name, other, on in PROPOSALS:
            if day.on == on:
                doing = partial(self._folk[name].walker.propose, self._folk[other].walker)
                self._note_doing(self._folk[name].walker, day.at(17, 0, 1), doing)
        for name, keen in FANS.items():
            walker = self._folk[name].walker
            at = day.at(9, chance.randint(5, 200), chance.randrange(1, 60, 2))
            if chance.random() < keen and self.diary.is_member(name):
                self._note_doing(walker, at, walker.cheer_named)
        for name, other in SATURDAY_CHEERS if day.on.weekday() == _SATURDAY else ():
            walker = self._folk[name].walker
            doing = partial(walker.cheer, self._folk[other].walker)
            self._note_doing(walker, day.at(12, chance.randrange(60), 1), doing)

    async def _know_better(self) -> None:
        """Have the organiser correct somebody whom this morning's words name."""
        today = self.village.now().astimezone(ZONE).date()
        walks = [walk for walk in self._walks if walk.on == today - DAY]
        found = self._rosa.latest_with("amble:cheers:")
        if not walks or found is None:
            return
        lines = visible(text_in(found[0])).splitlines()
        thinking = next((line for line in lines if line.startswith("Thinking of ")), None)
        for name in names_in(thinking, self.diary.names):
            if name != self._rosa.name and self.diary.is_member(name):
                other = self._folk[name].walker
                await self._rosa.correct(other, walks[-1], "done", "told me on the phone")
                return

    def _note(self, walker: Walker, act: Act) -> None:
        self._note_doing(walker, act.at, partial(act.doing, walker))

    def _note_doing(
        self, walker: Walker, at: datetime, doing: Callable[[], Awaitable[object]]
    ) -> None:
        heapq.heappush(self._plans, (at, next(self._order), walker, doing))

    async def _move_to(self, instant: datetime, stops: list[Away]) -> None:
        """Live on until `instant`; the bot is stopped and started where that is due."""
        world = self.village.world.clock
        while True:
            act_at = self._plans[0][0] if self._plans else instant
            if stops and stops[0].start <= min(act_at, instant):
                away = stops.pop(0)
                await world.move_to(max(away.start, world.now()))
                await self.village.restart(away.end - away.start)
            elif act_at > instant or not self._plans:
                break
            else:
                late = world.now() + _STEP
                await world.move_to(act_at if act_at >= world.now() else late)
                _, _, walker, doing = heapq.heappop(self._plans)
                await doing()
                await walker.react(self._folk[walker.name].character.kindness)
        await world.move_to(max(instant, world.now()))

    def _account(self, length: int) -> Year:
        names = {one.walker.actor.id: name for name, one in self._folk.items()}
        return Year(
            zone=ZONE,
            start=START,
            days=length,
            group=GROUP,
            people={name: user_id for user_id, name in names.items()},
            messages=tuple(self._record.messages(names)),
            deeds=tuple(self.diary.deeds),
            tries=tuple(self._record.tries(names)),
            aways=self.aways,
            weather={**STORMS, **FEASTS},
        )


def _in_the_afternoon(day: Day, chance: Random) -> datetime:
    return day.at(14, chance.randrange(180), chance.randrange(1, 60, 2))
