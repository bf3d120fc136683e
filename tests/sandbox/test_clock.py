import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import discord
import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from discord.ext import commands

from bot.sandbox.world import World

START = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)


class Ringer(commands.AutoShardedBot):
    """The smallest bot that keeps appointments: it notes at which instant each job rang."""

    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__("!", intents=intents, shard_count=1)
        self.rang: list[datetime] = []
        self.closed_properly = False
        self.scheduler: Any = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    async def setup_hook(self) -> None:
        self.scheduler.start()

    async def close(self) -> None:
        self.scheduler.shutdown(wait=False)
        self.closed_properly = True
        await super().close()

    def set_for(self, instant: datetime, job: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.scheduler.add_job(job, "date", run_date=instant)

    async def note(self) -> None:
        self.rang.append(datetime.now(UTC))


@asynccontextmanager
async def ringing(
    *instants: datetime, patience: timedelta = timedelta(milliseconds=10)
) -> AsyncGenerator[tuple[World, Ringer]]:
    bot = Ringer()
    for instant in instants:
        bot.set_for(instant, bot.note)
    async with World.open(bot, start=START, patience=patience) as world:
        yield world, bot


async def test_a_job_set_for_five_rings_at_five() -> None:
    five = START.replace(hour=5, minute=0)
    async with ringing(five) as (world, bot):
        await world.clock.move_to(five)
        assert bot.rang == [five]


async def test_a_job_does_not_ring_before_its_time() -> None:
    five = START.replace(hour=5, minute=0)
    async with ringing(five) as (world, bot):
        await world.clock.move_to(five - timedelta(microseconds=1))
        assert bot.rang == []


async def test_each_job_on_a_long_way_rings_at_its_own_instant() -> None:
    instants = [START + timedelta(hours=7 * n, minutes=n) for n in range(1, 60)]
    async with ringing(*instants) as (world, bot):
        await world.clock.move_by(timedelta(days=28))
        assert bot.rang == instants


async def test_odd_microseconds_do_not_leave_a_job_behind() -> None:
    chance = Random(7)
    gaps = [timedelta(microseconds=chance.randrange(1, 10**11)) for _ in range(200)]
    instants = [START + sum(gaps[: n + 1], timedelta()) for n in range(len(gaps))]
    async with ringing(*instants) as (world, bot):
        for count, instant in enumerate(instants, start=1):
            await world.clock.move_to(instant)
            assert bot.rang[count - 1 :] == [instant]


async def test_the_clock_refuses_to_go_back() -> None:
    async with ringing() as (world, _):
        with pytest.raises(ValueError, match="cannot go back"):
            await world.clock.move_to(START - timedelta(seconds=1))


async def test_a_refused_move_leaves_the_clock_where_it_was() -> None:
    async with ringing() as (world, _):
        with pytest.raises(ValueError, match="cannot go back"):
            await world.clock.move_to(START - timedelta(seconds=1))
        assert world.clock.now() == START


async def test_all_clocks_agree_after_a_move() -> None:
    instant = START + timedelta(days=3, seconds=5, microseconds=123_457)
    async with ringing() as (world, _):
        await world.clock.move_to(instant)
        assert (datetime.now(UTC), discord.utils.utcnow(), world.clock.now()) == (instant,) * 3


async def test_no_time_passes_while_nobody_moves_the_clock() -> None:
    soon = START + timedelta(seconds=0.05)
    async with ringing(soon) as (world, bot):
        await asyncio.sleep(0.15)
        await world.env.settle()
        assert (world.clock.now(), bot.rang) == (START, [])


async def test_what_is_due_within_the_patience_rings_by_itself() -> None:
    soon = START + timedelta(seconds=0.05)
    async with ringing(soon, patience=timedelta(seconds=1)) as (world, bot):
        await world.env.settle()
        assert bot.rang == [soon]


async def test_a_move_returns_only_when_work_in_a_thread_is_done() -> None:
    done = threading.Event()
    with ThreadPoolExecutor(1) as pool:

        async def in_a_thread() -> None:
            await asyncio.get_running_loop().run_in_executor(pool, time.sleep, 0.1)
            done.set()

        # Set before the bot starts: SimCord waits only for what begins inside the bot.
        bot = Ringer()
        bot.set_for(START.replace(hour=5), in_a_thread)
        async with World.open(bot, start=START) as world:
            await world.clock.move_by(timedelta(hours=1))
            assert done.is_set()


async def test_a_task_that_waits_for_work_does_not_hold_up_the_clock() -> None:
    class Worker(Ringer):
        async def setup_hook(self) -> None:
            await super().setup_hook()
            self.work = asyncio.Queue[str]()
            self.worker = asyncio.create_task(self.work.get())

    async with World.open(Worker(), start=START) as world:
        await world.clock.move_by(timedelta(days=1))
        assert world.clock.now() == START + timedelta(days=1)


async def test_the_bot_is_closed_with_its_world() -> None:
    async with ringing() as (_, bot):
        pass
    assert bot.closed_properly


async def test_equal_worlds_have_equal_ids() -> None:
    seen: list[tuple[int, ...]] = []
    for _ in range(2):
        async with ringing() as (world, _bot):
            ann = world.invite("Ann")
            seen.append((world.guild.id, world.channel.id, world.you.id, ann.id))
    assert seen[0] == seen[1]


async def test_a_world_before_simcords_first_day_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot begin before"):
        async with World.open(Ringer(), start=datetime(2025, 12, 31, tzinfo=UTC)):
            pass
