"""Which characters of a line run from right to left: Unicode's bidirectional algorithm.

UAX #9 (https://www.unicode.org/reports/tr9/) for one line without explicit formatting, which
`plain` takes out of everything that people wrote. W1 to L2 below are its rules.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")

_RIGHT = ("R", "AL")
_NEUTRAL = ("B", "S", "WS", "ON")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def levels(text: str) -> list[int]:
    """Return each character's level: even runs from left to right, odd from right to left.

    The line runs as its first letter does.
    """
    # What has no direction of its own, a joiner say, goes with what it follows.
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    strong = next((kind for kind in kinds if kind in ("L", *_RIGHT)), "L")
    base = int(strong in _RIGHT)
    if not any(kind in (*_RIGHT, "AN") for kind in kinds):
        return [0] * len(text)
    sides = "R" if base else "L"
    _weigh(kinds, sides)
    _pair(text, kinds, sides)
    _settle(kinds, sides)
    found = [_level(kind, base) for kind in kinds]
    for place in range(len(text) - 1, -1, -1):  # L1: gaps at the end go with the line
        if not text[place].isspace():
            break
        found[place] = base
    return found


def visual(pieces: Sequence[tuple[int, T]]) -> list[T]:
    """Return pieces, given with their levels as they are read, as they stand from the left (L2)."""
    ordered = list(pieces)
    for turned in range(max((level for level, _ in ordered), default=0), 0, -1):
        place = 0
        while place < len(ordered):
            end = place
            while end < len(ordered) and ordered[end][0] >= turned:
                end += 1
            ordered[place:end] = ordered[place:end][::-1]
            place = end + 1
    return [piece for _, piece in ordered]


def turns(char: str) -> bool:
    """Say whether a character itself is written from right to left."""
    return unicodedata.bidirectional(char) in _RIGHT


def _weigh(kinds: list[str], sides: str) -> None:
    """Settle what numbers and the marks beside them go with: W1 to W7."""
    last = sides
    for place, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kinds[place] = kinds[place - 1] if place else sides
        elif kind == "EN" and last == "AL":
            kinds[place] = "AN"
        if kind in ("L", *_RIGHT):
            last = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    _join_separators(kinds)
    _join_terminators(kinds)
    last = sides
    for place, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind == "EN" and last == "L":
            kinds[place] = "L"
        elif kind in ("L", "R"):
            last = kind


def _join_separators(kinds: list[str]) -> None:
    """Let what stands between two numbers, as : does, belong to them (W4)."""
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        joins = {"ES": ("EN",), "CS": ("EN", "AN")}.get(kind, ())
        if before == after and before in joins:
            kinds[place] = before


def _join_terminators(kinds: list[str]) -> None:
    """Let what stands beside a number, as % does, belong to it (W5)."""
    place = 0
    for kind, group in groupby(list(kinds)):
        end = place + len(list(group))
        around = (kinds[place - 1] if place else "", kinds[end] if end < len(kinds) else "")
        if kind == "ET" and "EN" in around:
            kinds[place:end] = ["EN"] * (end - place)
        place = end


def _pair(text: str, kinds: list[str], sides: str) -> None:
    """Let both brackets of a pair run as what they enclose (N0)."""
    for opening, closing in _pairs(text, kinds):
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]} - {None}
        if sides in inside:
            kinds[opening] = kinds[closing] = sides
        elif inside:
            before = [_direction(kind) for kind in kinds[:opening]]
            context = next((one for one in reversed(before) if one), sides)
            kinds[opening] = kinds[closing] = context


def _pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for place, char in enumerate(text):
        if kinds[place] != "ON":
            continue
        if char in _BRACKETS:
            waiting.append((_BRACKETS[char], place))
        elif any(char == wanted for wanted, _ in waiting):
            while waiting:
                wanted, opening = waiting.pop()
                if wanted == char:
                    found.append((opening, place))
                    break
    return sorted(found)


def _settle(kinds: list[str], sides: str) -> None:
    """Let gaps run as what stands on both sides of them, else as the line does (N1, N2)."""
    place = 0
    for neutral, group in groupby(list(kinds), key=lambda kind: kind in _NEUTRAL):
        end = place + len(list(group))
        if neutral:
            before = _direction(kinds[place - 1]) if place else sides
            after = _direction(kinds[end]) if end < len(kinds) else sides
            kinds[place:end] = [before if before == after and before else sides] * (end - place)
        place = end


def _direction(kind: str) -> str | None:
    """Return the direction that a kind has on what stands beside it; numbers count as R."""
    if kind == "L":
        return "L"
    return "R" if kind in ("R", "EN", "AN") else None


def _level(kind: str, base: int) -> int:
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)
