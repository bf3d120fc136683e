"""What boards sum up."""

from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event

from bot.domain.checkin import Answer, Details
from bot.domain.ids import GroupId
from bot.services import checkins
from bot.services.auditing import audit
from bot.storage import boards, migrate, sessions
from bot.storage.boards import Days
from bot.storage.database import Database, open_database
from bot.storage.tables import attendances, memberships
from tests.services.town import DAY, GUILD, MONDAY, Town, found_town, opened_town, somebody, wall


async def test_a_session_that_was_called_off_after_an_answer_adds_nothing(db: Database) -> None:
    town = await found_town(db)
    ada = somebody(100)
    await town.join(ada)
    await town.add_slot("07:30")
    await town.answer(ada, (await town.session(MONDAY)).id, Answer.DONE)
    await town.skip(MONDAY)
    member = await town.member(ada)
    sums = await db.read(boards.sums, GUILD, [town.group_id], Days())
    assert sums.get(member.id, boards.Sums()) == boards.Sums()
    assert await db.read(boards.kept_in_week, GUILD, member.id, MONDAY) == 0


async def test_minutes_are_those_stated_else_the_sessions_own(db: Database) -> None:
    town, (ada, bea), session = await opened_town(db, 2)
    await checkins.answer(db, ada, session.id, Answer.DONE, town.now)
    await checkins.answer(db, bea, session.id, Answer.PARTLY, town.now, Details(minutes=7))
    ids = [(await town.member(one)).id for one in (ada, bea)]
    sums = await db.read(boards.sums, GUILD, [town.group_id], Days())
    assert [sums[one].minutes for one in ids] == [session.minutes, 7]


async def test_a_period_begins_on_its_first_day(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    await town.answer(ada, session.id, Answer.DONE)
    assert await db.read(boards.sums, GUILD, [town.group_id], Days(MONDAY + DAY)) == {}


async def test_a_miss_counts_against_the_share(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    await town.answer(ada, session.id, Answer.DONE)
    await town.live_until(wall(MONDAY + 2 * DAY, "04:00"))
    member = await town.member(ada)
    found = (await db.read(boards.sums, GUILD, [town.group_id], Days()))[member.id]
    assert (found.kept, found.counted) == (1, 2)


async def a_varied_week(db: Database) -> Town:
    """Kept, in part, missed, rested, sore, paused, logged late, called off, and open still."""
    town, (ada, bea, cleo), _ = await opened_town(db, 3)
    for day, (said, minutes) in enumerate(
        [
            (Answer.DONE, None),
            (Answer.PARTLY, 7),
            (Answer.PARTLY, None),
            (Answer.REST, None),
            (Answer.SORE, None),
        ]
    ):
        await town.live_until(wall(MONDAY + day * DAY, "08:00"))
        session = await town.session(MONDAY + day * DAY)
        details = Details(minutes=minutes)
        await checkins.answer(db, ada, session.id, said, town.now, details)
    await town.live_until(wall(MONDAY + 5 * DAY, "04:00"))
    late = await town.session(MONDAY + 4 * DAY)
    await checkins.answer(db, bea, late.id, Answer.DONE, town.now, Details(minutes=50))
    await checkins.answer(db, bea, late.id, Answer.DONE, town.now, Details(minutes=40))
    await town.pause(cleo, MONDAY + 4 * DAY, MONDAY + 9 * DAY)
    await town.live_until(wall(MONDAY + 5 * DAY, "08:00"))
    await town.answer(ada, (await town.session(MONDAY + 5 * DAY)).id, Answer.DONE)
    await town.skip(MONDAY + 6 * DAY)
    return town


async def test_of_all_time_is_what_every_row_comes_to(db: Database) -> None:
    town = await a_varied_week(db)
    whole = await db.read(boards.sums, GUILD, [town.group_id], Days())
    by_row = await db.read(boards.sums, GUILD, [town.group_id], Days(MONDAY - DAY))
    assert {one: sums for one, sums in whole.items() if sums != boards.Sums()} == by_row
    assert sum(sums.minutes for sums in whole.values()) == 20 + 7 + 40 + 20


async def test_all_time_reads_no_history(db: Database) -> None:
    """What is settled stands in the memberships: taking its rows away changes nothing."""
    town = await a_varied_week(db)
    before = await db.read(boards.sums, GUILD, [town.group_id], Days())
    over = attendances.delete().where(attendances.c.outcome.is_not(None))
    await db.write(lambda conn: conn.execute(over).rowcount)
    assert await db.read(boards.sums, GUILD, [town.group_id], Days()) == before


async def test_a_database_from_before_is_given_what_its_history_comes_to(db: Database) -> None:
    await a_varied_week(db)
    nothing = memberships.update().values(counted=0, minutes=0)
    await db.write(lambda conn: conn.execute(nothing).rowcount)
    assert await audit(db) != []
    script = ScriptDirectory(str(migrate.MIGRATIONS)).get_revision("0005")
    await db.write(lambda conn: conn.execute(script.module.filling()).rowcount)
    assert await audit(db) == []


async def test_an_answer_keeps_its_session_from_settling_unseen(db: Database) -> None:
    """Both ways to read a session inside a transaction work on both databases."""
    _, _, session = await opened_town(db)
    held = await db.write(lambda conn: sessions.find(conn, GUILD, session.id, hold=True))
    locked = await db.write(lambda conn: sessions.find(conn, GUILD, session.id, lock=True))
    assert held == locked == session


@pytest.mark.parametrize("days", [Days(MONDAY, MONDAY + DAY), Days()], ids=["days", "all time"])
async def test_sqlite_goes_from_the_sessions_of_several_groups_to_their_attendances(
    days: Days, sqlite_url: str
) -> None:
    """The other way round it reads all attendances of the server."""

    def plans_of(conn: Connection) -> list[str]:
        seen: list[tuple[str, Any]] = []

        def note(_conn: object, _cursor: object, statement: str, given: object, *_: object) -> None:
            seen.append((statement, given))

        event.listen(conn, "before_cursor_execute", note)
        boards.sums(conn, GUILD, [GroupId(1), GroupId(2)], days)
        event.remove(conn, "before_cursor_execute", note)
        explained = (conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", args) for one, args in seen)
        return ["\n".join(row[3] for row in rows) for rows in explained]

    async with await open_database(sqlite_url) as db:
        plans = await db.read(plans_of)
    (plan,) = (one for one in plans if "attendances" in one)
    assert plan.index("sessions USING INDEX ix_sessions_group") < plan.index("SEARCH attendances")
