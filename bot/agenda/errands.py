"""Requests to Discord that are waited for, and never broken off."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

T = TypeVar("T")

log = logging.getLogger(__name__)


class Errands:
    """Runs each request in a task of its own, which goes on when nobody waits for it any more.

    While discord.py waits out a global limit it holds back all its requests, and it lets them
    through again only where that wait was not cancelled (`HTTPClient.request` of 2.7.1): one send
    given up in it would silence the bot until its next start.
    """

    def __init__(self, within: timedelta) -> None:
        """Wait for each of them for so long."""
        self._within = within.total_seconds()
        self._under_way: set[asyncio.Task[Any]] = set()

    async def run(self, errand: Coroutine[Any, Any, T]) -> T:
        """Return what comes of it. Raises TimeoutError where that takes too long, and what it does.

        It goes on after that, and after the caller was cancelled.
        """
        task = asyncio.create_task(errand, name="errand")
        self._under_way.add(task)
        task.add_done_callback(self._end)
        # Unlike `asyncio.timeout`, this leaves the task alone.
        done, _ = await asyncio.wait([task], timeout=self._within)
        if not done:
            raise TimeoutError
        return task.result()

    async def stop(self) -> None:
        """Break off what is still under way: the client is about to be closed."""
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # Whoever still waits for it is told; of the others nobody asks any more.
            log.debug("a request ended in %s: %s", type(error).__name__, error)
