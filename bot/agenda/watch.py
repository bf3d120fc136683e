"""Watching whether the bot is there for its servers: heartbeats, the gateway, Discord itself."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot import clock, metrics
from bot.domain.ids import GuildId
from bot.domain.shards import Shards, shard_of
from bot.services import Database, StorageError, outages
from bot.services.claims import LAST_RETRY
from bot.services.outages import Cause

log = logging.getLogger(__name__)

MISSED_BEATS = 3
"""A heartbeat vouches for its shard as long as so many of them take."""


class Watch:
    """Keeps the book of outages, by shard.

    A shard is there while its gateway is connected and Discord takes what is sent for its servers.
    Only then does its heartbeat vouch for it; the book is written when it is back.
    """

    def __init__(
        self,
        db: Database,
        shards: Shards,
        every: timedelta,
        answers: Callable[[], Awaitable[bool]],
    ) -> None:
        """Beat for `shards`; `answers` asks whether Discord answers at all."""
        self._db = db
        self._shards = shards
        self._good_for = every * MISSED_BEATS
        self._answers = answers
        self._why_away = dict.fromkeys(shards.ids, Cause.STOPPED)
        """Shards without a gateway; the others are connected."""
        self._refused: dict[int, datetime] = {}
        """When Discord last refused something for a shard."""
        self._vouched: set[int] = set()
        """Shards whose latest heartbeat holds."""
        for shard_id in shards.ids:
            metrics.shard_state(shard_id, ready=False)

    @property
    def without_gateway(self) -> list[int]:
        """The shards without a gateway."""
        return sorted(self._why_away)

    async def beat(self) -> None:
        """Note which shards are there."""
        await self._ask_again()
        for shard_id in self._there() - self._vouched:
            await self._note_back(shard_id)
        there, now = self._there() & self._vouched, clock.now()
        away = set(self._shards.ids) - there
        await outages.beat(self._db, self._shards.count, there, away, now, self._good_for)

    async def lost(self, shard_id: int) -> None:
        """Note that a shard lost its gateway: nobody can press anything."""
        self._why_away.setdefault(shard_id, Cause.GATEWAY)
        metrics.shard_state(shard_id, ready=False)
        metrics.gateway_event("disconnected")
        await self._note_left(shard_id)

    async def found(self, shard_id: int) -> None:
        """Note that a shard has its gateway."""
        cause = self._why_away.pop(shard_id, Cause.GATEWAY)
        metrics.shard_state(shard_id, ready=True)
        if shard_id in self._there() - self._vouched:
            await self._note_back(shard_id, cause)

    async def refused(self, guild_id: GuildId) -> None:
        """Note that Discord does not take what is sent for a server."""
        if self._shards.serve(guild_id):
            shard_id = shard_of(guild_id, self._shards.count)
            if shard_id not in self._refused:
                log.warning("Discord refuses what is sent for shard %s", shard_id)
            self._refused[shard_id] = clock.now()
            await self._note_left(shard_id)

    async def accepted(self, guild_id: GuildId) -> None:
        """Note that something was sent for a server."""
        await self._taken_again(shard_of(guild_id, self._shards.count))

    async def stop(self) -> None:
        """Note that the process ends now."""
        there = self._there() & self._vouched
        away = set(self._shards.ids) - there
        try:
            await outages.stopped(self._db, self._shards.count, there, away, clock.now())
        except StorageError as error:
            log.warning("the last heartbeat was not saved: %s", error)

    def _there(self) -> set[int]:
        return set(self._shards.ids) - set(self._why_away) - set(self._refused)

    async def _ask_again(self) -> None:
        """Look whether Discord is back where nothing is left to be sent that would show it."""
        quiet_since = clock.now() - LAST_RETRY - self._good_for
        waiting = [one for one, at in self._refused.items() if at < quiet_since]
        if waiting and await self._answers():
            for shard_id in waiting:
                await self._taken_again(shard_id)

    async def _taken_again(self, shard_id: int) -> None:
        if self._refused.pop(shard_id, None) is None:
            return
        log.info("Discord takes again what is sent for shard %s", shard_id)
        if shard_id in self._there():
            await self._note_back(shard_id, Cause.REFUSED)

    async def _note_back(self, shard_id: int, cause: Cause = Cause.STOPPED) -> None:
        count, now = self._shards.count, clock.now()
        try:
            await outages.back(self._db, count, shard_id, cause, now, self._good_for)
        except StorageError as error:
            # The next heartbeat tries again; the time until then counts as away.
            log.warning("shard %s is back, but that was not saved: %s", shard_id, error)
            return
        self._vouched.add(shard_id)

    async def _note_left(self, shard_id: int) -> None:
        if shard_id not in self._vouched:
            return
        self._vouched.discard(shard_id)
        try:
            await outages.left(self._db, self._shards.count, [shard_id], clock.now())
        except StorageError as error:
            # The heartbeat before vouches for no longer than usual.
            log.warning("shard %s is away, but that was not saved: %s", shard_id, error)
