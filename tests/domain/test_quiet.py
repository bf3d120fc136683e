"""Quiet hours: what the wall clock shows decides, through every clock change."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.day import Quiet, first_minute_outside, in_quiet, next_quiet
from bot.domain.schedule import instant_of
from tests.domain.samples import (
    BERLIN,
    HOUR,
    MINUTE,
    NIGHTS,
    days_near_changes,
    is_quiet,
    quiet_hours,
    unhurried,
    wall,
)

CLOCKS_BACK_AT = wall("2026-10-25 02:00") + HOUR
"""The first 02:00 is summer time, an hour later it is 02:00 again."""


@pytest.mark.parametrize(
    ("name", "at", "quiet"),
    [
        ("the default", "21:29", False),
        ("the default", "21:30", True),
        ("the default", "00:00", True),
        ("the default", "06:59", True),
        ("the default", "07:00", False),
        ("none", "00:00", False),
        ("none", "12:00", False),
        ("none at another hour", "22:00", False),
        ("after midnight", "23:59", False),
        ("after midnight", "00:00", True),
        ("after midnight", "04:59", True),
        ("after midnight", "05:00", False),
        ("all but an evening", "15:59", True),
        ("all but an evening", "16:00", False),
    ],
)
def test_an_hour_is_quiet(name: str, at: str, quiet: bool) -> None:
    assert in_quiet(wall(f"2026-01-07 {at}"), NIGHTS[name], BERLIN) is quiet


@pytest.mark.parametrize(
    ("name", "at", "ends"),
    [
        pytest.param("the default", "2026-01-07 12:00", "2026-01-07 12:00", id="by day: now"),
        pytest.param("the default", "2026-01-07 21:30", "2026-01-08 07:00", id="in the evening"),
        pytest.param("the default", "2026-01-07 05:00", "2026-01-07 07:00", id="in the morning"),
        pytest.param("the default", "2026-03-28 22:00", "2026-03-29 07:00", id="a short night"),
        pytest.param(
            "until the hour that clocks change",
            "2026-03-29 01:30",
            "2026-03-29 03:00",
            id="the end is skipped: as the clocks jump over it",
        ),
        pytest.param(
            "from the hour that clocks change",
            "2026-03-29 03:00",
            "2026-03-29 07:00",
            id="the start is skipped: quiet from the jump on",
        ),
    ],
)
def test_quiet_hours_end(name: str, at: str, ends: str) -> None:
    assert first_minute_outside(wall(at), NIGHTS[name], BERLIN) == wall(ends)


def test_an_hour_of_quiet_that_exists_twice_is_quiet_both_times() -> None:
    quiet = NIGHTS["until the hour that clocks change"]
    second = CLOCKS_BACK_AT + timedelta(minutes=10)
    assert in_quiet(second, quiet, BERLIN)
    assert first_minute_outside(second, quiet, BERLIN) == CLOCKS_BACK_AT + timedelta(minutes=30)


def test_clocks_put_back_over_the_end_of_quiet_hours_begin_them_again() -> None:
    quiet = NIGHTS["until the hour that clocks change"]
    assert next_quiet(wall("2026-10-25 02:40"), quiet, BERLIN) == CLOCKS_BACK_AT


@pytest.mark.parametrize("name", ["none", "none at another hour"])
def test_without_quiet_hours_none_begin(name: str) -> None:
    assert next_quiet(wall("2026-01-07 12:00"), NIGHTS[name], BERLIN) is None


def test_in_quiet_hours_the_next_ones_are_those_of_the_next_evening() -> None:
    found = next_quiet(wall("2026-01-07 05:00"), NIGHTS["the default"], BERLIN)
    assert found == wall("2026-01-07 21:30")


@unhurried
@given(days_near_changes(), st.integers(0, 24 * 60), quiet_hours())
def test_the_first_minute_outside_is_the_first_of_a_walk_by_minutes(
    day: tuple[ZoneInfo, date], minute: int, quiet: Quiet
) -> None:
    zone, on = day
    start = at = instant_of(on, time(0), zone) + MINUTE * minute
    while is_quiet(at, quiet, zone):
        at += MINUTE
    assert first_minute_outside(start, quiet, zone) == at
    assert in_quiet(start, quiet, zone) is (at != start)


def walk_to_quiet(at: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    while is_quiet(at, quiet, zone):
        at += MINUTE
    while not is_quiet(at, quiet, zone):
        at += MINUTE
    return at


@unhurried
@given(
    days_near_changes(),
    st.integers(0, 24 * 60),
    quiet_hours().filter(lambda quiet: quiet.start != quiet.end),
)
def test_the_next_quiet_hours_are_the_first_of_a_walk_by_minutes(
    day: tuple[ZoneInfo, date], minute: int, quiet: Quiet
) -> None:
    zone, on = day
    start = instant_of(on, time(0), zone) + MINUTE * minute
    assert next_quiet(start, quiet, zone) == walk_to_quiet(start, quiet, zone)
