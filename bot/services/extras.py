"""Walks of one's own outside any session: they add minutes, never a streak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain.checkin import MEMBER_WINDOW, METRES, MINUTES
from bot.domain.day import DAY
from bot.domain.errors import Refused
from bot.domain.ids import GroupId
from bot.domain.schedule import Activity, local_date, midnight_of, monday_of
from bot.services import access
from bot.services.views import ExtraView, Person
from bot.storage import boards, extras, memberships
from bot.storage.boards import Days, Sums
from bot.storage.database import Database
from bot.storage.extras import Extra
from bot.storage.groups import Group
from bot.storage.memberships import Member

MOST_A_DAY = 10
"""Walks of one's own that can be logged for a day."""


@dataclass(frozen=True, slots=True)
class NewExtra:
    """A walk of one's own, to be logged."""

    minutes: int
    activity: Activity = Activity.WALK
    metres: int | None = None
    done_on: date | None = None
    """None is today."""


async def log(
    db: Database, person: Person, group_id: GroupId, new: NewExtra, now: datetime
) -> ExtraView:
    """Log a walk of today, or of up to 48 hours back.

    Raises NotAllowed `not_member`, `left_group`, Refused `minutes_invalid`, `metres_invalid`,
    `extra_day`, `extras_too_many`.
    """
    for name, value, allowed in (
        ("minutes", new.minutes, MINUTES),
        ("metres", new.metres, METRES),
    ):
        if value is not None and value not in allowed:
            raise Refused(f"{name}_invalid", low=allowed.start, high=allowed.stop - 1)

    def keep(conn: Connection) -> ExtraView:
        group = access.group_of(conn, person, group_id)
        member = access.member_of(conn, person, group_id)
        today = local_date(now, group.zone)
        done_on = new.done_on or today
        if done_on not in loggable_days(now, group.zone):
            raise Refused("extra_day")
        if extras.count_on(conn, group.guild_id, member.id, done_on) >= MOST_A_DAY:
            raise Refused("extras_too_many", limit=MOST_A_DAY)
        extra = Extra(
            id=extras.new_extra_id(),
            membership_id=member.id,
            done_on=done_on,
            activity=new.activity,
            minutes=new.minutes,
            metres=new.metres,
            at=now,
        )
        extras.add(conn, group.guild_id, extra)
        # It is a sign of them as much as an answer is.
        name = person.kept_name or member.name
        memberships.change(conn, member.guild_id, member.id, last_sign_at=now, name=name)
        return _view(conn, group, member, extra, today)

    return await db.write(keep)


async def undo(db: Database, person: Person, group_id: GroupId, now: datetime) -> ExtraView:
    """Take off again what was logged last, of what was logged today.

    Raises NotAllowed `not_member`, `left_group`, Refused `extra_none`.
    """

    def take_off(conn: Connection) -> ExtraView:
        group = access.group_of(conn, person, group_id)
        member = access.member_of(conn, person, group_id)
        today = local_date(now, group.zone)
        since = midnight_of(today, group.zone)
        latest = extras.latest_since(conn, group.guild_id, member.id, since)
        if latest is None:
            raise Refused("extra_none")
        extras.remove(conn, group.guild_id, latest.id)
        return _view(conn, group, member, latest, today)

    return await db.write(take_off)


def loggable_days(now: datetime, zone: ZoneInfo) -> list[date]:
    """Return the local days of which a walk can be logged now, today first."""
    today = local_date(now, zone)
    span = (today - local_date(now - MEMBER_WINDOW, zone)).days
    return [today - back * DAY for back in range(span + 1)]


def _view(conn: Connection, group: Group, member: Member, extra: Extra, today: date) -> ExtraView:
    week, held, own = Days(monday_of(today)), [group.id], member.id
    in_sessions = boards.sums(conn, group.guild_id, held, week).get(own, Sums()).minutes
    beside = extras.minutes(conn, group.guild_id, held, week).get(own, 0)
    return ExtraView(
        group_name=group.name,
        minutes=extra.minutes,
        metres=extra.metres,
        activity=extra.activity,
        done_on=extra.done_on,
        week_minutes=in_sessions + beside,
    )
