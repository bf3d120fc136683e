"""Bases of everything that people press or send in: their errors take the one error path.

discord.py swallows what a dynamic item raises: neither the command tree nor a view hears of it.
"""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from datetime import timedelta
from typing import Any, Self
from uuid import uuid4

import discord

from bot.domain.errors import NotFound
from bot.ui.custom_ids import FORM_PREFIX, PREFIX
from bot.ui.errors import report

FORM_LIVES = timedelta(minutes=30)
"""How long a form that was opened can be sent in; its interaction's own token lives 15 minutes."""

_TAKEN = "amble.taken"
"""Marks an interaction that found its handler."""


class AmbleItem(ABC, discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"(?!)"):
    """A button that works for everybody and after every restart: all it knows is its custom id."""

    def __init__(self, item: discord.ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - discord.py's signature
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(item, match)

    @abstractmethod
    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for; may raise."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.extras[_TAKEN] = True
        try:
            await self.act(interaction)
        except Exception as error:  # noqa: BLE001 - the outermost edge of a click
            await report(interaction, error)


class AmbleModal(ABC, discord.ui.Modal, title=""):
    """A form. It lives in memory only; one that is sent in after a restart is told so kindly."""

    def __init__(self, title: str) -> None:
        custom_id = f"{FORM_PREFIX}{uuid4().hex}"
        super().__init__(title=title, timeout=FORM_LIVES.total_seconds(), custom_id=custom_id)

    @abstractmethod
    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the form is for; may raise."""

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        interaction.extras[_TAKEN] = True
        try:
            await self.act(interaction)
        except Exception as error:  # noqa: BLE001 - the outermost edge of a form
            await report(interaction, error)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:
        self.stop()
        await report(interaction, error)


async def answer_unclaimed(interaction: discord.Interaction[Any]) -> None:
    """Answer a form or button of Amble's that nothing takes any more; leave all others alone.

    Call it from the client's `on_interaction`, which comes after discord.py has handed the
    interaction to its dynamic items and forms.
    """
    custom_id = str((interaction.data or {}).get("custom_id", ""))
    if not custom_id.startswith(PREFIX):
        return
    await asyncio.sleep(0)  # The handlers' tasks were made just before; let them begin.
    if interaction.extras.get(_TAKEN) or interaction.response.is_done():
        return
    form = interaction.type is discord.InteractionType.modal_submit
    await report(interaction, NotFound("form_lost" if form else "button_unknown"))
