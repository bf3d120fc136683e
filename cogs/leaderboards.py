"""The group's board."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.ranking import Metric, Period
from bot.services import standings
from bot.ui.answering import reply
from bot.ui.board import board, board_for_one, own_place
from bot.ui.errors import offering
from bot.ui.words import words_for
from cogs.base import AmbleCog, person_of


class Leaderboards(AmbleCog):
    """The group's board."""

    @app_commands.command(
        name="leaderboard", description="Who keeps at it, and all of you together"
    )
    @app_commands.describe(
        named="Which group",
        metric="What to look at; sessions in a row if left out",
        period="This week, this month or all time, for what is counted over a time",
        share="Show it to everyone in the channel; else only you see it",
    )
    @app_commands.choices(
        metric=[
            app_commands.Choice(name="Sessions in a row", value=Metric.STREAK.value),
            app_commands.Choice(name="Best streak", value=Metric.BEST.value),
            app_commands.Choice(name="Weeks in a row", value=Metric.WEEKS.value),
            app_commands.Choice(name="Sessions kept", value=Metric.KEPT.value),
            app_commands.Choice(name="Time on the move", value=Metric.MINUTES.value),
            app_commands.Choice(name="Share of sessions kept", value=Metric.SHARE.value),
        ],
        period=[
            app_commands.Choice(name="This week", value=Period.WEEK.value),
            app_commands.Choice(name="This month", value=Period.MONTH.value),
            app_commands.Choice(name="All time", value=Period.ALL.value),
        ],
    )
    @app_commands.rename(named="group")
    @app_commands.guild_only()
    async def leaderboard(
        self,
        interaction: discord.Interaction[Any],
        metric: str = Metric.STREAK.value,
        period: str = Period.WEEK.value,
        named: str | None = None,
        share: bool = False,
    ) -> None:
        person, words = person_of(interaction), words_for(interaction)
        group_id = await self.group_id(interaction, named)
        facts = await standings.leaderboard(
            self.db,
            person,
            group_id,
            clock.now(),
            metric=Metric(metric),
            period=Period(period),
        )
        if share:
            await reply(interaction, board(facts, words), private=False)
            await reply(interaction, own_place(facts, words))
        else:
            await reply(interaction, board_for_one(facts, words))

    @leaderboard.autocomplete("named")
    @offering
    async def _groups(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.group_choices(interaction, typed)
