"""The one way from a command, a click or a form to its answer.

Each is taken once, however often Discord delivers it; it is acknowledged in time, however slow the
database is; and how it ended is counted.

    begin ── handler ── reply, replace or open_form ── end
      └─ after ANSWER_WITHIN without any of them: "thinking…", whose place the answer then takes
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import aiohttp
import discord
from discord import InteractionResponseType, InteractionType

from bot import logs, metrics
from bot.domain.errors import Refused
from bot.ui.card import Card
from bot.ui.notes import note
from bot.ui.words import words_for

log = logging.getLogger(__name__)

T = TypeVar("T")
Sent = discord.InteractionMessage | discord.WebhookMessage

ANSWER_WITHIN = timedelta(seconds=2)
"""When an answer that is not there yet is announced. Discord waits 3 s, the way there and back
included (https://docs.discord.com/developers/interactions/receiving-and-responding)."""
REMEMBERED = 20_000
"""How many interactions are remembered: 15 minutes, a token's life, of twenty a second."""
PAUSES = (0.2, 0.5)
"""Seconds before a request whose connection was lost is made again."""

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
UNKNOWN_WEBHOOK = 10015
UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
INVALID_TOKEN = 50027
LOST = (
    UNKNOWN_CHANNEL,  # deleted meanwhile
    UNKNOWN_MESSAGE,  # dismissed meanwhile
    UNKNOWN_WEBHOOK,  # as INVALID_TOKEN: older than 15 minutes
    UNKNOWN_INTERACTION,
    ALREADY_ACKNOWLEDGED,
    INVALID_TOKEN,
)
"""https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""

_TAKEN = "amble.taken"
_PENDING = "amble.pending"
_KINDS = {
    InteractionType.application_command: "command",
    InteractionType.autocomplete: "autocomplete",
    InteractionType.component: "button",
    InteractionType.modal_submit: "form",
}
_DEFERRALS = (
    InteractionResponseType.deferred_channel_message,
    InteractionResponseType.deferred_message_update,
)


class Outcome(StrEnum):
    """How an interaction ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """The person was told why not."""
    NOT_SAVED = "not_saved"
    """The database failed, and the person was told to try again."""
    FAILED = "failed"
    """A fault of our own."""
    LOST = "lost"
    """Discord did not take the answer."""
    REPEATED = "repeated"
    """Discord delivered it before."""


class Pending:
    """One interaction on its way to its answer: acknowledged once, and in time.

    The answer and the announcement that it takes longer may come at the same instant: whoever is
    first acknowledges, and the other finds that it is done.
    """

    def __init__(self, interaction: discord.Interaction[Any], *, edits_own: bool = False) -> None:
        """Wait for nothing yet; `edits_own` says that the message that was pressed is edited."""
        self.outcome = Outcome.ANSWERED
        self._interaction = interaction
        self._began = asyncio.get_running_loop().time()
        self._deferral = _DEFERRALS[edits_own]
        self._sending = asyncio.Lock()
        self._taken_as: InteractionResponseType | None = None
        """What Discord did, where it told only at a second attempt that it had."""
        self._filled = False
        self._lost = False
        self._alarm: asyncio.TimerHandle | None = None
        self._announcement: asyncio.Task[None] | None = None

    @property
    def acknowledged(self) -> bool:
        """Whether Discord knows that the interaction arrived."""
        return self._way is not None

    @property
    def lost(self) -> bool:
        """Whether Discord did not take the answer."""
        return self._lost

    def begin(self) -> None:
        """Have an answer that is not there in time announced; no choices can be announced."""
        if self._interaction.type is not InteractionType.autocomplete:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(ANSWER_WITHIN.total_seconds(), self._announce)

    def end(self) -> None:
        """Count how it ended, and how long it took."""
        self._stop_alarm()
        kind = _KINDS[self._interaction.type]
        outcome = self.outcome
        if self._lost or (kind == "autocomplete" and not self.acknowledged):
            outcome = Outcome.LOST
        elif not self.acknowledged:
            log.warning("Interaction %s ended without an answer", self._interaction.id)
            outcome = Outcome.FAILED
        seconds = asyncio.get_running_loop().time() - self._began
        metrics.interaction_ended(kind, outcome, seconds)

    def lose(self, error: BaseException) -> None:
        """Note that Discord did not take the answer."""
        self._lost = True
        expected = isinstance(error, discord.HTTPException) and error.code in LOST
        level = logging.INFO if expected else logging.WARNING
        log.log(level, "Interaction %s was lost: %s", self._interaction.id, error)

    async def say(self, card: Card, *, private: bool) -> Sent | None:
        """Send `card`, or have it take the place of the announcement."""
        self._stop_alarm()
        async with self._sending:
            if not self.acknowledged:
                return await self._send(card, private=private)
            if not self._announced(InteractionResponseType.deferred_channel_message):
                return await self._follow_up(card, private=private)
            if private:
                return await self._fill(card)
            # Discord puts the next message in the announcement's place, where it stays private.
            await self._fill(note(words_for(self._interaction).say("answer.shared")))
            return await self._follow_up(card, private=False)

    async def put_in_place(self, card: Card) -> None:
        """Put `card` in the place of the message that was pressed."""
        self._stop_alarm()
        response = self._interaction.response
        async with self._sending:
            if not self.acknowledged:
                await self._acknowledge(
                    InteractionResponseType.message_update,
                    lambda: response.edit_message(
                        view=card, attachments=card.files(), allowed_mentions=_nobody()
                    ),
                )
            elif self._announced(*_DEFERRALS):
                await self._fill(card)
            else:
                await self._follow_up(card, private=True)

    async def open_form(self, form: discord.ui.Modal) -> None:
        """Open `form`; raises Refused `form_late` where the answer was announced already."""
        self._stop_alarm()
        async with self._sending:
            if self.acknowledged:
                raise Refused("form_late")
            response = self._interaction.response
            await self._acknowledge(
                InteractionResponseType.modal, lambda: response.send_modal(form)
            )

    @property
    def _way(self) -> InteractionResponseType | None:
        return self._interaction.response.type or self._taken_as

    def _announced(self, *ways: InteractionResponseType) -> bool:
        """Say whether an announcement of one of these kinds still waits for its answer."""
        return self._way in ways and not self._filled

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()

    def _announce(self) -> None:
        self._announcement = asyncio.get_running_loop().create_task(self._defer())

    async def _defer(self) -> None:
        new = self._deferral is InteractionResponseType.deferred_channel_message
        response = self._interaction.response
        async with self._sending:
            if self.acknowledged:
                return
            log.info("Interaction %s takes long", self._interaction.id)
            try:
                # Privately: nobody knows yet whether the answer will be a refusal.
                await self._acknowledge(
                    self._deferral, lambda: response.defer(ephemeral=new, thinking=new)
                )
            except discord.HTTPException:
                log.exception("Interaction %s could not be deferred", self._interaction.id)

    async def _send(self, card: Card, *, private: bool) -> Sent | None:
        response = self._interaction.response
        answer = await self._acknowledge(
            InteractionResponseType.channel_message,
            lambda: response.send_message(
                view=card, files=card.files(), ephemeral=private, allowed_mentions=_nobody()
            ),
        )
        sent = None if answer is None else answer.resource
        return sent if isinstance(sent, discord.InteractionMessage) else None

    async def _fill(self, card: Card) -> Sent | None:
        sent = await self._tell(
            lambda: self._interaction.edit_original_response(
                view=card, attachments=card.files(), allowed_mentions=_nobody()
            )
        )
        self._filled = True
        return sent

    async def _follow_up(self, card: Card, *, private: bool) -> Sent | None:
        # Not made again after a lost connection: it might stand there twice.
        return await self._tell(
            lambda: self._interaction.followup.send(
                view=card,
                files=card.files(),
                ephemeral=private,
                wait=True,
                allowed_mentions=_nobody(),
            ),
            pauses=(),
        )

    async def _acknowledge(
        self, way: InteractionResponseType, call: Callable[[], Awaitable[T]]
    ) -> T | None:
        """Make the request that acknowledges; None where its answer is unknown or it was lost."""
        began = asyncio.get_running_loop().time()
        try:
            return await self._reach(call, PAUSES)
        except discord.HTTPException as error:
            _check_lost(error)
            if error.code == ALREADY_ACKNOWLEDGED:
                self._taken_as = way
                # discord.py and `_reach` try again after a pause: Discord had heard us before.
                if asyncio.get_running_loop().time() - began >= PAUSES[0]:
                    return None
            self.lose(error)
        except UNREACHED as error:
            self.lose(error)
        return None

    async def _tell(
        self, call: Callable[[], Awaitable[T]], pauses: tuple[float, ...] = PAUSES
    ) -> T | None:
        """Make a request after the acknowledgement; None where it was lost."""
        try:
            return await self._reach(call, pauses)
        except discord.HTTPException as error:
            _check_lost(error)
            self.lose(error)
        except UNREACHED as error:
            self.lose(error)
        return None

    async def _reach(self, call: Callable[[], Awaitable[T]], pauses: tuple[float, ...]) -> T:
        """Make a request, again where the connection is lost; discord.py does so for 5xx only."""
        for pause in pauses:
            try:
                return await self._took(call)
            except UNREACHED as error:
                log.info("Interaction %s: %r, trying again", self._interaction.id, error)
                await asyncio.sleep(pause)
        return await self._took(call)

    async def _took(self, call: Callable[[], Awaitable[T]]) -> T:
        answer = await call()
        self._lost = False
        return answer


UNREACHED = (aiohttp.ClientError, OSError)
"""What is raised where Discord gave no answer at all."""

_seen: WeakKeyDictionary[discord.Client, dict[int, None]] = WeakKeyDictionary()
"""The ids of the interactions that each client has taken, oldest first."""


def begin(interaction: discord.Interaction[Any], *, edits_own: bool = False) -> Pending | None:
    """Take an interaction, which the caller ends; None where it was taken before.

    `edits_own` says that its answer usually takes the place of the message that was pressed.
    """
    interaction.extras[_TAKEN] = True
    with about(interaction):
        if not _take(interaction):
            log.info("Interaction %s was delivered again", interaction.id)
            metrics.interaction_ended(_KINDS[interaction.type], Outcome.REPEATED, 0.0)
            return None
        pending = interaction.extras[_PENDING] = Pending(interaction, edits_own=edits_own)
        pending.begin()
        return pending


def begin_task(interaction: discord.Interaction[Any]) -> bool:
    """Take the interaction that the running task is for; it ends with the task.

    False where it was taken before.
    """
    pending = begin(interaction)
    task = asyncio.current_task()
    if pending is not None and task is not None:
        task.add_done_callback(lambda _: pending.end())
    return pending is not None


def was_taken(interaction: discord.Interaction[Any]) -> bool:
    """Say whether this very delivery of an interaction found its handler."""
    return _TAKEN in interaction.extras


def pending_of(interaction: discord.Interaction[Any]) -> Pending:
    """Return what `begin` made of an interaction; else one that nobody times or counts."""
    if _PENDING not in interaction.extras:
        interaction.extras[_PENDING] = Pending(interaction)
    pending: Pending = interaction.extras[_PENDING]
    return pending


async def reply(
    interaction: discord.Interaction[Any], card: Card, *, private: bool = True
) -> Sent | None:
    """Answer an interaction, with a follow-up where it was answered already.

    Returns the message; None where the interaction was lost, or its fate is not known in detail.
    """
    with about(interaction):
        return await pending_of(interaction).say(card, private=private)


async def replace(interaction: discord.Interaction[Any], card: Card) -> None:
    """Put `card` in the place of the private message that was pressed, or answer a command."""
    if interaction.type is not InteractionType.component:
        await reply(interaction, card)
        return
    with about(interaction):
        await pending_of(interaction).put_in_place(card)


async def open_form(interaction: discord.Interaction[Any], form: discord.ui.Modal) -> None:
    """Open a form; raises Refused `form_late` where it took too long to get here."""
    with about(interaction):
        await pending_of(interaction).open_form(form)


def about(interaction: discord.Interaction[Any]) -> AbstractContextManager[None]:
    """Have what is logged inside say which interaction it is about, whose, and where."""
    return logs.about(
        interaction_id=interaction.id,
        guild_id=interaction.guild_id,
        user_id=interaction.user.id,
    )


def is_lost(error: BaseException) -> bool:
    """Say whether Discord no longer takes an answer, or has one already."""
    if isinstance(error, discord.InteractionResponded):
        return True
    return isinstance(error, discord.HTTPException) and error.code in LOST


def was_not_taken(error: BaseException) -> bool:
    """Say whether Discord did not, or could not, take an answer; no fault of the answer's own."""
    if isinstance(error, discord.HTTPException) and (error.status == 429 or error.status >= 500):
        return True
    return is_lost(error) or isinstance(error, UNREACHED)


def _check_lost(error: discord.HTTPException) -> None:
    """Raise `error` unless it only says that Discord did not, or could not, take the answer."""
    if not was_not_taken(error):
        raise error


def _take(interaction: discord.Interaction[Any]) -> bool:
    """Note the interaction's id; False where it stands there."""
    seen = _seen.setdefault(interaction.client, {})
    if interaction.id in seen:
        return False
    seen[interaction.id] = None
    if len(seen) > REMEMBERED:
        del seen[next(iter(seen))]
    return True


def _nobody() -> discord.AllowedMentions:
    return discord.AllowedMentions.none()
