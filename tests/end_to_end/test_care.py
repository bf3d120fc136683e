"""When the bot cannot post for a group: its organiser hears of it once, and nobody misses."""

from __future__ import annotations

import pytest
from simcord import MemberActor

from tests.end_to_end.cards import said, text_of
from tests.end_to_end.village import GROUP, Village


async def test_the_organiser_is_told_once_what_to_do(village: Village) -> None:
    village.deny("send_messages")
    await village.until("2026-03-04", "12:00")
    letters = village.letters(village.rosa)
    assert len(letters) == 1
    assert "Early birds needs a hand" in text_of(letters[0])
    assert "Send Messages" in text_of(letters[0])


async def test_a_button_below_it_shows_the_group(village: Village) -> None:
    village.deny("send_messages")
    await village.until("2026-03-02", "08:00")
    [letter] = village.letters(village.rosa)
    result = await village.rosa.user.click(letter, label="Show the group")
    assert "I may not post in" in said(result)


async def test_the_group_is_marked_for_those_who_can_mend_it(village: Village) -> None:
    ada = await village.member("Ada")
    village.deny("send_messages")
    await village.until("2026-03-02", "08:00")
    assert "I may not post in" in await village.command(village.rosa, "group show")
    assert "I may not post in" not in await village.command(ada, "group show")


async def test_mended_the_mark_is_gone_after_the_next_prompt(village: Village) -> None:
    village.deny("send_messages")
    await village.until("2026-03-02", "08:00")
    village.allow_again()
    await village.until("2026-03-03", "08:00")
    assert len(village.prompts()) == 1
    assert "I may not post in" not in await village.command(village.rosa, "group show")


async def test_trouble_that_comes_back_is_told_again(village: Village) -> None:
    village.deny("send_messages")
    await village.until("2026-03-02", "08:00")
    village.allow_again()
    await village.until("2026-03-03", "08:00")
    village.deny("send_messages")
    await village.until("2026-03-04", "08:00")
    assert len(village.letters(village.rosa)) == 2


async def test_a_session_without_a_prompt_is_missed_by_nobody(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.walk(ada, "2026-03-02")
    village.deny("send_messages")
    await village.until("2026-03-03", "08:00")
    village.allow_again()
    await village.until("2026-03-04", "12:00")
    assert village.encouragements() == []
    assert "**1** in a row" in await village.command(ada, "me")


async def test_a_prompt_that_could_not_be_posted_is_not_tried_for_ever(village: Village) -> None:
    village.deny("send_messages")
    await village.until("2026-03-02", "23:00")
    path = f"/channels/{village.channel.id}/messages"
    assert len(village.requests("POST", path)) == 1


async def test_a_channel_that_the_bot_no_longer_sees_is_told_as_well(village: Village) -> None:
    village.deny("view_channel")
    await village.until("2026-03-02", "08:00")
    assert len(village.letters(village.rosa)) == 1


async def test_a_channel_that_is_gone_is_told_once(bare: Village) -> None:
    rosa = await group_in_a_park(bare)
    bare.env.backend.delete_channel(bare.world.guild.channels["park"].id)
    await bare.until("2026-03-05", "12:00")
    letters = bare.letters(rosa)
    assert len(letters) == 1
    assert "Its channel is gone" in text_of(letters[0])
    assert "Its channel is gone" in await bare.command(rosa, "group show")


async def test_other_groups_go_on_where_one_lost_its_channel(bare: Village) -> None:
    await group_in_a_park(bare)
    await bare.create()
    await bare.plan(group=GROUP)
    bare.env.backend.delete_channel(bare.world.guild.channels["park"].id)
    await bare.until("2026-03-03", "08:00")
    assert len(bare.prompts()) == 2


async def test_answers_are_taken_after_the_prompts_channel_was_closed(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    village.deny("send_messages", "view_channel")
    assert "1 session in a row" in await village.command(ada, "checkin", answer="done")


async def test_answers_are_taken_after_the_prompt_was_deleted(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    village.env.backend.delete_message(village.channel.id, village.prompt().id)
    assert "1 session in a row" in await village.command(ada, "checkin", answer="done")


@pytest.mark.parametrize("code", [50007, 50001])
async def test_an_organiser_who_takes_no_letters_still_sees_it(village: Village, code: int) -> None:
    path = f"/channels/{village.rosa.user.dm_channel.id}/messages"
    village.env.inject_error("POST", path, status=403, code=code, times=None)
    village.deny("send_messages")
    await village.until("2026-03-03", "08:00")
    assert "I may not post in" in await village.command(village.rosa, "group show")


async def test_a_discord_that_fails_for_a_moment_is_tried_again(village: Village) -> None:
    path = f"/channels/{village.channel.id}/messages"
    village.env.inject_error("POST", path, status=500, times=1)
    await village.until("2026-03-02", "08:00")
    assert len(village.prompts()) == 1
    assert village.letters(village.rosa) == []


async def test_a_bot_that_was_removed_from_the_server_posts_nothing(village: Village) -> None:
    await village.member("Ada")
    with village.env._bot_scope():
        village.env.backend.emit("GUILD_DELETE", {"id": str(village.world.guild.id)})
    await village.env.settle()
    await village.until("2026-03-03", "12:00")
    path = f"/channels/{village.channel.id}/messages"
    assert village.requests("POST", path) == []


async def group_in_a_park(village: Village) -> MemberActor:
    """Let Rosa's group walk from a channel of its own."""
    await village.set_up()
    park = village.world.guild.create_text_channel("park")
    await village.create("Park walkers", channel=park)
    await village.plan()
    return village.rosa
