"""PostgreSQL through asyncpg; units of work run in a greenlet on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import URL, Connection, exc
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import DEADLOCK, SERIALIZATION_FAILURE, Unreachable, sqlstate, translated

T = TypeVar("T")
Work = Callable[[Connection], T]

CONNECTIONS = 10
ATTEMPTS = 4  # the first and three more
# Seconds: as patient with a lock as SQLite's side, and not much more with a lost server.
CONNECT_TIMEOUT = 10
LOCK_TIMEOUT = "5s"


def postgres_url(url: URL) -> URL:
    """Return `url` for asyncpg, which calls `ssl` what libpq calls `sslmode`."""
    query = {"ssl" if key == "sslmode" else key: value for key, value in url.query.items()}
    return url.set(drivername="postgresql+asyncpg", query=query)


def create_postgres_engine(url: URL, *, pool_size: int = CONNECTIONS) -> AsyncEngine:
    """Return an engine; raises Unreachable where the driver is not installed."""
    try:
        return create_async_engine(
            postgres_url(url),
            pool_size=pool_size,
            max_overflow=0,
            connect_args={
                "timeout": CONNECT_TIMEOUT,
                "server_settings": {"application_name": "amble", "lock_timeout": LOCK_TIMEOUT},
            },
        )
    except ModuleNotFoundError as error:
        raise Unreachable(
            "PostgreSQL needs its driver: pip install 'amble[postgres]' (or asyncpg)"
        ) from error


class PostgresBackend:
    """A pool of connections; each unit of work has one to itself."""

    def __init__(self, url: URL) -> None:
        """Open nothing yet; `open` does."""
        self._engine = create_postgres_engine(url)
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
        return asyncio.create_task(_in_transaction(self._engine, work))

    def begin_read(self, work: Work[T]) -> asyncio.Future[T]:
        """Run `work` on one snapshot, read only."""
        return asyncio.create_task(_in_transaction(self._reading, work))

    async def close(self) -> None:
        """Close the pool's connections."""
        await self._engine.dispose()


async def _in_transaction(engine: AsyncEngine, work: Work[T]) -> T:
    """Run `work`, a pure unit of work, up to ATTEMPTS times; raises what the last one raised."""
    with translated():
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
    if sqlstate(error) in (DEADLOCK, SERIALIZATION_FAILURE):
        return True
    # A connection that the server closed meanwhile says so at its first use. One that is lost
    # during the commit does not tell whether the commit happened: never do that work twice.
    return error.connection_invalidated and not committing


def _look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1").scalar_one()
