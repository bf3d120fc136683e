"""A walk that somebody did in two groups at the same time counts once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import GroupId, MembershipId, SessionId
from bot.domain.walks import Plan, Walk, once, overlapping

MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)


def walk(
    group: int,
    start: int = 0,
    length: int = 20,
    *,
    kept: bool = True,
    minutes: int = 20,
    counted: bool = True,
) -> Walk:
    """A session of a group; `start` in minutes after seven."""
    starts_at = MORNING + timedelta(minutes=start)
    ends_at = starts_at + timedelta(minutes=length)
    return Walk(MembershipId(group), starts_at, ends_at, kept, minutes if kept else 0, counted)


WALKS = st.lists(
    st.builds(walk, st.integers(1, 3), st.integers(0, 90), st.integers(5, 60), kept=st.booleans()),
    max_size=12,
)


def test_walks_at_different_times_all_count() -> None:
    walks = [walk(1), walk(2, 30), walk(1, 60)]
    assert once(walks) == walks


def test_overlapping_walks_of_two_groups_are_one() -> None:
    assert once([walk(1), walk(2, 10)]) == [walk(1)]


def test_one_that_begins_as_the_other_ends_is_another_walk() -> None:
    assert len(once([walk(1), walk(2, 20)])) == 2


def test_the_longer_of_two_answers_holds() -> None:
    [found] = once([walk(1, minutes=20), walk(2, 5, minutes=45)])
    assert found.minutes == 45


def test_what_was_kept_in_one_group_was_not_missed_in_the_other() -> None:
    [found] = once([walk(1, kept=False), walk(2, 5, minutes=30)])
    assert (found.kept, found.counted, found.minutes) == (True, True, 30)


def test_two_misses_at_the_same_time_are_one() -> None:
    [found] = once([walk(1, kept=False), walk(2, kept=False)])
    assert (found.kept, found.counted) == (False, True)


def test_sessions_of_one_group_are_never_taken_for_one() -> None:
    assert len(once([walk(1), walk(1, 10)])) == 2


def test_two_pairs_are_two_walks() -> None:
    assert len(once([walk(1), walk(1), walk(2), walk(2)])) == 2


def test_three_groups_at_once_are_one_walk() -> None:
    assert len(once([walk(1), walk(2, 5), walk(3, 10)])) == 1


@given(WALKS)
def test_the_order_of_the_walks_does_not_matter(walks: list[Walk]) -> None:
    assert sum(one.minutes for one in once(walks)) == sum(
        one.minutes for one in once(sorted(walks, key=lambda one: one.starts_at, reverse=True))
    )


@given(WALKS)
def test_nothing_is_ever_made_more(walks: list[Walk]) -> None:
    found = once(walks)
    assert len(found) <= len(walks)
    assert sum(one.kept for one in found) <= sum(one.kept for one in walks)
    assert sum(one.minutes for one in found) <= sum(one.minutes for one in walks)
    assert any(one.kept for one in found) == any(one.kept for one in walks)


@given(WALKS.map(lambda walks: [one for one in walks if one.membership_id == 1]))
def test_in_one_group_everything_counts(walks: list[Walk]) -> None:
    assert len(once(walks)) == len(walks)


def plans(walks: list[Walk]) -> list[Plan]:
    """The sessions of these walks, numbered, by start."""
    found = [
        Plan(SessionId(number), GroupId(one.membership_id), one.starts_at, one.ends_at)
        for number, one in enumerate(walks)
    ]
    return sorted(found, key=lambda one: one.starts_at)


def test_sessions_overlap_only_with_those_of_another_group() -> None:
    walks = [walk(1), walk(1, 10), walk(1, 40), walk(2, 40), walk(2, 60)]
    assert overlapping(plans(walks)) == {2, 3}


@given(WALKS)
def test_what_overlaps_with_no_other_group_is_never_taken_for_one(walks: list[Walk]) -> None:
    doubtful = overlapping(plans(walks))
    inside = [one for number, one in enumerate(walks) if number in doubtful]
    outside = [one for number, one in enumerate(walks) if number not in doubtful]
    assert sorted(once(walks), key=str) == sorted([*once(inside), *outside], key=str)
