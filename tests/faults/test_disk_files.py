"""A database file that others lock, move, replace, delete or damage under a running bot."""

import logging
import shutil
import subprocess
import sys
import time
from asyncio import create_task, gather, sleep
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select

from bot.storage.database import Database, open_database
from bot.storage.errors import Busy, Corrupt, SchemaError, StorageError, Unreachable
from bot.storage.tables import audit_log
from bot.storage.trouble import DAMAGE_STANDS, Trouble

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def note(conn: Connection, number: int, size: int = 1) -> None:
    row = {"guild_id": 1, "id": number, "actor_id": 1, "action": "a", "at": NOON}
    conn.execute(insert(audit_log).values(**row, detail="x" * size))


def notes(conn: Connection) -> list[int]:
    return list(conn.execute(select(audit_log.c.id).order_by(audit_log.c.id)).scalars())


def weight(conn: Connection) -> int:
    return conn.execute(select(func.sum(func.length(audit_log.c.detail)))).scalar_one() or 0


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
async def db(sqlite_url: str) -> AsyncIterator[Database]:
    """A database with a writing and a reading connection open, and something in it."""
    async with await open_database(sqlite_url) as database:
        await database.write(note, 1)
        await database.read(notes)
        yield database


def elsewhere(code: str, *arguments: object) -> None:
    """Run code in another process: one that opens the file here would drop SQLite's locks."""
    subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True)


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


async def refused(db: Database, number: int = 99) -> StorageError:
    with pytest.raises(StorageError) as caught:
        await db.write(note, number)
    return caught.value


class TestMoved:
    async def test_a_write_to_a_deleted_file_is_not_acknowledged(
        self, db: Database, path: Path
    ) -> None:
        path.unlink()
        assert "moved or deleted" in str(await refused(db))

    async def test_no_empty_database_is_made_in_its_place(self, db: Database, path: Path) -> None:
        path.unlink()
        for _ in range(3):
            await refused(db)
        assert not path.exists()

    async def test_a_file_deleted_while_it_is_written_is_noticed_before_the_answer(
        self, db: Database, path: Path
    ) -> None:
        def note_and_lose(conn: Connection) -> None:
            note(conn, 2)
            path.unlink()

        with pytest.raises(Unreachable):
            await db.write(note_and_lose)

    async def test_a_reader_does_not_show_what_is_gone(self, db: Database, path: Path) -> None:
        path.unlink()
        with pytest.raises(Unreachable):
            await db.read(notes)

    async def test_back_in_its_place_it_is_used_again_with_all_that_was_saved(
        self, db: Database, path: Path
    ) -> None:
        aside = path.rename(path.with_suffix(".aside"))
        await refused(db)
        aside.rename(path)
        await db.write(note, 2)
        assert await db.read(notes) == [1, 2]

    async def test_the_directory_may_move_and_come_back(
        self, db: Database, path: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        aside = path.parent.rename(tmp_path_factory.getbasetemp() / f"aside-{path.parent.name}")
        await refused(db)
        aside.rename(path.parent)
        await db.write(note, 2)
        assert await db.read(notes) == [1, 2]

    async def test_a_backup_put_in_its_place_is_taken_up(
        self, db: Database, path: Path, tmp_path: Path
    ) -> None:
        backup = tmp_path / "backup.db"
        elsewhere(
            "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?',"
            " (sys.argv[2],))",
            path,
            backup,
        )
        await db.write(note, 2)
        for file in (path, log_of(path), path.with_name(f"{path.name}-shm")):
            file.unlink()
        await refused(db)
        backup.rename(path)
        await db.write(note, 3)
        assert await db.read(notes) == [1, 3]

    async def test_a_file_beside_the_log_of_another_is_not_touched(
        self, db: Database, path: Path, tmp_path: Path, sqlite_template: Path
    ) -> None:
        shutil.copy(sqlite_template, tmp_path / "other.db")
        (tmp_path / "other.db").replace(path)
        before = path.read_bytes()
        assert "beside the log" in str(await refused(db))
        await db.close()
        assert path.read_bytes() == before

    async def test_something_else_in_its_place_is_refused(self, db: Database, path: Path) -> None:
        for file in (path, log_of(path)):
            file.unlink()
        elsewhere(
            "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('CREATE TABLE t (x)')", path
        )
        assert isinstance(await refused(db), SchemaError)

    async def test_a_deleted_log_costs_nothing_that_was_saved(
        self, db: Database, path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        log_of(path).unlink()
        await db.write(note, 2)
        # What a crash at this instant would leave.
        for file in path.parent.glob("amble.db*"):
            shutil.copy(file, tmp_path / f"crashed{file.name.removeprefix('amble')}")
        async with await open_database(f"sqlite:///{tmp_path}/crashed.db") as crashed:
            assert await crashed.read(notes) == [1, 2]
        await db.write(note, 3)
        assert await db.read(notes) == [1, 2, 3]
        assert "nothing is lost" in caplog.text


@contextmanager
def locked(path: Path) -> Generator[subprocess.Popen[bytes]]:
    """Have another process hold the lock."""
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            yield holder
        finally:
            holder.stdin.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock, but not as long as in earnest."""
    monkeypatch.setattr("bot.storage.sqlite.BUSY_AFTER", 0.4)


@pytest.mark.usefixtures("impatient")
class TestLocked:
    async def test_it_is_told_as_busy_and_over_once_the_lock_is_gone(
        self, db: Database, path: Path
    ) -> None:
        with locked(path):
            error = await refused(db)
        assert isinstance(error, Busy)
        assert "another process" in str(error)
        await db.write(note, 2)
        assert await db.read(notes) == [1, 2]

    async def test_a_lock_that_goes_in_time_is_waited_for(self, db: Database, path: Path) -> None:
        with locked(path) as holder:
            write = create_task(db.write(note, 2))
            await sleep(0.2)
            assert holder.stdin is not None
            holder.stdin.close()
            await write
        assert await db.read(notes) == [1, 2]

    async def test_those_who_queue_do_not_wait_one_after_another(
        self, db: Database, path: Path
    ) -> None:
        with locked(path):
            began = time.monotonic()
            ended = await gather(
                *(db.write(note, number) for number in range(10)), return_exceptions=True
            )
            waited = time.monotonic() - began
        assert {type(each) for each in ended} == {Busy}
        assert waited < 2.0

    async def test_readers_go_on(self, db: Database, path: Path) -> None:
        with locked(path):
            assert await db.read(notes) == [1]


class TestDamaged:
    GARBAGE = (
        "import os, sys; f = os.open(sys.argv[1], os.O_RDWR); size = os.fstat(f).st_size;"
        "[os.pwrite(f, os.urandom(4096), at) for at in range(int(sys.argv[2]), size, 4096)]"
    )

    @pytest.fixture
    async def db(self, sqlite_url: str) -> AsyncIterator[Database]:
        async with await open_database(sqlite_url) as database:
            await database.write(lambda conn: [note(conn, each, 4000) for each in range(1, 200)])
            yield database

    @pytest.mark.parametrize("begin", [0, 4096])
    async def test_garbage_under_a_running_bot_is_told_as_damage(
        self, db: Database, sqlite_url: str, path: Path, begin: int
    ) -> None:
        # The log is brought in first: SQLite would read the good pages out of it.
        elsewhere(
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
            "c.execute('PRAGMA wal_checkpoint(TRUNCATE)')",
            path,
        )
        elsewhere(self.GARBAGE, path, begin)
        with pytest.raises(Corrupt) as caught:
            await db.read(weight)
        assert "amble restore" in str(caught.value)
        assert str(path) in str(caught.value)

    async def test_text_that_is_none_is_damage_as_well(self, db: Database) -> None:
        def spoil(conn: Connection) -> None:
            conn.exec_driver_sql("UPDATE audit_log SET detail = CAST(X'FFFE' AS TEXT)")

        await db.write(spoil)
        with pytest.raises(Corrupt):
            await db.read(lambda conn: conn.execute(select(audit_log.c.detail)).all())

    def test_the_operator_is_not_told_again_with_each_page_that_is_whole(
        self, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = NOON
        monkeypatch.setattr("bot.clock.now", lambda: now)
        trouble = Trouble()
        for _ in range(5):
            trouble.failed("read", Corrupt("damaged"))
            trouble.worked("read")
        assert len(caplog.records) == 1
        now += DAMAGE_STANDS + timedelta(seconds=1)
        trouble.worked("read")
        assert trouble.error is None


@pytest.mark.usefixtures("impatient")
class TestTrouble:
    async def test_it_stands_while_only_reading_works(self, db: Database, path: Path) -> None:
        with locked(path):
            await refused(db)
            await db.read(notes)
            assert isinstance(db.trouble, Busy)

    async def test_a_write_ends_it(self, db: Database, path: Path) -> None:
        with locked(path):
            await refused(db)
        await db.write(note, 2)
        assert db.trouble is None

    async def test_what_the_unit_of_work_refused_is_none(self, db: Database) -> None:
        def refuse(_conn: Connection) -> None:
            raise LookupError

        with pytest.raises(LookupError):
            await db.write(refuse)
        assert db.trouble is None

    async def test_many_clicks_make_one_line_of_log(
        self, db: Database, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        aside = path.rename(path.with_suffix(".aside"))
        for _ in range(20):
            await refused(db)
        aside.rename(path)
        await db.write(note, 2)
        told = [each.levelno for each in caplog.records if each.name.startswith("bot.storage")]
        assert told == [logging.ERROR, logging.WARNING]
