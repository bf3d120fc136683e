"""Recaps of an account: one a week at its minute, true, and of those only who agreed.

What a week came to is reckoned twice, over what counts now and over what counted at settlement:
an answer that came late may or may not have been there when the week was told of. A rule is held
against the bot only where both agree.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tests.end_to_end.account_clock import instant_of, is_quiet, local_day, minute, monday
from tests.end_to_end.account_sessions import KEPT
from tests.end_to_end.account_shape import Account, Member, Recap
from tests.end_to_end.account_streaks import counted, fold
from tests.end_to_end.account_words import plain, repeats, spoken

POSTED = time(9, 0)
WEEK = timedelta(days=7)
QUIET_AFTER = timedelta(days=14)
NAMES = 10
_FIGURES = re.compile(r"\*\*(\d+)\*\* sessions?")


def recaps(account: Account) -> Iterator[str]:
    """After every week with sessions exactly one, on Monday at 09:00, by the rules."""
    times = Counter(recap.week_on for recap in account.recaps)
    for week_on, count in times.items():
        if count > 1:
            yield f"recap: the week of {week_on} is told of {count} times"
    for week_on in sorted(_weeks(account) - {*times}):
        at = _post_at(account, week_on)
        if at < minute(account.ended_at) and _lively(account, at):
            yield f"recap: the week of {week_on} is not told of"
    for recap in account.recaps:
        where = f"at {recap.posted_at}"
        yield from spoken(account, recap, f"recap.{recap.kind}", f"recap {where}")
        if is_quiet(recap.posted_at, account.tz):
            yield f"quiet: recap {where}"
        if recap.pinged:
            yield f"recap: {where}: it pings {recap.pinged}"
        yield from _when(account, recap, where)
        yield from _what(account, recap, where)
        yield from _whom(account, recap, where)
    posts = sorted(account.recaps, key=lambda recap: recap.posted_at)
    yield from repeats([*posts], [f"recap.{recap.kind}" for recap in posts], "recap")


def _weeks(account: Account) -> set[date]:
    return {monday(s.due_on) for s in account.sessions if s.state == "settled"}


def _post_at(account: Account, week_on: date) -> datetime:
    return instant_of(week_on + WEEK, POSTED, account.tz)


def _lively(account: Account, at: datetime) -> bool:
    """Tell whether somebody surely answered in the fortnight before."""
    signs = [answered for s in account.sessions for answered in s.answered_at.values()]
    return any(at - QUIET_AFTER < sign <= at for sign in signs)


def _when(account: Account, recap: Recap, where: str) -> Iterator[str]:
    if minute(recap.posted_at) != _post_at(account, recap.week_on):
        yield f"recap: {where}: the week of {recap.week_on} is due at another minute"
    if recap.week_on not in _weeks(account):
        yield f"recap: {where}: the week of {recap.week_on} had no session"
    for session in account.sessions:
        if monday(session.due_on) == recap.week_on and (
            session.state == "open"
            or (session.settled_at is not None and session.settled_at > recap.posted_at)
        ):
            yield f"recap: {where}: the session of {session.due_on} had not settled"
    for post in account.encouragements:
        same_day = local_day(post.posted_at, account.tz) == local_day(recap.posted_at, account.tz)
        if same_day and post.posted_at >= recap.posted_at:
            yield f"recap: {where}: an encouragement of the day is a message of its own"
    along = recap.encouragement
    if along is not None and (
        along.posted_at != recap.posted_at or plain(along.text) not in plain(recap.text)
    ):
        yield f"recap: {where}: its encouragement does not stand in it"


def _what(account: Account, recap: Recap, where: str) -> Iterator[str]:
    """The kind fits the week, and the sessions are counted right."""
    of_week = [s for s in account.in_order if monday(s.due_on) == recap.week_on]
    kinds = {kind for view in _views(recap) for kind in _kinds(account, recap, view)}
    if recap.kind not in kinds:
        yield f"recap: {where}: {recap.kind} does not fit, {kinds} would"
    told = _FIGURES.search(recap.text)
    settled = [session for session in of_week if session.state == "settled"]
    if told is not None and int(told[1]) != len(settled):
        yield f"recap: {where}: it tells of {told[1]} sessions, there were {len(settled)}"


def _kinds(account: Account, recap: Recap, view: datetime | None) -> Iterator[str]:
    outcomes = [
        outcome
        for session in account.in_order
        if session.state == "settled" and monday(session.due_on) == recap.week_on
        for outcome in counted(session, view).values()
        if outcome in {*KEPT, "missed"}
    ]
    kept = sum(outcome in KEPT for outcome in outcomes)
    if not kept or kept * 2 < len(outcomes):
        yield "calm"
    elif recap.week_on == min(_weeks(account)):
        yield "first"
    else:
        yield "full" if kept == len(outcomes) else "mixed"


def _whom(account: Account, recap: Recap, where: str) -> Iterator[str]:
    """Named are who agreed and are there, for a goal, a milestone or in the encouragement."""
    members = {member.name: member for member in account.members}
    thought_of = recap.encouragement.named if recap.encouragement else []
    praised = {name for name in recap.named if name not in thought_of}
    for name in recap.named:
        if not members[name].named:
            yield f"recap: {where}: {name} is named and did not agree"
        if not _there(members[name], recap.posted_at):
            yield f"recap: {where}: {name} is named and has left"
    for name in sorted(praised):
        member = members[name]
        met = any(_met_goal(account, member, recap, view) for view in _views(recap))
        if not met and not _has_milestone(account, name, recap.week_on):
            yield f"recap: {where}: {name} is named for nothing"
    sure = [
        member.name
        for member in account.members
        if member.named
        and _there(member, recap.posted_at)
        and all(_met_goal(account, member, recap, view) for view in _views(recap))
    ]
    if len(sure) <= NAMES and (left_out := sorted({*sure} - {*recap.named})):
        yield f"recap: {where}: {left_out} met their goal and are not named"


def _views(recap: Recap) -> tuple[datetime | None, datetime]:
    """Return since when outcomes are taken as they were at settlement: never, or in the week."""
    return None, recap.posted_at - WEEK - timedelta(days=1)


def _there(member: Member, at: datetime) -> bool:
    return member.joined_at <= at and (member.left_at is None or member.left_at > at)


def _met_goal(account: Account, member: Member, recap: Recap, view: datetime | None) -> bool:
    through = [s for s in account.in_order if monday(s.due_on) <= recap.week_on]
    week = fold(member, through, view).weeks.get(recap.week_on)
    if week is None:
        return False
    return 0 < min(member.goal, week.counted - week.covered) <= week.kept


def _has_milestone(account: Account, name: str, week_on: date) -> bool:
    days = {str(session.id): session.due_on for session in account.sessions}
    return any(
        one.member == name and monday(days[str(one.session)]) == week_on
        for one in account.milestones
        if str(one.session) in days
    )
