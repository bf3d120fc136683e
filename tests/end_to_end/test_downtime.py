"""The bot's own downtime is never a member's miss, and brings no flood when it ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.end_to_end.cards import text_of
from tests.end_to_end.village import Village, open_village

BEAT = 1800
"""Seconds between heartbeats: what is away for three of them is a downtime."""


@pytest.fixture
async def village(sqlite_url: str) -> AsyncIterator[Village]:
    """A group that walks at 07:30 every day, on Monday at six, with a heart that beats."""
    async with open_village(sqlite_url, heartbeat_seconds=BEAT) as village:
        await village.set_up()
        await village.create()
        await village.plan()
        yield village


async def test_a_prompt_that_was_due_meanwhile_comes_on_return_with_a_word(
    village: Village,
) -> None:
    await village.restart(away=timedelta(hours=3))
    assert [village.clock_of(one) for one in village.prompts()] == ["09:00"]
    assert "I was away and am late" in text_of(village.prompt())


async def test_a_prompt_that_is_late_takes_answers_like_any_other(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.restart(away=timedelta(hours=3))
    assert "1 session in a row" in await village.answer(ada)
    text = text_of(village.prompt())
    assert "Ada" in text
    assert "I was away and am late" in text


async def test_a_restart_posts_nothing_twice(village: Village) -> None:
    await village.until("2026-03-02", "08:00")
    await village.restart()
    await village.restart(away=timedelta(minutes=5))
    await village.until("2026-03-02", "10:00")
    assert len(village.prompts()) == 1


async def test_a_short_restart_puts_off_no_settlement(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    await village.restart(away=timedelta(minutes=5))
    await village.until("2026-03-03", "03:00")
    assert "had closed already" in await village.answer(ada)


async def test_a_settlement_waits_until_members_had_their_fair_chance(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    monday = village.prompt()
    await village.restart(away=timedelta(hours=24))
    await village.until("2026-03-03", "10:29")
    assert "had closed already" not in await village.answer(ada, message=monday)
    await village.until("2026-03-03", "10:31")
    assert "had closed already" in await village.answer(ada, "Part of it", monday)


async def test_the_next_session_opens_while_a_settlement_waits(village: Village) -> None:
    await village.until("2026-03-02", "08:00")
    await village.restart(away=timedelta(hours=24))
    assert [one.created_at.day for one in village.prompts()] == [2, 3]


async def test_who_missed_in_spite_of_the_wait_hears_of_it_later_that_day(
    village: Village,
) -> None:
    await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    await village.restart(away=timedelta(hours=24))
    await village.until("2026-03-03", "20:00")
    assert [village.clock_of(one) for one in village.encouragements()] == ["10:30"]


async def test_a_session_that_fell_into_downtime_whole_is_missed_by_nobody(
    village: Village,
) -> None:
    ada = await village.member("Ada", "named")
    await village.restart(away=timedelta(hours=24))
    assert village.prompts() == []
    await village.walk(ada, "2026-03-03")
    await village.until("2026-03-04", "12:00")
    assert village.encouragements() == []
    assert "**1** in a row" in await village.command(ada, "me")


async def test_whoever_did_it_all_the_same_may_log_a_void_session(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.restart(away=timedelta(hours=24))
    offered = await ada.autocomplete(village.channel, "checkin", "session", "2 mar")
    text = await village.command(ada, "checkin", answer="done", session=offered[0]["value"])
    assert "1 session in a row" in text
    assert "**1** in a row" in await village.command(ada, "me")


async def test_a_void_session_can_be_logged_up_to_48_hours_after_it_would_have_settled(
    village: Village,
) -> None:
    ada = await village.member("Ada")
    await village.restart(away=timedelta(hours=24))
    offered = await ada.autocomplete(village.channel, "checkin", "session", "2 mar")
    await village.until("2026-03-05", "03:01")
    text = await village.command(ada, "checkin", answer="done", session=offered[0]["value"])
    assert "until 48 hours" in text


async def test_after_three_days_away_only_what_is_still_open_is_posted(village: Village) -> None:
    await village.member("Ada", "named", "pinged")
    await village.restart(away=timedelta(days=3, hours=2))
    assert [one.created_at.day for one in village.prompts()] == [5]
    assert village.nudges() == []
    assert village.encouragements() == []
    assert len(village.posted()) == 1


async def test_an_encouragement_whose_day_is_over_is_never_posted(village: Village) -> None:
    await village.member("Ada", "named")
    await village.until("2026-03-03", "04:00")
    await village.restart(away=timedelta(hours=28))
    await village.until("2026-03-04", "12:00")
    assert village.encouragements() == []


async def test_an_encouragement_that_is_late_still_comes_on_its_day(village: Village) -> None:
    await village.member("Ada", "named")
    await village.until("2026-03-03", "04:00")
    await village.restart(away=timedelta(hours=10))
    assert [village.clock_of(one) for one in village.encouragements()] == ["14:00"]


async def test_a_nudge_that_is_late_still_comes_on_its_day(village: Village) -> None:
    await village.member("Ada", "named", "pinged")
    await village.until("2026-03-02", "08:00")
    await village.restart(away=timedelta(hours=4))
    assert [village.clock_of(one) for one in village.nudges()] == ["12:00"]


async def test_a_nudge_that_is_late_waits_for_no_other_day(village: Village) -> None:
    await village.member("Ada", "named", "pinged")
    await village.until("2026-03-02", "08:00")
    await village.restart(away=timedelta(hours=14))
    await village.until("2026-03-03", "07:00")
    assert village.nudges() == []


async def test_of_two_open_sessions_the_older_is_posted_first(village: Village) -> None:
    await village.plan("mon", "08:15", minutes=33)
    await village.restart(away=timedelta(hours=4))
    texts = [text_of(one) for one in village.prompts()]
    assert len(texts) == 2
    assert "33 minutes" in texts[1]


async def test_streaks_hold_after_many_restarts(village: Village) -> None:
    ada = await village.member("Ada")
    for day in range(2, 8):
        await village.walk(ada, f"2026-03-0{day}")
        await village.restart(away=timedelta(hours=1))
    await village.until("2026-03-08", "06:00")
    assert "**6** in a row" in await village.command(ada, "me")


async def test_a_lost_gateway_is_downtime_too(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    village.env.bot.dispatch("shard_disconnect", 0)
    await village.until("2026-03-03", "08:00")
    village.env.bot.dispatch("shard_resumed", 0)
    await village.until("2026-03-03", "09:00")
    assert "had closed already" not in await village.answer(ada, message=village.prompts()[0])
