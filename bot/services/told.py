"""What a notice tells: private words that a member did not ask for, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.absence import Absence
from bot.domain.correction import Correction
from bot.domain.ids import GroupId, GuildId, MembershipId, NoticeId
from bot.domain.programme import Review


@dataclass(frozen=True, slots=True)
class NewBuddies:
    """Whom the member is a buddy of from now on: one, or two."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithoutBuddy:
    """The member's buddy is away, and nobody else is free."""


@dataclass(frozen=True, slots=True)
class BuddyAsked:
    """Somebody would like to be the member's buddy."""

    name: str
    membership_id: MembershipId
    """Of whoever asks."""


@dataclass(frozen=True, slots=True)
class BuddyMissed:
    """The member's buddy was not there lately; both agreed to hear of that."""

    name: str
    membership_id: MembershipId
    """The buddy's."""
    on: date
    turn: int
    """How often the member was told such things before: no words come twice in a row."""


@dataclass(frozen=True, slots=True)
class Cheered:
    """Others cheered the member."""

    names: tuple[str, ...]
    turn: int


@dataclass(frozen=True, slots=True)
class WayBack:
    """The member may make it easier, pause, find another time, or leave."""

    turn: int


Told = (
    Correction
    | Absence
    | NewBuddies
    | WithoutBuddy
    | BuddyAsked
    | BuddyMissed
    | Cheered
    | WayBack
    | Review
)


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Something that a member is to be told."""

    notice_ids: tuple[NoticeId, ...]
    """Of the notices that it tells: several cheers are told at once."""
    guild_id: GuildId
    group_id: GroupId
    group_name: str
    told: Told
