"""A session's prompt: what it says, and that it was posted."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.checkin import SessionState
from bot.domain.ids import ChannelId, GuildId, MessageId, SessionId
from bot.domain.moment import Moment, MomentState
from bot.services import access
from bot.services.expected import still_expected
from bot.services.milestones import honours, minutes_together, to_show
from bot.services.views import Prompt, Tally
from bot.storage import attendances, groups, memberships, milestones, moments, sessions
from bot.storage.database import Database
from bot.storage.sessions import Session

LATE = timedelta(minutes=2)
"""A prompt that comes later than this says so."""
NAMES = 20
"""How many names a tally shows at most."""


async def prepare(db: Database, moment: Moment, now: datetime) -> Prompt | str:
    """Return the prompt of a due moment, or the reason why there is nothing to post."""

    def collect(conn: Connection) -> Prompt | str:
        session = sessions.find(conn, moment.guild_id, moment.session_id)
        if session is None or session.state not in sessions.LIVE:
            return "not_open"
        if session.message_id is not None:
            return "posted_already"
        if now >= session.settles_at:
            return "too_late"
        if access.group_to_post_for(conn, moment.guild_id, moment.group_id) is None:
            return "no_group"
        return _facts(conn, session, now)

    return await db.read(collect)


async def posted(
    db: Database,
    moment: Moment,
    channel_id: ChannelId,
    message_id: MessageId,
    now: datetime,
    drawn_at: datetime,
) -> bool:
    """Record that a prompt stands in a channel: its session is open from now on.

    False when it should look otherwise by now than at `drawn_at`, when it was drawn up: the session
    was called off, or somebody answered, while Discord's answer was on its way.
    """

    def record(conn: Connection) -> bool:
        session = sessions.find(conn, moment.guild_id, moment.session_id, lock=True)
        live = session is not None and session.state in sessions.LIVE
        sessions.change(
            conn,
            moment.guild_id,
            moment.session_id,
            channel_id=channel_id,
            message_id=message_id,
            posted_at=now,
        )
        if live:
            sessions.change(conn, moment.guild_id, moment.session_id, state=SessionState.OPEN)
        moments.finish(
            conn,
            moment.guild_id,
            moment.id,
            MomentState.SENT,
            now,
            channel_id=channel_id,
            message_id=message_id,
        )
        if groups.set_care(conn, moment.guild_id, moment.group_id, None):
            moments.end_care(conn, moment.guild_id, moment.group_id)
        return live and not attendances.any_since(
            conn, moment.guild_id, moment.session_id, drawn_at
        )

    return await db.write(record)


async def facts(
    db: Database, guild_id: GuildId, session_id: SessionId, now: datetime
) -> Prompt | None:
    """Return what a posted prompt should show now; None when there is no message to redraw."""

    def collect(conn: Connection) -> Prompt | None:
        session = sessions.find(conn, guild_id, session_id)
        if session is None or session.message_id is None:
            return None
        return _facts(conn, session, now)

    return await db.read(collect)


async def changed_since(
    db: Database, since: datetime
) -> list[tuple[GuildId, SessionId, ChannelId]]:
    """Return the sessions whose prompts should look otherwise since then, the latest prompt first.

    Each as (server, session, channel of its prompt).
    """
    return await db.read(sessions.changed_since, since)


def _facts(conn: Connection, session: Session, now: datetime) -> Prompt:
    group = groups.fetch(conn, session.guild_id, session.group_id)
    shown_at = session.posted_at or now
    return Prompt(
        guild_id=session.guild_id,
        group_id=session.group_id,
        session_id=session.id,
        channel_id=session.channel_id or group.channel_id,
        message_id=session.message_id,
        group_name=group.name,
        activity=session.activity,
        minutes=session.minutes,
        starts_at=session.starts_at,
        closes_at=session.window.closed_at,
        state=session.state,
        late=shown_at - session.prompt_at > LATE,
        tally=_tally(conn, session),
        posted_at=session.posted_at,
    )


def _tally(conn: Connection, session: Session) -> Tally:
    members = {
        member.id: member
        for member in memberships.of_group(
            conn, session.guild_id, session.group_id, left_since=session.prompt_at
        )
    }
    rows = [
        row
        for row in attendances.of_sessions(conn, session.guild_id, [session.id])
        if row.answer is not None and row.membership_id in members
    ]
    came = [row for row in rows if row.answer is not None and row.answer.kept]
    names = [members[row.membership_id].name for row in came if members[row.membership_id].named]
    here = [member for member in members.values() if member.left_at is None]
    missing = still_expected(conn, session, here)
    granted = milestones.of_sessions(conn, [session])
    shown = to_show(granted, {session.id: session}, came, here)
    return Tally(
        tuple(names[:NAMES]),
        came=len(came),
        resting=len(rows) - len(came),
        everyone=len(came) > 1 and len(came) == len(rows) and not missing,
        honours=honours(shown),
        together=minutes_together(granted),
    )
