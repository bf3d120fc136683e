"""Which wordings a group has had: a bag of them for each kind of message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.ids import GroupId, GuildId
from bot.storage.statements import upsert
from bot.storage.tables import bags


def drawn(conn: Connection, guild_id: GuildId, group_id: GroupId, *of: str) -> list[str]:
    """Return the wordings a group has drawn from some bags, each by its last draw, oldest first."""
    query = (
        select(bags.c.wording)
        .where(bags.c.guild_id == guild_id, bags.c.group_id == group_id, bags.c.bag.in_(of))
        .order_by(bags.c.drawn_at, bags.c.wording)
    )
    return list(conn.execute(query).scalars())


def add(
    conn: Connection, guild_id: GuildId, group_id: GroupId, bag: str, wording: str, now: datetime
) -> None:
    """Note a wording as drawn now; an earlier draw of it is forgotten."""
    row = {"guild_id": guild_id, "group_id": group_id, "bag": bag, "wording": wording}
    upsert(conn, bags, {**row, "drawn_at": now}, key=list(row), update=["drawn_at"])
