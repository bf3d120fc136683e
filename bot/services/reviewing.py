"""The weekly review of everybody's ladder, as the last of their groups closes the week.

It is part of the transaction that closes the week, so that it happens once, whatever breaks. What
being away costs is taken with the answer that ends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from sqlalchemy import Connection

from bot.domain import programme as rules
from bot.domain.checkin import Answer
from bot.domain.day import WEEK
from bot.domain.ids import UserId
from bot.domain.milestones import BREAK
from bot.domain.programme import Review, Rule, Week
from bot.domain.schedule import local_date, monday_of
from bot.services import notices
from bot.services.notices import NoticeKind
from bot.storage import groups, memberships, past_days, programmes
from bot.storage import notices as stored_notices
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.past_days import PastDay
from bot.storage.programmes import Programme, Reviewed
from bot.storage.sessions import Session

UNTOLD = {Rule.NOTHING, Rule.AWAY}
"""Rules whose reviews are on the card and nowhere else: who is away has asked for no messages."""
_SUNDAY = timedelta(days=6)


def review_week(
    conn: Connection, group: Group, people: Iterable[UserId], week_on: date, now: datetime
) -> None:
    """Review a week that a group closes, for those of some people who have a programme.

    Who is in another group that has not settled the week is left to that one. Each is told, but
    for those who are away.
    """
    for programme in programmes.running(conn, group.guild_id, people):
        present = memberships.of_user(conn, group.guild_id, programme.user_id)
        group_ids = [one.group_id for one in present]
        unsettled = past_days.unsettled_in_week(conn, group.guild_id, group_ids, week_on)
        if not present or unsettled:
            continue
        found = _review(conn, programme, week_on, local_date(programme.started_at, group.zone), now)
        if found is not None and found.rule not in UNTOLD:
            # In the group that closes the week, unless they have left it.
            member = next((one for one in present if one.group_id == group.id), present[0])
            _tell(conn, member, found, now)


def welcome_back(
    conn: Connection, member: Member, session: Session, said: Answer | None, now: datetime
) -> None:
    """Take the ladder of a member who comes back after two weeks two rungs down, and tell them.

    At once, so that their first week back is gentler already; its review finds it done.
    """
    if said is None or not said.kept:
        return
    for programme in programmes.running(conn, member.guild_id, [member.user_id]):
        started_on = local_date(programme.started_at, session.zone)
        past = _look_back(conn, programme, started_on, session.week_on)
        there = sorted({*past.there, session.due_on})
        if session.due_on < past.since or not rules.was_away(there, past.held):
            continue
        after = rules.on_return(programme.rung, past.stood)
        programmes.change(conn, programme, rung=after, returned_on=session.due_on)
        if after < programme.rung:
            _tell(conn, member, Review(Rule.BACK, programme.rung, after), now)


def note_due(conn: Connection, programme: Programme) -> bool:
    """Say whether there was so much pain since the doctor's note was read that it is due again."""
    return past_days.hurt_since(
        conn, programme.guild_id, programme.user_id, rules.DOCTOR, programme.note_read_at
    )


def _review(
    conn: Connection, programme: Programme, week_on: date, started_on: date, now: datetime
) -> Review | None:
    """Review a week once; None where it was, or was over before the programme began."""
    earlier = programmes.reviews_of(conn, programme)
    if started_on > week_on + _SUNDAY or (earlier and earlier[0].week_on >= week_on):
        return None
    week = _week(conn, programme, _look_back(conn, programme, started_on, week_on), week_on)
    found = rules.review(programme.rung, programme.pace, week)
    programmes.change(conn, programme, rung=found.after)
    reviewed = Reviewed(week_on, found, week.kept, week.counted, now)
    programmes.add_review(conn, programme, reviewed)
    return found


def _tell(conn: Connection, member: Member, found: Review, now: datetime) -> None:
    """Tell of a review in place of those before it that nobody has been told of."""
    kind = NoticeKind.REVIEWED
    group = groups.fetch(conn, member.guild_id, member.group_id)
    mine = memberships.ids_of(conn, member.guild_id, member.user_id)
    stored_notices.withdraw(conn, member.guild_id, mine, [kind])
    notices.add(conn, group, member, kind, str(found), now)


@dataclass(frozen=True, slots=True)
class _Past:
    """What somebody did since they were last there, as far as it has settled."""

    started_on: date
    since: date
    """The first day that is looked at."""
    days: tuple[PastDay, ...]
    there: tuple[date, ...]
    """The days on which they walked, own walks among them; the first may be one before all that."""
    stood: int
    """The rung on which they stood after the last week in which they were there."""

    @property
    def held(self) -> set[date]:
        """The days of sessions that took place for them."""
        return {one.due_on for one in self.days if one.outcome is not None}


def _look_back(conn: Connection, programme: Programme, started_on: date, week_on: date) -> _Past:
    """Return the past up to the end of a week, from when they were last there, or began."""
    earlier = programmes.reviews_of(conn, programme)
    reviewed = [one for one in earlier if one.at >= programme.started_at]
    absent = list(takewhile(lambda one: not _was_there(one), reviewed))
    last_on = reviewed[len(absent)].week_on if len(absent) < len(reviewed) else started_on
    since = max(started_on, last_on, programme.returned_on or started_on)
    guild_id, user_id = programme.guild_id, programme.user_id
    found = past_days.in_sessions(conn, guild_id, user_id, monday_of(since), week_on)
    days = [one for one in found if one.due_on >= since]
    walked = past_days.of_own_walks(conn, guild_id, user_id, since, week_on + _SUNDAY)
    begun = {since} if since in (started_on, programme.returned_on) else set[date]()
    return _Past(
        started_on=started_on,
        since=since,
        days=tuple(days),
        there=tuple(sorted({*walked, *_days_kept(days), *begun})),
        stood=absent[-1].review.before if absent else programme.rung,
    )


def _week(conn: Connection, programme: Programme, past: _Past, week_on: date) -> Week:
    """Return what a week was, the last one of `past`."""
    sunday, before_on = week_on + _SUNDAY, week_on - WEEK
    in_week = past_days.in_sessions(conn, programme.guild_id, programme.user_id, before_on, week_on)
    own = [one for one in in_week if one.week_on == week_on and one.due_on >= past.started_on]
    kept = len(_days_kept(own))
    # Where the return was answered at once, nothing is left to take.
    returned = programme.returned_on is not None and week_on <= programme.returned_on <= sunday
    return Week(
        kept=kept,
        counted=sum(one.counted for one in own),
        pain=_pain(own),
        pain_before=_pain(one for one in in_week if one.week_on == before_on),
        back=returned or rules.was_away(past.there, past.held),
        away=kept == 0 and sunday - max(past.there, default=past.since) >= BREAK,
        stood=programme.rung + rules.BACK_DOWN if returned else past.stood,
        whole=past.started_on <= week_on,
        note_due=note_due(conn, programme),
    )


def _was_there(reviewed: Reviewed) -> bool:
    return reviewed.kept > 0 or reviewed.review.rule is Rule.BACK


def _days_kept(days: Iterable[PastDay]) -> list[date]:
    return [one.due_on for one in days if one.outcome is not None and one.outcome.kept]


def _pain(days: Iterable[PastDay]) -> int:
    """Return the worst pain that was told of; a sore day without a number is taken for a middle."""
    told = (
        rules.UNTOLD if one.pain is None and one.answer is Answer.SORE else one.pain or 0
        for one in days
    )
    return max(told, default=0)
