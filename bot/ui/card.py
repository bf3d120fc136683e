"""The card: a Components V2 message with one accent colour that says what kind it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

import discord

from bot.domain.ids import UserId

Buttons = Sequence[discord.ui.Button[Any]]


class Accent(IntEnum):
    """A card's kind as a colour, of Okabe and Ito's palette, which colour-blind people can tell."""

    PROMPT = 0x56B4E9
    THANKS = 0x009E73
    ENCOURAGEMENT = 0xE69F00
    CARE = 0xD55E00
    PLAIN = 0x0072B2


class Card(discord.ui.LayoutView):
    """A message that Amble sends.

    Its buttons carry no callbacks: dynamic items answer them, after any restart. discord.py keeps
    every sent view that is not finished, a prompt's for ever, and runs the buttons' own (empty)
    callbacks beside the dynamic item. A card is finished from the start and so is never kept.
    """

    def __init__(
        self,
        accent: Accent,
        *blocks: str | Buttons | None,
        pinged: Iterable[UserId] = (),
        before: str | None = None,
    ) -> None:
        """Lay out `blocks` from top to bottom: texts, rows of buttons, and None for nothing.

        `before` stands above the card. `pinged` are those whom the message means to ping; it is
        the sender who allows it.
        """
        super().__init__(timeout=None)
        self.pinged = tuple(pinged)
        if before:
            self.add_item(discord.ui.TextDisplay[Any](before))
        self.add_item(discord.ui.Container[Any](*_items(blocks), accent_colour=int(accent)))

    def is_finished(self) -> bool:
        """Say that nothing is waited for, so that discord.py does not keep the card."""
        return True


def button(
    label: str,
    custom_id: object,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    emoji: str | None = None,
) -> discord.ui.Button[Any]:
    """Return a button whose click goes to the dynamic item of its custom id."""
    return discord.ui.Button(label=label, custom_id=str(custom_id), style=style, emoji=emoji)


def lines(*texts: str | None) -> str | None:
    """Join texts one a line, leaving out the empty ones; None when all are."""
    return "\n".join(text for text in texts if text) or None


def fitting(texts: Iterable[str], room: int) -> tuple[list[str], int]:
    """Return as many of `texts` as fit into `room` characters on lines, and how many do not."""
    every = list(texts)
    kept: list[str] = []
    for text in every:
        room -= len(text) + 1
        if room < 0:
            break
        kept.append(text)
    return kept, len(every) - len(kept)


def _items(blocks: Iterable[str | Buttons | None]) -> Iterable[discord.ui.Item[Any]]:
    for block in blocks:
        if isinstance(block, str):
            yield discord.ui.TextDisplay[Any](block)
        elif block:
            yield discord.ui.ActionRow[Any](*block)
