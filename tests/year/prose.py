"""Small things of English and Markdown that the page is made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from tests.year.account import Year
from tests.year.people import CAST

_MARKS = re.compile(r"[\\*_~|`<>\[\]()#]")
_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
]
_CALLED = {one.name: one.called or one.name for one in CAST}


def name(who: str) -> str:
    """Return what the others call somebody, as it stands in Markdown."""
    text = escaped(_CALLED.get(who, who))
    turns = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    return f"\u2068{text}\u2069" if turns else text


def escaped(text: str) -> str:
    """Return text as it stands in Markdown."""
    return _MARKS.sub(r"\\\g<0>", text)


def listed(parts: Sequence[str]) -> str:
    """Return "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def names(people: Iterable[str]) -> str:
    return listed([name(one) for one in people])


def number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return "one walk", "three walks"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def day(on: date) -> str:
    return f"{on:%A} {on.day}"


def full_day(on: date) -> str:
    return f"{on.day} {on:%B}"


def hour(at: datetime, year: Year) -> str:
    return f"{at.astimezone(year.zone):%H:%M}"


def from_to(first: date, last: date | None) -> str:
    """Return a range of days, both included."""
    if last is None:
        return f"{full_day(first)} on"
    if (first.month, first.year) == (last.month, last.year):
        return f"{first.day} to {full_day(last)}"
    return f"{full_day(first)} to {full_day(last)}"


def span(length: timedelta) -> str:
    """Return a length of time as one would say it."""
    days = round(length / timedelta(days=1))
    if days < 21:
        return counted(days, "day")
    return counted(round(days / 7), "week")


def quoted(lines: Iterable[str]) -> str:
    """Return lines as a quotation, each on a line of its own."""
    return "  \n".join(f"> {line}" for line in lines if line)
