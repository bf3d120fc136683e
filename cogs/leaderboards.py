"""Boards: of a group, and of the whole server."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import GroupId
from bot.domain.ranking import Metric, Period
from bot.services import leaderboards
from bot.services.views import Board, BoardQuestion, Person
from bot.ui.answering import replace as put_in_place
from bot.ui.answering import reply
from bot.ui.board import board, board_for_one, board_in_words, own_place
from bot.ui.custom_ids import BoardId, BoardPart
from bot.ui.dynamic import AmbleItem, picked
from bot.ui.errors import offering
from bot.ui.pictures.board import board_picture
from bot.ui.words import words_for
from cogs.base import AmbleCog, person_of


class Leaderboards(AmbleCog):
    """Boards: of a group, and of the whole server."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its selects and buttons."""
        return (BoardItem,)

    @app_commands.command(
        name="leaderboard", description="Who keeps at it, and all of you together"
    )
    @app_commands.describe(
        named="Which group",
        metric="What to look at; sessions in a row if left out",
        period="This week, this month or all time, for what is counted over a time",
        server="Everyone on the server instead of one group",
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
        server: bool = False,
        share: bool = False,
    ) -> None:
        asked = BoardQuestion(
            group_id=await self._group_id(interaction, named, needed=not server),
            whole_server=server,
            metric=Metric(metric),
            period=Period(period),
        )
        words = words_for(interaction)
        facts, png = await self._find(interaction, person_of(interaction), asked)
        if share:
            await reply(interaction, board(facts, words, png), private=False)
            await reply(interaction, own_place(facts, words))
        else:
            await reply(interaction, board_for_one(facts, words, png))

    @leaderboard.autocomplete("named")
    @offering
    async def _groups(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.group_choices(interaction, typed)

    async def turn_to(self, interaction: discord.Interaction[Any], pressed: BoardId) -> None:
        """Show the board that was asked for: in place of a private one, else as a new one."""
        person, words = person_of(interaction, pressed.guild_id), words_for(interaction)
        if pressed.part is BoardPart.TEXT:
            facts = await leaderboards.show(self.db, person, pressed.asked, clock.now())
            await reply(interaction, board_in_words(facts, words))
            return
        facts, png = await self._find(interaction, person, pressed.asked)
        answer = put_in_place if is_private(interaction) else reply
        await answer(interaction, board_for_one(facts, words, png))

    async def _find(
        self, interaction: discord.Interaction[Any], person: Person, asked: BoardQuestion
    ) -> tuple[Board, bytes | None]:
        facts = await leaderboards.show(self.db, person, asked, clock.now())
        png = await self.pictures.find(partial(board_picture, facts, words_for(interaction)))
        return facts, png

    async def _group_id(
        self, interaction: discord.Interaction[Any], named: str | None, *, needed: bool
    ) -> GroupId | None:
        try:
            return await self.group_id(interaction, named)
        except (NotFound, Refused):
            if needed or named is not None:
                raise
            return None


class BoardItem(AmbleItem, template=BoardId.TEMPLATE):
    """Leads from one board to another."""

    def answers_in_place(self, interaction: discord.Interaction[Any]) -> bool:
        """Say whether a private board was pressed, which then changes."""
        return is_private(interaction) and self.match["part"] != BoardPart.TEXT

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show the board that it leads to."""
        pressed = BoardId.of(self.match)
        asked = pressed.asked
        if pressed.part is BoardPart.METRIC:
            asked = replace(asked, metric=picked(interaction, Metric))
        elif pressed.part is BoardPart.PERIOD:
            asked = replace(asked, period=picked(interaction, Period), on=None)
        await Leaderboards.of(interaction).turn_to(interaction, replace(pressed, asked=asked))


def is_private(interaction: discord.Interaction[Any]) -> bool:
    """Say whether only the reader sees the message that was pressed."""
    return interaction.message is not None and interaction.message.flags.ephemeral
