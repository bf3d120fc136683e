"""Putting a backup back: all or nothing, on and across both databases, fair to the time since."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select
from sqlalchemy.util import greenlet_spawn

from bot.domain.checkin import Answer, SessionState
from bot.domain.moment import MomentKind, MomentState
from bot.services import auditing, backups, outages
from bot.services.backups import Restored
from bot.storage import copying, downtimes, migrate, tables
from bot.storage.database import Database, open_database
from bot.storage.errors import Corrupt, InUse, StorageError, Unreachable
from bot.storage.exclusive import only_process
from tests.services.town import DAY, HOUR, MONDAY, Town, opened_town, wall

Rows = dict[str, list[tuple[Any, ...]]]

# What a restore sets on purpose, because time has gone by.
SET_ANEW = {"tried_at", "claimed_by", "claimed_until", "there_until", "alive_until"}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def columns_of(table: Table) -> list[Any]:
    return [column for column in table.c if column.name not in SET_ANEW]


async def rows_of(url: str) -> Rows:
    """Return every table's rows, in order, without what a restore sets anew."""

    def collect(conn: Connection) -> Rows:
        return {
            table.name: [
                tuple(row)
                for row in conn.execute(
                    select(*columns_of(table)).order_by(*table.primary_key.columns)
                )
            ]
            for table in tables.metadata.sorted_tables
            if table.name not in ("downtimes", "bags")
        }

    async with copying.reading(url) as conn:
        return await greenlet_spawn(collect, conn)


async def live(url: str) -> datetime:
    """Have a group live for a day in a database that is empty; return when it stands."""
    async with await open_database(url) as db:
        town, people, session = await opened_town(db, 2)
        await town.answer(people[0], session.id, Answer.DONE)
        await town.answer(people[1], session.id, Answer.REST)
        await town.live_until(wall(MONDAY + DAY, "06:00"))
        await town.plan()
        return town.now


async def backed_up(url: str, directory: Path, now: datetime) -> Path:
    return (await backups.make(url, directory, 9, now)).backup.path


async def restored(url: str, file: Path, directory: Path, now: datetime) -> Restored:
    async with backups.prepared(url, file, directory, now) as ready:
        return await backups.put_in_place(url, ready, directory, now)


async def differences(url: str) -> int:
    async with await open_database(url) as db:
        return len(await auditing.audit(db))


class TestThereAndBack:
    async def test_on_the_same_database_gives_the_same_rows(
        self, database_url: str, directory: Path
    ) -> None:
        now = await live(database_url)
        before = await rows_of(database_url)
        backup = await backed_up(database_url, directory, now)
        async with await open_database(database_url) as db:
            await db.write(lambda conn: conn.exec_driver_sql("DELETE FROM guilds").rowcount)
            await db.write(lambda conn: conn.exec_driver_sql("DELETE FROM groups").rowcount)
        await restored(database_url, backup, directory, now)
        assert await rows_of(database_url) == before
        assert await differences(database_url) == 0

    async def test_across_to_the_other_database_and_back(
        self, sqlite_url: str, postgres_url: str, directory: Path, tmp_path: Path
    ) -> None:
        now = await live(sqlite_url)
        before = await rows_of(sqlite_url)
        first = await backed_up(sqlite_url, directory, now)
        await restored(postgres_url, first, directory, now)
        assert await rows_of(postgres_url) == before
        second = await backed_up(postgres_url, directory, now)
        again = f"sqlite:///{tmp_path / 'again.db'}"
        await restored(again, second, directory, now)
        assert await rows_of(again) == before
        assert [await differences(postgres_url), await differences(again)] == [0, 0]

    async def test_into_an_empty_database_keeps_nothing(
        self, sqlite_url: str, empty_database_url: str, directory: Path
    ) -> None:
        now = await live(sqlite_url)
        backup = await backed_up(sqlite_url, directory, now)
        done = await restored(empty_database_url, backup, directory, now)
        assert done.kept is None
        assert await rows_of(empty_database_url) == await rows_of(sqlite_url)

    async def test_of_an_older_version_is_brought_up_to_date(
        self, database_url: str, directory: Path, tmp_path: Path
    ) -> None:
        old = f"sqlite:///{tmp_path / 'old.db'}"
        await asyncio.to_thread(migrate.upgrade, old, "0001")
        async with await open_database(old) as db:
            row = "INSERT INTO guilds (guild_id, zone) VALUES (5, 'Asia/Kathmandu')"
            await db.write(lambda conn: conn.exec_driver_sql(row).rowcount)
        now = wall(MONDAY, "12:00")
        await restored(database_url, await backed_up(old, directory, now), directory, now)
        assert [row[:2] for row in (await rows_of(database_url))["guilds"]] == [
            (5, "Asia/Kathmandu")
        ]

    async def test_what_was_there_is_kept_and_can_be_put_back(
        self, database_url: str, directory: Path
    ) -> None:
        backup = await backed_up(database_url, directory, wall(MONDAY, "04:00"))
        now = await live(database_url)
        before = await rows_of(database_url)
        done = await restored(database_url, backup, directory, wall(MONDAY, "04:00"))
        assert not (await rows_of(database_url))["groups"]
        assert done.kept is not None
        await restored(database_url, done.kept, directory, now)
        assert await rows_of(database_url) == before


class TestRefused:
    async def test_what_is_damaged_changes_nothing(
        self, database_url: str, directory: Path, tmp_path: Path
    ) -> None:
        now = await live(database_url)
        before = await rows_of(database_url)
        file = tmp_path / "bad.db"
        file.write_bytes(b"SQLite format 3\0" + bytes(8192))
        with pytest.raises(StorageError):
            await restored(database_url, file, directory, now)
        assert await rows_of(database_url) == before

    async def test_while_an_amble_has_the_file(self, sqlite_url: str, directory: Path) -> None:
        now = await live(sqlite_url)
        backup = await backed_up(sqlite_url, directory, now)
        with only_process(sqlite_url), pytest.raises(InUse):
            await restored(sqlite_url, backup, directory, now)

    async def test_while_an_amble_is_at_work_on_postgresql(
        self, postgres_url: str, directory: Path
    ) -> None:
        now = await live(postgres_url)
        backup = await backed_up(postgres_url, directory, now)
        async with await open_database(postgres_url) as db:
            await outages.beat(db, 1, [0], [], now, timedelta(seconds=90))
        with pytest.raises(InUse, match="An Amble is at work"):
            await restored(postgres_url, backup, directory, now + timedelta(seconds=80))
        await restored(postgres_url, backup, directory, now + timedelta(seconds=100))

    async def test_while_an_amble_waits_for_its_first_gateway(
        self, postgres_url: str, directory: Path
    ) -> None:
        now = await live(postgres_url)
        backup = await backed_up(postgres_url, directory, now)
        async with await open_database(postgres_url) as db:
            await outages.beat(db, 1, [], [0], now, timedelta(seconds=90))
        with pytest.raises(InUse, match="An Amble is at work"):
            await restored(postgres_url, backup, directory, now)

    async def test_when_an_amble_starts_after_the_look(
        self, postgres_url: str, directory: Path
    ) -> None:
        now = await live(postgres_url)
        backup = await backed_up(postgres_url, directory, now)
        async with backups.prepared(postgres_url, backup, directory, now) as ready:
            async with await open_database(postgres_url) as db:
                await outages.beat(db, 1, [0], [], now, timedelta(seconds=90))
            before = await rows_of(postgres_url)
            with pytest.raises(InUse):
                await backups.put_in_place(postgres_url, ready, directory, now)
        assert await rows_of(postgres_url) == before

    async def test_a_file_that_is_the_database_itself(
        self, sqlite_url: str, directory: Path
    ) -> None:
        file = Path(sqlite_url.removeprefix("sqlite:///"))
        with pytest.raises(Unreachable, match="the database itself"):
            await restored(sqlite_url, file, directory, wall(MONDAY, "12:00"))

    async def test_half_way_through_on_postgresql_leaves_what_was_there(
        self, postgres_url: str, directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = await live(postgres_url)
        before = await rows_of(postgres_url)
        backup = await backed_up(postgres_url, directory, now)

        asked = 0
        really = copying.differing

        def differ_at_last(
            source: Connection, target: Connection, found: list[Table], tell: copying.Progress
        ) -> str | None:
            """Find nothing in what is kept, but a difference in what was put in its place."""
            nonlocal asked
            asked += 1
            return really(source, target, found, tell) if asked == 1 else "groups"

        async with backups.prepared(postgres_url, backup, directory, now) as ready:
            monkeypatch.setattr(copying, "differing", differ_at_last)
            with pytest.raises(Corrupt, match="groups did not arrive"):
                await backups.put_in_place(postgres_url, ready, directory, now)
        assert await rows_of(postgres_url) == before

    async def test_nothing_of_it_stays_in_the_directory(
        self, database_url: str, directory: Path, tmp_path: Path
    ) -> None:
        now = await live(database_url)
        backup = await backed_up(database_url, directory, now)
        async with backups.prepared(database_url, backup, directory, now):
            pass
        assert not list(tmp_path.rglob("*.partial*"))


class TestTheTimeSince:
    """A backup of Monday at 12:00, put back later: what may have happened meanwhile is lost.

    On SQLite only: that is where a backup is prepared, whichever database it goes to.
    """

    @pytest.fixture
    async def backup(self, sqlite_url: str, directory: Path) -> Path:
        async with await open_database(sqlite_url) as db:
            town, people, session = await opened_town(db, 2)
            await town.answer(people[0], session.id, Answer.DONE)
            await town.live_until(wall(MONDAY, "12:00"))
            self.town, self.people, self.session = town, people, session
        return await backed_up(sqlite_url, directory, wall(MONDAY, "12:00"))

    def reopened(self, db: Database, now: datetime) -> Town:
        return Town(db, self.town.group_id, now)

    async def test_what_waited_is_searched_for_since_the_backup(
        self, sqlite_url: str, backup: Path, directory: Path
    ) -> None:
        now = wall(MONDAY + DAY, "08:00")
        await restored(sqlite_url, backup, directory, now)
        table = tables.moments
        query = select(table.c.tried_at).where(
            table.c.kind == MomentKind.PROMPT,
            table.c.state == MomentState.DUE,
            table.c.due_at <= now,
        )
        async with await open_database(sqlite_url) as db:
            waiting = await db.read(lambda conn: conn.execute(query).all())
        assert waiting
        assert {row.tried_at for row in waiting} == {wall(MONDAY, "12:00")}

    async def test_within_the_planned_days_nothing_is_left_out(
        self, sqlite_url: str, backup: Path, directory: Path
    ) -> None:
        done = await restored(sqlite_url, backup, directory, wall(MONDAY + DAY, "08:00"))
        assert done.left_out == 0

    async def test_prompts_planned_after_the_backup_are_not_posted_again(
        self, sqlite_url: str, backup: Path, directory: Path
    ) -> None:
        now = wall(MONDAY + 5 * DAY, "08:00")
        done = await restored(sqlite_url, backup, directory, now)
        assert done.left_out > 0
        async with await open_database(sqlite_url) as db:
            town = self.reopened(db, now)
            await town.live_until(now + HOUR)
            session = await town.session(MONDAY + 5 * DAY)
            assert session.posted_at is None

    async def test_the_next_prompt_comes_as_ever(
        self, sqlite_url: str, backup: Path, directory: Path
    ) -> None:
        now = wall(MONDAY + 5 * DAY, "08:00")
        await restored(sqlite_url, backup, directory, now)
        async with await open_database(sqlite_url) as db:
            town = self.reopened(db, now)
            await town.live_until(wall(MONDAY + 6 * DAY, "08:00"))
            session = await town.session(MONDAY + 6 * DAY)
            assert session.state is SessionState.OPEN

    async def test_an_open_session_gives_time_to_answer_again(
        self, sqlite_url: str, backup: Path, directory: Path
    ) -> None:
        now = wall(MONDAY + DAY, "08:00")
        await restored(sqlite_url, backup, directory, now)
        async with await open_database(sqlite_url) as db:
            town = self.reopened(db, now)
            await town.live_until(now + 2 * HOUR)
            before = (await town.session(MONDAY)).state
            await town.live_until(now + 4 * HOUR)
            after = (await town.session(MONDAY)).state
        assert (before, after) == (SessionState.OPEN, SessionState.SETTLED)

    async def test_the_figures_are_what_folding_gives(
        self, sqlite_url: str, backup: Path, directory: Path
    ) -> None:
        now = wall(MONDAY + 9 * DAY, "08:00")
        await restored(sqlite_url, backup, directory, now)
        async with await open_database(sqlite_url) as db:
            await self.reopened(db, now).live_until(now + 2 * DAY)
        assert await differences(sqlite_url) == 0

    async def test_no_process_of_then_is_taken_to_run(
        self, sqlite_url: str, directory: Path
    ) -> None:
        now = wall(MONDAY, "12:00")
        async with await open_database(sqlite_url) as db:
            await outages.beat(db, 1, [0], [], now, timedelta(seconds=90))
        backup = await backed_up(sqlite_url, directory, now)
        later = now + timedelta(seconds=100)
        await restored(sqlite_url, backup, directory, later)
        async with await open_database(sqlite_url) as db:
            until = await db.read(downtimes.alive_until)
        assert until is not None
        assert until <= now
