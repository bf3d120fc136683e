"""Whether members are still in their server: without the members intent nobody tells the bot."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.ids import GroupId, GuildId, UserId
from bot.storage import memberships
from bot.storage.database import Database

TRUSTED_FOR = timedelta(days=7)
"""Who gave a sign within this time is taken to be there."""
ASK_AGAIN = timedelta(days=1)
"""How soon Discord is asked again about somebody of whom it did not say anything."""
BATCH = 200
"""How many are looked up at a time."""


async def doubtful(
    db: Database, guild_id: GuildId, group_id: GroupId, now: datetime
) -> list[UserId]:
    """Return a group's members of whom there has been no sign for a week, before naming anybody."""

    def collect(conn: Connection) -> list[UserId]:
        since = now - TRUSTED_FOR
        return [
            member.user_id
            for member in memberships.of_group(conn, guild_id, group_id)
            if max(member.last_sign_at, member.seen_at or member.joined_at) < since
        ]

    return await db.read(collect)


async def unseen(db: Database, now: datetime) -> list[tuple[GuildId, UserId]]:
    """Return members everywhere about whom to ask now: no sign for a week, longest first."""

    def collect(conn: Connection) -> list[tuple[GuildId, UserId]]:
        found = memberships.unseen(conn, now - TRUSTED_FOR, now - ASK_AGAIN, BATCH)
        return list(dict.fromkeys((member.guild_id, member.user_id) for member in found))

    return await db.read(collect)


async def seen(db: Database, guild_id: GuildId, user_id: UserId, now: datetime) -> None:
    """Note that Discord says somebody is in the server."""
    await db.write(memberships.change_everywhere, guild_id, user_id, seen_at=now)


async def unknown(db: Database, guild_id: GuildId, user_id: UserId, now: datetime) -> None:
    """Note that Discord was asked about somebody and did not say."""
    await db.write(memberships.change_everywhere, guild_id, user_id, asked_at=now)


async def gone(db: Database, guild_id: GuildId, user_id: UserId, now: datetime) -> None:
    """Note that somebody is not in the server any more: they have left its groups."""
    await db.write(memberships.change_everywhere, guild_id, user_id, left_at=now)
