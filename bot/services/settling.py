"""Settling: closing a session, which moves its members' streaks, and closing a week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.domain.checkin import Answer, SessionState
from bot.domain.day import UNFORESEEN, WEEK, encourage_at, fair_settlement
from bot.domain.ids import MembershipId
from bot.domain.moment import Moment, MomentKind, MomentState
from bot.domain.streak import Turn
from bot.services import access, folding, milestones, pairing, reviewing, way_back
from bot.storage import attendances, downtimes, groups, memberships, moments, sessions
from bot.storage.attendances import turn_of
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.sessions import Session

ASK_AGAIN = timedelta(minutes=5)
"""How soon a settlement is tried again while its end cannot be foreseen."""


Answers = Mapping[MembershipId, tuple[Answer | None, int | None]]
"""What was answered, with the minutes where they are not the session's."""
UNANSWERED = (None, None)
"""What members answered; None for who took their answer back."""


class Settlement(StrEnum):
    """How a due settlement ended."""

    PUT_OFF = "put off"
    """The session's members are owed time."""
    SKIPPED = "skipped"
    """The session was not to be settled any more."""
    SETTLED = "settled"
    VOID = "void"
    """Its prompt never came."""


async def settle(db: Database, moment: Moment, now: datetime) -> Settlement:
    """Settle the session of a due moment, or put the moment off while its members are owed time.

    The session, everybody's streak and week, and the moment are one transaction.
    """
    return await db.write(_settle, moment, now)


async def close_week(db: Database, moment: Moment, now: datetime) -> bool:
    """Count a week that is over into its members' week streaks, and review it on their ladders.

    False when it was put off.
    """
    return await db.write(_close_week, moment, now)


def _settle(conn: Connection, moment: Moment, now: datetime) -> Settlement:
    session = sessions.find(conn, moment.guild_id, moment.session_id, lock=True)
    group = groups.find(conn, moment.guild_id, moment.group_id)
    if session is None or group is None or session.state not in sessions.LIVE:
        moments.finish(
            conn, moment.guild_id, moment.id, MomentState.SKIPPED, now, reason="not_open"
        )
        return Settlement.SKIPPED
    if session.posted_at is None:
        _void(conn, session, now)
        moments.finish(
            conn, moment.guild_id, moment.id, MomentState.SENT, now, reason="never_posted"
        )
        return Settlement.VOID
    owed_until = _owed_until(conn, session, group, session.posted_at, now)
    if owed_until > now:
        again = now + ASK_AGAIN if owed_until == UNFORESEEN else owed_until
        moments.put_off(conn, moment.guild_id, moment.id, again)
        return Settlement.PUT_OFF
    _close(conn, session, group, now)
    _plan_encouragement(conn, session, group, now)
    moments.finish(conn, moment.guild_id, moment.id, MomentState.SENT, now)
    return Settlement.SETTLED


def _owed_until(
    conn: Connection, session: Session, group: Group, posted_at: datetime, now: datetime
) -> datetime:
    away = downtimes.of_guild(conn, session.guild_id, session.prompt_at, now)
    quiet = group.rhythm.quiet
    return fair_settlement(
        session.prompt_at, posted_at, session.settles_at, away, quiet, session.zone
    )


def _close(conn: Connection, session: Session, group: Group, now: datetime) -> None:
    answers = _answers(conn, session)
    members = memberships.of_group(
        conn,
        group.guild_id,
        group.id,
        left_since=session.starts_at,
        besides=answers,
        lock=True,
    )
    turns = _turns(conn, session, members, answers)
    sessions.change(conn, session.guild_id, session.id, state=SessionState.SETTLED, settled_at=now)
    folding.take_turns(conn, session, turns)
    way_back.offer(conn, group, _missed(turns), now)
    milestones.reckon_together(conn, session, now)


def _missed(turns: Iterable[tuple[Member, Turn]]) -> list[MembershipId]:
    """Return who said nothing to a session that counts for them."""
    return [
        member.id
        for member, turn in turns
        if turn.answer is None and not turn.excused and not turn.joined_late
    ]


def _plan_encouragement(conn: Connection, session: Session, group: Group, now: datetime) -> None:
    due_at = encourage_at(now, group.rhythm, group.zone)
    if due_at is not None:
        subject = session.due_on.toordinal()
        moments.plan_at(conn, group.guild_id, group.id, MomentKind.ENCOURAGE, subject, due_at)


def _void(conn: Connection, session: Session, now: datetime) -> None:
    """Close a session whose prompt never came: missed by nobody, kept by whoever did it."""
    sessions.change(conn, session.guild_id, session.id, state=SessionState.VOID, settled_at=now)
    void = sessions.fetch(conn, session.guild_id, session.id)
    answers = _answers(conn, void)
    members = memberships.of_group(conn, void.guild_id, void.group_id, besides=answers, lock=True)
    turns = [
        (member, turn_of(void, *answers[member.id])) for member in members if member.id in answers
    ]
    folding.take_turns(conn, void, turns)
    milestones.reckon_together(conn, void, now)


def _turns(
    conn: Connection, session: Session, members: list[Member], answers: Answers
) -> list[tuple[Member, Turn]]:
    ids = [member.id for member in members]
    paused = memberships.paused_on(conn, session.guild_id, ids, session.due_on)
    return [
        (
            member,
            turn_of(
                session,
                *answers.get(member.id, UNANSWERED),
                excused=member.id in paused or member.left_at is not None,
                joined_late=member.came_after(session.starts_at),
            ),
        )
        for member in members
    ]


def _answers(conn: Connection, session: Session) -> Answers:
    """Return what members answered to a session that is locked for settling.

    That stays so until the transaction ends: whoever answers holds the session (see
    `access.session_of`), and waits until it has settled.
    """
    rows = attendances.of_sessions(conn, session.guild_id, [session.id])
    return {row.membership_id: (row.answer, row.minutes) for row in rows}


def _close_week(conn: Connection, moment: Moment, now: datetime) -> bool:
    groups.lock(conn, moment.guild_id, moment.group_id)
    listed = sessions.of_week(conn, moment.guild_id, moment.group_id, moment.on)
    if any(session.state in sessions.LIVE for session in listed):
        moments.put_off(conn, moment.guild_id, moment.id, now + ASK_AGAIN)
        return False
    members = memberships.of_group(
        conn, moment.guild_id, moment.group_id, besides=_concerned(conn, moment, listed), lock=True
    )
    for member in members:
        if member.weeks_through_on is None or member.weeks_through_on < moment.on:
            known = attendances.weeks_of(conn, moment.guild_id, member.id)
            folding.close_weeks(conn, member, known, moment.on)
    group = groups.fetch(conn, moment.guild_id, moment.group_id)
    reviewing.review_week(conn, group, {one.user_id for one in members}, moment.on, now)
    _look_after_buddies(conn, moment, now)
    moments.finish(conn, moment.guild_id, moment.id, MomentState.SENT, now)
    return True


def _look_after_buddies(conn: Connection, moment: Moment, now: datetime) -> None:
    """Mend the pairs that somebody has left by now; at the first week's end of a month mix them."""
    group = access.group_to_post_for(conn, moment.guild_id, moment.group_id)
    if group is None:
        return
    pairing.re_pair(conn, group, now)
    if group.rotates_buddies and _is_first_of_month(conn, moment):
        pairing.rotate(conn, group, now)


def _is_first_of_month(conn: Connection, moment: Moment) -> bool:
    """Say whether a week is the month's first to end; one without sessions does not end."""
    month = (moment.on + WEEK).replace(day=1)
    earliest = (month - WEEK).toordinal()
    ended = moments.subjects_from(conn, moment.guild_id, moment.group_id, MomentKind.WEEK, earliest)
    return ended[0] == moment.subject


def _concerned(conn: Connection, moment: Moment, listed: list[Session]) -> set[MembershipId]:
    """Return who has a part in a week's sessions: the week counts for those who left as well."""
    rows = attendances.of_sessions(conn, moment.guild_id, [session.id for session in listed])
    return {row.membership_id for row in rows}
