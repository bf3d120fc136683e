"""The week in words, once it is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.checkin import SessionState, minutes_of
from bot.domain.day import DAY, WEEK, first_minute_outside
from bot.domain.ids import MembershipId, SessionId
from bot.domain.moment import Moment, MomentKind
from bot.domain.recap import QUIET_AFTER, WeekKind, kind_of_week
from bot.domain.streak import Outcome
from bot.services import access, claims, encouraging, leaderboards, schedules, wordings
from bot.services.milestones import honours, minutes_together, to_show
from bot.services.views import Board, RecapPost
from bot.storage import (
    attendances,
    extras,
    memberships,
    mentions,
    milestones,
    moments,
    sessions,
)
from bot.storage.attendances import Attendance
from bot.storage.boards import Days
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.mentions import Mention
from bot.storage.sessions import Session

ASK_AGAIN = timedelta(minutes=5)
"""How soon a recap is tried again while its week has not been closed."""


@dataclass(frozen=True, slots=True)
class _Week:
    """A week's sessions that were held, and what people made of them."""

    held: tuple[Session, ...]
    rows: tuple[Attendance, ...]
    extra_minutes: int
    """Of walks of one's own, which count beside the sessions."""

    @property
    def kept(self) -> list[Attendance]:
        return [row for row in self.rows if row.outcome is not None and row.outcome.kept]

    @property
    def minutes(self) -> int:
        planned = {session.id: session.minutes for session in self.held}
        in_sessions = sum(
            minutes_of(row.answer, row.minutes, planned[row.session_id]) for row in self.kept
        )
        return in_sessions + self.extra_minutes

    @property
    def everyone_on(self) -> tuple[date, ...]:
        """The days with a session that all who were expected, more than one, came to."""
        days = {session.due_on for session in self.held if self._everyone_came(session.id)}
        return tuple(sorted(days))

    def _everyone_came(self, session_id: SessionId) -> bool:
        expected = [
            row
            for row in self.rows
            if row.session_id == session_id and row.outcome not in (None, Outcome.EXCUSED)
        ]
        return len(expected) > 1 and all(row.outcome and row.outcome.kept for row in expected)


async def prepare(
    db: Database, moment: Moment, families: wordings.Families, now: datetime
) -> RecapPost | str:
    """Return the recap of a due moment, or the reason why there is none.

    `PUT_OFF` where it is too early for one. Draws its words, and takes the day's encouragement
    along; a repeat after a crash says the same.
    """

    def draw_up(conn: Connection) -> RecapPost | str:
        group = access.group_to_post_for(conn, moment.guild_id, moment.group_id)
        if group is None:
            return "no_group"
        if group.rhythm.recap is None:
            return "off"
        again = _too_early(conn, group, moment, now)
        if again is not None:
            moments.put_off(conn, moment.guild_id, moment.id, again)
            return claims.PUT_OFF
        newest = moments.overdue_of_group(conn, group.guild_id, group.id, MomentKind.RECAP, now)
        if newest and newest[0] != moment.id:
            return "newer_one"
        week = _week(conn, moment)
        if not week.held:
            return "no_session"
        since = now - QUIET_AFTER
        if not attendances.anybody_answered_since(conn, group.guild_id, group.id, since):
            return "quiet_group"
        return _post(conn, group, moment, week, families, now)

    return await db.write(draw_up)


def _too_early(conn: Connection, group: Group, moment: Moment, now: datetime) -> datetime | None:
    """Return when to try again where the week is not closed, or in quiet hours; else None."""
    if moments.waits(conn, group.guild_id, group.id, MomentKind.WEEK, moment.subject):
        return now + ASK_AGAIN
    awake_at = first_minute_outside(now, group.rhythm.quiet, group.zone)
    return awake_at if awake_at > now else None


def _week(conn: Connection, moment: Moment) -> _Week:
    """Return a week's sessions that settled, and void ones that somebody kept."""
    listed = sessions.of_week(conn, moment.guild_id, moment.group_id, moment.on)
    over = [one for one in listed if one.state in (SessionState.SETTLED, SessionState.VOID)]
    rows = attendances.of_sessions(conn, moment.guild_id, [one.id for one in over])
    kept = {row.session_id for row in rows if row.outcome is not None and row.outcome.kept}
    held = [one for one in over if one.state is SessionState.SETTLED or one.id in kept]
    ids = {one.id for one in held}
    days = Days(moment.on, moment.on + WEEK - DAY)
    own = extras.minutes(conn, moment.guild_id, [moment.group_id], days)
    return _Week(
        tuple(held), tuple(row for row in rows if row.session_id in ids), sum(own.values())
    )


def _post(
    conn: Connection,
    group: Group,
    moment: Moment,
    week: _Week,
    families: wordings.Families,
    now: datetime,
) -> RecapPost:
    kind = _kind(conn, group, moment, week)
    wording = wordings.draw(conn, moment, f"recap.{kind}", families, now, leading=kind)
    members = memberships.of_group(conn, group.guild_id, group.id)
    met_goal = _met_goal(conn, moment, members)
    granted = milestones.of_sessions(conn, week.held)
    shown = to_show(granted, {one.id: one for one in week.held}, week.rows, members)
    board = _board(conn, group, week, moment.on, now)
    on_board = _on_board(board, members)
    named = (*met_goal, *(member for member, _ in shown), *on_board)
    _keep_who_is_named(conn, moment, named, now)
    return RecapPost(
        moment_id=moment.id,
        guild_id=group.guild_id,
        group_id=group.id,
        channel_id=group.channel_id,
        group_name=group.name,
        week_on=moment.on,
        kind=kind,
        wording=wording,
        sessions=len(week.held),
        came=len(week.kept),
        minutes=week.minutes,
        everyone_on=week.everyone_on,
        met_goal=tuple(member.name for member in met_goal),
        honours=honours(shown),
        together=minutes_together(granted),
        next_starts_at=schedules.next_start(conn, group, now),
        encouragement=encouraging.take_along(conn, group, families, now),
        board=board,
    )


def _board(
    conn: Connection, group: Group, week: _Week, week_on: date, now: datetime
) -> Board | None:
    """Return the week's board with the recap's own totals; None where nobody would stand on it."""
    found = leaderboards.of_week(conn, group, week_on, now)
    if not found.ranks:
        return None
    # Leavers count in the recap: one message has one total.
    return replace(found, total_kept=len(week.kept), total_minutes=week.minutes)


def _on_board(board: Board | None, members: Iterable[Member]) -> list[Member]:
    ids = {one.membership_id for one in board.ranks} if board else set[MembershipId]()
    return [member for member in members if member.id in ids]


def _kind(conn: Connection, group: Group, moment: Moment, week: _Week) -> WeekKind:
    first = sessions.first_week(conn, group.guild_id, group.id) == moment.on
    counted = sum(row.counted for row in week.rows)
    return kind_of_week(len(week.kept), counted, first=first)


def _met_goal(conn: Connection, moment: Moment, members: Sequence[Member]) -> list[Member]:
    """Return the present members who met their own goal, of those who chose to be named."""
    named = [member for member in members if member.named]
    ids = [member.id for member in named]
    weeks = attendances.week_of_members(conn, moment.guild_id, ids, moment.on)
    return [member for member in named if member.id in weeks and weeks[member.id].met]


def _keep_who_is_named(
    conn: Connection, moment: Moment, named: Iterable[Member], now: datetime
) -> None:
    people = {member.id: member.user_id for member in named}
    mentions.add(conn, moment, Mention.HONOURED, people.items(), now)
