"""Hold the demo's account against the rules, as the strictest reader of the rules would.

Nothing here comes from the bot's own code, so that it cannot inherit its mistakes: the rules are
written anew from the design, with zoneinfo's zones and a fold by hand. Each violation begins with
the rule it breaks: shape, people, schedule, start, state, prompt, settle, outcome, answer, budget,
streak, board, nudge, encouragement, recap, milestone, wording, quiet, text.

The demo has no downtime and leaves the group's settings at their defaults; both are assumed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import time, timedelta
from typing import Any

from pydantic import ValidationError

from tests.end_to_end.account_clock import instant_of, local_day
from tests.end_to_end.account_encouragements import encouragements
from tests.end_to_end.account_milestones import milestones
from tests.end_to_end.account_nudges import nudges
from tests.end_to_end.account_recaps import recaps
from tests.end_to_end.account_sessions import life, outcomes, rests, schedule
from tests.end_to_end.account_shape import Account, read
from tests.end_to_end.account_streaks import board, streaks


def violations(account: dict[str, Any]) -> list[str]:
    """Return every rule that an account breaks, in no order that matters; empty when it holds.

    An account of the wrong shape, or one that speaks of people and slots it does not list, is
    not looked at further.
    """
    try:
        found = read(account)
    except ValidationError as wrong:
        return [f"shape: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
    if strangers := [*_strangers(found)]:
        return strangers
    checks = (
        _span,
        schedule,
        life,
        outcomes,
        rests,
        streaks,
        board,
        nudges,
        encouragements,
        recaps,
        milestones,
    )
    return [violation for check in checks for violation in check(found)]


def gaps(account: dict[str, Any]) -> list[str]:
    """Return what four weeks of the demo ought to show and do not (issue, item 8)."""
    return [*_gaps(read(account))]


def _strangers(account: Account) -> Iterator[str]:
    names = [member.name for member in account.members]
    slots = {slot.id for slot in account.group.slots}
    yield from _twice("member", names)
    yield from _twice("slot", [slot.id for slot in account.group.slots])
    yield from _twice("session", [session.id for session in account.sessions])
    yield from _twice("occurrence", [(s.slot, s.due_on) for s in account.sessions])
    yield from _twice("message", [p.message_id for s in account.sessions for p in s.prompts])
    told = {
        "streaks": [*account.streaks],
        "board": [place.member for place in account.board],
        "nudges": [name for post in account.nudges for name in [*post.named, *post.pinged]],
        "encouragements": [n for post in account.encouraged for n in post.named + post.pinged],
        "recaps": [n for post in account.recaps for n in post.named + post.pinged],
        "milestones": [one.member for one in account.milestones if one.member is not None],
        "sessions": [
            name
            for s in account.sessions
            for name in [*s.outcomes, *s.outcomes_at_settlement, *s.answered_at]
        ],
    }
    for place, there in told.items():
        for name in sorted({*there} - {*names}):
            yield f"people: {place} speak of {name}, who is no member"
    for session in account.sessions:
        if session.slot not in slots:
            yield f"people: session {session.id} is of slot {session.slot}, which is not listed"


def _twice(what: str, ids: Iterable[object]) -> Iterator[str]:
    for one, times in Counter(ids).items():
        if times > 1:
            yield f"people: {what} {one} is there {times} times"


def _span(account: Account) -> Iterator[str]:
    """The account ends after its last day, and nothing in it lies outside its time."""
    last = local_day(account.ended_at, account.tz)
    if not account.last_day <= last <= account.last_day + timedelta(days=2):
        yield f"shape: ended_at: the last day is {account.last_day}, it ended on {last}"
    begins = instant_of(account.start, time(0, 0), account.tz)
    posts = [*account.nudges, *account.encouragements, *account.recaps]
    posts_at = [post.posted_at for post in posts]
    posts_at += [prompt.posted_at for s in account.sessions for prompt in s.prompts]
    for at in posts_at:
        if not begins <= at <= account.ended_at:
            yield f"shape: something was posted at {at}, before the start or after the end"
    for post in posts:
        if len({*post.named}) != len(post.named) or len({*post.pinged}) != len(post.pinged):
            yield f"people: somebody is told twice in the post at {post.posted_at}"
    for member in account.members:
        if member.joined_at > account.ended_at:
            yield f"people: {member.name} joined after the end"
        if member.left_at is not None and not member.joined_at < member.left_at:
            yield f"people: {member.name} left before joining"
    if account.http_requests < len(posts_at):
        yield f"shape: http_requests: {account.http_requests} for {len(posts_at)} messages"


def _gaps(account: Account) -> Iterator[str]:
    members = account.members
    if len(members) < 10:
        yield f"only {len(members)} members"
    seen = {outcome for session in account.sessions for outcome in session.outcomes.values()}
    for outcome in sorted({"done", "partly", "rest", "sore", "excused", "missed"} - seen):
        yield f"nobody's outcome is {outcome}"
    for wish in ("named", "pinged", "shown"):
        if len({getattr(member, wish) for member in members}) < 2:
            yield f"everybody has the same {wish}"
    for reach in sorted({"channel", "dm", "silent"} - {member.reach for member in members}):
        yield f"nobody is reached by {reach}"
    first = min((session.starts_at for session in account.sessions), default=account.ended_at)
    if not any(member.joined_at > first for member in members):
        yield "nobody joins late"
    if not any(
        session.outcomes.get(member.name) == "excused"
        for member in members
        if member.left_at is None
        for session in account.sessions
    ):
        yield "nobody pauses"
    days = {account.start + timedelta(days=n) for n in range(account.days)}
    if not {*account.group.skipped} & days:
        yield "no day is skipped"
    yield from _gaps_of_weeks(account)
    slots = account.group.slots
    if len({slot.time for slot in slots}) < 2 or len({(*s.weekdays,) for s in slots}) < 2:
        yield "there are no two slots of different weekdays and times"


def _gaps_of_weeks(account: Account) -> Iterator[str]:
    if not account.recaps:
        yield "no week is told of"
    reached = {one.milestone for one in account.milestones}
    for milestone in sorted({"kept", "in_one_go", "together"} - reached):
        yield f"nobody reaches {milestone}"
