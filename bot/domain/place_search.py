"""What somebody who is still typing may mean: places, the likeliest first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.abbreviations import ABBREVIATIONS
from bot.domain.places import Named, Place, gazetteer, places_named, spelling

LARGE_ZONES = (
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Bogota",
    "America/Mexico_City",
    "America/Argentina/Buenos_Aires",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Paris",
    "Europe/Berlin",
    "Africa/Lagos",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Jakarta",
    "Asia/Manila",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)
"""What is offered before anything is typed, from west to east."""

# How far a place is from what was typed; less is likelier. A city of millions makes up for about
# two steps against a town, so that a slip in a great name is found among small ones that fit.
EXACT = -20.0
BEGINNING = 0.0
A_WORD = 0.8
INSIDE = 1.6
SLIP = 1.0
NEARLY = 0.1
OTHER_INITIAL = 0.5
NEXT_ZONE = 0.15
"""Between one zone of a country and its next."""
TOGETHER = 1.0
"""How much less the people of a whole country's zone weigh than those of a city of that name."""
KNOWN = 2.0
"""What the name of a country weighs: as much as that of a city of ten millions."""

LETTERS_INSIDE = 3
"""From so many letters on a match may begin inside a word."""
LETTERS_OF_A_SLIP = 4
LETTERS_OF_TWO_SLIPS = 6
LETTERS_OF_THREE_SLIPS = 10


def suggestions(given: str, limit: int = 25, local: Named | None = None) -> list[Place]:
    """Return places like `given`, best first; ties by name. For nothing given, large zones.

    `local` holds further spellings, those of the reader's language, as they are in
    `Gazetteer.wholes`. An offset such as GMT+2 is like no place.
    """
    spelt = spelling(given)
    if not spelt:
        return [place_of(zone) for zone in LARGE_ZONES[:limit]] if not given.strip() else []
    if is_offset(spelt):
        return []
    wholes = {**gazetteer().wholes, **(local or {})}
    costs: dict[Place, float] = {}
    if spelt in ABBREVIATIONS:
        costs[place_of(ABBREVIATIONS[spelt])] = 2 * EXACT
    for place, cost in _costs(spelt, wholes):
        costs[place] = min(cost, costs.get(place, math.inf))
    best = sorted(costs, key=lambda place: (costs[place], place.name, place.zone, place.region))
    return _distinct(best)[:limit]


def place_of(zone: str) -> Place:
    """Return the place that stands for a zone: the one it is named after, else its largest."""
    named = gazetteer().cities.get(spelling(zone))
    return named[0] if named else Place(zone, zone)


def is_offset(spelt: str) -> bool:
    """Say whether a spelling is a distance from UTC, which says nothing about summer time."""
    return re.fullmatch(r"_?(utc|gmt|z)?_?[+−_]?_?\d{1,2}(:?\d\d)?(_?h)?", spelt) is not None


def _costs(spelt: str, wholes: Named) -> Iterator[tuple[Place, float]]:
    """Return places that may be meant and how far they are from it, some of them repeatedly."""
    cities = gazetteer().cities
    exact = (*places_named(spelt), *wholes.get(spelt, ()))
    yield from _each_city(places_named(spelt), EXACT)
    yield from _each_city(wholes.get(spelt, ()), EXACT + TOGETHER)
    fitting = [*_fitting(spelt, cities)]
    fitting_wholes = [*_fitting(spelt, wholes)]
    wrong = 1 if exact or fitting or fitting_wholes else _allowed(spelt)
    slips = [*_slips(spelt, [*cities], wrong)]
    slips_in_wholes = [*_slips(spelt, [*wholes], wrong)]
    if not (exact or fitting or fitting_wholes or slips or slips_in_wholes):
        slips = [*_slips_so_far(spelt, [*cities])]
        slips_in_wholes = [*_slips_so_far(spelt, [*wholes])]
    for cost, known in (*fitting, *slips):
        yield from _each_city(cities[known], cost)
    for cost, known in (*fitting_wholes, *slips_in_wholes):
        yield from _each_zone(wholes[known], cost - KNOWN)


def _each_city(places: Sequence[Place], cost: float) -> Iterator[tuple[Place, float]]:
    for place in places:
        yield place, cost - math.log10(1 + place.thousands) / 2


def _each_zone(places: Sequence[Place], cost: float) -> Iterator[tuple[Place, float]]:
    for order, place in enumerate(places):
        yield place, cost + order * NEXT_ZONE


def _fitting(spelt: str, known: Named) -> Iterator[tuple[float, str]]:
    """Find what begins with or contains what was typed."""
    for each in known:
        if spelt not in each or ("/" in each and not _is_path(spelt, each)):
            continue
        if each.startswith(spelt):
            yield BEGINNING, each
        elif f"_{spelt}" in each or f"/{spelt}" in each:
            yield A_WORD, each
        elif len(spelt) >= LETTERS_INSIDE:
            yield INSIDE, each


def _is_path(spelt: str, known: str) -> bool:
    """Say whether an IANA name is being typed; else "a" would find all of Asia."""
    is_area = spelt not in gazetteer().wholes and known.startswith(f"{spelt}/")
    return is_area or "/" in spelt


def _slips(spelt: str, known: Sequence[str], wrong: int) -> Iterator[tuple[float, str]]:
    """Find what is typed with the fewest letters wrong, at most `wrong` of them."""
    for cost, place in _near(spelt, known, wrong):
        yield cost, known[place]


def _slips_so_far(spelt: str, known: Sequence[str]) -> Iterator[tuple[float, str]]:
    """Find what begins nearly so."""
    begun = [each[: len(spelt)] for each in known]
    for cost, place in _near(spelt, begun, min(2, _allowed(spelt))):
        yield cost, known[place]


def _near(spelt: str, known: Sequence[str], wrong: int) -> Iterator[tuple[float, int]]:
    if len(spelt) < LETTERS_OF_A_SLIP:
        return
    # Next to "usa" and the like any short entry would be a slip.
    found = [
        (distance, near, place)
        for near, distance, place in process.extract(
            spelt, known, scorer=OSA.distance, score_cutoff=wrong, limit=None
        )
        if distance and len(near) >= LETTERS_OF_A_SLIP
    ]
    fewest = min((distance for distance, _, _ in found), default=0)
    for distance, near, place in found:
        if distance == fewest:
            other = spelt[0] != near[0]
            yield NEARLY + SLIP * distance + OTHER_INITIAL * other, place


def _allowed(spelt: str) -> int:
    """Return how many letters may be wrong where nothing fits."""
    return 1 + (len(spelt) >= LETTERS_OF_TWO_SLIPS) + (len(spelt) >= LETTERS_OF_THREE_SLIPS)


def _distinct(places: Iterable[Place]) -> list[Place]:
    """Leave out what would read the same as one before it: Discord could not tell them apart."""
    seen: dict[tuple[str, str, str], Place] = {}
    for place in places:
        seen.setdefault((place.name, place.region, place.country), place)
    return list(seen.values())
