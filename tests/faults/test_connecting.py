"""Each fault of Discord alone: afterwards the bot is connected, and everything was done once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.ids import GuildId
from bot.services import servers
from bot.storage.guilds import has_left
from tests.faults import storms_judge
from tests.faults.nursery import Nursery
from tests.faults.storms_haste import in_haste
from tests.faults.storms_scene import AGENDA, Scene, scene
from tests.faults.storms_town import plan_prompts, wake
from tests.wire.faults import CALLBACKS, COMMANDS, SENDS, Fault
from tests.wire.server import WireDiscord

AT_START = [
    r"^/users/@me$",
    r"^/oauth2/applications/@me$|^/applications/@me$",
    r"^/gateway/bot$",
    COMMANDS,
]
SCOPES = ("user", "shared", "global")


@pytest.fixture
async def here(sqlite_url: str, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Scene]:
    async with scene(sqlite_url, tmp_path, nursery) as here:
        yield here


async def test_a_start_survives_each_request_refused_in_turn(here: Scene) -> None:
    """One start for all: each of them ends one client, and the next one gets further."""
    await here.plan()
    here.discord.rest_door.refuse(1)
    here.discord.faults.limit("cloudflare", path=AT_START[0])
    hit = [here.discord.faults.fail_before(503, path=path) for path in AT_START]
    here.discord.gateway_door.refuse(1)
    await here.bot.start()
    await here.bot.wait_ready(45)
    await here.is_well()
    assert [fault.hits for fault in hit] == [1] * len(AT_START)
    assert here.bot.log.count("connecting again in") == 2 + len(AT_START)


async def test_a_start_waits_for_a_discord_that_is_out(here: Scene) -> None:
    await here.plan(2)
    outage = here.discord.faults.outage()
    await here.bot.start()
    await here.happens(lambda: here.bot.log.count("connecting again in") > 3)
    outage.clear()
    here.discord.gateway_door.shut()
    await here.happens(lambda: any(one.effect for one in here.discord.records.requests))
    await asyncio.sleep(1)
    here.discord.gateway_door.open()
    await here.bot.wait_ready(45)
    await here.is_well()


async def test_a_token_that_is_refused_at_the_start_ends_in_a_sentence(here: Scene) -> None:
    here.discord.tokens.clear()
    await here.bot.start()
    assert await here.bot.ended(20) == 1
    assert here.bot.log.strip().endswith("Copy it anew from the developer portal.")
    assert "Traceback" not in here.bot.log


@pytest.mark.parametrize(
    ("code", "words"), [(4004, "does not accept the token"), (4014, "refuses the intents")]
)
async def test_a_close_without_hope_ends_in_a_sentence(here: Scene, code: int, words: str) -> None:
    async with here.bot:
        if code == 4004:
            here.discord.tokens.clear()
        assert here.discord.gateway.close(code) == 1
        assert await here.bot.ended(10) == 1
    assert words in here.bot.log.strip().splitlines()[-1]
    assert len(here.discord.records.identifies) == 1


async def test_heartbeats_without_an_answer_lead_to_a_new_connection(
    sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    haste = in_haste(heartbeat_timeout=1.5)
    async with scene(sqlite_url, tmp_path, nursery, haste=haste) as here:
        here.discord.gateway.heartbeat_interval = 0.5
        async with here.bot:
            here.discord.gateway.withhold_acks()
            await here.happens(lambda: bool(here.discord.records.resumes))
            here.discord.gateway.withhold_acks(on=False)
            await here.plan()
            await here.is_well()


async def test_a_shard_that_stays_cut_off_gets_a_new_client(
    sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    haste = in_haste(
        bot__supervisor__CUT_OFF_FOR=0.8,
        bot__supervisor__LOOK_EVERY=0.2,
        bot__supervisor__FIRST_WAIT=0.1,
        bot__supervisor__LAST_WAIT=0.3,
    )
    async with scene(sqlite_url, tmp_path, nursery, haste=haste) as here, here.bot:
        here.discord.gateway_door.shut()
        here.discord.gateway.drop()
        await here.logged("stay cut off: connecting anew")
        here.discord.gateway_door.open()
        await here.bot.wait_ready(45)
        await here.plan()
        await here.is_well()
        assert len(here.discord.records.identifies) == 2
        assert here.bot.starts == 1


async def test_it_comes_back_from_each_fault_of_the_gateway(here: Scene) -> None:
    """One life for all of them: prompts fall due as each one strikes, and clicks come in."""
    discord = here.discord
    resumed: list[Callable[[], int]] = [
        discord.gateway.drop,
        discord.gateway.reconnect,
        lambda: discord.gateway.invalidate(resumable=True),
        *(lambda code=code: discord.gateway.close(code) for code in (1000, 4000, 4001, 4002)),
        *(lambda code=code: discord.gateway.close(code) for code in (4003, 4005, 4007, 4008, 4009)),
    ]
    async with here.bot:
        for number, strike in enumerate(resumed, start=1):
            await here.plan(after=0.1)
            assert strike() == 1
            await here.happens(lambda n=number: _arrivals(discord) > n)
            await here.happens(discord.gateway.connected)
        discord.gateway.invalidate(resumable=False)
        await here.happens(lambda: _arrivals(discord) > len(resumed) + 1)
        await here.is_well()
        assert here.bot.starts == 1


def _arrivals(discord: WireDiscord) -> int:
    accepted = [*discord.records.identifies, *discord.records.resumes]
    return sum(one.accepted for one in accepted)


Hit = Callable[[WireDiscord, str], Fault]
HITS: dict[str, Hit] = {
    "500 before": lambda discord, path: discord.faults.fail_before(500, path=path),
    "503 before": lambda discord, path: discord.faults.fail_before(503, path=path),
    "502 after": lambda discord, path: discord.faults.fail_after(502, path=path),
    "503 after": lambda discord, path: discord.faults.fail_after(503, path=path),
    "answer lost": lambda discord, path: discord.faults.lose_answer(path=path),
    "request cut": lambda discord, path: discord.faults.cut_request(path=path),
    "slow": lambda discord, path: discord.faults.slow(2, path=path),
    "slow before": lambda discord, path: discord.faults.slow(2, before=True, path=path),
    "429 of the user": lambda discord, path: discord.faults.limit("user", path=path),
    "429 that is shared": lambda discord, path: discord.faults.limit("shared", path=path),
    "429 of all": lambda discord, path: discord.faults.limit("global", path=path),
}


async def test_a_message_stands_once_and_is_drawn_whatever_befalls_its_requests(
    sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    """Each fault has a channel of its own: first its prompt is hit, then the edit of it."""
    async with scene(sqlite_url, tmp_path, nursery, channels=len(HITS)) as here:
        channels = [walk.channel.id for walk in here.town.walks]
        sends = [
            hit(here.discord, rf"^/channels/{channel}/messages$")
            for hit, channel in zip(HITS.values(), channels, strict=True)
        ]
        await here.plan()
        async with here.bot:
            await here.posted()
            assert [fault.hits for fault in sends] == [1] * len(HITS)
            edits = [
                hit(here.discord, rf"^/channels/{channel}/messages/\d+$")
                for hit, channel in zip(HITS.values(), channels, strict=True)
            ]
            for number, walk in enumerate(here.town.walks):
                assert await here.press(walk.members[0], here.newest(number)).answered()
            await here.drawn()
            assert [fault.hits for fault in edits] == [1] * len(HITS)
            await here.is_well()


async def test_a_global_limit_that_outlasts_the_patience_of_a_send_silences_nothing_else(
    sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    """discord.py would hold back all its requests for good, were one cancelled in that wait."""
    agenda = {**AGENDA, "claim_seconds": 2}
    async with scene(sqlite_url, tmp_path, nursery, agenda=agenda) as here, here.bot:
        limit = here.discord.faults.limit("global", 3, method="POST", path=SENDS)
        await here.plan()
        await here.happens(lambda: all(here.town.prompts(here.discord).values()))
        assert limit.hits == 1
        await here.is_well()


async def test_a_click_counts_once_whatever_befalls_its_answer(here: Scene) -> None:
    async with here.bot:
        await here.plan()
        await here.posted()
        anna, bela = here.town.walks[0].members
        for number, hit in enumerate(HITS.values()):
            fault = hit(here.discord, CALLBACKS)
            act = here.press((anna, bela)[number % 2], here.newest())
            assert await act.settled(3), act.codes
            await here.happens(lambda fault=fault: fault.hits == 1)
        await here.is_well()


async def test_clicks_that_are_told_twice_or_late_are_answered_once(here: Scene) -> None:
    async with here.bot:
        await here.plan()
        await here.posted()
        here.discord.gateway.repeat_events(4)
        here.discord.gateway.swap_events(2)
        acts = [here.press(who, here.newest()) for who in here.town.walks[0].members]
        assert [await act.settled() for act in acts] == [True] * len(acts)
        await here.is_well()
    assert [act.codes for act in acts] == [[]] * len(acts)


async def test_a_channel_that_is_lost_holds_up_no_other(
    sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    async with scene(sqlite_url, tmp_path, nursery, channels=3) as here:
        _, denied, gone = here.town.walks
        async with here.bot:
            await here.plan(2, within=1, after=1)
            here.discord.world.deny(denied.channel, "send_messages")
            here.discord.world.delete_channel(gone.channel)
            await here.posted()
            letters = here.discord.messages(here.discord.world.letters_of(here.town.guild.owner))
            assert len(letters) == 2
            here.discord.world.allow_again(denied.channel)
            await plan_prompts(here.db, denied, [datetime.now(UTC)])
            await wake(here.discord, here.town)
            await here.happens(lambda: len(here.discord.messages(denied.channel)) == 1)
        assert storms_judge.judge_all(here.discord, here.bot.log) == []


async def test_a_server_that_invited_it_again_while_it_was_down_gets_its_prompts(
    here: Scene,
) -> None:
    guild_id = GuildId(here.town.guild.id)
    await servers.bot_left(here.db, guild_id, datetime.now(UTC))
    async with here.bot:
        async with asyncio.timeout(20):
            while await here.db.read(has_left, guild_id):  # noqa: ASYNC110 - a row
                await asyncio.sleep(0.05)
        await here.plan()
        await here.is_well()
