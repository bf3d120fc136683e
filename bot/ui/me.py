"""One's own page: streaks, the week, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.checkin import SessionState
from bot.services.views import Membership, Upcoming
from bot.ui.answers import answer_rows, session_line
from bot.ui.card import Accent, Card, fitting, lines
from bot.ui.escaping import timestamp
from bot.ui.words import Words

ROOM = 2600
"""Characters for what is told of each group."""
NEXT = 2
"""Coming sessions shown of each group."""
OPEN_ROWS = 2
"""Open sessions whose buttons stand below."""


def me(memberships: Sequence[Membership], words: Words) -> Card:
    """Show a member how they are doing, with buttons for what is still to be answered."""
    if not memberships:
        return Card(Accent.PLAIN, words.say("me.nothing"))
    sections, more = fitting((_section(one, words) or "" for one in memberships), ROOM)
    waiting = [
        session
        for one in memberships
        for session in one.upcoming
        if session.state is SessionState.OPEN and session.answer is None
    ]
    rows = answer_rows(waiting[:OPEN_ROWS], words)
    return Card(
        Accent.THANKS,
        *sections,
        words.count("list.more", more) if more else None,
        *([words.say("me.waiting"), *rows] if rows else []),
    )


def paused(group_name: str, first_on: date, last_on: date | None, words: Words) -> Card:
    """Confirm a pause, and say that nothing is lost by it."""
    if last_on is None:
        text = words.say("pause.open", group=group_name, first=first_on)
    else:
        text = words.say("pause.until", group=group_name, first=first_on, last=last_on)
    return Card(Accent.THANKS, text)


def resumed(group_name: str, words: Words, *, under_way: bool) -> Card:
    """Welcome somebody back from a pause, or confirm that a planned one is called off."""
    key = "pause.ended" if under_way else "pause.called_off"
    return Card(Accent.THANKS, words.say(key, group=group_name))


def _section(one: Membership, words: Words) -> str | None:
    return lines(
        words.say("me.head", group=one.group_name, since=timestamp(one.joined_at, "D")),
        _figures(one, words),
        words.say("me.week", kept=one.week_kept, goal=one.wishes.goal),
        _pause(one.paused_until_on, words),
        *(_coming(session, words) for session in one.upcoming[:NEXT]),
    )


def _figures(one: Membership, words: Words) -> str:
    streak = one.streak
    figures = [
        ("me.streak", streak.current),
        ("me.best", streak.best),
        ("me.weeks", one.weeks),
        ("me.tokens", streak.tokens),
    ]
    told = [words.count(key, figure) for key, figure in figures if figure]
    return " · ".join(told) or words.say("me.fresh")


def _pause(until_on: date | None, words: Words) -> str | None:
    if until_on is None:
        return None
    return (
        words.say("me.paused")
        if until_on == date.max
        else words.say("me.paused_until", on=until_on)
    )


def _coming(session: Upcoming, words: Words) -> str:
    return f"• {session_line(session, words, with_group=False)}"
