"""After each fault of the gateway alone, the real bot is there again, and answers."""

from __future__ import annotations

from pathlib import Path

from tests.wire.processes import BotProcess
from tests.wire.server import WireDiscord
from tests.wire.world import Channel, Guild


async def test_what_can_be_resumed_is_resumed(
    discord: WireDiscord, guild: Guild, channel: Channel, sqlite_url: str, tmp_path: Path
) -> None:
    """One life for all of these: a start takes longer than they do."""
    async with BotProcess(discord, sqlite_url, tmp_path):
        await hit_and_resume(discord, guild, channel)
    assert all(one.accepted for one in discord.records.resumes)
    assert len(discord.records.identifies) == 1


async def hit_and_resume(discord: WireDiscord, guild: Guild, channel: Channel) -> None:
    for number, fault in enumerate(
        [
            discord.gateway.drop,
            discord.gateway.reconnect,
            lambda: discord.gateway.invalidate(resumable=True),
            lambda: discord.gateway.close(4000),
            lambda: discord.gateway.close(4009),
            discord.gateway_door.cut,
        ],
        start=1,
    ):
        assert fault() == 1
        # The bot is away or about to be: what is asked meanwhile is told when it resumes.
        act = discord.people.command(guild.owner, channel, "me")
        assert await act.answered()
        await discord.until(lambda number=number: len(discord.records.resumes) == number)


async def test_what_cannot_be_resumed_is_begun_anew(
    discord: WireDiscord, guild: Guild, channel: Channel, sqlite_url: str, tmp_path: Path
) -> None:
    """One life for these too: no connection at first, none for a while, and a lost session."""

    async def is_there() -> bool:
        await discord.gateway.wait_connected()
        return bool(await discord.people.command(guild.owner, channel, "me").answered())

    discord.gateway_door.refuse(1)
    async with BotProcess(discord, sqlite_url, tmp_path) as bot:
        assert await is_there()
        discord.gateway_door.shut()
        discord.gateway.drop()
        await discord.until(lambda: not discord.gateway.connections())
        discord.gateway_door.open()
        discord.gateway_door.refuse(1)
        assert await is_there()
        already = len(discord.records.identifies)
        discord.gateway.forget_sessions()
        discord.gateway.drop()
        # discord.py waits five seconds before it identifies again.
        await discord.until(lambda: len(discord.records.identifies) > already, 15)
        assert await is_there()
        assert (bot.running, bot.starts) == (True, 1)
    assert discord.gateway_door.refused == 2


async def test_two_processes_have_a_shard_each(
    discord: WireDiscord, postgres_url: str, tmp_path: Path
) -> None:
    """The second identifies while it is the first one's turn, and has to wait.

    How often it tries meanwhile is by chance: discord.py waits up to five seconds.
    """
    discord.world.shards = 2
    discord.limits.identify_seconds = 8.0
    guild = discord.world.guild(shard=1)
    channel = discord.world.channel(guild)
    first = BotProcess(discord, postgres_url, tmp_path, "first", shard_count=2, shard_ids=[0])
    second = BotProcess(discord, postgres_url, tmp_path, "second", shard_count=2, shard_ids=[1])
    async with first, second:
        act = discord.people.command(guild.owner, channel, "me")
        assert await act.answered()
    assert act.process == "second"
    identified = [(one.process, one.accepted) for one in discord.records.identifies]
    refused = identified[1:-1]
    assert identified == [("first", True), *refused, ("second", True)]
    assert set(refused) == {("second", False)}
    assert [one.shard for one in discord.records.identifies] == [0, *[1] * (len(refused) + 1)]
