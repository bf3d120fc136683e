"""A group's weeks, lived through the real bot, keep every rule; so does a whole year of them.

The whole year takes minutes: it is lived with `MORE_YEARS` in the environment, and by `make year`.
"""

from __future__ import annotations

import os

import pytest

from tests.year.account import Year
from tests.year.almanac import YEAR, days
from tests.year.judge import missing, violations
from tests.year.ledger import Ledger
from tests.year.living import Options, live
from tests.year.page import page

MORE = bool(os.environ.get("MORE_YEARS"))
WEEKS = Options(days=35, restart_every=5)
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
    year = await live(sqlite_url, WEEKS)
    assert violations(year) == []
    assert len(year.aways) > WEEKS.days // 10
    assert_that_it_was_lived(year)


@pytest.mark.slow
@pytest.mark.parametrize("options", WHOLE * MORE, ids=str)
async def test_a_year_keeps_every_rule_and_shows_every_situation(
    sqlite_url: str, options: Options
) -> None:
    year = await live(sqlite_url, options)
    assert year.days == YEAR
    assert violations(year) == []
    assert missing(year) == []
    assert_that_it_was_lived(year)


def assert_that_it_was_lived(year: Year) -> None:
    """Hold that every walk was asked about and closed, and that there is much to judge and read."""
    held = [walk.starts_at for day in days(year.days) for walk in day.walks if not walk.off]
    ledger = Ledger(year)
    closed = [one.starts_at for one in ledger.sessions if one.settled_at is not None]
    assert closed == held
    assert len(ledger.reading.encouragements()) > 0.8 * len(held)
    assert len(page(year).splitlines()) > 4 * len(held)
