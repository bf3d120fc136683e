"""What boards and one's own page read: standings, and sums over attendances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from bot.domain.checkin import Answer, SessionState
from bot.domain.ids import GroupId, GuildId, MembershipId, SessionId, UserId
from bot.domain.streak import Outcome
from bot.domain.walks import Plan, Walk
from bot.storage.sessions import LIVE
from bot.storage.tables import attendances, memberships, sessions

_KEPT = attendances.c.answer.in_([Answer.DONE, Answer.PARTLY])
# A session can be called off after somebody answered it: the answer stays, and counts nowhere.
_TOOK_PLACE = sessions.c.state != SessionState.CALLED_OFF
_OF_SESSION = and_(
    sessions.c.guild_id == attendances.c.guild_id, sessions.c.id == attendances.c.session_id
)
# Those stated, else for one that was done the member's own, else the session's (minutes_of).
_OWN = func.coalesce(attendances.c.own_minutes, sessions.c.minutes)
_PLANNED = case((attendances.c.answer == Answer.DONE, _OWN), else_=0)
_MINUTES = case((_KEPT, func.coalesce(attendances.c.minutes, _PLANNED)), else_=0)
_COUNTED = case((attendances.c.counted, 1), (_KEPT, 1), else_=0)
_BY_GROUP, _BY_SESSION = "INDEXED BY ix_sessions_group", "INDEXED BY ix_attendances_session"
"""From the sessions to their attendances: SQLite, without statistics, would read all of a server's
attendances and look up the session of each."""
_AT_ONCE = 5_000
"""Ids in one statement: PostgreSQL takes some 32,000 values."""
_SLACK = timedelta(days=2)
"""How far a session's start may lie from its local day: a zone's offset, and a gap at midnight."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A present membership as boards read it."""

    membership_id: MembershipId
    user_id: UserId
    group_id: GroupId
    name: str
    streak: int
    best: int
    weeks: int
    shown: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """What a membership did in a period; open sessions that were answered are in `kept`."""

    kept: int = 0
    minutes: int = 0
    counted: int = 0


@dataclass(frozen=True, slots=True)
class Days:
    """Local days, the last one included; None is without end."""

    first_on: date | None = None
    last_on: date | None = None


def standings(conn: Connection, guild_id: GuildId, group_ids: Iterable[GroupId]) -> list[Standing]:
    """Return the present members of some groups by membership id."""
    c = memberships.c
    query = (
        select(c.id, c.user_id, c.group_id, c.name, c.streak, c.best, c.weeks, c.shown)
        .where(*_present(guild_id, group_ids))
        .order_by(c.id)
    )
    return [
        Standing(MembershipId(row[0]), UserId(row[1]), GroupId(row[2]), *row[3:])
        for row in conn.execute(query)
    ]


def first_start(
    conn: Connection, guild_id: GuildId, group_ids: Iterable[GroupId]
) -> datetime | None:
    """Return when the first session of some groups started, or will; None without any."""
    query = select(func.min(sessions.c.starts_at)).where(
        sessions.c.guild_id == guild_id, sessions.c.group_id.in_(list(group_ids))
    )
    return conn.execute(query).scalar_one()


def sums(
    conn: Connection, guild_id: GuildId, group_ids: Iterable[GroupId], days: Days
) -> dict[MembershipId, Sums]:
    """Sum up the members of some groups over `days`; those without anything may be absent.

    Who has left is in it as well, unless it is of all time.
    """
    if days == Days():
        return _sums_of_all_time(conn, guild_id, group_ids)
    of_days = _by_session(guild_id, group_ids).where(_TOOK_PLACE, *_inside(days))
    return _summed(conn, of_days)


def _sums_of_all_time(
    conn: Connection, guild_id: GuildId, group_ids: Iterable[GroupId]
) -> dict[MembershipId, Sums]:
    """Add what has not settled yet to what the fold keeps: history is not read."""
    ids = list(group_ids)
    c = memberships.c
    settled = select(c.id, c.kept, c.minutes, c.counted).where(*_present(guild_id, ids))
    added = _summed(conn, _by_session(guild_id, ids).where(sessions.c.state.in_(LIVE)))
    nothing = Sums()
    found: dict[MembershipId, Sums] = {}
    for membership_id, kept, minutes, counted in conn.execute(settled):
        more = added.get(membership_id, nothing)
        found[membership_id] = Sums(
            kept + more.kept, minutes + more.minutes, counted + more.counted
        )
    return found


def _summed(conn: Connection, query: Select[Any]) -> dict[MembershipId, Sums]:
    summed = query.with_only_columns(
        attendances.c.membership_id,
        func.sum(case((_KEPT, 1), else_=0)),
        func.sum(_MINUTES),
        func.sum(_COUNTED),
    ).group_by(attendances.c.membership_id)
    return {
        MembershipId(membership_id): Sums(int(kept), int(minutes), int(counted))
        for membership_id, kept, minutes, counted in conn.execute(summed)
    }


def plans(
    conn: Connection, guild_id: GuildId, group_ids: Iterable[GroupId], days: Days
) -> list[Plan]:
    """Return when some groups had sessions over `days`, by start."""
    query = (
        select(sessions.c.id, sessions.c.group_id, sessions.c.starts_at, sessions.c.minutes)
        .where(
            sessions.c.guild_id == guild_id,
            sessions.c.group_id.in_(list(group_ids)),
            _TOOK_PLACE,
            *_inside(days),
        )
        .order_by(sessions.c.starts_at, sessions.c.id)
    )
    return [
        Plan(
            SessionId(session_id), GroupId(group_id), starts_at, starts_at + timedelta(minutes=long)
        )
        for session_id, group_id, starts_at, long in conn.execute(query)
    ]


def walks(
    conn: Connection,
    guild_id: GuildId,
    session_ids: Sequence[SessionId],
    membership_ids: Sequence[MembershipId],
) -> list[Walk]:
    """Return what some members answered or got for some sessions, in no order."""
    found: list[Walk] = []
    for begin in range(0, len(session_ids), _AT_ONCE):
        query = select(
            attendances.c.membership_id,
            attendances.c.starts_at,
            sessions.c.minutes,
            case((_KEPT, 1), else_=0),
            _MINUTES,
            _COUNTED,
        ).where(
            sessions.c.guild_id == guild_id,
            sessions.c.id.in_(session_ids[begin : begin + _AT_ONCE]),
            attendances.c.membership_id.in_(membership_ids),
            _TOOK_PLACE,
        )
        query = query.join_from(sessions, attendances, _OF_SESSION)
        found += [
            Walk(
                membership_id=MembershipId(membership_id),
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=planned),
                kept=bool(kept),
                minutes=minutes,
                counted=bool(counted),
            )
            for membership_id, starts_at, planned, kept, minutes, counted in conn.execute(
                query.with_hint(attendances, _BY_SESSION, "sqlite")
            )
        ]
    return found


def group_minutes(conn: Connection, guild_id: GuildId, group_id: GroupId) -> int:
    """Sum up the settled minutes of everybody who is or was in a group."""
    query = select(func.coalesce(func.sum(memberships.c.minutes), 0)).where(
        memberships.c.guild_id == guild_id, memberships.c.group_id == group_id
    )
    return int(conn.execute(query).scalar_one())


def kept_in_week(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, week_on: date
) -> int:
    """Count a member's sessions kept in the week of a Monday, open ones among them."""
    query = (
        select(func.count())
        .select_from(attendances)
        .join(sessions, _OF_SESSION)
        .where(
            attendances.c.guild_id == guild_id,
            attendances.c.membership_id == membership_id,
            attendances.c.week_on == week_on,
            _KEPT,
            _TOOK_PLACE,
        )
    )
    return conn.execute(query).scalar_one()


def outcomes_since(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, first_on: date
) -> list[tuple[date, Outcome]]:
    """Return what a member's sessions came to from a local day on, each with its day, by start.

    A session that has not settled stands there as it was answered.
    """
    query = (
        select(sessions.c.due_on, attendances.c.outcome, attendances.c.answer)
        .select_from(attendances)
        .join(sessions, _OF_SESSION)
        .where(
            attendances.c.guild_id == guild_id,
            attendances.c.membership_id == membership_id,
            attendances.c.starts_at >= _instant(first_on) - _SLACK,
            sessions.c.due_on >= first_on,
            _TOOK_PLACE,
        )
        .order_by(attendances.c.starts_at, attendances.c.slot_id)
    )
    return [
        (due_on, Outcome(outcome or answer))
        for due_on, outcome, answer in conn.execute(query)
        if outcome or answer
    ]


def _by_session(guild_id: GuildId, group_ids: Iterable[GroupId]) -> Select[Any]:
    query = (
        select()
        .select_from(sessions)
        .join(attendances, _OF_SESSION)
        .where(sessions.c.guild_id == guild_id, sessions.c.group_id.in_(list(group_ids)))
    )
    return query.with_hint(sessions, _BY_GROUP, "sqlite").with_hint(
        attendances, _BY_SESSION, "sqlite"
    )


def _present(guild_id: GuildId, group_ids: Iterable[GroupId]) -> list[ColumnElement[bool]]:
    c = memberships.c
    return [c.guild_id == guild_id, c.group_id.in_(list(group_ids)), c.left_at.is_(None)]


def _inside(days: Days) -> list[ColumnElement[bool]]:
    """Return that a session is due within `days`; by its start as well, which has an index."""
    found: list[ColumnElement[bool]] = []
    if days.first_on is not None:
        found += [
            sessions.c.due_on >= days.first_on,
            sessions.c.starts_at >= _instant(days.first_on) - _SLACK,
        ]
    if days.last_on is not None:
        found += [
            sessions.c.due_on <= days.last_on,
            sessions.c.starts_at <= _instant(days.last_on) + _SLACK,
        ]
    return found


def _instant(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=UTC)
