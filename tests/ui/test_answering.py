"""Every interaction is taken once, acknowledged in time, answered privately, and counted."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from unittest.mock import create_autospec

import aiohttp
import discord
import pytest
import simcord
from discord import InteractionResponseType, app_commands
from simcord import InteractionResult
from simcord import interactions as simcord_interactions
from simcord.actors import _visible_message
from simcord.backend import serializers
from simcord.enums import InteractionType

from bot import metrics
from bot.domain.errors import Refused
from bot.services import StorageError
from bot.ui import answering
from bot.ui.answering import Pending, begin_task, open_form, replace, reply
from bot.ui.card import Accent, Card, button
from bot.ui.dynamic import AmbleItem, AmbleModal, answer_unclaimed
from bot.ui.errors import offering, report
from bot.ui.escaping import Safe
from bot.ui.notes import note
from tests.end_to_end.cards import said, text_of

Act = Callable[[discord.Interaction[Any]], Awaitable[None]]
SOON = timedelta(milliseconds=40)
LONGER = 0.15
"""Seconds that something takes which does not answer within `SOON`."""
MESSAGE = InteractionResponseType.channel_message.value
DEFERRED = InteractionResponseType.deferred_channel_message.value
DEFERRED_UPDATE = InteractionResponseType.deferred_message_update.value


def card(text: str) -> Card:
    return note(Safe(text))


class Form(AmbleModal):
    """A form of one field, which answers at once."""

    def __init__(self) -> None:
        super().__init__("Words")
        self.add_item(discord.ui.TextInput[Any](label="Words", custom_id="words"))

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.take(interaction)


class Pressed(AmbleItem, template="amble:press"):
    async def act(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.act(interaction)


class Editing(AmbleItem, template="amble:edit"):
    edits_own = True

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.act(interaction)


class Tree(app_commands.CommandTree["Talker"]):
    async def interaction_check(self, interaction: discord.Interaction["Talker"], /) -> bool:
        return begin_task(interaction)

    async def on_error(
        self, interaction: discord.Interaction["Talker"], error: app_commands.AppCommandError, /
    ) -> None:
        await report(interaction, error)


class Talker(discord.Client):
    """A client with a command, two buttons and a form, which do what a test asks for."""

    def __init__(self, act: Act) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True))
        self.tree = Tree(self)
        self.act = act
        self.forms = 0

        @self.tree.command(name="act", description="Does what the test asks for")
        async def run(interaction: discord.Interaction[Any]) -> None:
            await act(interaction)

        self._run = run

    async def take(self, interaction: discord.Interaction[Any]) -> None:
        self.forms += 1
        await reply(interaction, card("Form taken."))

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Pressed, Editing)
        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        await answer_unclaimed(interaction)


@dataclass
class World:
    env: simcord.Env
    client: Talker
    channel: simcord.ChannelHandle
    member: simcord.MemberActor

    async def act(self) -> InteractionResult:
        return await self.member.slash(self.channel, "act")

    async def press(self, custom_id: str = "amble:press") -> InteractionResult:
        return await self.member.click(await self.post(custom_id), custom_id=custom_id)

    async def post(self, custom_id: str) -> discord.Message:
        channel = self.client.get_channel(self.channel.id)
        assert isinstance(channel, discord.TextChannel)
        posted = Card(Accent.PLAIN, "Before.", [button("Press", custom_id)])
        return await channel.send(view=posted)

    async def deliver(self, kind: InteractionType, data: dict[str, Any], times: int) -> None:
        """Have Discord deliver one interaction several times."""
        record, payload = simcord_interactions.base_payload(
            self.env.backend,
            type=kind,
            channel_id=self.channel.id,
            guild_id=self.member.guild.id,
            user_id=self.member.id,
            data=data,
        )
        if kind is InteractionType.MESSAGE_COMPONENT:
            stored = _visible_message(self.member, await self.post(data["custom_id"]))
            payload["message"] = dict(serializers.message_payload(self.env.backend, stored))
            record.source_message_id = stored.id
        for _ in range(times):
            self.env.backend.emit("INTERACTION_CREATE", payload)
        await self.env.settle()

    def callbacks(self) -> list[int]:
        """The types of the acknowledgements that the bot sent."""
        bodies = [one.json for one in self.env.http_requests if one.path.endswith("/callback")]
        return [cast("dict[str, Any]", body)["type"] for body in bodies]


@asynccontextmanager
async def world(act: Act) -> AsyncGenerator[World]:
    client = Talker(act)
    async with simcord.run(client, check_errors=False) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("walks")
        yield World(env, client, channel, guild.add_member(env.create_user("ada")))


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have answers announced earlier than a test would like to wait."""
    monkeypatch.setattr(answering, "ANSWER_WITHIN", SOON)


def slowly(then: Act) -> Act:
    async def act(interaction: discord.Interaction[Any]) -> None:
        await asyncio.sleep(LONGER)
        await then(interaction)

    return act


async def answer(interaction: discord.Interaction[Any]) -> None:
    await reply(interaction, card("Here it is."))


async def share(interaction: discord.Interaction[Any]) -> None:
    await reply(interaction, card("Here it is."), private=False)


async def put_in_place(interaction: discord.Interaction[Any]) -> None:
    await replace(interaction, card("After."))


async def refuse(interaction: discord.Interaction[Any]) -> None:
    raise Refused("group_full", limit=50)


async def find_no_room(interaction: discord.Interaction[Any]) -> None:
    raise StorageError("DiskFull: no room left")


async def break_down(interaction: discord.Interaction[Any]) -> None:
    raise RuntimeError("the kettle is on fire")


async def ask(interaction: discord.Interaction[Any]) -> None:
    await open_form(interaction, Form())


# --- In time ---


async def test_a_quick_answer_is_sent_at_once() -> None:
    async with world(answer) as it:
        result = await it.act()
        assert "Here it is." in said(result)
        assert it.callbacks() == [MESSAGE]


@pytest.mark.usefixtures("soon")
async def test_a_slow_answer_takes_the_place_of_its_private_announcement() -> None:
    async with world(slowly(answer)) as it:
        result = await it.act()
        assert it.callbacks() == [DEFERRED]
        assert result.ephemeral
        assert result.response is not None
        assert "Here it is." in text_of(result.response)
        assert result.followups == []


@pytest.mark.usefixtures("soon")
async def test_a_second_slow_answer_leaves_the_first_one_standing() -> None:
    async def twice(interaction: discord.Interaction[Any]) -> None:
        await answer(interaction)
        await reply(interaction, card("And this."))

    async with world(slowly(twice)) as it:
        result = await it.act()
        assert result.response is not None
        assert "Here it is." in text_of(result.response)
        assert ["And this." in text_of(one) for one in result.followups] == [True]


@pytest.mark.usefixtures("soon")
async def test_a_slow_refusal_is_told_in_place_of_the_announcement() -> None:
    async with world(slowly(refuse)) as it:
        result = await it.press()
        assert result.ephemeral
        assert result.response is not None
        assert "This group is full" in text_of(result.response)


@pytest.mark.usefixtures("soon")
async def test_a_slow_answer_for_everyone_comes_after_a_private_word() -> None:
    async with world(slowly(share)) as it:
        result = await it.act()
        assert result.ephemeral
        assert result.response is not None
        assert "for everyone in this channel" in text_of(result.response)
        [public] = result.followups
        assert not public.ephemeral
        assert "Here it is." in text_of(public)


@pytest.mark.usefixtures("soon")
async def test_a_slow_edit_of_the_pressed_message_stands_in_its_place() -> None:
    async with world(slowly(put_in_place)) as it:
        result = await it.press("amble:edit")
        assert it.callbacks() == [DEFERRED_UPDATE]
        assert result.followups == []
        [message] = it.channel.history()
        assert "After." in text_of(message)


@pytest.mark.usefixtures("soon")
async def test_a_slow_refusal_of_an_edit_is_private_and_leaves_the_message() -> None:
    async with world(slowly(refuse)) as it:
        result = await it.press("amble:edit")
        [told] = result.followups
        assert told.ephemeral
        assert "This group is full" in text_of(told)
        assert any("Before." in text_of(one) for one in it.channel.history())


async def test_a_quick_edit_of_the_pressed_message_is_made_at_once() -> None:
    async with world(put_in_place) as it:
        await it.press("amble:edit")
        assert it.callbacks() == [InteractionResponseType.message_update.value]


@pytest.mark.usefixtures("soon")
async def test_a_form_that_comes_too_late_says_to_try_again() -> None:
    async with world(slowly(ask)) as it:
        result = await it.press()
        assert result.modal is None
        assert result.ephemeral
        assert "too long to open" in said(result)


@pytest.mark.parametrize("offset", [-0.002, -0.001, 0, 0.001, 0.002])
async def test_answer_and_announcement_at_one_instant_acknowledge_once(
    offset: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "ANSWER_WITHIN", SOON)

    async def act(interaction: discord.Interaction[Any]) -> None:
        await asyncio.sleep(SOON.total_seconds() + offset)
        await answer(interaction)

    async with world(act) as it:
        result = await it.act()
        assert len(it.callbacks()) == 1
        assert said(result).count("Here it is.") == 1


async def test_an_announcement_waits_for_the_answer_that_is_on_its_way() -> None:
    discord_side = Discord(slow=0.02)
    pending = Pending(discord_side.interaction)
    await asyncio.gather(pending.say(card("Here."), private=True), pending._defer())
    assert discord_side.asked == ["send_message"]


async def test_an_answer_waits_for_the_announcement_that_is_on_its_way() -> None:
    discord_side = Discord(slow=0.02)
    pending = Pending(discord_side.interaction)
    await asyncio.gather(pending._defer(), pending.say(card("Here."), private=True))
    assert discord_side.asked == ["defer", "edit_original_response"]


# --- Once ---


@pytest.mark.parametrize("custom_id", ["amble:press", "amble:edit"])
async def test_a_click_that_is_delivered_again_is_answered_once(custom_id: str) -> None:
    clicks: list[int] = []

    async def act(interaction: discord.Interaction[Any]) -> None:
        clicks.append(interaction.id)
        await answer(interaction)

    async with world(act) as it:
        data = {"custom_id": custom_id, "component_type": 2}
        await it.deliver(InteractionType.MESSAGE_COMPONENT, data, times=3)
        assert len(clicks) == 1
        assert it.callbacks() == [MESSAGE]


async def test_a_command_that_is_delivered_again_runs_once() -> None:
    runs: list[int] = []

    async def act(interaction: discord.Interaction[Any]) -> None:
        runs.append(interaction.id)
        await answer(interaction)

    async with world(act) as it:
        before = counted("command", "repeated")
        data = {"id": "1", "name": "act", "type": 1}
        await it.deliver(InteractionType.APPLICATION_COMMAND, data, times=2)
        assert len(runs) == 1
        assert it.callbacks() == [MESSAGE]
        assert counted("command", "repeated") == before + 1


async def test_a_form_that_is_delivered_again_is_taken_once_and_not_called_lost() -> None:
    async with world(ask) as it:
        shown = await it.press()
        assert shown.modal is not None
        field = {"type": 4, "custom_id": "words", "value": "Hello"}
        data = {
            "custom_id": shown.modal["custom_id"],
            "components": [{"type": 1, "components": [field]}],
        }
        await it.deliver(InteractionType.MODAL_SUBMIT, data, times=2)
        assert it.client.forms == 1
        assert len(it.callbacks()) == 2


async def test_a_button_of_another_time_is_answered_once() -> None:
    async with world(answer) as it:
        data = {"custom_id": "amble:forgotten", "component_type": 2}
        await it.deliver(InteractionType.MESSAGE_COMPONENT, data, times=2)
        assert it.callbacks() == [MESSAGE]


async def test_the_memory_of_interactions_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "REMEMBERED", 3)
    async with world(answer) as it:
        for _ in range(5):
            await it.act()
        assert len(answering._seen[it.client]) == 3


# --- Counted and told ---


def counted(kind: str, outcome: str) -> float:
    labels = {"kind": kind, "outcome": outcome}
    return metrics.registry.get_sample_value("amble_interactions_total", labels) or 0.0


async def forget(interaction: discord.Interaction[Any]) -> None:
    """Answer nothing at all."""


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        (answer, "answered"),
        (refuse, "refused"),
        (find_no_room, "not_saved"),
        (break_down, "failed"),
        (forget, "failed"),
    ],
)
@pytest.mark.parametrize("kind", ["command", "button"])
async def test_every_interaction_is_counted_once_by_how_it_ended(
    act: Act, outcome: str, kind: str
) -> None:
    async with world(act) as it:
        before = counted(kind, outcome)
        await (it.act() if kind == "command" else it.press())
        assert counted(kind, outcome) == before + 1


async def test_what_was_not_saved_is_told_kindly_and_logged_in_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with world(find_no_room) as it:
        result = await it.press()
        assert result.ephemeral
        assert "not saved. Try again in a minute" in said(result)
        [record] = [one for one in caplog.records if one.levelno >= logging.WARNING]
        assert record.levelno == logging.WARNING
        assert "DiskFull: no room left" in record.getMessage()
        assert record.exc_info is None


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_an_answer_that_discord_refuses_for_good_is_lost_quietly(status: int) -> None:
    discord_side = Discord(fails=[http_error(status)] * 9)
    before = counted("button", "lost")
    pending = answering.begin(discord_side.interaction)
    assert pending is not None
    assert await reply(discord_side.interaction, card("Here.")) is None
    pending.end()
    assert discord_side.asked == ["send_message"]
    assert counted("button", "lost") == before + 1


async def test_an_answer_whose_connection_broke_is_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answering, "PAUSES", (0.01, 0.01))
    discord_side = Discord(fails=[aiohttp.ServerDisconnectedError()])
    before = counted("button", "answered")
    await answered(discord_side)
    assert discord_side.asked == ["send_message"] * 2
    assert counted("button", "answered") == before + 1


async def test_an_answer_that_discord_had_taken_before_the_connection_broke_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answering, "PAUSES", (0.01, 0.01))
    discord_side = Discord(fails=[aiohttp.ServerDisconnectedError(), http_error(400, 40060)])
    before = counted("button", "answered")
    await answered(discord_side)
    assert counted("button", "answered") == before + 1


async def test_what_somebody_else_answered_is_lost_and_stays_silent() -> None:
    discord_side = Discord(fails=[http_error(400, 40060)])
    before = counted("button", "lost")
    await answered(discord_side)
    assert discord_side.asked == ["send_message"]
    assert counted("button", "lost") == before + 1


async def test_an_announcement_that_discord_had_taken_is_filled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answering, "PAUSES", (0.01, 0.01))
    discord_side = Discord(fails=[ConnectionResetError(), http_error(400, 40060)])
    pending = Pending(discord_side.interaction)
    await pending._defer()
    await pending.say(card("Here."), private=True)
    assert discord_side.asked == ["defer", "defer", "edit_original_response"]


async def test_a_second_answer_is_not_sent_twice_after_a_broken_connection() -> None:
    discord_side = Discord()
    await reply(discord_side.interaction, card("First."))
    discord_side.fails.append(aiohttp.ServerDisconnectedError())
    assert await reply(discord_side.interaction, card("Second.")) is None
    assert discord_side.asked == ["send_message", "followup"]


async def test_an_answer_that_is_no_message_is_our_own_fault() -> None:
    discord_side = Discord(fails=[http_error(400, 50035)])
    with pytest.raises(discord.HTTPException):
        await reply(discord_side.interaction, card("Here."))


@pytest.mark.parametrize(
    ("error", "outcome", "level"),
    [
        (StorageError("Busy: locked"), "not_saved", logging.WARNING),
        (Refused("group_needed"), "refused", logging.INFO),
        (RuntimeError("the kettle"), "failed", logging.ERROR),
    ],
)
async def test_choices_that_cannot_be_found_are_none(
    error: Exception, outcome: str, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    @offering
    async def choose(
        _: object, __: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        raise error

    typing = Discord(kind=discord.InteractionType.autocomplete).interaction
    assert await choose(object(), typing, "be") == []
    assert answering.pending_of(typing).outcome == outcome
    [record] = [one for one in caplog.records if one.name == "bot.ui.errors"]
    assert record.levelno == level


async def test_choices_that_take_too_long_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ui.errors.ANSWER_WITHIN", SOON)

    @offering
    async def choose(
        _: object, __: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        await asyncio.sleep(60)
        return [app_commands.Choice(name=typed, value=typed)]

    typing = Discord(kind=discord.InteractionType.autocomplete).interaction
    assert await choose(object(), typing, "be") == []
    assert answering.pending_of(typing).outcome == "lost"


# --- A Discord that is slow or fails ---


class Discord:
    """Discord's side of one interaction, as much of it as an answer needs."""

    def __init__(
        self,
        *,
        slow: float = 0.0,
        fails: Sequence[Exception] = (),
        kind: discord.InteractionType = discord.InteractionType.component,
    ) -> None:
        """Take `slow` seconds for each request; the first ones fail as `fails` say."""
        self.asked: list[str] = []
        self.fails = list(fails)
        self._slow = slow
        self.interaction = cast("discord.Interaction[Any]", Asked(self, kind))

    async def take(self, request: str) -> None:
        self.asked.append(request)
        await asyncio.sleep(self._slow)
        if self.fails:
            raise self.fails.pop(0)


class Asked:
    """An interaction, in discord.py's words."""

    def __init__(self, side: Discord, kind: discord.InteractionType) -> None:
        self.id = id(self)
        self.type = kind
        self.extras: dict[str, object] = {}
        self.locale = discord.Locale.british_english
        self.guild_id = 1
        self.user = discord.Object(2)
        self.client = side
        self.response = Response(side)
        self.followup = Followup(side)
        self._side = side

    async def edit_original_response(self, **_: object) -> None:
        await self._side.take("edit_original_response")


class Response:
    def __init__(self, side: Discord) -> None:
        self.type: InteractionResponseType | None = None
        self._side = side

    async def send_message(self, **_: object) -> None:
        await self._side.take("send_message")
        self.type = InteractionResponseType.channel_message

    async def defer(self, *, ephemeral: bool, thinking: bool) -> None:
        assert ephemeral
        assert thinking
        await self._side.take("defer")
        self.type = InteractionResponseType.deferred_channel_message


class Followup:
    def __init__(self, side: Discord) -> None:
        self._side = side

    async def send(self, **_: object) -> None:
        await self._side.take("followup")


def http_error(status: int, code: int = 0) -> discord.HTTPException:
    response = create_autospec(aiohttp.ClientResponse, instance=True, status=status, reason="No")
    kind = discord.DiscordServerError if status >= 500 else discord.HTTPException
    return kind(response, {"code": code, "message": "no"})


async def answered(side: Discord) -> None:
    """Have an interaction answered, from its beginning to its end."""
    pending = answering.begin(side.interaction)
    assert pending is not None
    await reply(side.interaction, card("Here."))
    pending.end()
