"""The real bot in its own process, on one road through the wire's Discord."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.storage import migrate
from bot.ui.words import words_in
from tests.end_to_end.village import open_village
from tests.wire.faults import CALLBACKS
from tests.wire.people import Act
from tests.wire.processes import BotProcess
from tests.wire.server import WireDiscord
from tests.wire.two_worlds import ROSA, InSimCord, OnTheWire, Place
from tests.wire.world import Channel, Guild, Person

MONDAY = "2026-03-02"
WORDS = words_in("en")
DRAWN = ("nudge", "sore", "encourage.first_week")
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


async def test_a_day_and_the_next_are_the_same_in_both_worlds(
    discord: WireDiscord, bot: BotProcess, guild: Guild, channel: Channel, tmp_path: Path
) -> None:
    try:
        told = await second_road(OnTheWire(discord, bot, guild, channel))
    except BaseException as error:
        error.add_note(f"the log of {bot.name} ends:\n{bot.log[-2000:]}")
        raise
    url = f"sqlite:///{tmp_path / 'simcord.db'}"
    migrate.upgrade(url)
    begin = datetime.fromisoformat(f"{MONDAY}T07:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    async with open_village(url, start=begin) as village:
        assert alike(told) == alike(await second_road(InSimCord(village)))


async def second_road(place: Place) -> dict[str, str]:
    """Answer, change one's mind, pause, be refused, be nudged and be encouraged; tell it all."""
    told: dict[str, str] = {}
    await place.be_at(MONDAY, "08:00:00")
    told["set up"] = await place.set_up()
    told["planned"] = await place.run(ROSA, "schedule add", days="mon", at="08:30")
    for name in ("Anna", "Ben", "Cleo"):
        told[f"{name} joins"] = await place.join(name, "named", "pinged")
    told["refused"] = await place.run("Anna", "schedule add", days="mon", at="09:30")
    told["nothing to undo"] = await place.run("Anna", "checkin", answer="undo")
    await place.be_at(MONDAY, "08:30:00")
    told["prompt"] = await place.sees("prompt", "Early birds")
    told["done"] = await place.press("Anna", "prompt", "Done")
    told["undone"] = await place.press("Anna", "receipt", "Undo")
    told["undone twice"] = await place.run("Anna", "checkin", answer="undo")
    told["partly"] = await place.press("Anna", "prompt", "Part of it")
    told["what can be answered"] = await place.run("Ben", "checkin")
    told["unclear"] = await place.run("Ben", "checkin", answer="done", how_much="a lot")
    told["resting"] = await place.run("Ben", "checkin", answer="rest")
    told["not resting"] = await place.run("Ben", "checkin", answer="undo")
    told["paused"] = await place.run("Cleo", "pause start", last="2026-03-10")
    told["paused twice"] = await place.run("Cleo", "pause start")
    told["redrawn"] = await place.sees("prompt", "Anna")
    await place.be_at(MONDAY, "11:30:00")
    told["nudge"] = await place.sees("nudge", "Early birds")
    told["from the nudge"] = await place.press("Cleo", "nudge", "My back hurts")
    told["back"] = await place.run("Cleo", "pause end")
    await place.be_at("2026-03-03", "08:59:51")
    told["encouragement"] = await place.sees("encouragement", "Ben")
    told["closed"] = await place.sees("prompt", "has closed")
    # What this makes of the prompt waits on the wire: it is old, and was edited just now.
    told["too late"] = await place.press("Ben", "prompt", "Done")
    return told


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


def alike(told: dict[str, str]) -> dict[str, str]:
    """Leave out their ids, what is drawn by ids, and when a session settled in a bot's absence."""
    drawn = {str(WORDS.say(key)): family for family in DRAWN for key in WORDS.families()[family]}
    return dict(zip(told, (_alike(one, drawn) for one in plain(list(told.values()))), strict=True))


def _alike(told: str, drawn: dict[str, str]) -> str:
    lines = (drawn.get(line, line) for line in told.splitlines())
    return re.sub(r"buttons work until <t:\d+", "buttons work until <t:#", "\n".join(lines))
