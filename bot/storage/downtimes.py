"""When the bot was not there for a shard's servers: heartbeats and the gaps between them.

A heartbeat vouches for its shard from `there_at` until `there_until`; what lies between two of them
is a downtime, which is written down when the shard is back. While it goes on it shows only in the
heartbeat that has run out. `alive_until` tells that the process runs, whether people can reach it
or not; one that nobody has ever reached was there at `NEVER`. Rows are kept by (shards in all,
shard), so that another number of shards changes nothing about the past.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, func, literal, select, update

from bot.domain.day import Span
from bot.domain.ids import GuildId
from bot.storage.statements import insert_ignoring, upsert
from bot.storage.tables import downtimes, heartbeats

KEY = ["shard_count", "shard_id"]
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a shard was there that has not been yet."""


def beat(conn: Connection, count: int, shard_id: int, now: datetime, until: datetime) -> None:
    """Note that a shard is there at `now`, and that this holds until `until`."""
    row = {
        "shard_count": count,
        "shard_id": shard_id,
        "there_at": now,
        "there_until": until,
        "alive_until": until,
    }
    upsert(conn, heartbeats, row, key=KEY, update=["there_at", "there_until", "alive_until"])


def alive(conn: Connection, count: int, shard_id: int, until: datetime) -> None:
    """Note that a shard's process runs, though nobody reaches it.

    What a process before it vouched for is over: a killed one could not take it back.
    """
    known = _change(conn, count, shard_id, alive_until=until, there_until=heartbeats.c.there_at)
    if not known:
        row = {
            "shard_count": count,
            "shard_id": shard_id,
            "there_at": NEVER,
            "there_until": NEVER,
            "alive_until": until,
        }
        insert_ignoring(conn, heartbeats, [row])


def leave(conn: Connection, count: int, shard_id: int, now: datetime) -> None:
    """Note that a shard was there until `now` and is not any more."""
    known = _change(conn, count, shard_id, there_at=now, there_until=now)
    if not known:
        beat(conn, count, shard_id, now, now)


def end(conn: Connection, count: int, shard_id: int, now: datetime) -> None:
    """Note that a shard's process ends at `now`."""
    _change(conn, count, shard_id, alive_until=now)


def last_there(conn: Connection, count: int, shard_id: int) -> tuple[datetime, datetime] | None:
    """Return when a shard was last noted as there, and until when that held; None for never.

    A shard that is new because the bot is split otherwise now was where the others were.
    """
    query = select(heartbeats.c.there_at, heartbeats.c.there_until).where(_was_there())
    own = query.where(heartbeats.c.shard_count == count, heartbeats.c.shard_id == shard_id)
    other = query.where(heartbeats.c.shard_count != count).order_by(heartbeats.c.there_at.desc())
    found = conn.execute(own).first() or conn.execute(other.limit(1)).first()
    return (found[0], found[1]) if found else None


def alive_until(conn: Connection) -> datetime | None:
    """Return until when any process is known to run; None before the first start."""
    query = select(func.max(heartbeats.c.alive_until)).where(heartbeats.c.alive_until > NEVER)
    return conn.execute(query).scalar_one()


def add(conn: Connection, count: int, shard_id: int, span: Span, cause: str) -> None:
    """Write down a downtime that is over."""
    row = {
        "shard_count": count,
        "shard_id": shard_id,
        "start_at": span.start,
        "end_at": span.end,
        "cause": cause,
    }
    insert_ignoring(conn, downtimes, [row])


def of_guild(conn: Connection, guild_id: GuildId, since: datetime, now: datetime) -> list[Span]:
    """Return a server's downtimes that reach beyond `since`, in order; the last may go on."""
    number = literal(guild_id >> 22)
    query = (
        select(downtimes.c.start_at, downtimes.c.end_at)
        .where(number % downtimes.c.shard_count == downtimes.c.shard_id, downtimes.c.end_at > since)
        .order_by(downtimes.c.start_at)
    )
    over = [Span(row[0], row[1]) for row in conn.execute(query)]
    latest = (
        select(heartbeats.c.there_at, heartbeats.c.there_until)
        .where(number % heartbeats.c.shard_count == heartbeats.c.shard_id, _was_there())
        .order_by(heartbeats.c.there_at.desc())
        .limit(1)
    )
    last = conn.execute(latest).first()
    if last is None or last.there_until >= now:
        return over
    return [*over, Span(last.there_at, None)]


def latest_there(conn: Connection) -> datetime | None:
    """Return when any shard was last noted as there; None for never."""
    return conn.execute(select(func.max(heartbeats.c.there_at)).where(_was_there())).scalar_one()


def _was_there() -> ColumnElement[bool]:
    return heartbeats.c.there_at > NEVER


def _change(conn: Connection, count: int, shard_id: int, **values: object) -> bool:
    result = conn.execute(
        update(heartbeats)
        .where(heartbeats.c.shard_count == count, heartbeats.c.shard_id == shard_id)
        .values(**values)
    )
    return result.rowcount > 0
