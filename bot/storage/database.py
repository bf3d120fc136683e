"""The one seam between Amble and its database.

A unit of work is a plain function ``fn(conn, …)``. It runs in a transaction of its own, which is
committed when `fn` returns and undone when it raises; on PostgreSQL it may run again from the
start after losing to another transaction, so it must do nothing but read and write the database.

PostgreSQL runs writers side by side: a unit that reads a row to decide what to write to it must
read it ``.with_for_update()`` (SQLite, where writers queue, leaves that out).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, Self, TypeVar

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from bot import metrics
from bot.storage.errors import StorageError, Unreachable
from bot.storage.postgres import PostgresBackend
from bot.storage.sqlite import SqliteBackend
from bot.storage.trouble import Operation, Trouble

P = ParamSpec("P")
T = TypeVar("T")

Dialect = Literal["sqlite", "postgresql"]

_log = logging.getLogger(__name__)


class Backend(Protocol):
    """What differs between the databases. Both `begin_…` start at once and end by themselves."""

    async def open(self) -> None:
        """Connect."""
        ...

    def begin_write(self, work: Callable[[Connection], T]) -> asyncio.Future[T]:
        """Begin a unit of work that writes."""
        ...

    def begin_read(self, work: Callable[[Connection], T]) -> asyncio.Future[T]:
        """Begin a unit of work that only reads."""
        ...

    async def close(self) -> None:
        """Wait for what is in hand, and disconnect."""
        ...


class Database:
    """An open database; get one from `open_database`, give it back with `close`."""

    def __init__(self, dialect: Dialect, backend: Backend) -> None:
        """Take over `backend`, which is open."""
        self.dialect: Dialect = dialect
        self._backend = backend
        self._in_hand: set[asyncio.Future[Any]] = set()
        self._closed = False
        self._trouble = Trouble()

    @property
    def trouble(self) -> StorageError | None:
        """What keeps Amble from saving or reading just now; None while all is well.

        Known from what was last tried: a heartbeat that is saved ends it.
        """
        return self._trouble.error

    async def write(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn` in a writing transaction and return what it returned, once that is saved.

        What has begun is carried through even if the caller is cancelled. Raises StorageError
        where the database fails, and whatever `fn` raises; then nothing was saved, but for a
        failing commit, of which nobody knows (see `bot.storage.errors`).
        """
        self._refuse_when_closed()
        return await self._carried_through(
            "write", self._backend.begin_write(lambda conn: fn(conn, *args, **kwargs))
        )

    async def read(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn` on one snapshot that holds every write so far; raises ReadOnly if it writes."""
        self._refuse_when_closed()
        return await self._carried_through(
            "read", self._backend.begin_read(lambda conn: fn(conn, *args, **kwargs))
        )

    async def close(self) -> None:
        """Wait for what is in hand, then close every connection. May be called again."""
        if self._closed:
            return
        self._closed = True
        if self._in_hand:
            await asyncio.wait(self._in_hand)
        await self._backend.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.close()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise Unreachable("The database is closed: Amble is stopping.")

    async def _carried_through(self, operation: Operation, future: asyncio.Future[T]) -> T:
        """Await `future`; our own cancellation does not reach it.

        A cancelled transaction is where drivers leave locks behind, so reads are spared as well.
        """
        self._in_hand.add(future)
        future.add_done_callback(self._in_hand.discard)
        future.add_done_callback(partial(_measure, operation, time.monotonic()))
        future.add_done_callback(partial(self._note, operation))
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            future.add_done_callback(_log_unheard_failure)
            raise

    def _note(self, operation: Operation, future: asyncio.Future[Any]) -> None:
        """Keep book of trouble; what the unit of work itself refused says nothing of the disk."""
        if future.cancelled():
            return
        error = future.exception()
        if isinstance(error, StorageError):
            self._trouble.failed(operation, error)
        elif error is None:
            self._trouble.worked(operation)


async def open_database(url: str) -> Database:
    """Connect to ``sqlite:///FILE`` or ``postgresql://USER:PASSWORD@HOST/NAME``.

    Makes the SQLite file where there is none, but no tables (see `migrate.ensure`). Raises
    StorageError where the database cannot be used.
    """
    parsed = parse_url(url)
    dialect: Dialect
    backend: Backend
    if parsed.get_backend_name() == "sqlite":
        dialect, backend = "sqlite", SqliteBackend(parsed)
    else:
        dialect, backend = "postgresql", PostgresBackend(parsed)
    await backend.open()
    return Database(dialect, backend)


def parse_url(url: str) -> URL:
    """Return `url` in its parts; raises Unreachable where it names neither SQLite nor PostgreSQL.

    The drivers are Amble's choice, so ``sqlite+aiosqlite`` and the like mean the same.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The cause repeats the address, perhaps with its password.
        raise Unreachable(
            "The database's address is not one; write sqlite:///FILE or"
            " postgresql://USER:PASSWORD@HOST/NAME"
        ) from None
    scheme = parsed.get_backend_name()
    if scheme == "postgres":
        return parsed.set(drivername="postgresql")
    if scheme not in ("sqlite", "postgresql"):
        raise Unreachable(
            f"Amble keeps its data in SQLite or PostgreSQL, not in {scheme}; write sqlite:///FILE"
            " or postgresql://USER:PASSWORD@HOST/NAME"
        )
    return parsed


def _measure(operation: str, began: float, future: asyncio.Future[Any]) -> None:
    # What the unit of work itself refused is no fault of the database.
    failed = future.cancelled() or isinstance(future.exception(), StorageError)
    metrics.database_ended(operation, "error" if failed else "ok", time.monotonic() - began)


def _log_unheard_failure(future: asyncio.Future[Any]) -> None:
    if not future.cancelled() and (error := future.exception()) is not None:
        _log.error("a unit of work failed after its caller had gone", exc_info=error)
