"""Who stood in which message, and how."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, select, update

from bot.domain.ids import GuildId, MembershipId, MomentId, UserId
from bot.domain.moment import Moment
from bot.storage.statements import insert_ignoring
from bot.storage.tables import mentions


class Mention(StrEnum):
    """How somebody stood in a message."""

    NAMED = "named"
    TAKEN_OUT = "removed"
    """Named at first, and taken out of the message again: it counts as having been named."""
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


def named_in(conn: Connection, moment: Moment) -> list[MembershipId]:
    """Return who is named in a message after a miss, by membership."""
    query = (
        select(mentions.c.membership_id)
        .where(
            mentions.c.guild_id == moment.guild_id,
            mentions.c.moment_id == moment.id,
            mentions.c.how == Mention.NAMED,
        )
        .order_by(mentions.c.membership_id)
    )
    return [MembershipId(one) for one in conn.execute(query).scalars()]


def take_out(conn: Connection, moment: Moment, membership_ids: Iterable[MembershipId]) -> None:
    """Note that some are not named any more in a message after a miss."""
    conn.execute(
        update(mentions)
        .where(
            mentions.c.guild_id == moment.guild_id,
            mentions.c.moment_id == moment.id,
            mentions.c.membership_id.in_(list(membership_ids)),
            mentions.c.how == Mention.NAMED,
        )
        .values(how=Mention.TAKEN_OUT)
    )


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
            mentions.c.how.in_([Mention.NAMED, Mention.TAKEN_OUT]),
            mentions.c.at > since,
            mentions.c.moment_id != besides,
        )
        .group_by(mentions.c.user_id)
    )
    return {UserId(user_id): count for user_id, count in conn.execute(query)}
