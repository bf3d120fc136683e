"""Answering a session: the prompt's buttons, and the command that does the same."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.checkin import MINUTES, Answer, Details
from bot.domain.errors import Refused
from bot.domain.ids import SessionId
from bot.services import checkins, groups
from bot.services.views import Person, UndoQuestion, Upcoming
from bot.ui.answering import replace, reply
from bot.ui.custom_ids import AnswerId, UndoId
from bot.ui.dynamic import AmbleItem
from bot.ui.errors import offering
from bot.ui.prompt import session_label, to_answer
from bot.ui.receipt import receipt, undo_question
from bot.ui.words import words_for
from cogs.base import AmbleCog, choices_like, id_of, person_of


class Checkins(AmbleCog):
    """Answering a session."""

    @app_commands.command(
        name="checkin", description="Answer a session: log it, change it, take it back"
    )
    @app_commands.describe(
        session="Which session; the latest you can answer if left out",
        answer="How it went; leave out to see what can be answered",
        minutes="How long you were at it",
    )
    @app_commands.choices(
        answer=[
            app_commands.Choice(name="Done", value=Answer.DONE.value),
            app_commands.Choice(name="Part of it", value=Answer.PARTLY.value),
            app_commands.Choice(name="Can't today", value=Answer.REST.value),
            app_commands.Choice(name="My back hurts", value=Answer.SORE.value),
            app_commands.Choice(name="Undo my last answer", value="undo"),
        ]
    )
    @app_commands.guild_only()
    async def checkin(
        self,
        interaction: discord.Interaction[Any],
        answer: str | None = None,
        session: str | None = None,
        minutes: app_commands.Range[int, MINUTES.start, MINUTES.stop - 1] | None = None,
    ) -> None:
        person, words = person_of(interaction), words_for(interaction)
        found = await checkins.answerable(self.db, person, clock.now())
        if answer is None and minutes is not None:
            raise Refused("answer_needed")
        if answer is None:
            await self.tell(interaction, person, to_answer(found, words, person.guild_id))
            return
        undoes = answer == "undo"
        if session is not None:
            session_id = SessionId(id_of(session, "session_not_found"))
        elif undoes:
            session_id = _first([one for one in found if one.answer is not None], "nothing_to_undo")
        else:
            session_id = _first(found, "nothing_to_answer")
        if undoes:
            await self.undo(interaction, person, session_id)
        else:
            await self.answer(interaction, person, session_id, Answer(answer), minutes)

    @checkin.autocomplete("session")
    @offering
    async def _sessions(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        person, words = person_of(interaction), words_for(interaction)
        found = await checkins.answerable(self.db, person, clock.now())
        zones = {
            view.group_id: view.zone for view in await groups.listing(self.db, person, clock.now())
        }
        offered = [
            (session_label(one, zones[one.group_id], words), str(one.session_id))
            for one in found
            if one.group_id in zones
        ]
        return choices_like(typed, offered)

    async def answer(
        self,
        interaction: discord.Interaction[Any],
        person: Person,
        session_id: SessionId,
        said: Answer,
        minutes: int | None = None,
    ) -> None:
        """Take an answer, confirm it privately, and have the prompt redrawn."""
        words = words_for(interaction)
        facts = await checkins.answer(
            self.db, person, session_id, said, clock.now(), Details(minutes=minutes)
        )
        self.agenda.redraws.ask(person.guild_id, session_id)
        await self.tell(interaction, person, receipt(facts, words, person.guild_id))

    async def undo(
        self,
        interaction: discord.Interaction[Any],
        person: Person,
        session_id: SessionId,
        *,
        seen: int | None = None,
        sure: bool = False,
    ) -> None:
        """Put back what was answered before, or ask whether that is really meant."""
        words = words_for(interaction)
        facts = await checkins.undo(self.db, person, session_id, clock.now(), seen=seen, sure=sure)
        if isinstance(facts, UndoQuestion):
            await reply(interaction, undo_question(facts, words, person.guild_id))
            return
        self.agenda.redraws.ask(person.guild_id, session_id)
        card = receipt(facts, words, person.guild_id)
        await self.tell(interaction, person, card, replace)


class AnswerButton(AmbleItem, template=AnswerId.TEMPLATE):
    """One of a prompt's four answers."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Take the answer."""
        click = AnswerId.of(self.match)
        person = person_of(interaction, click.guild_id)
        await Checkins.of(interaction).answer(interaction, person, click.session_id, click.answer)


class UndoButton(AmbleItem, template=UndoId.TEMPLATE):
    """Takes the last answer back."""

    edits_own = True

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Put back what was there before."""
        click = UndoId.of(self.match)
        person = person_of(interaction, click.guild_id)
        cog = Checkins.of(interaction)
        await cog.undo(interaction, person, click.session_id, seen=click.changes, sure=click.sure)


def _first(found: list[Upcoming], nothing: str) -> SessionId:
    """Return the session that is meant when none is named; raises Refused with `nothing`."""
    if not found or found[0].session_id is None:
        raise Refused(nothing)
    return found[0].session_id
