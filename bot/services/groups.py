"""Making groups, changing, ending and finding them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.domain.day import never_ahead, off_through
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.ids import ChannelId, GroupId, id_in
from bot.domain.naming import can_be_seen
from bot.domain.reading import read_daily, read_weekly
from bot.domain.schedule import local_date
from bot.domain.zones import zone_named
from bot.services import access, planning
from bot.services.limits import Limits
from bot.services.servers import may_create, settings_of
from bot.services.views import GroupView, Person, storable
from bot.storage import audit_log, groups, memberships, moments, sessions, slots
from bot.storage.database import Database
from bot.storage.groups import Group

NAME_LIMIT = 60


async def create(
    db: Database,
    person: Person,
    now: datetime,
    limits: Limits,
    *,
    name: str,
    channel_id: ChannelId | None = None,
    zone: str | None = None,
) -> GroupView:
    """Create a group that the person organises, in the server's channel and zone unless given.

    Raises Refused `not_set_up`, `group_name_empty`, `group_name_too_long`, `group_name_taken`,
    `groups_too_many`, `channel_missing`, `zone_…`, NotAllowed `not_allowed_to_create`.
    """
    clean = _clean(name)
    wanted_zone = None if zone is None else zone_named(zone)

    def insert(conn: Connection) -> GroupView:
        server = settings_of(conn, person.guild_id)
        if server.set_up_at is None:
            raise Refused("not_set_up")
        if not may_create(server, person):
            raise NotAllowed("not_allowed_to_create")
        if groups.count_living(conn, person.guild_id) >= limits.groups_per_server:
            raise Refused("groups_too_many", limit=limits.groups_per_server)
        where = channel_id or server.channel_id
        if where is None:
            raise Refused("channel_missing")
        group_id = groups.add(
            conn,
            person.guild_id,
            name=clean,
            channel_id=where,
            zone=wanted_zone or server.zone,
            capacity=limits.members_per_group,
            creator_id=person.user_id,
            now=now,
        )
        audit_log.add(conn, person.guild_id, group_id, person.user_id, "create", clean, now)
        return view(conn, person, access.group_of(conn, person, group_id), now)

    try:
        return await db.write(insert)
    except IntegrityError as error:
        raise Refused("group_name_taken", name=clean) from error


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be different about a group, as it was typed; None stays."""

    name: str | None = None
    channel_id: ChannelId | None = None
    recap: str | None = None
    """When its week is told of, or `off`."""
    ahead: str | None = None
    """When it hears of a session on the day before, or `off`."""


async def edit(
    db: Database, person: Person, group_id: GroupId, wanted: Edit, now: datetime
) -> GroupView:
    """Change a group; what is posted stays.

    Raises NotAllowed `not_organiser`, Refused `group_name_…`, `recap_invalid`, `ahead_invalid`,
    `ahead_quiet`, NotFound `group_not_found`.
    """
    clean = None if wanted.name is None else _clean(wanted.name)
    recap = None if wanted.recap is None else read_weekly(wanted.recap)
    ahead = None if wanted.ahead is None else read_daily(wanted.ahead)

    def change(conn: Connection) -> GroupView:
        group = access.organised_group(conn, person, group_id)
        quiet = group.rhythm.quiet
        if ahead is not None and never_ahead(ahead, quiet):
            start, end = f"{quiet.start:%H:%M}", f"{quiet.end:%H:%M}"
            raise Refused("ahead_quiet", at=f"{ahead:%H:%M}", start=start, end=end)
        if clean is not None:
            groups.rename(conn, group.guild_id, group.id, clean)
        if wanted.channel_id is not None:
            groups.move(conn, group.guild_id, group.id, wanted.channel_id)
            moments.end_care(conn, group.guild_id, group.id)
        if wanted.recap is not None:
            groups.set_recap(conn, group.guild_id, group.id, recap)
            planning.replan_recaps(conn, access.group_of(conn, person, group_id), now)
        if wanted.ahead is not None:
            groups.set_ahead(conn, group.guild_id, group.id, ahead)
            planning.replan_ahead(conn, access.group_of(conn, person, group_id), now)
        audit_log.add(conn, group.guild_id, group.id, person.user_id, "edit", clean or "", now)
        return view(conn, person, access.group_of(conn, person, group_id), now)

    try:
        return await db.write(change)
    except IntegrityError as error:
        raise Refused("group_name_taken", name=clean) from error


async def archive(db: Database, person: Person, group_id: GroupId, now: datetime) -> GroupView:
    """End a group: nothing more is posted for it, and what is open settles.

    Raises NotAllowed `not_organiser`, NotFound `group_not_found`, Refused `group_archived`.
    """

    def end(conn: Connection) -> GroupView:
        group = access.organised_group(conn, person, group_id)
        seen = view(conn, person, group, now)
        groups.archive(conn, group.guild_id, group.id, now)
        planning.call_off(conn, group, sessions.call_off(conn, group.guild_id, group.id))
        audit_log.add(conn, group.guild_id, group.id, person.user_id, "archive", "", now)
        return seen

    return await db.write(end)


async def listing(db: Database, person: Person, now: datetime) -> list[GroupView]:
    """Return the server's living groups, by name."""

    def collect(conn: Connection) -> list[GroupView]:
        found = groups.living(conn, person.guild_id)
        return [view(conn, person, group, now) for group in found]

    return await db.read(collect)


async def named(db: Database, person: Person, name: str) -> GroupId:
    """Return the living group of that name, or of that id as a picker gives it.

    Raises NotFound `group_not_found`.
    """

    def find(conn: Connection) -> GroupId:
        group = groups.find_named(conn, person.guild_id, name)
        if group is None and (picked := id_in(name)) is not None:
            group = groups.find(conn, person.guild_id, GroupId(picked))
        if group is None:
            raise NotFound("group_not_found")
        return group.id

    return await db.read(find)


async def only_one(db: Database, person: Person) -> GroupId:
    """Return the group that is meant when none is named: one's only one, else the server's.

    Raises Refused `group_needed` where there are several, NotFound `group_none` without any.
    """

    def choose(conn: Connection) -> GroupId:
        found = groups.living(conn, person.guild_id)
        mine = {one.group_id for one in memberships.of_user(conn, person.guild_id, person.user_id)}
        own = [group for group in found if group.id in mine]
        for candidates in (own, found):
            if len(candidates) == 1:
                return candidates[0].id
        raise Refused("group_needed") if found else NotFound("group_none")

    return await db.read(choose)


async def show(db: Database, person: Person, group_id: GroupId, now: datetime) -> GroupView:
    """Return a group as the person sees it; raises `group_not_found`, `group_archived`."""

    def collect(conn: Connection) -> GroupView:
        return view(conn, person, access.group_of(conn, person, group_id), now)

    return await db.read(collect)


def view(conn: Connection, person: Person, group: Group, now: datetime) -> GroupView:
    """Return a group as the person sees it."""
    member = memberships.find(conn, group.guild_id, group.id, person.user_id)
    organisers = groups.organiser_ids(conn, group.guild_id, group.id)
    next_starts_at = sessions.next_start(conn, group.guild_id, group.id, now)
    off_through_on = None
    if next_starts_at is None:
        today = local_date(now, group.zone)
        days_off = slots.skipped_on(conn, group.guild_id, group.id, today)
        off_through_on = off_through(set(days_off), today)
    return GroupView(
        guild_id=group.guild_id,
        group_id=group.id,
        name=group.name,
        channel_id=group.channel_id,
        zone=group.zone,
        members=memberships.count(conn, group.guild_id, group.id),
        capacity=group.capacity,
        organiser_ids=tuple(organisers),
        slots=tuple(one.slot for one in slots.of_group(conn, group.guild_id, group.id)),
        next_starts_at=next_starts_at,
        off_through_on=off_through_on,
        joined=member is not None and member.left_at is None,
        may_organise=person.manages_server or person.user_id in organisers,
        needs_care=group.care,
        recap=group.rhythm.recap,
        ahead_at=group.rhythm.ahead_at,
    )


def _clean(name: str) -> str:
    """Return a group's name with single spaces; raises Refused when it is no name."""
    clean = " ".join(storable(name).split())
    if not can_be_seen(clean):
        raise Refused("group_name_empty")
    if len(clean) > NAME_LIMIT:
        raise Refused("group_name_too_long", limit=NAME_LIMIT)
    return clean
