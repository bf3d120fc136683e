"""The nudge: still time today, for those who have not answered yet."""

from __future__ import annotations

from datetime import datetime

from bot.services.views import Nudge
from bot.ui.answers import answer_row, me_button
from bot.ui.card import Accent, Buttons, Card, lines
from bot.ui.escaping import mention, timestamp
from bot.ui.words import Words

ROWS = 3
"""Sessions whose buttons a nudge carries; members find the rest under /checkin."""
PINGS = 100
"""Discord pings at most so many people in one message."""


def nudge(facts: Nudge, words: Words) -> Card:
    """Post to the group; above the card stand those whom it pings, and nobody else."""
    pinged = facts.pinged[:PINGS]
    return Card(
        Accent.ENCOURAGEMENT,
        _text(facts, words),
        *_rows(facts, words),
        before=" ".join(mention(user_id) for user_id in pinged) or None,
        pinged=pinged,
    )


def nudge_dm(facts: Nudge, words: Words) -> Card:
    """Write to one member who asked for direct messages."""
    return Card(Accent.ENCOURAGEMENT, _text(facts, words), *_rows(facts, words))


def later(at: datetime, words: Words) -> Card:
    """Confirm that somebody is asked again, and when."""
    return Card(Accent.PLAIN, words.say("later.planned", at=timestamp(at, "t")))


def _text(facts: Nudge, words: Words) -> str | None:
    return lines(
        words.say("encouragement.head", group=facts.group_name),
        words.say(facts.wording),
        words.say("nudge.until", closes=facts.closes_at),
    )


def _rows(facts: Nudge, words: Words) -> list[str | Buttons]:
    """Return each open session's buttons, with its time where there are several, and `/me`."""
    rows: list[str | Buttons] = []
    sessions = list(zip(facts.session_ids, facts.starts_at, strict=True))[:ROWS]
    for session_id, starts_at in sessions:
        if len(sessions) > 1:
            rows.append(words.say("nudge.session_at", at=timestamp(starts_at, "t")))
        rows.append(answer_row(facts.guild_id, session_id, words))
    return [*rows, [me_button(facts.guild_id, facts.moment_id, words)]]
