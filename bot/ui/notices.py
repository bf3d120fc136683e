"""What a member is told without having asked: a line with their next private answer, or a letter.

`with_notices` is the one way for the first: answers that members get for being members, where
nothing else needs the room, go through it (`cogs.base.AmbleCog.tell`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.absence import Absence
from bot.domain.correction import Correction, Said
from bot.domain.ids import MomentId
from bot.domain.programme import Review
from bot.services.told import (
    BuddyAsked,
    BuddyMissed,
    Cheered,
    NewBuddies,
    NoticeView,
    Told,
    WayBack,
    WithoutBuddy,
)
from bot.services.views import PauseMade
from bot.ui.answers import answer_name, me_button
from bot.ui.buddies import buddy_button, cheer_button, reply_buttons
from bot.ui.card import Accent, Buttons, Card, fitting
from bot.ui.escaping import Safe, escaped
from bot.ui.people import people
from bot.ui.rungs import programme_button, review_text
from bot.ui.way_back import way_buttons
from bot.ui.words import Words

ROOM = 900
"""Characters for notices beside an answer; what does not fit waits for the next one."""
AT_ONCE = 3
"""Notices beside an answer at most: with their buttons more would bury it."""
COMPONENTS = 40
"""Discord's limit for all that a message is made of."""
CHEERERS = 8
"""Names of those who cheered at most; the others are a number."""
WARM = (NewBuddies, BuddyMissed, Cheered, WayBack)
"""What is told in the colour of kind words."""


def with_notices(
    card: Card, waiting: Sequence[NoticeView], words: Words
) -> tuple[Card, Sequence[NoticeView]]:
    """Add to a private answer what waits to be told, oldest first; return which of it that was."""
    fit, _ = fitting((notice_line(one, words) for one in waiting), ROOM)
    shown: list[NoticeView] = []
    # Discord takes no two buttons with one id in a message.
    standing = {getattr(item, "custom_id", None) for item in card.walk_children()}
    for line, one in zip(fit[:AT_ONCE], waiting, strict=False):
        buttons = [each for each in _buttons(one, words) if each.custom_id not in standing]
        rows = [discord.ui.ActionRow[Any](*buttons)] if buttons else []
        if card.total_children_count + 1 + len(rows) + len(buttons) > COMPONENTS:
            break
        standing.update(each.custom_id for each in buttons)
        for item in (discord.ui.TextDisplay[Any](line), *rows):
            card.add_item(item)
        shown.append(one)
    return card, shown


def notice_line(facts: NoticeView, words: Words) -> Safe:
    """Return a notice on one line."""
    told = facts.told
    match told:
        case Absence():
            days = absence_days(told, words)
            return words.say("notice.paused", group=facts.group_name, days=days, why=told.why)
        case Correction():
            return words.say(
                "notice.corrected", group=facts.group_name, why=told.why, **_said(told, words)
            )
        case Review():
            # It is the member's own, not a group's.
            return words.say("notice.reviewed", review=review_text(told, words))
        case _:
            return words.say("notice.line", group=facts.group_name, text=_text(told, words))


def notice_dm(facts: NoticeView, moment_id: MomentId, words: Words) -> Card:
    """Write to one member who asked for direct messages; by its button it is found again."""
    told = facts.told
    match told:
        case Absence():
            days, why = absence_days(told, words), escaped(told.why, 2 * len(told.why))
            text = words.say("notice.paused_dm", group=facts.group_name, days=days, why=why)
        case Correction():
            why = escaped(told.why, 2 * len(told.why))
            said = _said(told, words)
            text = words.say("notice.corrected_dm", group=facts.group_name, why=why, **said)
        case Review():
            text = words.say("notice.reviewed_dm", review=review_text(told, words))
        case _:
            head = words.say("encouragement.head", group=facts.group_name)
            text = Safe(f"{head}\n{_text(told, words)}")
    accent = Accent.ENCOURAGEMENT if isinstance(told, WARM) else Accent.PLAIN
    own_page = me_button(facts.guild_id, moment_id, words)
    return Card(accent, text, _buttons(facts, words), [own_page])


def _text(told: Told, words: Words) -> Safe:
    """Return what is told of buddies, cheers and ways back."""
    match told:
        case NewBuddies():
            return words.say("notice.paired", names=words.names(told.names))
        case WithoutBuddy():
            return words.say("notice.alone")
        case BuddyAsked():
            return words.say("notice.buddy_asked", name=words.name(told.name))
        case BuddyMissed():
            key = words.turn("buddy.miss", told.turn)
            return words.say(key, name=words.name(told.name))
        case Cheered():
            who = people(told.names[:CHEERERS], len(told.names), words)
            return words.say(words.turn("cheered", told.turn), who=who)
        case WayBack():
            return words.say(words.turn("dm.way_back", told.turn))
        case _:
            raise TypeError(type(told))


def _buttons(facts: NoticeView, words: Words) -> Buttons:
    """Return what can be done about a notice there and then."""
    guild_id, group_id, told = facts.guild_id, facts.group_id, facts.told
    match told:
        case NewBuddies():
            return [buddy_button(guild_id, group_id, words)]
        case BuddyAsked():
            return reply_buttons(guild_id, told.membership_id, told.name, words)
        case BuddyMissed():
            return [cheer_button(guild_id, told.membership_id, told.name, words)]
        case WayBack():
            return way_buttons(guild_id, group_id, words)
        case Review():
            return [programme_button(guild_id, words)]
        case _:
            return []


def _said(told: Correction, words: Words) -> dict[str, object]:
    return {
        "at": told.starts_at,
        "before": said_name(told.before, words),
        "after": said_name(told.after, words),
    }


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
