"""Takes down everything that the bot posts or edits, as it comes to stand in Discord."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from simcord.components import walk_components
from simcord.types import HttpLogEntry

from bot.sandbox.world import World
from tests.year.account import CHANNEL, Posted, Version

_POST = re.compile(r"/channels/(\d+)/messages")


class _Log(list[HttpLogEntry]):
    """SimCord's list of requests, which tells when somebody was written to."""

    def __init__(self, record: Record) -> None:
        super().__init__()
        self._record = record

    def append(self, entry: HttpLogEntry, /) -> None:
        super().append(entry)
        found = _POST.fullmatch(entry.path)
        if entry.method == "POST" and found is not None:
            self._record.hear_of_try(int(found[1]))


class Record:
    """Listens to the simulated Discord from the moment it is made, through every restart."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._versions: dict[tuple[int, int], list[Version]] = {}
        self._tries: list[tuple[datetime, int]] = []
        world.env.backend.subscribers.append(self._hear)
        log = _Log(self)
        log.extend(world.env.backend.http_requests)
        world.env.backend.http_requests = log

    def messages(self, names: Mapping[int, str]) -> Iterator[Posted]:
        """Return the bot's messages in the order of posting; `names` are the people's, by id."""
        places = {self._world.channel.id: CHANNEL, **self._letterboxes(names)}
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

    def tries(self, names: Mapping[int, str]) -> Iterator[tuple[datetime, str]]:
        """Return when the bot tried to write to whom."""
        places = self._letterboxes(names)
        return ((at, places[channel]) for at, channel in self._tries if channel in places)

    def hear_of_try(self, channel_id: int) -> None:
        """Note that something was to be posted somewhere."""
        self._tries.append((self._world.env.backend.clock.now(), channel_id))

    def _letterboxes(self, names: Mapping[int, str]) -> dict[int, str]:
        boxes = self._world.env.backend.dm_channels.items()
        return {channel_id: names[user_id] for user_id, channel_id in boxes if user_id in names}

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
