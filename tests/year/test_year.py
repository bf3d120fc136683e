"""A group's weeks, lived through the real bot, keep every rule; so does a whole year of them.

The whole year takes minutes: it is lived with `MORE_YEARS` in the environment, and by `make year`.
"""

from __future__ import annotations

import os

import pytest

from tests.year.almanac import YEAR
from tests.year.judge import missing, violations
from tests.year.living import Options, live
from tests.year.page import page
from tests.year.reading import Reading

MORE = bool(os.environ.get("MORE_YEARS"))
WHOLE = [
    Options(),
    Options(seed=2, restart_every=1),
    Options(seed=3, restart_every=1),
    Options(seed=4, restart_every=7),
]
"""With a restart on every day, at any hour, there is none that goes well by chance."""


@pytest.mark.slow
async def test_five_weeks_keep_every_rule_over_restarts_and_a_change_of_the_clock(
    sqlite_url: str,
) -> None:
    year = await live(sqlite_url, Options(days=35, restart_every=5))
    assert violations(year) == []
    assert len(Reading(year).encouragements()) > 15
    assert year.aways
    assert len(page(year).splitlines()) > 100


@pytest.mark.slow
@pytest.mark.parametrize("options", WHOLE * MORE, ids=str)
async def test_a_year_keeps_every_rule_and_shows_every_situation(
    sqlite_url: str, options: Options
) -> None:
    year = await live(sqlite_url, options)
    assert violations(year) == []
    assert year.days == YEAR
    assert missing(year) == []
