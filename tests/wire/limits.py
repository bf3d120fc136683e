"""Discord's rate limits: https://docs.discord.com/developers/topics/rate-limits."""

from __future__ import annotations

import hashlib
import re
import time
from collections import deque
from dataclasses import dataclass, field

MESSAGES = re.compile(r"/channels/\d+/messages")
IDS = re.compile(r"/\d{5,}")
# The window of a bucket begins with its first request and ends as a whole, as seen at Discord.
# Discord tells no figures for these; they are plausible, and generous where restarts would count.
PLAUSIBLE = {
    "PATCH /channels/*/messages/*": (5, 5.0),
    "GET /channels/*/messages": (10, 5.0),
    "DELETE /channels/*/messages/*": (5, 1.0),
    "POST /users/@me/channels": (10, 10.0),
    "GET /guilds/*/members/*": (5, 1.0),
}
USUAL = (60, 10.0)
INTERACTION = (5, 2.0)
"""Follow-ups and edits with one interaction's token."""
INVALID = {401, 403, 429}
INVALID_SECONDS = 600.0
FILE_BYTES = 10 * 1024**2
"""A file at most, where neither server nor member pays for more."""
REQUEST_BYTES = 25 * 1024**2
TOO_LARGE = 40005
MAX_CONCURRENCY = 1
"""Shards that may identify at once: one of each remainder by this number."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A limit that was reached; `scope` as in X-RateLimit-Scope."""

    scope: str
    retry_after: float


@dataclass(slots=True)
class Bucket:
    """One bucket of one channel (or guild, or token), as its headers tell it."""

    name: str
    limit: int
    seconds: float
    used: int = 0
    resets_at: float = 0.0

    def take(self, now: float) -> float:
        """Take a place; return 0, or how many seconds there is none."""
        if now >= self.resets_at:
            self.used, self.resets_at = 0, now + self.seconds
        if self.used >= self.limit:
            return self.resets_at - now
        self.used += 1
        return 0.0

    def headers(self, now: float, wall: float) -> dict[str, str]:
        """Tell the state of the bucket; `wall` is Discord's time in seconds."""
        left = max(self.resets_at - now, 0.0)
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - self.used),
            "X-RateLimit-Reset": f"{wall + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": self.name,
        }


@dataclass
class Limits:
    """The limits in force; may be changed, or switched off, at any time."""

    on: bool = True
    per_second: int = 50
    channel_sends: int = 5
    channel_seconds: float = 5.0
    nonce_seconds: float = 180.0
    """How long a nonce is remembered: "the past few minutes", says Discord."""
    invalid_requests: int = 10_000
    """So many that are answered by 401, 403 or 429 within ten minutes bring a ban."""
    identify_seconds: float = 0.0
    """How long after one IDENTIFY the next of its bucket is refused; 5 at Discord."""
    _second: deque[float] = field(default_factory=deque[float])
    _invalid: deque[float] = field(default_factory=deque[float])
    _identified: dict[int, float] = field(default_factory=dict[int, float])
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict[tuple[str, str], Bucket])

    @classmethod
    def off(cls) -> Limits:
        """None but the nonce's."""
        return cls(on=False)

    def take(self, method: str, path: str) -> tuple[Bucket | None, Refusal | None]:
        """Take a place for a request: its bucket, and why it is refused if it is.

        Interaction answers count for nothing, and what goes by an interaction's token not for the
        limit over all (https://docs.discord.com/developers/interactions/receiving-and-responding).
        """
        if not self.on or path.startswith("/interactions/"):
            return None, None
        now = time.monotonic()
        if not path.startswith("/webhooks/") and (wait := self._over_all(now)):
            return None, Refusal("global", wait)
        bucket = self._bucket(method, path)
        wait = bucket.take(now)
        return bucket, Refusal("user", wait) if wait else None

    def banned(self, status: int, scope: str | None) -> bool:
        """Note an answer; say whether the ban comes with it. Shared limits are nobody's fault."""
        if status not in INVALID or scope == "shared":
            return False
        now = time.monotonic()
        self._invalid.append(now)
        while self._invalid[0] <= now - INVALID_SECONDS:
            self._invalid.popleft()
        return len(self._invalid) >= self.invalid_requests

    def may_identify(self, shard: int) -> bool:
        """Take the place of an IDENTIFY in its bucket, if there is one."""
        now, bucket = time.monotonic(), shard % MAX_CONCURRENCY
        last = self._identified.get(bucket)
        if last is not None and now - last < self.identify_seconds:
            return False
        self._identified[bucket] = now
        return True

    def _over_all(self, now: float) -> float:
        while self._second and self._second[0] <= now - 1:
            self._second.popleft()
        if len(self._second) >= self.per_second:
            return self._second[0] + 1 - now
        self._second.append(now)
        return 0.0

    def _bucket(self, method: str, path: str) -> Bucket:
        route, major = f"{method} {IDS.sub('/*', path)}", "/".join(path.split("/")[:3])
        if path.startswith("/webhooks/"):
            route, major = "webhooks", path.split("/")[3]
        key = (route, major)
        if key not in self._buckets:
            limit, seconds = PLAUSIBLE.get(route, USUAL)
            if method == "POST" and MESSAGES.fullmatch(path):
                limit, seconds = self.channel_sends, self.channel_seconds
            elif route == "webhooks":
                limit, seconds = INTERACTION
            name = hashlib.sha256(route.encode()).hexdigest()[:32]
            self._buckets[key] = Bucket(name, limit, seconds)
        return self._buckets[key]
