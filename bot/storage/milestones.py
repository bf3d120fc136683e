"""Milestones that were granted: once each, whatever is undone afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.ids import MembershipId, SessionId
from bot.domain.milestones import Milestone, Reached
from bot.storage.sessions import Session
from bot.storage.statements import insert_ignoring
from bot.storage.tables import milestones

GROUP = MembershipId(0)
"""Stands for the group itself."""


@dataclass(frozen=True, slots=True)
class Granted:
    """A milestone, whose it is, and the session with which it is told."""

    membership_id: MembershipId
    """`GROUP` for the group's own."""
    reached: Reached
    session_id: SessionId


def grant(
    conn: Connection,
    session: Session,
    membership_id: MembershipId,
    reached: Reached,
    now: datetime,
) -> bool:
    """Grant a milestone with a session; False where it was granted before, which stays."""
    row = {
        "guild_id": session.guild_id,
        "group_id": session.group_id,
        "membership_id": membership_id,
        "milestone": reached.milestone,
        "subject": reached.subject,
        "session_id": session.id,
        "at": now,
    }
    return insert_ignoring(conn, milestones, [row]) == 1


def of_sessions(conn: Connection, sessions: Iterable[Session]) -> list[Granted]:
    """Return what was granted with some sessions of one server, first granted first."""
    listed = list(sessions)
    if not listed:
        return []
    query = (
        select(milestones)
        .where(
            milestones.c.guild_id == listed[0].guild_id,
            milestones.c.session_id.in_([session.id for session in listed]),
        )
        .order_by(milestones.c.at, milestones.c.membership_id, milestones.c.milestone)
    )
    return [
        Granted(
            MembershipId(row.membership_id),
            Reached(Milestone(row.milestone), row.subject),
            SessionId(row.session_id),
        )
        for row in conn.execute(query)
    ]
