"""Buddies: finding one, swapping, and cheering each other on."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.ids import UserId
from bot.services import buddies, cheering
from bot.services.buddies import BuddyView
from bot.services.views import Person
from bot.ui.answering import replace, reply
from bot.ui.buddies import buddies as buddies_card
from bot.ui.buddies import cheered, rotation_set
from bot.ui.custom_ids import BuddyId, BuddyReplyId, BuddyStep, CheerId, CheerNamedId
from bot.ui.dynamic import AmbleItem
from bot.ui.errors import offering
from bot.ui.words import words_for
from cogs.base import AmbleCog, person_of

CHEER = "Cheer"


class Buddies(AmbleCog):
    """Buddies: finding one, swapping, and cheering each other on."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its buttons."""
        return (BuddyButton, BuddyReplyButton, CheerButton, CheerNamedButton)

    commands = app_commands.Group(
        name="buddy", description="Somebody who looks out for you, as you for them", guild_only=True
    )

    @commands.command(name="show", description="You and your buddy this week, side by side")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def show(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        group_id = await self.group_id(interaction, named)
        person = person_of(interaction)
        facts = await buddies.show(self.db, person, group_id, clock.now())
        await self.tell(interaction, person, buddies_card(facts, words_for(interaction)))

    @commands.command(name="choose", description="Ask somebody of your group to be your buddy")
    @app_commands.describe(member="Whom you would like as your buddy", named="Which group")
    @app_commands.rename(named="group")
    async def choose(
        self,
        interaction: discord.Interaction[Any],
        member: discord.User,
        named: str | None = None,
    ) -> None:
        group_id = await self.group_id(interaction, named)
        person, asked = person_of(interaction), UserId(member.id)
        facts = await buddies.ask(self.db, person, group_id, asked, clock.now())
        await self.agenda.rearm()
        await self.tell(interaction, person, buddies_card(facts, words_for(interaction)))

    @commands.command(name="cheer", description="Cheer somebody on who walks in a group with you")
    @app_commands.describe(member="Whom you cheer on; they hear that it was you")
    async def cheer(self, interaction: discord.Interaction[Any], member: discord.User) -> None:
        await self.cheer_user(interaction, UserId(member.id))

    @commands.command(name="rotate", description="For organisers: new buddies every month, or not")
    @app_commands.describe(monthly="True: at the first week's end of a month", named="Which group")
    @app_commands.rename(named="group")
    async def rotate(
        self, interaction: discord.Interaction[Any], monthly: bool, named: str | None = None
    ) -> None:
        group_id = await self.group_id(interaction, named)
        person = person_of(interaction)
        group_name = await buddies.set_rotation(
            self.db, person, group_id, clock.now(), monthly=monthly
        )
        await reply(interaction, rotation_set(group_name, words_for(interaction), monthly=monthly))

    @show.autocomplete("named")
    @choose.autocomplete("named")
    @rotate.autocomplete("named")
    @offering
    async def _groups(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.group_choices(interaction, typed)

    async def cheer_user(self, interaction: discord.Interaction[Any], user_id: UserId) -> None:
        """Cheer somebody, wherever the two are in a group together."""
        person = person_of(interaction)
        facts = await cheering.cheer_user(self.db, person, user_id, clock.now())
        await self.agenda.rearm()
        await self.tell(interaction, person, cheered(facts, words_for(interaction)))

    async def take(self, person: Person, pressed: BuddyId) -> BuddyView:
        """Do what a button of the card is for."""
        db, group_id, now = self.db, pressed.group_id, clock.now()
        match pressed.step:
            case BuddyStep.SHOW:
                return await buddies.show(db, person, group_id, now)
            case BuddyStep.JOIN:
                return await buddies.join(db, person, group_id, now)
            case BuddyStep.TELL | BuddyStep.HUSH:
                tells = pressed.step is BuddyStep.TELL
                return await buddies.set_telling(db, person, group_id, now, tells=tells)
            case BuddyStep.SWAP:
                return await buddies.swap(db, person, group_id, now)
            case BuddyStep.STOP:
                return await buddies.leave(db, person, group_id, now)


@app_commands.context_menu(name=CHEER)
@app_commands.guild_only()
async def cheer_on(interaction: discord.Interaction[Any], user: discord.User) -> None:
    """Cheer the one whose menu was opened."""
    await Buddies.of(interaction).cheer_user(interaction, UserId(user.id))


class BuddyButton(AmbleItem, template=BuddyId.TEMPLATE):
    """Does something about one's buddies, and shows how things stand."""

    def answers_in_place(self, interaction: discord.Interaction[Any]) -> bool:
        """Say whether the card itself changes."""
        return self.match["step"] != BuddyStep.SHOW

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        pressed, cog = BuddyId.of(self.match), Buddies.of(interaction)
        person = person_of(interaction, pressed.guild_id)
        facts = await cog.take(person, pressed)
        await cog.agenda.rearm()
        card = buddies_card(facts, words_for(interaction))
        if pressed.step is BuddyStep.SHOW:
            await cog.tell(interaction, person, card)
        else:
            await replace(interaction, card)


class BuddyReplyButton(AmbleItem, template=BuddyReplyId.TEMPLATE):
    """Answers somebody who wants to be one's buddy."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Take the answer."""
        pressed, cog = BuddyReplyId.of(self.match), Buddies.of(interaction)
        person = person_of(interaction, pressed.guild_id)
        facts = await buddies.reply(
            cog.db, person, pressed.membership_id, clock.now(), agrees=pressed.agrees
        )
        await cog.agenda.rearm()
        await cog.tell(interaction, person, buddies_card(facts, words_for(interaction)))


class CheerButton(AmbleItem, template=CheerId.TEMPLATE):
    """Cheers a member."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Cheer."""
        pressed, cog = CheerId.of(self.match), Buddies.of(interaction)
        person = person_of(interaction, pressed.guild_id)
        facts = await cheering.cheer(cog.db, person, pressed.membership_id, clock.now())
        await cog.agenda.rearm()
        await cog.tell(interaction, person, cheered(facts, words_for(interaction)))


class CheerNamedButton(AmbleItem, template=CheerNamedId.TEMPLATE):
    """Cheers everybody who is named in a message after a miss."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Cheer."""
        pressed, cog = CheerNamedId.of(self.match), Buddies.of(interaction)
        person = person_of(interaction, pressed.guild_id)
        facts = await cheering.cheer_named(cog.db, person, pressed.moment_id, clock.now())
        await cog.agenda.rearm()
        await cog.tell(interaction, person, cheered(facts, words_for(interaction)))
