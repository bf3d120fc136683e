"""What else happened on a day: who joined, left, paused, came back, and what became of the bot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.year.almanac import START
from tests.year.deeds import (
    Answered,
    CalledOff,
    Deed,
    Doors,
    Joined,
    Left,
    Paused,
    Wished,
    Wishes,
)
from tests.year.ledger import RETURN_WITHIN, Ledger
from tests.year.prose import from_to, full_day, hour, name, span
from tests.year.reading import comeback_in

LONG_GONE = timedelta(days=10)
"""From when on it is told that somebody is back."""
LONG_STOPPED = timedelta(minutes=30)
LATE = timedelta(minutes=10)
_REACHES = {
    "channel": "would like to hear from Amble in the channel",
    "dm": "would like letters from now on",
    "silent": "would like to hear nothing for a while",
}


def happenings(ledger: Ledger, on: date) -> Iterator[str]:
    """Return what a day brought besides its walks, a sentence or two each."""
    yield from _stopped(ledger, on)
    for deed in ledger.year.deeds:
        if ledger.year.day_of(deed.at) == on:
            yield from _told(ledger, deed)


def _stopped(ledger: Ledger, on: date) -> Iterator[str]:
    year = ledger.year
    for away in year.aways:
        if year.day_of(away.start) == on and away.end - away.start > LONG_STOPPED:
            yield f"Amble was stopped from {hour(away.start, year)} to {hour(away.end, year)}."
    for session in ledger.sessions:
        if session.on == on and session.prompt.at - session.starts_at > LATE:
            late = session.prompt.first.raw.splitlines()
            excuse = next((line for line in late if line.startswith("I was away")), "")
            yield f"It asked at {hour(session.prompt.at, year)}: “{excuse}”"


def _told(ledger: Ledger, deed: Deed) -> Iterator[str]:
    who = name(deed.who)
    match deed:
        case Joined():
            yield from _joined(ledger, deed)
        case Left():
            yield f"{who} left the group, and heard: “{deed.heard}”"
        case Wished():
            yield _wished(ledger, deed)
        case Paused(by=by) if by == deed.who:
            yield f"{who} will be away from {from_to(deed.first, deed.last)}, and pauses."
        case Paused():
            days = from_to(deed.first, deed.last)
            yield f"Rosa heard that {who} is ill, and excused {who} from {days}."
        case CalledOff():
            one = deed.first == deed.last
            days = full_day(deed.first) if one else from_to(deed.first, deed.last)
            yield f"Rosa called off {days}."
        case Doors(open=False):
            yield f"{who} closed the door to direct messages; the next letter was the last."
        case Doors():
            yield f"{who} opened the door to direct messages again, but had not asked for any yet."
        case Answered():
            yield from _came_back(ledger, deed)
        case _:
            return


def _joined(ledger: Ledger, deed: Joined) -> Iterator[str]:
    before = [
        one.at for one in ledger.year.of(deed.who) if isinstance(one, Left) and one.at < deed.at
    ]
    if before:
        gone = deed.at - before[-1]
        finds = "found everything as it was" if gone <= RETURN_WITHIN else "began afresh"
        yield f"{name(deed.who)} joined again after {span(gone)}, and {finds}."
    elif ledger.year.day_of(deed.at) > START:
        yield f"{name(deed.who)} joined."


def _wished(ledger: Ledger, deed: Wished) -> str:
    before = ledger.wishes(deed.who, deed.at - timedelta(seconds=1)) or Wishes()
    now = deed.wishes
    if before.reach != now.reach:
        return f"{name(deed.who)} {_REACHES[now.reach]}."
    if before.named != now.named:
        wish = "may be named again" if now.named else "would rather not be named any more"
        return f"{name(deed.who)} {wish}."
    if before.pinged != now.pinged:
        return f"{name(deed.who)} {'may be pinged again' if now.pinged else 'wants no more pings'}."
    return f"{name(deed.who)} asked for letters again."


def _came_back(ledger: Ledger, deed: Answered) -> Iterator[str]:
    before = ledger.last_sign(deed.who, deed.at - timedelta(seconds=1))
    words = comeback_in(deed.heard)
    if before is not None and deed.at - before > LONG_GONE and words is not None:
        gone = span(deed.at - before)
        yield f"{name(deed.who)} was back after {gone}, and heard, alone: “{words}”"
