"""Walks of one's own, outside any session."""

from __future__ import annotations

import pytest
from simcord import MemberActor

from tests.end_to_end.cards import text_of
from tests.end_to_end.village import Village


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    """A named member on a Monday afternoon, with that day's session done."""
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    await village.answer(ada, "Done")
    await village.until("2026-03-02", "15:00")
    return ada


async def test_a_walk_adds_to_the_week_and_not_to_the_streak(
    village: Village, ada: MemberActor
) -> None:
    await village.until("2026-03-03", "05:00")
    before = await village.command(ada, "me")
    shown = await village.command(ada, "extra log", how_much="1h10")
    assert "Walk, 1 hour 10 minutes" in shown
    assert "**This week: 1 hour 30 minutes**" in shown
    after = await village.command(ada, "me")
    assert "in a row" in before
    assert "in a row" in after
    board = await village.command(ada, "leaderboard", metric="minutes", period="week")
    assert "1 hour 30 minutes" in board


async def test_what_was_logged_last_is_taken_off_again(village: Village, ada: MemberActor) -> None:
    await village.command(ada, "extra log", how_much="10 min")
    await village.command(ada, "extra log", how_much="swim 25")
    shown = await village.command(ada, "extra undo")
    assert "Removed" in shown
    assert "Water exercise, 25 minutes" in shown
    assert "**This week: 30 minutes**" in shown
    await village.command(ada, "extra undo")
    assert "no walk of your own today" in await village.command(ada, "extra undo")


async def test_what_was_understood_is_shown_with_the_way_back(
    village: Village, ada: MemberActor
) -> None:
    shown = await village.command(ada, "extra log", how_much="2 miles in 35")
    assert "Walk, 35 minutes, 3.22 km (2 mi)" in shown
    assert "`/extra undo`" in shown
    assert "3.22 km (2 mi)" in await village.command(ada, "extra undo")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"how_much": "maybe"}, "could not read"),
        ({"how_much": "200 hours"}, "could not read"),
        ({"how_much": "3 km"}, "How long did"),
        ({"how_much": "20", "day": "2026-02-27"}, "up to 48 hours back"),
        ({"how_much": "20", "day": "2026-03-03"}, "up to 48 hours back"),
        ({"how_much": "20", "day": "someday"}, "Write it like"),
    ],
)
async def test_what_cannot_be_logged_is_said_with_the_way_out(
    village: Village, ada: MemberActor, options: dict[str, str], told: str
) -> None:
    assert told in await village.command(ada, "extra log", **options)
    assert "no walk of your own today" in await village.command(ada, "extra undo")


async def test_the_day_before_yesterday_still_counts_on_its_own_day(
    village: Village, ada: MemberActor
) -> None:
    shown = await village.command(
        ada, "extra log", how_much="2 miles in 35", activity="walk", day="2026-03-01"
    )
    assert "Sunday, 1 March 2026" in shown
    assert "**This week: 20 minutes**" in shown


async def test_a_day_holds_no_more_than_ten(village: Village, ada: MemberActor) -> None:
    for _ in range(10):
        await village.command(ada, "extra log", how_much="5 min")
    assert "10 walks of your own" in await village.command(ada, "extra log", how_much="5 min")


async def test_somebody_who_is_no_member_is_told_how_to_become_one(
    village: Village, ada: MemberActor
) -> None:
    stranger = village.newcomer("Zoe")
    assert "Join it" in await village.command(stranger, "extra log", how_much="20 min")


async def test_minutes_together_hold_walks_of_ones_own(village: Village, ada: MemberActor) -> None:
    for _ in range(2):
        await village.command(ada, "extra log", how_much="490 min")
    await village.until("2026-03-03", "04:00")
    assert "1,000 minutes" in text_of(village.prompts()[0])
