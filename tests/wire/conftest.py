"""A Discord with a server in it, and somebody who visits it with the bot's token."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.wire.server import WireDiscord, open_discord
from tests.wire.visitor import Visitor, visiting
from tests.wire.world import Channel, Guild


@pytest.fixture
async def discord() -> AsyncIterator[WireDiscord]:
    async with open_discord() as server:
        yield server


@pytest.fixture
async def visitor(discord: WireDiscord) -> AsyncIterator[Visitor]:
    async with visiting(discord) as visitor:
        yield visitor


@pytest.fixture
def guild(discord: WireDiscord) -> Guild:
    return discord.world.guild()


@pytest.fixture
def channel(discord: WireDiscord, guild: Guild) -> Channel:
    return discord.world.channel(guild)
