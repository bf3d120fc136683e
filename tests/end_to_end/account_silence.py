"""Who has been silent for 14 days, as far as an account can tell.

It tells the last answer before each settlement, not what was said later or in private. So there
are three cases: surely awake, surely silent, and neither; a rule is held against the bot only
where the case is sure. Between 14 local dates and 14 times 24 hours lies a further doubt, which is
granted as well.
"""

from datetime import datetime, timedelta

from tests.end_to_end.account_clock import local_day
from tests.end_to_end.account_shape import Account, Member, Session

SILENT_AFTER = timedelta(days=14)
_LATE_ANSWERS = timedelta(hours=48)


def is_silent(account: Account, member: Member, at: datetime) -> bool:
    return at - latest_sign(account, member, at) >= SILENT_AFTER


def is_awake(account: Account, member: Member, at: datetime) -> bool:
    days = local_day(at, account.tz) - local_day(_earliest(account, member, at), account.tz)
    return days < SILENT_AFTER


def _earliest(account: Account, member: Member, at: datetime) -> datetime:
    """Return the last sign of life that the account shows: an answer, or having joined."""
    answers = [
        session.answered_at[member.name]
        for session in account.sessions
        if member.name in session.answered_at and session.answered_at[member.name] <= at
    ]
    return max([member.joined_at, *answers])


def latest_sign(account: Account, member: Member, at: datetime) -> datetime:
    """Return the last sign of life that there may have been: late answers, pauses set or ended."""
    hidden = [
        found for session in account.sessions if (found := _hidden(session, member, at)) is not None
    ]
    return max([_earliest(account, member, at), *hidden])


def _hidden(session: Session, member: Member, at: datetime) -> datetime | None:
    then = session.outcomes_at_settlement.get(member.name)
    now = session.outcomes.get(member.name)
    if session.settled_at is None or session.settled_at > at:
        return None
    if "excused" in {then, now}:
        # A pause can be ended at any time, which is a sign of life that nothing here shows.
        return at
    return min(at, session.settled_at + _LATE_ANSWERS) if then != now else None
