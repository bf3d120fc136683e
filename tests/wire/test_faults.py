"""Each fault of HTTP does what it says, and no more."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest

from tests.wire.faults import SENDS
from tests.wire.server import WireDiscord, open_discord
from tests.wire.visitor import Visitor, visiting
from tests.wire.world import Channel


async def test_an_error_before_the_effect_leaves_no_trace(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    fault = discord.faults.fail_before(503, path=SENDS)
    assert (await visitor.post(channel)).status == 503
    assert discord.messages(channel) == []
    assert (await visitor.post(channel)).status == 200
    assert fault.hits == 1


async def test_an_error_after_the_effect_hides_it(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    discord.faults.fail_after(502, path=SENDS)
    assert (await visitor.post(channel)).status == 502
    assert len(discord.messages(channel)) == 1
    [request] = discord.records.requests
    assert (request.effect, request.injected, request.status) == (True, True, 502)


async def test_a_lost_answer_has_had_its_effect(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    discord.faults.lose_answer(path=SENDS)
    with pytest.raises(aiohttp.ClientError):
        await visitor.post(channel)
    assert len(discord.messages(channel)) == 1
    [request] = discord.records.requests
    assert (request.effect, request.answered) == (True, False)


async def test_a_request_that_is_cut_has_no_effect(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    discord.faults.cut_request(path=SENDS)
    with pytest.raises(aiohttp.ClientError):
        await visitor.post(channel)
    assert discord.messages(channel) == []
    [request] = discord.records.requests
    assert (request.effect, request.answered, request.injected) == (False, False, True)


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_a_429_tells_its_scope_and_is_not_the_bot_s_fault(
    discord: WireDiscord, visitor: Visitor, channel: Channel, scope: str
) -> None:
    discord.faults.limit(scope, retry_after=0.25)
    refused = await visitor.post(channel)
    assert (refused.status, refused.headers["X-RateLimit-Scope"]) == (429, scope)
    assert (refused.body["retry_after"], refused.body["global"]) == (0.25, scope == "global")
    assert refused.headers["Via"]
    assert [one.scope for one in discord.records.rate_limits] == [scope]
    assert discord.records.earned() == []


@pytest.mark.parametrize("before", [True, False])
async def test_a_slow_answer_comes_late(
    discord: WireDiscord, visitor: Visitor, channel: Channel, before: bool
) -> None:
    discord.faults.slow(0.3, before=before, path=SENDS)
    asked = time.monotonic()
    sending = asyncio.create_task(visitor.post(channel))
    await discord.until(lambda: bool(discord.records.requests))
    await asyncio.sleep(0.05)
    assert len(discord.messages(channel)) == (0 if before else 1)
    assert (await sending).status == 200
    assert time.monotonic() - asked >= 0.3


async def test_an_outage_lasts_until_it_is_cleared(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    outage = discord.faults.outage()
    assert [(await visitor.ask("GET", "/users/@me")).status for _ in range(2)] == [503, 503]
    outage.clear()
    assert (await visitor.post(channel)).status == 200


async def test_one_of_discord_s_errors_can_be_asked_for(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    discord.faults.refuse(429, 30046, path=r"/messages/\d+$")
    assert (await visitor.post(channel)).status == 200
    path = f"/channels/{channel.id}/messages/{discord.messages(channel)[0].id}"
    refused = await visitor.ask("PATCH", path, {"allowed_mentions": {"parse": []}})
    assert (refused.status, refused.code) == (429, 30046)


async def test_chance_is_drawn_from_the_seed(channel: Channel) -> None:
    async def statuses(seed: int) -> list[int]:
        async with open_discord(seed=seed) as server, visiting(server) as visitor:
            server.faults.fail_before(500, times=None, chance=0.5)
            return [(await visitor.ask("GET", "/users/@me")).status for _ in range(12)]

    first = await statuses(1)
    assert first == await statuses(1)
    assert {200, 500} == set(first)


async def test_a_door_that_refuses_lets_the_next_one_in(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    discord.rest_door.refuse(1)
    with pytest.raises(aiohttp.ClientError):
        await visitor.post(channel)
    assert (await visitor.post(channel)).status == 200
    assert discord.rest_door.refused == 1


async def test_at_a_shut_door_nothing_listens_until_it_is_opened(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    discord.rest_door.shut()
    with pytest.raises(aiohttp.ClientConnectorError, match="onnect"):
        await visitor.post(channel)
    discord.rest_door.open()
    assert (await visitor.post(channel)).status == 200


async def test_a_door_can_cut_who_is_inside(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    discord.faults.slow(5, path=SENDS)
    sending = asyncio.create_task(visitor.post(channel))
    await discord.until(lambda: len(discord.messages(channel)) == 1)
    assert discord.rest_door.cut() == 1
    with pytest.raises(aiohttp.ClientError):
        await sending
