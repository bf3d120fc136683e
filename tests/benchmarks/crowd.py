"""A group that has walked for a year, written straight into the tables: for measuring, not for use.

What its rows say fits together as far as boards read it; streaks are made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from bot.domain.checkin import Answer, SessionState, minutes_of
from bot.domain.ids import GroupId, GuildId, UserId
from bot.domain.ranking import Metric
from bot.domain.schedule import Activity, monday_of
from bot.domain.streak import Outcome
from bot.storage import tables

GUILD = GuildId(7001)
GROUP = GroupId(10**17)
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
USERS = 5_000
"""The members' user ids begin here, in the order of their membership ids."""

MINUTES = 20
"""Planned of each session."""
_DAY = timedelta(days=1)
_SLOT = 2 * 10**17
_SESSIONS = 3 * 10**17
_MEMBERS = 4 * 10**17
_AT_ONCE = 5_000
_ANSWERS = ((Answer.DONE, 70), (Answer.PARTLY, 10), (Answer.REST, 5), (Answer.SORE, 3), (None, 12))
_CAME_TO = {
    Answer.DONE: Outcome.DONE,
    Answer.PARTLY: Outcome.PARTLY,
    Answer.REST: Outcome.REST,
    Answer.SORE: Outcome.SORE,
    None: Outcome.MISSED,
}


def found(conn: Connection, members: int, days: int, *, inactive: int = 0, seed: int = 7) -> None:
    """Write a group with a session a day, the last one today; the first members never answered."""
    chance = Random(seed)
    first = TODAY - (days - 1) * _DAY
    _write(conn, tables.guilds, [{"guild_id": GUILD, "zone": "UTC"}])
    _write(conn, tables.groups, [_group(members)])
    _write(conn, tables.slots, [_slot(first)])
    _write(conn, tables.sessions, (_session(first + n * _DAY, n) for n in range(days)))
    histories = [
        [
            _attendance(
                member,
                first + number * _DAY,
                number,
                None if member < inactive else _answer(chance),
            )
            for number in range(days)
        ]
        for member in range(members)
    ]
    _write(conn, tables.memberships, (_member(n, own, first) for n, own in enumerate(histories)))
    _write(conn, tables.attendances, (row for own in histories for row in own))


def _write(conn: Connection, table: Table, rows: Any) -> None:  # noqa: ANN401 - rows of any table
    every = list(rows)
    for begin in range(0, len(every), _AT_ONCE):
        conn.execute(insert(table), every[begin : begin + _AT_ONCE])


def _group(members: int) -> dict[str, Any]:
    return {
        "guild_id": GUILD,
        "id": GROUP,
        "name": "Early birds",
        "name_key": "early birds",
        "channel_id": 1,
        "zone": "UTC",
        "capacity": members,
        "created_by": 1,
        "created_at": NOW,
        "settle_at": time(3),
        "quiet_from": time(21, 30),
        "quiet_until": time(7),
    }


def _slot(first: date) -> dict[str, Any]:
    return {
        "guild_id": GUILD,
        "id": _SLOT,
        "group_id": GROUP,
        "weekdays": 127,
        "at": time(7, 30),
        "activity": Activity.WALK,
        "minutes": MINUTES,
        "first_on": first,
        "added_at": NOW,
        "planned_through_on": TODAY,
    }


def _session(on: date, number: int) -> dict[str, Any]:
    starts_at = _starts_at(on)
    return {
        "guild_id": GUILD,
        "id": _SESSIONS + number,
        "group_id": GROUP,
        "slot_id": _SLOT,
        "due_on": on,
        "week_on": monday_of(on),
        "zone": "UTC",
        "starts_at": starts_at,
        "prompt_at": starts_at,
        "settles_at": starts_at + timedelta(hours=20),
        "activity": Activity.WALK,
        "minutes": MINUTES,
        "free_rests": 1,
        "state": SessionState.OPEN if on == TODAY else SessionState.SETTLED,
    }


def _member(number: int, history: Iterable[dict[str, Any]], first: date) -> dict[str, Any]:
    settled = [row for row in history if row["outcome"] is not None]
    kept = sum(row["outcome"].kept for row in settled)
    return {
        "guild_id": GUILD,
        "id": _MEMBERS + number,
        "group_id": GROUP,
        "user_id": USERS + number,
        "name": f"Member {number}",
        "joined_at": _starts_at(first) - _DAY,
        "note_read_at": _starts_at(first),
        "reach": "channel",
        "shown": number % 4 != 3,
        "goal": 3,
        "last_sign_at": NOW,
        "streak": kept % 61,
        "best": kept % 61 + 5 if kept else 0,
        "kept": kept,
        "counted": sum(row["counted"] for row in settled),
        "minutes": sum(minutes_of(row["answer"], row["minutes"], MINUTES) for row in settled),
    }


def _attendance(member: int, on: date, number: int, answer: Answer | None) -> dict[str, Any]:
    open_still = on == TODAY
    return {
        "guild_id": GUILD,
        "membership_id": _MEMBERS + member,
        "session_id": _SESSIONS + number,
        "starts_at": _starts_at(on),
        "slot_id": _SLOT,
        "week_on": monday_of(on),
        "answer": answer,
        "minutes": 35 if answer is Answer.DONE and number % 3 == 0 else None,
        "answered_at": None if answer is None else _starts_at(on),
        "outcome": None if open_still else _CAME_TO[answer],
        "counted": not open_still and answer not in (Answer.REST, Answer.SORE),
        "covered": False,
        "excused": False,
        "joined_late": False,
    }


def _starts_at(on: date) -> datetime:
    return datetime.combine(on, time(7, 30), tzinfo=UTC)


def _answer(chance: Random) -> Answer | None:
    return chance.choices([one for one, _ in _ANSWERS], [weight for _, weight in _ANSWERS])[0]


def reader(number: int) -> UserId:
    """Return a member's user id."""
    return UserId(USERS + number)


def ranked(conn: Connection, metric: Metric) -> list[tuple[int, str, int]]:
    """Rank all who are shown, by all time, from every row there is: what boards must come to.

    Streaks and sessions kept only.
    """
    kept = Counter(
        row.membership_id
        for row in conn.execute(select(tables.attendances))
        if row.answer in (Answer.DONE, Answer.PARTLY)
    )
    values = [
        (row.streak if metric is Metric.STREAK else kept[row.id], row.name, row.id)
        for row in conn.execute(select(tables.memberships))
        if row.shown
    ]
    ordered = sorted((-value, name.casefold(), at, name) for value, name, at in values if value)
    every = [-row[0] for row in ordered]
    return [(every.index(-value) + 1, name, -value) for value, _, _, name in ordered]
