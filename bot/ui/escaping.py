"""Text that people wrote, made harmless before it stands in a card.

`discord.utils.escape_markdown` leaves links, numbered lists and `<…>` alone, and its result cannot
be escaped further without undoing it, so one pass of our own does the whole job.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from bot.domain.ids import ChannelId, UserId
from bot.domain.naming import BLANKS

WIDTH = 120
"""Columns that a value may take: a group's name of 60 wide characters."""
NAME_WIDTH = 64
"""Columns of a person's name: Discord's 32 characters, all of them wide."""
CHOICE_WIDTH = 100
"""Discord's limit for a choice of an autocompleted option."""
MARKS_IN_A_ROW = 4
"""Combining marks on one letter; written languages need no more, and towers of them spill over."""

_BREAK = "\u200b"
"""A zero-width space: ends what Discord would otherwise take for a mention or a link."""
_JOINERS = "\u200c\u200d"
"""Persian, Hindi and emoji need them between two characters; elsewhere they only hide things."""

_MARKS = re.compile(r"[\\*_~|`<>\[\]()#]")
_AT_THE_START = re.compile(r"^(?:[-+]|\d+(?=[.)]))")
_MENTION = re.compile(r"@(?=.)")
_LINK = re.compile(r"(?<=:)(?=//)|(?<=\.)(?=\w)")


class Safe(str):
    """Text that may stand in a card as it is: from the catalogue, or escaped."""

    __slots__ = ()


def escaped(text: str, width: int = WIDTH) -> Safe:
    """Return `text` on one line, of at most `width` columns, with nothing in it that Discord reads.

    Markdown, mentions, links, invitations and timestamps are shown as they were typed; what
    cannot be seen or turns the direction of writing is taken out.
    """
    text = plain(text, width)
    text = _MARKS.sub(r"\\\g<0>", text)
    text = _AT_THE_START.sub(_escape_start, text)
    text = _MENTION.sub(f"@{_BREAK}", text)
    return Safe(_isolated(_LINK.sub(_BREAK, text)))


def plain(text: str, width: int) -> str:
    """Return `text` for labels, which know no markdown: one visible line.

    It takes at most `width` columns, and no more characters than that.
    """
    kept = "".join(_seen(text, place) for place in range(len(text)))
    return _cut(_without_towers(" ".join(kept.split())), width)


def columns(text: str) -> int:
    """Return how many columns `text` takes in a fixed-width face; wide characters take two."""
    return sum(_columns_of(char) for char in text)


def timestamp(at: datetime, style: str = "F") -> Safe:
    """Return an instant as Discord shows it, in each reader's own time.

    Styles: https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
    """
    return Safe(f"<t:{int(at.timestamp())}:{style}>")


def mention(user_id: UserId) -> Safe:
    """Return what shows, and if allowed pings, a person."""
    return Safe(f"<@{user_id}>")


def channel(channel_id: ChannelId) -> Safe:
    """Return a link to a channel."""
    return Safe(f"<#{channel_id}>")


def _isolated(text: str) -> str:
    """Keep text that runs from right to left from turning the sentence around it."""
    turns = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
    return f"\u2068{text}\u2069" if turns else text


def _escape_start(match: re.Match[str]) -> str:
    start = match[0]
    return f"{start}\\" if start[0].isdigit() else f"\\{start}"


def _seen(text: str, place: int) -> str:
    """Return the character at `place`, a space for a gap, or nothing for what is invisible."""
    char = text[place]
    category = unicodedata.category(char)
    if char in BLANKS or char.isspace() or category == "Zs":
        return " "
    if char in _JOINERS:
        around = text[place - 1 : place] + text[place + 1 : place + 2]
        return char if len(around) == 2 and all(_joinable(one) for one in around) else ""
    return "" if category in ("Cc", "Cf", "Cs", "Co", "Cn") else char


def _joinable(char: str) -> bool:
    return ord(char) > 0x7F and unicodedata.category(char)[0] in "LMS"


def _without_towers(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)


def _cut(text: str, width: int) -> str:
    if columns(text) <= width and len(text) <= width:
        return text
    used = 0
    for place, char in enumerate(text):
        used += _columns_of(char)
        if used > width - 1 or place >= width - 1:
            return text[:place].rstrip().rstrip(_JOINERS) + "…"
    return text


def _columns_of(char: str) -> int:
    if unicodedata.category(char)[0] == "M" or char in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
