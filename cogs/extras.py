"""Walks of one's own, outside any session."""

from __future__ import annotations

from datetime import date
from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.errors import AmbleError, Refused
from bot.domain.reading import read_date
from bot.domain.replies import read_amount
from bot.domain.schedule import Activity
from bot.services import extras, groups
from bot.services.extras import NewExtra, loggable_days
from bot.ui.details import HOW_MUCH
from bot.ui.errors import offering
from bot.ui.escaping import CHOICE_WIDTH, plain
from bot.ui.extra import extra_logged, extra_undone
from bot.ui.words import words_for
from cogs.base import ACTIVITIES, AmbleCog, choices_like, person_of


class Extras(AmbleCog):
    """Walks of one's own, outside any session."""

    commands = app_commands.Group(
        name="extra", description="Walks of your own, outside any session", guild_only=True
    )

    @commands.command(name="log", description="Log a walk of your own: it adds to your minutes")
    @app_commands.describe(
        how_much='Time, or time and distance, such as "25 min" or "2 miles in 35"',
        activity="What it was; all of them count the same",
        day="Which day, such as 2026-05-04; today if left out, at most two days back",
        named="Which group",
    )
    @app_commands.choices(activity=ACTIVITIES)
    @app_commands.rename(named="group")
    async def log(
        self,
        interaction: discord.Interaction[Any],
        how_much: app_commands.Range[str, 1, HOW_MUCH],
        activity: str | None = None,
        day: str | None = None,
        named: str | None = None,
    ) -> None:
        person = person_of(interaction)
        group_id = await self.group_id(interaction, named)
        chosen = None if activity is None else Activity(activity)
        new = _read(how_much, chosen, None if day is None else read_date(day))
        facts = await extras.log(self.db, person, group_id, new, clock.now())
        await self.tell(interaction, person, extra_logged(facts, words_for(interaction)))

    @commands.command(name="undo", description="Take off the last walk that you logged today")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def undo(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        person = person_of(interaction)
        group_id = await self.group_id(interaction, named)
        facts = await extras.undo(self.db, person, group_id, clock.now())
        await self.tell(interaction, person, extra_undone(facts, words_for(interaction)))

    @log.autocomplete("day")
    @offering
    async def _days(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        words, now = words_for(interaction), clock.now()
        try:
            group_id = await self.group_id(interaction, interaction.namespace.group)
            view = await groups.show(self.db, person_of(interaction), group_id, now)
        except AmbleError:
            return []
        days = loggable_days(now, view.zone)
        offered = [(plain(words.date(on), CHOICE_WIDTH), on.isoformat()) for on in days]
        return choices_like(typed, offered)

    @log.autocomplete("named")
    @undo.autocomplete("named")
    @offering
    async def _groups(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.group_choices(interaction, typed)


def _read(how_much: str, activity: Activity | None, done_on: date | None) -> NewExtra:
    """Read what is to be logged; raises Refused `amount_unclear`, `extra_minutes`."""
    amount = read_amount(how_much)
    if amount is None:
        raise Refused("amount_unclear", given=how_much)
    if amount.minutes is None:
        raise Refused("extra_minutes", given=how_much)
    done = activity or amount.activity or Activity.WALK
    return NewExtra(amount.minutes, done, amount.metres, done_on)
