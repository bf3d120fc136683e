"""A group's schedule."""

from __future__ import annotations

from datetime import date
from typing import Any

import discord
from discord import app_commands

from bot import clock
from bot.domain.errors import AmbleError
from bot.domain.ids import SlotId
from bot.domain.reading import read_date, read_time, read_weekdays
from bot.domain.schedule import Activity
from bot.services import holidays, schedules
from bot.services.schedules import EVERY_WEEKS, MINUTES, NewSlot
from bot.ui.answering import reply
from bot.ui.errors import offering
from bot.ui.schedule import (
    days_back,
    days_off,
    schedule,
    slot_added,
    slot_label,
    slot_removed,
)
from bot.ui.words import words_for
from cogs.base import ACTIVITIES, AmbleCog, choices_like, id_of, person_of


class Schedules(AmbleCog):
    """A group's schedule."""

    commands = app_commands.Group(
        name="schedule", description="When a group walks", guild_only=True
    )

    @commands.command(name="add", description="Add walks to a group's schedule")
    @app_commands.describe(
        days="Which days: Mon, Wed, Fri, or daily, weekdays, weekend",
        at="At what time in the group's zone: 07:30 or 7:30 pm",
        named="Which group",
        minutes="How long it is meant to last",
        activity="What for; all of them count the same",
        every_weeks="1 is every week, 2 every second",
        first="The first day, such as 2026-05-04; today if left out",
        last="The last day; for ever if left out",
    )
    @app_commands.choices(activity=ACTIVITIES)
    @app_commands.rename(named="group")
    async def add(
        self,
        interaction: discord.Interaction[Any],
        days: str,
        at: str,
        named: str | None = None,
        minutes: app_commands.Range[int, MINUTES.start, MINUTES.stop - 1] = 20,
        activity: str = Activity.WALK.value,
        every_weeks: app_commands.Range[int, EVERY_WEEKS.start, EVERY_WEEKS.stop - 1] = 1,
        first: str | None = None,
        last: str | None = None,
    ) -> None:
        group_id = await self.group_id(interaction, named)
        slot = NewSlot(
            weekdays=read_weekdays(days),
            at=read_time(at),
            activity=Activity(activity),
            minutes=minutes,
            every_weeks=every_weeks,
            first_on=None if first is None else read_date(first),
            last_on=None if last is None else read_date(last),
        )
        person = person_of(interaction)
        added = await schedules.add_slot(self.db, person, group_id, slot, clock.now(), self.limits)
        await self.agenda.rearm()
        await reply(interaction, slot_added(added, words_for(interaction)))

    @commands.command(name="remove", description="Take walks off a group's schedule")
    @app_commands.describe(slot="Which line of the schedule", named="Which group")
    @app_commands.rename(named="group")
    async def remove(
        self, interaction: discord.Interaction[Any], slot: str, named: str | None = None
    ) -> None:
        group_id = await self.group_id(interaction, named)
        view = await schedules.remove_slot(
            self.db,
            person_of(interaction),
            group_id,
            SlotId(id_of(slot, "slot_not_found")),
            clock.now(),
        )
        await reply(interaction, slot_removed(view, words_for(interaction)))

    @commands.command(name="show", description="A group's schedule and its next two weeks")
    @app_commands.describe(named="Which group")
    @app_commands.rename(named="group")
    async def show(self, interaction: discord.Interaction[Any], named: str | None = None) -> None:
        group_id = await self.group_id(interaction, named)
        view = await schedules.show(self.db, person_of(interaction), group_id, clock.now())
        await reply(interaction, schedule(view, words_for(interaction)))

    @commands.command(name="skip", description="Call days off: a holiday, bad weather")
    @app_commands.describe(
        first="Which day, such as 2026-12-24",
        last="The last day of several; that one day if left out",
        named="Which group",
    )
    @app_commands.rename(named="group")
    async def skip(
        self,
        interaction: discord.Interaction[Any],
        first: str,
        last: str | None = None,
        named: str | None = None,
    ) -> None:
        group_id = await self.group_id(interaction, named)
        person, words = person_of(interaction), words_for(interaction)
        first_on, last_on = _days(first, last)
        facts = await holidays.skip(self.db, person, group_id, first_on, last_on, clock.now())
        await reply(interaction, days_off(facts, words))

    @commands.command(name="resume", description="Take days off back: the group meets after all")
    @app_commands.describe(
        first="Which day, such as 2026-12-24",
        last="The last day of several; that one day if left out",
        named="Which group",
    )
    @app_commands.rename(named="group")
    async def resume(
        self,
        interaction: discord.Interaction[Any],
        first: str,
        last: str | None = None,
        named: str | None = None,
    ) -> None:
        group_id = await self.group_id(interaction, named)
        person = person_of(interaction)
        first_on, last_on = _days(first, last)
        facts = await holidays.resume(self.db, person, group_id, first_on, last_on, clock.now())
        await self.meet_again(person, facts)
        await reply(interaction, days_back(facts, words_for(interaction)))

    @add.autocomplete("named")
    @remove.autocomplete("named")
    @show.autocomplete("named")
    @skip.autocomplete("named")
    @resume.autocomplete("named")
    @offering
    async def _groups(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self.group_choices(interaction, typed)

    @remove.autocomplete("slot")
    @offering
    async def _slots(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        words = words_for(interaction)
        try:
            group_id = await self.group_id(interaction, interaction.namespace.group)
            view = await schedules.show(self.db, person_of(interaction), group_id, clock.now())
        except AmbleError:
            return []
        offered = [(slot_label(slot, words), str(slot.id)) for slot in view.group.slots]
        return choices_like(typed, offered)


def _days(first: str, last: str | None) -> tuple[date, date]:
    """Read a range of days; without a last one it is a single day."""
    first_on = read_date(first)
    return first_on, first_on if last is None else read_date(last)
