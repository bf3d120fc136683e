"""A world with much to do for the kill tests, and the hand that lets it become due.

Everything is made by the services. Then the instants are moved by SQL: what would spread over a
week is parked, and becomes due a few at a time while the bot lives and dies. To the bot these are
the instants as they were planned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, update

from bot.domain.encouragement import Reach
from bot.domain.ids import ChannelId, GroupId, GuildId, SessionId, UserId
from bot.domain.moment import MomentKind, MomentState
from bot.services import groups, joining, schedules, servers
from bot.services.limits import Limits
from bot.services.schedules import NewSlot
from bot.services.views import Person, Wishes
from bot.storage import sessions, tables
from bot.storage.database import Database
from tests.faults.lost import Lost
from tests.faults.tasks import Task, What
from tests.wire import world as wire
from tests.wire.server import WireDiscord

DAY = timedelta(days=1)
PARKED = timedelta(hours=12)
"""Farther ahead than any run takes."""
BY_ITSELF = timedelta(seconds=8)
"""What is due within this time is waited for."""
SHORT_WINDOW = (3.0, 6.0)
GUILDS = 3
CHANNELS = 2
PEOPLE = 9
MEMBERS = 5
LOST_OF = 5
"""Among how many groups one more has the channel that gets lost."""
NOON = time(12)
ZONES = (
    "Pacific/Auckland",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Europe/Berlin",
    "UTC",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Honolulu",
)
"""Somewhere it is far from midnight, so that a run lies within one local day."""


@dataclass
class Town:
    """What there is, and what of it has become due."""

    rng: Random
    lost: Lost
    people: dict[tuple[int, int], wire.Person] = field(
        default_factory=dict[tuple[int, int], wire.Person]
    )
    """Everybody, by server and user."""
    members: dict[GroupId, list[wire.Person]] = field(
        default_factory=dict[GroupId, list[wire.Person]]
    )
    guild_of: dict[GroupId, GuildId] = field(default_factory=dict[GroupId, GuildId])
    groups_of: dict[SessionId, GroupId] = field(default_factory=dict[SessionId, GroupId])
    short: dict[SessionId, timedelta] = field(default_factory=dict[SessionId, timedelta])
    """The planned windows of short sessions."""
    last_week: set[SessionId] = field(default_factory=set[SessionId])
    parked: list[Task] = field(default_factory=list[Task])
    daily: list[tuple[GuildId, int]] = field(default_factory=list[tuple[GuildId, int]])
    """The slots of the days to come: (server, slot)."""
    today: date = date.min
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    @property
    def last_on(self) -> date:
        """Last Sunday."""
        return self.today - DAY * (self.today.weekday() + 1)


async def found(discord: WireDiscord, db: Database, rng: Random, size: int) -> Town:
    """Make servers, channels, people and `size` groups; last week's prompts are due at once.

    Some groups more have the channel that gets lost.
    """
    now = datetime.now(UTC)
    guilds = [discord.world.guild(f"Valley {number}") for number in range(GUILDS)]
    town = Town(rng, Lost(guilds[0], discord.world.channel(guilds[0], "lost")))
    noons = {abs(now.astimezone(ZoneInfo(name)).hour - NOON.hour): name for name in ZONES}
    town.zone = ZoneInfo(noons[min(noons)])
    town.today = now.astimezone(town.zone).date()
    places = [await _server(discord, db, town, guild, n) for n, guild in enumerate(guilds)]
    for number in range(size):
        guild, people, channels = places[number % GUILDS]
        channel = channels[number // GUILDS % CHANNELS]
        await _group(db, town, guild, channel, rng.sample(people, MEMBERS), number)
    for number in range(size, size + lost_groups(size)):
        guild, people, _ = places[0]
        await _group(db, town, guild, town.lost.channel, rng.sample(people, MEMBERS), number)
    await db.write(_park, town, now)
    rng.shuffle(town.parked)
    return town


def lost_groups(size: int) -> int:
    """Return how many groups besides `size` have the channel that gets lost."""
    return -(-size // LOST_OF)


async def shift_last_week(db: Database, town: Town) -> None:
    """Have last week's prompts, which stand by now, stand since their time."""

    def shift(conn: Connection) -> None:
        table = tables.sessions
        ids = list(town.last_week)
        conn.execute(update(table).where(table.c.id.in_(ids)).values(posted_at=table.c.prompt_at))

    await db.write(shift)


async def release(db: Database, town: Town, count: int, within: tuple[float, float]) -> None:
    """Let so many parked things become due, between those seconds from now."""
    tasks, town.parked = town.parked[:count], town.parked[count:]
    await release_tasks(db, town, tasks, within)


async def release_tasks(
    db: Database, town: Town, tasks: list[Task], within: tuple[float, float]
) -> None:
    """Let these become due, between those seconds from now."""
    now = datetime.now(UTC)
    dues = [(task, now + timedelta(seconds=town.rng.uniform(*within))) for task in tasks]

    def become_due(conn: Connection) -> None:
        for task, due_at in dues:
            _become_due(conn, town, task, due_at)

    await db.write(become_due)


async def hurry(db: Database, town: Town) -> None:
    """Do not wait for the next minute, nor between letters, nor before asking again.

    A moment is due when its row says so; what the bot then makes of it goes by other rules.
    """
    now = datetime.now(UTC)
    table = tables.moments
    far = (table.c.due_at > now + BY_ITSELF) & (table.c.due_at < now + PARKED / 2)
    soon = now + timedelta(seconds=town.rng.uniform(0, 1))

    def pull(conn: Connection) -> None:
        waits = table.c.state == MomentState.DUE
        conn.execute(update(table).where(waits & far).values(due_at=soon))

    await db.write(pull)


async def plan_again(db: Database, town: Town, count: int) -> None:
    """Have the next start plan some slots' days again, which it may do as often as it likes."""
    table = tables.slots
    chosen = town.rng.sample(town.daily, min(count, len(town.daily)))

    def rewind(conn: Connection) -> None:
        for guild_id, slot_id in chosen:
            conn.execute(
                update(table)
                .where(table.c.guild_id == guild_id, table.c.id == slot_id)
                .values(planned_through_on=town.today)
            )

    await db.write(rewind)


async def _server(
    discord: WireDiscord, db: Database, town: Town, guild: wire.Guild, number: int
) -> tuple[wire.Guild, list[wire.Person], list[wire.Channel]]:
    channels = [discord.world.channel(guild, f"walks-{place}") for place in range(CHANNELS)]
    people = [discord.world.person(guild, f"Walker {number}-{place}") for place in range(PEOPLE)]
    town.people |= {(guild.id, one.id): one for one in people}
    zone, where = town.zone.key, ChannelId(channels[0].id)
    await servers.set_up(db, _boss(guild), _noon(town, town.today), zone=zone, channel_id=where)
    return guild, people, channels


async def _group(
    db: Database,
    town: Town,
    guild: wire.Guild,
    channel: wire.Channel,
    people: list[wire.Person],
    number: int,
) -> None:
    boss, limits = _boss(guild), Limits()
    before = _noon(town, town.last_on - DAY)
    name = f"Group {number}"
    made = await groups.create(
        db, boss, before, limits, name=name, channel_id=ChannelId(channel.id)
    )
    if channel == town.lost.channel:
        town.lost.groups[made.group_id] = name
    for person in people:
        wishes = _wishes(town.rng)
        who = Person(GuildId(guild.id), UserId(person.id), person.name)
        await joining.join(db, who, made.group_id, wishes, before, note_read=True)
    town.members[made.group_id] = people
    town.guild_of[made.group_id] = GuildId(guild.id)
    last, today, tomorrow = town.last_on, town.today, town.today + DAY
    for on, minute in ((last, 0), (today, 10), (today, 20), (today, 30), (tomorrow, 40)):
        once = on != tomorrow
        new = NewSlot(
            frozenset({on.weekday()}) if once else frozenset(range(7)),
            time(8, minute),
            first_on=on,
            last_on=on if once else None,
        )
        at = before if on == last else _noon(town, today - DAY)
        added = await schedules.add_slot(db, boss, made.group_id, new, at, limits)
        if not once:
            town.daily.append((GuildId(guild.id), added.slot_id))
    # A recap takes the day's encouragement along: half of the groups have none.
    told_of_its_week = number % 2 == 0
    if not told_of_its_week:
        await groups.edit(db, boss, made.group_id, before, recap="off")
    await db.write(_arrange, town, GuildId(guild.id), made.group_id, told_of_its_week)


def _arrange(
    conn: Connection,
    town: Town,
    guild_id: GuildId,
    group_id: GroupId,
    told_of_its_week: bool,
) -> None:
    """Leave out quiet hours, and note what of the group is to become due."""
    group = tables.groups
    conn.execute(
        update(group)
        .where(group.c.guild_id == guild_id, group.c.id == group_id)
        .values(quiet_from=time(0), quiet_until=time(0), encourage_at=time(0))
    )
    [last] = sessions.of_day(conn, guild_id, group_id, town.last_on)
    *usual, short = sessions.of_day(conn, guild_id, group_id, town.today)
    coming = sessions.of_day(conn, guild_id, group_id, town.today + DAY)
    for session in (last, *usual, short, *coming):
        town.groups_of[session.id] = group_id
    town.last_week.add(last.id)
    town.short[short.id] = timedelta(seconds=town.rng.uniform(*SHORT_WINDOW))
    prompts = [Task(What.PROMPT, guild_id, group_id, one.id) for one in usual]
    if group_id in town.lost.groups:
        town.lost.parked += prompts
        return
    town.parked += [
        Task(What.SETTLE, guild_id, group_id, last.id),
        Task(What.SHORT, guild_id, group_id, short.id),
        *prompts,
        Task(What.NUDGE, guild_id, group_id),
        Task(What.WEEK, guild_id, group_id),
    ]
    if told_of_its_week:
        town.parked.append(Task(What.RECAP, guild_id, group_id))


def _park(conn: Connection, town: Town, now: datetime) -> None:
    """Have nothing due in the next hours but last week's prompts, which are due now."""
    moment, session = tables.moments, tables.sessions
    parked = now + PARKED
    conn.execute(update(moment).where(moment.c.due_at < parked).values(due_at=parked))
    ids = list(town.last_week)
    prompts = moment.c.subject.in_(ids) & (moment.c.kind == MomentKind.PROMPT)
    conn.execute(update(moment).where(prompts).values(due_at=now))
    conn.execute(update(session).where(session.c.id.in_(ids)).values(settles_at=parked))


def _become_due(conn: Connection, town: Town, task: Task, due_at: datetime) -> None:
    match task.what:
        case What.NUDGE:
            _set_due(conn, task, MomentKind.NUDGE, town.today.toordinal(), due_at)
        case What.WEEK | What.RECAP:
            kind = MomentKind.WEEK if task.what is What.WEEK else MomentKind.RECAP
            monday = town.last_on - DAY * 6
            _set_due(conn, task, kind, monday.toordinal(), due_at)
        case What.SETTLE:
            _change_session(conn, task, settles_at=due_at)
            _set_due(conn, task, MomentKind.SETTLE, _id(task), due_at)
        case What.PROMPT | What.SHORT:
            settles_at = due_at + town.short.get(_id(task), PARKED)
            _change_session(conn, task, prompt_at=due_at, starts_at=due_at, settles_at=settles_at)
            _set_due(conn, task, MomentKind.PROMPT, _id(task), due_at)
            _set_due(conn, task, MomentKind.SETTLE, _id(task), settles_at)


def _set_due(
    conn: Connection, task: Task, kind: MomentKind, subject: int, due_at: datetime
) -> None:
    table = tables.moments
    conn.execute(
        update(table)
        .where(
            table.c.guild_id == task.guild_id,
            table.c.group_id == task.group_id,
            table.c.kind == kind,
            table.c.subject == subject,
            table.c.state == MomentState.DUE,
        )
        .values(due_at=due_at)
    )


def _change_session(conn: Connection, task: Task, **values: datetime) -> None:
    sessions.change(conn, task.guild_id, _id(task), **values)


def _id(task: Task) -> SessionId:
    assert task.session_id is not None
    return task.session_id


def _wishes(rng: Random) -> Wishes:
    reach = rng.choices(list(Reach), weights=(6, 3, 1))[0]
    named = rng.random() < 0.6
    return Wishes(reach, named, named and rng.random() < 0.5, shown=True, goal=rng.randint(1, 3))


def _boss(guild: wire.Guild) -> Person:
    owner = guild.owner
    return Person(GuildId(guild.id), UserId(owner.id), owner.name, manages_server=True)


def _noon(town: Town, on: date) -> datetime:
    return datetime.combine(on, NOON, town.zone).astimezone(UTC)
