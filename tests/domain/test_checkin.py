"""Who may answer what, and until when."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import (
    Answer,
    Details,
    Refusal,
    SessionState,
    Window,
    details_after,
    filled_in,
    refusal,
)
from bot.domain.schedule import Activity
from tests.domain.samples import BERLIN, DAY, HOUR, unhurried, wall

DUE_ON = date(2026, 1, 7)
SETTLED_AT = wall("2026-01-08 03:00")
SECOND = timedelta(seconds=1)

PLANNED, OPEN = SessionState.PLANNED, SessionState.OPEN
SETTLED, VOID, CALLED_OFF = SessionState.SETTLED, SessionState.VOID, SessionState.CALLED_OFF
DONE, PARTLY, REST, SORE = Answer


def window(state: SessionState, on: date = DUE_ON, zone: ZoneInfo = BERLIN) -> Window:
    return Window(on, zone, state, SETTLED_AT)


@pytest.mark.parametrize("state", [PLANNED, OPEN])
@pytest.mark.parametrize(
    ("answer", "at", "expected"),
    [
        pytest.param(REST, "2026-01-05 12:00", None, id="rest, days ahead"),
        pytest.param(SORE, "2026-01-06 12:00", None, id="sore, the day before"),
        pytest.param(None, "2026-01-06 12:00", None, id="taking it back, the day before"),
        pytest.param(DONE, "2026-01-06 23:59", Refusal.TOO_EARLY, id="done, before midnight"),
        pytest.param(PARTLY, "2026-01-06 23:59", Refusal.TOO_EARLY, id="partly, before midnight"),
        pytest.param(DONE, "2026-01-07 00:00", None, id="done, at midnight"),
        pytest.param(PARTLY, "2026-01-07 00:00", None, id="partly, at midnight"),
        pytest.param(REST, "2026-01-07 20:00", None, id="rest, in the evening"),
        pytest.param(DONE, "2026-01-08 02:59", None, id="done, after midnight"),
    ],
)
def test_before_it_settles(
    state: SessionState, answer: Answer | None, at: str, expected: Refusal | None
) -> None:
    assert refusal(answer, window(state), wall(at)) is expected


def test_an_open_session_takes_answers_even_when_its_settlement_is_late() -> None:
    assert refusal(DONE, window(OPEN), SETTLED_AT + 30 * DAY) is None


@pytest.mark.parametrize("state", [SETTLED, VOID])
@pytest.mark.parametrize("answer", [*Answer, None], ids=[*Answer, "taking it back"])
@pytest.mark.parametrize(
    ("by_organiser", "after", "expected"),
    [
        pytest.param(False, timedelta(0), None, id="a member, at once"),
        pytest.param(False, 48 * HOUR, None, id="a member, after 48 hours to the second"),
        pytest.param(False, 48 * HOUR + SECOND, Refusal.TOO_LATE, id="a member, a second later"),
        pytest.param(True, 48 * HOUR + SECOND, None, id="an organiser, after 48 hours"),
        pytest.param(True, 14 * DAY, None, id="an organiser, after 14 days to the second"),
        pytest.param(True, 14 * DAY + SECOND, Refusal.TOO_LATE, id="an organiser, a second later"),
    ],
)
def test_after_it_settled_or_would_have(
    state: SessionState,
    answer: Answer | None,
    by_organiser: bool,
    after: timedelta,
    expected: Refusal | None,
) -> None:
    now = SETTLED_AT + after
    assert refusal(answer, window(state), now, by_organiser=by_organiser) is expected


@pytest.mark.parametrize("by_organiser", [False, True])
@pytest.mark.parametrize("answer", [*Answer, None], ids=[*Answer, "taking it back"])
def test_a_session_that_was_called_off_takes_no_answer(
    answer: Answer | None, by_organiser: bool
) -> None:
    now = wall("2026-01-07 12:00")
    found = refusal(answer, window(CALLED_OFF), now, by_organiser=by_organiser)
    assert found is Refusal.CALLED_OFF


def test_not_even_an_organiser_says_done_before_the_day_has_come() -> None:
    now = wall("2026-01-06 23:59")
    assert refusal(DONE, window(OPEN), now, by_organiser=True) is Refusal.TOO_EARLY


def test_a_void_session_known_early_does_not_take_done_ahead_of_its_day() -> None:
    assert refusal(DONE, window(VOID), wall("2026-01-06 12:00")) is Refusal.TOO_EARLY


def test_where_midnight_is_skipped_the_day_begins_with_its_first_minute() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    spring = window(OPEN, date(2026, 4, 24), cairo)
    begins = wall("2026-04-24 01:00", cairo)
    assert refusal(DONE, spring, begins) is None
    assert refusal(DONE, spring, begins - SECOND) is Refusal.TOO_EARLY


@unhurried
@given(
    st.sampled_from([*Answer, None]),
    st.sampled_from(SessionState),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 1), timezones=st.just(BERLIN)),  # noqa: DTZ001 -- hypothesis wants naive bounds
)
def test_an_organiser_is_never_refused_what_a_member_is_granted(
    answer: Answer | None, state: SessionState, now: datetime
) -> None:
    granted = refusal(answer, window(state), now) is None
    assert not granted or refusal(answer, window(state), now, by_organiser=True) is None


@pytest.mark.parametrize(
    ("answer", "kept"), [(DONE, True), (PARTLY, True), (REST, False), (SORE, False)]
)
def test_kept_are_done_and_partly(answer: Answer, kept: bool) -> None:
    assert answer.kept is kept


@pytest.mark.parametrize(
    ("stands", "told", "said"),
    [
        (None, Details(minutes=10), Answer.DONE),
        (None, Details(note="sunny"), Answer.DONE),
        (Answer.DONE, Details(), Answer.DONE),
        (Answer.PARTLY, Details(minutes=10), Answer.PARTLY),
        (Answer.REST, Details(note="the child is ill"), Answer.REST),
        (Answer.REST, Details(), Answer.REST),
        (Answer.REST, Details(minutes=10), Answer.DONE),
        (Answer.SORE, Details(note="slept badly"), Answer.SORE),
        (Answer.SORE, Details(effort=2), Answer.DONE),
        (Answer.SORE, Details(activity=Activity.BIKE), Answer.DONE),
    ],
)
def test_the_form_says_done_unless_a_rest_stands_and_nothing_was_done(
    stands: Answer | None, told: Details, said: Answer
) -> None:
    known = Details(minutes=40, pain=6, note="before")
    answer, details = filled_in(stands, known, told)
    assert answer is said
    assert details == replace(told, pain=6)


KNOWN = Details(minutes=40, metres=3000, effort=4, pain=6, note="before")


@pytest.mark.parametrize(
    ("stands", "said", "told", "after"),
    [
        (None, Answer.DONE, Details(), Details(pain=6, note="before")),
        (Answer.DONE, Answer.DONE, Details(), KNOWN),
        (Answer.DONE, Answer.DONE, Details(minutes=20), replace(KNOWN, minutes=20, metres=None)),
        (Answer.DONE, Answer.DONE, Details(effort=9), replace(KNOWN, effort=9)),
        (Answer.DONE, Answer.PARTLY, Details(), KNOWN),
        (Answer.DONE, Answer.REST, Details(), Details(pain=6, note="before")),
        (Answer.REST, Answer.DONE, Details(), Details(pain=6, note="before")),
        (Answer.DONE, Answer.SORE, Details(pain=8), Details(pain=8, note="before")),
    ],
)
def test_what_was_said_before_stays_as_far_as_it_goes_with_the_answer(
    stands: Answer | None, said: Answer, told: Details, after: Details
) -> None:
    assert details_after(stands, KNOWN, said, told) == after


def test_a_distance_may_be_added_to_a_time() -> None:
    known = Details(minutes=40)
    after = details_after(Answer.DONE, known, Answer.DONE, Details(metres=3000))
    assert after == Details(minutes=40, metres=3000)
