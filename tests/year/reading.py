"""What a message of the bot says, read from its text as people see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from tests.end_to_end.account_words import catalogue, pattern_of
from tests.year.account import Posted, Version, Year

_UNSEEN = re.compile("[\u200b\u2068\u2069]")
_ESCAPED = re.compile(r"\\([\\*_~|`<>\[\]()#.+-])")
_START = re.compile(r"<t:(\d+):t>")
_NUMBERED = re.compile(r"\.\d+$")
_THINKING = "Thinking of "
_COUNT = re.compile(r"Thinking of (?P<all>\d+) of us\.|and (?P<more>\d+) more\.")

ENCOURAGE, LETTER = "encourage.", "dm.encourage."
NUDGE, LETTER_NUDGE, RECAP = "nudge", "dm.nudge", "recap."


@cache
def wordings() -> dict[str, str]:
    """Return the keys of all wordings that are drawn by chance, by their text."""
    return {
        " ".join(texts[0].split()): key
        for key, texts in catalogue().items()
        if _NUMBERED.search(key)
    }


def family_of(key: str) -> str:
    """Return what a wording is one of: its key without the number."""
    return _NUMBERED.sub("", key)


def visible(raw: str) -> str:
    """Return text as people see it: without escapes and what only guards them."""
    return _UNSEEN.sub("", _ESCAPED.sub(r"\1", raw))


@dataclass(frozen=True, slots=True)
class Said:
    """Words that were drawn by chance, with the names and the count that stand under them."""

    post: Posted
    key: str
    """Of the wording in the catalogue."""
    text: str
    thinking: str | None
    """The line that names or counts people, as first posted; None without one."""

    @property
    def at(self) -> datetime:
        return self.post.at

    @property
    def family(self) -> str:
        return family_of(self.key)

    @property
    def kind(self) -> str:
        """The situation, for the words after a miss."""
        return self.family.rsplit(".", 1)[-1]


def said(post: Posted, version: Version | None = None) -> Iterator[Said]:
    """Return the drawn words of a message, from top to bottom: of its first version, or another."""
    lines = [visible(line) for line in (version or post.first).raw.splitlines()]
    for number, line in enumerate(lines):
        key = wordings().get(" ".join(line.split()))
        if key is not None:
            after = lines[number + 1] if number + 1 < len(lines) else ""
            yield Said(post, key, line, after if after.startswith(_THINKING) else None)


def everything_said(year: Year, *families: str) -> list[Said]:
    """Return the drawn words of the families that begin so, in the order of posting."""
    return [
        one
        for post in year.messages
        for one in said(post)
        if any(one.family.startswith(family) for family in families)
    ]


def encouragements(year: Year) -> list[Said]:
    """Return the public words after misses, those within a recap among them."""
    return [one for one in everything_said(year, ENCOURAGE) if one.post.is_public]


def names_in(text: str | None, people: Iterable[str]) -> list[str]:
    """Return whose names stand in a text."""
    return [
        name
        for name in people
        if text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
    ]


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


@cache
def _refusals() -> list[re.Pattern[str]]:
    return [pattern_of(key) for key in catalogue() if key.startswith("error.")]
