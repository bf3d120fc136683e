"""Answers to what people write: neutral where everybody reads them, in full where nobody does."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.ids import GuildId, SessionId
from bot.services.views import Receipt, Upcoming
from bot.ui.answers import answer_row, answer_rows, more_row
from bot.ui.card import Accent, Buttons, Card, button
from bot.ui.custom_ids import MineId
from bot.ui.receipt import accent_of, receipt_blocks
from bot.ui.words import Words

ROWS = 4
"""Sessions that are asked for in one message."""


def noted(guild_id: GuildId, session_id: SessionId, words: Words, *, sore: bool = False) -> Card:
    """Say in public that a reply was taken, and nothing of what it said."""
    for_me = _for_me(MineId(guild_id, session_id, sore), words)
    return Card(Accent.THANKS, words.say("reply.noted"), for_me)


def not_taken(guild_id: GuildId, session_id: SessionId, words: Words) -> Card:
    """Say in public that a reply was not taken; why is for the one who wrote it."""
    for_me = _for_me(MineId(guild_id, session_id), words)
    return Card(Accent.PLAIN, words.say("reply.not_taken"), for_me)


def not_understood(
    guild_id: GuildId, session_id: SessionId, words: Words, *, unread: bool = False
) -> Card:
    """Offer the buttons in place of a guess; `unread`: Discord gave us none of the text."""
    asked = (guild_id, session_id, words)
    text = words.say("reply.unread") if unread else words.pick("reply.not_understood.", session_id)
    return Card(Accent.PLAIN, text, answer_row(*asked), more_row(*asked))


def which(sessions: Sequence[Upcoming], words: Words) -> Card:
    """Ask somebody, alone, which of several sessions a message is about."""
    return Card(Accent.PROMPT, words.say("reply.which"), *answer_rows(sessions[:ROWS], words))


def which_prompt(words: Words) -> Card:
    """Say in public that a message could be about several sessions."""
    return Card(Accent.PLAIN, words.say("reply.which_prompt"))


def nothing(words: Words) -> Card:
    """Say that there is nothing to answer."""
    return Card(Accent.PLAIN, words.say("reply.nothing"))


def mine(facts: Receipt, words: Words, guild_id: GuildId, *, sore: bool = False) -> Card:
    """Show somebody, alone, how their answer was understood, with every way to change it."""
    if facts.answer is None:
        return Card(
            Accent.PROMPT,
            words.say("mine.none", group=facts.group_name, at=facts.starts_at),
            answer_row(guild_id, facts.session_id, words),
        )
    change = answer_row(guild_id, facts.session_id, words)
    blocks = receipt_blocks(facts, words, guild_id, sore=sore)
    return Card(accent_of(facts), *blocks, words.say("mine.change"), change)


def _for_me(custom_id: MineId, words: Words) -> Buttons:
    return [button(words.label("button.mine"), custom_id, emoji="🔒")]
