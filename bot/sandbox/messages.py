"""What a message says, to whom, and about whom: read from its text as people see it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from bot.sandbox.noticeboard import Post
from bot.storage.memberships import Member
from bot.ui.words import words_in

_ESCAPED = re.compile(r"\\([\\*_~|`<>\[\]()#.+-])")
_UNSEEN = re.compile("[\u200b\u2068\u2069]")
_MENTION = re.compile(r"<@!?(\d+)>")


@dataclass(frozen=True, slots=True)
class Message:
    """A nudge, an encouragement or a recap, as it stands in its channel."""

    on: date
    """The day it is about, or the Monday of a recap's week."""
    posted_at: datetime
    named: tuple[str, ...]
    """Members whose names stand in it."""
    pinged: tuple[str, ...]
    """Members whom it mentions."""
    text: str
    kind: str | None
    """The leading one of an encouragement, or what kind of week it was."""
    wording: str | None
    """Its key in the catalogue."""


def message(post: Post, moment: Row[Any], members: Sequence[Member]) -> Message:
    """Read a post; what it does not say itself (kind, wording, day) is its moment's."""
    raw = "\n".join(post.texts)
    by_id = {int(member.user_id): member.name for member in members}
    mentioned = dict.fromkeys(int(found) for found in _MENTION.findall(raw))
    text = visible(raw)
    return Message(
        on=date.fromordinal(moment.subject),
        posted_at=post.posted_at,
        named=tuple(member.name for member in members if _stands_in(member.name, text)),
        pinged=tuple(by_id.get(user_id, str(user_id)) for user_id in mentioned),
        text=text,
        kind=moment.leading,
        wording=moment.wording,
    )


def part_saying(post: Post, wording: str) -> Post | None:
    """Return the block of a post that says a wording, as if it stood alone; None without it."""
    said = words_in().say(wording)
    return next((replace(post, texts=(text,)) for text in post.texts if said in text), None)


def visible(raw: str) -> str:
    """Return text as people see it: without escapes and what only guards them.

    Names that contain markdown come out as their owners wrote them; mentions and timestamps stay
    in Discord's own notation.
    """
    return _UNSEEN.sub("", _ESCAPED.sub(r"\1", raw))


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
