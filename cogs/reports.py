"""For organisers: answers corrected, members excused, who may need a word, what was done."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.absence import Absence
from bot.domain.checkin import MINUTES, Answer
from bot.domain.correction import REASON
from bot.domain.ids import SessionId, UserId
from bot.domain.reading import read_date
from bot.services import attention, corrections, logbook, pauses
from bot.services.corrections import Wanted
from bot.ui.answering import replace, reply
from bot.ui.custom_ids import LogId
from bot.ui.dynamic import AmbleItem
from bot.ui.errors import offering
from bot.ui.prompt import session_label
from bot.ui.report import corrected, in_need, log_page, member_paused
from bot.ui.words import words_for
from cogs.base import ANSWERS, AmbleCog, choices_like, id_of, person_of

NO_ANSWER = "none"


class Reports(AmbleCog):
    """For organisers: correcting an answer, and the log of what was done."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its buttons."""
        return (LogButton,)

    commands = app_commands.Group(
        name="report",
        description="For organisers: corrections, pauses, people and the log",
        guild_only=True,
    )

    @commands.command(name="correct", description="Set a member's answer, up to 14 days later")
    @app_commands.describe(
        member="Whose answer",
        session="Which session",
        answer="What is to stand",
        reason="Why; the member is told, and it stands in the log",
        minutes="How long they were at it",
    )
    @app_commands.choices(answer=[*ANSWERS, app_commands.Choice(name="No answer", value=NO_ANSWER)])
    async def correct(
        self,
        interaction: discord.Interaction[Any],
        member: discord.User,
        session: str,
        answer: str,
        reason: app_commands.Range[str, 1, REASON],
        minutes: app_commands.Range[int, MINUTES.start, MINUTES.stop - 1] | None = None,
    ) -> None:
        person = person_of(interaction)
        wanted = Wanted(
            user_id=UserId(member.id),
            session_id=SessionId(id_of(session, "session_not_found")),
            answer=None if answer == NO_ANSWER else Answer(answer),
            why=reason,
            minutes=minutes,
        )
        facts = await corrections.correct(self.db, person, wanted, clock.now())
        self.agenda.redraws.ask(person.guild_id, wanted.session_id)
        await self.agenda.rearm()
        await reply(interaction, corrected(facts, words_for(interaction)))

    @correct.autocomplete("session")
    @offering
    async def _sessions(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        words = words_for(interaction)
        found = await corrections.correctable(self.db, person_of(interaction), clock.now())
        offered = [
            (session_label(one.session, one.zone, words), str(one.session.session_id))
            for one in found
        ]
        return choices_like(typed, offered)

    @commands.command(name="pause", description="Excuse a member, up to 14 days back")
    @app_commands.describe(
        member="Who is away, or was",
        first="The first day, such as 2026-08-01; at most 14 days back",
        reason="Why; the member is told, and it stands in the log",
        last="The last day; until they are back if left out",
        named="Which group",
    )
    @app_commands.rename(named="group")
    async def pause(
        self,
        interaction: discord.Interaction[Any],
        member: discord.User,
        first: str,
        reason: app_commands.Range[str, 1, REASON],
        last: str | None = None,
        named: str | None = None,
    ) -> None:
        group_id = await self.group_id(interaction, named)
        wanted = Absence(
            user_id=UserId(member.id),
            first_on=read_date(first),
            last_on=None if last is None else read_date(last),
            why=reason,
        )
        person = person_of(interaction)
        facts = await pauses.pause_member(self.db, person, group_id, wanted, clock.now())
        await self.agenda.rearm()
        await reply(interaction, member_paused(facts, words_for(interaction)))

    @commands.command(name="people", description="Who may be glad of a word in person")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def people(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        group_id = await self.group_id(interaction, named)
        facts = await attention.who(self.db, person_of(interaction), group_id, clock.now())
        await reply(interaction, in_need(facts, words_for(interaction)))

    @commands.command(name="log", description="What organisers did in a group: who, when, why")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def log(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        group_id = await self.group_id(interaction, named)
        page = await logbook.read(self.db, person_of(interaction), group_id)
        await reply(interaction, log_page(page, words_for(interaction)))

    @pause.autocomplete("named")
    @people.autocomplete("named")
    @log.autocomplete("named")
    @offering
    async def _groups(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.group_choices(interaction, typed)


class LogButton(AmbleItem, template=LogId.TEMPLATE):
    """Turns to another page of a group's log."""

    edits_own = True

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page."""
        click = LogId.of(self.match)
        person = person_of(interaction, click.guild_id)
        reports = Reports.of(interaction)
        page = await logbook.read(reports.db, person, click.group_id, click.page)
        await replace(interaction, log_page(page, words_for(interaction)))
