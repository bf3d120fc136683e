"""Reading what people type for days and times: strict about meaning, lenient about spelling."""

from __future__ import annotations

import re
from datetime import date, time

from bot.domain.day import WeeklyTime
from bot.domain.errors import Refused

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    "daily": frozenset(range(7)),
    "every day": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
    "weekends": frozenset({5, 6}),
}
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", re.ASCII)
_SHORTEST = 2
"""Letters of a weekday that tell it from the others."""
_NOON = 12


def read_time(given: str) -> time:
    """Read `7:30`, `07:30`, `7.30`, `7h30`, `7 pm`, `7:30pm`; raises Refused `time_invalid`."""
    match = _TIME.fullmatch(given.strip().casefold())
    if match is None or (match[2] is None and match[3] is None):
        raise Refused("time_invalid", given=given)
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] is not None:
        if not 1 <= hour <= _NOON:
            raise Refused("time_invalid", given=given)
        hour = hour % _NOON + (_NOON if match[3] == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise Refused("time_invalid", given=given) from error


def read_weekdays(given: str) -> frozenset[int]:
    """Read `Mon, Wed, Fri`, `mo we fr`, `weekdays`, `daily`; 0 is Monday.

    Raises Refused `weekdays_invalid`.
    """
    spelling = " ".join(given.casefold().split())
    if spelling in _GROUPS:
        return _GROUPS[spelling]
    words = [word for word in re.split(r"[\s,;/+&]+", spelling) if word not in ("", "and")]
    found = {_weekday(word, given) for word in words}
    if not found:
        raise Refused("weekdays_invalid", given=given)
    return frozenset(found)


def read_date(given: str) -> date:
    """Read an ISO date such as `2026-12-24`; raises Refused `date_invalid`."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError as error:
        raise Refused("date_invalid", given=given) from error


def read_weekly(given: str) -> WeeklyTime | None:
    """Read `Monday 09:00`, `fri 6 pm`, or `off`, which is None; raises Refused `recap_invalid`."""
    day, _, at = " ".join(given.casefold().split()).partition(" ")
    if day == "off" and not at:
        return None
    try:
        return WeeklyTime(_weekday(day.rstrip(","), given), read_time(at.removeprefix("at ")))
    except Refused as error:
        raise Refused("recap_invalid", given=given) from error


def read_daily(given: str) -> time | None:
    """Read `18:00`, `6 pm`, or `off`, which is None; raises Refused `ahead_invalid`."""
    if given.strip().casefold() == "off":
        return None
    try:
        return read_time(given)
    except Refused as error:
        raise Refused("ahead_invalid", given=given) from error


def _weekday(word: str, given: str) -> int:
    stem = word.removesuffix(".")
    if len(stem) >= _SHORTEST:
        for number, name in enumerate(_DAYS):
            if name.startswith(stem) or stem == f"{name}s":
                return number
    raise Refused("weekdays_invalid", given=given)
