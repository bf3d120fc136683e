"""The guides' drawings: who does what, side by side, with a few words below each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.guide import Guide
from bot.ui.pictures import scenes
from bot.ui.pictures.figure import Point, figure
from bot.ui.pictures.lettering import fitted, sized, wrapped
from bot.ui.pictures.props import floor
from bot.ui.pictures.svg import (
    BLUE,
    LINE,
    MUTED,
    ORANGE,
    PANEL,
    QUIET,
    TEXT,
    WIDTH,
    circle,
    picture,
    rect,
    stroke,
    text,
)
from bot.ui.words import Words

LABEL = 26
"""Size of the type."""
_EDGE = 20
_GAP = 16
_LINE = 32
_ROOM = 200
"""Columns for what the catalogue says; what is too wide is cut by measure."""
_INSIDE = WIDTH - 2 * _EDGE

_Scene = Callable[[float, float], Iterator[str]]


@dataclass(frozen=True, slots=True)
class _Row:
    """Scenes side by side, by the names of their words: ``picture.guide.<guide>.<name>``."""

    height: float
    """Without the words."""
    scenes: dict[str, _Scene]
    widths: tuple[float, ...] = ()
    """How wide each is beside the others; empty where all are alike."""
    felt: bool = False
    """Whether it is marked where the exercise is felt."""


_ROWS: dict[Guide, _Row] = {
    Guide.WARM_UP: _Row(
        240,
        {
            "march": scenes.march,
            "heel": scenes.heel,
            "shoulders": scenes.shoulders,
            "knees": scenes.knees,
        },
    ),
    Guide.CHAIR: _Row(238, {"start": scenes.chair_start, "hold": scenes.chair_hold}, felt=True),
    Guide.HAMSTRINGS: _Row(
        235,
        {"towel": scenes.with_towel, "doorway": scenes.in_doorway, "step": scenes.on_step},
        (6, 7, 5),
        felt=True,
    ),
    Guide.CORE: _Row(
        238,
        {"curl": scenes.curl, "bridge": scenes.bridge, "bird_dog": scenes.bird_dog},
        (10, 10, 11),
        felt=True,
    ),
    Guide.WATER: _Row(262, {"walk": scenes.water_walk, "lift": scenes.water_lift}),
    Guide.BIKE: _Row(275, {"upright": scenes.ride, "recumbent": scenes.recline}),
    Guide.ELLIPTICAL: _Row(275, {"tall": scenes.glide, "slumped": scenes.slump}),
    Guide.COMPANY: _Row(275, {"friend": scenes.friends, "class": scenes.class_of_three}),
}
_WALK = 300
_NOTES = 400
"""Where the notes beside a walker begin."""
_STEPS = 244
_WEEKS = 4


def guide_picture(guide: Guide, words: Words) -> str:
    """Draw what a guide is about as SVG."""
    match guide:
        case Guide.WALK:
            return _walking(words)
        case Guide.PACING:
            return _pacing(words)
        case _:
            return _row(guide, _ROWS[guide], words)


def _row(guide: Guide, row: _Row, words: Words) -> str:
    weights = row.widths or (1,) * len(row.scenes)
    room = _INSIDE - _GAP * (len(weights) - 1)
    widths = [room * weight / sum(weights) for weight in weights]
    said = [
        _lines(f"{guide}.{name}", width - 16, words)
        for name, width in zip(row.scenes, widths, strict=True)
    ]
    height = row.height + _LINE * max(map(len, said)) + 18
    parts: list[str] = []
    left = float(_EDGE)
    for scene, width, lines in zip(row.scenes.values(), widths, said, strict=True):
        parts += _panel(left, width, height)
        parts += _stage(scene, left, width, _EDGE + row.height)
        parts += _centred(lines, left + width / 2, _EDGE + row.height + 36)
        left += width + _GAP
    bottom = _EDGE + height
    if row.felt:
        parts += _felt(bottom + 36, words)
        bottom += 36
    return picture(bottom + _EDGE, parts)


def _walking(words: Words) -> str:
    """Draw a walker large, with a note to each thing that matters."""
    parts = [*_panel(_EDGE, _INSIDE, _WALK + 24)]
    ground = _EDGE + _WALK
    parts.append(floor(_EDGE + 30, _NOTES - 40, ground))
    one = scenes.walker(200, ground - 2)
    parts += figure(one)
    places = {
        "look": one.head,
        "shoulders": one.shoulder,
        "arms": one.far_hand,
        "pace": one.near_knee,
        "feet": one.near_ankle,
    }
    for n, (name, place) in enumerate(places.items()):
        said = words.label(f"picture.guide.{Guide.WALK}.{name}", _ROOM)
        parts += _note(said, place, _EDGE + 48 + 60 * n)
    return picture(ground + 24 + _EDGE, parts)


def _note(said: str, place: Point, y: float) -> Iterator[str]:
    yield stroke([place, (_NOTES - 14, y - 8)], QUIET, 2)
    yield circle(*place, 6, BLUE)
    said, size = sized(said, (LABEL, 24, 22, 20), WIDTH - _EDGE - 12 - _NOTES)
    yield text(_NOTES, y, said, size, TEXT)


def _pacing(words: Words) -> str:
    """Draw low, even steps, a week each, and somebody who walks up."""
    parts = [*_panel(_EDGE, _INSIDE, _STEPS + 24)]
    ground, left, width = _EDGE + _STEPS, _EDGE + 30, (_INSIDE - 60) / _WEEKS
    for n in range(_WEEKS):
        x, top = left + n * width, ground - 40 - 34 * n
        parts.append(rect(x, top, width, ground + 2 - top, LINE))
        said = words.label("picture.guide.pacing.week", _ROOM, n=words.number(n + 1))
        parts += _centred([fitted(said, LABEL, width - 16)], x + width / 2, top + 30, TEXT)
    parts += scenes.climb(left + width - 30, ground - 40)
    note = fitted(words.label("picture.guide.pacing.note", _ROOM), LABEL, 2 * width)
    parts += _centred([note], left + 2 * width, _EDGE + 56, TEXT)
    return picture(ground + 24 + _EDGE, parts)


def _lines(name: str, room: float, words: Words) -> Sequence[str]:
    said = words.label(f"picture.guide.{name}", _ROOM)
    return [fitted(line, LABEL, room) for line in wrapped(said, LABEL, room)]


def _panel(left: float, width: float, height: float) -> Iterator[str]:
    yield rect(left, _EDGE, width, height, PANEL, radius=16)


def _stage(scene: _Scene, left: float, width: float, ground: float) -> Iterator[str]:
    yield floor(left + 16, left + width - 16, ground)
    yield from scene(left + width / 2, ground - 2)


def _centred(lines: Sequence[str], middle: float, y: float, colour: str = MUTED) -> Iterator[str]:
    for n, line in enumerate(lines):
        yield text(middle, y + n * _LINE, line, LABEL, colour, anchor="middle")


def _felt(y: float, words: Words) -> Iterator[str]:
    """Explain the mark of where an exercise is felt."""
    yield stroke([(_EDGE + 8, y - 8), (_EDGE + 34, y - 8)], ORANGE, 10)
    said = fitted(words.label("picture.guide.felt", _ROOM), 22, _INSIDE - 60)
    yield text(_EDGE + 52, y, said, 22, MUTED)
