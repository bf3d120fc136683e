"""The real bot in its own process, on one road through the wire's Discord."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.storage import migrate
from tests.end_to_end.village import open_village
from tests.wire.faults import CALLBACKS
from tests.wire.people import Act
from tests.wire.processes import BotProcess
from tests.wire.server import WireDiscord
from tests.wire.world import Channel, Guild, Person

MONDAY = "2026-03-02"
FORM = {"reach": "channel", "consents": ["named"], "goal": ["3"], "note_read": ["yes"]}


@pytest.fixture
async def bot(discord: WireDiscord, sqlite_url: str, tmp_path: Path) -> AsyncIterator[BotProcess]:
    bot = BotProcess(discord, sqlite_url, tmp_path, agenda={"redraw_seconds": 0.1})
    try:
        yield bot
    finally:
        await bot.put_away()


async def test_a_group_is_set_up_prompted_and_answered_across_a_kill(
    discord: WireDiscord, bot: BotProcess, guild: Guild, channel: Channel
) -> None:
    anna = discord.world.person(guild, "Anna")
    live_at(discord, bot, "08:00:00")
    async with bot:
        told = [
            *await set_up(discord, guild, channel),
            await run(discord, guild.owner, channel, "schedule add", days="daily", at="08:30"),
            await join(discord, anna, channel),
        ]
        bot.kill()
        assert await bot.ended() == -9
        assert not discord.people.command(anna, channel, "me").delivered
        live_at(discord, bot, "08:30:00")
        await bot.start()
        await bot.wait_ready()
        await discord.until(lambda: bool(discord.messages(channel)))
        [prompt] = discord.messages(channel)
        clicks = [discord.people.click(anna, prompt, "done") for _ in range(3)]
        answers = [await one.answered() for one in clicks]
        assert all(one.ephemeral for one in clicks)
        await discord.until(lambda: "Anna" in discord.messages(channel)[0].text)
        code, seconds = await bot.terminate()
    assert (prompt.kind, bool(prompt.nonce), bot.starts) == ("prompt", True, 2)
    assert (code, seconds < 10) == (0, True)
    assert discord.records.earned() == []
    assert {one.process for one in discord.records.requests} == {"bot"}
    assert plain([*told, answers[0]]) == plain(await told_in_simcord(bot.database_url))
    assert all("1 session in a row" in one for one in answers)


async def test_a_click_is_answered_whatever_befalls_its_answer(
    discord: WireDiscord, bot: BotProcess, guild: Guild, channel: Channel
) -> None:
    async with bot:
        await set_up(discord, guild, channel)
        for scope in ("user", "shared", "global"):
            discord.faults.limit(scope, retry_after=0.2, path=CALLBACKS)
            assert await shown(discord, guild, channel).answered()
        discord.faults.slow(1, path=CALLBACKS)
        assert await shown(discord, guild, channel).answered()
        discord.faults.lose_answer(path=CALLBACKS)
        assert await shown(discord, guild, channel).answered()
        discord.gateway.repeat_events()
        twice = shown(discord, guild, channel)
        assert await twice.answered()
        assert await shown(discord, guild, channel).answered()
    assert {one.injected for one in discord.records.rate_limits} == {True}


async def test_what_ends_too_early_is_told_with_its_log(
    discord: WireDiscord, bot: BotProcess
) -> None:
    discord.tokens.clear()
    with pytest.raises(AssertionError, match="does not accept the token"):
        await bot.__aenter__()
    assert await bot.ended() == 1


def live_at(discord: WireDiscord, bot: BotProcess, at: str) -> None:
    """Let the bot's next life, and Discord's, begin on a Monday in Berlin at that time."""
    begin = datetime.fromisoformat(f"{MONDAY}T{at}").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    discord.clock.offset = bot.clock_offset = begin - datetime.now(begin.tzinfo)


async def run(
    discord: WireDiscord, who: Person, channel: Channel, name: str, /, **options: object
) -> str:
    return await discord.people.command(who, channel, name, **options).answered()


def shown(discord: WireDiscord, guild: Guild, channel: Channel) -> Act:
    return discord.people.command(guild.owner, channel, "group show")


async def set_up(discord: WireDiscord, guild: Guild, channel: Channel) -> list[str]:
    wanted = {"zone": "Europe/Berlin", "channel": channel, "anyone_creates": True}
    return [
        await run(discord, guild.owner, channel, "setup", **wanted),
        await run(discord, guild.owner, channel, "group create", name="Early birds"),
    ]


async def join(discord: WireDiscord, who: Person, channel: Channel) -> str:
    asked = discord.people.command(who, channel, "group join")
    await asked.answered()
    return await discord.people.submit(asked, FORM).answered()


async def told_in_simcord(url: str) -> list[str]:
    """What people are told who do the same in SimCord, without the kill, on a second database."""
    path = Path(url.removeprefix("sqlite:///")).with_name("simcord.db")
    migrate.upgrade(f"sqlite:///{path}")
    begin = datetime.fromisoformat(f"{MONDAY}T08:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    async with open_village(f"sqlite:///{path}", start=begin) as village:
        told = [await village.set_up(), await village.create(), await village.plan(at="08:30")]
        anna = village.newcomer("Anna")
        told.append(await village.join(anna, "named"))
        await village.until(MONDAY, "08:30")
        await village.eventually(lambda: bool(village.prompts()))
        return [*told, await village.answer(anna)]


def plain(told: list[str]) -> list[str]:
    """Leave out what differs between two worlds: their ids."""
    return [re.sub(r"\d{15,}", "#", one) for one in told]
