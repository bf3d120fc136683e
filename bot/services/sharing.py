"""Pictures that members show their group. Amble keeps none: only where the message stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.domain.day import DAY
from bot.domain.errors import NotAllowed, Refused
from bot.domain.ids import GuildId, MembershipId, MessageId, SessionId
from bot.services import access
from bot.services.views import Person, SharedPost
from bot.storage import audit_log, memberships, shared_pictures
from bot.storage.database import Database
from bot.storage.memberships import Member
from bot.storage.shared_pictures import SharedPicture

MOST_A_DAY = 5
"""Pictures that a member can show a group in 24 hours."""


async def prepare(db: Database, person: Person, session_id: SessionId, now: datetime) -> SharedPost:
    """Return what is to stand with a member's picture, and where.

    Raises NotFound `session_not_found`, NotAllowed `not_member`, `left_group`, Refused
    `group_archived`, `pictures_too_many`.
    """

    def collect(conn: Connection) -> SharedPost:
        session = access.session_of(conn, person, session_id)
        group = access.group_of(conn, person, session.group_id)
        member = access.member_of(conn, person, group.id)
        shared = shared_pictures.count_since(conn, group.guild_id, member.id, now - DAY)
        if shared >= MOST_A_DAY:
            raise Refused("pictures_too_many", limit=MOST_A_DAY)
        return SharedPost(
            guild_id=group.guild_id,
            group_id=group.id,
            group_name=group.name,
            channel_id=group.channel_id,
            membership_id=member.id,
            session_id=session.id,
            starts_at=session.starts_at,
            name=member.name if member.named else None,
        )

    # It takes locks, as answering does.
    return await db.write(collect)


async def posted(db: Database, post: SharedPost, message_id: MessageId, now: datetime) -> None:
    """Keep where a picture stands, and whose it is: that decides who may take it down."""
    picture = SharedPicture(message_id, post.channel_id, post.membership_id, post.session_id, now)
    await db.write(shared_pictures.add, post.guild_id, picture)


async def check_may_remove(
    db: Database, person: Person, message_id: MessageId, claimed: MembershipId
) -> None:
    """Let a picture be taken down by whoever showed it and by the group's organisers.

    `claimed` is whose it is by the message itself, for one that a crash left unrecorded. Raises
    NotAllowed `picture_of_others`.
    """

    def check(conn: Connection) -> None:
        owner = _owner(conn, person.guild_id, message_id, claimed)
        if owner is None:
            allowed = person.manages_server
        else:
            own = owner.user_id == person.user_id
            allowed = own or access.may_organise(conn, person, owner.group_id)
        if not allowed:
            raise NotAllowed("picture_of_others")

    await db.read(check)


async def removed(
    db: Database, person: Person, claimed: MembershipId, message_id: MessageId, now: datetime
) -> None:
    """Forget a picture that was taken down; that an organiser did it stands in the log."""

    def forget(conn: Connection) -> None:
        owner = _owner(conn, person.guild_id, message_id, claimed)
        shared_pictures.remove(conn, person.guild_id, message_id)
        if owner is not None and owner.user_id != person.user_id:
            audit_log.add(
                conn, person.guild_id, owner.group_id, person.user_id, "remove_picture", "", now
            )

    await db.write(forget)


def _owner(
    conn: Connection, guild_id: GuildId, message_id: MessageId, claimed: MembershipId
) -> Member | None:
    """Return whose a picture is: as recorded, else as its message says; None where they are gone.

    A button reaches us only from a message of ours that carries it: discord.py looks for it there.
    """
    known = shared_pictures.find(conn, guild_id, message_id)
    return memberships.find_by_id(conn, guild_id, claimed if known is None else known.membership_id)
