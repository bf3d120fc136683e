"""Lives of the bot that begin in milliseconds: forked from a process that has imported everything.

Each is a process of its own and runs what `tests.wire.bot_process` runs; only the seconds in which
Python reads the sources are left out. ``python -m tests.faults.nursery`` is the forking process.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import secrets
import signal
import subprocess
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from tests.wire.processes import ROOT, BotProcess
from tests.wire.server import WireDiscord

NEEDED_LATER = ("alembic.command", "alembic.context", "sqlalchemy.dialects.sqlite", "asyncpg")
"""What the bot imports only as it starts."""


class Nursery:
    """The process that lives are forked from, one after another; `async with` it."""

    def __init__(self) -> None:
        self._parent: subprocess.Popen[str] | None = None

    async def __aenter__(self) -> Self:
        self._parent = await asyncio.to_thread(_start)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        parent, self._parent = self._parent, None
        if parent is not None and parent.stdin is not None:
            parent.stdin.close()
            await asyncio.to_thread(parent.wait)
            if parent.stdout is not None:
                parent.stdout.close()

    def fork(self, plan: Path, log: Path, environment: dict[str, str]) -> Life:
        """Begin a life that runs `plan`."""
        parent = self._parent
        assert parent is not None
        assert parent.stdin is not None
        assert parent.stdout is not None
        order = {"plan": str(plan), "log": str(log), "environment": environment}
        parent.stdin.write(json.dumps(order) + "\n")
        parent.stdin.flush()
        return Life(int(parent.stdout.readline()), parent.stdout.fileno())


class Life:
    """A forked process, with what `BotProcess` needs of a Popen."""

    def __init__(self, pid: int, told: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._told = told
        """Where the parent writes its exit code."""

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""
        if self.returncode is None:
            os.set_blocking(self._told, False)
            try:
                # Nothing at all: its parent was ended as well.
                self.returncode = int(os.read(self._told, 64) or -signal.SIGKILL)
            except BlockingIOError:
                return None
            finally:
                os.set_blocking(self._told, True)
        return self.returncode

    def wait(self) -> int:
        """Wait for the end; return the exit code."""
        if self.returncode is None:
            self.returncode = int(os.read(self._told, 64) or -signal.SIGKILL)
        return self.returncode

    def send_signal(self, number: int) -> None:
        # Its parent waits for it and tells its end at once, but the number is its own until then.
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class ForkedBot(BotProcess):
    """The bot in a process of its own, each life of it forked."""

    def __init__(
        self,
        server: WireDiscord,
        database_url: str,
        directory: Path,
        nursery: Nursery,
        agenda: dict[str, object],
    ) -> None:
        super().__init__(server, database_url, directory, agenda=agenda)
        self.discord = server
        self._nursery = nursery

    async def start(self) -> None:
        """Start it, without waiting for anything but the end of a life that was killed."""
        if self._killed:
            await self.ended()
        self._killed = False
        assert not self.running, f"{self.name} is running"
        self._write_plan()
        self.starts += 1
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("AMBLE_")}
        environment = {**inherited, **self.environment}
        life = self._nursery.fork(self._plan_path, self._log_path, environment)
        self._process = cast("subprocess.Popen[bytes]", life)


def _start() -> subprocess.Popen[str]:
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nursery"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "ready\n"
    return parent


def main() -> None:
    """Fork a life for each order, and tell its number and how it ended."""
    importlib.import_module("tests.wire.bot_process")
    importlib.import_module("tests.faults.steps")
    for name in NEEDED_LATER:
        importlib.import_module(name)
    _tell("ready")
    # Not `for line in stdin`: a fork would inherit what was read ahead.
    while line := sys.stdin.readline():
        pid = os.fork()
        if not pid:
            _live(json.loads(line))
        _tell(pid)
        _, status = os.waitpid(pid, 0)
        _tell(os.waitstatus_to_exitcode(status))


def _tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _live(order: dict[str, Any]) -> None:
    """Become the bot; does not return."""
    from bot.storage import ids  # noqa: PLC0415 - not before the parent has said that it is ready
    from tests.wire import bot_process  # noqa: PLC0415 - as above

    code = 1
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        for number, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
            os.dup2(file, number)
        os.environ.clear()
        os.environ.update(order["environment"])
        # As in a process that imports it: no two lives begin with the same number.
        ids.restart(secrets.randbits(22))
        bot_process.main(Path(order["plan"]))
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        if isinstance(end.code, str):
            os.write(2, f"{end.code}\n".encode())
    except BaseException:  # noqa: BLE001 - what ends a process is told in its log
        os.write(2, traceback.format_exc().encode())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
