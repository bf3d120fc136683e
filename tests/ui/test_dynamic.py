"""Buttons and forms work for everybody, tell their errors, and are kind about what was lost."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import discord
import pytest
import simcord
from simcord import InteractionResult

from bot.domain.encouragement import Reach
from bot.domain.errors import Refused
from bot.services.views import Invitation, Wishes
from bot.ui.answering import open_form, reply
from bot.ui.custom_ids import FORM_PREFIX, AnswerId, JoinId
from bot.ui.dynamic import AmbleItem, answer_unclaimed
from bot.ui.escaping import Safe
from bot.ui.group import group
from bot.ui.joining import JoinModal
from bot.ui.notes import note
from bot.ui.prompt import prompt
from bot.ui.words import words_for, words_in
from tests.discord_api.checker import load_checker
from tests.discord_api.rules import broken_rules
from tests.ui import samples as s

WORDS = words_in("en")


class AnswerButton(AmbleItem, template=AnswerId.TEMPLATE):
    clicks: ClassVar[list[AnswerId]] = []

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        self.clicks.append(AnswerId.of(self.match))
        await reply(interaction, note(Safe("Written down.")))


class JoinButton(AmbleItem, template=JoinId.TEMPLATE):
    done: ClassVar[list[tuple[Wishes, bool]]] = []
    invitation: ClassVar[Invitation] = s.INVITATION

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        form = JoinModal(self.invitation, words_for(interaction), self._done)
        await open_form(interaction, form)

    async def _done(
        self, interaction: discord.Interaction[Any], wishes: Wishes, note_read: bool
    ) -> None:
        if wishes.goal == 7:
            raise Refused("group_full", limit=50)
        self.done.append((wishes, note_read))
        await reply(interaction, note(Safe("Welcome.")))


class Talker(discord.Client):
    """A client that knows the buttons, as Amble does after any restart."""

    def __init__(self, *items: type[AmbleItem]) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True))
        self._items = items

    async def setup_hook(self) -> None:
        self.add_dynamic_items(*self._items)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        await answer_unclaimed(interaction)

    def kept_views(self) -> int:
        """How many messages' views discord.py holds on to."""
        return len(self._connection._view_store._views)


@dataclass
class World:
    env: simcord.Env
    client: Talker
    channel: simcord.ChannelHandle
    members: list[simcord.MemberActor]

    async def send(self, card: discord.ui.LayoutView) -> discord.Message:
        channel = self.client.get_channel(self.channel.id)
        assert isinstance(channel, discord.TextChannel)
        return await channel.send(view=card)

    async def open_form(self) -> InteractionResult:
        message = await self.send(group(s.GROUP, WORDS))
        return await self.members[0].click(message, custom_id=f"amble:join:{s.BIG}:2")


@asynccontextmanager
async def world(*items: type[AmbleItem]) -> AsyncGenerator[World]:
    AnswerButton.clicks.clear()
    JoinButton.done.clear()
    JoinButton.invitation = s.INVITATION
    client = Talker(*items)
    async with simcord.run(client) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("walks")
        members = [guild.add_member(env.create_user(name)) for name in ("ada", "bo")]
        yield World(env, client, channel, members)


def said(result: InteractionResult) -> str:
    assert result.response is not None
    return str(result.response.components)


async def test_a_click_reaches_its_button_once() -> None:
    async with world(AnswerButton) as it:
        message = await it.send(prompt(s.PROMPT, WORDS))
        result = await it.members[0].click(message, label="Part of it")
        assert [click.answer for click in AnswerButton.clicks] == ["partly"]
        assert result.ephemeral
        assert "Written down." in said(result)


async def test_a_button_serves_everybody_again_and_again() -> None:
    async with world(AnswerButton) as it:
        message = await it.send(prompt(s.PROMPT, WORDS))
        for member in [*it.members, it.members[0]]:
            await member.click(message, label="Done")
        assert len(AnswerButton.clicks) == 3


async def test_discord_py_keeps_no_card_that_was_sent() -> None:
    async with world(AnswerButton) as it:
        message = await it.send(prompt(s.PROMPT, WORDS))
        await it.members[0].click(message, label="Done")
        assert it.client.kept_views() == 0


async def test_a_button_that_fails_tells_so(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(AmbleItem, template=AnswerId.TEMPLATE):
        async def act(self, interaction: discord.Interaction[Any]) -> None:
            raise RuntimeError("the kettle is on fire")

    async with world(Failing) as it:
        message = await it.send(prompt(s.PROMPT, WORDS))
        result = await it.members[0].click(message, label="Done")
        assert result.ephemeral
        assert "Something went wrong on my side" in said(result)
        assert [one.name for one in caplog.records if one.levelno >= logging.ERROR] == [
            "bot.ui.errors"
        ]


async def test_a_button_of_another_time_says_so() -> None:
    async with world() as it:
        message = await it.send(prompt(s.PROMPT, WORDS))
        result = await it.members[0].click(message, label="Done")
        assert result.ephemeral
        assert "This button is from another time" in said(result)


async def test_the_form_hands_over_what_was_chosen() -> None:
    async with world(JoinButton) as it:
        form = await it.open_form()
        values = {
            "reach": "silent",
            "consents": ["named", "shown", "warned", "cheered"],
            "goal": ["2"],
            "note_read": ["yes"],
        }
        result = await it.members[0].submit_modal(form, values)
        wishes = Wishes(Reach.SILENT, named=True, shown=True, goal=2, warned=True)
        assert JoinButton.done == [(wishes, True)]
        assert "Welcome." in said(result)


async def test_the_form_takes_no_consent_for_an_answer() -> None:
    async with world(JoinButton) as it:
        form = await it.open_form()
        values = {"reach": "channel", "consents": [], "goal": ["3"], "note_read": ["yes"]}
        await it.members[0].submit_modal(form, values)
        assert JoinButton.done == [(Wishes(cheered=False), True)]


async def test_the_form_asks_that_the_doctors_note_was_read() -> None:
    async with world(JoinButton) as it:
        form = await it.open_form()
        assert "talk to your doctor before you start" in str(form.modal)
        with pytest.raises(simcord.SetupError, match="note_read"):
            await it.members[0].submit_modal(form, {"reach": "channel", "goal": ["3"]})


async def test_members_get_the_form_without_the_note_and_with_their_wishes() -> None:
    async with world(JoinButton) as it:
        JoinButton.invitation = replace(s.INVITATION, group=replace(s.GROUP, joined=True))
        form = await it.open_form()
        assert "doctor" not in str(form.modal)
        await it.members[0].submit_modal(form, {"reach": "dm", "goal": ["4"]})
        assert JoinButton.done == [(Wishes(Reach.DM, goal=4, cheered=False), True)]


async def test_a_form_that_is_refused_says_why() -> None:
    async with world(JoinButton) as it:
        form = await it.open_form()
        values = {"reach": "channel", "goal": ["7"], "note_read": ["yes"]}
        result = await it.members[0].submit_modal(form, values)
        assert result.ephemeral
        assert "This group is full" in said(result)


async def test_a_form_lost_in_a_restart_says_so() -> None:
    async with world(JoinButton) as it:
        form = await it.open_form()
        it.client._connection._view_store._modals.clear()
        values = {"reach": "channel", "goal": ["3"], "note_read": ["yes"]}
        result = await it.members[0].submit_modal(form, values)
        assert result.ephemeral
        assert "I lost this form" in said(result)


@pytest.mark.parametrize("joined", [True, False])
async def test_the_form_is_one_that_discord_takes(joined: bool) -> None:
    hard = replace(s.INVITATION, group=replace(s.HARD_GROUP_VIEW, joined=joined))

    async def ignore(_: discord.Interaction[Any], __: Wishes, ___: bool) -> None:
        """Nothing is sent in here."""

    form = JoinModal(hard, WORDS, ignore)
    assert form.custom_id.startswith(FORM_PREFIX)
    body = {"type": 9, "data": form.to_dict()}
    assert list(broken_rules("POST", "/interactions/1/token/callback", body)) == []


async def test_every_request_is_one_that_discord_takes() -> None:
    checker = load_checker()
    if checker is None:
        pytest.skip("Discord's OpenAPI document is not here")
    async with world(JoinButton, AnswerButton) as it:
        form = await it.open_form()
        values = {"reach": "channel", "goal": ["3"], "note_read": ["yes"]}
        await it.members[0].submit_modal(form, values)
        callbacks = [one for one in it.env.http_requests if one.path.endswith("/callback")]
        assert len(callbacks) == 2
        assert checker.check_all(callbacks) == []
