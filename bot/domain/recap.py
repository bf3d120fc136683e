"""What kind of week a recap tells of."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

QUIET_AFTER = timedelta(days=14)
"""A group in which nobody has answered for this long is left in peace."""


class WeekKind(StrEnum):
    """The kinds of weeks that have words of their own."""

    FIRST = "first"
    """The group's first week with a session."""
    FULL = "full"
    """Everybody who was expected came."""
    MIXED = "mixed"
    CALM = "calm"
    """Few came, or nobody."""


def kind_of_week(kept: int, counted: int, *, first: bool) -> WeekKind:
    """Say which words fit a week in which `kept` of `counted` turns were kept.

    A first week in which nobody came is a calm one: there is nothing to celebrate yet.
    """
    if kept * 2 < counted or not kept:
        return WeekKind.CALM
    if first:
        return WeekKind.FIRST
    return WeekKind.FULL if kept >= counted else WeekKind.MIXED
