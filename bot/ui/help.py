"""Help, by what the reader may do."""

from __future__ import annotations

from bot.ui.card import Accent, Card
from bot.ui.guide import guide_choice
from bot.ui.words import Words


def help_card(words: Words, *, organiser: bool, admin: bool) -> Card:
    """Say what Amble does and which command does what, and offer the guides."""
    return Card(
        Accent.PLAIN,
        words.say("help.member"),
        words.say("help.organiser") if organiser else None,
        words.say("help.admin") if admin else None,
        words.say("help.doctor"),
        guide_choice(words),
    )
