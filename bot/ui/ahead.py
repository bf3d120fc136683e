"""The word on the day before a session."""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.ids import GuildId, SessionId
from bot.services.views import AheadPost
from bot.ui.answers import me_button, session_line
from bot.ui.card import Accent, Buttons, Card, button, lines
from bot.ui.custom_ids import CantId
from bot.ui.words import Words

ROWS = 3
"""Sessions that have a button; more would be a wall of them."""


def ahead(facts: AheadPost, words: Words) -> Card:
    """Tell the group what comes tomorrow; by the last button it is found again."""
    rows: list[str | Buttons] = []
    for session in facts.sessions[:ROWS]:
        rows.append(session_line(session, words, with_group=False))
        if session.session_id is not None:
            rows.append([_cant(facts.guild_id, session.session_id, words)])
    more = len(facts.sessions) - ROWS
    return Card(
        Accent.PLAIN,
        words.say("ahead.head", group=facts.group_name),
        *rows,
        lines(words.count("list.more", more) if more > 0 else None, words.say("ahead.foot")),
        [me_button(facts.guild_id, facts.moment_id, words)],
    )


def _cant(guild_id: GuildId, session_id: SessionId, words: Words) -> discord.ui.Button[Any]:
    return button(words.label("button.cant"), CantId(guild_id, session_id), emoji="💤")
