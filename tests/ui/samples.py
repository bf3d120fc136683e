"""Views as services hand them over: an everyday one of each kind, and the hardest that can come."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import discord

from bot.domain.absence import Absence
from bot.domain.checkin import Answer, Details, SessionState
from bot.domain.correction import REASON, Correction, Said
from bot.domain.encouragement import Kind, Reach, Tone
from bot.domain.habit import TimeRecord
from bot.domain.ids import (
    ChannelId,
    GroupId,
    GuildId,
    MembershipId,
    MomentId,
    NoticeId,
    OwnWordingId,
    SessionId,
    SlotId,
    UserId,
)
from bot.domain.milestones import KEPT, Milestone, Reached
from bot.domain.programme import Pace, Review, Rule
from bot.domain.ranking import Metric, Period, Rank
from bot.domain.recap import WeekKind
from bot.domain.schedule import Activity, Slot
from bot.domain.streak import Outcome, Streak
from bot.services.attention import InNeed, InNeedView
from bot.services.buddies import Asking, BuddyView, BuddyWeek
from bot.services.told import (
    BuddyAsked,
    BuddyMissed,
    Cheered,
    NewBuddies,
    NoticeView,
    WayBack,
    WithoutBuddy,
)
from bot.services.views import (
    AheadPost,
    Board,
    BoardQuestion,
    Corrected,
    DaysBack,
    DaysOff,
    EncouragementPost,
    ExtraView,
    GroupView,
    Honour,
    Invitation,
    LogEntry,
    LoggedSlot,
    LogPage,
    Membership,
    Nudge,
    OwnWalks,
    Page,
    PauseMade,
    ProgrammeView,
    Prompt,
    RecapPost,
    Receipt,
    ScheduleView,
    ServerView,
    Tally,
    UndoQuestion,
    Upcoming,
    Wishes,
)
from bot.services.voice import OwnWordingView, VoiceView
from bot.services.way_back import OtherTimes
from bot.ui.card import Card

BIG = 8_999_999_999_999_999_999
"""The largest snowflake there can be."""
GUILD = GuildId(BIG)
STARTS_AT = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/Argentina/ComodRivadavia")
WIDE = "山" * 32
STARRY = "*" * 32
HARD_GROUP = "*" * 60
HARD_NAMES = tuple(f"{WIDE[:30]}{number:02}" for number in range(10)) + (STARRY,) * 10

HARD_HONOURS = tuple(
    Honour(name, reached)
    for reached in (
        *(Reached(Milestone.KEPT, number) for number in KEPT),
        *(Reached(Milestone.BACK, number) for number in range(20)),
        Reached(Milestone.IN_ONE_GO),
    )
    for name in HARD_NAMES
)

SLOT = Slot(
    id=SlotId(7),
    weekdays=frozenset({0, 3}),
    at=time(7, 30),
    activity=Activity.WALK,
    minutes=20,
    first_on=date(2026, 3, 2),
)
HARD_SLOT = replace(
    SLOT, weekdays=frozenset(range(7)), minutes=1439, every_weeks=52, last_on=date(2026, 9, 30)
)

GROUP = GroupView(
    guild_id=GUILD,
    group_id=GroupId(2),
    name="Morning walkers",
    channel_id=ChannelId(3),
    zone=ZoneInfo("Europe/Berlin"),
    members=12,
    capacity=50,
    organiser_ids=(UserId(11),),
    slots=(SLOT,),
    next_starts_at=STARTS_AT,
    joined=False,
    may_organise=False,
)
HARD_GROUP_VIEW = replace(
    GROUP,
    group_id=GroupId(BIG),
    name=HARD_GROUP,
    channel_id=ChannelId(BIG),
    zone=ZONE,
    organiser_ids=tuple(UserId(BIG - n) for n in range(30)),
    slots=(HARD_SLOT,) * 40,
    may_organise=True,
    needs_care="channel_forbidden",
)

UPCOMING = Upcoming(
    session_id=SessionId(5),
    guild_id=GUILD,
    group_id=GroupId(2),
    group_name="Morning walkers",
    starts_at=STARTS_AT,
    due_on=date(2026, 3, 2),
    activity=Activity.WALK,
    minutes=20,
    state=SessionState.OPEN,
)


def hard_upcoming(number: int, answer: Answer | None = None) -> Upcoming:
    return replace(
        UPCOMING,
        session_id=SessionId(BIG - number),
        group_name=HARD_GROUP,
        activity=Activity.WATER,
        minutes=1439,
        answer=answer,
    )


SCHEDULE = ScheduleView(GROUP, (UPCOMING,), (date(2026, 3, 5),))
HARD_SCHEDULE = ScheduleView(
    HARD_GROUP_VIEW,
    tuple(hard_upcoming(n, answer=Answer.SORE) for n in range(60)),
    tuple(date(2026, 9, 30) - timedelta(days=n) for n in range(60)),
)

DAYS_OFF = DaysOff(
    group_name="Morning walkers",
    first_on=date(2026, 3, 2),
    last_on=date(2026, 3, 5),
    sessions=(UPCOMING, UPCOMING),
    standing=(UPCOMING,),
)
HARD_DAYS_OFF = DaysOff(
    HARD_GROUP, date(2026, 9, 30), date(2027, 9, 30), (UPCOMING,) * 900, (UPCOMING,) * 14
)
DAYS_BACK = DaysBack(
    group_name="Morning walkers",
    first_on=date(2026, 3, 2),
    last_on=date(2026, 3, 5),
    sessions=(UPCOMING,),
    prompts=(),
)
HARD_DAYS_BACK = replace(DAYS_BACK, group_name=HARD_GROUP, sessions=(UPCOMING,) * 900)

PROMPT = Prompt(
    guild_id=GUILD,
    group_id=GroupId(2),
    session_id=SessionId(5),
    channel_id=ChannelId(3),
    message_id=None,
    group_name="Morning walkers",
    activity=Activity.WALK,
    minutes=20,
    starts_at=STARTS_AT,
    closes_at=STARTS_AT + timedelta(hours=20),
    state=SessionState.OPEN,
    late=False,
    tally=Tally(("Ada", "Bo"), 5, 2),
)
HARD_PROMPT = replace(
    PROMPT,
    session_id=SessionId(BIG),
    group_name=HARD_GROUP,
    activity=Activity.ELLIPTICAL,
    minutes=1439,
    state=SessionState.VOID,
    late=True,
    tally=Tally(
        HARD_NAMES,
        1000,
        999,
        everyone=True,
        honours=HARD_HONOURS,
        together=10**9,
    ),
)

RECEIPT = Receipt(
    session_id=SessionId(5),
    group_id=GroupId(2),
    group_name="Morning walkers",
    starts_at=STARTS_AT,
    answer=Answer.DONE,
    streak=Streak(current=3, best=5, tokens=1, kept=9),
    settled=False,
    outcome=Outcome.DONE,
    free_rests=1,
    covered=False,
    comeback=False,
    joined_late=False,
    may_undo=True,
    details=Details(minutes=20),
)
HARD_RECEIPT = replace(
    RECEIPT,
    session_id=SessionId(BIG),
    group_name=HARD_GROUP,
    settled=True,
    joined_late=True,
    comeback=True,
    details=Details(minutes=1439),
    milestones=(
        Reached(Milestone.KEPT, 365),
        Reached(Milestone.BACK, BIG),
        Reached(Milestone.IN_ONE_GO),
    ),
    own=OwnWalks(walks=3, minutes=30, so_far=5),
)
UNDO = UndoQuestion(SessionId(BIG), HARD_GROUP, STARTS_AT, Answer.PARTLY)

MEMBERSHIP = Membership(
    group_id=GroupId(2),
    group_name="Morning walkers",
    membership_id=MembershipId(4),
    joined_at=STARTS_AT,
    wishes=Wishes(),
    streak=Streak(current=3, best=5, tokens=1, kept=9),
    weeks=2,
    week_kept=1,
    paused_until_on=None,
    upcoming=(UPCOMING,),
)
HARD_MEMBERSHIP = replace(
    MEMBERSHIP,
    group_name=HARD_GROUP,
    streak=Streak(current=12345, best=12345, tokens=2),
    weeks=1234,
    paused_until_on=date(2026, 9, 30),
    upcoming=tuple(hard_upcoming(n) for n in range(9)),
)

BOARD = Board(
    guild_id=GUILD,
    asked=BoardQuestion(GroupId(2)),
    group_name="Morning walkers",
    ranks=(
        Rank(1, MembershipId(1), "Ada", 12),
        Rank(2, MembershipId(2), "Bo", 9),
        Rank(2, MembershipId(3), "Cy", 9),
        Rank(4, MembershipId(4), "Di", 1),
    ),
    own=Rank(4, MembershipId(4), "Di", 1),
    own_shown=True,
    total_kept=31,
    total_minutes=860,
)
HARD_BOARD = replace(
    BOARD,
    asked=BoardQuestion(
        GroupId(BIG), metric=Metric.MINUTES, period=Period.MONTH, on=date(2026, 9, 1)
    ),
    group_name=HARD_GROUP,
    over=True,
    earlier_on=date(2026, 8, 1),
    later_on=date(2026, 10, 1),
    ranks=tuple(
        Rank(n + 1, MembershipId(n), name, 99999 - n) for n, name in enumerate(HARD_NAMES[-10:])
    ),
    total_kept=10**9,
    total_minutes=10**9,
)
WEEK_BOARD = replace(
    BOARD,
    asked=BoardQuestion(GroupId(2), metric=Metric.KEPT, period=Period.WEEK, on=date(2026, 3, 2)),
    own=None,
    own_shown=False,
    over=True,
)

PAGE = Page("Ada", MEMBERSHIP, date(2026, 3, 2), date(2026, 3, 2), {date(2026, 3, 2): Outcome.DONE})
HARD_PAGE = replace(
    PAGE,
    name=HARD_NAMES[1],
    membership=HARD_MEMBERSHIP,
    days={date(2026, 3, 2) - timedelta(days=n): list(Outcome)[n % 6] for n in range(365)},
)

NUDGE = Nudge(
    moment_id=MomentId(6),
    guild_id=GUILD,
    group_id=GroupId(2),
    channel_id=ChannelId(3),
    group_name="Morning walkers",
    wording="nudge.1",
    pinged=(UserId(21), UserId(22)),
    session_ids=(SessionId(5),),
    starts_at=(STARTS_AT,),
    closes_at=STARTS_AT,
)
HARD_NUDGE = replace(
    NUDGE,
    group_name=HARD_GROUP,
    pinged=tuple(UserId(BIG - n) for n in range(150)),
    session_ids=tuple(SessionId(BIG - n) for n in range(8)),
    starts_at=(STARTS_AT,) * 8,
)

POST = EncouragementPost(
    moment_id=MomentId(6),
    guild_id=GUILD,
    group_id=GroupId(2),
    channel_id=ChannelId(3),
    group_name="Morning walkers",
    kind=Kind.FIRST_MISS,
    wording="encourage.first_miss.1",
    names=("Ada", "Bo"),
    count=3,
    next_starts_at=STARTS_AT,
)
HARD_POST = replace(POST, group_name=HARD_GROUP, names=HARD_NAMES * 3, count=60)

AHEAD = AheadPost(
    moment_id=MomentId(6),
    guild_id=GUILD,
    group_id=GroupId(2),
    channel_id=ChannelId(3),
    group_name="Morning walkers",
    sessions=(UPCOMING,),
)
HARD_AHEAD = replace(
    AHEAD,
    moment_id=MomentId(BIG),
    group_name=HARD_GROUP,
    sessions=tuple(replace(UPCOMING, session_id=SessionId(BIG - n)) for n in range(20)),
)

EXTRA = ExtraView(
    group_name="Morning walkers",
    minutes=25,
    metres=None,
    activity=Activity.WALK,
    done_on=date(2026, 3, 2),
    week_minutes=65,
)
HARD_EXTRA = replace(
    EXTRA,
    group_name=HARD_GROUP,
    minutes=600,
    metres=100_000,
    activity=Activity.WATER,
    done_on=date(2026, 9, 30),
    week_minutes=42_000,
)

CORRECTION = Correction(
    user_id=UserId(21),
    session_id=SessionId(5),
    starts_at=STARTS_AT,
    before=Said(None),
    after=Said(Answer.DONE, 35),
    why="We walked together",
)
HARD_CORRECTION = replace(
    CORRECTION,
    user_id=UserId(BIG),
    session_id=SessionId(BIG),
    before=Said(Answer.PARTLY, 599),
    after=Said(Answer.DONE, 599),
    why="*" * REASON,
)
CORRECTED = Corrected("Morning walkers", "Ada", CORRECTION, changed=True, own=False)
HARD_CORRECTED = Corrected(HARD_GROUP, STARRY, HARD_CORRECTION, changed=True, own=False)
ABSENCE = Absence(UserId(21), date(2026, 3, 2), date(2026, 3, 8), "In hospital")
HARD_ABSENCE = replace(ABSENCE, user_id=UserId(BIG), why="*" * REASON)
PAUSE = PauseMade(
    group_name="Morning walkers",
    member_name="Ada",
    first_on=date(2026, 3, 2),
    last_on=date(2026, 3, 8),
    lifted=0,
    streak=0,
    own=False,
)
HARD_PAUSE = replace(
    PAUSE,
    group_name=HARD_GROUP,
    member_name=STARRY,
    first_on=date(2026, 9, 30),
    last_on=date(2026, 9, 30),
    lifted=92,
    streak=10**6,
)
NOTICE = NoticeView((NoticeId(8),), GUILD, GroupId(2), "Morning walkers", CORRECTION)
HARD_NOTICE = NoticeView((NoticeId(BIG),), GUILD, GroupId(BIG), HARD_GROUP, HARD_CORRECTION)

REVIEW = Review(Rule.UP, 0, 1)
HARD_REVIEW = Review(Rule.NOTE, 2, 2)
PROGRAMME = ProgrammeView(
    guild_id=GUILD,
    rung=1,
    pace=Pace.GROW,
    week_minutes=25,
    review_on=date(2026, 3, 9),
    last=REVIEW,
    note_due=False,
)
HARD_PROGRAMME = replace(
    PROGRAMME, pace=Pace.HOLD, week_minutes=10_000, last=HARD_REVIEW, note_due=True
)

LOG = LogPage(
    guild_id=GUILD,
    group_id=GroupId(2),
    group_name="Morning walkers",
    entries=(
        LogEntry(STARTS_AT, UserId(11), "correct", CORRECTION),
        LogEntry(STARTS_AT, UserId(11), "add_slot", LoggedSlot(frozenset({0, 3}), time(7, 30))),
        LogEntry(STARTS_AT, UserId(11), "create", "Morning walkers"),
    ),
    page=0,
    pages=1,
)
HARD_LOG = replace(
    LOG,
    group_id=GroupId(BIG),
    group_name=HARD_GROUP,
    entries=(
        *(LogEntry(STARTS_AT, UserId(BIG), "correct", HARD_CORRECTION),) * 5,
        *(LogEntry(STARTS_AT, UserId(BIG), "pause_member", HARD_ABSENCE),) * 5,
    ),
    page=3,
    pages=10_000,
)

RECAP = RecapPost(
    moment_id=MomentId(6),
    guild_id=GUILD,
    group_id=GroupId(2),
    channel_id=ChannelId(3),
    group_name="Morning walkers",
    week_on=date(2026, 3, 2),
    kind=WeekKind.MIXED,
    wording="recap.mixed.1",
    sessions=5,
    came=11,
    minutes=250,
    everyone_on=(date(2026, 3, 2), date(2026, 3, 5)),
    met_goal=("Ada", "Bo"),
    honours=(Honour("Cy", Reached(Milestone.BACK, 9)), Honour("Ada", Reached(Milestone.KEPT, 7))),
    together=1000,
    next_starts_at=STARTS_AT,
    board=WEEK_BOARD,
)
HARD_RECAP = replace(
    RECAP,
    group_name=HARD_GROUP,
    week_on=date(2026, 9, 28),
    sessions=10**6,
    came=10**9,
    minutes=10**9,
    everyone_on=tuple(date(2026, 9, 28) + timedelta(days=n) for n in range(7)),
    met_goal=HARD_NAMES * 5,
    honours=HARD_HONOURS,
    together=10**9,
    encouragement=HARD_POST,
    board=HARD_BOARD,
)

SERVER = ServerView(GUILD, ZONE, None, anyone_creates=True, set_up_at=None)
WISHES = Wishes(Reach.DM, named=True, pinged=True, shown=True, goal=4)
INVITATION = Invitation(GROUP, WISHES, returning=False)


def text_of(card: Card) -> str:
    """Everything that a card says, buttons left out."""
    displays = (item for item in card.walk_children() if isinstance(item, discord.ui.TextDisplay))
    return "\n".join(display.content for display in displays)


def labels_of(card: Card) -> list[str]:
    """The labels of a card's buttons, in order."""
    buttons = (item for item in card.walk_children() if isinstance(item, discord.ui.Button))
    return [button.label or "" for button in buttons]


def custom_ids_of(card: Card) -> list[str]:
    """The custom ids of a card's buttons, in order."""
    buttons = (item for item in card.walk_children() if isinstance(item, discord.ui.Button))
    return [button.custom_id or "" for button in buttons]


BUDDY_WEEK = BuddyWeek(
    MembershipId(5),
    "Ben",
    (Answer.DONE, None, Answer.PARTLY, None, Answer.REST, Outcome.MISSED, None),
    kept=2,
    minutes=35,
)
BUDDIES = BuddyView(
    guild_id=GUILD,
    group_id=GroupId(2),
    group_name="Morning walkers",
    wants=True,
    tells=True,
    mine=replace(BUDDY_WEEK, membership_id=MembershipId(4), name="Ada"),
    buddies=(BUDDY_WEEK,),
    asking=(),
    asked=None,
    today=date(2026, 3, 5),
)
HARD_BUDDY_WEEK = replace(
    BUDDY_WEEK, membership_id=MembershipId(BIG), name=STARRY, kept=98, minutes=60_000
)
HARD_BUDDIES = replace(
    BUDDIES,
    group_id=GroupId(BIG),
    group_name=HARD_GROUP,
    mine=HARD_BUDDY_WEEK,
    buddies=(HARD_BUDDY_WEEK, replace(HARD_BUDDY_WEEK, membership_id=MembershipId(BIG - 1))),
    asking=tuple(Asking(MembershipId(BIG - number), STARRY) for number in range(9)),
)
RECORD = TimeRecord(5, time(10), 6, 8)
HARD_OTHER_TIMES = OtherTimes(
    GUILD,
    GroupId(BIG),
    HARD_GROUP,
    tuple(TimeRecord(day % 7, time(10, day), 600, 800) for day in range(40)),
    RECORD,
    tuple(replace(HARD_GROUP_VIEW, group_id=GroupId(number)) for number in range(3)),
)
HARD_VOICE = VoiceView(
    GUILD,
    GroupId(BIG),
    HARD_GROUP,
    Tone.CHEERFUL,
    time(9),
    own_only=True,
    own=(OwnWordingView(OwnWordingId(BIG), Kind.MOST_MISSED, "*" * 300),) * 50,
)
IN_NEED = InNeed(
    UserId(BIG),
    misses=300,
    last_sign_at=STARTS_AT,
    new=True,
    let_be=True,
    offered_at=STARTS_AT,
    best=RECORD,
)
HARD_IN_NEED = InNeedView(HARD_GROUP, (IN_NEED,) * 100)
TOLD = (
    NewBuddies((STARRY, STARRY)),
    WithoutBuddy(),
    BuddyAsked(STARRY, MembershipId(BIG)),
    BuddyMissed(STARRY, MembershipId(BIG), date(2026, 3, 2), BIG),
    Cheered((STARRY,) * 20, BIG),
    WayBack(BIG),
    HARD_REVIEW,
)
"""What notices tell of buddies, cheers, ways back and the programme."""
