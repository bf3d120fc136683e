"""Words are drawn by chance once, and then come round in that order."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording import draw
from tests.domain.samples import unhurried

seeds = st.integers(0, 2**32)
counts = st.integers(1, 9)


def drawn(wordings: list[str], times: int, seed: int) -> list[str]:
    """Draw as a group does over the weeks: keep each wording where it was used last."""
    chance, used, said = Random(seed), list[str](), list[str]()
    for _ in range(times):
        one = draw(wordings, used, chance)
        used = [*(wording for wording in used if wording != one), one]
        said.append(one)
    return said


def words(count: int) -> list[str]:
    return [f"wording {number}" for number in range(count)]


@unhurried
@given(counts, st.integers(0, 60), seeds)
def test_no_wording_comes_again_before_all_others_were_used(
    count: int, times: int, seed: int
) -> None:
    said = drawn(words(count), times, seed)
    for begin in range(len(said)):
        row = said[begin : begin + count]
        assert len(set(row)) == len(row)


@unhurried
@given(counts, seeds)
def test_the_same_chance_draws_the_same(count: int, seed: int) -> None:
    assert drawn(words(count), 30, seed) == drawn(words(count), 30, seed)


def test_chance_really_chooses() -> None:
    orders = Counter(tuple(drawn(words(3), 3, seed)) for seed in range(200))
    assert len(orders) == 6


def test_a_single_wording_is_said_again() -> None:
    assert draw(["only"], ["only"], Random(1)) == "only"


@pytest.mark.parametrize("used", [["gone"], ["gone", "a"]])
def test_a_wording_that_is_no_longer_there_does_not_matter(used: list[str]) -> None:
    assert draw(["a", "b"], used, Random(1)) in {"a", "b"} - {*used}
    assert draw(["a", "b"], ["gone", "a", "b"], Random(1)) == "a"


def test_a_wording_that_is_new_is_said_before_any_other_comes_again() -> None:
    assert draw(["a", "b", "new"], ["a", "b"], Random(1)) == "new"
