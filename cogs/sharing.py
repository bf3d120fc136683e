"""Pictures that members show their group."""

from __future__ import annotations

import asyncio
from typing import Any
from weakref import WeakValueDictionary

import discord

from bot import clock
from bot.agenda.sender import PASSING_FAILURES, Failure, NotSent
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import ChannelId, MessageId, SessionId, UserId
from bot.photos import MOST_BYTES, Darkroom, UnreadablePicture
from bot.services import sharing
from bot.services.views import Person, SharedPost
from bot.ui.answering import UNREACHED, reply
from bot.ui.custom_ids import PictureId
from bot.ui.dynamic import AmbleItem
from bot.ui.sharing import picture_gone, picture_stands, shared_picture
from bot.ui.words import words_for, words_in
from cogs.base import AmbleCog, person_of


class Sharing(AmbleCog):
    """Pictures that members show their group."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its button."""
        return (PictureButton,)

    async def cog_load(self) -> None:
        """Make ready for the first picture."""
        self.darkroom = Darkroom()
        self._turns: WeakValueDictionary[UserId, asyncio.Lock] = WeakValueDictionary()

    async def show(
        self,
        interaction: discord.Interaction[Any],
        person: Person,
        session_id: SessionId,
        given: discord.Attachment,
    ) -> None:
        """Show a member's picture to the group; the answer, which is kept, does not wait for it.

        One of theirs comes after another: each counts, and nobody else waits behind several. Raises
        Refused `picture_…`, and what `sharing.prepare` raises.
        """
        async with self._turns.setdefault(person.user_id, asyncio.Lock()):
            post = await self._post(interaction, person, session_id, given)
        await reply(interaction, picture_stands(post, words_for(interaction)))

    async def _post(
        self,
        interaction: discord.Interaction[Any],
        person: Person,
        session_id: SessionId,
        given: discord.Attachment,
    ) -> SharedPost:
        post = await sharing.prepare(self.db, person, session_id, clock.now())
        jpeg = await self._developed(given)
        card = shared_picture(post, jpeg, words_in())
        try:
            message_id = await self.agenda.post(post.channel_id, card, str(interaction.id))
        except NotSent as error:
            raise _refusal(error, post) from error
        await sharing.posted(self.db, post, message_id, clock.now())
        return post

    async def _developed(self, given: discord.Attachment) -> bytes:
        if given.size > MOST_BYTES:
            raise Refused("picture_too_big", limit=MOST_BYTES // 1024**2)
        try:
            return await self.darkroom.harmless(await given.read())
        except UnreadablePicture as error:
            raise Refused("picture_unreadable") from error
        except (discord.HTTPException, *UNREACHED) as error:
            raise Refused("picture_not_fetched") from error


class PictureButton(AmbleItem, template=PictureId.TEMPLATE):
    """Takes a member's picture down."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Take away the message that it stands on."""
        click, cog = PictureId.of(self.match), Sharing.of(interaction)
        person = person_of(interaction, click.guild_id)
        if interaction.message is None:
            raise NotFound("button_unknown")
        message_id = MessageId(interaction.message.id)
        await sharing.check_may_remove(cog.db, person, message_id, click.membership_id)
        try:
            await cog.agenda.take_down(ChannelId(interaction.message.channel.id), message_id)
        except NotSent as error:
            if error.failure is not Failure.GONE:
                raise Refused("picture_stays") from error
        await sharing.removed(cog.db, person, click.membership_id, message_id, clock.now())
        await reply(interaction, picture_gone(words_for(interaction)))


def _refusal(error: NotSent, post: SharedPost) -> Refused:
    """Return what to tell the member whose picture Discord did not take."""
    if error.failure is Failure.FORBIDDEN:
        return Refused("picture_not_taken", channel_id=post.channel_id)
    if error.failure in PASSING_FAILURES:
        return Refused("picture_later")
    return Refused("picture_not_posted", channel_id=post.channel_id)
