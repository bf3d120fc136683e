"""The one error path: commands, buttons and forms all end here when something goes wrong.

AmbleError            its own words, privately
discord.py's checks   the words of the AmbleError that says the same
lost interactions     nothing: the click was answered already, or nobody waits for it any more
anything else         a private card with a short reference, which stands in the log as well
"""

from __future__ import annotations

import logging
import math
import uuid
from typing import Any

import discord
from discord import app_commands

from bot.domain.errors import AmbleError, NotAllowed, Refused
from bot.ui.card import Card
from bot.ui.notes import error_card, unknown_card
from bot.ui.words import Words, words_for

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
"""https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""


async def report(
    interaction: discord.Interaction[Any], error: BaseException, words: Words | None = None
) -> None:
    """Tell the person who acts, and nobody else, what went wrong. Never raises."""
    try:
        cause = _cause(error)
        if not _is_lost(cause):
            await reply(interaction, _card(interaction, cause, words or words_for(interaction)))
    except Exception:
        # The edge of the edge: whoever calls this has nobody left to tell.
        log.exception("Could not tell about an error: %r", error)


async def reply(
    interaction: discord.Interaction[Any], card: Card, *, private: bool = True
) -> discord.InteractionMessage | discord.WebhookMessage | None:
    """Answer an interaction, with a follow-up where it was answered already.

    Returns the message, or None where the interaction was lost. After a defer that was public the
    first follow-up is public as well, whatever `private` says: defer privately.
    """
    try:
        if interaction.response.is_done():
            return await interaction.followup.send(
                view=card, ephemeral=private, wait=True, allowed_mentions=_nobody()
            )
        answer = await interaction.response.send_message(
            view=card, ephemeral=private, allowed_mentions=_nobody()
        )
    except discord.HTTPException as error:
        if _is_lost(error):
            log.info("Interaction %s was lost or answered before", interaction.id)
            return None
        raise
    sent = answer.resource
    return sent if isinstance(sent, discord.InteractionMessage) else None


def _nobody() -> discord.AllowedMentions:
    return discord.AllowedMentions.none()


def _card(interaction: discord.Interaction[Any], error: BaseException, words: Words) -> Card:
    if isinstance(error, AmbleError):
        log.info("Refused %s: %s", interaction.id, error)
        return error_card(error, words)
    reference = uuid.uuid4().hex[:8]
    log.error("Unknown error %s in interaction %s", reference, interaction.id, exc_info=error)
    return unknown_card(reference, words)


def _cause(error: BaseException) -> BaseException:
    """Unwrap discord.py's wrappers, and say its refusals in our own terms."""
    match error:
        case app_commands.CommandInvokeError():
            return _cause(error.original)
        case app_commands.TransformerError(__cause__=AmbleError() as cause):
            return cause
        case app_commands.NoPrivateMessage():
            return Refused("server_only")
        case app_commands.MissingPermissions(missing_permissions=missing):
            manages = "manage_guild" in missing
            return NotAllowed("needs_manage_server" if manages else "not_organiser")
        case app_commands.BotMissingPermissions(missing_permissions=missing):
            return Refused("permission_missing", missing=tuple(missing))
        case app_commands.CommandOnCooldown(retry_after=seconds):
            return Refused("cooldown", seconds=math.ceil(seconds))
        case _:
            return error


def _is_lost(error: BaseException) -> bool:
    if isinstance(error, discord.InteractionResponded):
        return True
    codes = (UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED)
    return isinstance(error, discord.HTTPException) and error.code in codes
