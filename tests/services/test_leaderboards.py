"""Boards of a group and of the whole server, with their past."""

from dataclasses import dataclass
from datetime import date

import pytest

from bot.domain.checkin import Answer, Details
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import GroupId, GuildId
from bot.domain.ranking import Metric, Period
from bot.services import checkins, groups, leaderboards
from bot.services.views import Board, BoardQuestion, Person, Wishes
from bot.storage.database import Database
from tests.benchmarks import crowd
from tests.services.town import (
    DAY,
    MONDAY,
    ORGANISER,
    Town,
    found_town,
    somebody,
    wall,
)

SHOWN = Wishes(shown=True)
ADA, BO = somebody(100), somebody(101)


@dataclass
class Twins:
    """Two groups of one server that walk at nearly the same time."""

    early: Town
    late: Town

    async def answer(self, person: Person, town: Town, on: date, minutes: int | None) -> None:
        session = await town.session(on)
        await checkins.answer(
            town.db, person, session.id, Answer.DONE, town.now, Details(minutes=minutes)
        )

    async def live_until(self, on: date, at: str) -> None:
        await self.early.live_until(wall(on, at))
        self.late.now = self.early.now


async def found_twins(db: Database, later_at: str = "07:40") -> Twins:
    early = await found_town(db)
    second = await groups.create(db, ORGANISER, early.now, early.limits, name="Late birds")
    late = Town(db, second.group_id, early.now)
    await early.add_slot("07:30")
    await late.add_slot(later_at)
    return Twins(early, late)


async def server_board(town: Town, metric: Metric, who: Person = ADA) -> Board:
    asked = BoardQuestion(None, True, metric, Period.ALL)
    return await leaderboards.show(town.db, who, asked, town.now)


def values(board: Board) -> dict[str, int]:
    return {one.name: one.value for one in board.ranks}


@pytest.mark.parametrize(("at", "kept", "minutes"), [("07:40", 1, 30), ("07:50", 2, 50)])
async def test_a_walk_of_two_groups_at_the_same_time_counts_once(
    db: Database, at: str, kept: int, minutes: int
) -> None:
    it = await found_twins(db, at)
    for town in (it.early, it.late):
        await town.join(ADA, SHOWN)
    await it.live_until(MONDAY, "08:00")
    await it.answer(ADA, it.early, MONDAY, 20)
    await it.answer(ADA, it.late, MONDAY, 30)
    board = await server_board(it.early, Metric.KEPT)
    assert values(board) == {"Member 100": kept}
    assert (board.total_kept, board.total_minutes) == (kept, minutes)
    assert values(await server_board(it.early, Metric.MINUTES)) == {"Member 100": minutes}


async def test_the_best_streak_of_ones_groups_stands_for_one(db: Database) -> None:
    it = await found_twins(db)
    for town in (it.early, it.late):
        await town.join(ADA, SHOWN)
    for day in range(2):
        await it.live_until(MONDAY + day * DAY, "08:00")
        await it.answer(ADA, it.late, MONDAY + day * DAY, None)
    await it.live_until(MONDAY + 2 * DAY, "04:00")
    assert values(await server_board(it.early, Metric.STREAK)) == {"Member 100": 2}


async def test_what_one_does_where_one_is_hidden_does_not_show(db: Database) -> None:
    it = await found_twins(db, "18:00")
    await it.early.join(ADA, SHOWN)
    await it.late.join(ADA)
    await it.live_until(MONDAY, "19:00")
    await it.answer(ADA, it.early, MONDAY, None)
    await it.answer(ADA, it.late, MONDAY, None)
    board = await server_board(it.early, Metric.KEPT)
    assert values(board) == {"Member 100": 1}
    assert board.own is not None
    assert (board.own.value, board.own_shown) == (1, True)
    assert board.total_kept == 2


async def test_who_is_shown_nowhere_knows_their_own_place_alone(db: Database) -> None:
    it = await found_twins(db)
    await it.early.join(ADA)
    await it.late.join(BO, SHOWN)
    await it.live_until(MONDAY, "08:00")
    await it.answer(ADA, it.early, MONDAY, None)
    await it.answer(BO, it.late, MONDAY, None)
    board = await server_board(it.early, Metric.KEPT)
    assert values(board) == {"Member 101": 1}
    assert board.own is not None
    assert (board.own.rank, board.own_shown) == (1, False)
    assert board.group_name is None


async def test_leavers_and_archived_groups_are_out(db: Database) -> None:
    it = await found_twins(db)
    await it.early.join(ADA, SHOWN)
    await it.late.join(BO, SHOWN)
    await it.live_until(MONDAY, "08:00")
    await it.answer(ADA, it.early, MONDAY, None)
    await it.answer(BO, it.late, MONDAY, None)
    await it.early.leave(ADA)
    await groups.archive(db, ORGANISER, it.late.group_id, it.late.now)
    board = await server_board(it.early, Metric.KEPT)
    assert (board.ranks, board.total_kept) == ((), 0)


async def test_a_server_without_groups_has_an_empty_board(db: Database) -> None:
    asked = BoardQuestion(None, True, Metric.KEPT, Period.WEEK)
    board = await leaderboards.show(db, ADA, asked, wall(MONDAY, "08:00"))
    assert (board.ranks, board.own, board.earlier_on) == ((), None, None)


async def a_town_of_three_weeks(db: Database) -> Town:
    """Ada walks on three Mondays, the last one today."""
    town = await found_town(db)
    await town.join(ADA, SHOWN)
    await town.add_slot("07:30")
    for week in range(3):
        on = MONDAY + 7 * week * DAY
        await town.live_until(wall(on, "08:00"))
        await town.answer(ADA, (await town.session(on)).id, Answer.DONE)
    return town


async def test_past_weeks_are_there_back_to_the_first(db: Database) -> None:
    town = await a_town_of_three_weeks(db)
    seen: list[tuple[date | None, int, bool]] = []
    on: date | None = town.now.date()
    while on is not None:
        asked = BoardQuestion(town.group_id, False, Metric.KEPT, Period.WEEK, on)
        board = await leaderboards.show(db, ADA, asked, town.now)
        seen.append((board.since_on, board.total_kept, board.over))
        on = board.earlier_on
    weeks = [MONDAY + 7 * n * DAY for n in (2, 1, 0)]
    assert seen == [(weeks[0], 1, False), (weeks[1], 1, True), (weeks[2], 1, True)]


@pytest.mark.parametrize(
    ("on", "shown"),
    [(date(2020, 1, 1), MONDAY), (date(2099, 1, 1), MONDAY + 14 * DAY), (date.max, None)],
)
async def test_there_is_no_board_beyond_the_first_week_and_this_one(
    db: Database, on: date, shown: date | None
) -> None:
    town = await a_town_of_three_weeks(db)
    asked = BoardQuestion(town.group_id, False, Metric.KEPT, Period.WEEK, on)
    board = await leaderboards.show(db, ADA, asked, town.now)
    assert board.since_on == (shown or MONDAY + 14 * DAY)


async def test_a_past_month_ends_on_its_last_day(db: Database) -> None:
    town = await found_town(db, wall(date(2026, 3, 30), "05:00"))
    await town.join(ADA, SHOWN)
    await town.add_slot("07:30")
    for on in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)):
        await town.live_until(wall(on, "08:00"))
        await town.answer(ADA, (await town.session(on)).id, Answer.DONE)
    kept = {
        month: (
            await leaderboards.show(
                db,
                ADA,
                BoardQuestion(town.group_id, False, Metric.KEPT, Period.MONTH, month),
                town.now,
            )
        ).total_kept
        for month in (date(2026, 3, 15), date(2026, 4, 15))
    }
    assert kept == {date(2026, 3, 15): 1, date(2026, 4, 15): 2}


async def test_a_group_of_another_server_has_no_board_here(db: Database) -> None:
    town = await found_town(db)
    elsewhere = somebody(1, guild_id=GuildId(999))
    with pytest.raises(NotFound, match="group_not_found"):
        await leaderboards.show(db, elsewhere, BoardQuestion(town.group_id), town.now)
    with pytest.raises(NotFound, match="group_not_found"):
        await leaderboards.show(db, ADA, BoardQuestion(GroupId(2**63)), town.now)


async def test_an_archived_group_has_no_board(db: Database) -> None:
    town = await found_town(db)
    await groups.archive(db, ORGANISER, town.group_id, town.now)
    with pytest.raises(Refused, match="group_archived"):
        await leaderboards.show(db, ADA, BoardQuestion(town.group_id), town.now)


@pytest.mark.parametrize("metric", [Metric.STREAK, Metric.KEPT])
async def test_the_right_ten_stand_on_a_board_of_many(db: Database, metric: Metric) -> None:
    """A fifth of the members never answered: they are filtered out before anything is cut off."""
    await db.write(lambda conn: crowd.found(conn, 1_000, 7, inactive=200))
    reader = Person(crowd.GUILD, crowd.reader(50), "Member 50")
    asked = BoardQuestion(crowd.GROUP, False, metric, Period.ALL)
    board = await leaderboards.show(db, reader, asked, crowd.NOW)
    expected = await db.read(crowd.ranked, metric)
    assert [(one.rank, one.name, one.value) for one in board.ranks] == expected[:10]
    assert len(board.ranks) == 10
