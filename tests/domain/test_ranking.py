"""Leaderboards."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import MembershipId
from bot.domain.ranking import Entry, Metric, Period, board, own_place, rank
from tests.domain.samples import unhurried


def entry(number: int, value: int, name: str = "", *, shown: bool = True) -> Entry:
    return Entry(MembershipId(number), name or f"member {number:02}", value, shown)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, 5), st.booleans(), st.sampled_from(["Ann", "ann", "Bo", "Çan"])
            ),
            max_size=20,
        )
    )
    return [entry(n, value, name, shown=shown) for n, (value, shown, name) in enumerate(rows, 1)]


@pytest.mark.parametrize(
    ("values", "ranks"),
    [
        pytest.param([], [], id="nobody"),
        pytest.param([5], [1], id="alone"),
        pytest.param([7, 7, 3], [1, 1, 3], id="two first, then the third"),
        pytest.param([9, 4, 4, 4, 1], [1, 2, 2, 2, 5], id="three second"),
        pytest.param([2, 2, 2], [1, 1, 1], id="all the same"),
        pytest.param([3, 0, 2], [1, 2], id="zeros are left out"),
        pytest.param([0, 0], [], id="only zeros"),
    ],
)
def test_equal_values_share_a_rank(values: list[int], ranks: list[int]) -> None:
    assert [r.rank for r in rank(entry(n, value) for n, value in enumerate(values))] == ranks


def test_the_most_comes_first_and_equals_stand_by_name() -> None:
    rows = [entry(1, 3, "bea"), entry(2, 9, "Cem"), entry(3, 3, "Ann")]
    assert [r.name for r in rank(rows)] == ["Cem", "Ann", "bea"]


def test_namesakes_stand_in_order_of_joining() -> None:
    rows = [entry(8, 3, "Ann"), entry(4, 3, "ann")]
    assert [r.membership_id for r in rank(rows)] == [4, 8]


def test_a_board_shows_ten_even_when_more_are_equal() -> None:
    assert len(board(entry(n, 4) for n in range(12))) == 10


def test_who_is_not_shown_takes_no_rank_on_the_board() -> None:
    rows = [entry(1, 9, shown=False), entry(2, 5)]
    assert [(r.rank, r.membership_id) for r in board(rows)] == [(1, 2)]


def test_who_is_not_shown_is_told_their_own_place_among_the_shown() -> None:
    rows = [entry(1, 9, shown=False), entry(2, 5), entry(3, 4, shown=False)]
    place = own_place(rows, MembershipId(3))
    assert place is not None
    assert place.rank == 2


def test_beyond_the_tenth_one_still_has_a_place() -> None:
    place = own_place([entry(n, 20 - n) for n in range(15)], MembershipId(14))
    assert place is not None
    assert place.rank == 15


@pytest.mark.parametrize("number", [1, 99])
def test_without_a_value_there_is_no_place(number: int) -> None:
    assert own_place([entry(1, 0), entry(2, 5)], MembershipId(number)) is None


@pytest.mark.parametrize("metric", Metric)
def test_only_sums_have_a_period(metric: Metric) -> None:
    assert metric.has_period is (metric in {Metric.KEPT, Metric.MINUTES, Metric.SHARE})


@unhurried
@given(entries())
def test_a_rank_is_one_more_than_those_ahead(rows: list[Entry]) -> None:
    for line in rank(rows):
        assert line.rank == 1 + sum(other.value > line.value for other in rows)


@unhurried
@given(entries())
def test_a_board_shows_only_those_who_want_it_at_most_ten_and_no_zeros(rows: list[Entry]) -> None:
    wanted = {row.membership_id for row in rows if row.shown and row.value > 0}
    lines = board(rows)
    assert {line.membership_id for line in lines} <= wanted
    assert len(lines) == min(10, len(wanted))
    assert all(line.value > 0 for line in lines)


@unhurried
@given(entries(), st.data())
def test_the_order_of_arrival_does_not_matter(rows: list[Entry], data: st.DataObject) -> None:
    assert board(data.draw(st.permutations(rows))) == board(rows)


@unhurried
@given(entries())
def test_whoever_stands_on_the_board_is_told_the_same_place(rows: list[Entry]) -> None:
    for line in board(rows):
        assert own_place(rows, line.membership_id) == line


@pytest.mark.parametrize(
    ("period", "on", "first", "before", "after"),
    [
        (Period.WEEK, "2026-03-05", "2026-03-02", "2026-02-23", "2026-03-09"),
        (Period.WEEK, "2026-01-01", "2025-12-29", "2025-12-22", "2026-01-05"),
        (Period.MONTH, "2026-03-31", "2026-03-01", "2026-02-01", "2026-04-01"),
        (Period.MONTH, "2026-01-15", "2026-01-01", "2025-12-01", "2026-02-01"),
        (Period.MONTH, "2026-02-28", "2026-02-01", "2026-01-01", "2026-03-01"),
    ],
)
def test_a_period_knows_the_one_before_and_the_one_after(
    period: Period, on: str, first: str, before: str, after: str
) -> None:
    begins = period.begin(date.fromisoformat(on))
    assert begins is not None
    assert begins == date.fromisoformat(first)
    assert period.before(begins) == date.fromisoformat(before)
    assert period.after(begins) == date.fromisoformat(after)


def test_all_time_has_no_beginning_and_no_neighbours() -> None:
    on = date(2026, 3, 5)
    assert (Period.ALL.begin(on), Period.ALL.before(on), Period.ALL.after(on)) == (None, None, None)


@given(st.dates(), st.sampled_from([Period.WEEK, Period.MONTH]))
def test_periods_follow_one_another_without_gaps(on: date, period: Period) -> None:
    first = period.begin(on)
    assert first is not None
    assert first <= on
    after = period.after(first)
    if after is not None:
        assert after > on
        assert period.before(after) == first
    before = period.before(first)
    if before is not None:
        assert period.after(before) == first
