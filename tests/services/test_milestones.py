"""Milestones: granted with an answer, once, and shown where their members agreed to it."""

from datetime import date

from bot.domain.checkin import Answer, Details
from bot.domain.milestones import Milestone, Reached
from bot.services import checkins, joining, prompts
from bot.services.views import Honour, Person, Receipt, Tally, Wishes
from bot.storage.database import Database
from bot.storage.sessions import Session
from tests.services import oracle
from tests.services.town import DAY, GUILD, HOUR, MONDAY, Town, opened_town, wall

NAMED = Wishes(named=True)
FIRST = Reached(Milestone.KEPT, 1)


async def walked(town: Town, person: Person, day: int, said: Answer = Answer.DONE) -> Receipt:
    """Answer the session of the `day`th day at eight."""
    await town.live_until(wall(MONDAY + day * DAY, "08:00"))
    session = await town.session(MONDAY + day * DAY)
    return await town.answer(person, session.id, said)


async def tally(town: Town, session: Session) -> Tally:
    facts = await prompts.facts(town.db, GUILD, session.id, town.now)
    assert facts is not None
    return facts.tally


async def details(town: Town, person: Person, session: Session, minutes: int) -> Receipt:
    given = Details(minutes=minutes)
    return await checkins.answer(town.db, person, session.id, Answer.DONE, town.now, given)


class TestGranting:
    async def test_the_first_session_is_told_with_its_answer(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        assert (await town.answer(ada, session.id, Answer.PARTLY)).milestones == (FIRST,)

    async def test_an_answer_that_keeps_nothing_reaches_nothing(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        said = [await town.answer(ada, session.id, one) for one in (Answer.REST, Answer.SORE)]
        assert [one.milestones for one in said] == [(), ()]

    async def test_the_seventh_is_told_though_the_sixth_has_not_settled(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await town.add_slot("07:45")
        told = [(await walked(town, ada, day)).milestones for day in range(6)]
        evening = (await town.sessions(MONDAY + 5 * DAY))[1]
        last = await town.answer(ada, evening.id, Answer.DONE)
        assert (told, last.milestones) == (
            [(FIRST,), (), (), (), (), ()],
            (Reached(Milestone.KEPT, 7),),
        )

    async def test_pressing_twice_tells_it_once(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        assert (await town.answer(ada, session.id, Answer.DONE)).milestones == ()

    async def test_undo_and_redo_do_not_grant_it_again(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        undone = await town.undo(ada, session.id)
        again = await town.answer(ada, session.id, Answer.DONE)
        assert isinstance(undone, Receipt)
        assert (undone.milestones, again.milestones) == ((), ())

    async def test_another_session_in_its_place_does_not_grant_it_again(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await town.undo(ada, session.id)
        assert (await walked(town, ada, 1)).milestones == ()

    async def test_thirty_minutes_in_one_go_count_when_they_are_said(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        receipts = [await details(town, ada, session, minutes) for minutes in (25, 31, 45)]
        assert [one.milestones for one in receipts] == [(), (Reached(Milestone.IN_ONE_GO),), ()]

    async def test_a_late_answer_to_a_settled_session_counts(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.live_until(wall(MONDAY + DAY, "04:00"))
        assert (await town.answer(ada, session.id, Answer.DONE)).milestones == (FIRST,)


class TestComingBack:
    async def test_the_first_session_after_two_weeks_is_a_return(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        back = await walked(town, ada, 14)
        assert back.milestones == (Reached(Milestone.BACK, session.id),)

    async def test_after_thirteen_days_it_is_not(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        assert (await walked(town, ada, 13)).milestones == ()

    async def test_in_a_group_that_meets_rarely_nobody_has_been_away(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        slot_id = (await town.session(MONDAY)).slot_id
        await town.answer(ada, (await town.session(MONDAY)).id, Answer.DONE)
        await town.remove_slot(slot_id)
        await town.add_slot("07:30", frozenset({0}), every_weeks=3, first_on=date(2026, 3, 23))
        assert (await walked(town, ada, 21)).milestones == ()

    async def test_a_break_is_ended_once(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await walked(town, ada, 15)
        again = await town.session(MONDAY + 15 * DAY)
        await town.undo(ada, again.id)
        assert (await walked(town, ada, 16)).milestones == ()

    async def test_an_earlier_one_logged_afterwards_is_no_second_return(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await walked(town, ada, 16)
        earlier = await town.session(MONDAY + 15 * DAY)
        assert (await town.answer(ada, earlier.id, Answer.DONE)).milestones == ()


class TestTheTally:
    async def test_it_names_who_agreed(self, db: Database) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        await town.join(bo, NAMED)
        for person in (ada, bo):
            await town.answer(person, session.id, Answer.DONE)
        assert (await tally(town, session)).honours == (Honour(bo.name, FIRST),)

    async def test_an_undo_takes_the_line_away_and_a_redo_brings_it_back(
        self, db: Database
    ) -> None:
        town, (ada,), session = await opened_town(db, wishes=NAMED)
        shown: list[int] = []
        await town.answer(ada, session.id, Answer.DONE)
        shown.append(len((await tally(town, session)).honours))
        await town.undo(ada, session.id)
        shown.append(len((await tally(town, session)).honours))
        await town.answer(ada, session.id, Answer.PARTLY)
        shown.append(len((await tally(town, session)).honours))
        assert shown == [1, 0, 1]

    async def test_minutes_that_are_taken_back_take_the_line_away(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db, wishes=NAMED)
        await details(town, ada, session, 30)
        await details(town, ada, session, 12)
        assert (await tally(town, session)).honours == (Honour(ada.name, FIRST),)

    async def test_consent_that_is_taken_back_takes_the_line_away(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db, wishes=NAMED)
        await town.answer(ada, session.id, Answer.DONE)
        await town.join(ada, Wishes())
        assert (await tally(town, session)).honours == ()

    async def test_who_left_is_not_shown(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db, wishes=NAMED)
        await town.answer(ada, session.id, Answer.DONE)
        await town.leave(ada)
        assert (await tally(town, session)).honours == ()

    async def test_another_days_tally_does_not_tell_it(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db, wishes=NAMED)
        await town.answer(ada, session.id, Answer.DONE)
        await walked(town, ada, 1)
        assert (await tally(town, await town.session(MONDAY + DAY))).honours == ()


class TestTogether:
    async def test_a_thousand_minutes_are_told_with_the_session_that_brought_them(
        self, db: Database
    ) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        await details(town, ada, session, 600)
        await details(town, bo, session, 399)
        await town.live_until(wall(MONDAY + DAY, "08:00"))
        tuesday = await town.session(MONDAY + DAY)
        await details(town, bo, tuesday, 1)
        await town.live_until(wall(MONDAY + 2 * DAY, "08:00"))
        told = [(await tally(town, one)).together for one in (session, tuesday)]
        assert told == [None, 1000]

    async def test_the_same_thousand_is_not_told_twice(self, db: Database) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        for person in (ada, bo):
            await details(town, person, session, 600)
        await town.live_until(wall(MONDAY + 2 * DAY, "08:00"))
        days = [await town.session(MONDAY + day * DAY) for day in range(2)]
        assert [(await tally(town, one)).together for one in days] == [1000, None]

    async def test_who_left_has_had_a_part_in_it(self, db: Database) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        for person in (ada, bo):
            await details(town, person, session, 600)
        await town.leave(bo)
        await town.live_until(wall(MONDAY + DAY, "08:00"))
        assert (await tally(town, session)).together == 1000


async def test_a_fresh_start_begins_anew(db: Database) -> None:
    town, (ada, _), session = await opened_town(db, 2)
    await town.answer(ada, session.id, Answer.DONE)
    await town.leave(ada)
    town.now += joining.RETURN_WITHIN + HOUR
    await town.join(ada)
    day = (town.now - wall(MONDAY, "00:00")).days + 1
    assert (await walked(town, ada, day)).milestones == (FIRST,)
    await oracle.check(db)
