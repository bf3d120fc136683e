"""The form in which one says more about a session: how much, what, how hard, and a note."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord

from bot.domain.checkin import EFFORT, NOTE, Details
from bot.domain.replies import Amount
from bot.domain.schedule import Activity
from bot.services.views import DetailsForm
from bot.ui.dynamic import AmbleModal, chosen
from bot.ui.words import MILE, Words

TITLE_WIDTH = 45
HELP_WIDTH = 100
HOW_MUCH = 100
"""Characters that the field for time and distance takes."""
EASY, HARD = (1, 3), (8, 10)
"""Efforts that are explained: the two ends."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody sent in, as they typed and chose it."""

    how_much: str
    activity: Activity | None
    """None for the session's own."""
    effort: int | None
    note: str
    picture: discord.Attachment | None
    """To be shown to the group."""

    @property
    def blank(self) -> bool:
        """Whether nothing was said."""
        said = (self.how_much.strip(), self.activity, self.effort, self.note.strip(), self.picture)
        return not any(said)


OnDone = Callable[[discord.Interaction[Any], Filled], Awaitable[None]]


class DetailsModal(AmbleModal):
    """Asks for more about a session; filled with what was said before."""

    def __init__(self, facts: DetailsForm, words: Words, on_done: OnDone) -> None:
        super().__init__(words.label("details.title", TITLE_WIDTH, group=facts.group_name))
        self._own_activity = facts.activity
        self._on_done = on_done
        self._how_much = discord.ui.TextInput[Any](
            custom_id="how_much",
            required=False,
            max_length=HOW_MUCH,
            default=amount_text(facts.details, words),
            placeholder=words.label("details.how_much.example", HELP_WIDTH),
        )
        self._activity = _activity(facts, words)
        self._effort = _effort(facts.details.effort, words)
        self._note = discord.ui.TextInput[Any](
            custom_id="note",
            required=False,
            max_length=NOTE,
            default=facts.details.note,
            style=discord.TextStyle.paragraph,
        )
        self._ask("details.how_much", self._how_much, words)
        self._ask("details.activity", self._activity, words)
        self._ask("details.effort", self._effort, words)
        self._picture = discord.ui.FileUpload[Any](
            custom_id="picture", required=False, min_values=0, max_values=1
        )
        self._ask("details.note", self._note, words)
        self._ask("details.picture", self._picture, words)

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Hand over what was said."""
        activity = chosen(self._activity.values, Activity)
        filled = Filled(
            how_much=self._how_much.value,
            activity=None if activity is self._own_activity else activity,
            effort=chosen(self._effort.values, int),
            note=self._note.value,
            picture=next(iter(self._picture.values), None),
        )
        await self._on_done(interaction, filled)

    def _ask(self, key: str, component: discord.ui.Item[Any], words: Words) -> None:
        text = words.label(key, TITLE_WIDTH)
        description = words.label(f"{key}.help", HELP_WIDTH)
        self.add_item(
            discord.ui.Label[Any](text=text, component=component, description=description)
        )


def details_of(filled: Filled, amount: Amount) -> Details:
    """Return what was sent in as it is kept."""
    return Details(
        minutes=amount.minutes,
        metres=amount.metres,
        activity=filled.activity or amount.activity,
        effort=filled.effort,
        note=filled.note or None,
    )


def amount_text(details: Details, words: Words) -> str | None:
    """Return time and distance in the form's own words, so that it can be sent in unchanged."""
    parts: list[str] = []
    if details.minutes is not None:
        parts.append(words.label("details.minutes", minutes=str(details.minutes)))
    if details.metres is not None:
        parts.append(_distance_text(details.metres, words))
    return ", ".join(parts) or None


def _distance_text(metres: int, words: Words) -> str:
    """Return a distance in miles where it was said in those, as a round number of them."""
    miles = round(metres / MILE, 1)
    if metres % 100 and round(miles * MILE) == metres:
        return words.label("details.miles", miles=f"{miles:g}")
    return words.label("details.kilometres", kilometres=f"{metres / 1000:g}")


def _activity(facts: DetailsForm, words: Words) -> discord.ui.Select[Any]:
    chosen = facts.details.activity or facts.activity
    options = [
        discord.SelectOption(
            label=words.label(f"activity.{each}"), value=each.value, default=each is chosen
        )
        for each in Activity
    ]
    return discord.ui.Select(custom_id="activity", options=options)


def _effort(before: int | None, words: Words) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=str(each),
            value=str(each),
            description=_effort_help(each, words),
            default=each == before,
        )
        for each in EFFORT
    ]
    return discord.ui.Select(
        custom_id="effort", options=options, required=False, min_values=0, max_values=1
    )


def _effort_help(effort: int, words: Words) -> str | None:
    for first, last, key in ((*EASY, "easy"), (4, 7, "steady"), (*HARD, "hard")):
        if first <= effort <= last:
            return words.label(f"details.effort.{key}", HELP_WIDTH)
    return None
