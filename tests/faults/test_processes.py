"""Several processes on one PostgreSQL: each sends for its shards, and for a dead one's."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage.database import Database, open_database
from tests.faults import storms_judge
from tests.faults.storms_town import Answered, Town, found_town, plan_prompts, session_in, wake
from tests.wire.processes import BotProcess
from tests.wire.server import WireDiscord, open_discord

CHANNELS = 100
EACH = 5
"""Prompts a channel: as many as Discord takes there at once."""
DUE = 2 * CHANNELS * EACH
AGENDA = {"sweep_seconds": 5, "heartbeat_seconds": 1, "claim_seconds": 8}
WITHIN = 150.0
"""Seconds for all: at half of Discord's pace for each process they take some forty."""


async def _found(discord: WireDiscord, db: Database, shard: int, *, channels: int) -> Town:
    return await found_town(
        discord, db, channels=channels, people=2, shard=shard, name=f"Valley {shard}"
    )


def _process(discord: WireDiscord, url: str, directory: Path, shard: int) -> BotProcess:
    name = f"process-{shard}"
    return BotProcess(
        discord, url, directory, name, agenda=AGENDA, shard_count=2, shard_ids=[shard]
    )


async def _all_done(db: Database, towns: list[Town]) -> None:
    async with asyncio.timeout(WITHIN):
        while await storms_judge.waiting(db, towns):  # noqa: ASYNC110 - a row
            await asyncio.sleep(0.2)


@pytest.mark.slow
@pytest.mark.postgres
async def test_one_that_is_killed_among_a_thousand_prompts_leaves_none_and_doubles_none(
    postgres_url: str, tmp_path: Path
) -> None:
    async with (
        open_discord(shards=2) as discord,
        await open_database(postgres_url) as db,
    ):
        towns = [await _found(discord, db, shard, channels=CHANNELS) for shard in range(2)]
        due = datetime.now(UTC) - timedelta(seconds=1)
        for walk in (walk for town in towns for walk in town.walks):
            await plan_prompts(db, walk, [due] * EACH)
        dying, living = (_process(discord, postgres_url, tmp_path, shard) for shard in range(2))
        async with living, dying:
            await discord.until(lambda: len(discord.records.postings) > DUE // 3, 60)
            before = Counter(one.process for one in discord.records.postings)
            dying.kill()
            await _all_done(db, towns)
            assert before["process-0"] > 20
            assert before["process-1"] > 20
            postings = [one.nonce for one in discord.records.postings]
            assert (len(postings), len(set(postings))) == (DUE, DUE)
            for town in towns:
                assert await storms_judge.judge(discord, db, town) == []
            assert storms_judge.judge_all(discord, living.log + dying.log) == []


@pytest.mark.slow
@pytest.mark.postgres
async def test_what_the_dead_ones_server_answers_is_kept_as_soon_as_it_is_back(
    postgres_url: str, tmp_path: Path
) -> None:
    async with (
        open_discord(shards=2) as discord,
        await open_database(postgres_url) as db,
    ):
        towns = [await _found(discord, db, shard, channels=1) for shard in range(2)]
        dying, living = (_process(discord, postgres_url, tmp_path, shard) for shard in range(2))
        async with living, dying:
            dying.kill()
            await dying.ended()
            walk = towns[0].walks[0]
            await plan_prompts(db, walk, [datetime.now(UTC)])
            await wake(discord, towns[1])
            # The other one posts it, after having left it to the first for a while.
            await discord.until(lambda: bool(discord.messages(walk.channel)), 40)
            await _all_done(db, towns)
            assert [one.process for one in discord.records.postings] == ["process-1"]
            await dying.start()
            await dying.wait_ready()
            [posted] = discord.messages(walk.channel)
            act = discord.people.click(walk.members[0], posted, "done")
            towns[0].answered.append(Answered(walk.members[0], session_in(posted), "done", act))
            assert await act.answered()
            await discord.until(
                lambda: walk.members[0].name in discord.messages(walk.channel)[0].text, 20
            )
            assert await storms_judge.judge(discord, db, towns[0]) == []
