"""The rules for the words after a miss: when they come, what they are about, who stands in them.

Each rule yields what breaks it. They are written from the design's section on encouragement, and
know nothing of the bot's code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tests.year.account import Version
from tests.year.almanac import clock
from tests.year.deeds import Wished, Wishes
from tests.year.ledger import Ledger
from tests.year.reading import RECAP, Said, count_in, names_in

HEARD_AT = time(9)
QUIET_FROM, QUIET_UNTIL = time(21, 30), time(7)
GRACE = timedelta(minutes=3)
"""How late something may be that the bot was kept from: it starts, and looks what is due."""
NAMED_AT_MOST, NAMED_WITHIN = 2, timedelta(days=7)
COUNTED_FROM, COUNTED_IN = 3, 6
REDRAWN_WITHIN = timedelta(minutes=5)


def one_a_day(ledger: Ledger) -> Iterator[str]:
    """A group hears at most one encouragement a day, by itself or within its recap."""
    days = Counter(ledger.year.day_of(one.at) for one in ledger.reading.encouragements())
    for on, times in days.items():
        if times > 1:
            yield f"{on}: {times} encouragements"


def owed_and_no_more(ledger: Ledger) -> Iterator[str]:
    """There is one on the morning after somebody let a day go by, and on no other morning.

    For those alone who want letters or silence there is none in public.
    """
    told = {_about(ledger, one): one for one in ledger.reading.encouragements()}
    for one in ledger.reading.encouragements():
        if _about(ledger, one) is None:
            yield f"{one.at}: there are words, and no day had settled"
    for on, settled_at in ledger.days_settled():
        due_at = _due_at(ledger, settled_at)
        if due_at is None or due_at > _end(ledger):
            continue
        concerned = [who for who in ledger.concerned(on, due_at) if _listens(ledger, who, due_at)]
        post = told.get(on)
        if concerned and post is None:
            yield f"{on}: nothing was said, and {concerned} gave no answer"
        elif not concerned and post is not None:
            yield f"{on}: something was said, and nobody was concerned"
        elif post is not None and not due_at <= post.at <= due_at + GRACE:
            yield f"{on}: said at {post.at}, and due at {due_at}"


def fitting(ledger: Ledger) -> Iterator[str]:
    """Its words are for a situation that somebody is in, or for a day that most of them missed."""
    for one in ledger.reading.encouragements():
        on = _about(ledger, one)
        concerned = [] if on is None else ledger.concerned(on, one.at)
        if on is None or not concerned or one.kind is None:
            continue
        if one.kind == "most_missed":
            if 2 * len(concerned) <= len(ledger.could_come(on, one.at)):
                yield f"{one.at}: most missed, and {len(concerned)} were concerned"
        elif not any(one.kind in ledger.situations(who, on, one.at) for who in concerned):
            yield f"{one.at}: {one.kind} is nobody's situation"


def named_by_consent(ledger: Ledger) -> Iterator[str]:
    """Only those are named who agreed to be, and who want to hear of it in the channel."""
    for one, who in _named(ledger):
        wishes = ledger.wishes(who, one.at)
        if wishes is None or not _may_be_named(wishes):
            yield f"{one.at}: {who} is named and did not agree"


def named_only_if_concerned(ledger: Ledger) -> Iterator[str]:
    """Only those are named who gave no answer on the day in question, and are still there."""
    for one, who in _named(ledger):
        on = _about(ledger, one)
        if on is not None and who not in ledger.concerned(on, one.at):
            yield f"{one.at}: {who} is named and is not concerned"


def named_twice_a_week(ledger: Ledger) -> Iterator[str]:
    """Nobody is named more than twice in any seven days."""
    times: dict[str, list[datetime]] = {}
    for one, who in _named(ledger):
        times.setdefault(who, []).append(one.at)
    for who, named in times.items():
        for first, third in zip(named, named[NAMED_AT_MOST:], strict=False):
            if third - first < NAMED_WITHIN:
                yield f"{who} is named thrice from {first} to {third}"


def silent_are_let_be(ledger: Ledger) -> Iterator[str]:
    """Nobody is named or pinged who has not been heard of for fourteen days."""
    for post in ledger.year.messages:
        for who in post.first.pings:
            if ledger.is_silent(who, post.at):
                yield f"{post.at}: {who} is pinged and was silent for 14 days"
    for one, who in _named(ledger):
        if ledger.is_silent(who, one.at):
            yield f"{one.at}: {who} is named and was silent for 14 days"


def counts_give_nobody_away(ledger: Ledger) -> Iterator[str]:
    """A number is told only of three or more, in a group of six or more, and it is true."""
    for one in ledger.reading.encouragements():
        named = names_in(one.thinking, ledger.year.people)
        told = count_in(one.thinking, len(named))
        on = _about(ledger, one)
        if told is None or on is None:
            continue
        group, concerned = ledger.members(one.at), ledger.concerned(on, one.at)
        if told < COUNTED_FROM or len(group) < COUNTED_IN:
            yield f"{one.at}: it counts {told} in a group of {len(group)}"
        if told != len(concerned):
            yield f"{one.at}: it counts {told}, and {len(concerned)} were concerned"


def taken_out(ledger: Ledger) -> Iterator[str]:
    """A name goes when its owner answers after all, or would rather not stand there."""
    for one in ledger.reading.encouragements():
        on = _about(ledger, one)
        if on is None:
            continue
        for version, until in _lives(one.post.versions, _end(ledger)):
            for again in ledger.reading.said_in(one.post, version):
                for who in names_in(again.thinking, ledger.year.people):
                    at = until - REDRAWN_WITHIN
                    if at > version.at and _is_wrong(ledger, who, on, at):
                        yield f"{one.at}: {who} still stood in it at {at}"


def counted_still(ledger: Ledger) -> Iterator[str]:
    """A message that was changed still tells no number that would give somebody away."""
    for one in ledger.reading.encouragements():
        for version in one.post.versions[1:]:
            for again in ledger.reading.said_in(one.post, version):
                named = names_in(again.thinking, ledger.year.people)
                told = count_in(again.thinking, len(named))
                if told is not None and told < COUNTED_FROM:
                    yield f"{one.at}: after a change it counts {told}"


def recaps_name_no_absence(ledger: Ledger) -> Iterator[str]:
    """A recap, which stays as it was posted, names nobody for having been away."""
    for one, who in _named(ledger):
        if any(other.is_one_of((RECAP,)) for other in ledger.reading.said(one.post)):
            yield f"{one.at}: {who} is named in the recap for being away"


def _listens(ledger: Ledger, who: str, at: datetime) -> bool:
    """Say whether somebody wants to hear of the group in its channel."""
    wishes = ledger.wishes(who, at)
    return wishes is not None and wishes.reach == "channel"


def _named(ledger: Ledger) -> Iterator[tuple[Said, str]]:
    """Return everybody who is named in words after a miss as they were posted."""
    for one in ledger.reading.encouragements():
        for who in names_in(one.thinking, ledger.year.people):
            yield one, who


def _about(ledger: Ledger, one: Said) -> date | None:
    """Return the day that words are about: the latest that had settled on the day of posting."""
    today = ledger.year.day_of(one.at)
    days = [
        on
        for on, settled_at in ledger.days_settled()
        if settled_at <= one.at and ledger.year.day_of(settled_at) == today
    ]
    return max(days, default=None)


def _due_at(ledger: Ledger, settled_at: datetime) -> datetime | None:
    """Return when the words for a day come; None where there is no time for them that day."""
    today = ledger.year.day_of(settled_at)
    due_at = max(clock(today, HEARD_AT), settled_at)
    for away in ledger.year.aways:
        if away.start <= due_at < away.end:
            due_at = away.end
    local = due_at.astimezone(ledger.year.zone)
    late = local.date() != today or local.time() >= QUIET_FROM
    return None if late else due_at


def _end(ledger: Ledger) -> datetime:
    return clock(ledger.year.last_on + timedelta(days=1), time(10))


def _may_be_named(wishes: Wishes) -> bool:
    return wishes.named and wishes.reach == "channel"


def _is_wrong(ledger: Ledger, who: str, on: date, at: datetime) -> bool:
    """Say whether somebody should not be named any more in the words for a day.

    Who takes consent back is taken out of the last week's words; older ones are history.
    """
    answered = any(
        ledger.answer(who, session, at) is not None
        for session in ledger.sessions
        if session.on == on
    )
    taken_back = any(
        isinstance(deed, Wished)
        and not deed.wishes.named
        and on < ledger.year.day_of(deed.at) <= on + NAMED_WITHIN
        and deed.at <= at
        for deed in ledger.year.of(who)
    )
    wishes = ledger.wishes(who, at)
    return answered or (taken_back and wishes is not None and not wishes.named)


def _lives(versions: tuple[Version, ...], end: datetime) -> Iterator[tuple[Version, datetime]]:
    """Return each version, and until when it stood."""
    for number, version in enumerate(versions):
        yield version, versions[number + 1].at if number + 1 < len(versions) else end
