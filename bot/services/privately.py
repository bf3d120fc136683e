"""What members hear privately after a day with misses: their own letters, and of a buddy's miss."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations

from sqlalchemy import Connection

from bot.domain import encouragement as rules
from bot.domain.encouragement import Concerned, Reach
from bot.domain.ids import MembershipId
from bot.domain.moment import Moment, MomentKind
from bot.domain.schedule import local_date, midnight_of
from bot.services import direct, notices, wordings
from bot.services.notices import NoticeKind
from bot.storage import memberships, moments, pairs
from bot.storage import notices as stored_notices
from bot.storage.groups import Group
from bot.storage.memberships import Member

BUDDY_NEWS_EVERY = timedelta(days=7)
"""How often somebody hears of the same buddy's misses at most: a word helps, a tally does not."""


def tell(
    conn: Connection,
    group: Group,
    moment: Moment,
    present: Sequence[Concerned],
    members: Sequence[Member],
    families: wordings.Families,
    now: datetime,
) -> None:
    """Plan the letters of those who missed, and let their buddies know; a repeat adds nothing."""
    addressed = _addressed(conn, group, present, members, now)
    direct.plan(conn, moment, MomentKind.ENCOURAGE_DM, addressed, families, now)
    _tell_buddies(conn, group, moment, present, members, now)


def _addressed(
    conn: Connection,
    group: Group,
    present: Sequence[Concerned],
    members: Sequence[Member],
    now: datetime,
) -> list[tuple[MembershipId, str]]:
    """Return who gets a direct message, with the words for that member's own situation.

    Who is offered a way back by letter on the same day has that to read.
    """
    midnight = midnight_of(local_date(now, group.zone), group.zone)
    kind = MomentKind.NOTICE_DM
    told = moments.letters_since(conn, group.guild_id, group.id, kind, midnight)
    offered = {one.id for one in members if one.way_back_at and one.way_back_at >= midnight}
    spared = {one.id for one in members if one.dm_refused_at is not None} | (offered & told)
    return [
        (one.membership_id, f"dm.encourage.{rules.kind_for(one, now)}")
        for one in present
        if one.reach is Reach.DM and one.membership_id not in spared
    ]


def _tell_buddies(
    conn: Connection,
    group: Group,
    moment: Moment,
    present: Sequence[Concerned],
    members: Sequence[Member],
    now: datetime,
) -> None:
    """Let the buddies of those who missed know, where both agreed to hear of that."""
    agreed = {member.id: member for member in members if member.buddying and member.tells_buddy}
    missed = {one.membership_id for one in present}
    if not missed & agreed.keys():
        return
    away = memberships.paused_on(conn, group.guild_id, agreed, local_date(now, group.zone))
    for pair in pairs.current(conn, group.guild_id, group.id):
        for one, buddy_id in permutations(pair.members, 2):
            buddy = agreed.get(buddy_id)
            if buddy is None or one not in missed & agreed.keys() or buddy_id in missed | away:
                continue
            if buddy.reach is not Reach.SILENT and not _heard_lately(conn, buddy, one, now):
                detail = f"{one} {moment.on}"
                notices.add(conn, group, buddy, NoticeKind.BUDDY_MISSED, detail, now)


def _heard_lately(conn: Connection, buddy: Member, one: MembershipId, now: datetime) -> bool:
    kind, since = NoticeKind.BUDDY_MISSED, now - BUDDY_NEWS_EVERY
    of_them = f"{one} "
    return stored_notices.added_since(
        conn, buddy.guild_id, buddy.id, kind, of_them, since, begins=True
    )
