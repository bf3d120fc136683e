"""Which step the kill test dies at next."""

from __future__ import annotations

from random import Random

from tests.faults.deaths import TAKEN_OVER, Deaths
from tests.faults.steps import STEPS


def anything(_: str) -> bool:
    return True


def test_every_step_comes_once_before_any_comes_again() -> None:
    deaths = Deaths.everywhere("sqlite", Random(1))
    drawn: list[str | None] = []
    for _ in STEPS:
        drawn.append(step := deaths.draw(anything))
        deaths.met(str(step))
    assert sorted(map(str, drawn)) == sorted(STEPS)
    assert deaths.unmet == []
    assert deaths.draw(anything) in STEPS


def test_a_step_that_was_not_reached_comes_again_after_the_others() -> None:
    deaths = Deaths(["a", "b", "c"], (), Random(1))
    assert deaths.draw(anything) == "a"
    assert deaths.draw(anything) == "b"
    deaths.met("b")
    assert [deaths.draw(anything) for _ in range(2)] == ["c", "a"]


def test_a_step_waits_until_something_of_its_kind_is_due() -> None:
    deaths = Deaths(["posted.care", "posted.nudge"], (), Random(1))
    assert deaths.draw(lambda step: "nudge" in step) == "posted.nudge"
    assert deaths.draw(lambda step: "week" in step) is None


def test_claims_are_taken_over_at_a_start_on_sqlite_alone() -> None:
    unmet = {
        dialect: set(Deaths.everywhere(dialect, Random(1)).unmet)
        for dialect in ("sqlite", "postgresql")
    }
    assert unmet["sqlite"] - unmet["postgresql"] == {TAKEN_OVER}
