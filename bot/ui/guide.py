"""The guides as cards: why, how, how long, when not to; a drawing; and the way to every other."""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.guide import Guide
from bot.ui.card import (
    ALT_LENGTH,
    PLACEHOLDER,
    Accent,
    Card,
    Choice,
    Picture,
    button,
    choice,
    lines,
)
from bot.ui.custom_ids import GuideId, GuidePickId
from bot.ui.escaping import plain
from bot.ui.words import Words

FILE = "guide.png"


def guide_card(guide: Guide, words: Words, png: bytes | None = None) -> Card:
    """Show one guide to whoever asked for it; without its drawing the words stand alone."""
    return Card(
        Accent.PLAIN,
        lines(
            words.say("guide.head", guide=words.say(f"guide.{guide}")),
            words.say(f"guide.{guide}.why"),
        ),
        None if png is None else Picture(FILE, png, alt(guide, words)),
        words.say(f"guide.{guide}.how"),
        lines(
            words.say("guide.how_long", text=words.say(f"guide.{guide}.how_long")),
            words.say("guide.when_not", text=words.say(f"guide.{guide}.when_not")),
        ),
        words.say("guide.foot", sources=words.say(f"guide.{guide}.sources")),
        guide_choice(words, guide, in_place=True),
    )


def guide_menu(words: Words) -> Card:
    """Offer all guides."""
    return Card(Accent.PLAIN, words.say("guide.menu"), guide_choice(words, in_place=True))


def alt(guide: Guide, words: Words) -> str:
    """Return what a guide's drawing shows."""
    return plain(words.say(f"alt.guide.{guide}"), ALT_LENGTH)


def guide_button(guide: Guide, words: Words) -> discord.ui.Button[Any]:
    """Return the button that opens a guide for whoever presses it."""
    return button(words.label("button.guide"), GuideId(guide), emoji="📖")


def guide_choice(words: Words, shown: Guide | None = None, *, in_place: bool = False) -> Choice:
    """Return a select of all guides; `in_place` says that what is picked replaces its message."""
    options = [(words.label(f"guide.{guide}"), guide.value) for guide in Guide]
    asked = words.label("guide.choose", PLACEHOLDER)
    return choice(options, shown or "", GuidePickId(in_place=in_place), asked)
