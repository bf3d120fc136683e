"""A server with one group, lived in through the real services; Discord is left out.

`Town` stands where the agenda stands: it claims what is due and does it, but posts nowhere.
"""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.domain.checkin import Answer
from bot.domain.ids import (
    ChannelId,
    GroupId,
    GuildId,
    MessageId,
    SessionId,
    SlotId,
    UserId,
)
from bot.domain.moment import Moment, MomentKind, MomentState
from bot.domain.shards import Shards
from bot.services import (
    care,
    checkins,
    claims,
    groups,
    holidays,
    joining,
    pauses,
    planning,
    prompts,
    schedules,
    servers,
    settling,
)
from bot.services.claims import Claimant
from bot.services.limits import Limits
from bot.services.schedules import NewSlot
from bot.services.views import PauseMade, Person, Receipt, UndoQuestion, Wishes
from bot.storage import attendances, memberships, sessions, tables
from bot.storage.attendances import Attendance
from bot.storage.database import Database
from bot.storage.memberships import Member
from bot.storage.sessions import Session

BERLIN = ZoneInfo("Europe/Berlin")
GUILD = GuildId(7001)
CHANNEL = ChannelId(7002)
EVERY_DAY = frozenset(range(7))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LEASE = timedelta(minutes=1)
MANY = 200
"""More moments than a test has due at a time."""
MONDAY = date(2026, 3, 2)

_messages = itertools.count(9001)


def claimant(name: str = "town", shards: Shards | None = None) -> Claimant:
    """A process that claims, the only one unless `shards` says otherwise."""
    return Claimant(name, shards or Shards.of(1), LEASE)


def wall(on: date, at: str, zone: ZoneInfo = BERLIN) -> datetime:
    """Return the instant of a local day and "HH:MM"."""
    return datetime.combine(on, time.fromisoformat(at), tzinfo=zone).astimezone(UTC)


def somebody(number: int, *, guild_id: GuildId = GUILD, manages: bool = False) -> Person:
    return Person(guild_id, UserId(number), f"Member {number}", manages_server=manages)


ORGANISER = somebody(1, manages=True)


@dataclass
class Town:
    """A set-up server with one group, and the instant at which it stands."""

    db: Database
    group_id: GroupId
    now: datetime
    limits: Limits = field(default_factory=Limits)
    done: list[Moment] = field(default_factory=list[Moment])
    """What was due and done so far, in order."""
    mute: bool = False
    """Whether prompts fail, as in a channel that is gone."""

    async def join(self, person: Person, wishes: Wishes | None = None) -> None:
        wished = wishes or Wishes()
        await joining.join(self.db, person, self.group_id, wished, self.now, note_read=True)

    async def leave(self, person: Person) -> None:
        await joining.leave(self.db, person, self.group_id, self.now)

    async def crowd(self, size: int, wishes: Wishes | None = None) -> list[Person]:
        people = [somebody(100 + number) for number in range(size)]
        for person in people:
            await self.join(person, wishes)
        return people

    async def add_slot(
        self,
        at: str = "07:30",
        weekdays: frozenset[int] = EVERY_DAY,
        *,
        every_weeks: int = 1,
        first_on: date | None = None,
    ) -> SlotId:
        new = NewSlot(weekdays, time.fromisoformat(at), every_weeks=every_weeks, first_on=first_on)
        added = await schedules.add_slot(
            self.db, ORGANISER, self.group_id, new, self.now, self.limits
        )
        return added.slot_id

    async def remove_slot(self, slot_id: SlotId) -> None:
        await schedules.remove_slot(self.db, ORGANISER, self.group_id, slot_id, self.now)

    async def skip(self, on: date) -> None:
        await holidays.skip(self.db, ORGANISER, self.group_id, on, on, self.now)

    async def answer(self, person: Person, session_id: SessionId, said: Answer) -> Receipt:
        return await checkins.answer(self.db, person, session_id, said, self.now)

    async def undo(
        self, person: Person, session_id: SessionId, *, sure: bool = False
    ) -> Receipt | UndoQuestion:
        return await checkins.undo(self.db, person, session_id, self.now, sure=sure)

    async def pause(
        self, person: Person, first_on: date | None = None, last_on: date | None = None
    ) -> PauseMade:
        return await pauses.pause(
            self.db, person, self.group_id, self.now, first_on=first_on, last_on=last_on
        )

    async def set_rhythm(self, **columns: object) -> None:
        """Set columns of the group that no command sets yet."""
        table = tables.groups
        await self.db.write(
            lambda conn: (
                conn.execute(
                    update(table).where(table.c.id == self.group_id).values(**columns)
                ).rowcount
            )
        )

    async def plan(self) -> None:
        await planning.plan_everything(self.db, self.now)

    async def live_until(self, instant: datetime, *, step: timedelta = HOUR) -> None:
        """Let time pass: plan, and do what is due at its own instant."""
        planned_at = self.now
        await self.plan()
        while self.now < instant:
            due_at = await claims.next_due_at(self.db, Shards.of(1))
            self.now = min(instant, max(self.now, due_at or instant), planned_at + 24 * step)
            if self.now >= planned_at + 24 * step:
                planned_at = self.now
                await self.plan()
            await self.do_what_is_due()

    async def do_what_is_due(self) -> list[Moment]:
        """Claim and do everything that is due now; return what it was."""
        did: list[Moment] = []
        while due := await claims.take(self.db, claimant(), self.now, MANY):
            for moment in due:
                await self.do(moment)
            did += due
        self.done += did
        return did

    async def do(self, moment: Moment) -> None:
        match moment.kind:
            case MomentKind.SETTLE:
                await settling.settle(self.db, moment, self.now)
            case MomentKind.WEEK:
                await settling.close_week(self.db, moment, self.now)
            case MomentKind.PROMPT:
                await self.post(moment)
            case _:
                await claims.skip(self.db, moment, "left_out", self.now)

    async def post(self, moment: Moment) -> None:
        facts = await prompts.prepare(self.db, moment, self.now)
        if isinstance(facts, str):
            await claims.skip(self.db, moment, facts, self.now)
            return
        if self.mute:
            await care.cannot_post(self.db, moment, "channel_gone", self.now)
            return
        message_id = MessageId(next(_messages))
        await prompts.posted(self.db, moment, facts.channel_id, message_id, self.now, self.now)

    async def session(self, on: date, place: int = 0) -> Session:
        return (await self.sessions(on))[place]

    async def sessions(self, on: date) -> list[Session]:
        return await self.db.read(sessions.of_day, GUILD, self.group_id, on)

    async def member(self, person: Person) -> Member:
        found = await self.db.read(memberships.find, GUILD, self.group_id, person.user_id)
        assert found is not None
        return found

    async def attendance(self, person: Person, session: Session) -> Attendance | None:
        member = await self.member(person)
        return await self.db.read(attendances.find, GUILD, member.id, session.id)

    async def moment(self, kind: MomentKind, subject: int) -> tuple[MomentState, datetime] | None:
        """Return where a moment of the whole group stands and when it is due."""
        table = tables.moments
        query = select(table.c.state, table.c.due_at).where(
            table.c.group_id == self.group_id,
            table.c.kind == kind,
            table.c.subject == subject,
            table.c.membership_id == 0,
        )
        row = await self.db.read(lambda conn: conn.execute(query).one_or_none())
        return None if row is None else (MomentState(row[0]), row[1])

    async def claim(self) -> list[Moment]:
        """Claim what is due."""
        return await claims.take(self.db, claimant(), self.now, MANY)

    async def claimed(self, kind: MomentKind) -> Moment:
        """Claim what is due and return the one moment of a kind, which must be there."""
        return next(moment for moment in await self.claim() if moment.kind is kind)


async def found_town(
    db: Database,
    now: datetime | None = None,
    *,
    zone: str = "Europe/Berlin",
    limits: Limits | None = None,
) -> Town:
    """Set up a server with one group, empty and without a schedule, early on a Monday."""
    at = now or wall(MONDAY, "05:00")
    within = limits or Limits()
    await servers.set_up(db, ORGANISER, at, zone=zone, channel_id=CHANNEL, anyone_creates=True)
    group = await groups.create(db, ORGANISER, at, within, name="Early birds")
    return Town(db, group.group_id, at, within)


async def opened_town(
    db: Database, people: int = 1, *, at: str = "07:30", wishes: Wishes | None = None
) -> tuple[Town, list[Person], Session]:
    """Return a town with members and a daily slot, at the moment its first prompt is posted."""
    town = await found_town(db)
    crowd = await town.crowd(people, wishes)
    await town.add_slot(at)
    await town.live_until(wall(MONDAY, at))
    return town, crowd, await town.session(MONDAY)
