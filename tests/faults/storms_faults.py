"""Everything that can go wrong between Discord and the bot, each as one blow of a storm."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from tests.faults.storms_town import Town
from tests.wire.faults import CALLBACKS, EDITS, SENDS
from tests.wire.server import WireDiscord

PATHS = (SENDS, EDITS, CALLBACKS, r".*")
RESUMED = (1000, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)
"""Codes of closes after which a client comes back by itself."""


@dataclass(slots=True)
class Storm:
    """What blows where: a Discord, one server of it, and a chance that decides."""

    discord: WireDiscord
    town: Town
    chance: random.Random
    hindered: set[int] = field(default_factory=set[int])
    """Channels that were deleted or closed to the bot."""

    def times(self) -> int:
        return self.chance.randint(1, 4)

    def path(self) -> str:
        return self.chance.choice(PATHS)

    def seconds(self, least: float, most: float) -> float:
        return self.chance.uniform(least, most)


Blow = Callable[[Storm], Coroutine[Any, Any, None]]


async def fail_before(storm: Storm) -> None:
    status = storm.chance.choice((500, 502, 503, 504))
    storm.discord.faults.fail_before(status, path=storm.path(), times=storm.times())


async def fail_after(storm: Storm) -> None:
    status = storm.chance.choice((500, 502, 503))
    storm.discord.faults.fail_after(status, path=storm.path(), times=storm.times())


async def lose_answers(storm: Storm) -> None:
    storm.discord.faults.lose_answer(path=storm.path(), times=storm.times())


async def cut_requests(storm: Storm) -> None:
    storm.discord.faults.cut_request(path=storm.path(), times=storm.times())


async def limit(storm: Storm) -> None:
    scope = storm.chance.choice(("user", "shared", "global"))
    wait = storm.seconds(0.2, 1.5)
    storm.discord.faults.limit(scope, retry_after=wait, path=storm.path(), times=storm.times())


async def slow(storm: Storm) -> None:
    before = storm.chance.random() < 0.5
    seconds = storm.seconds(0.3, 2.5)
    storm.discord.faults.slow(seconds, before=before, path=storm.path(), times=3 * storm.times())


async def outage(storm: Storm) -> None:
    fault = storm.discord.faults.outage()
    await asyncio.sleep(storm.seconds(0.3, 2))
    fault.clear()


async def shut_rest(storm: Storm) -> None:
    storm.discord.rest_door.shut()
    storm.discord.rest_door.cut()
    await asyncio.sleep(storm.seconds(0.3, 1.5))
    storm.discord.rest_door.open()


async def cut_rest(storm: Storm) -> None:
    storm.discord.rest_door.cut()


async def refuse_rest(storm: Storm) -> None:
    storm.discord.rest_door.refuse(storm.times())
    storm.discord.rest_door.cut()


async def drop(storm: Storm) -> None:
    storm.discord.gateway.drop()


async def reconnect(storm: Storm) -> None:
    storm.discord.gateway.reconnect()


async def invalidate(storm: Storm) -> None:
    storm.discord.gateway.invalidate(resumable=storm.chance.random() < 0.5)


async def close(storm: Storm) -> None:
    storm.discord.gateway.close(storm.chance.choice(RESUMED))


async def forget(storm: Storm) -> None:
    storm.discord.gateway.forget_sessions()
    storm.discord.gateway.drop()


async def refuse_gateway(storm: Storm) -> None:
    storm.discord.gateway_door.refuse(storm.chance.randint(1, 2))
    storm.discord.gateway.drop()


async def shut_gateway(storm: Storm) -> None:
    storm.discord.gateway_door.shut()
    storm.discord.gateway.drop()
    await asyncio.sleep(storm.seconds(0.3, 2))
    storm.discord.gateway_door.open()


async def withhold_acks(storm: Storm) -> None:
    storm.discord.gateway.withhold_acks()
    await asyncio.sleep(storm.seconds(1, 3))
    storm.discord.gateway.withhold_acks(on=False)


async def repeat(storm: Storm) -> None:
    storm.discord.gateway.repeat_events(5 * storm.times(), chance=0.7)


async def swap(storm: Storm) -> None:
    storm.discord.gateway.swap_events(5 * storm.times(), chance=0.7)


async def delete_channel(storm: Storm) -> None:
    # The last channel is left: after the storm something must still be there to be answered.
    if len(storm.hindered) >= len(storm.town.walks) - 1:
        return
    channel = storm.chance.choice(storm.town.walks[1:]).channel
    if channel.id in storm.discord.world.channel_ids():
        storm.hindered.add(channel.id)
        storm.discord.world.delete_channel(channel)


async def deny(storm: Storm) -> None:
    channel = storm.chance.choice(storm.town.walks[1:]).channel
    if channel.id not in storm.discord.world.channel_ids():
        return
    storm.hindered.add(channel.id)
    permission = storm.chance.choice(("send_messages", "view_channel"))
    storm.discord.world.deny(channel, permission)
    if storm.chance.random() < 0.5:
        await asyncio.sleep(storm.seconds(0.5, 2))
        if channel.id in storm.discord.world.channel_ids():
            storm.discord.world.allow_again(channel)


BLOWS: tuple[Blow, ...] = (
    fail_before,
    fail_after,
    lose_answers,
    cut_requests,
    limit,
    slow,
    outage,
    shut_rest,
    cut_rest,
    refuse_rest,
    drop,
    reconnect,
    invalidate,
    close,
    forget,
    refuse_gateway,
    shut_gateway,
    withhold_acks,
    repeat,
    swap,
    delete_channel,
    deny,
)


async def unleash(storm: Storm, seconds: float) -> list[str]:
    """Strike three to eight times at random instants within `seconds`; return with what."""
    blows = [storm.chance.choice(BLOWS) for _ in range(storm.chance.randint(3, 8))]

    async def strike(blow: Blow, after: float) -> None:
        await asyncio.sleep(after)
        await blow(storm)

    await asyncio.gather(*(strike(blow, storm.seconds(0, seconds)) for blow in blows))
    return [blow.__name__ for blow in blows]


def calm(discord: WireDiscord) -> None:
    """End every fault."""
    discord.faults.clear()
    discord.rest_door.open()
    discord.gateway_door.open()
    discord.gateway.withhold_acks(on=False)
    discord.gateway.repeat_events(0)
    discord.gateway.swap_events(0)
