"""SQLite: a plain engine in threads of its own, one of them the only one that writes.

Each statement through an asynchronous driver costs several hops between threads; a whole unit of
work in one hop takes a quarter of the time.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event

from bot.storage.errors import Unreachable, translated

T = TypeVar("T")
Work = Callable[[Connection], T]

READERS = 2
# How long to wait for another process (a backup, `amble audit`) before saying Busy, in seconds.
BUSY_AFTER = 5.0


def sqlite_url(url: URL) -> URL:
    """Return `url` with the driver used here; raises Unreachable where no file can be."""
    path = url.database
    if path in (None, "", ":memory:"):
        raise Unreachable("SQLite in memory is not supported; name a file, as sqlite:///amble.db")
    parent = Path(path).absolute().parent
    if not parent.is_dir():
        raise Unreachable(f"The directory {parent} does not exist; create it first.")
    return url.set(drivername="sqlite+pysqlite")


def create_sqlite_engine(
    url: URL, *, begin: str, pragmas: tuple[str, ...], pool_size: int = 1
) -> Engine:
    """Return an engine whose transactions open with `begin`, whose connections run `pragmas`."""
    engine = create_engine(
        sqlite_url(url),
        pool_size=pool_size,
        max_overflow=0,
        connect_args={"timeout": BUSY_AFTER},
    )

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # Without this the sqlite3 module opens transactions by its own rules.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


class SqliteBackend:
    """One writing thread and a few reading ones, over one file."""

    def __init__(self, url: URL) -> None:
        """Open nothing yet; `open` does."""
        self._writing = create_sqlite_engine(
            url,
            begin="BEGIN IMMEDIATE",
            pragmas=("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"),
        )
        self._reading = create_sqlite_engine(
            url,
            begin="BEGIN",
            pragmas=("query_only=ON",),
            pool_size=READERS,
        )
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="amble-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="amble-reader")

    async def open(self) -> None:
        """Connect once, so that a file that cannot be opened is known at once."""
        try:
            await self.begin_write(_look)
        except BaseException:
            await self.close()
            raise

    def begin_write(self, work: Work[T]) -> asyncio.Future[T]:
        """Queue `work` for the writing thread; what is queued runs whoever still waits."""
        return self._run(self._writer, self._writing, work)

    def begin_read(self, work: Work[T]) -> asyncio.Future[T]:
        """Run `work` in a reading thread, on one snapshot."""
        return self._run(self._readers, self._reading, work)

    def _run(
        self, executor: ThreadPoolExecutor, engine: Engine, work: Work[T]
    ) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(executor, partial(_in_transaction, engine, work))

    async def close(self) -> None:
        """Close the connections in the threads that opened them, then end the threads."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._readers, self._reading.dispose)
        # The last connection to close takes the write-ahead log along, and only a writer can.
        await loop.run_in_executor(self._writer, self._writing.dispose)
        self._readers.shutdown()
        self._writer.shutdown()


def _in_transaction(engine: Engine, work: Work[T]) -> T:
    with translated(), engine.begin() as connection:
        return work(connection)


def _look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
