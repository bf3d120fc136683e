"""A member of the group: what they do, through Discord as a person would, and what they heard."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from simcord import MemberActor
from simcord.backend.models import Message as Stored
from simcord.components import walk_components
from simcord.results import ResponseMessage, to_discord_message

from tests.end_to_end.cards import custom_ids_of, said, text_of
from tests.end_to_end.village import Village
from tests.year.account import (
    Answered,
    CalledOff,
    Deed,
    Doors,
    Joined,
    Left,
    Paused,
    Refused,
    Resumed,
    Wished,
    Wishes,
)
from tests.year.almanac import ZONE, Walk
from tests.year.reading import is_refusal

Answers = dict[tuple[str, datetime], list[str | None]]
"""What each answered for each start, one after another."""


class Diary:
    """What everybody did, in the order of doing."""

    def __init__(self) -> None:
        self.deeds: list[Deed] = []
        self.answers: Answers = {}

    def answered(self, who: str, walk: Walk) -> list[str | None]:
        return self.answers.setdefault((who, walk.starts_at), [None])


class Walker:
    """Acts as one person, and keeps a diary of it."""

    def __init__(
        self, village: Village, diary: Diary, actor: MemberActor, name: str, wishes: Wishes
    ) -> None:
        self._village = village
        self._diary = diary
        self._actor = actor
        self._wishes = wishes
        self._receipts: dict[datetime, ResponseMessage] = {}
        self.name = name
        self.id = actor.id

    async def join(self) -> None:
        heard = await self._send_wishes()
        self._keep(Joined(self._now(), self.name, heard, self._wishes))

    async def wish(self, wishes: Wishes) -> None:
        """Change how one wants to be treated."""
        self._wishes = wishes
        heard = await self._send_wishes()
        self._keep(Wished(self._now(), self.name, heard, wishes))

    async def leave(self) -> None:
        self._keep(Left(self._now(), self.name, await self.type("group leave")))

    async def press(self, walk: Walk, answer: str) -> None:
        """Answer with the prompt's button; a walk that was called off has none."""
        prompt = self._prompt(walk)
        await self._press(prompt, _answer_id(prompt, answer), walk, answer)

    async def press_nudge(self, walk: Walk, answer: str) -> None:
        """Answer with a button of the latest reminder, or of the prompt where there is none."""
        prompt = self._prompt(walk)
        asked = _answer_id(prompt, answer)
        nudges = (
            one
            for one in self._latest()
            if asked is not None and asked in _ids(one) and one is not prompt
        )
        await self._press(next(nudges, prompt), asked, walk, answer)

    async def log(self, walk: Walk, how_much: str) -> None:
        """Log a walk by command, with how long it took."""
        asked = _answer_id(self._prompt(walk), "done")
        if asked is not None:
            session = asked.split(":")[3]
            heard = await self.type("checkin", answer="done", session=session, how_much=how_much)
            self._note(walk, "done", heard)

    async def undo(self, walk: Walk) -> None:
        """Take the last answer back, also when asked whether that is meant."""
        receipt = self._receipts.get(walk.starts_at)
        if receipt is None:
            return
        asked = await self._click(receipt, "amble:undo:")
        if any(one.endswith(":sure") for one in custom_ids_of(asked)):
            asked = await self._click(asked, ":sure")
        before = self._diary.answered(self.name, walk)
        before.pop()
        self._keep(
            Answered(self._now(), self.name, text_of(asked), walk.starts_at, before[-1], self.name)
        )

    async def pause(self, first: date, last: date) -> None:
        """Pause from a day to another, both included."""
        options = {"first": first.isoformat(), "last": last.isoformat()}
        heard = await self.type("pause start", **options)
        self._keep(Paused(self._now(), self.name, heard, first, last, self.name))

    async def resume(self) -> None:
        heard = await self.type("pause end")
        self._keep(Resumed(self._now(), self.name, heard, self._now().astimezone(ZONE).date()))

    async def look(self) -> None:
        await self.type("me")

    async def shut_letters(self) -> None:
        self._village.close_letters(self._actor)
        self._keep(Doors(self._now(), self.name, "", open=False))

    async def open_letters(self) -> None:
        self._village.open_letters()
        self._keep(Doors(self._now(), self.name, "", open=True))

    async def call_off(self, first: date, last: date) -> None:
        """As the organiser: call days off."""
        heard = await self.type("schedule skip", first=first.isoformat(), last=last.isoformat())
        self._keep(CalledOff(self._now(), self.name, heard, first, last))

    async def correct(self, other: Walker, walk: Walk, answer: str, why: str) -> None:
        """As the organiser: set somebody's answer."""
        asked = _answer_id(self._prompt(walk), answer)
        if asked is not None:
            heard = await self.type(
                "report correct",
                member=other._actor.user,
                session=asked.split(":")[3],
                answer=answer,
                reason=why,
            )
            self._diary.answered(other.name, walk).append(answer)
            self._keep(Answered(self._now(), other.name, heard, walk.starts_at, answer, self.name))

    async def excuse(self, other: Walker, first: date, last: date, why: str) -> None:
        """As the organiser: excuse somebody from a day to another, both included."""
        heard = await self.type(
            "report pause",
            member=other._actor.user,
            first=first.isoformat(),
            last=last.isoformat(),
            reason=why,
        )
        self._keep(Paused(self._now(), other.name, heard, first, last, self.name))

    async def type(self, command: str, **options: object) -> str:
        """Run a command in the group's channel, and return what one hears."""
        return await self._village.command(self._actor, command, **options)

    async def _send_wishes(self) -> str:
        wishes = self._wishes
        consents = [one for one in ("named", "pinged", "shown") if getattr(wishes, one)]
        return await self._village.join(
            self._actor, *consents, reach=wishes.reach, goal=wishes.goal
        )

    async def _press(
        self, message: Stored | None, asked: str | None, walk: Walk, answer: str
    ) -> None:
        if message is None or asked is None:
            return
        shown = to_discord_message(self._village.env, message)
        result = await self._actor.click(shown, custom_id=asked)
        if self._note(walk, answer, said(result)) and result.response is not None:
            self._receipts[walk.starts_at] = result.response

    async def _click(self, shown: ResponseMessage, part: str) -> ResponseMessage:
        custom_id = next(one for one in custom_ids_of(shown) if part in one)
        result = await self._actor.click(shown.message, custom_id=custom_id)
        assert result.response is not None
        return result.response

    def _note(self, walk: Walk, answer: str, heard: str) -> bool:
        """Keep an answer, if the bot took it: an organiser's correction has the last word."""
        if is_refusal(heard):
            self._keep(Refused(self._now(), self.name, heard))
            return False
        assert f"<t:{int(walk.starts_at.timestamp())}:F>" in heard, heard
        self._diary.answered(self.name, walk).append(answer)
        self._keep(Answered(self._now(), self.name, heard, walk.starts_at, answer, self.name))
        return True

    def _keep(self, deed: Deed) -> None:
        self._diary.deeds.append(deed)

    def _now(self) -> datetime:
        return self._village.now()

    def _latest(self) -> Iterable[Stored]:
        """Return what stands in the channel, the latest first."""
        return reversed(self._village.env.backend.messages[self._village.channel.id].values())

    def _prompt(self, walk: Walk) -> Stored | None:
        """Return the message that asks about a walk, if there is one."""
        told = f"<t:{int(walk.starts_at.timestamp())}:t>"
        return next(
            (one for one in self._latest() if _heading(one, "## ") and told in _text(one)), None
        )


def _text(message: Stored) -> str:
    return "\n".join(str(one.get("content", "")) for one in walk_components(message.components))


def _heading(message: Stored, mark: str) -> bool:
    return re.match(rf"\s*{re.escape(mark)}", _text(message)) is not None


def _ids(message: Stored) -> list[str]:
    return [str(one.get("custom_id", "")) for one in walk_components(message.components)]


def _answer_id(message: Stored | None, answer: str) -> str | None:
    """Return the button of a prompt for an answer; None where there is none (any more)."""
    if message is None:
        return None
    found = (one for one in _ids(message) if re.fullmatch(rf"amble:answer:\d+:\d+:{answer}", one))
    return next(found, None)
