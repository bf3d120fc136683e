"""What anybody can do in Discord: type a command, press a button, read what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from simcord import InteractionResult, MemberActor
from simcord.backend.models import Message as Stored
from simcord.components import walk_components
from simcord.results import ResponseMessage, to_discord_message

from tests.end_to_end.cards import custom_ids_of, said, text_of
from tests.end_to_end.village import Village
from tests.year.almanac import Walk
from tests.year.deeds import Deed, Joined, Left, Looked, Refused
from tests.year.reading import is_refusal


@dataclass
class Diary:
    """What everybody did, in the order of doing."""

    names: tuple[str, ...]
    """Of everybody there is."""
    deeds: list[Deed] = field(default_factory=list[Deed])
    answers: dict[tuple[str, datetime], list[str | None]] = field(
        default_factory=dict[tuple[str, datetime], list[str | None]]
    )
    """What each answered for each start, one after another."""

    def answered(self, who: str, walk: Walk) -> list[str | None]:
        return self.answers.setdefault((who, walk.starts_at), [None])

    def is_member(self, who: str) -> bool:
        last: Deed | None = None
        for deed in self.deeds:
            if deed.who == who and isinstance(deed, Joined | Left):
                last = deed
        return isinstance(last, Joined)


class Hands:
    """Somebody's hands on the keyboard, and their diary."""

    def __init__(self, village: Village, diary: Diary, actor: MemberActor, name: str) -> None:
        self.village = village
        self.diary = diary
        self.actor = actor
        self.name = name
        self.shown: list[ResponseMessage] = []
        """Private answers that may have a button to press, and were not looked at for that yet."""

    def now(self) -> datetime:
        return self.village.now()

    async def type(self, command: str, **options: object) -> InteractionResult:
        """Run a command in the group's channel."""
        channel = self.village.channel
        return await self._heard(await self.actor.slash(channel, command, **options))

    async def look(self, command: str = "me") -> None:
        """Run a command that changes nothing."""
        self.keep(Looked(self.now(), self.name, said(await self.type(command))))

    async def press(self, message: Stored | ResponseMessage, custom_id: str) -> InteractionResult:
        """Press a button of a message that stands somewhere, or of a private answer."""
        if isinstance(message, Stored):
            target = to_discord_message(self.village.env, message)
        else:
            target = message.message
        # What one was written to alone is pressed as oneself, and not as a member of the server.
        here = target.channel.id == self.village.channel.id
        hand = self.actor if here else self.actor.user
        return await self._heard(await hand.click(target, custom_id=custom_id))

    async def press_in(self, shown: ResponseMessage | None, part: str) -> InteractionResult:
        """Press the button of a private answer whose custom id has that part."""
        assert shown is not None
        found = [one for one in custom_ids_of(shown) if part in one]
        assert found, f"{part} is not in {text_of(shown)!r}"
        return await self.press(shown, found[0])

    def keep(self, deed: Deed) -> bool:
        """Write a deed down, as one that was refused where the answer says so; tell which."""
        refused = is_refusal(deed.heard)
        self.diary.deeds.append(Refused(deed.at, deed.hears, deed.heard) if refused else deed)
        return not refused

    def prompt(self, walk: Walk) -> Stored | None:
        """Return the message that asks about a walk, if there is one."""
        told = f"<t:{int(walk.starts_at.timestamp())}:t>"
        found = (one for one in self.latest() if text_in(one).lstrip().startswith("## "))
        return next((one for one in found if told in text_in(one)), None)

    def latest(self) -> Iterable[Stored]:
        """Return what stands in the channel, the latest first."""
        return reversed(self.village.env.backend.messages[self.village.channel.id].values())

    def latest_with(self, part: str) -> tuple[Stored, str] | None:
        """Return the latest message in the channel with a button of such a kind, and its id."""
        found = ((one, custom_id) for one in self.latest() for custom_id in ids_in(one))
        return next(((one, custom_id) for one, custom_id in found if part in custom_id), None)

    async def _heard(self, result: InteractionResult) -> InteractionResult:
        await self.village.eventually(lambda: result.acknowledged)
        if result.response is not None:
            self.shown.append(result.response)
        return result


def text_in(message: Stored) -> str:
    return "\n".join(str(one.get("content", "")) for one in walk_components(message.components))


def ids_in(message: Stored) -> list[str]:
    return [str(one.get("custom_id", "")) for one in walk_components(message.components)]


def answer_id(message: Stored | None, answer: str) -> str | None:
    """Return the button of a prompt for an answer; None where there is none (any more)."""
    if message is None:
        return None
    found = (one for one in ids_in(message) if re.fullmatch(rf"amble:answer:\d+:\d+:{answer}", one))
    return next(found, None)
