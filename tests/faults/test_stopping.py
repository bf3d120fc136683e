"""Asked to stop, the bot is gone within ten seconds, in order, whatever is going on."""

from __future__ import annotations

import asyncio
import signal
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.faults import storms_judge
from tests.faults.nursery import Nursery
from tests.faults.storms_haste import in_haste
from tests.faults.storms_scene import AGENDA, Scene, scene
from tests.wire.faults import EDITS, SENDS

AT_ONCE = 4.0
"""Seconds within which it stops where nothing is in hand, on a busy machine."""
IN_TIME = 10.0
UNHURRIED = in_haste(bot__services__claims__FIRST_RETRY=0.5)
"""The supervisor waits as long as it does in the field."""


@pytest.fixture
async def here(sqlite_url: str, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Scene]:
    async with scene(sqlite_url, tmp_path, nursery, haste=UNHURRIED) as here:
        yield here


async def stops(here: Scene, within: float = IN_TIME) -> None:
    """Ask it to stop, and check that it does so in order and in time."""
    code, seconds = await here.bot.terminate()
    assert code == 0, here.bot.log[-3000:]
    assert seconds < within
    assert storms_judge.troubles(here.bot.log) == []
    assert "leaving without it" not in here.bot.log


@pytest.mark.parametrize(
    "signals", [[signal.SIGTERM], [signal.SIGINT], [signal.SIGTERM, signal.SIGTERM]], ids=str
)
async def test_idle_it_stops_at_once(here: Scene, signals: list[signal.Signals]) -> None:
    async with here.bot:
        for number in signals[1:]:
            _send(here, number)
        _send(here, signals[0])
        assert await here.bot.ended(AT_ONCE) == 0
    assert storms_judge.troubles(here.bot.log) == []


def _send(here: Scene, number: signal.Signals) -> None:
    import os  # noqa: PLC0415 - nowhere else

    assert here.bot.pid is not None
    os.kill(here.bot.pid, number)


async def test_it_stops_while_it_waits_for_a_discord_that_is_out(here: Scene) -> None:
    here.discord.faults.outage()
    await here.bot.start()
    await here.happens(lambda: here.bot.log.count("connecting again in") > 2)
    await stops(here, AT_ONCE)


@pytest.mark.parametrize("path", ["^/users/@me$", "^/gateway/bot$", "/commands$"])
async def test_it_stops_while_a_request_of_its_start_hangs(here: Scene, path: str) -> None:
    fault = here.discord.faults.slow(60, before=True, path=path)
    await here.bot.start()
    await here.happens(lambda: fault.hits > 0)
    await stops(here)


async def test_it_stops_while_the_gateway_lets_nobody_in(here: Scene) -> None:
    here.discord.gateway_door.shut()
    await here.bot.start()
    await here.logged("Failed to connect for shard_id")
    await stops(here)


async def test_it_stops_during_an_outage_of_the_gateway(here: Scene) -> None:
    async with here.bot:
        here.discord.gateway_door.shut()
        here.discord.gateway.drop()
        await here.logged("Attempting a reconnect")
        await stops(here)


@pytest.mark.parametrize("after", [0.0, 0.05, 0.1, 0.2, 0.4])
async def test_it_can_be_stopped_at_any_instant_of_its_start(here: Scene, after: float) -> None:
    await here.plan(5)
    await here.bot.start()
    await asyncio.sleep(after)
    code, seconds = await here.bot.terminate()
    # Before it listens to signals it has begun nothing that would have to be ended in order.
    assert (code in {0, -signal.SIGTERM}, seconds < IN_TIME) == (True, True)
    async with here.bot:
        await here.is_well()


async def test_under_load_what_is_in_hand_is_sent_recorded_and_the_rest_given_back(
    sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    async with scene(sqlite_url, tmp_path, nursery, channels=20, haste=UNHURRIED) as here:
        await here.plan(10, after=0)
        slow = here.discord.faults.slow(2.5, path=SENDS, times=None)
        async with here.bot:
            await here.happens(lambda: len(here.discord.records.postings) > 20)
            await stops(here)
        assert await storms_judge.in_hand(here.db) == 0
        went_out = len(here.discord.records.postings)
        assert await sent(here) == went_out < 200
        slow.clear()
        async with here.bot:
            await here.is_well()
        assert here.discord.records.repeats == []


async def sent(here: Scene) -> int:
    """Count the prompts that are recorded as posted."""
    told = await storms_judge.states(here.db, here.town, storms_judge.MomentKind.PROMPT)
    return sum(state == "sent" for state, _ in told.values())


async def test_what_hangs_is_left_and_found_by_the_next_start(here: Scene) -> None:
    await here.plan(3)
    here.discord.faults.slow(60, path=SENDS)
    async with here.bot:
        await here.happens(lambda: len(here.discord.records.postings) > 3)
        await stops(here)
        assert await storms_judge.in_hand(here.db) == 0
        await here.bot.start()
        await here.bot.wait_ready()
        await here.is_well()


async def test_what_is_to_be_drawn_is_drawn_now_or_by_the_next_start(
    sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    agenda = {**AGENDA, "redraw_seconds": 30}
    async with scene(
        sqlite_url, tmp_path, nursery, channels=25, agenda=agenda, haste=UNHURRIED
    ) as here:
        await here.plan(2)
        async with here.bot:
            await here.posted()
            acts = [
                here.press(walk.members[0], posted)
                for walk in here.town.walks
                for each in walk.due
                for posted in here.town.prompts(here.discord)[each]
            ]
            assert [await act.settled() for act in acts] == [True] * 50
            here.discord.faults.slow(1, path=EDITS, times=25)
            await stops(here)
            here.bot.settings["agenda"]["redraw_seconds"] = 0.1
            await here.bot.start()
            await here.bot.wait_ready()
            await here.is_well()


@asynccontextmanager
async def postgres_through_a_door(url: str) -> AsyncGenerator[tuple[str, Callable[[], None]]]:
    """Give another address of the same server, and what takes it away."""
    there = Path(parse_qs(urlsplit(url).query)["host"][0]) / ".s.PGSQL.5432"
    open_ones: set[asyncio.StreamWriter] = set()

    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_unix_connection(there)
        open_ones.update((writer, far_writer))
        await asyncio.gather(copy(reader, far_writer), copy(far_reader, writer))

    # A socket's path is short: pytest's own directory would be too long.
    with tempfile.TemporaryDirectory(prefix="amble-door-") as directory:
        door = await asyncio.start_unix_server(serve, Path(directory) / ".s.PGSQL.5432")

        def take_away() -> None:
            door.close()
            for one in open_ones:
                one.transport.abort()

        yield (
            url.replace(quote(str(there.parent), safe=""), quote(directory, safe="")).replace(
                str(there.parent), directory
            ),
            take_away,
        )
        take_away()


@pytest.mark.postgres
async def test_without_its_database_it_stops_all_the_same(
    postgres_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    async with (
        postgres_through_a_door(postgres_url) as (url, take_away),
        scene(postgres_url, tmp_path, nursery, haste=UNHURRIED) as here,
    ):
        here.bot.database_url = url
        async with here.bot:
            await here.plan(5, within=2)
            take_away()
            await asyncio.sleep(1)
            code, seconds = await here.bot.terminate()
            assert (code, seconds < IN_TIME) == (0, True)
