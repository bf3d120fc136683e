"""Setting up a server, and help."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.places import gazetteer
from bot.services import servers
from bot.ui.answering import reply
from bot.ui.errors import offering
from bot.ui.help import help_card
from bot.ui.server import setup, setup_saved
from bot.ui.words import words_for
from cogs.base import AmbleCog, check_channel, person_of


class Server(AmbleCog):
    """Setting up a server, and help."""

    async def cog_load(self) -> None:
        """Read the places of the world now; a keystroke should not wait for that."""
        gazetteer()

    @app_commands.command(
        name="setup", description="Set Amble up: time zone, channel, who may create groups"
    )
    @app_commands.describe(
        zone="Where your walks take place: a city such as Berlin or New York",
        channel="Where groups post unless they choose another channel",
        anyone_creates="Whether everyone may create groups, or only people with Manage Server",
    )
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def setup(
        self,
        interaction: discord.Interaction[Any],
        zone: str | None = None,
        channel: discord.TextChannel | discord.Thread | None = None,
        anyone_creates: bool | None = None,
    ) -> None:
        person, words = person_of(interaction), words_for(interaction)
        asked = (zone, channel, anyone_creates)
        if person.manages_server and all(each is None for each in asked):
            shown = await servers.show(self.db, person.guild_id)
            await reply(interaction, setup(shown, words))
            return
        saved = await servers.set_up(
            self.db,
            person,
            clock.now(),
            zone=zone,
            channel_id=None if channel is None else check_channel(channel),
            anyone_creates=anyone_creates,
        )
        await reply(interaction, setup_saved(saved, words))

    @setup.autocomplete("zone")
    @offering
    async def _zones(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.zone_choices(interaction, typed)

    @app_commands.command(name="help", description="What Amble can do for you here")
    @app_commands.guild_only()
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        person = person_of(interaction)
        organiser = await servers.organises(self.db, person)
        card = help_card(words_for(interaction), organiser=organiser, admin=person.manages_server)
        await reply(interaction, card)
