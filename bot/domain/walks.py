"""What one person did in several groups at the same time, counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.ids import GroupId, MembershipId, SessionId


@dataclass(frozen=True, slots=True)
class Plan:
    """When a group meets."""

    session_id: SessionId
    group_id: GroupId
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Walk:
    """A session as one member stands to it: answered, or over."""

    membership_id: MembershipId
    starts_at: datetime
    ends_at: datetime
    """As planned."""
    kept: bool
    minutes: int
    counted: bool
    """Whether it counts towards the share; what was kept always does."""


def overlapping(plans: Iterable[Plan]) -> set[SessionId]:
    """Return the sessions, given by start, during which another group meets as well."""
    found: set[SessionId] = set()
    running: list[Plan] = []
    for plan in plans:
        running = [one for one in running if one.ends_at > plan.starts_at]
        others = [one.session_id for one in running if one.group_id != plan.group_id]
        if others:
            found.update(others, [plan.session_id])
        running.append(plan)
    return found


def once(walks: Iterable[Walk]) -> list[Walk]:
    """Return one person's walks with those that overlap in several groups as one, by start.

    Nobody is in two places: what was kept in one group was not missed in the other, and of two
    lengths the longer one holds. Sessions of the same group are never taken for one.
    """
    apart: list[Walk] = []
    running: dict[int, set[MembershipId]] = {}
    for walk in sorted(walks, key=lambda one: (one.starts_at, one.membership_id)):
        running = {at: by for at, by in running.items() if apart[at].ends_at > walk.starts_at}
        same = next((at for at, by in running.items() if walk.membership_id not in by), None)
        if same is None:
            running[len(apart)] = {walk.membership_id}
            apart.append(walk)
        else:
            running[same].add(walk.membership_id)
            apart[same] = _merged(apart[same], walk)
    return apart


def _merged(one: Walk, other: Walk) -> Walk:
    return replace(
        one,
        kept=one.kept or other.kept,
        minutes=max(one.minutes, other.minutes),
        counted=one.counted or other.counted,
    )
