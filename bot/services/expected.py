"""Who is expected at a session."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.storage import attendances, memberships
from bot.storage.memberships import Member
from bot.storage.sessions import Session


def still_expected(conn: Connection, session: Session, members: list[Member]) -> list[Member]:
    """Return who has yet to answer a session: not those on a pause, nor who joined after it.

    Nor those of whom an organiser said that no answer stands: theirs is the last word.
    """
    answered = {
        row.membership_id
        for row in attendances.of_sessions(conn, session.guild_id, [session.id])
        if row.answer is not None or row.corrected_at is not None
    }
    ids = [member.id for member in members]
    paused = memberships.paused_on(conn, session.guild_id, ids, session.due_on)
    return [
        member
        for member in members
        if member.id not in answered | paused and not member.came_after(session.starts_at)
    ]


def over_before_joining(member: Member, session: Session) -> bool:
    """Say whether a session had settled before the member joined, and so is none of theirs."""
    return session.settled_at is not None and session.settled_at <= member.joined_at
