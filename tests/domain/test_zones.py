"""Time zones as people enter them."""

import os
import subprocess
import sys
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cities import ZONE_OF
from bot.domain.errors import Refused
from bot.domain.zones import ABBREVIATIONS, places, suggestions, zone_named
from tests.domain.samples import unhurried


def refused(given_name: str) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        zone_named(given_name)
    return caught.value.code, caught.value.values["suggestion"]


@pytest.mark.parametrize(
    ("entered", "key"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("EUROPE/BERLIN", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("  berlin ", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("sao paulo", "America/Sao_Paulo"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Sa\u0303o  Paulo", "America/Sao_Paulo"),
        ("Zürich", "Europe/Zurich"),
        ("Asunción", "America/Asuncion"),
        ("İstanbul", "Asia/Istanbul"),
        ("kolkata", "Asia/Kolkata"),
        ("calcutta", "Asia/Calcutta"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("Kyiv", "Europe/Kyiv"),
        ("Kiev", "Europe/Kiev"),
        ("St. John's", "America/St_Johns"),
        ("st john’s", "America/St_Johns"),
        ("Port au Prince", "America/Port-au-Prince"),
        ("port-au-prince", "America/Port-au-Prince"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("lord howe", "Australia/Lord_Howe"),
        ("UTC", "UTC"),
        ("utc", "UTC"),
        ("US/Eastern", "US/Eastern"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("canada/pacific", "Canada/Pacific"),
        ("San Francisco", "America/Los_Angeles"),
        ("münchen", "Europe/Berlin"),
        ("Mumbai", "Asia/Kolkata"),
        ("Łódź", "Europe/Warsaw"),
        ("Malmö", "Europe/Stockholm"),
    ],
)
def test_a_place_is_found(entered: str, key: str) -> None:
    assert zone_named(entered).key == key


@pytest.mark.parametrize(
    ("entered", "place"),
    [
        ("EST", "America/New_York"),
        ("est", "America/New_York"),
        (" Est ", "America/New_York"),
        ("E.S.T.", "America/New_York"),
        ("EST5EDT", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("CET", "Europe/Berlin"),
        ("MESZ", "Europe/Berlin"),
        ("GMT", "Europe/London"),
        ("IST", "Asia/Kolkata"),
        ("NST", "America/St_Johns"),
        ("eastern", "America/New_York"),
        ("Pacific", "America/Los_Angeles"),
    ],
)
def test_an_abbreviation_is_refused_with_a_place(entered: str, place: str) -> None:
    assert refused(entered) == ("zone_abbreviation", place)


@pytest.mark.parametrize("abbreviation", ABBREVIATIONS)
def test_no_abbreviation_is_taken_silently(abbreviation: str) -> None:
    code, suggestion = refused(abbreviation.upper())
    assert code == "zone_abbreviation"
    assert suggestion in places()


@pytest.mark.parametrize(
    ("entered", "place"),
    [
        ("berln", "Europe/Berlin"),
        ("Untied Kingdom/Londn", ""),
        ("Europe/Londn", "Europe/London"),
        ("Indiana/Knox", "America/Indiana/Knox"),
        ("london uk", "Europe/London"),
        ("san fran", "America/Los_Angeles"),
        ("xyzzy", ""),
        ("", ""),
        ("   ", ""),
        ("/", None),
        ("UTC+2", ""),
        ("GMT-3", ""),
        ("+02:00", ""),
        ("🙂", ""),
        ("x" * 500, ""),
        ("../../etc/passwd", ""),
        ("posix/Europe/Berlin", None),
        ("south", None),
        ("nsw", None),
    ],
)
def test_what_is_no_place_is_refused(entered: str, place: str | None) -> None:
    """A `place` of None leaves open what is suggested."""
    code, suggestion = refused(entered)
    assert code == "zone_unknown"
    assert place is None or suggestion == place


@unhurried
@given(st.text(max_size=30))
def test_whatever_is_entered_is_a_zone_or_refused_with_something_that_is_one(text: str) -> None:
    try:
        zone = zone_named(text)
    except Refused as error:
        suggestion = error.values["suggestion"]
        assert suggestion == "" or zone_named(str(suggestion)).key == suggestion
    else:
        assert zone.key in available_timezones()


@unhurried
@given(st.text(max_size=12), st.integers(1, 25))
def test_every_suggestion_is_a_place_and_there_are_no_more_than_asked_for(
    text: str, limit: int
) -> None:
    found = suggestions(text, limit)
    assert len(found) <= limit
    assert len(set(found)) == len(found)
    assert all(zone_named(name).key == name for name in found)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Europe/Berlin"),
        ("new y", "America/New_York"),
        ("são p", "America/Sao_Paulo"),
        ("europe/par", "Europe/Paris"),
        ("mumb", "Asia/Kolkata"),
        ("EST", "America/New_York"),
        ("berlim", "Europe/Berlin"),
    ],
)
def test_while_one_types_the_likeliest_comes_first(typed: str, first: str) -> None:
    assert suggestions(typed)[0] == first


def test_an_abbreviation_that_begins_a_city_does_not_hide_it() -> None:
    assert "America/Montreal" in suggestions("mont")
    assert suggestions("ast")[0] == "America/Halifax"
    assert "Asia/Kolkata" in suggestions("ist")
    assert len(suggestions("met")) > 1


@pytest.mark.parametrize("name", ["Etc/GMT+5", "EST", "EST5EDT", "US/Eastern", "Factory"])
def test_what_is_no_place_is_not_offered(name: str) -> None:
    assert name not in places()


def test_a_place_is_listed_once_in_order_and_each_exists() -> None:
    listed = list(places())
    assert listed[-1] == "UTC"
    assert listed[:-1] == sorted(set(listed[:-1]))
    assert set(listed) <= available_timezones()


def test_every_place_is_found_by_its_own_name() -> None:
    assert [zone_named(name).key for name in places()] == list(places())


def test_every_large_city_is_found_in_its_place() -> None:
    entered = {city: city.replace("_", " ").title() for city in ZONE_OF}
    assert {city: zone_named(name).key for city, name in entered.items()} == ZONE_OF
    assert set(ZONE_OF.values()) <= set(places())


def test_a_host_without_a_zone_database_of_its_own_has_the_same_places() -> None:
    """The tzdata package is a dependency; where the host has files, both together are listed."""
    code = "from bot.domain.zones import *; print(*places()); zone_named('US/Eastern')"
    bare = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert bare.stdout.split() == list(places())
