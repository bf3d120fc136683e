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
    """Show everybody who stands where, and what the group did all together."""
    return Card(Accent.THANKS, *_blocks(facts, words))


def board_for_one(facts: Board, words: Words) -> Card:
    """Show a reader, alone, the board and below it their own place."""
    return Card(Accent.THANKS, *_blocks(facts, words), _own(facts, words))


def own_place(facts: Board, words: Words) -> Card:
    """Tell a reader, alone, where they stand on a board that all can see."""
    return Card(Accent.PLAIN, _own(facts, words))


def _blocks(facts: Board, words: Words) -> list[str | None]:
    rows = [_row(one, facts.metric, words) for one in facts.ranks]
    body = "\n".join(rows) if rows else words.say("board.empty")
    total = words.say(
        "board.total",
        sessions=words.count("board.sessions", facts.total_kept),
        time=words.duration(facts.total_minutes),
    )
    return [_head(facts, words), body, total if facts.total_kept else None]


def _own(facts: Board, words: Words) -> str | None:
    if facts.own is None:
        return words.say("board.own_none")
    place = words.say(
        "board.own", rank=facts.own.rank, value=_value(facts.own.value, facts.metric, words)
    )
    return lines(place, None if facts.own_shown else words.say("board.own_hidden"))


def _head(facts: Board, words: Words) -> Safe:
    metric = words.say(f"metric.{facts.metric}")
    if facts.period is None:
        return words.say("board.head", group=facts.group_name, metric=metric)
    period = words.say(f"period.{facts.period}", since=facts.since_on or "")
    return words.say("board.head_period", group=facts.group_name, metric=metric, period=period)


def _row(one: Rank, metric: Metric, words: Words) -> str:
    """Return a line; the rank in fixed width, so that names stand below one another."""
    name = words.name(one.name, NAME_COLUMNS)
    # The head says what is in a row: the number is enough here.
    plain = metric in (Metric.STREAK, Metric.BEST)
    value = words.number(one.value) if plain else _value(one.value, metric, words)
    return f"`{one.rank:>2}` **{name}** · {value}"


def _value(value: int, metric: Metric, words: Words) -> Safe:
    if metric is Metric.MINUTES:
        return words.duration(value)
    return words.count(f"board.value.{metric}", value)
