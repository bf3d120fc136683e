"""One's own standing, and pausing."""

from __future__ import annotations

from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.ids import GroupId, GuildId
from bot.domain.reading import read_date
from bot.services import groups, pauses, standings
from bot.ui.answering import replace
from bot.ui.card import Card
from bot.ui.custom_ids import MeId, PageId, PagePart
from bot.ui.dynamic import AmbleItem, picked
from bot.ui.errors import offering
from bot.ui.me import me, me_with_picture, paused, resumed
from bot.ui.pictures.me import me_picture
from bot.ui.words import words_for
from cogs.base import AmbleCog, person_of


class Members(AmbleCog):
    """One's own standing, and pausing."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its buttons."""
        return (MeButton, PageItem)

    pause = app_commands.Group(
        name="pause",
        description="Holiday or illness: rest without losing anything",
        guild_only=True,
    )

    @app_commands.command(
        name="me", description="Your streaks, your week, what comes next; only you see it"
    )
    @app_commands.guild_only()
    async def me(self, interaction: discord.Interaction[Any]) -> None:
        await self.show_standing(interaction, None)

    @pause.command(name="start", description="Pause: the sessions in between do not count")
    @app_commands.describe(
        first="The first day, such as 2026-08-01; today if left out, at most two days back",
        last="The last day; until you are back if left out",
        named="Which group",
    )
    @app_commands.rename(named="group")
    async def start(
        self,
        interaction: discord.Interaction[Any],
        first: str | None = None,
        last: str | None = None,
        named: str | None = None,
    ) -> None:
        person = person_of(interaction)
        group_id = await self.group_id(interaction, named)
        facts = await pauses.pause(
            self.db,
            person,
            group_id,
            clock.now(),
            first_on=None if first is None else read_date(first),
            last_on=None if last is None else read_date(last),
        )
        await self.tell(interaction, person, paused(facts, words_for(interaction)))

    @pause.command(name="end", description="You are back: today counts again")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def end(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        person = person_of(interaction)
        group_id = await self.group_id(interaction, named)
        under_way = await pauses.resume(self.db, person, group_id, clock.now())
        view = await groups.show(self.db, person, group_id, clock.now())
        card = resumed(view.name, words_for(interaction), under_way=under_way)
        await self.tell(interaction, person, card)

    @start.autocomplete("named")
    @end.autocomplete("named")
    @offering
    async def _groups(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.group_choices(interaction, typed)

    async def show_standing(
        self, interaction: discord.Interaction[Any], claimed: GuildId | None
    ) -> None:
        """Show somebody how they stand in their groups, privately."""
        person = person_of(interaction, claimed)
        await self.tell(interaction, person, await self.standing(interaction, claimed))

    async def standing(
        self,
        interaction: discord.Interaction[Any],
        claimed: GuildId | None,
        group_id: GroupId | None = None,
    ) -> Card:
        """Return how somebody stands in their groups, one of them as a picture."""
        person, words, now = person_of(interaction, claimed), words_for(interaction), clock.now()
        found = await standings.mine(self.db, person, now)
        page = await standings.page(self.db, person, now, group_id)
        png = page and await self.pictures.find(partial(me_picture, page, words))
        if page is None or png is None:
            return me(found, words)
        return me_with_picture(page, png, found, words, person.guild_id)

    async def tell_standing(self, interaction: discord.Interaction[Any], claimed: GuildId) -> None:
        """Tell somebody in words how they stand in their groups, privately."""
        person = person_of(interaction, claimed)
        found = await standings.mine(self.db, person, clock.now())
        await self.tell(interaction, person, me(found, words_for(interaction)))


class MeButton(AmbleItem, template=MeId.TEMPLATE):
    """Shows the one who presses it how they stand."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show the standing."""
        await Members.of(interaction).show_standing(interaction, MeId.of(self.match).guild_id)


class PageItem(AmbleItem, template=PageId.TEMPLATE):
    """Leads from one's own page to another group's, or to its text."""

    def answers_in_place(self, interaction: discord.Interaction[Any]) -> bool:
        """Say whether the page itself changes."""
        return self.match["part"] != PagePart.TEXT

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show what was asked for."""
        pressed, members = PageId.of(self.match), Members.of(interaction)
        if pressed.part is PagePart.TEXT:
            await members.tell_standing(interaction, pressed.guild_id)
            return
        group_id = GroupId(picked(interaction, int))
        await replace(interaction, await members.standing(interaction, pressed.guild_id, group_id))
