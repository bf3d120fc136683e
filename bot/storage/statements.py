"""Statements that SQLite and PostgreSQL share in meaning but not in SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVarTuple

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

Ts = TypeVarTuple("Ts")


def insert_ignoring(conn: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> int:
    """Insert `rows`, which all name the same columns, and return how many were new.

    A row that clashes with any unique constraint is left out without a word.
    """
    if not rows:
        return 0
    statement = _insert(conn, table).on_conflict_do_nothing()
    # Counted by what comes back: asyncpg knows no row count over many rows.
    inserted = conn.execute(statement.returning(*table.primary_key), list(rows))
    return len(inserted.all())


def upsert(
    conn: Connection,
    table: Table,
    row: Mapping[str, object],
    *,
    key: Sequence[str],
    update: Sequence[str],
) -> None:
    """Insert `row`; where one with its `key` columns (which must be unique) stands, `update` it.

    Only the columns named in `update` change then.
    """
    statement = _insert(conn, table).values(dict(row))
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=list(key),
            set_={column: statement.excluded[column] for column in update},
        )
    )


def locked(query: Select[*Ts]) -> Select[*Ts]:
    """Have `query` hold its rows until the transaction ends; SQLite, with one writer, ignores it.

    Rows that only refer to a held one (an answer to its session) can still be written: otherwise an
    answer, which holds its member, and a settlement, which holds the session, would wait for each
    other.
    """
    return query.with_for_update(key_share=True)


def _insert(conn: Connection, table: Table) -> sqlite.Insert[Any] | postgresql.Insert[Any]:
    if conn.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
