"""Programmes: everybody's own ladder in a server, and the reviews of its weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.domain.ids import GuildId, UserId
from bot.domain.programme import Pace, Review, Rule
from bot.storage.statements import locked, upsert
from bot.storage.tables import programmes, reviews

_KEY = ["guild_id", "user_id"]


@dataclass(frozen=True, slots=True)
class Programme:
    """A member's ladder as it stands."""

    guild_id: GuildId
    user_id: UserId
    rung: int
    pace: Pace
    started_at: datetime
    stopped_at: datetime | None
    note_read_at: datetime
    """When they last confirmed the doctor's note."""
    returned_on: date | None
    """When they last came back after two weeks, and it went two rungs down."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review of a week."""

    week_on: date
    review: Review
    kept: int
    counted: int
    at: datetime


def find(
    conn: Connection, guild_id: GuildId, user_id: UserId, *, lock: bool = False
) -> Programme | None:
    """Return somebody's programme, also one that they stopped; None where there never was one."""
    query = select(programmes).where(
        programmes.c.guild_id == guild_id, programmes.c.user_id == user_id
    )
    row = conn.execute(locked(query) if lock else query).one_or_none()
    return None if row is None else _programme(row)


def fetch(conn: Connection, guild_id: GuildId, user_id: UserId) -> Programme:
    """Return a programme that must be there."""
    query = select(programmes).where(
        programmes.c.guild_id == guild_id, programmes.c.user_id == user_id
    )
    return _programme(conn.execute(query).one())


def running(conn: Connection, guild_id: GuildId, user_ids: Iterable[UserId]) -> list[Programme]:
    """Return the programmes under way of some people, locked until the transaction ends.

    In the order of their ids, so that two who ask for the same ones do not wait for each other.
    """
    query = (
        select(programmes)
        .where(
            programmes.c.guild_id == guild_id,
            programmes.c.user_id.in_(list(user_ids)),
            programmes.c.stopped_at.is_(None),
        )
        .order_by(programmes.c.user_id)
    )
    return [_programme(row) for row in conn.execute(locked(query))]


def begin(conn: Connection, guild_id: GuildId, user_id: UserId, rung: int, now: datetime) -> None:
    """Begin a programme, with the doctor's note just read; in place of one that was there."""
    row = {
        "guild_id": guild_id,
        "user_id": user_id,
        "rung": rung,
        "pace": Pace.GROW,
        "started_at": now,
        "stopped_at": None,
        "note_read_at": now,
        "returned_on": None,
    }
    upsert(conn, programmes, row, key=_KEY, update=[name for name in row if name not in _KEY])


def change(conn: Connection, programme: Programme, **values: object) -> None:
    """Set columns of a programme."""
    conn.execute(
        update(programmes)
        .where(
            programmes.c.guild_id == programme.guild_id,
            programmes.c.user_id == programme.user_id,
        )
        .values(**values)
    )


def remove(conn: Connection, guild_id: GuildId, user_id: UserId) -> None:
    """Delete somebody's programme and its reviews."""
    conn.execute(
        delete(programmes).where(programmes.c.guild_id == guild_id, programmes.c.user_id == user_id)
    )


def add_review(conn: Connection, programme: Programme, reviewed: Reviewed) -> None:
    """Keep the review of a week, which must be the only one of it."""
    conn.execute(
        insert(reviews).values(
            guild_id=programme.guild_id,
            user_id=programme.user_id,
            week_on=reviewed.week_on,
            rule=reviewed.review.rule,
            rung_before=reviewed.review.before,
            rung_after=reviewed.review.after,
            kept=reviewed.kept,
            counted=reviewed.counted,
            at=reviewed.at,
        )
    )


def reviews_of(conn: Connection, programme: Programme) -> list[Reviewed]:
    """Return all reviews of somebody's ladder, the latest first.

    Those of a programme that they had stopped before this one are among them.
    """
    query = (
        select(reviews)
        .where(reviews.c.guild_id == programme.guild_id, reviews.c.user_id == programme.user_id)
        .order_by(reviews.c.week_on.desc())
    )
    return [_reviewed(row) for row in conn.execute(query)]


def _programme(row: Row[Any]) -> Programme:
    return Programme(
        guild_id=GuildId(row.guild_id),
        user_id=UserId(row.user_id),
        rung=row.rung,
        pace=Pace(row.pace),
        started_at=row.started_at,
        stopped_at=row.stopped_at,
        note_read_at=row.note_read_at,
        returned_on=row.returned_on,
    )


def _reviewed(row: Row[Any]) -> Reviewed:
    review = Review(Rule(row.rule), row.rung_before, row.rung_after)
    return Reviewed(row.week_on, review, row.kept, row.counted, row.at)
