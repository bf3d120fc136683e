"""The guides: from the command, the prompt, the encouragement, the help, and in letters.

Pictures are not drawn here: the file that is sent is the SVG.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from simcord import MemberActor
from simcord.actors import _visible_message
from simcord.components import walk_components
from simcord.enums import InteractionType
from simcord.results import InteractionResult

from bot.domain.guide import Guide
from bot.ui.pictures.render import NoFonts
from bot.ui.pictures.store import Pictures
from bot.ui.words import words_in
from tests.end_to_end.cards import (
    Message,
    labels_of,
    parts_of,
    said,
    selects_of,
    text_of,
)
from tests.end_to_end.test_interactions import event
from tests.end_to_end.test_pictures import Drawer, alt_of
from tests.end_to_end.village import Village, open_village

WORDS = words_in("en")


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
async def village(sqlite_url: str, drawer: Drawer) -> AsyncIterator[Village]:
    async with open_village(sqlite_url, pictures=Pictures(drawer)) as village:
        await village.set_up()
        await village.create()
        yield village


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    """A member, with Monday's prompt for a walk just posted."""
    await village.plan()
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    return ada


def shown(result: InteractionResult) -> Message:
    """The guide that answers, which only its reader sees."""
    assert result.response is not None
    assert result.response.ephemeral
    return result.response


def is_guide(message: Message, guide: Guide) -> bool:
    return WORDS.say(f"guide.{guide}.how") in text_of(message)


@pytest.mark.parametrize("guide", Guide)
async def test_every_guide_opens_by_its_name(village: Village, guide: Guide) -> None:
    result = await village.rosa.slash(village.channel, "guide", topic=guide.value)
    answer = shown(result)
    assert is_guide(answer, guide)
    assert alt_of(answer) == WORDS.say(f"alt.guide.{guide}")


async def test_without_a_name_all_guides_are_offered(village: Village) -> None:
    menu = shown(await village.rosa.slash(village.channel, "guide"))
    [select] = selects_of(menu)
    assert [option["value"] for option in select["options"]] == list(Guide)


async def test_one_guide_leads_to_the_next_in_its_place(village: Village) -> None:
    result = await village.rosa.slash(village.channel, "guide")
    for guide in (Guide.CORE, Guide.PACING):
        picked = await village.rosa.select(shown(result), [guide.value])
        assert picked.followups == []
        result = picked
        assert is_guide(shown(result), guide)
        assert alt_of(shown(result)) == WORDS.say(f"alt.guide.{guide}")


async def test_nobody_needs_to_be_a_member_to_read(village: Village) -> None:
    result = await village.newcomer("Cy").slash(village.channel, "guide", topic="bike")
    assert is_guide(shown(result), Guide.BIKE)


async def test_without_drawings_the_words_stand_alone(village: Village, drawer: Drawer) -> None:
    drawer.fault = NoFonts("none")
    answer = shown(await village.rosa.slash(village.channel, "guide", topic="walk"))
    assert is_guide(answer, Guide.WALK)
    assert [one for one in parts_of(answer) if one["type"] == 12] == []


async def test_a_name_that_no_guide_has_is_answered_kindly(village: Village) -> None:
    option = {"type": 3, "name": "topic", "value": "fly"}
    data = {"id": "1", "name": "guide", "type": 1, "options": [option]}
    record, payload = event(village, village.rosa, InteractionType.APPLICATION_COMMAND, data)
    village.env.backend.emit("INTERACTION_CREATE", payload)
    result = InteractionResult(village.env, record)
    await village.eventually(lambda: result.response is not None)
    assert "I have no guide of that name" in said(result)


# --- From what is posted ---


@pytest.mark.parametrize(
    ("activity", "guide"),
    [
        ("walk", Guide.WALK),
        ("water", Guide.WATER),
        ("bike", Guide.BIKE),
        ("elliptical", Guide.ELLIPTICAL),
        ("other", Guide.WARM_UP),
    ],
)
async def test_a_prompt_opens_the_guide_of_its_activity_in_one_press(
    village: Village, activity: str, guide: Guide
) -> None:
    await village.plan(activity=activity)
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    assert is_guide(shown(await ada.click(village.prompt(), label="Guide")), guide)


async def test_reading_a_guide_answers_nothing(village: Village, ada: MemberActor) -> None:
    before = text_of(village.prompt())
    await ada.click(village.prompt(), label="Guide")
    assert text_of(village.prompt()) == before


async def test_from_a_prompt_every_other_guide_is_one_choice_away(
    village: Village, ada: MemberActor
) -> None:
    answer = shown(await ada.click(village.prompt(), label="Guide"))
    result = await ada.select(answer, [Guide.CHAIR.value])
    assert is_guide(shown(result), Guide.CHAIR)


async def test_the_button_works_after_the_session_closed_and_a_restart(
    village: Village, ada: MemberActor
) -> None:
    await village.until("2026-03-03", "06:00")
    await village.restart()
    assert is_guide(shown(await ada.click(village.prompt(), label="Guide")), Guide.WALK)


async def test_a_prompt_from_before_there_were_guides_still_works_and_gets_the_button(
    village: Village, ada: MemberActor
) -> None:
    take_away(ada, village.prompt(), "amble:guide:walk")
    assert "Guide" not in labels_of(village.prompt())
    assert "Well done" in await village.answer(ada)
    assert "Guide" in labels_of(village.prompt())


async def test_an_encouragement_opens_a_guide_in_one_press(
    village: Village, ada: MemberActor
) -> None:
    await village.until("2026-03-03", "09:00")
    [message] = [one for one in village.posted() if {"My page", "Guide"} <= {*labels_of(one)}]
    assert is_guide(shown(await ada.click(message, label="Guide")), Guide.WALK)


async def test_help_opens_every_guide_in_one_press_and_stays(village: Village) -> None:
    helped = shown(await village.rosa.slash(village.channel, "help"))
    for guide in (Guide.COMPANY, Guide.WALK):
        result = await village.rosa.select(helped, [guide.value])
        assert is_guide(shown(result), guide)
        assert "/group list` finds a group" in text_of(helped)


# --- In direct messages ---


async def test_a_guide_opens_from_a_letter(village: Village) -> None:
    await village.plan()
    ada = await village.member("Ada", reach="dm")
    await village.until("2026-03-03", "10:00")
    [letter] = [one for one in village.letters(ada) if "Guide" in labels_of(one)]
    result = await ada.user.click(letter, label="Guide")
    assert result.response is not None
    assert is_guide(result.response, Guide.WALK)
    again = await ada.user.select(result.response, [Guide.WATER.value])
    assert again.response is not None
    assert is_guide(again.response, Guide.WATER)


async def test_the_command_works_in_a_direct_message(village: Village) -> None:
    ada = village.newcomer("Ada")
    result = await ada.user.slash("guide", topic="core")
    assert result.response is not None
    assert is_guide(result.response, Guide.CORE)


# --- What Amble never offered ---


@pytest.mark.parametrize("picked", ["fly", "WALK", "", "walk "])
async def test_a_choice_that_was_never_offered_is_answered_kindly(
    village: Village, picked: str
) -> None:
    menu = shown(await village.rosa.slash(village.channel, "guide"))
    stored = _visible_message(village.rosa, menu)
    [select] = [one for one in walk_components(stored.components) if one.get("options")]
    select["options"].append({"label": "?", "value": picked})
    assert "from another time" in said(await village.rosa.select(menu, [picked]))


@pytest.mark.parametrize(
    "custom_id", ["amble:guide:fly", "amble:guide:walk:1", "amble:guide:", "amble:guides:there"]
)
async def test_a_button_that_amble_never_made_is_answered_kindly(
    village: Village, ada: MemberActor, custom_id: str
) -> None:
    prompt = village.prompt()
    parts = walk_components(_visible_message(ada, prompt).components)
    [button] = [one for one in parts if one.get("custom_id") == "amble:guide:walk"]
    button["custom_id"] = custom_id
    result = await ada.click(prompt, custom_id=custom_id)
    assert "from another time" in said(result)


def take_away(who: MemberActor, message: Message, custom_id: str) -> None:
    """Take a button off a message, as if it had been posted without."""
    for part in walk_components(_visible_message(who, message).components):
        within = part.get("components", [])
        part_ids = [one.get("custom_id") for one in within]
        if custom_id in part_ids:
            del within[part_ids.index(custom_id)]
