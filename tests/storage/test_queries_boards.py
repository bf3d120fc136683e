"""What boards sum up."""

from bot.domain.checkin import Answer, Details
from bot.services import checkins
from bot.storage import boards, sessions
from bot.storage.boards import Days
from bot.storage.database import Database
from tests.services.town import DAY, GUILD, MONDAY, found_town, opened_town, somebody, wall


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


async def test_an_answer_keeps_its_session_from_settling_unseen(db: Database) -> None:
    """Both ways to read a session inside a transaction work on both databases."""
    _, _, session = await opened_town(db)
    held = await db.write(lambda conn: sessions.find(conn, GUILD, session.id, hold=True))
    locked = await db.write(lambda conn: sessions.find(conn, GUILD, session.id, lock=True))
    assert held == locked == session
