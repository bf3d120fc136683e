"""The seam: transactions, cancellation, and what a failing database becomes."""

import asyncio
import logging
import random
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from bot.storage.database import Database, open_database, parse_url
from bot.storage.errors import Busy, Corrupt, DiskFull, ReadOnly, StorageError, Unreachable
from bot.storage.postgres import postgres_url
from bot.storage.tables import audit_log, downtimes, heartbeats, organisers

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def beat(conn: Connection, shard_id: int, at: datetime = NOON) -> None:
    instants = dict.fromkeys(("there_at", "there_until", "alive_until"), at)
    conn.execute(insert(heartbeats).values(shard_count=9, shard_id=shard_id, **instants))


def last_beat(conn: Connection, shard_id: int) -> datetime | None:
    return conn.scalar(select(heartbeats.c.there_at).where(heartbeats.c.shard_id == shard_id))


def count_beats(conn: Connection) -> int:
    return conn.execute(select(func.count()).select_from(heartbeats)).scalar_one()


class TestTransactions:
    async def test_a_read_sees_what_was_written_before_it(self, db: Database) -> None:
        await db.write(beat, 1)
        assert await db.read(last_beat, 1) == NOON

    async def test_arguments_reach_the_unit_of_work_by_place_and_by_name(
        self, db: Database
    ) -> None:
        later = NOON + timedelta(hours=1)
        await db.write(beat, 1, at=later)
        assert await db.read(last_beat, shard_id=1) == later

    async def test_what_raises_leaves_nothing_behind(self, db: Database) -> None:
        def change_of_mind(conn: Connection) -> None:
            beat(conn, 1)
            raise LookupError

        with pytest.raises(LookupError):
            await db.write(change_of_mind)
        assert await db.read(count_beats) == 0

    async def test_a_reader_cannot_write(self, db: Database) -> None:
        with pytest.raises(ReadOnly):
            await db.read(beat, 1)

    async def test_a_refused_reader_can_read_again(self, db: Database) -> None:
        with pytest.raises(ReadOnly):
            await db.read(beat, 1)
        assert await db.read(count_beats) == 0

    async def test_writers_take_their_turns(self, db: Database) -> None:
        def beat_later(conn: Connection) -> None:
            statement = select(heartbeats.c.there_at).where(heartbeats.c.shard_id == 1)
            before = conn.execute(statement.with_for_update()).scalar_one()
            conn.execute(update(heartbeats).values(there_at=before + timedelta(seconds=1)))

        await db.write(beat, 1)
        await asyncio.gather(*(db.write(beat_later) for _ in range(40)))
        assert await db.read(last_beat, 1) == NOON + timedelta(seconds=40)

    async def test_sqlite_writes_in_the_order_asked(self, sqlite_url: str) -> None:
        def note(conn: Connection, actor_id: int) -> None:
            ids = conn.execute(select(audit_log.c.actor_id).order_by(audit_log.c.id)).scalars()
            assert list(ids) == list(range(actor_id))
            row = {"guild_id": 1, "id": actor_id, "actor_id": actor_id, "action": "a", "at": NOON}
            conn.execute(insert(audit_log).values(row))

        async with await open_database(sqlite_url) as db:
            await asyncio.gather(*(db.write(note, number) for number in range(50)))

    async def test_a_row_needs_the_one_it_belongs_to(self, db: Database) -> None:
        def appoint(conn: Connection) -> None:
            conn.execute(insert(organisers).values(guild_id=1, group_id=2, user_id=3))

        with pytest.raises(IntegrityError):
            await db.write(appoint)

    async def test_deadlocked_writers_both_get_through(self, db: Database) -> None:
        attempts: list[int] = []
        locked: list[int] = []

        def touch(conn: Connection, shard_id: int) -> None:
            row = heartbeats.c.shard_id == shard_id
            conn.execute(update(heartbeats).where(row).values(there_at=NOON))
            locked.append(shard_id)

        def touch_both(conn: Connection, first: int, second: int) -> None:
            attempts.append(first)
            touch(conn, first)
            # Each has its first row before either asks for the other's.
            while conn.dialect.name == "postgresql" and len(locked) < 2:
                conn.exec_driver_sql("SELECT pg_sleep(0.01)")
            touch(conn, second)

        await db.write(beat, 1)
        await db.write(beat, 2)
        await asyncio.gather(db.write(touch_both, 1, 2), db.write(touch_both, 2, 1))
        # Who gave way may be quick enough to come into the other's way once more.
        assert len(attempts) == 2 if db.dialect == "sqlite" else len(attempts) > 2


@pytest.mark.postgres
class TestPostgres:
    @pytest.fixture
    async def db(self, postgres_url: str) -> AsyncIterator[Database]:
        async with await open_database(postgres_url) as database:
            yield database

    async def test_gives_up_after_losing_four_times(self, db: Database) -> None:
        attempts: list[int] = []

        def lose(conn: Connection) -> None:
            attempts.append(1)
            conn.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$")

        with pytest.raises(Busy):
            await db.write(lose)
        assert len(attempts) == 4

    async def test_goes_on_over_a_new_connection_when_one_is_lost(self, db: Database) -> None:
        attempts: list[int] = []

        def lose_connection_once(conn: Connection) -> None:
            attempts.append(1)
            beat(conn, 1)
            if len(attempts) == 1:
                conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

        await db.write(lose_connection_once)
        assert (len(attempts), await db.read(count_beats)) == (2, 1)


class TestCancellation:
    async def test_a_storm_of_cancels_leaves_no_lock_and_no_half_write(
        self, database_url: str
    ) -> None:
        chance = random.Random(7)
        began: set[int] = set()

        def write_two(conn: Connection, shard_id: int) -> None:
            began.add(shard_id)
            for hours in (0, 1):
                at = NOON + timedelta(hours=hours)
                row = {"shard_count": 999, "shard_id": shard_id, "start_at": at, "end_at": at}
                conn.execute(insert(downtimes).values(**row, cause="stopped"))

        async def write_and_cancel(db: Database, shard_id: int) -> None:
            task = asyncio.create_task(db.write(write_two, shard_id))
            await asyncio.sleep(chance.uniform(0, 0.004))
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        async with await open_database(database_url) as db:
            for first in range(0, 400, 8):
                await asyncio.gather(
                    *(write_and_cancel(db, number) for number in range(first, first + 8))
                )

        def rows_by_shard(conn: Connection) -> dict[int, int]:
            shard_id = downtimes.c.shard_id
            rows = conn.execute(select(shard_id, func.count()).group_by(shard_id)).all()
            return {row[0]: row[1] for row in rows}

        async with await open_database(database_url) as db:
            await asyncio.wait_for(db.write(beat, 1), timeout=2)
            assert await db.read(rows_by_shard) == dict.fromkeys(began, 2)
        assert len(began) > 350

    async def test_the_caller_hears_of_its_cancellation(self, db: Database) -> None:
        task = asyncio.create_task(db.write(beat, 1))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    async def test_a_failure_that_nobody_waits_for_is_logged(
        self, database_url: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(_conn: Connection) -> None:
            raise LookupError

        async with await open_database(database_url) as db:
            task = asyncio.create_task(db.write(fail))
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        [record] = [each for each in caplog.records if each.levelno == logging.ERROR]
        assert record.exc_info is not None
        assert record.exc_info[0] is LookupError


class TestClosing:
    async def test_waits_for_the_write_in_hand(self, database_url: str) -> None:
        db = await open_database(database_url)
        task = asyncio.create_task(db.write(beat, 1))
        await asyncio.sleep(0)
        await db.close()
        await task
        async with await open_database(database_url) as again:
            assert await again.read(count_beats) == 1

    async def test_a_closed_database_says_so(self, db: Database) -> None:
        await db.close()
        with pytest.raises(Unreachable):
            await db.write(beat, 1)

    async def test_closing_twice_does_nothing_more(self, db: Database) -> None:
        await db.close()
        await db.close()

    async def test_sqlite_leaves_no_thread_and_no_log_behind(self, sqlite_url: str) -> None:
        db = await open_database(sqlite_url)
        await db.write(beat, 1)
        await db.read(count_beats)
        await db.close()
        assert not [each for each in threading.enumerate() if each.name.startswith("amble-")]
        assert not file_of(sqlite_url).with_name("amble.db-wal").exists()


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


class TestFailures:
    async def test_a_member_hears_that_nothing_was_saved(self, db: Database) -> None:
        with pytest.raises(StorageError) as caught:
            await db.read(beat, 1)
        assert caught.value.code == "not_saved"

    async def test_a_read_only_file(self, sqlite_url: str) -> None:
        async with await open_database(sqlite_url) as db:
            # What the system says of a file without write permission, also to root.
            await db.write(lambda conn: conn.exec_driver_sql("PRAGMA query_only = ON").close())
            with pytest.raises(ReadOnly):
                await db.write(beat, 1)

    async def test_a_full_disk_keeps_what_was_there(self, sqlite_url: str) -> None:
        def fill(conn: Connection) -> None:
            for number in range(1000):
                row = {"guild_id": 1, "id": number, "actor_id": 1, "action": "a", "at": NOON}
                conn.execute(insert(audit_log).values(**row, detail="x" * 1000))

        async with await open_database(sqlite_url) as db:
            await db.write(beat, 1)
            await db.write(lambda conn: conn.exec_driver_sql("PRAGMA max_page_count=1").close())
            with pytest.raises(DiskFull):
                await db.write(fill)
            assert await db.read(count_beats) == 1
            assert await db.read(lambda conn: conn.scalar(select(audit_log.c.id))) is None

    async def test_another_process_that_holds_the_lock(
        self, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.storage.sqlite.BUSY_AFTER", 0.05)
        async with await open_database(sqlite_url) as db:
            other = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            try:
                with pytest.raises(Busy):
                    await db.write(beat, 1)
            finally:
                other.close()
            await db.write(beat, 1)

    async def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        path = tmp_path / "amble.db"
        path.write_text("Dear diary, " * 200)
        with pytest.raises(Corrupt):
            await open_database(f"sqlite:///{path}")

    async def test_a_file_whose_directory_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(Unreachable, match="create it first"):
            await open_database(f"sqlite:///{tmp_path}/nowhere/amble.db")

    async def test_a_directory_in_the_files_place(self, tmp_path: Path) -> None:
        with pytest.raises(Unreachable):
            await open_database(f"sqlite:///{tmp_path}")

    async def test_sqlite_in_memory_is_refused(self) -> None:
        with pytest.raises(Unreachable, match="not supported"):
            await open_database("sqlite:///:memory:")

    @pytest.mark.parametrize("url", ["mysql://me:hush@host/db", "nonsense", "", "x://me:hush@["])
    async def test_an_address_of_no_known_kind_is_refused_without_repeating_it(
        self, url: str
    ) -> None:
        with pytest.raises(Unreachable) as caught:
            await open_database(url)
        assert "sqlite:///FILE" in str(caught.value)
        assert "hush" not in str(caught.value)

    async def test_a_server_that_is_not_there(self) -> None:
        with pytest.raises(Unreachable):
            await open_database("postgresql://me:hush@127.0.0.1:1/amble")

    @pytest.mark.postgres
    async def test_a_database_that_the_server_does_not_know(self, postgres_url: str) -> None:
        with pytest.raises(Unreachable, match="does not exist"):
            await open_database(postgres_url.replace("/amble_1?", "/elsewhere?"))

    async def test_a_clash_passes_as_it_is(self, db: Database) -> None:
        await db.write(beat, 1)
        with pytest.raises(IntegrityError):
            await db.write(beat, 1)


class TestAddress:
    @pytest.mark.parametrize(
        ("url", "scheme"),
        [
            ("sqlite:///amble.db", "sqlite"),
            ("sqlite+aiosqlite:///amble.db", "sqlite"),
            ("postgresql+psycopg://host/db", "postgresql"),
            ("postgres://host/db", "postgresql"),
        ],
    )
    def test_may_name_another_driver_or_the_old_scheme(self, url: str, scheme: str) -> None:
        assert parse_url(url).get_backend_name() == scheme

    def test_may_ask_for_encryption_as_other_clients_do(self) -> None:
        url = postgres_url(parse_url("postgresql://host/db?sslmode=require"))
        assert dict(url.query) == {"ssl": "require"}


class TestInstant:
    @pytest.mark.parametrize(
        "instant",
        [
            datetime(2026, 3, 29, 1, 0, 0, 1, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 59, 59, 999_999, tzinfo=UTC),
            datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
            datetime(2026, 1, 1, 5, 45, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        ],
    )
    async def test_comes_back_as_it_went_in(self, db: Database, instant: datetime) -> None:
        await db.write(beat, 1, instant)
        found = await db.read(last_beat, 1)
        assert found is not None
        assert (found, found.tzinfo) == (instant, UTC)

    async def test_without_a_zone_is_refused(self, db: Database) -> None:
        with pytest.raises(StatementError, match="needs a zone"):
            await db.write(beat, 1, datetime(2026, 3, 1))  # noqa: DTZ001  that is the point

    async def test_sorts_as_time_goes(self, db: Database) -> None:
        def shards_in_order(conn: Connection) -> list[int]:
            rows = conn.execute(select(heartbeats.c.shard_id).order_by(heartbeats.c.there_at))
            return list(rows.scalars())

        await db.write(beat, 1, NOON)
        await db.write(beat, 2, NOON - timedelta(microseconds=1))
        await db.write(beat, 3, datetime(1969, 1, 1, tzinfo=UTC))
        assert await db.read(shards_in_order) == [3, 2, 1]


async def test_the_event_loop_stays_free_while_sqlite_writes(sqlite_url: str) -> None:
    def dawdle(conn: Connection) -> None:
        time.sleep(0.2)
        beat(conn, 1)

    async with await open_database(sqlite_url) as db:
        task = asyncio.create_task(db.write(dawdle))
        turns = 0
        while not task.done():
            turns += 1
            await asyncio.sleep(0.01)
        await task
    assert turns > 5
