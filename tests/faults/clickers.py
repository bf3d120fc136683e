"""Members who press buttons all the time, whether the bot is there or not, and again if it was not.

Each keeps to one press at a time for a session, as a person does, so that what they pressed has an
order in which the book can be checked.
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any, cast

from bot.domain.checkin import Answer
from bot.domain.ids import SessionId
from tests.faults.seed import Town
from tests.wire.people import Act
from tests.wire.server import WireDiscord
from tests.wire.world import Person

BUTTON = re.compile(r"amble:answer:(\d+):(\d+):done")
UNDO = re.compile(r"amble:undo:\d+:(\d+):(\d+)(:sure)?")
PATIENCE = 3.5
"""How many seconds somebody waits for an answer."""

Key = tuple[int, SessionId]
"""A member and a session."""


class Fate(StrEnum):
    """What a member knows of a press."""

    TAKEN = "taken"
    """Acknowledged, with a kind word."""
    REFUSED = "refused"
    """Told why not."""
    UNKNOWN = "unknown"
    """Nobody answered: it may have been taken."""


@dataclass(slots=True)
class Press:
    """A button that was pressed; `answer` None takes the last one back."""

    answer: Answer | None
    seen: int | None
    """How many changes the undo button knew of."""
    fate: Fate = Fate.UNKNOWN
    said: str = ""

    def __str__(self) -> str:
        what = self.answer or f"undo of {self.seen}"
        return f"{what} ({self.fate})"


@dataclass
class Clickers:
    """All members of a town."""

    discord: WireDiscord
    town: Town
    rng: Random
    presses: dict[Key, list[Press]] = field(default_factory=lambda: defaultdict(list))
    pause: float = 0.1
    _prompts: list[tuple[SessionId, int]] = field(default_factory=list[tuple[SessionId, int]])
    _read: int = 0
    _busy: set[Key] = field(default_factory=set[Key])
    _undo: dict[Key, tuple[int, str]] = field(default_factory=dict[Key, tuple[int, str]])
    """The undo button that each was shown last: (message, custom id)."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def press_on(self) -> None:
        """Press, until cancelled."""
        while True:
            await asyncio.sleep(self.rng.uniform(0, 2 * self.pause))
            self._look()
            if self._prompts:
                self._press_something()

    async def come_to_rest(self) -> None:
        """Wait for the answers to what was pressed."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _look(self) -> None:
        """Take notice of the prompts that were posted since."""
        postings = self.discord.records.postings
        new, self._read = postings[self._read :], len(postings)
        for posting in new:
            for custom_id in self._custom_ids(posting.channel_id, posting.message_id):
                if found := BUTTON.fullmatch(custom_id):
                    self._prompts.append((SessionId(int(found[2])), posting.message_id))

    def _press_something(self) -> None:
        # Mostly a new one, where most is going on.
        place = max(self.rng.random(), self.rng.random())
        session_id, message_id = self._prompts[int(place * len(self._prompts))]
        person = self.rng.choice(self.town.members[self.town.groups_of[session_id]])
        key = (person.id, session_id)
        if key in self._busy:
            return
        self._busy.add(key)
        task = asyncio.create_task(self._press(key, person, message_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _press(self, key: Key, person: Person, message_id: int) -> None:
        try:
            undo = self._undo.pop(key, None)
            if undo is not None and self.rng.random() < 0.4:
                await self._take_back(key, person, *undo)
            else:
                await self._answer(key, person, message_id, self.rng.choice(list(Answer)))
        finally:
            self._busy.discard(key)

    async def _answer(self, key: Key, person: Person, message_id: int, answer: Answer) -> None:
        for _ in range(self.rng.randint(1, 3)):
            press = Press(answer, None)
            try:
                # A nudge has the buttons of several sessions.
                custom_id = f"amble:answer:{person.guild_id}:{key[1]}:{answer.value}"
                act = self.discord.people.click(person, message_id, custom_id)
            except LookupError:
                return  # a prompt that has lost its buttons
            self.presses[key].append(press)
            await self._hear(key, press, act)
            if press.fate is not Fate.UNKNOWN:
                return
            await asyncio.sleep(self.rng.uniform(0, 1))

    async def _take_back(self, key: Key, person: Person, message_id: int, custom_id: str) -> None:
        found = UNDO.fullmatch(custom_id)
        assert found
        press = Press(None, int(found[2]))
        act = self.discord.people.click(person, message_id, custom_id)
        self.presses[key].append(press)
        await self._hear(key, press, act)

    async def _hear(self, key: Key, press: Press, act: Act) -> None:
        if not act.delivered:
            return
        try:
            press.said = await act.answered(PATIENCE)
        except TimeoutError:
            return
        await asyncio.sleep(0)
        press.fate = Fate.TAKEN if self._is_kind(key, press, act) else Fate.REFUSED

    def _is_kind(self, key: Key, press: Press, act: Act) -> bool:
        """Say whether the answer is a receipt; keep the way back that it offers."""
        asked = act.interaction
        # What follows an update that was only announced did not change the message.
        own = asked.followup_ids[-1] if act.kind == "deferred_update" else asked.message_id
        for custom_id in () if own is None else self._custom_ids(asked.channel_id, own):
            found = UNDO.fullmatch(custom_id)
            if own is not None and found and int(found[1]) == key[1]:
                self._undo[key] = (own, custom_id)
                # An undo that would make a miss is asked about.
                return found[3] is None
        return press.answer is None and act.kind == "update"

    def _custom_ids(self, channel_id: int, message_id: int) -> Iterator[str]:
        kept = self.discord.backend.messages.get(channel_id, {}).get(message_id)
        if kept is not None:
            yield from custom_ids_in(kept.components)


def custom_ids_in(parts: object) -> Iterator[str]:
    """Return the custom ids anywhere in what a message consists of."""
    if isinstance(parts, dict):
        found = cast("dict[str, Any]", parts)
        if isinstance(found.get("custom_id"), str):
            yield found["custom_id"]
        for part in found.values():
            yield from custom_ids_in(part)
    elif isinstance(parts, list):
        for part in cast("list[object]", parts):
            yield from custom_ids_in(part)
