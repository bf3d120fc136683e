"""Claiming what is due and getting it done, until nothing is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta
from itertools import groupby

from bot import clock
from bot.agenda.delivery import ClaimLost
from bot.agenda.occasions import Occasions
from bot.agenda.sender import Failure, NotSent
from bot.agenda.watch import Watch
from bot.domain.moment import Moment
from bot.services import Database, StorageError, claims

log = logging.getLogger(__name__)


class Worker:
    """Works off due moments in one task, however often it is rung for."""

    def __init__(
        self,
        db: Database,
        occasions: Occasions,
        watch: Watch,
        shard_of: Callable[[int], int],
        *,
        process: str,
        lease: timedelta,
        on_idle: Callable[[], Awaitable[None]],
    ) -> None:
        """Work for `process`; `on_idle` is called whenever everything due is done."""
        self._db = db
        self._occasions = occasions
        self._process = process
        self._lease = lease
        self._watch = watch
        self._shard_of = shard_of
        self._on_idle = on_idle
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self._stopping = False

    async def ring(self) -> None:
        """Begin to work, or have the work that is going on look once more before it ends."""
        if self._stopping:
            return
        self._again = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work(), name="agenda worker")

    async def stop(self) -> None:
        """Finish the moment in hand, record it, and give back the others."""
        self._stopping = True
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)
        try:
            await claims.let_go(self._db, self._process)
        except StorageError as error:
            log.warning("claims were not given back, they will run out: %s", error)

    async def _work(self) -> None:
        try:
            while self._again and not self._stopping:
                self._again = False
                await self._work_off()
                await self._on_idle()
        except StorageError:
            # The sweep comes again in a minute; what was claimed is free when its lease ends.
            log.exception("the database does not answer; trying again at the next sweep")

    async def _work_off(self) -> None:
        while not self._stopping:
            due = await claims.take(self._db, by=self._process, lease=self._lease, now=clock.now())
            if not due:
                return
            for _, same_kind in groupby(due, key=lambda moment: moment.kind):
                handled = (self._in_order(of_group) for of_group in _by_group(same_kind))
                # All of them are finished, also where one says that the database is down.
                ended = await asyncio.gather(*handled, return_exceptions=True)
                for error in ended:
                    if error is not None:
                        raise error

    async def _in_order(self, moments: Sequence[Moment]) -> None:
        """Do a group's moments one after another: after downtime the oldest prompt comes first."""
        for moment in moments:
            await self._handle(moment)

    async def _handle(self, moment: Moment) -> None:
        if self._stopping:
            return
        try:
            if await self._occasions.handle(moment):
                await self._watch.accepted(self._shard_of(moment.guild_id))
        except ClaimLost:
            log.warning("%s %s was taken over by another process", moment.kind, moment.id)
        except NotSent as error:
            await self._not_sent(moment, error.failure)
        except StorageError:
            raise
        except Exception:
            # One broken moment must not hold up the others; it comes again, later each time.
            log.exception("%s %s failed", moment.kind, moment.id)
            await claims.try_again(self._db, moment, clock.now())

    async def _not_sent(self, moment: Moment, failure: Failure) -> None:
        log.warning("%s %s could not be sent: %s", moment.kind, moment.id, failure)
        if failure in (Failure.GONE, Failure.FORBIDDEN, Failure.REJECTED):
            await self._occasions.cannot_post(moment, failure)
            return
        await self._watch.refused(self._shard_of(moment.guild_id))
        await claims.try_again(self._db, moment, clock.now())


def _by_group(moments: Iterable[Moment]) -> Iterable[list[Moment]]:
    """Part moments by their groups; those of one group stay in their order."""
    parted: dict[tuple[int, int], list[Moment]] = {}
    for moment in moments:
        parted.setdefault((moment.guild_id, moment.group_id), []).append(moment)
    return parted.values()
