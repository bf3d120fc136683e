"""Who stood in which message, and how."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, select

from bot.domain.ids import GuildId, MembershipId, MomentId, UserId
from bot.domain.moment import Moment
from bot.storage.statements import insert_ignoring
from bot.storage.tables import mentions


class Mention(StrEnum):
    """How somebody stood in a message."""

    NAMED = "named"
    PINGED = "pinged"
    HONOURED = "honoured"
    """Named for something good, which does not count as being named after a miss."""


def add(
    conn: Connection,
    moment: Moment,
    how: Mention,
    people: Iterable[tuple[MembershipId, UserId]],
    now: datetime,
) -> None:
    """Keep who stands in a message, and how; a repeat changes nothing."""
    rows = [
        {
            "guild_id": moment.guild_id,
            "moment_id": moment.id,
            "user_id": user_id,
            "membership_id": membership_id,
            "how": how,
            "at": now,
        }
        for membership_id, user_id in people
    ]
    insert_ignoring(conn, mentions, rows)


def named_since(
    conn: Connection,
    guild_id: GuildId,
    user_ids: Iterable[UserId],
    since: datetime,
    *,
    besides: MomentId,
) -> dict[UserId, int]:
    """Count how often people were named in a server after `since`, `besides` a moment's message.

    Those never named are absent.
    """
    query = (
        select(mentions.c.user_id, func.count())
        .where(
            mentions.c.guild_id == guild_id,
            mentions.c.user_id.in_(list(user_ids)),
            mentions.c.how == Mention.NAMED,
            mentions.c.at > since,
            mentions.c.moment_id != besides,
        )
        .group_by(mentions.c.user_id)
    )
    return {UserId(user_id): count for user_id, count in conn.execute(query)}
