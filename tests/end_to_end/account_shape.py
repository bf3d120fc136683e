"""The shape of the demo's account: which fields it has and of what types, and nothing else.

The tests read every account through these models and never through the code that wrote it.
"""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"\d\d:\d\d")


def _written_as(
    form: re.Pattern[str], example: str, parse: Callable[[str], object]
) -> BeforeValidator:
    def read_one(value: object) -> object:
        if not (isinstance(value, str) and form.fullmatch(value)):
            raise ValueError(f"should be written like {example}")
        return parse(value)

    return BeforeValidator(read_one)


Id = int | str
Instant = Annotated[datetime, _written_as(_INSTANT, "2026-03-16T06:30:00Z", datetime.fromisoformat)]
Day = Annotated[date, _written_as(_DAY, "2026-03-16", date.fromisoformat)]
Clock = Annotated[time, _written_as(_CLOCK, "07:30", time.fromisoformat)]
Weekday = Annotated[int, Field(ge=0, le=6)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
Text = Annotated[str, Field(min_length=1)]
Outcome = Literal["done", "partly", "rest", "sore", "excused", "missed"]
State = Literal["planned", "open", "settled", "called_off", "called off", "void"]
Kind = Literal[
    "first_week",
    "first_miss",
    "second_miss",
    "several_misses",
    "token_used",
    "long_away",
    "most_missed",
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class Slot(_Part):
    id: Id
    weekdays: list[Weekday] = Field(min_length=1)
    time: Clock
    first_on: Day = Field(alias="from")
    last_on: Day | None = Field(alias="until")
    every_weeks: Positive


class Group(_Part):
    id: Id
    name: Text
    slots: list[Slot]
    skipped: list[Day]


class Member(_Part):
    name: Text
    joined_at: Instant
    left_at: Instant | None
    named: bool
    pinged: bool
    shown: bool
    reach: Literal["channel", "dm", "silent"]
    goal: Positive


class Prompt(_Part):
    message_id: Id
    posted_at: Instant


class Session(_Part):
    id: Id
    slot: Id
    due_on: Day
    starts_at: Instant
    settled_at: Instant | None
    state: State
    prompts: list[Prompt]
    outcomes: dict[str, Outcome]
    outcomes_at_settlement: dict[str, Outcome]
    answered_at: dict[str, Instant]

    @property
    def is_called_off(self) -> bool:
        return self.state in {"called_off", "called off"}


class Nudge(_Part):
    posted_at: Instant
    named: list[str]
    pinged: list[str]
    text: Text
    wording: Text


class Encouragement(Nudge):
    kind: Kind


class Recap(Nudge):
    week_on: Day
    kind: Literal["first", "full", "mixed", "calm"]
    encouragement: Encouragement | None


class Milestone(_Part):
    member: str | None
    milestone: Literal["kept", "back", "in_one_go", "together"]
    subject: Text
    session: Id
    at: Instant


class Streak(_Part):
    current: Count
    best: Count
    tokens: Count
    weeks: Count


class Place(_Part):
    rank: Positive
    member: str
    value: int


class Account(_Part):
    zone: str
    start: Day
    days: Positive
    seed: int
    ended_at: Instant
    group: Group
    members: list[Member]
    sessions: list[Session]
    nudges: list[Nudge]
    encouragements: list[Encouragement]
    recaps: list[Recap]
    milestones: list[Milestone]
    streaks: dict[str, Streak]
    board: list[Place]
    http_requests: Count

    @field_validator("zone")
    @classmethod
    def _is_a_place(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as unknown:
            raise ValueError("should be the name of a zone") from unknown
        return value

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def last_day(self) -> date:
        """Return the last local date of the demo."""
        return self.start + timedelta(days=self.days - 1)

    @property
    def encouraged(self) -> list[Encouragement]:
        """Return the encouragements by themselves and those that a recap took along, by time."""
        along = [recap.encouragement for recap in self.recaps if recap.encouragement is not None]
        return sorted([*self.encouragements, *along], key=lambda post: post.posted_at)

    @property
    def in_order(self) -> list[Session]:
        """Return the sessions by (start, slot), the order in which streaks are folded."""
        return sorted(self.sessions, key=lambda session: (session.starts_at, _rank(session.slot)))


def _rank(slot: Id) -> tuple[int, str]:
    # Ids may be numbers or digits in a string: either way they are counted, not spelled.
    text = str(slot)
    return (int(text), "") if text.isdigit() else (0, text)


def read(account: dict[str, Any]) -> Account:
    """Return the account as models; raises pydantic's ValidationError with one error a fault."""
    return Account.model_validate_json(json.dumps(account))
