"""What else happened on a day: who joined, left, paused, came back, and what became of the bot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from tests.year.almanac import DAY, START, clock
from tests.year.deeds import (
    Agreed,
    Answered,
    Buddying,
    CalledOff,
    Deed,
    Doors,
    Joined,
    Left,
    OwnOnly,
    OwnWords,
    Paused,
    Proposed,
    Toned,
    Wished,
    Wishes,
)
from tests.year.ledger import RETURN_WITHIN, SILENT_AFTER, Ledger
from tests.year.prose import from_to, full_day, hour, name, names, span
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


_BUDDIES = {
    "join": "asked for a buddy",
    "tell": "let their buddies hear of a miss from now on",
    "hush": "would rather not have their buddy hear of a miss",
    "swap": "asked for another buddy",
    "stop": "walks without a buddy for now",
}


def happenings(ledger: Ledger, on: date) -> Iterator[str]:
    """Return what a day brought besides its walks, a sentence or two each."""
    yield from _stopped(ledger, on)
    yield from _let_be(ledger, on)
    today = [deed for deed in ledger.year.deeds if ledger.year.day_of(deed.at) == on]
    for deed in today:
        for told in (_membership, _coming_and_going, _voice):
            yield from told(ledger, deed)
    for step, text in _BUDDIES.items():
        people = [one.who for one in today if isinstance(one, Buddying) and one.step == step]
        if people:
            yield f"{names(people)} {text}."


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


def _let_be(ledger: Ledger, on: date) -> Iterator[str]:
    """Tell of those who have not been heard of for so long that nothing is said of them now."""
    noon = clock(on, time(12))
    for who in ledger.members(noon):
        last = ledger.last_sign(who, noon)
        silent_for = timedelta(0) if last is None else noon - last
        reached = SILENT_AFTER <= silent_for < SILENT_AFTER + DAY
        if reached and not ledger.is_paused(who, on, noon):
            yield f"{name(who)} had not been heard of for two weeks, and is left in peace."


def _membership(ledger: Ledger, deed: Deed) -> Iterator[str]:
    who = name(deed.who)
    match deed:
        case Joined():
            yield from _joined(ledger, deed)
        case Left():
            yield f"{who} left the group, and heard: “{deed.heard}”"
        case Wished():
            yield _wished(ledger, deed)
        case Doors(open=False):
            yield f"{who} closed the door to direct messages; the next letter was the last."
        case Doors():
            yield f"{who} opened the door to direct messages again, but had not asked for any yet."
        case _:
            return


def _coming_and_going(ledger: Ledger, deed: Deed) -> Iterator[str]:
    who = name(deed.who)
    match deed:
        case Answered():
            yield from _came_back(ledger, deed)
        case Paused(by=by) if by == deed.who:
            yield f"{who} will be away from {from_to(deed.first, deed.last)}, and pauses."
        case Paused():
            days = from_to(deed.first, deed.last)
            yield f"Rosa heard that {who} is ill, and excused {who} from {days}."
        case CalledOff():
            one = deed.first == deed.last
            days = full_day(deed.first) if one else from_to(deed.first, deed.last)
            yield f"Rosa called off {days}."
        case Proposed():
            yield f"{who} asked {name(deed.whom)} to be buddies."
        case Agreed():
            yield f"{who} said yes, and has a buddy."
        case _:
            return


def _voice(_: Ledger, deed: Deed) -> Iterator[str]:
    match deed:
        case Toned():
            yield f"Rosa would like Amble to sound {deed.tone} from now on."
        case OwnWords(kept=True):
            yield "Rosa wrote some words of the group's own."
        case OwnWords():
            yield f"Rosa took words of the group's own away again: “{deed.text}”"
        case OwnOnly():
            how = "alone" if deed.alone else "beside Amble's again"
            yield f"The group's own words are said {how} from now on."
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
    if before.cheered != now.cheered:
        return f"{name(deed.who)} {'takes cheers again' if now.cheered else 'wants no cheers'}."
    return f"{name(deed.who)} asked for letters again."


def _came_back(ledger: Ledger, deed: Answered) -> Iterator[str]:
    before = ledger.last_sign(deed.who, deed.at - timedelta(seconds=1))
    words = comeback_in(deed.heard)
    if before is not None and deed.at - before > LONG_GONE and words is not None:
        gone = span(deed.at - before)
        yield f"{name(deed.who)} was back after {gone}, and heard, alone: “{words}”"
