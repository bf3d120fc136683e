"""Buddies: everybody in one pair, the best way there is, and no pair twice in a row."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import MembershipId, SlotId
from bot.domain.pairing import (
    MOST,
    PACE,
    TIMES,
    UNKNOWN_PACE,
    UNKNOWN_TIMES,
    VARIETY,
    History,
    Walker,
    pair_up,
    worths,
)

Way = list[tuple[MembershipId, ...]]


def walker(n: int, minutes: float | None = None, **kept: int) -> Walker:
    return Walker(
        MembershipId(n), minutes, {SlotId(int(slot[1:])): times for slot, times in kept.items()}
    )


def met(*pairs: tuple[int, int], ago: int = 0) -> History:
    return {frozenset(map(MembershipId, two)): ago for two in pairs}


def worth(a: Walker, b: Walker, history: History | None = None) -> int:
    return int(worths([a, b], history or {})[0, 1])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (walker(1), walker(2), UNKNOWN_PACE + UNKNOWN_TIMES + VARIETY),
        (walker(1, 20, s1=4), walker(2, 20, s1=4), PACE + TIMES + VARIETY),
        (walker(1, 10, s1=4), walker(2, 20, s1=4), PACE // 2 + TIMES + VARIETY),
        (walker(1, 20, s1=4), walker(2, 20, s2=4), PACE + VARIETY),
        (walker(1, 20, s1=4), walker(2, 20, s1=2, s2=2), PACE + TIMES // 3 + VARIETY),
        (walker(1, 20), walker(2, None, s1=3), UNKNOWN_PACE + UNKNOWN_TIMES + VARIETY),
    ],
)
def test_two_fit_by_pace_and_times(a: Walker, b: Walker, expected: int) -> None:
    assert worth(a, b) == worth(b, a) == expected


def test_the_longer_ago_two_were_together_the_better_they_fit_again() -> None:
    a, b = walker(1), walker(2)
    by_distance = [worth(a, b, met((1, 2), ago=ago)) for ago in range(6)]
    assert by_distance == sorted(by_distance)
    assert by_distance[0] < by_distance[-1] < worth(a, b)


def test_like_goes_with_like() -> None:
    early = {"s1": 8}
    late = {"s2": 8}
    walkers = [
        walker(1, 10, **early),
        walker(2, 30, **late),
        walker(3, 30, **late),
        walker(4, 10, **early),
    ]
    assert pair_up(walkers, {}) == [(1, 4), (2, 3)]


def test_the_best_fit_gives_way_to_a_change_of_company() -> None:
    walkers = [walker(1, 10), walker(2, 30), walker(3, 30), walker(4, 10)]
    way = pair_up(walkers, met((1, 4), (2, 3)))
    assert not {(1, 4), (2, 3)} & set(way)


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, []), (1, []), (2, [2]), (3, [3]), (4, [2, 2]), (5, [2, 3]), (11, [2, 2, 2, 2, 3])],
)
def test_everybody_has_a_buddy_and_three_are_together_where_one_is_left(
    count: int, sizes: list[int]
) -> None:
    assert sorted(len(two) for two in pair_up([walker(n) for n in range(count)], {})) == sizes


def test_two_who_are_all_there_is_stay_together() -> None:
    assert pair_up([walker(1), walker(2)], met((1, 2))) == [(1, 2)]


habits = st.tuples(
    st.none() | st.sampled_from([5.0, 10.0, 20.0, 30.0]),
    st.dictionaries(st.integers(1, 4).map(SlotId), st.integers(0, 8), max_size=4),
)


@st.composite
def groups(draw: st.DrawFn, most: int = 8) -> tuple[list[Walker], History]:
    """Draw walkers and whom they were together with before."""
    facts = draw(st.lists(habits, min_size=1, max_size=most))
    walkers = [Walker(MembershipId(n), *one) for n, one in enumerate(facts, start=1)]
    two = st.frozensets(st.integers(1, len(facts)).map(MembershipId), min_size=2, max_size=2)
    history = draw(st.dictionaries(two, st.integers(0, 4))) if len(facts) > 1 else {}
    return walkers, history


@settings(max_examples=150, deadline=None)
@given(groups())
def test_no_other_way_is_better(drawn: tuple[list[Walker], History]) -> None:
    walkers, history = drawn
    found = pair_up(walkers, history)
    ids = sorted(one.membership_id for one in walkers)
    if len(walkers) > 1:
        assert sorted(one for together in found for one in together) == ids
        best = max(value(way, walkers, history) for way in every_way(ids))
        assert value(found, walkers, history) == best


@settings(max_examples=60, deadline=None)
@given(groups(most=40))
def test_no_pair_comes_twice_in_a_row_while_another_way_is_possible(
    drawn: tuple[list[Walker], History],
) -> None:
    walkers, _ = drawn
    first = pair_up(walkers, {})
    latest = {frozenset(two): 0 for three in first for two in combinations(three, 2)}
    again = {frozenset(two) for three in pair_up(walkers, latest) for two in combinations(three, 2)}
    # Of two and three people there is one way alone; of five, three are together and two of
    # them were: of the ten ways to choose three, each holds two of the last pair or the last three.
    if len(walkers) not in (1, 2, 3, 5):
        assert not again & latest.keys()


@pytest.mark.parametrize("count", [301, 302])
def test_a_large_group_is_paired_to_the_last_one(count: int) -> None:
    walkers = [walker(n, n % 7 * 5 or None, **{f"s{n % 3}": n % 5}) for n in range(count)]
    first = pair_up(walkers, {})
    assert sorted(one for together in first for one in together) == list(range(count))
    assert {len(together) for together in first} <= {2, 3}
    latest = {frozenset(two): 0 for three in first for two in combinations(three, 2)}
    again = {frozenset(two) for three in pair_up(walkers, latest) for two in combinations(three, 2)}
    assert not again & latest.keys()


def every_way(ids: Sequence[MembershipId]) -> Iterator[Way]:
    """Give every way to pair some people, with one three where their number is odd."""
    if len(ids) % 2 == 0:
        yield from every_way_in_twos(ids)
        return
    for three in combinations(ids, 3):
        for rest in every_way_in_twos([one for one in ids if one not in three]):
            yield [three, *rest]


def every_way_in_twos(ids: Sequence[MembershipId]) -> Iterator[Way]:
    if not ids:
        yield []
        return
    first, others = ids[0], ids[1:]
    for other in others:
        rest = [one for one in others if one != other]
        for way in every_way_in_twos(rest):
            yield [(first, other), *way]


def value(way: Way, walkers: Sequence[Walker], history: History) -> tuple[int, int]:
    """Return how good a way is: few latest pairs again, then what those together are worth."""
    by_id = {one.membership_id: one for one in walkers}
    twos = [two for together in way for two in combinations(together, 2)]
    repeats = sum(history.get(frozenset(two)) == 0 for two in twos)
    return -repeats, sum(worth(by_id[a], by_id[b], history) for a, b in twos)


def test_no_way_is_worth_more_than_the_most() -> None:
    assert worth(walker(1, 20, s1=4), walker(2, 20, s1=4)) == MOST
