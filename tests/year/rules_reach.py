"""The rules for how words reach people: quiet hours, pings, letters, silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from tests.year.account import Posted
from tests.year.deeds import Doors, Wished
from tests.year.ledger import Ledger
from tests.year.reading import (
    AT_RISK,
    ENCOURAGE,
    LETTER,
    LETTER_NUDGE,
    NUDGE,
    TIMELY,
    WAY_BACK,
    Said,
    names_in,
    start_of,
    visible,
)

QUIET_FROM, QUIET_UNTIL = time(21, 30), time(7)
SPREAD = timedelta(seconds=5)
"""Letters of one occasion do not come all at once."""
WORTH_A_WORD = 3
"""A streak from which on it is worth a word that it is at risk."""


def quiet_hours(ledger: Ledger) -> Iterator[str]:
    """Nothing that could wait comes between 21:30 and 07:00."""
    letters = [(post.at, "a letter") for post in ledger.year.messages if not post.is_public]
    timely = [(one.at, one.key) for one in ledger.reading.everything(*TIMELY)]
    for at, what in [*letters, *timely]:
        local = at.astimezone(ledger.year.zone).time()
        if local >= QUIET_FROM or local < QUIET_UNTIL:
            yield f"{at}: {what} came in quiet hours"


def pings_only_the_awaited(ledger: Ledger) -> Iterator[str]:
    """Only reminders ping, and only those who asked for that and have not answered."""
    for post in ledger.year.messages:
        for who in post.first.pings:
            if not any(one.family == NUDGE for one in ledger.reading.said(post)):
                yield f"{post.at}: {who} is pinged, and not by a nudge"
                continue
            wishes = ledger.wishes(who, post.at)
            if wishes is None or not wishes.pinged or wishes.reach != "channel":
                yield f"{post.at}: {who} is pinged and did not ask for it"
            if not _is_awaited(ledger, post, who):
                yield f"{post.at}: {who} is pinged and had answered, or was not asked"
        for version in post.versions[1:]:
            yield from (f"{version.at}: a change pings {who}" for who in version.pings)


def one_nudge_a_day(ledger: Ledger) -> Iterator[str]:
    """A group is reminded at most once a day."""
    days = Counter(ledger.year.day_of(one.at) for one in ledger.reading.everything(NUDGE))
    yield from (f"{on}: reminded {times} times" for on, times in days.items() if times > 1)


def letters_only_on_request(ledger: Ledger) -> Iterator[str]:
    """Letters go only to those who asked for them and are still meant, one after another."""
    letters = ledger.reading.everything(LETTER, LETTER_NUDGE, AT_RISK)
    for one in letters:
        who = one.post.place
        if not _letter_fits(ledger, one):
            yield f"{one.at}: {who} gets {one.family} and had answered, or was not asked"
    for one, other in pairwise(letters):
        if other.at - one.at < SPREAD:
            yield f"{other.at}: letters to {one.post.place} and {other.post.place} at once"
    risks = {one.post.id for one in letters if one.family == AT_RISK}
    for post in ledger.year.messages:
        wishes = ledger.wishes(post.place, post.at)
        if post.is_public or (wishes is not None and wishes.reach == "dm"):
            continue
        if post.id not in risks or wishes is None or not wishes.warned:
            yield f"{post.at}: {post.place} gets a letter and did not ask for it"


def one_letter_a_morning(ledger: Ledger) -> Iterator[str]:
    """A member gets one letter after a day at most: kind words, or ways back."""
    letters = [(one.post.place, one.at) for one in ledger.reading.everything(LETTER, WAY_BACK)]
    days = Counter((who, ledger.year.day_of(at)) for who, at in letters)
    yield from (f"{on}: {who} got {n} letters" for (who, on), n in days.items() if n > 1)


def shut_doors_are_left(ledger: Ledger) -> Iterator[str]:
    """Who has refused a letter gets no more of them until they ask again."""
    for who in ledger.year.people:
        doors = [one for one in ledger.year.of(who) if isinstance(one, Doors)]
        asked = [one.at for one in ledger.year.of(who) if isinstance(one, Wished)]
        shut_at = next((one.at for one in doors if not one.open), None)
        if shut_at is None:
            continue
        again_at = next(
            (at for at in asked if at > shut_at), datetime.max.replace(tzinfo=shut_at.tzinfo)
        )
        tried = [at for at, whom in ledger.year.tries if whom == who and shut_at < at < again_at]
        if len(tried) > 1:
            yield f"{who} was written to at {tried[1:]}, and had refused a letter at {tried[0]}"


def silence_is_kept(ledger: Ledger) -> Iterator[str]:
    """Who wants silence has it: no name after a miss, no ping, no letter."""
    for post in ledger.year.messages:
        there = {*post.first.pings, *([] if post.is_public else [post.place])}
        for one in ledger.reading.said(post):
            if one.is_one_of((ENCOURAGE,)):
                there.update(names_in(one.thinking, ledger.year.people))
        for who in there:
            wishes = ledger.wishes(who, post.at)
            if wishes is not None and wishes.reach == "silent":
                yield f"{post.at}: {who} wanted silence"


def no_name_elsewhere(ledger: Ledger) -> Iterator[str]:
    """A prompt names those who came and agreed to it, and never who has not answered."""
    by_start = {session.starts_at: session for session in ledger.sessions}
    for post in ledger.year.messages:
        starts_at = start_of(post)
        if starts_at is None:
            continue
        session = by_start[starts_at]
        for version in post.versions:
            told = visible(version.raw).replace(ledger.year.group, "")
            for who in names_in(told, ledger.year.people):
                wishes = ledger.wishes(who, version.at)
                if wishes is None or not wishes.named:
                    yield f"{version.at}: {who} stands in a prompt and did not agree"
                if ledger.answer(who, session, version.at) not in ("done", "partly"):
                    yield f"{version.at}: {who} stands in a prompt and did not say they came"


def _is_awaited(ledger: Ledger, post: Posted, who: str) -> bool:
    """Say whether an answer of somebody's to a session of the day was still open."""
    today = ledger.year.day_of(post.at)
    return ledger.is_member(who, post.at) and any(
        session.on == today
        and session.starts_at <= post.at
        and ledger.is_asked(who, session, post.at)
        and ledger.answer(who, session, post.at) is None
        for session in ledger.sessions
    )


def _letter_fits(ledger: Ledger, one: Said) -> bool:
    who = one.post.place
    if one.family == LETTER_NUDGE:
        return _is_awaited(ledger, one.post, who)
    if one.family == AT_RISK:
        now = ledger.standing(who, one.at)
        at_risk = now.streak >= WORTH_A_WORD and now.tokens == 0
        return at_risk and _is_awaited(ledger, one.post, who)
    return any(
        who in ledger.concerned(on, one.at) and one.kind in ledger.situations(who, on, one.at)
        for on in _settled_today(ledger, one)
    )


def _settled_today(ledger: Ledger, one: Said) -> set[date]:
    today = ledger.year.day_of(one.at)
    return {
        on
        for on, settled_at in ledger.days_settled()
        if settled_at <= one.at and ledger.year.day_of(settled_at) == today
    }
