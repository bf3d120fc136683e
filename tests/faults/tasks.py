"""What is parked in the kill town, to become due a few at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import GroupId, GuildId, SessionId


class What(StrEnum):
    """What is let become due."""

    PROMPT = "prompt"
    SHORT = "short"
    """A session whose prompt and settlement both lie within the run."""
    SETTLE = "settle"
    """A session of last week: its prompt stands, and it has been open long enough."""
    NUDGE = "nudge"
    WEEK = "week"
    RECAP = "recap"


@dataclass(frozen=True, slots=True)
class Task:
    """Something parked."""

    what: What
    guild_id: GuildId
    group_id: GroupId
    session_id: SessionId | None = None
