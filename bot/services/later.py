"""Asking again in an hour, by direct message: for whoever presses the button, and nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.errors import Refused
from bot.domain.ids import SessionId
from bot.domain.moment import MomentKind
from bot.services import access
from bot.services.expected import still_expected
from bot.services.views import Person
from bot.storage import memberships, moments, sessions
from bot.storage.database import Database

IN = timedelta(hours=1)


async def ask_later(db: Database, person: Person, session_id: SessionId, now: datetime) -> datetime:
    """Have the person asked again about a session, and return when; again moves it.

    Raises NotFound `session_not_found`, NotAllowed `not_member`, `left_group`, Refused
    `later_answered`, `later_closed`.
    """

    def plan(conn: Connection) -> datetime:
        session = access.session_of(conn, person, session_id)
        access.group_of(conn, person, session.group_id)
        member = access.member_of(conn, person, session.group_id)
        at = max(now, session.starts_at) + IN
        if session.state not in sessions.LIVE or at >= session.settles_at:
            raise Refused("later_closed")
        if not still_expected(conn, session, [member]):
            raise Refused("later_answered")
        # Whoever asks for a message wants messages, whatever became of an earlier one.
        memberships.change(conn, member.guild_id, member.id, dm_refused_at=None)
        moments.plan_again(conn, session, member.id, MomentKind.LATER, at)
        return at

    return await db.write(plan)
