"""The guides: how to walk, stretch and strengthen, and what else counts."""

from __future__ import annotations

from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.domain.errors import NotFound
from bot.domain.guide import Guide
from bot.ui.answering import replace, reply
from bot.ui.custom_ids import GuideId, GuidePickId
from bot.ui.dynamic import AmbleItem, picked
from bot.ui.guide import guide_card, guide_menu
from bot.ui.pictures.guides import guide_picture
from bot.ui.words import words_for, words_in
from cogs.base import AmbleCog, Answerer


class Guides(AmbleCog):
    """How to walk, stretch and strengthen, and what else counts."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its buttons."""
        return (GuideButton, GuideSelect)

    @app_commands.command(
        name="guide", description="How to walk, stretch and strengthen; only you see it"
    )
    @app_commands.describe(topic="Which guide; leave out to see them all")
    @app_commands.choices(
        topic=[
            app_commands.Choice(name=words_in().label(f"guide.{guide}"), value=guide.value)
            for guide in Guide
        ]
    )
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def guide(self, interaction: discord.Interaction[Any], topic: str | None = None) -> None:
        if topic is None:
            await reply(interaction, guide_menu(words_for(interaction)))
        else:
            await self.show(interaction, _named(topic))

    async def show(
        self, interaction: discord.Interaction[Any], guide: Guide, how: Answerer = reply
    ) -> None:
        """Show a guide to the one who asks. It needs no database, and so works without one."""
        words = words_for(interaction)
        png = await self.pictures.find(partial(guide_picture, guide, words))
        await how(interaction, guide_card(guide, words, png))


class GuideButton(AmbleItem, template=GuideId.TEMPLATE):
    """Opens the guide that fits where it stands."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show it."""
        await Guides.of(interaction).show(interaction, GuideId.of(self.match).guide)


class GuideSelect(AmbleItem, template=GuidePickId.TEMPLATE):
    """Opens the guide that is picked."""

    def answers_in_place(self, interaction: discord.Interaction[Any]) -> bool:
        """Say whether the guide replaces what it was picked on."""
        return GuidePickId.of(self.match).in_place

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show it."""
        how = replace if self.answers_in_place(interaction) else reply
        await Guides.of(interaction).show(interaction, picked(interaction, Guide), how)


def _named(topic: str) -> Guide:
    """Read a guide's name as the picker hands it over; raises NotFound `guide_not_found`."""
    try:
        return Guide(topic)
    except ValueError as error:
        raise NotFound("guide_not_found") from error
