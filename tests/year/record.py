"""Takes down everything that the bot posts or edits, as it comes to stand in Discord."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcord.components import walk_components

from bot.sandbox.world import World
from tests.year.account import CHANNEL, Posted, Version


class Record:
    """Listens to the simulated Discord from the moment it is made, through every restart."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._versions: dict[tuple[int, int], list[Version]] = {}
        world.env.backend.subscribers.append(self._hear)

    def messages(self, names: Mapping[int, str]) -> Iterator[Posted]:
        """Return the bot's messages in the order of posting; `names` are the people's, by id."""
        places = {self._world.channel.id: CHANNEL}
        for user_id, channel_id in self._world.env.backend.dm_channels.items():
            if user_id in names:
                places[channel_id] = names[user_id]
        for (channel_id, message_id), versions in sorted(
            self._versions.items(), key=lambda item: item[1][0].at
        ):
            named = [
                Version(
                    one.at,
                    one.texts,
                    tuple(names.get(int(user_id), user_id) for user_id in one.pings),
                    one.custom_ids,
                )
                for one in versions
            ]
            yield Posted(message_id, places[channel_id], tuple(named))

    def _hear(self, event: str, payload: Mapping[str, Any]) -> None:
        if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            return
        backend = self._world.env.backend
        if payload["author"]["id"] != str(backend.bot_user.id):
            return
        channel_id, message_id = int(payload["channel_id"]), int(payload["id"])
        stored = backend.get_message(channel_id, message_id)
        if stored.is_ephemeral:
            return
        parts = list(walk_components(stored.components))
        texts = [stored.content, *(str(one.get("content", "")) for one in parts)]
        version = Version(
            backend.clock.now(),
            tuple(text for text in texts if text),
            tuple(str(user_id) for user_id in stored.ping_user_ids),
            tuple(str(one["custom_id"]) for one in parts if "custom_id" in one),
        )
        self._versions.setdefault((channel_id, message_id), []).append(version)
