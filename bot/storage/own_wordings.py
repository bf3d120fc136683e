"""The kind words that a group's organisers wrote themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.domain.encouragement import Kind
from bot.domain.ids import GroupId, GuildId, OwnWordingId, UserId
from bot.storage.ids import new_id
from bot.storage.tables import own_wordings


@dataclass(frozen=True, slots=True)
class OwnWording:
    """Kind words of a group's own."""

    id: OwnWordingId
    group_id: GroupId
    situation: Kind | None
    """In which they are said; None in any."""
    text: str
    removed_at: datetime | None


def add(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    situation: Kind | None,
    text: str,
    by: UserId,
    now: datetime,
) -> OwnWordingId:
    """Add kind words to a group's own."""
    wording_id = OwnWordingId(new_id())
    conn.execute(
        insert(own_wordings).values(
            guild_id=guild_id,
            id=wording_id,
            group_id=group_id,
            situation=situation or "",
            text=text,
            added_by=by,
            added_at=now,
        )
    )
    return wording_id


def of_group(conn: Connection, guild_id: GuildId, group_id: GroupId) -> list[OwnWording]:
    """Return a group's own words that are in use, the oldest first."""
    query = (
        select(own_wordings)
        .where(
            own_wordings.c.guild_id == guild_id,
            own_wordings.c.group_id == group_id,
            own_wordings.c.removed_at.is_(None),
        )
        .order_by(own_wordings.c.id)
    )
    return [_own(row) for row in conn.execute(query)]


def find(conn: Connection, guild_id: GuildId, wording_id: OwnWordingId) -> OwnWording | None:
    """Return words of a group's own, in use or not; None for none of this server's."""
    query = select(own_wordings).where(
        own_wordings.c.guild_id == guild_id, own_wordings.c.id == wording_id
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else _own(row)


def remove(conn: Connection, guild_id: GuildId, wording_id: OwnWordingId, now: datetime) -> None:
    """Have words of a group's own said no more."""
    conn.execute(
        update(own_wordings)
        .where(own_wordings.c.guild_id == guild_id, own_wordings.c.id == wording_id)
        .values(removed_at=now)
    )


def _own(row: Row[Any]) -> OwnWording:
    return OwnWording(
        id=OwnWordingId(row.id),
        group_id=GroupId(row.group_id),
        situation=Kind(row.situation) if row.situation else None,
        text=row.text,
        removed_at=row.removed_at,
    )
