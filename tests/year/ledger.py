"""What the rules come to for each member, reckoned anew from what people did.

Written from the rules alone, with nothing of the bot's code: who was a member, who had answered,
who was away, who is concerned by a day, and how somebody stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.year.account import Posted, Year
from tests.year.deeds import (
    KEPT,
    Answered,
    Deed,
    Joined,
    Left,
    Paused,
    Resumed,
    Wished,
    Wishes,
)
from tests.year.reading import Reading, settled_at, start_of

SILENT_AFTER = timedelta(days=14)
LONG_AWAY = timedelta(days=7)
NEW_FOR = timedelta(days=7)
RETURN_WITHIN = timedelta(days=30)
REST_SPAN = timedelta(days=7)
TOKEN_EVERY, TOKENS_HELD, FREE_RESTS = 7, 2, 1


@dataclass(frozen=True, slots=True)
class Session:
    """A walk that was asked about."""

    starts_at: datetime
    on: date
    settled_at: datetime | None
    """As its prompt shows it; None while it is open, or if it was void."""
    prompt: Posted


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands."""

    misses: int = 0
    """In a row."""
    tokens: int = 0
    """In hand."""
    kept: int = 0
    """Since joining."""
    streak: int = 0
    covered: bool = False
    """Whether a token covered the last miss."""


class Ledger:
    """Answers questions about a year."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.reading = Reading(year)
        self._deeds: dict[str, list[Deed]] = defaultdict(list)
        self._moves: dict[str, list[Joined | Left]] = defaultdict(list)
        self._pauses: dict[str, list[Paused | Resumed]] = defaultdict(list)
        self._answers: dict[tuple[str, datetime], list[Answered]] = defaultdict(list)
        for deed in year.deeds:
            self._deeds[deed.who].append(deed)
            if isinstance(deed, Joined | Left):
                self._moves[deed.who].append(deed)
            if isinstance(deed, Paused | Resumed):
                self._pauses[deed.who].append(deed)
            if isinstance(deed, Answered):
                self._answers[deed.who, deed.starts_at].append(deed)
        self.sessions = [
            Session(starts_at, year.day_of(starts_at), settled_at(post), post)
            for post in year.messages
            if (starts_at := start_of(post)) is not None
        ]
        self.sessions.sort(key=lambda one: one.starts_at)
        self._settled: dict[date, datetime] = {}
        for session in self.sessions:
            at = session.settled_at
            if at is not None:
                self._settled[session.on] = max(at, self._settled.get(session.on, at))

    def members(self, at: datetime) -> list[str]:
        return [name for name in self.year.people if self.is_member(name, at)]

    def is_member(self, who: str, at: datetime) -> bool:
        last = [one for one in self._moves[who] if one.at <= at]
        return bool(last) and isinstance(last[-1], Joined)

    def wishes(self, who: str, at: datetime) -> Wishes | None:
        found = [
            one.wishes
            for one in self._deeds[who]
            if isinstance(one, Joined | Wished) and one.at <= at
        ]
        return found[-1] if found else None

    def begun_at(self, who: str, at: datetime) -> datetime | None:
        """Return since when somebody belongs: a return within thirty days is no new beginning."""
        begun: datetime | None = None
        left: datetime | None = None
        for deed in self._moves[who]:
            if deed.at > at:
                break
            if isinstance(deed, Left):
                left = deed.at
            elif begun is None or (left is not None and deed.at - left > RETURN_WITHIN):
                begun = deed.at
        return begun

    def answer(self, who: str, session: Session, at: datetime) -> str | None:
        """Return the answer that stood at an instant."""
        given = [one for one in self._answers[who, session.starts_at] if one.at <= at]
        return given[-1].answer if given else None

    def last_sign(self, who: str, at: datetime) -> datetime | None:
        """Return when somebody was last heard of: an answer of their own, or joining."""
        signs = [
            one.at
            for one in self._deeds[who]
            if one.at <= at
            and (isinstance(one, Joined) or (isinstance(one, Answered) and one.by == who))
        ]
        return signs[-1] if signs else None

    def is_silent(self, who: str, at: datetime, since: timedelta = SILENT_AFTER) -> bool:
        last = self.last_sign(who, at)
        return last is None or at - last >= since

    def is_paused(self, who: str, on: date, at: datetime) -> bool:
        paused = False
        for one in self._pauses[who]:
            if one.at > at:
                break
            if isinstance(one, Paused) and one.first <= on and (one.last is None or on <= one.last):
                paused = True
            elif isinstance(one, Resumed) and one.on <= on:
                paused = False
        return paused

    def is_asked(self, who: str, session: Session, at: datetime) -> bool:
        """Say whether an answer to a session was expected of somebody, as seen at an instant."""
        begun = self.begun_at(who, at)
        until = session.settled_at or at
        return (
            begun is not None
            and begun <= session.starts_at
            and not any(
                isinstance(one, Left)
                and one.at <= until
                and not self._back_before(who, one, session)
                for one in self._moves[who]
            )
            and not self.is_paused(who, session.on, at)
        )

    def outcome(self, who: str, session: Session, at: datetime) -> str | None:
        """Return what a settled session comes to; None where it does not concern somebody.

        "rest" is within the budget or not: `standing` knows.
        """
        answer = self.answer(who, session, at)
        if answer is not None:
            return answer
        return "missed" if self.is_asked(who, session, at) else None

    def standing(self, who: str, at: datetime, through: Session | None = None) -> Standing:
        """Fold what somebody did up to a session, or all of it, as it looks at an instant."""
        begun = self.begun_at(who, at)
        now = Standing()
        rests: list[date] = []
        for session in self.sessions:
            if session.starts_at > (at if through is None else through.starts_at):
                break
            if begun is None or session.settled_at is None:
                continue
            if not begun < session.settled_at <= at:
                continue
            outcome = self.outcome(who, session, at)
            if outcome == "rest" and self._is_free(rests, session.on):
                rests.append(session.on)
            else:
                now = _step(now, outcome)
        return now

    def concerned(self, on: date, at: datetime) -> list[str]:
        """Return who let a day go by without a word, and counts as having missed it.

        Those who have been silent for so long that they are let be are left out.
        """
        day = [
            one
            for one in self.sessions
            if one.on == on and one.settled_at is not None and one.settled_at <= at
        ]
        return [
            who
            for who in self.members(at)
            if any(self.outcome(who, one, at) == "missed" for one in day)
            and all(self.answer(who, one, at) is None for one in day)
            and not self.is_silent(who, at)
        ]

    def could_come(self, on: date, at: datetime) -> list[str]:
        """Return who was asked on a day, but for those who are let be."""
        day = [one for one in self.sessions if one.on == on]
        return [
            who
            for who in self.members(at)
            if any(self.outcome(who, one, at) is not None for one in day)
            and not self.is_silent(who, at)
        ]

    def situations(self, who: str, on: date, at: datetime) -> set[str]:
        """Return which situations somebody is in after a day they are concerned by."""
        begun = self.begun_at(who, at)
        new = begun is not None and at - begun < NEW_FOR
        found = {"first_week"} if new else set[str]()
        for session in self.sessions:
            if session.on == on and self.outcome(who, session, at) == "missed":
                now = self.standing(who, at, session)
                found.add({1: "first_miss", 2: "second_miss"}.get(now.misses, "several_misses"))
                if now.covered:
                    found.add("token_used")
                if now.misses > 1 and self.is_silent(who, at, LONG_AWAY):
                    found.add("long_away")
        return found

    def returned(self, who: str, after: datetime) -> Session | None:
        """Return the first session that somebody kept after an instant."""
        found = (
            one
            for one in self.sessions
            if one.starts_at > after and self.answer(who, one, _LATEST) in KEPT
        )
        return next(found, None)

    def _back_before(self, who: str, left: Left, session: Session) -> bool:
        return any(
            isinstance(one, Joined) and left.at < one.at <= session.starts_at
            for one in self._moves[who]
        )

    @staticmethod
    def _is_free(rests: list[date], on: date) -> bool:
        return sum(on - REST_SPAN < one <= on for one in rests) < FREE_RESTS

    def days_settled(self) -> Iterable[tuple[date, datetime]]:
        """Return each day that settled, and when the last of its sessions did."""
        return self._settled.items()


_LATEST = datetime.max.replace(tzinfo=UTC)


def _step(now: Standing, outcome: str | None) -> Standing:
    if outcome in KEPT:
        kept = now.kept + 1
        earned = 1 if kept % TOKEN_EVERY == 0 else 0
        tokens = min(TOKENS_HELD, now.tokens + earned)
        return Standing(0, tokens, kept, now.streak + 1)
    if outcome in ("missed", "rest"):
        covered = now.tokens > 0
        streak = now.streak if covered else 0
        return Standing(now.misses + 1, now.tokens - covered, now.kept, streak, covered)
    return now
