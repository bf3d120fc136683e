"""What is said after a miss, and who may be named in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import MembershipId, UserId

NEW_FOR = timedelta(days=7)
"""How long somebody is new in a group, counted from joining."""
SILENT_AFTER = timedelta(days=14)
"""Who gave no sign for this long is neither named nor counted any more."""
LONG_AWAY_AFTER = timedelta(days=7)
"""A silence from which on the words are those for somebody who has been away."""
NAMED_PER_WEEK = 2
"""How often a member is named in seven days, in one server, at most."""
NAMED_SPAN = timedelta(days=7)
NAMES = 3
"""Names in one message at most: more would be a list of who was absent."""
COUNT_FROM, COUNT_IN_GROUP_OF = 3, 6
"""A count is given only from so many concerned, in a group of at least so many."""
AWAY_FROM = timedelta(days=2)
"""A silence from which on somebody may need a way back."""
SEVERAL = 3
"""Misses in a row from which on they are several."""
WORTH_A_WORD = 3
"""A streak from which on it is worth a word that today's session carries it on."""


AT_RISK = "dm.at_risk"
"""The family of words for whoever asked to hear that today's session carries their streak on."""


class Kind(StrEnum):
    """The situations that have words of their own, the gentlest first."""

    FIRST_WEEK = "first_week"
    FIRST_MISS = "first_miss"
    SECOND_MISS = "second_miss"
    SEVERAL_MISSES = "several_misses"
    TOKEN_USED = "token_used"
    LONG_AWAY = "long_away"
    MOST_MISSED = "most_missed"


class Tone(StrEnum):
    """The voice in which a group is spoken to."""

    GENTLE = "gentle"
    CHEERFUL = "cheerful"
    PLAIN = "plain"


def family_in(tone: Tone, family: str) -> str:
    """Return the family of wordings that says in `tone` what `family` says gently."""
    return family if tone is Tone.GENTLE else f"{tone}.{family}"


class Reach(StrEnum):
    """How a member wants to hear from the bot."""

    CHANNEL = "channel"
    DM = "dm"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Concerned:
    """A member who gave no answer on the day in question."""

    membership_id: MembershipId
    user_id: UserId
    name: str
    named: bool
    reach: Reach
    misses: int
    """Misses in a row, this day's among them."""
    covered: bool
    """A rest token covered the day's miss."""
    joined_at: datetime
    last_sign_at: datetime
    """The last answer, or joining."""
    named_lately: int
    """How often they were named in this server in the last `NAMED_SPAN`."""


@dataclass(frozen=True, slots=True)
class Encouragement:
    """What the group is told: a leading kind, who may be named in it, and a count or none."""

    kind: Kind
    named: tuple[Concerned, ...]
    count: int | None


def still_with_us(concerned: Sequence[Concerned], now: datetime) -> list[Concerned]:
    """Leave out those who have been silent for so long that they are let be."""
    return [one for one in concerned if not is_let_be(one.last_sign_at, now)]


def is_let_be(last_sign_at: datetime, now: datetime) -> bool:
    """Say whether somebody gave no sign for so long that nothing is said to them any more."""
    return now - last_sign_at >= SILENT_AFTER


def is_new(joined_at: datetime, now: datetime) -> bool:
    """Say whether somebody is in their first week."""
    return now - joined_at < NEW_FOR


def kind_for(one: Concerned, now: datetime) -> Kind:
    """Return the situation a single member is in.

    A first miss is a first miss, however long ago the last answer is: in a group that meets once a
    week, or after a holiday, nobody has been away.
    """
    if is_new(one.joined_at, now):
        return Kind.FIRST_WEEK
    if one.misses > 1 and now - one.last_sign_at >= LONG_AWAY_AFTER:
        return Kind.LONG_AWAY
    if one.covered:
        return Kind.TOKEN_USED
    if one.misses >= SEVERAL:
        return Kind.SEVERAL_MISSES
    return Kind.SECOND_MISS if one.misses == SEVERAL - 1 else Kind.FIRST_MISS


def is_at_risk(streak: int, tokens: int) -> bool:
    """Say whether an open session is the last chance to carry on a streak worth a word."""
    return streak >= WORTH_A_WORD and tokens == 0


def needs_way_back(
    misses: int, last_sign_at: datetime, offered_at: datetime | None, now: datetime
) -> bool:
    """Say whether a member who has just missed is to be offered a way back, or out.

    After three misses in a row, or when they are about to be let be. Once for each time they fall
    silent, and never twice within the time after which somebody is let be.
    """
    if now - last_sign_at < AWAY_FROM:
        # Who answered just now, and be it that they cannot come, has not fallen silent.
        return False
    if misses < SEVERAL and not (is_let_be(last_sign_at, now) and misses > 1):
        return False
    if offered_at is None:
        return True
    return offered_at < last_sign_at and now - offered_at >= SILENT_AFTER


def choose(
    concerned: Sequence[Concerned], group_size: int, now: datetime, expected: int | None = None
) -> Encouragement | None:
    """Gather everybody concerned into one message; None when there is nobody to encourage.

    `expected` is how many of the group could have come; None: all.

    It leads with the situation most of them are in; of equally frequent ones with the gentlest,
    which is the one that stands first in `Kind`. Public words never say what anybody lost, so a
    named member's own situation is not told, only the leading one. Those named least lately are
    named first.
    """
    present = still_with_us(concerned, now)
    if not present:
        return None
    kind = _leading(present, group_size if expected is None else expected, now)
    willing = sorted(
        (one for one in present if _may_be_named(one)),
        key=lambda one: (one.named_lately, one.membership_id),
    )
    named = tuple(willing[:NAMES])
    countable = len(present) >= COUNT_FROM and group_size >= COUNT_IN_GROUP_OF
    return Encouragement(kind, named, len(present) if countable else None)


def _leading(present: Sequence[Concerned], expected: int, now: datetime) -> Kind:
    if len(present) * 2 > expected and len(present) > 1:
        return Kind.MOST_MISSED
    kinds = [kind_for(one, now) for one in present]
    return max(Kind, key=kinds.count)


def _may_be_named(one: Concerned) -> bool:
    return one.named and one.reach is Reach.CHANNEL and one.named_lately < NAMED_PER_WEEK
