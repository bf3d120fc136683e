"""The account of a year: what stood in Discord, and what people did. Nothing of the bot's own.

Everything that judges and tells a year reads this, so that a test can change an account and see
who notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.year.deeds import Deed

CHANNEL = "#walks"
"""Where the group meets; any other place is somebody's direct messages, by their name."""


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
class Whisper:
    """Something that one person alone was told: the answer to what they did, or a letter."""

    at: datetime
    who: str
    raw: str
    letter: bool


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
    tries: tuple[tuple[datetime, str], ...] = ()
    """When the bot tried to write to whom, whether or not Discord took it."""
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

    def whispers(self) -> list[Whisper]:
        """Return everything that was said to single people, in the order of time."""
        answers = [Whisper(one.at, one.hears, one.heard, letter=False) for one in self.deeds]
        letters = [
            Whisper(one.at, one.place, one.first.raw, letter=True)
            for one in self.messages
            if not one.is_public
        ]
        return sorted([*answers, *letters], key=lambda one: one.at)
