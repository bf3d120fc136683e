"""PostgreSQL through asyncpg; units of work run in a greenlet on the event loop.

A connection that the server ended, that got no answer, or that found its server read-only (after a
failover it may be the one that gave way) is thrown away with all that are as old: the next unit of
work connects anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from sqlalchemy import URL, Connection, event, exc
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import (
    DEADLOCK,
    READ_ONLY,
    SERIALIZATION_FAILURE,
    Busy,
    Corrupt,
    DiskFull,
    Explain,
    ReadOnly,
    StorageError,
    Unreachable,
    sqlstate,
    translated,
)

T = TypeVar("T")
Work = Callable[[Connection], T]

CONNECTIONS = 10
ATTEMPTS = 4  # the first and three more
# Seconds: as patient with a lock as SQLite's side, and not much more with a lost server.
CONNECT_TIMEOUT = 10
LOCK_TIMEOUT = "5s"
# A server that is gone without a word is noticed by its silence; no statement of ours takes long.
ANSWER_TIMEOUT = 30


def postgres_url(url: URL) -> URL:
    """Return `url` for asyncpg, which calls `ssl` what libpq calls `sslmode`."""
    query = {"ssl" if key == "sslmode" else key: value for key, value in url.query.items()}
    return url.set(drivername="postgresql+asyncpg", query=query)


def create_postgres_engine(
    url: URL, *, pool_size: int = CONNECTIONS, answer_timeout: float | None = None
) -> AsyncEngine:
    """Return an engine whose statements may take `answer_timeout` seconds, or any time.

    Raises Unreachable where the driver is not installed.
    """
    try:
        engine = create_async_engine(
            postgres_url(url),
            pool_size=pool_size,
            max_overflow=0,
            connect_args={
                "timeout": CONNECT_TIMEOUT,
                "command_timeout": answer_timeout,
                "server_settings": {"application_name": "amble", "lock_timeout": LOCK_TIMEOUT},
            },
        )
    except ModuleNotFoundError as error:
        raise Unreachable(
            "PostgreSQL needs its driver: pip install 'amble[postgres]' (or asyncpg)"
        ) from error
    event.listen(engine.sync_engine, "handle_error", _part_if_useless)
    return engine


def _part_if_useless(context: ExceptionContext) -> None:
    error = context.original_exception
    if isinstance(error, TimeoutError) or sqlstate(error) == READ_ONLY:
        context.is_disconnect = True


class PostgresBackend:
    """A pool of connections; each unit of work has one to itself."""

    def __init__(self, url: URL) -> None:
        """Open nothing yet; `open` does."""
        self._engine = create_postgres_engine(url, answer_timeout=ANSWER_TIMEOUT)
        self._explain = partial(_explain, url)
        # As on SQLite, a reader sees one snapshot and writes nothing.
        self._reading = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    async def open(self) -> None:
        """Connect once, so that a server that cannot be reached is known at once."""
        try:
            await self.begin_read(_look)
        except BaseException:
            await self.close()
            raise

    def begin_write(self, work: Work[T]) -> asyncio.Future[T]:
        """Run `work` in a transaction of its own, again where it lost to another one."""
        return asyncio.create_task(_in_transaction(self._engine, work, self._explain))

    def begin_read(self, work: Work[T]) -> asyncio.Future[T]:
        """Run `work` on one snapshot, read only."""
        return asyncio.create_task(_in_transaction(self._reading, work, self._explain))

    async def close(self) -> None:
        """Close the pool's connections."""
        await self._engine.dispose()


async def _in_transaction(engine: AsyncEngine, work: Work[T], explain: Explain) -> T:
    """Run `work`, a pure unit of work, up to ATTEMPTS times; raises what the last one raised."""
    with translated(explain):
        for _ in range(ATTEMPTS - 1):
            worked = False
            try:
                async with engine.begin() as connection:
                    result = await connection.run_sync(work)
                    worked = True
                return result
            except exc.DBAPIError as error:
                if not _worth_another_try(error, committing=worked):
                    raise
        async with engine.begin() as connection:
            return await connection.run_sync(work)


def _worth_another_try(error: exc.DBAPIError, *, committing: bool) -> bool:
    state = sqlstate(error)
    if state in (DEADLOCK, SERIALIZATION_FAILURE):
        return True
    if state == READ_ONLY:
        return False
    # A connection that the server closed meanwhile says so at its first use. One that is lost
    # during the commit does not tell whether the commit happened: never do that work twice.
    return error.connection_invalidated and not committing


def _explain(url: URL, kind: type[StorageError], cause: BaseException) -> StorageError:
    """Return the error of that kind in the operator's words, without the password."""
    name, host = url.database, url.host or url.query.get("host") or "this machine"
    on_itself = "Amble goes on by itself."
    words: dict[type[StorageError], str] = {
        Busy: f"The database {name} on {host} has no connection or no lock to spare. See who holds"
        " them in pg_stat_activity, and max_connections.",
        DiskFull: f"The disk of the PostgreSQL server on {host} is full. Free some space there;"
        f" {on_itself}",
        ReadOnly: f"The PostgreSQL server on {host} takes no writes: it is a standby, or"
        f" default_transaction_read_only is on. Change that there, or the address; {on_itself}",
        Corrupt: f"The database {name} on {host} is damaged. Stop Amble, look at the server's log"
        " and disk, and restore a backup.",
        Unreachable: f"The database {name} on {host} cannot be reached, or does not answer. See"
        f" that the server runs and that address and password are right; {on_itself}",
    }
    said = str(cause) or type(cause).__name__
    return kind(f"{words.get(kind, kind.__name__)} ({said})")


def _look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1").scalar_one()
