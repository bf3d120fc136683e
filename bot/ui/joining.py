"""Joining a group: the invitation, the form with the doctor's note, and what follows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.domain.encouragement import Reach
from bot.domain.ids import GroupId, GuildId
from bot.domain.week import DEFAULT_GOAL, GOALS
from bot.services.views import GroupView, Invitation, Joined, Wishes
from bot.ui.answers import answer_rows
from bot.ui.buddies import buddy_button
from bot.ui.card import Accent, Card, button, lines
from bot.ui.custom_ids import JoinId
from bot.ui.dynamic import AmbleModal, chosen
from bot.ui.escaping import Safe, channel
from bot.ui.schedule import slot_lines
from bot.ui.words import Words

OnDone = Callable[[discord.Interaction[Any], Wishes, bool], Awaitable[None]]
"""Takes the wishes, and whether the doctor's note was confirmed as read."""

TITLE_WIDTH = 45
OPEN_ROWS = 2
"""Open sessions whose buttons stand under a welcome."""
SEEN = ("named", "pinged", "shown")
"""What lets others see somebody."""
CONSENTS = (*SEEN, "warned", "cheered")


class JoinModal(AmbleModal):
    """Asks how a member wants to be treated; for members the form in which they change it.

    The members' form comes without the doctor's note, which they confirmed when they joined.
    """

    def __init__(self, invitation: Invitation, words: Words, on_done: OnDone) -> None:
        joined = invitation.group.joined
        key = "join.title_settings" if joined else "join.title"
        super().__init__(words.label(key, TITLE_WIDTH, group=invitation.group.name))
        self._on_done = on_done
        self._reach = _reach(invitation.wishes, words)
        self._consents = _consents(invitation.wishes, words)
        self._goal = _goal(invitation.wishes, words)
        self._note_read = None if joined else note_box(words)
        if not joined:
            self.add_item(discord.ui.TextDisplay[Any](words.say("join.doctor_note")))
        self._ask("join.reach", self._reach, words)
        self._ask("join.consents", self._consents, words)
        self._ask("join.goal", self._goal, words)
        if self._note_read is not None:
            self._ask("join.note_read", self._note_read, words)

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Hand over what was chosen."""
        consents, reach = self._consents.values, self._reach.value
        wishes = Wishes(
            reach=chosen([reach] if reach else [], Reach) or Reach.CHANNEL,
            named="named" in consents,
            pinged="pinged" in consents,
            shown="shown" in consents,
            goal=chosen(self._goal.values, int) or DEFAULT_GOAL,
            warned="warned" in consents,
            cheered="cheered" in consents,
        )
        await self._on_done(
            interaction, wishes, self._note_read is None or bool(self._note_read.values)
        )

    def _ask(self, key: str, component: discord.ui.Item[Any], words: Words) -> None:
        description = words.label(f"{key}.help", 100) if words.has(f"{key}.help") else None
        text = words.label(key, TITLE_WIDTH)
        self.add_item(
            discord.ui.Label[Any](text=text, component=component, description=description)
        )


def invitation(group: GroupView, words: Words) -> Card:
    """Invite everybody to a group, with the button that opens the form."""
    text = words.say("join.invitation", group=group.name, people=_people(group, words))
    where = words.say("group.where", channel=channel(group.channel_id), zone=group.zone.key)
    button_for_all = _form_button("button.join", discord.ButtonStyle.success, group, words)
    return Card(
        Accent.PLAIN,
        text,
        lines(where, _next(group, words)),
        slot_lines(group, words),
        [button_for_all],
    )


def join_button(group: GroupView, words: Words) -> discord.ui.Button[Any]:
    """Return the button that opens the form, as its one reader needs it."""
    if group.joined:
        return _form_button("button.wishes", discord.ButtonStyle.secondary, group, words)
    return _form_button("button.join", discord.ButtonStyle.success, group, words)


def wishes_button(guild_id: GuildId, group_id: GroupId, words: Words) -> discord.ui.Button[Any]:
    """Return the button with which a member changes how they are treated."""
    return button(words.label("button.wishes"), JoinId(guild_id, group_id))


def _form_button(
    key: str, style: discord.ButtonStyle, group: GroupView, words: Words
) -> discord.ui.Button[Any]:
    return button(words.label(key), JoinId(group.guild_id, group.group_id), style)


def _next(group: GroupView, words: Words) -> Safe:
    at = group.next_starts_at
    return words.say("group.next", at=at) if at else words.say("group.no_next")


def joined(facts: Joined, wishes: Wishes, words: Words) -> Card:
    """Welcome a new or returning member; a member who joins again has changed their wishes."""
    if facts.already:
        return settings_saved(facts.group.name, wishes, words)
    key = "join.welcome_back" if facts.returning else "join.welcome"
    text = lines(words.say(key, group=facts.group.name), _next(facts.group, words))
    rows = answer_rows(facts.open_now[:OPEN_ROWS], words)
    waiting = [words.say("join.open_now"), *rows] if rows else []
    friend = [buddy_button(facts.group.guild_id, facts.group.group_id, words)]
    return Card(Accent.THANKS, text, _wishes(wishes, words), *waiting, friend)


def settings_saved(group_name: str, wishes: Wishes, words: Words) -> Card:
    """Confirm wishes that were changed."""
    text = words.say("join.saved", group=group_name)
    return Card(Accent.THANKS, text, _wishes(wishes, words))


def left(group_name: str, words: Words) -> Card:
    """Say good-bye, and that the door stays open."""
    return Card(Accent.PLAIN, words.say("join.left", group=group_name))


def _wishes(wishes: Wishes, words: Words) -> str | None:
    given = [words.say(f"wish.{consent}") for consent in SEEN if getattr(wishes, consent)]
    return lines(
        words.say(f"wish.reach_{wishes.reach}"),
        *(given or [words.say("wish.unseen")]),
        words.say("wish.warned") if wishes.warned else None,
        None if wishes.cheered else words.say("wish.uncheered"),
        words.count("wish.goal", wishes.goal),
    )


def _people(group: GroupView, words: Words) -> Safe:
    return words.count("group.members", group.members, capacity=group.capacity)


def _reach(wishes: Wishes, words: Words) -> discord.ui.RadioGroup[Any]:
    options = [
        discord.RadioGroupOption(
            label=words.label(f"reach.{reach}"),
            value=reach.value,
            description=words.label(f"reach.{reach}.help", 100),
            default=reach is wishes.reach,
        )
        for reach in Reach
    ]
    return discord.ui.RadioGroup(custom_id="reach", options=options)


def _consents(wishes: Wishes, words: Words) -> discord.ui.CheckboxGroup[Any]:
    options = [
        discord.CheckboxGroupOption(
            label=words.label(f"consent.{consent}"),
            value=consent,
            description=words.label(f"consent.{consent}.help", 100),
            default=bool(getattr(wishes, consent)),
        )
        for consent in CONSENTS
    ]
    return discord.ui.CheckboxGroup(
        custom_id="consents",
        options=options,
        required=False,
        min_values=0,
        max_values=len(options),
    )


def _goal(wishes: Wishes, words: Words) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=words.count("join.goal_option", goal),
            value=str(goal),
            default=goal == wishes.goal,
        )
        for goal in GOALS
    ]
    return discord.ui.Select(custom_id="goal", options=options)


def note_box(words: Words) -> discord.ui.CheckboxGroup[Any]:
    """Return a box that Discord itself wants ticked: a bare checkbox cannot be required."""
    option = discord.CheckboxGroupOption(label=words.label("join.note_read.box", 100), value="yes")
    return discord.ui.CheckboxGroup(
        custom_id="note_read", options=[option], required=True, min_values=1, max_values=1
    )
