"""People in the guides keep their proportions, stand on the ground, and stay in their panels."""

from dataclasses import fields
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guide import Guide
from bot.ui.pictures.figure import Body, Pose, away, body, figure
from bot.ui.pictures.guides import guide_picture
from bot.ui.pictures.svg import ORANGE, PANEL
from bot.ui.words import words_in
from tests.ui.pictures.drawn import Box, Drawn

ANGLES = st.floats(-360, 360)
LIMBS = st.tuples(ANGLES, ANGLES)
POSES = st.builds(
    Pose,
    LIMBS,
    LIMBS,
    LIMBS,
    LIMBS,
    ANGLES,
    st.none() | ANGLES,
    st.none() | ANGLES,
    st.none() | ANGLES,
    st.none() | ANGLES,
)
UPRIGHT = body(Pose(), 100, 0, 0)
BONES = [
    ("hip", "back"),
    ("back", "shoulder"),
    ("shoulder", "head"),
    ("shoulder", "near_elbow"),
    ("near_elbow", "near_hand"),
    ("shoulder", "far_elbow"),
    ("far_elbow", "far_hand"),
    ("hip", "near_knee"),
    ("near_knee", "near_ankle"),
    ("near_ankle", "near_toe"),
    ("hip", "far_knee"),
    ("far_knee", "far_ankle"),
    ("far_ankle", "far_toe"),
]


def lengths(one: Body) -> list[float]:
    return [dist(getattr(one, start), getattr(one, end)) / one.height for start, end in BONES]


@given(POSES, st.floats(50, 400))
def test_every_pose_has_the_same_proportions(pose: Pose, height: float) -> None:
    assert lengths(body(pose, height, 0, 0)) == pytest.approx(lengths(UPRIGHT))


@given(POSES)
def test_every_pose_rests_on_the_ground(pose: Pose) -> None:
    one = body(pose, 200, 30, 500)
    assert one.hip[0] == pytest.approx(30)
    assert one.lowest == pytest.approx(500)


def test_somebody_who_stands_is_about_as_tall_as_was_said() -> None:
    assert -UPRIGHT.head[1] + 7 == pytest.approx(100, abs=3)


@given(POSES)
def test_turned_somebody_looks_the_other_way(pose: Pose) -> None:
    one = body(pose, 200, 30, 500)
    other = one.turned()
    assert other.head == pytest.approx((60 - one.head[0], one.head[1]))
    joints = [field.name for field in fields(Body) if field.name != "height"]
    assert all(
        getattr(other.turned(), name) == pytest.approx(getattr(one, name)) for name in joints
    )


@pytest.mark.parametrize(
    ("direction", "place"), [(0, (0, 1)), (90, (1, 0)), (180, (0, -1)), (-90, (-1, 0))]
)
def test_directions_are_down_ahead_up_and_behind(
    direction: float, place: tuple[float, float]
) -> None:
    assert away((0, 0), direction, 1) == pytest.approx(place)


def test_a_mark_stands_where_an_exercise_is_felt() -> None:
    marked = Drawn(
        f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(figure(UPRIGHT, "thigh"))}</svg>'
    )
    [mark] = [one for one in marked.strokes if one.fill == ORANGE]
    assert UPRIGHT.hip[1] < mark.top < mark.bottom < UPRIGHT.near_knee[1]


@pytest.mark.parametrize("guide", Guide)
def test_nobody_steps_out_of_a_panel(guide: Guide) -> None:
    drawn = Drawn(guide_picture(guide, words_in("en")))
    panels = [one for one in drawn.boxes if one.fill == PANEL]
    last = max(one.bottom for one in panels)
    assert panels
    for one in drawn.strokes:
        # What explains the marks stands below.
        assert one.top > last or any(_inside(one, panel) for panel in panels), one


def _inside(one: Box, panel: Box) -> bool:
    return panel.holds(one.left, one.top) and panel.holds(one.right, one.bottom)
