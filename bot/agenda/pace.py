"""Discord's pace: under the bot's limit in all, and one message after another to a channel."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from types import SimpleNamespace
from weakref import WeakValueDictionary

import aiohttp

from bot import clock
from bot.domain.ids import ChannelId

WINDOW = 1.0
"""Seconds over which Discord counts."""
API = "/api/"
EXEMPT = ("interactions", "webhooks")
"""Answers to interactions count for nothing (https://docs.discord.com/developers/interactions)."""


class _Place:
    """Room for one request at a time, and none until a second after its answer."""

    def __init__(self) -> None:
        self._free_from = 0.0

    async def come_free(self) -> None:
        wait = self._free_from - asyncio.get_running_loop().time()
        if wait > 0:
            await asyncio.sleep(wait)

    def keep(self) -> None:
        self._free_from = asyncio.get_running_loop().time() + WINDOW


class _Hold:
    """A place, as long as somebody holds it; tasks that were begun inside may outlive that."""

    def __init__(self, place: _Place) -> None:
        self.place: _Place | None = place


_held: ContextVar[_Hold | None] = ContextVar("held", default=None)
"""The place in which the requests of the task at work are made."""


_until: ContextVar[datetime | None] = ContextVar("until", default=None)
"""From when on the task at work may send nothing any more."""


class TooLate(Exception):
    """What was to be sent may be somebody else's by now."""


@contextmanager
def only_until(instant: datetime) -> Generator[None]:
    """Have no request that is begun inside leave from `instant` on: it raises TooLate instead.

    By the wall clock, which goes on while a machine is suspended; every other wait stands still.
    """
    token = _until.set(instant)
    try:
        yield
    finally:
        _until.reset(token)


def check_time() -> None:
    """Raise TooLate where that is over; for the last moment before a request leaves."""
    until = _until.get()
    if until is not None and clock.now() >= until:
        raise TooLate


class Pace:
    """Lets requests through, at most so many a second and one at a time for each channel.

    A request arrives at Discord some time between its sending and its answer, so it keeps its place
    until a second after the answer: however late or bunched they arrive, no second sees more of
    them than there are places. A bucket that only looks at when requests leave does not hold that.

    `let_through` has every request of a session take a place, whoever makes it; `request` takes it
    beforehand, for what should be decided only when it is about to go out. What `only_until` ends
    goes no further, be it one of discord.py's own tries again.
    """

    def __init__(self, requests_per_second: float) -> None:
        """Set the pace; Discord's own limit is 50 requests a second."""
        self._vacant = asyncio.Semaphore(max(1, int(requests_per_second)))
        self._places = deque(_Place() for _ in range(max(1, int(requests_per_second))))
        """The vacant ones, the longest vacant first."""
        self._channels: WeakValueDictionary[ChannelId, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def request(self) -> AsyncGenerator[None]:
        """Hold a place for what is asked of Discord; those who wait get theirs in order.

        Should more than one request be made inside, each waits for the one before. A task that was
        begun inside and goes on after it takes a place for each of its requests.
        """
        place = await self._take()
        hold = _Hold(place)
        token = _held.set(hold)
        try:
            yield
        finally:
            _held.reset(token)
            hold.place = None
            self._give_back(place)

    @asynccontextmanager
    async def channel(self, channel_id: ChannelId) -> AsyncGenerator[None]:
        """Hold a channel, so that what is posted there comes in order."""
        lock = self._channels.setdefault(channel_id, asyncio.Lock())
        async with lock:
            yield

    def let_through(self, trace: aiohttp.TraceConfig) -> None:
        """Have each request that `trace` is told of take its place; a session has one trace."""
        trace.on_request_start.append(self._begin)
        trace.on_request_end.append(self._end)
        trace.on_request_exception.append(self._end)

    async def _begin(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        request: aiohttp.TraceRequestStartParams,
    ) -> None:
        hold = _held.get()
        context.held = held = None if hold is None else hold.place
        context.taken = None
        if not request.url.path.startswith(API) or request.url.parts[3] in EXEMPT:
            context.held = None
        elif held is not None:
            await held.come_free()
        else:
            context.taken = await self._take()
        try:
            check_time()
        except TooLate:
            # Nobody tells a trace of the end of what it did not let begin.
            taken, context.held, context.taken = context.taken, None, None
            if taken is not None:
                self._give_back(taken)
            raise

    async def _end(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        _answer: aiohttp.TraceRequestEndParams | aiohttp.TraceRequestExceptionParams,
    ) -> None:
        if context.held is not None:
            context.held.keep()
        elif context.taken is not None:
            self._give_back(context.taken)

    async def _take(self) -> _Place:
        await self._vacant.acquire()
        place = self._places.popleft()
        try:
            await place.come_free()
        except BaseException:
            self._give_back(place)
            raise
        return place

    def _give_back(self, place: _Place) -> None:
        place.keep()
        self._places.append(place)
        self._vacant.release()
