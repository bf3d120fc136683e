"""The recap: a week in words on Monday, of those who agreed, and one message with the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from simcord import MemberActor

from bot.domain.encouragement import Kind
from bot.ui.words import words_in
from tests.end_to_end.cards import labels_of, text_of
from tests.end_to_end.village import Village

WEEK = [f"2026-03-0{day}" for day in range(2, 9)]


async def walked(village: Village, *days: str) -> tuple[MemberActor, MemberActor]:
    """Return Ada, who may be named, and Bo, who may not; both kept these days' sessions."""
    ada, bo = await village.member("Ada", "named"), await village.member("Bo", "shown")
    for day in days:
        await village.until(day, "08:00")
        for who in (ada, bo):
            await village.answer(who)
    return ada, bo


async def test_a_week_is_told_of_on_monday_at_nine(village: Village) -> None:
    await walked(village, *WEEK)
    await village.until("2026-03-09", "08:59")
    assert village.recaps() == []
    await village.wait(minutes=1)
    (recap,) = village.recaps()
    text = text_of(recap)
    assert "Early birds: the week of Monday, 2 March 2026" in text
    assert "📅 **7** sessions · 👟 **14** times out and about" in text
    assert "4 hours 40 minutes together" in text
    assert "Everyone came on Monday, Tuesday, Wednesday" in text
    assert "Next session: <t:" in text
    assert labels_of(recap) == ["My page"]


async def test_it_names_who_agreed_and_nobody_else(village: Village) -> None:
    await walked(village, *WEEK)
    await village.until("2026-03-09", "09:00")
    text = text_of(village.recaps()[0])
    assert "**Reached their own goal:** Ada\n" in text
    assert "🏅 Ada: 7 sessions · Ada: first session" in text
    assert "Bo" not in text


async def test_it_pings_nobody_and_shows_names_as_they_are(village: Village) -> None:
    wild = await village.member("@everyone **x**", "named", "pinged")
    await village.walk(wild, *WEEK[:3])
    await village.until("2026-03-09", "09:00")
    (recap,) = village.recaps()
    assert "@\u200beveryone \\*\\*x\\*\\*" in text_of(recap)
    assert not recap.mention_everyone
    assert recap.mentions == []


async def test_it_never_tells_who_was_not_there(village: Village) -> None:
    await village.member("Cy", "named", "shown")
    await walked(village, WEEK[0])
    await village.until("2026-03-09", "09:00")
    assert "Cy" not in text_of(village.recaps()[0])
    assert "missed" not in text_of(village.recaps()[0])


async def test_with_an_encouragement_of_the_day_it_is_one_message(village: Village) -> None:
    await walked(village, *WEEK[:6])
    await village.until("2026-03-09", "12:00")
    assert village.encouragements() == []
    (recap,) = village.recaps()
    assert "Thinking of" not in text_of(recap)  # It is not edited when Ada answers later.
    words = words_in()
    said = [words.say(key) for kind in Kind for key in words.keys(f"encourage.{kind}.")]
    assert any(one in text_of(recap) for one in said)
    assert text_of(recap).count("-# Next session") == 1


async def test_a_week_without_a_session_is_not_told_of(village: Village) -> None:
    await walked(village, *WEEK)
    await village.until("2026-03-09", "06:00")
    for day in range(9, 16):
        await village.command(village.rosa, "schedule skip", first=f"2026-03-{day:02}")
    await village.until("2026-03-16", "12:00")
    assert len(village.recaps()) == 1


async def test_a_group_in_which_nobody_answers_any_more_is_left_in_peace(village: Village) -> None:
    await walked(village, *WEEK)
    await village.until("2026-03-31", "12:00")
    assert [one.created_at.day for one in village.recaps()] == [9, 16]


async def test_it_can_be_turned_off(village: Village) -> None:
    shown = await village.command(village.rosa, "group edit", recap="off")
    assert "No weekly recap" in shown
    await walked(village, *WEEK)
    await village.until("2026-03-10", "12:00")
    assert village.recaps() == []


async def test_it_can_be_moved(village: Village) -> None:
    await walked(village, *WEEK)
    shown = await village.command(village.rosa, "group edit", recap="Monday 18:30")
    assert "Weekly recap: Monday at 18:30" in shown
    await village.until("2026-03-10", "12:00")
    assert [village.clock_of(one) for one in village.recaps()] == ["18:30"]


async def test_moved_to_an_earlier_time_it_comes_then(village: Village) -> None:
    await village.command(village.rosa, "group edit", recap="Monday 18:30")
    await walked(village, *WEEK)
    await village.command(village.rosa, "group edit", recap="mon 8 am")
    await village.until("2026-03-10", "12:00")
    assert [village.clock_of(one) for one in village.recaps()] == ["08:00"]


async def test_quiet_hours_hold_it_back(village: Village) -> None:
    await village.command(village.rosa, "group edit", recap="Sunday 23:00")
    await walked(village, *WEEK)
    await village.until("2026-03-16", "12:00")
    assert [village.clock_of(one) for one in village.recaps()] == ["07:00"]


async def test_what_is_no_time_is_refused(village: Village) -> None:
    told = await village.command(village.rosa, "group edit", recap="when it rains")
    assert 'Write them like "Monday 09:00", or "off".' in told


async def test_the_group_says_when_it_comes(village: Village) -> None:
    shown = await village.command(village.rosa, "group show")
    assert "Weekly recap: Monday at 09:00" in shown


@pytest.mark.parametrize("hour", ["08:59", "09:00"])
async def test_a_restart_makes_it_neither_two_nor_none(village: Village, hour: str) -> None:
    await walked(village, *WEEK)
    await village.until("2026-03-09", hour)
    await village.restart(timedelta(minutes=5))
    await village.until("2026-03-09", "12:00")
    assert len(village.recaps()) == 1


async def test_after_a_downtime_it_comes_late(village: Village) -> None:
    await walked(village, *WEEK)
    await village.until("2026-03-09", "08:00")
    await village.restart(timedelta(hours=6))
    assert [village.clock_of(one) for one in village.recaps()] == ["14:00"]


async def test_of_several_that_were_due_meanwhile_only_the_newest_comes(village: Village) -> None:
    await village.command(village.rosa, "group edit", recap="Wednesday 09:00")
    await walked(village, *WEEK, "2026-03-09", "2026-03-10")
    await village.until("2026-03-11", "08:00")
    await village.restart(timedelta(days=7, hours=6))
    await village.until("2026-03-20", "12:00")
    (recap,) = village.recaps()
    assert "the week of Monday, 9 March 2026" in text_of(recap)


async def test_a_return_after_a_break_is_a_part_of_it(village: Village) -> None:
    ada = await village.member("Ada", "named")
    bo = await village.member("Bo")
    await village.walk(ada, "2026-03-02")
    await village.walk(bo, "2026-03-12")
    await village.walk(ada, "2026-03-18")
    await village.until("2026-03-23", "09:00")
    assert "**Good to have back:** Ada" in text_of(village.recaps()[-1])
