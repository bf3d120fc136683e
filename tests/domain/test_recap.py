"""When a week is told of, what kind it was, and how its time is typed."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.day import Quiet, Rhythm, WeeklyTime, recap_at
from bot.domain.errors import Refused
from bot.domain.reading import read_weekly
from bot.domain.recap import WeekKind, kind_of_week
from bot.domain.schedule import instant_of, local_date, monday_of
from bot.domain.week import Week
from tests.domain.samples import (
    BERLIN,
    DAY,
    NIGHTS,
    days_near_changes,
    is_quiet,
    local_times,
    quiet_hours,
    unhurried,
    wall,
)

WEEK_ON = date(2026, 3, 2)
USUAL = Rhythm()


@pytest.mark.parametrize(
    ("weekly", "expected"),
    [
        (WeeklyTime(), "2026-03-09 09:00"),
        (WeeklyTime(6, time(18)), "2026-03-15 18:00"),
        (WeeklyTime(0, time(5)), "2026-03-09 07:00"),
        (WeeklyTime(0, time(22)), "2026-03-10 07:00"),
        (WeeklyTime(0, time(21, 29)), "2026-03-09 21:29"),
        (None, None),
    ],
    ids=["as usual", "on Sunday", "in the night", "in the evening", "just before it", "off"],
)
def test_a_recap_comes(weekly: WeeklyTime | None, expected: str | None) -> None:
    at = recap_at(WEEK_ON, replace(USUAL, recap=weekly), BERLIN)
    assert at == (None if expected is None else wall(expected))


def test_a_clock_that_was_put_on_since_does_not_move_it() -> None:
    at = recap_at(date(2026, 3, 23), USUAL, BERLIN)
    assert at == datetime.fromisoformat("2026-03-30T07:00:00+00:00")


@unhurried
@given(days_near_changes(), st.integers(0, 6), local_times(), quiet_hours())
def test_a_recap_is_never_in_quiet_hours_nor_before_its_time(
    day: tuple[ZoneInfo, date], weekday: int, at: time, quiet: Quiet
) -> None:
    zone, on = day
    week_on = monday_of(on)
    rhythm = replace(USUAL, recap=WeeklyTime(weekday, at), quiet=quiet)
    told_at = recap_at(week_on, rhythm, zone)
    assert told_at is not None
    wanted = instant_of(week_on + (7 + weekday) * DAY, at, zone)
    assert told_at >= wanted
    assert not is_quiet(told_at, quiet, zone)
    if not is_quiet(wanted, quiet, zone):
        assert told_at == wanted


def test_without_quiet_hours_the_day_is_the_one_that_was_set() -> None:
    rhythm = Rhythm(recap=WeeklyTime(3, time(23, 59)), quiet=NIGHTS["none"])
    at = recap_at(WEEK_ON, rhythm, BERLIN)
    assert at is not None
    assert local_date(at, BERLIN) == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("kept", "counted", "first", "kind"),
    [
        (6, 6, False, WeekKind.FULL),
        (5, 6, False, WeekKind.MIXED),
        (3, 6, False, WeekKind.MIXED),
        (2, 6, False, WeekKind.CALM),
        (0, 6, False, WeekKind.CALM),
        (0, 0, False, WeekKind.CALM),
        (1, 1, False, WeekKind.FULL),
        (4, 6, True, WeekKind.FIRST),
        (6, 6, True, WeekKind.FIRST),
        (0, 6, True, WeekKind.CALM),
    ],
)
def test_a_week_is_of_one_kind(kept: int, counted: int, *, first: bool, kind: WeekKind) -> None:
    assert kind_of_week(kept, counted, first=first) is kind


@pytest.mark.parametrize(
    ("week", "met"),
    [
        (Week(3, kept=3, counted=5), True),
        (Week(3, kept=2, counted=5), False),
        (Week(3, kept=2, counted=2), True),
        (Week(3, kept=1, counted=2, covered=1), True),
        (Week(3), False),
        (Week(3, kept=0, counted=1, covered=1), False),
    ],
    ids=[
        "the goal",
        "one too few",
        "all there were",
        "one was covered",
        "no session",
        "all covered",
    ],
)
def test_a_goal_is_met(week: Week, *, met: bool) -> None:
    assert week.met is met


@pytest.mark.parametrize(
    ("given_", "read"),
    [
        ("Monday 09:00", WeeklyTime()),
        ("mon 9:00", WeeklyTime()),
        ("Mondays at 9am", WeeklyTime()),
        ("  SUN,  6 pm ", WeeklyTime(6, time(18))),
        ("off", None),
        ("Off", None),
    ],
)
def test_a_recaps_time_is_read(given_: str, read: WeeklyTime | None) -> None:
    assert read_weekly(given_) == read


@pytest.mark.parametrize("typed", ["", "Monday", "09:00", "someday 09:00", "mon 25:00", "off 9:00"])
def test_what_is_no_day_and_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="recap_invalid"):
        read_weekly(typed)
