"""A group's holidays: days called off in a row, taken back, and the group's own pause."""

from __future__ import annotations

import pytest

from bot.services import StorageError, claims
from tests.end_to_end.cards import text_of
from tests.end_to_end.village import Village


async def test_a_holiday_has_no_prompts_and_is_shown_as_a_range(village: Village) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    text = await village.command(
        village.rosa, "schedule skip", first="2026-03-02", last="2026-03-06"
    )
    assert "4 sessions are called off:" in text
    assert "1 prompt is already posted, and what is posted stays:" in text
    shown = await village.command(ada, "schedule show")
    assert "3–6 Mar: no sessions" in shown
    await village.until("2026-03-07", "08:00")
    assert len(village.prompts()) == 2
    assert "2 sessions in a row" in await village.answer(ada)


async def test_a_holiday_taken_back_has_its_prompts_once(village: Village) -> None:
    days = {"first": "2026-03-03", "last": "2026-03-06"}
    for _ in range(2):
        await village.command(village.rosa, "schedule skip", **days)
        text = await village.command(village.rosa, "schedule resume", **days)
        assert "4 sessions take place:" in text
    assert "No day off lies there" in await village.command(village.rosa, "schedule resume", **days)
    await village.restart()
    await village.until("2026-03-07", "06:00")
    assert len(village.prompts()) == 5


async def test_a_day_taken_back_shortly_before_its_start_rings_in_time(village: Village) -> None:
    await village.command(village.rosa, "schedule skip", first="2026-03-03")
    await village.until("2026-03-03", "07:29")
    await village.command(village.rosa, "schedule resume", first="2026-03-03")
    await village.until("2026-03-03", "07:31")
    assert [village.clock_of(one) for one in village.prompts()] == ["07:30", "07:30"]


async def test_where_the_database_fails_over_the_bell_the_day_is_back_and_it_is_said(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StorageError("the disk is full")

    await village.command(village.rosa, "schedule skip", first="2026-03-03")
    with monkeypatch.context() as patched:
        patched.setattr(claims, "next_due_at", fail)
        text = await village.command(village.rosa, "schedule resume", first="2026-03-03")
    assert "meets after all" in text
    await village.until("2026-03-03", "08:00")
    assert len(village.prompts()) == 2


async def test_a_group_takes_a_break_and_comes_back_early(village: Village) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    text = await village.command(village.rosa, "group pause", until="2026-03-31")
    assert "from Tuesday, 3 March 2026 through Tuesday, 31 March 2026" in text
    on_a_break = "On a break: no sessions through Tuesday, 31 March 2026"
    assert on_a_break in await village.command(ada, "group show")
    assert on_a_break in await village.command(ada, "group list")
    await village.restart()
    await village.until("2026-03-10", "06:00")
    assert len(village.prompts()) == 1
    assert "**1** in a row" in await village.command(ada, "me")
    text = await village.command(village.rosa, "group resume")
    assert "Early birds meets after all" in text
    assert "On a break" not in await village.command(ada, "group show")
    await village.until("2026-03-10", "08:00")
    assert len(village.prompts()) == 2
    assert "not on a pause" in await village.command(village.rosa, "group resume")


@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        ("schedule skip", {"first": "2026-03-05", "last": "2026-03-04"}, "before the first"),
        ("schedule skip", {"first": "2026-03-05", "last": "2026-12-24"}, "At most 92 days"),
        ("schedule skip", {"first": "2026-03-05", "last": "soon"}, "as a date"),
        ("schedule skip", {"first": "2026-03-05", "last": "9999-12-31"}, "At most 92 days"),
        ("schedule skip", {"first": "2026-03-01", "last": "2026-03-04"}, "That day is over"),
        ("schedule resume", {"first": "2026-03-01"}, "That day is over"),
        ("schedule resume", {"first": "**"}, "as a date"),
        ("schedule resume", {"first": "2026-03-05"}, "No day off lies there"),
        ("schedule resume", {"first": "2026-03-05", "last": "2026-03-04"}, "before the first"),
        ("group pause", {"until": "2026-03-01"}, "That day is over"),
        ("group pause", {"until": "2026-12-24"}, "At most 92 days"),
        ("group pause", {"until": "summer"}, "as a date"),
        ("group resume", {}, "not on a pause"),
    ],
)
async def test_what_cannot_be_is_refused_with_the_way_out(
    village: Village, command: str, options: dict[str, str], said: str
) -> None:
    assert said in await village.command(village.rosa, command, **options)
    assert "no sessions" not in await village.command(village.rosa, "schedule show")


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("schedule skip", {"first": "2026-03-03", "last": "2026-03-04"}),
        ("schedule resume", {"first": "2026-03-03"}),
        ("group pause", {"until": "2026-03-04"}),
        ("group resume", {}),
    ],
)
async def test_members_may_not(village: Village, command: str, options: dict[str, str]) -> None:
    ada = await village.member("Ada")
    assert "Organisers of the group can do this" in await village.command(ada, command, **options)
    await village.until("2026-03-02", "08:00")
    assert "Open until" in text_of(village.prompt())
