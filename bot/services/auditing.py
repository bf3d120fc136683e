"""Checking that what is stored of everybody's streaks is what folding their history gives."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.domain import streak as streaks
from bot.domain import week as weeks
from bot.services.folding import stored_reckoning
from bot.storage import attendances, groups, memberships
from bot.storage.database import Database
from bot.storage.memberships import Member


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored figure that folding does not give."""

    group_name: str
    member: str
    field: str
    stored: str
    folded: str


async def audit(db: Database) -> list[Difference]:
    """Fold everybody's history and return every difference, by server and member."""

    def compare(conn: Connection) -> list[Difference]:
        return [
            difference
            for member in memberships.everyone(conn)
            for difference in _differences(conn, member)
        ]

    return await db.read(compare)


def _differences(conn: Connection, member: Member) -> list[Difference]:
    history = attendances.settled_turns(conn, member.guild_id, member.id)
    streak, reckonings = streaks.fold(one.turn for one in history)
    pairs: list[tuple[str, object, object]] = [("streak", member.streak, streak)]
    for one, reckoning in zip(history, reckonings, strict=True):
        day = f"session {one.turn.due_on}"
        pairs.append((day, stored_reckoning(one), reckoning))
    known = attendances.weeks_of(conn, member.guild_id, member.id)
    for week_on, week in known.items():
        of_week = [
            reckoning
            for one, reckoning in zip(history, reckonings, strict=True)
            if one.attendance.week_on == week_on and reckoning is not None
        ]
        pairs.append((f"week {week_on}", week, weeks.tally(week.goal, of_week)))
    through_on = member.weeks_through_on
    over = [week for on, week in known.items() if through_on is not None and on <= through_on]
    pairs.append(("week streak", member.weeks, weeks.fold(over)))
    group = groups.find(conn, member.guild_id, member.group_id)
    name = group.name if group else str(member.group_id)
    return [
        Difference(name, member.name, field, str(stored), str(folded))
        for field, stored, folded in pairs
        if stored != folded
    ]
