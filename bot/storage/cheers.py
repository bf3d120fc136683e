"""Who cheered whom, and when: once a day from one person to another."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, func, select

from bot.domain.ids import GuildId, UserId
from bot.storage.memberships import Member
from bot.storage.statements import insert_ignoring
from bot.storage.tables import cheers


def add(conn: Connection, giver: Member, taker: Member, on: date, now: datetime) -> bool:
    """Note a cheer; False where one stood for that day."""
    row = {
        "guild_id": taker.guild_id,
        "user_id": taker.user_id,
        "by_user_id": giver.user_id,
        "cheer_on": on,
        "membership_id": taker.id,
        "by_membership_id": giver.id,
        "at": now,
    }
    return insert_ignoring(conn, cheers, [row]) > 0


def given_on(conn: Connection, guild_id: GuildId, user_id: UserId, on: date) -> int:
    """Count whom somebody cheered on a day in a server."""
    query = (
        select(func.count())
        .select_from(cheers)
        .where(
            cheers.c.guild_id == guild_id, cheers.c.by_user_id == user_id, cheers.c.cheer_on == on
        )
    )
    return conn.execute(query).scalar_one()
