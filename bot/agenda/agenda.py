"""The agenda: everything that happens by itself, started and stopped as one."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from bot import clock
from bot.agenda.bell import Bell
from bot.agenda.delivery import Delivery
from bot.agenda.occasions import Occasions
from bot.agenda.pace import Pace
from bot.agenda.redraws import Redraws
from bot.agenda.roll_call import RollCall
from bot.agenda.sender import Sender
from bot.agenda.watch import Watch
from bot.agenda.worker import Worker
from bot.services import Database, claims, planning
from bot.ui.words import Words

log = logging.getLogger(__name__)

PLAN_EVERY = timedelta(hours=1)
PRESENCE_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast and how often the agenda works; the operator's settings."""

    sends_per_second: int
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
        words: Words,
        tempo: Tempo,
        shard_ids: Callable[[], Sequence[int]],
        shard_of: Callable[[int], int],
    ) -> None:
        """Wire everything; nothing runs before `start`."""
        self._db = db
        self._tempo = tempo
        pace = Pace(tempo.sends_per_second)
        self._process = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid4().hex[:6]}"
        self._bell = Bell()
        self.watch = Watch(db, shard_ids, tempo.heartbeat)
        self.redraws = Redraws(db, sender, pace, words, tempo.gather_redraws)
        self._roll_call = RollCall(db, sender, pace)
        delivery = Delivery(db, sender, pace, self._process, tempo.lease)
        occasions = Occasions(
            delivery, words, words.families(), self.redraws, self._roll_call, shard_of
        )
        self._worker = Worker(
            db,
            occasions,
            self.watch,
            shard_of,
            process=self._process,
            lease=tempo.lease,
            on_idle=self.rearm,
        )

    async def start(self) -> None:
        """Note any time away, plan, do what is overdue, and ring from now on."""
        await self.watch.beat()
        self._bell.every(self._tempo.sweep, "sweep", self._worker.ring)
        self._bell.every(self._tempo.heartbeat, "heartbeat", self.watch.beat)
        # A sandbox that sweeps every few hours, as each timer costs it a step, plans no more often.
        self._bell.every(max(PLAN_EVERY, self._tempo.sweep), "plan", self._plan)
        self._bell.every(PRESENCE_EVERY, "presence", self._roll_call.of_everybody)
        self._bell.start()
        await self._plan()

    async def stop(self) -> None:
        """Ring no more, finish what is in hand, and let go of the rest."""
        self._bell.stop()
        await self._worker.stop()
        await self.redraws.stop()
        await self.watch.beat()

    async def rearm(self) -> None:
        """Ring at what is due next: call it whenever something earlier may have been planned."""
        self._bell.ring_at(await claims.next_due_at(self._db), self._worker.ring)

    async def _plan(self) -> None:
        await planning.plan_everything(self._db, clock.now(), self._tempo.horizon)
        await self._worker.ring()
