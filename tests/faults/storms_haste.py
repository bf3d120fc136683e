"""Shorter waits in the bot's own process: what it waits minutes for, a test has no time for.

Nothing else is changed. ``AMBLE_TEST_HASTE`` holds a JSON object: spans of the bot by their full
names, in seconds, and ``heartbeat_timeout``, which is discord.py's own option.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from bot import app

HASTE = "AMBLE_TEST_HASTE"
HEARTBEAT_TIMEOUT = "heartbeat_timeout"


def in_haste(**seconds: float) -> dict[str, str]:
    """Return the environment for a bot that waits so long; `__` stands for a dot in the names."""
    return {HASTE: json.dumps({name.replace("__", "."): each for name, each in seconds.items()})}


def install(value: str) -> None:
    """Shorten what `value` names; raises AttributeError where the bot has no such span."""
    spans: Mapping[str, float] = json.loads(value)
    for name, seconds in spans.items():
        if name == HEARTBEAT_TIMEOUT:
            app.build = partial(app.build, heartbeat_timeout=seconds)
            continue
        module_name, _, span = name.rpartition(".")
        module = importlib.import_module(module_name)
        if not isinstance(getattr(module, span), timedelta):
            raise TypeError(f"{name} is no span of time")
        setattr(module, span, timedelta(seconds=seconds))
