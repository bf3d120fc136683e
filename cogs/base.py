"""What every cog has at hand, and how it knows who is asking."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot import clock
from bot.agenda.agenda import Agenda
from bot.domain.checkin import Answer
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import ChannelId, GroupId, GuildId, UserId, id_in
from bot.domain.schedule import Activity
from bot.services import Database, StorageError, groups, notices, servers
from bot.services.limits import Limits
from bot.services.told import NoticeView
from bot.services.views import DaysBack, Person
from bot.ui.answering import pending_of, reply
from bot.ui.card import Card
from bot.ui.dynamic import AmbleItem
from bot.ui.escaping import CHOICE_WIDTH, plain
from bot.ui.notices import with_notices
from bot.ui.pictures.store import Pictures
from bot.ui.words import words_for
from bot.ui.zones import CHOICES, zone_choices

log = logging.getLogger(__name__)

NEEDED_TO_POST = ("view_channel", "send_messages", "read_message_history")
"""Without the history a prompt that may have been sent before a crash could not be looked for."""

ANSWERS = [
    app_commands.Choice(name="Done", value=Answer.DONE.value),
    app_commands.Choice(name="Part of it", value=Answer.PARTLY.value),
    app_commands.Choice(name="Can't today", value=Answer.REST.value),
    app_commands.Choice(name="My back hurts", value=Answer.SORE.value),
]
"""What an option for an answer offers."""

ACTIVITIES = [
    app_commands.Choice(name="Walk", value=Activity.WALK.value),
    app_commands.Choice(name="Water exercise", value=Activity.WATER.value),
    app_commands.Choice(name="Exercise bike", value=Activity.BIKE.value),
    app_commands.Choice(name="Elliptical", value=Activity.ELLIPTICAL.value),
    app_commands.Choice(name="Something else", value=Activity.OTHER.value),
]
"""What an option for an activity offers."""

Answerer = Callable[[discord.Interaction[Any], Card], Awaitable[object]]
"""How a card becomes the answer: `reply`, `replace`."""


class AmbleCog(commands.Cog):
    """A cog with the database, the agenda, the operator's limits, and pictures."""

    def __init__(self, db: Database, agenda: Agenda, limits: Limits, pictures: Pictures) -> None:
        self.db = db
        self.agenda = agenda
        self.limits = limits
        self.pictures = pictures

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return what can be pressed on this cog's messages, however old they are."""
        return ()

    @classmethod
    def of(cls, interaction: discord.Interaction[Any]) -> Self:
        """Return this cog of the bot that got the interaction; for buttons."""
        cog = interaction.client.get_cog(cls.__cog_name__)
        if not isinstance(cog, cls):
            raise NotFound("button_unknown")
        return cog

    async def tell(
        self,
        interaction: discord.Interaction[Any],
        person: Person,
        card: Card,
        how: Answerer = reply,
    ) -> None:
        """Answer a member privately, with what they are still to be told, if anything is.

        What they did is saved by now: a database that fails over notices is no reason to say that
        it is not.
        """
        waiting: list[NoticeView] = []
        with _put_off():
            waiting = await notices.waiting(self.db, person, clock.now())
        card, shown = with_notices(card, waiting, words_for(interaction))
        await how(interaction, card)
        if shown and not pending_of(interaction).lost:
            with _put_off():
                await notices.told(self.db, person, shown, clock.now())

    async def meet_again(self, person: Person, facts: DaysBack) -> None:
        """Ring for what takes place after all, and redraw prompts that stood there already."""
        for session_id in facts.prompts:
            self.agenda.redraws.ask(person.guild_id, session_id)
        await self.agenda.rearm()

    async def group_id(self, interaction: discord.Interaction[Any], name: str | None) -> GroupId:
        """Return the group that is meant: the named one, else the only one that can be."""
        person = person_of(interaction)
        if name is not None:
            return await groups.named(self.db, person, name)
        return await groups.only_one(self.db, person)

    async def group_choices(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the server's groups, one's own first."""
        views = await groups.listing(self.db, person_of(interaction), clock.now())
        views.sort(key=lambda view: not view.joined)
        offered = [(plain(view.name, CHOICE_WIDTH), str(view.group_id)) for view in views]
        return choices_like(typed, offered)

    async def zone_choices(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer zones by place; the server's own first while nothing is typed."""
        present = None
        if not typed.strip():
            server = await servers.show(self.db, person_of(interaction).guild_id)
            present = server.zone if server.set_up_at else None
        words, language = words_for(interaction), str(interaction.locale)
        return zone_choices(typed, clock.now(), words, language, present)


@contextmanager
def _put_off() -> Generator[None]:
    """Leave notices for the member's next answer where the database fails."""
    try:
        yield
    except StorageError as error:
        log.warning("notices wait for the next answer: %s", error)


def person_of(interaction: discord.Interaction[Any], claimed: GuildId | None = None) -> Person:
    """Return who is asking, with the rights that Discord says they have at this moment.

    In a direct message the server is the one that the pressed button claims, and nobody manages it
    from there. Raises Refused `server_only`, and `button_elsewhere` for another server's button.
    """
    guild_id = interaction.guild_id or claimed
    if guild_id is None:
        raise Refused("server_only")
    if claimed is not None and claimed != guild_id:
        raise Refused("button_elsewhere")
    return Person(
        guild_id=GuildId(guild_id),
        user_id=UserId(interaction.user.id),
        name="" if interaction.guild_id is None else interaction.user.display_name,
        manages_server=interaction.guild_id is not None and interaction.permissions.manage_guild,
    )


def id_of(given: str, missing: str) -> int:
    """Read an id as a picker hands it over; raises NotFound with the code `missing`."""
    found = id_in(given)
    if found is None:
        raise NotFound(missing)
    return found


def choices_like(typed: str, offered: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """Offer what contains what was typed, of (label, value), as many as Discord takes."""
    wanted = typed.casefold()
    found = [
        app_commands.Choice(name=label, value=value)
        for label, value in offered
        if wanted in label.casefold()
    ]
    return found[:CHOICES]


def check_channel(channel: discord.TextChannel | discord.Thread) -> ChannelId:
    """Return a channel's id if the bot may post there; raises Refused `channel_forbidden`."""
    allowed = channel.permissions_for(channel.guild.me)
    missing = tuple(
        name for name in NEEDED_TO_POST if not getattr(allowed, _in_thread(name, channel))
    )
    if missing:
        raise Refused("channel_forbidden", channel_id=channel.id, missing=missing)
    return ChannelId(channel.id)


def _in_thread(name: str, channel: discord.TextChannel | discord.Thread) -> str:
    in_thread = isinstance(channel, discord.Thread) and name == "send_messages"
    return "send_messages_in_threads" if in_thread else name
