"""Who is in which group, how they want to be treated, where their streak stands, and pauses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, or_, select, update

from bot.domain.encouragement import Reach
from bot.domain.ids import GroupId, GuildId, MembershipId, SlotId, UserId
from bot.domain.streak import Streak
from bot.storage.ids import new_id
from bot.storage.statements import locked
from bot.storage.tables import guilds, memberships, milestones, pauses


@dataclass(frozen=True, slots=True)
class Member:
    """A membership as it stands."""

    guild_id: GuildId
    id: MembershipId
    group_id: GroupId
    user_id: UserId
    name: str
    joined_at: datetime
    left_at: datetime | None
    back_at: datetime | None
    reach: Reach
    named: bool
    pinged: bool
    shown: bool
    goal: int
    last_sign_at: datetime
    dm_refused_at: datetime | None
    seen_at: datetime | None
    streak: Streak
    folded_to: tuple[datetime, SlotId] | None
    """Start and slot of the last session in `streak`."""
    weeks: int
    weeks_through_on: date | None
    warned: bool = False
    """Wants to hear privately on the last chance to carry a streak on."""
    cheered: bool = True
    """Takes cheers."""
    buddying: bool = False
    """Wants a buddy."""
    tells_buddy: bool = False
    """The buddy may hear of a miss."""
    way_back_at: datetime | None = None
    """When they were last offered a way back."""

    def came_after(self, starts_at: datetime) -> bool:
        """Say whether they joined, or came back, after a session had started."""
        return starts_at < self.joined_at or (
            self.back_at is not None and self.left_at is None and starts_at < self.back_at
        )


@dataclass(frozen=True, slots=True)
class Pause:
    """Local days, both included, on which a member is excused."""

    membership_id: MembershipId
    first_on: date
    last_on: date | None

    def covers(self, on: date) -> bool:
        """Say whether `on` lies in the pause."""
        return self.first_on <= on and (self.last_on is None or on <= self.last_on)


def add(conn: Connection, values: dict[str, Any]) -> MembershipId:
    """Insert a membership; `values` by column name."""
    membership_id = MembershipId(new_id())
    conn.execute(insert(memberships).values(id=membership_id, **values))
    return membership_id


def change(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, **values: object
) -> None:
    """Set columns of a membership."""
    conn.execute(
        update(memberships)
        .where(memberships.c.guild_id == guild_id, memberships.c.id == membership_id)
        .values(**values)
    )


def remove(conn: Connection, guild_id: GuildId, membership_id: MembershipId) -> None:
    """Delete a membership and all that hangs on it."""
    # The group's own stand in the same table, so no foreign key does this.
    conn.execute(
        delete(milestones).where(
            milestones.c.guild_id == guild_id, milestones.c.membership_id == membership_id
        )
    )
    conn.execute(
        delete(memberships).where(
            memberships.c.guild_id == guild_id, memberships.c.id == membership_id
        )
    )


def find(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    user_id: UserId,
    *,
    lock: bool = False,
) -> Member | None:
    """Return somebody's membership, also one they left; None when they never were a member."""
    query = select(memberships).where(
        memberships.c.guild_id == guild_id,
        memberships.c.group_id == group_id,
        memberships.c.user_id == user_id,
    )
    return _one(conn, query, lock=lock)


def fetch(conn: Connection, guild_id: GuildId, membership_id: MembershipId) -> Member:
    """Return a membership that must be there, locked until the transaction ends."""
    query = select(memberships).where(
        memberships.c.guild_id == guild_id, memberships.c.id == membership_id
    )
    return _member(conn.execute(locked(query)).one())


def find_by_id(conn: Connection, guild_id: GuildId, membership_id: MembershipId) -> Member | None:
    """Return a membership by its id; None when it is gone."""
    query = select(memberships).where(
        memberships.c.guild_id == guild_id, memberships.c.id == membership_id
    )
    return _one(conn, query, lock=False)


def of_user(conn: Connection, guild_id: GuildId, user_id: UserId) -> list[Member]:
    """Return somebody's present memberships in a server, oldest first."""
    query = (
        select(memberships)
        .where(
            memberships.c.guild_id == guild_id,
            memberships.c.user_id == user_id,
            memberships.c.left_at.is_(None),
        )
        .order_by(memberships.c.joined_at, memberships.c.id)
    )
    return [_member(row) for row in conn.execute(query)]


def there_since(conn: Connection, guild_id: GuildId, user_id: UserId, since: datetime) -> bool:
    """Say whether somebody is in a group of a server, or was in one at or after an instant."""
    query = (
        select(memberships.c.id)
        .where(
            memberships.c.guild_id == guild_id,
            memberships.c.user_id == user_id,
            or_(memberships.c.left_at.is_(None), memberships.c.left_at >= since),
        )
        .limit(1)
    )
    return conn.execute(query).first() is not None


def ids_of(conn: Connection, guild_id: GuildId, user_id: UserId) -> list[MembershipId]:
    """Return the ids of somebody's memberships in a server, also of those they left."""
    query = select(memberships.c.id).where(
        memberships.c.guild_id == guild_id, memberships.c.user_id == user_id
    )
    return [MembershipId(one) for one in conn.execute(query.order_by(memberships.c.id)).scalars()]


def of_person(conn: Connection, user_id: UserId) -> list[Member]:
    """Return somebody's present memberships everywhere, oldest first."""
    query = (
        select(memberships)
        .where(memberships.c.user_id == user_id, memberships.c.left_at.is_(None))
        .order_by(memberships.c.joined_at, memberships.c.id)
    )
    return [_member(row) for row in conn.execute(query)]


def of_group(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    *,
    left_since: datetime | None = None,
    besides: Iterable[MembershipId] = (),
    lock: bool = False,
) -> list[Member]:
    """Return a group's members by id.

    With `left_since` also those who left at or after it, and always those named in `besides`.
    """
    here = or_(memberships.c.left_at.is_(None), memberships.c.id.in_(list(besides)))
    if left_since is not None:
        here = or_(here, memberships.c.left_at >= left_since)
    query = (
        select(memberships)
        .where(memberships.c.guild_id == guild_id, memberships.c.group_id == group_id, here)
        .order_by(memberships.c.id)
    )
    return [_member(row) for row in conn.execute(locked(query) if lock else query)]


def with_misses(
    conn: Connection, guild_id: GuildId, group_id: GroupId, among: Iterable[MembershipId]
) -> list[Member]:
    """Return those of some members of a group who missed more than once in a row, by id."""
    query = (
        select(memberships)
        .where(
            memberships.c.guild_id == guild_id,
            memberships.c.group_id == group_id,
            memberships.c.left_at.is_(None),
            memberships.c.misses > 1,
            memberships.c.id.in_(list(among)),
        )
        .order_by(memberships.c.id)
    )
    return [_member(row) for row in conn.execute(query)]


def count(conn: Connection, guild_id: GuildId, group_id: GroupId) -> int:
    """Count a group's present members."""
    query = (
        select(func.count())
        .select_from(memberships)
        .where(
            memberships.c.guild_id == guild_id,
            memberships.c.group_id == group_id,
            memberships.c.left_at.is_(None),
        )
    )
    return conn.execute(query).scalar_one()


def unseen(
    conn: Connection, seen_before: datetime, asked_before: datetime, limit: int
) -> list[Member]:
    """Return present members whom Discord has not shown since `seen_before`, longest first.

    An answer shows somebody, and so does joining. Leaves out who was asked about in vain since
    `asked_before`, and servers without the bot: nobody tells it about those.
    """
    shown_at = func.coalesce(memberships.c.seen_at, memberships.c.joined_at)
    query = (
        select(memberships)
        .join(guilds, guilds.c.guild_id == memberships.c.guild_id)
        .where(
            guilds.c.left_at.is_(None),
            memberships.c.left_at.is_(None),
            memberships.c.last_sign_at < seen_before,
            shown_at < seen_before,
            func.coalesce(memberships.c.asked_at, memberships.c.joined_at) < asked_before,
        )
        .order_by(shown_at)
        .limit(limit)
    )
    return [_member(row) for row in conn.execute(query)]


def change_everywhere(
    conn: Connection, guild_id: GuildId, user_id: UserId, **values: object
) -> None:
    """Set columns of all present memberships of somebody in a server."""
    conn.execute(
        update(memberships)
        .where(
            memberships.c.guild_id == guild_id,
            memberships.c.user_id == user_id,
            memberships.c.left_at.is_(None),
        )
        .values(**values)
    )


def everyone(conn: Connection) -> list[Member]:
    """Return every membership there is, leavers too, by server and id; for the audit."""
    query = select(memberships).order_by(memberships.c.guild_id, memberships.c.id)
    return [_member(row) for row in conn.execute(query)]


def save_streaks(conn: Connection, guild_id: GuildId, members: Iterable[Member]) -> None:
    """Write where the streaks of `members` stand."""
    rows = [
        {
            "b_id": member.id,
            **streak_columns(member.streak),
            "folded_at": member.folded_to[0] if member.folded_to else None,
            "folded_slot": member.folded_to[1] if member.folded_to else None,
        }
        for member in members
    ]
    if not rows:
        return
    statement = (
        update(memberships)
        .where(memberships.c.guild_id == guild_id, memberships.c.id == bindparam("b_id"))
        .values({column: bindparam(column) for column in rows[0] if column != "b_id"})
    )
    conn.execute(statement, rows)


def streak_columns(streak: Streak) -> dict[str, object]:
    """Return a streak as columns."""
    return {
        "streak": streak.current,
        "best": streak.best,
        "tokens": streak.tokens,
        "kept": streak.kept,
        "misses": streak.misses,
        "free_rests_on": ",".join(on.isoformat() for on in streak.free_rests_on),
        "counted": streak.counted,
        "minutes": streak.minutes,
    }


def add_pause(
    conn: Connection, guild_id: GuildId, pause: Pause, *, made_by: UserId, now: datetime
) -> None:
    """Add a pause."""
    conn.execute(
        insert(pauses).values(
            guild_id=guild_id,
            membership_id=pause.membership_id,
            first_on=pause.first_on,
            last_on=pause.last_on,
            made_at=now,
            made_by=made_by,
        )
    )


def pauses_of(
    conn: Connection, guild_id: GuildId, membership_ids: Iterable[MembershipId], from_on: date
) -> list[Pause]:
    """Return the pauses of some memberships that reach `from_on` or later, by first day."""
    query = (
        select(pauses.c.membership_id, pauses.c.first_on, pauses.c.last_on)
        .where(
            pauses.c.guild_id == guild_id,
            pauses.c.membership_id.in_(list(membership_ids)),
            or_(pauses.c.last_on.is_(None), pauses.c.last_on >= from_on),
        )
        .order_by(pauses.c.first_on, pauses.c.id)
    )
    return [Pause(MembershipId(row[0]), row[1], row[2]) for row in conn.execute(query)]


def paused_on(
    conn: Connection, guild_id: GuildId, membership_ids: Iterable[MembershipId], on: date
) -> set[MembershipId]:
    """Return those of some memberships that a pause covers on a local day."""
    pauses_then = pauses_of(conn, guild_id, membership_ids, on)
    return {pause.membership_id for pause in pauses_then if pause.covers(on)}


def end_pauses(
    conn: Connection, guild_id: GuildId, membership_id: MembershipId, last_on: date
) -> int:
    """Let the pauses under way end on `last_on`, or where there are none, drop the next ones.

    One that begins the day after, so today, has not covered anything and is dropped as well.
    Returns how many there were.
    """
    mine = (pauses.c.guild_id == guild_id, pauses.c.membership_id == membership_id)
    reaching = or_(pauses.c.last_on.is_(None), pauses.c.last_on > last_on)
    begun = pauses.c.first_on <= last_on
    ended = conn.execute(update(pauses).where(*mine, reaching, begun).values(last_on=last_on))
    today = last_on + timedelta(days=1)
    unstarted = pauses.c.first_on == today if ended.rowcount else pauses.c.first_on >= today
    dropped = conn.execute(delete(pauses).where(*mine, unstarted))
    return dropped.rowcount + ended.rowcount


def _one(conn: Connection, query: Select[Any], *, lock: bool) -> Member | None:
    row = conn.execute(locked(query) if lock else query).one_or_none()
    return None if row is None else _member(row)


def _streak(row: Row[Any]) -> Streak:
    return Streak(
        current=row.streak,
        best=row.best,
        tokens=row.tokens,
        kept=row.kept,
        misses=row.misses,
        free_rests_on=tuple(date.fromisoformat(on) for on in row.free_rests_on.split(",") if on),
        counted=row.counted,
        minutes=row.minutes,
    )


def _member(row: Row[Any]) -> Member:
    return Member(
        guild_id=GuildId(row.guild_id),
        id=MembershipId(row.id),
        group_id=GroupId(row.group_id),
        user_id=UserId(row.user_id),
        name=row.name,
        joined_at=row.joined_at,
        left_at=row.left_at,
        back_at=row.back_at,
        reach=Reach(row.reach),
        named=row.named,
        pinged=row.pinged,
        shown=row.shown,
        goal=row.goal,
        last_sign_at=row.last_sign_at,
        dm_refused_at=row.dm_refused_at,
        seen_at=row.seen_at,
        streak=_streak(row),
        folded_to=None if row.folded_at is None else (row.folded_at, SlotId(row.folded_slot)),
        weeks=row.weeks,
        weeks_through_on=row.weeks_through_on,
        warned=row.warned,
        cheered=row.cheered,
        buddying=row.buddying,
        tells_buddy=row.tells_buddy,
        way_back_at=row.way_back_at,
    )
