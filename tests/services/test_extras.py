"""Walks of one's own, on both databases."""

import pytest

from bot.domain.errors import Refused
from bot.domain.schedule import Activity
from bot.services import extras, leaderboards
from bot.services.extras import MOST_A_DAY, NewExtra
from bot.services.views import BoardQuestion, Wishes
from bot.storage.database import Database
from tests.services import oracle
from tests.services.town import DAY, MONDAY, opened_town

SHOWN = Wishes(shown=True)


async def test_they_add_to_the_week_they_belong_to_and_come_off_again(db: Database) -> None:
    town, (ada,), _ = await opened_town(db, wishes=SHOWN)
    log = await extras.log(db, ada, town.group_id, NewExtra(25, Activity.BIKE, 6000), town.now)
    assert (log.week_minutes, log.metres, log.done_on) == (25, 6000, MONDAY)
    before = NewExtra(40, done_on=MONDAY - DAY)
    assert (await extras.log(db, ada, town.group_id, before, town.now)).week_minutes == 25
    board = await leaderboards.show(db, ada, BoardQuestion(town.group_id), town.now)
    assert board.total_minutes == 65
    off = await extras.undo(db, ada, town.group_id, town.now)
    assert (off.minutes, off.week_minutes) == (40, 25)
    await oracle.check(db)


async def test_a_day_holds_so_many_and_no_more(db: Database) -> None:
    town, (ada,), _ = await opened_town(db)
    for _ in range(MOST_A_DAY):
        await extras.log(db, ada, town.group_id, NewExtra(5), town.now)
    with pytest.raises(Refused, match="extras_too_many"):
        await extras.log(db, ada, town.group_id, NewExtra(5), town.now)


@pytest.mark.parametrize(
    ("new", "code"),
    [(NewExtra(0), "minutes_invalid"), (NewExtra(20, metres=1), "metres_invalid")],
)
async def test_what_cannot_be_is_refused(db: Database, new: NewExtra, code: str) -> None:
    town, (ada,), _ = await opened_town(db)
    with pytest.raises(Refused, match=code):
        await extras.log(db, ada, town.group_id, new, town.now)
    with pytest.raises(Refused, match="extra_none"):
        await extras.undo(db, ada, town.group_id, town.now)
