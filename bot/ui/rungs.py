"""A member's own ladder in words: what a rung asks for, and why a review decided as it did."""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.ids import GuildId
from bot.domain.programme import LADDER, TOP, Review, Rule, Rung
from bot.services.views import OwnWalks
from bot.ui.card import button
from bot.ui.custom_ids import ProgrammeId, ProgrammePart
from bot.ui.escaping import Safe
from bot.ui.words import Words


def rung_text(rung: Rung, words: Words) -> Safe:
    """Return what a day of a rung is: "2 walks of 5 minutes"."""
    return words.count("programme.rung", rung.walks, length=words.duration(rung.minutes))


def review_text(review: Review, words: Words) -> Safe:
    """Return in one sentence where a review led, and why."""
    return words.say(f"review.{_case(review)}", rung=rung_text(LADDER[review.after], words))


def own_walks(facts: OwnWalks, words: Words) -> Safe:
    """Say what one's own ladder asks for on a day, and how much of it is done."""
    rung = rung_text(Rung(facts.walks, facts.minutes), words)
    if not facts.so_far:
        return words.say("programme.own", rung=rung)
    return words.say("programme.own_so_far", rung=rung, so_far=words.duration(facts.so_far))


def programme_button(guild_id: GuildId, words: Words) -> discord.ui.Button[Any]:
    """Return the button that opens one's own programme."""
    custom_id = ProgrammeId(ProgrammePart.SHOW, guild_id)
    return button(words.label("button.programme"), custom_id, emoji="🪜")


def _case(review: Review) -> str:
    """Return which sentence it is: what leads down may find no rung below."""
    if review.rule in (Rule.BACK, Rule.SORE, Rule.LITTLE):
        return f"{review.rule}.{'lower' if review.after < review.before else 'same'}"
    if review.rule is Rule.UP and review.after == TOP:
        return "up.top"
    return review.rule
