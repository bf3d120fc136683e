"""Milestones: a word to the one who reached it, and a quiet line for everyone."""

from __future__ import annotations

from datetime import timedelta

from simcord import InteractionResult, MemberActor

from tests.end_to_end.cards import said, text_of
from tests.end_to_end.village import Village


async def undo(who: MemberActor, receipt: InteractionResult) -> None:
    assert receipt.response is not None
    await who.click(receipt.response, label="Undo")


async def test_the_first_session_is_told_to_its_member_and_in_the_tally(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    assert "That was your first session here." in await village.answer(ada)
    assert "🏅 Ada: first session" in text_of(village.prompt())


async def test_the_seventh_is_told_when_it_comes(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.walk(ada, *(f"2026-03-0{day}" for day in range(2, 8)))
    assert "🏅" not in text_of(village.prompt())
    await village.until("2026-03-08", "08:00")
    assert "That was your 7th session." in await village.answer(ada)
    assert "🏅 Ada: 7 sessions" in text_of(village.prompt())


async def test_several_stand_on_one_line_and_only_with_consent(village: Village) -> None:
    people = [await village.member(name, "named") for name in ("Ada", "@everyone")]
    people.append(await village.member("Cy", "shown"))
    await village.until("2026-03-02", "08:00")
    for who in people:
        await village.answer(who)
    (line,) = [one for one in text_of(village.prompt()).splitlines() if "🏅" in one]
    assert line == "🏅 Ada and @\u200beveryone: first session"


async def test_undo_takes_the_line_away_and_redo_tells_nobody_again(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    receipt = await ada.click(village.prompt(), label="Done")
    await undo(ada, receipt)
    assert "🏅" not in text_of(village.prompt())
    again = await village.answer(ada)
    assert "first session" not in again
    assert "🏅 Ada: first session" in text_of(village.prompt())


async def test_after_a_restart_it_is_not_told_again(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    receipt = await ada.click(village.prompt(), label="Done")
    await village.restart(timedelta(minutes=5))
    await undo(ada, receipt)
    assert "first session" not in await village.answer(ada)
    assert "🏅 Ada: first session" in text_of(village.prompt())


async def test_whoever_comes_back_after_two_weeks_is_welcomed(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-18", "08:00")
    told = await village.answer(ada)
    assert told.count("You are back after a break") == 1
    assert "🏅 Ada: welcome back" in text_of(village.prompt())


async def test_thirty_minutes_in_one_go_are_told(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.walk(ada, "2026-03-02")
    shown = await ada.slash(village.channel, "checkin", answer="done", how_much="32 min")
    assert "Your first 30 minutes in one go." in said(shown)
    line = "🏅 Ada: 30 minutes in one go · Ada: first session"
    assert line in text_of(village.prompt())


async def test_minutes_together_stand_in_the_tally_once_the_day_is_over(village: Village) -> None:
    for name in ("Ada", "Bo"):
        who = await village.member(name)
        await village.until("2026-03-02", "08:00")
        await village.command(who, "checkin", answer="done", how_much="500 min")
    prompt = village.prompt()
    await village.until("2026-03-03", "04:00")
    assert prompt.id == village.prompts()[0].id
    assert "Together you have been at it for 1,000 minutes." in text_of(village.prompts()[0])
