"""Copying all rows from one database to another, SQLite or PostgreSQL, in batches.

Both sides are plain connections. Where one of them is PostgreSQL's, the functions that take them
run in SQLAlchemy's greenlet: ``await greenlet_spawn(copy, source, target, tables)``.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    TIMESTAMP,
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    String,
    Table,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.types import TypeEngine

from bot.storage import tables as current
from bot.storage.columns import Instant
from bot.storage.database import parse_url
from bot.storage.errors import translated
from bot.storage.postgres import create_postgres_engine
from bot.storage.sqlite import create_sqlite_engine

BATCH = 1000
"""Rows held in memory at a time."""
VERSION_TABLE = "alembic_version"

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much; what it raises ends the work."""


def unheard(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


@asynccontextmanager
async def reading(url: str) -> AsyncGenerator[Connection]:
    """Connect for one snapshot that nobody's writing changes; raises StorageError, also inside."""
    parsed = parse_url(url)
    with translated():
        if parsed.get_backend_name() == "sqlite":
            engine = create_sqlite_engine(parsed, begin="BEGIN", pragmas=("query_only=ON",))
            try:
                with engine.begin() as connection:
                    yield connection
            finally:
                engine.dispose()
            return
        pool = create_postgres_engine(parsed, pool_size=1)
        snapshots = pool.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        try:
            async with snapshots.begin() as connection:
                yield _plain(connection.sync_connection)
        finally:
            await pool.dispose()


@asynccontextmanager
async def writing(url: str) -> AsyncGenerator[Connection]:
    """Connect for one transaction, which is kept if the block ends well; raises StorageError.

    Foreign keys are not looked at on SQLite: rows may come in any order, check them afterwards.
    """
    parsed = parse_url(url)
    with translated():
        if parsed.get_backend_name() == "sqlite":
            engine = create_sqlite_engine(
                parsed, begin="BEGIN IMMEDIATE", pragmas=("foreign_keys=OFF",)
            )
            try:
                with engine.begin() as connection:
                    yield connection
            finally:
                engine.dispose()
            return
        pool = create_postgres_engine(parsed, pool_size=1)
        try:
            async with pool.begin() as connection:
                yield _plain(connection.sync_connection)
        finally:
            await pool.dispose()


def tables_of(connection: Connection) -> list[Table]:
    """Return Amble's tables as they stand in a database, parents first, without its version.

    That may be an older version's: a column that is no more is known by what the database calls it.
    """
    inspector = inspect(connection)
    # All at once: a question for each table takes PostgreSQL a while.
    columns = {name: found for (_, name), found in inspector.get_multi_columns().items()}
    keys = {name: found for (_, name), found in inspector.get_multi_pk_constraint().items()}
    there = set(columns) - {VERSION_TABLE}
    known = current.metadata
    names = [table.name for table in known.sorted_tables if table.name in there]
    names += sorted(there - set(names))
    standing = MetaData()
    for name in names:
        of_key = keys[name]["constrained_columns"]
        Table(
            name,
            standing,
            *(
                Column(column["name"], _type(name, column), primary_key=column["name"] in of_key)
                for column in columns[name]
            ),
        )
    return [standing.tables[name] for name in names]


def copy(
    source: Connection,
    target: Connection,
    tables: Sequence[Table],
    progress: Progress = unheard,
) -> dict[str, int]:
    """Copy every row of `tables` into the target's, which are empty; return how many, by table."""
    counts = count(source, tables)
    total, done = sum(counts.values()), 0
    for table in tables:
        for batch in _batches(source, select(table)):
            target.execute(insert(table), [row._asdict() for row in batch])
            done += len(batch)
            progress(done, total)
    return counts


def count(connection: Connection, tables: Sequence[Table]) -> dict[str, int]:
    """Count rows, by table."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables
    }


def differing(
    source: Connection,
    target: Connection,
    tables: Sequence[Table],
    progress: Progress = unheard,
) -> str | None:
    """Compare two databases row by row; return the first table that differs, None for none."""
    total, done = sum(count(source, tables).values()), 0
    for table in tables:
        for one, other in zip_longest(_ordered(source, table), _ordered(target, table)):
            if one != other:
                return table.name
            done += 1
            if done % BATCH == 0:
                progress(done, total)
    return None


def _plain(connection: Connection | None) -> Connection:
    if connection is None:
        raise ValueError("the connection is not open")
    return connection


def _type(table: str, column: ReflectedColumn) -> TypeEngine[Any]:
    known = current.metadata.tables.get(table)
    if known is not None and column["name"] in known.c:
        return known.c[column["name"]].type
    if isinstance(column["type"], TIMESTAMP):
        return Instant()
    return column["type"].as_generic()


def _ordered(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    keys = list(table.primary_key) or list(table.c)
    query = select(table).order_by(*(_by_bytes(connection, key) for key in keys))
    for batch in _batches(connection, query):
        yield from (tuple(row) for row in batch)


def _by_bytes(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """Order texts on PostgreSQL as SQLite does, and not by a language's rules."""
    if connection.dialect.name == "postgresql" and isinstance(column.type, String):
        return column.collate("C")
    return column


def _batches(connection: Connection, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """Read in batches; on PostgreSQL the server holds what is still to come."""
    with connection.execute(query, execution_options={"yield_per": BATCH}) as result:
        yield from result.partitions()
