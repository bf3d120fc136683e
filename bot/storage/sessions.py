"""Sessions: what was planned, whether it is open, and where its prompt stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, exists, func, or_, select, update

from bot.domain.checkin import ORGANISER_WINDOW, SessionState, Window
from bot.domain.ids import ChannelId, GroupId, GuildId, MessageId, SessionId, SlotId
from bot.domain.schedule import Activity
from bot.storage.statements import insert_ignoring, locked
from bot.storage.tables import attendances, sessions

LIVE = (SessionState.PLANNED, SessionState.OPEN)
CHANGES_FOR = ORGANISER_WINDOW + timedelta(days=7)
"""How long after it starts a session may change: until it settles, and after that."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it stands; zone, days and rest budget as they were when it was planned."""

    guild_id: GuildId
    id: SessionId
    group_id: GroupId
    slot_id: SlotId
    due_on: date
    week_on: date
    zone: ZoneInfo
    starts_at: datetime
    prompt_at: datetime
    settles_at: datetime
    activity: Activity
    minutes: int
    free_rests: int
    state: SessionState
    settled_at: datetime | None
    channel_id: ChannelId | None
    message_id: MessageId | None
    posted_at: datetime | None

    @property
    def window(self) -> Window:
        """Return when it can be answered; a void one counts from when it would have settled."""
        settled = self.settled_at if self.state is SessionState.SETTLED else None
        return Window(self.due_on, self.zone, self.state, settled or self.settles_at)


def plan(conn: Connection, rows: list[dict[str, Any]]) -> None:
    """Insert sessions, by column name; one that exists for its slot and day stays as it is."""
    insert_ignoring(conn, sessions, rows)


def find(
    conn: Connection,
    guild_id: GuildId,
    session_id: SessionId,
    *,
    lock: bool = False,
    hold: bool = False,
) -> Session | None:
    """Return a session; None when the server has no such session.

    Until the transaction ends `lock` keeps it for oneself, and `hold` as it is: any number may
    hold it, and who wants to settle it waits for them.
    """
    query = select(sessions).where(sessions.c.guild_id == guild_id, sessions.c.id == session_id)
    if hold:
        query = query.with_for_update(read=True)
    row = conn.execute(locked(query) if lock else query).one_or_none()
    return None if row is None else _session(row)


def fetch(conn: Connection, guild_id: GuildId, session_id: SessionId) -> Session:
    """Return a session that must be there."""
    query = select(sessions).where(sessions.c.guild_id == guild_id, sessions.c.id == session_id)
    return _session(conn.execute(query).one())


def between(
    conn: Connection, guild_id: GuildId, group_id: GroupId, from_at: datetime, until_at: datetime
) -> list[Session]:
    """Return a group's sessions that start in [from, until), in order of (start, slot)."""
    query = _of_group(guild_id, group_id).where(
        sessions.c.starts_at >= from_at, sessions.c.starts_at < until_at
    )
    return _all(conn, query)


def of_day(conn: Connection, guild_id: GuildId, group_id: GroupId, due_on: date) -> list[Session]:
    """Return a group's sessions of a local day, in order of (start, slot)."""
    return _all(conn, _of_group(guild_id, group_id).where(sessions.c.due_on == due_on))


def of_week(conn: Connection, guild_id: GuildId, group_id: GroupId, week_on: date) -> list[Session]:
    """Return a group's sessions of the week that begins on `week_on`, in order."""
    return _all(conn, _of_group(guild_id, group_id).where(sessions.c.week_on == week_on))


def first_week(conn: Connection, guild_id: GuildId, group_id: GroupId) -> date | None:
    """Return the Monday of the first week in which a group's session settled; None before that."""
    query = select(func.min(sessions.c.week_on)).where(
        sessions.c.guild_id == guild_id,
        sessions.c.group_id == group_id,
        sessions.c.state == SessionState.SETTLED,
    )
    return conn.execute(query).scalar_one()


def unsettled(conn: Connection, guild_id: GuildId, group_id: GroupId) -> list[Session]:
    """Return a group's planned and open sessions, in order of (start, slot)."""
    return _all(conn, _of_group(guild_id, group_id).where(sessions.c.state.in_(LIVE)))


def changed_since(conn: Connection, since: datetime) -> list[tuple[GuildId, SessionId, ChannelId]]:
    """Return sessions with a prompt that settled, or whose answers changed, after `since`.

    Each with the channel where its prompt stands, the latest prompt first.
    """
    answered = exists().where(
        attendances.c.guild_id == sessions.c.guild_id,
        attendances.c.session_id == sessions.c.id,
        attendances.c.answered_at > since,
    )
    query = (
        select(sessions.c.guild_id, sessions.c.id, sessions.c.channel_id)
        .where(
            # What started longer ago has settled, and nobody may answer or correct it any more.
            sessions.c.starts_at > since - CHANGES_FOR,
            sessions.c.message_id.is_not(None),
            or_(sessions.c.settled_at > since, answered),
        )
        .order_by(sessions.c.prompt_at.desc(), sessions.c.id)
    )
    found = conn.execute(query)
    return [(GuildId(row[0]), SessionId(row[1]), ChannelId(row[2])) for row in found]


def next_start(
    conn: Connection, guild_id: GuildId, group_id: GroupId, after: datetime
) -> datetime | None:
    """Return when a group's next session starts; None when none is planned."""
    query = select(func.min(sessions.c.starts_at)).where(
        sessions.c.guild_id == guild_id,
        sessions.c.group_id == group_id,
        sessions.c.state.in_(LIVE),
        sessions.c.starts_at > after,
    )
    return conn.execute(query).scalar_one()


def change(conn: Connection, guild_id: GuildId, session_id: SessionId, **values: object) -> None:
    """Set columns of a session."""
    conn.execute(
        update(sessions)
        .where(sessions.c.guild_id == guild_id, sessions.c.id == session_id)
        .values(**values)
    )


def call_off(
    conn: Connection,
    guild_id: GuildId,
    group_id: GroupId,
    *,
    slot_id: SlotId | None = None,
    on: date | None = None,
) -> dict[SessionId, date]:
    """Call off a group's sessions whose prompt is not posted, of a slot or a day if one is given.

    Return which, each with its day.
    """
    statement = (
        update(sessions)
        .where(
            sessions.c.guild_id == guild_id,
            sessions.c.group_id == group_id,
            sessions.c.state == SessionState.PLANNED,
        )
        .values(state=SessionState.CALLED_OFF)
        .returning(sessions.c.id, sessions.c.due_on)
    )
    if slot_id is not None:
        statement = statement.where(sessions.c.slot_id == slot_id)
    if on is not None:
        statement = statement.where(sessions.c.due_on == on)
    return {SessionId(session_id): due_on for session_id, due_on in conn.execute(statement)}


def _of_group(guild_id: GuildId, group_id: GroupId) -> Select[Any]:
    return (
        select(sessions)
        .where(sessions.c.guild_id == guild_id, sessions.c.group_id == group_id)
        .order_by(sessions.c.starts_at, sessions.c.slot_id)
    )


def _all(conn: Connection, query: Select[Any]) -> list[Session]:
    return [_session(row) for row in conn.execute(query)]


def _session(row: Row[Any]) -> Session:
    return Session(
        guild_id=GuildId(row.guild_id),
        id=SessionId(row.id),
        group_id=GroupId(row.group_id),
        slot_id=SlotId(row.slot_id),
        due_on=row.due_on,
        week_on=row.week_on,
        zone=ZoneInfo(row.zone),
        starts_at=row.starts_at,
        prompt_at=row.prompt_at,
        settles_at=row.settles_at,
        activity=Activity(row.activity),
        minutes=row.minutes,
        free_rests=row.free_rests,
        state=SessionState(row.state),
        settled_at=row.settled_at,
        channel_id=None if row.channel_id is None else ChannelId(row.channel_id),
        message_id=None if row.message_id is None else MessageId(row.message_id),
        posted_at=row.posted_at,
    )
