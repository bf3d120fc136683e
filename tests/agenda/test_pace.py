"""Discord's pace, judged where Discord counts: at the arrival of each request."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random

import aiohttp
import pytest
from aiohttp import web

from bot import clock
from bot.agenda.pace import WINDOW, Pace, TooLate, only_until
from bot.domain.ids import ChannelId

PLACES = 5


async def test_no_window_sees_more_arrivals_than_places() -> None:
    arrivals: list[float] = []
    random, pace, loop = Random(1), Pace(PLACES), asyncio.get_running_loop()

    async def request() -> None:
        async with pace.request():
            await asyncio.sleep(random.random() * WINDOW / 4)
            arrivals.append(loop.time())
            await asyncio.sleep(random.random() * WINDOW / 4)

    await asyncio.gather(*(request() for _ in range(4 * PLACES)))
    pairs = zip(arrivals, arrivals[PLACES:], strict=False)
    assert min(later - earlier for earlier, later in pairs) >= WINDOW


async def test_what_was_given_up_keeps_no_place() -> None:
    pace = Pace(1)

    async def request() -> None:
        async with pace.request():
            await asyncio.sleep(10)

    given_up = asyncio.create_task(request())
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    async with asyncio.timeout(5 * WINDOW):
        async with pace.request():
            pass


async def test_a_channel_takes_one_after_another() -> None:
    pace, order = Pace(50), list[int]()

    async def post(number: int) -> None:
        async with pace.channel(ChannelId(7)):
            await asyncio.sleep(0.01 * (3 - number))
            order.append(number)

    await asyncio.gather(*map(post, range(3)))
    assert order == [0, 1, 2]


class Gate:
    """A server that notes when requests arrive, and a session that reaches it at a pace."""

    def __init__(self, session: aiohttp.ClientSession, arrivals: list[float]) -> None:
        self.session = session
        self.arrivals = arrivals

    async def ask(self, path: str = "/api/v10/users/@me") -> None:
        async with self.session.get(path):
            pass


@asynccontextmanager
async def gate(pace: Pace) -> AsyncGenerator[Gate]:
    arrivals: list[float] = []

    async def answer(_: web.Request) -> web.Response:
        arrivals.append(asyncio.get_running_loop().time())
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    trace = aiohttp.TraceConfig()
    pace.let_through(trace)
    async with aiohttp.ClientSession(f"http://{host}:{port}", trace_configs=[trace]) as session:
        yield Gate(session, arrivals)
    await runner.cleanup()


def apart(arrivals: list[float], places: int) -> bool:
    """Whether no second saw more than `places` arrivals."""
    pairs = zip(arrivals, arrivals[places:], strict=False)
    return all(later - earlier >= WINDOW for earlier, later in pairs)


async def test_every_request_of_a_session_takes_a_place_whoever_makes_it() -> None:
    pace = Pace(3)
    async with gate(pace) as way:

        async def held() -> None:
            async with pace.request():
                await way.ask()

        await asyncio.gather(*(way.ask() for _ in range(3)), *(held() for _ in range(4)))
        assert len(way.arrivals) == 7
        assert apart(way.arrivals, 3)


async def test_requests_made_in_one_place_wait_for_each_other() -> None:
    pace = Pace(1)
    async with gate(pace) as way:
        async with pace.request():
            await way.ask()
            await way.ask()
        await way.ask()
        assert len(way.arrivals) == 3
        assert apart(way.arrivals, 1)


@pytest.mark.parametrize("path", ["/api/v10/interactions/7/x/callback", "/api/v10/webhooks/7/x"])
async def test_what_counts_for_nothing_waits_for_nothing(path: str) -> None:
    pace = Pace(1)
    async with gate(pace) as way, pace.request(), asyncio.timeout(WINDOW / 2):
        await asyncio.gather(*(way.ask(path) for _ in range(3)))
        await way.ask()


async def test_a_request_that_never_arrived_gives_its_place_back() -> None:
    pace = Pace(1)
    trace = aiohttp.TraceConfig()
    pace.let_through(trace)
    async with aiohttp.ClientSession("http://127.0.0.1:9", trace_configs=[trace]) as session:
        for _ in range(2):
            with pytest.raises(aiohttp.ClientConnectionError):
                await session.get("/api/v10/gateway")
    async with asyncio.timeout(2 * WINDOW), pace.request():
        pass


@pytest.mark.parametrize("held", [True, False])
async def test_what_is_too_late_does_not_leave_and_keeps_no_place(*, held: bool) -> None:
    pace = Pace(1)
    async with gate(pace) as way, AsyncExitStack() as stack:
        with only_until(clock.now()):
            if held:
                await stack.enter_async_context(pace.request())
            with pytest.raises(TooLate):
                await way.ask()
        await stack.aclose()
        assert way.arrivals == []
        async with asyncio.timeout(5 * WINDOW):
            await way.ask()
        assert len(way.arrivals) == 1


async def test_what_outlives_its_place_takes_another() -> None:
    pace = Pace(1)
    async with gate(pace) as way:
        async with pace.request():
            left = asyncio.create_task(_later(way))
        async with pace.request():
            await way.ask()
        await left
        assert len(way.arrivals) == 2
        assert apart(way.arrivals, 1)


async def _later(way: Gate) -> None:
    await asyncio.sleep(0)
    await way.ask()
