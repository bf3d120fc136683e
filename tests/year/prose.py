"""Small things of English and Markdown that the page is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from tests.year.account import Year

_MARKS = re.compile(r"[\\*_~|`<>\[\]()#]")
_NUMBERS = (
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
    "eleven",
    "twelve",
)
_TIME = re.compile(r"<t:(\d+):\w>")


def name(who: str) -> str:
    """Return a name as it stands in Markdown."""
    return _MARKS.sub(r"\\\g<0>", who)


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


def span(length: timedelta) -> str:
    """Return a length of time as one would say it."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 1:
        return "a moment"
    if minutes < 60:
        return counted(minutes, "minute")
    if minutes < 48 * 60:
        return counted(round(minutes / 60), "hour")
    return counted(round(minutes / 1440), "day")


def quoted(lines: Iterable[str]) -> list[str]:
    """Return lines as a quotation, each on a line of its own."""
    kept = [line for line in lines if line]
    return [f"> {line}{'  ' if place + 1 < len(kept) else ''}" for place, line in enumerate(kept)]
