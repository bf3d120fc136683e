"""A Discord made by hand, behind the agenda's own way out, and processes that can die."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal

import discord
from time_machine import Traveller
from typing_extensions import override

from bot import clock
from bot.agenda.delivery import Delivery
from bot.agenda.occasions import Occasions
from bot.agenda.pace import Pace, check_time
from bot.agenda.redraws import Redraws
from bot.agenda.roll_call import RollCall
from bot.agenda.sender import Failure, NotSent, Sender
from bot.agenda.watch import Watch
from bot.agenda.worker import Worker
from bot.domain.ids import ChannelId, GuildId, MessageId, UserId
from bot.domain.moment import Moment
from bot.domain.shards import Shards
from bot.services.claims import Claimant
from bot.storage.database import Database
from bot.ui.card import Card
from bot.ui.pictures.store import Draws, NoDrawing, Pictures
from bot.ui.words import words_in
from tests.services.town import LEASE

ALONE = Shards.of(1)
BEAT = timedelta(seconds=30)
"""Between two heartbeats of a process."""
NONCE_KNOWN_FOR = timedelta(minutes=3)
DIRECT = 10**12
"""What the channel ids of direct messages begin at; the person's id is added."""

When = Literal["before", "after"]
"""Whether a call fails before it had its effect, or after: the answer was lost on the way."""


class Died(BaseException):
    """The process ended here: nothing of it runs any more."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands in a channel."""

    id: MessageId
    channel_id: ChannelId
    at: datetime
    nonce: str
    card: Card

    @property
    def custom_ids(self) -> list[str]:
        return list(_custom_ids(self.card.children))

    @property
    def text(self) -> str:
        return "\n".join(_texts(self.card.children))


class FakeDiscord(Sender):
    """Keeps what is posted; what `fail` and `die` announce happens at the next such call."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.edits: list[tuple[datetime, MessageId, Card]] = []
        self.left: set[UserId] = set()
        self.asked_about: list[UserId] = []
        self.calls: list[str] = []
        self.awake = True
        """Whether it answers at all."""
        self.slow = 0.0
        """Seconds that each call takes."""
        self.closed: set[ChannelId] = set()
        """Channels that the bot may not write to."""
        self._faults: list[tuple[str, When, BaseException]] = []
        self._hanging: dict[tuple[str, When], asyncio.Event] = {}
        self._numbers = iter(range(5001, 10**6))

    def fail(self, call: str, failure: Failure, *, when: When = "before", times: int = 1) -> None:
        self._faults.extend((call, when, NotSent(failure)) for _ in range(times))

    def die(self, call: str, *, when: When = "before") -> None:
        self._faults.append((call, when, Died()))

    def break_down(self, call: str, error: Exception) -> None:
        self._faults.append((call, "before", error))

    def hang(self, call: str, *, when: When = "before") -> None:
        """Have the next such call get no further until `let_go`."""
        self._hanging[(call, when)] = asyncio.Event()

    def let_go(self) -> None:
        for event in self._hanging.values():
            event.set()
        self._hanging.clear()

    def recover(self) -> None:
        self._faults.clear()

    def to(self, user_id: UserId) -> list[Message]:
        return [one for one in self.messages if one.channel_id == DIRECT + user_id]

    @property
    def public(self) -> list[Message]:
        return [one for one in self.messages if one.channel_id < DIRECT]

    @override
    async def stop(self) -> None:
        """Nothing is under way of which nobody knows."""

    @override
    async def post(self, channel_id: ChannelId, card: Card, nonce: str) -> MessageId:
        await self._begin("post")
        if channel_id in self.closed:
            raise NotSent(Failure.FORBIDDEN)
        message = self._by_nonce(channel_id, nonce)
        if message is None:
            message_id = MessageId(next(self._numbers))
            message = Message(message_id, channel_id, clock.now(), nonce, card)
            self.messages.append(message)
        await self._end("post")
        return message.id

    @override
    async def find(
        self, channel_id: ChannelId, marker: str, since: datetime
    ) -> tuple[MessageId, datetime] | None:
        await self._begin("find")
        found = [
            (one.id, one.at)
            for one in self.messages
            if one.channel_id == channel_id
            and one.at >= since
            and any(marker in custom_id for custom_id in one.custom_ids)
        ]
        await self._end("find")
        return found[0] if found else None

    @override
    async def answers(self) -> bool:
        self.calls.append("answers")
        return self.awake

    @override
    async def edit(self, channel_id: ChannelId, message_id: MessageId, card: Card) -> None:
        await self._begin("edit")
        self.edits.append((clock.now(), message_id, card))
        await self._end("edit")

    @override
    async def direct_channel(self, user_id: UserId) -> ChannelId:
        await self._begin("direct_channel")
        return ChannelId(DIRECT + user_id)

    @override
    async def is_member(self, guild_id: GuildId, user_id: UserId) -> bool | None:
        await self._begin("is_member")
        self.asked_about.append(user_id)
        return user_id not in self.left

    def _by_nonce(self, channel_id: ChannelId, nonce: str) -> Message | None:
        since = clock.now() - NONCE_KNOWN_FOR
        return next(
            (
                one
                for one in self.messages
                if (one.channel_id, one.nonce) == (channel_id, nonce) and one.at >= since
            ),
            None,
        )

    async def _begin(self, call: str) -> None:
        self.calls.append(call)
        await self._hang(call, "before")
        check_time()
        await asyncio.sleep(self.slow)
        self._fault(call, "before")

    async def _end(self, call: str) -> None:
        await self._hang(call, "after")
        self._fault(call, "after")

    async def _hang(self, call: str, when: When) -> None:
        if event := self._hanging.pop((call, when), None):
            self._hanging[("a call that hangs", when)] = event
            await event.wait()

    def _fault(self, call: str, when: When) -> None:
        for place, (name, at, error) in enumerate(self._faults):
            if (name, at) == (call, when):
                del self._faults[place]
                raise error


class Mortal(Occasions):
    """Occasions in which a process may die; what it died of is kept for who waits for it."""

    deaths: ClassVar[list[Died]] = []

    @override
    async def handle(self, moment: Moment) -> bool:
        try:
            return await super().handle(moment)
        except Died as death:
            self.deaths.append(death)
            raise


@dataclass
class Process:
    """One run of the bot: its own name, its own worker, over a shared database and Discord."""

    db: Database
    discord: FakeDiscord
    name: str = "first"
    gather: timedelta = timedelta(milliseconds=10)
    idle: int = 0
    """How often there was nothing more to claim."""
    shards: Shards = ALONE
    draws: Draws = field(default_factory=NoDrawing)
    watch: Watch = field(init=False)
    delivery: Delivery = field(init=False)
    worker: Worker = field(init=False)
    redraws: Redraws = field(init=False)

    def __post_init__(self) -> None:
        pace = Pace(10_000)
        words = words_in()
        self.watch = Watch(self.db, self.shards, BEAT, self.discord.answers)
        self.redraws = Redraws(self.db, self.discord, pace, words, self.gather)
        claimant = Claimant(self.name, self.shards, LEASE)
        self.delivery = Delivery(self.db, self.discord, pace, claimant)
        roll_call = RollCall(self.db, self.discord, pace)
        self.occasions = Mortal(
            self.delivery, words, words.families(), self.redraws, roll_call, Pictures(self.draws)
        )
        self.worker = Worker(self.db, self.occasions, self.watch, claimant, self._on_idle)

    async def connect(self) -> None:
        """Have every shard find its gateway."""
        for shard_id in self.shards.ids:
            await self.watch.found(shard_id)

    async def work(self) -> None:
        """Ring, and wait until everything due is done. Raises Died if the process ended in it."""
        await self.worker.ring()
        task = self.worker._task
        assert task is not None
        await task
        if Mortal.deaths:
            raise Mortal.deaths.pop()

    async def stop(self) -> None:
        """Stop what sends, in the order in which the agenda does."""
        self.delivery.stop()
        await self.worker.stop()

    async def _on_idle(self) -> None:
        self.idle += 1


@dataclass
class Hands:
    """The frozen clock, moved together with the town that lives by it."""

    traveller: Traveller

    def move_to(self, instant: datetime) -> None:
        self.traveller.move_to(instant, tick=False)

    def move_by(self, span: timedelta) -> None:
        self.traveller.shift(span)


async def until(condition: Callable[[], bool], *, seconds: float = 5.0) -> None:
    """Wait in real time until something is so."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


def _custom_ids(items: Sequence[discord.ui.Item[Any]]) -> Iterator[str]:
    for item in items:
        custom_id = getattr(item, "custom_id", None)
        if isinstance(custom_id, str):
            yield custom_id
        yield from _custom_ids(getattr(item, "children", []))


def _texts(items: Sequence[discord.ui.Item[Any]]) -> Iterator[str]:
    for item in items:
        if isinstance(item, discord.ui.TextDisplay):
            yield item.content
        yield from _texts(getattr(item, "children", []))
