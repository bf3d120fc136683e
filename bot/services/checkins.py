"""Answering a session, changing one's mind, and what the prompt shows of it.

An answer, its history and, once the session has settled, the streak are one transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.domain import streak as streaks
from bot.domain.checkin import (
    EFFORT,
    MEMBER_WINDOW,
    METRES,
    MINUTES,
    NO_DETAILS,
    NOTE,
    PAIN,
    Answer,
    Details,
    Refusal,
    SessionState,
    details_after,
    filled_in,
    minutes_of,
    refusal,
)
from bot.domain.errors import NotAllowed, Refused
from bot.domain.ids import SessionId, UserId
from bot.domain.milestones import Reached
from bot.domain.streak import Outcome, Streak, Turn
from bot.services import (
    access,
    expected,
    folding,
    milestones,
    own_minutes,
    reviewing,
)
from bot.services.notices import NoticeKind
from bot.services.schedules import as_upcoming
from bot.services.views import DetailsForm, Person, Receipt, UndoQuestion, Upcoming, storable
from bot.storage import attendances, groups, guilds, memberships, notices, sessions
from bot.storage.attendances import Attendance, Change, turn_of
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.sessions import Session

OVER = (SessionState.SETTLED, SessionState.VOID)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


async def answer(
    db: Database,
    person: Person,
    session_id: SessionId,
    said: Answer,
    now: datetime,
    details: Details = NO_DETAILS,
) -> Receipt:
    """Take a member's answer in place of the one before; the same again changes nothing.

    Details are taken along as `details_after` says. Raises NotFound `session_not_found`, NotAllowed
    `not_member`, `left_group`, `joined_after`, Refused `session_called_off`, `answer_too_early`,
    `answer_too_late`, `answer_corrected`, `minutes_without_walk`, and what `checked` raises.
    """
    if not said.kept and (details.minutes, details.metres) != (None, None):
        raise Refused("minutes_without_walk")
    return await db.write(_answer, person, session_id, said, checked(details), now)


async def fill_in(
    db: Database,
    person: Person,
    session_id: SessionId,
    told: Details,
    now: datetime,
    *,
    amount_unread: bool = False,
) -> Receipt:
    """Take what the form says in place of what it said before (`filled_in`).

    With `amount_unread` the time and distance stay as they were. Raises what `answer` raises.
    """
    return await db.write(_fill_in, person, session_id, checked(told), now, amount_unread)


async def say_pain(
    db: Database, person: Person, session_id: SessionId, pain: int, now: datetime
) -> Receipt:
    """Add how strong the pain is, 0 to 10, to any answer; without one it makes it sore.

    Raises what `answer` raises.
    """
    checked(Details(pain=pain))
    return await db.write(_say_pain, person, session_id, pain, now)


async def walk_again(
    db: Database, person: Person, session_id: SessionId, now: datetime, *, seen: int
) -> Receipt:
    """Add another walk of the person's own rung to a session that they kept.

    `seen` is how many changes they were shown: a second press of the same button adds nothing.
    Raises what `answer` raises, and Refused `no_walk_to_add`.
    """
    return await db.write(_walk_again, person, session_id, now, seen)


async def form(db: Database, person: Person, session_id: SessionId, now: datetime) -> DetailsForm:
    """Return what the form of details shows when it opens; raises what `answer` raises."""

    def collect(conn: Connection) -> DetailsForm:
        member, session = _open_for(conn, person, session_id, None, now)
        group = groups.fetch(conn, session.guild_id, session.group_id)
        row = attendances.find(conn, person.guild_id, member.id, session.id)
        _refuse_over_correction(row)
        known = NO_DETAILS if row is None else row.details
        return DetailsForm(session.id, group.name, session.activity, known)

    # It takes locks, as answering does.
    return await db.write(collect)


def checked(details: Details) -> Details:
    """Return details that can be stored.

    Raises Refused `minutes_invalid`, `metres_invalid`, `effort_invalid`, `pain_invalid`.
    """
    for name, value, allowed in (
        ("minutes", details.minutes, MINUTES),
        ("metres", details.metres, METRES),
        ("effort", details.effort, EFFORT),
        ("pain", details.pain, PAIN),
    ):
        if value is not None and value not in allowed:
            raise Refused(f"{name}_invalid", low=allowed.start, high=allowed.stop - 1)
    note = storable(details.note or "").strip()[:NOTE]
    return replace(details, note=note or None)


async def undo(
    db: Database,
    person: Person,
    session_id: SessionId,
    now: datetime,
    *,
    seen: int | None = None,
    sure: bool = False,
) -> Receipt | UndoQuestion:
    """Put back what was answered before; ask first where that would make a miss.

    `seen` is how many changes the person was shown (None for whatever there are): a second press of
    the same button takes nothing more back. Raises what `answer` raises, and Refused
    `nothing_to_undo`, `undo_stale`.
    """
    return await db.write(_undo, person, session_id, now, seen, sure)


async def mine(db: Database, person: Person, session_id: SessionId, now: datetime) -> Receipt:
    """Return the person's own answer as it stands; raises what `answer` raises."""

    def collect(conn: Connection) -> Receipt:
        member, session = _open_for(conn, person, session_id, None, now)
        row = attendances.find(conn, person.guild_id, member.id, session.id)
        facts = _receipt(conn, member, session, None if row is None else row.answer)
        return replace(facts, milestones=milestones.of_answer(conn, member, session, row))

    # It takes locks, as answering does.
    return await db.write(collect)


async def answerable(db: Database, person: Person, now: datetime) -> list[Upcoming]:
    """Return what the person can answer now: begun sessions, latest first, then those to come."""
    return await db.read(
        lambda conn: _answerable(
            conn, memberships.of_user(conn, person.guild_id, person.user_id), now
        )
    )


async def answerable_anywhere(db: Database, user_id: UserId, now: datetime) -> list[Upcoming]:
    """Return what somebody can answer now in any server, in the order of `answerable`."""

    def collect(conn: Connection) -> list[Upcoming]:
        members = [
            member
            for member in memberships.of_person(conn, user_id)
            if not guilds.has_left(conn, member.guild_id)
        ]
        return _answerable(conn, members, now)

    return await db.read(collect)


def meant(found: list[Upcoming], now: datetime) -> list[Upcoming]:
    """Return what an answer that names no session can mean, likeliest first, of what is answerable.

    What has begun and not closed; where nothing has, what is still to begin today: whoever walks
    before the prompt comes does not speak of the day before. Then what has closed.
    """
    closed = [one for one in found if one.state in OVER]
    live = [one for one in found if one.state not in OVER and not one.too_early]
    begun = [one for one in live if one.starts_at <= now]
    return [*(begun or live), *closed]


def last_answered(found: list[Upcoming]) -> list[Upcoming]:
    """Return what was answered of what is answerable, the last answer first."""
    answered = [one for one in found if one.answer is not None]
    return sorted(answered, key=lambda one: one.answered_at or _LONG_AGO, reverse=True)


def _answer(
    conn: Connection,
    person: Person,
    session_id: SessionId,
    said: Answer,
    details: Details,
    now: datetime,
) -> Receipt:
    member, session = _open_for(conn, person, session_id, said, now)
    before = attendances.find(conn, person.guild_id, member.id, session.id)
    known = NO_DETAILS if before is None else before.details
    after = details_after(before and before.answer, known, said, details)
    return _change(conn, person, member, session, before, Change(said, after, undoes=False), now)


def _fill_in(
    conn: Connection,
    person: Person,
    session_id: SessionId,
    told: Details,
    now: datetime,
    amount_unread: bool,  # noqa: FBT001 - passed on by the database
) -> Receipt:
    member, session = _open_for(conn, person, session_id, None, now)
    before = attendances.find(conn, person.guild_id, member.id, session.id)
    known = NO_DETAILS if before is None else before.details
    if amount_unread:
        told = replace(told, minutes=known.minutes, metres=known.metres)
    said, details = filled_in(before and before.answer, known, told)
    # Done was not asked about before: it may be too early for it.
    member, session = _open_for(conn, person, session_id, said, now)
    return _change(conn, person, member, session, before, Change(said, details, undoes=False), now)


def _say_pain(
    conn: Connection, person: Person, session_id: SessionId, pain: int, now: datetime
) -> Receipt:
    member, session = _open_for(conn, person, session_id, None, now)
    before = attendances.find(conn, person.guild_id, member.id, session.id)
    said = (before and before.answer) or Answer.SORE
    details = replace(before.details if before else NO_DETAILS, pain=pain)
    return _change(conn, person, member, session, before, Change(said, details, undoes=False), now)


def _walk_again(
    conn: Connection, person: Person, session_id: SessionId, now: datetime, seen: int
) -> Receipt:
    member, session = _open_for(conn, person, session_id, None, now)
    before = attendances.find(conn, person.guild_id, member.id, session.id)
    rung = own_minutes.rung_of(conn, member)
    if before is None or before.answer is None or not before.answer.kept or rung is None:
        raise Refused("no_walk_to_add")
    if seen != len(attendances.history(conn, person.guild_id, member.id, session.id)):
        return _receipt(conn, member, session, before.answer)
    so_far = minutes_of(before.answer, before.minutes, session.minutes)
    details = checked(replace(before.details, minutes=so_far + rung.minutes))
    change = Change(before.answer, details, undoes=False)
    return _change(conn, person, member, session, before, change, now)


def _change(
    conn: Connection,
    person: Person,
    member: Member,
    session: Session,
    before: Attendance | None,
    change: Change,
    now: datetime,
) -> Receipt:
    """Write a change unless everything stands so already; a double press is no change."""
    _refuse_over_correction(before)
    granted: tuple[Reached, ...] = ()
    if before is None or (before.answer, before.details) != (change.answer, change.details):
        _write(conn, person, member, session, change, now)
        granted = milestones.grant(conn, member, session, now)
    return replace(_receipt(conn, member, session, change.answer), milestones=granted)


def _refuse_over_correction(before: Attendance | None) -> None:
    """Let the last writer win, except over an organiser."""
    if before is not None and before.corrected_at is not None:
        raise Refused("answer_corrected")


def _undo(
    conn: Connection,
    person: Person,
    session_id: SessionId,
    now: datetime,
    seen: int | None,
    sure: bool,  # noqa: FBT001 - whether they were asked
) -> Receipt | UndoQuestion:
    member, session = _open_for(conn, person, session_id, None, now)
    before = attendances.find(conn, person.guild_id, member.id, session.id)
    changes = attendances.history(conn, person.guild_id, member.id, session.id)
    standing = _standing(changes)
    if before is None or not standing:
        raise Refused("nothing_to_undo")
    _refuse_over_correction(before)
    if seen is not None and seen != len(changes):
        raise Refused("undo_stale")
    back_to = standing[-2] if len(standing) > 1 else Change(None, NO_DETAILS, undoes=True)
    last = standing[-1].answer
    if last is not None and not sure and _makes_a_miss(conn, member, session, back_to.answer):
        group = access.group_of(conn, person, session.group_id)
        return UndoQuestion(session.id, group.name, session.starts_at, last, len(changes))
    _write(conn, person, member, session, replace(back_to, undoes=True), now)
    return replace(_receipt(conn, member, session, back_to.answer), undone=True)


def _makes_a_miss(conn: Connection, member: Member, session: Session, said: Answer | None) -> bool:
    """Say whether a settled session that is no miss would be one with `said` in its place."""
    if session.state is not SessionState.SETTLED:
        return False
    earlier: list[Turn] = []
    for one in attendances.settled_turns(conn, member.guild_id, member.id):
        if one.attendance.session_id == session.id:
            streak, _ = streaks.fold(earlier)
            _, reckoning = streaks.step(streak, replace(one.turn, answer=said))
            missed_now = one.attendance.outcome is Outcome.MISSED
            return not missed_now and reckoning is not None and reckoning.outcome is Outcome.MISSED
        earlier.append(one.turn)
    return False


def _standing(changes: list[Change]) -> list[Change]:
    """Return the changes that no undo has taken back: each undo takes back the latest one."""
    standing: list[Change] = []
    for change in changes:
        if not change.undoes:
            standing.append(change)
        elif standing:
            standing.pop()
    return standing


def _open_for(
    conn: Connection, person: Person, session_id: SessionId, said: Answer | None, now: datetime
) -> tuple[Member, Session]:
    """Return the member and the session they may answer now, or raise why they may not."""
    # First the session, then the member: settling locks them in the same order.
    session = access.session_of(conn, person, session_id)
    access.group_of(conn, person, session.group_id)
    member = access.member_of(conn, person, session.group_id)
    if expected.over_before_joining(member, session):
        raise NotAllowed("joined_after")
    refused = refusal(said, session.window, now)
    if refused is not None:
        raise Refused(refused.value)
    return member, session


def _write(
    conn: Connection,
    person: Person,
    member: Member,
    session: Session,
    change: Change,
    now: datetime,
) -> None:
    attendances.save_answer(
        conn,
        session,
        member.id,
        change.answer,
        change.details,
        by=person.user_id,
        now=now,
        undoes=change.undoes,
    )
    own_minutes.stamp(conn, member, session, change.answer)
    reviewing.welcome_back(conn, member, session, change.answer, now)
    name = person.kept_name or member.name
    memberships.change(conn, member.guild_id, member.id, last_sign_at=now, name=name)
    if change.answer is not None and change.answer.kept and member.way_back_at is not None:
        # Who is back needs no way back.
        notices.withdraw(conn, member.guild_id, [member.id], [NoticeKind.WAY_BACK])
    count_anew(conn, member, session)


def count_anew(conn: Connection, member: Member, session: Session) -> None:
    """Bring streak and weeks up to date with an answer that has changed for a session."""
    if session.state in OVER:
        _mark_late(conn, member, session)
        folding.fold_again(conn, member, session.starts_at)


def _mark_late(conn: Connection, member: Member, session: Session) -> None:
    """Stamp a first answer to a settled session as a late joiner's, or as given in a pause."""
    row = attendances.find(conn, member.guild_id, member.id, session.id)
    if row is not None and row.outcome is None and session.state is SessionState.SETTLED:
        late = member.came_after(session.starts_at)
        turn = turn_of(session, row.answer, row.minutes, excused=not late, joined_late=late)
        attendances.rewrite_reckoning(conn, member.guild_id, row, turn, None)


def _receipt(conn: Connection, member: Member, session: Session, said: Answer | None) -> Receipt:
    """Return what to tell a member, `member` being as they stood before the answer."""
    group = groups.fetch(conn, session.guild_id, session.group_id)
    row = attendances.find(conn, member.guild_id, member.id, session.id)
    after = memberships.fetch(conn, member.guild_id, member.id)
    over = session.state in OVER
    before = Streak()
    if over:
        streak, outcome = after.streak, row.outcome if row else None
        covered = row.covered if row else False
    else:
        before, streak, outcome, covered = _preview(conn, after, session, said)
    was_missing = member.streak.misses > 0
    changes = attendances.history(conn, member.guild_id, member.id, session.id)
    return Receipt(
        session_id=session.id,
        group_id=group.id,
        group_name=group.name,
        starts_at=session.starts_at,
        answer=said,
        streak=streak,
        settled=over,
        outcome=outcome,
        free_rests=session.free_rests,
        covered=covered,
        comeback=said is not None and said.kept and was_missing and not over,
        joined_late=member.came_after(session.starts_at),
        may_undo=said is not None,
        details=row.details if row else NO_DETAILS,
        changes=len(changes),
        at_stake=0 if streak.current else before.current,
        own=own_minutes.of_day(conn, member, session) if said is not None and said.kept else None,
    )


def _preview(
    conn: Connection, member: Member, session: Session, said: Answer | None
) -> tuple[Streak, Streak, Outcome | None, bool]:
    """Return how the streak will stand before this session and once it has settled.

    Those before it that are answered are taken as settled.
    """
    if said is None:
        return member.streak, member.streak, None, False
    position = (session.starts_at, session.slot_id)
    earlier = [
        one.turn
        for one in attendances.answered_turns(conn, member.guild_id, member.id)
        if (one.turn.starts_at, one.turn.slot_id) < position
    ]
    streak, _ = streaks.fold(earlier, member.streak)
    late = member.came_after(session.starts_at)
    turn = turn_of(session, said, joined_late=late)
    after, reckoning = streaks.step(streak, turn)
    outcome = reckoning.outcome if reckoning else None
    return streak, after, outcome, bool(reckoning and reckoning.covered)


def _answerable(conn: Connection, members: list[Member], now: datetime) -> list[Upcoming]:
    found = [one for member in members for one in _answerable_in_group(conn, member, now)]
    begun = [one for one in found if one.starts_at <= now]
    coming = [one for one in found if one.starts_at > now]
    begun.sort(key=lambda one: one.starts_at, reverse=True)
    return [*begun, *sorted(coming, key=lambda one: one.starts_at)]


def _answerable_in_group(conn: Connection, member: Member, now: datetime) -> list[Upcoming]:
    group = groups.find(conn, member.guild_id, member.group_id)
    if group is None or group.archived_at is not None:
        return []
    since = now - MEMBER_WINDOW * 2
    found = sessions.between(conn, group.guild_id, group.id, since, now + MEMBER_WINDOW * 2)
    mine = {
        row.session_id: row
        for row in attendances.of_sessions(conn, group.guild_id, [one.id for one in found])
        if row.membership_id == member.id
    }
    return [
        _to_answer(group, session, mine.get(session.id), now)
        for session in found
        if _can_answer(member, session, now)
    ]


def _to_answer(group: Group, session: Session, mine: Attendance | None, now: datetime) -> Upcoming:
    own_word = mine if mine is not None and mine.corrected_at is None else None
    return replace(
        as_upcoming(group, session, mine and mine.answer),
        answered_at=own_word and own_word.answered_at,
        too_early=refusal(Answer.DONE, session.window, now) is Refusal.TOO_EARLY,
    )


def _can_answer(member: Member, session: Session, now: datetime) -> bool:
    refused = refusal(Answer.REST, session.window, now)
    return refused is None and not expected.over_before_joining(member, session)
