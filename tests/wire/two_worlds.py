"""The same steps in both worlds: on the wire and in SimCord, where nothing is in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

import discord as dpy
from simcord import InteractionResult, MemberActor
from sqlalchemy import Connection, delete

from bot.storage.database import open_database
from bot.storage.tables import heartbeats
from tests.end_to_end.cards import kind_of, labels_of, said, text_of
from tests.end_to_end.village import GROUP, Village
from tests.wire.people import Act
from tests.wire.processes import BotProcess
from tests.wire.server import WireDiscord
from tests.wire.world import Channel, Guild, Person, Posted

ZONE = "Europe/Berlin"
ROSA = "Rosa"
"""Who owns the server and organises its group."""
M = TypeVar("M")


class Place(Protocol):
    """A server with the bot, on some day in Berlin."""

    async def be_at(self, day: str, at: str) -> None:
        """Let it be that time, with the bot there as if it had never been away."""
        ...

    async def set_up(self) -> str:
        """Set the bot up, and let Rosa create a group."""
        ...

    async def join(self, name: str, *consents: str) -> str:
        """Let somebody new join the group."""
        ...

    async def run(self, name: str, command: str, /, **options: object) -> str:
        """Run a command."""
        ...

    async def press(self, name: str, kind: str, label: str) -> str:
        """Press a button of the newest message of a kind; "receipt" is one's own last answer."""
        ...

    async def sees(self, kind: str, words: str) -> str:
        """Wait for a message of a kind that says so; return its text, its buttons and its pings."""
        ...


@dataclass
class OnTheWire:
    """The wire's Discord; each of its hours is a life of the bot's process."""

    discord: WireDiscord
    bot: BotProcess
    guild: Guild
    channel: Channel
    _people: dict[str, Person] = field(default_factory=dict[str, Person])
    _receipts: dict[str, Act] = field(default_factory=dict[str, Act])

    async def be_at(self, day: str, at: str) -> None:
        if self.bot.running:
            await self.bot.terminate()
            await forget_absence(self.bot.database_url)
        begin = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=ZoneInfo(ZONE))
        self.discord.clock.offset = self.bot.clock_offset = begin - datetime.now(begin.tzinfo)
        await self.bot.start()
        await self.bot.wait_ready()

    async def set_up(self) -> str:
        self._people[ROSA] = self.guild.owner
        wanted = {"zone": ZONE, "channel": self.channel, "anyone_creates": True}
        told = await self.run(ROSA, "setup", **wanted)
        return told + await self.run(ROSA, "group create", name=GROUP)

    async def join(self, name: str, *consents: str) -> str:
        who = self._people[name] = self.discord.world.person(self.guild, name)
        form = self.discord.people.command(who, self.channel, "group join")
        await form.answered()
        return await self.discord.people.submit(form, filled(form.form, consents)).answered()

    async def run(self, name: str, command: str, /, **options: object) -> str:
        who = self._people[name]
        return await self.discord.people.command(who, self.channel, command, **options).answered()

    async def press(self, name: str, kind: str, label: str) -> str:
        receipt = self._receipts[name].receipt_id if kind == "receipt" else None
        pressed = receipt or self._newest(kind).id
        act = self.discord.people.click(self._people[name], pressed, label)
        words = await act.answered()
        self._receipts[name] = act
        return words

    async def sees(self, kind: str, words: str) -> str:
        await self.discord.until(lambda: any(words in one.text for one in self._all(kind)))
        found = self._newest(kind)
        names = {one.id: one.name for one in self._people.values()}
        return shown(found.text, found.labels, (names[user_id] for user_id in found.pinged))

    def _all(self, kind: str) -> list[Posted]:
        return [one for one in self.discord.messages(self.channel) if one.kind == kind]

    def _newest(self, kind: str) -> Posted:
        return newest(self._all(kind), kind)


@dataclass
class InSimCord:
    """SimCord, in which time passes as one likes."""

    village: Village
    _people: dict[str, MemberActor] = field(default_factory=dict[str, MemberActor])
    _receipts: dict[str, InteractionResult] = field(default_factory=dict[str, InteractionResult])

    async def be_at(self, day: str, at: str) -> None:
        await self.village.until(day, at)

    async def set_up(self) -> str:
        self._people[ROSA] = self.village.rosa
        return await self.village.set_up(ZONE) + await self.village.create()

    async def join(self, name: str, *consents: str) -> str:
        who = self._people[name] = self.village.newcomer(name)
        return await self.village.join(who, *consents)

    async def run(self, name: str, command: str, /, **options: object) -> str:
        return await self.village.command(self._people[name], command, **options)

    async def press(self, name: str, kind: str, label: str) -> str:
        pressed: Any = newest(self._all(kind), kind) if kind != "receipt" else None
        pressed = pressed or self._receipts[name].response
        result = self._receipts[name] = await self._people[name].click(pressed, label=label)
        return said(result)

    async def sees(self, kind: str, words: str) -> str:
        # What is drawn anew, or due in a moment, comes of itself on the wire.
        await self.village.wait(seconds=10)
        await self.village.eventually(lambda: any(words in text_of(o) for o in self._all(kind)))
        found = newest(self._all(kind), kind)
        pinged = (one.display_name for one in found.mentions)
        return shown(text_of(found), labels_of(found), pinged)

    def _all(self, kind: str) -> list[dpy.Message]:
        return [one for one in self.village.posted() if kind_of(one) == kind]


def filled(form: dict[str, Any] | None, consents: Sequence[str]) -> dict[str, Any]:
    """Fill in the form with which one joins, as a village's people do."""
    values = {"reach": "channel", "consents": list(consents), "goal": ["3"]}
    return {**values, "note_read": ["yes"]} if "note_read" in str(form) else values


async def forget_absence(url: str) -> None:
    """Take away what tells that the bot was not there, while it is not."""

    def forget(conn: Connection) -> None:
        conn.execute(delete(heartbeats))

    async with await open_database(url) as db:
        await db.write(forget)


def shown(text: str, labels: Iterable[str], pinged: Iterable[str]) -> str:
    return f"{text}\nbuttons: {', '.join(labels)}\npinged: {', '.join(sorted(pinged))}"


def newest(found: Sequence[M], kind: str) -> M:
    assert found, f"there is no {kind}"
    return found[-1]
