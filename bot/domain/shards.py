"""Shards: the parts that Discord splits a bot's servers into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.ids import GuildId


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards that one process serves, `ids` of `count` in all."""

    count: int
    ids: tuple[int, ...]

    @classmethod
    def of(cls, count: int, ids: Iterable[int] | None = None) -> Shards:
        """Return the shards `ids`; all of them for None."""
        return cls(count, tuple(range(count) if ids is None else ids))

    @property
    def all(self) -> bool:
        """Whether no other process serves any."""
        return len(self.ids) == self.count

    @property
    def share(self) -> float:
        """Return the part of all servers that is served here, above 0 and at most 1."""
        return len(self.ids) / self.count

    def serve(self, guild_id: GuildId) -> bool:
        """Say whether a server belongs to one of these shards."""
        return shard_of(guild_id, self.count) in self.ids


def shard_of(guild_id: GuildId, count: int) -> int:
    """Return the shard that Discord puts a server into, of `count`.

    https://docs.discord.com/developers/events/gateway#sharding
    """
    return (guild_id >> 22) % count
