"""What services hand to the user interface: frozen facts, no words, no Discord objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.absence import Absence
from bot.domain.checkin import NO_DETAILS, Answer, Details, SessionState
from bot.domain.correction import Correction
from bot.domain.day import WeeklyTime
from bot.domain.encouragement import Kind, Reach
from bot.domain.ids import (
    ChannelId,
    GroupId,
    GuildId,
    MembershipId,
    MessageId,
    MomentId,
    SessionId,
    SlotId,
    UserId,
)
from bot.domain.milestones import Reached
from bot.domain.programme import Pace, Review
from bot.domain.ranking import Metric, Period, Rank
from bot.domain.recap import WeekKind
from bot.domain.schedule import Activity, Slot
from bot.domain.streak import Outcome, Streak


def storable(text: str) -> str:
    """Leave out NUL and halves of surrogate pairs, which databases refuse."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a server, as the interaction that brought them here showed them."""

    guild_id: GuildId
    user_id: UserId
    name: str
    """The display name, unescaped; empty in a direct message, where the server's is not known."""
    manages_server: bool = False
    """Has Manage Server right now, as Discord says with every interaction."""

    @property
    def kept_name(self) -> str:
        """The name as it is kept: no longer than its column, without what no database takes."""
        return storable(self.name)[:64]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a member wants to be treated in a group."""

    reach: Reach = Reach.CHANNEL
    named: bool = False
    pinged: bool = False
    """Only together with `named`: a ping shows the name."""
    shown: bool = False
    """On boards."""
    goal: int = 3
    """Sessions a week."""
    warned: bool = False
    """Hears privately when today's session is the one that carries a streak on."""
    cheered: bool = True
    """Takes cheers."""


@dataclass(frozen=True, slots=True)
class ServerView:
    """A server's settings, and whether anybody has made them yet."""

    guild_id: GuildId
    zone: ZoneInfo
    channel_id: ChannelId | None
    """Where groups post unless they choose another channel."""
    anyone_creates: bool
    """Whether everyone may create groups, or only people with Manage Server."""
    set_up_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group as `/group show` and the list show it."""

    guild_id: GuildId
    group_id: GroupId
    name: str
    channel_id: ChannelId
    zone: ZoneInfo
    members: int
    capacity: int
    organiser_ids: tuple[UserId, ...]
    slots: tuple[Slot, ...]
    next_starts_at: datetime | None
    joined: bool
    """Whether the person who asks is a member."""
    may_organise: bool
    needs_care: str | None = None
    """A catalogue code such as ``channel_gone`` while the bot cannot post for it."""
    recap: WeeklyTime | None = None
    """When its weeks are told of; None for never."""
    ahead_at: time | None = None
    """When the group hears on the day before; None is off."""
    off_through_on: date | None = None
    """The last day off in a row from today or tomorrow on, where no session is planned yet."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody is asked before they join."""

    group: GroupView
    wishes: Wishes
    """What stands preselected: the defaults, or what a returning member had chosen."""
    returning: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """How joining ended."""

    group: GroupView
    membership_id: MembershipId
    returning: bool
    """Back within thirty days: everything is as it was."""
    already: bool
    """Was a member already; only the wishes were kept."""
    open_now: tuple[Upcoming, ...] = ()
    """Sessions that are open at this moment: they can be answered already."""
    prompts: tuple[SessionId, ...] = ()
    """Sessions whose prompt should be redrawn: a name is to be taken off it, or put on."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A session that is still to come, or open."""

    session_id: SessionId | None
    """None for one that lies too far ahead to be planned yet, and so to be answered."""
    guild_id: GuildId
    group_id: GroupId
    group_name: str
    starts_at: datetime
    due_on: date
    activity: Activity
    minutes: int
    state: SessionState
    answer: Answer | None = None
    """The asking member's."""
    answered_at: datetime | None = None
    """When they last gave or changed it; None where an organiser's word stands."""
    too_early: bool = False
    """Its day has not come, so that it takes a rest or a sore back alone."""


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A group's schedule: its slots, what comes in the next two weeks, days called off."""

    group: GroupView
    upcoming: tuple[Upcoming, ...]
    skipped_on: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Honour:
    """A milestone of somebody who chose to be named."""

    name: str
    reached: Reached


@dataclass(frozen=True, slots=True)
class Tally:
    """What a prompt shows of the answers: never who has not answered."""

    names: tuple[str, ...] = ()
    """Done or partly, of those who chose to be named; first answers first, at most twenty."""
    came: int = 0
    """All who did it or part of it, named or not."""
    resting: int = 0
    """Rest and sore together."""
    everyone: bool = False
    """Every member it concerns did it or part of it."""
    honours: tuple[Honour, ...] = ()
    """Milestones that were reached with it, of those who chose to be named."""
    together: int | None = None
    """Minutes that the group has behind it, where they are a milestone."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A session's prompt, ready to be rendered; the same facts for posting and for redrawing."""

    guild_id: GuildId
    group_id: GroupId
    session_id: SessionId
    channel_id: ChannelId
    message_id: MessageId | None
    group_name: str
    activity: Activity
    minutes: int
    starts_at: datetime
    closes_at: datetime
    """When it settles."""
    state: SessionState
    late: bool
    """It should have been posted earlier: say so."""
    tally: Tally
    posted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnWalks:
    """What a member's own ladder asks for on the day of a session, and what they have done."""

    walks: int
    minutes: int
    """Of each walk."""
    so_far: int
    """Minutes of the whole day, in all groups and outside of them."""

    @property
    def to_go(self) -> bool:
        """Whether another walk of the day is still to come."""
        return self.walks > 1 and self.so_far < self.walks * self.minutes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a member is told right after answering."""

    session_id: SessionId
    group_id: GroupId
    group_name: str
    starts_at: datetime
    answer: Answer | None
    """None after an undo that left no answer."""
    streak: Streak
    """As it stands, or will once this session settles as answered."""
    settled: bool
    """The session had settled already, so the streak was counted anew."""
    outcome: Outcome | None
    """What the answer counts as: `missed` for a rest beyond the budget."""
    free_rests: int
    """How many rests are free in seven days, where this session was planned."""
    covered: bool
    """A rest token covers it."""
    comeback: bool
    """The first session kept after a miss."""
    joined_late: bool
    """Joined after it started: only turning up counts."""
    may_undo: bool
    details: Details = NO_DETAILS
    changes: int = 0
    """How often the answer has been changed: what an undo refers to."""
    undone: bool = False
    """An undo brought `answer` back."""
    milestones: tuple[Reached, ...] = ()
    """What this answer has reached, told this once."""
    at_stake: int = 0
    """The streak that this answer would end, as long as another can keep it."""
    own: OwnWalks | None = None
    """Beside a session that was kept, for a member with a programme."""


@dataclass(frozen=True, slots=True)
class DetailsForm:
    """What the form of details is filled with when it opens."""

    session_id: SessionId
    group_name: str
    activity: Activity
    """The session's own."""
    details: Details


@dataclass(frozen=True, slots=True)
class UndoQuestion:
    """An undo that would make a miss of a settled session has to be asked for twice."""

    session_id: SessionId
    group_name: str
    starts_at: datetime
    answer: Answer
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Membership:
    """One's own place in one group, for `/me`."""

    group_id: GroupId
    group_name: str
    membership_id: MembershipId
    joined_at: datetime
    wishes: Wishes
    streak: Streak
    weeks: int
    """The week streak."""
    week_kept: int
    """Kept in the running week, answers of open sessions among them."""
    paused_until_on: date | None
    """Last day of a pause that covers today, `date.max` without an end; None for no pause."""
    upcoming: tuple[Upcoming, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One's own page in one group: how one stands, and the year day by day."""

    name: str
    membership: Membership
    joined_on: date
    """In the group's zone, as is `today`."""
    today: date
    days: Mapping[date, Outcome]
    """What each of the last 53 weeks' days with a session came to; of several the best."""


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    """Which board is asked for."""

    group_id: GroupId | None
    """None only for the whole server, asked for without a group to go back to."""
    whole_server: bool = False
    metric: Metric = Metric.STREAK
    period: Period = Period.WEEK
    """Only for metrics that have one."""
    on: date | None = None
    """A day of the period; None is today."""


@dataclass(frozen=True, slots=True)
class Board:
    """A leaderboard as one reader sees it."""

    guild_id: GuildId
    asked: BoardQuestion
    """With `on` as the first day of the period; None where there is none."""
    group_name: str | None
    """None for the whole server."""
    ranks: tuple[Rank, ...]
    own: Rank | None
    """The reader's own place, told to them only."""
    own_shown: bool
    total_kept: int
    """All together in the period (all time where the metric has none)."""
    total_minutes: int
    over: bool = False
    """The period lies in the past."""
    earlier_on: date | None = None
    """First day of the period before it; None where nothing was planned then."""
    later_on: date | None = None

    @property
    def metric(self) -> Metric:
        """What it compares."""
        return self.asked.metric

    @property
    def period(self) -> Period | None:
        """The time it looks at; None where the metric has none."""
        return self.asked.period if self.asked.metric.has_period else None

    @property
    def since_on(self) -> date | None:
        """First day of the period, local; None for all time."""
        return self.asked.on


@dataclass(frozen=True, slots=True)
class Nudge:
    """The same-day message to those who have not answered yet."""

    moment_id: MomentId
    guild_id: GuildId
    group_id: GroupId
    channel_id: ChannelId
    group_name: str
    wording: str
    """Its key in the catalogue."""
    pinged: tuple[UserId, ...]
    session_ids: tuple[SessionId, ...]
    """The day's open sessions, whose buttons it carries, earliest first."""
    starts_at: tuple[datetime, ...]
    """When they start, in the same order."""
    closes_at: datetime
    public: bool = True
    """Whether anybody it is for wants to hear in the channel."""


@dataclass(frozen=True, slots=True)
class SharedPost:
    """What stands with a picture that a member shows the group."""

    guild_id: GuildId
    group_id: GroupId
    group_name: str
    channel_id: ChannelId
    membership_id: MembershipId
    session_id: SessionId
    starts_at: datetime
    """Of the session that it belongs to."""
    name: str | None
    """The member's; None for one who chose not to be named."""


@dataclass(frozen=True, slots=True)
class AheadPost:
    """The word on the day before a day with sessions."""

    moment_id: MomentId
    guild_id: GuildId
    group_id: GroupId
    channel_id: ChannelId
    group_name: str
    sessions: tuple[Upcoming, ...]
    """Those of the day that are still to be asked about, earliest first."""


@dataclass(frozen=True, slots=True)
class EncouragementPost:
    """The message for those who missed."""

    moment_id: MomentId
    guild_id: GuildId
    group_id: GroupId
    channel_id: ChannelId
    group_name: str
    kind: Kind
    wording: str
    """Its key in the catalogue: `encourage.…`, or `dm.encourage.…` for a direct message."""
    names: tuple[str, ...]
    count: int | None
    """How many missed, where it may be told."""
    next_starts_at: datetime | None
    own_text: str | None = None
    """What an organiser wrote, in place of the catalogue's."""


@dataclass(frozen=True, slots=True)
class RecapPost:
    """A week that is over, as the group is told of it: never who missed, no last places."""

    moment_id: MomentId
    guild_id: GuildId
    group_id: GroupId
    channel_id: ChannelId
    group_name: str
    week_on: date
    """The Monday it began on."""
    kind: WeekKind
    wording: str
    """Its key in the catalogue."""
    sessions: int
    came: int
    """How often somebody did one of them or part of it."""
    minutes: int
    """All together."""
    everyone_on: tuple[date, ...]
    """Days with a session to which everybody came."""
    met_goal: tuple[str, ...]
    """Those who met their own goal and chose to be named; so are the honoured."""
    honours: tuple[Honour, ...]
    together: int | None
    """Minutes that the group has behind it, where they became a milestone."""
    next_starts_at: datetime | None
    encouragement: EncouragementPost | None = None
    """The one of the same day, which is part of the message."""
    board: Board | None = None
    """The week's sessions kept, of those who chose to be on boards; None where nobody is on it."""


@dataclass(frozen=True, slots=True)
class SlotAdded:
    """What adding a slot came to."""

    group: GroupView
    slot_id: SlotId
    upcoming: tuple[Upcoming, ...]


@dataclass(frozen=True, slots=True)
class Correctable:
    """A session whose answers an organiser may correct."""

    session: Upcoming
    zone: ZoneInfo
    """The group's."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What an organiser's correction came to."""

    group_name: str
    member_name: str
    correction: Correction
    changed: bool
    """False where everything stood like this already, so that nothing was written."""
    own: bool
    """An answer of the organiser's own: nobody else has to be told."""


@dataclass(frozen=True, slots=True)
class PauseMade:
    """A member's pause, and what it has mended."""

    group_name: str
    member_name: str
    first_on: date
    last_on: date | None
    """None: until they are back."""
    lifted: int
    """Settled sessions that count as excused by it."""
    streak: int
    own: bool
    """Whoever made it is its member."""
    stood_already: bool = False
    """The very same pause was there before."""


@dataclass(frozen=True, slots=True)
class LoggedSlot:
    """A line of the schedule, as the log tells of it."""

    weekdays: frozenset[int]
    at: time


@dataclass(frozen=True, slots=True)
class LoggedDays:
    """Days, both included, as the log tells of them."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What somebody did in a group."""

    at: datetime
    actor_id: UserId
    action: str
    """A catalogue code such as ``correct``; it may be one that has no words."""
    what: Correction | Absence | LoggedSlot | LoggedDays | str


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of a group's log, newest first."""

    guild_id: GuildId
    group_id: GroupId
    group_name: str
    entries: tuple[LogEntry, ...]
    page: int
    """From 0, the newest."""
    pages: int


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days, both included, on which a group does not meet."""

    group_name: str
    first_on: date
    last_on: date
    sessions: tuple[Upcoming, ...]
    """What is called off in these days, now or before."""
    standing: tuple[Upcoming, ...]
    """What was posted already, and stays."""


@dataclass(frozen=True, slots=True)
class DaysBack:
    """Days, both included, on which a group meets after all."""

    group_name: str
    first_on: date
    last_on: date
    sessions: tuple[Upcoming, ...]
    """What takes place after all."""
    prompts: tuple[SessionId, ...]
    """Sessions whose prompt stood there already, and is to be redrawn."""


@dataclass(frozen=True, slots=True)
class ExtraView:
    """A walk of a member's own, logged or taken off again."""

    group_name: str
    minutes: int
    metres: int | None
    """None where no distance was said."""
    activity: Activity
    done_on: date
    week_minutes: int
    """All of the member's minutes in the running week, in this group, as they stand now."""


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A member's programme, as they see it."""

    guild_id: GuildId
    rung: int
    pace: Pace
    week_minutes: int
    """All of their minutes in the running week, in all groups of the server and outside of them."""
    review_on: date | None
    """When the running week is reviewed; None while the one before it has not settled yet."""
    last: Review | None
    """The latest review since it began."""
    note_due: bool
    """The doctor's note is to be read again."""


class Ease(StrEnum):
    """What making a programme easier came to."""

    EASIER = "easier"
    LOWEST = "lowest"
    """It stands on the first rung already."""
    STANDS = "stands"
    """It was made easier since the button was shown: a second press changes nothing."""
    NONE = "none"
    """There is no programme under way; one can begin on the first rung."""


@dataclass(frozen=True, slots=True)
class Eased:
    """A programme that was made easier, as far as it could be."""

    guild_id: GuildId
    ease: Ease
    view: ProgrammeView | None
    """None without a programme."""
