"""Moments: what is due at an instant, who has claimed it, and how it ended.

A moment goes ``due → claimed → sending → sent``, or ends as ``skipped`` or ``failed`` with its
reason. The unique key (group, kind, subject, member) is what makes everything happen once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    case,
    cast,
    delete,
    func,
    not_,
    or_,
    select,
    tuple_,
    update,
)

from bot.domain.ids import (
    ChannelId,
    GroupId,
    GuildId,
    MembershipId,
    MessageId,
    MomentId,
    NoticeId,
)
from bot.domain.moment import Moment, MomentKind, MomentState
from bot.domain.shards import Shards
from bot.storage.sessions import Session
from bot.storage.statements import insert_ignoring
from bot.storage.tables import moments

WAITING = (MomentState.DUE, MomentState.CLAIMED, MomentState.SENDING)


def plan(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    dues: Iterable[tuple[MomentKind, int, datetime]],
) -> None:
    """Add moments as (kind, subject, due_at); ones that exist stay as they are."""
    rows = [
        {
            "guild_id": guild_id,
            "group_id": group_id,
            "kind": kind,
            "subject": subject,
            "due_at": due_at,
            "state": MomentState.DUE,
        }
        for kind, subject, due_at in dues
    ]
    insert_ignoring(conn, moments, rows)


def plan_direct(
    conn: Connection,
    moment: Moment,
    kind: MomentKind,
    messages: Iterable[tuple[MembershipId, str, datetime]],
) -> None:
    """Add the direct messages that go with a moment, as (member, wording, due_at)."""
    rows = [
        {
            "guild_id": moment.guild_id,
            "group_id": moment.group_id,
            "kind": kind,
            "subject": moment.subject,
            "membership_id": membership_id,
            "due_at": due_at,
            "state": MomentState.DUE,
            "wording": wording,
        }
        for membership_id, wording, due_at in messages
    ]
    insert_ignoring(conn, moments, rows)


def plan_notice(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    membership_id: MembershipId,
    notice_id: NoticeId,
    due_at: datetime,
) -> None:
    """Add the direct message that tells a notice."""
    row = {
        "guild_id": guild_id,
        "group_id": group_id,
        "kind": MomentKind.NOTICE_DM,
        "subject": notice_id,
        "membership_id": membership_id,
        "due_at": due_at,
        "state": MomentState.DUE,
    }
    insert_ignoring(conn, moments, [row])


def plan_again(
    conn: Connection, session: Session, membership_id: MembershipId, kind: MomentKind, at: datetime
) -> None:
    """Have something due for one member, again where it was done before, later where it waits."""
    own = and_(
        moments.c.guild_id == session.guild_id,
        moments.c.group_id == session.group_id,
        moments.c.kind == kind,
        moments.c.subject == session.id,
        moments.c.membership_id == membership_id,
    )
    conn.execute(delete(moments).where(own, moments.c.state.not_in(WAITING)))
    row = {
        "guild_id": session.guild_id,
        "group_id": session.group_id,
        "kind": kind,
        "subject": session.id,
        "membership_id": membership_id,
        "due_at": at,
        "state": MomentState.DUE,
    }
    insert_ignoring(conn, moments, [row])
    conn.execute(update(moments).where(own, moments.c.state == MomentState.DUE).values(due_at=at))


def put_off(conn: Connection, guild_id: GuildId, moment_id: MomentId, due_at: datetime) -> None:
    """Have a moment that was not begun due again at `due_at`."""
    _end(conn, guild_id, moment_id, state=MomentState.DUE, due_at=due_at, attempts=0)


def try_again(conn: Connection, guild_id: GuildId, moment_id: MomentId, due_at: datetime) -> None:
    """Have a moment whose sending failed due again at `due_at`; its attempts are remembered."""
    _end(conn, guild_id, moment_id, state=MomentState.DUE, due_at=due_at)


def plan_at(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    kind: MomentKind,
    subject: int,
    due_at: datetime,
) -> None:
    """Add a moment, or move it where nobody has claimed it yet."""
    plan(conn, guild_id, group_id, [(kind, subject, due_at)])
    move(conn, guild_id, group_id, kind, subject, due_at)


def move(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    kind: MomentKind,
    subject: int,
    due_at: datetime,
) -> None:
    """Change when a moment that nobody has claimed yet is due; nothing where there is none."""
    conn.execute(
        update(moments)
        .where(
            moments.c.guild_id == guild_id,
            moments.c.group_id == group_id,
            moments.c.kind == kind,
            moments.c.subject == subject,
            moments.c.state == MomentState.DUE,
        )
        .values(due_at=due_at)
    )


def drop(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    kinds: Iterable[MomentKind],
    subjects: Iterable[int],
) -> None:
    """Remove moments that nobody has claimed yet: what they were for is called off."""
    conn.execute(
        delete(moments).where(
            moments.c.guild_id == guild_id,
            moments.c.group_id == group_id,
            moments.c.kind.in_(list(kinds)),
            moments.c.subject.in_(list(subjects)),
            moments.c.state == MomentState.DUE,
        )
    )


def revive(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    kinds: Iterable[MomentKind],
    subjects: Iterable[int],
) -> None:
    """Have moments due after all that came to nothing while what they are for was called off."""
    conn.execute(
        update(moments)
        .where(
            moments.c.guild_id == guild_id,
            moments.c.group_id == group_id,
            moments.c.kind.in_(list(kinds)),
            moments.c.subject.in_(list(subjects)),
            moments.c.state == MomentState.SKIPPED,
        )
        .values(state=MomentState.DUE, done_at=None, reason=None, attempts=0)
    )


def next_due_at(conn: Connection, shards: Shards, others_after: timedelta) -> datetime | None:
    """Return when there is next something to claim; None when there is nothing at all.

    What belongs to other processes' shards is to be claimed `others_after` it was due.
    """
    query = select(func.min(moments.c.due_at)).where(moments.c.state == MomentState.DUE)
    if shards.all:
        return conn.execute(query).scalar_one()
    own = conn.execute(query.where(_belongs_to(shards))).scalar_one()
    other = conn.execute(query.where(not_(_belongs_to(shards)))).scalar_one()
    return min((at for at in (own, other and other + others_after) if at), default=None)


def claim(
    conn: Connection,
    shards: Shards,
    others_after: timedelta,
    *,
    by: str,
    now: datetime,
    until: datetime,
    limit: int,
) -> list[Moment]:
    """Claim what is due, or whose claim has run out; return it in the order to do it in.

    Any number of processes may ask at the same time: on PostgreSQL rows that another is claiming
    are passed over, on SQLite there is one writer. Each keeps to its own shards, so that a group's
    moments stay in one hand and in their order; what another has left lying for `others_after` is
    anybody's.
    """
    stale = and_(
        moments.c.state.in_([MomentState.CLAIMED, MomentState.SENDING]),
        moments.c.claimed_until < now,
    )
    ready = and_(moments.c.state == MomentState.DUE, moments.c.due_at <= now)
    if not shards.all:
        ready = and_(ready, or_(_belongs_to(shards), moments.c.due_at <= now - others_after))
    picked = (
        select(moments.c.guild_id, moments.c.id)
        .where(or_(ready, stale), moments.c.due_at <= now)
        .order_by(moments.c.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    chosen = conn.execute(picked).all()
    if not chosen:
        return []
    taken = (
        update(moments)
        .where(tuple_(moments.c.guild_id, moments.c.id).in_(chosen))
        .values(
            state=MomentState.CLAIMED,
            claimed_by=by,
            claimed_until=until,
            attempts=moments.c.attempts + 1,
        )
        .returning(moments)
    )
    order = list(MomentKind)
    claimed = [_moment(row) for row in conn.execute(taken)]
    return sorted(claimed, key=lambda one: (order.index(one.kind), one.due_at, one.id))


def hold(conn: Connection, moment: Moment, *, by: str, until: datetime) -> bool:
    """Keep a claim for longer; False when it was lost to somebody else."""
    return _hold(conn, moment, by, claimed_until=until)


def begin_sending(
    conn: Connection,
    moment: Moment,
    channel_id: ChannelId,
    *,
    by: str,
    now: datetime,
    until: datetime,
) -> bool:
    """Say that the message goes out now, and where; False when the claim was lost."""
    return _hold(
        conn,
        moment,
        by,
        state=MomentState.SENDING,
        claimed_until=until,
        tried_at=now,
        tried_channel_id=channel_id,
    )


def _hold(conn: Connection, moment: Moment, by: str, **values: object) -> bool:
    # One that has run out is still its owner's until somebody else takes it.
    result = conn.execute(
        update(moments)
        .where(
            moments.c.guild_id == moment.guild_id,
            moments.c.id == moment.id,
            moments.c.claimed_by == by,
        )
        .values(**values)
    )
    return result.rowcount == 1


def finish(  # noqa: PLR0913 - how a moment ended has as many sides
    conn: Connection,
    guild_id: GuildId,
    moment_id: MomentId,
    state: MomentState,
    now: datetime,
    *,
    reason: str | None = None,
    channel_id: ChannelId | None = None,
    message_id: MessageId | None = None,
) -> None:
    """Record how a moment ended."""
    _end(
        conn,
        guild_id,
        moment_id,
        state=state,
        done_at=now,
        reason=reason,
        channel_id=channel_id,
        message_id=message_id,
    )


def let_go(conn: Connection, by: str | None = None) -> None:
    """Give back every claim of a process (None: of all).

    What was being sent is looked for before it is sent again, whoever takes it.
    """
    claimed = moments.c.state.in_([MomentState.CLAIMED, MomentState.SENDING])
    conn.execute(
        update(moments)
        .where(claimed if by is None else and_(claimed, moments.c.claimed_by == by))
        .values(state=MomentState.DUE, claimed_by=None, claimed_until=None)
    )


def waiting(conn: Connection, now: datetime, late_after: timedelta) -> tuple[int, int]:
    """Count the moments that are due by now, and those of them overdue by more than that."""
    late = case((moments.c.due_at < now - late_after, 1))
    query = select(func.count(), func.count(late)).where(
        moments.c.state.in_(WAITING), moments.c.due_at <= now
    )
    due, overdue = conn.execute(query).one()
    return due, overdue


def end_care(conn: Connection, guild_id: GuildId, group_id: GroupId) -> None:
    """Forget that organisers were told of a trouble that is over: the next one is news."""
    conn.execute(
        delete(moments).where(
            moments.c.guild_id == guild_id,
            moments.c.group_id == group_id,
            moments.c.kind == MomentKind.CARE,
        )
    )


def overdue_of_group(
    conn: Connection, guild_id: GuildId, group_id: GroupId, kind: MomentKind, now: datetime
) -> list[MomentId]:
    """Return a group's waiting moments of a kind that are due, newest first."""
    query = (
        select(moments.c.id)
        .where(
            moments.c.guild_id == guild_id,
            moments.c.group_id == group_id,
            moments.c.kind == kind,
            moments.c.state.in_(WAITING),
            moments.c.due_at <= now,
        )
        .order_by(moments.c.due_at.desc(), moments.c.id.desc())
    )
    return [MomentId(moment_id) for moment_id in conn.execute(query).scalars()]


def posted_of_day(
    conn: Connection, guild_id: GuildId, group_id: GroupId, kind: MomentKind, on: date
) -> tuple[Moment, ChannelId, MessageId] | None:
    """Return a day's moment whose message stands, and where; None where there is none."""
    query = _of_kind(guild_id, group_id, kind).where(
        moments.c.subject == on.toordinal(),
        moments.c.state == MomentState.SENT,
        moments.c.message_id.is_not(None),
    )
    row = conn.execute(query).first()
    if row is None:
        return None
    return _moment(row), ChannelId(row.channel_id), MessageId(row.message_id)


def sent_since(
    conn: Connection, guild_id: GuildId, group_id: GroupId, kind: MomentKind, since: datetime
) -> bool:
    """Say whether a group's moment of a kind was sent at or after `since`."""
    query = (
        select(moments.c.id)
        .where(
            moments.c.guild_id == guild_id,
            moments.c.group_id == group_id,
            moments.c.kind == kind,
            moments.c.state == MomentState.SENT,
            moments.c.done_at >= since,
        )
        .limit(1)
    )
    return conn.execute(query).first() is not None


def waits(
    conn: Connection, guild_id: GuildId, group_id: GroupId, kind: MomentKind, subject: int
) -> bool:
    """Say whether a moment of the whole group is planned and has not ended."""
    query = _of_kind(guild_id, group_id, kind).where(
        moments.c.subject == subject, moments.c.state.in_(WAITING)
    )
    return conn.execute(query).first() is not None


def letters_since(
    conn: Connection, guild_id: GuildId, group_id: GroupId, kind: MomentKind, since: datetime
) -> set[MembershipId]:
    """Return for whom there is a direct message of a kind that is due at `since` or later."""
    query = _of_kind(guild_id, group_id, kind).where(moments.c.due_at >= since)
    return {MembershipId(row.membership_id) for row in conn.execute(query)}


def find(conn: Connection, guild_id: GuildId, moment_id: MomentId) -> Moment | None:
    """Return a moment, however it ended; None for none of this server's."""
    query = select(moments).where(moments.c.guild_id == guild_id, moments.c.id == moment_id)
    row = conn.execute(query).one_or_none()
    return None if row is None else _moment(row)


def has_ended(conn: Connection, moment: Moment) -> bool:
    """Say whether a moment in hand has come to its end by another way."""
    query = select(moments.c.state).where(
        moments.c.guild_id == moment.guild_id, moments.c.id == moment.id
    )
    state = conn.execute(query).scalar_one_or_none()
    return state not in WAITING


def waiting_before(
    conn: Connection, guild_id: GuildId, group_id: GroupId, kind: MomentKind, before: datetime
) -> list[Moment]:
    """Return a group's moments of a kind that wait and are due before an instant, newest first."""
    query = (
        _of_kind(guild_id, group_id, kind)
        .where(moments.c.state.in_(WAITING), moments.c.due_at < before)
        .order_by(moments.c.due_at.desc(), moments.c.id.desc())
    )
    return [_moment(row) for row in conn.execute(query)]


def ended_for(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    kind: MomentKind,
    reason: str,
    since: datetime,
) -> list[Moment]:
    """Return a group's moments of a kind that ended for a reason since then, newest first."""
    query = (
        _of_kind(guild_id, group_id, kind)
        .where(moments.c.reason == reason, moments.c.done_at >= since)
        .order_by(moments.c.done_at.desc(), moments.c.id.desc())
    )
    return [_moment(row) for row in conn.execute(query)]


def subjects_from(
    conn: Connection, guild_id: GuildId, group_id: GroupId, kind: MomentKind, least: int
) -> list[int]:
    """Return the subjects, `least` or more, of a group's moments of a kind, in order."""
    query = (
        _of_kind(guild_id, group_id, kind)
        .where(moments.c.subject >= least)
        .order_by(moments.c.subject)
    )
    return [row.subject for row in conn.execute(query)]


def remember_words(conn: Connection, moment: Moment, *, wording: str, leading: str | None) -> None:
    """Keep what a moment says, so that a repeated send says the same."""
    conn.execute(
        update(moments)
        .where(moments.c.guild_id == moment.guild_id, moments.c.id == moment.id)
        .values(wording=wording, leading=leading)
    )


def _of_kind(guild_id: GuildId, group_id: GroupId, kind: MomentKind) -> Select[Any]:
    return select(moments).where(
        moments.c.guild_id == guild_id, moments.c.group_id == group_id, moments.c.kind == kind
    )


def _end(conn: Connection, guild_id: GuildId, moment_id: MomentId, **values: object) -> None:
    """Change a moment that waits; one that has ended stays so, whoever comes late."""
    conn.execute(
        update(moments)
        .where(
            moments.c.guild_id == guild_id,
            moments.c.id == moment_id,
            moments.c.state.in_(WAITING),
        )
        .values(claimed_by=None, claimed_until=None, **values)
    )


def _moment(row: Row[Any]) -> Moment:
    return Moment(
        guild_id=GuildId(row.guild_id),
        id=MomentId(row.id),
        group_id=GroupId(row.group_id),
        kind=MomentKind(row.kind),
        subject=row.subject,
        membership_id=MembershipId(row.membership_id),
        due_at=row.due_at,
        attempts=row.attempts,
        wording=row.wording,
        tried_at=row.tried_at,
        tried_channel_id=None if row.tried_channel_id is None else ChannelId(row.tried_channel_id),
        leading=row.leading,
    )


def _belongs_to(shards: Shards) -> ColumnElement[bool]:
    """Whether a moment's server is on one of the shards (see `bot.domain.shards.shard_of`)."""
    # PostgreSQL shifts by an integer only, and takes a plain parameter for a bigint.
    number = moments.c.guild_id.bitwise_rshift(cast(22, Integer))
    return (number % shards.count).in_(shards.ids)
