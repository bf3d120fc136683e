"""Versions of the database: told apart, brought up to date, or refused."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, inspect, select

from bot.storage import migrate
from bot.storage.database import Database, open_database
from bot.storage.errors import SchemaError
from bot.storage.migrate import SchemaState
from bot.storage.tables import groups, metadata, organisers

T = TypeVar("T")

HEAD = ScriptDirectory(str(migrate.MIGRATIONS)).get_current_head()


def on(url: str, fn: Callable[[Connection], T]) -> T:
    """Run `fn` on the database at `url` in a loop of its own."""

    async def run() -> T:
        async with await open_database(url) as db:
            return await db.write(fn)

    return asyncio.run(run())


def execute(url: str, *statements: str) -> None:
    def run(conn: Connection) -> None:
        for statement in statements:
            conn.exec_driver_sql(statement).close()

    on(url, run)


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


class TestUpgrade:
    def test_brings_an_empty_database_to_the_head(self, empty_database_url: str) -> None:
        before, after = migrate.upgrade(empty_database_url)
        assert (before, after) == (None, HEAD)
        assert migrate.state(empty_database_url) is SchemaState.CURRENT

    def test_of_a_current_database_changes_nothing(self, database_url: str) -> None:
        before, after = migrate.upgrade(database_url)
        assert before == after

    def test_makes_exactly_the_tables_that_the_statements_expect(self, database_url: str) -> None:
        def differences(conn: Connection) -> list[object]:
            # SQLite's spelling of defaults differs (0, false); the next test compares its text.
            options = {"compare_server_default": conn.dialect.name == "postgresql"}
            return compare_metadata(MigrationContext.configure(conn, opts=options), metadata)

        assert on(database_url, differences) == []

    def test_makes_sqlite_tables_to_the_letter(self, sqlite_url: str, tmp_path: Path) -> None:
        other = tmp_path / "other.db"
        engine = create_engine(f"sqlite:///{other}")
        metadata.create_all(engine)
        engine.dispose()
        assert definitions(file_of(sqlite_url)) == definitions(other)

    def test_keeps_what_is_in_the_database(self, database_url: str) -> None:
        execute(database_url, "INSERT INTO guilds (guild_id, zone) VALUES (1, 'Asia/Kathmandu')")
        migrate.upgrade(database_url)

        def zone(conn: Connection) -> str:
            return conn.exec_driver_sql("SELECT zone FROM guilds").scalar_one()

        assert on(database_url, zone) == "Asia/Kathmandu"

    def test_undoes_itself_where_a_row_would_lose_its_parent(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'amble.db'}"
        migrate.upgrade(url)
        connection = sqlite3.connect(tmp_path / "amble.db")
        with connection:  # foreign keys are off by default
            connection.execute("INSERT INTO organisers VALUES (1, 2, 3)")
        connection.close()
        with pytest.raises(SchemaError, match="organisers"):
            migrate.upgrade(url)

    def test_waits_for_another_process_that_does_the_same(self, empty_database_url: str) -> None:
        async def both() -> tuple[tuple[str | None, str], ...]:
            url = empty_database_url
            return await asyncio.gather(
                asyncio.to_thread(migrate.upgrade, url), asyncio.to_thread(migrate.upgrade, url)
            )

        befores = [before for before, _ in asyncio.run(both())]
        assert sorted(befores, key=str) == [HEAD, None]

    def test_works_from_a_directory_with_a_percent_sign(self, tmp_path: Path) -> None:
        (tmp_path / "100% mine").mkdir()
        migrate.upgrade(f"sqlite:///{tmp_path}/100% mine/amble.db")


def definitions(path: Path) -> dict[str, list[str]]:
    """SQLite's own text for every table and index, its clauses sorted: a column that was added
    later stands behind the constraints."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    ).fetchall()
    connection.close()
    return {name: sorted(clauses_of(sql)) for name, sql in rows}


def clauses_of(sql: str) -> Iterator[str]:
    """What stands before, between and behind the outermost parentheses, parted at its commas."""
    clause, depth = "", 0
    for each in same_spelling(sql):
        depth += {"(": 1, ")": -1}.get(each, 0)
        outermost = (each == "(" and depth == 1) or (each == ")" and depth == 0)
        if outermost or (each == "," and depth == 1):
            yield clause.strip()
            clause = ""
        else:
            clause += each
    yield clause.strip()


def same_spelling(sql: str) -> str:
    for number, word in (("0", "false"), ("1", "true")):
        sql = sql.replace(f"BOOLEAN DEFAULT {number}", f"BOOLEAN DEFAULT {word}")
    return " ".join(sql.split())


class TestState:
    def test_of_an_empty_database(self, empty_database_url: str) -> None:
        assert migrate.state(empty_database_url) is SchemaState.EMPTY

    def test_asking_creates_no_file(self, tmp_path: Path) -> None:
        migrate.state(f"sqlite:///{tmp_path / 'amble.db'}")
        assert list(tmp_path.iterdir()) == []

    def test_of_a_migrated_database(self, database_url: str) -> None:
        assert migrate.state(database_url) is SchemaState.CURRENT

    def test_of_one_that_a_newer_amble_has_used(self, empty_database_url: str) -> None:
        from_the_future(empty_database_url)
        assert migrate.state(empty_database_url) is SchemaState.NEWER

    def test_of_somebody_elses_tables(self, empty_database_url: str) -> None:
        execute(empty_database_url, "CREATE TABLE recipes (id INTEGER)")
        assert migrate.state(empty_database_url) is SchemaState.UNKNOWN


def from_the_future(url: str) -> None:
    migrate.upgrade(url)
    execute(url, "UPDATE alembic_version SET version_num = '9999'")


class TestEnsure:
    async def test_migrates_an_empty_database_even_when_told_not_to(
        self, empty_database_url: str
    ) -> None:
        await migrate.ensure(empty_database_url, migrate_at_start=False)
        async with await open_database(empty_database_url) as db:
            assert "groups" in await db.read(lambda conn: inspect(conn).get_table_names())

    async def test_lets_a_current_database_be(self, db: Database, database_url: str) -> None:
        await migrate.ensure(database_url, migrate_at_start=True)

    def test_refuses_a_newer_database_with_what_to_do(self, empty_database_url: str) -> None:
        from_the_future(empty_database_url)
        with pytest.raises(SchemaError, match=r"9999.*newer Amble.*[Ii]nstall that version"):
            asyncio.run(migrate.ensure(empty_database_url, migrate_at_start=True))

    def test_refuses_somebody_elses_database(self, empty_database_url: str) -> None:
        execute(empty_database_url, "CREATE TABLE recipes (id INTEGER)")
        with pytest.raises(SchemaError, match="empty database"):
            asyncio.run(migrate.ensure(empty_database_url, migrate_at_start=True))


LATER = f"""
import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "{HEAD}"


def upgrade():
    with op.batch_alter_table("groups", recreate="auto") as batch:
        batch.add_column(sa.Column("motto", sa.Text()))
        batch.alter_column("name", type_=sa.String(80))
"""


class TestLaterRevision:
    """What happens when Amble grows: a table is rebuilt that others refer to."""

    @pytest.fixture
    def older_url(
        self, empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> str:
        """A database with a group and its organiser, older than this Amble."""
        migrate.upgrade(empty_database_url)
        on(empty_database_url, add_group)
        migrations = tmp_path / "migrations"
        shutil.copytree(str(migrate.MIGRATIONS), migrations)
        (migrations / "versions" / "9998_later.py").write_text(LATER)
        monkeypatch.setattr(migrate, "MIGRATIONS", migrations)
        return empty_database_url

    def test_makes_a_database_older(self, older_url: str) -> None:
        assert migrate.state(older_url) is SchemaState.OLDER

    def test_is_not_run_at_start_when_told_not_to(self, older_url: str) -> None:
        with pytest.raises(SchemaError, match="amble migrate"):
            asyncio.run(migrate.ensure(older_url, migrate_at_start=False))
        assert migrate.state(older_url) is SchemaState.OLDER

    def test_is_run_at_start_otherwise(self, older_url: str) -> None:
        asyncio.run(migrate.ensure(older_url, migrate_at_start=True))
        assert migrate.state(older_url) is SchemaState.CURRENT

    def test_keeps_the_rows_that_refer_to_a_rebuilt_table(self, older_url: str) -> None:
        assert migrate.upgrade(older_url) == (HEAD, "9998")

        def rows(conn: Connection) -> tuple[str, int]:
            name = conn.execute(select(groups.c.name)).scalar_one()
            return name, conn.execute(select(organisers.c.user_id)).scalar_one()

        assert on(older_url, rows) == ("Early birds", 4)

    def test_that_fails_leaves_the_database_as_it_was(self, older_url: str) -> None:
        later = Path(str(migrate.MIGRATIONS)) / "versions" / "9998_later.py"
        later.write_text(LATER + "    raise LookupError\n")
        with pytest.raises(LookupError):
            migrate.upgrade(older_url)
        assert migrate.state(older_url) is SchemaState.OLDER

        def columns(conn: Connection) -> list[str]:
            return [column["name"] for column in inspect(conn).get_columns("groups")]

        assert "motto" not in on(older_url, columns)


def add_group(conn: Connection) -> None:
    conn.execute(
        insert(groups).values(
            guild_id=1,
            id=2,
            name="Early birds",
            name_key="early birds",
            channel_id=3,
            zone="UTC",
            capacity=10,
            created_by=4,
            created_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
            settle_at=time(3),
            quiet_from=time(21, 30),
            quiet_until=time(7),
        )
    )
    conn.execute(insert(organisers).values(guild_id=1, group_id=2, user_id=4))
