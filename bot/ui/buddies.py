"""Buddies: the week side by side, cheers, and what can be done about it."""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.checkin import Answer
from bot.domain.ids import GroupId, GuildId, MembershipId, MomentId
from bot.domain.streak import Outcome
from bot.services.buddies import Asking, BuddyView, BuddyWeek
from bot.services.cheering import CheerGiven
from bot.ui.answers import EMOJI
from bot.ui.card import Accent, Block, Buttons, Card, button, lines
from bot.ui.custom_ids import BuddyId, BuddyReplyId, BuddyStep, CheerId, CheerNamedId
from bot.ui.escaping import Safe
from bot.ui.words import Words

CHEER = "👏"
_NOTHING = "▫️"
_MISSED = "🔸"
ASKING = 3
"""People who ask that stand on the card with their buttons at most."""
NAME_IN_BUTTON = 24
"""Columns of a name in a button."""


def buddies(facts: BuddyView, words: Words, asked: str | None = None) -> Card:
    """Show a member how they stand with buddies; `asked` is whom they have just asked."""
    return Card(
        Accent.PLAIN,
        words.say("buddy.head", group=facts.group_name),
        words.say("buddy.asked", name=words.name(asked)) if asked else _standing(facts, words),
        *_weeks(facts, words),
        *_asking(facts, words),
        _steps(facts, words),
    )


def cheered(facts: CheerGiven, words: Words) -> Card:
    """Confirm a cheer."""
    return Card(Accent.THANKS, words.say("cheer.given", names=words.names(facts.names)))


def rotation_set(group_name: str, words: Words, *, monthly: bool) -> Card:
    """Confirm to an organiser whether buddies change every month."""
    key = "buddy.monthly" if monthly else "buddy.stay"
    return Card(Accent.THANKS, words.say(key, group=group_name))


def cheer_named_button(
    guild_id: GuildId, moment_id: MomentId, words: Words
) -> discord.ui.Button[Any]:
    """Return the button that cheers everybody who is named in a message."""
    return button(words.label("button.cheer"), CheerNamedId(guild_id, moment_id), emoji=CHEER)


def cheer_button(
    guild_id: GuildId, membership_id: MembershipId, name: str, words: Words
) -> discord.ui.Button[Any]:
    """Return the button that cheers one member."""
    label = words.label("button.cheer_named", NAME_IN_BUTTON + 8, name=name)
    return button(label, CheerId(guild_id, membership_id), emoji=CHEER)


def buddy_button(guild_id: GuildId, group_id: GroupId, words: Words) -> discord.ui.Button[Any]:
    """Return the button that shows how one stands with buddies."""
    custom_id = BuddyId(BuddyStep.SHOW, guild_id, group_id)
    return button(words.label("button.buddy"), custom_id, emoji="🤝")


def reply_buttons(
    guild_id: GuildId, membership_id: MembershipId, name: str, words: Words
) -> Buttons:
    """Return the buttons that answer somebody who wants to be one's buddy."""
    yes = words.label("button.buddy_yes", NAME_IN_BUTTON + 12, name=name)
    style = discord.ButtonStyle.success
    return [
        button(yes, BuddyReplyId(guild_id, membership_id, agrees=True), style),
        button(words.label("button.buddy_no"), BuddyReplyId(guild_id, membership_id, agrees=False)),
    ]


def _standing(facts: BuddyView, words: Words) -> Safe | None:
    if facts.buddies:
        names = words.names(one.name for one in facts.buddies)
        return words.say("buddy.tells" if facts.tells else "buddy.hushes", names=names)
    if facts.asked is not None:
        return words.say("buddy.asked", name=words.name(facts.asked))
    return words.say("buddy.waiting" if facts.wants else "buddy.none")


def _weeks(facts: BuddyView, words: Words) -> list[Block]:
    """Return the weeks side by side, the reader's own first."""
    if not facts.buddies:
        return []
    mine = _week(facts.mine, words, words.say("buddy.you"))
    others = [_week(one, words, words.name(one.name)) for one in facts.buddies]
    cheers = [
        cheer_button(facts.guild_id, one.membership_id, one.name, words) for one in facts.buddies
    ]
    return [lines(mine, *others), cheers]


def _week(week: BuddyWeek, words: Words, name: Safe) -> Safe:
    days = "".join(_mark(one) for one in week.days)
    length = words.duration(week.minutes) if week.minutes else None
    kept = words.count("buddy.kept", week.kept)
    figures = Safe(" · ".join(part for part in (kept, length) if part))
    return words.say("buddy.week", days=Safe(days), name=name, figures=figures)


def _mark(day: Answer | Outcome | None) -> str:
    if isinstance(day, Answer):
        return EMOJI[day]
    return _NOTHING if day is None else _MISSED


def _asking(facts: BuddyView, words: Words) -> list[Block]:
    def block(one: Asking) -> list[Block]:
        asks = words.say("buddy.asks", name=words.name(one.name))
        return [asks, reply_buttons(facts.guild_id, one.membership_id, one.name, words)]

    return [part for one in facts.asking[:ASKING] for part in block(one)]


def _steps(facts: BuddyView, words: Words) -> Buttons:
    def step(which: BuddyStep, style: discord.ButtonStyle) -> discord.ui.Button[Any]:
        custom_id = BuddyId(which, facts.guild_id, facts.group_id)
        return button(words.label(f"button.buddy_{which}"), custom_id, style)

    quiet = discord.ButtonStyle.secondary
    if not facts.wants:
        return [step(BuddyStep.JOIN, discord.ButtonStyle.success)]
    tell = step(BuddyStep.HUSH if facts.tells else BuddyStep.TELL, quiet)
    swap = [step(BuddyStep.SWAP, quiet)] if facts.buddies else []
    return [*swap, tell, step(BuddyStep.STOP, quiet)]
