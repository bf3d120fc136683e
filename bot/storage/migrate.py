"""The database's version: which one it has, and how it comes to ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, inspect

from bot.storage.database import parse_url
from bot.storage.errors import SchemaError, translated
from bot.storage.postgres import create_postgres_engine
from bot.storage.sqlite import create_sqlite_engine

T = TypeVar("T")

MIGRATIONS = files("bot.storage") / "migrations"
_VERSION_TABLE = "alembic_version"
# Any number will do, as long as every Amble uses the same; this one spells "amble".
_LOCK = 0x616D626C65


class SchemaState(StrEnum):
    """How a database's version compares with this Amble's."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"  # a version that this Amble does not know
    UNKNOWN = "unknown"  # tables, but no version


async def ensure(db_url: str, migrate_at_start: bool) -> None:  # noqa: FBT001 - named in the settings
    """Leave the database at this Amble's version, or raise SchemaError with what to do.

    An older one is migrated only if `migrate_at_start`; an empty one always. Raises StorageError
    where the database cannot be reached.
    """
    found = await asyncio.to_thread(state, db_url)
    if found is SchemaState.CURRENT:
        return
    if found is SchemaState.OLDER and not migrate_at_start:
        raise SchemaError(
            "The database is older than this Amble, and migrating at start is switched off."
            " Make a backup, then run: amble migrate"
        )
    await asyncio.to_thread(upgrade, db_url)


def state(url: str) -> SchemaState:
    """Return how the database compares with this Amble. Blocks; creates nothing."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        return SchemaState.EMPTY
    return _on_connection(url, _state, begin="BEGIN")


def upgrade(url: str, to: str = "head") -> tuple[str | None, str]:
    """Bring the database to this Amble's version; return its revision before and after.

    `to` stops at an older revision, for a copy of a database that stands there.

    Blocks. One transaction: it happens whole or not at all. Two processes that start together
    wait for one another. Raises SchemaError for a version that is newer or unknown.
    """
    return _on_connection(url, partial(_upgrade, to=to), begin="BEGIN IMMEDIATE")


def revision(connection: Connection) -> str | None:
    """Return the revision at which a database stands; None where it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    # A percent sign in a path would be taken for an interpolation.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _state(connection: Connection) -> SchemaState:
    scripts = ScriptDirectory.from_config(_config())
    found = revision(connection)
    if found is None:
        tables = set(inspect(connection).get_table_names()) - {_VERSION_TABLE}
        return SchemaState.UNKNOWN if tables else SchemaState.EMPTY
    if found == scripts.get_current_head():
        return SchemaState.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState.OLDER if found in known else SchemaState.NEWER


def _upgrade(connection: Connection, to: str) -> tuple[str | None, str]:
    if connection.dialect.name == "postgresql":
        _wait_for_other_migrations(connection)
    before = revision(connection)
    _refuse_foreign(_state(connection), before)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if connection.dialect.name == "sqlite":
        _check_foreign_keys(connection)
    after = revision(connection)
    if after is None:
        raise SchemaError("This installation of Amble has lost its migrations; install it again.")
    return before, after


def _wait_for_other_migrations(connection: Connection) -> None:
    # They may take longer than the patience that a member's click has with a lock.
    connection.exec_driver_sql("SET LOCAL lock_timeout = '10min'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")


def _refuse_foreign(found: SchemaState, stands_at: str | None) -> None:
    if found is SchemaState.NEWER:
        raise SchemaError(
            f"The database is at version {stands_at}, which this Amble does not know: a newer Amble"
            " has used it. Install that version or a later one, or restore a backup made by this"
            " one. Nothing was changed."
        )
    if found is SchemaState.UNKNOWN:
        raise SchemaError(
            "The database holds tables but no version of Amble: it belongs to something else, or"
            " is damaged. Name an empty database in [database] url, or restore a backup. Nothing"
            " was changed."
        )


def _check_foreign_keys(connection: Connection) -> None:
    """Look for rows without their parent, as foreign keys are off while SQLite migrates."""
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        names = ", ".join(sorted({str(row[0]) for row in orphans}))
        raise SchemaError(
            f"Migrating would leave {len(orphans)} rows without what they belong to (in {names})."
            " Nothing was changed; please report this."
        )


def _on_connection(url: str, fn: Callable[[Connection], T], *, begin: str) -> T:
    """Run `fn` in one transaction on a connection of its own; foreign keys are off on SQLite.

    With them on, the rebuilding of a table in batch mode deletes the rows that refer to it.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "postgresql":
        return asyncio.run(_on_postgres(parsed, fn))
    engine = create_sqlite_engine(parsed, begin=begin, pragmas=("foreign_keys=OFF",))
    try:
        with translated(), engine.begin() as connection:
            return fn(connection)
    finally:
        engine.dispose()


async def _on_postgres(url: URL, fn: Callable[[Connection], T]) -> T:
    engine = create_postgres_engine(url, pool_size=1)
    try:
        with translated():
            async with engine.begin() as connection:
                return await connection.run_sync(fn)
    finally:
        await engine.dispose()
