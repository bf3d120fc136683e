"""Walks of one's own outside any session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, select

from bot.domain.ids import ExtraId, GroupId, GuildId, MembershipId
from bot.domain.schedule import Activity
from bot.storage.boards import Days
from bot.storage.ids import new_id
from bot.storage.tables import extras, memberships


@dataclass(frozen=True, slots=True)
class Extra:
    """One walk of a member's own."""

    id: ExtraId
    membership_id: MembershipId
    done_on: date
    activity: Activity
    minutes: int
    metres: int | None
    at: datetime
    """When it was logged."""


def add(conn: Connection, guild_id: GuildId, extra: Extra) -> None:
    """Keep a walk."""
    conn.execute(
        insert(extras).values(
            guild_id=guild_id,
            id=extra.id,
            membership_id=extra.membership_id,
            done_on=extra.done_on,
            activity=extra.activity,
            minutes=extra.minutes,
            metres=extra.metres,
            at=extra.at,
        )
    )


def new_extra_id() -> ExtraId:
    """Return an id for a walk that is to be added."""
    return ExtraId(new_id())


def count_on(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, done_on: date
) -> int:
    """Count a member's walks of a local day."""
    query = (
        select(func.count())
        .select_from(extras)
        .where(
            extras.c.guild_id == guild_id,
            extras.c.membership_id == membership_id,
            extras.c.done_on == done_on,
        )
    )
    return conn.execute(query).scalar_one()


def latest_since(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, since: datetime
) -> Extra | None:
    """Return the walk that a member logged last, at or after `since`; None without any."""
    query = (
        select(extras)
        .where(
            extras.c.guild_id == guild_id,
            extras.c.membership_id == membership_id,
            extras.c.at >= since,
        )
        .order_by(extras.c.at.desc(), extras.c.id.desc())
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else _extra(row)


def remove(conn: Connection, guild_id: GuildId, extra_id: ExtraId) -> None:
    """Take a walk off again."""
    conn.execute(delete(extras).where(extras.c.guild_id == guild_id, extras.c.id == extra_id))


def minutes(
    conn: Connection, guild_id: GuildId, group_ids: Iterable[GroupId], days: Days
) -> dict[MembershipId, int]:
    """Sum up the minutes of some groups' members, leavers too; without a walk they are absent."""
    query = (
        _of_groups(guild_id, group_ids)
        .with_only_columns(extras.c.membership_id, func.sum(extras.c.minutes))
        .group_by(extras.c.membership_id)
    )
    if days.first_on is not None:
        query = query.where(extras.c.done_on >= days.first_on)
    if days.last_on is not None:
        query = query.where(extras.c.done_on <= days.last_on)
    return {MembershipId(row[0]): int(row[1]) for row in conn.execute(query)}


def _of_groups(guild_id: GuildId, group_ids: Iterable[GroupId]) -> Select[Any]:
    of_member = and_(
        memberships.c.guild_id == extras.c.guild_id, memberships.c.id == extras.c.membership_id
    )
    return (
        select()
        .select_from(memberships)
        .join(extras, of_member)
        .where(memberships.c.guild_id == guild_id, memberships.c.group_id.in_(list(group_ids)))
    )


def _extra(row: Row[Any]) -> Extra:
    return Extra(
        id=ExtraId(row.id),
        membership_id=MembershipId(row.membership_id),
        done_on=row.done_on,
        activity=Activity(row.activity),
        minutes=row.minutes,
        metres=row.metres,
        at=row.at,
    )
