"""`/checkin`: the same as the buttons, in words."""

from __future__ import annotations

import pytest
from simcord import MemberActor

from tests.end_to_end.cards import labels_of, said, text_of
from tests.end_to_end.village import Village


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    """A member, with Monday's prompt posted half an hour ago."""
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    return ada


async def test_checkin_alone_shows_what_can_be_answered(village: Village, ada: MemberActor) -> None:
    result = await ada.slash(village.channel, "checkin")
    assert "Which session is it about?" in said(result)
    assert result.response is not None
    today = village.prompt()
    custom_id = f"amble:answer:{village.world.guild.id}"
    assert custom_id in str(result.response.components)
    assert custom_id in str([one.to_dict() for one in today.components])


async def test_checkin_with_an_answer_takes_the_session_that_has_begun(
    village: Village, ada: MemberActor
) -> None:
    text = await village.command(ada, "checkin", answer="done")
    assert "1 session in a row" in text
    assert "Ada" in text_of(village.prompt())


async def test_minutes_are_written_down(village: Village, ada: MemberActor) -> None:
    text = await village.command(ada, "checkin", answer="partly", how_much="75 min")
    assert "Noted: 1 hour 15 minutes" in text


async def test_the_same_with_other_minutes_is_a_change_and_not_another_session(
    village: Village, ada: MemberActor
) -> None:
    await village.command(ada, "checkin", answer="done", how_much="20 min")
    text = await village.command(ada, "checkin", answer="done", how_much="30 min")
    assert "30 minutes" in text
    assert "1 session in a row" in text


@pytest.mark.parametrize("how_much", ["0 min", "-5 min", "200 hours", "a while", "<@7> @everyone"])
async def test_what_cannot_be_read_as_an_amount_is_refused_before_anything_changes(
    village: Village, ada: MemberActor, how_much: str
) -> None:
    text = await village.command(ada, "checkin", answer="done", how_much=how_much)
    assert "35 min" in text
    assert "Ada" not in text_of(village.prompt())


@pytest.mark.parametrize("answer", ["rest", "sore"])
async def test_time_and_distance_do_not_go_with_a_day_of_rest(
    village: Village, ada: MemberActor, answer: str
) -> None:
    text = await village.command(ada, "checkin", answer=answer, how_much="20 min")
    assert "go with Done or Part of it" in text
    assert "Resting" not in text_of(village.prompt())


async def test_a_session_is_chosen_from_those_that_can_be_answered(
    village: Village, ada: MemberActor
) -> None:
    offered = await ada.autocomplete(village.channel, "checkin", "session", "3 mar")
    assert [one["name"] for one in offered] == ["Tue 3 Mar, 07:30 · Early birds"]
    text = await village.command(ada, "checkin", answer="rest", session=offered[0]["value"])
    assert "<t:1772519400:F>" in text


async def test_rest_can_be_said_ahead(village: Village, ada: MemberActor) -> None:
    session = await tomorrow(village, ada)
    text = await village.command(ada, "checkin", answer="rest", session=session)
    assert "Rest is part of the plan" in text
    await village.until("2026-03-03", "08:00")
    assert "**Resting:** 1 person" in text_of(village.prompt())


@pytest.mark.parametrize("answer", ["done", "partly"])
async def test_having_been_there_cannot_be_said_ahead(
    village: Village, ada: MemberActor, answer: str
) -> None:
    session = await tomorrow(village, ada)
    text = await village.command(ada, "checkin", answer=answer, session=session)
    assert "is not the day of that session yet" in text


async def test_a_session_to_come_has_buttons_for_what_can_be_said_of_it(
    village: Village, ada: MemberActor
) -> None:
    shown = await ada.slash(village.channel, "checkin")
    assert shown.response is not None
    labels = labels_of(shown.response)
    assert labels[:4] == ["Done", "Part of it", "Can't today", "My back hurts"]
    assert set(labels[4:]) == {"Can't today", "My back hurts"}


async def test_who_walks_before_the_prompt_comes_speaks_of_today(
    village: Village, ada: MemberActor
) -> None:
    await village.until("2026-03-03", "06:50")
    text = await village.command(ada, "checkin", answer="done")
    assert "<t:1772519400:F>" in text
    await village.until("2026-03-03", "08:00")
    assert "Ada" in text_of(village.prompt())
    assert "Ada" not in text_of(village.prompts()[0])


async def test_after_midnight_the_session_that_is_open_is_meant(
    village: Village, ada: MemberActor
) -> None:
    await village.until("2026-03-03", "00:30")
    assert "<t:1772433000:F>" in await village.command(ada, "checkin", answer="done")


async def test_having_been_there_can_be_said_from_midnight(
    village: Village, ada: MemberActor
) -> None:
    session = await tomorrow(village, ada)
    await village.until("2026-03-03", "00:00")
    text = await village.command(ada, "checkin", answer="done", session=session)
    assert "in a row" in text
    await village.until("2026-03-03", "08:00")
    assert "Ada" in text_of(village.prompt())


async def test_an_answer_is_taken_back(village: Village, ada: MemberActor) -> None:
    await village.command(ada, "checkin", answer="done")
    assert "Taken back" in await village.command(ada, "checkin", answer="undo")
    assert "Ada" not in text_of(village.prompt())


async def test_where_nothing_was_answered_there_is_nothing_to_take_back(
    village: Village, ada: MemberActor
) -> None:
    assert "nothing to take back" in await village.command(ada, "checkin", answer="undo")


@pytest.mark.parametrize("session", ["1", "nonsense", "", "9" * 40, "\uff11\uff12"])
async def test_a_session_that_is_not_there_is_said_to_be_gone(
    village: Village, ada: MemberActor, session: str
) -> None:
    text = await village.command(ada, "checkin", answer="done", session=session)
    assert "cannot find that session" in text


async def test_a_session_that_was_called_off_takes_no_answer(
    village: Village, ada: MemberActor
) -> None:
    session = await tomorrow(village, ada)
    await village.command(village.rosa, "schedule skip", first="2026-03-03")
    text = await village.command(ada, "checkin", answer="rest", session=session)
    assert "was called off" in text


async def test_without_a_group_there_is_nothing_to_answer(village: Village) -> None:
    ada = village.newcomer("Ada")
    assert "no session to answer" in await village.command(ada, "checkin")
    assert "no session for you" in await village.command(ada, "checkin", answer="done")


async def test_another_groups_session_takes_no_answer_from_outside(
    village: Village, ada: MemberActor
) -> None:
    offered = await ada.autocomplete(village.channel, "checkin", "session", "")
    bo = village.newcomer("Bo")
    text = await village.command(bo, "checkin", answer="done", session=offered[0]["value"])
    assert "not in this group yet" in text


async def test_a_session_that_settled_two_days_ago_is_no_longer_offered(
    village: Village, ada: MemberActor
) -> None:
    await village.until("2026-03-05", "03:01")
    offered = await ada.autocomplete(village.channel, "checkin", "session", "2 mar")
    assert offered == []


async def test_answers_to_the_command_are_private(village: Village, ada: MemberActor) -> None:
    result = await ada.slash(village.channel, "checkin", answer="sore")
    assert result.ephemeral
    assert [one.id for one in village.posted()] == [village.prompt().id]


async def tomorrow(village: Village, who: MemberActor) -> str:
    """The id of Tuesday's session, as the picker gives it."""
    offered = await who.autocomplete(village.channel, "checkin", "session", "3 mar")
    return offered[0]["value"]


async def test_undo_without_a_session_means_the_last_answer_that_was_given(
    village: Village, ada: MemberActor
) -> None:
    await village.command(ada, "checkin", answer="done")
    await village.wait(minutes=5)
    session = await tomorrow(village, ada)
    await village.command(ada, "checkin", answer="rest", session=session)
    assert "<t:1772519400:F>" in await village.command(ada, "checkin", answer="undo")
    assert "Ada" in text_of(village.prompt())
    assert "<t:1772433000:F>" in await village.command(ada, "checkin", answer="undo")
    assert "nothing to take back" in await village.command(ada, "checkin", answer="undo")


async def test_undo_without_a_session_means_the_latest_that_was_answered(
    village: Village, ada: MemberActor
) -> None:
    await village.command(ada, "checkin", answer="done")
    await village.until("2026-03-03", "08:00")
    # Tuesday's prompt is there and unanswered; Monday has settled, so it is asked for twice.
    asked = await village.command(ada, "checkin", answer="undo")
    assert "Take it back?" in asked
    assert "Your answer is ✅ Done" in asked
