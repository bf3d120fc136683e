"""The log of what organisers and admins did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from bot.domain.ids import GroupId, GuildId, UserId
from bot.storage.tables import audit_log


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did, and when."""

    actor_id: UserId
    action: str
    detail: str
    at: datetime


def add(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId | None,
    actor_id: UserId,
    action: str,
    detail: str,
    now: datetime,
) -> None:
    """Note what somebody did."""
    conn.execute(
        insert(audit_log).values(
            guild_id=guild_id,
            group_id=group_id,
            actor_id=actor_id,
            action=action,
            detail=detail,
            at=now,
        )
    )


def count(conn: Connection, guild_id: GuildId, group_id: GroupId) -> int:
    """Count what was done in a group."""
    query = (
        select(func.count())
        .select_from(audit_log)
        .where(audit_log.c.guild_id == guild_id, audit_log.c.group_id == group_id)
    )
    return conn.execute(query).scalar_one()


def of_group(
    conn: Connection, guild_id: GuildId, group_id: GroupId, *, passed_over: int, limit: int
) -> list[Entry]:
    """Return what was done in a group, newest first, after `passed_over` newer entries."""
    query = (
        select(audit_log)
        .where(audit_log.c.guild_id == guild_id, audit_log.c.group_id == group_id)
        .order_by(audit_log.c.at.desc(), audit_log.c.id.desc())
        .offset(passed_over)
        .limit(limit)
    )
    return [
        Entry(UserId(row.actor_id), row.action, row.detail, row.at) for row in conn.execute(query)
    ]
