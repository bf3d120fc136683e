"""Redrawing prompts as answers come in: many clicks in one edit."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from datetime import datetime, timedelta

from bot import clock, metrics
from bot.agenda.pace import Pace
from bot.agenda.sender import PASSING_FAILURES, Failure, NotSent, Sender
from bot.domain.ids import ChannelId, GuildId, SessionId
from bot.services import Database, StorageError, encouraging, prompts
from bot.services.views import Prompt
from bot.ui.encouragement import encouragement
from bot.ui.prompt import prompt
from bot.ui.words import Words

log = logging.getLogger(__name__)

OLD = timedelta(hours=1)
"""A message older than this may be edited only so often."""
OLD_EVERY = timedelta(minutes=1)
BACK_OFF = timedelta(minutes=5)
"""How long an edit waits after Discord said that there were too many."""
FIRST_RETRY = timedelta(seconds=5)
LAST_RETRY = timedelta(minutes=1)
"""How long an edit waits at most that did not reach Discord."""
TRIES = 30
"""How often it is tried, for half an hour about; then the next answer, or the next start, does."""
FINISH_WITHIN = timedelta(seconds=2)
"""How long drawing may take when the process stops."""
CATCH_UP_AFTER = timedelta(seconds=5)
"""When a channel's first prompt is caught up on: what the process before used up is free then."""
CATCH_UP_EVERY = timedelta(seconds=1)
"""Between two of the same channel: Discord takes about five edits in five seconds."""
CATCH_UP = BACK_OFF + OLD_EVERY
"""How long before the end of a process what it was to draw may have been asked for."""

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
        self._hurried: dict[Key, asyncio.Event] = {}
        """Those that wait for their turn after the start, unless somebody presses a button."""
        self._tasks: set[asyncio.Task[None]] = set()
        """The waiting ones, and those whose edit is under way."""
        self._drawn_at: dict[Key, datetime] = {}
        """When a prompt was last drawn; in the future for one that Discord held up."""
        self._failures: dict[Key, int] = {}
        """How often in a row the edit of a prompt came to nothing."""
        self._stopping = False

    def ask(self, guild_id: GuildId, session_id: SessionId) -> None:
        """Have a session's prompt redrawn soon, if it stands somewhere."""
        key = (guild_id, session_id)
        if key in self._hurried:
            self._hurried[key].set()
        self._ask(key, self._gather)

    async def catch_up(self, since: datetime) -> None:
        """Have those prompts redrawn that changed after `since`: the process before may not have.

        In each channel one comes after another, as Discord still counts what the process before
        has drawn; what is asked for meanwhile does not wait for its turn.
        """
        turns = defaultdict[ChannelId, timedelta](lambda: CATCH_UP_AFTER)
        for guild_id, session_id, channel_id in await prompts.changed_since(self._db, since):
            self._ask((guild_id, session_id), self._gather, turn=turns[channel_id])
            turns[channel_id] += CATCH_UP_EVERY

    async def stop(self) -> None:
        """Draw at once what waits, as far as that is done soon; the next start does the rest."""
        self._stopping = True
        keys = list(self._waiting)
        for task in self._waiting.values():
            task.cancel()
        try:
            async with asyncio.timeout(FINISH_WITHIN.total_seconds()):
                await asyncio.gather(*self._tasks, *map(self._draw, keys), return_exceptions=True)
        except TimeoutError:
            log.info("some of %d prompts are left to be drawn at the next start", len(keys))

    def _ask(self, key: Key, wait: timedelta, turn: timedelta | None = None) -> None:
        if key not in self._waiting and not self._stopping:
            task = asyncio.create_task(self._redraw(key, wait, turn), name="redraw")
            self._waiting[key] = task
            self._tasks.add(task)
            task.add_done_callback(self._end)

    async def _redraw(self, key: Key, wait: timedelta, turn: timedelta | None) -> None:
        try:
            if turn is not None:
                await self._wait_for_turn(key, turn)
            await asyncio.sleep(wait.total_seconds())
            facts = await self._facts(key)
            if facts is not None:
                await asyncio.sleep(self._wait_for(key, facts).total_seconds())
        finally:
            # From here on a new click is a new request: it may come too late for this edit.
            del self._waiting[key]
        await self._draw(key)

    async def _wait_for_turn(self, key: Key, turn: timedelta) -> None:
        hurried = self._hurried[key] = asyncio.Event()
        try:
            async with asyncio.timeout(turn.total_seconds()):
                await hurried.wait()
        except TimeoutError:
            pass
        finally:
            del self._hurried[key]

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
        # No longer than that, also where the clock was set back meanwhile.
        return min(max(timedelta(0), last + OLD_EVERY - now), BACK_OFF)

    async def _draw(self, key: Key) -> None:
        await self._draw_prompt(key)
        await self._draw_encouragement(key)

    async def _draw_encouragement(self, key: Key) -> None:
        """Take those out of the kind words after a miss who did walk, as they said later."""
        try:
            found = await encouraging.outdated(self._db, *key, clock.now())
            if found is None:
                return
            async with self._pace.channel(found.channel_id), self._pace.request():
                card = encouragement(found.post, self._words)
                await self._sender.edit(found.channel_id, found.message_id, card)
            await encouraging.updated(self._db, found)
        except NotSent as error:
            log.info("encouragement after session %s not redrawn: %s", key[1], error.failure)
            if error.failure in PASSING_FAILURES or error.failure is Failure.TOO_OFTEN:
                self._try_again(key)
        except StorageError:
            log.warning("encouragement after session %s not redrawn: not saved", key[1])
            self._try_again(key)

    async def _draw_prompt(self, key: Key) -> None:
        facts = await self._facts(key)
        if facts is None or facts.message_id is None:
            return
        try:
            async with self._pace.channel(facts.channel_id), self._pace.request():
                card = prompt(facts, self._words)
                await self._sender.edit(facts.channel_id, facts.message_id, card)
        except NotSent as error:
            planned = error.failure is Failure.TOO_OFTEN
            level = logging.INFO if planned else logging.WARNING
            log.log(level, "prompt of session %s not redrawn: %s", key[1], error.failure)
            if planned:
                self._drawn_at[key] = clock.now() + BACK_OFF - OLD_EVERY
                self.ask(*key)
            elif error.failure in PASSING_FAILURES:
                self._try_again(key)
            metrics.redraw_ended("put_off" if planned else "failed")
            return
        metrics.redraw_ended("ok")
        self._failures.pop(key, None)
        now = clock.now()
        # What was drawn longer ago holds up nothing any more.
        recent = {one: at for one, at in self._drawn_at.items() if at + OLD_EVERY > now}
        self._drawn_at = {**recent, key: now}

    def _try_again(self, key: Key) -> None:
        """Have a prompt drawn after a while, longer each time, even if nobody presses it again."""
        failures = self._failures.pop(key, 0) + 1
        if failures < TRIES:
            self._failures[key] = failures
            self._ask(key, min(FIRST_RETRY * 2 ** min(failures - 1, 10), LAST_RETRY))

    async def _facts(self, key: Key) -> Prompt | None:
        try:
            return await prompts.facts(self._db, *key, clock.now())
        except StorageError:
            log.warning("prompt of session %s not redrawn: the database does not answer", key[1])
            self._try_again(key)
            return None
