"""The week streak."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.streak import Outcome, Reckoning
from bot.domain.week import DEFAULT_GOAL, Week, fold, step, tally
from tests.domain.samples import unhurried

KEPT = Reckoning(Outcome.DONE, counted=True)
PARTLY = Reckoning(Outcome.PARTLY, counted=True)
MISSED = Reckoning(Outcome.MISSED, counted=True)
COVERED = Reckoning(Outcome.MISSED, counted=True, covered=True)
REST = Reckoning(Outcome.REST, counted=False)
SORE = Reckoning(Outcome.SORE, counted=False)
EXCUSED = Reckoning(Outcome.EXCUSED, counted=False)

GOOD = Week(goal=3, kept=3, counted=3)
BAD = Week(goal=3, kept=0, counted=3)
PAUSED = Week(goal=3)

reckonings = st.lists(
    st.sampled_from([KEPT, PARTLY, MISSED, COVERED, REST, SORE, EXCUSED]), max_size=9
)
weeks = st.lists(st.builds(tally, st.integers(1, 7), reckonings), max_size=20)


@pytest.mark.parametrize(
    ("goal", "rows", "after"),
    [
        pytest.param(3, [KEPT] * 3, 5, id="the goal met"),
        pytest.param(3, [KEPT] * 5, 5, id="more than the goal counts once"),
        pytest.param(3, [KEPT, PARTLY, KEPT, MISSED, MISSED], 5, id="the goal is enough"),
        pytest.param(3, [KEPT, KEPT, MISSED], 0, id="one short"),
        pytest.param(3, [KEPT, KEPT], 5, id="all there was"),
        pytest.param(3, [KEPT, KEPT, COVERED], 5, id="a token lowers what is asked"),
        pytest.param(3, [KEPT, KEPT, KEPT, COVERED], 5, id="a token beside the goal"),
        pytest.param(3, [KEPT, COVERED, MISSED], 0, id="a token does not cover two"),
        pytest.param(3, [KEPT, REST, SORE], 5, id="rest and sore ask for nothing"),
        pytest.param(3, [], 4, id="nothing planned is passed over"),
        pytest.param(3, [EXCUSED] * 3, 4, id="a pause is passed over"),
        pytest.param(3, [COVERED], 4, id="only a covered miss is passed over"),
        pytest.param(1, [MISSED], 0, id="only a miss breaks it"),
        pytest.param(7, [KEPT] * 7, 5, id="every day"),
        pytest.param(1, [KEPT, MISSED, MISSED], 5, id="a goal of one"),
    ],
)
def test_a_week_after_four_good_ones(goal: int, rows: list[Reckoning], after: int) -> None:
    assert step(4, tally(goal, rows)) == after


def test_the_goal_is_three_by_default() -> None:
    assert Week().goal == DEFAULT_GOAL == 3


@pytest.mark.parametrize(
    ("history", "streak"),
    [
        pytest.param([], 0, id="nothing yet"),
        pytest.param([GOOD, GOOD], 2, id="two in a row"),
        pytest.param([GOOD, PAUSED, GOOD], 2, id="a holiday between"),
        pytest.param([GOOD, BAD, GOOD], 1, id="begun again"),
        pytest.param([GOOD, BAD], 0, id="broken"),
    ],
)
def test_weeks_in_a_row(history: list[Week], streak: int) -> None:
    assert fold(history) == streak


@unhurried
@given(weeks, st.data())
def test_from_a_checkpoint_equals_from_the_beginning(
    history: list[Week], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(history)))
    assert fold(history[cut:], fold(history[:cut])) == fold(history)


@unhurried
@given(reckonings, reckonings)
def test_a_week_is_the_sum_of_its_days(monday: list[Reckoning], rest: list[Reckoning]) -> None:
    first, then, whole = tally(3, monday), tally(3, rest), tally(3, monday + rest)
    assert whole.kept == first.kept + then.kept
    assert whole.counted == first.counted + then.counted
    assert whole.covered == first.covered + then.covered


@unhurried
@given(reckonings, st.integers(1, 7))
def test_who_missed_nothing_uncovered_never_loses_the_week(
    rows: list[Reckoning], goal: int
) -> None:
    assert step(4, tally(goal, [row for row in rows if row != MISSED])) >= 4


@unhurried
@given(weeks)
def test_a_streak_is_never_longer_than_the_weeks(history: list[Week]) -> None:
    assert 0 <= fold(history) <= len(history)
