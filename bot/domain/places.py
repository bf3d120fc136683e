"""The places whose clocks people name: cities, countries, regions, and the zone each lies in."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import available_timezones

from bot.domain.cities import CITIES
from bot.domain.countries import COUNTRIES, REGIONS

AREAS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
"""The areas under which IANA names cities; a host may list more (Etc, posix, right, localtime)."""
NOT_A_CITY = (
    "Australia/ACT",
    "Australia/LHI",
    "Australia/NSW",
    "Australia/North",
    "Australia/South",
    "Australia/Victoria",
    "Australia/West",
)
"""Names whose last part says nothing without the area before it."""
UNACCENTED = str.maketrans("łøđıəʻ", "lodie'")
"""Letters with a stroke or without a dot, which Unicode does not take apart."""
READ = 100
"""Characters of an entry that are looked at; no place has a longer name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A city, or what else a zone is named after."""

    name: str
    zone: str
    """Its IANA name."""
    country: str = ""
    """Its code (ISO 3166); empty where it lies in none or is known by its zone alone."""
    region: str = ""
    """State or province, where people say it."""
    thousands: int = 0
    """Inhabitants; of a country's or region's zone, those of all its cities here."""


Named = Mapping[str, Sequence[Place]]
"""Places by spelling."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every place by every spelling; of several places the largest comes first."""

    cities: Named
    wholes: Named
    """Countries and regions: for each of their zones the largest city, most populous zone first."""
    by_code: Named
    """Countries by their code: as `wholes`."""
    around: Mapping[str, frozenset[str]]
    """What may follow a city's name: a country or region, and the codes and regions it means."""


def spelling(name: str) -> str:
    """Fold what people write differently: case, accents, and what parts the words."""
    plain = unicodedata.normalize("NFKD", name[:READ]).casefold().translate(UNACCENTED)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\s,_-]+", "_", re.sub(r"[.'’]", "", letters).strip(" ,\t\r\n"))


@cache
def zone_places() -> tuple[str, ...]:
    """Return every IANA name that is a place (Area/City), and UTC, sorted."""
    return (*sorted(name for name in available_timezones() if name.startswith(AREAS)), "UTC")


@cache
def gazetteer() -> Gazetteer:
    """Return all places, read when they are first asked for."""
    cities = list(_listed(CITIES))
    by_code = _by_zone((place.country, place) for place, _ in cities)
    regions = _by_zone((spelling(place.region), place) for place, _ in cities if place.region)
    codes = {spelling(name): code for code, names in _countries() for name in names}
    countries = {known: by_code[code] for known, code in codes.items() if code in by_code}
    around: dict[str, set[str]] = defaultdict(set)
    for known, code in codes.items():
        around[known].add(code)
    for short, region in _regions():
        around[spelling(short)].add(region)
        around[spelling(region)].add(region)
    return Gazetteer(
        cities=_by_spelling(cities),
        wholes={
            known: (*countries.get(known, ()), *regions.get(known, ()))
            for known in {**countries, **regions}
        },
        by_code=by_code,
        around={known: frozenset(meant) for known, meant in around.items()},
    )


def places_named(spelt: str) -> Sequence[Place]:
    """Return the cities of exactly that name, largest first; a country or region may follow it."""
    known = gazetteer()
    if spelt in known.cities:
        return known.cities[spelt]
    words = spelt.split("_")
    for count in range(len(words) - 1, 0, -1):
        meant = known.around.get("_".join(words[count:]))
        if meant is None:
            continue
        found = places_named("_".join(words[:count]))
        if inside := [each for each in found if each.country in meant or each.region in meant]:
            return inside
    return ()


def _listed(text: str) -> Iterable[tuple[Place, Sequence[str]]]:
    """Read lines of cities, as `bot.domain.cities` has them: each place and its further names."""
    country = zone = ""
    for group in re.split(r"\n(?! )", text.strip()):
        head, _, rest = group.partition("\n")
        country, zone = head.split()
        for entry in " ".join(rest.split()).split("; "):
            named, *further = entry.split(" = ")
            label, _, thousands = named.rpartition(" ")
            name, _, region = label.partition(", ")
            yield Place(name, zone, country, region, int(thousands)), further


def _countries() -> Iterable[tuple[str, Sequence[str]]]:
    for line in COUNTRIES.strip().splitlines():
        code, _, names = line.partition(" ")
        yield code, names.split(" = ")


def _regions() -> Iterable[tuple[str, str]]:
    for entry in " ".join(REGIONS.split()).split("; "):
        short, _, region = entry.partition(" ")
        yield short, region


def _by_spelling(cities: Sequence[tuple[Place, Sequence[str]]]) -> Named:
    """Return the places by every name they have; a name of its own wins over a variant of it."""
    named: dict[str, list[Place]] = defaultdict(list)
    for place, further in cities:
        for known in {spelling(place.name), *map(spelling, further)}:
            named[known].append(place)
    found = {known: _largest_first(places) for known, places in named.items()}
    for known, places in list(found.items()):
        # "Saint Louis" means St. Louis as well; "St. Louis" no Saint-Louis where there is one.
        written_out = re.sub(r"(?<![^_])st_", "saint_", known)
        if written_out != known:
            found[written_out] = _largest_first((*found.get(written_out, ()), *places))
        found.setdefault(re.sub(r"(?<![^_])saint_", "st_", known), places)
    largest: dict[str, Place] = {}
    for place, _ in cities:
        largest.setdefault(place.zone, place)
    return {**found, **_bare_zones(found, largest)}


def _largest_first(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(dict.fromkeys(places), key=lambda each: -each.thousands))


def _bare_zones(found: Named, largest: Mapping[str, Place]) -> Named:
    """Return each IANA name in full, and the cities that only the zone database names."""
    bare: dict[str, Sequence[Place]] = {}
    for name in zone_places():
        last = "" if name in NOT_A_CITY else name.rpartition("/")[2]
        city = spelling(last)
        same = sorted(found.get(city, ()), key=lambda each: each.zone != name)
        place = same[0] if same else largest.get(name)
        place = place or Place(last.replace("_", " ") or name, name)
        bare[spelling(name)] = (place,)
        if last and not same:
            bare.setdefault(city, (place,))
    return bare


def _by_zone(places: Iterable[tuple[str, Place]]) -> Named:
    """Return for each key the largest city of each zone, with the inhabitants of that zone."""
    largest: dict[str, dict[str, Place]] = defaultdict(dict)
    for key, place in places:
        best = largest[key].get(place.zone)
        total = place.thousands if best is None else place.thousands + best.thousands
        # Cities of a zone stand largest first, so the first one lends its name.
        largest[key][place.zone] = replace(best or place, thousands=total)
    return {key: _largest_first(zones.values()) for key, zones in largest.items()}
