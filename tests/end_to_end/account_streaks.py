"""The fold by hand: streaks, tokens, weeks and the board of an account.

The fold goes over what counts now, in settled sessions from the first that starts after joining.
Two sentences of the rules meet here: "from the first that starts after joining" and "joins while
a session is open ...: kept counts, silence does not". Read together: a session that was open at
the joining is folded if it was kept, and only then. The goal is taken to be the same throughout,
since the account gives only today's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.end_to_end.account_clock import local_day, monday
from tests.end_to_end.account_sessions import KEPT
from tests.end_to_end.account_shape import Account, Member, Session

TOKEN_EVERY = 7
TOKENS_AT_MOST = 2
PLACES = 10


@dataclass
class Week:
    kept: int = 0
    counted: int = 0
    covered: int = 0


@dataclass
class Fold:
    """A streak counted on one's fingers: one outcome after the other."""

    current: int = 0
    best: int = 0
    tokens: int = 0
    kept: int = 0
    covered: list[Session] = field(default_factory=list[Session])
    weeks: dict[date, Week] = field(default_factory=dict[date, Week])

    def add(self, session: Session, outcome: str) -> None:
        week = self.weeks.setdefault(monday(session.due_on), Week())
        if outcome in KEPT:
            week.counted += 1
            week.kept += 1
            self.kept += 1
            self.current += 1
            self.best = max(self.best, self.current)
            if self.kept % TOKEN_EVERY == 0:
                self.tokens = min(TOKENS_AT_MOST, self.tokens + 1)
        elif outcome == "missed":
            week.counted += 1
            if self.tokens:
                self.tokens -= 1
                week.covered += 1
                self.covered.append(session)
            else:
                self.current = 0

    def weeks_in_row(self, goal: int, before: date) -> int:
        """Return the week streak of the weeks that are over, those that begin before a Monday."""
        row = 0
        for begins in sorted(begins for begins in self.weeks if begins < before):
            week = self.weeks[begins]
            target = min(goal, week.counted - week.covered)
            if target > 0:
                row = row + 1 if week.kept >= target else 0
        return row


def counted(session: Session, settled_after: datetime | None = None) -> dict[str, str]:
    """Return what a session counts as: now, or at settlement for one that settled after then."""
    late = settled_after is not None and (
        session.settled_at is None or session.settled_at > settled_after
    )
    return {**(session.outcomes_at_settlement if late else session.outcomes)}


def fold(
    member: Member, sessions: Iterable[Session], settled_after: datetime | None = None
) -> Fold:
    """Fold a member's settled sessions, which are given in order; as `counted` says."""
    found = Fold()
    for session in sessions:
        if session.state not in {"settled", "void"}:
            continue
        outcome = counted(session, settled_after).get(member.name)
        if outcome is None or (member.joined_at > session.starts_at and outcome not in KEPT):
            continue
        found.add(session, outcome)
    return found


def streaks(account: Account) -> Iterator[str]:
    """The streaks are those of a fold by hand."""
    for member in account.members:
        told = account.streaks.get(member.name)
        if told is None:
            if member.left_at is None:
                yield f"streak: {member.name} has none"
            continue
        mine = fold(member, account.in_order)
        for name in ("current", "best", "tokens"):
            if getattr(told, name) != getattr(mine, name):
                yield (
                    f"streak: {member.name}: {name} is {getattr(told, name)}, "
                    f"by hand {getattr(mine, name)}"
                )
        weeks = {mine.weeks_in_row(member.goal, before) for before in _running(account)}
        if told.weeks not in weeks:
            yield f"streak: {member.name}: weeks is {told.weeks}, by hand {weeks}"


def _running(account: Account) -> set[date]:
    # A week is over at Monday's midnight, yet Sunday settles at 03:00: between the two, counting
    # the week and not yet counting it can both be defended.
    today = local_day(account.ended_at, account.tz)
    begins = monday(today)
    last_week = begins - timedelta(days=7)
    unsettled = any(
        session.state == "open" and monday(session.due_on) == last_week
        for session in account.sessions
    )
    return {begins, last_week} if unsettled else {begins}


def board(account: Account) -> Iterator[str]:
    """The board ranks the session streaks of those who chose to be shown, 1, 1, 3."""
    shown = {
        member.name: account.streaks[member.name].current
        for member in account.members
        if member.shown and member.left_at is None and member.name in account.streaks
    }
    owed = sorted((value for value in shown.values() if value > 0), reverse=True)[:PLACES]
    values = [place.value for place in account.board]
    if values != owed:
        yield f"board: it shows {values}, by hand {owed}"
    if len({place.member for place in account.board}) != len(account.board):
        yield "board: somebody stands on it twice"
    for place in account.board:
        if place.member not in shown:
            yield f"board: {place.member} is hidden or has left"
        elif shown[place.member] != place.value:
            yield f"board: {place.member} stands with {place.value}"
        if place.value <= 0:
            yield f"board: {place.member} stands with nothing"
        if place.rank != 1 + sum(value > place.value for value in values):
            yield f"board: {place.member} has rank {place.rank}"
