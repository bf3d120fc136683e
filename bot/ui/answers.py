"""The four answers as buttons; each differs in shape as well as colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord

from bot.domain.checkin import Answer, SessionState
from bot.domain.ids import GuildId, MomentId, SessionId
from bot.services.views import Upcoming
from bot.ui.card import Buttons, button
from bot.ui.custom_ids import AnswerId, DetailsId, LaterId, MeId
from bot.ui.escaping import Safe, escaped, timestamp
from bot.ui.words import Words

EMOJI = {Answer.DONE: "✅", Answer.PARTLY: "🌗", Answer.REST: "💤", Answer.SORE: "🩹"}
_STYLES = {Answer.DONE: discord.ButtonStyle.success, Answer.PARTLY: discord.ButtonStyle.primary}


def answer_row(
    guild_id: GuildId, session_id: SessionId, words: Words, *, too_early: bool = False
) -> Buttons:
    """Return the buttons that answer a session; beforehand those that say one will not be there."""
    return [
        _answer_button(AnswerId(guild_id, session_id, one), words)
        for one in Answer
        if not (too_early and one.kept)
    ]


def more_row(
    guild_id: GuildId, session_id: SessionId, words: Words, *, live: bool = True
) -> Buttons:
    """Return what stands under a session's answers: say more, and be asked again while it lives."""
    later = button(words.label("button.later"), LaterId(guild_id, session_id), emoji="⏰")
    return [details_button(guild_id, session_id, words), *([later] if live else [])]


def details_button(
    guild_id: GuildId, session_id: SessionId, words: Words
) -> discord.ui.Button[Any]:
    """Return the button that opens the form in which one says more."""
    return button(words.label("button.details"), DetailsId(guild_id, session_id), emoji="📝")


def answer_rows(sessions: Iterable[Upcoming], words: Words) -> list[str | Buttons]:
    """Return, for each session, what and when it is, and below it its buttons if it has any yet."""
    blocks: list[str | Buttons] = []
    for session in sessions:
        blocks.append(session_line(session, words))
        if session.session_id is not None:
            asked = (session.guild_id, session.session_id, words)
            blocks.append(answer_row(*asked, too_early=session.too_early))
    return blocks


def me_button(guild_id: GuildId, moment_id: MomentId, words: Words) -> discord.ui.Button[Any]:
    """Return the button that opens one's own page."""
    return button(words.label("button.me"), MeId(guild_id, moment_id), emoji="👣")


def session_line(session: Upcoming, words: Words, *, with_group: bool = True) -> Safe:
    """Return a session's time, activity and group on one line, and how the reader answered it."""
    called_off = session.state is SessionState.CALLED_OFF
    line = words.say(
        "session.line_called_off" if called_off else "session.line",
        what=what(session, words),
        at=timestamp(session.starts_at),
        away=timestamp(session.starts_at, "R"),
    )
    group = escaped(session.group_name) if with_group else None
    given = None if called_off else session.answer
    answer = None if given is None else answer_name(given, words)
    return Safe(" · ".join(part for part in (line, group, answer) if part))


def what(session: Upcoming, words: Words) -> Safe:
    """Return activity and length: "Walk, 20 minutes"."""
    activity = words.say(f"activity.{session.activity}")
    return words.say("session.what", activity=activity, length=words.duration(session.minutes))


def answer_name(answer: Answer, words: Words) -> Safe:
    """Return an answer with its mark."""
    return Safe(f"{EMOJI[answer]} {words.say(f'answer.{answer}')}")


def _answer_button(custom_id: AnswerId, words: Words) -> discord.ui.Button[Any]:
    answer = custom_id.answer
    style = _STYLES.get(answer, discord.ButtonStyle.secondary)
    return button(words.label(f"answer.{answer}"), custom_id, style, EMOJI[answer])
