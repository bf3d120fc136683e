"""What a fair bot owes a faithful walker, and denies to everybody else."""

from datetime import date, timedelta

import pytest

from bot.domain.checkin import Answer
from bot.domain.errors import Refused
from bot.domain.ids import GroupId
from bot.services import extras, holidays
from bot.services.extras import NewExtra
from bot.storage.database import Database
from bot.storage.sessions import Session
from tests.services import oracle
from tests.services.town import DAY, ORGANISER, Town, found_town, somebody, wall

MON_WED_FRI, TUE_THU = frozenset({0, 2, 4}), frozenset({1, 3})


async def test_twelve_of_twelve_is_a_streak_of_twelve_through_all_that_a_year_brings(
    db: Database,
) -> None:
    town, ada = await found_town(db, wall(date(2026, 3, 22), "12:00")), somebody(21)
    three_a_week = await town.add_slot(weekdays=MON_WED_FRI)
    await town.join(ada)
    came = [date(2026, 3, day) for day in (23, 25, 27)]
    # The clocks of spring change on Sunday the 29th.
    came += [date(2026, 3, 30), date(2026, 4, 1), date(2026, 4, 3)]
    for on in came:
        await come(town, on)
    await live_past(town, date(2026, 4, 3))
    await town.pause(ada, date(2026, 4, 4), date(2026, 4, 12))
    await come(town, date(2026, 4, 13))
    await live_past(town, date(2026, 4, 13))
    await town.remove_slot(three_a_week)
    await town.add_slot(weekdays=TUE_THU)
    for on in (date(2026, 4, 14), date(2026, 4, 16)):
        await come(town, on)
    await live_past(town, date(2026, 4, 16))
    # Holidays of the group and a pause of it, until the clocks of autumn are about to change.
    await skip(town, date(2026, 4, 17), date(2026, 5, 16))
    await town.live_until(wall(date(2026, 5, 16), "12:00"))
    await holidays.pause(db, ORGANISER, town.group_id, date(2026, 8, 10), town.now)
    await town.live_until(wall(date(2026, 8, 10), "12:00"))
    await skip(town, date(2026, 8, 11), date(2026, 10, 19))
    for on in (date(2026, 10, 20), date(2026, 10, 22), date(2026, 10, 27)):
        await come(town, on)
    await live_past(town, date(2026, 10, 27))
    streak = (await town.member(ada)).streak
    assert (streak.current, streak.best, streak.kept, streak.misses) == (12, 12, 12, 0)
    await oracle.check(db)


async def test_a_year_cannot_be_filled_in_afterwards(db: Database) -> None:
    town, ada = await found_town(db, wall(date(2026, 3, 1), "12:00")), somebody(21)
    await town.add_slot()
    await town.join(ada)
    end = wall(date(2027, 3, 1), "12:00")
    await town.live_until(end)
    days = [date(2026, 3, 2) + n * DAY for n in range(365)]
    taken = [on for on in days if await is_taken(town, await town.session(on))]
    # Those that settled within 48 hours, and the one that is open.
    assert taken == [date(2027, 2, 27), date(2027, 2, 28), date(2027, 3, 1)]
    await live_past(town, date(2027, 3, 1))
    assert (await town.member(ada)).streak.best == len(taken)


@pytest.mark.parametrize("back", [3, 4, 30, 364])
async def test_walks_of_ones_own_cannot_be_filled_in_either(db: Database, back: int) -> None:
    town, ada = await found_town(db, wall(date(2026, 3, 1), "12:00")), somebody(21)
    await town.join(ada)
    new = NewExtra(30, done_on=date(2026, 3, 1) - timedelta(days=back))
    with pytest.raises(Refused, match="extra_day"):
        await extras.log(db, ada, GroupId(town.group_id), new, town.now)


async def skip(town: Town, first_on: date, last_on: date) -> None:
    await holidays.skip(town.db, ORGANISER, town.group_id, first_on, last_on, town.now)


async def come(town: Town, on: date) -> None:
    """Answer the session of a day, an hour after it began."""
    await town.live_until(wall(on, "08:30"))
    await town.answer(somebody(21), (await town.session(on)).id, Answer.DONE)


async def live_past(town: Town, on: date) -> None:
    """Let a day's session settle."""
    await town.live_until(wall(on + DAY, "06:00"))


async def is_taken(town: Town, session: Session) -> bool:
    try:
        await town.answer(somebody(21), session.id, Answer.DONE)
    except Refused:
        return False
    return True
