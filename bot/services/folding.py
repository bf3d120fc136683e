"""Keeping stored streaks and weeks equal to the fold over all that has settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.domain import streak as streaks
from bot.domain import week as weeks
from bot.domain.ids import MembershipId
from bot.domain.streak import Reckoning, Turn
from bot.domain.week import Week
from bot.storage import attendances, memberships
from bot.storage.attendances import SettledTurn
from bot.storage.memberships import Member
from bot.storage.sessions import Session


def take_turns(conn: Connection, session: Session, turns: Iterable[tuple[Member, Turn]]) -> None:
    """Settle one session for its members: a step for each, a new fold for those out of order."""
    stepped: list[Member] = []
    late: list[Member] = []
    rows: list[tuple[MembershipId, Turn, Reckoning]] = []
    unconcerned: list[MembershipId] = []
    for member, turn in turns:
        position = (turn.starts_at, turn.slot_id)
        after, reckoning = streaks.step(member.streak, turn)
        if reckoning is None:
            unconcerned.append(member.id)
            continue
        rows.append((member.id, turn, reckoning))
        if member.folded_to is not None and position < member.folded_to:
            late.append(member)
        else:
            stepped.append(replace(member, streak=after, folded_to=position))
    attendances.save_reckonings(conn, session, rows)
    attendances.mark_late(conn, session, unconcerned)
    memberships.save_streaks(conn, session.guild_id, stepped)
    for member in stepped:
        recount_week(conn, member, session.week_on)
    for member in late:
        fold_again(conn, member, session.starts_at)


def fold_again(conn: Connection, member: Member, from_at: datetime) -> None:
    """Fold a membership's history anew after something changed in it.

    Weeks are counted again from the one that `from_at` lies in.
    """
    history = attendances.settled_turns(conn, member.guild_id, member.id)
    streak, reckonings = streaks.fold(settled.turn for settled in history)
    changed: set[date] = set()
    for settled, reckoning in zip(history, reckonings, strict=True):
        if stored_reckoning(settled) != reckoning:
            attendances.rewrite_reckoning(
                conn, member.guild_id, settled.attendance, settled.turn, reckoning
            )
            changed.add(settled.attendance.week_on)
        elif settled.attendance.starts_at >= from_at:
            changed.add(settled.attendance.week_on)
    last = history[-1].attendance if history else None
    folded_to = None if last is None else (last.starts_at, last.slot_id)
    new = replace(member, streak=streak, folded_to=folded_to)
    memberships.save_streaks(conn, member.guild_id, [new])
    for week_on in sorted(changed):
        recount_week(conn, member, week_on)


def recount_week(conn: Connection, member: Member, week_on: date) -> None:
    """Count a week again from its settled sessions, and the week streak where it was over."""
    reckonings = [
        reckoning
        for settled in attendances.settled_turns_of_week(conn, member.guild_id, member.id, week_on)
        if (reckoning := stored_reckoning(settled)) is not None
    ]
    known = attendances.weeks_of(conn, member.guild_id, member.id)
    before = known.get(week_on)
    after = weeks.tally(before.goal if before else member.goal, reckonings)
    attendances.save_week(conn, member.guild_id, member.id, week_on, after)
    if member.weeks_through_on is not None and week_on <= member.weeks_through_on:
        close_weeks(conn, member, {**known, week_on: after}, member.weeks_through_on)


def close_weeks(
    conn: Connection, member: Member, known: dict[date, Week], through_on: date
) -> None:
    """Set the week streak to the fold over all weeks up to the one that begins on `through_on`."""
    over = [known[week_on] for week_on in sorted(known) if week_on <= through_on]
    memberships.change(
        conn,
        member.guild_id,
        member.id,
        weeks=weeks.fold(over),
        weeks_through_on=through_on,
    )


def stored_reckoning(settled: SettledTurn) -> Reckoning | None:
    """Return what is stored of a turn's reckoning; None for a session that does not concern."""
    row = settled.attendance
    if row.outcome is None:
        return None
    return Reckoning(row.outcome, counted=row.counted, covered=row.covered)
