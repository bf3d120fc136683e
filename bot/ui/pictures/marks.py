"""How a day looks in the year: every kind of outcome differs in shape as well as in colour."""

from __future__ import annotations

from bot.domain.streak import Outcome
from bot.ui.pictures.svg import BLUE, GREEN, LINE, QUIET, circle, path, rect

CELL = 25
"""Side of the square that a day has, the gap to the next one included."""
_SIDE = 19
_GAP = (CELL - _SIDE) / 2

LEGEND = {
    Outcome.DONE: "picture.legend.done",
    Outcome.PARTLY: "picture.legend.partly",
    Outcome.REST: "picture.legend.rest",
    Outcome.MISSED: "picture.legend.missed",
}
"""One outcome of each look, with the key of its words."""


def mark(outcome: Outcome | None, x: float, y: float) -> str:
    """Return a day's mark in the cell whose corner is at `x`, `y`; a dot where nothing was planned.

    A miss is a short grey dash: it is there for those who look for it, and alarms nobody.
    """
    middle_x, middle_y = x + CELL / 2, y + CELL / 2
    match outcome:
        case None:
            return circle(middle_x, middle_y, 2, LINE)
        case Outcome.DONE:
            return rect(x + _GAP, y + _GAP, _SIDE, _SIDE, GREEN, radius=4)
        case Outcome.PARTLY:
            left, right = x + _GAP, x + CELL - _GAP
            top, bottom = y + _GAP, y + CELL - _GAP
            return path(f"M{left:g} {top:g}V{bottom:g}H{right:g}Z", GREEN)
        case Outcome.REST | Outcome.SORE | Outcome.EXCUSED:
            return circle(middle_x, middle_y, 6.5, BLUE)
        case Outcome.MISSED:
            return rect(middle_x - 7, middle_y - 2, 14, 4, QUIET, radius=2)
