"""SQLite: a plain engine in threads of its own, one of them the only one that writes.

Each statement through an asynchronous driver costs several hops between threads; a whole unit of
work in one hop takes a quarter of the time.

After a write that failed for another reason than a full disk or a lock, the next one opens every
connection anew: one that was opened while the disk was read-only stays so for ever, and as they
share the log's index, so do all that come to it. On a full disk the open ones are kept, for SQLite
undoes what did not fit, and new ones would need room.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, FromClause, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import ExceptionContext
from typing_extensions import override

from bot.storage.errors import (
    Busy,
    Corrupt,
    ReadOnly,
    Unreachable,
    sqlite_kind,
    translated,
)
from bot.storage.sqlite_file import Found, SqliteFile

T = TypeVar("T")
Work = Callable[[Connection], T]

_log = logging.getLogger(__name__)

READERS = 2
# How long to wait for another process (a backup, `amble audit`) before saying Busy, in seconds.
BUSY_AFTER = 5.0
SPOILED = (ReadOnly, Corrupt, Unreachable)
"""What a connection does not recover from, or may not."""


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
    url: URL,
    *,
    begin: str,
    pragmas: tuple[str, ...],
    pool_size: int = 1,
    file: SqliteFile | None = None,
) -> Engine:
    """Return an engine whose transactions open with `begin`, whose connections run `pragmas`.

    It makes the file where there is none, unless `file` was open already.
    """
    checked = sqlite_url(url)
    path = Path(checked.database or "").absolute()
    watched = file or SqliteFile(path)

    def connect() -> sqlite3.Connection:
        mode = "rw" if watched.known else "rwc"
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_AFTER,
            # Without this the sqlite3 module opens transactions by its own rules.
            isolation_level=None,
            # The pool hands a connection to one thread at a time.
            check_same_thread=False,
        )
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").close()
            watched.recognise(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(checked, pool_size=pool_size, max_overflow=0, creator=connect)
    engine.dialect.statement_compiler = _Hinting

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", start)
    event.listen(engine, "handle_error", _close_if_spoiled)
    return engine


class _Hinting(SQLiteCompiler):
    """Writes what `Select.with_hint` asks for, which SQLAlchemy leaves out for SQLite."""

    @override
    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        return text


def _close_if_spoiled(context: ExceptionContext) -> None:
    if sqlite_kind(context.original_exception) in SPOILED:
        context.is_disconnect = True


class SqliteBackend:
    """One writing thread and a few reading ones, over one file."""

    def __init__(self, url: URL) -> None:
        """Open nothing yet; `open` does."""
        checked = sqlite_url(url)
        self._file = SqliteFile(Path(checked.database or "").absolute())
        # The checkpoint proves that the disk takes what is written. And a commit that came to
        # stand in the log, though its sync failed, is on the disk before the next one builds on it.
        self._writing = create_sqlite_engine(
            checked,
            begin="BEGIN IMMEDIATE",
            pragmas=(
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                "wal_checkpoint(TRUNCATE)",
            ),
            file=self._file,
        )
        event.listen(self._writing, "close", lambda *_: self._file.forget_log())
        self._reading = create_sqlite_engine(
            checked,
            begin="BEGIN",
            pragmas=("query_only=ON",),
            pool_size=READERS,
            file=self._file,
        )
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="amble-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="amble-reader")
        self._gate = _Gate(1 + READERS)
        self._held_up = False
        """Whether the last write waited in vain for another process."""
        self._spoiled = False
        """Whether the last write failed so that the connections are of no use any more."""

    async def open(self) -> None:
        """Connect once, so that a file that cannot be opened is known at once."""
        try:
            await self.begin_write(_look)
        except BaseException:
            await self.close()
            raise

    def begin_write(self, work: Work[T]) -> asyncio.Future[T]:
        """Queue `work` for the writing thread; what is queued runs whoever still waits."""
        unit = partial(self._write, work, time.monotonic())
        return asyncio.get_running_loop().run_in_executor(self._writer, unit)

    def begin_read(self, work: Work[T]) -> asyncio.Future[T]:
        """Run `work` in a reading thread, on one snapshot."""
        unit = partial(self._read, work)
        return asyncio.get_running_loop().run_in_executor(self._readers, unit)

    async def close(self) -> None:
        """Close the connections in the threads that opened them, then end the threads."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._readers, self._reading.dispose)
        # The last connection to close takes the write-ahead log along, and only a writer can.
        await loop.run_in_executor(self._writer, self._writing.dispose)
        self._readers.shutdown()
        self._writer.shutdown()

    def _read(self, work: Work[T]) -> T:
        with translated(self._file.explain):
            self._put_right()
            with self._gate.passage(), self._reading.begin() as connection:
                return work(connection)

    def _write(self, work: Work[T], asked_at: float) -> T:
        try:
            with translated(self._file.explain):
                self._put_right()
                if self._spoiled:
                    self._close_all()
                with self._gate.passage(), self._writing.connect() as connection:
                    self._be_patient(connection, asked_at)
                    with connection.begin():
                        result = work(connection)
                self._file.note_log()
                self._confirm()
        except Busy:
            self._held_up = True
            raise
        except SPOILED:
            self._spoiled = True
            raise
        self._held_up = self._spoiled = False
        return result

    def _close_all(self) -> None:
        with self._gate.alone():
            self._reading.dispose()
            self._writing.dispose()

    def _confirm(self) -> None:
        """Make sure that what was committed is in the file that stands there: only that is saved.

        Raises Unreachable where it is not known to be.
        """
        found = self._file.look()
        if found is Found.ANOTHER:
            raise self._file.replaced()
        if found is Found.LOG_LOST:
            self._put_right()

    def _put_right(self) -> None:
        """Begin anew on the file that stands there, where that is not what is open.

        Raises Unreachable where that cannot be yet.
        """
        if self._file.look() is Found.SAME:
            return
        with self._gate.alone():
            # Another thread may have done it while this one waited.
            found = self._file.look()
            if found is Found.LOG_LOST:
                self._save_lost_log()
            elif found is Found.ANOTHER:
                self._reading.dispose()
                self._writing.dispose()
                self._file.forget()

    def _save_lost_log(self) -> None:
        """Bring into the database what stands only in a log that nobody else can open any more."""
        self._reading.dispose()
        writer = self._writing.raw_connection()
        try:
            with closing(writer.cursor()) as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (busy, *_) = cursor.fetchone() or (1,)
        except sqlite3.Error as error:
            raise self._file.log_not_saved() from error
        finally:
            writer.close()
        if busy:
            raise self._file.log_not_saved()
        self._writing.dispose()
        _log.warning("%s", self._file.log_saved())

    def _be_patient(self, connection: Connection, asked_at: float) -> None:
        """Wait for the lock as long as is left: behind one in vain, many have waited as long."""
        left = BUSY_AFTER
        if self._held_up:
            left = max(0.0, BUSY_AFTER - (time.monotonic() - asked_at))
        if left != connection.info.get("patience", BUSY_AFTER):
            connection.connection.cursor().execute(f"PRAGMA busy_timeout={int(left * 1000)}")
            connection.info["patience"] = left


class _Gate:
    """Lets units of work through side by side, or one alone that puts the connections right."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._free = threading.Semaphore(places)
        self._one = threading.Lock()

    @contextmanager
    def passage(self) -> Generator[None]:
        with self._free:
            yield

    @contextmanager
    def alone(self) -> Generator[None]:
        with self._one:
            for _ in range(self._places):
                self._free.acquire()
            try:
                yield
            finally:
                self._free.release(self._places)


def _look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
