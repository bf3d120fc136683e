"""The same-day nudge to those who have not answered yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.checkin import SessionState
from bot.domain.day import in_quiet
from bot.domain.encouragement import AT_RISK, Reach, family_in, is_at_risk, is_let_be
from bot.domain.moment import Moment, MomentKind
from bot.domain.schedule import local_date
from bot.services import access, direct, wordings
from bot.services.expected import still_expected
from bot.services.views import Nudge
from bot.storage import memberships, mentions, moments, sessions
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.mentions import Mention
from bot.storage.sessions import Session


async def prepare(
    db: Database, moment: Moment, families: wordings.Families, now: datetime
) -> Nudge | str:
    """Return the nudge of a due moment, or the reason why there is none.

    Draws its words and keeps who is in it, so that a repeat after a crash says the same.
    """

    def draw_up(conn: Connection) -> Nudge | str:
        group = access.group_to_post_for(conn, moment.guild_id, moment.group_id)
        if group is None:
            return "no_group"
        reason = _untimely(conn, group, moment, now)
        if reason is not None:
            return reason
        open_now = _open(conn, moment, now)
        expected = _expected(conn, open_now, now)
        if not expected:
            return "nobody"
        family = family_in(group.tone, "nudge")
        wording = wordings.draw(conn, moment, family, families, now)
        found = [(member.id, _privately(member)) for member in expected]
        addressed = [(member_id, family) for member_id, family in found if family is not None]
        direct.plan(conn, moment, MomentKind.NUDGE_DM, addressed, families, now)
        return _nudge(conn, moment, group, open_now, expected, wording, now)

    return await db.write(draw_up)


def _untimely(conn: Connection, group: Group, moment: Moment, now: datetime) -> str | None:
    kind = MomentKind.NUDGE
    newest = moments.overdue_of_group(conn, group.guild_id, group.id, kind, now)
    if newest and newest[0] != moment.id:
        return "newer_one"
    if local_date(now, group.zone) != moment.on:
        return "day_over"
    return "quiet" if in_quiet(now, group.rhythm.quiet, group.zone) else None


def _open(conn: Connection, moment: Moment, now: datetime) -> list[Session]:
    return [
        session
        for session in sessions.of_day(conn, moment.guild_id, moment.group_id, moment.on)
        if session.state is SessionState.OPEN and session.starts_at <= now
    ]


def _expected(conn: Connection, open_now: Sequence[Session], now: datetime) -> list[Member]:
    """Return who has not answered one of the open sessions, but those silent for long."""
    found: dict[int, Member] = {}
    for session in open_now:
        members = memberships.of_group(conn, session.guild_id, session.group_id)
        for member in still_expected(conn, session, members):
            if not is_let_be(member.last_sign_at, now):
                found[member.id] = member
    return [found[membership_id] for membership_id in sorted(found)]


def _privately(member: Member) -> str | None:
    """Return the family of words for a member's direct message; None for none.

    Who asked to hear when a streak is at risk hears of that, however they are reached else.
    """
    if member.dm_refused_at is not None:
        return None
    if member.warned and is_at_risk(member.streak.current, member.streak.tokens):
        return AT_RISK
    return "dm.nudge" if member.reach is Reach.DM else None


def _nudge(
    conn: Connection,
    moment: Moment,
    group: Group,
    open_now: Sequence[Session],
    expected: Sequence[Member],
    wording: str,
    now: datetime,
) -> Nudge:
    in_channel = [member for member in expected if member.reach is Reach.CHANNEL]
    # Who gets a word of their own is not pinged as well.
    pinged = [
        member
        for member in in_channel
        if member.pinged and member.named and _privately(member) is None
    ]
    people = [(member.id, member.user_id) for member in pinged]
    mentions.add(conn, moment, Mention.PINGED, people, now)
    return Nudge(
        moment_id=moment.id,
        guild_id=group.guild_id,
        group_id=group.id,
        channel_id=group.channel_id,
        group_name=group.name,
        wording=wording,
        pinged=tuple(member.user_id for member in pinged),
        session_ids=tuple(session.id for session in open_now),
        closes_at=max(session.settles_at for session in open_now),
        starts_at=tuple(session.starts_at for session in open_now),
        public=bool(in_channel),
    )
