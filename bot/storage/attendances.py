"""Attendances: what a member answered for a session, its history, and what it came to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, select

from bot.domain.checkin import ORGANISER_WINDOW, Answer, Details, SessionState, minutes_of
from bot.domain.ids import GroupId, GuildId, MembershipId, SessionId, SlotId, UserId
from bot.domain.schedule import Activity
from bot.domain.streak import Outcome, Reckoning, Turn
from bot.domain.week import Week
from bot.storage.sessions import LIVE, Session
from bot.storage.statements import upsert
from bot.storage.tables import answer_history, attendances, sessions, weeks

_KEY = ["guild_id", "membership_id", "session_id"]
_KEPT = attendances.c.answer.in_([Answer.DONE, Answer.PARTLY])


@dataclass(frozen=True, slots=True)
class Attendance:
    """One member and one session: the answer, and once it has settled what it counts as."""

    membership_id: MembershipId
    session_id: SessionId
    starts_at: datetime
    slot_id: SlotId
    week_on: date
    answer: Answer | None
    details: Details
    answered_at: datetime | None
    corrected_at: datetime | None
    """When an organiser last corrected it; None for the member's own word."""
    outcome: Outcome | None
    counted: bool
    covered: bool
    excused: bool
    joined_late: bool
    own_minutes: int | None
    """What their own ladder asked for when it was first done; None for the session's minutes."""

    @property
    def minutes(self) -> int | None:
        """How long they were at it, where that is not as long as the session was planned."""
        own = self.own_minutes if self.answer is Answer.DONE else None
        return own if self.details.minutes is None else self.details.minutes


@dataclass(frozen=True, slots=True)
class SettledTurn:
    """A settled attendance as the fold reads it, with what is stored of its reckoning."""

    attendance: Attendance
    turn: Turn


@dataclass(frozen=True, slots=True)
class Change:
    """One entry in the history of a check-in."""

    answer: Answer | None
    details: Details
    undoes: bool


def find(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, session_id: SessionId
) -> Attendance | None:
    """Return what a member answered or got for a session."""
    query = _query(guild_id).where(
        attendances.c.membership_id == membership_id, attendances.c.session_id == session_id
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else _attendance(row)


def of_sessions(
    conn: Connection, guild_id: GuildId, session_ids: Iterable[SessionId]
) -> list[Attendance]:
    """Return all attendances of some sessions, first answers first."""
    query = (
        _query(guild_id)
        .where(attendances.c.session_id.in_(list(session_ids)))
        .order_by(attendances.c.answered_at, attendances.c.membership_id)
    )
    return [_attendance(row) for row in conn.execute(query)]


def save_answer(  # noqa: PLR0913 - an answer is what it is made of
    conn: Connection,
    session: Session,
    membership_id: MembershipId,
    answer: Answer | None,
    details: Details,
    *,
    by: UserId,
    now: datetime,
    undoes: bool = False,
    reason: str | None = None,
) -> None:
    """Write an answer over the one before it, and add it to the check-in's history.

    With a `reason` it is an organiser's correction. It comes after the ones before, also where the
    clock was set back meanwhile; the member's row must be locked.
    """
    now = _after_the_last(conn, session, membership_id, now)
    said = {"answer": answer, **asdict(details)}
    row = {**said, "answered_at": now, "corrected_at": None if reason is None else now}
    upsert(
        conn,
        attendances,
        {**_identity(session, membership_id), **row},
        key=_KEY,
        update=list(row),
    )
    conn.execute(
        insert(answer_history).values(
            guild_id=session.guild_id,
            membership_id=membership_id,
            session_id=session.id,
            at=now,
            by_user_id=by,
            undoes=undoes,
            reason=reason,
            **said,
        )
    )


def stamp_own(
    conn: Connection, session: Session, membership_id: MembershipId, minutes: int
) -> None:
    """Keep what a member's own ladder asks for beside their answer, unless it stands there."""
    conn.execute(
        attendances.update()
        .where(
            attendances.c.guild_id == session.guild_id,
            attendances.c.membership_id == membership_id,
            attendances.c.session_id == session.id,
            attendances.c.own_minutes.is_(None),
        )
        .values(own_minutes=minutes)
    )


def history(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, session_id: SessionId
) -> list[Change]:
    """Return the changes of a check-in, oldest first."""
    query = (
        select(answer_history)
        .where(
            answer_history.c.guild_id == guild_id,
            answer_history.c.membership_id == membership_id,
            answer_history.c.session_id == session_id,
        )
        .order_by(answer_history.c.at, answer_history.c.id)
    )
    return [Change(_answer(row.answer), _details(row), row.undoes) for row in conn.execute(query)]


def _after_the_last(
    conn: Connection, session: Session, membership_id: MembershipId, now: datetime
) -> datetime:
    query = select(func.max(answer_history.c.at)).where(
        answer_history.c.guild_id == session.guild_id,
        answer_history.c.membership_id == membership_id,
        answer_history.c.session_id == session.id,
    )
    last = conn.execute(query).scalar_one()
    return now if last is None else max(now, last + datetime.resolution)


def save_reckonings(
    conn: Connection,
    session: Session,
    reckonings: Iterable[tuple[MembershipId, Turn, Reckoning]],
) -> None:
    """Write what a settled session came to for each of its members."""
    for membership_id, turn, reckoning in reckonings:
        came_to = {
            "outcome": reckoning.outcome,
            "counted": reckoning.counted,
            "covered": reckoning.covered,
            "excused": turn.excused,
            "joined_late": turn.joined_late,
        }
        upsert(
            conn,
            attendances,
            {**_identity(session, membership_id), **came_to},
            key=_KEY,
            update=list(came_to),
        )


def mark_late(conn: Connection, session: Session, membership_ids: Iterable[MembershipId]) -> None:
    """Mark what some members answered, or took back, for a session that began without them."""
    conn.execute(
        attendances.update()
        .where(
            attendances.c.guild_id == session.guild_id,
            attendances.c.session_id == session.id,
            attendances.c.membership_id.in_(list(membership_ids)),
        )
        .values(joined_late=True)
    )


def rewrite_reckoning(
    conn: Connection,
    guild_id: GuildId,
    attendance: Attendance,
    turn: Turn,
    reckoning: Reckoning | None,
) -> None:
    """Correct what a settled attendance came to."""
    conn.execute(
        attendances.update()
        .where(
            attendances.c.guild_id == guild_id,
            attendances.c.membership_id == attendance.membership_id,
            attendances.c.session_id == attendance.session_id,
        )
        .values(
            outcome=reckoning.outcome if reckoning else None,
            counted=reckoning.counted if reckoning else False,
            covered=reckoning.covered if reckoning else False,
            excused=turn.excused,
            joined_late=turn.joined_late,
        )
    )


def move(conn: Connection, guild_id: GuildId, session_id: SessionId, starts_at: datetime) -> None:
    """Copy the new start of a session that has not settled to what was answered for it."""
    conn.execute(
        attendances.update()
        .where(attendances.c.guild_id == guild_id, attendances.c.session_id == session_id)
        .values(starts_at=starts_at)
    )


def excuse(conn: Connection, guild_id: GuildId, attendance: Attendance) -> None:
    """Mark an attendance as covered by a pause; what it counts as follows with the next fold."""
    conn.execute(
        attendances.update()
        .where(
            attendances.c.guild_id == guild_id,
            attendances.c.membership_id == attendance.membership_id,
            attendances.c.session_id == attendance.session_id,
        )
        .values(excused=True)
    )


def settled_turns(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId
) -> list[SettledTurn]:
    """Return a membership's turns of settled and void sessions in order of (start, slot)."""
    query = _turns(guild_id, membership_id).where(
        sessions.c.state.in_([SessionState.SETTLED, SessionState.VOID])
    )
    return [_settled(row) for row in conn.execute(query)]


def settled_turns_of_week(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, week_on: date
) -> list[SettledTurn]:
    """Return a membership's turns of a week's settled and void sessions in order."""
    query = _turns(guild_id, membership_id).where(
        sessions.c.state.in_([SessionState.SETTLED, SessionState.VOID]),
        attendances.c.week_on == week_on,
    )
    return [_settled(row) for row in conn.execute(query)]


def answered_turns(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId
) -> list[SettledTurn]:
    """Return a membership's answers for sessions that have not settled, in fold order."""
    query = _turns(guild_id, membership_id).where(
        sessions.c.state.in_(LIVE), attendances.c.answer.is_not(None)
    )
    return [_settled(row) for row in conn.execute(query)]


def last_kept_before(
    conn: Connection, session: Session, membership_id: MembershipId
) -> tuple[SessionId, date] | None:
    """Return the last session that a member kept before `session`, and its day."""
    query = (
        _beside(session, membership_id)
        .where(_KEPT, attendances.c.starts_at < session.starts_at)
        .order_by(attendances.c.starts_at.desc(), attendances.c.slot_id.desc())
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else (SessionId(row.session_id), row.due_on)


def others_around(
    conn: Connection, session: Session, membership_id: MembershipId, since: SessionId
) -> tuple[bool, bool]:
    """Say whether a member has settled sessions between two, and one that was kept after both."""
    begins = select(sessions.c.starts_at).where(
        sessions.c.guild_id == session.guild_id, sessions.c.id == since
    )
    settled = _beside(session, membership_id).where(
        attendances.c.outcome.is_not(None),
        attendances.c.starts_at > begins.scalar_subquery(),
        attendances.c.starts_at < session.starts_at,
    )
    later = _beside(session, membership_id).where(
        _KEPT, attendances.c.starts_at > session.starts_at
    )
    return (
        conn.execute(settled.limit(1)).first() is not None,
        conn.execute(later.limit(1)).first() is not None,
    )


def turn_of(
    session: Session,
    answer: Answer | None,
    minutes: int | None = None,
    *,
    excused: bool = False,
    joined_late: bool = False,
) -> Turn:
    """Return a session as the fold sees it for somebody who gave `answer`.

    `minutes` are `Attendance.minutes`: None for as many as the session was planned for.
    """
    return Turn(
        starts_at=session.starts_at,
        slot_id=session.slot_id,
        due_on=session.due_on,
        free_rests=session.free_rests,
        answer=answer,
        excused=excused,
        void=session.state is SessionState.VOID,
        joined_late=joined_late,
        minutes=minutes_of(answer, minutes, session.minutes),
    )


def save_week(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, week_on: date, week: Week
) -> None:
    """Write what a week came to; the goal stays the one it began with."""
    sums = {"kept": week.kept, "counted": week.counted, "covered": week.covered}
    row = {"guild_id": guild_id, "membership_id": membership_id, "week_on": week_on}
    key = list(row)
    upsert(conn, weeks, {**row, "goal": week.goal, **sums}, key=key, update=list(sums))


def weeks_of(conn: Connection, guild_id: GuildId, membership_id: MembershipId) -> dict[date, Week]:
    """Return a membership's weeks by their Monday, in order."""
    query = (
        select(weeks)
        .where(weeks.c.guild_id == guild_id, weeks.c.membership_id == membership_id)
        .order_by(weeks.c.week_on)
    )
    return {
        row.week_on: Week(row.goal, row.kept, row.counted, row.covered)
        for row in conn.execute(query)
    }


def week_of_members(
    conn: Connection, guild_id: GuildId, membership_ids: Iterable[MembershipId], week_on: date
) -> dict[MembershipId, Week]:
    """Return what one week came to for some memberships; those without it are absent."""
    query = select(weeks).where(
        weeks.c.guild_id == guild_id,
        weeks.c.membership_id.in_(list(membership_ids)),
        weeks.c.week_on == week_on,
    )
    return {
        MembershipId(row.membership_id): Week(row.goal, row.kept, row.counted, row.covered)
        for row in conn.execute(query)
    }


def any_since(conn: Connection, guild_id: GuildId, session_id: SessionId, since: datetime) -> bool:
    """Say whether anybody gave an answer to a session, or took one back, at or after an instant."""
    query = (
        select(attendances.c.session_id)
        .where(
            attendances.c.guild_id == guild_id,
            attendances.c.session_id == session_id,
            attendances.c.answered_at >= since,
        )
        .limit(1)
    )
    return conn.execute(query).first() is not None


def anybody_answered_since(
    conn: Connection, guild_id: GuildId, group_id: GroupId, since: datetime
) -> bool:
    """Say whether anybody in a group has given an answer after `since`."""
    of_session = and_(
        sessions.c.guild_id == attendances.c.guild_id, sessions.c.id == attendances.c.session_id
    )
    query = (
        select(attendances.c.session_id)
        .join(sessions, of_session)
        .where(
            sessions.c.guild_id == guild_id,
            sessions.c.group_id == group_id,
            # Nobody can answer for longer, nor correct anything: the index is read from there.
            sessions.c.starts_at > since - ORGANISER_WINDOW - timedelta(days=7),
            attendances.c.answer.is_not(None),
            attendances.c.answered_at > since,
        )
        .limit(1)
    )
    return conn.execute(query).first() is not None


def _query(guild_id: GuildId) -> Select[Any]:
    return select(attendances).where(attendances.c.guild_id == guild_id)


def _turns(guild_id: GuildId, membership_id: MembershipId) -> Select[Any]:
    of_session = and_(
        sessions.c.guild_id == attendances.c.guild_id, sessions.c.id == attendances.c.session_id
    )
    return (
        select(
            attendances,
            sessions.c.due_on,
            sessions.c.free_rests,
            sessions.c.state,
            sessions.c.minutes.label("planned"),
        )
        .join(sessions, of_session)
        .where(attendances.c.guild_id == guild_id, attendances.c.membership_id == membership_id)
        .order_by(attendances.c.starts_at, attendances.c.slot_id)
    )


def _beside(session: Session, membership_id: MembershipId) -> Select[Any, Any]:
    """Select what a member has of the sessions that took place, besides one of them."""
    of_session = and_(
        sessions.c.guild_id == attendances.c.guild_id, sessions.c.id == attendances.c.session_id
    )
    return (
        select(attendances.c.session_id, sessions.c.due_on)
        .join(sessions, of_session)
        .where(
            attendances.c.guild_id == session.guild_id,
            attendances.c.membership_id == membership_id,
            attendances.c.session_id != session.id,
            sessions.c.state != SessionState.CALLED_OFF,
        )
    )


def _identity(session: Session, membership_id: MembershipId) -> dict[str, object]:
    return {
        "guild_id": session.guild_id,
        "membership_id": membership_id,
        "session_id": session.id,
        "starts_at": session.starts_at,
        "slot_id": session.slot_id,
        "week_on": session.week_on,
    }


def _answer(value: str | None) -> Answer | None:
    return None if value is None else Answer(value)


def _details(row: Row[Any]) -> Details:
    return Details(
        minutes=row.minutes,
        metres=row.metres,
        activity=None if row.activity is None else Activity(row.activity),
        effort=row.effort,
        pain=row.pain,
        note=row.note,
    )


def _attendance(row: Row[Any]) -> Attendance:
    return Attendance(
        membership_id=MembershipId(row.membership_id),
        session_id=SessionId(row.session_id),
        starts_at=row.starts_at,
        slot_id=SlotId(row.slot_id),
        week_on=row.week_on,
        answer=_answer(row.answer),
        details=_details(row),
        answered_at=row.answered_at,
        corrected_at=row.corrected_at,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        counted=row.counted,
        covered=row.covered,
        excused=row.excused,
        joined_late=row.joined_late,
        own_minutes=row.own_minutes,
    )


def _settled(row: Row[Any]) -> SettledTurn:
    attendance = _attendance(row)
    turn = Turn(
        starts_at=attendance.starts_at,
        slot_id=attendance.slot_id,
        due_on=row.due_on,
        free_rests=row.free_rests,
        answer=attendance.answer,
        excused=attendance.excused,
        void=row.state == SessionState.VOID,
        joined_late=attendance.joined_late,
        minutes=minutes_of(attendance.answer, attendance.minutes, row.planned),
    )
    return SettledTurn(attendance, turn)
