"""What a member is told without having asked: a line with their next private answer, or a letter.

`with_notices` is the one way for the first: answers that members get for being members, where
nothing else needs the room, go through it (`cogs.base.AmbleCog.tell`).
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.absence import Absence
from bot.domain.correction import Said
from bot.domain.ids import GuildId, MomentId
from bot.domain.programme import Review
from bot.services.views import NoticeView, PauseMade
from bot.ui.answers import answer_name, me_button
from bot.ui.card import Accent, Card, fitting
from bot.ui.escaping import Safe, escaped
from bot.ui.rungs import programme_button, review_text
from bot.ui.words import Words

ROOM = 700
"""Characters for notices beside an answer; what does not fit waits for the next one."""


def with_notices(
    card: Card, waiting: Sequence[NoticeView], words: Words
) -> tuple[Card, Sequence[NoticeView]]:
    """Add to a private answer what waits to be told, oldest first; return which of it that was."""
    shown, _ = fitting((notice_line(one, words) for one in waiting), ROOM)
    if shown:
        card.add_item(discord.ui.TextDisplay("\n".join(shown)))
    return card, waiting[: len(shown)]


def notice_line(facts: NoticeView, words: Words) -> Safe:
    """Return a notice on one line."""
    told = facts.told
    if isinstance(told, Review):
        return words.say("notice.reviewed", review=review_text(told, words))
    if isinstance(told, Absence):
        days = absence_days(told, words)
        return words.say("notice.paused", group=facts.group_name, days=days, why=told.why)
    return words.say(
        "notice.corrected",
        group=facts.group_name,
        at=told.starts_at,
        before=said_name(told.before, words),
        after=said_name(told.after, words),
        why=told.why,
    )


def notice_dm(facts: NoticeView, guild_id: GuildId, moment_id: MomentId, words: Words) -> Card:
    """Write to one member who asked for direct messages; by its button it is found again."""
    told = facts.told
    mine = me_button(guild_id, moment_id, words)
    if isinstance(told, Review):
        text = words.say("notice.reviewed_dm", review=review_text(told, words))
        return Card(Accent.THANKS, text, [programme_button(guild_id, words), mine])
    why = escaped(told.why, 2 * len(told.why))
    if isinstance(told, Absence):
        days = absence_days(told, words)
        text = words.say("notice.paused_dm", group=facts.group_name, days=days, why=why)
    else:
        text = words.say(
            "notice.corrected_dm",
            group=facts.group_name,
            at=told.starts_at,
            before=said_name(told.before, words),
            after=said_name(told.after, words),
            why=why,
        )
    return Card(Accent.PLAIN, text, [mine])


def absence_days(told: Absence | PauseMade, words: Words) -> Safe:
    """Return the days of a pause, which may be without an end."""
    if told.last_on is None:
        return words.say("pause.days_open", first=told.first_on)
    return words.dates(told.first_on, told.last_on)


def said_name(said: Said, words: Words) -> Safe:
    """Return an answer with its mark, and how long it lasted where that was said."""
    if said.answer is None:
        return words.say("answer.none")
    name = answer_name(said.answer, words)
    if said.minutes is None:
        return name
    return words.say("answer.with_length", answer=name, length=words.duration(said.minutes))
