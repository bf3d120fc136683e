"""A server with groups whose prompts are due within seconds, and members who press buttons."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain.checkin import SessionState
from bot.domain.day import Rhythm, settles_at
from bot.domain.ids import ChannelId, GroupId, GuildId, SessionId, SlotId, UserId
from bot.domain.moment import MomentKind
from bot.domain.schedule import Activity, local_date, monday_of
from bot.services import groups, joining, servers
from bot.services.limits import Limits
from bot.services.views import Person as Who
from bot.services.views import Wishes
from bot.storage import moments, sessions, slots
from bot.storage.database import Database
from bot.storage.ids import new_id
from tests.wire.people import Act
from tests.wire.server import WireDiscord
from tests.wire.world import Channel, Guild, Person, Posted

NAMES = ("Anna", "Bela", "Cleo", "Dora", "Emil", "Fynn", "Gesa", "Hugo", "Iris", "Jona")
ANSWERS = ("done", "done", "done", "partly", "rest")
NOON = 12
AGES = timedelta(days=30)
ROOMY = Limits(groups_per_server=1000)


@dataclass(slots=True)
class Walk:
    """A group of the bot, where it is posted for, and the sessions that are due."""

    guild: Guild
    channel: Channel
    group_id: GroupId
    members: list[Person]
    zone: ZoneInfo
    due: dict[SessionId, datetime] = field(default_factory=dict[SessionId, datetime])


@dataclass(slots=True)
class Answered:
    """What a member pressed, as often as they did."""

    person: Person
    session_id: SessionId
    answer: str
    act: Act


@dataclass(slots=True)
class Town:
    """One server's groups, and what its members did."""

    guild: Guild
    walks: list[Walk]
    answered: list[Answered] = field(default_factory=list[Answered])

    @property
    def sessions(self) -> dict[SessionId, Walk]:
        return {each: walk for walk in self.walks for each in walk.due}

    def prompts(self, discord: WireDiscord) -> dict[SessionId, list[Posted]]:
        """Return what stands in the channels for each session."""
        found: dict[SessionId, list[Posted]] = {each: [] for each in self.sessions}
        for channel in {walk.channel.id for walk in self.walks}:
            for posted in discord.messages(channel):
                if posted.kind == "prompt":
                    found.get(session_in(posted), []).append(posted)
        return found


def session_in(posted: Posted) -> SessionId:
    """Return the session that a prompt is for, as its buttons tell."""
    button = next(one for one in posted.custom_ids if one.startswith("amble:answer:"))
    return SessionId(int(button.split(":")[3]))


async def found_town(
    discord: WireDiscord,
    db: Database,
    *,
    channels: int = 4,
    people: int = 5,
    shard: int | None = None,
    name: str = "Amble Valley",
    now: datetime | None = None,
) -> Town:
    """Set up a server where it is about noon: a group in each channel, everyone in all of them."""
    at = now or datetime.now(UTC)
    guild = discord.world.guild(name, shard=shard)
    zone = _zone_at_noon(at)
    rosa = Who(GuildId(guild.id), UserId(guild.owner.id), "Rosa", manages_server=True)
    await servers.set_up(db, rosa, at, zone=zone.key, anyone_creates=True)
    members = [discord.world.person(guild, name) for name in NAMES[:people]]
    town = Town(guild, [])
    for number in range(channels):
        channel = discord.world.channel(guild, f"walks-{number}")
        town.walks.append(await _found_walk(db, guild, channel, rosa, members, zone, at, number))
    return town


async def _found_walk(
    db: Database,
    guild: Guild,
    channel: Channel,
    rosa: Who,
    members: Sequence[Person],
    zone: ZoneInfo,
    at: datetime,
    number: int,
) -> Walk:
    channel_id = ChannelId(channel.id)
    group = await groups.create(db, rosa, at, ROOMY, name=f"Walk {number}", channel_id=channel_id)
    wishes = Wishes(named=True)
    for member in members:
        who = Who(GuildId(guild.id), UserId(member.id), member.name)
        await joining.join(db, who, group.group_id, wishes, at, note_read=True)
    return Walk(guild, channel, group.group_id, list(members), zone)


def _zone_at_noon(at: datetime) -> ZoneInfo:
    """Return a zone where quiet hours and midnight are far away."""
    ahead = NOON - at.hour
    # In these names the sign is the other way round (https://data.iana.org/time-zones/tzdb/etcetera).
    return ZoneInfo("Etc/UTC" if ahead == 0 else f"Etc/GMT{-ahead:+d}")


async def plan_prompts(db: Database, walk: Walk, dues: Iterable[datetime]) -> None:
    """Have a group's prompts due at these instants, a slot and a session for each."""
    walk.due |= await db.write(_plan_prompts, walk, list(dues))


def _plan_prompts(conn: Connection, walk: Walk, dues: list[datetime]) -> dict[SessionId, datetime]:
    guild_id = GuildId(walk.guild.id)
    rows = [_row(walk, _slot(conn, walk, due), due) for due in dues]
    sessions.plan(conn, rows)
    moments.plan(
        conn,
        guild_id,
        walk.group_id,
        [(MomentKind.PROMPT, one["id"], one["prompt_at"]) for one in rows],
    )
    moments.plan(
        conn,
        guild_id,
        walk.group_id,
        [(MomentKind.SETTLE, one["id"], one["settles_at"]) for one in rows],
    )
    return {SessionId(one["id"]): one["prompt_at"] for one in rows}


def _slot(conn: Connection, walk: Walk, due: datetime) -> SlotId:
    today = local_date(due, walk.zone)
    return slots.add(
        conn,
        GuildId(walk.guild.id),
        walk.group_id,
        weekdays=frozenset(range(7)),
        at=time(12),
        activity=Activity.WALK,
        minutes=20,
        every_weeks=1,
        first_on=today,
        last_on=None,
        # What is to be planned is planned here, and no more.
        planned_through_on=today + AGES,
        now=due - AGES,
    )


def _row(walk: Walk, slot_id: SlotId, due: datetime) -> dict[str, Any]:
    due_on = local_date(due, walk.zone)
    return {
        "guild_id": walk.guild.id,
        "id": new_id(),
        "group_id": walk.group_id,
        "slot_id": slot_id,
        "due_on": due_on,
        "week_on": monday_of(due_on),
        "zone": walk.zone.key,
        "starts_at": due,
        "prompt_at": due,
        "settles_at": settles_at(due_on, Rhythm(), walk.zone),
        "activity": Activity.WALK,
        "minutes": 20,
        "free_rests": 1,
        "state": SessionState.PLANNED,
    }


async def plan_nudge(db: Database, walk: Walk, due: datetime) -> None:
    """Have today's nudge of a group due at that instant."""
    subject = local_date(due, walk.zone).toordinal()
    dues = [(MomentKind.NUDGE, subject, due)]
    await db.write(moments.plan, GuildId(walk.guild.id), walk.group_id, dues)


async def wake(discord: WireDiscord, town: Town) -> None:
    """Have the running bot look at what is due next: a schedule is changed, and it must know."""
    await asyncio.sleep(0.2)  # It is told of the server's channels and people first.
    walk = town.walks[0]
    far = (datetime.now(walk.zone) + timedelta(days=20)).date().isoformat()
    act = discord.people.command(
        town.guild.owner,
        walk.channel,
        "schedule add",
        group="Walk 0",
        days="daily",
        at="11:00",
        first=far,
    )
    await act.answered(10)


async def press(
    discord: WireDiscord, town: Town, chance: random.Random, share: float, until: asyncio.Event
) -> None:
    """Let members press the buttons of prompts as they appear, some twice, until told to stop."""
    seen: set[int] = set()
    pressing: set[asyncio.Task[None]] = set()
    while not until.is_set():
        for session_id, posted in town.prompts(discord).items():
            for one in posted:
                if one.id in seen:
                    continue
                seen.add(one.id)
                for person in town.sessions[session_id].members:
                    if chance.random() < share:
                        after = chance.random() * 3
                        answer = chance.choice(ANSWERS)
                        twice = chance.random() < 0.2
                        work = _press(discord, town, person, one, answer, after, twice=twice)
                        pressing.add(asyncio.create_task(work))
        await asyncio.sleep(0.05)
    await asyncio.gather(*pressing)


async def _press(
    discord: WireDiscord,
    town: Town,
    person: Person,
    posted: Posted,
    answer: str,
    after: float,
    *,
    twice: bool,
) -> None:
    await asyncio.sleep(after)
    for _ in range(2 if twice else 1):
        try:
            act = discord.people.click(person, posted, answer)
        except LookupError:
            return  # The channel is gone, and its messages with it.
        town.answered.append(Answered(person, session_in(posted), answer, act))
