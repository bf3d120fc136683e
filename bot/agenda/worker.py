"""Claiming what is due and getting it done, until nothing is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot import clock, logs, metrics
from bot.agenda.delivery import LetGo
from bot.agenda.occasions import Occasions
from bot.agenda.sender import Failure, NotSent
from bot.agenda.watch import Watch
from bot.domain.ids import GroupId, GuildId
from bot.domain.moment import Moment
from bot.services import Database, StorageError, claims
from bot.services.claims import Claimant

log = logging.getLogger(__name__)

IN_HAND = 200
"""How many moments are claimed at most at a time."""
FINISH_WITHIN = timedelta(seconds=5)
"""How long a send in hand may take when the process stops."""

Key = tuple[GuildId, GroupId]


class Worker:
    """Works off due moments, however often it is rung for: groups side by side, each in order."""

    def __init__(
        self,
        db: Database,
        occasions: Occasions,
        watch: Watch,
        claimant: Claimant,
        on_idle: Callable[[], Awaitable[None]],
    ) -> None:
        """Work as `claimant`; `on_idle` is called whenever there is nothing more to claim."""
        self._db = db
        self._occasions = occasions
        self._watch = watch
        self._claimant = claimant
        self._on_idle = on_idle
        self._task: asyncio.Task[None] | None = None
        self._rung = asyncio.Event()
        self._lines: dict[Key, list[Moment]] = {}
        """What each group still has to be done, the first of it under way."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def ring(self) -> None:
        """Begin to work, or have the work that is going on look for more."""
        if self._stopping:
            return
        self._rung.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work(), name="agenda worker")

    async def stop(self) -> None:
        """Finish the sends in hand, record them, and give back everything else.

        The delivery stops first, so that what waits for its turn does not begin to be sent.
        """
        self._stopping = True
        self._rung.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=FINISH_WITHIN.total_seconds())
            for task in late:
                # It is looked for, and sent if it is not there, by whoever comes next.
                task.cancel()
        if self._task is not None:
            await asyncio.gather(self._task, *self._tasks, return_exceptions=True)
        try:
            await claims.let_go(self._db, self._claimant)
        except StorageError as error:
            log.warning("claims were not given back, they will run out: %s", error)

    async def _work(self) -> None:
        try:
            while not self._stopping:
                self._rung.clear()
                await self._claim()
                await self._on_idle()
                if not self._tasks and not self._rung.is_set():
                    return
                await self._wait()
        except StorageError as error:
            # The sweep comes again in a minute; what was claimed is free when its lease ends.
            log.warning("the database does not answer; trying again at the next sweep: %s", error)

    async def _claim(self) -> None:
        """Claim until nothing more is due; a slow send holds up its own group only."""
        while not self._stopping:
            room = IN_HAND - sum(map(len, self._lines.values()))
            if room < IN_HAND // 2:
                await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
                continue
            due = await claims.take(self._db, self._claimant, clock.now(), room)
            if not due:
                return
            for moment in due:
                self._line_up(moment)

    async def _wait(self) -> None:
        """Wait for a ring, or until everything in hand is done."""
        ring = asyncio.ensure_future(self._rung.wait())
        done = asyncio.ensure_future(self._all_done())
        await asyncio.wait({ring, done}, return_when=asyncio.FIRST_COMPLETED)
        for waiting in (ring, done):
            waiting.cancel()
        # What was put off until now, or failed, may be due again.

    async def _all_done(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _line_up(self, moment: Moment) -> None:
        key = (moment.guild_id, moment.group_id)
        line = self._lines.get(key)
        if line is not None:
            # What waits for its turn for longer than its lease is claimed by us once more.
            if all(one.id != moment.id for one in line):
                line.append(moment)
            return
        self._lines[key] = [moment]
        task = asyncio.create_task(self._in_order(key), name="agenda group")
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a group's moments were broken off", exc_info=error)

    async def _in_order(self, key: Key) -> None:
        """Do a group's moments one after another: after downtime the oldest prompt comes first."""
        line = self._lines[key]
        try:
            while line and not self._stopping:
                await self._handle(line[0])
                del line[0]
        finally:
            del self._lines[key]

    async def _handle(self, moment: Moment) -> None:
        with logs.about(moment_id=moment.id, guild_id=moment.guild_id, group_id=moment.group_id):
            try:
                await self._do(moment)
            except StorageError as error:
                # What is recorded nowhere is taken up again when its claim has run out.
                log.warning("%s is left for later: %s", moment.kind, error)
                metrics.moment_ended(moment.kind, "lost")
            except Exception:
                # The outermost edge of a moment: one that is broken must not hold up the others.
                log.exception("how %s ended could not be recorded", moment.kind)
                metrics.moment_ended(moment.kind, "lost")

    async def _do(self, moment: Moment) -> None:
        try:
            if await self._occasions.handle(moment):
                await self._watch.accepted(moment.guild_id)
        except LetGo:
            log.info("%s is left to another process", moment.kind)
        except NotSent as error:
            await self._not_sent(moment, error.failure)
        except StorageError:
            raise
        except Exception:
            log.exception("%s failed on a fault of Amble's; it comes again", moment.kind)
            await self._try_again(moment)

    async def _not_sent(self, moment: Moment, failure: Failure) -> None:
        log.warning("%s could not be sent: %s", moment.kind, failure)
        if failure in (Failure.GONE, Failure.FORBIDDEN, Failure.REJECTED):
            metrics.moment_ended(moment.kind, "failed")
            await self._occasions.cannot_post(moment, failure)
            return
        if failure is not Failure.HELD_BACK:
            await self._watch.refused(moment.guild_id)
        await self._try_again(moment)

    async def _try_again(self, moment: Moment) -> None:
        metrics.moment_ended(moment.kind, "retried")
        await claims.try_again(self._db, moment, clock.now())
