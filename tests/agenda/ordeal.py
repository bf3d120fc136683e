"""A life under outages: the real agenda over a fake Discord, moved on from event to event.

What happened is kept as it really was, beside what the bot wrote down of it: `away` and `mute` are
what `verdict` judges by.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import Connection, select
from typing_extensions import override

from bot.agenda.agenda import Agenda, Tempo
from bot.agenda.pace import Pace
from bot.agenda.sender import Failure, NotSent
from bot.domain.checkin import Answer
from bot.domain.day import Quiet, Span, in_quiet
from bot.domain.ids import ChannelId, GuildId, MessageId, SessionId, UserId
from bot.domain.shards import Shards
from bot.services import checkins, claims, groups, settling
from bot.services.views import Wishes
from bot.storage import tables
from bot.storage.database import Database
from bot.ui.card import Card
from bot.ui.pictures.store import NoDrawing, Pictures
from bot.ui.words import words_in
from tests.agenda.fake_discord import FakeDiscord, Hands
from tests.services.town import DAY, HOUR, LEASE, ORGANISER, Town, found_town, somebody

SECOND = timedelta(seconds=1)
BEAT = 3 * HOUR
"""Between two heartbeats; members look in as often. Each costs the test a step."""
PLAN = 12 * HOUR
PATIENCE = 2 * HOUR
"""How soon the bot asks again for what it cannot have yet; in earnest that is minutes."""
CONNECTS_AFTER = 20 * SECOND
"""How long a process that starts is without its gateway."""
TEMPO = Tempo(
    sweep=BEAT,
    lease=LEASE,
    horizon=2 * DAY,
    # Nothing is redrawn before the process stops.
    gather_redraws=DAY,
    heartbeat=BEAT,
)
KEEN, SILENT, LOGGER = somebody(100), somebody(101), somebody(102)
"""Who answers whatever is posted as soon as that can be expected of anybody; who never says a
word; and who logs afterwards what nobody was asked for."""
SLOTS = (("07:30",), ("12:00", "23:15"))
"""When the groups of a life walk every day: the first has a nudge at 10:30, the second none."""


class Kind(StrEnum):
    """How the bot is not there."""

    STOPPED = "stopped"
    """The process was stopped in order."""
    KILLED = "killed"
    """The process ended without a word."""
    GATEWAY = "gateway"
    """The process runs, and hears nothing."""
    REFUSED = "refused"
    """Discord takes nothing."""
    ANSWER_LOST = "answer lost"
    """Discord takes what is posted, and says that it did not."""


DOWN = (Kind.STOPPED, Kind.KILLED)
REFUSING = (Kind.REFUSED, Kind.ANSWER_LOST)


@dataclass(frozen=True, slots=True)
class Outage:
    """The bot, or a part of its way to people, is away for a while."""

    kind: Kind
    start: datetime
    length: timedelta

    @property
    def end(self) -> datetime:
        return self.start + self.length


class MoodyDiscord(FakeDiscord):
    """A Discord that refuses what it is asked for while it is in a mood to."""

    def __init__(self) -> None:
        super().__init__()
        self.mood: Kind | None = None
        self.has_refused = False
        """Whether the bot was refused anything in this mood, so that it can know."""

    @override
    async def post(self, channel_id: ChannelId, card: Card, nonce: str) -> MessageId:
        if self.mood is Kind.ANSWER_LOST:
            await super().post(channel_id, card, nonce)
        self._refuse()
        return await super().post(channel_id, card, nonce)

    @override
    async def find(
        self, channel_id: ChannelId, marker: str, since: datetime
    ) -> tuple[MessageId, datetime] | None:
        self._refuse()
        return await super().find(channel_id, marker, since)

    @override
    async def is_member(self, guild_id: GuildId, user_id: UserId) -> bool:
        return True

    @override
    async def answers(self) -> bool:
        return self.mood is None

    def _refuse(self) -> None:
        if self.mood is not None:
            self.has_refused = True
            raise NotSent(Failure.UNAVAILABLE)


@dataclass
class Ordeal:
    """Two groups of a zone, the bot that serves them, and what befalls it."""

    db: Database
    towns: Sequence[Town]
    zone: ZoneInfo
    hands: Hands
    began_at: datetime
    outages: list[Outage] = field(default_factory=list[Outage])
    discord: MoodyDiscord = field(default_factory=MoodyDiscord)
    away: list[Span] = field(default_factory=list[Span])
    """When people could not reach the bot, or were not reached by it as far as it could know."""
    mute: list[Span] = field(default_factory=list[Span])
    """When the bot could post nothing."""
    troubles: list[str] = field(default_factory=list[str])
    """Refusals that nobody should have met with."""
    _agenda: Agenda | None = None
    _connected: bool = False
    _connects_at: datetime | None = None
    _known: dict[int, SessionId] = field(default_factory=dict[int, SessionId])
    _answered: set[SessionId] = field(default_factory=set[SessionId])
    _logged: set[SessionId] = field(default_factory=set[SessionId])

    @property
    def now(self) -> datetime:
        return self.towns[0].now

    def wall(self, on: date, at: str) -> datetime:
        return _instant(on, at, self.zone)

    async def live(self, outages: Iterable[Outage], until: datetime) -> None:
        """Start the bot, go through `outages` and on until then, and stop it."""
        self.outages = sorted([*self.outages, *outages], key=lambda one: one.start)
        edges = {edge for one in self.outages for edge in (one.start, one.end)}
        await self._start()
        self._keep_the_book()
        while self.now < until:
            self._move_to(min(until, await self._next(edges)))
            if self.now in edges:
                await self._change()
            await self._go_on()
        await self._stop()

    async def _next(self, edges: Iterable[datetime]) -> datetime:
        beats = (self.now - self.began_at) // BEAT + 1
        coming = [self.began_at + beats * BEAT, *(edge for edge in edges if edge > self.now)]
        if self._connects_at is not None:
            coming.append(self._connects_at)
        if self._agenda is not None:
            due_at = await claims.next_due_at(self.db, self._agenda._shards)
            coming.append(max(due_at or coming[0], self.now + SECOND))
        return min(coming)

    def _move_to(self, instant: datetime) -> None:
        self.hands.move_to(instant)
        for town in self.towns:
            town.now = instant

    def _has(self, *kinds: Kind) -> bool:
        return any(one.kind in kinds and one.start <= self.now < one.end for one in self.outages)

    async def _change(self) -> None:
        """Begin and end what begins and ends now."""
        mood = next((kind for kind in REFUSING if self._has(kind)), None)
        if mood is not self.discord.mood:
            self.discord.mood, self.discord.has_refused = mood, False
        if self._agenda is not None and self._has(*DOWN):
            await (self._kill() if self._has(Kind.KILLED) else self._stop())
        elif self._agenda is None and not self._has(*DOWN):
            await self._start()
        elif self._agenda is not None:
            lost = self._has(Kind.GATEWAY)
            if lost and self._connected:
                self._connected = False
                await self._agenda.watch.lost(0)
            elif not lost and not self._connected and self._connects_at is None:
                await self._connect(self._agenda)

    async def _start(self) -> None:
        pictures = Pictures(NoDrawing())
        self._agenda = Agenda(
            self.db, self.discord, Pace(10_000), words(), TEMPO, Shards.of(1), pictures
        )
        await self._agenda.start()
        self._connects_at = self.now + CONNECTS_AFTER

    async def _connect(self, agenda: Agenda) -> None:
        self._connected = True
        await agenda.watch.found(0)

    async def _stop(self) -> None:
        self._connected = False
        if self._agenda is not None:
            await self._agenda.stop()
        self._agenda = self._connects_at = None

    async def _kill(self) -> None:
        self._connected = False
        if self._agenda is not None:
            self._agenda._bell.stop()
            for task in self._agenda.redraws._tasks:
                task.cancel()
        self._agenda = self._connects_at = None

    async def _go_on(self) -> None:
        agenda = self._agenda
        if agenda is not None:
            if self._connects_at == self.now:
                self._connects_at = None
                if not self._has(Kind.GATEWAY):
                    await self._connect(agenda)
            if (self.now - self.began_at) % BEAT == timedelta(0):
                await agenda.watch.beat()
            if (self.now - self.began_at) % PLAN == timedelta(0):
                await agenda.plan()
            await agenda._worker.ring()
            assert agenda._worker._task is not None
            await agenda._worker._task
        self._keep_the_book()
        await self._members_act()

    def _keep_the_book(self) -> None:
        refused = self.discord.mood is not None and self.discord.has_refused
        _note(self.away, self.now, goes_on=not self._connected or refused)
        is_mute = self._agenda is None or self.discord.mood is not None
        _note(self.mute, self.now, goes_on=is_mute)

    async def _members_act(self) -> None:
        if self.away and self.away[-1].end is None:
            return
        awake = not in_quiet(self.now, Quiet(), self.zone)
        for message in self.discord.public:
            # Who walks at night is up when the prompt comes, and not when it comes late.
            in_time = self.now - message.at < HOUR and message.at == message.at.replace(second=0)
            if (awake or in_time) and (session_id := await self._prompt_of(message.nonce)):
                await self._answer(session_id)
        if (self.now - self.began_at) % BEAT == timedelta(0):
            for session_id in await self.db.read(_void_sessions, self.now - 2 * DAY):
                if session_id not in self._logged:
                    self._logged.add(session_id)
                    await checkins.answer(self.db, LOGGER, session_id, Answer.DONE, self.now)

    async def _prompt_of(self, nonce: str) -> SessionId | None:
        number = int(nonce)
        if number not in self._known:
            self._known[number] = await self.db.read(_session_of, number)
        return self._known[number] or None

    async def _answer(self, session_id: SessionId) -> None:
        if session_id in self._answered:
            return
        self._answered.add(session_id)
        state = await self.db.read(_state_of, session_id)
        if state == "settled":
            self.troubles.append(f"session {session_id} had closed before anybody could answer")
        elif state != "void":
            await checkins.answer(self.db, KEEN, session_id, Answer.DONE, self.now)


words = cache(words_in)


@asynccontextmanager
async def ordeal(db: Database, zone: str, on: date) -> AsyncGenerator[Ordeal]:
    """Two groups that walk every day, at five in the morning of the day before `on`."""
    start = _instant(on - DAY, "05:00", ZoneInfo(zone))
    with time_machine.travel(start, tick=False) as traveller, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "ASK_AGAIN", PATIENCE)
        patch.setattr(claims, "LAST_RETRY", PATIENCE)
        first = await found_town(db, start, zone=zone)
        other = await groups.create(db, ORGANISER, start, first.limits, name="Owls")
        towns = [first, Town(db, other.group_id, start)]
        for town, slots in zip(towns, SLOTS, strict=True):
            for person in (KEEN, SILENT, LOGGER):
                await town.join(person, Wishes(named=True, pinged=True))
            for at in slots:
                await town.add_slot(at)
        yield Ordeal(db, towns, ZoneInfo(zone), Hands(traveller), start)


def _instant(on: date, at: str, zone: ZoneInfo) -> datetime:
    """Return it in UTC: where an hour is added to it, an hour passes, also as clocks change."""
    return datetime.fromisoformat(f"{on}T{at}").replace(tzinfo=zone).astimezone(UTC)


def _note(spans: list[Span], now: datetime, *, goes_on: bool) -> None:
    if goes_on and (not spans or spans[-1].end is not None):
        spans.append(Span(now, None))
    elif not goes_on and spans and spans[-1].end is None:
        spans[-1] = Span(spans[-1].start, now)


def _session_of(conn: Connection, moment_id: int) -> SessionId:
    table = tables.moments
    row = conn.execute(select(table.c.kind, table.c.subject).where(table.c.id == moment_id)).one()
    return SessionId(row.subject if row.kind == "prompt" else 0)


def _state_of(conn: Connection, session_id: SessionId) -> str:
    table = tables.sessions
    return conn.execute(select(table.c.state).where(table.c.id == session_id)).scalar_one()


def _void_sessions(conn: Connection, since: datetime) -> list[SessionId]:
    table = tables.sessions
    query = select(table.c.id).where(table.c.state == "void", table.c.settles_at > since)
    return [SessionId(row) for row in conn.execute(query).scalars()]
