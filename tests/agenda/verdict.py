"""What outages must not do to anybody, judged by the rules of the design and what really happened.

Nothing here asks the bot's own book of outages, nor reckons as the bot does: time is walked through
minute by minute.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.domain.day import Quiet, Span
from bot.storage import tables
from tests.agenda.fake_discord import Message
from tests.agenda.ordeal import BEAT, PATIENCE, REFUSING, SECOND, Kind, Ordeal
from tests.domain.samples import is_quiet
from tests.services.town import HOUR

MINUTE = timedelta(minutes=1)
LATE = "I was away and am late"
FAIR = 3 * HOUR
ASKS_AGAIN = PATIENCE + MINUTE
"""How long the bot may take to see that it can post, or settle, what it could not."""


@dataclass
class Verdict:
    """An ordeal that is over, and its rows."""

    life: Ordeal
    sessions: dict[int, Row[Any]]
    answers: list[Row[Any]]
    moments: dict[int, Row[Any]]
    members: list[Row[Any]]

    def __post_init__(self) -> None:
        self.prompts: dict[int, list[Message]] = defaultdict(list)
        self.others: list[tuple[Row[Any], Message]] = []
        for message in self.life.discord.public:
            moment = self.moments[int(message.nonce)]
            if moment.kind == "prompt":
                self.prompts[moment.subject].append(message)
            else:
                self.others.append((moment, message))
        kinds = {one.kind for one in self.life.outages}
        self.refusing = bool(kinds & set(REFUSING))
        # A process that is killed was there, as far as anybody knows, until its last heartbeat.
        self.slack = ASKS_AGAIN + (BEAT if Kind.KILLED in kinds else timedelta(0))
        if self.refusing:
            # With nothing to send the bot looks only so often whether Discord is back.
            self.slack += ASKS_AGAIN + 4 * BEAT

    def faults(self) -> Iterator[str]:
        yield from self.life.troubles
        for session in self.sessions.values():
            told = f"session of {session.starts_at:%d %H:%M}"
            yield from (f"{told}: {fault}" for fault in self._of_session(session))
        yield from self._order()
        yield from self._flood()
        yield from self._weeks()
        yield from self._left_lying()

    def _of_session(self, session: Row[Any]) -> Iterator[str]:
        yield from self._prompt(session)
        if session.state in ("settled", "void"):
            yield from self._settlement(session)
        elif session.settles_at + self.slack < self._last_settled_by():
            yield f"is still {session.state}"
        rows = [row for row in self.answers if row.session_id == session.id]
        if session.state != "settled" and any(row.outcome == "missed" for row in rows):
            yield f"was missed though it is {session.state}"

    def _prompt(self, session: Row[Any]) -> Iterator[str]:
        posted = self.prompts.get(session.id, [])
        if len(posted) > 1:
            yield f"has {len(posted)} prompts"
        at = _first_free(session.prompt_at, self.life.mute)
        retry = ASKS_AGAIN if self.refusing else SECOND
        if not posted:
            if at < min(session.settles_at, self.life.now) - retry:
                yield f"has no prompt, which could have been posted at {at:%d %H:%M}"
            return
        (message,) = posted[:1]
        if message.at >= session.settles_at:
            yield f"was posted at {message.at:%d %H:%M}, when it was over"
        if message.at > max(at, session.prompt_at) + (retry if at > session.prompt_at else SECOND):
            yield f"was posted at {message.at:%d %H:%M} only"
        late = message.at - session.prompt_at > 2 * MINUTE
        edits = [card for _, number, card in self.life.discord.edits if number == message.id]
        drawn = [message.text, *(_text_of(message, card) for card in edits)]
        if any((LATE in text) is not late for text in drawn):
            yield f"posted at {message.at:%d %H:%M} says the wrong thing about being late"

    def _settlement(self, session: Row[Any]) -> Iterator[str]:
        posted = self.prompts.get(session.id, [])
        known = session.posted_at is not None
        if (session.state == "void") is known:
            yield f"is {session.state}, posted: {known}"
        if not known:
            if posted and not any(one.kind is Kind.ANSWER_LOST for one in self.life.outages):
                yield "is void though its prompt stands there"
            return
        if session.settled_at < session.settles_at:
            yield f"settled too early, at {session.settled_at:%d %H:%M}"
        disturbed = _overlap(session.prompt_at, session.settles_at, self.life.away)
        owed = min(FAIR, session.settles_at - session.prompt_at)
        given = self._given(posted[0].at, session.settled_at)
        if disturbed and given < owed:
            yield f"settled at {session.settled_at:%d %H:%M} after {given} of {owed}"
        fair_at = session.settles_at
        if disturbed:
            fair_at = max(fair_at, self._when_given(posted[0].at, owed))
        fair_at = _first_free(fair_at, self.life.away)
        if session.settled_at > fair_at + self.slack:
            yield f"settled at {session.settled_at:%d %H:%M}, could have at {fair_at:%d %H:%M}"

    def _given(self, since: datetime, until: datetime) -> timedelta:
        """Return how long people were awake and could reach the bot between the two."""
        return sum((span for _, span in self._minutes(since, until)), timedelta(0))

    def _when_given(self, since: datetime, owed: timedelta) -> datetime:
        given = timedelta(0)
        for at, span in self._minutes(since, self.life.now):
            given += span
            if given >= owed:
                return at
        return self.life.now

    def _minutes(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, timedelta]]:
        """Walk by minutes, as (end of the minute, what of it was given)."""
        at = since
        while at < until:
            end = min(until, at.replace(second=0, microsecond=0) + MINUTE)
            if not is_quiet(at, Quiet(), self.life.zone):
                yield end, end - at - _overlap(at, end, self.life.away)
            at = end

    def _order(self) -> Iterator[str]:
        """A group's prompts come in the order of their sessions."""
        if self.refusing:
            # What Discord refused is tried again at a time of its own.
            return
        numbers = {one.id: place for place, one in enumerate(self.life.discord.messages)}
        placed = {session_id: numbers[posted[0].id] for session_id, posted in self.prompts.items()}
        for group_id in {one.group_id for one in self.sessions.values()}:
            own = [one for one in placed if self.sessions[one].group_id == group_id]
            own.sort(key=placed.__getitem__)
            for one, other in pairwise(own):
                first, second = self.sessions[one], self.sessions[other]
                if first.starts_at > second.starts_at:
                    yield f"{second.starts_at:%d %H:%M} came after {first.starts_at:%d %H:%M}"

    def _flood(self) -> Iterator[str]:
        days: Counter[tuple[int, str, date]] = Counter()
        for moment, message in self.others:
            on = message.at.astimezone(self.life.zone).date()
            told = f"{moment.kind} at {message.at:%d %H:%M}"
            days[moment.group_id, moment.kind, on] += 1
            if is_quiet(message.at, Quiet(), self.life.zone):
                yield f"{told} is in quiet hours"
            if moment.kind == "nudge" and moment.subject != on.toordinal():
                yield f"{told} is for {date.fromordinal(moment.subject)}"
            if moment.kind == "encourage" and on not in self._settled_on(moment):
                yield f"{told} is for {date.fromordinal(moment.subject)}, settled another day"
        yield from (f"{count} of {key}" for key, count in days.items() if count > 1)

    def _settled_on(self, moment: Row[Any]) -> set[date]:
        """Return the local days on which the sessions of an encouragement settled."""
        return {
            one.settled_at.astimezone(self.life.zone).date()
            for one in self.sessions.values()
            if one.group_id == moment.group_id
            and one.due_on.toordinal() == moment.subject
            and one.settled_at is not None
        }

    def _weeks(self) -> Iterator[str]:
        over: dict[int, date] = {}
        for session in self.sessions.values():
            settled_at: datetime | None = session.settled_at
            if session.due_on.weekday() != 6 or settled_at is None:
                continue
            if settled_at + self.slack < self.life.now:
                latest = over.get(session.group_id, session.week_on)
                over[session.group_id] = max(latest, session.week_on)
        for member in self.members:
            week_on = over.get(member.group_id)
            if week_on is not None and (member.weeks_through_on or date.min) < week_on:
                yield f"the week of {week_on} is not counted for {member.name}"

    def _left_lying(self) -> Iterator[str]:
        by = self._last_settled_by()
        for one in self.moments.values():
            if one.state in ("due", "claimed", "sending") and one.due_at < by - self.slack:
                yield f"{one.kind} of {one.due_at:%d %H:%M} is still {one.state}"

    def _last_settled_by(self) -> datetime:
        """Return when people were last out of the bot's reach, or when it ended."""
        last = self.life.away[-1]
        return self.life.now if last.end is not None else last.start


def _overlap(start: datetime, end: datetime, spans: Iterable[Span]) -> timedelta:
    nothing = timedelta(0)
    return sum(
        (max(nothing, min(end, one.end or end) - max(start, one.start)) for one in spans), nothing
    )


def _first_free(at: datetime, spans: Iterable[Span]) -> datetime:
    for span in spans:
        if span.start <= at and (span.end is None or at < span.end):
            at = span.end or datetime.max.replace(tzinfo=at.tzinfo)
    return at


def _text_of(message: Message, card: Any) -> str:  # noqa: ANN401 - a card of the bot's
    return Message(message.id, message.channel_id, message.at, message.nonce, card).text


async def faults_of(life: Ordeal) -> list[str]:
    """Everything that was wrong with a life."""
    return await life.db.read(_faults, life)


def _faults(conn: Connection, life: Ordeal) -> list[str]:
    verdict = Verdict(
        life,
        {row.id: row for row in conn.execute(select(tables.sessions))},
        list(conn.execute(select(tables.attendances)).all()),
        {row.id: row for row in conn.execute(select(tables.moments))},
        list(conn.execute(select(tables.memberships)).all()),
    )
    return list(verdict.faults())
