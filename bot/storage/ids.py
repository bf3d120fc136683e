"""Ids for Amble's own rows, in the shape of a snowflake: time first, then a running number.

Rows are keyed by (guild_id, id), so that PostgreSQL can spread them by server; a number drawn by
the database would tie all servers to one sequence. Two processes differ by where their running
number began.
"""

from __future__ import annotations

import itertools
import secrets
from datetime import UTC, datetime

from bot import clock

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_SEQUENCE_BITS = 22
_SEQUENCE_MASK = (1 << _SEQUENCE_BITS) - 1

_running = itertools.count(secrets.randbits(_SEQUENCE_BITS))


def new_id() -> int:
    """Return an id that is new in this process and all but surely in every other."""
    milliseconds = int((clock.now() - _EPOCH).total_seconds() * 1000)
    return (milliseconds << _SEQUENCE_BITS) | (next(_running) & _SEQUENCE_MASK)


def restart(first: int) -> None:
    """Begin the running number anew, so that a simulated world gets the same ids every time."""
    global _running  # noqa: PLW0603 - the running number is the process's own
    _running = itertools.count(first)
