"""A member of the group: answers, wishes, pauses, a buddy, cheers, and what they heard of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from simcord import MemberActor
from simcord.backend.models import Message as Stored
from simcord.results import ResponseMessage

from tests.end_to_end.cards import custom_ids_of, said
from tests.end_to_end.village import Village
from tests.year.almanac import ZONE, Walk
from tests.year.deeds import (
    Agreed,
    Answered,
    Buddying,
    Cheered,
    Doors,
    Joined,
    Left,
    Looked,
    Paused,
    Proposed,
    Resumed,
    Wished,
    Wishes,
)
from tests.year.hands import Diary, Hands, answer_id, ids_in
from tests.year.reading import names_in, visible

CONSENTS = ("named", "pinged", "shown", "warned", "cheered")


class Walker(Hands):
    """Acts as one person."""

    def __init__(
        self,
        village: Village,
        diary: Diary,
        actor: MemberActor,
        name: str,
        wishes: Wishes,
        seed: int,
    ) -> None:
        super().__init__(village, diary, actor, name)
        self._wishes = wishes
        self._moods = Random(f"{seed}:{name}:moods")
        self._receipts: dict[datetime, ResponseMessage] = {}
        self._letters_read = 0

    async def join(self) -> None:
        heard = await self._send_wishes()
        self.keep(Joined(self.now(), self.name, heard, self._wishes))

    async def wish(self, wishes: Wishes) -> None:
        """Change how one wants to be treated."""
        self._wishes = wishes
        self.keep(Wished(self.now(), self.name, await self._send_wishes(), wishes))

    async def leave(self) -> None:
        self.keep(Left(self.now(), self.name, said(await self.type("group leave"))))

    async def leave_quietly(self) -> None:
        """Leave by the way out that stands under the words after a miss."""
        heard = await self._go("amble:way:leave:")
        if heard is not None:
            self.keep(Left(self.now(), self.name, heard))

    async def rest_a_week(self) -> None:
        """Pause for a week, by the ways that stand under the words after a miss."""
        heard = await self._go("amble:way:pause:", "amble:way:week:")
        if heard is not None:
            today = self.now().astimezone(ZONE).date()
            last = today + timedelta(days=6)
            self.keep(Paused(self.now(), self.name, heard, today, last, self.name))

    async def compare_times(self) -> None:
        """Look at which of the group's times suits one."""
        heard = await self._go("amble:way:times:")
        if heard is not None:
            self.keep(Looked(self.now(), self.name, heard))

    async def answer(self, walk: Walk, answer: str) -> None:
        """Answer with the prompt's button; a walk that was called off has none."""
        prompt = self.prompt(walk)
        await self._answer(prompt, answer_id(prompt, answer), walk, answer)

    async def answer_nudge(self, walk: Walk, answer: str) -> None:
        """Answer with a button of the latest reminder, or of the prompt where there is none."""
        prompt = self.prompt(walk)
        asked = answer_id(prompt, answer)
        nudges = (one for one in self.latest() if asked in ids_in(one) and one is not prompt)
        await self._answer(next(nudges, prompt), asked, walk, answer)

    async def log(self, walk: Walk, how_much: str) -> None:
        """Log a walk by command, with how long it took."""
        asked = answer_id(self.prompt(walk), "done")
        if asked is not None:
            session = asked.split(":")[3]
            heard = await self.type("checkin", answer="done", session=session, how_much=how_much)
            self._note(walk, "done", said(heard))

    async def undo(self, walk: Walk) -> None:
        """Take the last answer back, also when asked whether that is meant."""
        receipt = self._receipts.get(walk.starts_at)
        if receipt is None:
            return
        asked = await self.press_in(receipt, "amble:undo:")
        assert asked.response is not None
        if any(one.endswith(":sure") for one in custom_ids_of(asked.response)):
            asked = await self.press_in(asked.response, ":sure")
        before = self.diary.answered(self.name, walk)
        before.pop()
        now, start = self.now(), walk.starts_at
        self.keep(Answered(now, self.name, said(asked), start, before[-1], self.name))

    async def pause(self, first: date, last: date) -> None:
        """Pause from a day to another, both included."""
        heard = await self.type("pause start", first=first.isoformat(), last=last.isoformat())
        self.keep(Paused(self.now(), self.name, said(heard), first, last, self.name))

    async def resume(self) -> None:
        heard = said(await self.type("pause end"))
        self.keep(Resumed(self.now(), self.name, heard, self.now().astimezone(ZONE).date()))

    async def shut_letters(self) -> None:
        self.village.close_letters(self.actor)
        self.keep(Doors(self.now(), self.name, "", open=False))

    async def open_letters(self) -> None:
        self.village.open_letters()
        self.keep(Doors(self.now(), self.name, "", open=True))

    async def buddy(self, steps: Sequence[str] = ()) -> None:
        """Press buttons of the card about buddies, one after another."""
        shown = await self.type("buddy show")
        self.keep(Looked(self.now(), self.name, said(shown)))
        for step in steps:
            shown = await self.press_in(shown.response, f"amble:buddy:{step}:")
            self.keep(Buddying(self.now(), self.name, said(shown), step))

    async def propose(self, other: Walker) -> None:
        """Ask somebody to be one's buddy."""
        heard = said(await self.type("buddy choose", member=other.actor.user))
        self.keep(Proposed(self.now(), self.name, heard, other.name))

    async def cheer(self, other: Walker) -> None:
        """Cheer somebody from their own menu."""
        self._note_cheer(said(await self.type("buddy cheer", member=other.actor.user)), other.name)

    async def cheer_named(self) -> None:
        """Cheer everybody who is named in this morning's words."""
        found = self.latest_with("amble:cheers:")
        if found is not None:
            self._note_cheer(said(await self.press(*found)))

    async def react(self, kindness: float) -> None:
        """Do what what one has just read suggests: cheer a buddy on, say yes to being one."""
        shown: list[ResponseMessage | Stored] = [*self.shown, *self._new_letters()]
        self.shown.clear()
        for message in shown:
            ids = ids_in(message) if isinstance(message, Stored) else [*custom_ids_of(message)]
            for custom_id in ids:
                if "amble:buddies:yes:" in custom_id:
                    heard = said(await self.press(message, custom_id))
                    self.keep(Agreed(self.now(), self.name, heard))
                elif "amble:cheer:" in custom_id and self._moods.random() < kindness:
                    self._note_cheer(said(await self.press(message, custom_id)))
        self.shown.clear()

    def _new_letters(self) -> list[Stored]:
        backend = self.village.env.backend
        channel_id = backend.dm_channels.get(self.actor.id)
        letters = list(backend.messages.get(channel_id or 0, {}).values())
        new, self._letters_read = letters[self._letters_read :], len(letters)
        return new

    async def _send_wishes(self) -> str:
        wishes = self._wishes
        consents = [one for one in CONSENTS if getattr(wishes, one)]
        return await self.village.join(self.actor, *consents, reach=wishes.reach, goal=wishes.goal)

    async def _go(self, *parts: str) -> str | None:
        """Take a way from the latest words after a miss; return what is heard at its end."""
        found = self.latest_with("amble:way:all:")
        if found is None:
            return None
        result = await self.press(*found)
        for part in parts:
            result = await self.press_in(result.response, part)
        return said(result)

    async def _answer(
        self, message: Stored | None, asked: str | None, walk: Walk, answer: str
    ) -> None:
        if message is None or asked is None:
            return
        result = await self.press(message, asked)
        if self._note(walk, answer, said(result)) and result.response is not None:
            self._receipts[walk.starts_at] = result.response

    def _note(self, walk: Walk, answer: str, heard: str) -> bool:
        """Keep an answer, if the bot took it: an organiser's correction has the last word."""
        starts_at = walk.starts_at
        if not self.keep(Answered(self.now(), self.name, heard, starts_at, answer, self.name)):
            return False
        assert f"<t:{int(starts_at.timestamp())}:F>" in heard, heard
        self.diary.answered(self.name, walk).append(answer)
        return True

    def _note_cheer(self, heard: str, *whom: str) -> None:
        names = re.search(r"Done: (.*) will hear", visible(heard))
        found = names_in(names[1] if names else None, self.diary.names)
        self.keep(Cheered(self.now(), self.name, heard, tuple(found or whom)))
