"""A group's schedule: adding and removing slots, calling days off, looking ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.domain.checkin import Answer, SessionState
from bot.domain.day import DAY
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import GroupId, MembershipId, SlotId
from bot.domain.schedule import Activity, Slot, instant_of, local_date, monday_of, occurrences
from bot.services import access, planning
from bot.services import groups as group_service
from bot.services.limits import Limits
from bot.services.logbook import slot_detail
from bot.services.views import GroupView, Person, ScheduleView, SlotAdded, Upcoming
from bot.storage import attendances, audit_log, memberships, sessions, slots
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.sessions import Session

AHEAD = timedelta(days=14)
"""How far `/schedule show` looks."""
MINUTES = range(1, 241)
EVERY_WEEKS = range(1, 9)
FARTHEST = timedelta(days=366)
"""How far ahead a slot may begin or a day be called off."""


@dataclass(frozen=True, slots=True)
class NewSlot:
    """A line to add to a schedule."""

    weekdays: frozenset[int]
    at: time
    activity: Activity = Activity.WALK
    minutes: int = 20
    every_weeks: int = 1
    first_on: date | None = None
    """None is today."""
    last_on: date | None = None


async def add_slot(
    db: Database, person: Person, group_id: GroupId, new: NewSlot, now: datetime, limits: Limits
) -> SlotAdded:
    """Add a slot and plan its first sessions.

    Raises NotAllowed `not_organiser`, Refused `minutes_invalid`, `weeks_invalid`, `date_invalid`,
    `day_past`, `slots_too_many`, `slot_exists`, `slot_never`.
    """
    if new.minutes not in MINUTES:
        raise Refused("minutes_invalid", low=MINUTES.start, high=MINUTES.stop - 1)
    if new.every_weeks not in EVERY_WEEKS:
        raise Refused("weeks_invalid", low=EVERY_WEEKS.start, high=EVERY_WEEKS.stop - 1)

    def add(conn: Connection) -> SlotAdded:
        group = access.organised_group(conn, person, group_id)
        slot = _checked(conn, group, new, now, limits)
        slot_id = slots.add(
            conn,
            group.guild_id,
            group.id,
            weekdays=slot.weekdays,
            at=slot.at,
            activity=slot.activity,
            minutes=slot.minutes,
            every_weeks=slot.every_weeks,
            first_on=slot.first_on,
            last_on=slot.last_on,
            planned_through_on=min(slot.first_on, local_date(now, group.zone)) - DAY,
            now=now,
        )
        detail = slot_detail(slot)
        audit_log.add(conn, group.guild_id, group.id, person.user_id, "add_slot", detail, now)
        planning.plan_group(conn, group.guild_id, group.id, now)
        found = _upcoming(conn, person, group, now)
        view = group_service.view(conn, person, group, now)
        return SlotAdded(view, slot_id, tuple(found))

    return await db.write(add)


async def remove_slot(
    db: Database, person: Person, group_id: GroupId, slot_id: SlotId, now: datetime
) -> GroupView:
    """Take a slot off; its sessions whose prompt is not posted are called off.

    Raises NotAllowed `not_organiser`, NotFound `slot_not_found`.
    """

    def remove(conn: Connection) -> GroupView:
        group = access.organised_group(conn, person, group_id)
        listed = {one.slot.id: one for one in slots.of_group(conn, group.guild_id, group.id)}
        if not slots.remove(conn, group.guild_id, group.id, slot_id, now):
            raise NotFound("slot_not_found")
        called_off = sessions.call_off(conn, group.guild_id, group.id, slot_id=slot_id)
        planning.call_off(conn, group, called_off)
        detail = slot_detail(listed[slot_id].slot)
        audit_log.add(conn, group.guild_id, group.id, person.user_id, "remove_slot", detail, now)
        return group_service.view(conn, person, group, now)

    return await db.write(remove)


async def show(db: Database, person: Person, group_id: GroupId, now: datetime) -> ScheduleView:
    """Return a group's slots, the next two weeks, and the days called off."""

    def collect(conn: Connection) -> ScheduleView:
        group = access.group_of(conn, person, group_id)
        view = group_service.view(conn, person, group, now)
        today = local_date(now, group.zone)
        skipped = slots.skipped_on(conn, group.guild_id, group.id, today)
        return ScheduleView(view, tuple(_upcoming(conn, person, group, now)), tuple(skipped))

    return await db.read(collect)


def next_start(conn: Connection, group: Group, now: datetime) -> datetime | None:
    """Return when a group meets next within the time that is looked ahead, planned or not yet."""
    planned = sessions.next_start(conn, group.guild_id, group.id, now)
    if planned is not None:
        return planned
    return min((one.starts_at for one in _beyond(conn, group, now)), default=None)


def upcoming_sessions(
    conn: Connection, group: Group, membership_id: MembershipId | None, now: datetime
) -> list[Upcoming]:
    """Return a group's open and planned sessions with one member's answers, in order."""
    found = sessions.unsettled(conn, group.guild_id, group.id)
    mine = {
        row.session_id: row.answer
        for row in attendances.of_sessions(conn, group.guild_id, [one.id for one in found])
        if row.membership_id == membership_id
    }
    return [
        as_upcoming(group, session, mine.get(session.id))
        for session in found
        if session.starts_at > now or session.state is SessionState.OPEN
    ]


def as_upcoming(group: Group, session: Session, answer: Answer | None = None) -> Upcoming:
    """Return a session as lists show it."""
    return Upcoming(
        session_id=session.id,
        guild_id=group.guild_id,
        group_id=group.id,
        group_name=group.name,
        starts_at=session.starts_at,
        due_on=session.due_on,
        activity=session.activity,
        minutes=session.minutes,
        state=session.state,
        answer=answer,
    )


def _upcoming(conn: Connection, person: Person, group: Group, now: datetime) -> list[Upcoming]:
    member = memberships.find(conn, group.guild_id, group.id, person.user_id)
    membership_id = member.id if member is not None and member.left_at is None else None
    planned = upcoming_sessions(conn, group, membership_id, now)
    return sorted([*planned, *_beyond(conn, group, now)], key=lambda one: one.starts_at)


def _beyond(conn: Connection, group: Group, now: datetime) -> list[Upcoming]:
    """Return what the planner has not planned yet of the time that is looked ahead."""
    until_on = local_date(now + AHEAD, group.zone)
    skipped = set(slots.skipped_on(conn, group.guild_id, group.id, local_date(now, group.zone)))
    return [
        Upcoming(
            session_id=None,
            guild_id=group.guild_id,
            group_id=group.id,
            group_name=group.name,
            starts_at=starts_at,
            due_on=due_on,
            activity=one.slot.activity,
            minutes=one.slot.minutes,
            state=SessionState.PLANNED,
        )
        for one in slots.of_group(conn, group.guild_id, group.id)
        for due_on in occurrences(one.slot, one.planned_through_on + DAY, until_on)
        if due_on not in skipped
        and (starts_at := instant_of(due_on, one.slot.at, group.zone)) > now
    ]


def _checked(conn: Connection, group: Group, new: NewSlot, now: datetime, limits: Limits) -> Slot:
    today = local_date(now, group.zone)
    first_on = new.first_on or today
    check_day(first_on, today)
    if new.last_on is not None and new.last_on < first_on:
        raise Refused("slot_never")
    slot = Slot(
        id=SlotId(0),
        weekdays=new.weekdays,
        at=new.at,
        activity=new.activity,
        minutes=new.minutes,
        first_on=first_on,
        last_on=new.last_on,
        every_weeks=new.every_weeks,
    )
    horizon = first_on + timedelta(weeks=new.every_weeks + 1)
    if not any(occurrences(slot, first_on, horizon)):
        raise Refused("slot_never")
    listed = slots.of_group(conn, group.guild_id, group.id)
    if len(listed) >= limits.slots_per_group:
        raise Refused("slots_too_many", limit=limits.slots_per_group)
    if any(_clash(one.slot, slot) for one in listed):
        raise Refused("slot_exists")
    return slot


def _clash(one: Slot, other: Slot) -> bool:
    """Say whether two slots of one rhythm ring at the same time of the same days."""
    weeks_apart = (monday_of(one.first_on) - monday_of(other.first_on)).days // 7
    return (
        one.at == other.at
        and bool(one.weekdays & other.weekdays)
        and one.every_weeks == other.every_weeks
        and weeks_apart % one.every_weeks == 0
    )


def check_day(on: date, today: date) -> None:
    """Raise Refused `day_past` for a day that is over, `date_invalid` for one too far ahead."""
    if on < today:
        raise Refused("day_past")
    if on > today + FARTHEST:
        raise Refused("date_invalid", given=on.isoformat())
