"""Discord's gateway: https://docs.discord.com/developers/events/gateway."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, cast
from uuid import uuid4

import discord
from aiohttp import WSMsgType, web
from simcord.backend import Backend, serializers
from simcord.intents import censor_message

from tests.wire.connections import Connection, Session, compressor
from tests.wire.gateway_faults import GatewayFaults
from tests.wire.limits import Limits
from tests.wire.records import Arrival, Closed, Records

HEARTBEAT, IDENTIFY, RESUME, INVALID, HELLO, ACKNOWLEDGED = 1, 2, 6, 9, 10, 11
TAKEN_AND_IGNORED = {3, 4, 8}
"""Presence, voice state, asking for members: the bot does none of them."""
UNKNOWN_OP, NOT_AUTHENTICATED, BAD_TOKEN, IDENTIFIED_ALREADY = 4001, 4003, 4004, 4005
TOO_FAST, INVALID_SHARD, INVALID_INTENTS, INTENTS_NOT_ALLOWED = 4008, 4010, 4013, 4014
BROKEN_OFF = 1006
"""What a websocket that ended without a close frame says of itself."""
PRIVILEGED = discord.Intents(members=True, presences=True, message_content=True).value
RESUME_URL = "wss://gateway-resume.discord.gg"


class Gateway(GatewayFaults):
    """Its clients and their sessions; every event of the backend goes to those it is for."""

    def __init__(
        self,
        backend: Backend,
        records: Records,
        limits: Limits,
        tokens: set[str],
        until: Callable[..., Awaitable[None]],
    ) -> None:
        super().__init__(records)
        self._limits = limits
        self._backend = backend
        self._tokens = tokens
        self._until = until
        self.heartbeat_interval = 41.25
        self.reached = 0
        """How many connected clients the last event was for."""
        backend.subscribers.append(self._emit)

    async def wait_connected(self, process: str | None = None, timeout: float = 60.0) -> None:  # noqa: ASYNC109 - told in the contract of this module
        """Wait until a shard (of that process) has got everything it is told at the start."""
        await self._until(lambda: self.connected(process=process), timeout)

    def connected(self, shard: int | None = None, process: str | None = None) -> bool:
        return any(one.ready_at for one in self.connections(shard, process))

    async def serve(self, request: web.BaseRequest, process: str) -> web.WebSocketResponse:
        """Talk to one client until it leaves."""
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        connection = Connection(socket, request.transport, process)
        self._open.append(connection)
        writing = asyncio.create_task(connection.write(compressor(request.query.get("compress"))))
        connection.send(HELLO, {"heartbeat_interval": int(self.heartbeat_interval * 1000)})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, json.loads(cast("str", message.data)))
        finally:
            self._leave(connection, socket.close_code)
            writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writing
        return socket

    def _leave(self, connection: Connection, code: int | None) -> None:
        self._open.remove(connection)
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
        told = connection.close_code or (None if code == BROKEN_OFF else code)
        self._records.closes.append(Closed(self._backend.clock.now(), connection.process, told))

    def _receive(self, connection: Connection, message: dict[str, Any]) -> None:
        op, data = message.get("op"), message.get("d")
        if connection.too_fast(time.monotonic()):
            self._refuse(connection, TOO_FAST, "more than 120 events a minute")
        elif op == HEARTBEAT:
            if not self.acks_withheld:
                connection.send(ACKNOWLEDGED)
        elif op == IDENTIFY:
            self._identify(connection, cast("dict[str, Any]", data))
        elif op == RESUME:
            self._resume(connection, cast("dict[str, Any]", data))
        elif connection.session is None:
            self._refuse(connection, NOT_AUTHENTICATED, f"op {op} before IDENTIFY")
        elif op not in TAKEN_AND_IGNORED:
            self._refuse(connection, UNKNOWN_OP, f"op {op}")

    def _refuse(self, connection: Connection, code: int, why: str) -> None:
        self._records.gateway_faults.append(f"{connection.process}: closed with {code}, {why}")
        connection.close(code)

    def _identify(self, connection: Connection, data: dict[str, Any]) -> None:
        shard, shards = cast("tuple[int, int]", data.get("shard", [0, 1]))
        code, why = self._why_not(connection, data, shard, shards)
        early = not code and not self._limits.may_identify(shard)
        accepted = not code and not early
        self._records.identifies.append(self._arrival(shard, connection, accepted=accepted))
        if code:
            self._refuse(connection, code, why)
        if early:
            connection.send(INVALID, False)
        if not accepted:
            return
        self._forget_others_of(connection.process, shard)
        name = uuid4().hex
        session = Session(name, shard, shards, data["intents"], connection.process, connection)
        self._sessions[name] = connection.session = session
        self._welcome(session)
        connection.ready_at = self._backend.clock.now()

    def _forget_others_of(self, process: str, shard: int) -> None:
        """Drop sessions that a process will not come back to, as it identifies anew."""
        for one in list(self._sessions.values()):
            if one.connection is None and (one.process, one.shard) == (process, shard):
                del self._sessions[one.id]

    def _why_not(
        self, connection: Connection, data: dict[str, Any], shard: int, shards: int
    ) -> tuple[int, str]:
        intents = data.get("intents")
        if connection.session is not None:
            return IDENTIFIED_ALREADY, "a second IDENTIFY"
        if data.get("token") not in self._tokens:
            return BAD_TOKEN, "an unknown token"
        if not 0 <= shard < shards:
            return INVALID_SHARD, f"shard {shard} of {shards}"
        if not isinstance(intents, int) or intents & ~discord.Intents.all().value:
            return INVALID_INTENTS, f"intents {intents!r}"
        if intents & PRIVILEGED:
            return INTENTS_NOT_ALLOWED, "an intent that this bot was not granted"
        return 0, ""

    def _welcome(self, session: Session) -> None:
        guilds = [
            one
            for one in self._backend.guilds.values()
            if (one.id >> 22) % session.shards == session.shard
        ]
        ready = {
            "v": 10,
            "user": dict(serializers.user_payload(self._backend.bot_user)),
            "guilds": [{"id": str(one.id), "unavailable": True} for one in guilds],
            "session_id": session.id,
            "resume_gateway_url": RESUME_URL,
            "shard": [session.shard, session.shards],
            "application": {"id": str(self._backend.application_id), "flags": 0},
        }
        session.push("READY", ready)
        for one in guilds:
            payload = serializers.guild_create_payload(self._backend, one)
            session.push("GUILD_CREATE", self._shaped("GUILD_CREATE", payload))

    def _resume(self, connection: Connection, data: dict[str, Any]) -> None:
        session = self._sessions.get(str(data.get("session_id")))
        missed = None
        if session is not None and session.resumable and data.get("token") in self._tokens:
            missed = session.since(int(data.get("seq") or 0))
        shard = -1 if session is None else session.shard
        self._records.resumes.append(self._arrival(shard, connection, accepted=missed is not None))
        if session is None or missed is None:
            connection.send(INVALID, False)
            return
        if session.connection is not None:
            session.connection.drop()
        session.connection, connection.session = connection, session
        for frame in missed:
            connection.send_frame(frame)
        session.push("RESUMED", {})
        connection.ready_at = self._backend.clock.now()

    def _arrival(self, shard: int, connection: Connection, *, accepted: bool) -> Arrival:
        return Arrival(self._backend.clock.now(), shard, connection.process, accepted)

    def _emit(self, event: str, payload: Mapping[str, Any]) -> None:
        wanting = [one for one in self._sessions.values() if one.wants(event, payload)]
        self.reached = sum(one.connection is not None for one in wanting)
        if wanting:
            shaped = self._shaped(event, payload)
            for session in wanting:
                self._deliver(session, event, shaped)

    def _shaped(self, event: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what a bot without privileged intents is not told."""
        shaped = copy.deepcopy(dict(payload))
        bot_id = self._backend.bot_user.id
        if event == "GUILD_CREATE":
            members = cast("list[dict[str, Any]]", shaped.get("members", []))
            shaped["members"] = [one for one in members if one["user"]["id"] == str(bot_id)]
        for message in _messages_in(event, shaped):
            # A component's own message may be read, whoever wrote it.
            pressed = event == "INTERACTION_CREATE"
            censor_message(message, bot_id, backend=self._backend, exempt_root=pressed)
        return shaped


def _messages_in(event: str, payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if event in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}:
        yield payload
    elif event == "INTERACTION_CREATE" and isinstance(payload.get("message"), dict):
        yield payload["message"]
