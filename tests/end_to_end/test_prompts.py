"""Prompts come once, at the right wall-clock minute, and show who came as each of them wishes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.end_to_end.cards import labels_of, text_of
from tests.end_to_end.village import Village, open_village


@pytest.mark.parametrize(
    ("zone", "change_on", "at"),
    [
        ("Europe/Berlin", date(2026, 3, 29), "07:30"),
        ("Europe/Berlin", date(2026, 10, 25), "07:30"),
        ("America/New_York", date(2026, 3, 8), "18:05"),
        ("Australia/Lord_Howe", date(2026, 4, 5), "06:15"),
        ("Asia/Kathmandu", date(2026, 3, 29), "05:45"),
        ("Africa/Casablanca", date(2026, 3, 22), "08:00"),
    ],
)
async def test_prompts_keep_the_wall_clock_time_through_a_clock_change(
    sqlite_url: str, zone: str, change_on: date, at: str
) -> None:
    eve = datetime.combine(change_on, datetime.min.time(), ZoneInfo(zone)) - timedelta(days=1)
    async with open_village(sqlite_url, start=eve.astimezone(UTC)) as village:
        await village.set_up(zone)
        await village.create()
        await village.plan("daily", at)
        await village.until(str(change_on + timedelta(days=1)), "23:00")
        local = [one.created_at.astimezone(ZoneInfo(zone)) for one in village.prompts()]
        days = [change_on + timedelta(days=n) for n in (-1, 0, 1)]
        assert [f"{one:%Y-%m-%d %H:%M:%S}" for one in local] == [f"{on} {at}:00" for on in days]


@pytest.mark.parametrize(
    ("day", "posted_at"),
    [
        ("2026-03-29", "2026-03-29 01:30:00+00:00"),  # 02:30 does not exist: 03:30 it is
        ("2026-10-25", "2026-10-25 00:30:00+00:00"),  # 02:30 comes twice: the first one
    ],
)
async def test_a_time_that_a_clock_change_skips_or_repeats_has_one_prompt(
    sqlite_url: str, day: str, posted_at: str
) -> None:
    start = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    async with open_village(sqlite_url, start=start.astimezone(UTC)) as village:
        await village.set_up()
        await village.create()
        await village.plan("sun", "02:30")
        await village.until(day, "23:00")
        assert [str(one.created_at) for one in village.prompts()] == [posted_at]


async def test_a_prompt_has_the_four_answers(village: Village) -> None:
    await village.until("2026-03-02", "07:30")
    assert labels_of(village.prompt())[:4] == ["Done", "Part of it", "Can't today", "My back hurts"]


async def test_a_prompt_says_what_is_planned_and_until_when(village: Village) -> None:
    await village.until("2026-03-02", "07:30")
    text = text_of(village.prompt())
    assert "## Early birds" in text
    assert "Walk, 20 minutes" in text
    assert "Open until <t:1772503200:F>" in text  # Tuesday, three in the morning in Berlin
    assert "late" not in text


async def test_no_prompt_comes_before_its_minute(village: Village) -> None:
    await village.until("2026-03-02", "07:29")
    assert village.prompts() == []


async def test_two_groups_of_one_time_have_a_prompt_each(village: Village) -> None:
    await village.create("Night owls")
    await village.plan(group="Night owls")
    await village.until("2026-03-02", "07:30")
    heads = [text_of(one).splitlines()[0] for one in village.prompts()]
    assert sorted(heads) == ["## Early birds", "## Night owls"]


async def test_a_group_posts_in_its_own_channel(bare: Village) -> None:
    await bare.set_up()
    park = bare.world.guild.create_text_channel("park")
    await bare.create(channel=park)
    await bare.plan()
    await bare.until("2026-03-02", "07:30")
    assert bare.prompts() == []
    assert len(bare.prompts(park)) == 1


async def test_a_slot_added_after_its_minute_begins_the_day_after(village: Village) -> None:
    await village.until("2026-03-02", "18:30")
    await village.plan("daily", "18:00", minutes=10)
    await village.until("2026-03-03", "12:00")
    assert len(village.prompts()) == 2
    await village.until("2026-03-03", "18:00")
    assert "10 minutes" in text_of(village.prompt())


async def test_a_prompt_pings_nobody(village: Village) -> None:
    await village.member("Ada", "named", "pinged")
    await village.until("2026-03-02", "07:30")
    assert village.prompt().mentions == []


async def test_the_tally_names_only_those_who_agreed(village: Village) -> None:
    ada, bo = await village.member("Ada", "named"), await village.member("Bo", "shown")
    await village.until("2026-03-02", "08:00")
    await village.answer(ada)
    await village.answer(bo, "Part of it")
    text = text_of(village.prompt())
    assert "**Out walking:** Ada and 1 more" in text
    assert "Bo" not in text


async def test_the_tally_counts_where_nobody_wants_to_be_named(village: Village) -> None:
    ada = await village.member("Ada")
    await village.member("Bo")
    await village.until("2026-03-02", "08:00")
    await village.answer(ada)
    assert "**Out walking:** 1 person" in text_of(village.prompt())


async def test_the_tally_does_not_tell_who_rests_and_who_is_sore(village: Village) -> None:
    ada, bo = await village.member("Ada", "named"), await village.member("Bo", "named")
    await village.until("2026-03-02", "08:00")
    await village.answer(ada, "Can't today")
    await village.answer(bo, "My back hurts")
    text = text_of(village.prompt())
    assert "**Resting:** 2 people" in text
    assert "Ada" not in text
    assert "Bo" not in text


async def test_the_tally_never_shows_who_has_not_answered(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.member("Bo", "named", "pinged", "shown")
    await village.until("2026-03-02", "08:00")
    await village.answer(ada)
    assert "Bo" not in text_of(village.prompt())


async def test_the_tally_names_at_most_twenty(village: Village) -> None:
    walkers = [await village.member(f"Walker {n}", "named") for n in range(23)]
    await village.until("2026-03-02", "08:00")
    for walker in walkers:
        await village.answer(walker)
    tally = next(one for one in text_of(village.prompt()).splitlines() if "Out walking" in one)
    assert tally.count("Walker") == 20
    assert "and 3 more" in tally


async def test_wild_names_are_shown_as_they_are_in_the_tally(village: Village) -> None:
    wild = await village.member("*@here* _x_", "named")
    await village.member("Bo")
    await village.until("2026-03-02", "08:00")
    await village.answer(wild)
    assert r"\*@" + "\u200b" + r"here\* \_x\_" in text_of(village.prompt())
    assert not village.prompt().mention_everyone


async def test_when_everyone_came_the_prompt_says_so(village: Village) -> None:
    ada, bo = await village.member("Ada"), await village.member("Bo")
    await village.until("2026-03-02", "08:00")
    await village.answer(ada)
    before = text_of(village.prompt())
    await village.answer(bo)
    after = text_of(village.prompt())
    assert len(after.splitlines()) == len(before.splitlines()) + 1


async def test_a_settled_prompt_still_takes_late_answers_and_redraws(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    monday = village.prompt()
    await village.until("2026-03-03", "06:00")
    assert "1 session in a row" in await village.answer(ada, message=monday)
    await village.wait(minutes=2)
    text = text_of(village.prompts()[0])
    assert "Ada" in text
    assert "This session has closed" in text


async def test_who_wants_to_be_named_no_longer_is_taken_off_the_prompt(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    await village.answer(ada)
    assert "Ada" in text_of(village.prompt())
    await village.join(ada)
    assert "Ada" not in text_of(village.prompt())
