"""The kind words: how a group is spoken to, and a member's ways back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.encouragement import Kind, Tone
from bot.domain.ids import OwnWordingId
from bot.domain.schedule import local_date
from bot.services import groups, joining, pauses, programme, voice, way_back
from bot.services.views import Person
from bot.services.voice import LONGEST, Voice
from bot.ui.answering import replace, reply
from bot.ui.card import Card
from bot.ui.custom_ids import VoiceId, VoicePart, Way, WayId
from bot.ui.dynamic import AmbleItem, picked
from bot.ui.errors import offering
from bot.ui.me import paused
from bot.ui.programme import offer
from bot.ui.programme import programme as programme_card
from bot.ui.voice import own_label
from bot.ui.voice import voice as voice_card
from bot.ui.way_back import how_long, left_quietly, other_times, ways_back
from bot.ui.words import Words, words_for
from cogs.base import AmbleCog, choices_like, id_of, person_of

SITUATIONS = [
    app_commands.Choice(name="A first week", value=Kind.FIRST_WEEK.value),
    app_commands.Choice(name="A first miss", value=Kind.FIRST_MISS.value),
    app_commands.Choice(name="A second miss", value=Kind.SECOND_MISS.value),
    app_commands.Choice(name="Several misses", value=Kind.SEVERAL_MISSES.value),
    app_commands.Choice(name="A rest token used", value=Kind.TOKEN_USED.value),
    app_commands.Choice(name="Long away", value=Kind.LONG_AWAY.value),
    app_commands.Choice(name="Most of the group missed", value=Kind.MOST_MISSED.value),
]
TONES = [
    app_commands.Choice(name="Gentle", value=Tone.GENTLE.value),
    app_commands.Choice(name="Cheerful", value=Tone.CHEERFUL.value),
    app_commands.Choice(name="Plain", value=Tone.PLAIN.value),
]
DAYS = {Way.WEEK: 7, Way.FORTNIGHT: 14, Way.OPEN: None}
"""How many days a pause takes, today among them; None until they are back."""


class Encouragement(AmbleCog):
    """The kind words: how a group is spoken to, and a member's ways back."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its buttons."""
        return (VoiceItem, WayButton)

    commands = app_commands.Group(
        name="encouragement",
        description="For organisers: the kind words after a missed session",
        guild_only=True,
    )

    @commands.command(name="show", description="How the kind words sound, and your own ones")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def show(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        group_id = await self.group_id(interaction, named)
        facts = await voice.show(self.db, person_of(interaction), group_id)
        await reply(interaction, voice_card(facts, words_for(interaction)))

    @commands.command(name="edit", description="Set their tone, and when they come")
    @app_commands.describe(
        tone="How they sound", at="The earliest they come: 09:00, or off", named="Which group"
    )
    @app_commands.choices(tone=TONES)
    @app_commands.rename(named="group")
    async def edit(
        self,
        interaction: discord.Interaction[Any],
        tone: str | None = None,
        at: str | None = None,
        named: str | None = None,
    ) -> None:
        group_id = await self.group_id(interaction, named)
        wanted = Voice(tone=None if tone is None else Tone(tone), at=at)
        person = person_of(interaction)
        facts = await voice.change(self.db, person, group_id, wanted, clock.now())
        await reply(interaction, voice_card(facts, words_for(interaction)))

    @commands.command(name="add", description="Add kind words of your own")
    @app_commands.describe(
        text="A sentence or two, with something small to do",
        situation="For which days; any day if left out",
        named="Which group",
    )
    @app_commands.choices(situation=SITUATIONS)
    @app_commands.rename(named="group")
    async def add(
        self,
        interaction: discord.Interaction[Any],
        text: app_commands.Range[str, 1, LONGEST],
        situation: str | None = None,
        named: str | None = None,
    ) -> None:
        group_id = await self.group_id(interaction, named)
        kind = None if situation is None else Kind(situation)
        person = person_of(interaction)
        facts = await voice.add(self.db, person, group_id, text, kind, clock.now())
        await reply(interaction, voice_card(facts, words_for(interaction)))

    @commands.command(name="remove", description="Take away kind words of your own")
    @app_commands.describe(wording="Which ones", named="Which group")
    @app_commands.rename(named="group")
    async def remove(
        self, interaction: discord.Interaction[Any], wording: str, named: str | None = None
    ) -> None:
        group_id = await self.group_id(interaction, named)
        wording_id = OwnWordingId(id_of(wording, "own_words_not_found"))
        person = person_of(interaction)
        facts = await voice.remove(self.db, person, group_id, wording_id, clock.now())
        await reply(interaction, voice_card(facts, words_for(interaction)))

    @remove.autocomplete("wording")
    @offering
    async def _own(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        named = getattr(interaction.namespace, "group", None)
        group_id = await self.group_id(interaction, named or None)
        facts = await voice.show(self.db, person_of(interaction), group_id)
        words = words_for(interaction)
        return choices_like(typed, [(own_label(one, words), str(one.id)) for one in facts.own])

    @show.autocomplete("named")
    @edit.autocomplete("named")
    @add.autocomplete("named")
    @remove.autocomplete("named")
    @offering
    async def _groups(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.group_choices(interaction, typed)

    async def go(self, person: Person, pressed: WayId, words: Words) -> Card:
        """Do what a button of the ways back is for."""
        db, group_id, now = self.db, pressed.group_id, clock.now()
        match pressed.step:
            case Way.ALL:
                return ways_back(await way_back.ways(db, person, group_id), words)
            case Way.EASIER:
                # Its own button takes the ladder down: by the rung that it shows, so only once.
                facts = await programme.show(db, person, now)
                if facts is None:
                    return offer(person.guild_id, words)
                return programme_card(facts, words)
            case Way.PAUSE:
                return how_long(await way_back.ways(db, person, group_id), words)
            case Way.TIMES:
                return other_times(await way_back.other_times(db, person, group_id, now), words)
            case Way.LEAVE:
                left = await joining.leave(db, person, group_id, now)
                return left_quietly(left.name, person.guild_id, group_id, words)
            case Way.WEEK | Way.FORTNIGHT | Way.OPEN:
                return await self._pause(person, pressed, words)

    async def _pause(self, person: Person, pressed: WayId, words: Words) -> Card:
        now, days = clock.now(), DAYS[pressed.step]
        view = await groups.show(self.db, person, pressed.group_id, now)
        last_on = local_date(now, view.zone) + timedelta(days=days - 1) if days else None
        facts = await pauses.pause(self.db, person, pressed.group_id, now, last_on=last_on)
        return paused(facts, words)


class VoiceItem(AmbleItem, template=VoiceId.TEMPLATE):
    """Changes how a group is spoken to."""

    edits_own = True

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Change it, and show how things stand."""
        pressed, cog = VoiceId.of(self.match), Encouragement.of(interaction)
        if pressed.step is VoicePart.TONE:
            wanted = Voice(tone=picked(interaction, Tone))
        else:
            wanted = Voice(own_only=pressed.step is VoicePart.OWN)
        person = person_of(interaction, pressed.guild_id)
        facts = await voice.change(cog.db, person, pressed.group_id, wanted, clock.now())
        await replace(interaction, voice_card(facts, words_for(interaction)))


class WayButton(AmbleItem, template=WayId.TEMPLATE):
    """A way back into a group, or out of it: always a private answer."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Go it."""
        pressed, cog = WayId.of(self.match), Encouragement.of(interaction)
        person = person_of(interaction, pressed.guild_id)
        card = await cog.go(person, pressed, words_for(interaction))
        await cog.agenda.rearm()
        await cog.tell(interaction, person, card)
