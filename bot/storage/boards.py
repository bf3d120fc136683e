"""Sums over attendances and walks of one's own, for boards and one's own week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, and_, case, func, select

from bot.domain.checkin import Answer, SessionState
from bot.domain.ids import GroupId, GuildId, MembershipId
from bot.storage import extras
from bot.storage.tables import attendances, sessions

_KEPT = attendances.c.answer.in_([Answer.DONE, Answer.PARTLY])
# A session can be called off after somebody answered it: the answer stays, and counts nowhere.
_TOOK_PLACE = sessions.c.state != SessionState.CALLED_OFF
_OF_SESSION = and_(
    sessions.c.guild_id == attendances.c.guild_id, sessions.c.id == attendances.c.session_id
)
# Those stated, else the session's own for one that was done (bot.domain.checkin.minutes_of).
_PLANNED = case((attendances.c.answer == Answer.DONE, sessions.c.minutes), else_=0)
_MINUTES = case((_KEPT, func.coalesce(attendances.c.minutes, _PLANNED)), else_=0)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a membership did in a period; open sessions that were answered are in `kept`."""

    kept: int = 0
    minutes: int = 0
    counted: int = 0


def sums(
    conn: Connection,
    guild_id: GuildId,
    membership_ids: Iterable[MembershipId],
    since_on: date | None,
) -> dict[MembershipId, Sums]:
    """Sum up memberships from a local day on (None is all time); those without rows are absent.

    Minutes are those stated, else the session's own for one that was done; walks of one's own add
    theirs, and nothing else.
    """
    ids = list(membership_ids)
    counted = case((attendances.c.counted, 1), (_KEPT, 1), else_=0)
    query = (
        select(
            attendances.c.membership_id,
            func.sum(case((_KEPT, 1), else_=0)),
            func.sum(_MINUTES),
            func.sum(counted),
        )
        .join(sessions, _OF_SESSION)
        .where(
            attendances.c.guild_id == guild_id,
            attendances.c.membership_id.in_(ids),
            _TOOK_PLACE,
        )
        .group_by(attendances.c.membership_id)
    )
    if since_on is not None:
        query = query.where(sessions.c.due_on >= since_on)
    found = {
        MembershipId(membership_id): Sums(int(kept), int(minutes), int(counted))
        for membership_id, kept, minutes, counted in conn.execute(query)
    }
    for membership_id, more in extras.minutes(conn, guild_id, ids, since_on).items():
        known = found.get(membership_id, Sums())
        found[membership_id] = replace(known, minutes=known.minutes + more)
    return found


def group_minutes(conn: Connection, guild_id: GuildId, group_id: GroupId) -> int:
    """Sum up the minutes of everybody who is or was in a group, of all time."""
    query = (
        select(func.coalesce(func.sum(_MINUTES), 0))
        .select_from(attendances)
        .join(sessions, _OF_SESSION)
        .where(sessions.c.guild_id == guild_id, sessions.c.group_id == group_id, _KEPT, _TOOK_PLACE)
    )
    of_sessions = int(conn.execute(query).scalar_one())
    return of_sessions + extras.group_minutes(conn, guild_id, group_id)


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
