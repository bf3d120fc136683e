"""Queries with what nobody should send: empty lists, huge ids, crowds."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.domain.checkin import Answer
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import GroupId, GuildId, SessionId
from bot.domain.moment import MomentKind, MomentState
from bot.domain.shards import Shards
from bot.services import checkins, groups, joining, leaderboards, schedules
from bot.services.views import BoardQuestion, Person
from bot.storage import attendances, boards, memberships, moments, sessions, slots, tables
from bot.storage.database import Database
from tests.services.town import (
    DAY,
    GUILD,
    LEASE,
    MONDAY,
    found_town,
    opened_town,
    somebody,
    wall,
)

ALONE = Shards.of(1)
NO_TIME = timedelta(0)
HUGE = [2**63, 10**20 - 1]


class TestIdsThatAreNone:
    """The ids of a custom id are claims: twenty digits fit into it, not into a column."""

    @pytest.mark.parametrize("number", HUGE)
    async def test_an_answer_to_one_is_refused_kindly(self, db: Database, number: int) -> None:
        town, (ada,), _ = await opened_town(db)
        with pytest.raises(NotFound, match="session_not_found"):
            await checkins.answer(db, ada, SessionId(number), Answer.DONE, town.now)

    @pytest.mark.parametrize("number", HUGE)
    async def test_an_undo_of_one_is_refused_kindly(self, db: Database, number: int) -> None:
        town, (ada,), _ = await opened_town(db)
        with pytest.raises(NotFound, match="session_not_found"):
            await checkins.undo(db, ada, SessionId(number), town.now)

    @pytest.mark.parametrize("number", HUGE)
    async def test_a_group_of_one_is_refused_kindly(self, db: Database, number: int) -> None:
        town, (ada,), _ = await opened_town(db)
        with pytest.raises(NotFound, match="group_not_found"):
            await joining.invite(db, ada, GroupId(number), town.now)

    @pytest.mark.parametrize("number", HUGE)
    async def test_a_server_of_one_is_refused_kindly(self, db: Database, number: int) -> None:
        town, (ada,), session = await opened_town(db)
        stranger = Person(GuildId(number), ada.user_id, ada.name)
        with pytest.raises(NotFound):
            await checkins.answer(db, stranger, session.id, Answer.DONE, town.now)

    async def test_a_group_named_by_a_huge_number_is_not_found(self, db: Database) -> None:
        town = await found_town(db)
        with pytest.raises(NotFound, match="group_not_found"):
            await groups.named(town.db, somebody(1), "9" * 19)


class TestNothingToLookFor:
    async def test_empty_lists_find_nothing(self, db: Database) -> None:
        town = await found_town(db)
        assert await db.read(attendances.of_sessions, GUILD, []) == []
        assert await db.read(memberships.pauses_of, GUILD, [], MONDAY) == []
        assert await db.read(boards.sums, GUILD, [], boards.Days()) == {}
        await db.write(moments.drop, GUILD, town.group_id, [], [])
        await db.write(slots.set_planned_through, GUILD, [], MONDAY)
        await db.write(memberships.save_streaks, GUILD, [])
        await db.write(sessions.plan, [])
        await db.write(moments.plan, GUILD, town.group_id, [])

    async def test_a_board_of_a_group_without_members_is_empty(self, db: Database) -> None:
        town = await found_town(db)
        board = await leaderboards.show(db, somebody(1), BoardQuestion(town.group_id), town.now)
        assert board.ranks == ()

    async def test_a_session_of_a_group_without_members_settles(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        await town.live_until(wall(MONDAY + DAY, "03:00"))
        assert (await town.session(MONDAY)).state == "settled"


class TestCrowds:
    async def test_thousands_of_moments_are_claimed_in_order_each_once(self, db: Database) -> None:
        town = await found_town(db)
        dues = [
            (MomentKind.NUDGE, 700_000 + number, town.now + timedelta(seconds=number))
            for number in range(5_000)
        ]
        await db.write(moments.plan, GUILD, town.group_id, dues)
        later = town.now + 2 * DAY
        until = later + LEASE
        taken: list[int] = []
        while batch := await db.write(
            moments.claim, ALONE, NO_TIME, by="one", now=later, until=until, limit=1_000
        ):
            taken += [moment.subject for moment in batch]
        assert taken == [subject for _, subject, _ in dues]

    async def test_a_group_as_large_as_can_be_is_looked_up_at_once(self, db: Database) -> None:
        town = await found_town(db)
        rows = [
            {
                "guild_id": GUILD,
                "id": 10_000 + number,
                "group_id": town.group_id,
                "user_id": 10_000 + number,
                "name": "Ada",
                "joined_at": town.now,
                "note_read_at": town.now,
                "reach": "channel",
                "goal": 3,
                "last_sign_at": town.now,
            }
            for number in range(5_000)
        ]
        await db.write(lambda conn: conn.execute(insert(tables.memberships), rows).rowcount)
        await town.add_slot("07:30")
        members = await db.read(memberships.of_group, GUILD, town.group_id)
        ids = [member.id for member in members]
        assert await db.read(memberships.pauses_of, GUILD, ids, MONDAY) == []
        sums = await db.read(boards.sums, GUILD, [town.group_id], boards.Days())
        assert sums == dict.fromkeys(ids, boards.Sums())
        sessions_of_all_time = [SessionId(number) for number in range(12_000)]
        assert await db.read(boards.walks, GUILD, sessions_of_all_time, ids) == []


class TestEnding:
    async def test_what_has_ended_is_not_put_off(self, db: Database) -> None:
        town = await found_town(db)
        await db.write(moments.plan, GUILD, town.group_id, [(MomentKind.NUDGE, 700_000, town.now)])
        (moment,) = await db.write(
            moments.claim, ALONE, NO_TIME, by="one", now=town.now, until=town.now + LEASE, limit=9
        )
        await db.write(moments.finish, GUILD, moment.id, MomentState.SENT, town.now)
        await db.write(moments.put_off, GUILD, moment.id, town.now + DAY)
        found = await town.moment(MomentKind.NUDGE, 700_000)
        assert found is not None
        assert found[0] is MomentState.SENT


class TestNames:
    @pytest.mark.parametrize("name", ["a\x00b", "a\ud800b"])
    async def test_a_group_name_that_cannot_be_kept_as_it_is_is_cleaned(
        self, db: Database, name: str
    ) -> None:
        town = await found_town(db)
        made = await groups.create(db, somebody(1), town.now, town.limits, name=name)
        assert made.name == "ab"

    async def test_a_group_name_of_nothing_is_refused(self, db: Database) -> None:
        town = await found_town(db)
        with pytest.raises(Refused, match="group_name_empty"):
            await groups.create(db, somebody(1), town.now, town.limits, name="\x00")

    @pytest.mark.parametrize("name", ["a\x00b", "a\ud800b", "x" * 500])
    async def test_a_member_of_any_name_can_join(self, db: Database, name: str) -> None:
        town = await found_town(db)
        ada = Person(GUILD, somebody(5).user_id, name)
        await town.join(ada)
        assert (await town.member(ada)).name != ""

    async def test_a_name_of_sixty_letters_that_grow_in_lower_case_fits(self, db: Database) -> None:
        town = await found_town(db)
        made = await groups.create(db, somebody(1), town.now, town.limits, name="ΐ" * 60)
        assert await schedules.show(db, somebody(1), made.group_id, town.now)
