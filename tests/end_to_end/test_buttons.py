"""The prompt's buttons: for everyone, at any time, again and again."""

from __future__ import annotations

import pytest
from simcord import MemberActor
from simcord.actors import _visible_message
from simcord.components import walk_components
from simcord.results import InteractionResult

from tests.end_to_end.cards import custom_ids_of, labels_of, said, text_of
from tests.end_to_end.village import Village


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    """A member, with Monday's prompt just posted and somebody else who has not answered."""
    ada = await village.member("Ada", "named")
    await village.member("Bo")
    await village.until("2026-03-02", "08:00")
    return ada


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Done", "Well done"),
        ("Part of it", "Part of it is a proper session"),
        ("Can't today", "Rest is part of the plan"),
        ("My back hurts", "🩹"),
    ],
)
async def test_each_answer_is_confirmed_to_the_one_who_gave_it(
    village: Village, ada: MemberActor, label: str, words: str
) -> None:
    result = await ada.click(village.prompt(), label=label)
    assert words in said(result)
    assert result.ephemeral


async def test_the_same_answer_twice_in_a_row_counts_once(
    village: Village, ada: MemberActor
) -> None:
    for _ in range(2):
        assert "1 session in a row" in await village.answer(ada)
    assert "**Out walking:** Ada\n" in text_of(village.prompt())


async def test_one_may_change_ones_mind(village: Village, ada: MemberActor) -> None:
    await village.answer(ada)
    await village.answer(ada, "Can't today")
    text = text_of(village.prompt())
    assert "Ada" not in text
    assert "**Resting:** 1 person" in text


async def test_undo_takes_an_answer_back(village: Village, ada: MemberActor) -> None:
    receipt = await ada.click(village.prompt(), label="Done")
    assert "Taken back" in said(await undo(ada, receipt))
    assert "Ada" not in text_of(village.prompt())


async def test_undo_puts_back_the_answer_before(village: Village, ada: MemberActor) -> None:
    await village.answer(ada, "Can't today")
    receipt = await ada.click(village.prompt(), label="Done")
    assert "Can't today" in said(await undo(ada, receipt))
    assert "**Resting:** 1 person" in text_of(village.prompt())


async def test_a_second_undo_says_that_nothing_is_left(village: Village, ada: MemberActor) -> None:
    first = await ada.click(village.prompt(), label="Done")
    again = await ada.click(village.prompt(), label="Done")
    assert "Taken back" in said(await undo(ada, first))
    assert "nothing to take back" in said(await undo(ada, again))


async def test_an_answer_after_undo_counts(village: Village, ada: MemberActor) -> None:
    receipt = await ada.click(village.prompt(), label="Done")
    await undo(ada, receipt)
    assert "1 session in a row" in await village.answer(ada)


async def test_undo_of_a_settled_session_asks_before_it_makes_a_miss(
    village: Village, ada: MemberActor
) -> None:
    receipt = await ada.click(village.prompt(), label="Done")
    await village.until("2026-03-03", "06:00")
    question = await undo(ada, receipt)
    assert "Take it back?" in said(question)
    assert question.response is not None
    assert "**1** in a row" in await village.command(ada, "me")
    sure = await ada.click(question.response, label="Yes, take it back")
    assert "Taken back" in said(sure)
    assert "** in a row" not in await village.command(ada, "me")


async def test_undo_of_a_late_answer_puts_the_miss_back(village: Village, ada: MemberActor) -> None:
    monday = village.prompt()
    await village.until("2026-03-03", "06:00")
    late = await ada.click(monday, label="Done")
    assert "had closed already" in said(late)
    question = await undo(ada, late)
    assert question.response is not None
    await ada.click(question.response, label="Yes, take it back")
    assert "** in a row" not in await village.command(ada, "me")


async def test_the_buttons_work_after_a_restart_of_the_bot(
    village: Village, ada: MemberActor
) -> None:
    receipt = await ada.click(village.prompt(), label="Done")
    await village.restart()
    assert "Taken back" in said(await undo(ada, receipt))
    assert "1 session in a row" in await village.answer(ada)
    assert "Ada" in text_of(village.prompt())


async def test_somebody_who_is_not_a_member_is_told_how_to_join(
    village: Village, ada: MemberActor
) -> None:
    text = await village.answer(village.newcomer("Cy"))
    assert "not in this group yet" in text
    assert "Out walking" not in text_of(village.prompt())


async def test_somebody_who_left_is_told_the_way_back(village: Village, ada: MemberActor) -> None:
    await village.command(ada, "group leave")
    assert "`/group join`" in await village.answer(ada)
    assert "Out walking" not in text_of(village.prompt())


async def test_a_button_that_claims_another_server_is_refused(
    village: Village, ada: MemberActor
) -> None:
    elsewhere = village.env.create_guild("Elsewhere")
    claimed = first_id(village).replace(str(village.world.guild.id), str(elsewhere.id))
    assert "belongs to another server" in said(await press(village, ada, claimed))


async def test_a_button_of_a_session_that_is_gone_is_refused(
    village: Village, ada: MemberActor
) -> None:
    gone = first_id(village).split(":")
    gone[3] = "12345"
    text = said(await press(village, ada, ":".join(gone)))
    assert "cannot find that session" in text


@pytest.mark.parametrize(
    "custom_id",
    [
        "amble:answer:1:2:sleep",
        "amble:answer:x:2:done",
        "amble:dance:1:2",
        "amble:",
        "amble:answer:" + "9" * 40 + ":2:done",
    ],
)
async def test_a_button_that_amble_never_made_is_answered_kindly(
    village: Village, ada: MemberActor, custom_id: str
) -> None:
    text = said(await press(village, ada, custom_id))
    assert "from another time" in text


@pytest.mark.parametrize("digits", [19, 20])
async def test_an_id_too_large_for_any_table_is_none_of_ambles(
    village: Village, ada: MemberActor, digits: int
) -> None:
    guild_id = village.world.guild.id
    custom_id = f"amble:answer:{guild_id}:{'9' * digits}:done"
    assert "from another time" in said(await press(village, ada, custom_id))


async def test_an_answer_48_hours_after_settling_is_taken(
    village: Village, ada: MemberActor
) -> None:
    monday = village.prompt()
    await village.until("2026-03-05", "03:00")
    assert "had closed already" in await village.answer(ada, message=monday)


async def test_an_answer_later_than_that_is_refused_with_the_way_out(
    village: Village, ada: MemberActor
) -> None:
    monday = village.prompt()
    await village.until("2026-03-05", "03:01")
    text = await village.answer(ada, message=monday)
    assert "until 48 hours after a session closed" in text
    assert "`/me` shows what comes next" in text


async def test_a_late_answer_mends_the_streak(village: Village, ada: MemberActor) -> None:
    await village.answer(ada)
    await village.until("2026-03-03", "08:00")
    tuesday = village.prompt()
    await village.walk(ada, "2026-03-04")
    await village.until("2026-03-05", "06:00")
    assert "**1** in a row" in await village.command(ada, "me")
    assert "3 sessions in a row" in await village.answer(ada, message=tuesday)


async def test_rest_within_the_free_ones_costs_no_streak(
    village: Village, ada: MemberActor
) -> None:
    await village.answer(ada)
    await village.walk(ada, "2026-03-03", label="Can't today")
    await village.walk(ada, "2026-03-04")
    await village.until("2026-03-05", "06:00")
    assert "**2** in a row" in await village.command(ada, "me")


async def test_rest_beyond_the_free_ones_is_said_at_the_click(
    village: Village, ada: MemberActor
) -> None:
    await village.answer(ada, "Can't today")
    await village.until("2026-03-03", "08:00")
    text = await village.answer(ada, "Can't today")
    assert "counts as a miss if it stays like this" in text


async def test_rest_beyond_the_free_ones_says_what_it_would_end(
    village: Village, ada: MemberActor
) -> None:
    await village.answer(ada)
    await village.walk(ada, "2026-03-03")
    await village.walk(ada, "2026-03-04", label="Can't today")
    await village.until("2026-03-05", "08:00")
    text = await village.answer(ada, "Can't today")
    assert "counts as a miss, and your streak of 2 begins anew" in text
    assert "3 sessions in a row" in await village.answer(ada, "Part of it")


async def test_a_sore_back_never_costs_the_streak(village: Village, ada: MemberActor) -> None:
    await village.answer(ada)
    for day in ("2026-03-03", "2026-03-04", "2026-03-05"):
        await village.walk(ada, day, label="My back hurts")
    await village.until("2026-03-06", "06:00")
    assert "**1** in a row" in await village.command(ada, "me")


async def test_the_buttons_of_an_archived_group_say_so(village: Village, ada: MemberActor) -> None:
    await village.archive()
    assert "has been archived" in await village.answer(ada)


async def test_seven_kept_sessions_earn_a_rest_token(village: Village, ada: MemberActor) -> None:
    await village.answer(ada)
    for day in range(3, 8):
        await village.walk(ada, f"2026-03-0{day}")
    await village.until("2026-03-08", "08:00")
    assert "1 rest token saved" in await village.answer(ada)


async def undo(who: MemberActor, receipt: InteractionResult) -> InteractionResult:
    """Press the receipt's Undo."""
    assert receipt.response is not None
    assert "Undo" in labels_of(receipt.response)
    return await who.click(receipt.response, label="Undo")


async def press(village: Village, who: MemberActor, custom_id: str) -> InteractionResult:
    """Press the prompt's first button as if it carried that custom id."""
    prompt = village.prompt()
    stored = _visible_message(who, prompt)
    button = next(one for one in walk_components(stored.components) if one.get("custom_id"))
    button["custom_id"] = custom_id
    return await who.click(prompt, custom_id=custom_id)


def first_id(village: Village) -> str:
    return custom_ids_of(village.prompt())[0]
