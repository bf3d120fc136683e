"""Time zones as people enter them: by place, never by abbreviation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.abbreviations import ABBREVIATIONS
from bot.domain.errors import Refused
from bot.domain.place_search import is_offset, suggestions
from bot.domain.places import Place, gazetteer, places_named, spelling, zone_places

LEGACY_AREAS = ("Brazil/", "Canada/", "Chile/", "Etc/", "Mexico/", "US/")
"""Where IANA names no cities: understood when written in full, never offered."""
OUTWEIGHS = 10
"""How many times as large a city must be as its namesakes elsewhere to be meant by its name."""
OUTWEIGHS_WHOLE = 100
"""How many times as populous a zone must be as its country's others to stand for the country."""
NAMED_AT_MOST = 5
"""Places that a refusal lists."""


def zone_named(given: str) -> ZoneInfo:
    """Return the zone of an IANA name, of a city, or of a country or region with one zone.

    Case and accents do not matter, nor whether words are parted by spaces, hyphens or underscores;
    what a choice was labelled with is understood as well, for Discord sometimes sends that
    (https://github.com/discord/discord-api-docs/issues/7206).

    Raises `Refused` with `zone_abbreviation`, `zone_offset`, `zone_several` (with `places`, the
    likeliest first) or `zone_unknown`, each with a `suggestion`: an IANA name, empty for an offset
    and where nothing is like what was given.
    """
    spelt = spelling(re.sub(r"\s+·\s[^·]*$", "", given))
    if spelt in ABBREVIATIONS:
        raise Refused("zone_abbreviation", given=given, suggestion=ABBREVIATIONS[spelt])
    if spelt in _written_in_full():
        return ZoneInfo(_written_in_full()[spelt])
    if is_offset(spelt):
        raise Refused("zone_offset", given=given, suggestion="")
    cities, wholes = places_named(spelt), gazetteer().wholes.get(spelt, ())
    if cities or wholes:
        times = OUTWEIGHS_WHOLE if wholes else OUTWEIGHS
        return ZoneInfo(_only((*cities, *wholes), times, given))
    near = suggestions(given, limit=1) if spelt else []
    raise Refused("zone_unknown", given=given, suggestion=near[0].zone if near else "")


@cache
def _written_in_full() -> dict[str, str]:
    """Return every IANA name that is understood, by its spelling."""
    legacy = (name for name in available_timezones() if name.startswith(LEGACY_AREAS))
    return {spelling(name): name for name in (*legacy, *zone_places())}


def _only(found: Sequence[Place], times: int, given: str) -> str:
    """Return the zone that all places share but for some that are `times` smaller."""
    first = max(found, key=lambda place: place.thousands)
    if any(
        other.zone != first.zone and other.thousands * times > first.thousands for other in found
    ):
        places = tuple(found[:NAMED_AT_MOST])
        raise Refused("zone_several", given=given, suggestion=found[0].zone, places=places)
    return first.zone
