"""What stands around the people in the guides: furniture, machines, water, arrows, marks."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, degrees

from bot.ui.pictures.figure import Body, Point, away, between
from bot.ui.pictures.svg import (
    BLUE,
    DARK,
    GREEN,
    LINE,
    RED,
    THING,
    WATER,
    circle,
    path,
    stroke,
)

_ARROW = 5
_TIP = 15
_MARK = 20
_WAVE = 28
_THICK = 0.035
"""Of furniture and machines, in parts of the height of whoever is at them."""


def floor(left: float, right: float, y: float) -> str:
    """Draw the ground that people are on."""
    return stroke([(left, y), (right, y)], LINE, 4)


def thing(one: Body, *points: Point) -> str:
    """Draw a part of what somebody sits on, holds or pushes."""
    return stroke(points, THING, _THICK * one.height)


def chair(one: Body) -> Iterator[str]:
    """Draw a chair on whose front edge somebody sits."""
    (_, seat), (back, _), (front, _) = one.at(0, 0.06), one.at(-0.27, 0), one.at(0.06, 0)
    foot = one.lowest - _THICK / 2 * one.height
    yield thing(one, one.at(-0.27, -0.3), (back, foot))
    yield thing(one, (back, seat), (front, seat), (front, foot))


def towel(one: Body) -> str:
    """Draw a towel from the near hand round the near thigh."""
    x, y = between(one.hip, one.near_knee, 0.75)
    return stroke([one.near_hand, (x + 0.045 * one.height, y)], GREEN, 0.04 * one.height)


def bike(one: Body) -> Iterator[str]:
    """Draw an upright exercise bike below its rider; the pedals are where the feet are."""
    crank = between(_sole(one.near_ankle, one.near_toe), _sole(one.far_ankle, one.far_toe), 0.5)
    ground = one.at(0, 0.55)[1]
    yield thing(one, one.at(-0.08, 0.055), one.at(0.07, 0.055))
    yield thing(one, one.at(0, 0.06), one.at(0.07, 0.4), (one.at(0.07, 0)[0], ground))
    yield thing(one, crank, one.at(0.36, 0.3), one.at(0.31, -0.08), one.at(0.25, -0.1))
    yield thing(one, one.at(0.36, 0.3), (one.at(0.38, 0)[0], ground))
    yield thing(one, (one.at(-0.12, 0)[0], ground), (one.at(0.52, 0)[0], ground))
    yield from _pedals(one, crank)


def recumbent(one: Body) -> Iterator[str]:
    """Draw a recumbent bike: a seat with a backrest, the pedals in front."""
    crank = between(_sole(one.near_ankle, one.near_toe), _sole(one.far_ankle, one.far_toe), 0.5)
    ground = one.at(0, 0.29)[1]
    yield thing(one, one.at(-0.25, -0.33), one.at(-0.09, 0.07), one.at(0.1, 0.07))
    yield thing(one, one.at(0, 0.07), (one.at(0, 0)[0], ground))
    yield thing(one, crank, (crank[0], ground))
    yield thing(one, (one.at(-0.25, 0)[0], ground), (one.at(0.5, 0)[0], ground))
    yield from _pedals(one, crank)


def _pedals(one: Body, crank: Point) -> Iterator[str]:
    near, far = _sole(one.near_ankle, one.near_toe), _sole(one.far_ankle, one.far_toe)
    yield circle(*crank, 0.045 * one.height, THING)
    yield thing(one, far, near)


def _sole(ankle: Point, toe: Point) -> Point:
    return between(ankle, toe, 0.5)


def elliptical(one: Body) -> Iterator[str]:
    """Draw an elliptical below somebody: long pedals, a wheel behind, bars in front."""
    ground = one.lowest + 0.06 * one.height
    wheel = (one.at(-0.38, 0)[0], ground - 0.14 * one.height)
    post = one.at(0.33, 0)[0]
    yield circle(*wheel, 0.11 * one.height, THING)
    yield thing(one, (one.at(-0.45, 0)[0], ground), (post, ground), one.at(0.3, -0.3))
    for ankle, toe in ((one.far_ankle, one.far_toe), (one.near_ankle, one.near_toe)):
        below = 0.05 * one.height
        yield thing(one, wheel, (ankle[0], ankle[1] + below), (toe[0] + 8, toe[1] + below))


def pool(left: float, right: float, surface: float, ground: float) -> str:
    """Draw water over who stands in it."""
    half, high = _WAVE / 2, _WAVE / 4
    count = int((right - left) / _WAVE)
    waves = "".join(
        f"q{half / 2:g} {-high:g} {half:g} 0q{half / 2:g} {high:g} {half:g} 0" for _ in range(count)
    )
    return path(f"M{left:g} {surface:g}{waves}H{right:g}V{ground:g}H{left:g}Z", WATER)


def arc(middle: Point, radius: float, start: float, end: float) -> Iterator[str]:
    """Draw an arrow round `middle`, from one direction (see `figure`) to another."""
    steps = [start + (end - start) * n / 12 for n in range(13)]
    yield from arrow(*(away(middle, step, radius) for step in steps))


def arrow(*points: Point) -> Iterator[str]:
    """Draw an arrow through points."""
    (before_x, before_y), end = points[-2:]
    way = degrees(atan2(end[0] - before_x, end[1] - before_y))
    corners = [away(end, way, _TIP), *(away(end, way + turn, 0.65 * _TIP) for turn in (-90, 90))]
    yield stroke(points, BLUE, _ARROW)
    yield path("M" + "L".join(f"{x:.4g} {y:.4g}" for x, y in corners) + "Z", BLUE)


def tick(x: float, y: float) -> Iterator[str]:
    """Draw the mark of what is right."""
    yield circle(x, y, _MARK, GREEN)
    yield stroke([(x - 8, y + 1), (x - 2, y + 7), (x + 9, y - 6)], DARK, 5)


def cross(x: float, y: float) -> Iterator[str]:
    """Draw the mark of what is wrong; it differs in shape as well as in colour."""
    yield circle(x, y, _MARK, RED)
    yield stroke([(x - 7, y - 7), (x + 7, y + 7)], DARK, 5)
    yield stroke([(x - 7, y + 7), (x + 7, y - 7)], DARK, 5)
