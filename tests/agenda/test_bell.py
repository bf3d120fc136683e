"""The bell: it rings at the instant, whatever was armed before, and drops nothing."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.agenda.bell import Bell

SECOND = timedelta(seconds=1)
SOON = timedelta(seconds=0.08)
LONG = timedelta(hours=1)


class Ear:
    """Hears the bell, and when."""

    def __init__(self) -> None:
        self.heard: list[datetime] = []
        self.rang = asyncio.Event()

    async def hear(self) -> None:
        self.heard.append(datetime.now(UTC))
        self.rang.set()

    async def fail(self) -> None:
        self.heard.append(datetime.now(UTC))
        self.rang.set()
        raise RuntimeError("a bug of ours")


@pytest.fixture
async def bell() -> AsyncIterator[Bell]:
    bell = Bell()
    bell.start()
    yield bell
    bell.stop()
    await asyncio.sleep(0)


async def test_it_rings_at_the_instant(bell: Bell) -> None:
    ear, at = Ear(), datetime.now(UTC) + SOON
    bell.ring_at(at, ear.hear)
    await asyncio.wait_for(ear.rang.wait(), 5)
    assert ear.heard[0] >= at


async def test_it_rings_at_once_for_what_is_overdue(bell: Bell) -> None:
    ear = Ear()
    bell.ring_at(datetime.now(UTC) - LONG, ear.hear)
    await asyncio.wait_for(ear.rang.wait(), 5)
    assert len(ear.heard) == 1


async def test_it_can_be_armed_for_an_earlier_instant(bell: Bell) -> None:
    ear = Ear()
    bell.ring_at(datetime.now(UTC) + LONG, ear.hear)
    bell.ring_at(datetime.now(UTC) + SOON, ear.hear)
    await asyncio.wait_for(ear.rang.wait(), 5)
    assert len(ear.heard) == 1


async def test_it_can_be_armed_for_a_later_instant(bell: Bell) -> None:
    ear = Ear()
    bell.ring_at(datetime.now(UTC) + SOON, ear.hear)
    bell.ring_at(datetime.now(UTC) + LONG, ear.hear)
    await asyncio.sleep(2 * SOON.total_seconds())
    assert ear.heard == []


async def test_it_can_be_disarmed(bell: Bell) -> None:
    ear = Ear()
    bell.ring_at(datetime.now(UTC) + SOON, ear.hear)
    bell.ring_at(None, ear.hear)
    await asyncio.sleep(2 * SOON.total_seconds())
    assert ear.heard == []


async def test_it_can_be_armed_again_for_the_instant_it_rang_at(bell: Bell) -> None:
    ear, at = Ear(), datetime.now(UTC) - LONG
    bell.ring_at(at, ear.hear)
    await asyncio.wait_for(ear.rang.wait(), 5)
    ear.rang.clear()
    bell.ring_at(at, ear.hear)
    await asyncio.wait_for(ear.rang.wait(), 5)
    assert len(ear.heard) == 2


async def test_a_busy_event_loop_makes_it_late_not_silent(bell: Bell) -> None:
    ear = Ear()
    bell.ring_at(datetime.now(UTC) + SOON, ear.hear)
    # APScheduler drops what is more than a second late unless it is told not to.
    threading.Event().wait(1.3)
    await asyncio.wait_for(ear.rang.wait(), 5)
    assert len(ear.heard) == 1


async def test_it_rings_again_and_again(bell: Bell) -> None:
    ear = Ear()
    bell.every(SECOND, "sweep", ear.hear)
    async with asyncio.timeout(5):
        while len(ear.heard) < 2:  # noqa: ASYNC110 - the second ring has no event of its own
            await asyncio.sleep(0.01)
    assert len(ear.heard) >= 2


@pytest.mark.parametrize("back", [LONG, timedelta(days=4000)], ids=["an hour", "years"])
async def test_it_rings_again_and_again_though_the_clock_is_set_back(back: timedelta) -> None:
    bell, ear = Bell(), Ear()
    with time_machine.travel(datetime(2038, 1, 19, tzinfo=UTC)) as traveller:
        bell.every(SECOND, "sweep", ear.hear)
        bell.start()
        await asyncio.wait_for(ear.rang.wait(), 5)
        traveller.shift(-back)
        ear.rang.clear()
        await asyncio.wait_for(ear.rang.wait(), 5)
        ear.rang.clear()
        await asyncio.wait_for(ear.rang.wait(), 5)
        bell.stop()
        await asyncio.sleep(0)


async def test_an_error_is_logged_and_it_goes_on(
    bell: Bell, caplog: pytest.LogCaptureFixture
) -> None:
    ear = Ear()
    bell.every(SECOND, "sweep", ear.fail)
    async with asyncio.timeout(5):
        while len(ear.heard) < 2:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
    assert "job sweep failed" in caplog.text


async def test_once_stopped_it_is_silent() -> None:
    bell, ear = Bell(), Ear()
    bell.start()
    bell.ring_at(datetime.now(UTC) + SOON, ear.hear)
    bell.stop()
    await asyncio.sleep(2 * SOON.total_seconds())
    assert ear.heard == []


async def test_stopping_twice_or_before_the_start_is_fine() -> None:
    Bell().stop()
    bell = Bell()
    bell.start()
    bell.stop()
    await asyncio.sleep(0)
    bell.stop()
