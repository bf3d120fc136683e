import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import discord
import pytest
from discord.ext import commands
from simcord import InteractionResult

from bot.sandbox.clock import SandboxClock
from bot.sandbox.driver import Wishes, fulfil
from bot.sandbox.page import let_actions_wait
from bot.sandbox.time_cog import TimeCog
from bot.sandbox.world import World

START = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)


@dataclass
class Diary:
    """Says when the next moment is due, as the agenda would."""

    due: datetime | None = None

    async def next_due(self) -> datetime | None:
        return self.due


class Talker(commands.AutoShardedBot):
    """A bot with nothing but the commands that move the clock."""

    def __init__(self, wishes: Wishes, diary: Diary) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__("!", intents=intents, shard_count=1)
        self._time = TimeCog(wishes, diary.next_due)

    async def setup_hook(self) -> None:
        await self.add_cog(self._time)
        await self.tree.sync()


@dataclass
class Sandbox:
    world: World
    diary: Diary
    wishes: Wishes
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    shown_at: list[datetime] = field(default_factory=list[datetime])

    async def type(self, command: str) -> InteractionResult:
        """Run `command` as the page does, and wait until what was wished for has happened."""
        async with self.turn:
            result = await self.world.you.slash(self.world.channel, command)
        await asyncio.wait_for(self.wishes.join(), 5)
        return result

    async def show(self) -> None:
        self.shown_at.append(self.world.clock.now())


@asynccontextmanager
async def sandbox(due: datetime | None = None) -> AsyncGenerator[Sandbox]:
    diary, wishes = Diary(due), Wishes()
    async with World.open(Talker(wishes, diary), start=START) as world:
        it = Sandbox(world, diary, wishes)
        driver = asyncio.create_task(fulfil(wishes, world.clock, turn=it.turn, show=it.show))
        yield it
        driver.cancel()
        await asyncio.gather(driver, return_exceptions=True)


def said(result: InteractionResult) -> str:
    assert result.response is not None
    return result.response.content


async def test_time_next_moves_to_the_next_moment() -> None:
    five = START.replace(hour=5, minute=0)
    async with sandbox(due=five) as it:
        await it.type("time next")
        assert it.world.clock.now() == five


async def test_time_next_moves_a_little_when_something_is_overdue() -> None:
    async with sandbox(due=START - timedelta(hours=1)) as it:
        await it.type("time next")
        assert it.world.clock.now() == START + timedelta(seconds=1)


async def test_time_next_says_so_when_nothing_is_planned() -> None:
    async with sandbox(due=None) as it:
        assert "Nothing is planned" in said(await it.type("time next"))


async def test_time_next_leaves_the_clock_when_nothing_is_planned() -> None:
    async with sandbox(due=None) as it:
        await it.type("time next")
        assert it.world.clock.now() == START


@pytest.mark.parametrize(("command", "days"), [("time tomorrow", 1), ("time week", 7)])
async def test_whole_days_pass_at_a_word(command: str, days: int) -> None:
    async with sandbox() as it:
        await it.type(command)
        assert it.world.clock.now() == START + timedelta(days=days)


async def test_the_answer_names_the_instant_for_you_alone() -> None:
    async with sandbox() as it:
        result = await it.type("time tomorrow")
        stamp = int((START + timedelta(days=1)).timestamp())
        assert (said(result), result.ephemeral) == (f"The clock moves to <t:{stamp}:F>.", True)


async def test_the_page_is_shown_anew_after_a_move() -> None:
    async with sandbox() as it:
        await it.type("time tomorrow")
        assert it.shown_at == [START + timedelta(days=1)]


async def test_a_wish_whose_instant_has_passed_moves_nothing() -> None:
    async with sandbox() as it:
        it.wishes.put_nowait(START - timedelta(days=1))
        await asyncio.wait_for(it.wishes.join(), 5)
        assert it.world.clock.now() == START


async def test_a_bot_that_does_not_come_to_rest_does_not_end_the_driver() -> None:
    class Stubborn(SandboxClock):
        hangs = 1

        async def move_to(self, instant: datetime) -> None:
            if self.hangs:
                self.hangs -= 1
                raise TimeoutError
            await super().move_to(instant)

    async with sandbox() as it:
        wishes, clock = Wishes(), Stubborn(it.world.env)
        driver = asyncio.create_task(fulfil(wishes, clock, turn=it.turn, show=it.show))
        for days in (1, 2):
            wishes.put_nowait(START + timedelta(days=days))
        await asyncio.wait_for(wishes.join(), 5)
        driver.cancel()
        assert clock.now() == START + timedelta(days=2)


async def test_a_click_on_the_page_waits_while_the_clock_moves() -> None:
    async with sandbox() as it:
        you, env = it.world.you, it.world.env
        async with env.preview(it.world.channel, viewers=[you], layout="channel") as preview:
            let_actions_wait(preview, it.turn)
            page = preview._open_page(str(you.id), None)
            await it.turn.acquire()
            click = asyncio.create_task(
                preview._action(
                    page.id,
                    {
                        "protocol_version": 3,
                        "sequence": 1,
                        "request_id": "click",
                        "generation": page.generation,
                        "bot_generation": env._generation,
                        "kind": "refresh",
                    },
                )
            )
            await asyncio.sleep(0)
            await it.world.clock.move_by(timedelta(days=1))
            it.turn.release()
            assert (await click)["settlement"] == "settled"
