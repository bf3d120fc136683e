"""Time zones to choose from."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import Place, gazetteer
from bot.ui.words import words_in
from bot.ui.zones import PLACE_WIDTH, place_name, zone_choices
from tests.domain.samples import unhurried

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
WORDS = words_in()


def offered(typed: str, language: str = "en-US", present: str | None = None) -> list[str]:
    zone = None if present is None else ZoneInfo(present)
    return [choice.name for choice in zone_choices(typed, NOON, WORDS, language, zone)]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("berlin", "Berlin, Germany · 14:00"),
        ("kathmandu", "Kathmandu, Nepal · 17:45"),
        ("portland", "Portland, Oregon, United States · 05:00"),
        ("utc", "UTC · 12:00"),
        ("monaco", "Monaco · 14:00"),
        ("hong kong", "Hong Kong · 20:00"),
    ],
)
def test_a_choice_says_where_it_is_and_what_the_clocks_show(typed: str, label: str) -> None:
    assert offered(typed)[0] == label


@pytest.mark.parametrize(
    ("language", "typed", "city"),
    [
        ("fr", "Allemagne", "Berlin"),
        ("es-ES", "alemania", "Berlin"),
        ("ja", "日本", "Tokyo"),
        ("ru", "москва", "Moscow"),
        ("zh-CN", "德国", "Berlin"),
        ("pt-BR", "estados u", "New York"),
        ("no", "tyskland", "Berlin"),
    ],
)
def test_a_reader_may_use_their_own_language(language: str, typed: str, city: str) -> None:
    assert offered(typed, language)[0].startswith(f"{city}, ")


@pytest.mark.parametrize("language", ["", "xx", "tlh-KX", "en_US"])
def test_a_language_that_nobody_knows_is_no_hindrance(language: str) -> None:
    assert offered("berlin", language) == offered("berlin")


@pytest.mark.parametrize("present", ["Europe/Berlin", "Pacific/Chatham", "Etc/GMT+5", "US/Eastern"])
def test_the_present_zone_comes_first_and_once(present: str) -> None:
    choices = zone_choices(" ", NOON, WORDS, "en-US", ZoneInfo(present))
    values = [choice.value for choice in choices]
    assert len(values) == len(set(values)) == 25
    there = NOON.astimezone(ZoneInfo(present))
    assert choices[0].name.endswith(f" · {there:%H:%M}")


@unhurried
@given(st.text(max_size=20))
def test_whatever_is_typed_discord_takes_the_choices(typed: str) -> None:
    choices = zone_choices(typed, NOON, WORDS, "de")
    assert len(choices) <= 25
    assert all(1 <= len(choice.name) <= 100 for choice in choices)
    assert len({choice.name for choice in choices}) == len(choices)


def test_no_place_is_too_long_for_its_time() -> None:
    places = {place for found in gazetteer().cities.values() for place in found}
    assert max(len(place_name(place, WORDS)) for place in places) <= PLACE_WIDTH
    long = Place("x" * 200, "UTC")
    assert len(place_name(long, WORDS)) == 200
