"""Time zones as people enter them: by place, never by abbreviation."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.cities import ZONE_OF
from bot.domain.errors import Refused

ABBREVIATIONS = {
    "est": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "eastern": "America/New_York",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "ct": "America/Chicago",
    "central": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mt": "America/Denver",
    "mountain": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "gmt": "Europe/London",
    "bst": "Europe/London",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "met": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "eet": "Europe/Helsinki",
    "eest": "Europe/Helsinki",
    "msk": "Europe/Moscow",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore",
    "wib": "Asia/Jakarta",
    "pkt": "Asia/Karachi",
    "sast": "Africa/Johannesburg",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "acst": "Australia/Adelaide",
    "acdt": "Australia/Adelaide",
    "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
    "hst": "Pacific/Honolulu",
    "akst": "America/Anchorage",
    "akdt": "America/Anchorage",
    "ast": "America/Halifax",
    "adt": "America/Halifax",
    "nst": "America/St_Johns",
    "ndt": "America/St_Johns",
    "brt": "America/Sao_Paulo",
    "est5edt": "America/New_York",
    "cst6cdt": "America/Chicago",
    "mst7mdt": "America/Denver",
    "pst8pdt": "America/Los_Angeles",
}
"""What an abbreviation most often stands for: a suggestion, never taken silently."""
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
LEGACY_AREAS = ("Brazil/", "Canada/", "Chile/", "Etc/", "Mexico/", "US/")
"""Where IANA names no cities: understood when written in full, never offered."""
NOT_A_CITY = (
    "Australia/ACT",
    "Australia/LHI",
    "Australia/NSW",
    "Australia/North",
    "Australia/South",
    "Australia/West",
)
"""Names whose last part says nothing without the area before it."""
UNACCENTED = str.maketrans("łøđı", "lodi")
"""Letters with a stroke or without a dot, which Unicode does not take apart."""


@cache
def places() -> tuple[str, ...]:
    """Return every IANA name that is a place (Area/City), and UTC, sorted."""
    return (*sorted(name for name in available_timezones() if name.startswith(AREAS)), "UTC")


@cache
def _by_spelling() -> dict[str, str]:
    """Return the zone of everything that can be entered; whole names win over cities alone."""
    legacy = (name for name in available_timezones() if name.startswith(LEGACY_AREAS))
    spelt = {_spelling(name): name for name in (*legacy, *places())}
    named = [name for name in reversed(places()) if name not in NOT_A_CITY]
    cities = {_spelling(name.rsplit("/", 1)[-1]): name for name in named}
    return {**ZONE_OF, **cities, **spelt}


@cache
def _offered() -> dict[str, str]:
    """Return what suggestions are drawn from: places as they are written, and large cities."""
    return {**ZONE_OF, **{_spelling(name): name for name in places()}}


def zone_named(given: str) -> ZoneInfo:
    """Return the zone of an IANA name, of its city or of a large city.

    Case and accents do not matter, nor whether words are parted by spaces, hyphens or underscores.
    Raises `Refused` with `zone_abbreviation` or `zone_unknown`, each with a `suggestion` (which of
    the latter is empty when nothing is like it).
    """
    spelling = _spelling(given)
    if spelling in ABBREVIATIONS:
        raise Refused("zone_abbreviation", given=given, suggestion=ABBREVIATIONS[spelling])
    name = _by_spelling().get(spelling)
    if name is None:
        near = suggestions(given, limit=1) if spelling else []
        raise Refused("zone_unknown", given=given, suggestion=near[0] if near else "")
    return ZoneInfo(name)


def suggestions(given: str, limit: int = 25) -> list[str]:
    """Return IANA names like `given`, best first.

    What the abbreviation stands for comes first, then cities that begin with it, names that contain
    it, and only where there is none of these, names and cities spelt nearly so.
    """
    spelling = _spelling(given)
    meant = [ABBREVIATIONS[spelling]] if spelling in ABBREVIATIONS else []
    inside = [known for known in _offered() if spelling in known]
    inside.sort(
        key=lambda known: (
            not known.rsplit("/", 1)[-1].startswith(spelling),
            known in ZONE_OF,
            known,
        )
    )
    found = [*meant, *(_offered()[known] for known in inside)]
    if not found and not any(sign.isdigit() for sign in spelling):  # UTC+2 is not nearly UTC
        near = difflib.get_close_matches(spelling, list(_by_spelling()), n=limit, cutoff=0.75)
        found = [_by_spelling()[match] for match in near]
    return list(dict.fromkeys(found))[:limit]


def _spelling(name: str) -> str:
    """Fold what people write differently: case, accents, and what parts the words."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(UNACCENTED)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\s_-]+", "_", re.sub(r"[.'’]", "", letters).strip())
