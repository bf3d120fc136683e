"""The card: a Components V2 message with one accent colour that says what kind it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO
from typing import Any

import discord

from bot.domain.ids import UserId

Buttons = Sequence[discord.ui.Button[Any]]
Choice = discord.ui.Select[Any]
"""A select: a row of its own."""

ALT_LENGTH = 1_024
"""Discord's limit for a picture's description."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a card, for those who see it and for those who do not."""

    name: str
    """Of its file: small letters and a suffix."""
    png: bytes
    alt: str
    """What it shows, in at most `ALT_LENGTH` characters."""


PLACEHOLDER = 150
"""Discord's limit for the text in an empty select."""

Block = str | Buttons | Choice | Picture | None


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
        *blocks: Block,
        pinged: Iterable[UserId] = (),
        before: str | None = None,
    ) -> None:
        """Lay out `blocks` from top to bottom: texts, rows of buttons, selects, pictures.

        None is nothing.

        `before` stands above the card. `pinged` are those whom the message means to ping; it is
        the sender who allows it.
        """
        super().__init__(timeout=None)
        self.pinged = tuple(pinged)
        self._pictures = [block for block in blocks if isinstance(block, Picture)]
        if before:
            self.add_item(discord.ui.TextDisplay[Any](before))
        self.add_item(discord.ui.Container[Any](*_items(blocks), accent_colour=int(accent)))

    def files(self) -> list[discord.File]:
        """Return the pictures' files, new ones at each call: discord.py reads a file once."""
        return [discord.File(BytesIO(one.png), one.name) for one in self._pictures]

    def is_finished(self) -> bool:
        """Say that nothing is waited for, so that discord.py does not keep the card."""
        return True


def button(
    label: str,
    custom_id: object,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    emoji: str | None = None,
    *,
    disabled: bool = False,
) -> discord.ui.Button[Any]:
    """Return a button whose click goes to the dynamic item of its custom id."""
    return discord.ui.Button(
        label=label, custom_id=str(custom_id), style=style, emoji=emoji, disabled=disabled
    )


def choice(
    options: Iterable[tuple[str, str]],
    chosen: str,
    custom_id: object,
    placeholder: str | None = None,
) -> Choice:
    """Return a select of (label, value), of which `chosen` stands in it already.

    `placeholder` stands in it where none does.
    """
    shown = [
        discord.SelectOption(label=label, value=value, default=value == chosen)
        for label, value in options
    ]
    return discord.ui.Select(custom_id=str(custom_id), options=shown, placeholder=placeholder)


def custom_ids_of(message: discord.Message) -> Iterator[str]:
    """Return the custom ids of everything that can be pressed in a message."""

    def walk(components: list[Any]) -> Iterator[str]:
        for component in components:
            custom_id = getattr(component, "custom_id", None)
            if isinstance(custom_id, str):
                yield custom_id
            yield from walk(list(getattr(component, "children", [])))

    return walk(list(message.components))


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


def _items(blocks: Iterable[Block]) -> Iterable[discord.ui.Item[Any]]:
    for block in blocks:
        match block:
            case str():
                if block:
                    yield discord.ui.TextDisplay[Any](block)
            case Picture(name=name, alt=alt):
                media = discord.MediaGalleryItem(f"attachment://{name}", description=alt)
                yield discord.ui.MediaGallery[Any](media)
            case discord.ui.Select():
                yield discord.ui.ActionRow[Any](block)
            case None:
                continue
            case _:
                if block:
                    yield discord.ui.ActionRow[Any](*block)
