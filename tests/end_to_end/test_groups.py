"""Creating groups, finding them, and who may."""

from __future__ import annotations

import pytest

from tests.end_to_end.cards import custom_ids_of, labels_of, said, text_of
from tests.end_to_end.village import GROUP, Village


async def test_a_group_needs_a_server_that_is_set_up(bare: Village) -> None:
    text = await bare.create()
    assert "has not been set up yet" in text
    assert "`/setup`" in text


async def test_a_new_group_says_where_it_meets_and_what_comes_next(bare: Village) -> None:
    await bare.set_up()
    text = await bare.create()
    assert f"{GROUP} is ready" in text
    assert f"<#{bare.channel.id}>" in text
    assert "`/schedule add`" in text


async def test_everyone_may_create_groups_where_the_server_says_so(bare: Village) -> None:
    await bare.set_up(anyone_creates=True)
    assert "is ready" in await bare.create(who=bare.newcomer("Ada"))


async def test_only_managers_create_groups_where_the_server_says_so(bare: Village) -> None:
    await bare.set_up(anyone_creates=False)
    ada = bare.newcomer("Ada")
    assert "people with Manage Server create the groups" in await bare.create(who=ada)
    assert "is ready" in await bare.create(who=bare.world.you)


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200b", "\u2800"])
async def test_a_name_that_cannot_be_seen_is_refused(bare: Village, name: str) -> None:
    await bare.set_up()
    assert "needs a name that can be seen" in await bare.create(name)
    assert "no group here yet" in await bare.command(bare.rosa, "group list")


@pytest.mark.parametrize("length", [61, 500])
async def test_a_name_that_is_too_long_is_refused(bare: Village, length: int) -> None:
    await bare.set_up()
    assert "Keep it to 60 characters" in await bare.create("x" * length)
    assert "no group here yet" in await bare.command(bare.rosa, "group list")


async def test_a_name_of_sixty_characters_is_taken(bare: Village) -> None:
    await bare.set_up()
    assert "is ready" in await bare.create("x" * 60)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("**bold** _x_", r"\*\*bold\*\* \_x\_"),
        ("@everyone go", "@\u200beveryone go"),
        ("<@1234> walks", r"\<@" + "\u200b" + r"1234\> walks"),
        ("two\nlines", "two lines"),
        ("# Head", r"\# Head"),
        ("[a](https://x.org)", r"\[a\]\(https:" + "\u200b//x.\u200b" + r"org\)"),
    ],
)
async def test_a_name_is_shown_as_it_was_typed_and_pings_nobody(
    bare: Village, name: str, shown: str
) -> None:
    await bare.set_up()
    assert f"### {shown} is ready" in await bare.create(name)
    assert f"**{shown}**" in await bare.command(bare.rosa, "group list")


async def test_a_prompt_shows_a_wild_name_harmlessly(bare: Village) -> None:
    await bare.set_up()
    await bare.create("**@everyone**")
    await bare.plan(at="07:30")
    await bare.until("2026-03-02", "07:30")
    assert r"## \*\*@" + "\u200b" + r"everyone\*\*" in text_of(bare.prompt())
    assert not bare.prompt().mention_everyone


@pytest.mark.parametrize("second", [GROUP, GROUP.upper(), f"  {GROUP.replace(' ', '   ')} "])
async def test_a_second_group_of_the_same_name_is_refused(bare: Village, second: str) -> None:
    await bare.set_up()
    await bare.create(GROUP)
    assert "There is a group called" in await bare.create(second)
    listed = await bare.command(bare.rosa, "group list")
    assert listed.casefold().count(GROUP.casefold()) == 1


async def test_a_group_can_have_a_channel_and_a_zone_of_its_own(bare: Village) -> None:
    await bare.set_up()
    park = bare.world.guild.create_text_channel("park")
    text = await bare.create("Night owls", channel=park, zone="Tokyo")
    assert f"<#{park.id}>" in text
    assert "Asia/Tokyo" in text


async def test_a_channel_where_the_bot_may_not_write_is_refused_when_it_is_chosen(
    bare: Village,
) -> None:
    await bare.set_up()
    park = bare.world.guild.create_text_channel("park")
    bare.deny("send_messages", channel=park)
    assert "Send Messages" in await bare.create(channel=park)
    assert "no group here yet" in await bare.command(bare.rosa, "group list")


async def test_a_group_without_any_channel_is_refused(bare: Village) -> None:
    await bare.command(bare.rosa, "setup", zone="Berlin")
    assert "where this group should meet" in await bare.create()


async def test_the_list_offers_to_join_the_groups_one_is_not_in(village: Village) -> None:
    await village.create("Night owls")
    ada = village.newcomer("Ada")
    await village.join(ada, group=GROUP)
    listed = await ada.slash(village.channel, "group list")
    assert "you are in" in said(listed)
    assert listed.response is not None
    assert labels_of(listed.response) == ["Join Night owls"]


async def test_a_list_without_groups_says_how_to_start_one(bare: Village) -> None:
    assert "`/group create` starts one" in await bare.command(bare.rosa, "group list")


async def test_a_group_is_shown_with_who_when_and_where(village: Village) -> None:
    await village.member("Ada")
    text = await village.command(village.newcomer("Bo"), "group show")
    assert "1 member, 100 places in all" in text
    assert "Monday, Tuesday" in text
    assert "at 07:30: Walk, 20 minutes" in text
    assert f"<#{village.channel.id}>" in text
    assert f"Organised by <@{village.rosa.id}>" in text


@pytest.mark.parametrize("command", ["group show", "group join", "group leave", "schedule show"])
async def test_a_group_that_is_not_there_is_said_to_be_gone(village: Village, command: str) -> None:
    assert "cannot find that group" in await village.command(village.rosa, command, group="Nobody")


async def test_which_group_is_asked_where_there_are_several(village: Village) -> None:
    await village.create("Night owls")
    assert "`group` option" in await village.command(village.newcomer("Ada"), "group show")


async def test_ones_own_group_is_meant_where_there_are_several(village: Village) -> None:
    await village.create("Night owls")
    ada = village.newcomer("Ada")
    await village.join(ada, group="night OWLS")
    assert "Night owls" in await village.command(ada, "group show")


async def test_groups_are_offered_while_one_types(village: Village) -> None:
    await village.create("Night owls")
    offered = await village.rosa.autocomplete(village.channel, "group show", "group", "owl")
    assert [one["name"] for one in offered] == ["Night owls"]


async def test_an_offered_group_can_be_chosen(village: Village) -> None:
    await village.create("Night owls")
    offered = await village.rosa.autocomplete(village.channel, "group show", "group", "owl")
    text = await village.command(village.rosa, "group show", group=offered[0]["value"])
    assert "Night owls" in text


async def test_an_archived_group_is_no_longer_offered_listed_or_joined(village: Village) -> None:
    shown = await village.rosa.slash(village.channel, "group show")
    await village.archive()
    assert "no group here yet" in await village.command(village.rosa, "group list")
    assert await village.rosa.autocomplete(village.channel, "group show", "group", "") == []
    assert shown.response is not None
    assert custom_ids_of(shown.response)
    assert "has been archived" in said(await village.rosa.click(shown.response, label="Join"))
