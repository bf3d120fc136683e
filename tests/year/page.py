"""The page: a year to be read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tests.year.account import Year
from tests.year.almanac import DAY
from tests.year.deeds import KEPT
from tests.year.figures import figures
from tests.year.judge import RULES
from tests.year.ledger import Ledger
from tests.year.people import CAST
from tests.year.prose import counted, name, quoted, sentence
from tests.year.reading import NUDGE
from tests.year.story import LATEST, Story

_OPENING = """\
Thirty people walk together by a harbour, on four mornings a week, and now and then on another. They
are made up, and so is the weather. The bot is the real one: every line in a quotation is what stood
in their channel, or in a letter to one of them, word for word. Under each day stands what Amble had
to say on the morning after, to those who had not been heard of, and who came back when.

They come and stay away by habit and by chance, and not because of the words. So this shows what is
said, when, and to whom; what it does to people it cannot show.

`make year` lives the year anew in a few minutes, holds it against the rules at the foot of this
page, and prints it."""


def page(year: Year) -> str:
    """Return the page in Markdown."""
    ledger = Ledger(year)
    parts = [
        f"# A year of the {year.group}",
        _OPENING,
        "## In figures",
        *figures(ledger),
        "## The people",
        "\n".join(f"- **{name(one.name)}** {one.about}" for one in CAST if one.name in year.people),
        *_months(ledger),
        "## What the year was held against",
        "\n".join(f"- {(rule.__doc__ or '').splitlines()[0]}" for rule in RULES),
    ]
    return "\n\n".join(parts) + "\n"


def _months(ledger: Ledger) -> Iterator[str]:
    year, story = ledger.year, Story(ledger)
    month: int | None = None
    # The morning after the last day has something to say as well.
    for on in (year.start + n * DAY for n in range(year.days + 1)):
        if on.month != month and on <= year.last_on:
            month = on.month
            yield f"## {on:%B} {on.year}"
            yield from _month(ledger, on)
        yield from story.day(on)


def _month(ledger: Ledger, first: date) -> Iterator[str]:
    """Open a month: how often they walked, how many came, and one of its reminders."""
    year, reading = ledger.year, ledger.reading

    def falls(on: date) -> bool:
        return (on.year, on.month) == (first.year, first.month)

    walks = [one for one in ledger.sessions if falls(one.on)]
    outcomes = [
        outcome
        for session in walks
        for who in year.people
        if (outcome := ledger.outcome(who, session, LATEST)) is not None
    ]
    if not walks:
        return
    came = sum(one in KEPT for one in outcomes)
    words = sum(falls(year.day_of(one.at) - DAY) for one in reading.encouragements())
    yield (
        f"*{sentence(counted(len(walks), 'walk'))}, to which {came / len(walks):.0f} of "
        f"{len(outcomes) / len(walks):.0f} came; words on {counted(words, 'morning')}. "
        f"{_clocks(year, first)}A reminder of the month, to those who had not answered by "
        "half past ten or so:*"
    )
    reminders = [one for one in reading.everything(NUDGE) if falls(year.day_of(one.at))]
    yield quoted([reminders[len(reminders) // 2].text] if reminders else [])


def _clocks(year: Year, first: date) -> str:
    """Say that the clocks change in a month, where they do."""
    on = first.replace(day=1)
    while on.month == first.month and on <= year.last_on:
        today, tomorrow = (
            year.zone.utcoffset(_noon(each)) for each in (on - timedelta(days=1), on)
        )
        if today is not None and tomorrow is not None and today != tomorrow:
            way = "forward" if tomorrow > today else "back"
            return f"The clocks went {way} on the {on.day}th. "
        on += DAY
    return ""


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12))
