"""When the bot was not there for a shard's servers: heartbeats and the gaps between them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, or_, select, update

from bot.domain.day import Span
from bot.storage.statements import insert_ignoring, upsert
from bot.storage.tables import downtimes, heartbeats


def beat(conn: Connection, shard_id: int, now: datetime) -> datetime | None:
    """Note that a shard is there at `now`; return when it was noted before."""
    query = select(heartbeats.c.beat_at).where(heartbeats.c.shard_id == shard_id)
    before = conn.execute(query).scalar_one_or_none()
    row = {"shard_id": shard_id, "beat_at": now}
    upsert(conn, heartbeats, row, key=["shard_id"], update=["beat_at"])
    return before


def last_beat(conn: Connection) -> datetime | None:
    """Return when any shard was last noted as there; None before the first start."""
    return conn.execute(select(func.max(heartbeats.c.beat_at))).scalar_one()


def begin(conn: Connection, shard_id: int, start_at: datetime, cause: str) -> None:
    """Note that a shard has been away since `start_at`; nothing when that is known."""
    going_on = select(downtimes.c.start_at).where(
        downtimes.c.shard_id == shard_id, downtimes.c.end_at.is_(None)
    )
    if conn.execute(going_on).first() is None:
        row = {"shard_id": shard_id, "start_at": start_at, "cause": cause}
        insert_ignoring(conn, downtimes, [row])


def end(conn: Connection, shard_id: int, end_at: datetime) -> bool:
    """Note that a shard is back; False when it was not away."""
    result = conn.execute(
        update(downtimes)
        .where(downtimes.c.shard_id == shard_id, downtimes.c.end_at.is_(None))
        .values(end_at=end_at)
    )
    return result.rowcount > 0


def since(conn: Connection, shard_id: int, start_at: datetime) -> list[Span]:
    """Return a shard's downtimes that reach beyond `start_at`, in order; the last may go on."""
    query = (
        select(downtimes.c.start_at, downtimes.c.end_at)
        .where(
            downtimes.c.shard_id == shard_id,
            or_(downtimes.c.end_at.is_(None), downtimes.c.end_at > start_at),
        )
        .order_by(downtimes.c.start_at)
    )
    return [Span(row[0], row[1]) for row in conn.execute(query)]
