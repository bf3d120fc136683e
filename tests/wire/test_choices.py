"""What is offered while somebody types, whatever befalls the bot or its answer."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.database import open_database, parse_url
from bot.storage.postgres import create_postgres_engine
from tests.wire.faults import CALLBACKS
from tests.wire.people import Act
from tests.wire.processes import BotProcess
from tests.wire.seeding import seed_group
from tests.wire.server import WireDiscord
from tests.wire.world import Channel, Guild


class Typist:
    """Somebody who types the name of a group to be shown."""

    def __init__(self, discord: WireDiscord, guild: Guild, channel: Channel) -> None:
        self._people = discord.people
        self._guild = guild
        self._channel = channel

    def types(self, typed: str) -> Act:
        return self._people.type_in(self._guild.owner, self._channel, "group show", "group", typed)

    async def is_offered(self, typed: str) -> list[str] | None:
        act = self.types(typed)
        await act.answered()
        return act.choices


@pytest.fixture
def typist(discord: WireDiscord, guild: Guild, channel: Channel) -> Typist:
    return Typist(discord, guild, channel)


@pytest.fixture
async def bot(
    discord: WireDiscord, guild: Guild, channel: Channel, sqlite_url: str, tmp_path: Path
) -> AsyncIterator[BotProcess]:
    async with await open_database(sqlite_url) as db:
        await seed_group(db, guild, channel, datetime.now(UTC), name="Early birds")
    async with BotProcess(discord, sqlite_url, tmp_path) as bot:
        yield bot


async def test_who_types_is_offered_choices_whatever_befell_the_ones_before(
    discord: WireDiscord, bot: BotProcess, typist: Typist
) -> None:
    """One life for all of these: a start takes longer than they do."""
    assert await typist.is_offered("ear") == ["Early birds"]
    assert await typist.is_offered("owl") == []

    discord.faults.lose_answer(path=CALLBACKS)
    assert await typist.is_offered("ear") == ["Early birds"]
    discord.faults.cut_request(path=CALLBACKS)
    assert not await typist.types("ear").settled()
    discord.faults.slow(3.1, before=True, path=CALLBACKS)
    late = typist.types("ear")
    await discord.until(lambda: late.codes == [10062])
    discord.gateway.repeat_events()
    twice = typist.types("ear")
    await twice.answered()

    assert await typist.is_offered("ear") == ["Early birds"]
    assert (len(twice.requests), twice.codes) == (1, [])
    assert bot.log.count("Choices were lost") == 3
    assert "Traceback" not in bot.log


async def test_choices_that_take_too_long_are_none_and_the_next_ones_come(
    discord: WireDiscord,
    guild: Guild,
    channel: Channel,
    typist: Typist,
    postgres_url: str,
    tmp_path: Path,
) -> None:
    async with await open_database(postgres_url) as db:
        await seed_group(db, guild, channel, datetime.now(UTC), name="Early birds")
    async with BotProcess(discord, postgres_url, tmp_path) as bot:
        async with locked(postgres_url):
            assert await typist.is_offered("ear") == []
        assert await typist.is_offered("ear") == ["Early birds"]
    assert "took too long" in bot.log


@asynccontextmanager
async def locked(url: str) -> AsyncGenerator[None]:
    """Have nobody read of groups."""
    engine = create_postgres_engine(parse_url(url), pool_size=1)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("LOCK TABLE groups IN ACCESS EXCLUSIVE MODE")
        yield
    await engine.dispose()
