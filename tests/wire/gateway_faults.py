"""Faults of the gateway, at any time and for any of its clients."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.wire.connections import Connection, Session
from tests.wire.records import Records

RECONNECT, INVALID = 7, 9
HELD_SECONDS = 0.3
"""How long an event that is to be overtaken waits for another one."""


@dataclass(slots=True)
class _Meddling:
    """How many events are still to be meddled with, and how likely each."""

    times: int = 0
    chance: float = 1.0

    def hits(self, chance: random.Random) -> bool:
        if self.times <= 0 or chance.random() >= self.chance:
            return False
        self.times -= 1
        return True


class GatewayFaults:
    """What can go wrong between a gateway and its clients.

    Of the calls that take a shard and a process, those without either mean all; they return how
    many connections were hit.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._open: list[Connection] = []
        self._sessions: dict[str, Session] = {}
        self._repeating = _Meddling()
        self._swapping = _Meddling()
        self._held: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        self.chance = random.Random(0)
        self.acks_withheld = False

    def connections(self, shard: int | None = None, process: str | None = None) -> list[Connection]:
        """The clients that are there and have identified."""
        return [
            one
            for one in self._open
            if one.session is not None
            and shard in (None, one.shard)
            and process in (None, one.process)
        ]

    def drop(self, shard: int | None = None, process: str | None = None) -> int:
        """Cut connections; their sessions can be resumed."""
        hit = self.connections(shard, process)
        for one in hit:
            one.drop()
        return len(hit)

    def reconnect(self, shard: int | None = None, process: str | None = None) -> int:
        """Ask clients to connect anew and resume (op 7)."""
        hit = self.connections(shard, process)
        for one in hit:
            one.send(RECONNECT)
        return len(hit)

    def invalidate(
        self, shard: int | None = None, process: str | None = None, *, resumable: bool
    ) -> int:
        """Declare sessions invalid (op 9); those that are not resumable are forgotten."""
        hit = self.connections(shard, process)
        for one in hit:
            if not resumable and one.session is not None:
                self._sessions.pop(one.session.id, None)
            one.send(INVALID, resumable)
        return len(hit)

    def close(self, code: int, shard: int | None = None, process: str | None = None) -> int:
        """Close connections with a code."""
        hit = self.connections(shard, process)
        for one in hit:
            one.close(code)
        return len(hit)

    def withhold_acks(self, *, on: bool = True) -> None:
        """Acknowledge no heartbeats; discord.py looks for them only once all else is silent."""
        self.acks_withheld = on

    def forget_sessions(self) -> None:
        """Know none of the sessions any more: whoever resumes has to identify."""
        for session in self._sessions.values():
            session.resumable = False

    def repeat_events(self, times: int = 1, chance: float = 1.0) -> None:
        """Send so many of the events that come twice."""
        self._repeating = _Meddling(times, chance)

    def swap_events(self, times: int = 1, chance: float = 1.0) -> None:
        """Let so many of the events that come be overtaken by the next one."""
        self._swapping = _Meddling(times, chance)

    def _deliver(self, session: Session, event: str, data: Mapping[str, Any]) -> None:
        held = self._held.pop(session.id, [])
        if not held and self._swapping.hits(self.chance):
            self._held[session.id] = [(event, dict(data))]
            asyncio.get_running_loop().call_later(HELD_SECONDS, self._let_go, session)
            return
        self._push(session, event, data)
        for late_event, late in held:
            self._push(session, late_event, late)

    def _let_go(self, session: Session) -> None:
        for event, data in self._held.pop(session.id, []):
            self._push(session, event, data)

    def _push(self, session: Session, event: str, data: Mapping[str, Any]) -> None:
        frame = session.push(event, data)
        if self._repeating.hits(self.chance) and session.connection is not None:
            session.connection.send_frame(frame)
