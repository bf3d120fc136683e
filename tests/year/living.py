"""Lives a year on a fresh database: through the real bot, in a simulated Discord."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, time

from bot.storage import ids
from tests.end_to_end.village import Village, open_village
from tests.year.account import Year
from tests.year.almanac import START, YEAR, clock, restarts
from tests.year.life import Life

_BEGINS_AT = time(5)


def _forget_polls(village: Village) -> None:
    """Spare SimCord looking for polls among all messages whenever the clock moves: none are made.

    It looks twice at each step, which after a year is a third of the time.
    """
    backend = village.env.backend
    backend.expire_due_polls = lambda: None
    backend.next_poll_deadline = lambda: None


@dataclass(frozen=True, slots=True)
class Options:
    """How long to live, and with what chance."""

    days: int = YEAR
    seed: int = 1
    restart_every: int = 14
    """Days between two restarts of the bot, more or less."""


async def live(url: str, options: Options, tick: Callable[[], object] = lambda: None) -> Year:
    """Live on the migrated database at `url`; equal options give an equal year.

    `tick` is called after each day. Raises AssertionError for what the bot must never do, whatever
    the year is about: see `open_village`.
    """
    ids.restart(0)
    aways = tuple(restarts(options.seed, options.days, options.restart_every))
    begins_at = clock(START, _BEGINS_AT).astimezone(UTC)
    async with open_village(url, start=begins_at, by_document=False) as village:
        _forget_polls(village)
        return await Life(village, options.seed, aways).live(options.days, tick)
