"""What a message of the bot says, read from its text as people see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from tests.end_to_end.account_words import catalogue, pattern_of
from tests.year.account import Posted, Version, Whisper, Year
from tests.year.deeds import OwnWords

ENCOURAGE, LETTER, NUDGE, LETTER_NUDGE = "encourage.", "dm.encourage.", "nudge", "dm.nudge"
AT_RISK, RECAP = "dm.at_risk", "recap."
BUDDY_MISSED, CHEERED, WAY_BACK = "buddy.miss", "cheered", "dm.way_back"
OWN = "own"
"""The family of words that the organisers wrote for any situation."""
TIMELY = (ENCOURAGE, LETTER, NUDGE, LETTER_NUDGE, AT_RISK, RECAP)
"""What comes by itself, at a time of the bot's choosing."""

_UNSEEN = re.compile("[\u200b\u2068\u2069]")
_ESCAPED = re.compile(r"\\([\\*_~|`<>\[\]()#.+-])")
_START = re.compile(r"<t:(\d+):t>")
_NUMBERED = re.compile(r"\.\d+$")
_TONE = re.compile(r"^(cheerful|plain)\.")
_THINKING = "Thinking of "
_COUNT = re.compile(r"Thinking of (?P<all>\d+) of us\.|and (?P<more>\d+) more\.")


@dataclass(frozen=True, slots=True)
class Said:
    """Words that were drawn for an occasion, with the names and the count that stand under them."""

    post: Posted
    key: str
    """Of the wording in the catalogue; for the organisers' own words, what they wrote."""
    family: str
    """What it is one of, whatever the tone."""
    tone: str
    text: str
    thinking: str | None
    """The line that names or counts people; None without one."""

    @property
    def at(self) -> datetime:
        return self.post.at

    @property
    def kind(self) -> str | None:
        """The situation of words after a miss; None for words that are for any."""
        return None if self.family == OWN else self.family.rsplit(".", 1)[-1]

    def is_one_of(self, families: Iterable[str]) -> bool:
        return any(self.family.startswith(family) for family in families)


class Reading:
    """Reads a year: each message once."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self._known = {text: (family_of(key), tone_of(key), key) for text, key in drawn().items()}
        for deed in year.deeds:
            if isinstance(deed, OwnWords):
                family = OWN if deed.situation is None else f"{ENCOURAGE}{deed.situation}"
                self._known[deed.text] = (family, "", deed.text)
        self._said = {post.id: (*self._read(post, post.first),) for post in year.messages}
        self.whispers = year.whispers()
        self._lines = [
            (whisper, line)
            for whisper in self.whispers
            for line in visible(whisper.raw).splitlines()
        ]
        self._whispered: dict[str, list[tuple[Whisper, re.Match[str]]]] = {}

    def said(self, post: Posted) -> tuple[Said, ...]:
        """Return the drawn words of a message as it was posted, from top to bottom."""
        return self._said[post.id]

    def said_in(self, post: Posted, version: Version) -> tuple[Said, ...]:
        """Return the drawn words of a message in one of its versions."""
        return (*self._read(post, version),)

    def everything(self, *families: str) -> list[Said]:
        """Return the drawn words of families that begin so, in the order of posting."""
        every = (one for post in self.year.messages for one in self.said(post))
        return [one for one in every if one.is_one_of(families)]

    def encouragements(self) -> list[Said]:
        """Return the public words after misses, those within a recap among them."""
        return self.everything(ENCOURAGE, OWN)

    def whispered(self, family: str) -> list[tuple[Whisper, re.Match[str]]]:
        """Return what single people were told with words of a family, and where it stands."""
        if family not in self._whispered:
            patterns = _patterns(family)
            self._whispered[family] = [
                (whisper, match)
                for whisper, line in self._lines
                for match in [next(filter(None, (one.search(line) for one in patterns)), None)]
                if match is not None
            ]
        return self._whispered[family]

    def _read(self, post: Posted, version: Version) -> Iterator[Said]:
        lines = [visible(line) for line in version.raw.splitlines()]
        for number, line in enumerate(lines):
            known = self._known.get(" ".join(line.split()))
            if known is not None:
                family, tone, key = known
                after = lines[number + 1] if number + 1 < len(lines) else ""
                thinking = after if after.startswith(_THINKING) else None
                yield Said(post, key, family, tone, line, thinking)


@cache
def drawn() -> dict[str, str]:
    """Return the keys of all wordings that are drawn by chance, by their text."""
    return {
        " ".join(texts[0].split()): key
        for key, texts in catalogue().items()
        if _NUMBERED.search(key)
    }


def family_of(key: str) -> str:
    """Return what a wording is one of: its key without tone and number."""
    return _TONE.sub("", _NUMBERED.sub("", key))


def tone_of(key: str) -> str:
    found = _TONE.match(key)
    return found[1] if found else "gentle"


def comeback_in(heard: str) -> str | None:
    """Return the words with which somebody was greeted who is back; None without any."""
    found = (line for line in heard.splitlines() if _is_of(line, "comeback"))
    return next(found, None)


def visible(raw: str) -> str:
    """Return text as people see it: without escapes and what only guards them."""
    return _UNSEEN.sub("", _ESCAPED.sub(r"\1", raw))


def names_in(text: str | None, people: Iterable[str]) -> list[str]:
    """Return whose names stand in a text."""
    return [name for name in people if text and name in text and _name(name).search(text)]


def count_in(thinking: str | None, named: int) -> int | None:
    """Return how many a line tells of: all of them, or the named and so many more."""
    found = _COUNT.search(thinking or "")
    if found is None:
        return None
    return int(found["all"]) if found["all"] else named + int(found["more"])


def start_of(post: Posted) -> datetime | None:
    """Return the start of the session that a prompt asks about; None for any other message."""
    if not (post.is_public and post.first.raw.startswith("## ")):
        return None
    found = _START.search(post.first.raw)
    return None if found is None else datetime.fromtimestamp(int(found[1]), UTC)


def settled_at(post: Posted) -> datetime | None:
    """Return from when on a prompt says that its session has closed."""
    closed = pattern_of("prompt.settled")
    found = (one.at for one in post.versions if closed.search(" ".join(one.raw.split())))
    return next(found, None)


def is_refusal(heard: str) -> bool:
    """Say whether a private answer is a refusal."""
    heard = " ".join(heard.split())
    return any(pattern.fullmatch(heard) for pattern in _refusals())


def _is_of(line: str, family: str) -> bool:
    return family_of(drawn().get(" ".join(visible(line).split()), "")) == family


@cache
def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


@cache
def _patterns(family: str) -> list[re.Pattern[str]]:
    keys = [key for key in catalogue() if _NUMBERED.search(key) and family_of(key) == family]
    return [pattern_of(key) for key in keys]


@cache
def _refusals() -> list[re.Pattern[str]]:
    return [pattern_of(key) for key in catalogue() if key.startswith("error.")]
