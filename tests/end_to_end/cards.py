"""What a message of the bot says and offers, read as its reader would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from simcord import InteractionResult
from simcord.components import walk_components
from simcord.results import ResponseMessage

from bot.ui.card import Accent

Message = discord.Message | ResponseMessage


def said(result: InteractionResult) -> str:
    """Everything that the answer to an interaction says."""
    answers = [*([result.response] if result.response else []), *result.followups]
    return "\n".join(text_of(one) for one in answers)


def text_of(message: Message) -> str:
    """All text of a card, a line for each block."""
    return "\n".join(one["content"] for one in parts_of(message) if "content" in one)


def labels_of(message: Message) -> list[str]:
    """The labels of a card's buttons."""
    return [one["label"] for one in parts_of(message) if "label" in one]


def custom_ids_of(message: Message) -> list[str]:
    return [one["custom_id"] for one in parts_of(message) if "custom_id" in one]


def selects_of(message: Message) -> list[dict[str, Any]]:
    return [one for one in parts_of(message) if one.get("options")]


def kind_of(message: Message) -> str:
    """Tell the bot's messages apart by buttons and colour: prompt, nudge, recap, encouragement."""
    pressed = [custom_id.split(":") for custom_id in custom_ids_of(message)]
    verbs = {one[1] for one in pressed}
    accents = {one["accent_color"] for one in parts_of(message) if "accent_color" in one}
    if {"answer", "details"} <= verbs:
        return "prompt"
    if verbs == {"cant", "me"}:
        return "ahead"
    if "me" not in verbs:
        return "other"
    if "answer" in verbs:
        return "nudge"
    if accents == {Accent.THANKS}:
        return "recap"
    return "encouragement" if ["amble", "way", "all"] in [one[:3] for one in pressed] else "other"


def parts_of(message: Message) -> Iterator[dict[str, Any]]:
    """Every component of a card, as Discord has it."""
    roots: Sequence[Any] = message.components
    if isinstance(message, discord.Message):
        roots = [component.to_dict() for component in message.components]
    return iter(walk_components(roots))
