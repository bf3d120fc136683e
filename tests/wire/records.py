"""What was asked of the server, and what it answered: the evidence of every judge."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Request:
    """One HTTP request; `path` is without `/api/v10`, `status` None as long as there is none."""

    method: str
    path: str
    at: datetime
    process: str
    params: dict[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    size: int = 0
    """Bytes of the body as they came, files and all."""
    status: int | None = None
    code: int = 0
    """Discord's own number for an error."""
    retry_after: float | None = None
    scope: str | None = None
    injected: bool = False
    """A fault that the test asked for decided the answer."""
    effect: bool = False
    """It was carried out."""
    answered: bool = False
    """The answer went out to somebody who was still there."""
    seconds: float = 0.0

    @property
    def json(self) -> Any:  # noqa: ANN401 - a body may be anything
        """The body, by the name that Discord's document is asked with."""
        return self.body


@dataclass(frozen=True, slots=True)
class Posting:
    """A message that was made by a POST, or given back for its nonce."""

    at: datetime
    channel_id: int
    message_id: int
    nonce: str | None
    process: str


@dataclass(frozen=True, slots=True)
class RateLimited:
    """A 429; `injected` ones were asked for by the test, the others earned."""

    at: datetime
    method: str
    path: str
    scope: str
    injected: bool
    retry_after: float
    process: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """An IDENTIFY or a RESUME of a shard."""

    at: datetime
    shard: int
    process: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """A gateway connection that ended; `code` None where it broke off."""

    at: datetime
    process: str
    code: int | None


@dataclass(slots=True)
class Records:
    """Everything that happened, oldest first."""

    requests: list[Request] = field(default_factory=list[Request])
    postings: list[Posting] = field(default_factory=list[Posting])
    repeats: list[Posting] = field(default_factory=list[Posting])
    rate_limits: list[RateLimited] = field(default_factory=list[RateLimited])
    identifies: list[Arrival] = field(default_factory=list[Arrival])
    resumes: list[Arrival] = field(default_factory=list[Arrival])
    closes: list[Closed] = field(default_factory=list[Closed])
    gateway_faults: list[str] = field(default_factory=list[str])
    edits: Counter[int] = field(default_factory=Counter[int])
    """How often each message was edited through its channel."""
    unknown: list[str] = field(default_factory=list[str])
    """Routes and fields that nothing here answers, and errors of the server itself."""

    bans: list[str] = field(default_factory=list[str])
    """What would have had Discord answer nothing more for a while."""

    def earned(self) -> list[RateLimited]:
        """The 429s of the bot's own making."""
        return [one for one in self.rate_limits if not one.injected]
