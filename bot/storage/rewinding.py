"""A restored database stands in the past: what has to be known about the time since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, literal, select, update

from bot.domain.checkin import SessionState
from bot.domain.day import Span
from bot.domain.encouragement import Reach
from bot.domain.ids import GuildId, MomentId
from bot.domain.moment import MomentKind, MomentState
from bot.storage import downtimes, moments, sessions
from bot.storage.columns import Instant
from bot.storage.statements import insert_ignoring
from bot.storage.tables import answer_history, groups, guilds, heartbeats, memberships
from bot.storage.tables import moments as moments_table
from bot.storage.tables import sessions as sessions_table

CAUSE = "restored"
REASON = "restored"
POSTED = (MomentKind.PROMPT, MomentKind.NUDGE, MomentKind.AHEAD, MomentKind.RECAP)
"""What is planned ahead and posted."""
DIRECT = {MomentKind.NUDGE: MomentKind.NUDGE_DM, MomentKind.ENCOURAGE: MomentKind.ENCOURAGE_DM}
"""What brings direct messages with it, which are planned only as it is posted."""
EVERY_SERVER = (1, 0)
"""The first shard of one: it holds every server."""

Key = tuple[GuildId, MomentId]


def suspect(conn: Connection, since: datetime | None) -> None:
    """Have the channel searched for everything that waits: it may have been sent after `since`.

    None: after it was due. Claims are given back, their holders know another database.
    """
    moments.let_go(conn)
    bound = moments_table.c.due_at if since is None else literal(since, Instant())
    conn.execute(
        update(moments_table)
        .where(moments_table.c.state.in_(moments.WAITING))
        .values(tried_at=func.coalesce(moments_table.c.tried_at, bound))
    )


def due(conn: Connection, now: datetime) -> set[Key]:
    """Return what is to be posted by `now`."""
    query = select(moments_table.c.guild_id, moments_table.c.id).where(
        moments_table.c.state == MomentState.DUE,
        moments_table.c.kind.in_(POSTED),
        moments_table.c.due_at <= now,
    )
    return {(GuildId(row[0]), MomentId(row[1])) for row in conn.execute(query)}


def leave_out(conn: Connection, unknown: Collection[Key], now: datetime) -> None:
    """Have moments not posted: whether they were, under another id, nobody can tell."""
    for guild_id, moment_id in unknown:
        moments.finish(conn, guild_id, moment_id, MomentState.SKIPPED, now, reason=REASON)


def leave_out_encouragements(conn: Connection, now: datetime) -> None:
    """Have no encouragement for days that may have settled since, and no direct messages again.

    Planned since the backup, if they were, they have ids that nobody can look for now.
    """
    settling = (
        select(sessions_table.c.guild_id, sessions_table.c.group_id, sessions_table.c.due_on)
        .where(sessions_table.c.state == SessionState.OPEN, sessions_table.c.settles_at <= now)
        .distinct()
    )
    left_out = {"due_at": now, "state": MomentState.SKIPPED, "done_at": now, "reason": REASON}
    days = [
        {
            "guild_id": row.guild_id,
            "group_id": row.group_id,
            "kind": MomentKind.ENCOURAGE,
            "subject": row.due_on.toordinal(),
            **left_out,
        }
        for row in conn.execute(settling)
    ]
    insert_ignoring(conn, moments_table, days)
    letters = [
        {
            "guild_id": row.guild_id,
            "group_id": row.group_id,
            "kind": DIRECT[MomentKind(row.kind)],
            "subject": row.subject,
            "membership_id": row.membership_id,
            **left_out,
        }
        for row in conn.execute(_letters_since(now))
    ]
    insert_ignoring(conn, moments_table, letters)


def _letters_since(now: datetime) -> Select[Any, Any, Any, Any, Any]:
    """Whom what waits may have written to, by the moment that it goes with."""
    reached = and_(
        memberships.c.guild_id == moments_table.c.guild_id,
        memberships.c.group_id == moments_table.c.group_id,
        memberships.c.reach == Reach.DM,
        memberships.c.left_at.is_(None),
    )
    return (
        select(
            moments_table.c.guild_id,
            moments_table.c.group_id,
            moments_table.c.kind,
            moments_table.c.subject,
            memberships.c.id.label("membership_id"),
        )
        .join(memberships, reached)
        .where(
            moments_table.c.kind.in_(list(DIRECT)),
            moments_table.c.state == MomentState.DUE,
            moments_table.c.due_at <= now,
        )
    )


def owe_time(conn: Connection, now: datetime) -> None:
    """Count the bot as away since the earliest prompt that can still be answered.

    Answers since the backup are lost, so that members get the time anew that an outage gives.
    """
    query = select(func.min(sessions_table.c.prompt_at)).where(
        sessions_table.c.state.in_(sessions.LIVE), sessions_table.c.posted_at.is_not(None)
    )
    earliest = conn.execute(query).scalar_one()
    if earliest is not None and earliest < now:
        count, shard_id = EVERY_SERVER
        downtimes.add(conn, count, shard_id, Span(earliest, now), CAUSE)


def stop_hearts(conn: Connection) -> None:
    """Take back what heartbeats vouched for beyond themselves: their processes are not here."""
    there = heartbeats.c.there_at
    conn.execute(update(heartbeats).values(there_until=there, alive_until=there))


def contents(conn: Connection) -> tuple[int, int, int, datetime | None]:
    """Return how many servers, living groups and memberships, and when the last answer came."""
    counted = [
        conn.execute(select(func.count()).select_from(table).where(column.is_(None))).scalar_one()
        for table, column in (
            (guilds, guilds.c.left_at),
            (groups, groups.c.archived_at),
            (memberships, memberships.c.left_at),
        )
    ]
    last = conn.execute(select(func.max(answer_history.c.at))).scalar_one()
    return counted[0], counted[1], counted[2], last
