"""Groups and who organises them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, func, insert, select, update

from bot.domain.day import Quiet, Rhythm, WeeklyTime
from bot.domain.encouragement import Tone
from bot.domain.ids import ChannelId, GroupId, GuildId, UserId
from bot.storage.ids import new_id
from bot.storage.statements import insert_ignoring, locked
from bot.storage.tables import groups, guilds, organisers


@dataclass(frozen=True, slots=True)
class Group:
    """A group and the settings of its day."""

    guild_id: GuildId
    id: GroupId
    name: str
    channel_id: ChannelId
    zone: ZoneInfo
    capacity: int
    archived_at: datetime | None
    care: str | None
    rhythm: Rhythm
    tone: Tone = Tone.GENTLE
    """In which its kind words are put."""
    own_words_only: bool = False
    """Where its organisers wrote words of their own, Amble's are not used."""
    rotates_buddies: bool = False
    """Buddies change every month."""


def add(  # noqa: PLR0913 - a group is what it is made of
    conn: Connection,
    guild_id: GuildId,
    *,
    name: str,
    channel_id: ChannelId,
    zone: ZoneInfo,
    capacity: int,
    creator_id: UserId,
    now: datetime,
) -> GroupId:
    """Add a group with the default rhythm; its creator organises it.

    Raises sqlalchemy's IntegrityError when the server has a living group of that name.
    """
    rhythm = Rhythm()
    group_id = GroupId(new_id())
    conn.execute(
        insert(groups).values(
            guild_id=guild_id,
            id=group_id,
            name=name,
            name_key=name_key(name),
            channel_id=channel_id,
            zone=zone.key,
            capacity=capacity,
            created_by=creator_id,
            created_at=now,
            nudge_after_minutes=_minutes(rhythm.nudge_after),
            settle_at=rhythm.settle_at,
            encourage_at=rhythm.encourage_at,
            quiet_from=rhythm.quiet.start,
            quiet_until=rhythm.quiet.end,
            **_recap_columns(rhythm.recap),
        )
    )
    add_organiser(conn, guild_id, group_id, creator_id)
    return group_id


def find(conn: Connection, guild_id: GuildId, group_id: GroupId) -> Group | None:
    """Return a group, archived ones too; None when the server has no such group."""
    query = select(groups).where(groups.c.guild_id == guild_id, groups.c.id == group_id)
    row = conn.execute(query).one_or_none()
    return None if row is None else _group(row)


def fetch(conn: Connection, guild_id: GuildId, group_id: GroupId) -> Group:
    """Return a group that must be there, archived or not."""
    query = select(groups).where(groups.c.guild_id == guild_id, groups.c.id == group_id)
    return _group(conn.execute(query).one())


def find_named(conn: Connection, guild_id: GuildId, name: str) -> Group | None:
    """Return the living group of that name, in any case."""
    query = select(groups).where(
        groups.c.guild_id == guild_id,
        groups.c.name_key == name_key(name),
        groups.c.archived_at.is_(None),
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else _group(row)


def living(conn: Connection, guild_id: GuildId) -> list[Group]:
    """Return a server's groups that are not archived, by name."""
    query = (
        select(groups)
        .where(groups.c.guild_id == guild_id, groups.c.archived_at.is_(None))
        .order_by(groups.c.name_key)
    )
    return [_group(row) for row in conn.execute(query)]


def everywhere(conn: Connection) -> list[tuple[GuildId, GroupId]]:
    """Return the keys of all living groups in servers that still have the bot."""
    query = (
        select(groups.c.guild_id, groups.c.id)
        .join(guilds, guilds.c.guild_id == groups.c.guild_id)
        .where(groups.c.archived_at.is_(None), guilds.c.left_at.is_(None))
        .order_by(groups.c.guild_id, groups.c.id)
    )
    return [(GuildId(guild_id), GroupId(group_id)) for guild_id, group_id in conn.execute(query)]


def count_living(conn: Connection, guild_id: GuildId) -> int:
    """Count a server's groups that are not archived."""
    query = (
        select(func.count())
        .select_from(groups)
        .where(groups.c.guild_id == guild_id, groups.c.archived_at.is_(None))
    )
    return conn.execute(query).scalar_one()


def lock(conn: Connection, guild_id: GuildId, group_id: GroupId) -> None:
    """Hold a group's row until the transaction ends: others who ask for it wait."""
    query = select(groups.c.id).where(groups.c.guild_id == guild_id, groups.c.id == group_id)
    conn.execute(locked(query))


def rename(conn: Connection, guild_id: GuildId, group_id: GroupId, name: str) -> None:
    """Give a group another name; IntegrityError when another living group has it."""
    _change(conn, guild_id, group_id, name=name, name_key=name_key(name))


def move(conn: Connection, guild_id: GuildId, group_id: GroupId, channel_id: ChannelId) -> None:
    """Have a group meet in another channel, where the bot can post as far as is known."""
    _change(conn, guild_id, group_id, channel_id=channel_id, care=None)


def set_recap(
    conn: Connection, guild_id: GuildId, group_id: GroupId, recap: WeeklyTime | None
) -> None:
    """Change when a group's weeks are told of; None is off."""
    _change(conn, guild_id, group_id, **_recap_columns(recap))


def set_ahead(conn: Connection, guild_id: GuildId, group_id: GroupId, at: time | None) -> None:
    """Change when a group hears of a session on the day before; None is off."""
    _change(conn, guild_id, group_id, ahead_at=at)


def set_voice(conn: Connection, guild_id: GuildId, group_id: GroupId, **values: object) -> None:
    """Change how a group's kind words sound, and when they come: columns by name."""
    _change(conn, guild_id, group_id, **values)


def set_rotation(conn: Connection, guild_id: GuildId, group_id: GroupId, *, monthly: bool) -> None:
    """Have a group's buddies change every month, or stay."""
    _change(conn, guild_id, group_id, rotates_buddies=monthly)


def archive(conn: Connection, guild_id: GuildId, group_id: GroupId, now: datetime) -> None:
    """Mark a group as ended; its name is free again."""
    _change(conn, guild_id, group_id, archived_at=now)


def set_care(conn: Connection, guild_id: GuildId, group_id: GroupId, care: str | None) -> bool:
    """Mark that the bot cannot post for a group, or that it can again; False when it stood so."""
    result = conn.execute(
        update(groups)
        .where(
            groups.c.guild_id == guild_id,
            groups.c.id == group_id,
            groups.c.care.is_distinct_from(care),
        )
        .values(care=care)
    )
    return result.rowcount > 0


def add_organiser(conn: Connection, guild_id: GuildId, group_id: GroupId, user_id: UserId) -> None:
    """Appoint an organiser; nothing happens when they are one."""
    row = {"guild_id": guild_id, "group_id": group_id, "user_id": user_id}
    insert_ignoring(conn, organisers, [row])


def organiser_ids(conn: Connection, guild_id: GuildId, group_id: GroupId) -> list[UserId]:
    """Return who organises a group, by id."""
    query = (
        select(organisers.c.user_id)
        .where(organisers.c.guild_id == guild_id, organisers.c.group_id == group_id)
        .order_by(organisers.c.user_id)
    )
    return [UserId(user_id) for user_id in conn.execute(query).scalars()]


def organises_any(conn: Connection, guild_id: GuildId, user_id: UserId) -> bool:
    """Say whether somebody organises a group of a server."""
    query = (
        select(organisers.c.group_id)
        .where(organisers.c.guild_id == guild_id, organisers.c.user_id == user_id)
        .limit(1)
    )
    return conn.execute(query).first() is not None


def name_key(name: str) -> str:
    """Return what makes two names the same: case and surrounding or doubled spaces do not count."""
    return " ".join(name.split()).casefold()


def _change(conn: Connection, guild_id: GuildId, group_id: GroupId, **values: object) -> None:
    conn.execute(
        update(groups)
        .where(groups.c.guild_id == guild_id, groups.c.id == group_id)
        .values(**values)
    )


def _recap_columns(recap: WeeklyTime | None) -> dict[str, object]:
    """Return the columns of a recap's time; one that is off keeps its time of day."""
    return (
        {"recap_on": None} if recap is None else {"recap_on": recap.weekday, "recap_at": recap.at}
    )


def _minutes(duration: timedelta | None) -> int | None:
    return None if duration is None else int(duration.total_seconds() // 60)


def _group(row: Row[Any]) -> Group:
    nudge = row.nudge_after_minutes
    return Group(
        guild_id=GuildId(row.guild_id),
        id=GroupId(row.id),
        name=row.name,
        channel_id=ChannelId(row.channel_id),
        zone=ZoneInfo(row.zone),
        capacity=row.capacity,
        archived_at=row.archived_at,
        care=row.care,
        rhythm=Rhythm(
            prompt_lead=timedelta(minutes=row.prompt_lead_minutes),
            nudge_after=None if nudge is None else timedelta(minutes=nudge),
            settle_at=row.settle_at,
            encourage_at=row.encourage_at,
            quiet=Quiet(row.quiet_from, row.quiet_until),
            free_rests=row.free_rests,
            ahead_at=row.ahead_at,
            recap=None if row.recap_on is None else WeeklyTime(row.recap_on, row.recap_at),
        ),
        tone=Tone(row.tone),
        own_words_only=row.own_words_only,
        rotates_buddies=row.rotates_buddies,
    )
