"""Answering messages: once each, without a ping, with the one way for what goes wrong."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import discord

from bot import logs
from bot.domain.errors import AmbleError
from bot.services import StorageError
from bot.ui.card import Card
from bot.ui.notes import error_card, unknown_card
from bot.ui.words import Words, words_in

log = logging.getLogger(__name__)

Respond = Callable[[discord.Message, Words], Awaitable[Card | None]]
"""Returns the answer to a message; None for no answer."""


async def hear(message: discord.Message, respond: Respond) -> None:
    """Answer a message, below it and without a ping. Never raises."""
    guild_id = None if message.guild is None else message.guild.id
    with logs.about(message_id=message.id, guild_id=guild_id, user_id=message.author.id):
        words = words_in()
        try:
            card = await respond(message, words)
        except StorageError as error:
            log.warning("Not saved: message %s: %s", message.id, error)
            card = error_card(error, words)
        except AmbleError as error:
            card = error_card(error, words)
        except Exception:
            # The outermost edge of a message.
            reference = uuid.uuid4().hex[:8]
            log.exception("Unknown error %s in message %s", reference, message.id)
            card = unknown_card(reference, words)
        if card is not None:
            await _answer(message, card)


async def _answer(message: discord.Message, card: Card) -> None:
    try:
        # Its own nonce: a message that Discord delivers twice is answered once.
        await message.channel.send(
            view=card,
            reference=message.to_reference(fail_if_not_exists=False),
            mention_author=False,
            allowed_mentions=discord.AllowedMentions.none(),
            nonce=str(message.id),
        )
    except discord.HTTPException as error:
        # Nobody can be told: the channel is closed to the bot, or direct messages are.
        log.info("Message %s could not be answered: %s", message.id, error)


def custom_ids_of(message: discord.Message) -> Iterator[str]:
    """Return the custom ids of everything that can be pressed in a message."""

    def walk(components: list[Any]) -> Iterator[str]:
        for component in components:
            custom_id = getattr(component, "custom_id", None)
            if isinstance(custom_id, str):
                yield custom_id
            yield from walk(list(getattr(component, "children", [])))

    return walk(list(message.components))
