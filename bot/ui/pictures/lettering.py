"""How wide text is drawn, how much of it has room, and which runs it falls into.

Widths are estimates: a picture's facts are laid out before any font is opened.
"""

# ruff: noqa: RUF001 - the table of widths holds Greek and Cyrillic letters that look like Latin ones

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from bot.ui.escaping import plain
from bot.ui.pictures.fonts import EMOJI, LATIN, families_of

Run = tuple[tuple[str, ...], str]
"""The families that draw it, best first, and the text."""

LEFT_TO_RIGHT = "\u200e"
"""At the beginning of a line: it runs from left to right, whatever names stand in it."""
LONGEST = 256
"""Columns after which a text is cut whatever its room: an end for hostile ones."""
BOLD = 1.08
"""How much wider bold type is; Chinese characters and emoji are not."""

# Advances of Noto Sans (regular) in hundredths of an em; letters with accents are as wide as bare.
_ADVANCES = {
    char: hundredths / 100
    for hundredths, chars in {
        18: "’",
        22: "'",
        26: " !,.:;ijl·¡łıі",
        28: "J`",
        30: "()",
        32: "-[]",
        34: "IfΙι",
        36: "t“”",
        38: "/\\{}",
        40: '"',
        42: "r°",
        44: "?_¿г",
        48: "cszεζξςτзст",
        50: "v–«»эє",
        52: "FLxyŁΓγГкух",
        54: "Skκλν",
        56: "*ETYae|ΕΞΣΤΥχЕТаея",
        58: "$+0123456789<=>XZ^~€£ΔΖΧЗХвдл",
        60: "PVoøðÞΛΡδθορРбоь",
        62: "KRbdghnpquđþΚαημσυБКУпрч",
        64: "#ABCßΑΒβАВСЬЭЯийнцЄ",
        66: "π",
        70: "ДЛЧЪъ",
        72: "DGĐφф",
        74: "&HUΗΠНПЦм",
        76: "NΝψИЙж",
        78: "OQwØΘΟΩωОы",
        80: "…ΦΨФ",
        84: "%ю",
        86: "æЖЫ",
        88: "Æ",
        90: "@MΜМшщ",
        92: "WŒ",
        94: "mœ",
        100: "—",
        150: "꧁꧂",
        104: "ШЩ",
        106: "Ю",
    }.items()
    for char in chars
}
_EMOJI = 1.25
_JOINER = "\u200d"
_AS_EMOJI = "\ufe0f"
"""Asks for the character before it as an emoji."""
_AN_EMOJI = "\U0001f600"
_MIRRORED = str.maketrans("()[]<>{}«»", ")(][><}{»«")
_UNSEEN = frozenset("\u200c\u200d\u200e\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
"""Joiners, marks of direction, and tones of skin, which colour the emoji before them."""


def written(text: str) -> str:
    """Return what somebody wrote as one line that can be drawn.

    Letters that only mathematics has (bold script, say) become plain ones: few machines have a
    face for them.
    """
    return "".join(
        unicodedata.normalize("NFKC", char) if "\U0001d400" <= char <= "\U0001d7ff" else char
        for char in plain(text, LONGEST)
    )


def measured(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide `text` is drawn."""
    total = 0.0
    for before, char, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if before != _JOINER:
            wide = _EMOJI if after == _AS_EMOJI else _ems(char)
            total += wide * BOLD if bold and wide < 1 else wide
    return total * size


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return `text`, or as much of it as has room, with an ellipsis."""
    if measured(text, size, bold=bold) <= room:
        return text
    kept = ""
    for char in text:
        if measured(f"{kept}{char}…", size, bold=bold) > room:
            break
        kept += char
    return kept.rstrip(_JOINER).rstrip() + "…"


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Return `text` in lines that have room, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measured(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [fitted(line, size, room) for line in lines]


def in_order(words: str) -> list[Run]:
    """Cut `words` where the script changes; as they stand from left to right.

    What runs from right to left decides about the whole line if it comes first.
    """
    runs = _runs(words)
    if not any(_turns(run) for _, run in runs):
        return runs
    runs = [(families, part) for families, run in runs for part in _parted(run)]
    turned = [_turns(run) for _, run in runs]
    base = next(turns for turns in turned if turns is not None)
    ways = [base if turns is None else turns for turns in turned]
    for place in range(1, len(runs) - 1):
        if turned[place] is None and ways[place - 1] == ways[place + 1]:
            ways[place] = ways[place - 1]
    runs = [
        (families, run[::-1].translate(_MIRRORED) if way and turns is None else run)
        for (families, run), turns, way in zip(runs, turned, ways, strict=True)
    ]
    paired = groupby(zip(ways, runs, strict=True), key=lambda pair: pair[0])
    groups = [[run for _, run in group][:: -1 if turns else 1] for turns, group in paired]
    return [run for group in groups[:: -1 if base else 1] for run in group]


def _parted(run: str) -> list[str]:
    """Part the gaps and stops at the ends of a run from it: the line's direction places them."""
    parts = re.fullmatch(r"(\W*)(.*?)(\W*)", run) if _turns(run) is False else None
    return [part for part in parts.groups() if part] if parts else [run]


def _runs(words: str) -> list[Run]:
    """Cut `words` by script; marks and joiners stay with what they follow, gaps with both sides."""
    families: list[tuple[str, ...]] = []
    for char in words:
        follows = unicodedata.category(char)[0] == "M" or char == _JOINER
        families.append(families[-1] if follows and families else families_of(char, words))
        if char == _AS_EMOJI:
            families[-2:] = [families_of(_AN_EMOJI, words)] * len(families[-2:])
    pairs = groupby(zip(families, words, strict=True), key=lambda pair: pair[0])
    runs: list[Run] = []
    for family, pair in pairs:
        runs.append((family, "".join(char for _, char in pair)))
        if len(runs) > 2 and _bridges(runs[-3:]):
            runs[-3:] = [(family, "".join(run for _, run in runs[-3:]))]
    return runs


def _bridges(runs: Sequence[Run]) -> bool:
    """Say whether the run in the middle is but a gap in a script that is written in words."""
    (before, first), (between, gap), (after, _) = runs
    wordy = before == after and between == LATIN and any(char.isalpha() for char in first)
    return wordy and not any(char.isalnum() for char in gap)


def _turns(run: str) -> bool | None:
    """Say whether a run goes from right to left; None for one that goes with its neighbours."""
    for char in run:
        match unicodedata.bidirectional(char):
            case "R" | "AL":
                return True
            case "L" | "EN" | "AN":
                return False
            case _:
                continue
    return None


def _ems(char: str) -> float:
    category = unicodedata.category(char)
    if category in ("Mn", "Me") or char in _UNSEEN:
        return 0
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return _EMOJI / 2
    if EMOJI.pattern.match(char):
        return _EMOJI
    if "\uac00" <= char <= "\ud7af":
        return 0.92
    if unicodedata.east_asian_width(char) in "WF" or category == "So" or char == "\ufdfd":
        return 1
    bare = unicodedata.normalize("NFD", char)[0]
    return _ADVANCES.get(bare) or _strange(char)


def _strange(char: str) -> float:
    """Return about how wide a character is of which nothing else is known."""
    if unicodedata.category(char) == "Mc":  # vowel signs beside their letter
        return 0.35
    if unicodedata.bidirectional(char) in ("R", "AL"):
        return 0.52
    if "\u0b80" <= char <= "\u0bff" or "\u0d00" <= char <= "\u0d7f":  # Tamil and Malayalam
        return 0.9
    return 0.68 if char.isupper() or char > "\u0530" else 0.62
