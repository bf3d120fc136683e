"""One's own page, the board, pauses, and help."""

from __future__ import annotations

import re

import pytest

from tests.end_to_end.cards import labels_of, said, text_of
from tests.end_to_end.village import GROUP, Village


async def test_without_a_group_ones_page_says_how_to_find_one(village: Village) -> None:
    assert "`/group list`" in await village.command(village.newcomer("Ada"), "me")


async def test_ones_page_shows_streaks_week_and_what_comes(village: Village) -> None:
    ada = await village.member("Ada", goal=5)
    await village.walk(ada, "2026-03-02", "2026-03-03")
    await village.until("2026-03-04", "06:00")
    text = await village.command(ada, "me")
    assert "**2** in a row · best **2**\n" in text
    assert "**2** kept, your goal is **5**" in text
    assert "<t:1772605800:F>" in text


async def test_ones_page_shows_every_group_one_is_in(village: Village) -> None:
    await village.create("Night owls")
    ada = village.newcomer("Ada")
    await village.join(ada, group=GROUP)
    await village.join(ada, group="Night owls")
    text = await village.command(ada, "me")
    assert "## Early birds" in text
    assert "## Night owls" in text


async def test_ones_page_asks_for_what_is_still_open(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    page = await ada.slash(village.channel, "me")
    assert page.response is not None
    assert "Still open" in said(page)
    assert "1 session in a row" in said(await ada.click(page.response, label="Done"))


async def test_a_week_in_which_the_goal_was_met_counts(village: Village) -> None:
    ada = await village.member("Ada", goal=3)
    await village.walk(ada, "2026-03-02", "2026-03-04", "2026-03-06")
    await village.until("2026-03-09", "06:00")
    assert "**1** week in a row" in await village.command(ada, "me")


async def test_the_board_shows_those_who_chose_to_be_shown(village: Village) -> None:
    ada, bo = await village.member("Ada", "shown"), await village.member("Bo", "named")
    await village.walk(ada, "2026-03-02")
    await village.walk(bo, "2026-03-02")
    await village.until("2026-03-03", "06:00")
    text = await village.command(bo, "leaderboard")
    assert "Ada" in text
    assert "Bo" not in text
    assert "**All together:** 2 sessions, 40 minutes" in text
    assert "Your own place: **1**" in text
    assert "You chose not to appear on boards" in text


async def test_equal_values_share_a_rank(village: Village) -> None:
    ada, bo, cy = [await village.member(name, "shown") for name in ("Ada", "Bo", "Cy")]
    await village.walk(ada, "2026-03-02")
    for who in (ada, bo):
        await village.walk(who, "2026-03-03")
    await village.walk(cy, "2026-03-03")
    await village.until("2026-03-04", "06:00")
    board = await village.command(ada, "leaderboard")
    ranks = [re.findall(r"\d", line_of(name, board))[0] for name in ("Ada", "Bo", "Cy")]
    assert ranks == ["1", "2", "2"]


async def test_nobody_stands_on_the_board_with_nothing(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    await village.member("Bo", "shown")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-03", "06:00")
    assert "Bo" not in await village.command(ada, "leaderboard")


async def test_an_empty_board_says_how_it_opens(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    assert "The first session opens the board" in await village.command(ada, "leaderboard")


async def test_who_left_is_off_the_board(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-03", "06:00")
    await village.command(ada, "group leave")
    assert "Ada" not in await village.command(village.rosa, "leaderboard")


async def test_a_late_answer_moves_the_board(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    await village.until("2026-03-03", "06:00")
    await village.answer(ada, message=village.prompts()[0])
    assert "· 1" in line_of("Ada", await village.command(ada, "leaderboard"))


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("streak", "· 2"),
        ("best", "· 2"),
        ("kept", "2 sessions"),
        ("minutes", "1 hour 5 minutes"),
        ("share", "67 %"),
    ],
)
async def test_the_board_can_be_of_many_things(village: Village, metric: str, value: str) -> None:
    ada = await village.member("Ada", "shown")
    await village.until("2026-03-03", "08:00")
    await village.command(ada, "checkin", answer="done", how_much="45 min")
    await village.walk(ada, "2026-03-04")
    await village.until("2026-03-05", "06:00")
    text = await village.command(ada, "leaderboard", metric=metric, period="all")
    assert value in line_of("Ada", text)


async def test_a_week_on_the_board_begins_on_monday(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02", "2026-03-08", "2026-03-09")
    await village.until("2026-03-10", "06:00")
    text = await village.command(ada, "leaderboard", metric="kept", period="week")
    assert "1 session" in line_of("Ada", text)


async def test_the_board_is_private_unless_it_is_shared(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    result = await ada.slash(village.channel, "leaderboard")
    assert result.ephemeral


async def test_a_shared_board_keeps_ones_own_place_private(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-03", "06:00")
    village.public_answers = 1
    result = await ada.slash(village.channel, "leaderboard", share=True)
    assert not result.ephemeral
    assert result.response is not None
    assert "Your own place" not in text_of(result.response)
    assert [one.ephemeral for one in result.followups] == [True]
    assert "Your own place" in text_of(result.followups[0])


async def test_a_pause_keeps_the_streak_and_ends_when_one_is_back(village: Village) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-03", "06:00")
    assert "begins on Tuesday, 3 March 2026" in await village.command(ada, "pause start")
    await village.until("2026-03-10", "06:00")
    assert "You are taking a pause" in await village.command(ada, "me")
    assert "Today counts again" in await village.command(ada, "pause end")
    await village.walk(ada, "2026-03-10")
    await village.until("2026-03-11", "06:00")
    assert "**2** in a row" in await village.command(ada, "me")


async def test_a_pause_can_be_set_ahead_and_ends_by_itself(village: Village) -> None:
    ada = await village.member("Ada")
    text = await village.command(ada, "pause start", first="2026-03-04", last="2026-03-05")
    assert "from Wednesday, 4 March 2026 to Thursday, 5 March 2026" in text
    for day in ("2026-03-02", "2026-03-03", "2026-03-06"):
        await village.walk(ada, day)
    await village.until("2026-03-07", "06:00")
    assert "**3** in a row" in await village.command(ada, "me")


async def test_a_pause_two_days_back_mends_a_miss(village: Village) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-04", "06:00")
    assert "** in a row" not in await village.command(ada, "me")
    text = await village.command(ada, "pause start", first="2026-03-03", last="2026-03-03")
    assert "1 session without an answer is excused by it. Counted anew" in text
    assert "**1** in a row" in await village.command(ada, "me")


async def test_an_answer_beats_a_pause(village: Village) -> None:
    ada = await village.member("Ada")
    await village.command(ada, "pause start")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-03", "06:00")
    assert "**1** in a row" in await village.command(ada, "me")


@pytest.mark.parametrize(
    "days",
    [
        {"first": "2026-03-05", "last": "2026-03-04"},
        {"first": "2026-02-20"},
        {"last": "2030-01-01"},
        {"first": "2030-01-01"},
    ],
)
async def test_a_pause_of_impossible_days_is_refused(
    village: Village, days: dict[str, str]
) -> None:
    ada = await village.member("Ada")
    assert "A pause begins at most two days back" in await village.command(
        ada, "pause start", **days
    )
    assert "not on a pause" in await village.command(ada, "pause end")


async def test_a_pause_with_an_unreadable_day_is_refused(village: Village) -> None:
    ada = await village.member("Ada")
    assert "as a date" in await village.command(ada, "pause start", first="soon")


async def test_only_members_pause(village: Village) -> None:
    text = await village.command(village.newcomer("Ada"), "pause start")
    assert "not in this group yet" in text


async def test_help_for_a_member_is_about_answering(village: Village) -> None:
    text = await village.command(await village.member("Ada"), "help")
    assert "`/checkin`" in text
    assert "For organisers" not in text
    assert "For people with Manage Server" not in text
    assert "not medical advice" in text


async def test_help_for_an_organiser_is_about_the_schedule_too(bare: Village) -> None:
    await bare.set_up()
    ada = bare.newcomer("Ada")
    await bare.create(who=ada)
    text = await bare.command(ada, "help")
    assert "For organisers" in text
    assert "For people with Manage Server" not in text


async def test_help_for_an_admin_is_about_setting_up_too(bare: Village) -> None:
    text = await bare.command(bare.world.you, "help")
    assert "For people with Manage Server" in text
    assert "For organisers" not in text


async def test_the_page_has_a_button_for_each_answer(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    page = await ada.slash(village.channel, "me")
    assert page.response is not None
    assert labels_of(page.response) == ["Done", "Part of it", "Can't today", "My back hurts"]


def line_of(name: str, board: str) -> str:
    """The line of a board on which somebody stands."""
    return next(line for line in board.splitlines() if name in line)
