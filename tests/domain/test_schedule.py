"""Slots become dated sessions."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import SlotId
from bot.domain.schedule import (
    Activity,
    Slot,
    instant_of,
    local_date,
    midnight_of,
    monday_of,
    occurrences,
)
from tests.domain.samples import BERLIN, CHANGES, DAY, NUUK, clock, unhurried, wall

JANUARY = date(2026, 1, 1)
WALK = Slot(
    id=SlotId(1),
    weekdays=frozenset({0, 2, 4}),
    at=time(7, 30),
    activity=Activity.WALK,
    minutes=20,
    first_on=JANUARY,
)

dates = st.dates(date(2025, 12, 1), date(2027, 2, 1))


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    first_on = draw(dates)
    return replace(
        WALK,
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        first_on=first_on,
        last_on=draw(st.none() | st.integers(0, 200).map(lambda n: first_on + DAY * n)),
        every_weeks=draw(st.integers(1, 5)),
    )


def days_of(slot: Slot, from_on: str, until_on: str) -> list[str]:
    found = occurrences(slot, date.fromisoformat(from_on), date.fromisoformat(until_on))
    return [on.isoformat()[5:] for on in found]


@pytest.mark.parametrize(
    ("slot", "from_on", "until_on", "expected"),
    [
        pytest.param(WALK, "2026-01-05", "2026-01-11", ["01-05", "01-07", "01-09"], id="a week"),
        pytest.param(WALK, "2026-01-07", "2026-01-07", ["01-07"], id="one day, both ends included"),
        pytest.param(WALK, "2026-01-06", "2026-01-06", [], id="a day between"),
        pytest.param(WALK, "2026-01-07", "2026-01-06", [], id="an empty span"),
        pytest.param(WALK, "2025-12-01", "2026-01-02", ["01-02"], id="not before the first day"),
        pytest.param(
            replace(WALK, last_on=date(2026, 1, 7)),
            "2026-01-05",
            "2026-02-01",
            ["01-05", "01-07"],
            id="the last day is included",
        ),
        pytest.param(
            replace(WALK, last_on=date(2025, 12, 31)),
            "2026-01-01",
            "2026-02-01",
            [],
            id="over before it began",
        ),
        pytest.param(
            replace(WALK, every_weeks=2),
            "2026-01-01",
            "2026-01-31",
            ["01-02", "01-12", "01-14", "01-16", "01-26", "01-28", "01-30"],
            id="every other week, counted from the first day's week",
        ),
        pytest.param(
            replace(WALK, every_weeks=2, first_on=date(2026, 1, 4), weekdays=frozenset({0, 6})),
            "2026-01-04",
            "2026-01-25",
            ["01-04", "01-12", "01-18"],
            id="a slot that begins on a Sunday",
        ),
        pytest.param(
            replace(WALK, every_weeks=2, first_on=date(2026, 12, 21), weekdays=frozenset({0, 4})),
            "2026-12-21",
            "2027-01-08",
            ["12-21", "12-25", "01-04", "01-08"],
            id="every other week goes on through a year of 53 weeks",
        ),
        pytest.param(
            replace(WALK, weekdays=frozenset(range(7))),
            "2028-02-28",
            "2028-03-01",
            ["02-28", "02-29", "03-01"],
            id="a leap day",
        ),
    ],
)
def test_a_slot_falls_on(slot: Slot, from_on: str, until_on: str, expected: list[str]) -> None:
    assert days_of(slot, from_on, until_on) == expected


@unhurried
@given(slots(), dates, dates)
def test_each_date_comes_once_in_order_and_inside_the_span(
    slot: Slot, from_on: date, until_on: date
) -> None:
    found = list(occurrences(slot, from_on, until_on))
    assert found == sorted(set(found))
    assert all(from_on <= on <= until_on for on in found)


@unhurried
@given(slots(), dates)
def test_a_date_is_found_exactly_when_the_slots_line_says_so(slot: Slot, on: date) -> None:
    weeks = (monday_of(on) - monday_of(slot.first_on)) // timedelta(weeks=1)
    wanted = (
        slot.first_on <= on <= (slot.last_on or date.max)
        and on.weekday() in slot.weekdays
        and weeks % slot.every_weeks == 0
    )
    assert list(occurrences(slot, on, on)) == ([on] if wanted else [])


@unhurried
@given(slots(), st.lists(dates, min_size=3, max_size=3).map(sorted))
def test_two_spans_side_by_side_hold_what_the_whole_holds(slot: Slot, cuts: list[date]) -> None:
    first, middle, last = cuts
    halves = [*occurrences(slot, first, middle), *occurrences(slot, middle + DAY, last)]
    assert halves == list(occurrences(slot, first, last))


@pytest.mark.parametrize(
    ("on", "monday"),
    [
        pytest.param(date(2026, 1, 5), date(2026, 1, 5), id="Monday is its own"),
        pytest.param(date(2026, 1, 11), date(2026, 1, 5), id="Sunday is the last"),
        pytest.param(date(2027, 1, 1), date(2026, 12, 28), id="the year does not matter"),
    ],
)
def test_a_week_begins_on(on: date, monday: date) -> None:
    assert monday_of(on) == monday


@pytest.mark.parametrize(
    ("on", "at", "utc"),
    [
        pytest.param(date(2026, 1, 5), "07:30", "2026-01-05T06:30+00:00", id="winter"),
        pytest.param(date(2026, 7, 6), "07:30", "2026-07-06T05:30+00:00", id="summer"),
        pytest.param(
            date(2026, 3, 29), "02:30", "2026-03-29T01:30+00:00", id="02:30 that is not is 03:30"
        ),
        pytest.param(date(2026, 10, 25), "02:30", "2026-10-25T00:30+00:00", id="twice: the first"),
        pytest.param(date(2026, 10, 25), "03:00", "2026-10-25T02:00+00:00", id="once more 03:00"),
    ],
)
def test_a_wall_clock_time_in_berlin_is(on: date, at: str, utc: str) -> None:
    assert instant_of(on, clock(at), BERLIN) == datetime.fromisoformat(utc)


def test_a_time_marked_as_the_second_one_is_still_the_first() -> None:
    second = time(2, 30, fold=1)
    assert instant_of(date(2026, 10, 25), second, BERLIN) == wall("2026-10-25 02:30")


def test_an_instant_is_given_in_utc() -> None:
    assert instant_of(JANUARY, time(12), BERLIN).tzinfo is UTC


def test_a_gap_may_shift_a_start_past_midnight() -> None:
    starts_at = instant_of(date(2026, 3, 28), time(23, 30), NUUK)
    assert local_date(starts_at, NUUK) == date(2026, 3, 29)


@pytest.mark.parametrize(("zone", "on"), CHANGES.values(), ids=CHANGES)
def test_a_local_day_begins_with_its_first_instant(zone: ZoneInfo, on: date) -> None:
    for day in (on - DAY, on, on + DAY):
        begins = midnight_of(day, zone)
        assert local_date(begins, zone) == day
        assert local_date(begins - timedelta(seconds=1), zone) < day
