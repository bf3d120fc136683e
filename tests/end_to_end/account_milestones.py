"""Milestones of an account: each once, and the numbers of sessions those of a count by hand.

A number is passed on the way up and never again, so whoever has kept so many now has reached all
numbers up to it. Somebody may have taken the answer back with which a milestone came, which the
account does not tell: the milestone stays granted, so a number is held to be too many only where
there never were so many sessions.
"""

from collections import Counter
from collections.abc import Iterator

from tests.end_to_end.account_shape import Account, Member
from tests.end_to_end.account_streaks import fold

NUMBERS = (1, 7, 14, 30, 50, 100, 365)
TOGETHER_EVERY = 1000


def milestones(account: Account) -> Iterator[str]:
    """Nobody is granted one twice; numbers of sessions are right, and told with a session."""
    times = Counter((one.member, one.milestone, one.subject) for one in account.milestones)
    for (member, milestone, subject), count in times.items():
        if count > 1:
            yield f"milestone: {member} reaches {milestone} {subject} {count} times"
    sessions = {str(session.id) for session in account.sessions}
    for one in account.milestones:
        what = f"{one.member}'s {one.milestone} {one.subject}"
        if str(one.session) not in sessions:
            yield f"milestone: {what} is told with no session there is"
        if (one.member is None) != (one.milestone == "together"):
            yield f"milestone: {what} is not theirs to reach"
        if one.milestone == "together" and int(one.subject) % TOGETHER_EVERY:
            yield f"milestone: {what} is no round number"
    for member in account.members:
        yield from _numbers(account, member)


def _numbers(account: Account, member: Member) -> Iterator[str]:
    told = {
        int(one.subject)
        for one in account.milestones
        if one.member == member.name and one.milestone == "kept"
    }
    kept = fold(member, account.in_order).kept
    most = sum(session.starts_at <= account.ended_at for session in account.sessions)
    for number in sorted({number for number in NUMBERS if number <= kept} - told):
        yield f"milestone: {member.name} has kept {kept} and is not told of {number}"
    for number in sorted(told):
        if number not in NUMBERS:
            yield f"milestone: {member.name}'s {number} is none"
        elif number > most:
            yield f"milestone: {member.name} is told of {number}, there were {most}"
