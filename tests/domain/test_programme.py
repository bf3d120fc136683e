"""The ladder: where it begins, where a week leads, and that it never hurries."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.programme import (
    AT_A_TIME,
    FIRST,
    LADDER,
    SETTLING_IN,
    TOP,
    Answers,
    Pace,
    Review,
    Rule,
    Walking,
    Week,
    begin_again,
    easier,
    read,
    review,
    start_rung,
    was_away,
)

RUNGS = st.integers(FIRST, TOP)
GOOD = Week(kept=3, counted=3)
WEEKS = st.builds(
    Week,
    counted=st.integers(0, 14),
    kept=st.integers(0, 14),
    pain=st.integers(0, 10),
    pain_before=st.integers(0, 10),
    back=st.booleans(),
    away=st.booleans(),
    stood=RUNGS,
    whole=st.booleans(),
    note_due=st.booleans(),
).map(lambda week: replace(week, kept=min(week.kept, week.counted)))
PACES = st.sampled_from(Pace)
ANSWERS = st.builds(
    Answers, st.sampled_from(Walking), st.sampled_from(AT_A_TIME), st.integers(0, 10)
)


def climbed(weeks: list[Week], rung: int = FIRST, pace: Pace = Pace.GROW) -> list[int]:
    """The rungs on which somebody stands after each week."""
    found: list[int] = []
    for week in weeks:
        rung = review(rung, pace, week).after
        found.append(rung)
    return found


@given(RUNGS, PACES, WEEKS)
def test_a_week_never_leads_up_more_than_one_rung_nor_off_the_ladder(
    rung: int, pace: Pace, week: Week
) -> None:
    found = review(rung, pace, week)
    assert found.before == rung
    assert FIRST <= found.after <= min(TOP, rung + 1)


@given(RUNGS, PACES, WEEKS)
def test_no_week_with_pain_above_three_or_rising_leads_up(
    rung: int, pace: Pace, week: Week
) -> None:
    if week.pain > 3 or week.pain > week.pain_before:
        assert review(rung, pace, week).after <= rung


@given(RUNGS, WEEKS)
def test_who_wants_to_stay_never_goes_up(rung: int, week: Week) -> None:
    assert review(rung, Pace.HOLD, week).after <= rung


@given(RUNGS, PACES, WEEKS)
def test_only_the_rule_for_it_leads_up_and_only_three_rules_lead_down(
    rung: int, pace: Pace, week: Week
) -> None:
    found = review(rung, pace, week)
    assert (found.after > rung) is (found.rule is Rule.UP)
    if found.after < rung:
        assert found.rule in (Rule.BACK, Rule.SORE, Rule.LITTLE)


@given(RUNGS, PACES, WEEKS)
def test_a_review_names_its_rule_and_is_read_as_it_was_kept(
    rung: int, pace: Pace, week: Week
) -> None:
    found = review(rung, pace, week)
    assert found.rule in Rule
    assert read(str(found)) == found


@given(st.lists(WEEKS, max_size=30), PACES, ANSWERS)
def test_no_path_leaves_the_ladder(weeks: list[Week], pace: Pace, answers: Answers) -> None:
    path = climbed(weeks, start_rung(answers), pace)
    assert all(FIRST <= rung <= TOP for rung in path)


def test_ten_good_weeks_lead_from_the_first_rung_to_thirty_minutes_which_are_held() -> None:
    path = climbed([GOOD] * 60)
    assert path[:10] == list(range(1, 11))
    assert set(path[10:]) == {TOP}
    assert (LADDER[TOP].walks, LADDER[TOP].minutes) == (1, 30)


@given(st.lists(WEEKS, max_size=9))
def test_nobody_gets_there_in_fewer_than_ten_weeks(weeks: list[Week]) -> None:
    assert TOP not in climbed(weeks)


def test_the_ladder_asks_for_more_at_a_time_or_more_often_on_each_rung() -> None:
    assert [(one.walks, one.minutes) for one in LADDER[:4]] == [(2, 5), (3, 5), (2, 8), (2, 10)]
    assert [one.minutes for one in LADDER[4:]] == [15, 18, 20, 22, 25, 28, 30]
    assert {one.walks for one in LADDER[4:]} == {1}


@pytest.mark.parametrize(
    ("week", "rule", "change"),
    [
        (Week(0, 0), Rule.NOTHING, 0),
        (Week(0, 0, pain=9, back=True), Rule.NOTHING, 0),
        (Week(3, 3, back=True, stood=5), Rule.BACK, -2),
        (Week(3, 3, pain=9, back=True, stood=5), Rule.BACK, -2),
        (Week(3, 3, back=True, stood=6), Rule.BACK, -1),
        (Week(3, 3, back=True, stood=7), Rule.BACK, 0),
        (Week(3, 3, back=True, stood=9), Rule.BACK, 0),
        (Week(3, 3, pain=5, pain_before=9), Rule.SORE, -1),
        (Week(0, 3, away=True), Rule.AWAY, 0),
        (Week(0, 3, away=True, pain=5), Rule.SORE, -1),
        (Week(0, 1), Rule.LITTLE, -1),
        (Week(1, 4), Rule.LITTLE, -1),
        (Week(1, 3), Rule.SOME, 0),
        (Week(2, 3), Rule.SOME, 0),
        (Week(3, 4), Rule.UP, 1),
        (Week(3, 4, pain=4, pain_before=4), Rule.PAIN, 0),
        (Week(3, 4, pain=3, pain_before=2), Rule.RISING, 0),
        (Week(3, 4, pain=3, pain_before=3), Rule.UP, 1),
        (Week(3, 4, pain=0, pain_before=9), Rule.UP, 1),
        (Week(3, 3, note_due=True), Rule.NOTE, 0),
        (Week(3, 3, whole=False), Rule.BEGUN, 0),
        (Week(0, 3, whole=False), Rule.BEGUN, 0),
        (Week(3, 3, whole=False, pain=5), Rule.SORE, -1),
    ],
)
def test_the_first_rule_that_applies_decides(week: Week, rule: Rule, change: int) -> None:
    assert review(5, Pace.GROW, week) == Review(rule, 5, 5 + change)


def test_the_top_and_a_wish_to_stay_are_named() -> None:
    assert review(TOP, Pace.GROW, GOOD).rule is Rule.TOP
    assert review(5, Pace.HOLD, GOOD).rule is Rule.CHOSEN


@pytest.mark.parametrize("rule", [Rule.SORE, Rule.LITTLE, Rule.BACK])
def test_below_the_first_rung_there_is_none(rule: Rule) -> None:
    week = {
        Rule.SORE: replace(GOOD, pain=9),
        Rule.LITTLE: Week(0, 3),
        Rule.BACK: replace(GOOD, back=True, stood=FIRST),
    }[rule]
    assert review(FIRST, Pace.GROW, week) == Review(rule, FIRST, FIRST)
    assert easier(FIRST) == FIRST


@given(RUNGS, st.lists(st.sampled_from([Week(0, 0), Week(0, 3)]), min_size=2, max_size=8))
def test_two_weeks_away_or_more_lead_two_down_once_however_they_were_spent(
    rung: int, absence: list[Week]
) -> None:
    # From the second week on they have been away for two weeks.
    weeks = [replace(week, away=place > 0) for place, week in enumerate(absence)]
    path = climbed([*weeks, replace(GOOD, back=True, stood=rung)], rung)
    assert path[-1] == max(FIRST, rung - 2)
    assert min(path) >= path[-1]


D = date(2026, 3, 2)


def days(*offsets: int) -> list[date]:
    return [D + timedelta(days=offset) for offset in offsets]


@pytest.mark.parametrize(
    ("there", "held", "away"),
    [
        ([], [], False),
        ([0], [7], False),
        ([0, 13], range(14), False),
        ([0, 14], range(15), True),
        ([0, 14, 16], range(17), True),
        ([0, 7, 14], range(15), False),
        ([0, 14], [0, 14], False),
        ([0, 28], [0, 28], False),
    ],
    ids=[
        "never there",
        "there once",
        "not quite two weeks",
        "two weeks",
        "back for a second time",
        "there in between",
        "a group that meets every other week",
        "the group's own holiday",
    ],
)
def test_who_was_away(there: list[int], held: list[int], away: bool) -> None:
    assert was_away(days(*there), set(days(*held))) is away


@pytest.mark.parametrize(
    ("answers", "rung"),
    [
        (Answers(Walking.NO, 30, 0), (2, 5)),
        (Answers(Walking.OFTEN, 0, 0), (2, 5)),
        (Answers(Walking.OFTEN, 5, 0), (2, 5)),
        (Answers(Walking.OFTEN, 10, 0), (2, 5)),
        (Answers(Walking.OFTEN, 15, 0), (1, 15)),
        (Answers(Walking.SOMETIMES, 15, 0), (2, 10)),
        (Answers(Walking.OFTEN, 20, 3), (1, 20)),
        (Answers(Walking.OFTEN, 20, 4), (1, 18)),
        (Answers(Walking.SOMETIMES, 20, 4), (1, 15)),
        (Answers(Walking.OFTEN, 30, 0), (1, 30)),
        (Answers(Walking.OFTEN, 30, 5), (2, 5)),
    ],
)
def test_it_begins_with_what_one_walks_already(answers: Answers, rung: tuple[int, int]) -> None:
    found = LADDER[start_rung(answers)]
    assert (found.walks, found.minutes) == rung


@given(ANSWERS)
def test_nobody_begins_higher_because_it_hurts_more_or_they_walk_less(answers: Answers) -> None:
    rung = start_rung(answers)
    assert FIRST <= rung <= TOP
    if answers.pain < 10:
        assert start_rung(replace(answers, pain=answers.pain + 1)) <= rung
    less = [minutes for minutes in AT_A_TIME if minutes < answers.minutes]
    assert all(start_rung(replace(answers, minutes=minutes)) <= rung for minutes in less)
    assert start_rung(replace(answers, walking=Walking.NO)) <= rung


@given(RUNGS, RUNGS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_stopping_is_no_way_up(wanted: int, stood: int, since: timedelta) -> None:
    found = begin_again(wanted, stood, since)
    assert found == (min(wanted, stood) if since < SETTLING_IN else wanted)


@pytest.mark.parametrize("text", ["", "up", "up 1", "up 1 2 3", "fly 1 2", "up 1 11", "up -1 0"])
def test_what_is_no_review_is_read_as_none(text: str) -> None:
    assert read(text) is None
