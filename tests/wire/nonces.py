"""What `enforce_nonce` promises: https://docs.discord.com/developers/resources/message."""

from __future__ import annotations

import time
from typing import Any

from simcord.backend import Backend, serializers

from tests.wire.limits import Limits


class Nonces:
    """Remembers the nonces of messages for a few minutes; SimCord takes them and looks away."""

    def __init__(self, backend: Backend, limits: Limits) -> None:
        self._backend = backend
        self._limits = limits
        self._kept: dict[tuple[int, str], tuple[float, int]] = {}

    def keep(self, channel_id: int, nonce: str, message_id: int) -> None:
        self._kept[channel_id, nonce] = (time.monotonic(), message_id)

    def find(self, channel_id: int, nonce: str) -> dict[str, Any] | None:
        """Return the message of the bot that has this nonce, if it is young and still there."""
        kept_at, message_id = self._kept.get((channel_id, nonce), (-1e9, 0))
        if time.monotonic() - kept_at > self._limits.nonce_seconds:
            return None
        message = self._backend.messages.get(channel_id, {}).get(message_id)
        if message is None:
            return None
        return {**serializers.message_payload(self._backend, message), "nonce": nonce}
