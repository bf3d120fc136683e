"""The programme, as its member sees it from first to last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from simcord import InteractionResult, MemberActor
from simcord.actors import _visible_message
from simcord.components import walk_components

from tests.end_to_end.cards import Message, custom_ids_of, labels_of, said, text_of
from tests.end_to_end.village import Village

ANSWERS = {"walking": "often", "minutes": ["10"], "pain": ["0"]}
NOTE = {"note_read": ["yes"]}


async def start(
    village: Village, who: MemberActor, shown: InteractionResult | None = None, **answers: object
) -> InteractionResult:
    """Begin through the form."""
    shown = shown or await who.slash(village.channel, "programme start")
    assert shown.modal is not None, said(shown)
    return await who.submit_modal(shown, {**ANSWERS, **NOTE, **answers})


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    """A member whose programme has begun on the first rung, early on a Monday."""
    ada = await village.member("Ada")
    await start(village, ada)
    return ada


async def walk_week(village: Village, who: MemberActor, monday: str) -> None:
    days = (date.fromisoformat(monday) + timedelta(days=place) for place in range(7))
    await village.walk(who, *(str(day) for day in days))


def response(result: InteractionResult) -> Message:
    assert result.response is not None
    return result.response


async def test_it_is_offered_with_the_note_and_begins_with_three_questions(
    village: Village,
) -> None:
    ada = await village.member("Ada")
    offered = await ada.slash(village.channel, "programme show")
    assert "A gentle programme" in said(offered)
    assert "not medical advice" in said(offered)
    form = await ada.click(response(offered), label="Start")
    assert "talk to your doctor before you start" in str(form.modal)
    begun = said(await start(village, ada, form))
    assert "2 walks of 5 minutes each" in begun
    assert begun.count("not medical advice") == 1
    shown = await village.command(ada, "programme show")
    assert "not medical advice" not in shown
    assert "Monday, 9 March 2026" in shown
    assert "**This week so far: 0 minutes.**" in shown


async def test_somebody_who_walks_twenty_minutes_begins_there(village: Village) -> None:
    ada = await village.member("Ada")
    assert "one walk of 20 minutes" in said(await start(village, ada, minutes=["20"]))


async def test_with_much_pain_it_does_not_begin(village: Village) -> None:
    ada = await village.member("Ada")
    assert "see a doctor" in said(await start(village, ada, pain=["7"]))
    assert "A gentle programme" in await village.command(ada, "programme show")


async def test_done_shows_ones_own_minutes_and_the_next_walk_is_a_press_away(
    village: Village, ada: MemberActor
) -> None:
    await village.until("2026-03-02", "08:00")
    bo = await village.member("Bo")
    receipt = await ada.click(village.prompt(), label="Done")
    assert "2 walks of 5 minutes each. So far: 5 minutes." in said(receipt)
    assert "walks of" not in await village.answer(bo)
    again = await ada.click(response(receipt), label="Another 5 minutes")
    assert "So far: 10 minutes." in said(again)
    assert "Another 5 minutes" not in labels_of(response(again))
    assert "**This week so far: 10 minutes.**" in await village.command(ada, "programme show")


async def test_another_walk_pressed_twice_is_one(village: Village, ada: MemberActor) -> None:
    await village.until("2026-03-02", "08:00")
    receipt = response(await ada.click(village.prompt(), label="Done"))
    custom_id = next(one for one in custom_ids_of(receipt) if ":again:" in one)
    prompt = village.prompt()
    await press(ada, prompt, custom_id)
    pressed = await press(ada, prompt, custom_id)
    assert "So far: 10 minutes." in said(pressed)


async def test_a_good_week_goes_one_up_and_says_why_once(
    village: Village, ada: MemberActor
) -> None:
    await walk_week(village, ada, "2026-03-02")
    await village.until("2026-03-09", "08:00")
    told = "A good week for you and your back, so it goes one rung up: 3 walks of 5 minutes each."
    assert told in await village.answer(ada)
    assert told not in await village.command(ada, "me")
    assert f"The last time: {told}" in await village.command(ada, "programme show")


async def test_a_sore_back_hears_of_no_step_up(village: Village, ada: MemberActor) -> None:
    await walk_week(village, ada, "2026-03-02")
    await village.until("2026-03-09", "08:00")
    sore = await ada.click(village.prompt(), label="My back hurts")
    told = await ada.select(response(sore), ["4"])
    assert "one rung up" not in said(sore) + said(told)
    await village.until("2026-03-10", "08:00")
    assert "one rung up" in await village.answer(ada)


async def test_who_comes_back_after_two_weeks_goes_on_more_gently_at_once(
    village: Village,
) -> None:
    ada = await village.member("Ada")
    await start(village, ada, minutes=["20"])
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-18", "08:00")
    told = await village.answer(ada)
    # A week of little and one of nothing took a rung each; the absence, from the second of
    # them on, takes two in all.
    assert "On your ladder for this day: one walk of 15 minutes." in told
    assert "you go on more gently, with 2 walks of 10 minutes each." in told


async def test_the_review_comes_once_over_a_restart(village: Village, ada: MemberActor) -> None:
    await walk_week(village, ada, "2026-03-02")
    await village.until("2026-03-09", "02:00")
    await village.restart(timedelta(hours=4))
    await village.restart()
    await village.until("2026-03-09", "08:00")
    assert "Rung 2 of 11" in await village.command(ada, "programme show")


async def test_who_wants_direct_messages_reads_it_there(village: Village) -> None:
    ada = await village.member("Ada", reach="dm")
    await start(village, ada)
    await walk_week(village, ada, "2026-03-02")
    await village.until("2026-03-09", "08:00")
    (letter,) = village.letters(ada)
    assert "one rung up" in text_of(letter)
    shown = await ada.user.click(letter, label="My programme")
    assert "Rung 2 of 11" in said(shown)


async def test_gentler_steadier_and_growing_are_a_press_each(
    village: Village, ada: MemberActor
) -> None:
    await walk_week(village, ada, "2026-03-02")
    await village.until("2026-03-09", "08:00")
    shown = await ada.slash(village.channel, "programme show")
    held = await ada.click(response(shown), label="Stay here for now")
    assert "You stay here until you say otherwise" in said(held)
    grown = await ada.click(response(held), label="Let it grow again")
    assert "It grows again" in said(grown)
    eased = await ada.click(response(grown), label="One rung gentler")
    assert "Rung 1 of 11" in said(eased)
    assert "One rung gentler" not in labels_of(response(eased))


async def test_gentler_twice_in_a_row_is_one_rung(village: Village, ada: MemberActor) -> None:
    await village.command(ada, "programme stop")
    await village.wait(days=8)
    await start(village, ada, minutes=["20"])
    shown = response(await ada.slash(village.channel, "programme show"))
    custom_id = next(one for one in custom_ids_of(shown) if ":easier:" in one)
    await village.until("2026-03-10", "08:00")
    prompt = village.prompt()
    await press(ada, prompt, custom_id)
    pressed = await press(ada, prompt, custom_id)
    assert "one walk of 18 minutes" in said(pressed)


async def test_buttons_work_after_a_restart(village: Village, ada: MemberActor) -> None:
    shown = await ada.slash(village.channel, "programme show")
    await village.restart()
    assert "You stay here" in said(await ada.click(response(shown), label="Stay here for now"))


async def test_stopping_ends_it_and_it_can_begin_again(village: Village, ada: MemberActor) -> None:
    assert "has ended" in await village.command(ada, "programme stop")
    assert "no programme under way" in await village.command(ada, "programme stop")
    await village.until("2026-03-02", "08:00")
    assert "walks of" not in await village.answer(ada)
    assert "has begun" in said(await start(village, ada))
    again = await ada.slash(village.channel, "programme start")
    assert "under way already" in said(again)


async def test_much_pain_asks_for_the_note_again(village: Village, ada: MemberActor) -> None:
    await village.until("2026-03-02", "08:00")
    sore = await ada.click(village.prompt(), label="My back hurts")
    await ada.select(response(sore), ["8"])
    shown = await ada.slash(village.channel, "programme show")
    assert "read it again" in said(shown)
    await village.wait(minutes=1)
    thanks = await ada.click(response(shown), label="I have read it again")
    assert "Thank you for reading it again" in said(thanks)
    assert "I have read it again" not in labels_of(response(thanks))


async def test_somebody_who_is_no_member_is_told_how_to_become_one(village: Village) -> None:
    stranger = village.newcomer("Zoe")
    for command in ("programme show", "programme start"):
        assert "/group join" in await village.command(stranger, command)
    assert "no programme under way" in await village.command(stranger, "programme stop")


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        ("programme:show:{guild}", "/group join"),
        ("programme:start:{guild}", "/group join"),
        ("programme:first:{guild}", "/group join"),
        ("programme:hold:{guild}", "/group join"),
        ("programme:grow:{guild}", "/group join"),
        ("programme:note:{guild}", "/group join"),
        ("easier:{guild}:3", "/group join"),
        ("programme:show:77", "another server"),
        ("easier:77:3", "another server"),
        ("programme:stop:{guild}", "from another time"),
        ("again:{guild}:77:1", "cannot find that session"),
        ("again:{guild}:8999999999999999999:1", "cannot find that session"),
    ],
)
async def test_a_stranger_gets_nothing_from_ids_that_they_made_up(
    village: Village, ada: MemberActor, forged: str, told: str
) -> None:
    await village.until("2026-03-02", "08:00")
    custom_id = "amble:" + forged.format(guild=ada.guild.id)
    zoe = village.newcomer("Zoe")
    assert told in said(await press(zoe, village.prompt(), custom_id))
    assert "Rung 1 of 11" in await village.command(ada, "programme show")


@pytest.mark.parametrize("forged", ["easier:{guild}:99", "easier:{guild}:0"])
async def test_a_rung_that_was_never_shown_changes_nothing(
    village: Village, ada: MemberActor, forged: str
) -> None:
    await village.until("2026-03-02", "08:00")
    custom_id = "amble:" + forged.format(guild=ada.guild.id)
    assert "Rung 1 of 11" in said(await press(ada, village.prompt(), custom_id))


async def press(who: MemberActor, prompt: Message, custom_id: str) -> InteractionResult:
    """Press a prompt's first button as if it carried that custom id."""
    stored = _visible_message(who, prompt)
    button = next(one for one in walk_components(stored.components) if one.get("custom_id"))
    button["custom_id"] = custom_id
    return await who.click(prompt, custom_id=custom_id)
