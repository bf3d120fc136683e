"""How late the event loop is: a task that sleeps, and looks by how much it overslept.

Whatever keeps the loop busy keeps everything waiting: clicks (which Discord gives 3 s), the
gateway's heartbeat, prompts.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque

from bot import metrics

EVERY = 0.5
"""Seconds between two looks."""
TOO_LONG = 1.0
"""Seconds of lag that an operator should read of."""
LOOKS_IN_A_ROW = 10
"""So many looks that all were TOO_LONG: the loop does not just hiccup, it cannot keep up."""

log = logging.getLogger(__name__)


class LoopLag:
    """The lag of the loop that `watch` runs on."""

    def __init__(self) -> None:
        """Watch nothing yet; `watch` does."""
        self._last: deque[float] = deque(maxlen=LOOKS_IN_A_ROW)

    @property
    def is_lasting(self) -> bool:
        """Whether the loop has been late at each of the last looks."""
        return len(self._last) == LOOKS_IN_A_ROW and min(self._last) > TOO_LONG

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            began = time.monotonic()
            await asyncio.sleep(EVERY)
            self.note(max(0.0, time.monotonic() - began - EVERY))

    def note(self, seconds: float) -> None:
        """Take down one look's lag."""
        self._last.append(seconds)
        metrics.loop_lagged(seconds)
        if seconds > TOO_LONG:
            log.warning("the event loop stood still for %.1f s; everything waited", seconds)
