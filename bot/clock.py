"""The one place that asks the system for the time.

Everything else is handed an instant or asks here, so that the sandbox can move the clock and tests
can stop it.
"""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware and in UTC."""
    return datetime.now(UTC)
