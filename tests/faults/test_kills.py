"""The kill test's short form; `make faults` runs the long one (see `tests.faults.kills`)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from tests.faults.clickers import Clickers
from tests.faults.kills import AGENDA, Round, open_town, run
from tests.faults.nursery import ForkedBot, Nursery
from tests.faults.steps import STEPS
from tests.wire.limits import Limits
from tests.wire.server import open_discord

SHORT = Round(
    seed=5,
    kills=13,
    nonce_seconds=0.0,
    groups=4,
    steps=(
        "posted.prompt",
        "search.done",
        "posting.prompt",
        "record.inside.prompt",
        "claim.done",
        "settle.inside",
        "posted.encourage",
        "posted.nudge",
        "answer.inside",
        "answer.committed",
        "undo.committed",
        "plan.inside",
    ),
)


@pytest.mark.slow
async def test_nothing_is_lost_or_doubled_however_often_the_bot_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    verdict = await run(SHORT, database_url, tmp_path)
    assert verdict.counts["kills"] == SHORT.kills
    assert verdict.problems == []


@pytest.mark.slow
async def test_every_named_step_is_reached(sqlite_url: str, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    async with open_discord(Limits(nonce_seconds=0)) as discord, Nursery() as nursery:
        # A start on SQLite frees all claims; one must not run out while a recap's picture is drawn.
        agenda = {**AGENDA, "claim_seconds": 60}
        bot = ForkedBot(discord, sqlite_url, tmp_path, nursery, agenda)
        plan = Round(seed=7, kills=1, groups=6, steps=("posted.prompt",))
        ordeal = await open_town(plan, bot, sqlite_url)
        clickers = Clickers(discord, ordeal.town, Random(7))
        clicking = asyncio.create_task(clickers.press_on())
        try:
            # Something to search for, and then everything.
            await ordeal.suffer()
            ordeal.town.lost.take_away(discord)
            await ordeal.recover({"AMBLE_TEST_KILL_AT": f"trace:{trace}"})
            await ordeal.stop()
        finally:
            clicking.cancel()
            await bot.put_away()
        await clickers.come_to_rest()
    assert set(STEPS) - set(trace.read_text().split()) == set()
