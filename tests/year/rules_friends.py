"""The rules for what members do for each other, and for the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.end_to_end.account_words import pattern_of
from tests.year.account import Whisper
from tests.year.deeds import Agreed, Buddying, Cheered, Proposed
from tests.year.ledger import LONG_AWAY, SILENT_AFTER, Ledger
from tests.year.reading import BUDDY_MISSED, CHEERED, WAY_BACK, names_in, visible

A_WEEK = timedelta(days=7)
NEWS_FOR = timedelta(days=3)
"""How long that a buddy was not there is worth a word."""
SEVERAL = 3
"""Misses in a row after which somebody is offered a way back."""
_COMPANY = ("notice.paired", "buddy.tells", "buddy.hushes")


def misses_are_told_by_agreement(ledger: Ledger) -> Iterator[str]:
    """A buddy hears of a miss only if both agreed to it, and only of one that was."""
    people = ledger.year.people
    for whisper, match in ledger.reading.whispered(BUDDY_MISSED):
        for who in names_in(match[0], people):
            if not (_tells(ledger, who, whisper.at) and _tells(ledger, whisper.who, whisper.at)):
                yield f"{whisper.at}: {whisper.who} heard of {who}, and not both had agreed"
            if not _missed_lately(ledger, who, whisper.at):
                yield f"{whisper.at}: {whisper.who} heard of {who}, who had not missed"
            if not _are_buddies(ledger, whisper, who):
                yield f"{whisper.at}: {whisper.who} heard of {who}, who is no buddy of theirs"


def misses_are_told_once_a_week(ledger: Ledger) -> Iterator[str]:
    """A buddy hears of the same one's misses once a week at most."""
    told: dict[tuple[str, str], datetime] = {}
    for whisper, match in ledger.reading.whispered(BUDDY_MISSED):
        for who in names_in(match[0], ledger.year.people):
            before = told.get((whisper.who, who))
            # What waits for the next private answer may be read up to three days later.
            if before is not None and whisper.at - before < A_WEEK - NEWS_FOR:
                yield f"{whisper.at}: {whisper.who} heard of {who}, as at {before}"
            told[whisper.who, who] = whisper.at


def cheers_once_a_day(ledger: Ledger) -> Iterator[str]:
    """One cheer a day from one to another, and none to who would rather have none."""
    given = [
        (one.who, whom, ledger.year.day_of(one.at), one.at)
        for one in ledger.year.deeds
        if isinstance(one, Cheered)
        for whom in one.whom
    ]
    for (who, whom, on), times in Counter(one[:3] for one in given).items():
        if times > 1:
            yield f"{on}: {who} cheered {whom} {times} times"
    for who, whom, _, at in given:
        wishes = ledger.wishes(whom, at)
        if wishes is None or not wishes.cheered or not ledger.is_member(whom, at):
            yield f"{at}: {who} cheered {whom}, who takes no cheers or is not there"


def cheers_arrive_once(ledger: Ledger) -> Iterator[str]:
    """A cheer is told once to the one it was for, with the names of those who gave it."""
    told: dict[str, Counter[str]] = {}
    for whisper, match in ledger.reading.whispered(CHEERED):
        for who in names_in(match[0], ledger.year.people):
            told.setdefault(whisper.who, Counter())[who] += 1
            given = sum(
                isinstance(one, Cheered) and whisper.who in one.whom and one.who == who
                for one in ledger.year.deeds
                if one.at <= whisper.at
            )
            if told[whisper.who][who] > given:
                yield f"{whisper.at}: {whisper.who} heard of more cheers from {who} than were given"


def ways_back_when_due(ledger: Ledger) -> Iterator[str]:
    """A way back is offered after three misses in a row, and once for each silence."""
    last: dict[str, datetime] = {}
    for whisper, _ in ledger.reading.whispered(WAY_BACK):
        before = last.get(whisper.who)
        if before is not None and whisper.at - before < SILENT_AFTER:
            yield f"{whisper.at}: {whisper.who} was offered a way back at {before} already"
        last[whisper.who] = whisper.at
        if not _fell_silent(ledger, whisper.who, whisper.at):
            yield f"{whisper.at}: {whisper.who} is offered a way back, and was there"


def _tells(ledger: Ledger, who: str, at: datetime) -> bool:
    """Say whether buddies may hear of somebody's misses, as they last chose."""
    steps = [
        one.step
        for one in ledger.year.of(who)
        if isinstance(one, Buddying) and one.step in ("tell", "hush") and one.at <= at
    ]
    return bool(steps) and steps[-1] == "tell"


def _missed_lately(ledger: Ledger, who: str, at: datetime) -> bool:
    """Say whether somebody let a day go by that was settled within the last three."""
    return any(
        timedelta(0) <= at - settled_at < NEWS_FOR + timedelta(days=1)
        and who in ledger.concerned(on, _morning(settled_at))
        for on, settled_at in ledger.days_settled()
    )


def _morning(settled_at: datetime) -> datetime:
    """Return the time at which words for a day are drawn up, or soon after."""
    return settled_at + timedelta(hours=6)


def _are_buddies(ledger: Ledger, whisper: Whisper, who: str) -> bool:
    """Say whether one of the two had ever read that they look out for each other.

    Who asked for a buddy, or said yes to one, has it on the card; the other is told.
    """
    patterns = [pattern_of(key) for key in _COMPANY]
    for earlier in ledger.reading.whispers:
        if earlier.at > whisper.at or earlier.who not in (whisper.who, who):
            continue
        other = who if earlier.who == whisper.who else whisper.who
        for line in visible(earlier.raw).splitlines():
            if any(one.search(line) for one in patterns) and names_in(line, [other]):
                return True
    return any(
        isinstance(one, Agreed | Proposed) and one.who in (whisper.who, who)
        for one in ledger.year.deeds
    )


def _fell_silent(ledger: Ledger, who: str, at: datetime) -> bool:
    """Say whether somebody had missed three in a row lately, or two with a long silence.

    What waits for the next private answer is read when the row may have ended: so the days
    before that count as well.
    """
    return any(
        ledger.standing(who, session.settled_at, session).misses >= SEVERAL
        or (
            ledger.standing(who, session.settled_at, session).misses > 1
            and ledger.is_silent(who, session.settled_at, LONG_AWAY)
        )
        for session in ledger.sessions
        if session.settled_at is not None and session.settled_at <= at
    )
