"""Private words that a member did not ask for: told once, with whatever they see next.

Who asked for direct messages gets them that way; what cannot be sent there waits like the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.domain import absence, correction, programme
from bot.domain.absence import Absence
from bot.domain.correction import Correction
from bot.domain.day import first_minute_outside
from bot.domain.encouragement import Reach
from bot.domain.ids import SessionId
from bot.domain.moment import Moment
from bot.domain.programme import Review
from bot.services.views import NoticeView, Person
from bot.storage import groups, moments, notices
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.notices import Notice


class NoticeKind(StrEnum):
    """What somebody can be told."""

    CORRECTED = "corrected"
    """An organiser corrected an answer; the detail is the correction's text."""
    PAUSED = "paused"
    """An organiser set a pause; the detail is the absence's text."""
    REVIEWED = "reviewed"
    """A week was reviewed on their ladder; the detail is the review's text."""


def add(
    conn: Connection,
    group: Group,
    member: Member,
    kind: NoticeKind,
    detail: str,
    now: datetime,
    session_id: SessionId | None = None,
) -> None:
    """Have a member told something, by direct message if they asked for those."""
    notice_id = notices.add(conn, group.guild_id, member.id, kind, detail, now, session_id)
    if member.reach is Reach.DM and member.dm_refused_at is None:
        due_at = first_minute_outside(now, group.rhythm.quiet, group.zone)
        moments.plan_notice(conn, group.guild_id, group.id, member.id, notice_id, due_at)


async def waiting(db: Database, person: Person) -> list[NoticeView]:
    """Return what the person is still to be told, oldest first."""

    def collect(conn: Connection) -> list[NoticeView]:
        found = notices.untold(conn, person.guild_id, person.user_id)
        names = {
            one.group_id: groups.fetch(conn, person.guild_id, one.group_id).name for one in found
        }
        views = [_view(one, names[one.group_id]) for one in found]
        return [view for view in views if view is not None]

    return await db.read(collect)


async def told(db: Database, person: Person, shown: Sequence[NoticeView], now: datetime) -> None:
    """Note that the person was shown these."""
    ids = [one.notice_id for one in shown]
    await db.write(notices.tell, person.guild_id, ids, now)


def letter(conn: Connection, moment: Moment, group: Group) -> NoticeView | str:
    """Return what the direct message of a moment tells, or why it need not be told any more."""
    notice = notices.find(conn, moment.guild_id, moment.notice_id)
    if notice is None:
        return "no_notice"
    if notice.told_at is not None:
        return "told"
    return _view(notice, group.name) or "no_words"


async def told_by_letter(db: Database, moment: Moment, now: datetime) -> None:
    """Note that the direct message of a moment stands."""
    await db.write(notices.tell, moment.guild_id, [moment.notice_id], now)


def _view(notice: Notice, group_name: str) -> NoticeView | None:
    """Return a notice as it is shown; None for one that this Amble has no words for."""
    told_of: Correction | Absence | Review | None = None
    if notice.kind == NoticeKind.CORRECTED:
        told_of = correction.read(notice.detail)
    elif notice.kind == NoticeKind.PAUSED:
        told_of = absence.read(notice.detail)
    elif notice.kind == NoticeKind.REVIEWED:
        told_of = programme.read(notice.detail)
    return None if told_of is None else NoticeView(notice.id, group_name, told_of)
