"""Saying more: the form of details, and being asked again later."""

from __future__ import annotations

import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from tests.end_to_end.cards import labels_of, said, text_of
from tests.end_to_end.village import Village


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    """A named member, with Monday's prompt just posted."""
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    return ada


async def open_form(village: Village, who: MemberActor) -> InteractionResult:
    shown = await who.click(village.prompt(), label="Say more")
    assert shown.modal is not None, said(shown)
    return shown


async def test_what_is_said_in_the_form_is_shown_back_and_counts_as_done(
    village: Village, ada: MemberActor
) -> None:
    shown = await open_form(village, ada)
    filled = {"how_much": "35 min", "activity": ["bike"], "effort": ["4"], "note": "By the *river*"}
    result = await ada.submit_modal(shown, filled)
    text = said(result)
    assert result.ephemeral
    assert "Noted: Exercise bike · 35 minutes." in text
    assert "Effort: 4 of 10." in text
    assert "Your note: By the \\*river\\*" in text
    assert "1 session in a row" in text
    public = text_of(village.prompt())
    assert "Ada" in public
    assert "river" not in public


async def test_the_form_keeps_the_answer_that_was_given(village: Village, ada: MemberActor) -> None:
    await village.answer(ada, "Part of it")
    shown = await open_form(village, ada)
    text = said(await ada.submit_modal(shown, {"how_much": "10 min", "activity": ["walk"]}))
    assert "Part of it" in text
    assert "10 minutes" in text


async def test_the_form_opens_with_what_was_said_before(village: Village, ada: MemberActor) -> None:
    await ada.submit_modal(
        await open_form(village, ada), {"how_much": "35 min", "activity": ["walk"], "note": "Sunny"}
    )
    shown = str((await open_form(village, ada)).modal)
    assert "35 min" in shown
    assert "Sunny" in shown


async def test_an_amount_that_cannot_be_read_loses_nothing_of_the_rest(
    village: Village, ada: MemberActor
) -> None:
    shown = await open_form(village, ada)
    filled = {"how_much": "a good while", "activity": ["walk"], "note": "Met a heron"}
    result = await ada.submit_modal(shown, filled)
    text = said(result)
    assert "a good while" in text
    assert "Met a heron" in text
    assert result.response is not None
    assert "Say more" in labels_of(result.response)


async def test_a_word_after_the_form_loses_nothing_of_it(
    village: Village, ada: MemberActor
) -> None:
    filled = {"how_much": "35 min", "activity": ["walk"], "effort": ["4"], "note": "Saw a heron"}
    await ada.submit_modal(await open_form(village, ada), filled)
    text = await village.command(ada, "checkin", answer="done", how_much="40 min")
    assert "40 minutes" in text
    assert "Effort: 4 of 10." in text
    assert "Saw a heron" in text
    assert "Saw a heron" in await village.answer(ada, "Part of it")


async def test_an_undo_brings_back_what_was_said_with_the_answer_before(
    village: Village, ada: MemberActor
) -> None:
    first = await ada.submit_modal(
        await open_form(village, ada), {"how_much": "35 min", "activity": ["walk"]}
    )
    assert "35 minutes" in said(first)
    second = await ada.click(village.prompt(), label="Can't today")
    assert second.response is not None
    back = said(await ada.click(second.response, label="Undo"))
    assert "35 minutes" in back


async def test_before_the_day_has_begun_the_form_takes_nothing(village: Village) -> None:
    bo = await village.member("Bo")
    await village.until("2026-03-02", "08:00")
    shown = await open_form(village, bo)
    await village.until("2026-03-06", "08:00")
    text = said(await bo.submit_modal(shown, {"how_much": "20 min", "activity": ["walk"]}))
    assert "Noted" not in text


async def test_a_stranger_gets_a_kind_word_instead_of_the_form(village: Village) -> None:
    await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    result = await village.newcomer("Zoe").click(village.prompt(), label="Say more")
    assert result.modal is None
    assert "join" in said(result).lower()


async def test_who_wants_to_be_asked_later_is_asked_in_an_hour_and_nobody_else(
    village: Village, ada: MemberActor
) -> None:
    bo = await village.member("Bo")
    result = await ada.click(village.prompt(), label="Ask me in an hour")
    assert result.ephemeral
    assert "<t:1772438400:t>" in said(result)  # nine
    await village.until("2026-03-02", "08:59")
    assert village.letters(ada) == []
    await village.until("2026-03-02", "09:01")
    [letter] = village.letters(ada)
    assert "asked again" in text_of(letter)
    assert village.letters(bo) == []
    assert "Well done" in said(await ada.user.click(letter, label="Done"))


async def test_who_has_answered_meanwhile_is_not_asked(village: Village, ada: MemberActor) -> None:
    await ada.click(village.prompt(), label="Ask me in an hour")
    await village.answer(ada)
    await village.until("2026-03-02", "10:00")
    assert village.letters(ada) == []


async def test_asking_to_be_asked_again_moves_the_hour(village: Village, ada: MemberActor) -> None:
    await ada.click(village.prompt(), label="Ask me in an hour")
    await village.until("2026-03-02", "08:30")
    await ada.click(village.prompt(), label="Ask me in an hour")
    await village.until("2026-03-02", "09:15")
    assert village.letters(ada) == []
    await village.until("2026-03-02", "09:31")
    assert len(village.letters(ada)) == 1
    await ada.click(village.prompt(), label="Ask me in an hour")
    await village.until("2026-03-02", "10:35")
    assert len([one for one in village.letters(ada) if "asked again" in text_of(one)]) == 2


async def test_whoever_has_answered_or_comes_too_late_is_told_so(
    village: Village, ada: MemberActor
) -> None:
    await village.answer(ada)
    assert "answered" in said(await ada.click(village.prompt(), label="Ask me in an hour"))
    bo = await village.member("Bo")
    await village.until("2026-03-03", "02:30")
    assert "closes" in said(await bo.click(village.prompt(), label="Ask me in an hour"))
