"""The year in figures: how much there was of it all, and the extremes that the rules are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tests.year.account import Year
from tests.year.deeds import KEPT, Cheered
from tests.year.ledger import Ledger
from tests.year.reading import NUDGE, TIMELY, Said, count_in, names_in
from tests.year.story import KINDS

_LATEST = datetime.max.replace(tzinfo=UTC)
_WEEK = timedelta(days=7)


def figures(ledger: Ledger) -> Iterator[str]:
    """Return two tables and a sentence."""
    yield _table(_amounts(ledger))
    kinds = Counter(one.kind for one in ledger.reading.encouragements() if one.kind is not None)
    told = [f"{count} × {KINDS[kind]}" for kind, count in kinds.most_common()]
    yield f"The situations that the words were for: {', '.join(told)}."
    yield _table(_extremes(ledger))


def _amounts(ledger: Ledger) -> Iterator[tuple[str, object]]:
    year, reading = ledger.year, ledger.reading
    outcomes = Counter(
        ledger.outcome(who, session, _LATEST) for session in ledger.sessions for who in year.people
    )
    words = reading.encouragements()
    days = len([*ledger.days_settled()])
    yield "Walks that were asked about", len(ledger.sessions)
    yield "Times somebody came", sum(outcomes[one] for one in KEPT)
    yield "Times somebody rested, or had a sore back", outcomes["rest"] + outcomes["sore"]
    yield "Times nothing was heard from somebody", outcomes["missed"]
    yield "Mornings on which Amble had words for those", len(words)
    yield "Mornings on which there was nobody to find words for", days - len(words)
    yield "Names in those words", sum(len(_named(one, year)) for one in words)
    yield "Reminders in the channel", len(reading.everything(NUDGE))
    yield "Letters to those who asked for them", sum(not one.is_public for one in year.messages)
    yield "Cheers", sum(len(one.whom) for one in year.deeds if isinstance(one, Cheered))
    yield "Times the bot was stopped and started again", len(year.aways)


def _extremes(ledger: Ledger) -> Iterator[tuple[str, object]]:
    year, words = ledger.year, ledger.reading.encouragements()
    days = Counter(year.day_of(one.at) for one in words)
    pings = [who for post in year.messages for one in post.versions for who in one.pings]
    counts = [
        told
        for one in words
        if (told := count_in(one.thinking, len(_named(one, year)))) is not None
    ]
    hours = [one.at.astimezone(year.zone).time() for one in ledger.reading.everything(*TIMELY)]
    yield "Most encouragements on one day", max(days.values(), default=0)
    yield "Most namings of one person in seven days", _most_in_a_week(year, words)
    yield "Smallest number that was told", min(counts, default="–")
    yield "Pings, each to somebody who had asked for them and not answered", len(pings)
    yield (
        "Earliest and latest hour of what could wait",
        (f"{min(hours):%H:%M}, {max(hours):%H:%M}" if hours else "–"),
    )
    yield "Fewest others of Amble's words before some were heard again", _shortest_return(words)


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
    """Return after how many others of its situation a wording of Amble's came again, at least."""
    used: dict[str, list[str]] = {}
    shortest: list[int] = []
    for one in words:
        if not one.tone:
            continue
        heard = used.setdefault(f"{one.tone}.{one.family}", [])
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
