"""For organisers: who may need a word in person, and what is known of it.

Nothing that was said in confidence: no pain, no notes, no wishes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.domain import encouragement, habit
from bot.domain.habit import TimeRecord
from bot.domain.ids import GroupId, UserId
from bot.domain.schedule import local_date
from bot.services import access, way_back
from bot.services.views import Person
from bot.storage import memberships
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member


@dataclass(frozen=True, slots=True)
class InNeed:
    """Somebody who may need a word."""

    user_id: UserId
    misses: int
    """In a row."""
    last_sign_at: datetime
    """Their last answer, or joining."""
    new: bool
    """In their first week."""
    let_be: bool
    """Silent for so long that Amble says nothing any more."""
    offered_at: datetime | None
    """When they were offered a way back, this time."""
    best: TimeRecord | None
    """The time at which they come most often, where one stands out."""


@dataclass(frozen=True, slots=True)
class InNeedView:
    """Who in a group may need a word, those silent for longest last."""

    group_name: str
    people: tuple[InNeed, ...]


async def who(db: Database, person: Person, group_id: GroupId, now: datetime) -> InNeedView:
    """Return whom an organiser might talk to; nobody who is on a pause.

    First those who have fallen silent lately, as a word helps them most. Raises NotFound
    `group_not_found`, Refused `group_archived`, NotAllowed `not_organiser`.
    """

    def collect(conn: Connection) -> InNeedView:
        group = access.group_of(conn, person, group_id)
        access.check_organiser(conn, person, group_id)
        members = memberships.of_group(conn, group.guild_id, group.id)
        today = local_date(now, group.zone)
        ids = [member.id for member in members]
        paused = memberships.paused_on(conn, group.guild_id, ids, today)
        found = [
            _in_need(conn, group, member, now)
            for member in members
            if member.id not in paused and _may_need_a_word(member, now)
        ]
        found.sort(key=lambda one: one.last_sign_at, reverse=True)
        return InNeedView(group.name, tuple(found))

    return await db.read(collect)


def _may_need_a_word(member: Member, now: datetime) -> bool:
    """Two in a row, or one at the very beginning, where it decides whether somebody stays."""
    new = encouragement.is_new(member.joined_at, now)
    return member.streak.misses > (0 if new else 1)


def _in_need(conn: Connection, group: Group, member: Member, now: datetime) -> InNeed:
    offered = member.way_back_at
    return InNeed(
        user_id=member.user_id,
        misses=member.streak.misses,
        last_sign_at=member.last_sign_at,
        new=encouragement.is_new(member.joined_at, now),
        let_be=encouragement.is_let_be(member.last_sign_at, now),
        offered_at=offered if offered is not None and offered > member.last_sign_at else None,
        best=habit.best_time(way_back.records_of(conn, group, member, now)),
    )
