"""Setting up a server."""

from __future__ import annotations

import pytest
from simcord import SetupError

from bot.ui.escaping import escaped
from tests.end_to_end.cards import said
from tests.end_to_end.village import Village


async def test_setup_shows_what_it_would_begin_with(bare: Village) -> None:
    text = await bare.command(bare.rosa, "setup")
    assert "Welcome to Amble" in text
    assert "UTC" in text


async def test_setup_keeps_zone_and_channel(bare: Village) -> None:
    text = await bare.command(bare.rosa, "setup", zone="Europe/Berlin", channel=bare.channel)
    assert "Europe/Berlin" in text
    assert f"<#{bare.channel.id}>" in text


async def test_setup_can_be_done_by_anybody_who_manages_the_server(bare: Village) -> None:
    assert "Saved" in await bare.command(bare.world.you, "setup", zone="Europe/Berlin")


async def test_setup_run_again_keeps_what_is_not_given(bare: Village) -> None:
    await bare.command(bare.rosa, "setup", zone="Europe/Berlin", channel=bare.channel)
    text = await bare.command(bare.rosa, "setup", anyone_creates=True)
    assert "Europe/Berlin" in text
    assert f"<#{bare.channel.id}>" in text
    assert "Everyone may create groups" in text


async def test_the_same_setup_twice_says_the_same(bare: Village) -> None:
    once = await bare.command(bare.rosa, "setup", zone="Europe/Berlin")
    assert await bare.command(bare.rosa, "setup", zone="Europe/Berlin") == once


async def test_setup_is_not_offered_without_manage_server(bare: Village) -> None:
    ada = bare.newcomer("Ada")
    with pytest.raises(SetupError, match="not visible"):
        await ada.slash(bare.channel, "setup", zone="Europe/Berlin")


async def test_setup_is_refused_where_the_server_offers_it_to_everyone(bare: Village) -> None:
    offer_to_everyone(bare)
    text = await bare.command(bare.newcomer("Ada"), "setup", zone="Europe/Berlin")
    assert "Manage Server" in text
    assert "UTC" in await bare.command(bare.rosa, "setup")


async def test_setup_is_refused_once_the_right_was_taken_away(bare: Village) -> None:
    offer_to_everyone(bare)
    steward = bare.world.guild.roles["Steward"]
    ada = bare.newcomer("Ada")
    bare.env.backend.add_member_role(bare.world.guild.id, ada.id, steward.id)
    assert "Saved" in await bare.command(ada, "setup", zone="Europe/Berlin")
    bare.env.backend.remove_member_role(bare.world.guild.id, ada.id, steward.id)
    assert "Manage Server" in await bare.command(ada, "setup", zone="Asia/Tokyo")
    assert "Europe/Berlin" in await bare.command(bare.rosa, "setup")


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Kathmandu", "Asia/Kathmandu"),
    ],
)
async def test_a_zone_is_found_by_its_city(bare: Village, city: str, zone: str) -> None:
    assert escaped(zone) in await bare.command(bare.rosa, "setup", zone=city)


@pytest.mark.parametrize(
    ("given", "meant"),
    [("EST", "America/New_York"), ("CET", "Europe/Berlin"), ("ist", "Asia/Kolkata")],
)
async def test_an_abbreviation_is_refused_with_a_suggestion(
    bare: Village, given: str, meant: str
) -> None:
    text = await bare.command(bare.rosa, "setup", zone=given)
    assert f'"{given}" is an abbreviation' in text
    assert f"did you mean **{escaped(meant)}**" in text
    assert "Welcome to Amble" in await bare.command(bare.rosa, "setup")


async def test_a_misspelt_zone_is_refused_with_a_suggestion(bare: Village) -> None:
    text = await bare.command(bare.rosa, "setup", zone="Berlinn")
    assert "did you mean **Europe/Berlin**" in text


async def test_a_zone_like_no_other_is_refused_with_what_to_do(bare: Village) -> None:
    text = await bare.command(bare.rosa, "setup", zone="Qwxzy")
    assert "Type a large city near you" in text


async def test_zones_are_offered_while_one_types(bare: Village) -> None:
    offered = await bare.rosa.autocomplete(bare.channel, "setup", "zone", "new y")
    assert offered[0]["value"] == "America/New_York"
    assert offered[0]["name"] == "New York, New York, United States · 00:00"


@pytest.mark.parametrize(
    ("typed", "label", "zone"),
    [
        ("BERLN", "Berlin, Germany · 06:00", "Europe/Berlin"),
        ("deutschland", "Berlin, Germany · 06:00", "Europe/Berlin"),
        ("kathmandu", "Kathmandu, Nepal · 10:45", "Asia/Kathmandu"),
        ("singapore", "Singapore · 13:00", "Asia/Singapore"),
    ],
)
async def test_each_zone_is_offered_with_its_country_and_the_time_there(
    bare: Village, typed: str, label: str, zone: str
) -> None:
    offered = await bare.rosa.autocomplete(bare.channel, "setup", "zone", typed)
    assert (offered[0]["name"], offered[0]["value"]) == (label, zone)


async def test_the_time_beside_a_zone_moves_on(bare: Village) -> None:
    await bare.wait(hours=2, minutes=5)
    offered = await bare.rosa.autocomplete(bare.channel, "setup", "zone", "berlin")
    assert offered[0]["name"] == "Berlin, Germany · 08:05"


async def test_before_anything_is_typed_the_present_zone_is_offered_first(bare: Village) -> None:
    offered = await bare.rosa.autocomplete(bare.channel, "setup", "zone", "")
    assert "UTC" not in [choice["value"] for choice in offered]
    await bare.command(bare.rosa, "setup", zone="Asia/Tokyo", anyone_creates=True)
    for command in ("setup", "group create"):
        offered = await bare.rosa.autocomplete(bare.channel, command, "zone", "")
        assert offered[0]["name"] == "Tokyo, Japan · 14:00"
        assert len({choice["value"] for choice in offered}) == len(offered) == 25


async def test_a_label_that_discord_sends_in_place_of_the_zone_is_understood(
    bare: Village,
) -> None:
    offered = await bare.rosa.autocomplete(bare.channel, "setup", "zone", "portland maine")
    text = await bare.command(bare.rosa, "setup", zone=offered[0]["name"])
    assert escaped("America/New_York") in text


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("Portland", ["Portland, Oregon, United States", "Portland, Maine, United States"]),
        ("Australia", ["Sydney, New South Wales, Australia", "Perth, Western Australia"]),
    ],
)
async def test_what_may_be_several_places_is_refused_with_their_names(
    bare: Village, given: str, named: list[str]
) -> None:
    text = await bare.command(bare.rosa, "setup", zone=given)
    assert "more than one time zone" in text
    assert all(name in text for name in named)
    assert "Welcome to Amble" in await bare.command(bare.rosa, "setup")


async def test_an_offset_is_refused_with_the_reason(bare: Village) -> None:
    text = await bare.command(bare.rosa, "setup", zone="GMT+2")
    assert "does not follow summer time" in text
    assert await bare.rosa.autocomplete(bare.channel, "setup", "zone", "GMT+2") == []


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        ("send_messages", "Send Messages"),
        ("view_channel", "View Channel"),
        ("read_message_history", "Read Message History"),
    ],
)
async def test_a_channel_where_the_bot_may_not_write_is_refused_with_what_is_missing(
    bare: Village, denied: str, named: str
) -> None:
    quiet = bare.world.guild.create_text_channel("quiet")
    bare.deny(denied, channel=quiet)
    text = await bare.command(bare.rosa, "setup", channel=quiet)
    assert f"<#{quiet.id}>" in text
    assert named in text
    assert "Welcome to Amble" in await bare.command(bare.rosa, "setup")


async def test_setup_answers_only_the_one_who_asks(bare: Village) -> None:
    result = await bare.rosa.slash(bare.channel, "setup")
    assert result.ephemeral
    assert said(result)


def offer_to_everyone(village: Village) -> None:
    """Let a server's own settings offer `/setup` to everyone, as its admins can in Discord."""
    command = village.env.backend.find_command("setup", village.world.guild.id, type=1)
    assert command is not None
    everyone = village.world.guild.default_role
    village.world.guild.set_command_permissions(int(command["id"]), {everyone: True})
