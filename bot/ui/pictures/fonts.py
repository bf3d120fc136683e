"""Which script is drawn in which face, and where the faces' files are.

resvg takes the first family of a list that is installed and looks no further for characters that
this one lacks: a list helps only if each run of text names the families of its own script. What is
not named comes out in whatever face is found first, Chinese with serifs and Arabic in bold.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

FONT_SUFFIXES = {".ttf", ".otf", ".ttc"}
LATIN = ("Noto Sans",)
"""Covers Greek, Cyrillic and Vietnamese as well, and stands at the end of every list."""

_OTHER_NAMES = {"notosanslatin": "notosans"}
_TAIL = re.compile(r"\[.*|-(?:regular|bold|vf)\b.*|-v\d.*")
_HAN = ("Noto Sans CJK SC", "Noto Sans SC")
_JAPANESE = ("Noto Sans CJK JP", "Noto Sans JP")
_KOREAN = ("Noto Sans CJK KR", "Noto Sans KR")
_COLLECTION = "notosanscjk"
"""A file of this name holds the faces of all three."""


@dataclass(frozen=True)
class Script:
    """A script, its characters as a class for `re`, and the families that have it, best first."""

    name: str
    characters: str
    families: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches one character of the script."""
        return re.compile(f"[{self.characters}]")


EMOJI = Script(
    "emoji",
    # From U+2600 to U+27BF only those that Unicode lists as emoji (emoji-data.txt).
    "\U0001f000-\U0001faff\u203c\u2049\u20e3\u2139\u231a\u231b\u23e9-\u23fa\u2600-\u2604\u260e"
    "\u2611\u2614\u2615\u2618\u261d\u2620\u2622\u2623\u262e\u262f\u2638-\u263a\u2640\u2642"
    "\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e\u267f\u2692-\u2697\u2699\u269b"
    "\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26ce\u26cf"
    "\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f"
    "\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757"
    "\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55",
    ("Noto Color Emoji", "Noto Emoji"),
)
KANA = Script("kana", "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f", (*_JAPANESE, *_HAN))
HANGUL = Script("Hangul", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", (*_KOREAN, *_HAN))
HAN = Script(
    "Han",
    "\u2e80-\u303f\u3100-\u312f\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff",
    (*_HAN, *_JAPANESE, *_KOREAN),
)
SYMBOLS = Script(
    "symbols",
    "\u2190-\u2bff",
    (*_HAN, "Noto Sans Symbols2", "Noto Sans Symbols"),
)
_ARABIC = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"


def _noto(name: str, characters: str) -> Script:
    return Script(name, characters, (f"Noto Sans {name}",))


SCRIPTS = (
    EMOJI,
    KANA,
    HANGUL,
    HAN,
    _noto("Arabic", _ARABIC),
    _noto("Hebrew", "\u0590-\u05ff\ufb1d-\ufb4f"),
    _noto("Devanagari", "\u0900-\u097f\ua8e0-\ua8ff"),
    _noto("Bengali", "\u0980-\u09ff"),
    _noto("Gurmukhi", "\u0a00-\u0a7f"),
    _noto("Gujarati", "\u0a80-\u0aff"),
    _noto("Oriya", "\u0b00-\u0b7f"),
    _noto("Tamil", "\u0b80-\u0bff"),
    _noto("Telugu", "\u0c00-\u0c7f"),
    _noto("Kannada", "\u0c80-\u0cff"),
    _noto("Malayalam", "\u0d00-\u0d7f"),
    _noto("Sinhala", "\u0d80-\u0dff"),
    _noto("Thai", "\u0e00-\u0e7f"),
    _noto("Lao", "\u0e80-\u0eff"),
    Script("Tibetan", "\u0f00-\u0fff", ("Noto Serif Tibetan",)),
    _noto("Myanmar", "\u1000-\u109f"),
    _noto("Georgian", "\u10a0-\u10ff\u1c90-\u1cbf"),
    _noto("Armenian", "\u0530-\u058f\ufb13-\ufb17"),
    _noto("Ethiopic", "\u1200-\u139f"),
    _noto("Cherokee", "\u13a0-\u13ff"),
    _noto("Khmer", "\u1780-\u17ff"),
    _noto("Javanese", "\ua980-\ua9df"),
    SYMBOLS,
)


def families_of(char: str, text: str) -> tuple[str, ...]:
    """Return the families that draw `char`, best first.

    Chinese characters are written as the rest of `text` asks for: as in Japan beside kana, as in
    Korea beside Hangul.
    """
    script = next((one for one in SCRIPTS if one.pattern.match(char)), None)
    if script is HAN:
        script = next((one for one in (KANA, HANGUL) if one.pattern.search(text)), HAN)
    return LATIN if script is None else (*script.families, *LATIN)


def font_files_for_pictures(directories: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of the faces that pictures use; of a family, those of one directory only.

    A directory that stands earlier is preferred. Regular and bold, no other weights; regular
    first, because the first that has a character stands in where a run's own face lacks it.
    """
    wanted = {
        *(_squeezed(one) for one in chain(LATIN, *(each.families for each in SCRIPTS))),
        _COLLECTION,
    }
    found: dict[str, list[Path]] = {}
    for directory in directories:
        here: dict[str, list[Path]] = {}
        for path in sorted(font_files((directory,))):
            here.setdefault(_family_in(path), []).append(path)
        new = {family: files for family, files in here.items() if family in wanted - found.keys()}
        found.update(new)
    files = (path for files in found.values() for path in files)
    return tuple(sorted(files, key=lambda path: "bold" in path.stem.lower()))


def has_latin(files: Iterable[Path]) -> bool:
    """Say whether there is a face to fall back on: without one nothing at all is drawn."""
    return any(_family_in(path) == _squeezed(LATIN[0]) for path in files)


def font_files(directories: Iterable[Path]) -> Iterator[Path]:
    """Yield every font file below `directories`; those that are not there have none."""
    for directory in directories:
        for place, _, names in os.walk(directory):
            yield from (Path(place, name) for name in names if _is_font(name))


def system_font_directories() -> tuple[Path, ...]:
    """Return where Linux and macOS keep fonts, there or not."""
    home = Path.home()
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
        home / ".fonts",
        home / ".local/share/fonts",
        home / "Library/Fonts",
    )


def simcord_font_directories() -> tuple[Path, ...]:
    """Return where an installed SimCord keeps the Noto files of its page: for the sandbox only.

    Nothing of SimCord is imported.
    """
    found = importlib.util.find_spec("simcord")
    places = (found.submodule_search_locations or ()) if found else ()
    return tuple(Path(place, "preview", "static", "fonts") for place in places)


def _family_in(path: Path) -> str:
    """Return a file's family in small letters without gaps, as its name tells it.

    Debian writes NotoSansArabic-Bold.ttf, Google NotoSansArabic[wght].ttf, SimCord
    noto-sans-arabic-v2.012.ttf.
    """
    family = _TAIL.sub("", path.stem.lower()).replace("-", "")
    return _OTHER_NAMES.get(family, family)


def _squeezed(family: str) -> str:
    return family.replace(" ", "").lower()


def _is_font(name: str) -> bool:
    return Path(name).suffix.lower() in FONT_SUFFIXES
