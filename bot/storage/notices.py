"""Notices: private words that wait until somebody can be told them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, select, update

from bot.domain.ids import GroupId, GuildId, MembershipId, NoticeId, SessionId, UserId
from bot.storage.ids import new_id
from bot.storage.tables import memberships, notices


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a member is to be told once."""

    guild_id: GuildId
    id: NoticeId
    membership_id: MembershipId
    group_id: GroupId
    kind: str
    session_id: SessionId | None
    detail: str
    at: datetime
    told_at: datetime | None


def add(
    conn: Connection,
    guild_id: GuildId,
    membership_id: MembershipId,
    kind: str,
    detail: str,
    now: datetime,
    session_id: SessionId | None = None,
) -> NoticeId:
    """Have somebody told something; nothing is told yet."""
    notice_id = NoticeId(new_id())
    conn.execute(
        insert(notices).values(
            guild_id=guild_id,
            id=notice_id,
            membership_id=membership_id,
            kind=kind,
            session_id=session_id,
            detail=detail,
            at=now,
        )
    )
    return notice_id


def find(conn: Connection, guild_id: GuildId, notice_id: NoticeId) -> Notice | None:
    """Return a notice, told or not; None when it is gone."""
    row = conn.execute(_query(guild_id).where(notices.c.id == notice_id)).one_or_none()
    return None if row is None else _notice(row)


def untold(conn: Connection, guild_id: GuildId, user_id: UserId) -> list[Notice]:
    """Return what somebody is still to be told in the groups they are in, oldest first."""
    query = (
        _query(guild_id)
        .where(
            memberships.c.user_id == user_id,
            memberships.c.left_at.is_(None),
            notices.c.told_at.is_(None),
        )
        .order_by(notices.c.at, notices.c.id)
    )
    return [_notice(row) for row in conn.execute(query)]


def untold_of(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, kind: str
) -> list[Notice]:
    """Return what of a kind a member is still to be told, oldest first."""
    query = (
        _query(guild_id)
        .where(
            notices.c.membership_id == membership_id,
            notices.c.kind == kind,
            notices.c.told_at.is_(None),
        )
        .order_by(notices.c.at, notices.c.id)
    )
    return [_notice(row) for row in conn.execute(query)]


def added_since(
    conn: Connection,
    guild_id: GuildId,
    membership_id: MembershipId,
    kind: str,
    detail: str,
    since: datetime,
    *,
    begins: bool = False,
) -> bool:
    """Say whether a member was to be told the very same after an instant, told or not.

    Where `begins`, something whose detail begins so.
    """
    same = notices.c.detail.startswith(detail) if begins else notices.c.detail == detail
    query = select(notices.c.id).where(
        notices.c.guild_id == guild_id,
        notices.c.membership_id == membership_id,
        notices.c.kind == kind,
        same,
        notices.c.at > since,
    )
    return conn.execute(query.limit(1)).first() is not None


def before(conn: Connection, notice: Notice, *, gathered: bool) -> int:
    """Count what of a notice's kind a member was to be told before it.

    Where such notices are `gathered`, how often they were told: those told at once count once.
    """
    count = func.count(notices.c.told_at.distinct()) if gathered else func.count()
    query = select(count).where(
        notices.c.guild_id == notice.guild_id,
        notices.c.membership_id == notice.membership_id,
        notices.c.kind == notice.kind,
        notices.c.at < notice.at,
    )
    return conn.execute(query).scalar_one()


def last_told(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, kind: str
) -> datetime | None:
    """Return when a member was last told something of a kind; None for never."""
    query = select(func.max(notices.c.told_at)).where(
        notices.c.guild_id == guild_id,
        notices.c.membership_id == membership_id,
        notices.c.kind == kind,
    )
    return conn.execute(query).scalar_one()


def tell(
    conn: Connection, guild_id: GuildId, notice_ids: Iterable[NoticeId], now: datetime
) -> None:
    """Note that somebody was told; when they were told first stays."""
    conn.execute(
        update(notices)
        .where(
            notices.c.guild_id == guild_id,
            notices.c.id.in_(list(notice_ids)),
            notices.c.told_at.is_(None),
        )
        .values(told_at=now)
    )


def withdraw(
    conn: Connection,
    guild_id: GuildId,
    members: Iterable[MembershipId],
    kinds: Iterable[str],
) -> None:
    """Take back what members have not been told of some kinds: it is said otherwise, or over."""
    conn.execute(
        delete(notices).where(
            notices.c.guild_id == guild_id,
            notices.c.membership_id.in_(list(members)),
            notices.c.kind.in_(list(kinds)),
            notices.c.told_at.is_(None),
        )
    )


def _query(guild_id: GuildId) -> Select[Any]:
    of_member = and_(
        memberships.c.guild_id == notices.c.guild_id, memberships.c.id == notices.c.membership_id
    )
    return (
        select(notices, memberships.c.group_id)
        .join(memberships, of_member)
        .where(notices.c.guild_id == guild_id)
    )


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        guild_id=GuildId(row.guild_id),
        id=NoticeId(row.id),
        membership_id=MembershipId(row.membership_id),
        group_id=GroupId(row.group_id),
        kind=row.kind,
        session_id=None if row.session_id is None else SessionId(row.session_id),
        detail=row.detail,
        at=row.at,
        told_at=row.told_at,
    )
