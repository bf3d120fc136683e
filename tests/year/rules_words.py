"""The rules for the words themselves: their voice, no repeats, nothing that hurts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from tests.end_to_end.account_words import wordings_of
from tests.year.deeds import OwnOnly, OwnWords, Toned
from tests.year.ledger import Ledger
from tests.year.reading import (
    ENCOURAGE,
    LETTER,
    NUDGE,
    OWN,
    TIMELY,
    Said,
    start_of,
    visible,
)

NEVER_CAME = 2
"""Letters to one member, of sixteen wordings, that may have been lost on the way."""
SHAMING = re.compile(
    r"\b(miss|misses|missed|missing|fail|fails|failed|failing|failure|lose|loses|lost|losing|"
    r"broke|broken|breaks|lazy|laziness|slacker|slacking|skipped|forgot|forgotten|neglected|"
    r"disappoint|disappointed|disappointing|shame|ashamed|guilty|blame|ruined|quitter|pathetic|"
    r"worst|punish|punished|streak)\b",
    re.IGNORECASE,
)


def in_its_tone(ledger: Ledger) -> Iterator[str]:
    """Words to the group have the voice that its organiser chose: gentle, cheerful or plain."""
    for one in ledger.reading.everything(ENCOURAGE, NUDGE):
        tone = "gentle"
        for deed in ledger.year.deeds:
            if isinstance(deed, Toned) and deed.at <= one.at:
                tone = deed.tone
        if one.tone not in ("", tone):
            yield f"{one.at}: {one.key} is {one.tone}, and the group chose {tone}"


def the_bag(ledger: Ledger) -> Iterator[str]:
    """No wording comes again before all others of its situation have been heard since.

    In a group, and for letters with each member. A letter that never came, as its member's door
    was shut or they answered just then, has used its words as well.
    """
    since: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    for one in ledger.reading.everything(*TIMELY):
        used = since.setdefault((one.post.place, one.family, _voice(ledger, one)), {})
        others = _pool(ledger, one) - {one.key}
        unseen = 0 if one.post.is_public else NEVER_CAME
        if one.key in used and len(others - used[one.key]) > unseen:
            yield f"{one.at}: {one.key} comes back too soon"
        for later in used.values():
            later.add(one.key)
        used[one.key] = set()


def own_words_when_wanted(ledger: Ledger) -> Iterator[str]:
    """The group's own words are said while they are kept, and alone where that is wanted."""
    for one in ledger.reading.everything(ENCOURAGE, OWN):
        own = _own(ledger, one.kind, one.at, any_kind=True)
        is_own = one.tone == ""
        if is_own and one.key not in own:
            yield f"{one.at}: {one.key!r} had been taken away, or is for another day"
        if not is_own and own and _alone(ledger, one.at):
            yield f"{one.at}: {one.key} is Amble's, and the group's own are said alone"


def nothing_lost_in_public(ledger: Ledger) -> Iterator[str]:
    """Public words never say what anybody lost, and shame nobody."""
    for post in ledger.year.messages:
        said = ledger.reading.said(post)
        if post.is_public and any(one.is_one_of((ENCOURAGE, NUDGE)) for one in said):
            for version in post.versions:
                if found := SHAMING.search(visible(version.raw)):
                    yield f"{version.at}: it says {found[0]!r}"


def known_words(ledger: Ledger) -> Iterator[str]:
    """Everything in the channel is a prompt, or says words that were drawn for the occasion."""
    for post in ledger.year.messages:
        if post.is_public and start_of(post) is None and not ledger.reading.said(post):
            yield f"{post.at}: {post.first.raw!r} is neither"


def every_situation(ledger: Ledger) -> Iterator[str]:
    """Each situation has come up, in the channel and by letter."""
    from bot.domain.encouragement import Kind  # noqa: PLC0415 - the list alone, not the rules

    told = {one.family for one in ledger.reading.everything(ENCOURAGE, LETTER)}
    for kind in Kind:
        families = [f"{ENCOURAGE}{kind}", f"{LETTER}{kind}"]
        yield from (f"no {one}" for one in families if wordings_of(one) and one not in told)


def _voice(ledger: Ledger, one: Said) -> str:
    """Return the tone that a bag is for; own words go with the tone of the day."""
    if one.tone:
        return one.tone
    chosen = [
        deed.tone for deed in ledger.year.deeds if isinstance(deed, Toned) and deed.at <= one.at
    ]
    return chosen[-1] if chosen else "gentle"


def _pool(ledger: Ledger, one: Said) -> set[str]:
    """Return the words that could have been drawn, but for the own ones that fit any day."""
    own = set[str]() if one.kind is None else _own(ledger, one.kind, one.at)
    if own and _alone(ledger, one.at):
        return own
    voice = _voice(ledger, one)
    family = one.family if voice == "gentle" else f"{voice}.{one.family}"
    return own | (_wordings(family) or _wordings(one.family))


@cache
def _wordings(family: str) -> frozenset[str]:
    return frozenset(wordings_of(family))


def _own(ledger: Ledger, kind: str | None, at: datetime, *, any_kind: bool = False) -> set[str]:
    """Return the group's own words for a situation at an instant."""
    kept: set[str] = set()
    for deed in ledger.year.deeds:
        if isinstance(deed, OwnWords) and deed.at <= at:
            fits = deed.situation == kind or (any_kind and deed.situation is None)
            if fits and deed.kept:
                kept.add(deed.text)
            elif fits:
                kept.discard(deed.text)
    return kept


def _alone(ledger: Ledger, at: datetime) -> bool:
    found = [one.alone for one in ledger.year.deeds if isinstance(one, OwnOnly) and one.at <= at]
    return bool(found) and found[-1]
