"""The leaderboard as a card: a picture with what one can press, and its twin in text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import discord

from bot.domain.ranking import Metric, Period, Rank
from bot.services.views import Board
from bot.ui.card import ALT_LENGTH, Accent, Block, Buttons, Card, Choice, Picture, button, choice
from bot.ui.card import lines as joined
from bot.ui.custom_ids import BoardId, BoardPart
from bot.ui.escaping import Safe, plain
from bot.ui.words import Words

NAME_COLUMNS = 28
"""Columns of a name, so that a line stays a line on a telephone."""
LABEL = 100
"""Discord's limit for the label of an option."""
FILE = "board.png"
_SHORTEST_NAME = 8


def board(facts: Board, words: Words, png: bytes | None = None) -> Card:
    """Show everybody who stands where, and what the group did all together."""
    return Card(Accent.THANKS, *_shown(facts, words, png), *_controls(facts, words, png))


def board_for_one(facts: Board, words: Words, png: bytes | None = None) -> Card:
    """Show a reader, alone, the board and below it their own place."""
    return Card(
        Accent.THANKS,
        *_shown(facts, words, png),
        _own(facts, words),
        *_controls(facts, words, png),
    )


def board_in_words(facts: Board, words: Words) -> Card:
    """Tell a reader, alone, everything that stands in the picture, and their own place."""
    return Card(Accent.THANKS, *_text(facts, words), _own(facts, words))


def picture_of(facts: Board, words: Words, png: bytes) -> Picture:
    """Return the picture with its description."""
    return Picture(FILE, png, alt(facts, words))


def as_text(facts: Board, words: Words, png: bytes | None) -> Buttons:
    """Return, for a picture, the button that tells its presser, alone, what stands in it."""
    if png is None:
        return []
    return [button(words.label("button.as_text"), _id(facts, BoardPart.TEXT))]


def own_place(facts: Board, words: Words) -> Card:
    """Tell a reader, alone, where they stand on a board that all can see."""
    return Card(Accent.PLAIN, _own(facts, words))


def heading(facts: Board, words: Words) -> str:
    """Return whose board it is, unescaped."""
    return words.label("board.server") if facts.group_name is None else facts.group_name


def subject(facts: Board, words: Words) -> Safe:
    """Return what is compared, and over which time."""
    metric = words.say(f"metric.{facts.metric}")
    span = span_of(facts, words)
    return metric if span is None else words.say("board.subject", metric=metric, period=span)


def span_of(facts: Board, words: Words) -> Safe | None:
    """Return the time that is looked at; None where the metric has none."""
    on = facts.since_on
    match facts.period:
        case None:
            return None
        case Period.WEEK if on is not None:
            return words.say("period.week", since=words.day(on))
        case Period.MONTH if on is not None:
            return words.say("period.month", month=words.month(on))
        case _:
            return words.say("period.all")


def empty(facts: Board, words: Words) -> Safe:
    """Return what stands on a board on which nobody stands."""
    if facts.total_kept:
        return words.say("board.nobody_shown")
    return words.say("board.empty_then" if facts.over else "board.empty")


def alt(facts: Board, words: Words) -> str:
    """Return what the picture shows; long names are cut so that every rank has its place."""
    width = NAME_COLUMNS
    text = _alt(facts, words, width)
    while len(text) > ALT_LENGTH and width > _SHORTEST_NAME:
        width -= 4
        text = _alt(facts, words, width)
    return plain(text, ALT_LENGTH)


def _alt(facts: Board, words: Words, width: int) -> str:
    rows = [
        words.say(
            "alt.rank",
            rank=one.rank,
            name=Safe(plain(one.name, width)) or words.say("name.blank"),
            value=_value(one.value, facts.metric, words),
        )
        for one in facts.ranks
    ]
    title = Safe(plain(heading(facts, words), 4 * width))
    head = words.say("alt.board", title=title, subject=subject(facts, words))
    body = words.say("alt.ranks", ranks=Safe("; ".join(rows))) if rows else empty(facts, words)
    parts = [head, body, _total(facts, words, "alt.total")]
    return " ".join(part for part in parts if part)


def _shown(facts: Board, words: Words, png: bytes | None) -> list[Block]:
    if png is None:
        return [*_text(facts, words)]
    return [picture_of(facts, words, png)]


def _text(facts: Board, words: Words) -> list[str | None]:
    rows = [_row(one, facts.metric, words) for one in facts.ranks]
    head = words.say("board.head", group=heading(facts, words), subject=subject(facts, words))
    body = "\n".join(rows) if rows else empty(facts, words)
    return [head, body, _total(facts, words, "board.total")]


def _total(facts: Board, words: Words, key: str) -> Safe | None:
    if not facts.total_kept:
        return None
    sessions = words.count("board.sessions", facts.total_kept)
    return words.say(key, sessions=sessions, time=words.duration(facts.total_minutes))


def _own(facts: Board, words: Words) -> str | None:
    if facts.own is None:
        return words.say("board.own_none_then" if facts.over else "board.own_none")
    place = words.say(
        "board.own", rank=facts.own.rank, value=_value(facts.own.value, facts.metric, words)
    )
    return joined(place, None if facts.own_shown else words.say("board.own_hidden"))


def _row(one: Rank, metric: Metric, words: Words) -> str:
    """Return a line; the rank in fixed width, so that names stand below one another."""
    name = words.name(one.name, NAME_COLUMNS)
    # The head says what is in a row: the number is enough here.
    bare = metric in (Metric.STREAK, Metric.BEST)
    value = words.number(one.value) if bare else _value(one.value, metric, words)
    return f"`{one.rank:>2}` **{name}** · {value}"


def _value(value: int, metric: Metric, words: Words) -> Safe:
    if metric is Metric.MINUTES:
        return words.duration(value)
    return words.count(f"board.value.{metric}", value)


def _controls(facts: Board, words: Words, png: bytes | None) -> list[Block]:
    """Return what can be pressed: another metric, another time, everyone, and the text."""
    return [
        _metrics(facts, words),
        _periods(facts, words) if facts.period is not None else None,
        [*_paging(facts, words), *_scope(facts, words), *as_text(facts, words, png)],
    ]


def _metrics(facts: Board, words: Words) -> Choice:
    options = [(words.label(f"metric.{one}", LABEL), one.value) for one in Metric]
    return choice(options, facts.metric.value, _id(facts, BoardPart.METRIC))


def _periods(facts: Board, words: Words) -> Choice:
    options = [(words.label(f"board.period.{one}", LABEL), one.value) for one in Period]
    # Picking what stands there already would do nothing: from the past it leads back to today.
    chosen = "" if facts.over or facts.period is None else facts.period.value
    placeholder = span_of(facts, words) if facts.over else None
    return choice(options, chosen, _id(facts, BoardPart.PERIOD), placeholder)


def _paging(facts: Board, words: Words) -> Buttons:
    if facts.since_on is None:
        return []

    def turn(part: BoardPart) -> discord.ui.Button[Any]:
        on = facts.earlier_on if part is BoardPart.EARLIER else facts.later_on
        target = _id(facts, part, on=on or facts.since_on)
        return button(words.label(f"board.{part}"), target, disabled=on is None)

    return [turn(BoardPart.EARLIER), turn(BoardPart.LATER)]


def _scope(facts: Board, words: Words) -> Buttons:
    if facts.asked.group_id is None:
        return []
    whole = facts.asked.whole_server
    label = words.label("board.to_group" if whole else "board.to_server")
    return [button(label, _id(facts, BoardPart.SCOPE, whole_server=not whole))]


def _id(
    facts: Board,
    part: BoardPart,
    *,
    on: date | None = None,
    whole_server: bool | None = None,
) -> BoardId:
    asked = facts.asked
    if on is not None:
        asked = replace(asked, on=on)
    if whole_server is not None:
        asked = replace(asked, whole_server=whole_server)
    return BoardId(part, facts.guild_id, asked)
