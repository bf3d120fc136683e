"""Moves the clock for the page.

A command cannot move the clock itself: it runs inside the bot, and SimCord refuses an operation
inside another. So it leaves a wish, and a task outside the bot fulfils it when its turn comes: when
the command, and the page's action around it, have ended.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

logger = logging.getLogger(__name__)

Wishes = asyncio.Queue[datetime]
"""Instants to which somebody would like the clock moved, in the order of asking."""


class Clock(Protocol):
    """Something that moves the world on: its clock alone, or a life with all who act in it."""

    def now(self) -> datetime: ...

    async def move_to(self, instant: datetime) -> None: ...


async def fulfil(
    wishes: Wishes,
    clock: Clock,
    *,
    turn: asyncio.Lock,
    show: Callable[[], Awaitable[None]],
) -> None:
    """Move `clock` for one wish after another, for ever; to be run in a task outside the bot.

    Whoever else acts in the world holds `turn` meanwhile, as this does. `show` brings what has
    happened into view. A bot that does not come to rest is logged, and the next wish is taken.
    """
    while True:
        wish = await wishes.get()
        try:
            async with turn:
                await clock.move_to(max(wish, clock.now()))
                await show()
        except TimeoutError:
            logger.exception("the clock did not reach %s", wish)
        finally:
            wishes.task_done()
