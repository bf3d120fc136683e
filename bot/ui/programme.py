"""The card of one's own programme, and what is said when it begins, changes and ends."""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.ids import GuildId
from bot.domain.programme import FIRST, LADDER, TOP, Pace
from bot.services.views import Ease, Eased, ProgrammeView
from bot.ui.card import Accent, Buttons, Card, button, lines
from bot.ui.custom_ids import EasierId, ProgrammeId, ProgrammePart
from bot.ui.escaping import Safe
from bot.ui.rungs import review_text, rung_text
from bot.ui.words import Words


def programme(facts: ProgrammeView, words: Words, *, said: Safe | None = None) -> Card:
    """Show a member their programme; `said` is what has just happened to it."""
    return Card(
        Accent.CARE if facts.note_due else Accent.THANKS,
        lines(words.say("programme.head"), said),
        lines(_rung(facts, words), _place(facts, words), _pace(facts, words)),
        lines(
            words.say("programme.week", time=words.duration(facts.week_minutes)),
            _next(facts, words),
            _last(facts, words),
        ),
        *_note(facts, words),
        _buttons(facts, words),
    )


def begun(facts: ProgrammeView, words: Words) -> Card:
    """Welcome a member to their programme: how it goes, and what it is not."""
    return Card(
        Accent.THANKS,
        lines(words.say("programme.begun"), _rung(facts, words)),
        lines(words.say("programme.how"), _next(facts, words)),
        words.say("programme.information"),
        _buttons(facts, words),
    )


def offer(guild_id: GuildId, words: Words) -> Card:
    """Offer the programme to a member who has none."""
    return Card(
        Accent.PLAIN,
        words.say("programme.offer"),
        words.say("join.doctor_note"),
        [_start_button(ProgrammePart.START, "button.programme_start", guild_id, words)],
    )


def eased(facts: Eased, words: Words) -> Card:
    """Say what making a programme easier came to; a kind word where there is nothing below."""
    if facts.view is None:
        return Card(
            Accent.ENCOURAGEMENT,
            words.say("programme.eased.none"),
            words.say("join.doctor_note"),
            [_start_button(ProgrammePart.FIRST, "button.programme_first", facts.guild_id, words)],
        )
    if facts.ease is Ease.STANDS:
        return programme(facts.view, words)
    return programme(facts.view, words, said=words.say(f"programme.eased.{facts.ease}"))


def chosen(facts: ProgrammeView, words: Words) -> Card:
    """Confirm the pace that a member chose."""
    return programme(facts, words, said=words.say(f"programme.chosen.{facts.pace}"))


def note_read(facts: ProgrammeView, words: Words) -> Card:
    """Thank a member for having read the doctor's note again."""
    return programme(facts, words, said=words.say("programme.note_thanks"))


def stopped(words: Words) -> Card:
    """Confirm that a programme has ended."""
    return Card(Accent.PLAIN, words.say("programme.stopped"))


def _rung(facts: ProgrammeView, words: Words) -> Safe:
    rung = rung_text(LADDER[facts.rung], words)
    if facts.rung == TOP:
        return words.say("programme.at_top", rung=rung)
    return words.say("programme.now", rung=rung)


def _place(facts: ProgrammeView, words: Words) -> Safe:
    return words.say("programme.place", place=facts.rung + 1, of=len(LADDER))


def _pace(facts: ProgrammeView, words: Words) -> Safe | None:
    return words.say("programme.holding") if facts.pace is Pace.HOLD else None


def _next(facts: ProgrammeView, words: Words) -> Safe:
    if facts.review_on is None:
        return words.say("programme.review_soon")
    return words.say("programme.review_next", on=facts.review_on)


def _last(facts: ProgrammeView, words: Words) -> Safe | None:
    if facts.last is None:
        return None
    return words.say("programme.review_last", review=review_text(facts.last, words))


def _note(facts: ProgrammeView, words: Words) -> list[str | Buttons]:
    """Ask for the doctor's note to be read again, where it is due."""
    if not facts.note_due:
        return []
    read = ProgrammeId(ProgrammePart.NOTE, facts.guild_id)
    return [
        lines(words.say("programme.note_due"), words.say("join.doctor_note")) or "",
        [button(words.label("button.note_read"), read, discord.ButtonStyle.primary)],
    ]


def _buttons(facts: ProgrammeView, words: Words) -> Buttons:
    """Return how it can go on: gentler, steadier, or growing again."""
    found: list[discord.ui.Button[Any]] = []
    if facts.rung > FIRST:
        easier = EasierId(facts.guild_id, facts.rung)
        found.append(button(words.label("button.programme_easier"), easier, emoji="🪶"))
    other = ProgrammePart.GROW if facts.pace is Pace.HOLD else ProgrammePart.HOLD
    if facts.rung < TOP or other is ProgrammePart.GROW:
        label = words.label(f"button.programme_{other}")
        found.append(button(label, ProgrammeId(other, facts.guild_id)))
    return found


def _start_button(
    part: ProgrammePart, key: str, guild_id: GuildId, words: Words
) -> discord.ui.Button[Any]:
    style = discord.ButtonStyle.success
    return button(words.label(key), ProgrammeId(part, guild_id), style)
