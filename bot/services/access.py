"""Who may do what, read from the database at the time of asking."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.ids import LARGEST_ID, GroupId, GuildId, SessionId
from bot.services.views import Person
from bot.storage import groups, guilds, memberships, sessions
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.sessions import Session


def group_of(conn: Connection, person: Person, group_id: GroupId) -> Group:
    """Return a living group of the person's server.

    Raises NotFound `group_not_found`, Refused `group_archived`.
    """
    # Ids come out of buttons, which anybody can forge.
    if max(person.guild_id, group_id) > LARGEST_ID:
        raise NotFound("group_not_found")
    group = groups.find(conn, person.guild_id, group_id)
    if group is None:
        raise NotFound("group_not_found")
    if group.archived_at is not None:
        raise Refused("group_archived")
    return group


def group_to_post_for(conn: Connection, guild_id: GuildId, group_id: GroupId) -> Group | None:
    """Return a living group of a server that has the bot; None where nothing may be posted."""
    group = groups.find(conn, guild_id, group_id)
    if group is None or group.archived_at is not None or guilds.has_left(conn, guild_id):
        return None
    return group


def may_organise(conn: Connection, person: Person, group_id: GroupId) -> bool:
    """Say whether the person may change the group: its organisers, and who manages the server."""
    if person.manages_server:
        return True
    return person.user_id in groups.organiser_ids(conn, person.guild_id, group_id)


def check_organiser(conn: Connection, person: Person, group_id: GroupId) -> None:
    """Raise NotAllowed `not_organiser` for somebody who may not change the group."""
    if not may_organise(conn, person, group_id):
        raise NotAllowed("not_organiser")


def organised_group(conn: Connection, person: Person, group_id: GroupId) -> Group:
    """Return a living group that the person may change, locked until the transaction ends.

    The lock keeps the planner and other organisers out meanwhile. Raises what `group_of` raises,
    and NotAllowed `not_organiser`.
    """
    groups.lock(conn, person.guild_id, group_id)
    group = group_of(conn, person, group_id)
    check_organiser(conn, person, group_id)
    return group


def session_of(conn: Connection, person: Person, session_id: SessionId) -> Session:
    """Return a session of the person's server, which cannot settle until the transaction ends.

    Raises NotFound `session_not_found`.
    """
    if max(person.guild_id, session_id) > LARGEST_ID:
        raise NotFound("session_not_found")
    session = sessions.find(conn, person.guild_id, session_id, hold=True)
    if session is None:
        raise NotFound("session_not_found")
    return session


def held_member(conn: Connection, person: Person, group_id: GroupId) -> tuple[Group, Member]:
    """Return a living group and the person's present membership, both locked.

    The group comes first, as everywhere: whoever locks them the other way round waits for ever.
    Raises what `group_of` and `member_of` raise.
    """
    if max(person.guild_id, group_id) <= LARGEST_ID:
        groups.lock(conn, person.guild_id, group_id)
    group = group_of(conn, person, group_id)
    return group, member_of(conn, person, group_id)


def member_of(conn: Connection, person: Person, group_id: GroupId, *, lock: bool = True) -> Member:
    """Return the person's present membership, locked until the transaction ends.

    Without `lock` it is only looked at. Raises NotAllowed `not_member`, or `left_group` for
    somebody who was one.
    """
    member = memberships.find(conn, person.guild_id, group_id, person.user_id, lock=lock)
    if member is None:
        raise NotAllowed("not_member")
    if member.left_at is not None:
        raise NotAllowed("left_group")
    return member
