"""Whether every part of Amble can do its work, and if not, which one and why."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy import Connection

from bot.storage.database import Database

PATIENCE = 2.0
"""Seconds that a part has to say how it is."""

Check = Callable[[], Awaitable[str | None]]
"""Returns None where a part is ready, else why it is not: some words without secrets."""

log = logging.getLogger(__name__)


class Readiness:
    """The parts to ask, by name."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        """Ask nothing yet; `ask` does."""
        self._checks = dict(checks)
        self._asking: dict[str, asyncio.Task[str | None]] = {}
        self._told = ""

    async def ask(self) -> dict[str, str | None]:
        """Return by part's name what keeps it from being ready; None: nothing does.

        A part that has not answered is not asked again meanwhile: probes that come every few
        seconds would pile up behind a database that hangs.
        """
        for name, check in self._checks.items():
            task = self._asking.get(name)
            if task is None or task.done():
                self._asking[name] = asyncio.create_task(_asked(name, check), name=f"ask-{name}")
        asked = dict(self._asking)
        if asked:
            await asyncio.wait(asked.values(), timeout=PATIENCE)
        answers = {name: _answer(task) for name, task in asked.items()}
        self._tell(", ".join(f"{name}: {why}" for name, why in answers.items() if why))
        return answers

    def _tell(self, missing: str) -> None:
        """Log what changed since the last probe, and not the same at every one."""
        if missing and missing != self._told:
            log.warning("not ready: %s", missing)
        elif self._told and not missing:
            log.info("ready")
        self._told = missing

    async def close(self) -> None:
        """Ask no longer; whoever still waits hears that Amble is stopping."""
        self._checks.clear()
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)


def database_answers(db: Database) -> Check:
    """Return a check that reads from `db`, and says what writes are known to fail of."""

    async def check() -> str | None:
        await db.read(_look)
        # Ended by the next write that is saved, a heartbeat at the latest.
        return None if db.trouble is None else type(db.trouble).__name__

    return check


def _look(conn: Connection) -> None:
    conn.exec_driver_sql("SELECT 1").scalar_one()


async def _asked(name: str, check: Check) -> str | None:
    try:
        return await check()
    except Exception as error:
        # A probe wants an answer whatever is broken. It gets the name alone: the words may hold
        # what may not leave the log, which is redacted.
        log.debug("%s could not say whether it is ready", name, exc_info=error)
        return type(error).__name__


def _answer(task: asyncio.Task[str | None]) -> str | None:
    if not task.done():
        return f"no answer within {PATIENCE:g} s"
    return "stopping" if task.cancelled() else task.result()
