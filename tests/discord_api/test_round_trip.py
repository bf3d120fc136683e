"""A small real bot in SimCord: its traffic is recorded whole, passes, and is caught when wrong."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, cast

import discord
import simcord
from discord import app_commands, ui

from tests.discord_api import RequestChecker


class Card(ui.LayoutView):
    """A V2 card whose one button asks for a note."""

    row: ui.ActionRow["Card"] = ui.ActionRow()

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(
            ui.Container[Card](ui.TextDisplay("**Morning walk**"), accent_colour=0x22AA66)
        )

    @row.button(label="Done", custom_id="done")
    async def done(self, interaction: discord.Interaction, _: ui.Button["Card"]) -> None:
        await interaction.response.send_modal(Note())


class Note(ui.Modal, title="How was it?"):
    """A modal that answers by following up and by editing its answer."""

    note: ui.Label["Note"] = ui.Label(text="Note", component=ui.TextInput(required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        await interaction.edit_original_response(content="Kept.")
        await interaction.followup.send("See you tomorrow.", ephemeral=True)


async def show_card(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(view=Card(), ephemeral=True)


async def post(interaction: discord.Interaction, words: str) -> None:
    await interaction.response.defer()
    channel = interaction.channel
    assert isinstance(channel, discord.TextChannel)
    pinged = discord.AllowedMentions(users=[interaction.user], everyone=False, roles=False)
    message = await channel.send(words, nonce=7, allowed_mentions=pinged)
    await message.edit(content="Edited")
    board = discord.File(BytesIO(b"1. Alice"), filename="board.txt", description="The board")
    await interaction.followup.send("The board", file=board)


async def offer_words(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{current} to all", value="hello")]


class Toy(discord.Client):
    """Sends, edits and answers in each of the ways that Amble does."""

    def __init__(self, allowed_mentions: discord.AllowedMentions | None) -> None:
        super().__init__(intents=discord.Intents.default(), allowed_mentions=allowed_mentions)
        self.tree = app_commands.CommandTree(self)
        self.tree.command(name="card", description="Show a card")(show_card)
        posting = self.tree.command(name="post", description="Post and edit a message")(post)
        posting.autocomplete("words")(offer_words)

    async def setup_hook(self) -> None:
        await self.tree.sync()


async def live_a_day(env: simcord.Env) -> None:
    """One member uses everything the toy has."""
    guild = env.create_guild()
    channel = guild.create_text_channel("walks")
    alice = guild.add_member(env.create_user("alice"))
    await alice.autocomplete(channel, "post", "words", "Hello")
    await alice.slash(channel, "post", words="Hello")
    shown = await alice.slash(channel, "card")
    assert shown.response is not None
    asked = await alice.click(shown.response, custom_id="done")
    assert asked.modal is not None
    field = asked.modal["components"][0]["component"]["custom_id"]
    await alice.submit_modal(asked, {field: "It was fine"})


async def requests_of_a_day(
    allowed_mentions: discord.AllowedMentions | None,
) -> list[simcord.HttpLogEntry]:
    async with simcord.run(Toy(allowed_mentions)) as env:
        await live_a_day(env)
    return env.http_requests


def body_of(request: simcord.HttpLogEntry) -> Mapping[str, Any]:
    """The body where it is an object, else an empty one (a sync's is a list)."""
    body = request.json
    return cast("Mapping[str, Any]", body) if isinstance(body, dict) else {}


def kind_of(request: simcord.HttpLogEntry) -> tuple[str, int | None]:
    """The first part of the path, and the type of an answer to an interaction."""
    return request.path.split("/")[1], body_of(request).get("type")


async def test_all_of_a_bots_traffic_is_recorded() -> None:
    requests = await requests_of_a_day(discord.AllowedMentions.none())

    assert [(request.method, *kind_of(request)) for request in requests] == [
        ("GET", "oauth2", None),
        ("PUT", "applications", None),  # the sync
        ("POST", "interactions", 8),  # choices
        ("POST", "interactions", 5),  # a defer, then a message and its edit
        ("POST", "channels", None),
        ("PATCH", "channels", None),
        ("POST", "webhooks", None),  # an upload as a follow-up
        ("POST", "interactions", 4),  # the card, its modal, a defer
        ("POST", "interactions", 9),
        ("POST", "interactions", 5),
        ("PATCH", "webhooks", None),  # @original, a follow-up
        ("POST", "webhooks", None),
    ]


async def test_an_upload_is_recorded_with_the_words_beside_it() -> None:
    requests = await requests_of_a_day(discord.AllowedMentions.none())

    uploads = [body for body in map(body_of, requests) if "attachments" in body]

    assert [(body["content"], len(body["attachments"])) for body in uploads] == [("The board", 1)]


async def test_an_orderly_bot_passes(checker: RequestChecker) -> None:
    requests = await requests_of_a_day(discord.AllowedMentions.none())

    assert list(map(str, checker.check_all(requests))) == []


async def test_a_bot_that_leaves_mentions_to_chance_is_caught(checker: RequestChecker) -> None:
    requests = await requests_of_a_day(None)

    caught = [
        (violation.method, violation.path.split("/")[1], violation.where)
        for violation in checker.check_all(requests)
    ]

    assert caught == [
        ("PATCH", "channels", "allowed_mentions"),
        ("POST", "webhooks", "allowed_mentions"),
        ("POST", "interactions", "data.allowed_mentions"),
        ("PATCH", "webhooks", "allowed_mentions"),
        ("POST", "webhooks", "allowed_mentions"),
    ]
