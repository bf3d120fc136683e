"""The guides: what there is to read about moving with a sore lower back, and which fits when."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.schedule import Activity


class Guide(StrEnum):
    """A short guide; they are offered in this order."""

    WALK = "walk"
    WARM_UP = "warm_up"
    CHAIR = "chair"
    """The hamstring stretch that needs nothing but a chair."""
    HAMSTRINGS = "hamstrings"
    """More stretches for the back of the thigh."""
    CORE = "core"
    """Strength for abdomen, back and pelvis."""
    WATER = "water"
    BIKE = "bike"
    ELLIPTICAL = "elliptical"
    PACING = "pacing"
    """Getting going again after a flare."""
    COMPANY = "company"


_FITTING = {
    Activity.WALK: Guide.WALK,
    Activity.WATER: Guide.WATER,
    Activity.BIKE: Guide.BIKE,
    Activity.ELLIPTICAL: Guide.ELLIPTICAL,
    Activity.OTHER: Guide.WARM_UP,
}


def guide_to(activity: Activity) -> Guide:
    """Return the guide that fits a session; whatever else it is for begins with warming up."""
    return _FITTING[activity]
