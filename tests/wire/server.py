"""The wire's Discord as a whole: its world, its two doors, its faults, its records."""

from __future__ import annotations

import asyncio
import random
import re
import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import cache

import trustme
from aiohttp import web
from simcord.backend import Backend

from tests.wire.clock import RealClock
from tests.wire.doors import LOOPBACK, Door
from tests.wire.faults import Faults
from tests.wire.gateway import Gateway
from tests.wire.judge import faults_of
from tests.wire.limits import Limits
from tests.wire.people import People
from tests.wire.records import Records
from tests.wire.rest import Rest
from tests.wire.world import Channel, Posted, World

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.wire.the-token-of-a-bot-that-walks"
CDN_HOST = "cdn.simcord.invalid"
HOSTS = ("discord.com", "gateway.discord.gg", "gateway-resume.discord.gg", CDN_HOST)


class WireDiscord:
    """A Discord for bots that connect to it; it outlives them all."""

    def __init__(self, limits: Limits, seed: int, shards: int) -> None:
        self.clock = RealClock()
        self.backend = Backend(clock=self.clock)
        self.records = Records()
        self.limits = limits
        self.tokens = {TOKEN}
        self.world = World(self.backend, self.records, shards)
        self.faults = Faults(random.Random(seed))
        self.gateway = Gateway(self.backend, self.records, limits, self.tokens, self.until)
        self.gateway.chance = self.faults.chance
        self.people = People(self.backend, self.gateway, self.until)
        self._rest = Rest(self.backend, self.world, self.records, limits, self.faults, self.tokens)
        self._rest.on_interaction = self.people.note
        self._server = web.Server(self._serve)
        self.rest_door = Door(self._server, _certificate()[0])
        self.gateway_door = Door(self._server, _certificate()[0])
        self._origins: dict[str, str] = {}
        self._forgiven: list[re.Pattern[str]] = []

    @property
    def shards(self) -> int:
        """How many shards bots are recommended to have."""
        return self.world.shards

    @property
    def authority(self) -> str:
        """The certificate to trust, as PEM."""
        return _certificate()[1]

    def address_of(self, process: str) -> str:
        """Return the loopback address that a process of this name is to connect from."""
        for address, name in self._origins.items():
            if name == process:
                return address
        address = f"127.0.1.{len(self._origins) + 1}"
        self._origins[address] = process
        return address

    def messages(self, channel: Channel | int, *, author: str = "bot") -> list[Posted]:
        """Return a channel's messages as they stand, oldest first; `author` "any": all of them."""
        found = self.world.messages(channel.id if isinstance(channel, Channel) else channel)
        return [one for one in found if author == "any" or one.author_id == self.world.bot_id]

    def every_message(self) -> list[Posted]:
        """Return the bot's messages of all channels."""
        return [one for each in self.world.channel_ids() for one in self.messages(each)]

    async def until(self, met: Callable[[], bool], timeout: float = 10.0) -> None:  # noqa: ASYNC109 - the point of it
        """Wait until that is so; raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not met():  # noqa: ASYNC110 - what is waited for is the test's own to say
                await asyncio.sleep(0.005)

    def violations(self) -> list[str]:
        """Return what the bot must never do, and what this server could not answer."""
        found = dict.fromkeys(faults_of(self.records))
        return [one for one in found if not any(each.search(one) for each in self._forgiven)]

    def forgive(self, pattern: str) -> None:
        """Leave out the violations that match."""
        self._forgiven.append(re.compile(pattern))

    async def close(self) -> None:
        """End everything."""
        await self.rest_door.close()
        await self.gateway_door.close()
        await self._server.shutdown(0.5)

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        peer = request.transport and request.transport.get_extra_info("peername")
        process = self._origins.get(peer[0] if peer else "", "unnamed")
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self.gateway.serve(request, process)
        if request.path.startswith("/api/"):
            return await self._rest.serve(request, process)
        if request.host == CDN_HOST:
            content = self.backend.cdn.get(f"https://{CDN_HOST}{request.path}")
            return web.Response(status=404) if content is None else web.Response(body=content)
        self.records.unknown.append(f"{request.method} https://{request.host}{request.path}")
        return web.Response(status=501)


@asynccontextmanager
async def open_discord(
    limits: Limits | None = None, *, seed: int = 0, shards: int = 1, judge: bool = True
) -> AsyncGenerator[WireDiscord]:
    """Open a Discord on this machine; with `judge` its violations fail whoever opened it."""
    server = WireDiscord(limits or Limits(), seed, shards)
    server.rest_door.open()
    server.gateway_door.open()
    try:
        yield server
    finally:
        await server.close()
    problems = server.violations() if judge else []
    assert not problems, "\n".join(problems)


@cache
def _certificate() -> tuple[ssl.SSLContext, str]:
    """Make an authority of this process's own, and what the server shows of it."""
    authority = trustme.CA()
    shown = authority.issue_cert(*HOSTS, LOOPBACK)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with shown.private_key_and_cert_chain_pem.tempfile() as path:
        context.load_cert_chain(path)
    return context, authority.cert_pem.bytes().decode()
