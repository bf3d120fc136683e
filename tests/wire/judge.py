"""Whether what the bot asked would have passed at Discord."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tests.discord_api import load_checker
from tests.discord_api.rules import broken_rules
from tests.wire.records import Records, Request

_JUDGED: dict[str, tuple[str, ...]] = {}


def faults_of(records: Records) -> Iterator[str]:
    """What the server could not answer, what brings a ban, and bodies that Discord would refuse."""
    yield from records.unknown
    yield from records.bans
    for request in records.requests:
        yield from judged(request)


def judged(request: Request) -> tuple[str, ...]:
    """Judge a request; of those that differ in ids and instants alone only the first.

    Without Discord's document, of which `tests/discord_api` tells with a skipped test, only the
    rules beyond it are looked at.
    """
    shape = _shape(request)
    if shape not in _JUDGED:
        checker = load_checker()
        problems = (
            broken_rules(request.method, request.path, request.body)
            if checker is None
            else checker.check(request)
        )
        _JUDGED[shape] = tuple(str(one) for one in problems)
    return _JUDGED[shape]


def _shape(request: Request) -> str:
    text = json.dumps([request.method, request.path, request.params, request.body], default=str)
    numbers: dict[str, str] = {}
    return re.sub(r"\d{10,}", lambda found: numbers.setdefault(found[0], f"#{len(numbers)}"), text)
