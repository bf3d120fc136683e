"""Book-keeping of when the bot was not there, so that nobody misses a session because of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.storage import downtimes
from bot.storage.database import Database


class Cause(StrEnum):
    """Why the bot was not there."""

    STOPPED = "stopped"
    GATEWAY = "gateway"
    REFUSED = "refused"


async def beat(db: Database, shard_ids: Iterable[int], now: datetime, tolerance: timedelta) -> None:
    """Note that the shards are there; a longer gap since the last beat is a downtime."""

    def note(conn: Connection) -> None:
        for shard_id in shard_ids:
            before = downtimes.beat(conn, shard_id, now)
            if before is not None and now - before > tolerance:
                downtimes.begin(conn, shard_id, before, Cause.STOPPED)
                downtimes.end(conn, shard_id, now)

    await db.write(note)


async def last_beat(db: Database) -> datetime | None:
    """Return when any shard was last there; None before the first start."""
    return await db.read(downtimes.last_beat)


async def away(db: Database, shard_id: int, cause: Cause, now: datetime) -> None:
    """Note that a shard is cut off from now on."""
    await db.write(downtimes.begin, shard_id, now, cause)


async def back(db: Database, shard_id: int, now: datetime) -> None:
    """Note that a shard is there again."""
    await db.write(downtimes.end, shard_id, now)
