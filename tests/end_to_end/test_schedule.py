"""The schedule: adding to it, taking from it, days off, and who may."""

from __future__ import annotations

import pytest
from simcord import SetupError
from sqlalchemy import delete

from bot.storage.tables import organisers
from tests.end_to_end.cards import text_of
from tests.end_to_end.village import Village


@pytest.fixture
async def empty(bare: Village) -> Village:
    """A group without a schedule."""
    await bare.set_up()
    await bare.create()
    return bare


async def test_a_new_line_is_shown_with_what_comes_of_it(empty: Village) -> None:
    text = await empty.plan("mon, wed", "7:30 pm", minutes=45)
    assert "Monday and Wednesday at 19:30: Walk, 45 minutes" in text
    assert "Europe/Berlin time" in text
    assert "<t:1772476200:F>" in text  # Monday the 2nd, 18:30 UTC


async def test_an_empty_schedule_says_how_to_fill_it(empty: Village) -> None:
    assert "`/schedule add`" in await empty.command(empty.rosa, "schedule show")


@pytest.mark.parametrize("at", ["25:00", "7:60", "soon", "7", "13 pm", "", "\u0667:\u0663\u0660"])
async def test_an_impossible_time_is_refused(empty: Village, at: str) -> None:
    assert "as a time of day. Write it like 07:30" in await empty.plan("mon", at)
    assert await nothing_planned(empty)


@pytest.mark.parametrize("days", ["", "noday", "m", "mon tuesdayish", "2026-03-02", "* * *"])
async def test_days_that_are_none_are_refused(empty: Village, days: str) -> None:
    assert 'as weekdays. Write them like "mon, thu"' in await empty.plan(days)
    assert await nothing_planned(empty)


@pytest.mark.parametrize("minutes", [0, -5, 241, 10**9])
async def test_discord_itself_keeps_minutes_within_bounds(empty: Village, minutes: int) -> None:
    with pytest.raises(SetupError):
        await empty.plan(minutes=minutes)


async def test_a_first_day_in_the_past_is_refused(empty: Village) -> None:
    assert "That day is over" in await empty.plan(first="2026-03-01")
    assert await nothing_planned(empty)


@pytest.mark.parametrize(
    "first", ["2026-02-30", "tomorrow", "02.03.2026", "20260302x", "9999-12-31"]
)
async def test_a_date_that_is_none_is_refused(empty: Village, first: str) -> None:
    assert "as a date. Write it like 2026-03-31" in await empty.plan(first=first)
    assert await nothing_planned(empty)


@pytest.mark.parametrize(
    "wish",
    [
        {"days": "sun", "first": "2026-03-02", "last": "2026-03-05"},
        {"days": "mon", "first": "2026-03-05", "last": "2026-03-04"},
    ],
)
async def test_a_line_that_never_occurs_is_refused(empty: Village, wish: dict[str, str]) -> None:
    assert "no session would ever take place" in await empty.plan(**wish)
    assert await nothing_planned(empty)


async def test_the_same_line_twice_is_refused(empty: Village) -> None:
    await empty.plan("mon, wed", "07:30")
    assert "is in the schedule already" in await empty.plan("wed", "7:30")
    assert (await empty.command(empty.rosa, "schedule show")).count("07:30") == 1


async def test_another_time_of_the_same_day_is_another_line(empty: Village) -> None:
    await empty.plan("mon", "07:30")
    assert "Added to" in await empty.plan("mon", "18:00")


async def test_a_schedule_takes_fourteen_lines(empty: Village) -> None:
    for hour in range(6, 20):
        assert "Added to" in await empty.plan("mon", f"{hour}:00")
    assert "has 14 lines already" in await empty.plan("mon", "20:00")


async def test_a_line_can_be_for_some_weeks_only(empty: Village) -> None:
    text = await empty.plan("mon", "07:30", every_weeks=2, last="2026-05-31")
    assert "every 2 weeks" in text
    assert "until Sunday, 31 May 2026" in text


async def test_the_coming_two_weeks_are_shown_in_each_readers_time(village: Village) -> None:
    text = await village.command(village.newcomer("Ada"), "schedule show")
    assert "Times are in Europe/Berlin" in text
    assert text.count(":F>") == 15  # today's, and one on each day of two weeks


async def test_a_line_is_removed_by_what_the_picker_offers(village: Village) -> None:
    offered = await village.rosa.autocomplete(village.channel, "schedule remove", "slot", "07")
    slot = offered[0]["value"]
    text = await village.command(village.rosa, "schedule remove", slot=slot)
    assert "Removed from the schedule" in text
    await village.until("2026-03-02", "12:00")
    assert village.prompts() == []


async def test_a_removed_line_leaves_a_posted_prompt_alone(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    offered = await village.rosa.autocomplete(village.channel, "schedule remove", "slot", "")
    await village.command(village.rosa, "schedule remove", slot=offered[0]["value"])
    assert "1 session in a row" in await village.answer(ada)
    await village.until("2026-03-04", "12:00")
    assert len(village.prompts()) == 1


@pytest.mark.parametrize("slot", ["", "7", "nonsense", "9" * 30, "²"])
async def test_a_line_that_is_not_there_cannot_be_removed(village: Village, slot: str) -> None:
    text = await village.command(village.rosa, "schedule remove", slot=slot)
    assert "cannot find that line" in text


async def test_a_line_removed_twice_is_gone_the_second_time(village: Village) -> None:
    offered = await village.rosa.autocomplete(village.channel, "schedule remove", "slot", "")
    slot = offered[0]["value"]
    await village.command(village.rosa, "schedule remove", slot=slot)
    text = await village.command(village.rosa, "schedule remove", slot=slot)
    assert "cannot find that line" in text


async def test_a_removed_line_can_be_added_again(village: Village) -> None:
    offered = await village.rosa.autocomplete(village.channel, "schedule remove", "slot", "")
    await village.command(village.rosa, "schedule remove", slot=offered[0]["value"])
    assert "Added to" in await village.plan()
    await village.until("2026-03-02", "08:00")
    assert len(village.prompts()) == 1


async def test_a_day_off_has_no_prompt_and_costs_nobody_anything(village: Village) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    text = await village.command(village.rosa, "schedule skip", first="2026-03-03")
    assert "Tuesday, 3 March 2026 is a day off" in text
    await village.walk(ada, "2026-03-04")
    assert len(village.prompts()) == 2
    await village.until("2026-03-05", "06:00")
    assert "**2** in a row" in await village.command(ada, "me")


async def test_a_day_off_beyond_what_is_planned_is_kept(village: Village) -> None:
    await village.command(village.rosa, "schedule skip", first="2026-03-20")
    assert "20 March 2026" in await village.command(village.rosa, "schedule show")
    await village.until("2026-03-20", "12:00")
    days = {one.created_at.day for one in village.prompts()}
    assert 20 not in days
    assert 19 in days


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-01", "That day is over"),
        ("2026-03-07", "There is no session on that day"),
        ("someday", "as a date"),
        ("2031-01-01", "as a date"),
    ],
)
async def test_a_day_that_cannot_be_off_is_refused(empty: Village, day: str, said: str) -> None:
    await empty.plan("mon, tue")
    assert said in await empty.command(empty.rosa, "schedule skip", first=day)


async def test_a_day_whose_prompt_is_posted_cannot_be_off(village: Village) -> None:
    await village.until("2026-03-02", "08:00")
    text = await village.command(village.rosa, "schedule skip", first="2026-03-02")
    assert "already posted" in text
    assert "Open until" in text_of(village.prompt())


async def test_a_day_called_off_twice_stays_off(village: Village) -> None:
    await village.command(village.rosa, "schedule skip", first="2026-03-03")
    text = await village.command(village.rosa, "schedule skip", first="2026-03-03")
    assert "is a day off" in text
    log = await village.command(village.rosa, "report log")
    assert log.count("called off: Tuesday, 3 March 2026") == 1


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("schedule add", {"days": "mon", "at": "18:00"}),
        ("schedule remove", {"slot": "1"}),
        ("schedule skip", {"first": "2026-03-03"}),
    ],
)
async def test_only_organisers_change_the_schedule(
    village: Village, command: str, options: dict[str, str]
) -> None:
    ada = await village.member("Ada")
    text = await village.command(ada, command, **options)
    assert "Organisers of the group can do this" in text
    shown = await village.command(ada, "schedule show")
    assert "18:00" not in shown
    assert "Days off" not in shown


async def test_an_organiser_without_manage_server_may(bare: Village) -> None:
    await bare.set_up()
    ada = bare.newcomer("Ada")
    await bare.create(who=ada)
    assert "Added to" in await bare.command(ada, "schedule add", days="mon", at="07:30")


async def test_a_demoted_organiser_may_no_longer(bare: Village) -> None:
    await bare.set_up()
    ada = bare.newcomer("Ada")
    await bare.create(who=ada)
    await bare.db.write(lambda conn: conn.execute(delete(organisers)))
    text = await bare.command(ada, "schedule add", days="mon", at="07:30")
    assert "Organisers of the group can do this" in text


async def test_a_manager_who_lost_the_right_may_no_longer(village: Village) -> None:
    you, steward = village.world.you, village.world.guild.roles["Steward"]
    text = await village.command(you, "schedule skip", first="2026-03-03")
    assert "is a day off" in text
    village.env.backend.remove_member_role(village.world.guild.id, you.id, steward.id)
    text = await village.command(you, "schedule skip", first="2026-03-04")
    assert "Organisers of the group can do this" in text


async def nothing_planned(village: Village) -> bool:
    """Say whether the schedule is empty, so that nothing half-done stays behind."""
    return "Nothing is planned yet" in await village.command(village.rosa, "schedule show")
