"""A client of the wire's Discord that does as it is told: for tests of the server itself."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import zstandard
from simcord.components import COMPONENTS_V2_FLAG

from tests.wire.connecting import Way
from tests.wire.server import TOKEN, WireDiscord
from tests.wire.world import Channel

GUILDS = 1
"""The one intent that Amble has."""
API = "https://discord.com/api/v10"
SILENT = {"parse": list[str]()}


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it came."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> int:
        return int(self.body["code"])


class Line:
    """A gateway connection, unpacked."""

    def __init__(
        self, socket: aiohttp.ClientWebSocketResponse, unpack: Callable[[bytes], bytes]
    ) -> None:
        self._socket = socket
        self._unpack = unpack

    async def send(self, op: int, data: object) -> None:
        await self._socket.send_str(json.dumps({"op": op, "d": data}))

    async def identify(self, shard: tuple[int, int] = (0, 1), **other: object) -> None:
        said = {"token": TOKEN, "intents": GUILDS, "shard": shard, **other}
        await self.send(2, said)

    async def resume(self, session_id: str, seq: int) -> None:
        await self.send(6, {"token": TOKEN, "session_id": session_id, "seq": seq})

    async def hear(self) -> dict[str, Any]:
        """Return what comes next; AssertionError if that is the end."""
        message = await self._socket.receive(timeout=3)
        assert message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}, message
        packed = message.data if isinstance(message.data, bytes) else message.data.encode()
        return json.loads(self._unpack(packed))

    async def hear_event(self, name: str) -> dict[str, Any]:
        """Return the next event of that name, passing over all else."""
        while (message := await self.hear())["t"] != name:
            pass
        return message

    async def is_quiet(self, seconds: float = 0.1) -> bool:
        try:
            await self._socket.receive(timeout=seconds)
        except TimeoutError:
            return True
        return False

    async def end(self) -> int | None:
        """Wait for the end; return its code."""
        while (await self._socket.receive(timeout=3)).type not in ENDS:
            pass
        return self._socket.close_code


ENDS = {
    aiohttp.WSMsgType.CLOSE,
    aiohttp.WSMsgType.CLOSED,
    aiohttp.WSMsgType.CLOSING,
    aiohttp.WSMsgType.ERROR,
}


class Visitor:
    """A client with the bot's token."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.token = TOKEN

    async def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        form: aiohttp.FormData | None = None,
        base: str = API,
    ) -> Answered:
        headers = {"Authorization": f"Bot {self.token}"}
        url = f"{base}{path}"
        async with self._session.request(
            method, url, json=body, data=form, headers=headers
        ) as answer:
            text = await answer.read()
            return Answered(answer.status, json.loads(text or b"null"), dict(answer.headers))

    async def post(self, channel: Channel, text: str = "hello", **other: object) -> Answered:
        """Send a message as the bot's cards are sent."""
        shown = [{"type": 10, "content": text}]
        body = {"components": shown, "flags": COMPONENTS_V2_FLAG, "allowed_mentions": SILENT}
        return await self.ask("POST", f"/channels/{channel.id}/messages", {**body, **other})

    async def upload(self, path: str, *sizes: int) -> Answered:
        """Send a message with files of so many bytes."""
        form = aiohttp.FormData()
        form.add_field("payload_json", json.dumps({"content": "walks", "allowed_mentions": SILENT}))
        for number, size in enumerate(sizes):
            form.add_field(
                f"files[{number}]", io.BytesIO(bytes(size)), filename=f"walk{number}.png"
            )
        return await self.ask("POST", path, form=form)

    async def acknowledge(self, interaction: dict[str, Any], kind: int = 6) -> Answered:
        """Answer an interaction with no words."""
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        return await self.ask("POST", f"{path}?with_response=1", {"type": kind})

    @asynccontextmanager
    async def line(self, compress: str = "") -> AsyncGenerator[Line]:
        """Connect to the gateway, and hear its HELLO."""
        unpack: Callable[[bytes], bytes] = bytes
        if compress == "zlib-stream":
            unpack = zlib.decompressobj().decompress
        elif compress == "zstd-stream":
            unpack = zstandard.ZstdDecompressor().decompressobj().decompress
        url = f"https://gateway.discord.gg/?v=10&encoding=json&compress={compress}"
        async with self._session.ws_connect(url) as socket:
            line = Line(socket, unpack)
            assert (await line.hear())["op"] == 10
            yield line

    @asynccontextmanager
    async def identified(
        self, shard: tuple[int, int] = (0, 1)
    ) -> AsyncGenerator[tuple[Line, dict[str, Any]]]:
        """Connect, identify, and hear READY, whose data comes with the line."""
        async with self.line() as line:
            await line.identify(shard)
            yield line, (await line.hear_event("READY"))["d"]


@asynccontextmanager
async def visiting(server: WireDiscord) -> AsyncGenerator[Visitor]:
    """Come to a server."""
    way = Way(
        server.rest_door.port,
        server.gateway_door.port,
        server.authority,
        server.address_of("visitor"),
    )
    async with aiohttp.ClientSession(connector=way.connector()) as session:
        yield Visitor(session)
