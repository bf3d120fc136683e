"""Villages for the tests: one where nothing is set up, and one where a group walks every day."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.storage import postgres
from tests.end_to_end.village import Village, open_village


@pytest.fixture(autouse=True)
def _patient_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let PostgreSQL answer whenever it does: hours of SimCord's pass in its milliseconds."""
    monkeypatch.setattr(postgres, "ANSWER_TIMEOUT", None)
    monkeypatch.setattr(postgres, "CONNECT_TIMEOUT", None)


@pytest.fixture
async def bare(sqlite_url: str) -> AsyncIterator[Village]:
    """A server that has the bot, on Monday at six in Berlin, with nothing set up."""
    async with open_village(sqlite_url) as village:
        yield village


@pytest.fixture
async def village(bare: Village) -> Village:
    """The same with a group that walks at 07:30 every day, organised by Rosa; nobody has joined."""
    await bare.set_up()
    await bare.create()
    await bare.plan()
    return bare
