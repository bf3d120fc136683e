"""Requests to Discord are counted, by a real session against a small server of our own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from prometheus_client import generate_latest
from yarl import URL

from bot import metrics
from bot.monitor import count_requests
from bot.monitor.requests import route_of
from tests.monitor.figures import growth_of

API = "https://discord.com/api/v10"
TOKEN = "aW50ZXJhY3Rpb246MTIz-never_to_be_seen"
LIMITED = {"X-RateLimit-Scope": "shared"}


async def answer(request: web.Request) -> web.StreamResponse:
    if request.path == "/":
        gateway = web.WebSocketResponse()
        await gateway.prepare(request)
        await gateway.close()
        return gateway
    if request.path.endswith("/gone"):
        assert request.transport is not None
        request.transport.abort()
    elif request.path.endswith("/slow"):
        await asyncio.sleep(5)
    headers = LIMITED if request.path.endswith("/typing") else {}
    return web.Response(status=int(request.query.get("status", "200")), headers=headers)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """A session as discord.py's, whose requests reach a server that stands for Discord's."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    trace = aiohttp.TraceConfig()
    count_requests(trace)
    async with aiohttp.ClientSession(f"http://{host}:{port}", trace_configs=[trace]) as session:
        yield session
    await runner.cleanup()


def requests(route: str, status: str, method: str = "POST") -> dict[str, str]:
    return {"method": method, "route": route, "status": status}


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/channels/1/messages", "/channels/{id}/messages"),
        ("/channels/1/messages/2", "/channels/{id}/messages/{id}"),
        ("/applications/1/guilds/2/commands", "/applications/{id}/guilds/{id}/commands"),
        (f"/interactions/1/{TOKEN}/callback", "/interactions/{id}/{token}/callback"),
        ("/interactions/1/commands/callback", "/interactions/{id}/{token}/callback"),
        (f"/webhooks/1/{TOKEN}", "/webhooks/{id}/{token}"),
        (f"/webhooks/1/{TOKEN}/messages/@original", "/webhooks/{id}/{token}/messages/@original"),
        (f"/webhooks/1/{TOKEN}?wait=true&thread_id=4", "/webhooks/{id}/{token}"),
        ("/channels/1/messages/2/reactions/%F0%9F%8C%B1/@me",
         "/channels/{id}/messages/{id}/reactions/{other}/@me"),
        ("/users/@me/channels", "/users/@me/channels"),
        (f"/nobody-knows/{TOKEN}", "/{other}/{other}"),
        ("/a/b/c/d/e/f/g/h/i/j", "/{other}" * 8),
    ],
)  # fmt: skip
def test_a_route_keeps_what_is_discords_and_nothing_else(path: str, route: str) -> None:
    assert route_of(URL(API + path)) == route


@pytest.mark.parametrize(
    ("url", "route"),
    [
        ("wss://gateway.discord.gg/?v=10&encoding=json", "gateway"),
        ("https://cdn.discordapp.com/attachments/1/2/my-back.png?ex=68", "elsewhere"),
        ("https://discord.com/api/", "elsewhere"),
    ],
)
def test_what_is_not_the_api_has_one_name(url: str, route: str) -> None:
    assert route_of(URL(url)) == route


async def test_a_request_is_counted_and_timed(session: aiohttp.ClientSession) -> None:
    route = "/channels/{id}/messages"
    with (
        growth_of("amble_discord_requests_total", **requests(route, "403")) as refused,
        growth_of(
            "amble_discord_request_duration_seconds_count", method="POST", route=route
        ) as timed,
    ):
        await session.post("/api/v10/channels/12/messages?status=403")
    assert (refused.amount, timed.amount) == (1, 1)


@pytest.mark.parametrize(("path", "scope"), [("typing", "shared"), ("messages", "unknown")])
async def test_a_429_is_counted_by_its_scope(
    session: aiohttp.ClientSession, path: str, scope: str
) -> None:
    with growth_of("amble_discord_rate_limited_total", scope=scope) as limited:
        await session.post(f"/api/v10/channels/1/{path}?status=429")
    assert limited.amount == 1


async def test_a_request_without_an_answer_is_counted_as_unreached(
    session: aiohttp.ClientSession,
) -> None:
    labels = requests("/channels/{id}/{other}", "unreached")
    with growth_of("amble_discord_requests_total", **labels) as unreached:
        with pytest.raises(aiohttp.ClientError):
            await session.post("/api/v10/channels/1/gone")
        with pytest.raises(TimeoutError):
            await session.post(
                "/api/v10/channels/1/slow", timeout=aiohttp.ClientTimeout(total=0.05)
            )
    assert unreached.amount == 2


async def test_a_request_that_amble_gave_up_is_not_discords_fault(
    session: aiohttp.ClientSession,
) -> None:
    labels = requests("/channels/{id}/{other}", "unreached")
    with (
        growth_of("amble_discord_requests_total", **labels) as unreached,
        pytest.raises(TimeoutError),
    ):
        await asyncio.wait_for(session.post("/api/v10/channels/1/slow"), 0.05)
    assert unreached.amount == 0


async def test_opening_the_gateway_is_counted(session: aiohttp.ClientSession) -> None:
    assert session._base_url is not None
    gateway = session._base_url.with_scheme("ws") / ""
    labels = requests("gateway", "101", "GET")
    with growth_of("amble_discord_requests_total", **labels) as opened:
        async with session.ws_connect(gateway):
            pass
    assert opened.amount == 1


async def test_no_token_gets_into_the_figures(session: aiohttp.ClientSession) -> None:
    await session.post(f"/api/v10/interactions/1/{TOKEN}/callback")
    await session.patch(f"/api/v10/webhooks/1/{TOKEN}/messages/@original")
    page = generate_latest(metrics.registry).decode()
    assert "/interactions/{id}/{token}/callback" in page
    assert TOKEN not in page
