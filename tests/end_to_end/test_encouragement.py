"""The message after a day with misses: who is in it, and when there is none."""

from __future__ import annotations

import pytest
from simcord import MemberActor

from tests.end_to_end.cards import kind_of, labels_of, text_of
from tests.end_to_end.village import Village


async def test_a_day_with_a_miss_is_followed_by_kind_words_at_nine(village: Village) -> None:
    await village.member("Ada")
    await village.until("2026-03-03", "08:59")
    assert village.encouragements() == []
    await village.wait(minutes=1)
    text = text_of(village.encouragements()[0])
    assert "Early birds" in text
    assert "Next session: <t:" in text
    assert labels_of(village.encouragements()[0]) == ["My page", "Change my plan", "Guide"]


async def test_who_agreed_is_named_and_nobody_else(village: Village) -> None:
    await village.member("Ada", "named")
    await village.member("Bo", "shown")
    await village.member("Cy", "named", reach="silent")
    await village.until("2026-03-03", "09:00")
    text = text_of(village.encouragements()[0])
    assert "Thinking of Ada." in text
    assert "Bo" not in text
    assert "Cy" not in text


async def test_an_encouragement_pings_nobody(village: Village) -> None:
    await village.member("Ada", "named", "pinged", "shown")
    await village.until("2026-03-03", "09:00")
    assert village.encouragements()[0].mentions == []


async def test_who_answered_is_not_in_it(village: Village) -> None:
    await village.member("Dee", "named")
    friends = [await village.member(name, "named") for name in ("Ada", "Bo", "Cy")]
    for who, label in zip(friends, ("Done", "Can't today", "My back hurts"), strict=True):
        await village.walk(who, "2026-03-02", label=label)
    await village.until("2026-03-03", "09:00")
    assert "Thinking of Dee." in text_of(village.encouragements()[0])


async def test_a_day_on_which_everyone_came_is_followed_by_nothing(village: Village) -> None:
    for who in [await village.member(name, "named") for name in ("Ada", "Bo")]:
        await village.walk(who, "2026-03-02")
    await village.until("2026-03-03", "12:00")
    assert village.encouragements() == []


@pytest.mark.parametrize("label", ["Can't today", "My back hurts"])
async def test_a_day_that_everybody_answered_is_followed_by_nothing(
    village: Village, label: str
) -> None:
    await village.walk(await village.member("Ada", "named"), "2026-03-02", label=label)
    await village.until("2026-03-03", "12:00")
    assert village.encouragements() == []


async def test_a_late_answer_before_nine_takes_one_out_of_it(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-03", "07:00")
    await village.answer(ada, message=village.prompts()[0])
    await village.until("2026-03-03", "12:00")
    assert village.encouragements() == []


async def test_a_day_off_is_followed_by_nothing(village: Village) -> None:
    await village.member("Ada", "named")
    await village.command(village.rosa, "schedule skip", first="2026-03-02")
    await village.until("2026-03-03", "12:00")
    assert village.encouragements() == []


async def test_who_is_on_a_pause_is_not_in_it(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.command(ada, "pause start")
    await village.until("2026-03-03", "12:00")
    assert village.encouragements() == []


async def test_who_has_left_is_not_in_it(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.member("Bo")
    await village.until("2026-03-03", "08:00")
    await village.command(ada, "group leave")
    await village.until("2026-03-03", "12:00")
    assert "Ada" not in text_of(village.encouragements()[0])


async def test_nobody_is_named_more_than_twice_a_week(village: Village) -> None:
    await village.member("Ada", "named")
    await village.until("2026-03-08", "12:00")
    named = ["Ada" in text_of(one) for one in village.encouragements()]
    assert named == [True, True, False, False, False, False]


async def test_a_count_is_given_only_in_a_group_large_enough(village: Village) -> None:
    for n in range(5):
        await village.member(f"Friend {n}")
    await village.until("2026-03-03", "09:00")
    assert "Thinking of" not in text_of(village.encouragements()[0])
    await village.member("Friend 6")
    await village.until("2026-03-04", "09:00")
    assert "Thinking of 5 of us" in text_of(village.encouragements()[1])


async def test_who_has_been_silent_for_two_weeks_is_let_be(village: Village) -> None:
    await village.member("Ada", "named")
    await village.until("2026-03-17", "12:00")
    assert village.encouragements()[-1].created_at.day == 15
    assert len(village.encouragements()) == 13


async def test_who_asked_for_direct_messages_gets_a_letter(village: Village) -> None:
    ada = await village.member("Ada", "named", reach="dm")
    await village.until("2026-03-03", "10:00")
    letters = [one for one in village.letters(ada) if kind_of(one) == "encouragement"]
    assert len(letters) == 1
    assert "Ada" not in "".join(text_of(one) for one in village.posted())


async def test_a_letter_that_is_refused_causes_no_post(village: Village) -> None:
    ada = await village.member("Ada", "named", reach="dm")
    await village.member("Bo", "named")
    village.close_letters(ada)
    await village.until("2026-03-03", "23:00")
    assert len(village.encouragements()) == 1
    assert len(village.nudges()) == 2
    assert "Ada" not in "".join(text_of(one) for one in village.posted())


async def test_a_refused_letter_is_not_tried_again(village: Village) -> None:
    ada = await village.member("Ada", reach="dm")
    village.close_letters(ada)
    await village.until("2026-03-04", "12:00")
    path = f"/channels/{ada.user.dm_channel.id}/messages"
    assert len(village.requests("POST", path)) == 1


async def test_who_is_gone_from_the_server_is_taken_to_have_left(village: Village) -> None:
    ada = await village.member("Ada", "named", "pinged")
    await village.member("Bo")
    await village.until("2026-03-02", "12:00")
    village.world.guild.remove_member(ada)
    await village.until("2026-03-10", "12:00")
    assert "Ada" not in text_of(village.encouragements()[-1])
    assert village.nudges()[-1].mentions == []
    assert "1 member, " in await village.command(village.rosa, "group show")


async def test_whoever_is_still_there_is_kept_however_quiet(village: Village) -> None:
    await village.member("Ada", "named")
    await village.until("2026-03-11", "12:00")
    assert "1 member, " in await village.command(village.rosa, "group show")


async def test_words_do_not_repeat_before_all_were_used(village: Village) -> None:
    await village.member("Ada")
    await village.until("2026-03-12", "12:00")
    words = [text_of(one).splitlines()[1] for one in village.encouragements()]
    several = words[2:6]
    assert len(set(several)) == len(several)


async def test_two_sessions_of_a_day_make_one_message(village: Village) -> None:
    await village.plan("mon", "18:00")
    await village.member("Ada", "named")
    await village.until("2026-03-03", "20:00")
    assert len(village.encouragements()) == 1


async def test_who_kept_one_of_two_sessions_is_not_in_it(village: Village) -> None:
    await village.plan("mon", "18:00")
    await village.walk(await village.member("Ada", "named"), "2026-03-02")
    await village.until("2026-03-03", "12:00")
    assert village.encouragements() == []


async def test_the_first_answer_after_a_miss_is_welcomed_back(village: Village) -> None:
    ada, bo = await village.member("Ada"), await village.member("Bo")
    await village.walk(bo, "2026-03-02")
    await village.until("2026-03-03", "08:00")
    assert await village.answer(ada) != await village.answer(bo)
    assert "Well done" not in await village.answer(ada)


@pytest.fixture
async def thought_of(village: Village) -> tuple[MemberActor, MemberActor]:
    """Ada and Bo, who are named on Tuesday, as neither answered on Monday."""
    pair = await village.member("Ada", "named"), await village.member("Bo", "named")
    await village.until("2026-03-03", "09:05")
    assert "Thinking of Ada and Bo." in text_of(village.encouragements()[0])
    return pair


@pytest.mark.parametrize("label", ["Done", "Can't today", "My back hurts"])
async def test_who_answers_later_is_taken_out_of_it(
    village: Village, thought_of: tuple[MemberActor, MemberActor], label: str
) -> None:
    ada, bo = thought_of
    await village.answer(ada, label, village.prompts()[0])
    await village.wait(minutes=2)
    [message] = village.encouragements()
    assert "Thinking of Bo." in text_of(message)
    await village.answer(bo, label, village.prompts()[0])
    await village.wait(minutes=2)
    assert "Thinking of" not in text_of(village.encouragements()[0])
    assert labels_of(village.encouragements()[0]) == ["My page", "Change my plan", "Guide"]


async def test_whom_an_organiser_corrects_is_taken_out_of_it(
    village: Village, thought_of: tuple[MemberActor, MemberActor]
) -> None:
    ada, _ = thought_of
    offered = await village.rosa.autocomplete(village.channel, "report correct", "session", "")
    wanted = {"session": offered[-1]["value"], "answer": "done", "reason": "We met"}
    await village.command(village.rosa, "report correct", member=ada, **wanted)
    await village.wait(minutes=2)
    assert "Thinking of Bo." in text_of(village.encouragements()[0])


async def test_who_is_taken_out_stays_out_after_an_undo_and_a_restart(
    village: Village, thought_of: tuple[MemberActor, MemberActor]
) -> None:
    ada, _ = thought_of
    shown = await ada.click(village.prompts()[0], label="Done")
    await village.wait(minutes=2)
    assert shown.response is not None
    asked = await ada.click(shown.response, label="Undo")
    assert asked.response is not None
    await ada.click(asked.response, label="Yes, take it back")
    await village.restart()
    await village.wait(minutes=3)
    assert "Thinking of Bo." in text_of(village.encouragements()[0])
    edits = village.requests("PATCH", f"/messages/{village.encouragements()[0].id}")
    assert len(edits) == 1


async def test_where_discord_takes_no_edit_it_is_tried_again(
    village: Village, thought_of: tuple[MemberActor, MemberActor]
) -> None:
    ada, _ = thought_of
    path = f"/channels/{village.channel.id}/messages/{village.encouragements()[0].id}"
    village.env.inject_error("PATCH", path, status=503, times=5)
    await village.answer(ada, "Done", village.prompts()[0])
    await village.wait(minutes=5)
    assert "Thinking of Bo." in text_of(village.encouragements()[0])


async def test_who_wants_to_be_named_no_more_is_taken_out_of_it(
    village: Village, thought_of: tuple[MemberActor, MemberActor]
) -> None:
    ada, _ = thought_of
    await village.join(ada)
    await village.wait(minutes=2)
    assert "Thinking of Bo." in text_of(village.encouragements()[0])
