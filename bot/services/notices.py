"""Private words that a member did not ask for: told once, with whatever they see next.

Who asked for direct messages gets them that way; what cannot be sent there waits like the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.domain import absence, correction, programme
from bot.domain.day import first_minute_outside
from bot.domain.encouragement import Reach
from bot.domain.ids import MembershipId, PairId, SessionId
from bot.domain.moment import Moment
from bot.domain.streak import Outcome
from bot.services.told import (
    BuddyAsked,
    BuddyMissed,
    Cheered,
    NewBuddies,
    NoticeView,
    Told,
    WayBack,
    WithoutBuddy,
)
from bot.services.views import Person
from bot.storage import attendances, groups, memberships, moments, notices, pairs, sessions
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
    PAIRED = "paired"
    """They have a new buddy; the detail is the pair's id."""
    ALONE = "alone"
    """Their buddy is away and nobody is free."""
    BUDDY_ASKED = "buddy_asked"
    """Somebody wants to be their buddy; the detail is that one's membership's id."""
    BUDDY_MISSED = "buddy_missed"
    """Their buddy was not there; the detail is their membership's id, and the day in ISO 8601."""
    CHEERED = "cheered"
    """Somebody cheered them; the detail is that one's membership's id."""
    WAY_BACK = "way_back"
    """They are offered a way back, or out."""
    REVIEWED = "reviewed"
    """A week was reviewed on their ladder; the detail is the review's text."""


GATHERED = frozenset({NoticeKind.CHEERED})
"""What is told at once, however often it happened."""
NEWS_FOR = timedelta(days=3)
"""How long that a buddy was not there is worth a word."""


def add(  # noqa: PLR0913 - a notice is what it is made of
    conn: Connection,
    group: Group,
    member: Member,
    kind: NoticeKind,
    detail: str,
    now: datetime,
    session_id: SessionId | None = None,
    *,
    not_before: datetime | None = None,
) -> None:
    """Have a member told something, by direct message if they asked for those.

    That comes at once, or at `not_before`, and never in the group's quiet hours.
    """
    notice_id = notices.add(conn, group.guild_id, member.id, kind, detail, now, session_id)
    if member.reach is Reach.DM and member.dm_refused_at is None:
        due_at = first_minute_outside(not_before or now, group.rhythm.quiet, group.zone)
        moments.plan_notice(conn, group.guild_id, group.id, member.id, notice_id, due_at)


async def waiting(db: Database, person: Person, now: datetime) -> list[NoticeView]:
    """Return what the person is still to be told, oldest first; what goes together as one."""

    def collect(conn: Connection) -> list[NoticeView]:
        found = notices.untold(conn, person.guild_id, person.user_id)
        return _views(conn, found, now)

    return await db.read(collect)


async def told(db: Database, person: Person, shown: Sequence[NoticeView], now: datetime) -> None:
    """Note that the person was shown these."""
    ids = [notice_id for one in shown for notice_id in one.notice_ids]
    await db.write(notices.tell, person.guild_id, ids, now)


def letter(conn: Connection, moment: Moment, now: datetime) -> NoticeView | str:
    """Return what the direct message of a moment tells, or why it need not be told any more.

    What goes together with it is told at once. A message that may stand already, as it was about to
    be sent before, told of nothing that came later.
    """
    notice = notices.find(conn, moment.guild_id, moment.notice_id)
    if notice is None:
        return "no_notice"
    if notice.told_at is not None:
        return "told"
    views = _views(conn, _together(conn, moment, notice), now)
    return views[0] if views else "no_words"


async def told_by_letter(
    db: Database, moment: Moment, facts: NoticeView | None, now: datetime
) -> None:
    """Note that the direct message of a moment stands, which told `facts`.

    None where it was found there, and there would be no reason to write it now: then it told what
    there was when it was about to be sent.
    """

    def record(conn: Connection) -> None:
        ids = () if facts is None else facts.notice_ids
        notice = notices.find(conn, moment.guild_id, moment.notice_id)
        if facts is None and notice is not None:
            ids = tuple(one.id for one in _together(conn, moment, notice))
        notices.tell(conn, moment.guild_id, ids, now)

    await db.write(record)


def _together(conn: Connection, moment: Moment, notice: Notice) -> list[Notice]:
    """Return what the direct message of a moment tells, with what goes together with it."""
    if notice.kind not in GATHERED:
        return [notice]
    every = notices.untold_of(conn, moment.guild_id, notice.membership_id, notice.kind)
    return [one for one in every if moment.tried_at is None or one.at <= moment.tried_at]


def _views(conn: Connection, found: Sequence[Notice], now: datetime) -> list[NoticeView]:
    """Return notices as they are shown, those that go together as one, at the first one's place."""
    shown: dict[tuple[int, str, int], list[Notice]] = {}
    for one in found:
        alone = 0 if one.kind in GATHERED else one.id
        shown.setdefault((one.membership_id, one.kind, alone), []).append(one)
    views = [_view(conn, together, now) for together in shown.values()]
    return [view for view in views if view is not None]


def _view(conn: Connection, together: Sequence[Notice], now: datetime) -> NoticeView | None:
    """Return what notices tell; None where there is nothing to tell any more, or no words."""
    first = together[0]
    told_of = _told(conn, together, now)
    if told_of is None:
        return None
    group = groups.fetch(conn, first.guild_id, first.group_id)
    ids = tuple(one.id for one in together)
    return NoticeView(ids, first.guild_id, first.group_id, group.name, told_of)


def _told(conn: Connection, together: Sequence[Notice], now: datetime) -> Told | None:
    first = together[0]
    match first.kind:
        case NoticeKind.CORRECTED:
            return correction.read(first.detail)
        case NoticeKind.PAUSED:
            return absence.read(first.detail)
        case NoticeKind.REVIEWED:
            return programme.read(first.detail)
        case NoticeKind.WAY_BACK:
            return _way_back(conn, first)
        case NoticeKind.CHEERED:
            return _cheered(conn, together)
        case _:
            return _of_buddies(conn, first, now)


def _way_back(conn: Connection, notice: Notice) -> WayBack | None:
    """Return the offer, unless a pause or a correction has mended what it was made for."""
    member = memberships.find_by_id(conn, notice.guild_id, notice.membership_id)
    return WayBack(_turn(conn, notice)) if member and member.streak.misses > 1 else None


def _cheered(conn: Connection, together: Sequence[Notice]) -> Cheered | None:
    names = [_name(conn, one, MembershipId(int(one.detail))) for one in together]
    known = tuple(dict.fromkeys(name for name in names if name is not None))
    return Cheered(known, _turn(conn, together[0])) if known else None


def _of_buddies(conn: Connection, notice: Notice, now: datetime) -> Told | None:
    match notice.kind:
        case NoticeKind.PAIRED:
            return _new_buddies(conn, notice)
        case NoticeKind.ALONE:
            alone = pairs.of_member(conn, notice.guild_id, notice.membership_id) is None
            return WithoutBuddy() if alone else None
        case NoticeKind.BUDDY_ASKED:
            return _asked(conn, notice)
        case NoticeKind.BUDDY_MISSED:
            return _missed(conn, notice, now)
        case _:
            return None


def _new_buddies(conn: Connection, notice: Notice) -> NewBuddies | None:
    """Return whom a pair brought together with the member; None once it has ended."""
    pair = pairs.find(conn, notice.guild_id, PairId(int(notice.detail)))
    if pair is None or pair.ended_at is not None:
        return None
    others = [one for one in pair.members if one != notice.membership_id]
    names = [_name(conn, notice, one) for one in others]
    return NewBuddies(tuple(name for name in names if name is not None)) if any(names) else None


def _asked(conn: Connection, notice: Notice) -> BuddyAsked | None:
    """Return who asks the member, unless it was taken back or answered meanwhile."""
    asking = MembershipId(int(notice.detail))
    name = _name(conn, notice, asking)
    asked = pairs.asked_by(conn, notice.guild_id, asking)
    return BuddyAsked(name, asking) if name is not None and asked == notice.membership_id else None


def _missed(conn: Connection, notice: Notice, now: datetime) -> BuddyMissed | None:
    """Return that a buddy was not there, while that is so and is news, and both agree to it."""
    membership_id, _, text = notice.detail.partition(" ")
    buddy_id, on = MembershipId(int(membership_id)), date.fromisoformat(text)
    name = _name(conn, notice, buddy_id)
    if now - notice.at >= NEWS_FOR or name is None or not _share_misses(conn, notice, buddy_id):
        return None
    if not _stayed_away(conn, notice, buddy_id, on):
        return None
    return BuddyMissed(name, buddy_id, on, _turn(conn, notice))


def _share_misses(conn: Connection, notice: Notice, buddy_id: MembershipId) -> bool:
    """Say whether two are buddies still, and both still want the other to hear of a miss."""
    pair = pairs.of_member(conn, notice.guild_id, notice.membership_id)
    if pair is None or buddy_id not in pair.members:
        return False
    two = (notice.membership_id, buddy_id)
    members = [memberships.find_by_id(conn, notice.guild_id, one) for one in two]
    return all(member is not None and member.tells_buddy for member in members)


def _stayed_away(conn: Connection, notice: Notice, buddy_id: MembershipId, on: date) -> bool:
    """Say whether a day still counts as missed: no late answer, correction or pause mended it."""
    of_day = sessions.of_day(conn, notice.guild_id, notice.group_id, on)
    rows = attendances.of_sessions(conn, notice.guild_id, [session.id for session in of_day])
    mine = [row for row in rows if row.membership_id == buddy_id]
    answered = any(row.answer is not None for row in mine)
    return not answered and any(row.outcome is Outcome.MISSED for row in mine)


def _name(conn: Connection, notice: Notice, membership_id: MembershipId) -> str | None:
    """Return a member's name; None once they have left."""
    member = memberships.find_by_id(conn, notice.guild_id, membership_id)
    return None if member is None or member.left_at is not None else member.name


def _turn(conn: Connection, notice: Notice) -> int:
    """Return how often the member was told such things, from a beginning of their own."""
    earlier = notices.before(conn, notice, gathered=notice.kind in GATHERED)
    return notice.membership_id + earlier
