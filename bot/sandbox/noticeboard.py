"""What stands in the channels of the simulated server, as its people can see it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from simcord.backend.models import Message

from bot.domain.ids import MomentId, SessionId
from bot.sandbox.world import World
from bot.ui.custom_ids import AnswerId, MeId

_ON_TIME = timedelta(minutes=10)
_SAME_DAY = timedelta(hours=16)


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot that everybody in its channel sees."""

    stored: Message
    posted_at: datetime
    texts: tuple[str, ...]
    """Its text blocks as sent, from top to bottom."""
    custom_ids: tuple[str, ...]
    moment_id: MomentId | None
    """The moment of a nudge or an encouragement."""
    session_ids: tuple[SessionId, ...]
    """The sessions that can be answered here."""

    @property
    def is_prompt(self) -> bool:
        """Whether it is a session's own message."""
        return bool(self.session_ids) and self.moment_id is None

    @property
    def is_nudge(self) -> bool:
        """Whether it reminds of sessions that are still open."""
        return bool(self.session_ids) and self.moment_id is not None


class Noticeboard:
    """Reads the channels of a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._read: dict[tuple[int, str | None], Post] = {}

    def posts(self, channel_id: int | None = None) -> list[Post]:
        """Return the bot's public messages in a channel (the world's own), oldest first."""
        stored = self._world.env.backend.messages.get(channel_id or self._world.channel.id, {})
        return [self._post(stored[key]) for key in sorted(stored) if self._is_public(stored[key])]

    def prompt_at(self, starts_at: datetime) -> Post | None:
        """Return the prompt of the session that starts at an instant; None when none came."""
        found = (
            post
            for post in self.posts()
            if post.is_prompt and starts_at <= post.posted_at < starts_at + _ON_TIME
        )
        return next(found, None)

    def nudge_after(self, starts_at: datetime) -> Post | None:
        """Return the nudge of the day on which a session started; None when none came."""
        found = (
            post
            for post in self.posts()
            if post.is_nudge and starts_at <= post.posted_at < starts_at + _SAME_DAY
        )
        return next(found, None)

    def _post(self, stored: Message) -> Post:
        # The channel is read at every press: a month of it is not taken apart each time.
        version = (stored.id, stored.edited_timestamp)
        if version not in self._read:
            self._read[version] = _post(stored)
        return self._read[version]

    def _is_public(self, stored: Message) -> bool:
        user = self._world.env.bot.user
        return user is not None and stored.author_id == user.id and not stored.is_ephemeral


def _post(stored: Message) -> Post:
    components = list(_walk(stored.components))
    texts = [str(one["content"]) for one in components if "content" in one]
    custom_ids = [str(one["custom_id"]) for one in components if "custom_id" in one]
    answers = (re.fullmatch(AnswerId.TEMPLATE, custom_id) for custom_id in custom_ids)
    pages = (re.fullmatch(MeId.TEMPLATE, custom_id) for custom_id in custom_ids)
    return Post(
        stored=stored,
        posted_at=datetime.fromisoformat(stored.timestamp),
        texts=(*filter(None, [stored.content]), *texts),
        custom_ids=tuple(custom_ids),
        moment_id=next((MeId.of(match).moment_id for match in pages if match), None),
        session_ids=tuple(
            dict.fromkeys(AnswerId.of(match).session_id for match in answers if match)
        ),
    )


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))
