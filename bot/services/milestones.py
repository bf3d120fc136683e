"""Granting milestones, and who may be shown with which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.domain import milestones as rules
from bot.domain.checkin import minutes_of
from bot.domain.ids import SessionId
from bot.domain.milestones import Milestone, Reached
from bot.services.views import Honour
from bot.storage import attendances, boards, extras, memberships, milestones
from bot.storage.attendances import Attendance
from bot.storage.boards import Days
from bot.storage.memberships import Member
from bot.storage.milestones import GROUP, Granted
from bot.storage.sessions import Session


def grant(conn: Connection, member: Member, session: Session, now: datetime) -> tuple[Reached, ...]:
    """Grant what a member's answer, which is written already, reaches; return what is new.

    Members get milestones here and nowhere else: this is where they can be held back.
    """
    row = attendances.find(conn, member.guild_id, member.id, session.id)
    if row is None or row.answer is None or not row.answer.kept:
        return ()
    minutes = minutes_of(row.answer, row.minutes, session.minutes)
    found = rules.reached(_kept(conn, member), minutes, _away_since(conn, member, session))
    return tuple(one for one in found if milestones.grant(conn, session, member.id, one, now))


def of_answer(
    conn: Connection, member: Member, session: Session, row: Attendance | None
) -> tuple[Reached, ...]:
    """Return what a member's answer has reached, as long as it stands."""
    return tuple(
        one.reached
        for one in milestones.of_sessions(conn, [session])
        if one.membership_id == member.id and _stands(one, session, row)
    )


def reckon_together(conn: Connection, session: Session, now: datetime) -> None:
    """Grant the group what its members' minutes come to, to be told with a session.

    That is done once a session, as it settles: until then its answers may change.
    """
    guild_id, group_id = session.guild_id, session.group_id
    own = extras.minutes(conn, guild_id, [group_id], Days())
    minutes = boards.group_minutes(conn, guild_id, group_id) + sum(own.values())
    found = rules.together(minutes)
    if found is not None:
        milestones.grant(conn, session, GROUP, found, now)


def to_show(
    granted: Iterable[Granted],
    held: Mapping[SessionId, Session],
    rows: Sequence[Attendance],
    members: Iterable[Member],
) -> list[tuple[Member, Reached]]:
    """Return whose milestones may be shown, in the order given.

    Only those of present members who chose to be named, and only while the answer that reached
    them stands: after an undo it is gone, and with the answer it comes back.
    """
    willing = {one.id: one for one in members if one.named and one.left_at is None}
    stands = {(row.membership_id, row.session_id): row for row in rows}
    return [
        (willing[one.membership_id], one.reached)
        for one in granted
        if one.membership_id in willing
        and one.session_id in held
        and _stands(one, held[one.session_id], stands.get((one.membership_id, one.session_id)))
    ]


def honours(shown: Iterable[tuple[Member, Reached]]) -> tuple[Honour, ...]:
    """Return what is shown as names and milestones."""
    return tuple(Honour(member.name, reached) for member, reached in shown)


def minutes_together(granted: Iterable[Granted]) -> int | None:
    """Return the most minutes together among milestones; None without any of the group's."""
    reached = [one.reached for one in granted if one.membership_id == GROUP]
    return max((one.subject for one in reached), default=None)


def _stands(one: Granted, session: Session, row: Attendance | None) -> bool:
    if row is None or row.answer is None or not row.answer.kept:
        return False
    if one.reached.milestone is not Milestone.IN_ONE_GO:
        return True
    return minutes_of(row.answer, row.minutes, session.minutes) >= rules.IN_ONE_GO


def _kept(conn: Connection, member: Member) -> int:
    """Count the sessions kept since joining, answers of open ones among them."""
    settled = memberships.fetch(conn, member.guild_id, member.id).streak.kept
    answered = attendances.answered_turns(conn, member.guild_id, member.id)
    return settled + sum(one.turn.answer is not None and one.turn.answer.kept for one in answered)


def _away_since(conn: Connection, member: Member, session: Session) -> SessionId | None:
    """Return the last session kept before the break that keeping `session` ends."""
    nearest = attendances.last_kept_before(conn, session, member.id)
    if nearest is None:
        return None
    session_id, kept_on = nearest
    if session.due_on - kept_on < rules.BREAK:
        return None
    between, later = attendances.others_around(conn, session, member.id, session_id)
    if later:
        return None
    ends = rules.ends_a_break(kept_on, session.due_on, held_between=between)
    return session_id if ends else None
