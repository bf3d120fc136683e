"""Many people and several processes at the same moment: everything counts, and counts once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable

import pytest
from sqlalchemy import func, select, text

from bot.domain.checkin import Answer, SessionState
from bot.domain.errors import AmbleError, Refused
from bot.domain.moment import MomentKind
from bot.domain.streak import Outcome
from bot.services import claims, groups, holidays, joining, planning, schedules, settling
from bot.services.auditing import audit
from bot.services.limits import Limits
from bot.services.schedules import NewSlot
from bot.services.views import Wishes
from bot.storage import attendances, memberships, tables
from bot.storage.database import Database, open_database
from tests.services.town import (
    DAY,
    EVERY_DAY,
    GUILD,
    HOUR,
    MANY,
    MONDAY,
    ORGANISER,
    Town,
    claimant,
    found_town,
    opened_town,
    somebody,
    wall,
)

SETTLED = wall(MONDAY + DAY, "03:00")


@pytest.fixture
async def other(database_url: str, db: Database) -> AsyncIterator[Database]:
    """The same database as `db`, as another process has it open."""
    async with await open_database(database_url) as database:
        yield database


async def results(*things: Awaitable[object]) -> list[object]:
    """Let everything happen at once; a refusal is a result too, a fault is raised."""
    found = await asyncio.gather(*things, return_exceptions=True)
    for one in found:
        if isinstance(one, BaseException) and not isinstance(one, AmbleError):
            raise one
    return list(found)


async def deadlocks(db: Database) -> int:
    """Count the deadlocks that PostgreSQL had to break; SQLite, where writers queue, has none."""
    if db.dialect == "sqlite":
        return 0
    await asyncio.sleep(1.1)  # it tells its own statistics once a second
    query = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return await db.read(lambda conn: conn.execute(query).scalar_one())


class TestACrowd:
    async def test_a_hundred_answers_are_all_counted_once(self, db: Database) -> None:
        town, crowd, session = await opened_town(db, 100)
        await asyncio.gather(*(town.answer(one, session.id, Answer.DONE) for one in crowd))
        rows = await db.read(attendances.of_sessions, GUILD, [session.id])
        assert [row.answer for row in rows] == [Answer.DONE] * 100

    async def test_an_answer_pressed_twice_at_once_is_one_change(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await asyncio.gather(*(town.answer(ada, session.id, Answer.DONE) for _ in range(8)))
        member = await town.member(ada)
        changes = await db.read(attendances.history, GUILD, member.id, session.id)
        assert len(changes) == 1

    async def test_answers_at_the_moment_it_settles_are_counted_once(
        self, db: Database, other: Database
    ) -> None:
        town, crowd, session = await opened_town(db, 40)
        before = await deadlocks(db)
        town.now = SETTLED
        moment = await town.claimed(MomentKind.SETTLE)
        answers = [town.answer(one, session.id, Answer.DONE) for one in crowd]
        settle = settling.settle(other, moment, SETTLED)
        await results(*answers[:20], settle, *answers[20:])
        assert (await town.session(MONDAY)).state is SessionState.SETTLED
        for person in crowd:
            assert (await town.member(person)).streak.current == 1
        assert await audit(db) == []
        assert await deadlocks(db) == before

    async def test_a_newcomer_who_answers_while_it_settles_is_counted(
        self, db: Database, other: Database
    ) -> None:
        town, _, session = await opened_town(db, 10)
        town.now = SETTLED
        moment = await town.claimed(MomentKind.SETTLE)

        async def come_and_answer(number: int) -> None:
            person = somebody(number)
            await town.join(person)
            await town.answer(person, session.id, Answer.DONE)

        newcomers = [come_and_answer(200 + number) for number in range(10)]
        await results(*newcomers, settling.settle(other, moment, SETTLED))
        assert await audit(db) == []

    async def test_pauses_at_the_moment_it_settles_excuse(
        self, db: Database, other: Database
    ) -> None:
        town, crowd, session = await opened_town(db, 20)
        town.now = SETTLED
        moment = await town.claimed(MomentKind.SETTLE)
        pauses = [town.pause(one, MONDAY, MONDAY) for one in crowd]
        await results(*pauses[:10], settling.settle(other, moment, SETTLED), *pauses[10:])
        rows = await db.read(attendances.of_sessions, GUILD, [session.id])
        assert [row.outcome for row in rows] == [Outcome.EXCUSED] * 20
        assert await audit(db) == []

    async def test_joining_and_leaving_while_it_settles_deadlocks_nobody(
        self, db: Database, other: Database
    ) -> None:
        town, crowd, _ = await opened_town(db, 20)
        before = await deadlocks(db)
        town.now = SETTLED
        moment = await town.claimed(MomentKind.SETTLE)
        wishes = Wishes(goal=5)
        joins = [joining.join(db, p, town.group_id, wishes, SETTLED, note_read=True) for p in crowd]
        await results(*joins[:10], settling.settle(other, moment, SETTLED), *joins[10:])
        assert await audit(db) == []
        assert await deadlocks(db) == before


class TestOnePerson:
    async def test_undo_pressed_twice_at_once_undoes_one_answer(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        said = await results(*(town.undo(ada, session.id) for _ in range(2)))
        assert [str(one) for one in said if isinstance(one, Refused)] == ["nothing_to_undo"]
        row = await town.attendance(ada, session)
        assert row is not None
        assert row.answer is None

    async def test_joining_twice_at_once_makes_one_membership(
        self, db: Database, other: Database
    ) -> None:
        town = await found_town(db)
        ada = somebody(100)
        joined = await asyncio.gather(
            *(
                joining.join(where, ada, town.group_id, Wishes(), town.now, note_read=True)
                for where in (db, other, db, other)
            )
        )
        assert sorted(one.already for one in joined) == [False, True, True, True]
        assert len({one.membership_id for one in joined}) == 1

    async def test_one_of_two_gets_the_last_place(self, db: Database, other: Database) -> None:
        town = await found_town(db, limits=Limits(members_per_group=3))
        await town.crowd(2)
        joins = [
            joining.join(where, somebody(number), town.group_id, Wishes(), town.now, note_read=True)
            for number, where in enumerate((db, other, db, other), 200)
        ]
        said = await results(*joins)
        assert sum(isinstance(one, Refused) for one in said) == 3
        assert await db.read(memberships.count, GUILD, town.group_id) == 3


class TestTwoProcesses:
    async def test_each_moment_is_claimed_by_one(self, db: Database, other: Database) -> None:
        town = await found_town(db)
        await town.crowd(1)
        for hour in range(6, 16):
            await town.add_slot(f"{hour:02}:00")
        now = SETTLED
        taken = await asyncio.gather(
            *(
                claims.take(where, claimant(f"process {number}"), now, MANY)
                for number, where in enumerate((db, other, db, other))
            )
        )
        ids = [moment.id for batch in taken for moment in batch]
        # A prompt and a settlement for each of the ten, and one nudge for all of them.
        assert len(ids) == len(set(ids)) == 21

    async def test_two_planners_plan_every_session_once(
        self, db: Database, other: Database
    ) -> None:
        town = await found_town(db)
        for hour in range(6, 12):
            await town.add_slot(f"{hour:02}:00")
        later = town.now + 5 * DAY
        await asyncio.gather(*(planning.plan_everything(one, later) for one in (db, other, db)))
        assert len(await town.sessions(MONDAY + 6 * DAY)) == 6

    async def test_a_day_that_is_called_off_while_it_is_planned_stays_called_off(
        self, db: Database, other: Database
    ) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        for day in range(4, 24, 2):
            town.now = wall(MONDAY + (day - 2) * DAY, "06:00")
            on = MONDAY + day * DAY
            skip = holidays.skip(other, ORGANISER, town.group_id, on, on, town.now)
            await asyncio.gather(planning.plan_everything(db, town.now), skip)
            planned = await town.sessions(on)
            assert all(one.state is SessionState.CALLED_OFF for one in planned)

    async def test_a_slot_that_is_removed_while_it_is_planned_leaves_nothing_planned(
        self, db: Database, other: Database
    ) -> None:
        for day in range(10):
            town = await _another_town(db, day)
            slot_id = await town.add_slot("07:30")
            town.now += 3 * DAY
            removal = schedules.remove_slot(other, ORGANISER, town.group_id, slot_id, town.now)
            await asyncio.gather(planning.plan_everything(db, town.now), removal)
            planned = await town.sessions(MONDAY + 4 * DAY)
            assert all(one.state is SessionState.CALLED_OFF for one in planned)

    async def test_a_slot_added_twice_at_once_is_one_slot(
        self, db: Database, other: Database
    ) -> None:
        town = await found_town(db)
        new = NewSlot(EVERY_DAY, wall(MONDAY, "07:30").time())
        said = await results(
            *(
                schedules.add_slot(one, ORGANISER, town.group_id, new, town.now, Limits())
                for one in (db, other, db, other)
            )
        )
        assert [one.code for one in said if isinstance(one, Refused)] == ["slot_exists"] * 3

    async def test_two_groups_of_one_name_at_once_are_one(
        self, db: Database, other: Database
    ) -> None:
        town = await found_town(db)
        said = await results(
            *(
                groups.create(one, ORGANISER, town.now, Limits(), name="Strollers")
                for one in (db, other, db, other)
            )
        )
        assert [one.code for one in said if isinstance(one, Refused)] == ["group_name_taken"] * 3
        query = select(func.count()).select_from(tables.organisers)
        assert await db.read(lambda conn: conn.execute(query).scalar_one()) == 2


class TestTheGoal:
    async def test_the_running_week_keeps_the_goal_it_began_with(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await joining.join(db, ada, town.group_id, Wishes(goal=1), town.now, note_read=True)
        await town.live_until(SETTLED)
        assert (await _goals(town))[MONDAY] == 3

    async def test_last_week_keeps_its_goal_while_its_sunday_has_not_settled(
        self, db: Database
    ) -> None:
        town = await found_town(db)
        await town.crowd(1)
        await town.add_slot("07:30", frozenset({6}))
        next_monday = MONDAY + 7 * DAY
        await town.live_until(wall(next_monday, "01:00"))
        ada = somebody(100)
        await joining.join(db, ada, town.group_id, Wishes(goal=1), town.now, note_read=True)
        await town.live_until(wall(next_monday, "04:00"))
        assert (await _goals(town))[MONDAY] == 3

    async def test_the_next_week_has_the_new_goal(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await joining.join(db, ada, town.group_id, Wishes(goal=1), town.now, note_read=True)
        await town.live_until(SETTLED + 7 * DAY + HOUR)
        assert (await _goals(town))[MONDAY + 7 * DAY] == 1


async def _goals(town: Town) -> dict[object, int]:
    member = await town.member(somebody(100))
    found = await town.db.read(attendances.weeks_of, GUILD, member.id)
    return {week_on: week.goal for week_on, week in found.items()}


async def _another_town(db: Database, number: int) -> Town:
    now = wall(MONDAY, "05:00")
    if number == 0:
        return await found_town(db, now)
    group = await groups.create(db, ORGANISER, now, Limits(), name=f"Group {number}")
    return Town(db, group.group_id, now)
