"""The account of a year: what stood in Discord, and what people did. Nothing of the bot's own.

Everything that judges and tells a year reads this, so that a test can change an account and see
who notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

CHANNEL = "#walks"
"""Where the group meets; any other place is somebody's direct messages, by their name."""
KEPT = ("done", "partly")


@dataclass(frozen=True, slots=True)
class Version:
    """How a message looked from an instant on, until the next version."""

    at: datetime
    texts: tuple[str, ...]
    """Its text blocks as sent, from top to bottom."""
    pings: tuple[str, ...]
    """Those whose phone it made ring, by name."""
    custom_ids: tuple[str, ...]

    @property
    def raw(self) -> str:
        return "\n".join(self.texts)


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the bot, with everything it ever said."""

    id: int
    place: str
    versions: tuple[Version, ...]

    @property
    def at(self) -> datetime:
        return self.versions[0].at

    @property
    def first(self) -> Version:
        return self.versions[0]

    @property
    def last(self) -> Version:
        return self.versions[-1]

    @property
    def is_public(self) -> bool:
        return self.place == CHANNEL


@dataclass(frozen=True, slots=True)
class Wishes:
    """How somebody wants to be treated, as they filled in the form."""

    reach: str = "channel"
    named: bool = True
    pinged: bool = False
    shown: bool = True
    goal: int = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """Something somebody did, and what the bot said to them about it."""

    at: datetime
    who: str
    heard: str


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
class Answered(Deed):
    """An answer, or with None one that was taken back and left none."""

    starts_at: datetime
    answer: str | None
    by: str
    """The member, or the organiser who corrected it."""


@dataclass(frozen=True, slots=True)
class Refused(Deed):
    """Wanted to answer, and was told why not."""


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
class CalledOff(Deed):
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Doors(Deed):
    """Closed or opened one's direct messages in Discord; the bot does not hear of it."""

    open: bool


@dataclass(frozen=True, slots=True)
class Away:
    """A stretch in which the bot was stopped."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Year:
    """All of it."""

    zone: ZoneInfo
    start: date
    days: int
    group: str
    people: dict[str, int]
    """The ids of everybody of the cast in Discord, by name; the organiser first."""
    messages: tuple[Posted, ...] = ()
    """In the order of posting."""
    deeds: tuple[Deed, ...] = ()
    """In the order of time; what was done at the same instant in the order of doing."""
    aways: tuple[Away, ...] = ()
    weather: dict[date, str] = field(default_factory=dict[date, str])
    """What kept people in, or brought them out, by day: for the reader, not the judge."""

    @property
    def last_on(self) -> date:
        return self.start + timedelta(days=self.days - 1)

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def of(self, who: str) -> Iterator[Deed]:
        return (deed for deed in self.deeds if deed.who == who)
