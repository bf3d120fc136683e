"""The weekly review of everybody's ladder, as the last of their groups closes the week.

It is part of the transaction that closes the week, so that it happens once, whatever breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

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


def _review(
    conn: Connection, programme: Programme, week_on: date, started_on: date, now: datetime
) -> Review | None:
    """Review a week once; None where it was, or is over since before the programme began."""
    earlier = programmes.reviews_of(conn, programme)
    if started_on > week_on + _SUNDAY or (earlier and earlier[0].week_on >= week_on):
        return None
    own = [one for one in earlier if one.at >= programme.started_at]
    week = _week(conn, programme, own, started_on, week_on)
    found = rules.review(programme.rung, programme.pace, week)
    programmes.change(conn, programme, rung=found.after)
    reviewed = Reviewed(week_on, found, week.kept, week.counted, now)
    programmes.add_review(conn, programme, reviewed)
    return found


def _tell(conn: Connection, member: Member, found: Review, now: datetime) -> None:
    """Tell of a review in place of those before it that nobody has been told of."""
    kind = NoticeKind.REVIEWED
    group = groups.fetch(conn, member.guild_id, member.group_id)
    stored_notices.withdraw(conn, member.guild_id, member.user_id, kind)
    notices.add(conn, group, member, kind, str(found), now)


def _week(
    conn: Connection,
    programme: Programme,
    reviewed: Sequence[Reviewed],
    started_on: date,
    week_on: date,
) -> Week:
    """Return what a week was; `reviewed` are the earlier ones since it began, latest first."""
    guild_id, user_id = programme.guild_id, programme.user_id
    last_there = next((one for one in reviewed if _was_there(one)), None)
    since = max(started_on, last_there.week_on if last_there else started_on)
    before_on = week_on - WEEK
    first_on = min(monday_of(since), before_on)
    found = past_days.in_sessions(conn, guild_id, user_id, first_on, week_on)
    mine = [one for one in found if one.due_on >= since]
    walked = past_days.of_own_walks(conn, guild_id, user_id, since, week_on + _SUNDAY)
    days = walked | set(_days_kept(mine))
    there = sorted(days if last_there else days | {started_on})
    in_week = [one for one in mine if one.week_on == week_on]
    kept = len(_days_kept(in_week))
    return Week(
        kept=kept,
        counted=sum(one.counted for one in in_week),
        pain=_pain(in_week),
        pain_before=_pain(one for one in found if one.week_on == before_on),
        back=rules.was_away(there, _days_held(mine)),
        away=kept == 0 and week_on + _SUNDAY - max(there, default=since) >= BREAK,
        stood=_stood(programme, reviewed, last_there),
        whole=started_on <= week_on,
        note_due=note_due(conn, programme),
    )


def note_due(conn: Connection, programme: Programme) -> bool:
    """Say whether there was so much pain since the doctor's note was read that it is due again."""
    return past_days.hurt_since(
        conn, programme.guild_id, programme.user_id, rules.DOCTOR, programme.note_read_at
    )


def _was_there(reviewed: Reviewed) -> bool:
    return reviewed.kept > 0 or reviewed.review.rule is Rule.BACK


def _stood(programme: Programme, reviewed: Sequence[Reviewed], last_there: Reviewed | None) -> int:
    """Return the rung on which somebody stood after the last review of a week that they came in."""
    since = [one for one in reviewed if last_there is None or one.week_on > last_there.week_on]
    return since[-1].review.before if since else programme.rung


def _days_kept(days: Iterable[PastDay]) -> list[date]:
    return [one.due_on for one in days if one.outcome is not None and one.outcome.kept]


def _days_held(days: Iterable[PastDay]) -> set[date]:
    return {one.due_on for one in days if one.outcome is not None}


def _pain(days: Iterable[PastDay]) -> int:
    """Return the worst pain that was told of; a sore day without a number is taken for a middle."""
    told = (
        rules.UNTOLD if one.pain is None and one.answer is Answer.SORE else one.pain or 0
        for one in days
    )
    return max(told, default=0)
