"""What a member is told, alone, right after answering."""

from __future__ import annotations

import discord

from bot.domain.checkin import PAIN, Answer
from bot.domain.ids import GuildId
from bot.domain.milestones import Milestone
from bot.domain.streak import Outcome
from bot.services.views import Receipt, UndoQuestion
from bot.ui.answers import answer_name, details_button
from bot.ui.card import PLACEHOLDER, Accent, Block, Card, Choice, button, choice, lines
from bot.ui.custom_ids import AgainId, PainId, UndoId
from bot.ui.escaping import Safe
from bot.ui.milestones import milestone
from bot.ui.rungs import own_walks
from bot.ui.words import Words

STRONG = 7
"""Pain of so many of ten is a doctor's matter."""


def receipt(
    facts: Receipt,
    words: Words,
    guild_id: GuildId,
    *,
    unread: str | None = None,
    sore: bool = False,
) -> Card:
    """Confirm an answer, say what it counts as, and offer to take it back.

    `unread` is an amount that could not be read, though everything else was kept; `sore` says that
    it hurt all the same.
    """
    told = None if unread is None else words.say("details.unread", given=unread)
    return Card(accent_of(facts), told, *receipt_blocks(facts, words, guild_id, sore=sore))


def receipt_blocks(
    facts: Receipt, words: Words, guild_id: GuildId, *, sore: bool = False
) -> list[Block]:
    """Return what a receipt consists of, for cards that say more."""
    sore = sore or facts.answer is Answer.SORE
    undo = UndoId(guild_id, facts.session_id, facts.changes)
    buttons = [
        button(words.label("button.undo"), undo, emoji="↩️"),
        details_button(guild_id, facts.session_id, words),
    ]
    if facts.own is not None and facts.own.to_go:
        again = AgainId(guild_id, facts.session_id, facts.changes)
        minutes = str(facts.own.minutes)
        buttons.append(button(words.label("button.again", minutes=minutes), again, emoji="👟"))
    return [
        lines(
            _head(facts, words),
            _what_it_counts(facts, words),
            *_details(facts, words),
            None if facts.own is None else own_walks(facts.own, words),
            *_reached(facts, words),
        ),
        _standing(facts, words),
        _pain_step(facts, words, guild_id) if sore and facts.may_undo else None,
        buttons if facts.may_undo else None,
    ]


def undo_question(facts: UndoQuestion, words: Words, guild_id: GuildId) -> Card:
    """Ask again before an undo that makes a miss; whoever wants to keep the answer does nothing."""
    sure = UndoId(guild_id, facts.session_id, facts.changes, sure=True)
    text = words.say(
        "undo.question",
        group=facts.group_name,
        at=facts.starts_at,
        answer=answer_name(facts.answer, words),
    )
    style = discord.ButtonStyle.danger
    return Card(Accent.CARE, text, [button(words.label("button.undo_sure"), sure, style)])


def accent_of(facts: Receipt) -> Accent:
    if facts.answer is Answer.SORE:
        return Accent.CARE
    return Accent.PLAIN if facts.answer is None else Accent.THANKS


def _head(facts: Receipt, words: Words) -> Safe:
    if facts.answer is None:
        return words.say("receipt.taken_back", group=facts.group_name, at=facts.starts_at)
    key = "receipt.back_to" if facts.undone else "receipt.head"
    return words.say(
        key,
        answer=answer_name(facts.answer, words),
        group=facts.group_name,
        at=facts.starts_at,
    )


def _what_it_counts(facts: Receipt, words: Words) -> str | None:
    match facts.answer:
        case Answer.DONE | Answer.PARTLY if facts.undone:
            return None
        case Answer.DONE | Answer.PARTLY:
            return _thanks(facts, words)
        case Answer.REST:
            return _rest(facts, words)
        case Answer.SORE:
            return words.pick("sore.", facts.session_id)
        case None:
            return None


def _reached(facts: Receipt, words: Words) -> list[Safe]:
    """Return a line for each milestone; a return after a break is in the thanks already."""
    found = (one for one in facts.milestones if one.milestone is not Milestone.BACK)
    return [milestone(one, words) for one in found]


def _thanks(facts: Receipt, words: Words) -> Safe:
    for one in facts.milestones:
        if one.milestone is Milestone.BACK:
            return milestone(one, words)
    if facts.comeback:
        # By what they kept so far: nobody hears the same twice running.
        return words.say(words.turn("comeback", facts.streak.kept))
    return words.say(f"receipt.{facts.answer}")


def _details(facts: Receipt, words: Words) -> list[str | None]:
    """Return what else was said, as it was understood."""
    said = facts.details
    amount = [
        None if said.activity is None else words.say(f"activity.{said.activity}"),
        None if said.minutes is None else words.duration(said.minutes),
        None if said.metres is None else words.distance(said.metres),
    ]
    shown = " · ".join(part for part in amount if part)
    return [
        words.say("receipt.written_down", said=Safe(shown)) if shown else None,
        None if said.effort is None else words.say("receipt.effort", effort=said.effort),
        None if said.pain is None else words.say("receipt.pain", pain=said.pain),
        words.say("pain.strong") if said.pain is not None and said.pain >= STRONG else None,
        None if said.note is None else words.say("receipt.note", note=said.note),
    ]


def _pain_step(facts: Receipt, words: Words, guild_id: GuildId) -> Choice:
    """Ask how strong it is, where it hurts: a step of its own, which nobody else sees."""
    ends = {PAIN[0]: "pain.none", PAIN[-1]: "pain.worst"}
    options = [
        (words.label(ends.get(pain, "pain.of_ten"), pain=str(pain)), str(pain)) for pain in PAIN
    ]
    known = "" if facts.details.pain is None else str(facts.details.pain)
    asked = words.label("pain.ask", PLACEHOLDER)
    return choice(options, known, PainId(guild_id, facts.session_id), asked)


def _rest(facts: Receipt, words: Words) -> Safe:
    """Say what a rest does to the streak, and why."""
    if facts.outcome is Outcome.REST:
        stays = "receipt.rest_free_streak" if facts.streak.current else "receipt.rest_free"
        return words.count(stays, facts.free_rests, streak=facts.streak.current)
    if facts.outcome is not Outcome.MISSED:
        return words.say("receipt.rest")
    if facts.covered:
        return words.say("receipt.rest_covered")
    if facts.settled:
        return words.say("receipt.rest_counted")
    if facts.at_stake:
        return words.count("receipt.rest_beyond_streak", facts.at_stake)
    return words.say("receipt.rest_beyond")


def _streak_key(facts: Receipt) -> str:
    """Return the words for a streak that stands, or that will once the session has closed."""
    counts_later = facts.answer is not None and facts.answer.kept and not facts.settled
    return "receipt.streak_then" if counts_later else "receipt.streak"


def _standing(facts: Receipt, words: Words) -> str | None:
    streak = facts.streak
    kept = facts.answer is not None and facts.answer.kept
    told = not streak.current or facts.outcome is Outcome.REST
    return lines(
        None if told else words.count(_streak_key(facts), streak.current),
        words.count("receipt.best", streak.best) if streak.best > streak.current > 0 else None,
        words.count("receipt.tokens", streak.tokens) if streak.tokens else None,
        words.say("receipt.joined_late") if facts.joined_late and not kept else None,
        words.say("receipt.settled") if facts.settled else None,
    )
