"""How much of everything there may be, so that one server cannot crowd out the others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Set by the operator; the defaults suit a public bot."""

    groups_per_server: int = 50
    members_per_group: int = 100
    slots_per_group: int = 14
