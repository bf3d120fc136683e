"""A group's life: from its founding on, day by day, with all who act in it."""

import heapq
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from simcord import MemberActor

from bot.domain.schedule import instant_of, midnight_of
from bot.domain.shards import Shards
from bot.sandbox.clock import EPOCH
from bot.sandbox.habits import Act, Habit
from bot.sandbox.neighbour import Neighbour
from bot.sandbox.noticeboard import Noticeboard
from bot.sandbox.people import CAST, Character
from bot.sandbox.schedule import DAY, GROUP, SLOTS, day
from bot.sandbox.stage import Stage
from bot.services import claims

Observer = Callable[[], Awaitable[None]]
_FOUNDED_AT = time(5, 30)
# In the third week; the second has its holiday and its newcomer.
_MAY_POUR = range(9, 12)


def beginning(start: date, zone: ZoneInfo) -> datetime:
    """Return the local midnight that begins `start`, or SimCord's own first instant if later."""
    return max(midnight_of(start, zone), EPOCH)


class Life:
    """Moves the world's clock, and has everybody do what they do on the way.

    `observe` is called whenever a moment has come and is dealt with, before anybody acts on it.
    """

    def __init__(
        self,
        stage: Stage,
        *,
        zone: ZoneInfo,
        start: date,
        seed: int,
        observe: Observer | None = None,
    ) -> None:
        self._world = stage.world
        self._noticeboard = Noticeboard(stage.world)
        self._db = stage.db
        self._zone = zone
        self._start = start
        self._seed = seed
        self._pours = Random(seed).choice(_MAY_POUR)
        self._observe = observe
        self._diary: list[tuple[datetime, int, Neighbour, Act]] = []
        self._order = count()
        self._due_at: datetime | None = None
        self._days = 0
        self._folk: list[tuple[Neighbour, Habit]] = []
        self.people: list[MemberActor] = []
        """Everybody of the cast, the organiser first."""

    def now(self) -> datetime:
        """Return the instant at which the world stands."""
        return self._world.clock.now()

    async def found(self) -> None:
        """Set the server up, create the group with its schedule, and have people plan to join."""
        founded_at = max(instant_of(self._start, _FOUNDED_AT, self._zone), self.now())
        await self._world.clock.move_to(founded_at)
        chance = Random(self._seed)
        for character in CAST:
            neighbour = self._settle_in(character)
            if character.founding:
                joins_at = founded_at + timedelta(
                    minutes=chance.randint(5, 100), seconds=chance.randrange(1, 60, 2)
                )
                self._note(neighbour, Act(joins_at, Neighbour.join))
        rosa, _ = self._folk[0]
        await rosa.type("setup", zone=self._zone.key, channel=self._world.channel)
        await rosa.type("group create", name=GROUP)
        for slot in SLOTS:
            at = slot.at.isoformat("minutes")
            await rosa.type("schedule add", days=slot.days, at=at, minutes=slot.minutes)
        self._dream()

    async def move_to(self, instant: datetime) -> None:
        """Live on until `instant`, and do what falls on it."""
        while (at := await self._next()) <= instant:
            await self._world.clock.move_to(max(at, self.now()))
            if at == self._due_at and self._observe is not None:
                await self._observe()
            await self._act()
            if at >= self._next_midnight():
                self._dream()
        await self._world.clock.move_to(max(instant, self.now()))

    def _settle_in(self, character: Character) -> Neighbour:
        actor = self._world.organiser if not self.people else self._world.invite(character.name)
        neighbour = Neighbour(self._world, self._noticeboard, actor, character.wishes)
        self.people.append(actor)
        self._folk.append((neighbour, character.habit(self._seed)))
        return neighbour

    async def _next(self) -> datetime:
        """Return when something happens next: a moment, an act, or a new day."""
        self._due_at = await claims.next_due_at(self._db, Shards.of(1))
        candidates = [self._next_midnight()]
        if self._due_at is not None and self._due_at > self.now():
            candidates.append(self._due_at)
        if self._diary:
            candidates.append(self._diary[0][0])
        return min(candidates)

    async def _act(self) -> None:
        while self._diary and self._diary[0][0] <= self.now():
            _, _, neighbour, act = heapq.heappop(self._diary)
            await act.deed(neighbour)

    def _dream(self) -> None:
        """Have everybody plan the day that begins."""
        today = day(self._days, self._start, self._zone)
        today = replace(today, pours=today.walk is not None and today.walk.number == self._pours)
        self._days += 1
        for neighbour, habit in self._folk:
            for act in habit.acts(today):
                if act.at > self.now():
                    self._note(neighbour, act)

    def _note(self, neighbour: Neighbour, act: Act) -> None:
        heapq.heappush(self._diary, (act.at, next(self._order), neighbour, act))

    def _next_midnight(self) -> datetime:
        return midnight_of(self._start + self._days * DAY, self._zone)
