"""The form with which a programme begins: the doctor's note, and three questions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.domain.checkin import PAIN
from bot.domain.programme import AT_A_TIME, Answers, Walking
from bot.ui.dynamic import AmbleModal, chosen
from bot.ui.joining import TITLE_WIDTH, note_box
from bot.ui.words import Words

OnDone = Callable[[discord.Interaction[Any], Answers | None, bool], Awaitable[None]]
"""Takes the answers, and whether the doctor's note was confirmed as read."""


class ProgrammeModal(AmbleModal):
    """Asks where to begin; with `first` it asks nothing, as it begins on the first rung."""

    def __init__(self, words: Words, on_done: OnDone, *, first: bool = False) -> None:
        super().__init__(words.label("programme.title", TITLE_WIDTH))
        self._on_done = on_done
        self._first = first
        self._walking = _walking(words)
        self._minutes = _minutes(words)
        self._pain = _pain(words)
        self._note_read = note_box(words)
        self.add_item(discord.ui.TextDisplay[Any](words.say("join.doctor_note")))
        if not first:
            self._ask("programme.walking", self._walking, words)
            self._ask("programme.minutes", self._minutes, words)
            self._ask("programme.pain", self._pain, words)
        self._ask("join.note_read", self._note_read, words)

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Hand over what was said."""
        answers = None if self._first else self._answers()
        await self._on_done(interaction, answers, bool(self._note_read.values))

    def _answers(self) -> Answers:
        """Return what was said; what is missing is taken for the gentlest there is."""
        walking = self._walking.value
        return Answers(
            walking=chosen([walking] if walking else [], Walking) or Walking.NO,
            minutes=chosen(self._minutes.values, int) or 0,
            pain=chosen(self._pain.values, int) or 0,
        )

    def _ask(self, key: str, component: discord.ui.Item[Any], words: Words) -> None:
        text = words.label(key, TITLE_WIDTH)
        self.add_item(discord.ui.Label[Any](text=text, component=component))


def _walking(words: Words) -> discord.ui.RadioGroup[Any]:
    options = [
        discord.RadioGroupOption(label=words.label(f"programme.walking.{one}"), value=one.value)
        for one in Walking
    ]
    return discord.ui.RadioGroup(custom_id="walking", options=options)


def _minutes(words: Words) -> discord.ui.Select[Any]:
    ends = {AT_A_TIME[0]: "programme.minutes.few", AT_A_TIME[-1]: "programme.minutes.many"}
    options = [
        discord.SelectOption(
            label=words.label(ends.get(one, "programme.minutes.some"), minutes=str(one)),
            value=str(one),
        )
        for one in AT_A_TIME
    ]
    return discord.ui.Select(custom_id="minutes", options=options)


def _pain(words: Words) -> discord.ui.Select[Any]:
    ends = {PAIN[0]: "pain.none", PAIN[-1]: "pain.worst"}
    options = [
        discord.SelectOption(
            label=words.label(ends.get(one, "pain.of_ten"), pain=str(one)), value=str(one)
        )
        for one in PAIN
    ]
    return discord.ui.Select(custom_id="pain", options=options)
