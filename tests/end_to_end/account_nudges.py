"""Nudges of an account: when, to whom, and about whom.

Derived strictly: the minute, one a local day, consent, and that somebody was asked and had not
answered. That one is owed is claimed only for days on which a member who is reached in the
channel, and was certainly not silent for 14 days, let a session settle without any answer: what
stood in between (an answer that was replaced later, a pause that was set later) the account does
not tell.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tests.end_to_end import account_silence
from tests.end_to_end.account_clock import instant_of, is_quiet, local_day, minute
from tests.end_to_end.account_shape import Account, Member, Nudge, Session
from tests.end_to_end.account_words import repeats, spoken

NUDGE_AFTER = timedelta(hours=3)
LAST_CALL = time(21, 15)
LEAST_GAP = timedelta(minutes=45)


def nudges(account: Account) -> Iterator[str]:
    """At most one a day, at its minute, to those who have not answered and agreed to it."""
    days = _days(account)
    by_minute = {at: on for on in days if (at := _nudge_at(account, days[on])) is not None}
    told: dict[date, list[Nudge]] = {}
    for nudge in account.nudges:
        told.setdefault(local_day(nudge.posted_at, account.tz), []).append(nudge)
        where = f"at {nudge.posted_at}"
        yield from spoken(account, nudge, "nudge", f"nudge {where}")
        if is_quiet(nudge.posted_at, account.tz):
            yield f"quiet: nudge {where}"
        on = by_minute.get(minute(nudge.posted_at))
        if on is None:
            yield f"nudge: {where}: no day has one then"
        else:
            yield from _people(account, nudge, days[on], where)
    for on, posts in told.items():
        if len(posts) > 1:
            yield f"nudge: {on} has {len(posts)}"
    for at, on in by_minute.items():
        posted = [n for n in account.nudges if minute(n.posted_at) == at]
        if at < minute(account.ended_at) and not posted:
            waiting = [m.name for m in account.members if _surely(account, m, days[on], at)]
            if waiting:
                yield f"nudge: {on} has none, and {waiting} did not answer"
    posts = sorted(account.nudges, key=lambda nudge: nudge.posted_at)
    yield from repeats(posts, ["nudge"] * len(posts), "nudge")


def _days(account: Account) -> dict[date, list[Session]]:
    days: dict[date, list[Session]] = {}
    for session in account.in_order:
        if session.state in {"open", "settled"}:
            days.setdefault(session.due_on, []).append(session)
    return days


def _nudge_at(account: Account, sessions: list[Session]) -> datetime | None:
    """Return 3 h after the last start, or 15 min before quiet hours, or None.

    A nudge that would fall into the early quiet hours (a session before 04:00) waits for their
    end: "quiet hours hold back nudges".
    """
    last = max(session.starts_at for session in sessions)
    on = local_day(last, account.tz)
    call = instant_of(on, LAST_CALL, account.tz)
    at = last + NUDGE_AFTER
    if at <= call:
        return instant_of(on, time(7, 0), account.tz) if is_quiet(at, account.tz) else at
    return call if call - last >= LEAST_GAP else None


def _people(account: Account, nudge: Nudge, sessions: list[Session], where: str) -> Iterator[str]:
    at = nudge.posted_at
    members = {member.name: member for member in account.members}
    if not any(_waiting(member, sessions, at) for member in account.members):
        yield f"nudge: {where}: everybody had answered"
    for name in nudge.pinged:
        member = members[name]
        if not member.pinged or member.reach != "channel":
            yield f"nudge: {where}: {name} is pinged and did not ask for it"
        if not _waiting(member, sessions, at):
            yield f"nudge: {where}: {name} is pinged and had answered or was not asked"
        if _paused(account, member, sessions, at):
            yield f"nudge: {where}: {name} is pinged and was paused"
    for name in {*nudge.named, *nudge.pinged}:
        member = members[name]
        # A ping shows the name as well.
        if not member.named or member.reach == "silent":
            yield f"nudge: {where}: {name} is named and did not agree"
        if not _waiting(member, sessions, at):
            yield f"nudge: {where}: {name} is named and had answered or was not asked"
        if account_silence.is_silent(account, member, at):
            yield f"nudge: {where}: {name} is named and was silent for 14 days"


def _waiting(member: Member, sessions: list[Session], at: datetime) -> bool:
    """Tell whether an answer of theirs to one of the day's sessions was still open."""
    return (member.left_at is None or member.left_at > at) and any(
        member.joined_at <= session.starts_at
        and not (member.name in session.answered_at and session.answered_at[member.name] <= at)
        for session in sessions
    )


def _paused(account: Account, member: Member, sessions: list[Session], at: datetime) -> bool:
    """Tell whether a pause surely ran: it covered what settled before, and covers this day too."""
    outcomes = [s.outcomes_at_settlement.get(member.name) for s in sessions]
    before = [s for s in account.in_order if s.settled_at is not None and s.settled_at < at]
    return (
        all(outcome == "excused" for outcome in outcomes)
        and bool(before)
        and before[-1].outcomes_at_settlement.get(member.name) == "excused"
    )


def _surely(account: Account, member: Member, sessions: list[Session], at: datetime) -> bool:
    return (
        member.reach == "channel"
        and (member.left_at is None or member.left_at > at)
        and account_silence.is_awake(account, member, at)
        and any(
            member.joined_at < session.starts_at
            and session.outcomes_at_settlement.get(member.name) == "missed"
            and member.name not in session.answered_at
            for session in sessions
        )
    )
