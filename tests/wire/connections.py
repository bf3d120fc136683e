"""A gateway's connections, and the sessions that outlive them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import zlib
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import discord
import zstandard
from aiohttp import WSMsgType, web
from simcord.intents import required_intent

DISPATCH = 0
SENT_A_MINUTE = 120
"""How many events a client may send (https://docs.discord.com/developers/events/gateway)."""
REMEMBERED = 5000
"""How many events are kept for a client that is away."""

Compress = Callable[[bytes], bytes]


def compressor(asked: str | None) -> Compress | None:
    """Return what packs the frames of one connection, each with all before it; None: plain text."""
    if asked == "zlib-stream":
        packing = zlib.compressobj()
        return lambda frame: packing.compress(frame) + packing.flush(zlib.Z_SYNC_FLUSH)
    if asked == "zstd-stream":
        stream = zstandard.ZstdCompressor().compressobj()
        return lambda frame: (
            stream.compress(frame) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        )
    return None


class Connection:
    """One client's socket; what is sent is queued, so that it is packed in that order."""

    def __init__(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport | None, process: str
    ) -> None:
        self.process = process
        self.session: Session | None = None
        self.ready_at: datetime | None = None
        self.close_code: int | None = None
        self._socket = socket
        self._transport = transport
        self._frames: asyncio.Queue[str | int] = asyncio.Queue()
        self._received: deque[float] = deque(maxlen=SENT_A_MINUTE)

    @property
    def shard(self) -> int | None:
        return None if self.session is None else self.session.shard

    @property
    def session_id(self) -> str | None:
        return None if self.session is None else self.session.id

    @property
    def sent_everything(self) -> bool:
        return self._frames.empty()

    def send(self, op: int, data: object = None) -> None:
        """Queue an operation that is no event."""
        self.send_frame(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def send_frame(self, frame: str) -> None:
        self._frames.put_nowait(frame)

    def close(self, code: int) -> None:
        """Close once everything before has been sent."""
        self._frames.put_nowait(code)

    def drop(self) -> None:
        """Break the connection off."""
        if self._transport is not None:
            self._transport.abort()

    def too_fast(self, now: float) -> bool:
        """Note an event of the client; say whether it was one too many within a minute."""
        full = len(self._received) == SENT_A_MINUTE and self._received[0] > now - 60
        self._received.append(now)
        return full

    async def write(self, compress: Compress | None) -> None:
        """Send what is queued, until the end."""
        # Somebody who was killed takes nothing more.
        with contextlib.suppress(ConnectionError):
            while True:
                frame = await self._frames.get()
                if isinstance(frame, int):
                    self.close_code = frame
                    # aiohttp's own close would not wait for the client's answer, and a client that
                    # cannot send one any more forgets the code: discord.py would reconnect.
                    await self._socket.send_frame(frame.to_bytes(2, "big"), WSMsgType.CLOSE)
                    return
                if compress is None:
                    await self._socket.send_str(frame)
                else:
                    await self._socket.send_bytes(compress(frame.encode()))


@dataclass(eq=False, slots=True)
class Session:
    """What a shard was told since it identified; it outlives its connections."""

    id: str
    shard: int
    shards: int
    intents: int
    process: str
    connection: Connection | None = None
    resumable: bool = True
    sequence: int = 0
    kept: deque[tuple[int, str]] = field(
        default_factory=lambda: deque[tuple[int, str]](maxlen=REMEMBERED)
    )

    def push(self, event: str, data: Mapping[str, Any]) -> str:
        """Send an event, or keep it for when the client resumes; return it as it is sent."""
        self.sequence += 1
        packed = {"op": DISPATCH, "t": event, "s": self.sequence, "d": data}
        frame = json.dumps(packed)
        self.kept.append((self.sequence, frame))
        if self.connection is not None:
            self.connection.send_frame(frame)
        return frame

    def since(self, sequence: int) -> list[str] | None:
        """What was pushed after that; None where it is not known any more, or never was."""
        first = self.kept[0][0] if self.kept else self.sequence + 1
        if not first - 1 <= sequence <= self.sequence:
            return None
        return [frame for number, frame in self.kept if number > sequence]

    def wants(self, event: str, data: Mapping[str, Any]) -> bool:
        """Say whether an event is of this shard, and of an intent that it declared."""
        if shard_of(event, data, self.shards) != self.shard:
            return False
        intent = required_intent(event, data)
        return intent is None or bool(self.intents & discord.Intents.VALID_FLAGS[intent])


def shard_of(event: str, data: Mapping[str, Any], shards: int) -> int:
    """Return the shard an event goes to; what is of no server goes to the first."""
    guild_id = data.get("guild_id")
    if guild_id is None and event in {"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE"}:
        guild_id = data["id"]
    return 0 if guild_id is None else (int(guild_id) >> 22) % shards
