"""The rules for how words reach people: quiet hours, pings, letters, silence, and no repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from itertools import pairwise

from tests.end_to_end.account_words import wordings_of
from tests.year.account import Doors, Posted, Wished
from tests.year.ledger import Ledger
from tests.year.reading import (
    ENCOURAGE,
    LETTER,
    LETTER_NUDGE,
    NUDGE,
    RECAP,
    Said,
    everything_said,
    names_in,
    said,
    start_of,
    visible,
)

QUIET_FROM, QUIET_UNTIL = time(21, 30), time(7)
SPREAD = timedelta(seconds=5)
"""Letters of one occasion do not come all at once."""
NEVER_CAME = 2
"""Letters to one member, of sixteen wordings, that may have been lost on the way."""
SHAMING = re.compile(
    r"\b(miss|misses|missed|missing|fail|fails|failed|failing|failure|lose|loses|lost|losing|"
    r"broke|broken|breaks|lazy|laziness|slacker|slacking|skipped|forgot|forgotten|neglected|"
    r"disappoint|disappointed|disappointing|shame|ashamed|guilty|blame|ruined|quitter|pathetic|"
    r"worst|punish|punished|streak)\b",
    re.IGNORECASE,
)


def quiet_hours(ledger: Ledger) -> Iterator[str]:
    """Nothing that could wait comes between 21:30 and 07:00."""
    for one in everything_said(ledger.year, ENCOURAGE, NUDGE, RECAP, LETTER, LETTER_NUDGE):
        at = one.at.astimezone(ledger.year.zone).time()
        if at >= QUIET_FROM or at < QUIET_UNTIL:
            yield f"{one.at}: {one.key} came in quiet hours"


def pings_only_the_awaited(ledger: Ledger) -> Iterator[str]:
    """Only reminders ping, and only those who asked for that and have not answered."""
    for post in ledger.year.messages:
        for who in post.first.pings:
            if not any(one.family == NUDGE for one in said(post)):
                yield f"{post.at}: {who} is pinged, and not by a nudge"
                continue
            wishes = ledger.wishes(who, post.at)
            if wishes is None or not wishes.pinged or wishes.reach != "channel":
                yield f"{post.at}: {who} is pinged and did not ask for it"
            if not _is_awaited(ledger, post, who):
                yield f"{post.at}: {who} is pinged and had answered, or was not asked"
        for version in post.versions[1:]:
            yield from (f"{version.at}: a change pings {who}" for who in version.pings)


def one_nudge_a_day(ledger: Ledger) -> Iterator[str]:
    """A group is reminded at most once a day."""
    days = [ledger.year.day_of(one.at) for one in _public(ledger, NUDGE)]
    yield from (f"{on}: nudged twice" for on in sorted({*days}) if days.count(on) > 1)


def letters_only_on_request(ledger: Ledger) -> Iterator[str]:
    """Letters go only to those who asked for them and are still meant, one after another."""
    for one in everything_said(ledger.year, LETTER, LETTER_NUDGE):
        who = one.post.place
        wishes = ledger.wishes(who, one.at)
        if wishes is None or wishes.reach != "dm" or not ledger.is_member(who, one.at):
            yield f"{one.at}: {who} gets a letter and did not ask for it"
        if not _letter_fits(ledger, one):
            yield f"{one.at}: {who} gets {one.family} and had answered, or was not asked"
    for one, other in pairwise(everything_said(ledger.year, LETTER, LETTER_NUDGE)):
        if other.at - one.at < SPREAD:
            yield f"{other.at}: letters to {one.post.place} and {other.post.place} at once"


def shut_doors_are_left(ledger: Ledger) -> Iterator[str]:
    """Who has refused a letter gets no more of them until they ask again."""
    for who in ledger.year.people:
        doors = [one for one in ledger.year.of(who) if isinstance(one, Doors)]
        asked = [one.at for one in ledger.year.of(who) if isinstance(one, Wished)]
        shut_at = next((one.at for one in doors if not one.open), None)
        if shut_at is None:
            continue
        again_at = next((at for at in asked if at > shut_at), None)
        for post in ledger.year.messages:
            if post.place == who and shut_at < post.at and (again_at is None or post.at < again_at):
                yield f"{post.at}: {who} gets a letter, and had refused one"


def silence_is_kept(ledger: Ledger) -> Iterator[str]:
    """Who wants silence has it: no name after a miss, no ping, no letter."""
    for one in everything_said(ledger.year, ENCOURAGE, NUDGE, LETTER, LETTER_NUDGE):
        there = {*one.post.first.pings, *names_in(one.thinking, ledger.year.people)}
        if not one.post.is_public:
            there.add(one.post.place)
        for who in there:
            wishes = ledger.wishes(who, one.at)
            if wishes is not None and wishes.reach == "silent":
                yield f"{one.at}: {who} wanted silence"


def no_name_elsewhere(ledger: Ledger) -> Iterator[str]:
    """A prompt names those who came and agreed to it, and never who has not answered."""
    by_start = {session.starts_at: session for session in ledger.sessions}
    for post in ledger.year.messages:
        starts_at = start_of(post)
        if starts_at is None:
            continue
        session = by_start[starts_at]
        for version in post.versions:
            told = visible(version.raw).replace(ledger.year.group, "")
            for who in names_in(told, ledger.year.people):
                wishes = ledger.wishes(who, version.at)
                if wishes is None or not wishes.named:
                    yield f"{version.at}: {who} stands in a prompt and did not agree"
                if ledger.answer(who, session, version.at) not in ("done", "partly"):
                    yield f"{version.at}: {who} stands in a prompt and did not say they came"


def the_bag(ledger: Ledger) -> Iterator[str]:
    """No wording comes again before all others of its situation have been heard since.

    In a group, and for letters with each member. A letter that never came, as its member's door
    was shut or they answered just then, has used its words as well.
    """
    since: dict[tuple[str, str], dict[str, set[str]]] = {}
    for one in everything_said(ledger.year, ENCOURAGE, NUDGE, RECAP, LETTER, LETTER_NUDGE):
        used = since.setdefault((one.post.place, one.family), {})
        others = wordings_of(one.family) - {one.key}
        unseen = 0 if one.post.is_public else NEVER_CAME
        if one.key in used and len(others - used[one.key]) > unseen:
            yield f"{one.at}: {one.key} comes back too soon"
        for later in used.values():
            later.add(one.key)
        used[one.key] = set()


def nothing_lost_in_public(ledger: Ledger) -> Iterator[str]:
    """Public words never say what anybody lost, and shame nobody."""
    for post in ledger.year.messages:
        if post.is_public and any(one.family.startswith((ENCOURAGE, NUDGE)) for one in said(post)):
            for version in post.versions:
                if found := SHAMING.search(visible(version.raw)):
                    yield f"{version.at}: it says {found[0]!r}"


def known_words(ledger: Ledger) -> Iterator[str]:
    """Everything in the channel is a prompt, or says words that were drawn for the occasion."""
    for post in ledger.year.messages:
        if post.is_public and start_of(post) is None and not [*said(post)]:
            yield f"{post.at}: {post.first.raw!r} is neither"


def every_situation(ledger: Ledger) -> Iterator[str]:
    """Each situation has come up, in the channel and by letter."""
    from bot.domain.encouragement import Kind  # noqa: PLC0415 - the list alone, not the rules

    told = {one.family for one in everything_said(ledger.year, ENCOURAGE, LETTER)}
    for kind in Kind:
        families = [f"encourage.{kind}", f"dm.encourage.{kind}"]
        yield from (f"no {one}" for one in families if wordings_of(one) and one not in told)


def _public(ledger: Ledger, *families: str) -> list[Said]:
    return [one for one in everything_said(ledger.year, *families) if one.post.is_public]


def _is_awaited(ledger: Ledger, post: Posted, who: str) -> bool:
    """Say whether an answer of somebody's to a session of the day was still open."""
    today = ledger.year.day_of(post.at)
    return ledger.is_member(who, post.at) and any(
        session.on == today
        and session.starts_at <= post.at
        and ledger.is_asked(who, session, post.at)
        and ledger.answer(who, session, post.at) is None
        for session in ledger.sessions
    )


def _letter_fits(ledger: Ledger, one: Said) -> bool:
    who = one.post.place
    if one.family == LETTER_NUDGE:
        return _is_awaited(ledger, one.post, who)
    today = ledger.year.day_of(one.at)
    days = {
        on
        for on, settled_at in ledger.days_settled()
        if settled_at <= one.at and ledger.year.day_of(settled_at) == today
    }
    return any(
        who in ledger.concerned(on, one.at) and one.kind in ledger.situations(who, on, one.at)
        for on in days
    )
