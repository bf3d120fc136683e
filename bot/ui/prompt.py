"""The prompt that members answer, and the same question asked by a command."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.domain.checkin import MEMBER_WINDOW, SessionState
from bot.domain.guide import guide_to
from bot.services.views import Prompt, Upcoming
from bot.ui.answers import answer_row, answer_rows, more_row
from bot.ui.card import Accent, Card, lines
from bot.ui.escaping import CHOICE_WIDTH, Safe, plain, timestamp
from bot.ui.guide import guide_button
from bot.ui.milestones import honours, together
from bot.ui.people import people
from bot.ui.words import Words

ROWS = 5
"""Sessions that are asked for in one card; more would be a wall of buttons."""


def prompt(facts: Prompt, words: Words) -> Card:
    """Ask the group how the session went; the same card for posting and for redrawing."""
    off = facts.state is SessionState.CALLED_OFF
    asked = (facts.guild_id, facts.session_id, words)
    live = facts.state in (SessionState.PLANNED, SessionState.OPEN)
    guide = guide_button(guide_to(facts.activity), words)
    rows = () if off else (answer_row(*asked), [*more_row(*asked, live=live), guide])
    told = lines(words.say("prompt.late") if facts.late else None, *_tally(facts, words))
    return Card(Accent.PROMPT, _head(facts, words), told, *rows, _foot(facts, words))


def to_answer(sessions: Sequence[Upcoming], words: Words) -> Card:
    """Ask which session is meant, with the buttons of each."""
    if not sessions:
        return Card(Accent.PLAIN, words.say("checkin.nothing"))
    rows = answer_rows(sessions[:ROWS], words)
    return Card(Accent.PROMPT, words.say("checkin.which"), *rows)


def session_label(session: Upcoming, zone: ZoneInfo, words: Words) -> str:
    """Return a session in plain text, in the wall-clock time of `zone`, for a list of choices."""
    local = session.starts_at.astimezone(zone)
    at = format_datetime(local, "EEE d MMM, HH:mm", locale=words.locale)
    return plain(f"{at} · {session.group_name}", CHOICE_WIDTH)


def _head(facts: Prompt, words: Words) -> Safe:
    return words.say(
        "prompt.head",
        group=facts.group_name,
        activity=words.say(f"activity.{facts.activity}"),
        length=words.duration(facts.minutes),
        at=timestamp(facts.starts_at, "t"),
        away=timestamp(facts.starts_at, "R"),
    )


def _tally(facts: Prompt, words: Words) -> list[str]:
    tally = facts.tally
    told: list[str] = []
    if tally.came:
        who = people(tally.names, tally.came, words)
        told.append(words.say(f"prompt.came.{facts.activity}", who=who))
    if tally.everyone:
        told.append(words.pick("everyone_came.", facts.session_id))
    if told_of := honours(tally.honours, words):
        told.append(told_of)
    if tally.together is not None:
        told.append(together(tally.together, words))
    if tally.resting:
        told.append(words.count("prompt.resting", tally.resting))
    return told


def _foot(facts: Prompt, words: Words) -> Safe:
    match facts.state:
        case SessionState.PLANNED | SessionState.OPEN:
            return words.say("prompt.open", closes=timestamp(facts.closes_at))
        case SessionState.SETTLED:
            until = timestamp(facts.closes_at + MEMBER_WINDOW)
            return words.say("prompt.settled", until=until)
        case SessionState.CALLED_OFF:
            return words.say("prompt.called_off")
        case SessionState.VOID:
            until = timestamp(facts.closes_at + MEMBER_WINDOW)
            return words.say("prompt.void", until=until)
