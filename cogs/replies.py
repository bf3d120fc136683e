"""Answers in plain words: a reply to a prompt, a message that mentions the bot, a direct message.

Discord gives a message's text to a bot without the privileged intent only where it is one of these
(https://docs.discord.com/developers/events/gateway#message-content-intent).
"""

from __future__ import annotations

from datetime import datetime, timedelta

import discord
from discord.ext import commands

from bot import clock
from bot.domain.checkin import Details
from bot.domain.errors import AmbleError
from bot.domain.ids import GuildId, SessionId, UserId
from bot.domain.replies import Reading, read_reply
from bot.services import StorageError, checkins
from bot.services.views import Person, Receipt, Upcoming
from bot.ui import spoken
from bot.ui.card import Card, custom_ids_of
from bot.ui.custom_ids import sessions_in
from bot.ui.hearing import Patience, hear
from bot.ui.receipt import receipt
from bot.ui.words import Words
from cogs.base import AmbleCog

QUIET_FOR = timedelta(minutes=10)
"""How long nobody is told again in public that they were not understood: they may just chat."""
REMEMBERED = 1_000
"""How many people that is remembered of, the latest."""

Asked = tuple[GuildId, SessionId]
"""The session that a message is about."""
WRITTEN = (discord.MessageType.default, discord.MessageType.reply)
"""What somebody wrote; Discord itself has others, such as that of a thread that was begun."""


class Replies(AmbleCog):
    """Answers in plain words."""

    async def cog_load(self) -> None:
        """Begin with nobody told anything."""
        self.patience = Patience()
        self._asked_back: dict[UserId, datetime] = {}

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Read what somebody wrote to the bot; everything else is left alone."""
        if message.author.bot or message.webhook_id or message.type not in WRITTEN:
            return
        # Not by its server, which may be unknown for once: what is in full is for one alone.
        if isinstance(message.channel, discord.DMChannel):
            await hear(message, self._direct, self.patience)
        elif _addresses_bot(message):
            await hear(message, self._in_channel, self.patience)

    async def _in_channel(self, message: discord.Message, words: Words) -> Card | None:
        """Answer what everybody reads: with nothing in it that is one member's own.

        What is said under another message of ours, a recap or a picture, is no answer.
        """
        if message.guild is None:
            return None
        guild_id = GuildId(message.guild.id)
        person = Person(guild_id, UserId(message.author.id), message.author.display_name)
        replied = _replied_to(message)
        if replied is None:
            now = clock.now()
            found = await checkins.answerable(self.db, person, now)
            meant = _ids(_meant(checkins.meant(found, now)))
        else:
            meant = sessions_in(custom_ids_of(replied))
        if len(meant) > 1:
            return spoken.which_prompt(words) if self._may_ask_back(person.user_id) else None
        asked = _only(meant)
        if asked is None or asked[0] != guild_id:
            return None
        reading = read_reply(message.content)
        if reading is None:
            if not self._may_ask_back(person.user_id):
                return None
            unread = not (message.content or message.attachments or message.stickers)
            return spoken.not_understood(*asked, words, unread=unread)
        try:
            await self._answer(person, asked[1], reading)
        except StorageError:
            raise
        except AmbleError:
            return spoken.not_taken(*asked, words)
        return spoken.noted(*asked, words, sore=reading.sore)

    def _may_ask_back(self, user_id: UserId) -> bool:
        """Say whether somebody is to be asked in public what they mean, and remember that."""
        now, last = clock.now(), self._asked_back.pop(user_id, None)
        # A clock that was set back must not keep anybody waiting until it has caught up.
        if last is not None and timedelta(0) <= now - last < QUIET_FOR:
            self._asked_back[user_id] = last
            return False
        if len(self._asked_back) >= REMEMBERED:
            del self._asked_back[next(iter(self._asked_back))]
        self._asked_back[user_id] = now
        return True

    async def _direct(self, message: discord.Message, words: Words) -> Card:
        """Answer somebody alone, in full."""
        user_id = UserId(message.author.id)
        replied = _replied_to(message)
        asked = None if replied is None else _only(sessions_in(custom_ids_of(replied)))
        if asked is None:
            now = clock.now()
            found = await checkins.answerable_anywhere(self.db, user_id, now)
            meant = _meant(checkins.meant(found, now))
            if len(meant) > 1:
                return spoken.which(meant, words)
            asked = _only(_ids(meant))
        if asked is None:
            return spoken.nothing(words)
        reading = read_reply(message.content)
        if reading is None:
            return spoken.not_understood(*asked, words)
        person = Person(asked[0], user_id, "")
        facts = await self._answer(person, asked[1], reading)
        return receipt(facts, words, asked[0], sore=reading.sore)

    async def _answer(self, person: Person, session_id: SessionId, reading: Reading) -> Receipt:
        details = Details(
            minutes=reading.minutes,
            metres=reading.metres,
            activity=reading.activity,
            pain=reading.pain,
        )
        facts = await checkins.answer(
            self.db, person, session_id, reading.answer, clock.now(), details
        )
        self.agenda.redraws.ask(person.guild_id, session_id)
        return facts


def _addresses_bot(message: discord.Message) -> bool:
    """Say whether a message is a reply to the bot or mentions it; all else is for others."""
    me = message.guild.me if message.guild else None
    if me is None:
        return False
    replied = message.reference and message.reference.resolved
    of_ours = isinstance(replied, discord.Message) and replied.author.id == me.id
    return of_ours or any(one.id == me.id for one in message.mentions)


def _replied_to(message: discord.Message) -> discord.Message | None:
    """Return the message of ours that was replied to."""
    replied = message.reference and message.reference.resolved
    me = message.guild.me if message.guild else None
    if not isinstance(replied, discord.Message):
        return None
    return replied if me is None or replied.author.id == me.id else None


def _meant(found: list[Upcoming]) -> list[Upcoming]:
    """Return what words without a prompt may mean: the likeliest, and what is not answered.

    The likeliest also where it is answered: more may be said of it, rather than of one long missed.
    """
    return found[:1] + [one for one in found[1:] if one.answer is None]


def _ids(meant: list[Upcoming]) -> set[Asked]:
    return {(one.guild_id, one.session_id) for one in meant if one.session_id is not None}


def _only(found: set[Asked]) -> Asked | None:
    return next(iter(found)) if len(found) == 1 else None
