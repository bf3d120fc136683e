"""Answering and undoing: when it may be done, and what it does to what is settled."""

import pytest

from bot.domain.checkin import Answer
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.services import checkins
from bot.services.auditing import audit
from bot.services.views import Person, Receipt, UndoQuestion
from bot.storage import attendances
from bot.storage.database import Database
from tests.services.town import (
    DAY,
    GUILD,
    HOUR,
    MONDAY,
    found_town,
    opened_town,
    somebody,
    wall,
)

SETTLED = wall(MONDAY + DAY, "03:00")


class TestWhen:
    async def test_done_is_too_early_the_day_before(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        tomorrow = await town.session(MONDAY + DAY)
        with pytest.raises(Refused, match="answer_too_early"):
            await town.answer(ada, tomorrow.id, Answer.DONE)

    async def test_rest_can_be_said_the_day_before(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        tomorrow = await town.session(MONDAY + DAY)
        assert (await town.answer(ada, tomorrow.id, Answer.REST)).answer is Answer.REST

    async def test_an_answer_counts_up_to_two_days_after_it_settled(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.live_until(SETTLED + 48 * HOUR)
        await town.answer(ada, session.id, Answer.DONE)
        assert (await town.member(ada)).streak.kept == 1
        assert await audit(db) == []

    async def test_after_that_it_is_too_late(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.live_until(SETTLED + 48 * HOUR + HOUR)
        with pytest.raises(Refused, match="answer_too_late"):
            await town.answer(ada, session.id, Answer.DONE)

    async def test_a_session_called_off_takes_no_answer(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await town.skip(MONDAY + DAY)
        with pytest.raises(Refused, match="session_called_off"):
            await town.answer(ada, (await town.session(MONDAY + DAY)).id, Answer.REST)


class TestWho:
    async def test_a_stranger_is_told_that_they_are_no_member(self, db: Database) -> None:
        town, _, session = await opened_town(db)
        with pytest.raises(NotAllowed, match="not_member"):
            await town.answer(somebody(999), session.id, Answer.DONE)

    async def test_who_left_is_told_so(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.leave(ada)
        with pytest.raises(NotAllowed, match="left_group"):
            await town.answer(ada, session.id, Answer.DONE)

    async def test_a_session_of_another_server_is_not_found(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        elsewhere = Person(type(GUILD)(GUILD + 1), ada.user_id, ada.name)
        with pytest.raises(NotFound, match="session_not_found"):
            await checkins.answer(db, elsewhere, session.id, Answer.DONE, town.now)

    async def test_who_joined_after_it_settled_cannot_answer_it(self, db: Database) -> None:
        town, _, session = await opened_town(db)
        await town.live_until(SETTLED + HOUR)
        late = somebody(200)
        await town.join(late)
        with pytest.raises(NotAllowed, match="joined_after"):
            await town.answer(late, session.id, Answer.DONE)

    async def test_nothing_is_left_behind_by_a_refusal(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        tomorrow = await town.session(MONDAY + DAY)
        with pytest.raises(Refused):
            await town.answer(ada, tomorrow.id, Answer.DONE)
        assert await town.attendance(ada, tomorrow) is None


class TestUndo:
    async def test_it_puts_back_what_was_there_before(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.REST)
        await town.answer(ada, session.id, Answer.DONE)
        await town.undo(ada, session.id)
        row = await town.attendance(ada, session)
        assert row is not None
        assert row.answer is Answer.REST

    async def test_every_change_stays_in_the_history(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.REST)
        await town.answer(ada, session.id, Answer.DONE)
        await town.undo(ada, session.id)
        member = await town.member(ada)
        changes = await db.read(attendances.history, GUILD, member.id, session.id)
        said = [(one.answer, one.undoes) for one in changes]
        assert said == [(Answer.REST, False), (Answer.DONE, False), (Answer.REST, True)]

    async def test_it_asks_before_it_makes_a_miss(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await town.live_until(SETTLED + HOUR)
        assert isinstance(await town.undo(ada, session.id), UndoQuestion)
        assert (await town.member(ada)).streak.kept == 1

    async def test_once_sure_it_is_a_miss(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await town.live_until(SETTLED + HOUR)
        await town.undo(ada, session.id, sure=True)
        assert (await town.member(ada)).streak.misses == 1
        assert await audit(db) == []

    async def test_it_does_not_ask_a_late_joiner_who_can_miss_nothing(self, db: Database) -> None:
        town, _, session = await opened_town(db)
        late = somebody(200)
        town.now += HOUR
        await town.join(late)
        await town.answer(late, session.id, Answer.DONE)
        await town.live_until(SETTLED + HOUR)
        assert not isinstance(await town.undo(late, session.id), UndoQuestion)
        assert (await town.member(late)).streak.misses == 0

    async def test_it_takes_back_the_latest_change_though_the_clock_was_set_back(
        self, db: Database
    ) -> None:
        town, (ada,), session = await opened_town(db)
        town.now += HOUR
        await town.answer(ada, session.id, Answer.DONE)
        town.now -= HOUR / 2
        await town.answer(ada, session.id, Answer.REST)
        town.now += HOUR
        receipt = await town.undo(ada, session.id)
        assert isinstance(receipt, Receipt)
        assert receipt.answer is Answer.DONE

    async def test_with_nothing_to_undo_it_says_so(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        with pytest.raises(Refused, match="nothing_to_undo"):
            await town.undo(ada, session.id)


class TestReturning:
    async def test_back_within_thirty_days_everything_is_as_it_was(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await town.live_until(SETTLED + HOUR)
        await town.leave(ada)
        await town.live_until(town.now + 10 * DAY)
        await town.join(ada)
        streak = (await town.member(ada)).streak
        assert (streak.current, streak.misses) == (1, 0)
        assert await audit(db) == []

    async def test_later_it_is_a_fresh_start(self, db: Database) -> None:
        town = await found_town(db)
        ada = somebody(100)
        await town.join(ada)
        before = await town.member(ada)
        await town.leave(ada)
        town.now += 31 * DAY
        await town.join(ada)
        assert (await town.member(ada)).id != before.id

    async def test_it_asks_before_a_rest_comes_back_that_would_be_a_miss(
        self, db: Database
    ) -> None:
        town, (ada,), monday = await opened_town(db)
        await town.answer(ada, monday.id, Answer.REST)
        await town.live_until(wall(MONDAY + DAY, "08:00"))
        tuesday = await town.session(MONDAY + DAY)
        await town.answer(ada, tuesday.id, Answer.REST)
        await town.answer(ada, tuesday.id, Answer.DONE)
        await town.live_until(SETTLED + DAY + HOUR)
        assert isinstance(await town.undo(ada, tuesday.id), UndoQuestion)
        assert (await town.member(ada)).streak.current == 1

    async def test_a_second_press_of_the_same_button_takes_nothing_more_back(
        self, db: Database
    ) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.PARTLY)
        shown = await town.answer(ada, session.id, Answer.DONE)
        await checkins.undo(db, ada, session.id, town.now, seen=shown.changes)
        with pytest.raises(Refused, match="undo_stale"):
            await checkins.undo(db, ada, session.id, town.now, seen=shown.changes)
        row = await town.attendance(ada, session)
        assert row is not None
        assert row.answer is Answer.PARTLY


async def test_an_answer_by_direct_message_keeps_the_name_known_in_the_server(
    db: Database,
) -> None:
    town, (ada,), session = await opened_town(db)
    before = (await town.member(ada)).name
    await town.answer(Person(ada.guild_id, ada.user_id, ""), session.id, Answer.DONE)
    assert (await town.member(ada)).name == before
