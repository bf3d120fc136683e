"""Keeping the bot connected for ever: what may pass is waited out, what may not ends in words."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import timedelta

import aiohttp
import discord

from bot.client import Amble

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=1)
LAST_WAIT = timedelta(minutes=2)
SETTLED_IN = timedelta(minutes=5)
"""A client that lived for so long was not ended by what ended the one before."""
LOOK_EVERY = timedelta(seconds=20)
CUT_OFF_FOR = timedelta(minutes=3)
"""A client with a shard cut off for so long is replaced.

discord.py waits longer each time, for up to 17 minutes, and meanwhile lets its other shards wait
too; a new client tries every few seconds.
"""

# https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
HOPELESS_CLOSES = {
    4004: "Discord does not accept the token any more. Copy it anew from the developer portal.",
    4010: "Discord knows no such shard: check shard_ids and shard_count in [discord].",
    4011: "Discord wants the bot split into more shards: raise shard_count in [discord], or set 0.",
    4012: "Discord has given up the gateway's version that this Amble speaks: install a newer one.",
    4013: "Discord refuses the intents that Amble asks for: install a newer Amble.",
    4014: "Discord refuses the intents that Amble asks for: install a newer Amble.",
}


class Hopeless(Exception):
    """Trying again would not help; says what would."""


class Supervisor:
    """Runs one client after another, each until it ends, with growing waits between."""

    def __init__(self, make: Callable[[], Amble], token: str) -> None:
        """Run what `make` returns; nothing is connected before `run`."""
        self._make = make
        self._token = token
        self._stopping = asyncio.Event()
        self.client: Amble | None = None
        """The one that runs; None while there is none."""

    async def run(self) -> None:
        """Stay connected until `stop`. Raises Hopeless."""
        loop = asyncio.get_running_loop()
        failures = 0
        while not self._stopping.is_set():
            began = loop.time()
            try:
                await self._live()
            except Exception as error:  # noqa: BLE001 - the outermost edge of the bot
                failures = 0 if loop.time() - began > SETTLED_IN.total_seconds() else failures
                failures += 1
                self._judge(error)
                await self._pause(failures)

    async def stop(self) -> None:
        """Have the client closed in order, and run no other; `run` returns when that is done."""
        self._stopping.set()

    async def _live(self) -> None:
        """Run one client until it is cut off, or fails, or all is to stop."""
        self.client = client = self._make()
        try:
            async with client:
                living = asyncio.create_task(client.start(self._token), name="client")
                ends = [
                    asyncio.create_task(self._stopping.wait(), name="stop"),
                    asyncio.create_task(_until_cut_off(client), name="cut-off watch"),
                ]
                await asyncio.wait([living, *ends], return_when=asyncio.FIRST_COMPLETED)
                for end in ends:
                    end.cancel()
                if not living.done():
                    await _close(client, living)
                    return
                await living
        finally:
            self.client = None

    def _judge(self, error: Exception) -> None:
        if isinstance(error, discord.LoginFailure):
            raise Hopeless(
                "Discord does not accept the token. Copy it anew from the developer portal."
            ) from error
        if isinstance(error, discord.PrivilegedIntentsRequired):
            raise Hopeless(HOPELESS_CLOSES[4014]) from error
        if isinstance(error, discord.ConnectionClosed) and error.code in HOPELESS_CLOSES:
            raise Hopeless(HOPELESS_CLOSES[error.code]) from error
        passing = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
        # What is not Discord's or the network's is perhaps ours: the log says where.
        log.warning(
            "not connected (%s: %s)",
            type(error).__name__,
            error,
            exc_info=None if isinstance(error, passing) else error,
        )

    async def _pause(self, failures: int) -> None:
        wait = min(FIRST_WAIT * 2 ** min(failures - 1, 10), LAST_WAIT) * random.uniform(0.5, 1)
        log.info("connecting again in %.0f s", wait.total_seconds())
        try:
            async with asyncio.timeout(wait.total_seconds()):
                await self._stopping.wait()
        except TimeoutError:
            return


async def _close(client: Amble, living: asyncio.Task[None]) -> None:
    """Close a client that runs in `living`; what it has in hand is finished."""
    # What it has not begun by now, its set-up perhaps, goes no further.
    living.cancel()
    await client.close()
    # discord.py may have taken the first for the end of a shard; and while it launches shards it
    # tries again for ever, closed or not.
    living.cancel()
    await asyncio.wait([living])


async def _until_cut_off(client: Amble) -> None:
    """Return when one of a client's shards does not find its way back."""
    loop = asyncio.get_running_loop()
    since: dict[int, float] = {}
    while True:
        await asyncio.sleep(LOOK_EVERY.total_seconds())
        closed = {shard.id for shard in client.shards.values() if shard.is_closed()}
        since = {each: since.get(each, loop.time()) for each in closed}
        if any(loop.time() - at > CUT_OFF_FOR.total_seconds() for at in since.values()):
            log.warning("shards %s stay cut off: connecting anew", sorted(since))
            return
