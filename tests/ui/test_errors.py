"""Whatever goes wrong, the person who acts hears of it, alone, and only once."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import create_autospec

import aiohttp
import discord
import pytest
import simcord
from discord import app_commands
from simcord import InteractionResult

from bot.domain.errors import Refused
from bot.ui import errors
from bot.ui.answering import reply
from bot.ui.escaping import Safe
from bot.ui.notes import note

Act = Callable[[discord.Interaction[Any]], Awaitable[None]]


class Talker(discord.Client):
    """A client with one command, which does what a test asks for."""

    def __init__(self, act: Act) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(name="act", description="Does what the test asks for")
        async def run(interaction: discord.Interaction[Any]) -> None:
            try:
                await act(interaction)
            except Exception as error:  # noqa: BLE001 - as the command tree's own edge
                await errors.report(interaction, error)

        self._run = run

    async def setup_hook(self) -> None:
        await self.tree.sync()


@dataclass
class World:
    env: simcord.Env
    channel: simcord.ChannelHandle
    member: simcord.MemberActor

    async def act(self) -> InteractionResult:
        return await self.member.slash(self.channel, "act")


@asynccontextmanager
async def world(act: Act) -> AsyncGenerator[World]:
    async with simcord.run(Talker(act)) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("walks")
        yield World(env, channel, guild.add_member(env.create_user("ada")))


def said(message: simcord.ResponseMessage | None) -> str:
    """All text of a message's components."""
    assert message is not None
    return str(message.components)


async def refuse(interaction: discord.Interaction[Any]) -> None:
    raise Refused("group_full", limit=50)


async def break_down(interaction: discord.Interaction[Any]) -> None:
    raise RuntimeError("the kettle is on fire")


async def test_a_refusal_is_told_privately() -> None:
    async with world(refuse) as it:
        result = await it.act()
        assert result.ephemeral
        assert "This group is full, with 50 members." in said(result.response)


async def test_an_unknown_error_is_told_with_a_reference_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with world(break_down) as it:
        result = await it.act()
        assert result.ephemeral
        [record] = [one for one in caplog.records if one.levelno == logging.ERROR]
        reference = record.getMessage().split()[2]
        assert reference in said(result.response)
        assert "kettle" not in said(result.response)
        assert record.exc_info is not None


async def test_an_error_after_an_answer_comes_as_a_follow_up() -> None:
    async def answer_and_refuse(interaction: discord.Interaction[Any]) -> None:
        await reply(interaction, note(Safe("Fine.")))
        raise Refused("group_full", limit=50)

    async with world(answer_and_refuse) as it:
        result = await it.act()
        assert "Fine." in said(result.response)
        assert "This group is full" in said(result.followups[0])


async def test_an_error_after_a_private_defer_is_told_in_its_place() -> None:
    async def defer_and_refuse(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        raise Refused("group_full", limit=50)

    async with world(defer_and_refuse) as it:
        result = await it.act()
        assert result.ephemeral
        assert "This group is full" in said(
            result.followups[0] if result.followups else result.response
        )


@pytest.mark.parametrize("code", [10003, 10062, 40060])
async def test_a_lost_interaction_is_taken_as_done(
    code: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def lose(interaction: discord.Interaction[Any]) -> None:
        lost = create_autospec(aiohttp.ClientResponse, instance=True, status=404, reason="Gone")
        raise discord.NotFound(lost, {"code": code, "message": "gone"})

    async with world(lose) as it:
        result = await it.act()
        assert result.response is None
        assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(
    ("error", "level"),
    [
        (aiohttp.ServerDisconnectedError(), logging.INFO),
        (ConnectionResetError(), logging.INFO),
        (KeyError("a fault of our own"), logging.ERROR),
    ],
)
def test_choices_that_never_arrived_are_no_error(
    error: Exception, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    tree = logging.getLogger("tests.ui.tree")
    tree.addFilter(errors.LostChoices())
    with caplog.at_level(logging.INFO):
        tree.error("Ignoring exception in autocomplete", exc_info=error)
    assert [one.levelno for one in caplog.records] == [level]


async def test_answering_twice_at_once_is_taken_as_done() -> None:
    async def answer_twice(interaction: discord.Interaction[Any]) -> None:
        await reply(interaction, note(Safe("Fine.")))
        raise discord.InteractionResponded(interaction)

    async with world(answer_twice) as it:
        result = await it.act()
        assert "Fine." in said(result.response)
        assert result.followups == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (app_commands.NoPrivateMessage(), "This works inside a server."),
        (app_commands.MissingPermissions(["manage_guild"]), "the permission Manage Server"),
        (app_commands.MissingPermissions(["kick_members"]), "Organisers of the group"),
        (app_commands.BotMissingPermissions(["send_messages"]), "I need: Send Messages."),
        (app_commands.BotMissingPermissions(["fly"]), "I need: fly."),
    ],
)
async def test_what_discord_py_refuses_is_said_in_our_words(
    error: app_commands.AppCommandError, words: str
) -> None:
    async def check(interaction: discord.Interaction[Any]) -> None:
        raise error

    async with world(check) as it:
        assert words in said((await it.act()).response)


async def test_a_public_card_pings_nobody() -> None:
    async def post(interaction: discord.Interaction[Any]) -> None:
        await reply(interaction, note(Safe("<@1> @everyone")), private=False)

    async with world(post) as it:
        result = await it.act()
        assert not result.ephemeral
        [request] = [one for one in it.env.http_requests if one.path.endswith("/callback")]
        body: Any = request.json
        assert body["data"]["allowed_mentions"] == {"parse": []}
