"""Time zones as people enter them."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.abbreviations import ABBREVIATIONS
from bot.domain.errors import Refused
from bot.domain.place_search import LARGE_ZONES, place_of, suggestions
from bot.domain.places import Place, gazetteer, spelling, zone_places
from bot.domain.zones import zone_named
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
        ("İstanbul", "Europe/Istanbul"),
        ("kolkata", "Asia/Kolkata"),
        ("calcutta", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("Kyiv", "Europe/Kyiv"),
        ("Kiev", "Europe/Kyiv"),
        ("Europe/Kiev", "Europe/Kiev"),
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
        ("Strassburg", "Europe/Paris"),
        ("Nice", "Europe/Paris"),
        ("St. Louis", "America/Chicago"),
        ("london uk", "Europe/London"),
        ("Portland, Oregon", "America/Los_Angeles"),
        ("Portland, ME", "America/New_York"),
        ("Springfield, Massachusetts, United States", "America/New_York"),
        ("Valencia, España", "Europe/Madrid"),
        ("Berlin, Germany · 14:32", "Europe/Berlin"),
        ("Portland, Maine, United States · 09:05", "America/New_York"),
        ("Germany", "Europe/Berlin"),
        ("deutschland", "Europe/Berlin"),
        ("UK", "Europe/London"),
        ("New Zealand", "Pacific/Auckland"),
        ("Bermuda", "Atlantic/Bermuda"),
        ("Hawaii", "Pacific/Honolulu"),
        ("Singapore", "Asia/Singapore"),
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
    assert suggestion in zone_places()


@pytest.mark.parametrize(
    ("entered", "place"),
    [
        ("berln", "Europe/Berlin"),
        ("Untied Kingdom/Londn", ""),
        ("Europe/Londn", "Europe/London"),
        ("Indiana/Knox", "America/Indiana/Knox"),
        ("san fran", "America/Los_Angeles"),
        ("xyzzy", ""),
        ("", ""),
        ("   ", ""),
        ("/", ""),
        ("🙂", ""),
        ("x" * 500, ""),
        ("../../etc/passwd", ""),
        ("posix/Europe/Berlin", None),
        ("south", None),
        ("japn", "Asia/Tokyo"),
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


@pytest.mark.parametrize(
    "entered", ["UTC+2", "GMT-3", "gmt+2", "+02:00", "UTC 5", "-3", "GMT+5:30"]
)
def test_an_offset_is_refused_and_like_no_place(entered: str) -> None:
    assert refused(entered) == ("zone_offset", "")
    assert suggestions(entered) == []


@pytest.mark.parametrize(
    ("entered", "likeliest"),
    [
        ("Portland", ["Portland, Oregon", "Portland, Maine"]),
        ("san josé", ["San Jose, California", "San José"]),
        ("Birmingham", ["Birmingham", "Birmingham, Alabama"]),
        ("Valencia", ["Valencia", "Valencia", "Valencia, California"]),
        ("Australia", ["Sydney, New South Wales", "Melbourne, Victoria"]),
        ("Spain", ["Madrid", "Las Palmas de Gran Canaria"]),
        ("usa", ["New York, New York", "Chicago, Illinois"]),
        ("Texas", ["Houston, Texas", "El Paso, Texas"]),
        ("Georgia", ["Tbilisi", "Atlanta, Georgia"]),
        ("Ontario", ["Ontario, California", "Toronto, Ontario"]),
    ],
)
def test_what_may_be_several_places_is_refused_with_the_likeliest(
    entered: str, likeliest: list[str]
) -> None:
    with pytest.raises(Refused) as caught:
        zone_named(entered)
    assert caught.value.code == "zone_several"
    places = cast("tuple[Place, ...]", caught.value.values["places"])
    assert [said(place) for place in places][: len(likeliest)] == likeliest
    assert caught.value.values["suggestion"] == places[0].zone


def said(place: Place) -> str:
    return f"{place.name}, {place.region}" if place.region else place.name


@unhurried
@given(st.text(max_size=12), st.integers(1, 25))
def test_every_suggestion_is_a_place_and_there_are_no_more_than_asked_for(
    text: str, limit: int
) -> None:
    found = suggestions(text, limit)
    assert len(found) <= limit
    assert len({(each.name, each.region, each.country) for each in found}) == len(found)
    assert all(zone_named(each.zone).key == each.zone for each in found)


@unhurried
@given(st.text(st.characters(), min_size=4_000, max_size=4_001))
def test_the_longest_text_that_discord_sends_is_harmless(text: str) -> None:
    assert len(suggestions(text)) <= 25
    with pytest.raises(Refused):
        zone_named(f"x{text}")


@pytest.mark.parametrize(
    "text", ["\0", "\x1b[31m", "\ud800", "\u202eberlin", "a" * 4_000, "_" * 4_000, "ab " * 1_300]
)
def test_hostile_text_is_harmless(text: str) -> None:
    assert len(suggestions(text)) <= 25
    with pytest.raises(Refused):
        zone_named(text)


@pytest.mark.parametrize(
    ("typed", "first", "zone"),
    [
        ("berlin", "Berlin", "Europe/Berlin"),
        ("BERLIN", "Berlin", "Europe/Berlin"),
        ("Berln", "Berlin", "Europe/Berlin"),
        ("berlim", "Berlin", "Europe/Berlin"),
        ("berl", "Berlin", "Europe/Berlin"),
        ("münchen", "Munich", "Europe/Berlin"),
        ("muenchen", "Munich", "Europe/Berlin"),
        ("munich", "Munich", "Europe/Berlin"),
        ("Sao Paolo", "São Paulo", "America/Sao_Paulo"),
        ("são", "São Paulo", "America/Sao_Paulo"),
        ("new y", "New York, New York", "America/New_York"),
        ("new yrok", "New York, New York", "America/New_York"),
        ("nyc", "New York, New York", "America/New_York"),
        ("la", "Los Angeles, California", "America/Los_Angeles"),
        ("los angelas", "Los Angeles, California", "America/Los_Angeles"),
        ("san fransi", "San Francisco, California", "America/Los_Angeles"),
        ("mumb", "Mumbai", "Asia/Kolkata"),
        ("kathmandu", "Kathmandu", "Asia/Kathmandu"),
        ("katmandu", "Kathmandu", "Asia/Kathmandu"),
        ("st johns", "St. John's, Newfoundland and Labrador", "America/St_Johns"),
        ("saint louis", "St. Louis, Missouri", "America/Chicago"),
        ("londn", "London", "Europe/London"),
        ("amsterdan", "Amsterdam", "Europe/Amsterdam"),
        ("europe/par", "Paris", "Europe/Paris"),
        ("eurpoe/berlin", "Berlin", "Europe/Berlin"),
        ("asia/calc", "Kolkata", "Asia/Kolkata"),
        ("germany", "Berlin", "Europe/Berlin"),
        ("germ", "Berlin", "Europe/Berlin"),
        ("deutschland", "Berlin", "Europe/Berlin"),
        ("us", "New York, New York", "America/New_York"),
        ("usa", "New York, New York", "America/New_York"),
        ("uk", "London", "Europe/London"),
        ("india", "Mumbai", "Asia/Kolkata"),
        ("japn", "Tokyo", "Asia/Tokyo"),
        ("viet", "Ho Chi Minh City", "Asia/Ho_Chi_Minh"),
        ("texas", "Houston, Texas", "America/Chicago"),
        ("portland maine", "Portland, Maine", "America/New_York"),
        ("EST", "New York, New York", "America/New_York"),
        ("ist", "Kolkata", "Asia/Kolkata"),
        ("utc", "UTC", "UTC"),
    ],
)
def test_while_one_types_the_likeliest_comes_first(typed: str, first: str, zone: str) -> None:
    likeliest = suggestions(typed)[0]
    assert (said(likeliest), likeliest.zone) == (first, zone)


def slips(name: str) -> set[str]:
    """One letter missing, doubled, or changed for the next."""
    places = range(len(name))
    missing = {name[:at] + name[at + 1 :] for at in places}
    doubled = {name[:at] + name[at] + name[at:] for at in places}
    swapped = {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in places[:-1]}
    return missing | doubled | swapped


def largest(count: int) -> list[Place]:
    cities = {place for places in gazetteer().cities.values() for place in places}
    return sorted(cities, key=lambda place: (-place.thousands, place.name))[:count]


@pytest.mark.parametrize(
    "city",
    [place for place in largest(200) if sum(map(str.isalpha, place.name)) >= 5],
    ids=lambda place: place.name,
)
def test_a_single_slip_in_a_large_city_still_finds_it(city: Place) -> None:
    name = city.name.lower()
    lost = [
        typed
        for typed in slips(name)
        if city.zone not in {each.zone for each in suggestions(typed)[:5]}
    ]
    assert lost == []


def test_a_country_offers_each_of_its_zones_most_populous_first() -> None:
    offered = [place.zone for place in suggestions("australia")]
    assert offered[:3] == ["Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane"]
    assert set(offered) >= {
        f"Australia/{city}" for city in ("Perth", "Adelaide", "Darwin", "Hobart")
    }
    assert len(set(offered[:12])) == 12


@pytest.mark.parametrize(
    ("typed", "told_apart"),
    [
        ("portland", {("Oregon", "US"), ("Maine", "US")}),
        ("san jose", {("California", "US"), ("", "CR")}),
        ("springfield", {("Missouri", "US"), ("Massachusetts", "US"), ("Illinois", "US")}),
        ("birmingham", {("", "GB"), ("Alabama", "US")}),
        ("cambridge", {("", "GB"), ("Ontario", "CA"), ("Massachusetts", "US")}),
        ("valencia", {("", "VE"), ("", "ES"), ("California", "US")}),
    ],
)
def test_places_of_one_name_are_offered_and_told_apart(
    typed: str, told_apart: set[tuple[str, str]]
) -> None:
    first = suggestions(typed)[: len(told_apart)]
    assert {(place.region, place.country) for place in first} == told_apart


def test_before_anything_is_typed_large_zones_are_offered_from_west_to_east() -> None:
    assert [place.zone for place in suggestions("")] == list(LARGE_ZONES)
    assert suggestions("  ", limit=3) == suggestions("")[:3]


def test_further_spellings_are_understood_where_they_are_given() -> None:
    tokyo = place_of("Asia/Tokyo")
    assert suggestions("日本") == []
    assert suggestions("日本", local={spelling("日本"): (tokyo,)}) == [tokyo]


def test_an_abbreviation_that_begins_a_city_does_not_hide_it() -> None:
    assert "Montreal" in {spelling(place.name).title() for place in suggestions("mont")}
    assert suggestions("ast")[0].zone == "America/Halifax"
    assert "Europe/Istanbul" in {place.zone for place in suggestions("ist")}
    assert len(suggestions("met")) > 1


@pytest.mark.parametrize("name", ["Etc/GMT+5", "EST", "EST5EDT", "US/Eastern", "Factory"])
def test_what_is_no_place_is_not_offered(name: str) -> None:
    assert name not in zone_places()


def test_a_place_is_listed_once_in_order_and_each_exists() -> None:
    listed = list(zone_places())
    assert listed[-1] == "UTC"
    assert listed[:-1] == sorted(set(listed[:-1]))
    assert set(listed) <= available_timezones()


def test_every_place_is_found_by_its_own_name() -> None:
    assert [zone_named(name).key for name in zone_places()] == list(zone_places())


def test_every_zone_is_stood_for_by_a_place_with_its_clock() -> None:
    """Whatever IANA renamed or joined: what is offered for a name shows the time of that name."""
    months = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 13)]

    def clock(zone: str) -> list[timedelta | None]:
        return [month.astimezone(ZoneInfo(zone)).utcoffset() for month in months]

    differing = [name for name in zone_places() if clock(name) != clock(place_of(name).zone)]
    assert differing == []


def test_every_city_is_in_a_zone_that_there_is() -> None:
    zones = {place.zone for places in gazetteer().cities.values() for place in places}
    assert zones <= set(zone_places())


def test_every_city_has_a_country_with_a_name() -> None:
    codes = {place.country for places in gazetteer().cities.values() for place in places}
    named = {code for meant in gazetteer().around.values() for code in meant}
    assert codes - named == {""}


def test_a_host_without_a_zone_database_of_its_own_has_the_same_places() -> None:
    """The tzdata package is a dependency; where the host has files, both together are listed."""
    code = "from bot.domain.zones import *; print(*zone_places()); zone_named('US/Eastern')"
    bare = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert bare.stdout.split() == list(zone_places())
