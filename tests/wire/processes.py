"""The bot's process, from outside: started, killed, asked to stop, and started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.wire.connecting import Way
from tests.wire.server import TOKEN, WireDiscord

ROOT = Path(__file__).parents[2]
TAIL = 4000
"""How many characters of the log are told where the bot ended too early."""

Section = Mapping[str, object]


class BotProcess:
    """One process of the bot; it may be started again and again."""

    def __init__(
        self,
        server: WireDiscord,
        database_url: str,
        directory: Path,
        name: str = "bot",
        *,
        agenda: Section | None = None,
        shard_count: int | None = None,
        shard_ids: list[int] | None = None,
        environment: Mapping[str, str] | None = None,
        settings: Mapping[str, Section] | None = None,
        clock_offset: timedelta = timedelta(0),
        token: str = TOKEN,
    ) -> None:
        self.name = name
        self.environment = dict(environment or {})
        self.clock_offset = clock_offset
        self.starts = 0
        self._killed = False
        self._server = server
        self.database_url = database_url
        self._shards = shard_ids or list(range(shard_count or server.shards))
        self._process: subprocess.Popen[bytes] | None = None
        self._log_path = directory / f"{name}.log"
        self._plan_path = directory / f"{name}.json"
        self._settings_path = directory / f"{name}.toml"
        self.settings: dict[str, dict[str, object]] = {
            "discord": {"token": token},
            "agenda": dict(agenda or {}),
        }
        if shard_count is not None:
            self.settings["discord"]["shard_count"] = shard_count
        if shard_ids is not None:
            self.settings["discord"]["shard_ids"] = shard_ids
        for section, values in (settings or {}).items():
            self.settings.setdefault(section, {}).update(values)

    async def __aenter__(self) -> Self:
        await self.start()
        try:
            await self.wait_ready()
        except BaseException:
            await self.put_away()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        await self.put_away()
        if error is not None:
            error.add_note(f"the log of {self.name} ends:\n{self.log[-TAIL:]}")

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    @property
    def log(self) -> str:
        """What it has written, in all its lives."""
        if not self._log_path.exists():
            return ""
        return self._log_path.read_text(encoding="utf-8", errors="replace")

    async def start(self) -> None:
        """Start it, without waiting for anything but the end of a life that was killed."""
        if self._killed:
            await self.ended()
        self._killed = False
        assert not self.running, f"{self.name} is running"
        self._write_plan()
        self.starts += 1
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("AMBLE_")}
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220 - started in a millisecond
                [sys.executable, "-m", "tests.wire.bot_process", str(self._plan_path)],
                cwd=ROOT,
                env={**inherited, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    async def wait_ready(self, timeout: float = 60.0) -> None:  # noqa: ASYNC109 - told in its contract
        """Wait until its shards were told of all their servers; AssertionError if it ends."""
        try:
            await self._server.until(lambda: not self.running or self._is_ready(), timeout)
        except TimeoutError as error:
            error.add_note(f"the log of {self.name} ends:\n{self.log[-TAIL:]}")
            raise
        assert self.running, f"{self.name} ended before it was ready:\n{self.log[-TAIL:]}"

    def kill(self) -> None:
        """Kill it at once."""
        self._killed = True
        if self._process is not None:
            self._process.kill()

    async def terminate(self, timeout: float = 15.0) -> tuple[int, float]:  # noqa: ASYNC109 - as above
        """Ask it to stop; return its exit code, and how many seconds it took."""
        assert self._process is not None
        asked = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        return await self.ended(timeout), time.monotonic() - asked

    async def ended(self, timeout: float = 5.0) -> int:  # noqa: ASYNC109 - as above
        """Wait for its end and return its exit code; negative: by that signal."""
        process = self._process
        assert process is not None
        await self._server.until(lambda: process.poll() is not None, timeout)
        await self._server.until(lambda: not self._server.gateway.connections(process=self.name))
        return int(process.returncode)

    async def put_away(self) -> None:
        """Kill it if it still runs."""
        if self._process is not None:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)

    def _is_ready(self) -> bool:
        there = self._server.gateway.connections(process=self.name)
        ready = {one.shard for one in there if one.ready_at and one.sent_everything}
        return ready >= set(self._shards)

    def _write_plan(self) -> None:
        way = Way(
            self._server.rest_door.port,
            self._server.gateway_door.port,
            self._server.authority,
            self._server.address_of(self.name),
        )
        plan = {
            "way": asdict(way),
            "settings": str(self._settings_path),
            "database_url": self.database_url,
            "clock_offset": self.clock_offset.total_seconds(),
        }
        self._plan_path.write_text(json.dumps(plan), encoding="utf-8")
        self._settings_path.write_text(_toml(self.settings), encoding="utf-8")


def _toml(settings: Mapping[str, Section]) -> str:
    """Write settings down; strings, numbers, booleans and lists look in TOML as in JSON."""
    lines: list[str] = []
    for section, values in settings.items():
        lines.append(f"[{section}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    return "\n".join(lines)
