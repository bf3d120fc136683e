"""Reading what became of the group: from its database, and from what stands in the channels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select

from bot.domain.checkin import SessionState
from bot.domain.ids import GroupId, GuildId, SessionId, UserId
from bot.domain.moment import MomentKind
from bot.domain.schedule import local_date
from bot.sandbox.messages import Message, message, part_saying
from bot.sandbox.noticeboard import Noticeboard, Post
from bot.sandbox.stage import Stage
from bot.services import leaderboards
from bot.services.encouraging import WITH_RECAP
from bot.services.views import Board, BoardQuestion, Person
from bot.storage import attendances, groups, memberships, sessions, slots
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.sessions import Session
from bot.storage.slots import StoredSlot
from bot.storage.tables import answer_history, milestones, moments

OVER = (SessionState.SETTLED, SessionState.VOID)
_ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC))

Outcomes = dict[str, str]
"""What a session counts as, by the member's name."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A session, and what people made of it."""

    session: Session
    prompts: tuple[Post, ...]
    """Every message that is a prompt of it: one, or none yet."""
    outcomes: Outcomes
    at_settlement: Outcomes
    answered_at: dict[str, datetime]
    """The last answer that stood before it settled; without who took theirs back."""


@dataclass(frozen=True, slots=True)
class Recap:
    """A recap, and the encouragement that is a part of it."""

    message: Message
    encouragement: Message | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone, and whose it is: None for the group's own."""

    name: str | None
    milestone: str
    subject: int
    session_id: SessionId
    at: datetime


class Reader:
    """Reads the one group of a stage; also how a session stood when it had just settled.

    That last is kept nowhere, as answers may change for two days more: `look` has to be called
    whenever something may have settled, and before anybody acts on it.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._noticeboard = Noticeboard(stage.world)
        self._at_settlement: dict[SessionId, Outcomes] = {}

    async def look(self) -> None:
        """Take down what the sessions that have newly settled came to."""

        def collect(conn: Connection) -> dict[SessionId, Outcomes]:
            group = _find_group(conn)
            if group is None:
                return {}
            names = _names(conn, group)
            return {
                session.id: _outcomes(conn, session, names)
                for session in _sessions(conn, group)
                if session.state in OVER and session.id not in self._at_settlement
            }

        self._at_settlement.update(await self._stage.db.read(collect))

    async def group(self) -> Group:
        """Return the group; it must have been created."""
        return await self._stage.db.read(_group)

    async def slots(self) -> list[StoredSlot]:
        def collect(conn: Connection) -> list[StoredSlot]:
            group = _group(conn)
            return slots.of_group(conn, group.guild_id, group.id)

        return await self._stage.db.read(collect)

    async def skipped(self) -> list[date]:
        """Return the days that were called off, in order."""

        def collect(conn: Connection) -> list[date]:
            group = _group(conn)
            return slots.skipped_on(conn, group.guild_id, group.id, date.min)

        return await self._stage.db.read(collect)

    async def members(self) -> list[Member]:
        """Return all who are or were members, in the order in which they joined."""
        return await self._stage.db.read(lambda conn: _members(conn, _group(conn)))

    async def gatherings(self, on: date | None = None) -> list[Gathering]:
        """Return the sessions of a local day, or all there are, in order of their start."""
        prompts = [post for post in self._noticeboard.posts() if post.is_prompt]

        def collect(conn: Connection) -> list[Gathering]:
            group = _group(conn)
            names = _names(conn, group)
            return [
                Gathering(
                    session=session,
                    prompts=tuple(one for one in prompts if session.id in one.session_ids),
                    outcomes=_outcomes(conn, session, names),
                    at_settlement=self._at_settlement.get(session.id, {}),
                    answered_at=_answered_at(conn, session, names),
                )
                for session in _sessions(conn, group)
                if on in (None, session.due_on)
            ]

        return await self._stage.db.read(collect)

    async def messages(self, kind: MomentKind) -> list[Message]:
        """Return the nudges or encouragements that stand in the channel, oldest first."""
        told = await self._stage.db.read(_told, kind)
        members = await self.members()
        return [
            message(post, told[moment_id], members)
            for post in self._noticeboard.posts()
            if (moment_id := post.moment_id) is not None and moment_id in told
        ]

    async def recaps(self) -> list[Recap]:
        """Return the recaps that stand in the channel, oldest first."""
        told = await self._stage.db.read(_told, MomentKind.RECAP)
        others = await self._stage.db.read(_told, MomentKind.ENCOURAGE)
        taken = [row for row in others.values() if row.reason == WITH_RECAP]
        members = await self.members()
        zone = (await self.group()).zone
        return [
            Recap(message(post, told[moment_id], members), _along(post, taken, members, zone))
            for post in self._noticeboard.posts()
            if (moment_id := post.moment_id) is not None and moment_id in told
        ]

    async def milestones(self) -> list[Reached]:
        """Return all milestones there are, in the order in which they were granted."""

        def collect(conn: Connection) -> list[Reached]:
            names = _names(conn, _group(conn))
            query = select(milestones).order_by(
                milestones.c.at,
                milestones.c.membership_id,
                milestones.c.milestone,
                milestones.c.subject,
            )
            return [
                Reached(
                    names.get(row.membership_id),
                    row.milestone,
                    row.subject,
                    SessionId(row.session_id),
                    row.at,
                )
                for row in conn.execute(query)
            ]

        return await self._stage.db.read(collect)

    async def direct_messages(self) -> list[tuple[str, Message]]:
        """Return what was written to single members, and to whom, in the order of sending."""
        told = await self._stage.db.read(_told, MomentKind.NUDGE_DM)
        told |= await self._stage.db.read(_told, MomentKind.ENCOURAGE_DM)
        members = await self.members()
        names = {member.id: member.name for member in members}
        channels = dict.fromkeys(row.channel_id for row in told.values() if row.channel_id)
        found = [
            (names[row.membership_id], message(post, row, members))
            for channel_id in channels
            for post in self._noticeboard.posts(channel_id)
            if post.moment_id is not None and (row := told.get(post.moment_id)) is not None
        ]
        return sorted(found, key=lambda one: one[1].posted_at)

    async def board(self) -> Board:
        """Return the board of session streaks."""
        group = await self.group()
        world = self._stage.world
        organiser = Person(group.guild_id, UserId(world.organiser.id), world.organiser.name)
        asked = BoardQuestion(group.id)
        return await leaderboards.show(self._stage.db, organiser, asked, world.clock.now())


def _find_group(conn: Connection) -> Group | None:
    everywhere = groups.everywhere(conn)
    return groups.find(conn, *min(everywhere)) if everywhere else None


def _group(conn: Connection) -> Group:
    guild_id, group_id = min(groups.everywhere(conn))
    return groups.fetch(conn, GuildId(guild_id), GroupId(group_id))


def _members(conn: Connection, group: Group) -> list[Member]:
    everybody = memberships.of_group(conn, group.guild_id, group.id, left_since=_ALWAYS[0])
    return sorted(everybody, key=lambda member: (member.joined_at, member.id))


def _names(conn: Connection, group: Group) -> dict[int, str]:
    return {member.id: member.name for member in _members(conn, group)}


def _sessions(conn: Connection, group: Group) -> list[Session]:
    return sessions.between(conn, group.guild_id, group.id, *_ALWAYS)


def _outcomes(conn: Connection, session: Session, names: dict[int, str]) -> Outcomes:
    rows = attendances.of_sessions(conn, session.guild_id, [session.id])
    found = {names[row.membership_id]: row.outcome for row in rows}
    return {name: outcome.value for name, outcome in sorted(found.items()) if outcome is not None}


def _answered_at(conn: Connection, session: Session, names: dict[int, str]) -> dict[str, datetime]:
    c = answer_history.c
    query = (
        select(c.membership_id, c.answer, c.at)
        .where(c.guild_id == session.guild_id, c.session_id == session.id)
        .order_by(c.at, c.id)
    )
    if session.settled_at is not None:
        query = query.where(c.at < session.settled_at)
    last = {names[row.membership_id]: row for row in conn.execute(query)}
    return {name: row.at for name, row in sorted(last.items()) if row.answer is not None}


def _along(
    post: Post, taken: Sequence[Row[Any]], members: Sequence[Member], zone: ZoneInfo
) -> Message | None:
    """Return the encouragement that a recap took along, as the part of it that says its words."""
    on = local_date(post.posted_at, zone)
    for row in taken:
        part = part_saying(post, row.wording)
        if part is not None and local_date(row.done_at, zone) == on:
            return message(part, row, members)
    return None


def _told(conn: Connection, kind: MomentKind) -> dict[int, Row[Any]]:
    return {row.id: row for row in conn.execute(select(moments).where(moments.c.kind == kind))}
