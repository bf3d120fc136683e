"""The commands that move the sandbox's clock. They exist nowhere else."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import discord
from discord import app_commands
from discord.ext import commands

from bot.sandbox.driver import Wishes

NextDue = Callable[[], Awaitable[datetime | None]]
"""Tells the instant of the next moment, or None when nothing is planned."""


class TimeCog(commands.GroupCog, group_name="time", group_description="Sandbox: move the clock on"):
    """Move the sandbox's clock on."""

    def __init__(self, wishes: Wishes, next_due: NextDue) -> None:
        self._wishes = wishes
        self._next_due = next_due

    @app_commands.command(name="next", description="To the next prompt, nudge, settling or message")
    async def next(self, interaction: discord.Interaction) -> None:
        """Move to the next moment."""
        due = await self._next_due()
        if due is None:
            await _say(interaction, "Nothing is planned yet. Try `/time tomorrow`.")
            return
        # What is overdue happens as soon as any time passes at all.
        await self._move(interaction, max(due, datetime.now(UTC) + timedelta(seconds=1)))

    @app_commands.command(name="tomorrow", description="A day on; all that is due happens")
    async def tomorrow(self, interaction: discord.Interaction) -> None:
        """Move on by a day."""
        await self._move(interaction, datetime.now(UTC) + timedelta(days=1))

    @app_commands.command(name="week", description="Seven days on; all that is due happens")
    async def week(self, interaction: discord.Interaction) -> None:
        """Move on by a week."""
        await self._move(interaction, datetime.now(UTC) + timedelta(days=7))

    async def _move(self, interaction: discord.Interaction, instant: datetime) -> None:
        self._wishes.put_nowait(instant)
        await _say(interaction, f"The clock moves to {discord.utils.format_dt(instant, 'F')}.")


async def _say(interaction: discord.Interaction, text: str) -> None:
    await interaction.response.send_message(text, ephemeral=True)
