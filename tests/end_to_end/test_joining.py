"""Joining a group, leaving it, and coming back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from simcord import SetupError

from tests.end_to_end.cards import labels_of, said, text_of
from tests.end_to_end.village import Village, open_village


@pytest.fixture
async def room_for_two(sqlite_url: str) -> AsyncIterator[Village]:
    """A group that takes two members."""
    async with open_village(sqlite_url, members_per_group=2) as village:
        await village.set_up()
        await village.create()
        await village.plan()
        yield village


async def test_joining_shows_the_doctors_note_first(village: Village) -> None:
    shown = await village.newcomer("Ada").slash(village.channel, "group join")
    assert "talk to your doctor before you start" in str(shown.modal)


async def test_whoever_joins_is_welcomed_with_what_they_chose(village: Village) -> None:
    text = await village.join(village.newcomer("Ada"), "named", reach="dm", goal=2)
    assert "Welcome to Early birds" in text
    assert "by direct message" in text
    assert "Your name may be shown" in text
    assert "2 sessions a week" in text
    assert "pinged" not in text


async def test_whoever_chooses_nothing_is_shown_nowhere(village: Village) -> None:
    assert "your name is shown nowhere" in await village.join(village.newcomer("Ada"))


async def test_the_join_button_of_a_group_opens_the_form(village: Village) -> None:
    ada = village.newcomer("Ada")
    shown = await ada.slash(village.channel, "group show")
    assert shown.response is not None
    form = await ada.click(shown.response, label="Join")
    assert "Welcome" in said(await village.send_form(ada, form))


async def test_discord_itself_wants_the_note_ticked(village: Village) -> None:
    ada = village.newcomer("Ada")
    shown = await ada.slash(village.channel, "group join")
    with pytest.raises(SetupError, match="note_read"):
        await ada.submit_modal(shown, {"reach": "channel", "consents": [], "goal": ["3"]})


async def test_pings_without_a_name_are_refused_with_what_to_do(village: Village) -> None:
    ada = village.newcomer("Ada")
    text = await village.join(ada, "pinged")
    assert "tick both, or neither" in text
    assert "0 members" in await village.command(ada, "group show")


async def test_a_full_group_takes_nobody_more(room_for_two: Village) -> None:
    village = room_for_two
    await village.member("Ada")
    await village.member("Bo")
    assert "full, with 2 members" in await village.command(village.newcomer("Cy"), "group join")


async def test_of_two_who_race_for_the_last_place_one_gets_it(room_for_two: Village) -> None:
    village = room_for_two
    await village.member("Ada")
    bo, cy = village.newcomer("Bo"), village.newcomer("Cy")
    forms = [await who.slash(village.channel, "group join") for who in (bo, cy)]
    first = said(await village.send_form(bo, forms[0]))
    second = said(await village.send_form(cy, forms[1]))
    assert "Welcome" in first
    assert "full, with 2 members" in second
    assert "2 members, 2 places in all" in await village.command(cy, "group show")


async def test_a_member_of_a_full_group_can_still_change_their_wishes(
    room_for_two: Village,
) -> None:
    ada = await room_for_two.member("Ada")
    await room_for_two.member("Bo")
    assert "Saved" in await room_for_two.join(ada, "shown")


async def test_the_same_form_twice_in_a_row_makes_one_member(village: Village) -> None:
    ada = village.newcomer("Ada")
    forms = [await ada.slash(village.channel, "group join") for _ in range(2)]
    assert "Welcome" in said(await village.send_form(ada, forms[0]))
    assert "Saved" in said(await village.send_form(ada, forms[1], "named"))
    assert "1 member, " in await village.command(ada, "group show")


async def test_a_member_who_joins_again_finds_what_they_chose(village: Village) -> None:
    ada = await village.member("Ada", "named", goal=5)
    shown = await ada.slash(village.channel, "group join")
    assert shown.modal is not None
    assert "Your wishes" in shown.modal["title"]
    assert "doctor" not in str(shown.modal)


async def test_a_group_that_was_archived_under_an_open_form_is_not_joined(
    village: Village,
) -> None:
    ada = village.newcomer("Ada")
    shown = await ada.slash(village.channel, "group join")
    await village.archive()
    assert "has been archived" in said(await village.send_form(ada, shown))


async def test_a_form_that_outlived_the_bot_is_said_to_be_lost(village: Village) -> None:
    ada = village.newcomer("Ada")
    shown = await ada.slash(village.channel, "group join")
    await village.restart()
    assert "lost this form" in said(await village.send_form(ada, shown))
    assert "0 members" in await village.command(ada, "group show")


async def test_leaving_says_that_the_door_stays_open(village: Village) -> None:
    ada = await village.member("Ada")
    assert "within 30 days" in await village.command(ada, "group leave")
    assert "0 members" in await village.command(ada, "group show")


async def test_leaving_twice_says_that_one_has_left(village: Village) -> None:
    ada = await village.member("Ada")
    await village.command(ada, "group leave")
    assert "You have left this group" in await village.command(ada, "group leave")


async def test_who_was_never_in_cannot_leave(village: Village) -> None:
    assert "not in this group" in await village.command(village.newcomer("Ada"), "group leave")


async def test_back_within_thirty_days_the_streak_is_as_it_was(village: Village) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02", "2026-03-03")
    await village.until("2026-03-04", "06:00")
    await village.command(ada, "group leave")
    await village.until("2026-04-02", "06:00")
    assert "Everything is as it was" in await village.join(ada)
    assert "**2** in a row" in await village.command(ada, "me")


async def test_the_sessions_between_leaving_and_coming_back_cost_nothing(
    village: Village,
) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-03", "06:00")
    await village.command(ada, "group leave")
    await village.until("2026-03-06", "06:00")
    await village.join(ada)
    await village.walk(ada, "2026-03-06")
    await village.until("2026-03-07", "06:00")
    assert "**2** in a row" in await village.command(ada, "me")


async def test_back_after_thirty_one_days_one_starts_afresh(village: Village) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02", "2026-03-03")
    await village.until("2026-03-04", "06:00")
    await village.command(ada, "group leave")
    await village.restart(away=timedelta(days=31))
    text = await village.join(ada)
    assert "Welcome to Early birds" in text
    assert "** in a row" not in await village.command(ada, "me")


async def test_an_answer_given_before_leaving_stands(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.walk(ada, "2026-03-02")
    await village.command(ada, "group leave")
    await village.until("2026-03-03", "06:00")
    await village.join(ada)
    assert "**1** in a row" in await village.command(ada, "me")


async def test_who_joins_while_a_session_is_open_may_log_it(village: Village) -> None:
    await village.until("2026-03-02", "08:00")
    ada = await village.member("Ada", "named")
    assert "1 session in a row" in await village.answer(ada)
    assert "Ada" in text_of(village.prompt())


async def test_who_joins_while_a_session_is_open_misses_nothing_by_silence(
    village: Village,
) -> None:
    await village.until("2026-03-02", "08:00")
    await village.member("Ada")
    await village.until("2026-03-03", "12:00")
    assert village.encouragements() == []


async def test_a_group_that_one_is_in_offers_to_change_ones_wishes(village: Village) -> None:
    ada = await village.member("Ada")
    shown = await ada.slash(village.channel, "group show")
    assert shown.response is not None
    assert labels_of(shown.response) == ["Change my wishes", "My buddy"]
