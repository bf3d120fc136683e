"""The programme: one's own ladder from short walks to longer ones."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.programme import Answers, Pace
from bot.services import programme as programmes
from bot.services.views import Person
from bot.ui.answering import open_form, replace
from bot.ui.custom_ids import EasierId, ProgrammeId, ProgrammePart
from bot.ui.dynamic import AmbleItem
from bot.ui.programme import begun, chosen, eased, note_read, offer, programme, stopped
from bot.ui.programme_form import ProgrammeModal
from bot.ui.words import words_for
from cogs.base import AmbleCog, person_of


class Programme(AmbleCog):
    """One's own ladder from short walks to longer ones."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its buttons."""
        return (ProgrammeButton, EasierButton)

    commands = app_commands.Group(
        name="programme",
        description="A gentle programme for the back: short walks first, then longer ones",
        guild_only=True,
    )

    @commands.command(
        name="show", description="Your rung, your week, what comes next; only you see it"
    )
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        await self.show_programme(interaction, person_of(interaction))

    @commands.command(name="start", description="Begin: three questions say where")
    async def start(self, interaction: discord.Interaction[Any]) -> None:
        await self.ask_to_start(interaction, person_of(interaction))

    @commands.command(name="stop", description="End your programme; what you did stays")
    async def stop(self, interaction: discord.Interaction[Any]) -> None:
        person = person_of(interaction)
        await programmes.stop(self.db, person, clock.now())
        await self.tell(interaction, person, stopped(words_for(interaction)))

    async def show_programme(self, interaction: discord.Interaction[Any], person: Person) -> None:
        """Show a member their programme privately, or offer it."""
        words = words_for(interaction)
        facts = await programmes.show(self.db, person, clock.now())
        card = offer(person.guild_id, words) if facts is None else programme(facts, words)
        await self.tell(interaction, person, card)

    async def ask_to_start(
        self, interaction: discord.Interaction[Any], person: Person, *, first: bool = False
    ) -> None:
        """Open the form with which a programme begins."""
        words = words_for(interaction)
        await programmes.check_may_begin(self.db, person)

        async def done(
            sent: discord.Interaction[Any], answers: Answers | None, confirmed: bool
        ) -> None:
            facts = await programmes.begin(
                self.db, person, answers, clock.now(), note_read=confirmed
            )
            await self.tell(sent, person, begun(facts, words))

        await open_form(interaction, ProgrammeModal(words, done, first=first))


class ProgrammeButton(AmbleItem, template=ProgrammeId.TEMPLATE):
    """Opens one's own programme, begins it, or says how it is to go on."""

    def answers_in_place(self, interaction: discord.Interaction[Any]) -> bool:
        """Say whether the card that was pressed changes."""
        return self.match["part"] in (ProgrammePart.HOLD, ProgrammePart.GROW, ProgrammePart.NOTE)

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Do what was pressed."""
        pressed, cog = ProgrammeId.of(self.match), Programme.of(interaction)
        person, words = person_of(interaction, pressed.guild_id), words_for(interaction)
        match pressed.part:
            case ProgrammePart.SHOW:
                await cog.show_programme(interaction, person)
            case ProgrammePart.START | ProgrammePart.FIRST:
                first = pressed.part is ProgrammePart.FIRST
                await cog.ask_to_start(interaction, person, first=first)
            case ProgrammePart.HOLD | ProgrammePart.GROW:
                facts = await programmes.choose(
                    cog.db, person, Pace(pressed.part.value), clock.now()
                )
                await cog.tell(interaction, person, chosen(facts, words), replace)
            case ProgrammePart.NOTE:
                facts = await programmes.read_note(cog.db, person, clock.now())
                await cog.tell(interaction, person, note_read(facts, words), replace)


class EasierButton(AmbleItem, template=EasierId.TEMPLATE):
    """Makes one's own programme a rung easier."""

    edits_own = True

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Take it one rung down."""
        pressed, cog = EasierId.of(self.match), Programme.of(interaction)
        person = person_of(interaction, pressed.guild_id)
        facts = await programmes.gentler(cog.db, person, clock.now(), pressed.rung)
        await cog.tell(interaction, person, eased(facts, words_for(interaction)), replace)
