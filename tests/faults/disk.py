"""Disks that fail, and what must hold afterwards."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from bot.domain.ids import SessionId, UserId
from bot.services.auditing import audit
from bot.storage import attendances, memberships
from bot.storage.database import Database, open_database
from tests.faults.disk_worker import NOW, people
from tests.services.town import DAY, GUILD, MONDAY, opened_town

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).with_name("disk_faults.c")
PATIENCE = 30.0
"""Seconds after which what is waited for will not come."""


@dataclass
class Disk:
    """A directory whose disk fails as told, for processes started with `environment`."""

    directory: Path
    library: Path
    _control: Path = field(init=False)

    def __post_init__(self) -> None:
        self._control = self.library.with_suffix(".fault")

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self.library),
            "DISK_FAULTS": str(self._control),
            "DISK_FAULTS_UNDER": str(self.directory),
        }

    def fail(self, how: str) -> None:
        # Renamed into place: never half of a word.
        fresh = self._control.with_suffix(".new")
        fresh.write_text(how)
        fresh.rename(self._control)

    def heal(self) -> None:
        self._control.unlink(missing_ok=True)


def compile_library(into: Path) -> Path:
    """Compile what makes a disk fail; skips where that cannot be."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("a failing disk needs Linux and a C compiler")
    library = into / "disk_faults.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True
    )
    return library


@dataclass
class SmallDisk:
    """A file system of a few megabytes in a mount namespace of its own, which goes with it."""

    directory: Path
    holder: int

    @property
    def enter(self) -> list[str]:
        """What a command begins with that is to see it."""
        return ["nsenter", "--target", str(self.holder), "--mount"]

    @property
    def seen_from_here(self) -> Path:
        return Path("/proc", str(self.holder), "root", *self.directory.parts[1:])

    def fill(self) -> None:
        """Write until nothing more fits, however often something is freed meanwhile."""
        with (self.seen_from_here / "ballast").open("ab", buffering=0) as ballast:
            for size in (1 << 20, 4096, 1):
                with suppress(OSError):
                    while ballast.write(bytes(size)):
                        pass

    def free(self) -> None:
        (self.seen_from_here / "ballast").unlink()


@contextmanager
def small_disk(directory: Path, megabytes: int = 8) -> Generator[SmallDisk]:
    """Mount a small disk on `directory`; skips where that is not permitted."""
    directory.mkdir()
    script = f'mount -t tmpfs -o size={megabytes}m amble "$0" && echo ready && exec cat'
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        pytest.skip("a small disk needs unshare and nsenter")
    with subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", script, str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        try:
            if holder.stdout.readline() != "ready\n":
                pytest.skip("mounting a small disk is not permitted here")
            yield SmallDisk(directory, holder.pid)
        finally:
            holder.stdin.close()


class Worker:
    """The process of `disk_worker`, and what it said so far."""

    def __init__(
        self,
        url: str,
        sessions: list[SessionId],
        environment: dict[str, str] | None = None,
        enter: list[str] | None = None,
    ) -> None:
        self.lines: list[str] = []
        arguments = [url, *(str(each) for each in sessions)]
        self._process = subprocess.Popen(
            [*(enter or []), sys.executable, "-m", "tests.faults.disk_worker", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.kill()

    @property
    def saved(self) -> list[tuple[int, int, int]]:
        """Member, session and minutes of each acknowledged answer."""
        found = [line.split()[1:] for line in list(self.lines) if line.startswith("saved ")]
        return [(int(user), int(session), int(minutes)) for user, session, minutes in found]

    def said(self, beginning: str) -> list[str]:
        return [line for line in list(self.lines) if line.startswith(beginning)]

    def wait_for(self, beginning: str, more: int = 1) -> None:
        """Wait for so many more lines that begin so."""
        wanted = len(self.said(beginning)) + more
        self._wait(lambda: len(self.said(beginning)) >= wanted, f"{more} more of {beginning!r}")

    def stop(self) -> None:
        """Have it end in order."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(PATIENCE) == 0, "\n".join(self.lines[-5:])
        self._reader.join()

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not condition():
            ended = self._process.poll() is not None and not self._reader.is_alive()
            last = "\n".join(self.lines[-5:])
            assert not ended, f"it ended while waiting for {what}:\n{last}"
            assert time.monotonic() < until, f"waited in vain for {what}:\n{last}"
            time.sleep(0.01)


async def prepare(url: str) -> list[SessionId]:
    """Found a group in which one session has settled and another is open; return both."""
    async with await open_database(url) as db:
        town, _, first = await opened_town(db, len(people()))
        await town.live_until(NOW)
        second = await town.session(MONDAY + DAY)
        return [first.id, second.id]


async def assert_nothing_lost(url: str, saved: list[tuple[int, int, int]]) -> None:
    """Compare what was acknowledged with what is there, and every streak with its history."""
    async with await open_database(url) as db:
        there = Counter(await _answers(db, {session for _, session, _ in saved}))
        assert [answer for answer in saved if there[answer] != 1] == []
        assert [answer for answer, times in there.items() if times != 1] == []
        assert await audit(db) == []
        if db.dialect == "sqlite":
            check = await db.read(lambda conn: conn.exec_driver_sql("PRAGMA integrity_check").all())
            assert [str(row[0]) for row in check] == ["ok"]


async def _answers(db: Database, sessions: set[int]) -> list[tuple[int, int, int]]:
    """Return every answer that was ever given for these sessions, the changed ones as well."""
    found: list[tuple[int, int, int]] = []
    for person in people():
        [member] = await db.read(memberships.of_user, GUILD, UserId(person.user_id))
        for session in sessions:
            changes = await db.read(attendances.history, GUILD, member.id, SessionId(session))
            found += [(person.user_id, session, change.details.minutes or 0) for change in changes]
    return found
