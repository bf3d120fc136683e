"""Setting up a server."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain.errors import NotAllowed
from bot.domain.ids import ChannelId, GuildId
from bot.domain.zones import zone_named
from bot.services.views import Person, ServerView
from bot.storage import audit_log, groups, guilds
from bot.storage.database import Database
from bot.storage.guilds import Guild


async def show(db: Database, guild_id: GuildId) -> ServerView:
    """Return a server's settings; the defaults while nobody has made any."""
    return await db.read(settings_of, guild_id)


async def set_up(
    db: Database,
    person: Person,
    now: datetime,
    *,
    zone: str | None = None,
    channel_id: ChannelId | None = None,
    anyone_creates: bool | None = None,
) -> ServerView:
    """Change what is given and keep the rest; safe to do again.

    Raises NotAllowed `needs_manage_server`, Refused `zone_unknown` or `zone_abbreviation`.
    """
    if not person.manages_server:
        raise NotAllowed("needs_manage_server")
    new_zone = None if zone is None else zone_named(zone)

    def save(conn: Connection) -> ServerView:
        old = _settings(conn, person.guild_id)
        new = Guild(
            guild_id=person.guild_id,
            zone=new_zone or old.zone,
            channel_id=channel_id or old.channel_id,
            anyone_creates=old.anyone_creates if anyone_creates is None else anyone_creates,
            set_up_at=old.set_up_at or now,
        )
        guilds.save(conn, new)
        audit_log.add(conn, person.guild_id, None, person.user_id, "set_up", new.zone.key, now)
        return _view(new)

    return await db.write(save)


async def organises(db: Database, person: Person) -> bool:
    """Say whether the person organises a group of their server."""
    return await db.read(groups.organises_any, person.guild_id, person.user_id)


async def bot_left(db: Database, guild_id: GuildId, now: datetime) -> None:
    """Note that the bot was removed from a server: nothing is posted for it any more."""
    await db.write(guilds.mark_left, guild_id, now)


async def bot_is_in(db: Database, guild_ids: Iterable[GuildId], now: datetime) -> bool:
    """Note in which servers the bot is; True where it was removed from one of them before.

    Writes nothing where that is not so, as at nearly every connecting.
    """
    back = (await db.read(guilds.left)).intersection(guild_ids)
    if back:
        await db.write(guilds.mark_there, back, now)
    return bool(back)


def may_create(guild: ServerView, person: Person) -> bool:
    """Say whether the person may create groups in their server."""
    return guild.anyone_creates or person.manages_server


def _settings(conn: Connection, guild_id: GuildId) -> Guild:
    found = guilds.find(conn, guild_id)
    return found or Guild(guild_id, ZoneInfo("UTC"), None, False, None)


def settings_of(conn: Connection, guild_id: GuildId) -> ServerView:
    """Return a server's settings inside a transaction."""
    return _view(_settings(conn, guild_id))


def _view(guild: Guild) -> ServerView:
    return ServerView(
        guild_id=guild.guild_id,
        zone=guild.zone,
        channel_id=guild.channel_id,
        anyone_creates=guild.anyone_creates,
        set_up_at=guild.set_up_at,
    )
