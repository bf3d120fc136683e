"""What a member is told of a walk of their own."""

from __future__ import annotations

from bot.services.views import ExtraView
from bot.ui.card import Accent, Card, lines
from bot.ui.escaping import Safe
from bot.ui.words import Words


def extra_logged(facts: ExtraView, words: Words) -> Card:
    """Confirm a walk, with what the week comes to."""
    return Card(
        Accent.THANKS,
        lines(_said("extra.logged", facts, words), words.say("extra.thanks")),
        lines(_week(facts, words), words.say("extra.streak"), words.say("extra.undo")),
    )


def extra_undone(facts: ExtraView, words: Words) -> Card:
    """Confirm that a walk is taken off again."""
    return Card(Accent.PLAIN, _said("extra.undone", facts, words), _week(facts, words))


def _said(key: str, facts: ExtraView, words: Words) -> Safe:
    length = words.duration(facts.minutes)
    if facts.metres is not None:
        length = words.say("extra.how_much", length=length, distance=words.distance(facts.metres))
    return words.say(
        key,
        activity=words.say(f"activity.{facts.activity}"),
        length=length,
        on=facts.done_on,
        group=facts.group_name,
    )


def _week(facts: ExtraView, words: Words) -> Safe:
    return words.say("extra.week", time=words.duration(facts.week_minutes))
