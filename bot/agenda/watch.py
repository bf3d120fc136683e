"""Watching whether the bot is there for its servers: heartbeats, the gateway, Discord itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot import clock
from bot.services import Database, outages
from bot.services.outages import Cause

MISSED_BEATS = 3
"""A gap of so many heartbeats is a downtime."""


class Watch:
    """Keeps the book of outages, by shard."""

    def __init__(
        self, db: Database, shard_ids: Callable[[], Sequence[int]], every: timedelta
    ) -> None:
        """Beat for the shards that `shard_ids` says are connected."""
        self._db = db
        self._shard_ids = shard_ids
        self._tolerance = every * MISSED_BEATS
        self._away: set[int] = set()
        self._refused: set[int] = set()

    async def beat(self) -> None:
        """Note that the connected shards are there."""
        connected = [shard for shard in self._shard_ids() if shard not in self._away]
        await outages.beat(self._db, connected, clock.now(), self._tolerance)

    async def lost(self, shard_id: int) -> None:
        """Note that a shard lost its gateway: nobody can press anything."""
        self._away.add(shard_id)
        await outages.away(self._db, shard_id, Cause.GATEWAY, clock.now())

    async def found(self, shard_id: int) -> None:
        """Note that a shard has Discord again."""
        self._away.discard(shard_id)
        if shard_id not in self._refused:
            await outages.back(self._db, shard_id, clock.now())

    async def refused(self, shard_id: int) -> None:
        """Note that Discord does not take what is sent for a shard's servers."""
        self._refused.add(shard_id)
        await outages.away(self._db, shard_id, Cause.REFUSED, clock.now())

    async def accepted(self, shard_id: int) -> None:
        """Note that something was sent again after Discord had refused."""
        if shard_id in self._refused:
            self._refused.discard(shard_id)
            if shard_id not in self._away:
                await outages.back(self._db, shard_id, clock.now())
