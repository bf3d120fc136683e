"""The leaderboard as a picture; its twin in text is `bot.ui.board`."""

from __future__ import annotations

from collections.abc import Iterator

from babel.units import format_unit

from bot.domain.ranking import Metric, Period
from bot.services.views import Board
from bot.ui.board import empty, heading, span_of
from bot.ui.pictures.lettering import fitted, measured, sized, wrapped, written
from bot.ui.pictures.svg import (
    DARK,
    GREEN,
    INSIDE,
    LINE,
    MARGIN,
    MUTED,
    PANEL,
    TEXT,
    TITLE,
    WIDTH,
    circle,
    clipped,
    picture,
    rect,
    text,
)
from bot.ui.words import Words

ROOM = 200
"""Columns for what the catalogue says; what is too wide is cut by measure."""
_HEAD = 136
_ROW = 60
_STEP = 68
_EDGE = 24
_NAME_X = 100
_BAR_X = 416
_LATEST_BAR_X = 560
"""Where bars begin beside the longest names: a name says more than a bar."""
_SHORTEST_BAR = 72
_NAME = (24, 22, 20)
"""Sizes of a name, large ones first."""
_VALUE_X = WIDTH - _EDGE - 28
_BAR = 14
_GAP = 20


def board_picture(facts: Board, words: Words) -> str:
    """Draw a board as SVG: who stands where, and below it what all did together."""
    rows, y = _ranks(facts, words) if facts.ranks else _nobody(facts, words)
    parts = [*_head(facts, words), *rows]
    if facts.total_kept:
        parts += _total(facts, y + 12, words)
        y += 128
    return picture(y + 24, parts)


def value_of(value: int, metric: Metric, words: Words) -> str:
    """Return a rank's value in few characters; what it counts stands in the picture's head."""
    if metric is Metric.MINUTES:
        hours, minutes = divmod(value, 60)
        parts = [(hours, "hour"), (minutes, "minute")]
        said = [format_unit(n, unit, "narrow", locale=words.locale) for n, unit in parts if n]
        return " ".join(said)
    if metric is Metric.SHARE:
        return words.label("picture.share", ROOM, share=words.number(value))
    return words.number(value)


def _head(facts: Board, words: Words) -> Iterator[str]:
    title, size = sized(written(heading(facts, words)), TITLE, INSIDE, bold=True)
    yield clipped(text(MARGIN, 66, title, size, bold=True), MARGIN, 12, INSIDE, 74)
    said = words.label(f"metric.{facts.metric}", ROOM)
    span = span_of(facts, words)
    if span is not None:
        said = words.label("picture.period", ROOM, metric=said, period=span)
    yield text(MARGIN, 106, fitted(said, 22, INSIDE), 22, MUTED)


def _ranks(facts: Board, words: Words) -> tuple[list[str], float]:
    """Draw the rows; with where the last one ends. Bars have the room that names and values leave.

    They are as long as one another, so that they can be compared.
    """
    names = [written(one.name) or words.label("name.blank") for one in facts.ranks]
    values = [value_of(one.value, facts.metric, words) for one in facts.ranks]
    right = _VALUE_X - 24 - max(measured(value, 26, bold=True) for value in values)
    wanted = _NAME_X + max(measured(name, _NAME[0]) for name in names) + _GAP
    left = min(max(_BAR_X, wanted), _LATEST_BAR_X, right - _SHORTEST_BAR)
    top = 100 if facts.metric is Metric.SHARE else max(one.value for one in facts.ranks)
    parts: list[str] = []
    for place, (one, name, value) in enumerate(zip(facts.ranks, names, values, strict=True)):
        y = _HEAD + place * _STEP
        parts += _row(one.rank, name, value, y, left)
        parts += _bar(left, right, y + _ROW / 2, one.value / top)
    return parts, _HEAD + len(values) * _STEP


def _nobody(facts: Board, words: Words) -> tuple[list[str], float]:
    lines = wrapped(empty(facts, words), 24, INSIDE)
    parts = [text(MARGIN, _HEAD + 36 + n * 38, line, 24) for n, line in enumerate(lines)]
    return parts, _HEAD + 28 + len(lines) * 38


def _row(rank: int, name: str, value: str, y: float, bar_x: float) -> Iterator[str]:
    middle = y + _ROW / 2
    yield rect(_EDGE, y, WIDTH - 2 * _EDGE, _ROW, PANEL, radius=14)
    yield from _number(rank, middle)
    room = bar_x - _NAME_X - _GAP
    said, size = sized(name, _NAME, room)
    # The gap is left for what is a little wider than it was taken for.
    yield clipped(text(_NAME_X, middle + 9, said, size), _NAME_X, y, room + _GAP - 6, _ROW)
    yield text(_VALUE_X, middle + 9, value, 26, bold=True, anchor="end")


def _bar(left: float, right: float, middle: float, part: float) -> Iterator[str]:
    """Draw how much of the longest bar a value comes to; of the least one a dot can be seen."""
    whole = right - left
    yield rect(left, middle - _BAR / 2, whole, _BAR, LINE, radius=_BAR / 2)
    yield rect(left, middle - _BAR / 2, max(_BAR, whole * part), _BAR, GREEN, radius=_BAR / 2)


def _number(rank: int, middle: float) -> Iterator[str]:
    """Draw the rank's number; on a disc for the first, so that a tie for it is seen at once."""
    if rank == 1:
        yield circle(64, middle, 20, GREEN)
    fill = DARK if rank == 1 else TEXT if rank <= 3 else MUTED
    yield text(64, middle + 8, f"{rank}", 22, fill, bold=True, anchor="middle")


def _total(facts: Board, y: float, words: Words) -> Iterator[str]:
    yield rect(MARGIN, y, INSIDE, 2, LINE)
    period = facts.period or Period.ALL
    key = "picture.together.then" if facts.over else f"picture.together.{period}"
    label = fitted(words.label(key, ROOM), 22, INSIDE)
    yield text(MARGIN, y + 48, label, 22, MUTED)
    said = words.label(
        "picture.total",
        ROOM,
        sessions=words.count("board.sessions", facts.total_kept),
        time=words.duration(facts.total_minutes),
    )
    said, size = sized(said, (30, 26, 22, 20), INSIDE, bold=True)
    yield text(MARGIN, y + 92, said, size, bold=True)
