"""The servers, channels and people of the wire's Discord, and what happens to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import discord
from simcord.backend import Backend
from simcord.backend.models import Message, Overwrite
from simcord.components import walk_components
from simcord.enums import OverwriteType

from tests.wire.records import Records

KINDS = {
    frozenset({"answer", "details", "later"}): "prompt",
    frozenset({"answer", "details"}): "prompt",
    frozenset({"me", "way"}): "encouragement",
    frozenset({"me", "way", "cheers"}): "encouragement",
    frozenset({"me", "way", "join"}): "encouragement",  # by direct message
    frozenset({"me"}): "encouragement",  # a recap
    frozenset({"me", "cheers"}): "encouragement",
    frozenset({"me", "board"}): "encouragement",  # with its picture
    frozenset({"me", "board", "cheers"}): "encouragement",
    frozenset({"answer", "me"}): "nudge",
}
"""What a message of the bot is, by the verbs of its buttons; without "later" it has closed."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a server."""

    id: int
    name: str
    guild_id: int


@dataclass(frozen=True, slots=True)
class Guild:
    """A server that has the bot."""

    id: int
    name: str
    owner: Person


@dataclass(frozen=True, slots=True)
class Channel:
    """A text channel."""

    id: int
    guild_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as it stands; `edits` counts those through its channel."""

    id: int
    channel_id: int
    author_id: int
    nonce: str | None
    custom_ids: tuple[str, ...]
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    created_at: datetime
    edits: int
    pinged: tuple[int, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def kind(self) -> str:
        """Tell the bot's messages apart by their buttons."""
        verbs = {one.split(":")[1] for one in self.custom_ids if ":" in one} - {"guide"}
        return KINDS.get(frozenset(verbs), "other")


class World:
    """Makes and changes what is there; each change goes to the bots as an event."""

    def __init__(self, backend: Backend, records: Records, shards: int) -> None:
        self._backend = backend
        self._records = records
        self.shards = shards
        """Among how many the servers are spread that are made from now on."""
        self._closed: set[int] = set()

    @property
    def bot_id(self) -> int:
        return self._backend.bot_user.id

    def guild(self, name: str = "Amble Valley", *, shard: int | None = None) -> Guild:
        """Make a server, of that shard where it matters; its owner is called Rosa."""
        owner = self._backend.make_user("rosa", global_name="Rosa")
        made = self._backend.create_guild(
            name, owner_id=owner.id, shard_id=shard, shard_count=self.shards
        )
        return Guild(made.id, name, Person(owner.id, "Rosa", made.id))

    def channel(self, guild: Guild, name: str = "walks") -> Channel:
        return Channel(self._backend.create_channel(guild.id, name).id, guild.id, name)

    def person(self, guild: Guild, name: str, *, manager: bool = False) -> Person:
        """Let somebody join a server, with Manage Server where wanted."""
        # A user's own name has letters of one alphabet only; what is shown may be anything.
        user = self._backend.make_user(f"walker{len(self._backend.users)}", global_name=name)
        roles: list[int] = []
        if manager:
            allowed = discord.Permissions(manage_guild=True).value
            roles.append(
                self._backend.create_role(guild.id, f"Steward {name}", permissions=allowed).id
            )
        self._backend.add_member(guild.id, user.id, roles=roles, announce=True)
        return Person(user.id, name, guild.id)

    def remove_person(self, person: Person) -> None:
        self._backend.remove_member(person.guild_id, person.id)

    def remove_bot(self, guild: Guild) -> None:
        self._backend.remove_guild(guild.id)

    def delete_channel(self, channel: Channel) -> None:
        self._backend.delete_channel(channel.id)

    def deny(self, channel: Channel, *permissions: str) -> None:
        """Take permissions in a channel from the bot."""
        denied = discord.Permissions(**dict.fromkeys(permissions, True)).value
        overwrite = Overwrite(self.bot_id, OverwriteType.MEMBER, deny=denied)
        self._backend.set_overwrite(channel.id, overwrite)

    def allow_again(self, channel: Channel) -> None:
        """Give back what `deny` took."""
        self._backend.delete_overwrite(channel.id, self.bot_id)

    def letters_of(self, person: Person) -> int:
        """Return the channel of somebody's direct messages."""
        return self._backend.get_dm_channel(person.id).id

    def close_letters(self, person: Person) -> None:
        """Have somebody take no direct messages."""
        self._closed.add(self.letters_of(person))

    def open_letters(self, person: Person) -> None:
        self._closed.discard(self.letters_of(person))

    def takes_letters(self, channel_id: int) -> bool:
        """Say whether the bot's direct messages to that channel are taken."""
        return channel_id not in self._closed

    def require_sending(self, channel_id: int) -> None:
        """Raise SimCord's error where the bot may not send."""
        guild_id = self._backend.get_channel(channel_id).guild_id
        self._backend.require_permissions(guild_id, self.bot_id, channel_id, "send_messages")

    def messages(self, channel_id: int) -> list[Posted]:
        """What everyone sees in a channel, oldest first; nothing of a channel that is gone."""
        nonces = {one.message_id: one.nonce for one in self._records.postings}
        kept = self._backend.messages.get(channel_id, {})
        seen = (kept[message_id] for message_id in sorted(kept))
        return [self._posted(one, nonces.get(one.id)) for one in seen if not one.is_ephemeral]

    def channel_ids(self) -> list[int]:
        return sorted(self._backend.channels)

    def _posted(self, message: Message, nonce: str | None) -> Posted:
        parts = list(walk_components(message.components))
        return Posted(
            id=message.id,
            channel_id=message.channel_id,
            author_id=message.author_id,
            nonce=nonce,
            custom_ids=tuple(str(one["custom_id"]) for one in parts if "custom_id" in one),
            labels=tuple(str(one["label"]) for one in parts if one.get("label")),
            texts=tuple(texts_of(message, parts)),
            created_at=discord.utils.snowflake_time(message.id),
            edits=self._records.edits[message.id],
            pinged=tuple(message.ping_user_ids),
        )


def texts_of(message: Message, parts: list[dict[str, Any]] | None = None) -> Iterator[str]:
    """Everything that a message says, block after block."""
    if message.content:
        yield message.content
    for one in parts if parts is not None else walk_components(message.components):
        if "content" in one:
            yield str(one["content"])
