"""Bases of everything that people press or send in: their errors take the one error path.

discord.py swallows what a dynamic item raises: neither the command tree nor a view hears of it.
"""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, ClassVar, Self, TypeVar
from uuid import uuid4

import discord

from bot.domain.errors import NotFound
from bot.ui import answering
from bot.ui.custom_ids import FORM_PREFIX, PREFIX
from bot.ui.errors import report

T = TypeVar("T")

FORM_LIVES = timedelta(minutes=30)
"""How long a form that was opened can be sent in; its interaction's own token lives 15 minutes."""


class AmbleItem(ABC, discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"(?!)"):
    """A button that works for everybody and after every restart: all it knows is its custom id."""

    edits_own: ClassVar[bool] = False
    """Whether its answer usually takes the place of the message that it stands on."""

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

    def answers_in_place(self, interaction: discord.Interaction[Any]) -> bool:  # noqa: ARG002 - for those who look
        """Say whether the answer will usually take the place of the message that was pressed."""
        return self.edits_own

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await _handle(interaction, self.act, edits_own=self.answers_in_place(interaction))


class AmbleModal(ABC, discord.ui.Modal, title=""):
    """A form. It lives in memory only; one that is sent in after a restart is told so kindly."""

    def __init__(self, title: str) -> None:
        custom_id = f"{FORM_PREFIX}{uuid4().hex}"
        super().__init__(title=title, timeout=FORM_LIVES.total_seconds(), custom_id=custom_id)

    @abstractmethod
    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the form is for; may raise."""

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        await _handle(interaction, self.act)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:
        self.stop()
        await _handle(interaction, _raising(error))


def picked(interaction: discord.Interaction[Any], kind: Callable[[str], T]) -> T:
    """Return what was picked in a select; raises NotFound `button_unknown` for what is no `kind`.

    Discord hands back what the sender says was picked, which need not be one of the options.
    """
    values: list[str] = (interaction.data or {}).get("values", [])
    try:
        return kind(values[0])
    except (IndexError, ValueError) as error:
        raise NotFound("button_unknown") from error


def chosen(values: Sequence[str], kind: Callable[[str], T]) -> T | None:
    """Return the first of the values chosen in a form, None without any.

    Raises NotFound `form_lost` for what is no `kind`, as `picked` does.
    """
    try:
        return kind(values[0]) if values else None
    except ValueError as error:
        raise NotFound("form_lost") from error


async def answer_unclaimed(interaction: discord.Interaction[Any]) -> None:
    """Answer a form or button of Amble's that nothing takes any more; leave all others alone.

    Call it from the client's `on_interaction`, which comes after discord.py has handed the
    interaction to its dynamic items and forms.
    """
    custom_id = str((interaction.data or {}).get("custom_id", ""))
    if not custom_id.startswith(PREFIX):
        return
    await asyncio.sleep(0)  # The handlers' tasks were made just before; let them begin.
    if answering.was_taken(interaction) or interaction.response.is_done():
        return
    form = interaction.type is discord.InteractionType.modal_submit
    await _handle(interaction, _raising(NotFound("form_lost" if form else "button_unknown")))


async def _handle(
    interaction: discord.Interaction[Any],
    act: Callable[[discord.Interaction[Any]], Awaitable[None]],
    *,
    edits_own: bool = False,
) -> None:
    pending = answering.begin(interaction, edits_own=edits_own)
    if pending is None:
        return
    try:
        with answering.about(interaction):
            await act(interaction)
    except Exception as error:  # noqa: BLE001 - the outermost edge of a click or a form
        await report(interaction, error)
    finally:
        pending.end()


def _raising(error: Exception) -> Callable[[discord.Interaction[Any]], Awaitable[None]]:
    async def act(_: discord.Interaction[Any]) -> None:
        raise error

    return act
