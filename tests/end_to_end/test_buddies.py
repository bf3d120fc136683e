"""Buddies and cheers as their people use them: cards, buttons, the menu, letters."""

from __future__ import annotations

from simcord import InteractionResult, MemberActor

from tests.end_to_end.cards import labels_of, said, text_of
from tests.end_to_end.test_buttons import press
from tests.end_to_end.village import Village


async def show(village: Village, who: MemberActor) -> InteractionResult:
    return await who.slash(village.channel, "buddy show")


async def press_label(who: MemberActor, shown: InteractionResult, label: str) -> InteractionResult:
    assert shown.response is not None
    return await who.click(shown.response, label=label)


async def paired(village: Village, *names: str) -> list[MemberActor]:
    """People who all want a buddy."""
    people = [await village.member(name, "cheered") for name in names]
    for who in people:
        await press_label(who, await show(village, who), "Find me a buddy")
    return people


async def test_two_find_each_other_and_see_their_week(village: Village) -> None:
    ada, bo = await paired(village, "Ada", "Bo")
    await village.walk(bo, "2026-03-02")
    shown = await show(village, ada)
    assert "You and Bo look out for each other" in said(shown)
    assert "✅▫️▫️▫️▫️▫️▫️ **Bo** · 1 session" in said(shown)
    assert "▫️▫️▫️▫️▫️▫️▫️ **You** · 0 sessions" in said(shown)
    assert shown.response is not None
    assert labels_of(shown.response) == [
        "Cheer Bo",
        "Another buddy",
        "Let them hear when I miss",
        "No buddy for now",
    ]


async def test_one_alone_is_told_that_they_are_on_the_list(village: Village) -> None:
    ada = await village.member("Ada")
    assert "A buddy is somebody from the group" in said(await show(village, ada))
    joined = await press_label(ada, await show(village, ada), "Find me a buddy")
    assert "You are on the list" in said(joined)


async def test_somebody_who_is_no_member_is_told_how_to_become_one(village: Village) -> None:
    stranger = village.newcomer("Stranger")
    assert "You are not in this group yet" in said(await show(village, stranger))


async def test_a_cheer_is_given_and_heard_of(village: Village) -> None:
    ada, bo = await paired(village, "Ada", "Bo")
    given = await press_label(ada, await show(village, ada), "Cheer Bo")
    assert "Bo will hear that it came from you" in said(given)
    again = await press_label(ada, await show(village, ada), "Cheer Bo")
    assert "You cheered Bo today already" in said(again)
    assert "Ada" in await village.command(bo, "me")
    assert "Ada" not in await village.command(bo, "me")


async def test_the_menu_of_a_member_has_a_cheer(village: Village) -> None:
    ada = await village.member("Ada", "cheered")
    bo = await village.member("Bo", "cheered")
    given = await ada.context_menu(village.channel, "Cheer", bo)
    assert "Bo will hear that it came from you" in said(given)
    assert given.ephemeral
    own = await ada.context_menu(village.channel, "Cheer", ada)
    assert "That one is you" in said(own)
    stranger = village.newcomer("Stranger")
    for giver, taker in ((stranger, ada), (ada, stranger)):
        refused = await giver.context_menu(village.channel, "Cheer", taker)
        assert "in a walking-buddy group with you" in said(refused)


async def test_the_command_does_the_same(village: Village) -> None:
    ada = await village.member("Ada", "cheered")
    bo = await village.member("Bo")
    assert "would rather not" in await village.command(ada, "buddy cheer", member=bo)
    assert "will hear" in await village.command(bo, "buddy cheer", member=ada)


async def test_everybody_may_cheer_those_who_are_thought_of(village: Village) -> None:
    await village.member("Ada", "named", "cheered")
    bo = await village.member("Bo", "cheered")
    cy = await village.member("Cy", "cheered")
    for who in (bo, cy):
        await village.walk(who, "2026-03-02")
    await village.until("2026-03-03", "09:05")
    (message,) = village.encouragements()
    assert labels_of(message)[0] == "Cheer them on"
    for who in (bo, cy):
        assert "Ada will hear" in said(await who.click(message, label="Cheer them on"))
    assert "today already" in said(await bo.click(message, label="Cheer them on"))


async def test_a_cheer_for_somebody_who_left_ends_kindly(village: Village) -> None:
    ada = await village.member("Ada", "named", "cheered")
    bo = await village.member("Bo", "cheered")
    await village.walk(bo, "2026-03-02")
    await village.until("2026-03-03", "09:05")
    (message,) = village.encouragements()
    await village.command(ada, "group leave")
    pressed = await bo.click(message, label="Cheer them on")
    assert "nobody here to cheer any more" in said(pressed)


async def test_who_wants_letters_hears_of_cheers_that_way_and_answers_there(
    village: Village,
) -> None:
    await village.until("2026-03-02", "12:00")
    ada = await village.member("Ada", "cheered")
    bo = await village.member("Bo", "cheered", reach="dm")
    await village.command(ada, "buddy cheer", member=bo)
    await village.wait(minutes=11)
    (letter,) = village.letters(bo)
    assert "Ada" in text_of(letter)
    assert labels_of(letter) == ["My page"]


async def test_closed_letters_lose_no_cheer(village: Village) -> None:
    await village.until("2026-03-02", "12:00")
    ada = await village.member("Ada", "cheered")
    bo = await village.member("Bo", "cheered", reach="dm")
    village.close_letters(bo)
    await village.command(ada, "buddy cheer", member=bo)
    await village.wait(minutes=30)
    assert "Ada" in await village.command(bo, "me")


async def test_asking_somebody_and_their_yes(village: Village) -> None:
    ada, bo = [await village.member(name) for name in ("Ada", "Bo")]
    assert "I asked Bo" in await village.command(ada, "buddy choose", member=bo)
    told = await bo.slash(village.channel, "me")
    assert "Ada would like to be your buddy" in said(told)
    yes = await press_label(bo, told, "Yes, with Ada")
    assert "You and Ada look out for each other" in said(yes)
    late = await press_label(bo, told, "No, thank you")
    assert "Nobody is waiting" in said(late)
    assert "you and Bo look out for each other" in await village.command(ada, "me")


async def test_a_no_stays_between_the_two_of_them_and_amble(village: Village) -> None:
    ada, bo = [await village.member(name) for name in ("Ada", "Bo")]
    await village.command(ada, "buddy choose", member=bo)
    told = await bo.slash(village.channel, "me")
    await press_label(bo, told, "No, thank you")
    assert "Bo" not in await village.command(ada, "me")
    assert "It is up to them" in await village.command(ada, "buddy choose", member=bo)


async def test_a_buddy_hears_of_a_miss_where_both_agreed(village: Village) -> None:
    ada, bo = await paired(village, "Ada", "Bo")
    for who in (ada, bo):
        await press_label(who, await show(village, who), "Let them hear when I miss")
    await village.walk(bo, "2026-03-02")
    await village.until("2026-03-03", "09:05")
    told = await bo.slash(village.channel, "me")
    assert "Ada" in said(told)
    cheered = await press_label(bo, told, "Cheer Ada")
    assert "Ada will hear" in said(cheered)


async def test_buttons_of_another_server_and_made_up_ones_do_nothing(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    guild, group = village.world.guild.id, 5
    for custom_id in (
        f"amble:buddy:join:{guild}:{group}",
        f"amble:buddy:join:{guild + 1}:{group}",
        f"amble:cheer:{guild}:5",
        f"amble:cheers:{guild}:5",
        f"amble:buddies:yes:{guild}:5",
        f"amble:way:leave:{guild}:5",
        f"amble:way:leave:{guild + 1}:5",
        f"amble:voice:own:{guild}:5",
    ):
        await press(village, ada, custom_id)
    assert "1 member, " in await village.command(village.rosa, "group show")


async def test_buddies_change_by_the_month_where_an_organiser_says_so(village: Village) -> None:
    ada = await village.member("Ada")
    refused = await village.command(ada, "buddy rotate", monthly=True)
    assert "Organisers of the group can do this" in refused
    assert "every month" in await village.command(village.rosa, "buddy rotate", monthly=True)
    assert "stay together" in await village.command(village.rosa, "buddy rotate", monthly=False)
