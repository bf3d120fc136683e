"""Answering a session: the prompt's buttons, and the command that does the same."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.checkin import NO_DETAILS, Answer, Details
from bot.domain.errors import Refused
from bot.domain.ids import SessionId
from bot.domain.replies import Amount, read_amount
from bot.services import checkins, groups, later
from bot.services.views import Person, Receipt, UndoQuestion, Upcoming
from bot.ui.answering import open_form, replace, reply
from bot.ui.custom_ids import (
    AgainId,
    AnswerId,
    CantId,
    CantPickId,
    DetailsId,
    LaterId,
    MineId,
    PainId,
    UndoId,
)
from bot.ui.details import HOW_MUCH, DetailsModal, Filled, details_of
from bot.ui.dynamic import AmbleItem, picked
from bot.ui.errors import offering
from bot.ui.nudge import later as asked_later
from bot.ui.prompt import session_label, to_answer
from bot.ui.receipt import receipt, undo_question
from bot.ui.spoken import mine
from bot.ui.words import words_for
from cogs.base import ANSWERS, AmbleCog, Answerer, choices_like, id_of, person_of
from cogs.sharing import Sharing


class Checkins(AmbleCog):
    """Answering a session."""

    @classmethod
    def items(cls) -> tuple[type[AmbleItem], ...]:
        """Return its buttons."""
        return (
            AnswerButton,
            DetailsButton,
            LaterButton,
            MineButton,
            CantButton,
            CantSelect,
            PainSelect,
            UndoButton,
            AgainButton,
        )

    @app_commands.command(
        name="checkin", description="Answer a session: log it, change it, take it back"
    )
    @app_commands.describe(
        session="Which session; if left out, the one that is open, else the next of today",
        answer="How it went; leave out to see what can be answered",
        how_much='Time, distance or both, such as "35 min" or "2 miles"',
    )
    @app_commands.choices(
        answer=[*ANSWERS, app_commands.Choice(name="Undo my last answer", value="undo")]
    )
    @app_commands.guild_only()
    async def checkin(
        self,
        interaction: discord.Interaction[Any],
        answer: str | None = None,
        session: str | None = None,
        how_much: app_commands.Range[str, 1, HOW_MUCH] | None = None,
    ) -> None:
        person, words = person_of(interaction), words_for(interaction)
        found = await checkins.answerable(self.db, person, clock.now())
        if answer is None and how_much is not None:
            raise Refused("answer_needed")
        if answer is None:
            await self.tell(interaction, person, to_answer(found, words))
            return
        undoes = answer == "undo"
        if session is not None:
            session_id = SessionId(id_of(session, "session_not_found"))
        elif undoes:
            session_id = _first(checkins.last_answered(found), "nothing_to_undo")
        else:
            session_id = _first(checkins.meant(found, clock.now()) or found, "nothing_to_answer")
        if undoes:
            await self.undo(interaction, person, session_id)
        else:
            details = Details() if how_much is None else _details(how_much)
            await self.answer(interaction, person, session_id, Answer(answer), details)

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
        details: Details = NO_DETAILS,
    ) -> None:
        """Take an answer, confirm it privately, and have the prompt redrawn."""
        facts = await checkins.answer(self.db, person, session_id, said, clock.now(), details)
        self.agenda.redraws.ask(person.guild_id, session_id)
        await self.confirm(interaction, person, facts)

    async def confirm(
        self,
        interaction: discord.Interaction[Any],
        person: Person,
        facts: Receipt,
        how: Answerer = reply,
    ) -> None:
        """Confirm an answer privately; what else there is to tell waits where a back hurts."""
        card = receipt(facts, words_for(interaction), person.guild_id)
        if facts.answer is Answer.SORE:
            await how(interaction, card)
        else:
            await self.tell(interaction, person, card, how)

    async def ask_for_details(
        self, interaction: discord.Interaction[Any], person: Person, session_id: SessionId
    ) -> None:
        """Open the form in which one says more."""
        facts = await checkins.form(self.db, person, session_id, clock.now())

        async def send_in(sent: discord.Interaction[Any], filled: Filled) -> None:
            await self.fill_in(sent, person_of(sent, person.guild_id), session_id, filled)

        await open_form(interaction, DetailsModal(facts, words_for(interaction), send_in))

    async def fill_in(
        self,
        interaction: discord.Interaction[Any],
        person: Person,
        session_id: SessionId,
        filled: Filled,
    ) -> None:
        """Keep what the form says; what cannot be read of it loses nothing of the rest."""
        if filled.blank:
            raise Refused("details_blank")
        words = words_for(interaction)
        amount = read_amount(filled.how_much)
        details = details_of(filled, amount or Amount())
        facts = await checkins.fill_in(
            self.db, person, session_id, details, clock.now(), amount_unread=amount is None
        )
        self.agenda.redraws.ask(person.guild_id, session_id)
        unread = filled.how_much if amount is None else None
        await self.tell(interaction, person, receipt(facts, words, person.guild_id, unread=unread))
        if filled.picture is not None:
            await Sharing.of(interaction).show(interaction, person, session_id, filled.picture)

    async def say_pain(
        self,
        interaction: discord.Interaction[Any],
        person: Person,
        session_id: SessionId,
        pain: int,
    ) -> None:
        """Keep how strong the pain is, and show it in place of the question."""
        facts = await checkins.say_pain(self.db, person, session_id, pain, clock.now())
        self.agenda.redraws.ask(person.guild_id, session_id)
        await self.confirm(interaction, person, facts, replace)

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
        await self.confirm(interaction, person, facts, replace)


class AnswerButton(AmbleItem, template=AnswerId.TEMPLATE):
    """One of a prompt's four answers."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Take the answer."""
        click = AnswerId.of(self.match)
        person = person_of(interaction, click.guild_id)
        await Checkins.of(interaction).answer(interaction, person, click.session_id, click.answer)


class DetailsButton(AmbleItem, template=DetailsId.TEMPLATE):
    """Opens the form in which one says more about a session."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        click = DetailsId.of(self.match)
        person = person_of(interaction, click.guild_id)
        await Checkins.of(interaction).ask_for_details(interaction, person, click.session_id)


class LaterButton(AmbleItem, template=LaterId.TEMPLATE):
    """Has a session asked about again in an hour."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Plan that, and say when it will be."""
        click = LaterId.of(self.match)
        person, cog = person_of(interaction, click.guild_id), Checkins.of(interaction)
        at = await later.ask_later(cog.db, person, click.session_id, clock.now())
        await cog.agenda.rearm()
        await cog.tell(interaction, person, asked_later(at, words_for(interaction)))


class MineButton(AmbleItem, template=MineId.TEMPLATE):
    """Shows whoever presses it their own answer."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show it."""
        click = MineId.of(self.match)
        person, cog = person_of(interaction, click.guild_id), Checkins.of(interaction)
        facts = await checkins.mine(cog.db, person, click.session_id, clock.now())
        card = mine(facts, words_for(interaction), person.guild_id, sore=click.sore)
        await cog.tell(interaction, person, card)


class CantButton(AmbleItem, template=CantId.TEMPLATE):
    """Says beforehand that whoever presses it cannot make a session."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Take it as a rest."""
        click = CantId.of(self.match)
        person = person_of(interaction, click.guild_id)
        await Checkins.of(interaction).answer(interaction, person, click.session_id, Answer.REST)


class CantSelect(AmbleItem, template=CantPickId.TEMPLATE):
    """Says beforehand which of the coming sessions one cannot make."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Take it as a rest."""
        person = person_of(interaction, CantPickId.of(self.match).guild_id)
        session_id = SessionId(id_of(picked(interaction, str), "session_not_found"))
        await Checkins.of(interaction).answer(interaction, person, session_id, Answer.REST)


class PainSelect(AmbleItem, template=PainId.TEMPLATE):
    """Takes how strong the pain is: the step after "my back hurts", which nobody else sees."""

    edits_own = True

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it with the answer."""
        click = PainId.of(self.match)
        person = person_of(interaction, click.guild_id)
        pain = picked(interaction, int)
        await Checkins.of(interaction).say_pain(interaction, person, click.session_id, pain)


class UndoButton(AmbleItem, template=UndoId.TEMPLATE):
    """Takes the last answer back."""

    edits_own = True

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Put back what was there before."""
        click = UndoId.of(self.match)
        person = person_of(interaction, click.guild_id)
        cog = Checkins.of(interaction)
        await cog.undo(interaction, person, click.session_id, seen=click.changes, sure=click.sure)


class AgainButton(AmbleItem, template=AgainId.TEMPLATE):
    """Adds another walk of one's own rung to a session."""

    edits_own = True

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Add it."""
        click = AgainId.of(self.match)
        person, cog = person_of(interaction, click.guild_id), Checkins.of(interaction)
        facts = await checkins.walk_again(
            cog.db, person, click.session_id, clock.now(), seen=click.changes
        )
        await cog.confirm(interaction, person, facts, replace)


def _details(how_much: str) -> Details:
    """Read time and distance; raises Refused `amount_unclear`."""
    amount = read_amount(how_much)
    if amount is None:
        raise Refused("amount_unclear", given=how_much)
    return Details(minutes=amount.minutes, metres=amount.metres, activity=amount.activity)


def _first(found: list[Upcoming], nothing: str) -> SessionId:
    """Return the session that is meant when none is named; raises Refused with `nothing`."""
    if not found or found[0].session_id is None:
        raise Refused(nothing)
    return found[0].session_id
