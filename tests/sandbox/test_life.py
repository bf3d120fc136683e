from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.sandbox.life import Life, beginning
from bot.sandbox.noticeboard import Noticeboard
from bot.sandbox.people import CAST
from bot.sandbox.reading import Reader
from bot.sandbox.stage import Stage

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)


@asynccontextmanager
async def living() -> AsyncGenerator[tuple[Stage, Life, Reader]]:
    async with Stage.open(beginning(MONDAY, BERLIN)) as stage:
        reader = Reader(stage)
        life = Life(stage, zone=BERLIN, start=MONDAY, seed=1, observe=reader.look)
        await life.found()
        yield stage, life, reader


async def test_members_go_on_by_themselves_as_the_clock_moves() -> None:
    async with living() as (_, life, reader):
        await life.move_to(datetime(2026, 3, 2, 12, tzinfo=UTC))
        (walk,) = await reader.gatherings(MONDAY)
        assert len(walk.answered_at) >= 8


async def test_all_founders_are_members_before_the_first_walk() -> None:
    async with living() as (_, life, reader):
        await life.move_to(datetime(2026, 3, 2, 6, 29, tzinfo=UTC))
        founders = {character.name for character in CAST if character.founding}
        assert {member.name for member in await reader.members()} == founders


async def test_a_settlement_is_taken_down_before_anybody_changes_an_answer() -> None:
    async with living() as (_, life, reader):
        await life.move_to(datetime(2026, 3, 4, 5, tzinfo=UTC))
        (walk,) = await reader.gatherings(MONDAY)
        late = "प्रिया शर्मा"
        assert (walk.at_settlement[late], walk.outcomes[late]) == ("missed", "done")


async def test_the_bot_makes_no_mistake_that_it_has_to_report() -> None:
    async with living() as (stage, life, _):
        await life.move_to(datetime(2026, 3, 4, 5, tzinfo=UTC))
        assert stage.world.env.errors == []


async def test_the_prompt_stands_on_the_noticeboard() -> None:
    async with living() as (stage, life, _):
        starts_at = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
        await life.move_to(starts_at)
        prompt = Noticeboard(stage.world).prompt_at(starts_at)
        assert prompt is not None
        assert prompt.posted_at == starts_at
