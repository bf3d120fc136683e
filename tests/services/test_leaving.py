"""What becomes of the figures of somebody who leaves."""

from datetime import timedelta

from bot.domain.checkin import Answer
from bot.storage.database import Database
from tests.services.town import DAY, MONDAY, opened_town, wall

WEEK = timedelta(weeks=1)
CLOSED = wall(MONDAY + 2 * WEEK, "12:00")


async def test_the_week_in_which_somebody_leaves_is_counted_like_any_other(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    await town.answer(ada, session.id, Answer.DONE)
    await town.live_until(wall(MONDAY + DAY, "05:00"))
    await town.leave(ada)
    await town.live_until(CLOSED)
    member = await town.member(ada)
    assert (member.weeks, member.weeks_through_on) == (1, MONDAY)


async def test_leaving_in_a_week_whose_goal_is_out_of_reach_ends_the_row(db: Database) -> None:
    town, (ada,), _ = await opened_town(db)
    for days in range(7):
        await town.live_until(wall(MONDAY + days * DAY, "08:00"))
        await town.answer(ada, (await town.session(MONDAY + days * DAY)).id, Answer.DONE)
    # One token is held now: it covers Monday's miss, and nothing covers Tuesday's.
    await town.live_until(wall(MONDAY + WEEK + 2 * DAY, "05:00"))
    assert (await town.member(ada)).weeks == 1
    await town.leave(ada)
    await town.live_until(CLOSED)
    assert (await town.member(ada)).weeks == 0
