"""What people see of an outage, whether the bot, its gateway or Discord itself was away.

That nobody misses anything because of one, wherever it falls, is held in `tests/agenda`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from bot.services import claims, settling
from tests.end_to_end.cards import text_of
from tests.end_to_end.village import MONDAY, Village, open_village

BEAT = 1800
"""Seconds between heartbeats: what is vouched for holds for three of them."""
SOON = timedelta(hours=2)
LATE = "I was away and am late"
SPRING = datetime(2026, 3, 28, 20, tzinfo=UTC)
"""The evening before clocks go forward in Berlin, at two."""
AUTUMN = datetime(2026, 10, 24, 20, tzinfo=UTC)
"""The evening before they go back, at three."""

Away = Literal["down", "gateway", "refused"]
AWAY: list[Away] = ["down", "gateway", "refused"]


@asynccontextmanager
async def walking(
    url: str, *, start: datetime = MONDAY, at: str = "07:30"
) -> AsyncGenerator[Village]:
    """A group that walks every day, with a heart that beats."""
    async with open_village(url, start=start, heartbeat_seconds=BEAT) as village:
        await village.set_up()
        await village.create()
        await village.plan(at=at)
        yield village


@pytest.fixture
async def village(sqlite_url: str) -> AsyncIterator[Village]:
    async with walking(sqlite_url) as village:
        yield village


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the bot ask again less often: in three days each few minutes cost their step."""
    monkeypatch.setattr(settling, "ASK_AGAIN", SOON)
    monkeypatch.setattr(claims, "LAST_RETRY", SOON)


async def endure(village: Village, away: Away, **span: float) -> None:
    """Have the bot be away for a `timedelta` of these arguments."""
    if away == "down":
        await village.restart(timedelta(**span))
        return
    if away == "gateway":
        village.lose_gateway()
        await village.wait(**span)
        village.find_gateway()
    else:
        village.refuse_posts()
        await village.wait(**span)
        village.take_posts()
    await village.wait(minutes=15)


@pytest.mark.parametrize("away", AWAY)
async def test_a_prompt_says_that_it_is_late_if_it_is(village: Village, away: Away) -> None:
    await village.until("2026-03-02", "07:20")
    await endure(village, away, minutes=20)
    assert len(village.prompts()) == 1
    assert (LATE in text_of(village.prompt())) is (away != "gateway")
    assert (village.clock_of(village.prompt()) == "07:30") is (away == "gateway")


@pytest.mark.parametrize("away", AWAY)
async def test_a_prompt_that_came_in_time_says_so_when_it_is_redrawn_after_an_outage(
    village: Village, away: Away
) -> None:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    await endure(village, away, hours=6)
    await village.answer(ada)
    text = text_of(village.prompt())
    assert "Ada" in text
    assert LATE not in text


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("away", AWAY)
async def test_three_days_away_end_without_a_flood(village: Village, away: Away) -> None:
    await village.member("Ada", "named", "pinged")
    await village.until("2026-03-02", "07:20")
    await endure(village, away, days=3)
    await village.until("2026-03-05", "20:00")
    today = [one for one in village.posted() if one.created_at.day == 5]
    assert len([one for one in today if one in village.prompts()]) == 1
    assert len([one for one in today if one in village.nudges()]) <= 1
    assert len([one for one in today if one in village.encouragements()]) <= 1


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(("away", "kept"), [("down", 2), ("gateway", 5), ("refused", 2)])
async def test_a_streak_outlives_three_days_away(village: Village, away: Away, kept: int) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-03", "04:00")
    await endure(village, away, days=3)
    await village.until("2026-03-06", "08:00")
    for prompt in village.prompts()[1:]:
        await village.answer(ada, message=prompt)
    await village.until("2026-03-07", "12:00")
    assert f"**{kept}** in a row" in await village.command(ada, "me")


@pytest.mark.parametrize("away", AWAY)
async def test_over_the_settlement_of_a_night_walk_the_morning_is_left_to_answer(
    sqlite_url: str, away: Away
) -> None:
    async with walking(sqlite_url, at="23:15") as village:
        ada = await village.member("Ada")
        await village.until("2026-03-02", "23:10")
        await endure(village, away, hours=3)
        await village.until("2026-03-03", "09:50")
        assert "1 session in a row" in await village.answer(ada)


async def test_a_prompt_of_the_hour_that_spring_skips_comes_late_once(sqlite_url: str) -> None:
    async with walking(sqlite_url, start=SPRING, at="02:30") as village:
        ada = await village.member("Ada")
        await village.until("2026-03-29", "03:20")
        await village.restart(timedelta(minutes=20))
        assert [village.clock_of(one) for one in village.prompts()] == ["03:40"]
        assert LATE in text_of(village.prompt())
        await village.until("2026-03-30", "02:20")
        assert "1 session in a row" in await village.answer(ada)


async def test_a_prompt_of_the_hour_that_autumn_has_twice_comes_late_once(sqlite_url: str) -> None:
    async with walking(sqlite_url, start=AUTUMN, at="02:30") as village:
        await village.until("2026-10-25", "02:20")
        await village.restart(timedelta(minutes=80))
        await village.wait(hours=2)
        assert [village.clock_of(one) for one in village.prompts()] == ["02:40"]
        assert LATE in text_of(village.prompt())


async def test_a_refusal_with_nothing_left_to_send_holds_up_no_settlement(
    village: Village,
) -> None:
    ada = await village.member("Ada", "named", "pinged")
    await village.until("2026-03-02", "10:29")
    village.refuse_posts()
    # The nudge is given up when its day is over.
    await village.until("2026-03-03", "00:20")
    village.take_posts()
    await village.until("2026-03-03", "03:06")
    assert "had closed already" in await village.answer(ada)


async def test_a_gateway_that_comes_and_goes_puts_nothing_off(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-03", "02:50")
    for _ in range(20):
        village.lose_gateway()
        await village.wait(seconds=10)
        village.find_gateway()
        await village.wait(seconds=10)
    await village.until("2026-03-03", "03:01")
    assert "had closed already" in await village.answer(ada)
