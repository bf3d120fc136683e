"""What downtime does to a settlement, held against a walk by minutes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.day import UNFORESEEN, Quiet, Span, fair_settlement
from bot.domain.schedule import instant_of
from tests.domain.samples import (
    BERLIN,
    HOUR,
    MINUTE,
    NIGHTS,
    NUUK,
    days_near_changes,
    is_down,
    is_quiet,
    quiet_hours,
    unhurried,
    wall,
)


@dataclass(frozen=True)
class Case:
    """A session between its prompt and its settlement, all in whole minutes."""

    prompt_due_at: datetime
    planned_at: datetime
    downtimes: tuple[Span, ...] = ()
    quiet: Quiet = NIGHTS["the default"]
    zone: ZoneInfo = BERLIN

    @property
    def posted_at(self) -> datetime:
        """When it is due, or as soon as the bot is back."""
        at = self.prompt_due_at
        while is_down(at, list(self.downtimes)):
            at += MINUTE
        return at

    @property
    def found(self) -> datetime:
        return fair_settlement(
            self.prompt_due_at,
            self.posted_at,
            self.planned_at,
            self.downtimes,
            self.quiet,
            self.zone,
        )

    @property
    def disturbed(self) -> bool:
        window = (self.planned_at - self.prompt_due_at) // MINUTE
        minutes = (self.prompt_due_at + MINUTE * n for n in range(window))
        return bool(self.downtimes) and any(is_down(at, list(self.downtimes)) for at in minutes)

    def is_given(self, at: datetime) -> bool:
        """Say whether members can answer at `at` and are not kept from sleep by it."""
        return not is_down(at, list(self.downtimes)) and not is_quiet(at, self.quiet, self.zone)

    def minutes_given(self, until_at: datetime) -> int:
        """Count the minutes given between the prompt and `until_at`."""
        minutes = range((until_at - self.posted_at) // MINUTE)
        return sum(self.is_given(self.posted_at + MINUTE * n) for n in minutes)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, on = draw(days_near_changes())
    minute = draw(st.integers(0, 24 * 60 - 1))
    prompt_due_at = instant_of(on, time(*divmod(minute, 60)), zone)
    window = draw(st.integers(1, 300) | st.integers(301, 1200))
    spans = draw(
        st.lists(st.tuples(st.integers(-600, 1500), st.integers(0, 900)), max_size=4).map(sorted)
    )
    downtimes = tuple(
        Span(prompt_due_at + MINUTE * start, prompt_due_at + MINUTE * (start + length))
        for start, length in spans
    )
    planned_at = prompt_due_at + MINUTE * window
    return Case(prompt_due_at, planned_at, downtimes, draw(quiet_hours()), zone)


def down(start: str, end: str) -> Span:
    return Span(wall(start), wall(end))


MORNING = wall("2026-01-07 07:30")
EVENING = wall("2026-01-07 20:00")
SETTLES_AT = wall("2026-01-08 03:00")


@pytest.mark.parametrize(
    ("prompt_due_at", "downtimes", "expected"),
    [
        pytest.param(MORNING, [], "2026-01-08 03:00", id="no downtime"),
        pytest.param(
            EVENING,
            [down("2026-01-07 06:00", "2026-01-07 20:00")],
            "2026-01-08 03:00",
            id="over as the prompt is due",
        ),
        pytest.param(
            EVENING,
            [down("2026-01-08 03:00", "2026-01-08 05:00")],
            "2026-01-08 03:00",
            id="begins as it settles",
        ),
        pytest.param(
            MORNING,
            [down("2026-01-07 09:00", "2026-01-07 12:00")],
            "2026-01-08 03:00",
            id="time enough before and after",
        ),
        pytest.param(
            MORNING,
            [down("2026-01-07 07:00", "2026-01-07 20:00")],
            "2026-01-08 08:30",
            id="an hour and a half in the evening, the rest in the morning",
        ),
        pytest.param(
            MORNING,
            [down("2026-01-07 07:00", "2026-01-08 02:00")],
            "2026-01-08 10:00",
            id="back at night: three hours from seven on",
        ),
        pytest.param(
            MORNING,
            [
                down("2026-01-07 07:00", "2026-01-08 02:00"),
                down("2026-01-08 08:00", "2026-01-08 08:40"),
            ],
            "2026-01-08 10:40",
            id="away once more while they make up for it",
        ),
        pytest.param(
            MORNING,
            [
                down("2026-01-07 07:00", "2026-01-07 12:00"),
                down("2026-01-07 11:00", "2026-01-07 20:30"),
            ],
            "2026-01-08 09:00",
            id="spans that overlap",
        ),
        pytest.param(
            EVENING,
            [down("2026-01-08 02:00", "2026-01-08 02:01")],
            "2026-01-08 08:30",
            id="any of the time, be it a minute in the night",
        ),
        pytest.param(
            EVENING,
            [down("2026-01-07 22:00", "2026-01-07 22:00")],
            "2026-01-08 03:00",
            id="no time at all is no downtime",
        ),
    ],
)
def test_a_session_settles(prompt_due_at: datetime, downtimes: list[Span], expected: str) -> None:
    assert Case(prompt_due_at, SETTLES_AT, tuple(downtimes)).found == wall(expected)


def test_a_window_shorter_than_three_hours_is_given_in_full_and_no_more() -> None:
    late = Case(
        wall("2026-01-07 23:59"),
        wall("2026-01-08 00:00"),
        (down("2026-01-07 23:50", "2026-01-08 00:30"),),
    )
    assert late.found == wall("2026-01-08 07:01")


def test_members_time_begins_when_the_prompt_is_really_there() -> None:
    back_at = wall("2026-01-08 07:00")
    away = [Span(MORNING, back_at)]
    posted_at = back_at + 20 * MINUTE
    at = fair_settlement(MORNING, posted_at, SETTLES_AT, away, Quiet(), BERLIN)
    assert at == wall("2026-01-08 10:20")


def test_while_downtime_goes_on_there_is_no_settlement() -> None:
    going_on = Span(wall("2026-01-07 12:00"), None)
    at = fair_settlement(MORNING, MORNING, wall("2026-01-07 14:00"), [going_on], Quiet(), BERLIN)
    assert at == wall("2026-01-07 14:00")
    at = fair_settlement(EVENING, EVENING, SETTLES_AT, [going_on], Quiet(), BERLIN)
    assert at == UNFORESEEN


def test_a_start_that_a_gap_moved_past_its_settlement_still_leaves_three_hours() -> None:
    starts_at = instant_of(date(2026, 3, 28), time(23, 30), NUUK)
    settles_at = instant_of(date(2026, 3, 29), time(0), NUUK)
    at = fair_settlement(starts_at, starts_at, settles_at, [], Quiet(), NUUK)
    assert at == instant_of(date(2026, 3, 29), time(10), NUUK)


@unhurried
@given(cases())
def test_a_settlement_is_never_before_the_planned_one(case: Case) -> None:
    assert case.found >= case.planned_at


@unhurried
@given(cases())
def test_undisturbed_it_settles_as_planned(case: Case) -> None:
    assert case.disturbed or case.found == case.planned_at


@unhurried
@given(cases())
def test_disturbed_it_waits_until_members_had_their_time_and_no_longer(case: Case) -> None:
    if not case.disturbed:
        return
    owed = min(3 * HOUR, case.planned_at - case.prompt_due_at) // MINUTE
    found = case.found
    given_until_then = case.minutes_given(found)
    if found == case.planned_at:
        assert given_until_then >= owed
    else:
        assert given_until_then == owed
        assert case.is_given(found - MINUTE)


@unhurried
@given(cases(), st.integers(0, 3000), st.integers(1, 600))
def test_more_downtime_never_settles_earlier(case: Case, start: int, length: int) -> None:
    begins = case.posted_at + MINUTE * start
    more = Span(begins, begins + timedelta(minutes=length))
    longer = Case(
        case.prompt_due_at, case.planned_at, (*case.downtimes, more), case.quiet, case.zone
    )
    assert longer.found >= case.found
