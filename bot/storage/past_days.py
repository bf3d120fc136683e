"""What one person did in all their groups of a server, day by day: what a review looks back at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, select

from bot.domain.checkin import Answer, SessionState
from bot.domain.ids import GroupId, GuildId, UserId
from bot.domain.streak import Outcome
from bot.storage.sessions import CHANGES_FOR, LIVE
from bot.storage.tables import attendances, extras, memberships, sessions


@dataclass(frozen=True, slots=True)
class PastDay:
    """What a session that took place was to somebody."""

    week_on: date
    due_on: date
    answer: Answer | None
    outcome: Outcome | None
    """None where it did not concern them."""
    counted: bool
    pain: int | None


def in_sessions(
    conn: Connection, guild_id: GuildId, user_id: UserId, first_on: date, through_on: date
) -> list[PastDay]:
    """Return somebody's settled sessions of the weeks from Monday to Monday, both included."""
    query = (
        _of_user(guild_id, user_id)
        .with_only_columns(
            sessions.c.week_on,
            sessions.c.due_on,
            attendances.c.answer,
            attendances.c.outcome,
            attendances.c.counted,
            attendances.c.pain,
        )
        .where(
            attendances.c.week_on >= first_on,
            attendances.c.week_on <= through_on,
            sessions.c.state.in_([SessionState.SETTLED, SessionState.VOID]),
        )
        .order_by(sessions.c.due_on, sessions.c.starts_at)
    )
    return [
        PastDay(
            week_on=row.week_on,
            due_on=row.due_on,
            answer=None if row.answer is None else Answer(row.answer),
            outcome=None if row.outcome is None else Outcome(row.outcome),
            counted=row.counted,
            pain=row.pain,
        )
        for row in conn.execute(query)
    ]


def of_own_walks(
    conn: Connection, guild_id: GuildId, user_id: UserId, first_on: date, last_on: date
) -> set[date]:
    """Return the days, from and to the ones given, of walks outside any session."""
    of_member = and_(
        memberships.c.guild_id == extras.c.guild_id, memberships.c.id == extras.c.membership_id
    )
    query = (
        select(extras.c.done_on)
        .join(memberships, of_member)
        .where(
            extras.c.guild_id == guild_id,
            memberships.c.user_id == user_id,
            extras.c.done_on.between(first_on, last_on),
        )
    )
    return set(conn.execute(query).scalars())


def hurt_since(
    conn: Connection, guild_id: GuildId, user_id: UserId, pain: int, since: datetime
) -> bool:
    """Say whether somebody told, after an instant, of so much pain or more, and it still stands."""
    query = (
        _of_user(guild_id, user_id)
        .with_only_columns(attendances.c.session_id)
        .where(
            # Nobody can tell anything later of what started before that: the index is read from
            # there.
            attendances.c.starts_at > since - CHANGES_FOR,
            attendances.c.pain >= pain,
            attendances.c.answered_at > since,
        )
        .limit(1)
    )
    return conn.execute(query).first() is not None


def unsettled_in_week(
    conn: Connection, guild_id: GuildId, group_ids: Iterable[GroupId], week_on: date
) -> set[GroupId]:
    """Return which of some groups have sessions of a week that are still to settle."""
    query = (
        select(sessions.c.group_id)
        .where(
            sessions.c.guild_id == guild_id,
            sessions.c.group_id.in_(list(group_ids)),
            sessions.c.week_on == week_on,
            sessions.c.state.in_(LIVE),
        )
        .distinct()
    )
    return {GroupId(group_id) for group_id in conn.execute(query).scalars()}


def _of_user(guild_id: GuildId, user_id: UserId) -> Select[Any]:
    of_member = and_(
        memberships.c.guild_id == attendances.c.guild_id,
        memberships.c.id == attendances.c.membership_id,
    )
    of_session = and_(
        sessions.c.guild_id == attendances.c.guild_id, sessions.c.id == attendances.c.session_id
    )
    return (
        select()
        .select_from(memberships)
        .join(attendances, of_member)
        .join(sessions, of_session)
        .where(memberships.c.guild_id == guild_id, memberships.c.user_id == user_id)
    )
