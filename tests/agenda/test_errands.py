"""Requests that may take too long: given up by who waits, and never broken off."""

import asyncio
from datetime import timedelta

import pytest

from bot.agenda.errands import Errands

SOON = timedelta(seconds=0.02)
LONG = timedelta(seconds=5)


class Desk:
    """Where an errand waits until it is let go, as discord.py does for a global limit."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.served = asyncio.Event()
        self.sent_away = False

    async def visit(self, error: Exception | None = None) -> str:
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.sent_away = True
            raise
        self.served.set()
        if error is not None:
            raise error
        return "done"


async def test_what_comes_of_it_is_returned() -> None:
    desk, errands = Desk(), Errands(LONG)
    desk.open.set()
    assert await errands.run(desk.visit()) == "done"


async def test_what_it_raises_is_raised() -> None:
    desk, errands = Desk(), Errands(LONG)
    desk.open.set()
    with pytest.raises(ConnectionError):
        await errands.run(desk.visit(ConnectionError()))


async def test_what_takes_too_long_goes_on_when_nobody_waits_any_more() -> None:
    desk, errands = Desk(), Errands(SOON)
    with pytest.raises(TimeoutError):
        await errands.run(desk.visit())
    desk.open.set()
    async with asyncio.timeout(5):
        await desk.served.wait()
    assert not desk.sent_away


async def test_it_goes_on_when_who_waits_is_cancelled() -> None:
    desk, errands = Desk(), Errands(LONG)
    waiting = asyncio.create_task(errands.run(desk.visit()))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert not desk.sent_away
    desk.open.set()
    async with asyncio.timeout(5):
        await desk.served.wait()


async def test_an_error_that_comes_too_late_disturbs_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk, errands = Desk(), Errands(SOON)
    with pytest.raises(TimeoutError):
        await errands.run(desk.visit(ConnectionError()))
    desk.open.set()
    async with asyncio.timeout(5):
        await desk.served.wait()
    await errands.stop()
    assert "never retrieved" not in caplog.text


async def test_when_all_is_over_it_is_broken_off() -> None:
    desk, errands = Desk(), Errands(SOON)
    with pytest.raises(TimeoutError):
        await errands.run(desk.visit())
    await errands.stop()
    assert desk.sent_away
