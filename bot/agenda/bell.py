"""APScheduler, which only rings: what is due stands in the database.

The only module that knows APScheduler. Jobs live in memory, carry no data and return at once; a
ring that is lost is made up for by the next sweep.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false
# APScheduler 3 has no type hints; nothing of it leaves this module.

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from typing_extensions import override

from bot import clock
from bot.services import StorageError

log = logging.getLogger(__name__)
# What it says of a job that failed or came too late, `_report` says in Amble's words.
logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)

Job = Callable[[], Awaitable[None]]

_RING = "ring"
# APScheduler drops a job that is more than a second late unless it is told not to.
_NEVER_DROP = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
STEP = timedelta(seconds=1)
"""How far the clock may be set back without anybody caring."""


class Bell:
    """Rings at the earliest due instant, and regularly for what must not wait for it."""

    def __init__(self) -> None:
        """Make a silent bell."""
        self._scheduler = _Scheduler(timezone="UTC", job_defaults=_NEVER_DROP)
        self._scheduler.add_listener(_report, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        self._armed_for: datetime | None = None

    def start(self) -> None:
        """Begin to ring; from inside the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def every(self, span: timedelta, name: str, job: Job) -> None:
        """Ring `job` again and again, a span of whole seconds apart."""
        trigger = IntervalTrigger(seconds=round(span.total_seconds()))
        self._scheduler.add_job(_ending_quietly(job), trigger, id=name)

    def ring_at(self, instant: datetime | None, job: Job) -> None:
        """Ring `job` once at `instant`, in place of what was armed before; None disarms."""
        if instant == self._armed_for and self._scheduler.get_job(_RING) is not None:
            return
        self._armed_for = instant
        if instant is None:
            if self._scheduler.get_job(_RING) is not None:
                self._scheduler.remove_job(_RING)
            return
        ring = _ending_quietly(job)
        self._scheduler.add_job(ring, DateTrigger(instant), id=_RING, replace_existing=True)


class _Scheduler(AsyncIOScheduler):
    """Goes on ringing regularly though the clock was set back.

    It plans by the clock and sleeps by the event loop's own time: it wakes when it meant to, and
    would find everything as far off as the clock was set back, once by years on a machine that
    began with a wrong one.
    """

    @override
    def wakeup(self) -> None:
        """Look for what is due, after bringing near what cannot be so far off."""
        for job in self.get_jobs():
            trigger, now = job.trigger, clock.now()
            if isinstance(trigger, IntervalTrigger):
                latest = now + trigger.interval + STEP
                if job.next_run_time is not None and job.next_run_time > latest:
                    log.warning("the clock was set back; ringing for %s now", job.id)
                    job.modify(next_run_time=now)
        super().wakeup()


def _ending_quietly(job: Job) -> Job:
    """Return a job that is not taken for a failed one when `stop` breaks it off."""

    @wraps(job)
    async def run() -> None:
        with suppress(asyncio.CancelledError):
            await job()

    return run


def _report(event: JobExecutionEvent) -> None:
    if isinstance(event.exception, StorageError):
        # No fault of the job: the database has told of its trouble, and the next run makes up.
        log.warning("job %s failed: %s", event.job_id, event.exception)
    elif event.exception is not None:
        log.error("job %s failed", event.job_id, exc_info=event.exception)
    else:
        log.warning("job %s missed its time %s", event.job_id, event.scheduled_run_time)
