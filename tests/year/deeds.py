"""What people of the group can have done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

KEPT = ("done", "partly")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How somebody wants to be treated, as they filled in the form."""

    reach: str = "channel"
    named: bool = True
    pinged: bool = False
    shown: bool = True
    warned: bool = False
    """Hears privately when today's walk would carry a streak on."""
    cheered: bool = True
    goal: int = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """Something somebody did, and what the bot said to them about it."""

    at: datetime
    who: str
    heard: str

    @property
    def hears(self) -> str:
        """Who read the answer: whoever did it, which is not always the one whom it is about."""
        by: str = getattr(self, "by", self.who)
        return by


@dataclass(frozen=True, slots=True)
class Joined(Deed):
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Wished(Deed):
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Left(Deed):
    """Left the group."""


@dataclass(frozen=True, slots=True)
class Looked(Deed):
    """Did something that changes nothing."""


@dataclass(frozen=True, slots=True)
class Refused(Deed):
    """Wanted something, and was told why not."""


@dataclass(frozen=True, slots=True)
class Answered(Deed):
    """An answer, or with None one that was taken back and left none."""

    starts_at: datetime
    answer: str | None
    by: str
    """The member, or the organiser who corrected it."""


@dataclass(frozen=True, slots=True)
class Paused(Deed):
    first: date
    last: date | None
    by: str


@dataclass(frozen=True, slots=True)
class Resumed(Deed):
    """Ended a pause, so that the day counts again."""

    on: date


@dataclass(frozen=True, slots=True)
class Doors(Deed):
    """Closed or opened one's direct messages in Discord; the bot does not hear of it."""

    open: bool


@dataclass(frozen=True, slots=True)
class Buddying(Deed):
    """Did something about one's buddy: join, tell, hush, swap, stop."""

    step: str


@dataclass(frozen=True, slots=True)
class Proposed(Deed):
    """Asked somebody to be one's buddy."""

    whom: str


@dataclass(frozen=True, slots=True)
class Agreed(Deed):
    """Said yes to whoever asked."""


@dataclass(frozen=True, slots=True)
class Cheered(Deed):
    whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalledOff(Deed):
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Toned(Deed):
    """Chose the voice in which the group is spoken to."""

    tone: str


@dataclass(frozen=True, slots=True)
class OwnWords(Deed):
    """Added words of one's own, for a situation or for any, or took them away again."""

    text: str
    situation: str | None
    kept: bool


@dataclass(frozen=True, slots=True)
class OwnOnly(Deed):
    """Had the group's own words said alone, or beside Amble's again."""

    alone: bool
