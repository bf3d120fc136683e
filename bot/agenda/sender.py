"""The one module of the agenda that talks to Discord."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum

import aiohttp
import discord

from bot.agenda.errands import Errands
from bot.domain.ids import ChannelId, GuildId, MessageId, UserId
from bot.ui.card import Card, custom_ids_of

UNKNOWN_MEMBER = 10007
PASSING = {401, 403, 404, 408, 429}
"""Statuses that by themselves say nothing about the message: it may be taken another time.

Who stands before Discord answers 403 and 404 as well, with a page of its own; Discord names a code.
"""
FAULT_OF_DISCORD = 500
UNTAKEN = (discord.HTTPException, aiohttp.ClientError, TimeoutError)
"""What discord.py raises where Discord refused, or was not reached."""
SEARCHED = 500
"""How many of a channel's messages are looked through for one of ours, 100 a request."""


class Failure(StrEnum):
    """Why something could not be sent."""

    GONE = "channel_gone"
    FORBIDDEN = "channel_forbidden"
    REJECTED = "rejected"
    """The channel cannot take it as it is: an archived thread, another kind of channel."""
    CLOSED = "closed"
    """The person takes no direct messages, or is no more."""
    TOO_OFTEN = "too_often"
    """An old message was edited too often."""
    UNAVAILABLE = "unavailable"
    """Discord or the way to it is down: it may, or may not, have arrived."""
    HELD_BACK = "held_back"
    """Discord takes no more of the kind for now; nothing is wrong with the way to it."""


PASSING_FAILURES = {Failure.UNAVAILABLE, Failure.HELD_BACK}
"""What another try may mend."""

# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
BY_CODE = {
    10003: Failure.GONE,  # unknown channel
    10004: Failure.GONE,  # unknown guild
    10008: Failure.GONE,  # unknown message, of an edit
    10013: Failure.CLOSED,  # unknown user
    20016: Failure.HELD_BACK,  # slowmode
    20026: Failure.HELD_BACK,  # a bot that is suspected of spam opens no direct messages
    20028: Failure.HELD_BACK,  # the channel's limit of writing
    20029: Failure.HELD_BACK,  # the server's
    30046: Failure.TOO_OFTEN,  # edits of messages older than an hour
    40003: Failure.HELD_BACK,  # opening direct messages too fast
    40058: Failure.REJECTED,  # a forum
    50001: Failure.FORBIDDEN,  # missing access
    50007: Failure.CLOSED,  # cannot send messages to this user
    50008: Failure.REJECTED,  # no text channel
    50009: Failure.FORBIDDEN,  # the channel's verification level
    50013: Failure.FORBIDDEN,  # lacking permissions
    50024: Failure.REJECTED,  # another type of channel
    50083: Failure.REJECTED,  # an archived thread
    50278: Failure.REJECTED,  # a user of no server of ours
    160005: Failure.REJECTED,  # a locked thread
    200000: Failure.REJECTED,  # blocked by automatic moderation
    240000: Failure.REJECTED,  # blocked by the filter of harmful links
}


class NotSent(Exception):
    """Discord did not take it."""

    def __init__(self, failure: Failure) -> None:
        """Keep why."""
        super().__init__(failure.value)
        self.failure = failure


class Sender:
    """Sends cards, finds its own messages again, and asks about members."""

    def __init__(self, client: discord.Client, within: timedelta) -> None:
        """Send as `client`, and wait for each answer for so long: later Discord counts as away."""
        self._client = client
        self._errands = Errands(within)

    async def stop(self) -> None:
        """Break off what nobody waits for any more; the client is closed after that."""
        await self._errands.stop()

    async def post(self, channel_id: ChannelId, card: Card, nonce: str) -> MessageId:
        """Post a card; the same nonce within minutes makes no second message. Raises NotSent.

        discord.py sends `enforce_nonce` with every nonce.
        """
        channel = self._client.get_partial_messageable(channel_id)
        sending = channel.send(
            view=card, files=card.files(), nonce=nonce, allowed_mentions=_only(card.pinged)
        )
        with _refusals_told():
            message = await self._errands.run(sending)
        return MessageId(message.id)

    async def find(
        self, channel_id: ChannelId, marker: str, since: datetime
    ) -> tuple[MessageId, datetime] | None:
        """Return our first message since then that has a button with `marker` in its id, and when.

        Raises NotSent.
        """
        with _refusals_told():
            return await self._errands.run(self._search(channel_id, marker, since))

    async def edit(self, channel_id: ChannelId, message_id: MessageId, card: Card) -> None:
        """Draw a message anew. Raises NotSent."""
        message = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
        nobody = discord.AllowedMentions.none()
        with _refusals_told():
            await self._errands.run(message.edit(view=card, allowed_mentions=nobody))

    async def remove(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """Take a message of ours away. Raises NotSent."""
        message = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
        with _refusals_told():
            await self._errands.run(message.delete())

    async def direct_channel(self, user_id: UserId) -> ChannelId:
        """Return the channel of somebody's direct messages. Raises NotSent."""
        with _refusals_told():
            channel = await self._errands.run(self._client.create_dm(discord.Object(user_id)))
        return ChannelId(channel.id)

    async def is_member(self, guild_id: GuildId, user_id: UserId) -> bool | None:
        """Say whether somebody is in a server; None where that cannot be learned from here."""
        try:
            await self._errands.run(self._fetch_member(guild_id, user_id))
        except discord.NotFound as error:
            return False if error.code == UNKNOWN_MEMBER else None
        except UNTAKEN:
            return None
        return True

    async def answers(self) -> bool:
        """Say whether Discord answers what we ask."""
        try:
            await self._errands.run(self._client.application_info())
        except UNTAKEN:
            return False
        return True

    async def _search(
        self, channel_id: ChannelId, marker: str, since: datetime
    ) -> tuple[MessageId, datetime] | None:
        channel = self._client.get_partial_messageable(channel_id)
        me = self._client.user
        async for message in channel.history(limit=SEARCHED, after=since, oldest_first=True):
            ours = me is not None and message.author.id == me.id
            if ours and any(marker in custom_id for custom_id in custom_ids_of(message)):
                return MessageId(message.id), message.created_at
        return None

    async def _fetch_member(self, guild_id: GuildId, user_id: UserId) -> None:
        # A server of another process's shard is not in the cache.
        guild = self._client.get_guild(guild_id) or await self._client.fetch_guild(
            guild_id, with_counts=False
        )
        await guild.fetch_member(user_id)


def _only(user_ids: tuple[UserId, ...]) -> discord.AllowedMentions:
    """Allow pings of exactly these people."""
    users = [discord.Object(user_id) for user_id in user_ids]
    return discord.AllowedMentions(
        everyone=False, roles=False, replied_user=False, users=users or False
    )


@contextmanager
def _refusals_told() -> Generator[None]:
    """Raise what Discord refuses inside, and that it is not reached, as NotSent."""
    try:
        yield
    except UNTAKEN as error:
        raise NotSent(_why(error)) from error


def _why(error: Exception) -> Failure:
    if not isinstance(error, discord.HTTPException):
        return Failure.UNAVAILABLE
    if (known := BY_CODE.get(error.code)) is not None:
        return known
    later = error.status in PASSING or error.status >= FAULT_OF_DISCORD
    return Failure.UNAVAILABLE if later else Failure.REJECTED
