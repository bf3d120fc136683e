"""The one error path: commands, buttons and forms all end here when something goes wrong.

AmbleError            its own words, privately
StorageError          that nothing was saved, privately; the operator reads why in the log
discord.py's checks   the words of the AmbleError that says the same
lost interactions     nothing: the click was answered already, or nobody waits for it any more
anything else         a private card with a short reference, which stands in the log as well
"""

from __future__ import annotations

import asyncio
import logging
import math
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, TypeVar

import discord
from discord import app_commands
from typing_extensions import override

from bot.domain.errors import AmbleError, NotAllowed, Refused
from bot.services import StorageError
from bot.ui.answering import ANSWER_WITHIN, Outcome, about, is_lost, pending_of, was_not_taken
from bot.ui.notes import error_card, unknown_card
from bot.ui.words import Words, words_for

log = logging.getLogger(__name__)

C = TypeVar("C")
Choices = list[app_commands.Choice[str]]


async def report(
    interaction: discord.Interaction[Any], error: BaseException, words: Words | None = None
) -> None:
    """Tell the person who acts, and nobody else, what went wrong. Never raises."""
    with about(interaction):
        try:
            await _report(interaction, _cause(error), words or words_for(interaction))
        except Exception:
            # The edge of the edge: whoever calls this has nobody left to tell.
            log.exception("Could not tell about an error: %r", error)


def offering(
    choose: Callable[[C, discord.Interaction[Any], str], Awaitable[Choices]],
) -> Callable[[C, discord.Interaction[Any], str], Coroutine[Any, Any, Choices]]:
    """Have an autocomplete that fails, or that comes too late, offer nothing."""

    @wraps(choose)
    async def offer(cog: C, interaction: discord.Interaction[Any], typed: str) -> Choices:
        with about(interaction):
            try:
                async with asyncio.timeout(ANSWER_WITHIN.total_seconds()):
                    return await choose(cog, interaction, typed)
            except Exception as error:  # noqa: BLE001 - the outermost edge of an autocomplete
                pending_of(interaction).outcome = _noted(interaction, error)
                return []

    return offer


class LostChoices(logging.Filter):
    """Has choices that Discord did not take told in one line, where discord.py tells an error.

    They are sent outside of what `offering` sees. Nobody waits for them: the next letter asks anew.
    """

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or not was_not_taken(error):
            return True
        log.info("Choices were lost: %r", error)
        return False


async def _report(
    interaction: discord.Interaction[Any], error: BaseException, words: Words
) -> None:
    pending = pending_of(interaction)
    if is_lost(error):
        pending.lose(error)
        return
    reference = uuid.uuid4().hex[:8]
    pending.outcome = _noted(interaction, error, reference)
    if interaction.type is discord.InteractionType.autocomplete:
        return
    if isinstance(error, AmbleError):
        await pending.say(error_card(error, words), private=True)
    else:
        await pending.say(unknown_card(reference, words), private=True)


def _noted(
    interaction: discord.Interaction[Any],
    error: BaseException,
    reference: str = "without an answer",
) -> Outcome:
    """Write `error` into the log as it deserves, and return what it makes of the interaction."""
    match error:
        case StorageError():
            log.warning("Not saved: interaction %s: %s", interaction.id, error)
            return Outcome.NOT_SAVED
        case AmbleError():
            log.info("Refused %s: %s", interaction.id, error)
            return Outcome.REFUSED
        case TimeoutError() if interaction.type is discord.InteractionType.autocomplete:
            log.info("Choices for %s took too long", interaction.id)
            return Outcome.LOST
        case _:
            log.error(
                "Unknown error %s in interaction %s", reference, interaction.id, exc_info=error
            )
            return Outcome.FAILED


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
