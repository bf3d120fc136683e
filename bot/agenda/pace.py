"""Discord's pace: just under the bot's limit in all, and one message after another to a channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from aiolimiter import AsyncLimiter

from bot.domain.ids import ChannelId


class Pace:
    """Lets sends through, at most so many a second and one at a time for each channel."""

    def __init__(self, sends_per_second: int) -> None:
        """Set the pace; Discord's own limit is 50 requests a second."""
        self._limiter = AsyncLimiter(sends_per_second, 1)
        self._channels: WeakValueDictionary[ChannelId, asyncio.Lock] = WeakValueDictionary()

    async def wait(self) -> None:
        """Wait for a place in the flow of requests."""
        await self._limiter.acquire()

    @asynccontextmanager
    async def channel(self, channel_id: ChannelId) -> AsyncGenerator[None]:
        """Hold a channel for one message, once there is a place in the flow."""
        lock = self._channels.setdefault(channel_id, asyncio.Lock())
        async with lock:
            await self._limiter.acquire()
            yield
