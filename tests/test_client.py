"""What the client notes of the servers it is in."""

from collections.abc import AsyncIterator
from typing import cast
from unittest.mock import create_autospec

import discord
import pytest

from bot.agenda.agenda import Agenda
from bot.client import Amble
from bot.services import servers
from bot.storage.database import Database, open_database
from bot.storage.errors import Unreachable
from bot.storage.guilds import has_left
from tests.services.town import GUILD, found_town


@pytest.fixture
async def db(sqlite_url: str) -> AsyncIterator[Database]:
    async with await open_database(sqlite_url) as database:
        yield database


@pytest.fixture
def guild() -> discord.Guild:
    found = create_autospec(discord.Guild, instance=True)
    found.id, found.shard_id = GUILD, 0
    return cast("discord.Guild", found)


async def unopened(_: Amble) -> Agenda:
    raise NotImplementedError


async def test_an_invitation_that_could_not_be_saved_is_saved_at_the_next_ready(
    db: Database,
    guild: discord.Guild,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    town = await found_town(db)
    await servers.bot_left(db, GUILD, town.now)
    client = Amble(db, unopened)

    def down(*_args: object) -> None:
        raise Unreachable("nobody there")

    with monkeypatch.context() as patch:
        patch.setattr(db, "write", down)
        await client.on_guild_join(guild)
    assert "at the next ready" in caplog.text
    monkeypatch.setattr(Amble, "guilds", [guild])
    await client.on_shard_ready(0)
    assert not await db.read(has_left, GUILD)
