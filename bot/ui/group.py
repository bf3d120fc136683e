"""Groups: one, many, a new one, and one that needs its organiser's care."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.ids import MomentId
from bot.services.views import GroupView
from bot.ui.buddies import buddy_button
from bot.ui.card import Accent, Card, button, fitting, lines
from bot.ui.custom_ids import CareId, JoinId
from bot.ui.escaping import Safe, channel, mention, timestamp
from bot.ui.joining import join_button
from bot.ui.schedule import slot_lines
from bot.ui.words import Words

ORGANISERS = 5
"""Organisers that a card names."""
LIST_ROOM = 3000
"""Characters for a list of groups."""
JOIN_BUTTONS = 5
"""Buttons that fit beside one another."""


def group(view: GroupView, words: Words) -> Card:
    """Show a group, with the button to join it."""
    facts = lines(
        words.count("group.members", view.members, capacity=view.capacity),
        _organisers(view, words),
        words.say("group.where", channel=channel(view.channel_id), zone=view.zone.key),
        _next(view, words),
        _recap(view, words),
        words.say("group.ahead", at=words.clock(view.ahead_at)) if view.ahead_at else None,
    )
    head = words.say("group.head", group=view.name)
    care = _care(view, words) if view.needs_care and view.may_organise else None
    friend = [buddy_button(view.guild_id, view.group_id, words)] if view.joined else []
    buttons = [join_button(view, words), *friend]
    return Card(Accent.PLAIN, head, facts, slot_lines(view, words), care, buttons)


def group_list(views: Sequence[GroupView], words: Words) -> Card:
    """List the groups of a server, with buttons to join the first ones."""
    if not views:
        return Card(Accent.PLAIN, words.say("group.none"))
    shown, more = fitting((_line(view, words) for view in views), LIST_ROOM)
    left_out = words.count("list.more", more) if more else None
    joinable = [view for view in views[: len(shown)] if not view.joined][:JOIN_BUTTONS]
    buttons = [
        button(
            words.label("button.join_named", 40, group=view.name),
            JoinId(view.guild_id, view.group_id),
            discord.ButtonStyle.success,
        )
        for view in joinable
    ]
    return Card(Accent.PLAIN, lines(words.say("group.list"), *shown, left_out), buttons)


def group_created(view: GroupView, words: Words) -> Card:
    """Confirm a new group and say what comes next."""
    where = channel(view.channel_id)
    text = words.say("group.created", group=view.name, channel=where, zone=view.zone.key)
    return Card(Accent.THANKS, text, [join_button(view, words)])


def group_archived(view: GroupView, words: Words) -> Card:
    """Confirm that a group has ended."""
    return Card(Accent.PLAIN, words.say("group.archived", group=view.name))


def care_needed(view: GroupView, moment_id: MomentId, words: Words) -> Card:
    """Tell an organiser that Amble cannot post for a group, and how to mend it."""
    custom_id = CareId(view.guild_id, view.group_id, moment_id)
    show = button(words.label("button.group"), custom_id)
    return Card(Accent.CARE, words.say("care.head", group=view.name), _care(view, words), [show])


def _care(view: GroupView, words: Words) -> Safe:
    key = f"care.{view.needs_care}"
    return words.say(key if words.has(key) else "care.other", channel=channel(view.channel_id))


def _organisers(view: GroupView, words: Words) -> Safe | None:
    shown = [mention(user_id) for user_id in view.organiser_ids[:ORGANISERS]]
    return words.say("group.organisers", who=words.names(shown)) if shown else None


def _next(view: GroupView, words: Words) -> Safe:
    if view.off_through_on is not None:
        return words.say("group.off_through", on=view.off_through_on)
    if view.next_starts_at is None:
        return words.say("group.no_next")
    return words.say("group.next", at=timestamp(view.next_starts_at))


def _recap(view: GroupView, words: Words) -> Safe:
    if view.recap is None:
        return words.say("group.no_recap")
    day = words.weekdays([view.recap.weekday])
    return words.say("group.recap", day=day, at=words.clock(view.recap.at))


def _line(view: GroupView, words: Words) -> str:
    return words.say(
        "group.line_joined" if view.joined else "group.line",
        group=view.name,
        people=words.count("group.members", view.members, capacity=view.capacity),
        next=_next(view, words),
    )
