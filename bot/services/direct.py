"""Direct messages, to those who asked for them: what they say when their turn comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.checkin import SessionState
from bot.domain.day import in_quiet
from bot.domain.encouragement import AT_RISK, Kind, Reach
from bot.domain.ids import MembershipId, UserId
from bot.domain.moment import Moment, MomentKind, MomentState
from bot.domain.schedule import local_date
from bot.services import access, notices, schedules, wordings
from bot.services.expected import still_expected
from bot.services.told import NoticeView
from bot.services.views import EncouragementPost, Nudge
from bot.storage import attendances, memberships, moments, sessions
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.sessions import Session

SPACING = timedelta(seconds=20)
"""Direct messages of one occasion go out one after another."""


@dataclass(frozen=True, slots=True)
class Direct:
    """A direct message, ready to be rendered."""

    user_id: UserId
    facts: Nudge | EncouragementPost | NoticeView


def plan(
    conn: Connection,
    moment: Moment,
    kind: MomentKind,
    addressed: Iterable[tuple[MembershipId, str]],
    families: wordings.Families,
    now: datetime,
) -> None:
    """Plan the direct messages that go with a moment, as (member, family of its words)."""
    planned = [
        (
            membership_id,
            wordings.draw_for_one(conn, moment, membership_id, family, families, now),
            now + SPACING * place,
        )
        for place, (membership_id, family) in enumerate(addressed, start=1)
    ]
    moments.plan_direct(conn, moment, kind, planned)


async def prepare(db: Database, moment: Moment, now: datetime) -> Direct | str:
    """Return the direct message of a due moment, or the reason why it is not wanted any more."""

    def collect(conn: Connection) -> Direct | str:
        group = access.group_to_post_for(conn, moment.guild_id, moment.group_id)
        member = memberships.find_by_id(conn, moment.guild_id, moment.membership_id)
        if group is None or member is None:
            return "no_group"
        unwelcome = _unwelcome(moment, group, member, now)
        return unwelcome or _letter(conn, moment, group, member, now)

    return await db.read(collect)


async def refused(db: Database, moment: Moment, now: datetime) -> None:
    """Note that somebody's direct messages are closed: they get none until they ask again."""

    def record(conn: Connection) -> None:
        memberships.change(conn, moment.guild_id, moment.membership_id, dm_refused_at=now)
        state = MomentState.SKIPPED
        moments.finish(conn, moment.guild_id, moment.id, state, now, reason="refused")

    await db.write(record)


def _unwelcome(moment: Moment, group: Group, member: Member, now: datetime) -> str | None:
    """Return why a direct message of a moment is not sent to a member, None where it is."""
    if member.left_at is not None:
        return "not_wanted"
    if member.dm_refused_at is not None:
        return "refused"
    if moment.kind is MomentKind.LATER:
        # Asked for by this very member: reach and quiet hours are for what comes unasked.
        return None
    at_risk = (moment.wording or "").startswith(f"{AT_RISK}.")
    if not (member.warned if at_risk else member.reach is Reach.DM):
        return "not_wanted"
    if in_quiet(now, group.rhythm.quiet, group.zone):
        return "quiet"
    return None


def _letter(
    conn: Connection, moment: Moment, group: Group, member: Member, now: datetime
) -> Direct | str:
    if moment.kind is MomentKind.LATER:
        return _later(conn, moment, group, member, now)
    if moment.kind is MomentKind.NOTICE_DM:
        told = notices.letter(conn, moment, now)
        return told if isinstance(told, str) else Direct(member.user_id, told)
    if moment.kind is MomentKind.NUDGE_DM:
        return _nudge(conn, moment, group, member, now)
    return _encouragement(conn, moment, group, member, now)


def _later(
    conn: Connection, moment: Moment, group: Group, member: Member, now: datetime
) -> Direct | str:
    session = sessions.find(conn, moment.guild_id, moment.session_id)
    if session is None or session.state is not SessionState.OPEN or now >= session.settles_at:
        return "day_over"
    if not still_expected(conn, session, [member]):
        return "answered"
    return Direct(member.user_id, _facts(moment, group, [session], "later.asked"))


def _nudge(
    conn: Connection, moment: Moment, group: Group, member: Member, now: datetime
) -> Direct | str:
    open_now = [
        session
        for session in _of_day(conn, moment)
        if session.state is SessionState.OPEN and still_expected(conn, session, [member])
    ]
    if not open_now:
        return "answered"
    if local_date(now, group.zone) != moment.on:
        return "day_over"
    return Direct(member.user_id, _facts(moment, group, open_now, moment.wording or ""))


def _facts(moment: Moment, group: Group, listed: list[Session], wording: str) -> Nudge:
    return Nudge(
        moment_id=moment.id,
        guild_id=group.guild_id,
        group_id=group.id,
        channel_id=group.channel_id,
        group_name=group.name,
        wording=wording,
        pinged=(),
        session_ids=tuple(session.id for session in listed),
        closes_at=max(session.settles_at for session in listed),
        starts_at=tuple(session.starts_at for session in listed),
    )


def _encouragement(
    conn: Connection, moment: Moment, group: Group, member: Member, now: datetime
) -> Direct | str:
    of_day = _of_day(conn, moment)
    days = {local_date(one.settled_at, group.zone) for one in of_day if one.settled_at}
    if local_date(now, group.zone) not in days:
        return "day_over"
    rows = attendances.of_sessions(conn, moment.guild_id, [session.id for session in of_day])
    if any(row.membership_id == member.id and row.answer is not None for row in rows):
        return "answered"
    wording = moment.wording or ""
    facts = EncouragementPost(
        moment_id=moment.id,
        guild_id=group.guild_id,
        group_id=group.id,
        channel_id=group.channel_id,
        group_name=group.name,
        kind=Kind(wording.split(".")[2]),
        wording=wording,
        names=(),
        count=None,
        next_starts_at=schedules.next_start(conn, group, now),
    )
    return Direct(member.user_id, facts)


def _of_day(conn: Connection, moment: Moment) -> list[Session]:
    return sessions.of_day(conn, moment.guild_id, moment.group_id, moment.on)
