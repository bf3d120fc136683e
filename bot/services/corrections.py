"""An organiser's correction of an answer: counted anew, kept in the audit log, told to the member.

The answer, its history, streak and weeks, the log and the notice are one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.checkin import (
    MINUTES,
    NO_DETAILS,
    ORGANISER_WINDOW,
    Answer,
    Details,
    Refusal,
    details_after,
    refusal,
)
from bot.domain.correction import REASON, Correction, Said
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import SessionId, UserId
from bot.domain.naming import can_be_seen
from bot.services import access, checkins, expected, milestones, notices, own_minutes
from bot.services.notices import NoticeKind
from bot.services.schedules import as_upcoming
from bot.services.views import Correctable, Corrected, Person, storable
from bot.storage import attendances, audit_log, groups, memberships, sessions
from bot.storage.attendances import Attendance
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an answer is to be, and why."""

    user_id: UserId
    session_id: SessionId
    answer: Answer | None
    """None: no answer stands."""
    why: str
    minutes: int | None = None


async def correct(db: Database, person: Person, wanted: Wanted, now: datetime) -> Corrected:
    """Set a member's answer for them; one that stands like this already is left as it is.

    Raises NotFound `session_not_found`, `member_not_found`, NotAllowed `not_organiser`, Refused
    `reason_needed`, `reason_too_long`, `minutes_invalid`, `minutes_without_walk`,
    `correct_too_early`, `correct_too_late`, `member_joined_after`, `session_called_off`,
    `group_archived`.
    """
    return await db.write(_correct, person, _checked(wanted), now)


async def correctable(db: Database, person: Person, now: datetime) -> list[Correctable]:
    """Return the sessions whose answers the person may correct now, latest first."""

    def collect(conn: Connection) -> list[Correctable]:
        found = [
            Correctable(as_upcoming(group, session), group.zone)
            for group in groups.living(conn, person.guild_id)
            if access.may_organise(conn, person, group.id)
            for session in _lately(conn, group, now)
        ]
        return sorted(found, key=lambda one: one.session.starts_at, reverse=True)

    return await db.read(collect)


def _lately(conn: Connection, group: Group, now: datetime) -> list[Session]:
    # Settling may have been put off for days, so further back than the window alone.
    found = sessions.between(conn, group.guild_id, group.id, now - 2 * ORGANISER_WINDOW, now)
    return [
        one for one in found if refusal(Answer.REST, one.window, now, by_organiser=True) is None
    ]


def reason(why: str) -> str:
    """Return a reason as it is kept; raises Refused `reason_needed`, `reason_too_long`."""
    why = " ".join(storable(why).split())
    if not can_be_seen(why):
        raise Refused("reason_needed")
    if len(why) > REASON:
        raise Refused("reason_too_long", limit=REASON)
    return why


def _checked(wanted: Wanted) -> Wanted:
    why = reason(wanted.why)
    if wanted.minutes is not None:
        if wanted.answer is None or not wanted.answer.kept:
            raise Refused("minutes_without_walk")
        if wanted.minutes not in MINUTES:
            raise Refused("minutes_invalid", low=MINUTES.start, high=MINUTES.stop - 1)
    return replace(wanted, why=why)


def _correct(conn: Connection, person: Person, wanted: Wanted, now: datetime) -> Corrected:
    # First the session, then the member: settling locks them in the same order.
    session = access.session_of(conn, person, wanted.session_id)
    group = access.group_of(conn, person, session.group_id)
    access.check_organiser(conn, person, group.id)
    member = _member(conn, group, session, wanted.user_id)
    _check_window(session, wanted.answer, now)
    before = attendances.find(conn, group.guild_id, member.id, session.id)
    details = _details(before, wanted)
    correction = Correction(
        user_id=member.user_id,
        session_id=session.id,
        starts_at=session.starts_at,
        before=Said(before.answer, before.details.minutes) if before else Said(None),
        after=Said(wanted.answer, details.minutes),
        why=wanted.why,
    )
    changed = correction.before != correction.after
    if changed:
        attendances.save_answer(
            conn,
            session,
            member.id,
            wanted.answer,
            details,
            by=person.user_id,
            now=now,
            reason=wanted.why,
        )
        own_minutes.stamp(conn, member, session, wanted.answer)
        checkins.count_anew(conn, member, session)
        milestones.grant(conn, member, session, now)
        text = str(correction)
        audit_log.add(conn, group.guild_id, group.id, person.user_id, "correct", text, now)
        if member.user_id != person.user_id:
            notices.add(conn, group, member, NoticeKind.CORRECTED, text, now, session.id)
    return Corrected(
        group_name=group.name,
        member_name=member.name,
        correction=correction,
        changed=changed,
        own=member.user_id == person.user_id,
    )


def _member(conn: Connection, group: Group, session: Session, user_id: UserId) -> Member:
    member = memberships.find(conn, group.guild_id, group.id, user_id, lock=True)
    if member is None or member.left_at is not None:
        raise NotFound("member_not_found")
    if expected.over_before_joining(member, session):
        raise Refused("member_joined_after")
    return member


def _check_window(session: Session, said: Answer | None, now: datetime) -> None:
    refused = refusal(said, session.window, now, by_organiser=True)
    if refused is Refusal.CALLED_OFF:
        raise Refused("session_called_off")
    if refused is Refusal.TOO_LATE:
        raise Refused("correct_too_late")
    if refused is Refusal.TOO_EARLY or session.starts_at > now:
        raise Refused("correct_too_early")


def _details(before: Attendance | None, wanted: Wanted) -> Details:
    """Return what else is to stand: the member's own details, as far as they go with the answer."""
    known = NO_DETAILS if before is None else before.details
    if wanted.answer is None:
        return NO_DETAILS
    stands = None if before is None else before.answer
    return details_after(stands, known, wanted.answer, Details(minutes=wanted.minutes))
