"""When somebody does walk, compared by the times of their group's week."""

from datetime import date, datetime, time

import pytest

from bot.domain.habit import TimeRecord, best_time, records, suits

MONDAY = date(2026, 3, 2)


def at(day: int, hour: int, *came: bool) -> list[tuple[datetime, bool]]:
    """Return sessions of a weekday at an hour, one a week."""
    return [(datetime(2026, 3, 2 + day, hour), one) for one in came]  # noqa: DTZ001 - a wall clock


def test_times_are_ordered_by_how_often_one_came() -> None:
    sessions = at(0, 7, True, False, False) + at(5, 10, True, True) + at(2, 7, True, False, False)
    assert records(sessions) == [
        TimeRecord(5, time(10), 2, 2),
        TimeRecord(0, time(7), 1, 3),
        TimeRecord(2, time(7), 1, 3),
    ]


@pytest.mark.parametrize(
    ("found", "best"),
    [
        pytest.param([], None, id="nothing yet"),
        pytest.param([TimeRecord(0, time(7), 4, 4)], None, id="a single time"),
        pytest.param(
            [TimeRecord(5, time(10), 3, 4), TimeRecord(0, time(7), 1, 4)],
            TimeRecord(5, time(10), 3, 4),
            id="one stands out",
        ),
        pytest.param(
            [TimeRecord(5, time(10), 3, 4), TimeRecord(0, time(7), 3, 4)], None, id="all alike"
        ),
        pytest.param(
            [TimeRecord(5, time(10), 1, 1), TimeRecord(0, time(7), 0, 4)], None, id="once is chance"
        ),
        pytest.param(
            [TimeRecord(5, time(10), 2, 5), TimeRecord(0, time(7), 0, 5)], None, id="rare as well"
        ),
    ],
)
def test_a_time_is_theirs_where_it_stands_out(
    found: list[TimeRecord], best: TimeRecord | None
) -> None:
    assert best_time(found) == best


@pytest.mark.parametrize(
    ("weekday", "hour", "suitable"), [(5, 10, True), (5, 12, True), (5, 13, False), (6, 10, False)]
)
def test_another_group_suits_by_day_and_hour(weekday: int, hour: int, suitable: bool) -> None:
    (starts_at, _), *_ = at(weekday, hour, True)
    assert suits(starts_at, TimeRecord(5, time(10), 3, 4)) is suitable
