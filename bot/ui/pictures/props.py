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
    TEXT,
    THING,
    WATER,
    circle,
    path,
    rect,
    ring,
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


def door_frame(one: Body, ground: float) -> str:
    """Draw the edge of a doorway against which the near leg rests."""
    x = one.near_ankle[0] + 0.055 * one.height
    return stroke([(x, ground - 210), (x, ground)], THING, 0.05 * one.height)


def step_and_rail(one: Body, ground: float) -> Iterator[str]:
    """Draw a low step under the near heel, and what the far hand holds on to."""
    x, y = one.near_ankle
    top = y + 0.032 * one.height
    yield rect(x - 24, top, 84, ground - top, THING, radius=4)
    hand_x, hand_y = one.far_hand
    yield thing(one, (hand_x, hand_y + 4), (hand_x, top))


def bike(one: Body, ground: float) -> Iterator[str]:
    """Draw an upright exercise bike below its rider; the pedals are where the feet are."""
    crank = between(_sole(one.near_ankle, one.near_toe), _sole(one.far_ankle, one.far_toe), 0.5)
    foot = ground - _THICK / 2 * one.height
    wheel = one.at(0.34, 0.38)
    yield ring(*wheel, 0.12 * one.height, THING, _THICK * one.height)
    yield thing(one, one.at(-0.09, 0.055), one.at(0.06, 0.055))
    yield thing(one, one.at(-0.02, 0.06), crank, wheel)
    yield thing(one, wheel, one.at(0.31, -0.08), one.at(0.25, -0.1))
    yield thing(one, crank, (one.at(0.02, 0)[0], foot))
    yield thing(one, (one.at(-0.1, 0)[0], foot), (one.at(0.5, 0)[0], foot))
    yield from _pedals(one, crank)


def recumbent(one: Body, ground: float) -> Iterator[str]:
    """Draw a recumbent bike: a seat with a backrest, the pedals in front."""
    crank = between(_sole(one.near_ankle, one.near_toe), _sole(one.far_ankle, one.far_toe), 0.5)
    foot = ground - _THICK / 2 * one.height
    yield ring(*crank, 0.12 * one.height, THING, _THICK * one.height)
    yield thing(one, one.at(-0.25, -0.33), one.at(-0.09, 0.07), one.at(0.1, 0.07))
    yield thing(one, one.at(-0.02, 0.07), (one.at(-0.02, 0)[0], foot))
    yield thing(one, (crank[0], crank[1] + 0.12 * one.height), (crank[0], foot))
    yield thing(one, (one.at(-0.2, 0)[0], foot), (one.at(0.52, 0)[0], foot))
    yield from _pedals(one, crank)


def _pedals(one: Body, crank: Point) -> Iterator[str]:
    near, far = _sole(one.near_ankle, one.near_toe), _sole(one.far_ankle, one.far_toe)
    yield circle(*crank, 0.03 * one.height, THING)
    yield thing(one, far, near)


def _sole(ankle: Point, toe: Point) -> Point:
    return between(ankle, toe, 0.5)


def elliptical(one: Body, ground: float) -> Iterator[str]:
    """Draw an elliptical below somebody: long pedals, a wheel behind, bars in front."""
    h, foot = one.height, ground - _THICK / 2 * one.height
    wheel, post = (one.at(-0.38, 0)[0], ground - 0.16 * h), one.at(0.33, 0)[0]
    yield ring(*wheel, 0.12 * h, THING, _THICK * h)
    yield thing(one, (one.at(-0.5, 0)[0], foot), (post, foot), one.at(0.3, -0.3))
    below = 0.048 * h
    for ankle, toe in ((one.far_ankle, one.far_toe), (one.near_ankle, one.near_toe)):
        yield thing(one, wheel, (ankle[0], ankle[1] + below), (toe[0] + 8, ankle[1] + below))


def speech(x: float, y: float) -> Iterator[str]:
    """Draw words without saying which."""
    yield rect(x - 28, y - 16, 56, 30, THING, radius=15)
    for place in (-13, 0, 13):
        yield circle(x + place, y - 1, 4, TEXT)


def pool(left: float, right: float, surface: float, ground: float) -> str:
    """Draw water over who stands in it."""
    count = round((right - left) / _WAVE)
    half = (right - left) / count / 2
    high = half / 2
    waves = f"q{half / 2:g} {-high:g} {half:g} 0q{half / 2:g} {high:g} {half:g} 0" * count
    return path(f"M{left:g} {surface:g}{waves}V{ground:g}H{left:g}Z", WATER)


def pool_edge(left: float, right: float, top: float, ground: float) -> str:
    """Draw the side of a pool, to hold on to."""
    return rect(left, top, right - left, ground - top, THING)


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
