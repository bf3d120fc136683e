"""The leaderboard in text: the twin of the picture, and readable without it."""

from __future__ import annotations

from bot.domain.ranking import Metric, Rank
from bot.services.views import Board
from bot.ui.card import Accent, Card, lines
from bot.ui.escaping import Safe
from bot.ui.words import Words

NAME_COLUMNS = 28
"""Columns of a name, so that a line stays a line on a telephone."""


def board(facts: Board, words: Words) -> Card:
    """Show who stands where, and what the group did all together."""
    rows = [_row(one, facts.metric, words) for one in facts.ranks]
    body = "\n".join(rows) if rows else words.say("board.empty")
    total = words.say(
        "board.total",
        sessions=words.count("board.sessions", facts.total_kept),
        time=words.duration(facts.total_minutes),
    )
    return Card(Accent.THANKS, _head(facts, words), body, total if facts.total_kept else None)


def own_place(facts: Board, words: Words) -> Card:
    """Tell a reader, alone, where they stand."""
    if facts.own is None:
        return Card(Accent.PLAIN, words.say("board.own_none"))
    place = words.say(
        "board.own", rank=facts.own.rank, value=_value(facts.own.value, facts.metric, words)
    )
    hidden = None if facts.own_shown else words.say("board.own_hidden")
    return Card(Accent.PLAIN, lines(place, hidden))


def _head(facts: Board, words: Words) -> Safe:
    metric = words.say(f"metric.{facts.metric}")
    if facts.period is None:
        return words.say("board.head", group=facts.group_name, metric=metric)
    period = words.say(f"period.{facts.period}", since=facts.since_on or "")
    return words.say("board.head_period", group=facts.group_name, metric=metric, period=period)


def _row(one: Rank, metric: Metric, words: Words) -> str:
    """Return a line; the rank in fixed width, so that names stand below one another."""
    name = words.name(one.name, NAME_COLUMNS)
    return f"`{one.rank:>2}` **{name}** · {_value(one.value, metric, words)}"


def _value(value: int, metric: Metric, words: Words) -> Safe:
    if metric is Metric.MINUTES:
        return words.duration(value)
    return words.count(f"board.value.{metric}", value)
