"""A hundred members press Done at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from simcord import InteractionResult, MemberActor
from simcord import interactions as simcord_interactions
from simcord.actors import _visible_message
from simcord.backend import serializers
from simcord.enums import InteractionType

from bot.domain.encouragement import Reach
from bot.domain.ids import GuildId, UserId
from bot.services import groups, joining
from bot.services.views import Joined, Person, Wishes
from tests.end_to_end.cards import Message, custom_ids_of, said, text_of
from tests.end_to_end.village import Village, open_village

CROWD = 100
WISHES = Wishes(reach=Reach.CHANNEL, named=True, pinged=False, shown=True, goal=3)


@pytest.fixture
async def village(database_url: str) -> AsyncIterator[Village]:
    """A group of a hundred, with Monday's prompt just posted; on both databases."""
    async with open_village(database_url, redraw_seconds=0.005) as village:
        await village.set_up()
        await village.create()
        await village.plan()
        await village.until("2026-03-02", "07:30")
        await village.eventually(lambda: bool(village.prompts()))
        yield village


@pytest.fixture
async def crowd(village: Village) -> list[MemberActor]:
    people = [village.newcomer(f"Walker {n:03}") for n in range(CROWD)]
    asked = Person(GuildId(village.world.guild.id), UserId(village.rosa.id), "Rosa")
    group_id = await groups.only_one(village.db, asked)
    for one in people:
        who = Person(asked.guild_id, UserId(one.id), one.user.global_name or "")
        await joining.join(village.db, who, group_id, WISHES, village.now(), note_read=True)
    return people


async def test_a_hundred_members_who_press_at_once_are_all_counted_once(
    village: Village, crowd: list[MemberActor]
) -> None:
    prompt = village.prompt()
    clicks = [click(village, who, prompt) for who in crowd for _ in range(2)]
    await village.eventually(lambda: all(one.response for one in clicks))
    assert all("1 session in a row" in said(one) for one in clicks)
    await village.eventually(lambda: "and 80 more" in text_of(village.prompt()))
    await village.until("2026-03-03", "06:00")
    assert f"**All together:** {CROWD} sessions" in await board_with_something(village)


async def test_the_prompt_is_redrawn_in_few_edits(
    village: Village, crowd: list[MemberActor]
) -> None:
    prompt = village.prompt()
    clicks = [click(village, who, prompt) for who in crowd]
    await village.eventually(lambda: all(one.response for one in clicks))
    await village.eventually(lambda: "and 80 more" in text_of(village.prompt()))
    edits = village.requests("PATCH", f"/messages/{prompt.id}")
    assert 1 <= len(edits) <= 10


async def test_of_many_who_join_at_once_only_as_many_as_fit_get_in(database_url: str) -> None:
    async with open_village(database_url, members_per_group=5) as village:
        await village.set_up()
        await village.create()
        asked = Person(GuildId(village.world.guild.id), UserId(village.rosa.id), "Rosa")
        group_id = await groups.only_one(village.db, asked)
        people = [Person(asked.guild_id, UserId(n), f"Walker {n}") for n in range(1, 21)]
        arrivals = (
            joining.join(village.db, one, group_id, WISHES, village.now(), note_read=True)
            for one in people
        )
        ended = await asyncio.gather(*arrivals, return_exceptions=True)
        assert sum(isinstance(one, Joined) for one in ended) == 5
        assert {str(one) for one in ended if not isinstance(one, Joined)} == {
            "group_full {'limit': 5}"
        }
        assert "5 members, 5 places in all" in await village.command(village.rosa, "group show")


async def board_with_something(village: Village) -> str:
    """The board of sessions kept, once the session has settled."""
    board = ""
    async with asyncio.timeout(20):
        while "All together" not in board:
            board = await village.command(village.rosa, "leaderboard", metric="kept")
    return board


def click(village: Village, who: MemberActor, prompt: Message) -> InteractionResult:
    """Emit a click on Done without waiting for its answer: SimCord's own actors take turns."""
    env = village.env
    stored = _visible_message(who, prompt)
    done = next(one for one in custom_ids_of(prompt) if one.endswith(":done"))
    record, payload = simcord_interactions.base_payload(
        env.backend,
        type=InteractionType.MESSAGE_COMPONENT,
        channel_id=village.channel.id,
        guild_id=village.world.guild.id,
        user_id=who.id,
        data={"custom_id": done, "component_type": 2},
    )
    payload["message"] = dict(serializers.message_payload(env.backend, stored))
    record.source_message_id = stored.id
    env._notify_dispatch_observers(record)
    env.backend.emit("INTERACTION_CREATE", payload)
    return InteractionResult(env, record)
