"""Faults of HTTP that a test asks for: of which request, how often, how likely."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from typing_extensions import TypedDict, Unpack

SENDS = r"^/channels/\d+/messages$"
EDITS = r"^/channels/\d+/messages/\d+$"
CALLBACKS = r"^/interactions/\d+/[^/]+/callback$"
COMMANDS = r"^/applications/\d+/commands$"


class Kind(StrEnum):
    """What goes wrong, in the order in which it is asked for."""

    SLOW_BEFORE = "slow before"
    CUT = "cut before the effect"
    ANSWER = "an answer instead of the effect"
    ANSWER_AFTER = "another answer after the effect"
    SLOW_AFTER = "slow after"
    LOST = "no answer after the effect"


class Which(TypedDict, total=False):
    """Which requests a fault hits; `times` None: until it is cleared."""

    method: str
    path: str
    times: int | None
    chance: float


@dataclass(eq=False, slots=True)
class Fault:
    """One fault, as long as it lasts."""

    kind: Kind
    status: int = 0
    code: int = 0
    scope: str = ""
    seconds: float = 0.0
    method: str = "*"
    path: str = ".*"
    times: int | None = 1
    chance: float = 1.0
    hits: int = 0

    def clear(self) -> None:
        """Let it happen no more."""
        self.times = self.hits

    @property
    def over(self) -> bool:
        return self.times is not None and self.hits >= self.times


@dataclass
class Faults:
    """The faults in force; each request is hit by at most one of a kind, the oldest."""

    chance: random.Random
    asked: list[Fault] = field(default_factory=list[Fault])

    def fail_before(self, status: int, **which: Unpack[Which]) -> Fault:
        """Answer with `status` and do nothing."""
        return self._ask(Kind.ANSWER, which, status=status)

    def fail_after(self, status: int, **which: Unpack[Which]) -> Fault:
        """Do it, and answer with `status`."""
        return self._ask(Kind.ANSWER_AFTER, which, status=status)

    def refuse(self, status: int, code: int, **which: Unpack[Which]) -> Fault:
        """Answer with one of Discord's errors and do nothing."""
        return self._ask(Kind.ANSWER, which, status=status, code=code, seconds=0.1)

    def limit(self, scope: str, retry_after: float = 0.5, **which: Unpack[Which]) -> Fault:
        """Answer 429: `scope` is user, shared or global; or cloudflare, which stands before it."""
        return self._ask(Kind.ANSWER, which, status=429, scope=scope, seconds=retry_after)

    def lose_answer(self, **which: Unpack[Which]) -> Fault:
        """Do it, and cut the connection before the answer."""
        return self._ask(Kind.LOST, which)

    def cut_request(self, **which: Unpack[Which]) -> Fault:
        """Cut the connection and do nothing."""
        return self._ask(Kind.CUT, which)

    def slow(self, seconds: float, *, before: bool = False, **which: Unpack[Which]) -> Fault:
        """Answer late; with `before` do it late too."""
        kind = Kind.SLOW_BEFORE if before else Kind.SLOW_AFTER
        return self._ask(kind, which, seconds=seconds)

    def outage(self) -> Fault:
        """Answer 503 to everything, until it is cleared."""
        return self.fail_before(503, times=None)

    def clear(self) -> None:
        """End all of them."""
        for fault in self.asked:
            fault.clear()
        self.asked.clear()

    def find(self, kind: Kind, method: str, path: str) -> Fault | None:
        """Return the fault of that kind that hits this request, if one does."""
        self.asked = [fault for fault in self.asked if not fault.over]
        for fault in self.asked:
            meant = fault.kind is kind and fault.method in ("*", method)
            if meant and re.search(fault.path, path) and self.chance.random() < fault.chance:
                fault.hits += 1
                return fault
        return None

    def _ask(self, kind: Kind, which: Which, **about: Any) -> Fault:  # noqa: ANN401 - of a Fault
        fault = Fault(kind, **about, **which)
        self.asked.append(fault)
        return fault
