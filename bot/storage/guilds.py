"""Servers and their settings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from bot.domain.ids import ChannelId, GuildId
from bot.storage.statements import upsert
from bot.storage.tables import guilds


@dataclass(frozen=True, slots=True)
class Guild:
    """A server's settings."""

    guild_id: GuildId
    zone: ZoneInfo
    channel_id: ChannelId | None
    anyone_creates: bool
    set_up_at: datetime | None


def find(conn: Connection, guild_id: GuildId) -> Guild | None:
    """Return a server's settings; None while nobody has set it up."""
    row = conn.execute(select(guilds).where(guilds.c.guild_id == guild_id)).one_or_none()
    if row is None:
        return None
    channel_id = None if row.channel_id is None else ChannelId(row.channel_id)
    return Guild(
        GuildId(row.guild_id),
        ZoneInfo(row.zone),
        channel_id,
        row.anyone_creates,
        row.set_up_at,
    )


def save(conn: Connection, guild: Guild) -> None:
    """Write a server's settings over what was there."""
    values = {
        "guild_id": guild.guild_id,
        "zone": guild.zone.key,
        "channel_id": guild.channel_id,
        "anyone_creates": guild.anyone_creates,
        "set_up_at": guild.set_up_at,
        "left_at": None,
    }
    upsert(conn, guilds, values, key=["guild_id"], update=[k for k in values if k != "guild_id"])


def has_left(conn: Connection, guild_id: GuildId) -> bool:
    """Say whether the bot was removed from a server."""
    query = select(guilds.c.left_at).where(guilds.c.guild_id == guild_id)
    return conn.execute(query).scalar_one_or_none() is not None


def left(conn: Connection) -> set[GuildId]:
    """Return the servers that removed the bot."""
    query = select(guilds.c.guild_id).where(guilds.c.left_at.is_not(None))
    return {GuildId(guild_id) for guild_id in conn.execute(query).scalars()}


def mark_left(conn: Connection, guild_id: GuildId, left_at: datetime) -> None:
    """Keep when the bot was removed from a server."""
    conn.execute(update(guilds).where(guilds.c.guild_id == guild_id).values(left_at=left_at))


def mark_there(conn: Connection, guild_ids: Collection[GuildId], seen_at: datetime) -> None:
    """Forget that servers removed the bot, where that was before it was seen there."""
    conn.execute(
        update(guilds)
        .where(guilds.c.guild_id.in_(guild_ids), guilds.c.left_at <= seen_at)
        .values(left_at=None)
    )
