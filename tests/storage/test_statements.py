"""Inserting again, on both databases."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert, select

from bot.storage.database import Database
from bot.storage.statements import insert_ignoring, upsert
from bot.storage.tables import audit_log, heartbeats

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def beats(conn: Connection) -> dict[int, datetime]:
    return {row.shard_id: row.there_at for row in conn.execute(select(heartbeats))}


def heartbeat(shard_id: int, at: datetime) -> dict[str, object]:
    instants = dict.fromkeys(("there_at", "there_until", "alive_until"), at)
    return {"shard_count": 9, "shard_id": shard_id, **instants}


class TestInsertIgnoring:
    async def test_counts_and_keeps_only_the_new_rows(self, db: Database) -> None:
        rows: list[Mapping[str, object]] = [heartbeat(number, LATER) for number in range(2500)]

        def insert_again(conn: Connection) -> int:
            conn.execute(insert(heartbeats).values(heartbeat(7, NOON)))
            return insert_ignoring(conn, heartbeats, rows)

        assert await db.write(insert_again) == 2499
        found = await db.read(beats)
        assert (len(found), found[7]) == (2500, NOON)

    async def test_the_same_rows_twice_are_new_once(self, db: Database) -> None:
        rows = [heartbeat(1, NOON), heartbeat(1, LATER)]
        assert await db.write(insert_ignoring, heartbeats, rows) == 1

    async def test_no_rows_are_no_statement(self, db: Database) -> None:
        assert await db.write(insert_ignoring, heartbeats, []) == 0

    async def test_each_row_draws_its_own_id(self, db: Database) -> None:
        row = {"guild_id": 1, "actor_id": 2, "action": "a", "at": NOON}
        assert await db.write(insert_ignoring, audit_log, [row, row, row]) == 3


class TestUpsert:
    async def test_inserts_what_is_not_there(self, db: Database) -> None:
        await db.write(self.beat, NOON)
        assert await db.read(beats) == {1: NOON}

    async def test_changes_what_is_there(self, db: Database) -> None:
        await db.write(self.beat, NOON)
        await db.write(self.beat, LATER)
        assert await db.read(beats) == {1: LATER}

    async def test_leaves_columns_alone_that_are_not_named(self, db: Database) -> None:
        def note(conn: Connection, action: str, detail: str) -> None:
            row = {"guild_id": 1, "id": 1, "actor_id": 2, "at": NOON}
            upsert(
                conn,
                audit_log,
                {**row, "action": action, "detail": detail},
                key=["guild_id", "id"],
                update=["detail"],
            )

        def noted(conn: Connection) -> tuple[str, str]:
            row = conn.execute(select(audit_log.c.action, audit_log.c.detail)).one()
            return row[0], row[1]

        await db.write(note, "first", "first")
        await db.write(note, "second", "second")
        assert await db.read(noted) == ("first", "second")

    @staticmethod
    def beat(conn: Connection, at: datetime) -> None:
        key = ["shard_count", "shard_id"]
        upsert(conn, heartbeats, heartbeat(1, at), key=key, update=["there_at"])
