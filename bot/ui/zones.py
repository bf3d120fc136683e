"""Time zones to choose from: a place, its country, and what its clocks show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from discord import app_commands

from bot.domain.place_search import place_of, suggestions
from bot.domain.places import Named, Place, gazetteer, spelling
from bot.ui.escaping import CHOICE_WIDTH, plain
from bot.ui.words import Words

CHOICES = 25
"""Discord's limit for the choices of an autocompleted option."""
PLACE_WIDTH = 85
"""Columns of a place in a choice, so that its time is never cut off."""


def zone_choices(
    typed: str, now: datetime, words: Words, language: str, present: ZoneInfo | None = None
) -> list[app_commands.Choice[str]]:
    """Offer places like what was typed, with the time there; each stands for its IANA zone.

    Before anything is typed the `present` zone comes first. Names of countries and of zones are
    understood in the reader's `language` (Discord's tag) too.
    """
    places = suggestions(typed, CHOICES, _names_in(language))
    if not typed.strip() and present is not None:
        places = [place_of(present.key), *(each for each in places if each.zone != present.key)]
    return [
        app_commands.Choice(name=_label(place, now, words), value=place.zone)
        for place in places[:CHOICES]
    ]


def place_name(place: Place, words: Words) -> str:
    """Return a place as one tells it from others: "Portland, Oregon, United States"."""
    country = words.country(place.country) if place.country else ""
    # A city that is its own country is said once: Singapore, Hong Kong (SAR China).
    parts = [place.name, place.region, "" if country.startswith(place.name) else country]
    return ", ".join(part for part in parts if part)


def _label(place: Place, now: datetime, words: Words) -> str:
    there = now.astimezone(ZoneInfo(place.zone)).time()
    name = plain(place_name(place, words), PLACE_WIDTH)
    return words.label("zone.choice", CHOICE_WIDTH, place=name, time=words.clock(there))


@cache
def _names_in(language: str) -> Named:
    """Return what a language calls the countries, and the cities that zones are named after."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    if locale.language == "en":
        return {}
    countries = cast("Mapping[str, str]", locale.territories)
    zones = cast("Mapping[str, Mapping[str, str]]", locale.time_zones)
    known = gazetteer()
    cities = {
        spelling(zone["city"]): (place_of(key),)
        for key, zone in zones.items()
        if "city" in zone and spelling(key) in known.cities
    }
    return cities | {
        spelling(name): known.by_code[code]
        for code, name in countries.items()
        if code in known.by_code
    }
