"""A member's own minutes: those that their ladder asks for, and those that they have done.

Everybody answers the same prompt; who has a programme is credited with a walk of their own rung,
unless they state something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from bot.domain.checkin import Answer
from bot.domain.programme import LADDER, Rung, read
from bot.domain.walks import once
from bot.services.notices import NoticeKind
from bot.services.views import OwnWalks
from bot.storage import attendances, boards, extras, memberships, notices, programmes, sessions
from bot.storage.boards import Days
from bot.storage.memberships import Member
from bot.storage.sessions import Session


def stamp(conn: Connection, member: Member, session: Session, said: Answer | None) -> None:
    """Keep what the ladder asks for beside a session that was done, the first time it is."""
    rung = rung_of(conn, member) if said is Answer.DONE else None
    if rung is not None:
        attendances.stamp_own(conn, session, member.id, rung.minutes)


def of_day(conn: Connection, member: Member, session: Session) -> OwnWalks | None:
    """Return what a member's ladder asks for on a session's day; None without a programme."""
    rung = rung_of(conn, member)
    if rung is None:
        return None
    present = memberships.of_user(conn, member.guild_id, member.user_id)
    so_far = minutes_of_days(conn, present, session.due_on, session.due_on)
    return OwnWalks(rung.walks, rung.minutes, so_far)


def rung_of(conn: Connection, member: Member) -> Rung | None:
    """Return the rung that a member has in mind; None without a programme under way.

    Until they have been told of a review that changed it, that is the one before.
    """
    found = programmes.find(conn, member.guild_id, member.user_id)
    if found is None or found.stopped_at is not None:
        return None
    for notice in notices.untold(conn, member.guild_id, member.user_id):
        if notice.kind == NoticeKind.REVIEWED and (review := read(notice.detail)) is not None:
            return LADDER[review.before]
    return LADDER[found.rung]


def minutes_of_days(conn: Connection, mine: Sequence[Member], first_on: date, last_on: date) -> int:
    """Sum up what one person did over some local days, both included, in the groups of `mine`.

    A walk that was answered in two groups at the same time counts once.
    """
    if not mine:
        return 0
    guild_id, ids = mine[0].guild_id, [one.id for one in mine]
    group_ids = [one.group_id for one in mine]
    listed = [
        session.id
        for group_id in group_ids
        for session in sessions.of_days(conn, guild_id, group_id, first_on, last_on)
    ]
    walks = once(boards.walks(conn, guild_id, listed, ids))
    beside = extras.minutes(conn, guild_id, group_ids, Days(first_on, last_on))
    own = sum(beside.get(membership_id, 0) for membership_id in ids)
    return sum(walk.minutes for walk in walks) + own
