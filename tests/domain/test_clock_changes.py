"""Every local time round every clock change of 2025-2027, held against a reckoning of its own.

The reckoning walks UTC minute by minute and notes what the wall clock shows: a time that is shown
means the first instant at which it is; one that is skipped takes the offset shown before the skip.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.schedule import instant_of
from tests.domain.samples import DAY, HOUR, MINUTE

FROM_AT = datetime(2025, 1, 1, tzinfo=UTC)
UNTIL_AT = datetime(2028, 1, 1, tzinfo=UTC)

CHANGES_IN = {
    "Africa/Cairo": 6,
    "Africa/Casablanca": 6,
    "America/Havana": 6,
    "America/New_York": 6,
    "America/Nuuk": 6,
    "America/Santiago": 6,
    "America/Sao_Paulo": 0,
    "America/St_Johns": 6,
    "Antarctica/Troll": 6,
    "Asia/Beirut": 6,
    "Asia/Kathmandu": 0,
    "Asia/Tehran": 0,
    "Australia/Lord_Howe": 6,
    "Europe/Berlin": 6,
    "Europe/Dublin": 6,
    "Pacific/Apia": 0,
    "Pacific/Chatham": 6,
}
"""How often the clocks of each zone change in the three years."""


def offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).replace(tzinfo=UTC) - at


def changes_of(zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the first minute of every new offset: a walk in steps of six hours, then bisection."""
    at = FROM_AT
    while at < UNTIL_AT:
        before, after = at, at + 6 * HOUR
        at = after
        if offset(before, zone) == offset(after, zone):
            continue
        while after - before > MINUTE:
            middle = before + (after - before) // MINUTE // 2 * MINUTE
            if offset(middle, zone) == offset(before, zone):
                before = middle
            else:
                after = middle
        yield after


def plain_days() -> Iterator[date]:
    for year in (2025, 2026, 2027):
        yield from (date(year, month, 1) for month in (1, 4, 7, 10))


def reckoned(days: list[date], zone: ZoneInfo) -> dict[datetime, datetime]:
    """Return the instant of every wall-clock minute of `days`, which follow one another."""
    instants: dict[datetime, datetime] = {}
    at = datetime.combine(days[0] - DAY, datetime.min.time(), tzinfo=UTC)
    shown_before = at.astimezone(zone).replace(tzinfo=None) - MINUTE
    for _ in range((len(days) + 2) * 24 * 60):
        shown = at.astimezone(zone).replace(tzinfo=None)
        skipped = shown_before + MINUTE
        while skipped < shown:
            instants.setdefault(skipped, at + (skipped - shown_before - MINUTE))
            skipped += MINUTE
        instants.setdefault(shown, at)
        shown_before, at = shown, at + MINUTE
    return {shown: at for shown, at in instants.items() if shown.date() in days}


def differences(days: list[date], zone: ZoneInfo) -> list[str]:
    """Return the local minutes of `days` whose instant is not the reckoned one; all are there."""
    expected = reckoned(days, zone)
    assert len(expected) == len(days) * 24 * 60
    return [
        f"{shown}: {found} instead of {at}"
        for shown, at in expected.items()
        if (found := instant_of(shown.date(), shown.time(), zone)) != at
    ]


@pytest.mark.parametrize("name", CHANGES_IN)
def test_every_local_minute_round_every_clock_change_is_the_right_instant(name: str) -> None:
    zone = ZoneInfo(name)
    for change in changes_of(zone):
        on = change.astimezone(zone).date()
        assert differences([on - DAY, on, on + DAY], zone) == []


@pytest.mark.parametrize("name", CHANGES_IN)
def test_every_local_minute_of_plain_days_is_the_right_instant(name: str) -> None:
    zone = ZoneInfo(name)
    for on in plain_days():
        assert differences([on], zone) == []


@pytest.mark.parametrize(("name", "expected"), CHANGES_IN.items())
def test_the_walk_finds_every_change(name: str, expected: int) -> None:
    assert len(list(changes_of(ZoneInfo(name)))) == expected
