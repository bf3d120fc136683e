"""Backups of a database at work: whole, of one instant, and nothing left where they fail."""

import asyncio
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.util import greenlet_spawn

from bot.services import backups as backing
from bot.storage import backups, copying, migrate, unpacking
from bot.storage.database import Database, open_database
from bot.storage.errors import Corrupt, DiskFull, ReadOnly, SchemaError, StorageError, Unreachable
from bot.storage.files import url_of
from bot.storage.tables import audit_log, guilds
from tests.services.town import Answer, opened_town

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "backups"


async def differing(url: str, other: str) -> str | None:
    """Return the first table in which two databases differ, None for none."""
    async with copying.reading(url) as one, copying.reading(other) as two:
        tables = await greenlet_spawn(copying.tables_of, one)
        return await greenlet_spawn(copying.differing, one, two, tables)


async def lively(db: Database) -> None:
    town, people, session = await opened_town(db, 4)
    for person, said in zip(people, Answer, strict=False):
        await town.answer(person, session.id, said)
    await town.live_until(town.now + 30 * HOUR)


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir() if not path.name.startswith("."))


class TestMake:
    async def test_holds_every_row_and_the_version(
        self, db: Database, database_url: str, directory: Path
    ) -> None:
        await lively(db)
        made = await backing.make(database_url, directory, 3, NOW)
        copy = url_of(made.backup.path)
        assert migrate.state(copy) is migrate.SchemaState.CURRENT
        assert made.rows > 30
        assert await differing(database_url, copy) is None

    async def test_is_of_one_instant_while_others_write(
        self, db: Database, database_url: str, directory: Path
    ) -> None:
        """Two tables grow by a row each in every transaction; a backup has as many in both."""
        stop = asyncio.Event()

        def grow(conn: Connection, number: int) -> None:
            conn.execute(insert(guilds).values(guild_id=number, zone="UTC"))
            row = {"guild_id": number, "actor_id": 1, "action": "grow", "at": NOW}
            conn.execute(insert(audit_log).values(row))

        async def keep_growing() -> int:
            number = 0
            while not stop.is_set():
                await db.write(grow, number := number + 1)
            return number

        writing = asyncio.create_task(keep_growing())
        try:
            made = [await backing.make(database_url, directory, 9, NOW) for _ in range(3)]
        finally:
            stop.set()
            written = await writing
        assert written > 20
        for each in made:
            with closing(sqlite3.connect(each.backup.path)) as copy:
                grown = copy.execute("SELECT count(*) FROM guilds").fetchone()
                assert grown == copy.execute("SELECT count(*) FROM audit_log").fetchone()
                assert each.rows == 2 * grown[0]

    async def test_of_an_older_version_stays_of_that_version(
        self, empty_database_url: str, directory: Path
    ) -> None:
        url = empty_database_url
        await asyncio.to_thread(migrate.upgrade, url, "0001")
        async with await open_database(url) as db:
            await db.write(_beat_as_of_old)
        made = await backing.make(url, directory, 1, NOW)
        assert migrate.state(url_of(made.backup.path)) is migrate.SchemaState.OLDER
        assert await differing(url, url_of(made.backup.path)) is None

    async def test_is_for_its_owner_only(self, sqlite_url: str, directory: Path) -> None:
        made = await backing.make(sqlite_url, directory, 1, NOW)
        assert made.backup.path.stat().st_mode & 0o777 == 0o600

    async def test_is_one_file_that_reads_without_writing(
        self, db: Database, database_url: str, directory: Path
    ) -> None:
        await backing.make(database_url, directory, 1, NOW)
        assert names(directory) == ["amble-20260302T050000Z.db"]
        assert (directory / names(directory)[0]).read_bytes()[18:20] == b"\x01\x01"  # no WAL

    async def test_keeps_so_many_and_touches_nothing_else(
        self, sqlite_url: str, directory: Path
    ) -> None:
        directory.mkdir()
        others = ["amble-2026.db", "mine.db", "replaced-20260101T000000Z.db"]
        for name in others:
            (directory / name).touch()
        for day in range(4):
            await backing.make(sqlite_url, directory, 2, NOW + day * 24 * HOUR)
        newest = ["amble-20260304T050000Z.db", "amble-20260305T050000Z.db"]
        assert names(directory) == sorted([*others, *newest])

    async def test_never_removes_what_was_just_made(self, sqlite_url: str, directory: Path) -> None:
        """A clock that was put back makes it the oldest by its name."""
        await backing.make(sqlite_url, directory, 1, NOW)
        made = await backing.make(sqlite_url, directory, 1, NOW - HOUR)
        assert names(directory) == [made.backup.path.name]

    async def test_what_a_wrong_clock_stamped_in_the_future_keeps_no_place_of_a_real_one(
        self, sqlite_url: str, directory: Path
    ) -> None:
        wrong = await backing.make(sqlite_url, directory, 2, NOW + 4000 * 24 * HOUR)
        made = [
            await backing.make(sqlite_url, directory, 2, NOW + day * 24 * HOUR) for day in range(3)
        ]
        kept = [each.backup.path.name for each in (*made[1:], wrong)]
        assert names(directory) == kept

    async def test_what_a_wrong_clock_stamped_in_the_future_is_not_the_newest(
        self, sqlite_url: str, directory: Path
    ) -> None:
        await backing.make(sqlite_url, directory, 9, NOW + 4000 * 24 * HOUR)
        assert backing.newest(directory, NOW) is None
        made = await backing.make(sqlite_url, directory, 9, NOW)
        assert backing.newest(directory, NOW) == made.backup

    async def test_two_in_a_second_are_two(self, sqlite_url: str, directory: Path) -> None:
        made = [await backing.make(sqlite_url, directory, 9, NOW) for _ in range(2)]
        assert [each.backup.path.name for each in made] == names(directory)

    async def test_of_a_damaged_database_is_refused_and_older_ones_stay(
        self, sqlite_url: str, directory: Path
    ) -> None:
        await backing.make(sqlite_url, directory, 1, NOW)
        file = Path(sqlite_url.removeprefix("sqlite:///"))
        content = bytearray(file.read_bytes())
        content[8192 + 2 : 8192 + 40] = b"\xff" * 38
        file.write_bytes(content)
        with pytest.raises(Corrupt):
            await backing.make(sqlite_url, directory, 1, NOW + HOUR)
        assert names(directory) == ["amble-20260302T050000Z.db"]

    async def test_of_nothing_is_refused(self, tmp_path: Path, directory: Path) -> None:
        with pytest.raises(Unreachable, match="nothing in the database"):
            await backing.make(f"sqlite:///{tmp_path}/none.db", directory, 1, NOW)
        assert not list(tmp_path.iterdir())

    async def test_that_is_given_up_leaves_nothing(
        self, db: Database, database_url: str, directory: Path
    ) -> None:
        await lively(db)
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()
        making = asyncio.create_task(
            backing.make(
                database_url,
                directory,
                1,
                NOW,
                lambda _done, _of: loop.call_soon_threadsafe(begun.set) and None,
            )
        )
        waiting = asyncio.create_task(begun.wait())
        await asyncio.wait({making, waiting}, return_when=asyncio.FIRST_COMPLETED)
        making.cancel()
        with suppress(asyncio.CancelledError):
            await making
        assert not [name for name in names(directory) if name.endswith(".partial")]


def _beat_as_of_old(conn: Connection) -> None:
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(
            "INSERT INTO heartbeats (shard_id, beat_at) VALUES (0, 1772427600000000)"
        )
    else:
        conn.exec_driver_sql("INSERT INTO heartbeats (shard_id, beat_at) VALUES (0, now())")


class TestARoomThatIsTooSmall:
    async def test_is_known_before_anything_is_copied(
        self, database_url: str, directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(backups, "SPARE", 2**60)
        with pytest.raises(DiskFull, match=r"has only .* left\. Nothing|has less than .* left\."):
            await backing.make(database_url, directory, 1, NOW)
        assert names(directory) == []

    async def test_is_noticed_as_a_copy_of_postgresql_grows(
        self, postgres_url: str, directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with await open_database(postgres_url) as db:
            await lively(db)
        told: list[int] = []

        def fill_the_disk(done: int, _of: int) -> None:
            told.append(done)
            if done > 0:
                monkeypatch.setattr(backups, "SPARE", 2**60)

        with pytest.raises(DiskFull, match="has less than"):
            await backing.make(postgres_url, directory, 1, NOW, fill_the_disk)
        assert max(told) > 0
        assert names(directory) == []

    async def test_that_fills_up_meanwhile_holds_nothing_after(
        self, db: Database, database_url: str, small_disk: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(backups, "SPARE", -(2**60))
        (small_disk / "ballast").write_bytes(bytes(100 * 1024))
        with pytest.raises(DiskFull, match="There is no room left"):
            await backing.make(database_url, small_disk, 1, NOW)
        assert names(small_disk) == ["ballast"]

    async def test_may_be_written_to_by_nobody(self, sqlite_url: str, tmp_path: Path) -> None:
        if os.geteuid() == 0:
            pytest.skip("nothing is forbidden to the administrator")
        (tmp_path / "locked").mkdir(mode=0o500)
        with pytest.raises((ReadOnly, Unreachable), match="locked"):
            await backing.make(sqlite_url, tmp_path / "locked", 1, NOW)

    async def test_may_be_a_file(self, sqlite_url: str, tmp_path: Path) -> None:
        (tmp_path / "backups").touch()
        with pytest.raises(Unreachable, match="backups cannot be used"):
            await backing.make(sqlite_url, tmp_path / "backups", 1, NOW)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB, where the tests may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place)]
    if shutil.which("mount") is None or _fails(mount):
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _fails(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode != 0


KILLED = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from bot.storage import backups

def kill(*_):
    os.kill(os.getpid(), 9)

backups.make(sys.argv[1], Path(sys.argv[2]), datetime(2026, 3, 2, 5, tzinfo=UTC), kill)
"""


async def test_one_that_was_killed_leaves_a_part_that_the_next_removes(
    sqlite_url: str, directory: Path
) -> None:
    command = [sys.executable, "-c", KILLED, sqlite_url, str(directory)]
    ended = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert names(directory) == ["amble-20260302T050000Z.db.partial"]
    await backing.make(sqlite_url, directory, 1, NOW + HOUR)
    assert names(directory) == ["amble-20260302T060000Z.db"]


class TestUnpack:
    @pytest.fixture
    def backup(self, sqlite_url: str, directory: Path) -> Path:
        return backups.make(sqlite_url, directory, NOW).backup.path

    @pytest.fixture
    def target(self, tmp_path: Path) -> Path:
        return tmp_path / "unpacked.db"

    def refused(self, file: Path, target: Path, error: type[StorageError], words: str) -> None:
        before = file.read_bytes()
        with pytest.raises(error, match=words):
            unpacking.unpack(file, target)
        assert file.read_bytes() == before
        assert not list(target.parent.glob(f"{target.name}*"))

    def test_tells_when_it_was_made(self, backup: Path, target: Path) -> None:
        backup = backup.rename(backup.with_name("another name.sqlite"))
        assert unpacking.unpack(backup, target) == NOW

    def test_leaves_no_mark_in_the_database(self, backup: Path, target: Path) -> None:
        unpacking.unpack(backup, target)
        with closing(sqlite3.connect(target)) as connection:
            assert connection.execute("PRAGMA application_id").fetchone() == (0,)
            assert connection.execute("PRAGMA user_version").fetchone() == (0,)

    def test_takes_a_plain_copy_together_with_its_log(self, sqlite_url: str, target: Path) -> None:
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        copy = path.with_name("copy.db")
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("INSERT INTO guilds (guild_id, zone) VALUES (7, 'UTC')")
            for suffix in ("", "-wal"):
                shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
        assert unpacking.unpack(copy, target) is None
        with closing(sqlite3.connect(target)) as connection:
            assert connection.execute("SELECT guild_id FROM guilds").fetchall() == [(7,)]

    def test_brings_an_older_one_up_to_date_and_leaves_the_file_as_it_is(
        self, tmp_path: Path, target: Path, directory: Path
    ) -> None:
        url = f"sqlite:///{tmp_path / 'old.db'}"
        migrate.upgrade(url, "0001")
        backup = backups.make(url, directory, NOW).backup.path
        before = backup.read_bytes()
        unpacking.unpack(backup, target)
        assert migrate.state(url_of(target)) is migrate.SchemaState.CURRENT
        assert backup.read_bytes() == before

    def test_refuses_one_of_a_newer_amble(self, backup: Path, target: Path) -> None:
        with closing(sqlite3.connect(backup)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        self.refused(backup, target, SchemaError, "newer Amble. Install that version")

    def test_refuses_what_is_no_database(self, tmp_path: Path, target: Path) -> None:
        file = tmp_path / "letter.txt"
        file.write_text("dear reader " * 1000, encoding="utf-8")
        self.refused(file, target, Corrupt, "letter.txt is damaged, or no database")

    def test_refuses_somebody_elses_database(self, tmp_path: Path, target: Path) -> None:
        file = tmp_path / "recipes.db"
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("CREATE TABLE recipes (name TEXT)")
        self.refused(file, target, SchemaError, "no backup of Amble's")

    def test_refuses_an_empty_file(self, tmp_path: Path, target: Path) -> None:
        file = tmp_path / "empty.db"
        file.touch()
        self.refused(file, target, SchemaError, "no backup of Amble's")

    @pytest.mark.parametrize("at", [0.3, 0.6, 0.9])
    def test_refuses_one_with_flipped_bytes(self, backup: Path, target: Path, at: float) -> None:
        content = bytearray(backup.read_bytes())
        page = int(len(content) * at) // 4096 * 4096
        content[page : page + 16] = bytes(255 - byte for byte in content[page : page + 16])
        backup.write_bytes(content)
        self.refused(backup, target, Corrupt, "is damaged")

    def test_refuses_one_cut_short(self, backup: Path, target: Path) -> None:
        backup.write_bytes(backup.read_bytes()[:-4096])
        self.refused(backup, target, Corrupt, "is damaged")

    def test_refuses_rows_that_belong_to_nothing(self, backup: Path, target: Path) -> None:
        with closing(sqlite3.connect(backup)) as connection, connection:
            connection.execute("INSERT INTO organisers VALUES (1, 2, 3)")
        self.refused(backup, target, Corrupt, "rows of organisers belong to nothing")


async def test_differences_are_found_row_by_row(
    db: Database, database_url: str, directory: Path
) -> None:
    await lively(db)
    made = await backing.make(database_url, directory, 1, NOW)
    with closing(sqlite3.connect(made.backup.path)) as connection, connection:
        connection.execute("UPDATE memberships SET streak = streak + 1 WHERE name = 'Member 101'")
    assert await differing(database_url, url_of(made.backup.path)) == "memberships"


async def test_many_rows_are_copied_in_batches(
    db: Database, database_url: str, directory: Path
) -> None:
    def fill(conn: Connection) -> int:
        conn.execute(
            insert(guilds), [{"guild_id": number, "zone": "UTC"} for number in range(2500)]
        )
        return conn.execute(select(func.count()).select_from(guilds)).scalar_one()

    assert await db.write(fill) == 2500
    seen: list[tuple[int, int]] = []
    made = await backing.make(
        database_url, directory, 1, NOW, lambda done, of: seen.append((done, of))
    )
    assert made.rows == 2500
    assert await differing(database_url, url_of(made.backup.path)) is None
    assert re.search(r"\(2500, 2500\)|\((\d+), \1\)", str(seen))
