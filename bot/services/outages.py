"""Book-keeping of when the bot was not there, so that nobody misses a session because of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.domain.day import Span
from bot.storage import downtimes
from bot.storage.database import Database


class Cause(StrEnum):
    """Why the bot was not there."""

    STOPPED = "stopped"
    GATEWAY = "gateway"
    REFUSED = "refused"


async def back(
    db: Database, count: int, shard_id: int, cause: Cause, now: datetime, good_for: timedelta
) -> None:
    """Note that a shard is there again; however short its absence was, it is written down."""

    def note(conn: Connection) -> None:
        before = downtimes.last_there(conn, count, shard_id)
        if before is not None and before[0] < now:
            downtimes.add(conn, count, shard_id, Span(before[0], now), cause)
        downtimes.beat(conn, count, shard_id, now, now + good_for)

    await db.write(note)


async def beat(
    db: Database,
    count: int,
    there: Iterable[int],
    away: Iterable[int],
    now: datetime,
    good_for: timedelta,
) -> None:
    """Note that shards are `there`, vouched for until the next beats; `away` ones only run.

    A beat that comes after the one before has run out (a suspended machine, a database that took
    nothing) makes a downtime of the time between.
    """

    def note(conn: Connection) -> None:
        for shard_id in there:
            before = downtimes.last_there(conn, count, shard_id)
            if before is not None and before[1] < now:
                span = Span(before[0], now)
                downtimes.add(conn, count, shard_id, span, Cause.STOPPED)
            downtimes.beat(conn, count, shard_id, now, now + good_for)
        for shard_id in away:
            downtimes.alive(conn, count, shard_id, now + good_for)

    await db.write(note)


async def left(db: Database, count: int, shard_ids: Iterable[int], now: datetime) -> None:
    """Note that shards were there until now, and are cut off."""

    def note(conn: Connection) -> None:
        for shard_id in shard_ids:
            downtimes.leave(conn, count, shard_id, now)

    await db.write(note)


async def stopped(
    db: Database, count: int, there: Iterable[int], away: Iterable[int], now: datetime
) -> None:
    """Note that a process ends in order; the shards that were `there` were so until now."""
    present = list(there)

    def note(conn: Connection) -> None:
        for shard_id in present:
            downtimes.leave(conn, count, shard_id, now)
        for shard_id in [*present, *away]:
            downtimes.end(conn, count, shard_id, now)

    await db.write(note)


async def last_there(db: Database, count: int, shard_id: int) -> datetime | None:
    """Return when a shard was last there; None for never."""
    found = await db.read(downtimes.last_there, count, shard_id)
    return found[0] if found else None
