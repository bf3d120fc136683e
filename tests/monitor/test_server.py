"""The monitor's pages, asked for over real sockets."""

from __future__ import annotations

import asyncio
import logging
import socket
import time

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics, monitor
from bot.config import MonitorSettings
from bot.monitor import lag, readiness
from bot.monitor.lag import LoopLag
from bot.storage.database import Database
from bot.storage.errors import DiskFull
from tests.monitor.figures import growth_of


class Part:
    """A part of Amble that says what it is told to say."""

    def __init__(self, reason: str | None = None) -> None:
        self.reason = reason

    async def __call__(self) -> str | None:
        return self.reason


async def asked(browser: aiohttp.ClientSession) -> tuple[int, dict[str, str]]:
    async with browser.get("/readyz") as response:
        page = await response.json()
        assert page["ready"] is (response.status == 200)
        return response.status, page["parts"]


async def test_a_living_process_says_ok(
    settings: MonitorSettings, browser: aiohttp.ClientSession
) -> None:
    async with monitor.serve(settings, {}), browser.get("/healthz") as response:
        assert (response.status, await response.text()) == (200, "ok\n")


async def test_a_loop_that_is_always_late_is_not_healthy(
    settings: MonitorSettings, browser: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lag, "LOOKS_IN_A_ROW", 1)
    monkeypatch.setattr(lag, "TOO_LONG", -1.0)
    monkeypatch.setattr(lag, "EVERY", 0.0)
    async with monitor.serve(settings, {}):
        await asyncio.sleep(0.01)
        async with browser.get("/healthz") as response:
            assert response.status == 503


def test_a_hiccup_is_no_illness() -> None:
    loop = LoopLag()
    for seconds in [9.0] * (lag.LOOKS_IN_A_ROW - 1) + [0.0]:
        loop.note(seconds)
    assert not loop.is_lasting
    for _ in range(lag.LOOKS_IN_A_ROW):
        loop.note(9.0)
    assert loop.is_lasting


async def test_readiness_says_which_part_is_missing_and_when_it_came(
    settings: MonitorSettings, browser: aiohttp.ClientSession
) -> None:
    gateway = Part("shard 0 is not connected")
    async with monitor.serve(settings, {"agenda": Part(), "gateway": gateway}):
        before = await asked(browser)
        gateway.reason = None
        after = await asked(browser)
    assert before == (503, {"agenda": "ready", "gateway": "shard 0 is not connected"})
    assert after == (200, {"agenda": "ready", "gateway": "ready"})


async def test_a_change_of_readiness_is_logged_once(
    settings: MonitorSettings, browser: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.monitor.readiness")
    part = Part("asleep")
    async with monitor.serve(settings, {"agenda": part}):
        for reason in ("asleep", "asleep", None, None):
            part.reason = reason
            await asked(browser)
    told = [each.getMessage() for each in caplog.records if each.name == readiness.log.name]
    assert told == ["not ready: agenda: asleep", "ready"]


async def test_a_database_that_answers_is_ready(
    settings: MonitorSettings, browser: aiohttp.ClientSession, db: Database
) -> None:
    async with monitor.serve(settings, {"database": monitor.database_answers(db)}):
        assert await asked(browser) == (200, {"database": "ready"})


async def test_a_closed_database_is_told_without_its_words(
    settings: MonitorSettings, browser: aiohttp.ClientSession, db: Database
) -> None:
    await db.close()
    async with monitor.serve(settings, {"database": monitor.database_answers(db)}):
        assert await asked(browser) == (503, {"database": "Unreachable"})


async def test_a_database_that_saves_nothing_is_not_ready_until_it_does(
    settings: MonitorSettings, browser: aiohttp.ClientSession, db: Database
) -> None:
    def fill_the_disk(conn: object) -> None:
        raise DiskFull("no room")

    async with monitor.serve(settings, {"database": monitor.database_answers(db)}):
        with pytest.raises(DiskFull):
            await db.write(fill_the_disk)
        assert await asked(browser) == (503, {"database": "DiskFull"})
        await db.write(lambda conn: None)
        assert await asked(browser) == (200, {"database": "ready"})


async def test_a_part_that_hangs_is_told_in_time_and_not_asked_again_meanwhile(
    settings: MonitorSettings, browser: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "PATIENCE", 0.05)
    questions: list[str] = []

    async def hangs() -> str | None:
        questions.append("how are you?")
        await asyncio.Event().wait()
        return None

    async with monitor.serve(settings, {"database": hangs}):
        for _ in range(3):
            assert await asked(browser) == (503, {"database": "no answer within 0.05 s"})
    assert len(questions) == 1


async def test_metrics_can_be_read_by_prometheus(
    settings: MonitorSettings, browser: aiohttp.ClientSession
) -> None:
    metrics.moment_ended("prompt", "sent", 1.5)
    async with monitor.serve(settings, {}), browser.get("/metrics") as response:
        families = list(text_string_to_metric_families(await response.text()))
    samples = [sample for family in families for sample in family.samples]
    [sent] = [
        each
        for each in samples
        if each.name == "amble_moments_total"
        and each.labels == {"kind": "prompt", "outcome": "sent"}
    ]
    assert sent.value >= 1
    assert {"process_resident_memory_bytes", "python_info"} <= {each.name for each in samples}


async def test_metrics_come_as_openmetrics_where_asked(
    settings: MonitorSettings, browser: aiohttp.ClientSession
) -> None:
    accept = {"Accept": "application/openmetrics-text; version=1.0.0"}
    async with monitor.serve(settings, {}), browser.get("/metrics", headers=accept) as response:
        text = await response.text()
    assert response.content_type == "application/openmetrics-text"
    assert text.endswith("# EOF\n")


async def test_a_port_in_use_is_told_in_a_sentence(settings: MonitorSettings) -> None:
    with (
        socket.create_server(("127.0.0.1", settings.port)),
        pytest.raises(monitor.NotServed) as caught,
    ):
        async with monitor.serve(settings, {}):
            pytest.fail("it is served")
    assert str(caught.value).startswith(
        f"Another program listens on 127.0.0.1 port {settings.port} already"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "a..b"])
async def test_a_host_that_is_not_ours_is_told_in_a_sentence(
    settings: MonitorSettings, host: str
) -> None:
    elsewhere = MonitorSettings(host=host, port=settings.port)
    with pytest.raises(monitor.NotServed, match=f"cannot listen on {host} port"):
        async with monitor.serve(elsewhere, {}):
            pytest.fail("it is served")


async def test_port_0_serves_nowhere_but_still_watches_the_loop(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lag, "EVERY", 0.01)
    caplog.set_level(logging.INFO)
    with growth_of("amble_event_loop_lag_seconds_count") as looks:
        async with monitor.serve(MonitorSettings(port=0), {}):
            await asyncio.sleep(0.05)
    assert looks.amount >= 1
    assert "served" not in caplog.text


async def test_a_blocked_loop_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lag, "EVERY", 0.05)
    with growth_of("amble_event_loop_lag_seconds_sum") as lagged:
        async with monitor.serve(MonitorSettings(port=0), {}):
            await asyncio.sleep(0.01)
            time.sleep(0.35)  # noqa: ASYNC251 - to block the loop is the point
            await asyncio.sleep(0.06)
    assert 0.25 < lagged.amount < 2


async def test_a_loop_that_stood_still_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    LoopLag().note(1.26)
    assert caplog.messages == ["the event loop stood still for 1.3 s; everything waited"]


async def test_stopping_does_not_wait_for_a_part_that_hangs(
    settings: MonitorSettings, browser: aiohttp.ClientSession
) -> None:
    loop = asyncio.get_running_loop()
    asking = asyncio.Event()

    async def hangs() -> str | None:
        asking.set()
        await asyncio.Event().wait()
        return None

    async with monitor.serve(settings, {"database": hangs}):
        reading = asyncio.create_task(asked(browser))
        await asking.wait()
        began = loop.time()
    assert loop.time() - began < 0.5
    assert await reading == (503, {"database": "stopping"})
