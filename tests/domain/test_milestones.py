"""Milestones: which ones an answer reaches, and that each can be told from every other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import Answer, minutes_of
from bot.domain.ids import SessionId
from bot.domain.milestones import (
    KEPT,
    TOGETHER_EVERY,
    Milestone,
    Reached,
    ends_a_break,
    reached,
    together,
)

AWAY_SINCE = SessionId(77)
COUNTS = st.integers(1, 2000)
MINUTES = st.integers(0, 600)


@pytest.mark.parametrize("kept", [1, 7, 14, 30, 50, 100, 365])
def test_these_numbers_of_sessions_are_milestones(kept: int) -> None:
    assert reached(kept, 20, None) == (Reached(Milestone.KEPT, kept),)


@pytest.mark.parametrize("kept", [0, 2, 6, 8, 13, 15, 99, 101, 364, 366, 700])
def test_other_numbers_of_sessions_are_not(kept: int) -> None:
    assert reached(kept, 20, None) == ()


@pytest.mark.parametrize(("minutes", "told"), [(0, 0), (29, 0), (30, 1), (600, 1)])
def test_thirty_minutes_in_one_go_are_a_milestone(minutes: int, told: int) -> None:
    assert reached(2, minutes, None) == (Reached(Milestone.IN_ONE_GO),) * told


def test_the_first_session_after_a_break_is_a_milestone_of_that_break() -> None:
    assert reached(2, 20, AWAY_SINCE) == (Reached(Milestone.BACK, AWAY_SINCE),)


def test_an_answer_can_reach_several() -> None:
    kinds = [one.milestone for one in reached(7, 30, AWAY_SINCE)]
    assert kinds == [Milestone.KEPT, Milestone.BACK, Milestone.IN_ONE_GO]


@pytest.mark.parametrize(("days", "ends"), [(1, False), (13, False), (14, True), (400, True)])
def test_a_break_lasts_two_weeks_at_least(days: int, *, ends: bool) -> None:
    last_kept_on = date(2026, 3, 2)
    due_on = last_kept_on + timedelta(days=days)
    assert ends_a_break(last_kept_on, due_on, held_between=True) is ends


def test_who_kept_the_last_session_there_was_has_not_been_away() -> None:
    assert not ends_a_break(date(2026, 3, 2), date(2026, 4, 27), held_between=False)


@pytest.mark.parametrize(
    ("minutes", "subject"), [(0, None), (999, None), (1000, 1000), (1999, 1000), (12_345, 12_000)]
)
def test_every_thousand_minutes_together_is_a_milestone(minutes: int, subject: int | None) -> None:
    found = together(minutes)
    assert (None if found is None else found.subject) == subject


@pytest.mark.parametrize(
    ("answer", "stated", "minutes"),
    [
        (Answer.DONE, None, 20),
        (Answer.DONE, 35, 35),
        (Answer.PARTLY, None, 0),
        (Answer.PARTLY, 10, 10),
        (Answer.REST, 35, 0),
        (Answer.SORE, 35, 0),
        (None, 35, 0),
    ],
)
def test_minutes_are_those_stated_else_the_planned_of_what_was_done(
    answer: Answer | None, stated: int | None, minutes: int
) -> None:
    assert minutes_of(answer, stated, 20) == minutes


@given(COUNTS, MINUTES, st.none() | st.just(AWAY_SINCE))
def test_no_answer_reaches_one_twice(kept: int, minutes: int, away: SessionId | None) -> None:
    found = reached(kept, minutes, away)
    assert len(set(found)) == len(found)


@given(st.integers(1, 400))
def test_whoever_keeps_on_reaches_every_number_once(sessions: int) -> None:
    found = [one for kept in range(1, sessions + 1) for one in reached(kept, 20, None)]
    assert [one.subject for one in found] == [number for number in KEPT if number <= sessions]


@given(st.integers(0, 10**7), st.integers(0, 600))
def test_a_group_passes_no_thousand_unnoticed(before: int, more: int) -> None:
    passed = (before + more) // TOGETHER_EVERY > before // TOGETHER_EVERY
    assert passed is (together(before + more) != together(before))
