"""Messages with a member's picture. Amble keeps no picture, but can take the message away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from bot.domain.ids import ChannelId, GuildId, MembershipId, MessageId, SessionId
from bot.storage.statements import insert_ignoring
from bot.storage.tables import shared_pictures


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """Where a member's picture stands, and which session it belongs to."""

    message_id: MessageId
    channel_id: ChannelId
    membership_id: MembershipId
    session_id: SessionId
    at: datetime


def add(conn: Connection, guild_id: GuildId, picture: SharedPicture) -> None:
    """Keep where a picture stands; nothing happens when that is known."""
    row = {
        "guild_id": guild_id,
        "message_id": picture.message_id,
        "channel_id": picture.channel_id,
        "membership_id": picture.membership_id,
        "session_id": picture.session_id,
        "at": picture.at,
    }
    insert_ignoring(conn, shared_pictures, [row])


def find(conn: Connection, guild_id: GuildId, message_id: MessageId) -> SharedPicture | None:
    """Return whose picture stands on a message; None for one that is not known."""
    c = shared_pictures.c
    query = select(c.channel_id, c.membership_id, c.session_id, c.at).where(
        c.guild_id == guild_id, c.message_id == message_id
    )
    row = conn.execute(query).one_or_none()
    if row is None:
        return None
    return SharedPicture(
        message_id,
        ChannelId(row.channel_id),
        MembershipId(row.membership_id),
        SessionId(row.session_id),
        row.at,
    )


def of_member(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId
) -> list[SharedPicture]:
    """Return where a member's pictures stand."""
    c = shared_pictures.c
    query = select(c.message_id, c.channel_id, c.session_id, c.at).where(
        c.guild_id == guild_id, c.membership_id == membership_id
    )
    return [
        SharedPicture(
            MessageId(row.message_id),
            ChannelId(row.channel_id),
            membership_id,
            SessionId(row.session_id),
            row.at,
        )
        for row in conn.execute(query)
    ]


def count_since(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, since: datetime
) -> int:
    """Count what a member has shared since an instant and that was not taken down."""
    c = shared_pictures.c
    query = (
        select(func.count())
        .select_from(shared_pictures)
        .where(c.guild_id == guild_id, c.membership_id == membership_id, c.at >= since)
    )
    return conn.execute(query).scalar_one()


def remove(conn: Connection, guild_id: GuildId, message_id: MessageId) -> None:
    """Forget a picture's message."""
    c = shared_pictures.c
    conn.execute(delete(shared_pictures).where(c.guild_id == guild_id, c.message_id == message_id))
