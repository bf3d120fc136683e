"""How wide text is drawn, how much of it has room, and which runs it falls into.

Widths are estimates: a picture's facts are laid out before any font is opened.
"""

# ruff: noqa: RUF001 - the table of widths holds Greek and Cyrillic letters that look like Latin ones

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from bot.ui.escaping import plain
from bot.ui.pictures.bidi import levels, turns, visual
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
        # Noto Sans Hebrew.
        31: "וזין",
        37: "גנ",
        53: "דךכלץר",
        57: "בצ",
        61: "אהטפףסעק",
        67: "חםמת",
        73: "ש",
        104: "ШЩ",
        106: "Ю",
    }.items()
    for char in chars
}
# Noto Sans Arabic: how wide a letter is before one that it joins, and how wide at a word's end.
_ARABIC = {
    char: (joined / 100, alone / 100)
    for (joined, alone), chars in {
        (26, 26): "اأإآىٱ",
        (45, 45): "ءةدذؤو",
        (38, 38): "رزژ",
        (33, 102): "بتثپٹ",
        (33, 75): "نيئی",
        (28, 71): "ل",
        (46, 90): "كکگ",
        (47, 90): "فق",
        (51, 52): "عغ",
        (53, 48): "مه",
        (62, 65): "جحخچ",
        (70, 80): "طظ",
        (82, 124): "سش",
        (93, 133): "صض",
    }.items()
    for char in chars
}
_EMOJI = 1.25
_JOINER = "\u200d"
_AS_EMOJI = "\ufe0f"
"""Asks for the character before it as an emoji."""
_AN_EMOJI = "\U0001f600"
_MIRRORED = str.maketrans("()[]<>{}«»", ")(][><}{»«")
_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_UNSEEN = frozenset(f"\u200c\u200d\u200e{_TONES}")
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
            wide = _EMOJI if after == _AS_EMOJI else _joined(char, after) or _ems(char)
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


def sized(
    text: str, sizes: Sequence[float], room: float, *, bold: bool = False
) -> tuple[str, float]:
    """Return `text` with the first of `sizes` at which it has room; cut at the last one."""
    for size in sizes:
        if measured(text, size, bold=bold) <= room:
            return text, size
    return fitted(text, sizes[-1], room, bold=bold), sizes[-1]


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
    """Cut `words` where script or direction changes; as the runs stand from left to right.

    What runs from right to left decides about the whole line if it comes first.
    """
    runs, ways = _runs(words), levels(words)
    if not any(ways):
        return runs
    pieces: list[tuple[int, Run]] = []
    place = 0
    for families, run in runs:
        marked = zip(ways[place : place + len(run)], run, strict=True)
        for level, group in groupby(marked, key=lambda pair: pair[0]):
            part = "".join(char for _, char in group)
            parts = _turned(part) if level % 2 else [part]
            pieces += [(level, (families, each)) for each in parts]
        place += len(run)
    return visual(pieces)


def _turned(part: str) -> list[str]:
    """Part what stands beside letters that run from right to left from them, and turn it round.

    Whoever draws a run turns its letters round, and nothing else.
    """
    letters = [place for place, char in enumerate(part) if turns(char)]
    if not letters:
        return [_backwards(part)]
    first, last = letters[0], letters[-1] + 1
    while last < len(part) and unicodedata.category(part[last])[0] == "M":
        last += 1
    parts = [_backwards(part[:first]), part[first:last], _backwards(part[last:])]
    return [each for each in parts if each]


def _backwards(text: str) -> str:
    """Turn characters round, those that belong together as one."""
    clusters: list[str] = []
    for char in text:
        if clusters and (_follows(char) or clusters[-1].endswith(_JOINER)):
            clusters[-1] += char
        else:
            clusters.append(char)
    return "".join(reversed(clusters)).translate(_MIRRORED)


def _follows(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char == _JOINER or char in _TONES


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


def _joined(char: str, after: str) -> float | None:
    """Return how wide an Arabic letter is before `after`; None for what is none."""
    widths = _ARABIC.get(char)
    return widths and widths[unicodedata.bidirectional(after) not in ("AL", "NSM")]


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
