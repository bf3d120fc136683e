"""What the guides show: people in their poses, and the things they hold, sit on or push.

Every scene takes where its middle is and where the ground.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.ui.pictures import props
from bot.ui.pictures.figure import Body, Pose, body, figure

_STAGE = 124
"""From the start of an exercise down to where it is held."""

_WALKING = Pose(
    waist=176, near_leg=(26, 14), far_leg=(-16, -40), near_arm=(-32, 28), far_arm=(28, 92)
)
_MARCHING = Pose(near_leg=(82, -4), far_leg=(2, 2), near_arm=(-34, 62), far_arm=(34, 124))
_HEEL = Pose(
    near_leg=(34, 30),
    far_leg=(16, -12),
    near_arm=(-28, 64),
    far_arm=(40, 96),
    near_foot=128,
    far_foot=90,
)
_STANDING = Pose(near_leg=(3, 3), far_leg=(-4, -4), near_arm=(-6, 8), far_arm=(10, 24))
_BENDING = Pose(
    waist=156,
    head=168,
    near_leg=(56, -28),
    far_leg=(56, -28),
    near_arm=(90, 90),
    far_arm=(90, 90),
    near_foot=90,
    far_foot=90,
)
_SITTING = Pose(near_leg=(60, 60), far_leg=(90, 0), near_arm=(14, 52), far_arm=(20, 60))
_LEANING = replace(_SITTING, waist=150, head=160, near_arm=(20, 58), far_arm=(30, 58))
_SUPINE = Pose(
    waist=270,
    head=261,
    near_arm=(88, 88),
    far_arm=(88, 88),
    near_leg=(146, 24),
    far_leg=(138, 33),
    near_foot=90,
    far_foot=90,
)
_CURL = replace(_SUPINE, chest=244, head=230, near_arm=(104, 100), far_arm=(108, 104))
_BRIDGE = replace(_SUPINE, waist=292, head=263, near_leg=(112, 0), far_leg=(107, 8))
_WITH_TOWEL = replace(
    _SUPINE, near_leg=(168, 168), near_foot=None, near_arm=(133, 112), far_arm=(138, 116)
)
_IN_DOORWAY = replace(_SUPINE, near_leg=(174, 174), far_leg=(90, 90), near_foot=None, far_foot=None)
_ON_STEP = Pose(
    waist=148, head=158, near_leg=(48, 48), far_leg=(0, 0), near_arm=(14, 46), far_arm=(62, 84)
)
_FOURS = Pose(
    waist=105,
    head=100,
    near_leg=(0, -90),
    far_leg=(-7, -90),
    near_foot=-90,
    far_foot=-90,
    near_arm=(4, 26),
    far_arm=(14, 36),
)
_BIRD_DOG = replace(_FOURS, near_leg=(-95, -95), far_leg=(0, -90), far_arm=(96, 96))
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
_SLUMPING = replace(_GLIDING, waist=158, chest=118, head=112, near_arm=(26, 94), far_arm=(34, 98))
_CLIMBING = Pose(
    waist=174, near_leg=(64, 2), far_leg=(-2, -8), near_arm=(-30, 36), far_arm=(34, 96)
)
_REACHING = Pose(near_leg=(3, 3), far_leg=(-4, -4), near_arm=(150, 176), far_arm=(172, 186))


def walker(x: float, ground: float) -> Body:
    """Return somebody who walks briskly, for what is to be pointed at."""
    return body(_WALKING, 290, x, ground)


def march(x: float, ground: float) -> Iterator[str]:
    yield from figure(body(_MARCHING, 200, x - 8, ground))


def heel(x: float, ground: float) -> Iterator[str]:
    yield from figure(body(_HEEL, 200, x - 22, ground))


def shoulders(x: float, ground: float) -> Iterator[str]:
    one = body(_STANDING, 200, x, ground)
    yield from figure(one)
    yield from props.arc(one.shoulder, 30, 225, 460)


def knees(x: float, ground: float) -> Iterator[str]:
    one = body(_BENDING, 200, x - 22, ground)
    yield from figure(one)
    beside = one.at(-0.2, -0.36)
    yield from props.arrow(beside, (beside[0], beside[1] + 44))


def chair_start(x: float, ground: float) -> Iterator[str]:
    one = body(_SITTING, 258, x - 46, ground)
    yield from props.chair(one)
    yield from figure(one)


def chair_hold(x: float, ground: float) -> Iterator[str]:
    one = body(_LEANING, 258, x - 46, ground)
    yield from props.chair(one)
    yield from figure(one, "thigh")
    yield from props.arc(one.hip, 150, 182, 158)


def with_towel(x: float, ground: float) -> Iterator[str]:
    one = body(_WITH_TOWEL, 230, x + 8, ground)
    yield from figure(one, "thigh")
    yield props.towel(one)


def in_doorway(x: float, ground: float) -> Iterator[str]:
    one = body(_IN_DOORWAY, 230, x, ground)
    yield props.door_frame(one, ground)
    yield from figure(one, "thigh")


def on_step(x: float, ground: float) -> Iterator[str]:
    one = body(_ON_STEP, 215, x - 46, ground)
    yield from props.step_and_rail(one, ground)
    yield from figure(one, "thigh")


def curl(x: float, ground: float) -> Iterator[str]:
    yield from _start(_SUPINE, 200, x + 6, ground)
    one = body(_CURL, 200, x + 6, ground)
    yield from figure(one, "waist")
    yield from props.arc(one.back, 82, 268, 236)


def bridge(x: float, ground: float) -> Iterator[str]:
    yield from _start(_SUPINE, 200, x + 6, ground)
    one = body(_BRIDGE, 200, x + 6, ground)
    yield from figure(one, "seat")
    yield from props.arrow(one.at(-0.02, -0.1), one.at(-0.02, -0.22))


def bird_dog(x: float, ground: float) -> Iterator[str]:
    yield from _start(_FOURS, 190, x - 4, ground)
    yield from figure(body(_BIRD_DOG, 190, x - 4, ground), "waist")


def _start(pose: Pose, height: float, x: float, ground: float) -> Iterator[str]:
    """Show where an exercise begins, above where it is held."""
    above = ground - _STAGE
    yield props.floor(x - 104, x + 96, above + 2)
    yield from figure(body(pose, height, x, above))


def water_walk(x: float, ground: float) -> Iterator[str]:
    one = body(_WALKING, 240, x, ground)
    yield from figure(one)
    yield props.pool(x - 170, x + 170, one.back[1] - 12, ground)


def water_lift(x: float, ground: float) -> Iterator[str]:
    one = body(
        replace(_MARCHING, near_leg=(82, -18), near_arm=(78, 90), far_arm=(84, 94)),
        240,
        x - 20,
        ground,
    )
    edge = one.near_hand[0] - 10
    yield from figure(one)
    yield props.pool(x - 170, edge, one.back[1] - 12, ground)
    yield props.pool_edge(edge, x + 170, one.near_hand[1] + 9, ground)


def ride(x: float, ground: float) -> Iterator[str]:
    one = body(_RIDING, 240, x - 60, ground - 24)
    yield from props.bike(one, ground)
    yield from figure(one)


def recline(x: float, ground: float) -> Iterator[str]:
    one = body(_RECLINING, 260, x - 40, ground - 46)
    yield from props.recumbent(one, ground)
    yield from figure(one)


def glide(x: float, ground: float) -> Iterator[str]:
    yield from _on_elliptical(_GLIDING, x, ground)
    yield from props.tick(x + 140, ground - 222)


def slump(x: float, ground: float) -> Iterator[str]:
    yield from _on_elliptical(_SLUMPING, x, ground)
    yield from props.cross(x + 140, ground - 222)


def _on_elliptical(pose: Pose, x: float, ground: float) -> Iterator[str]:
    one = body(pose, 235, x - 10, ground - 18)
    yield from props.elliptical(one, ground)
    yield from figure(one)


def climb(x: float, ground: float) -> Iterator[str]:
    yield from figure(body(_CLIMBING, 165, x, ground))


def friends(x: float, ground: float) -> Iterator[str]:
    for place, height in ((75, 205), (-65, 220)):
        one = body(_WALKING, height, x + place, ground)
        yield from figure(one)
        yield from props.speech(one.head[0] + 14, one.head[1] - 34)


def class_of_three(x: float, ground: float) -> Iterator[str]:
    for place in (-138, -62, 14):
        yield from figure(body(_REACHING, 190, x + place, ground))
    yield from figure(body(_REACHING, 205, x + 130, ground).turned())
