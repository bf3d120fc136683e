"""The page tells an account as a story: what came to pass, the words, who was back."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from tests.year.account import Away
from tests.year.almanac import DAY, clock
from tests.year.deeds import Left, Paused, Refused, Wished, Wishes
from tests.year.example import FRIDAY, WEDNESDAY, example
from tests.year.page import page
from tests.year.prose import listed, name, span

MONDAY = """\
**Monday 2.** 6 of 8 came.

> A path holds no grudges, and neither does anyone here. Next time, five minutes is a session too.
> Thinking of Ada, Ben and 1 more.

*A first miss. Ben had walked, and said so later: the name went. Back: Ben on Wednesday 4 and Ada \
on Saturday 7. Not named: Cleo (no name by choice).*
"""


def test_a_day_is_told_with_the_words_of_the_morning_after() -> None:
    assert MONDAY in page(example()).replace("  \n", "\n")


def test_a_day_on_which_everyone_came_needs_no_words() -> None:
    assert "**Saturday 7.** Everyone came, all 8 of them.\n\n## What" in page(example())


def test_what_else_happened_stands_with_its_day() -> None:
    noon = clock(WEDNESDAY, time(12))
    deeds = (
        Wished(noon, "Ada", "Saved", Wishes(pinged=False)),
        Paused(noon, "Ben", "", FRIDAY, FRIDAY + 7 * DAY, "Ben"),
        Refused(noon, "Cleo", "No."),
        Left(noon, "Gus", "Bye."),
    )
    away = Away(clock(WEDNESDAY, time(13)), clock(WEDNESDAY, time(15)))
    year = example()
    told = page(replace(year, deeds=(*year.deeds, *deeds), aways=(away,)))
    day = next(line for line in told.splitlines() if line.startswith("**Wednesday 4.**"))
    assert "Ada wants no more pings." in day
    assert "Ben will be away from 6 to 13 March, and pauses." in day
    assert "Gus left the group, and heard: “Bye.”" in day
    assert "Amble was stopped from 13:00 to 15:00." in day
    assert "Cleo" not in day


def test_the_figures_tell_the_extremes() -> None:
    told = page(example())
    assert "| Most namings of one person in seven days | 2 |" in told
    assert "| Smallest number that was told | 3 |" in told


def test_names_are_what_the_others_say_and_no_markdown() -> None:
    assert name("*Max* _Power_") == "Max"
    assert name("a_b*") == "a\\_b\\*"
    assert listed([name("Ada Lindqvist"), "Ben", "Cleo"]) == "Ada, Ben and Cleo"


def test_a_length_of_time_is_told_in_days_and_from_three_weeks_on_in_weeks() -> None:
    spans = [span(timedelta(days=days)) for days in (1, 12, 22, 69)]
    assert spans == ["one day", "12 days", "three weeks", "ten weeks"]
