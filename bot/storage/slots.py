"""Slots, and the days that organisers called off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.domain.ids import GroupId, GuildId, SlotId
from bot.domain.schedule import Activity, Slot
from bot.storage.ids import new_id
from bot.storage.statements import insert_ignoring
from bot.storage.tables import skips, slots


@dataclass(frozen=True, slots=True)
class StoredSlot:
    """A slot and what the planner knows of it."""

    slot: Slot
    added_at: datetime
    planned_through_on: date
    """Days up to this one have been planned."""


def add(  # noqa: PLR0913 - a slot is what it is made of
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    *,
    weekdays: frozenset[int],
    at: time,
    activity: Activity,
    minutes: int,
    every_weeks: int,
    first_on: date,
    last_on: date | None,
    planned_through_on: date,
    now: datetime,
) -> SlotId:
    """Add a line to a group's schedule; nothing is planned for it yet."""
    slot_id = SlotId(new_id())
    conn.execute(
        insert(slots).values(
            guild_id=guild_id,
            id=slot_id,
            group_id=group_id,
            weekdays=sum(1 << weekday for weekday in weekdays),
            at=at,
            activity=activity.value,
            minutes=minutes,
            every_weeks=every_weeks,
            first_on=first_on,
            last_on=last_on,
            planned_through_on=planned_through_on,
            added_at=now,
        )
    )
    return slot_id


def of_group(conn: Connection, guild_id: GuildId, group_id: GroupId) -> list[StoredSlot]:
    """Return a group's slots that were not removed, by time of day and id."""
    query = (
        select(slots)
        .where(
            slots.c.guild_id == guild_id,
            slots.c.group_id == group_id,
            slots.c.removed_at.is_(None),
        )
        .order_by(slots.c.at, slots.c.id)
    )
    return [_stored(row) for row in conn.execute(query)]


def set_planned_through(
    conn: Connection, guild_id: GuildId, slot_ids: list[SlotId], on: date
) -> None:
    """Remember up to which day the slots have been planned."""
    conn.execute(
        update(slots)
        .where(slots.c.guild_id == guild_id, slots.c.id.in_(slot_ids))
        .values(planned_through_on=on)
    )


def remove(
    conn: Connection, guild_id: GuildId, group_id: GroupId, slot_id: SlotId, now: datetime
) -> bool:
    """Take a slot off the schedule; False when it was not on it."""
    result = conn.execute(
        update(slots)
        .where(
            slots.c.guild_id == guild_id,
            slots.c.group_id == group_id,
            slots.c.id == slot_id,
            slots.c.removed_at.is_(None),
        )
        .values(removed_at=now)
    )
    return result.rowcount > 0


def add_skips(conn: Connection, guild_id: GuildId, group_id: GroupId, days: Iterable[date]) -> int:
    """Call days off; those that are stay so. Return how many were not."""
    rows = [{"guild_id": guild_id, "group_id": group_id, "skip_on": on} for on in days]
    return insert_ignoring(conn, skips, rows)


def remove_skips(
    conn: Connection, guild_id: GuildId, group_id: GroupId, first_on: date, last_on: date
) -> int:
    """Take days off back; return how many there were."""
    result = conn.execute(
        delete(skips).where(
            skips.c.guild_id == guild_id,
            skips.c.group_id == group_id,
            skips.c.skip_on.between(first_on, last_on),
        )
    )
    return result.rowcount


def skipped_on(conn: Connection, guild_id: GuildId, group_id: GroupId, from_on: date) -> list[date]:
    """Return the days called off from `from_on` on, in order."""
    query = (
        select(skips.c.skip_on)
        .where(
            skips.c.guild_id == guild_id, skips.c.group_id == group_id, skips.c.skip_on >= from_on
        )
        .order_by(skips.c.skip_on)
    )
    return list(conn.execute(query).scalars())


def _stored(row: Row[Any]) -> StoredSlot:
    return StoredSlot(
        slot=Slot(
            id=SlotId(row.id),
            weekdays=frozenset(day for day in range(7) if row.weekdays >> day & 1),
            at=row.at,
            activity=Activity(row.activity),
            minutes=row.minutes,
            first_on=row.first_on,
            last_on=row.last_on,
            every_weeks=row.every_weeks,
        ),
        added_at=row.added_at,
        planned_through_on=row.planned_through_on,
    )
