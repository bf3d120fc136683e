"""The moments of a group's day: prompt, nudge, settlement, encouragement."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.day import (
    Quiet,
    Rhythm,
    encourage_at,
    nudge_at,
    prompt_at,
    settles_at,
)
from bot.domain.schedule import instant_of, local_date
from tests.domain.samples import (
    BERLIN,
    DAY,
    HOUR,
    MINUTE,
    NIGHTS,
    NUUK,
    clock,
    days_near_changes,
    is_quiet,
    local_times,
    night,
    quiet_hours,
    unhurried,
    wall,
)

DUE_ON = date(2026, 1, 7)
USUAL = Rhythm()
NO_QUIET = Rhythm(quiet=NIGHTS["none"])


def on_day(text: str | None) -> datetime | None:
    return None if text is None else wall(f"2026-01-07 {text}")


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        pytest.param(timedelta(0), "2026-01-07 07:30", id="at the start"),
        pytest.param(timedelta(minutes=30), "2026-01-07 07:00", id="half an hour before"),
        pytest.param(24 * HOUR, "2026-01-06 07:30", id="the day before"),
    ],
)
def test_a_prompt_comes_its_lead_before_the_start(lead: timedelta, expected: str) -> None:
    assert prompt_at(wall("2026-01-07 07:30"), replace(USUAL, prompt_lead=lead)) == wall(expected)


def test_a_prompts_lead_is_time_that_passes_not_time_on_the_wall() -> None:
    starts_at = wall("2026-03-29 07:30")
    assert prompt_at(starts_at, Rhythm(prompt_lead=24 * HOUR)) == wall("2026-03-28 06:30")


@pytest.mark.parametrize(
    ("due_on", "settle_at", "expected"),
    [
        pytest.param(DUE_ON, "03:00", "2026-01-08 03:00", id="by default"),
        pytest.param(DUE_ON, "00:00", "2026-01-08 00:00", id="at midnight"),
        pytest.param(DUE_ON, "12:00", "2026-01-08 12:00", id="at noon"),
        pytest.param(date(2026, 12, 31), "03:00", "2027-01-01 03:00", id="on New Year's morning"),
        pytest.param(date(2026, 3, 28), "02:30", "2026-03-29 03:30", id="at an hour that is not"),
        pytest.param(date(2026, 10, 24), "03:00", "2026-10-25 03:00", id="after the hour twice"),
    ],
)
def test_a_session_settles_on_the_day_after(due_on: date, settle_at: str, expected: str) -> None:
    rhythm = Rhythm(settle_at=clock(settle_at))
    assert settles_at(due_on, rhythm, BERLIN) == wall(expected)


NUDGES = [
    pytest.param(USUAL, ["07:30"], "10:30", id="three hours after the start"),
    pytest.param(USUAL, ["07:30", "12:00"], "15:00", id="after the last of the day"),
    pytest.param(USUAL, ["12:00", "07:30"], "15:00", id="whatever the order"),
    pytest.param(USUAL, ["18:15"], "21:15", id="just before quiet hours anyway"),
    pytest.param(USUAL, ["18:20"], "21:15", id="a little early, it would be too near to them"),
    pytest.param(USUAL, ["18:30"], "21:15", id="early, it would be at their first minute"),
    pytest.param(USUAL, ["20:30"], "21:15", id="early, 45 minutes after the start"),
    pytest.param(USUAL, ["20:31"], None, id="none, early would be 44 minutes after the start"),
    pytest.param(USUAL, ["21:20"], None, id="none, shortly before quiet hours"),
    pytest.param(USUAL, ["22:00"], None, id="none, in quiet hours"),
    pytest.param(USUAL, ["23:59"], None, id="none, at the end of the day"),
    pytest.param(USUAL, ["05:00"], "08:00", id="a start in quiet hours, a nudge after them"),
    pytest.param(USUAL, ["00:00"], "07:00", id="quiet hours of the morning hold it back"),
    pytest.param(replace(USUAL, nudge_after=None), ["07:30"], None, id="off"),
    pytest.param(replace(USUAL, nudge_after=HOUR), ["07:30"], "08:30", id="an hour after"),
    pytest.param(replace(USUAL, nudge_after=12 * HOUR), ["07:30"], "19:30", id="twelve hours"),
    pytest.param(replace(USUAL, nudge_after=12 * HOUR), ["12:00"], "21:15", id="twelve, but early"),
    pytest.param(NO_QUIET, ["20:59"], "23:59", id="no quiet hours, the last minute of the day"),
    pytest.param(NO_QUIET, ["21:00"], None, id="no quiet hours, the day is over"),
    pytest.param(
        Rhythm(quiet=NIGHTS["after midnight"]), ["23:00"], "23:45", id="quiet from midnight, early"
    ),
    pytest.param(
        Rhythm(quiet=NIGHTS["after midnight"]), ["23:01"], None, id="quiet from midnight, none"
    ),
    pytest.param(
        Rhythm(quiet=NIGHTS["at noon"]), ["09:30"], "11:45", id="quiet at noon, before it"
    ),
    pytest.param(Rhythm(quiet=NIGHTS["at noon"]), ["12:30"], "15:30", id="quiet at noon, after it"),
    pytest.param(
        Rhythm(quiet=night("07:00", "06:50")), ["05:00"], None, id="ten minutes that are not quiet"
    ),
]


@pytest.mark.parametrize(("rhythm", "starts", "expected"), NUDGES)
def test_a_nudge_comes(rhythm: Rhythm, starts: list[str], expected: str | None) -> None:
    instants = [wall(f"2026-01-07 {start}") for start in starts]
    assert nudge_at(instants, DUE_ON, rhythm, BERLIN) == on_day(expected)


def test_a_session_that_a_gap_moved_past_midnight_has_no_nudge() -> None:
    due_on = date(2026, 3, 28)
    starts_at = instant_of(due_on, time(23, 30), NUUK)
    assert nudge_at([starts_at], due_on, replace(NO_QUIET, nudge_after=HOUR), NUUK) is None


def test_an_early_nudge_is_fifteen_real_minutes_before_quiet_hours_of_a_day_of_23_hours() -> None:
    rhythm = replace(USUAL, quiet=NIGHTS["from the hour that clocks change"])
    starts_at = wall("2026-03-29 00:30")
    assert nudge_at([starts_at], date(2026, 3, 29), rhythm, BERLIN) == wall("2026-03-29 01:45")


nudging = st.builds(
    Rhythm,
    nudge_after=st.integers(60, 720).map(lambda minutes: MINUTE * minutes),
    quiet=quiet_hours(),
)


@unhurried
@given(days_near_changes(), st.lists(local_times(), min_size=1, max_size=3), nudging)
def test_a_nudge_is_never_in_quiet_hours_nor_on_another_day_nor_soon_after_the_start(
    day: tuple[ZoneInfo, date], times: list[time], rhythm: Rhythm
) -> None:
    zone, due_on = day
    starts = [instant_of(due_on, at, zone) for at in times]
    at = nudge_at(starts, due_on, rhythm, zone)
    if at is not None:
        assert not is_quiet(at, rhythm.quiet, zone)
        assert local_date(at, zone) == due_on
        assert at - max(starts) >= 45 * MINUTE


@unhurried
@given(days_near_changes(), local_times(), nudging)
def test_a_nudge_is_on_time_or_held_back_or_exactly_fifteen_minutes_before_quiet_hours(
    day: tuple[ZoneInfo, date], start: time, rhythm: Rhythm
) -> None:
    zone, due_on = day
    starts_at = instant_of(due_on, start, zone)
    at = nudge_at([starts_at], due_on, rhythm, zone)
    assert rhythm.nudge_after is not None
    wanted = starts_at + rhythm.nudge_after
    if at is None or at == wanted:
        return
    if at < wanted:
        until = at + 15 * MINUTE
        assert is_quiet(until, rhythm.quiet, zone)
        assert not any(is_quiet(at + MINUTE * n, rhythm.quiet, zone) for n in range(15))
    else:
        between = range((at - wanted) // MINUTE)
        assert all(is_quiet(wanted + MINUTE * n, rhythm.quiet, zone) for n in between)


@unhurried
@given(days_near_changes(), local_times(), nudging)
def test_a_nudge_with_no_quiet_minute_near_comes_on_time(
    day: tuple[ZoneInfo, date], start: time, rhythm: Rhythm
) -> None:
    zone, due_on = day
    starts_at = instant_of(due_on, start, zone)
    assert rhythm.nudge_after is not None
    wanted = starts_at + rhythm.nudge_after
    minutes = range((wanted - starts_at) // MINUTE + 16)
    if any(is_quiet(starts_at + MINUTE * n, rhythm.quiet, zone) for n in minutes):
        return
    expected = wanted if local_date(wanted, zone) == due_on else None
    assert nudge_at([starts_at], due_on, rhythm, zone) == expected


ENCOURAGEMENTS = [
    pytest.param(USUAL, "03:00", "09:00", id="at nine"),
    pytest.param(USUAL, "09:00", "09:00", id="settled at nine"),
    pytest.param(USUAL, "11:20", "11:20", id="settled later"),
    pytest.param(USUAL, "11:20:01", "11:21", id="on the minute"),
    pytest.param(USUAL, "21:29", "21:29", id="in the last minute before quiet hours"),
    pytest.param(USUAL, "21:29:30", None, id="not in the first of them"),
    pytest.param(USUAL, "21:30", None, id="settled in quiet hours of the evening"),
    pytest.param(USUAL, "23:59:30", None, id="not on the day after"),
    pytest.param(USUAL, "00:00", "09:00", id="settled at midnight"),
    pytest.param(replace(USUAL, encourage_at=None), "03:00", None, id="off"),
    pytest.param(replace(USUAL, encourage_at=time(6)), "03:00", "07:00", id="held back till seven"),
    pytest.param(replace(USUAL, encourage_at=time(7)), "03:00", "07:00", id="as quiet hours end"),
    pytest.param(replace(USUAL, encourage_at=time(21, 30)), "03:00", None, id="set too late"),
    pytest.param(replace(USUAL, encourage_at=time(18)), "03:00", "18:00", id="in the evening"),
    pytest.param(NO_QUIET, "23:59", "23:59", id="no quiet hours"),
    pytest.param(
        replace(NO_QUIET, encourage_at=time(0)), "03:00", "03:00", id="set for midnight, settled"
    ),
]


@pytest.mark.parametrize(("rhythm", "settled", "expected"), ENCOURAGEMENTS)
def test_encouragement_comes(rhythm: Rhythm, settled: str, expected: str | None) -> None:
    assert encourage_at(wall(f"2026-01-07 {settled}"), rhythm, BERLIN) == on_day(expected)


def first_by_minutes(
    settled_at: datetime, set_at: datetime, quiet: Quiet, zone: ZoneInfo
) -> datetime | None:
    """Look for the first minute of the day of settlement that will do."""
    on = local_date(settled_at, zone)
    at = max(settled_at, set_at)
    while local_date(at, zone) == on:
        if not is_quiet(at, quiet, zone):
            return at
        at += MINUTE
    return None


@unhurried
@given(days_near_changes(), local_times(), local_times(), quiet_hours())
def test_encouragement_comes_at_the_first_minute_that_will_do_or_not_at_all(
    day: tuple[ZoneInfo, date], settled: time, wanted: time, quiet: Quiet
) -> None:
    zone, on = day
    settled_at = instant_of(on, settled, zone)
    rhythm = Rhythm(encourage_at=wanted, quiet=quiet)
    set_at = instant_of(local_date(settled_at, zone), wanted, zone)
    expected = first_by_minutes(settled_at, set_at, quiet, zone)
    assert encourage_at(settled_at, rhythm, zone) == expected


@unhurried
@given(days_near_changes(), st.integers(0, 24 * 3600 - 1))
def test_encouragement_is_never_before_nine_nor_on_another_day_than_the_settlement(
    day: tuple[ZoneInfo, date], second: int
) -> None:
    zone, on = day
    settled_at = instant_of(on, time(0), zone) + timedelta(seconds=second)
    at = encourage_at(settled_at, USUAL, zone)
    if at is not None:
        assert at >= settled_at
        assert at.astimezone(zone).time() >= time(9)
        assert local_date(at, zone) == local_date(settled_at, zone)
        assert at.second == 0


@unhurried
@given(days_near_changes(), st.integers(0, 12 * 60))
def test_a_settlement_is_a_moment_of_the_day_after_unless_a_gap_is_in_the_way(
    day: tuple[ZoneInfo, date], minute: int
) -> None:
    zone, due_on = day
    at = settles_at(due_on, Rhythm(settle_at=time(*divmod(minute, 60))), zone)
    assert local_date(at, zone) == due_on + DAY
