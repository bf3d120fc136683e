"""The year in figures: how much there was of it all, and the extremes that the rules are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tests.year.account import KEPT, Year
from tests.year.ledger import Ledger
from tests.year.reading import (
    ENCOURAGE,
    LETTER,
    LETTER_NUDGE,
    NUDGE,
    RECAP,
    Said,
    count_in,
    encouragements,
    everything_said,
    names_in,
)
from tests.year.story import KINDS

_LATEST = datetime.max.replace(tzinfo=UTC)
_WEEK = timedelta(days=7)


def figures(year: Year) -> Iterator[str]:
    """Return two tables and a sentence."""
    yield _table(_amounts(year))
    kinds = Counter(one.kind for one in encouragements(year))
    told = [f"{count} × {KINDS.get(kind, kind)}" for kind, count in kinds.most_common()]
    yield f"The situations that the words were for: {', '.join(told)}."
    yield _table(_extremes(year))


def _amounts(year: Year) -> Iterator[tuple[str, object]]:
    ledger = Ledger(year)
    outcomes = Counter(
        ledger.outcome(who, session, _LATEST) for session in ledger.sessions for who in year.people
    )
    words = encouragements(year)
    yield "Walks that were asked about", len(ledger.sessions)
    yield "Times somebody came", sum(outcomes[one] for one in KEPT)
    yield "Times somebody rested, or had a sore back", outcomes["rest"] + outcomes["sore"]
    yield "Times nothing was heard from somebody", outcomes["missed"]
    yield "Mornings on which Amble had words for those", len(words)
    yield "Walks after which there was nobody to find words for", _content(ledger, words)
    yield "Names in those words", sum(len(_named(one, year)) for one in words)
    yield "Reminders in the channel", len(everything_said(year, NUDGE))
    yield "Letters, reminders among them", len(everything_said(year, LETTER, LETTER_NUDGE))
    yield "Times the bot was stopped and started again", len(year.aways)


def _content(ledger: Ledger, words: list[Said]) -> int:
    return len([*ledger.days_settled()]) - len(words)


def _extremes(year: Year) -> Iterator[tuple[str, object]]:
    words = encouragements(year)
    days = Counter(year.day_of(one.at) for one in words)
    pings = [
        (post.at, who)
        for post in year.messages
        for version in post.versions
        for who in version.pings
    ]
    counts = [
        told
        for one in words
        if (told := count_in(one.thinking, len(_named(one, year)))) is not None
    ]
    timely = everything_said(year, ENCOURAGE, NUDGE, RECAP, LETTER, LETTER_NUDGE)
    hours = [one.at.astimezone(year.zone).time() for one in timely]
    yield "Most encouragements on one day", max(days.values(), default=0)
    yield "Most namings of one person in seven days", _most_in_a_week(year, words)
    yield "Smallest number that was counted", min(counts, default="–")
    yield "Pings, each to somebody who had asked for them and not answered", len(pings)
    yield (
        "Earliest and latest that anything came which could wait",
        (f"{min(hours):%H:%M}, {max(hours):%H:%M}" if hours else "–"),
    )
    yield "Fewest other wordings before one was heard again", _shortest_return(words)


def _most_in_a_week(year: Year, words: list[Said]) -> int:
    named = [(one.at, who) for one in words for who in _named(one, year)]
    return max(
        (
            sum(other == who and timedelta(0) <= at - first < _WEEK for at, other in named)
            for first, who in named
        ),
        default=0,
    )


def _shortest_return(words: list[Said]) -> object:
    """Return after how many others of its situation a wording came again, at the least."""
    used: dict[str, list[str]] = {}
    shortest: list[int] = []
    for one in words:
        heard = used.setdefault(one.family, [])
        if one.key in heard:
            shortest.append(
                len(heard) - 1 - max(n for n, key in enumerate(heard) if key == one.key)
            )
        heard.append(one.key)
    return min(shortest, default="none was")


def _named(one: Said, year: Year) -> list[str]:
    return names_in(one.thinking, year.people)


def _table(rows: Iterator[tuple[str, object]]) -> str:
    return "\n".join(["| | |", "| --- | ---: |", *(f"| {what} | {much} |" for what, much in rows)])
