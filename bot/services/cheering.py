"""A cheer from one member to another: once a day, told the way the other wants to hear of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.errors import NotFound, Refused
from bot.domain.ids import LARGEST_ID, MembershipId, MomentId, UserId
from bot.domain.schedule import local_date
from bot.services import access, notices
from bot.services.notices import NoticeKind
from bot.services.views import Person
from bot.storage import cheers, guilds, memberships, mentions, moments
from bot.storage import notices as stored_notices
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member

A_DAY = 20
"""How many people somebody cheers in a day and server at most."""
GATHERED_FOR = timedelta(minutes=10)
"""How long a direct message waits for more cheers to tell of."""
LETTER_EVERY = timedelta(days=1)
"""How often a direct message tells of cheers at most; others come with the next private answer."""


@dataclass(frozen=True, slots=True)
class CheerGiven:
    """Who was cheered."""

    group_name: str
    names: tuple[str, ...]


async def cheer(
    db: Database, person: Person, membership_id: MembershipId, now: datetime
) -> CheerGiven:
    """Cheer a member of a group that the person is in.

    Raises NotFound `cheer_gone`, NotAllowed `not_member`, `left_group`, Refused `cheer_self`,
    `cheer_muted`, `cheer_already`, `cheers_too_many`, `group_archived`.
    """

    def give(conn: Connection) -> CheerGiven:
        known = max(person.guild_id, membership_id) <= LARGEST_ID
        taker = memberships.find_by_id(conn, person.guild_id, membership_id) if known else None
        if taker is None:
            raise NotFound("cheer_gone")
        group = access.group_of(conn, person, taker.group_id)
        return _give_all(conn, person, group, [taker], now)

    return await db.write(give)


async def cheer_user(db: Database, person: Person, user_id: UserId, now: datetime) -> CheerGiven:
    """Cheer somebody in whatever group the two are in together.

    Raises NotFound `cheer_no_group`, and what `cheer` raises.
    """

    def give(conn: Connection) -> CheerGiven:
        if user_id == person.user_id:
            raise Refused("cheer_self")
        mine = {one.group_id for one in memberships.of_user(conn, person.guild_id, person.user_id)}
        both = [
            one
            for one in memberships.of_user(conn, person.guild_id, user_id)
            if one.group_id in mine
        ]
        for taker in both:
            group = access.group_to_post_for(conn, person.guild_id, taker.group_id)
            if group is not None:
                return _give_all(conn, person, group, [taker], now)
        raise NotFound("cheer_no_group")

    return await db.write(give)


async def cheer_named(
    db: Database, person: Person, moment_id: MomentId, now: datetime
) -> CheerGiven:
    """Cheer everybody who is named in a message after a miss.

    Raises NotFound `cheer_gone` where nobody is (any more), and what `cheer` raises.
    """

    def give(conn: Connection) -> CheerGiven:
        known = max(person.guild_id, moment_id) <= LARGEST_ID
        moment = moments.find(conn, person.guild_id, moment_id) if known else None
        if moment is None:
            raise NotFound("cheer_gone")
        group = access.group_of(conn, person, moment.group_id)
        found = [
            memberships.find_by_id(conn, person.guild_id, one)
            for one in mentions.named_in(conn, moment)
        ]
        return _give_all(conn, person, group, [one for one in found if one is not None], now)

    return await db.write(give)


def _give_all(
    conn: Connection, person: Person, group: Group, takers: list[Member], now: datetime
) -> CheerGiven:
    """Cheer those who can be cheered; where nobody can, raise why not."""
    giver = access.member_of(conn, person, group.id)
    given: list[str] = []
    refused: Refused | NotFound | None = None
    for taker in takers:
        try:
            _give(conn, group, giver, taker, now)
        except (Refused, NotFound) as error:
            refused = error
        else:
            given.append(taker.name)
    if not given:
        raise refused or NotFound("cheer_gone")
    return CheerGiven(group.name, tuple(given))


def _give(conn: Connection, group: Group, giver: Member, taker: Member, now: datetime) -> None:
    if taker.user_id == giver.user_id:
        raise Refused("cheer_self")
    if taker.left_at is not None:
        raise NotFound("cheer_gone")
    if not taker.cheered:
        raise Refused("cheer_muted", name=taker.name)
    today = _today(conn, group, now)
    if cheers.given_on(conn, group.guild_id, giver.user_id, today) >= A_DAY:
        raise Refused("cheers_too_many", limit=A_DAY)
    if not cheers.add(conn, giver, taker, today, now):
        raise Refused("cheer_already", name=taker.name)
    kind = NoticeKind.CHEERED
    told_at = stored_notices.last_told(conn, group.guild_id, taker.id, kind)
    at = max(now + GATHERED_FOR, now if told_at is None else told_at + LETTER_EVERY)
    notices.add(conn, group, taker, kind, str(giver.id), now, not_before=at)


def _today(conn: Connection, group: Group, now: datetime) -> date:
    """Return the server's day: it is one for all groups, wherever they are, and for both limits."""
    server = guilds.find(conn, group.guild_id)
    return local_date(now, group.zone if server is None else server.zone)
