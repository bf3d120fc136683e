"""Error 30046: a message older than an hour can be edited only so often."""

from __future__ import annotations

from datetime import datetime, timedelta

from discord.utils import snowflake_time

OLD_MESSAGE = 30046
OLD = timedelta(hours=1)
# Discord tells no figure; half a minute leaves room for one edit a minute, which is our own pace.
PAUSE = timedelta(seconds=30)


class OldEdits:
    """When each old message was edited last."""

    def __init__(self) -> None:
        self._last: dict[int, datetime] = {}

    def wait(self, message_id: int, now: datetime) -> float:
        """Return how many seconds an edit of that message has to wait."""
        if now - snowflake_time(message_id) < OLD or message_id not in self._last:
            return 0.0
        return max((self._last[message_id] + PAUSE - now).total_seconds(), 0.0)

    def note(self, message_id: int, now: datetime) -> None:
        """Remember that it was edited."""
        if now - snowflake_time(message_id) >= OLD:
            self._last[message_id] = now
