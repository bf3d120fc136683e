"""A person seen from the side, drawn from the directions of their limbs.

A direction is in degrees, for somebody who looks to the right: 0 is down, 90 ahead, 180 up, 270 (or
-90) behind. So a pose is a few numbers, and every figure has the same proportions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from math import cos, radians, sin

from bot.ui.pictures.svg import ORANGE, PANEL, QUIET, TEXT, circle, stroke

Point = tuple[float, float]
Limb = tuple[float, float]
"""The directions of its upper and its lower part."""

# Lengths and widths in parts of a standing person's height: a sign's proportions rather than an
# anatomist's, so that poses can be told apart when they are small.
_HEAD = 0.07
_NECK = 0.125
"""From the shoulders to the middle of the head."""
_WAIST = 0.15
_CHEST = 0.15
_UPPER_ARM = 0.17
_FOREARM = 0.17
_THIGH = 0.24
_SHIN = 0.235
_FOOT = 0.085
_TRUNK_WIDTH = 0.1
_LEG_WIDTH = 0.062
_ARM_WIDTH = 0.05
_EDGE = 0.012
"""Of the ground's colour, around what lies before something else."""
_FELT = 0.42
"""How much of a part's width is coloured where it is felt."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where everything points. The near limbs are those on the viewer's side."""

    near_arm: Limb = (0, 0)
    far_arm: Limb = (0, 0)
    near_leg: Limb = (0, 0)
    far_leg: Limb = (0, 0)
    waist: float = 180
    """From the hips to the middle of the back."""
    chest: float | None = None
    """From there to the shoulders; None goes on straight."""
    head: float | None = None
    """From the shoulders; None goes on straight."""
    near_foot: float | None = None
    """None is at a right angle to the shin."""
    far_foot: float | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The joints of a posed person of a certain height, in pixels."""

    height: float
    hip: Point
    back: Point
    shoulder: Point
    head: Point
    near_elbow: Point
    near_hand: Point
    far_elbow: Point
    far_hand: Point
    near_knee: Point
    near_ankle: Point
    near_toe: Point
    far_knee: Point
    far_ankle: Point
    far_toe: Point

    def moved(self, dx: float, dy: float) -> Body:
        """Return the same body elsewhere."""
        places = {name: getattr(self, name) for name in _JOINTS}
        return replace(self, **{name: (x + dx, y + dy) for name, (x, y) in places.items()})

    def turned(self) -> Body:
        """Return the same body looking to the left."""
        places = {name: getattr(self, name) for name in _JOINTS}
        middle = self.hip[0]
        return replace(self, **{name: (2 * middle - x, y) for name, (x, y) in places.items()})

    def at(self, dx: float, dy: float) -> Point:
        """Return a place by its distance from the hips, in parts of the person's height."""
        return self.hip[0] + dx * self.height, self.hip[1] + dy * self.height

    @property
    def lowest(self) -> float:
        """Where the ground is that the body stands, kneels or lies on."""
        limbs = [self.near_knee, self.near_ankle, self.near_toe, self.near_elbow, self.near_hand]
        limbs += [self.far_knee, self.far_ankle, self.far_toe]
        trunk = max(self.hip[1], self.shoulder[1]) + _TRUNK_WIDTH / 2 * self.height
        return max(max(y for _, y in limbs) + _LEG_WIDTH / 2 * self.height, trunk)


_JOINTS = tuple(one.name for one in fields(Body) if one.name != "height")


def body(pose: Pose, height: float, x: float, ground: float) -> Body:
    """Return a person's joints: the hips are at `x`, the lowest point is at `ground`."""
    chest = pose.waist if pose.chest is None else pose.chest
    hip = (0.0, 0.0)
    back = away(hip, pose.waist, _WAIST * height)
    shoulder = away(back, chest, _CHEST * height)
    near_arm = _limb(shoulder, pose.near_arm, (_UPPER_ARM * height, _FOREARM * height))
    far_arm = _limb(shoulder, pose.far_arm, (_UPPER_ARM * height, _FOREARM * height))
    near_leg = _limb(hip, pose.near_leg, (_THIGH * height, _SHIN * height))
    far_leg = _limb(hip, pose.far_leg, (_THIGH * height, _SHIN * height))
    near_foot = pose.near_leg[1] + 90 if pose.near_foot is None else pose.near_foot
    far_foot = pose.far_leg[1] + 90 if pose.far_foot is None else pose.far_foot
    posed = Body(
        height,
        hip,
        back,
        shoulder,
        away(shoulder, chest if pose.head is None else pose.head, _NECK * height),
        *near_arm,
        *far_arm,
        *near_leg,
        away(near_leg[1], near_foot, _FOOT * height),
        *far_leg,
        away(far_leg[1], far_foot, _FOOT * height),
    )
    return posed.moved(x, ground - posed.lowest)


def figure(one: Body, *felt: str, ground: str = PANEL) -> Iterator[str]:
    """Draw a person on a ground of that colour.

    `felt` are the parts in which an exercise is felt: "thigh" (the near one), "waist", "seat".
    """
    h = one.height
    yield from _far(one)
    yield stroke([one.hip, one.back, one.shoulder], TEXT, _TRUNK_WIDTH * h)
    yield circle(*one.head, _HEAD * h, TEXT)
    leg = [one.hip, one.near_knee, one.near_ankle, one.near_toe]
    yield stroke(leg[1:], ground, (_LEG_WIDTH + 2 * _EDGE) * h)
    yield stroke(leg, TEXT, _LEG_WIDTH * h)
    yield from _felt(one, felt)
    arm = [one.shoulder, one.near_elbow, one.near_hand]
    yield stroke(arm, ground, (_ARM_WIDTH + 2 * _EDGE) * h)
    yield stroke(arm, TEXT, _ARM_WIDTH * h)


def _far(one: Body) -> Iterator[str]:
    """Draw the limbs on the far side, in a quieter colour."""
    h = one.height
    yield stroke([one.shoulder, one.far_elbow, one.far_hand], QUIET, _ARM_WIDTH * h)
    leg = [one.hip, one.far_knee, one.far_ankle, one.far_toe]
    yield stroke(leg, QUIET, _LEG_WIDTH * h)


def _felt(one: Body, parts: tuple[str, ...]) -> Iterator[str]:
    h = one.height
    places = {
        "thigh": ([between(one.hip, one.near_knee, part) for part in (0.2, 0.8)], _LEG_WIDTH),
        "waist": ([between(one.hip, one.back, part) for part in (0.2, 0.8)], _TRUNK_WIDTH),
        "seat": (
            [between(one.hip, one.back, 0.4), one.hip, between(one.hip, one.near_knee, 0.25)],
            _LEG_WIDTH,
        ),
    }
    for part in parts:
        points, width = places[part]
        yield stroke(points, ORANGE, _FELT * width * h)


def away(start: Point, direction: float, length: float) -> Point:
    """Return the point that lies so far from `start` in a direction."""
    angle = radians(direction)
    return start[0] + length * sin(angle), start[1] + length * cos(angle)


def _limb(start: Point, limb: Limb, lengths: tuple[float, float]) -> tuple[Point, Point]:
    joint = away(start, limb[0], lengths[0])
    return joint, away(joint, limb[1], lengths[1])


def between(start: Point, end: Point, part: float) -> Point:
    """Return the point that lies so much of the way from `start` to `end`."""
    return start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])
