"""The bell: it rings at the instant, whatever was armed before, and drops nothing."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.agenda.bell import Bell
from bot.storage.errors import DiskFull

SECOND = timedelta(seconds=1)
SOON = timedelta(seconds=0.08)
LONG = timedelta(hours=1)


class Ear:
    """Hears the bell, and when."""

    def __init__(self, error: Exception | None = None) -> None:
        self.heard: list[datetime] = []
        self.rang = asyncio.Event()
        self.error = error or RuntimeError("a bug of ours")

    async def hear(self) -> None:
        self.heard.append(datetime.now(UTC))
        self.rang.set()

    async def fail(self) -> None:
        self.heard.append(datetime.now(UTC))
        self.rang.set()
        raise self.error


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


async def test_an_error_is_logged_once_with_its_traceback_and_it_goes_on(
    bell: Bell, caplog: pytest.LogCaptureFixture
) -> None:
    [first, *_] = await failing_twice(bell, Ear(), caplog)
    assert (first.levelname, first.getMessage()) == ("ERROR", "job sweep failed")
    assert first.exc_info is not None
    assert {each.name for each in caplog.records} == {"bot.agenda.bell"}


async def test_a_database_in_trouble_is_told_in_a_line(
    bell: Bell, caplog: pytest.LogCaptureFixture
) -> None:
    [first, *_] = await failing_twice(bell, Ear(DiskFull("the disk is full")), caplog)
    assert (first.levelname, first.getMessage()) == (
        "WARNING",
        "job sweep failed: the disk is full",
    )
    assert first.exc_info is None
    assert {each.name for each in caplog.records} == {"bot.agenda.bell"}


async def failing_twice(
    bell: Bell, ear: Ear, caplog: pytest.LogCaptureFixture
) -> list[logging.LogRecord]:
    """Return what is logged of a job that fails each time."""
    caplog.set_level(logging.WARNING)
    bell.every(SECOND, "sweep", ear.fail)
    async with asyncio.timeout(5):
        while len(ear.heard) < 2:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
    return caplog.records


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
