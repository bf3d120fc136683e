"""What the guides show: people in their poses, and the things they hold, sit on or push.

Every scene takes where its middle is and where the ground.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.ui.pictures import props
from bot.ui.pictures.figure import Body, Limb, Pose, body, figure
from bot.ui.pictures.svg import PANEL, THING, circle, rect, stroke

_TALL = 200
"""Height of those who stand four in a row, in pixels; the others' is given with them."""
_LYING = 200
_STAGE = 150
"""From the start of an exercise down to where it is held."""

_WALKING = Pose(
    waist=176, near_leg=(26, 14), far_leg=(-16, -40), near_arm=(-32, 28), far_arm=(28, 92)
)
_MARCHING = Pose(near_leg=(82, -4), far_leg=(2, 2), near_arm=(-34, 62), far_arm=(34, 124))
_HEEL = Pose(
    near_leg=(34, 30), far_leg=(16, -12), near_arm=(-28, 64), far_arm=(40, 96), near_foot=128
)
_STANDING = Pose(near_leg=(3, 3), far_leg=(-3, -3), near_arm=(-6, 8), far_arm=(8, 20))
_BENDING = Pose(
    waist=158, head=168, near_leg=(52, -26), far_leg=(48, -30), near_arm=(92, 88), far_arm=(96, 92)
)
_SITTING = Pose(near_leg=(60, 60), far_leg=(90, 0), near_arm=(14, 52), far_arm=(20, 60))
_LEANING = Pose(
    waist=150, head=160, near_leg=(60, 60), far_leg=(90, 0), near_arm=(20, 58), far_arm=(30, 58)
)
_SUPINE = Pose(waist=270, head=261, near_arm=(88, 88), far_arm=(88, 88))
_BENT: tuple[Limb, Limb] = ((146, 24), (140, 31))
_CRUNCH = replace(
    _SUPINE,
    chest=246,
    head=232,
    near_leg=_BENT[0],
    far_leg=_BENT[1],
    near_arm=(104, 100),
    far_arm=(108, 104),
)
_READY = replace(_SUPINE, near_leg=_BENT[0], far_leg=_BENT[1])
_BRIDGE = replace(_SUPINE, waist=292, head=263, near_leg=(112, 0), far_leg=(108, 6))
_FOURS = Pose(
    waist=105,
    head=102,
    near_leg=(0, -90),
    far_leg=(-5, -90),
    near_foot=-90,
    far_foot=-90,
    near_arm=(4, 26),
    far_arm=(12, 34),
)
_BIRD_DOG = replace(_FOURS, near_arm=(100, 100), far_leg=(-96, -96))
_RIDING = Pose(
    waist=172,
    near_leg=(25, 0),
    far_leg=(70, -32),
    near_arm=(44, 62),
    far_arm=(46, 64),
    far_foot=80,
)
_RECLINING = Pose(
    waist=207, head=195, near_leg=(106, 46), far_leg=(140, 38), near_arm=(20, 60), far_arm=(26, 66)
)
_GLIDING = Pose(
    waist=178,
    near_leg=(24, 6),
    far_leg=(-4, -34),
    near_arm=(34, 92),
    far_arm=(48, 100),
    far_foot=64,
)
_SLUMPING = replace(_GLIDING, waist=158, chest=118, head=112, near_arm=(30, 80), far_arm=(36, 86))
_CLIMBING = Pose(
    waist=174, near_leg=(64, 2), far_leg=(-2, -8), near_arm=(-30, 36), far_arm=(34, 96)
)


def walker(x: float, ground: float, height: float = 300) -> Body:
    """Return somebody who walks briskly, for what is to be pointed at."""
    return body(_WALKING, height, x, ground)


def march(x: float, ground: float) -> Iterator[str]:
    yield from figure(body(_MARCHING, _TALL, x, ground))


def heel(x: float, ground: float) -> Iterator[str]:
    yield from figure(body(_HEEL, _TALL, x - 16, ground))


def shoulders(x: float, ground: float) -> Iterator[str]:
    one = body(_STANDING, _TALL, x, ground)
    yield from figure(one)
    yield from props.arc(one.shoulder, 40, 330, 60)


def knees(x: float, ground: float) -> Iterator[str]:
    one = body(_BENDING, _TALL, x - 20, ground)
    yield from figure(one)
    top = one.hip[1] - 96
    yield from props.arrow((x - 66, top), (x - 66, top + 40))


def chair_start(x: float, ground: float) -> Iterator[str]:
    one = body(_SITTING, 280, x - 50, ground)
    yield from props.chair(one)
    yield from figure(one)


def chair_hold(x: float, ground: float) -> Iterator[str]:
    one = body(_LEANING, 280, x - 50, ground)
    yield from props.chair(one)
    yield from figure(one, "thigh")
    yield from props.arc(one.hip, 165, 180, 158)


def with_towel(x: float, ground: float) -> Iterator[str]:
    pose = replace(
        _SUPINE, near_leg=(166, 166), far_leg=_BENT[1], near_arm=(132, 112), far_arm=(138, 116)
    )
    one = body(pose, _LYING, x, ground)
    yield from figure(one, "thigh")
    yield props.towel(one)


def at_wall(x: float, ground: float) -> Iterator[str]:
    one = body(replace(_SUPINE, near_leg=(172, 172), far_leg=(90, 90)), _LYING, x - 6, ground)
    frame = one.near_ankle[0] + 0.05 * one.height
    yield stroke([(frame, ground - 210), (frame, ground)], THING, 10)
    yield from figure(one, "thigh")


def on_step(x: float, ground: float) -> Iterator[str]:
    pose = Pose(
        waist=148, head=158, near_leg=(48, 48), far_leg=(0, 0), near_arm=(6, 40), far_arm=(62, 84)
    )
    one = body(pose, 220, x - 50, ground)
    heel_x, heel_y = one.near_ankle
    yield rect(heel_x - 16, heel_y + 9, 76, ground - heel_y - 9, THING, radius=4)
    hand_x, hand_y = one.far_hand
    yield stroke([(hand_x, hand_y + 4), (hand_x, ground)], THING, 8)
    yield from figure(one, "thigh")


def curl(x: float, ground: float) -> Iterator[str]:
    yield from _stages(_READY, _CRUNCH, x - 6, ground)


def bridge(x: float, ground: float) -> Iterator[str]:
    yield from _stages(_READY, _BRIDGE, x - 6, ground)


def bird_dog(x: float, ground: float) -> Iterator[str]:
    yield from _stages(_FOURS, _BIRD_DOG, x - 10, ground)


def water_walk(x: float, ground: float) -> Iterator[str]:
    one = body(_WALKING, 240, x, ground)
    yield from figure(one)
    yield props.pool(x - 160, x + 160, one.back[1] - 12, ground)


def water_lift(x: float, ground: float) -> Iterator[str]:
    pose = replace(_MARCHING, near_arm=(70, 86), far_arm=(76, 90))
    one = body(pose, 240, x - 20, ground)
    surface = one.back[1] - 12
    edge = one.near_hand[0] - 8
    yield from figure(one)
    yield props.pool(x - 160, edge, surface, ground)
    yield rect(edge, one.near_hand[1] + 8, x + 160 - edge, ground - one.near_hand[1] - 8, THING)


def ride(x: float, ground: float) -> Iterator[str]:
    one = body(_RIDING, 235, x - 50, ground - 16)
    yield from props.bike(one)
    yield from figure(one)


def recline(x: float, ground: float) -> Iterator[str]:
    one = body(_RECLINING, 250, x - 30, ground - 60)
    yield from props.recumbent(one)
    yield from figure(one)


def glide(x: float, ground: float) -> Iterator[str]:
    one = body(_GLIDING, 235, x, ground - 16)
    yield from props.elliptical(one)
    yield from figure(one)
    yield from props.tick(x + 130, ground - 225)


def slump(x: float, ground: float) -> Iterator[str]:
    one = body(_SLUMPING, 235, x, ground - 16)
    yield from props.elliptical(one)
    yield from figure(one)
    yield from props.cross(x + 130, ground - 225)


def climb(x: float, ground: float) -> Iterator[str]:
    yield from figure(body(_CLIMBING, 170, x, ground))


def friends(x: float, ground: float) -> Iterator[str]:
    for place, height in ((70, 225), (-60, 240)):
        one = body(_WALKING, height, x + place, ground)
        yield from figure(one)
        yield from _speech(one.head[0] + 12, one.head[1] - 44)


def class_of_three(x: float, ground: float) -> Iterator[str]:
    raised = replace(_STANDING, near_arm=(110, 150), far_arm=(120, 160))
    for place in (-120, -40, 40):
        yield from figure(body(raised, 190, x + place - 10, ground))
    yield from figure(body(raised, 210, x + 130, ground).turned())


def _stages(start: Pose, hold: Pose, x: float, ground: float) -> Iterator[str]:
    """Show where an exercise begins, and below it how it is held."""
    above = ground - _STAGE
    yield from figure(body(start, _LYING - 10, x, above))
    yield props.floor(x - 100, x + 110, above + 2)
    yield from figure(body(hold, _LYING - 10, x, ground), "waist")


def _speech(x: float, y: float) -> Iterator[str]:
    """Draw words without saying which."""
    yield rect(x - 26, y - 16, 52, 30, THING, radius=14)
    for place in (-12, 0, 12):
        yield circle(x + place, y - 1, 3.5, PANEL)
