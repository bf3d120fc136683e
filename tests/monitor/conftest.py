"""A port that is free, and Amble's monitor on it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.config import MonitorSettings


@pytest.fixture
def settings() -> MonitorSettings:
    """The monitor's settings with a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return MonitorSettings(port=port)


@pytest.fixture
async def browser(settings: MonitorSettings) -> AsyncIterator[aiohttp.ClientSession]:
    """Whoever looks at the monitor's pages."""
    async with aiohttp.ClientSession(f"http://127.0.0.1:{settings.port}") as session:
        yield session
