"""The log of what organisers and admins did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from bot.domain.ids import GroupId, GuildId, UserId
from bot.storage.tables import audit_log


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
