"""Answers in plain words: a reply to a prompt, a message that mentions the bot, a direct message.

Discord gives a message's text to a bot without the privileged intent only where it is one of these
(https://docs.discord.com/developers/events/gateway#message-content-intent).
"""

from __future__ import annotations

import discord
from discord.ext import commands

from bot import clock
from bot.domain.checkin import Details
from bot.domain.errors import AmbleError
from bot.domain.ids import GuildId, SessionId, UserId
from bot.domain.replies import Reading, read_reply
from bot.services import StorageError, checkins
from bot.services.views import Person, Upcoming
from bot.ui import spoken
from bot.ui.card import Card
from bot.ui.custom_ids import session_in
from bot.ui.hearing import custom_ids_of, hear
from bot.ui.notes import error_card
from bot.ui.receipt import receipt
from bot.ui.words import Words
from cogs.base import AmbleCog

Asked = tuple[GuildId, SessionId]
"""The session that a message is about."""


class Replies(AmbleCog):
    """Answers in plain words."""

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Read what somebody wrote to the bot; everything else is left alone."""
        if message.author.bot:
            return
        if message.guild is None:
            await hear(message, self._direct)
        elif _to_bot(message) is not None:
            await hear(message, self._in_channel)

    async def _in_channel(self, message: discord.Message, words: Words) -> Card | None:
        """Answer what everybody reads: with nothing in it that is one member's own."""
        guild_id = GuildId(message.guild.id if message.guild else 0)
        person = Person(guild_id, UserId(message.author.id), message.author.display_name)
        asked = _replied_to(message) or _latest(await self._answerable(person))
        if asked is None or asked[0] != guild_id:
            return None
        reading = read_reply(message.content)
        if reading is None:
            return spoken.not_understood(*asked, words, unread=not message.content)
        try:
            await self._answer(person, asked[1], reading)
        except StorageError:
            raise
        except AmbleError:
            return spoken.not_taken(*asked, words)
        return spoken.noted(*asked, words)

    async def _direct(self, message: discord.Message, words: Words) -> Card:
        """Answer somebody alone, in full."""
        user_id = UserId(message.author.id)
        asked = _replied_to(message)
        if asked is None:
            now = clock.now()
            found = checkins.meant(await checkins.answerable_anywhere(self.db, user_id, now), now)
            meant = [one for one in found if one.answer is None] or found[:1]
            if len(meant) != 1:
                return spoken.which(meant, words) if meant else spoken.nothing(words)
            asked = _latest(meant)
        reading = read_reply(message.content)
        if asked is None or reading is None:
            return spoken.nothing(words) if asked is None else spoken.not_understood(*asked, words)
        person = Person(asked[0], user_id, "")
        try:
            await self._answer(person, asked[1], reading)
            facts = await checkins.mine(self.db, person, asked[1], clock.now())
        except StorageError:
            raise
        except AmbleError as error:
            return error_card(error, words)
        return receipt(facts, words, asked[0])

    async def _answerable(self, person: Person) -> list[Upcoming]:
        now = clock.now()
        return checkins.meant(await checkins.answerable(self.db, person, now), now)

    async def _answer(self, person: Person, session_id: SessionId, reading: Reading) -> None:
        details = Details(
            minutes=reading.minutes,
            metres=reading.metres,
            activity=reading.activity,
            pain=reading.pain,
        )
        await checkins.answer(self.db, person, session_id, reading.answer, clock.now(), details)
        self.agenda.redraws.ask(person.guild_id, session_id)


def _to_bot(message: discord.Message) -> discord.Member | discord.User | None:
    """Return the bot as whom the message addresses; None where it is for others."""
    me = message.guild.me if message.guild else None
    if me is None:
        return None
    replied = message.reference and message.reference.resolved
    of_ours = isinstance(replied, discord.Message) and replied.author.id == me.id
    return me if of_ours or any(one.id == me.id for one in message.mentions) else None


def _replied_to(message: discord.Message) -> Asked | None:
    """Return the session whose buttons stand under the message that was replied to."""
    replied = message.reference and message.reference.resolved
    return session_in(custom_ids_of(replied)) if isinstance(replied, discord.Message) else None


def _latest(found: list[Upcoming]) -> Asked | None:
    if not found or found[0].session_id is None:
        return None
    return found[0].guild_id, found[0].session_id
