"""The message for those who missed: kind words, something small to do, and what is next."""

from __future__ import annotations

from datetime import datetime

from bot.domain.guide import Guide
from bot.services.views import EncouragementPost
from bot.ui.answers import me_button
from bot.ui.buddies import cheer_named_button
from bot.ui.card import Accent, Card, lines
from bot.ui.escaping import Safe, escaped, timestamp
from bot.ui.guide import guide_button
from bot.ui.joining import wishes_button
from bot.ui.people import people
from bot.ui.way_back import ways_button
from bot.ui.words import Words


def encouragement(facts: EncouragementPost, words: Words) -> Card:
    """Post to the group; names and count stand on lines of their own, if at all."""
    text, coming = _text(facts, words), coming_up(facts.next_starts_at, words)
    thinking = thinking_of(facts, words)
    cheer = [cheer_named_button(facts.guild_id, facts.moment_id, words)] if facts.names else []
    ways = ways_button(facts.guild_id, facts.group_id, words)
    me = me_button(facts.guild_id, facts.moment_id, words)
    buttons = [*cheer, me, ways, guide_button(Guide.WALK, words)]
    return Card(Accent.ENCOURAGEMENT, text, thinking, coming, buttons)


def encouragement_dm(facts: EncouragementPost, words: Words) -> Card:
    """Write to one member who asked for direct messages."""
    text, coming = _text(facts, words), coming_up(facts.next_starts_at, words)
    buttons = [
        me_button(facts.guild_id, facts.moment_id, words),
        ways_button(facts.guild_id, facts.group_id, words),
        wishes_button(facts.guild_id, facts.group_id, words),
        guide_button(Guide.WALK, words),
    ]
    return Card(Accent.ENCOURAGEMENT, text, coming, buttons)


def _text(facts: EncouragementPost, words: Words) -> str | None:
    head = words.say("encouragement.head", group=facts.group_name)
    return lines(head, kind_words(facts, words))


def kind_words(facts: EncouragementPost, words: Words) -> Safe:
    """Return what is said: the catalogue's words, or what an organiser wrote."""
    if facts.own_text is not None:
        return escaped(facts.own_text, 2 * len(facts.own_text))
    return words.say(facts.wording)


def thinking_of(facts: EncouragementPost, words: Words) -> Safe | None:
    """Return those who may be named, and how many others where that may be told."""
    total = len(facts.names) if facts.count is None else facts.count
    if facts.names:
        return words.say("encouragement.names", who=people(facts.names, total, words))
    return words.count("encouragement.count", total) if total else None


def coming_up(at: datetime | None, words: Words) -> Safe | None:
    """Say when the next session starts; None where none is planned."""
    if at is None:
        return None
    return words.say("encouragement.next", at=timestamp(at), away=timestamp(at, "R"))
