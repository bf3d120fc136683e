"""The way back for somebody who has fallen silent, and the way out."""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.habit import TimeRecord
from bot.domain.ids import GroupId, GuildId
from bot.services.way_back import OtherTimes, WaysBack
from bot.ui.card import Accent, Buttons, Card, button, lines
from bot.ui.custom_ids import JoinId, Way, WayId
from bot.ui.escaping import Safe
from bot.ui.words import Words

TIMES = 7
"""Times of the week that are shown at most."""
EMOJI = {
    Way.ALL: "🧭",
    Way.EASIER: "🌱",
    Way.PAUSE: "⏸️",
    Way.TIMES: "🕘",
    Way.LEAVE: "👋",
}
FOUR = (Way.EASIER, Way.PAUSE, Way.TIMES, Way.LEAVE)
PAUSES = (Way.WEEK, Way.FORTNIGHT, Way.OPEN)


def ways_back(facts: WaysBack, words: Words) -> Card:
    """Offer a member four ways on."""
    text = words.say("way.head", group=facts.group_name)
    return Card(Accent.ENCOURAGEMENT, text, way_buttons(facts.guild_id, facts.group_id, words))


def way_buttons(guild_id: GuildId, group_id: GroupId, words: Words) -> Buttons:
    """Return the four ways as buttons."""
    return [_way(way, guild_id, group_id, words) for way in FOUR]


def ways_button(guild_id: GuildId, group_id: GroupId, words: Words) -> discord.ui.Button[Any]:
    """Return the button that opens the four ways, for messages that are not about one member."""
    return _way(Way.ALL, guild_id, group_id, words)


def how_long(facts: WaysBack, words: Words) -> Card:
    """Ask for how long a member wants to pause."""
    text = words.say("way.how_long", group=facts.group_name)
    return Card(
        Accent.PLAIN,
        text,
        [_way(way, facts.guild_id, facts.group_id, words) for way in PAUSES],
    )


def other_times(facts: OtherTimes, words: Words) -> Card:
    """Compare a group's times with when the member does come, and show what else there is."""
    kept = [one for one in facts.records if one.kept]
    if not kept:
        return Card(Accent.PLAIN, words.say("way.times_none", group=facts.group_name))
    head = words.say("way.times", group=facts.group_name)
    joins = [
        button(
            words.label("button.join_named", 40, group=view.name),
            JoinId(view.guild_id, view.group_id),
            discord.ButtonStyle.success,
        )
        for view in facts.others
    ]
    return Card(
        Accent.PLAIN,
        head,
        lines(*(_record(one, words) for one in kept[:TIMES])),
        _advice(facts, words),
        joins,
    )


def left_quietly(group_name: str, guild_id: GuildId, group_id: GroupId, words: Words) -> Card:
    """Say good-bye, with the way back in."""
    again = button(words.label("button.rejoin"), JoinId(guild_id, group_id))
    return Card(Accent.PLAIN, words.say("way.left", group=group_name), [again])


def _advice(facts: OtherTimes, words: Words) -> Safe:
    if facts.best is None:
        return words.say("way.times_even")
    when = when_in_week(facts.best, words)
    return words.say("way.times_others" if facts.others else "way.times_best", when=when)


def when_in_week(record: TimeRecord, words: Words) -> Safe:
    """Return a time of the week: "Saturday 10:00"."""
    day, at = words.weekdays([record.weekday]), words.clock(record.at)
    return words.say("way.when", day=day, at=at)


def _record(record: TimeRecord, words: Words) -> Safe:
    when = when_in_week(record, words)
    return words.say("way.record", when=when, kept=record.kept, planned=record.planned)


def _way(way: Way, guild_id: GuildId, group_id: GroupId, words: Words) -> discord.ui.Button[Any]:
    custom_id = WayId(way, guild_id, group_id)
    return button(words.label(f"button.way_{way}"), custom_id, emoji=EMOJI.get(way))
