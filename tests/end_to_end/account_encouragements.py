"""Encouragement in an account: one after every day with misses, and none after any other.

One that a recap took along counts like one by itself, and is judged by its own part of the text.

Derived strictly: the day, the minute, consent, twice in seven days, no pings, no repeats.

Owed is a post where somebody concerned hears in the channel.

Who is concerned is sure where a member was asked, gave no answer, counted as missed at settlement
and still does, and was awake (see account_silence); it is possible where the account leaves a
doubt (an answer after the settlement, leaving in the same night). Owed is what is sure; named may
be who is possible.

That the kind fits is checked for plausibility: somebody concerned must be able to carry it. What
lies in a row, and whether a token was held, is counted up to the session in question over what
counts now; and again with what settled in the last 48 hours as it was at settlement, since an
answer that came late may or may not have been there by then. A row is counted with and without
what is neutral in between. Every count from the least to the most is granted.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from tests.end_to_end import account_silence
from tests.end_to_end.account_clock import instant_of, is_quiet, local_day, minute
from tests.end_to_end.account_shape import Account, Encouragement, Member, Session
from tests.end_to_end.account_streaks import counted, fold
from tests.end_to_end.account_words import plain, repeats, spoken

POSTED = time(9, 0)
NAMED_AT_MOST = 2
NAMED_WITHIN = timedelta(days=7)
COUNTED_FROM = 3
_COUNT = re.compile(r"Thinking of (?P<all>\d+) of us\.|and (?P<more>\d+) more\.")
GROUP_FROM = 6
LONG_AWAY = timedelta(days=7)
FIRST_WEEK = timedelta(days=7)
LATE_ANSWERS = timedelta(hours=48)


def encouragements(account: Account) -> Iterator[str]:
    """After every day with misses exactly one, at 09:00 on the day after, by the rules."""
    minutes = {_post_at(account, on): on for on in _settled_days(account)}
    for at, on in minutes.items():
        posts = [post for post in account.encouraged if minute(post.posted_at) == at]
        sure = [m.name for m in account.members if _surely(account, m, on, at)]
        if not posts and sure and at < minute(account.ended_at):
            yield f"encouragement: {on} has none, and {sure} gave no answer"
        if len(posts) > 1:
            yield f"encouragement: {on} has {len(posts)}"
    for post in account.encouraged:
        where = f"at {post.posted_at}"
        yield from spoken(account, post, f"encourage.{post.kind}", f"encouragement {where}")
        if is_quiet(post.posted_at, account.tz):
            yield f"quiet: encouragement {where}"
        if post.pinged:
            yield f"encouragement: {where}: it pings {post.pinged}"
        on = minutes.get(minute(post.posted_at))
        if on is None:
            yield f"encouragement: {where}: no day has one then"
        else:
            yield from _about(account, post, on, where)
    yield from _named_too_often(account)
    posts = account.encouraged
    kinds = [f"encourage.{post.kind}" for post in posts]
    yield from repeats([*posts], kinds, "encouragement")


def _settled_days(account: Account) -> list[date]:
    return sorted({s.due_on for s in account.sessions if s.state == "settled"})


def _post_at(account: Account, on: date) -> datetime:
    return instant_of(on + timedelta(days=1), POSTED, account.tz)


def _of_day(account: Account, on: date) -> list[Session]:
    return [s for s in account.in_order if s.due_on == on and s.state == "settled"]


def _silent_in(session: Session, member: Member) -> bool:
    """Tell whether a member let the session settle without a word, and counted as missed."""
    return (
        session.outcomes_at_settlement.get(member.name) == "missed"
        and member.name not in session.answered_at
    )


def _surely(account: Account, member: Member, on: date, at: datetime) -> bool:
    return (
        (member.left_at is None or member.left_at > at)
        and account_silence.is_awake(account, member, at)
        and member.reach == "channel"
        and any(
            _silent_in(session, member)
            and session.outcomes.get(member.name) == "missed"
            and member.joined_at < session.starts_at
            for session in _of_day(account, on)
        )
    )


def _possibly(account: Account, member: Member, on: date, at: datetime) -> bool:
    return (
        (member.left_at is None or member.left_at > at)
        and not account_silence.is_silent(account, member, at)
        and any(_silent_in(session, member) for session in _of_day(account, on))
    )


def _about(account: Account, post: Encouragement, on: date, where: str) -> Iterator[str]:
    at = post.posted_at
    concerned = [m for m in account.members if _possibly(account, m, on, at)]
    if not concerned:
        yield f"encouragement: {where}: nobody was concerned on {on}"
        return
    members = {member.name: member for member in account.members}
    for name in post.named:
        member = members[name]
        if not member.named or member.reach != "channel":
            yield f"encouragement: {where}: {name} is named and did not agree"
        if account_silence.is_silent(account, member, at):
            yield f"encouragement: {where}: {name} is named and was silent for 14 days"
        elif member not in concerned:
            yield f"encouragement: {where}: {name} is named and was not concerned"
    if not any(_fits(account, post.kind, member, on) for member in concerned):
        yield f"encouragement: {where}: {post.kind} fits none of {[m.name for m in concerned]}"
    yield from _count(account, post, len(concerned), where)


def _count(account: Account, post: Encouragement, concerned: int, where: str) -> Iterator[str]:
    told = _told(post)
    if told is None:
        return
    members = [
        m
        for m in account.members
        if m.joined_at <= post.posted_at and (m.left_at is None or m.left_at > post.posted_at)
    ]
    if told < COUNTED_FROM or len(members) < GROUP_FROM:
        yield f"encouragement: {where}: it counts {told} in a group of {len(members)}"
    if told > concerned:
        yield f"encouragement: {where}: it counts {told}, and {concerned} were concerned"


def _told(post: Encouragement) -> int | None:
    """Return how many the text counts: all of them, or the named and so many more."""
    found = _COUNT.search(plain(post.text))
    if found is None:
        return None
    return int(found["all"]) if found["all"] else len(post.named) + int(found["more"])


def _named_too_often(account: Account) -> Iterator[str]:
    # "Twice a week" is held in any seven days, which holds it in every calendar week as well.
    for member in account.members:
        days = sorted(
            local_day(post.posted_at, account.tz)
            for post in account.encouraged
            if member.name in post.named
        )
        for first, third in zip(days, days[NAMED_AT_MOST:], strict=False):
            if third - first < NAMED_WITHIN:
                yield f"encouragement: {member.name} is named thrice from {first} to {third}"


def _fits(account: Account, kind: str, member: Member, on: date) -> bool:
    if kind == "most_missed":
        return _most_missed(account, on)
    at = _post_at(account, on)
    if at - member.joined_at < FIRST_WEEK:
        return kind == "first_week"
    day = [session for session in _of_day(account, on) if _silent_in(session, member)]
    if kind == "token_used":
        return any(_held_token(account, member, session, at) for session in day)
    if kind == "long_away":
        return at - _earliest_answer(member, account, at) >= LONG_AWAY
    rows = {row for session in day for row in _rows(account, member, session, at)}
    least = {"first_miss": 1, "second_miss": 2}.get(kind)
    return bool(rows) and (least in rows if least is not None else max(rows) > 2)


def _held_token(account: Account, member: Member, session: Session, at: datetime) -> bool:
    earlier = account.in_order[: account.in_order.index(session)]
    return any(fold(member, earlier, view).tokens for view in (None, at - LATE_ANSWERS))


def _earliest_answer(member: Member, account: Account, at: datetime) -> datetime:
    answers = [
        answered
        for session in account.sessions
        if (answered := session.answered_at.get(member.name)) is not None and answered <= at
    ]
    return max(answers, default=member.joined_at)


def _most_missed(account: Account, on: date) -> bool:
    """Tell whether at least half of those asked gave no answer to a session of the day."""
    return any(
        2 * sum(_silent_in(session, member) for member in account.members)
        >= len(session.outcomes_at_settlement)
        for session in _of_day(account, on)
    )


def _rows(account: Account, member: Member, session: Session, at: datetime) -> set[int]:
    """Return how many misses in a row may end with this session, this one among them."""
    earlier = account.in_order[: account.in_order.index(session)]
    rows: set[int] = set()
    for view in (None, at - LATE_ANSWERS):
        past = [counted(other, view).get(member.name) for other in earlier]
        telling = [outcome for outcome in past if outcome in {"done", "partly", "missed"}]
        rows |= {1 + _misses_at_end(past), 1 + _misses_at_end(telling)}
    return {*range(min(rows), max(rows) + 1)}


def _misses_at_end(outcomes: Sequence[str | None]) -> int:
    row = 0
    for outcome in reversed(outcomes):
        if outcome != "missed":
            break
        row += 1
    return row
