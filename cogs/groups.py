"""Walking-buddy groups: creating, finding, joining and leaving them."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.errors import Refused
from bot.domain.ids import GroupId
from bot.domain.reading import read_date
from bot.services import groups, holidays, joining, servers
from bot.services.groups import Edit
from bot.services.views import Person, Wishes
from bot.ui.answering import open_form, reply
from bot.ui.custom_ids import CareId, JoinId
from bot.ui.dynamic import AmbleItem
from bot.ui.errors import offering
from bot.ui.group import group, group_archived, group_created, group_list
from bot.ui.joining import JoinModal, invitation, joined, left
from bot.ui.schedule import days_back, group_paused
from bot.ui.words import words_for
from cogs.base import AmbleCog, check_channel, person_of


class Groups(AmbleCog):
    """Walking-buddy groups."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its buttons."""
        return (JoinButton, CareButton)

    commands = app_commands.Group(name="group", description="Walking-buddy groups", guild_only=True)

    @commands.command(name="create", description="Create a walking-buddy group that you organise")
    @app_commands.describe(
        name="What the group is called",
        channel="Where its prompts appear; the server's channel unless you choose another",
        zone="Its time zone, if not the server's: a city such as Berlin or New York",
    )
    async def create(
        self,
        interaction: discord.Interaction[Any],
        name: str,
        channel: discord.TextChannel | discord.Thread | None = None,
        zone: str | None = None,
    ) -> None:
        person = person_of(interaction)
        if channel is None:
            await self._check_server_channel(interaction, person)
        view = await groups.create(
            self.db,
            person,
            clock.now(),
            self.limits,
            name=name,
            channel_id=None if channel is None else check_channel(channel),
            zone=zone,
        )
        await reply(interaction, group_created(view, words_for(interaction)))

    @create.autocomplete("zone")
    @offering
    async def _zones(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.zone_choices(interaction, typed)

    @commands.command(name="join", description="Join a group, or change how it treats you")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def join(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        group_id = await self.group_id(interaction, named)
        await self.ask_to_join(interaction, person_of(interaction), group_id)

    @commands.command(name="leave", description="Leave a group; the door stays open")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def leave(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        group_id = await self.group_id(interaction, named)
        view = await joining.leave(self.db, person_of(interaction), group_id, clock.now())
        await reply(interaction, left(view.name, words_for(interaction)))

    @commands.command(name="list", description="The groups of this server")
    async def list(self, interaction: discord.Interaction[Any]) -> None:
        views = await groups.listing(self.db, person_of(interaction), clock.now())
        await reply(interaction, group_list(views, words_for(interaction)))

    @commands.command(name="show", description="A group: who, when and where")
    @app_commands.describe(
        named="Which group",
        share="Invite everyone in this channel, with a Join button; else only you see it",
    )
    @app_commands.rename(named="group")
    async def show(
        self,
        interaction: discord.Interaction[Any],
        named: str | None = None,
        share: bool = False,
    ) -> None:
        group_id = await self.group_id(interaction, named)
        person = person_of(interaction)
        if not share:
            await self.show_group(interaction, person, group_id)
            return
        view = await groups.show(self.db, person, group_id, clock.now())
        await reply(interaction, invitation(view, words_for(interaction)), private=False)

    @commands.command(
        name="edit", description="Rename a group you organise, move it, set what it hears and when"
    )
    @app_commands.describe(
        name="Its new name",
        channel="Where its prompts appear from now on",
        recap="When its weekly recap is posted: Monday 09:00, or off",
        ahead="When it is reminded on the day before: 18:00, or off",
        named="Which group",
    )
    @app_commands.rename(named="group")
    async def edit(
        self,
        interaction: discord.Interaction[Any],
        name: str | None = None,
        channel: discord.TextChannel | discord.Thread | None = None,
        recap: str | None = None,
        ahead: str | None = None,
        named: str | None = None,
    ) -> None:
        group_id = await self.group_id(interaction, named)
        wanted = Edit(
            name=name,
            channel_id=None if channel is None else check_channel(channel),
            recap=recap,
            ahead=ahead,
        )
        view = await groups.edit(
            self.db,
            person_of(interaction),
            group_id,
            wanted,
            clock.now(),
        )
        await self.agenda.rearm()
        await reply(interaction, group(view, words_for(interaction)))

    @commands.command(name="archive", description="End a group you organise; what happened stays")
    @app_commands.describe(
        named="Which group", sure="True ends it for all its members, and cannot be undone"
    )
    @app_commands.rename(named="group")
    async def archive(self, interaction: discord.Interaction[Any], named: str, sure: bool) -> None:
        group_id = await self.group_id(interaction, named)
        if not sure:
            raise Refused("archive_unsure")
        view = await groups.archive(self.db, person_of(interaction), group_id, clock.now())
        await reply(interaction, group_archived(view, words_for(interaction)))

    @commands.command(name="pause", description="No sessions from today through a day")
    @app_commands.describe(
        until="The last day without sessions, such as 2026-08-31", named="Which group"
    )
    @app_commands.rename(named="group")
    async def pause(
        self, interaction: discord.Interaction[Any], until: str, named: str | None = None
    ) -> None:
        group_id = await self.group_id(interaction, named)
        person, until_on = person_of(interaction), read_date(until)
        facts = await holidays.pause(self.db, person, group_id, until_on, clock.now())
        await reply(interaction, group_paused(facts, words_for(interaction)))

    @commands.command(name="resume", description="End the group's pause: it meets again from today")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def resume(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        group_id = await self.group_id(interaction, named)
        person = person_of(interaction)
        facts = await holidays.end_pause(self.db, person, group_id, clock.now())
        await self.meet_again(person, facts)
        await reply(interaction, days_back(facts, words_for(interaction)))

    @app_commands.command(
        name="settings",
        description="How you hear of me: in the channel, by direct message, not at all",
    )
    @app_commands.guild_only()
    @app_commands.describe(named="In which group")
    @app_commands.rename(named="group")
    async def settings(
        self, interaction: discord.Interaction[Any], named: str | None = None
    ) -> None:
        group_id = await self.group_id(interaction, named)
        await self.ask_to_join(interaction, person_of(interaction), group_id)

    @settings.autocomplete("named")
    @join.autocomplete("named")
    @pause.autocomplete("named")
    @resume.autocomplete("named")
    @edit.autocomplete("named")
    @archive.autocomplete("named")
    @leave.autocomplete("named")
    @show.autocomplete("named")
    @offering
    async def _groups(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.group_choices(interaction, typed)

    async def _check_server_channel(
        self, interaction: discord.Interaction[Any], person: Person
    ) -> None:
        """Raise `channel_forbidden` where the server's own channel is closed to the bot by now."""
        server = await servers.show(self.db, person.guild_id)
        guild = interaction.guild
        if guild is None or server.channel_id is None:
            return
        channel = guild.get_channel_or_thread(server.channel_id)
        if isinstance(channel, discord.TextChannel | discord.Thread):
            check_channel(channel)

    async def show_group(
        self, interaction: discord.Interaction[Any], person: Person, group_id: GroupId
    ) -> None:
        """Show somebody a group, privately."""
        view = await groups.show(self.db, person, group_id, clock.now())
        await reply(interaction, group(view, words_for(interaction)))

    async def ask_to_join(
        self, interaction: discord.Interaction[Any], person: Person, group_id: GroupId
    ) -> None:
        """Open the form with which one joins, or changes one's wishes."""
        words = words_for(interaction)
        asked = await joining.invite(self.db, person, group_id, clock.now())

        async def done(sent: discord.Interaction[Any], wishes: Wishes, note_read: bool) -> None:
            facts = await joining.join(
                self.db, person, group_id, wishes, clock.now(), note_read=note_read
            )
            for session_id in facts.prompts:
                self.agenda.redraws.ask(person.guild_id, session_id)
            await reply(sent, joined(facts, wishes, words))

        await open_form(interaction, JoinModal(asked, words, done))


class JoinButton(AmbleItem, template=JoinId.TEMPLATE):
    """Opens the form with which one joins a group."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Ask how the person wants to be treated."""
        click = JoinId.of(self.match)
        person = person_of(interaction, click.guild_id)
        await Groups.of(interaction).ask_to_join(interaction, person, click.group_id)


class CareButton(AmbleItem, template=CareId.TEMPLATE):
    """Shows its organiser the group that needs care."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show the group."""
        click = CareId.of(self.match)
        person = person_of(interaction, click.guild_id)
        await Groups.of(interaction).show_group(interaction, person, click.group_id)
