"""The page: a year to be read from top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.year.account import KEPT, Year
from tests.year.almanac import DAY
from tests.year.judge import RULES
from tests.year.people import CAST
from tests.year.prose import name
from tests.year.reading import (
    LETTER,
    LETTER_NUDGE,
    NUDGE,
    encouragements,
    everything_said,
    names_in,
)
from tests.year.story import KINDS, Story

WITHIN_A_WEEK = timedelta(days=7)


def page(year: Year) -> str:
    """Return the page in Markdown."""
    parts = [*_opening(year), *_figures(year), *_people(year), *_months(year)]
    return "\n\n".join(parts) + "\n"


def _opening(year: Year) -> Iterator[str]:
    yield f"# A year of the {year.group}"
    yield (
        "Thirty people walk together by a harbour, four mornings a week. They are made up, and so "
        "is the weather; the bot is the real one, and everything quoted here is what stood in "
        "their channel or in their letters, word for word. The year was lived through with a "
        "clock that was moved on (`make year`), and held against the rules below."
    )


def _figures(year: Year) -> Iterator[str]:
    story = Story(year)
    answers = Counter(
        story.ledger.outcome(who, session, datetime.max.replace(tzinfo=year.zone))
        for session in story.ledger.sessions
        for who in year.people
    )
    words = encouragements(year)
    named = [(one, who) for one in words for who in names_in(one.thinking, year.people)]
    yield "## The year in figures"
    rows = [
        ("Walks that were asked about", len(story.ledger.sessions)),
        ("Times somebody came", sum(answers[one] for one in KEPT)),
        ("Times somebody rested, or had a sore back", answers["rest"] + answers["sore"]),
        ("Times nothing was heard", answers["missed"]),
        ("Mornings with words for those", len(words)),
        ("Times somebody was named in them", len(named)),
        ("Reminders in the channel", len(everything_said(year, NUDGE))),
        ("Letters, reminders among them", len(everything_said(year, LETTER, LETTER_NUDGE))),
        ("Times the bot was stopped and started again", len(year.aways)),
    ]
    yield "\n".join(["| | |", "| --- | ---: |", *(f"| {what} | {count} |" for what, count in rows)])
    kinds = Counter(one.kind for one in words)
    told = [f"{count} for {KINDS.get(kind, kind)}" for kind, count in kinds.most_common()]
    yield f"The words were {', '.join(told)}."
    yield "What was held against the whole year, and holds:"
    yield "\n".join(f"- {(rule.__doc__ or '').splitlines()[0]}" for rule in RULES)


def _people(year: Year) -> Iterator[str]:
    yield "## The people"
    yield "\n".join(
        f"- **{name(one.name)}** {one.about}" for one in CAST if one.name in year.people
    )


def _months(year: Year) -> Iterator[str]:
    story = Story(year)
    month: int | None = None
    for on in (year.start + n * DAY for n in range(year.days)):
        if on.month != month:
            month = on.month
            yield f"## {on:%B} {on.year}"
        yield from story.day(on)
