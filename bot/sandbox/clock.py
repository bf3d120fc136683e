"""A clock that stands still until it is moved, and then takes everything along.

Three things tell the time in the sandbox. SimCord's clock gives messages their ids and drives the
bot's timers; the process's own clock, which time-machine holds, is what APScheduler and all else
read as now; and real time passes outside. The first leads and the second follows it at every step,
so that whatever rings on the way reads the very instant it was set for. Real time moves neither.
"""

import asyncio
from contextvars import Context
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import time_machine
from simcord import Env
from simcord._clock import Clock
from simcord._runtime import (
    _CallbackRecord,  # pyright: ignore[reportPrivateUsage] - the pin of SimCord allows for it
)

from bot.domain.errors import AmbleError

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Where SimCord's clock begins; no world is older."""

_STEP = timedelta(days=1)
# SimCord adds up seconds in a float, and a + (b - a) is a hair below b in 27 of a million cases: a
# timer set for the very instant of arrival would be left behind. Far below the microsecond in
# which instants are told, far above the rounding of a float that counts the seconds of years.
_SLACK = 1e-7
# How soon SimCord looks again whether the bot is at rest. Its own 50 ms are spent on nearly every
# click, which makes fifteen seconds of a month.
_IDLE_SECONDS = 0.001


class LeadingClock(Clock):
    """SimCord's clock, with the process's own clock in tow."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        super().__init__()
        self._traveller = traveller

    def advance(self, seconds: float) -> None:
        super().advance(seconds)
        self._traveller.shift(self.now() - datetime.now(UTC))


class _MeantWaits(dict[asyncio.Task[Any], str]):
    """SimCord's list of the waits that are meant: where no time passes, all of them are.

    A task that waits for work, a lock or its share of a rate limit goes on when somebody acts or
    the clock moves. Work in threads and processes is waited for all the same.
    """

    def get(self, key: asyncio.Task[Any], _default: object = None, /) -> str:
        return super().get(key, "the clock stands still")


class StillEnv(Env):
    """A SimCord world in which no time passes by itself.

    SimCord lets a timer of the bot ring when that much real time has passed. Here only those do
    that are due within `patience`, such as the short pause before a tally is redrawn; all others
    wait for the clock.
    """

    def __init__(
        self, bot: discord.AutoShardedClient, *, patience: timedelta, settle_timeout: float
    ) -> None:
        super().__init__(
            bot,
            check_errors=False,
            approved_intents=bot.intents,
            shard_count=1,
            settle_timeout=settle_timeout,
        )
        self._patience = patience.total_seconds()
        self._work.external_waits = _MeantWaits()

    async def _settle_internal(
        self,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is SimCord's
        idle: float = _IDLE_SECONDS,
        dispatch: str | None = None,
        _deadline: float | None = None,
    ) -> None:
        await super()._settle_internal(
            timeout=timeout, idle=idle, dispatch=dispatch, _deadline=_deadline
        )

    def _schedule_timer(
        self,
        record: _CallbackRecord,
        callback: object,
        args: tuple[object, ...],
        schedule_context: Context | None,
    ) -> None:
        if record.when is not None:
            # APScheduler counts its wait in differences of timestamps, which are exact to a
            # quarter of a microsecond only; without this a job would ring one move too late.
            record.when = round(record.when, 6)
        super()._schedule_timer(record, callback, args, schedule_context)
        if record.real_handle is not None and not self._is_near(record):
            record.real_handle.cancel()

    def _record_error(self, error: BaseException) -> None:
        # A refusal is an answer, not a failure of the bot; the page would count it as one.
        if not isinstance(getattr(error, "original", error), AmbleError):
            super()._record_error(error)

    def _is_near(self, record: _CallbackRecord) -> bool:
        return record.when is None or record.when - self._virtual_time <= self._patience


class SandboxClock:
    """Moves the world on. Not to be used from within the bot: SimCord refuses that."""

    def __init__(self, env: Env) -> None:
        self._env = env

    def now(self) -> datetime:
        """Return the instant at which the world stands."""
        return self._env.now()

    async def move_to(self, instant: datetime) -> None:
        """Move on to `instant`; everything due until then happens at its own instant, in order.

        Returns when the bot has finished all of it. Raises ValueError for an instant that has
        passed, TimeoutError when the bot does not come to rest, and SimCord's SetupError while
        another operation is under way.
        """
        if instant < self.now():
            raise ValueError(f"the clock stands at {self.now()} and cannot go back to {instant}")
        while self.now() < instant:
            # SimCord's time limit counts for one step: a long way is not mistaken for a hang.
            await self._step_to(min(instant, self.now() + _STEP))

    async def _step_to(self, instant: datetime) -> None:
        target = (instant - EPOCH).total_seconds() + _SLACK
        await self._env.advance_time(max(0.0, target - self._env.backend.clock.elapsed))

    async def move_by(self, span: timedelta) -> None:
        """Move on by `span`; see `move_to`."""
        await self.move_to(self.now() + span)
