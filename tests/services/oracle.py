"""What must be so at any time, reckoned anew and in plain words from the rows that are stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.services.auditing import audit
from bot.storage import tables
from bot.storage.database import Database


@dataclass
class Stand:
    """Where a membership stands by the rules of the design, section 2."""

    current: int = 0
    best: int = 0
    tokens: int = 0
    kept: int = 0
    counted: int = 0
    minutes: int = 0


async def check(db: Database) -> None:
    """Assert everything that must be so."""
    assert await audit(db) == []
    await db.read(_check)


def _check(conn: Connection) -> None:
    members = conn.execute(select(tables.memberships)).all()
    sessions = {row.id: row for row in conn.execute(select(tables.sessions))}
    rows = conn.execute(
        select(tables.attendances).order_by(
            tables.attendances.c.starts_at, tables.attendances.c.slot_id
        )
    ).all()
    for member in members:
        own = [row for row in rows if row.membership_id == member.id]
        _check_streak(member, own, sessions)
        _check_weeks(conn, member, own)
        _check_nobody_was_forgotten(member, own, sessions)
    last = _last_changes(conn)
    for row in rows:
        # The history's last entry is what stands; who only got an outcome has no history.
        said = last.get((row.membership_id, row.session_id), (None,) * len(SAID))
        assert said == _said(row)
        _check_state(row, sessions[row.session_id])
    _check_moments(conn, sessions)
    _check_milestones(conn, members, rows)


def _check_streak(member: Row[Any], own: Iterable[Row[Any]], sessions: dict[int, Row[Any]]) -> None:
    stand = Stand()
    rests: list[date] = []
    for row in own:
        session = sessions[row.session_id]
        if session.state not in ("settled", "void"):
            continue
        if row.answer in ("done", "partly"):
            _keep(stand)
            alone = session.minutes if row.own_minutes is None else row.own_minutes
            planned = alone if row.answer == "done" else 0
            stand.minutes += planned if row.minutes is None else row.minutes
            expected = row.answer
        elif row.answer == "sore" or session.state == "void" or row.joined_late:
            expected = row.answer or (None if row.joined_late else "excused")
        elif row.answer == "rest":
            lately = [on for on in rests if timedelta(0) <= session.due_on - on < timedelta(days=7)]
            free = len(lately) < session.free_rests
            rests += [session.due_on] if free else []
            expected = "rest" if free else _miss(stand)
        else:
            expected = "excused" if row.excused else _miss(stand)
        assert row.outcome == expected, (session.due_on, tuple(row))
    stored = (member.streak, member.best, member.tokens, member.kept)
    assert stored == (stand.current, stand.best, stand.tokens, stand.kept), member.name
    assert (member.counted, member.minutes) == (stand.counted, stand.minutes), member.name


def _keep(stand: Stand) -> None:
    stand.kept += 1
    stand.counted += 1
    stand.current += 1
    stand.best = max(stand.best, stand.current)
    if stand.kept % 7 == 0 and stand.tokens < 2:
        stand.tokens += 1


def _miss(stand: Stand) -> str:
    stand.counted += 1
    if stand.tokens:
        stand.tokens -= 1
    else:
        stand.current = 0
    return "missed"


def _check_weeks(conn: Connection, member: Row[Any], own: list[Row[Any]]) -> None:
    query = (
        select(tables.weeks)
        .where(tables.weeks.c.membership_id == member.id)
        .order_by(tables.weeks.c.week_on)
    )
    streak = 0
    seen: set[date] = set()
    for week in conn.execute(query):
        seen.add(week.week_on)
        of_week = [row for row in own if row.week_on == week.week_on and row.outcome is not None]
        kept = sum(row.outcome in ("done", "partly") for row in of_week)
        counted = sum(row.outcome in ("done", "partly", "missed") for row in of_week)
        covered = sum(row.covered for row in of_week)
        assert (week.kept, week.counted, week.covered) == (kept, counted, covered), week.week_on
        if member.weeks_through_on is not None and week.week_on <= member.weeks_through_on:
            target = min(week.goal, counted - covered)
            if target > 0:
                streak = streak + 1 if kept >= target else 0
    assert member.weeks == streak, member.name
    assert {row.week_on for row in own if row.counted} <= seen


def _check_nobody_was_forgotten(
    member: Row[Any], own: list[Row[Any]], sessions: dict[int, Row[Any]]
) -> None:
    """Who was there all the time has an outcome for every session that has settled."""
    if member.left_at is not None or member.back_at is not None:
        return
    known = {row.session_id for row in own if row.outcome is not None}
    of_group = [one for one in sessions.values() if one.group_id == member.group_id]
    for session in of_group:
        if session.state == "settled" and member.joined_at <= session.starts_at:
            assert session.id in known, (member.name, session.due_on)


SAID = ("answer", "minutes", "metres", "activity", "effort", "pain", "note")


def _said(row: Row[Any]) -> tuple[object, ...]:
    """What a check-in, or an entry of its history, says."""
    return tuple(getattr(row, name) for name in SAID)


def _last_changes(conn: Connection) -> dict[tuple[int, int], tuple[object, ...]]:
    """Return the last entry of each check-in's history, by member and session."""
    table = tables.answer_history
    changes = conn.execute(select(table).order_by(table.c.at, table.c.id))
    return {(one.membership_id, one.session_id): _said(one) for one in changes}


def _check_state(row: Row[Any], session: Row[Any]) -> None:
    """What has not settled has no outcome yet."""
    if session.state not in ("settled", "void"):
        assert (row.outcome, row.counted, row.covered) == (None, False, False)


def _check_moments(conn: Connection, sessions: dict[int, Row[Any]]) -> None:
    """Every session that is alive will be settled."""
    table = tables.moments
    query = select(table.c.subject).where(
        table.c.kind == "settle", table.c.state.in_(["due", "claimed"])
    )
    waiting = set(conn.execute(query).scalars())
    alive = {one.id for one in sessions.values() if one.state in ("planned", "open")}
    assert alive <= waiting


def _check_milestones(
    conn: Connection, members: Iterable[Row[Any]], rows: Iterable[Row[Any]]
) -> None:
    """Everybody's count of sessions is a milestone once it is reached, and nobody else has any."""
    granted = conn.execute(select(tables.milestones)).all()
    assert {one.membership_id for one in granted} <= {0, *(member.id for member in members)}
    told = {(one.membership_id, one.subject) for one in granted if one.milestone == "kept"}
    kept = {
        (row.membership_id, row.session_id) for row in rows if row.outcome in ("done", "partly")
    }
    for member in members:
        number = sum(membership_id == member.id for membership_id, _ in kept)
        owed = {(member.id, count) for count in (1, 7, 14, 30, 50, 100, 365) if count <= number}
        assert owed <= told, member.name


def settled_count(conn: Connection) -> int:
    """Count the sessions that are over, so that a test can see that something happened."""
    over = tables.sessions.c.state.in_(["settled", "void"])
    return len(conn.execute(select(tables.sessions.c.id).where(over)).all())
