"""Redrawing prompts as answers come in: many clicks in one edit."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot import clock
from bot.agenda.pace import Pace
from bot.agenda.sender import Failure, NotSent, Sender
from bot.domain.ids import GuildId, SessionId
from bot.services import Database, StorageError, prompts
from bot.services.views import Prompt
from bot.ui.prompt import prompt
from bot.ui.words import Words

log = logging.getLogger(__name__)

OLD = timedelta(hours=1)
"""A message older than this may be edited only so often."""
OLD_EVERY = timedelta(minutes=1)
BACK_OFF = timedelta(minutes=5)
"""How long an edit waits after Discord said that there were too many."""

Key = tuple[GuildId, SessionId]


class Redraws:
    """Edits each prompt that was asked for once, a moment after the first of many requests."""

    def __init__(
        self, db: Database, sender: Sender, pace: Pace, words: Words, gather: timedelta
    ) -> None:
        """Gather requests for `gather` before an edit."""
        self._db = db
        self._sender = sender
        self._pace = pace
        self._words = words
        self._gather = gather
        self._waiting: dict[Key, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        """The waiting ones, and those whose edit is under way."""
        self._drawn_at: dict[Key, datetime] = {}
        """When a prompt was last drawn; in the future for one that Discord held up."""
        self._stopping = False

    def ask(self, guild_id: GuildId, session_id: SessionId) -> None:
        """Have a session's prompt redrawn soon, if it stands somewhere."""
        key = (guild_id, session_id)
        if key not in self._waiting and not self._stopping:
            task = asyncio.create_task(self._redraw(key), name="redraw")
            self._waiting[key] = task
            self._tasks.add(task)
            task.add_done_callback(self._end)

    async def stop(self) -> None:
        """Finish the edits under way, and draw at once what was still waiting."""
        self._stopping = True
        keys = list(self._waiting)
        for task in self._waiting.values():
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for key in keys:
            await self._draw(key)

    async def _redraw(self, key: Key) -> None:
        try:
            await asyncio.sleep(self._gather.total_seconds())
            facts = await self._facts(key)
            if facts is not None:
                await asyncio.sleep(self._wait_for(key, facts).total_seconds())
        finally:
            # From here on a new click is a new request: it may come too late for this edit.
            del self._waiting[key]
        await self._draw(key)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a prompt could not be redrawn", exc_info=error)

    def _wait_for(self, key: Key, facts: Prompt) -> timedelta:
        last = self._drawn_at.get(key)
        now = clock.now()
        young = facts.posted_at is None or now - facts.posted_at < OLD
        if last is None or (young and last <= now):
            return timedelta(0)
        return max(timedelta(0), last + OLD_EVERY - now)

    async def _draw(self, key: Key) -> None:
        facts = await self._facts(key)
        if facts is None or facts.message_id is None:
            return
        try:
            async with self._pace.channel(facts.channel_id):
                card = prompt(facts, self._words)
                await self._sender.edit(facts.channel_id, facts.message_id, card)
        except NotSent as error:
            log.info("prompt of session %s not redrawn: %s", key[1], error.failure)
            if error.failure is Failure.TOO_OFTEN:
                self._drawn_at[key] = clock.now() + BACK_OFF - OLD_EVERY
                self.ask(*key)
            return
        now = clock.now()
        # What was drawn longer ago holds up nothing any more.
        recent = {one: at for one, at in self._drawn_at.items() if at + OLD_EVERY > now}
        self._drawn_at = {**recent, key: now}

    async def _facts(self, key: Key) -> Prompt | None:
        try:
            return await prompts.facts(self._db, *key, clock.now())
        except StorageError:
            log.warning("prompt of session %s not redrawn: the database does not answer", key[1])
            return None
