"""The agenda: everything that happens by itself, started and stopped as one."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from bot import clock, metrics
from bot.agenda.bell import Bell
from bot.agenda.delivery import Delivery
from bot.agenda.occasions import Occasions
from bot.agenda.pace import Pace
from bot.agenda.redraws import CATCH_UP, Redraws
from bot.agenda.roll_call import RollCall
from bot.agenda.sender import Sender
from bot.agenda.watch import Watch
from bot.agenda.worker import Worker
from bot.domain.ids import ChannelId, MessageId
from bot.domain.shards import Shards
from bot.services import Database, StorageError, claims, outages, planning
from bot.services.claims import Claimant
from bot.ui.card import Card
from bot.ui.pictures.store import Pictures
from bot.ui.words import Words

log = logging.getLogger(__name__)

PLAN_EVERY = timedelta(hours=1)
PRESENCE_EVERY = timedelta(hours=1)
CATCH_UP_FOR = timedelta(days=2)
"""How long before the start of a shard of which nothing is known prompts may have changed."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast and how often the agenda works; the operator's settings."""

    sweep: timedelta
    lease: timedelta
    horizon: timedelta
    gather_redraws: timedelta
    heartbeat: timedelta


class Agenda:
    """Plans, rings, delivers, redraws and keeps the book of outages."""

    def __init__(
        self,
        db: Database,
        sender: Sender,
        pace: Pace,
        words: Words,
        tempo: Tempo,
        shards: Shards,
        pictures: Pictures,
    ) -> None:
        """Wire everything for a process that serves `shards`; nothing runs before `start`."""
        self._db = db
        self._sender = sender
        self._pace = pace
        self._tempo = tempo
        self._shards = shards
        name = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid4().hex[:6]}"
        self._claimant = Claimant(name, shards, tempo.lease)
        self._bell = Bell()
        self.watch = Watch(db, shards, tempo.heartbeat, sender.answers)
        self.redraws = Redraws(db, sender, pace, words, tempo.gather_redraws)
        self._roll_call = RollCall(db, sender, pace)
        self._delivery = Delivery(db, sender, pace, self._claimant)
        occasions = Occasions(
            self._delivery, words, words.families(), self.redraws, self._roll_call, pictures
        )
        self._worker = Worker(db, occasions, self.watch, self._claimant, self.rearm)

    async def start(self) -> None:
        """Plan, do what is overdue, and ring from now on."""
        if self._db.dialect == "sqlite":
            # One process has the file: whoever claimed something is not there any more.
            await claims.take_over(self._db)
        await self._catch_up_on_redraws()
        self._bell.every(self._tempo.sweep, "sweep", self._sweep)
        self._bell.every(self._tempo.heartbeat, "heartbeat", self.watch.beat)
        # A sandbox that sweeps every few hours, as each timer costs it a step, does these no more
        # often.
        self._bell.every(max(PLAN_EVERY, self._tempo.sweep), "plan", self.plan)
        every = max(PRESENCE_EVERY, self._tempo.sweep)
        self._bell.every(every, "presence", self._roll_call.of_everybody)
        self._bell.start()
        # Before anything settles: no shard has its gateway yet.
        await self.watch.beat()
        await self.plan()

    async def stop(self) -> None:
        """Ring no more, finish what is in hand, and let go of the rest; within 8 seconds."""
        self._bell.stop()
        self._delivery.stop()
        await self._worker.stop()
        await self.redraws.stop()
        await self.watch.stop()
        await self._sender.stop()

    async def post(self, channel_id: ChannelId, card: Card, nonce: str) -> MessageId:
        """Post what somebody asked for just now, in its turn. Raises NotSent.

        The same nonce within minutes makes no second message.
        """
        async with self._pace.channel(channel_id), self._pace.request():
            return await self._sender.post(channel_id, card, nonce)

    async def take_down(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """Take a message of ours away. Raises NotSent."""
        async with self._pace.request():
            await self._sender.remove(channel_id, message_id)

    def every(self, span: timedelta, name: str, job: Callable[[], Awaitable[None]]) -> None:
        """Ring for something else as well, regularly; before `start`."""
        self._bell.every(span, name, job)

    async def rearm(self) -> None:
        """Ring at what is due next: call it whenever something earlier may have been planned.

        What was planned is saved by now: where the database fails at this, the next sweep does it.
        """
        try:
            due_at = await claims.next_due_at(self._db, self._shards)
        except StorageError as error:
            log.warning("not armed for what is due next, the sweep comes before it: %s", error)
            return
        self._bell.ring_at(due_at, self._worker.ring)

    async def plan(self) -> None:
        """Plan ahead for every group, and do what is due by now."""
        await planning.plan_everything(self._db, clock.now(), self._tempo.horizon)
        await self._worker.ring()

    async def _sweep(self) -> None:
        metrics.moments_waiting(*await claims.waiting(self._db, clock.now()))
        await self._worker.ring()

    async def _catch_up_on_redraws(self) -> None:
        count = self._shards.count
        known = [await outages.last_there(self._db, count, each) for each in self._shards.ids]
        # None: a first life that was too short for its gateway may have taken answers all the same.
        unknown = clock.now() - CATCH_UP_FOR
        await self.redraws.catch_up(min(each or unknown for each in known) - CATCH_UP)
