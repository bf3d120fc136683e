"""The wire's gateway keeps Discord's rules, and breaks them where it is told to."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.wire.server import WireDiscord
from tests.wire.visitor import Line, Visitor
from tests.wire.world import Channel, Guild


@pytest.mark.parametrize("compress", ["", "zlib-stream", "zstd-stream"])
async def test_a_shard_is_told_of_its_servers(
    discord: WireDiscord, visitor: Visitor, guild: Guild, channel: Channel, compress: str
) -> None:
    async with visitor.line(compress) as line:
        await line.identify()
        ready = (await line.hear())["d"]
        server = (await line.hear())["d"]
    assert ready["guilds"] == [{"id": str(guild.id), "unavailable": True}]
    assert (server["id"], server["unavailable"]) == (str(guild.id), False)
    assert [one["id"] for one in server["channels"]] == [str(channel.id)]
    assert [one["user"]["id"] for one in server["members"]] == [str(discord.world.bot_id)]
    assert [one.accepted for one in discord.records.identifies] == [True]


async def test_each_shard_has_its_own_servers_and_events(
    discord: WireDiscord, visitor: Visitor
) -> None:
    discord.world.shards = 2
    first, second = discord.world.guild(shard=0), discord.world.guild(shard=1)
    async with (
        visitor.identified(shard=(0, 2)) as (line, ready),
        visitor.identified(shard=(1, 2)) as (other, other_ready),
    ):
        assert [one["id"] for one in ready["guilds"]] == [str(first.id)]
        assert [one["id"] for one in other_ready["guilds"]] == [str(second.id)]
        await line.hear_event("GUILD_CREATE")
        discord.world.channel(second)
        assert (await other.hear_event("CHANNEL_CREATE"))["d"]["guild_id"] == str(second.id)
        assert await line.is_quiet()


async def test_events_of_intents_that_were_not_declared_stay_away(
    discord: WireDiscord, visitor: Visitor, guild: Guild
) -> None:
    async with visitor.identified() as (line, _):
        await line.hear_event("GUILD_CREATE")
        discord.world.person(guild, "Anna")
        assert await line.is_quiet()


async def test_a_heartbeat_is_acknowledged_unless_that_is_withheld(
    discord: WireDiscord, visitor: Visitor
) -> None:
    async with visitor.line() as line:
        await line.send(1, None)
        assert (await line.hear())["op"] == 11
        discord.gateway.withhold_acks()
        await line.send(1, None)
        assert await line.is_quiet()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"token": "another"}, 4004),
        ({"shard": [2, 2]}, 4010),
        ({"intents": 1 << 60}, 4013),
        ({"intents": 1 | 1 << 15}, 4014),
    ],
)
async def test_who_may_not_identify_is_closed_with_the_reason(
    discord: WireDiscord, visitor: Visitor, said: dict[str, Any], code: int
) -> None:
    async with visitor.line() as line:
        await line.identify(**said)
        assert await line.end() == code
    assert [one.accepted for one in discord.records.identifies] == [False]
    assert not discord.gateway.connected()


async def test_a_shard_that_identifies_too_soon_after_another_may_do_so_later(
    discord: WireDiscord, visitor: Visitor
) -> None:
    discord.limits.identify_seconds = 0.2
    async with visitor.identified((0, 2)), visitor.line() as line:
        await line.identify((1, 2))
        invalid = await line.hear()
        assert (invalid["op"], invalid["d"]) == (9, False)
        await asyncio.sleep(0.2)
        await line.identify((1, 2))
        assert (await line.hear())["t"] == "READY"
    assert [one.accepted for one in discord.records.identifies] == [True, False, True]


@pytest.mark.parametrize(("op", "code"), [(8, 4003), (2, 4005), (99, 4001)])
async def test_operations_out_of_place_are_closed(visitor: Visitor, op: int, code: int) -> None:
    async with visitor.line() as line:
        if code != 4003:
            await line.identify()
        await line.send(op, {})
        assert await line.end() == code


async def test_more_than_120_events_a_minute_are_closed(visitor: Visitor) -> None:
    async with visitor.line() as line:
        for _ in range(121):
            await line.send(1, None)
        assert await line.end() == 4008


async def test_a_resumed_session_hears_what_it_missed_and_nothing_twice(
    discord: WireDiscord, visitor: Visitor, guild: Guild
) -> None:
    async with visitor.identified() as (line, ready):
        heard = await line.hear_event("GUILD_CREATE")
        assert discord.gateway.drop() == 1
        await line.end()
    missed = discord.world.channel(guild, "missed")
    async with visitor.line() as line:
        await line.resume(ready["session_id"], heard["s"])
        replayed = await line.hear()
        resumed = await line.hear()
    assert (replayed["t"], replayed["d"]["id"]) == ("CHANNEL_CREATE", str(missed.id))
    assert (resumed["t"], resumed["s"]) == ("RESUMED", replayed["s"] + 1)
    assert [one.accepted for one in discord.records.resumes] == [True]


@pytest.mark.parametrize("how", ["unknown", "forgotten", "a sequence that never was"])
async def test_what_cannot_be_resumed_is_invalid(
    discord: WireDiscord, visitor: Visitor, guild: Guild, how: str
) -> None:
    async with visitor.identified() as (_, ready):
        pass
    if how == "forgotten":
        discord.gateway.forget_sessions()
    async with visitor.line() as line:
        session = "nobody's" if how == "unknown" else ready["session_id"]
        await line.resume(session, 900 if how.startswith("a seq") else 1)
        invalid = await line.hear()
        assert (invalid["op"], invalid["d"]) == (9, False)
        await line.identify()
        assert (await line.hear())["t"] == "READY"


async def test_a_forgotten_session_hears_on_as_long_as_it_is_connected(
    discord: WireDiscord, visitor: Visitor, guild: Guild
) -> None:
    async with visitor.identified() as (line, _):
        discord.gateway.forget_sessions()
        discord.world.channel(guild)
        assert await line.hear_event("CHANNEL_CREATE")


async def test_a_reconnect_is_asked_for_by_op_7(discord: WireDiscord, visitor: Visitor) -> None:
    async with visitor.identified() as (line, _):
        assert discord.gateway.reconnect() == 1
        assert (await line.hear())["op"] == 7


@pytest.mark.parametrize("resumable", [True, False])
async def test_an_invalid_session_is_told_by_op_9(
    discord: WireDiscord, visitor: Visitor, resumable: bool
) -> None:
    async with visitor.identified() as (line, ready):
        discord.gateway.invalidate(resumable=resumable)
        invalid = await line.hear()
        assert (invalid["op"], invalid["d"]) == (9, resumable)
    async with visitor.line() as line:
        await line.resume(ready["session_id"], 1)
        assert (await line.hear())["t"] == ("RESUMED" if resumable else None)


async def test_a_connection_can_be_closed_with_any_code(
    discord: WireDiscord, visitor: Visitor
) -> None:
    async with visitor.identified() as (line, _):
        discord.gateway.close(4000)
        assert await line.end() == 4000
    await discord.until(lambda: len(discord.records.closes) == 1)
    assert discord.records.closes[0].code == 4000


async def test_one_process_of_several_can_be_hit(discord: WireDiscord, visitor: Visitor) -> None:
    async with visitor.identified():
        assert discord.gateway.drop(process="another") == 0
        assert discord.gateway.drop(shard=1) == 0
        assert discord.gateway.drop(shard=0, process="visitor") == 1


async def test_an_event_can_come_twice(
    discord: WireDiscord, visitor: Visitor, guild: Guild
) -> None:
    async with visitor.identified() as (line, _):
        discord.gateway.repeat_events()
        first, second = discord.world.channel(guild, "one"), discord.world.channel(guild, "two")
        assert await _heard(line, 3) == [first.id, first.id, second.id]


async def test_an_event_can_be_overtaken(
    discord: WireDiscord, visitor: Visitor, guild: Guild
) -> None:
    async with visitor.identified() as (line, _):
        discord.gateway.swap_events()
        first, second = discord.world.channel(guild, "one"), discord.world.channel(guild, "two")
        assert await _heard(line, 2) == [second.id, first.id]


async def test_an_event_that_nothing_overtakes_comes_a_little_late(
    discord: WireDiscord, visitor: Visitor, guild: Guild
) -> None:
    async with visitor.identified() as (line, _):
        discord.gateway.swap_events()
        only = discord.world.channel(guild, "one")
        assert await _heard(line, 1) == [only.id]


async def test_a_click_while_nobody_is_there_is_kept_for_a_resume_alone(
    discord: WireDiscord, visitor: Visitor, guild: Guild, channel: Channel
) -> None:
    button = {"type": 2, "style": 1, "label": "Press", "custom_id": "amble:test:press"}
    card = [{"type": 1, "components": [button]}]
    message_id = int((await visitor.post(channel, components=card)).body["id"])
    async with visitor.identified() as (_, ready):
        pass
    await discord.until(lambda: not discord.gateway.connections())
    act = discord.people.click(guild.owner, message_id, "Press")
    assert not act.delivered
    async with visitor.identified() as (line, _):
        await line.hear_event("GUILD_CREATE")
        assert await line.is_quiet()
    assert ready["resume_gateway_url"].startswith("wss://gateway-resume.")


async def test_the_gateway_can_be_away(discord: WireDiscord, visitor: Visitor) -> None:
    discord.gateway_door.shut()
    with pytest.raises(aiohttp.ClientConnectorError):
        async with visitor.line():
            pass
    assert (await visitor.ask("GET", "/gateway/bot")).body["shards"] == 1


async def _heard(line: Line, times: int) -> list[int]:
    """The channels of the next events that tell of new ones."""
    return [int((await line.hear_event("CHANNEL_CREATE"))["d"]["id"]) for _ in range(times)]
