"""Joining a group, changing how it treats one, and leaving it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.checkin import SessionState
from bot.domain.errors import Refused
from bot.domain.ids import GroupId, MembershipId, SessionId
from bot.domain.schedule import local_date, monday_of
from bot.domain.week import GOALS, Week
from bot.services import access, pairing, schedules
from bot.services.groups import view
from bot.services.views import GroupView, Invitation, Joined, Person, Upcoming, Wishes
from bot.storage import attendances, groups, memberships, programmes, sessions, shared_pictures
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member

PROMPTS_REDRAWN = 7
"""Settled sessions whose prompt is redrawn, besides the open ones, when a name is to go."""
RETURN_WITHIN = timedelta(days=30)
"""Who comes back within this time finds everything as it was; later is a fresh start."""


async def invite(db: Database, person: Person, group_id: GroupId, now: datetime) -> Invitation:
    """Return what to ask somebody who wants to join, or a member who changes their wishes.

    Raises Refused `group_full`, `group_archived`, NotFound `group_not_found`.
    """

    def collect(conn: Connection) -> Invitation:
        group = access.group_of(conn, person, group_id)
        member = memberships.find(conn, person.guild_id, group_id, person.user_id)
        present = member is not None and member.left_at is None
        if not present:
            _check_room(conn, group)
        wishes = Wishes() if member is None else wishes_of(member)
        returning = member is not None and _returns(member, now)
        return Invitation(view(conn, person, group, now), wishes, returning)

    return await db.read(collect)


async def join(
    db: Database,
    person: Person,
    group_id: GroupId,
    wishes: Wishes,
    now: datetime,
    *,
    note_read: bool,
) -> Joined:
    """Make the person a member, or keep a member's new wishes.

    Raises Refused `doctor_note_unread`, `pings_need_name`, `goal_invalid`, `group_full`,
    `group_archived`, NotFound `group_not_found`.
    """
    if wishes.pinged and not wishes.named:
        raise Refused("pings_need_name")
    if wishes.goal not in GOALS:
        raise Refused("goal_invalid", low=GOALS.start, high=GOALS.stop - 1)
    return await db.write(_join, person, group_id, wishes, now, note_read)


async def leave(db: Database, person: Person, group_id: GroupId, now: datetime) -> GroupView:
    """End the person's membership; what they answered stays theirs for thirty days.

    Raises NotAllowed `not_member`, `left_group`.
    """

    def end(conn: Connection) -> GroupView:
        group, member = access.held_member(conn, person, group_id)
        memberships.change(conn, person.guild_id, member.id, left_at=now)
        if member.buddying:
            pairing.re_pair(conn, group, now)
        return view(conn, person, group, now)

    return await db.write(end)


def wishes_of(member: Member) -> Wishes:
    """Return how a member wants to be treated."""
    return Wishes(
        reach=member.reach,
        named=member.named,
        pinged=member.pinged,
        shown=member.shown,
        goal=member.goal,
        warned=member.warned,
        cheered=member.cheered,
    )


def _join(
    conn: Connection,
    person: Person,
    group_id: GroupId,
    wishes: Wishes,
    now: datetime,
    note_read: bool,  # noqa: FBT001 - what the member ticked
) -> Joined:
    group = access.group_of(conn, person, group_id)
    groups.lock(conn, group.guild_id, group.id)  # one joins at a time: the count stays true
    member = memberships.find(conn, person.guild_id, group_id, person.user_id, lock=True)
    if member is not None and member.left_at is None:
        _keep_wishes(conn, group, member, person, wishes, now)
        return Joined(
            view(conn, person, group, now),
            member.id,
            returning=False,
            already=True,
            prompts=_may_name(conn, member) if wishes.named != member.named else (),
        )
    if not note_read:
        raise Refused("doctor_note_unread")
    _check_room(conn, group)
    returning = member is not None and _returns(member, now)
    if member is not None and returning:
        membership_id = member.id
        back = {"left_at": None, "back_at": now, "note_read_at": now, "last_sign_at": now}
        _set_wishes(conn, member, person, wishes, **back)
        if member.buddying:
            pairing.re_pair(conn, group, now)
    else:
        if not memberships.there_since(conn, person.guild_id, person.user_id, now - RETURN_WITHIN):
            programmes.remove(conn, person.guild_id, person.user_id)
        membership_id = _start_afresh(conn, member, _new_row(person, group_id, wishes, now))
    return Joined(
        view(conn, person, group, now),
        membership_id,
        returning=returning,
        already=False,
        open_now=_open_now(conn, group, membership_id, now),
    )


def _start_afresh(conn: Connection, before: Member | None, row: dict[str, object]) -> MembershipId:
    """Make a membership in place of the one before, of which only the pictures stay: they stand."""
    if before is None:
        return memberships.add(conn, row)
    shared = shared_pictures.of_member(conn, before.guild_id, before.id)
    memberships.remove(conn, before.guild_id, before.id)
    membership_id = memberships.add(conn, row)
    for picture in shared:
        own = replace(picture, membership_id=membership_id)
        shared_pictures.add(conn, before.guild_id, own)
    return membership_id


def _may_name(conn: Connection, member: Member) -> tuple[SessionId, ...]:
    """Return the sessions whose messages may name a member: the open and the latest settled ones.

    Under the prompt where they answered, in the kind words afterwards where they did not. Not all
    there ever were: editing them would be a flood.
    """
    open_ones = attendances.answered_turns(conn, member.guild_id, member.id)
    settled = attendances.settled_turns(conn, member.guild_id, member.id)[-PROMPTS_REDRAWN:]
    return tuple(one.attendance.session_id for one in (*settled, *open_ones))


def _open_now(
    conn: Connection, group: Group, membership_id: MembershipId, now: datetime
) -> tuple[Upcoming, ...]:
    found = schedules.upcoming_sessions(conn, group, membership_id, now)
    return tuple(one for one in found if one.state is SessionState.OPEN and one.answer is None)


def _new_row(person: Person, group_id: GroupId, wishes: Wishes, now: datetime) -> dict[str, object]:
    return {
        "guild_id": person.guild_id,
        "group_id": group_id,
        "user_id": person.user_id,
        "name": person.kept_name,
        "joined_at": now,
        "note_read_at": now,
        "last_sign_at": now,
        **asdict(wishes),
    }


def _keep_wishes(
    conn: Connection, group: Group, member: Member, person: Person, wishes: Wishes, now: datetime
) -> None:
    if wishes.goal != member.goal:
        # A week keeps the goal it began with: the running one, and one whose last sessions have
        # not settled yet.
        running = monday_of(local_date(now, group.zone))
        live = sessions.unsettled(conn, group.guild_id, group.id)
        begun = {running} | {one.week_on for one in live if one.week_on < running}
        for week_on in begun - attendances.weeks_of(conn, group.guild_id, member.id).keys():
            week = Week(member.goal)
            attendances.save_week(conn, group.guild_id, member.id, week_on, week)
    _set_wishes(conn, member, person, wishes)


def _set_wishes(
    conn: Connection, member: Member, person: Person, wishes: Wishes, **more: object
) -> None:
    memberships.change(
        conn,
        member.guild_id,
        member.id,
        name=person.kept_name,
        **asdict(wishes),
        # Choosing direct messages again asks for them again after a refusal.
        dm_refused_at=None,
        **more,
    )


def _check_room(conn: Connection, group: Group) -> None:
    if memberships.count(conn, group.guild_id, group.id) >= group.capacity:
        raise Refused("group_full", limit=group.capacity)


def _returns(member: Member, now: datetime) -> bool:
    return member.left_at is not None and now - member.left_at <= RETURN_WITHIN
