"""Answering messages: once each, without a ping, with the one way for what goes wrong."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import deque
from collections.abc import Awaitable, Callable

import discord

from bot import logs
from bot.domain.errors import AmbleError
from bot.services import StorageError
from bot.ui.answering import UNREACHED
from bot.ui.card import Card
from bot.ui.notes import error_card, unknown_card
from bot.ui.words import Words, words_in

log = logging.getLogger(__name__)

Respond = Callable[[discord.Message, Words], Awaitable[Card | None]]
"""Returns the answer to a message; None for no answer."""
ANSWERS = 10
"""How many messages of one person are answered within SPAN."""
SPAN = 60.0
"""Seconds."""


class Patience:
    """Whom the bot answered lately: a flood is heard, but does not make another one.

    Each answer is a message that everybody reads, and a request that others wait behind.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._lately: deque[tuple[float, int]] = deque()

    def spend(self, user_id: int) -> bool:
        """Count one answer more to somebody; False where they had enough of them."""
        now = asyncio.get_running_loop().time()
        while self._lately and self._lately[0][0] <= now - SPAN:
            self._lately.popleft()
        if sum(one == user_id for _, one in self._lately) >= ANSWERS:
            return False
        self._lately.append((now, user_id))
        return True


async def hear(message: discord.Message, respond: Respond, patience: Patience) -> None:
    """Answer a message, below it and without a ping. Never raises.

    What it says is taken also where `patience` is at its end; then only nothing is answered.
    """
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
        if card is not None and patience.spend(message.author.id):
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
    except (discord.HTTPException, *UNREACHED) as error:
        # Nobody can be told: the channel is closed to the bot, or direct messages are.
        log.info("Message %s could not be answered: %s", message.id, error)
