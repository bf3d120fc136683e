"""Who is, and was, whose buddy, and who asked whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, select, update

from bot.domain.ids import GroupId, GuildId, MembershipId, PairId, SlotId
from bot.domain.streak import Outcome
from bot.storage.ids import new_id
from bot.storage.statements import insert_ignoring
from bot.storage.tables import attendances, buddy_requests, pair_members, pairs

NO_HOLDS = timedelta(days=60)
"""How long somebody is not asked again by the same one after a no."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two members of a group, or three, who are buddies, or were."""

    id: PairId
    members: tuple[MembershipId, ...]
    """By id."""
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Visits:
    """How often a member came to a line of the schedule."""

    membership_id: MembershipId
    slot_id: SlotId
    kept: int


def make(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    members: Iterable[MembershipId],
    now: datetime,
    *,
    swapped_by: MembershipId | None = None,
) -> PairId:
    """Make members buddies from now on, because one of them wanted another where one swapped."""
    pair_id = PairId(new_id())
    row = {"guild_id": guild_id, "id": pair_id, "group_id": group_id, "made_at": now}
    conn.execute(insert(pairs).values(**row, swapped_by=swapped_by))
    rows = [
        {"guild_id": guild_id, "pair_id": pair_id, "membership_id": member} for member in members
    ]
    conn.execute(insert(pair_members), rows)
    return pair_id


def end(conn: Connection, guild_id: GuildId, pair_ids: Iterable[PairId], now: datetime) -> None:
    """End pairs; that they were there stays known."""
    conn.execute(
        update(pairs)
        .where(
            pairs.c.guild_id == guild_id,
            pairs.c.id.in_(list(pair_ids)),
            pairs.c.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


def current(conn: Connection, guild_id: GuildId, group_id: GroupId) -> list[Pair]:
    """Return a group's pairs, the oldest first."""
    return _pairs(conn, _listed(guild_id, group_id).where(pairs.c.ended_at.is_(None)))


def of_group(conn: Connection, guild_id: GuildId, group_id: GroupId) -> list[Pair]:
    """Return all pairs that a group has and had, the oldest first."""
    return _pairs(conn, _listed(guild_id, group_id))


def _listed(guild_id: GuildId, group_id: GroupId) -> Select[Any, Any, Any, Any]:
    return (
        select(pairs.c.id, pairs.c.made_at, pairs.c.ended_at, pair_members.c.membership_id)
        .join(
            pair_members,
            (pair_members.c.guild_id == pairs.c.guild_id) & (pair_members.c.pair_id == pairs.c.id),
        )
        .where(pairs.c.guild_id == guild_id, pairs.c.group_id == group_id)
        .order_by(pairs.c.made_at, pairs.c.id, pair_members.c.membership_id)
    )


def _pairs(conn: Connection, query: Select[Any, Any, Any, Any]) -> list[Pair]:
    times: dict[int, tuple[datetime, datetime | None]] = {}
    members: dict[int, list[MembershipId]] = defaultdict(list)
    for pair_id, made_at, ended_at, membership_id in conn.execute(query):
        times[pair_id] = (made_at, ended_at)
        members[pair_id].append(MembershipId(membership_id))
    return [Pair(PairId(one), tuple(members[one]), *times[one]) for one in members]


def of_member(conn: Connection, guild_id: GuildId, membership_id: MembershipId) -> Pair | None:
    """Return the pair that a member is in; None without a buddy."""
    mine = (
        select(pairs.c.id)
        .join(
            pair_members,
            (pair_members.c.guild_id == pairs.c.guild_id) & (pair_members.c.pair_id == pairs.c.id),
        )
        .where(
            pairs.c.guild_id == guild_id,
            pair_members.c.membership_id == membership_id,
            pairs.c.ended_at.is_(None),
        )
    )
    pair_id = conn.execute(mine.order_by(pairs.c.made_at).limit(1)).scalar_one_or_none()
    return None if pair_id is None else find(conn, guild_id, PairId(pair_id))


def find(conn: Connection, guild_id: GuildId, pair_id: PairId) -> Pair | None:
    """Return a pair, ended or not; None where there is none any more."""
    row = conn.execute(
        select(pairs.c.made_at, pairs.c.ended_at).where(
            pairs.c.guild_id == guild_id, pairs.c.id == pair_id
        )
    ).one_or_none()
    if row is None:
        return None
    query = (
        select(pair_members.c.membership_id)
        .where(pair_members.c.guild_id == guild_id, pair_members.c.pair_id == pair_id)
        .order_by(pair_members.c.membership_id)
    )
    members = tuple(MembershipId(one) for one in conn.execute(query).scalars())
    return Pair(pair_id, members, row.made_at, row.ended_at)


def swaps_since(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, since: datetime
) -> int:
    """Count how often a member swapped buddies after an instant."""
    query = select(func.count(pairs.c.made_at.distinct())).where(
        pairs.c.guild_id == guild_id,
        pairs.c.swapped_by == membership_id,
        pairs.c.made_at > since,
    )
    return conn.execute(query).scalar_one()


def visits(
    conn: Connection, guild_id: GuildId, members: Sequence[MembershipId], since: datetime
) -> list[Visits]:
    """Return how often some members came since, by line of the schedule."""
    a = attendances.c
    query = (
        select(a.membership_id, a.slot_id, func.count())
        .where(
            a.guild_id == guild_id,
            a.membership_id.in_(list(members)),
            a.starts_at >= since,
            a.outcome.in_([Outcome.DONE, Outcome.PARTLY]),
        )
        .group_by(a.membership_id, a.slot_id)
        .order_by(a.membership_id, a.slot_id)
    )
    return [
        Visits(MembershipId(membership_id), SlotId(slot_id), kept)
        for membership_id, slot_id, kept in conn.execute(query)
    ]


def ask(
    conn: Connection,
    guild_id: GuildId,
    membership_id: MembershipId,
    asked_id: MembershipId,
    now: datetime,
) -> bool:
    """Note that one asks another to be buddies, and nobody else; False where they did before.

    A no holds for `NO_HOLDS`.
    """
    over = buddy_requests.c.declined_at <= now - NO_HOLDS
    conn.execute(delete(buddy_requests).where(_asks(guild_id, [membership_id]), over))
    conn.execute(
        delete(buddy_requests).where(
            _asks(guild_id, [membership_id]), buddy_requests.c.asked_id != asked_id, _OPEN
        )
    )
    row = {"guild_id": guild_id, "membership_id": membership_id, "asked_id": asked_id, "at": now}
    return insert_ignoring(conn, buddy_requests, [row]) > 0


def asked_by(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId
) -> MembershipId | None:
    """Return whom a member asks to be buddies and has no answer of; None for nobody."""
    query = select(buddy_requests.c.asked_id).where(_asks(guild_id, [membership_id]), _OPEN)
    found = conn.execute(query).scalar_one_or_none()
    return None if found is None else MembershipId(found)


def asked_since(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, since: datetime
) -> MembershipId | None:
    """Return whom a member asked last, after an instant, whatever came of it; None for nobody."""
    query = (
        select(buddy_requests.c.asked_id)
        .where(_asks(guild_id, [membership_id]), buddy_requests.c.at > since)
        .order_by(buddy_requests.c.at.desc(), buddy_requests.c.asked_id)
        .limit(1)
    )
    found = conn.execute(query).scalar_one_or_none()
    return None if found is None else MembershipId(found)


def asking(conn: Connection, guild_id: GuildId, asked_id: MembershipId) -> list[MembershipId]:
    """Return who waits for a member's answer, the first first."""
    query = (
        select(buddy_requests.c.membership_id)
        .where(buddy_requests.c.guild_id == guild_id, buddy_requests.c.asked_id == asked_id, _OPEN)
        .order_by(buddy_requests.c.at, buddy_requests.c.membership_id)
    )
    return [MembershipId(one) for one in conn.execute(query).scalars()]


def decline(
    conn: Connection,
    guild_id: GuildId,
    membership_id: MembershipId,
    asked_id: MembershipId,
    now: datetime,
) -> None:
    """Note that a member who was asked does not want to."""
    conn.execute(
        update(buddy_requests)
        .where(_asks(guild_id, [membership_id]), buddy_requests.c.asked_id == asked_id, _OPEN)
        .values(declined_at=now)
    )


def forget_requests(conn: Connection, guild_id: GuildId, members: Iterable[MembershipId]) -> None:
    """Drop what some members ask and have no answer of."""
    conn.execute(delete(buddy_requests).where(_asks(guild_id, members), _OPEN))


_OPEN = buddy_requests.c.declined_at.is_(None)


def _asks(guild_id: GuildId, members: Iterable[MembershipId]) -> ColumnElement[bool]:
    return and_(
        buddy_requests.c.guild_id == guild_id, buddy_requests.c.membership_id.in_(list(members))
    )
