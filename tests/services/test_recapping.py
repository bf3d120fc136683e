"""The recap: when it is planned, what it says, of whom, and what it takes along."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.domain.checkin import Answer, Details
from bot.domain.encouragement import Reach
from bot.domain.errors import NotAllowed, Refused
from bot.domain.milestones import Milestone, Reached
from bot.domain.moment import Moment, MomentKind, MomentState
from bot.domain.recap import WeekKind
from bot.services import checkins, claims, encouraging, groups, recapping
from bot.services.views import Honour, Person, RecapPost, Wishes
from bot.storage import groups as stored_groups
from bot.storage import moments, tables
from bot.storage.database import Database
from bot.ui.words import words_in
from tests.services.town import (
    DAY,
    GUILD,
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

NAMED = Wishes(named=True)
SHOWN = Wishes(shown=True)
WEEKDAYS = frozenset(range(5))
NEXT = MONDAY + 7 * DAY
AFTER = NEXT + 7 * DAY
FAMILIES = words_in().families()
SUBJECT = MONDAY.toordinal()
FIVE_MINUTES = timedelta(minutes=5)


async def walk(town: Town, person: Person, *days: int, minutes: int | None = None) -> None:
    """Keep the first session of each of these days at eight, and let everything else be."""
    for day in days:
        await town.live_until(wall(MONDAY + day * DAY, "08:00"))
        session = await town.session(MONDAY + day * DAY)
        details = Details(minutes=minutes)
        await checkins.answer(town.db, person, session.id, Answer.DONE, town.now, details)


async def due(town: Town, on: date = NEXT, at: str = "09:00") -> dict[MomentKind, Moment]:
    """Let everything happen up to the recap's minute, and claim what is due in it."""
    instant = wall(on, at)
    await town.live_until(instant - timedelta(minutes=1))
    town.now = instant
    return {one.kind: one for one in await claims.take(town.db, claimant(), town.now, MANY)}


async def told(town: Town, moment: Moment) -> RecapPost | str:
    return await recapping.prepare(town.db, moment, FAMILIES, town.now)


async def recap(town: Town, on: date = NEXT) -> RecapPost:
    facts = await told(town, (await due(town, on))[MomentKind.RECAP])
    assert isinstance(facts, RecapPost), facts
    return facts


async def edit(town: Town, recap: str, person: Person = ORGANISER) -> None:
    await groups.edit(town.db, person, town.group_id, groups.Edit(recap=recap), town.now)


class TestPlanning:
    async def test_it_is_planned_with_its_week(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot()
        found = await town.moment(MomentKind.RECAP, SUBJECT)
        assert found == (MomentState.DUE, wall(NEXT, "09:00"))

    async def test_a_group_that_wants_none_gets_none(self, db: Database) -> None:
        town = await found_town(db)
        await edit(town, "off")
        await town.add_slot()
        assert await town.moment(MomentKind.RECAP, SUBJECT) is None

    async def test_moving_it_moves_what_is_planned(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot()
        await edit(town, "Friday 18:30")
        found = await town.moment(MomentKind.RECAP, SUBJECT)
        assert found == (MomentState.DUE, wall(NEXT + 4 * DAY, "18:30"))

    async def test_what_is_claimed_is_not_moved(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, 0)
        await due(town)
        await edit(town, "Friday 18:30")
        found = await town.moment(MomentKind.RECAP, SUBJECT)
        assert found == (MomentState.CLAIMED, wall(NEXT, "09:00"))

    async def test_turning_it_off_takes_it_away_and_on_brings_it_back(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot()
        await edit(town, "off")
        assert await town.moment(MomentKind.RECAP, SUBJECT) is None
        await edit(town, "Monday 09:00")
        assert await town.moment(MomentKind.RECAP, SUBJECT) is not None

    async def test_a_week_whose_time_is_past_is_not_told_of_when_it_is_turned_on(
        self, db: Database
    ) -> None:
        town = await found_town(db)
        await edit(town, "off")
        await town.add_slot()
        await town.live_until(wall(NEXT, "12:00"))
        await edit(town, "Monday 09:00")
        found = [await town.moment(MomentKind.RECAP, on.toordinal()) for on in (MONDAY, NEXT)]
        assert found == [None, (MomentState.DUE, wall(AFTER, "09:00"))]

    async def test_only_organisers_move_it(self, db: Database) -> None:
        town = await found_town(db)
        await town.join(somebody(100))
        with pytest.raises(NotAllowed, match="not_organiser"):
            await edit(town, "off", somebody(100))

    async def test_what_is_no_time_is_refused(self, db: Database) -> None:
        town = await found_town(db)
        with pytest.raises(Refused, match="recap_invalid"):
            await edit(town, "now and then")

    async def test_the_group_says_when_it_comes(self, db: Database) -> None:
        town = await found_town(db)
        await edit(town, "sun 20:00")
        view = await groups.show(db, ORGANISER, town.group_id, town.now)
        assert view.recap is not None
        assert (view.recap.weekday, view.recap.at.hour) == (6, 20)

    async def test_one_that_is_off_keeps_its_time_of_day(self, db: Database) -> None:
        town = await found_town(db)
        await edit(town, "sun 20:00")
        await edit(town, "off")
        table = tables.groups
        row = await db.read(lambda conn: conn.execute(table.select()).one())
        assert (row.recap_on, row.recap_at.hour) == (None, 20)
        group = await db.read(stored_groups.fetch, GUILD, town.group_id)
        assert group.rhythm.recap is None


class TestWhen:
    async def test_it_waits_until_its_week_is_closed(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, 0, 6)
        await town.set_rhythm(settle_at=wall(MONDAY, "03:00").time())
        moment = (await due(town))[MomentKind.RECAP]
        later = wall(NEXT, "12:00")
        await db.write(
            lambda conn: (
                conn.execute(
                    tables.moments.update()
                    .where(
                        tables.moments.c.kind == MomentKind.WEEK,
                        tables.moments.c.subject == SUBJECT,
                    )
                    .values(state=MomentState.DUE, due_at=later)
                ).rowcount
            )
        )
        assert await told(town, moment) == claims.PUT_OFF
        found = await town.moment(MomentKind.RECAP, SUBJECT)
        assert found == (MomentState.DUE, town.now + FIVE_MINUTES)

    async def test_it_waits_for_the_end_of_quiet_hours(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, 0)
        moment = (await due(town))[MomentKind.RECAP]
        town.now = wall(NEXT, "23:00")
        assert await told(town, moment) == claims.PUT_OFF
        found = await town.moment(MomentKind.RECAP, SUBJECT)
        assert found == (MomentState.DUE, wall(NEXT + DAY, "07:00"))

    async def test_of_two_that_are_overdue_only_the_newer_is_told(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await edit(town, "off")
        await walk(town, ada, 0, 8)
        await town.live_until(wall(AFTER, "08:00"))
        dues = [(MomentKind.RECAP, on.toordinal(), wall(AFTER, "08:00")) for on in (MONDAY, NEXT)]
        await db.write(moments.plan, GUILD, town.group_id, dues)
        await town.set_rhythm(recap_on=0)
        found = await claims.take(db, claimant(), town.now, MANY)
        recaps = [one for one in found if one.kind is MomentKind.RECAP]
        facts = [await told(town, one) for one in sorted(recaps, key=lambda one: one.id)]
        assert facts[0] == "newer_one"
        assert isinstance(facts[1], RecapPost)


class TestWhatForNothing:
    async def test_a_week_without_a_session_has_none(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, 0)
        await town.live_until(wall(NEXT, "07:00"))
        for day in range(7, 14):
            await town.skip(MONDAY + day * DAY)
        moment = (await due(town, AFTER))[MomentKind.RECAP]
        assert await told(town, moment) == "no_session"

    async def test_a_group_in_which_nobody_has_answered_for_two_weeks_is_left_in_peace(
        self, db: Database
    ) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, 0)
        second = await due(town, AFTER)
        assert await told(town, second[MomentKind.RECAP]) == "quiet_group"

    async def test_it_is_told_while_the_last_answer_is_younger(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, 2)
        assert (await recap(town, AFTER)).kind is WeekKind.CALM

    async def test_nothing_is_told_where_it_was_turned_off_meanwhile(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, 0)
        moment = (await due(town))[MomentKind.RECAP]
        await edit(town, "off")
        assert await told(town, moment) == "off"


class TestWhatItSays:
    async def test_it_sums_up_the_week(self, db: Database) -> None:
        town, (ada, bo), _ = await opened_town(db, 2)
        await walk(town, ada, 0)
        await walk(town, bo, 0, 2, minutes=35)
        facts = await recap(town)
        assert (facts.sessions, facts.came, facts.minutes) == (7, 3, 20 + 70)
        assert facts.everyone_on == (MONDAY,)
        assert facts.next_starts_at == wall(NEXT + DAY, "07:30")

    async def test_a_week_in_which_everybody_came_is_a_full_one(self, db: Database) -> None:
        town = await found_town(db)
        (ada,) = await town.crowd(1)
        await town.add_slot("07:30", WEEKDAYS)
        await walk(town, ada, *range(5), *range(7, 12))
        await town.live_until(wall(NEXT, "08:00"))
        facts = await recap(town, AFTER)
        assert facts.kind is WeekKind.FULL

    async def test_its_kind_is_first_in_the_first_week(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, *range(5))
        facts = await recap(town)
        assert facts.kind is WeekKind.FIRST
        assert facts.wording.startswith("recap.first.")

    async def test_it_names_who_met_their_goal_and_agreed(self, db: Database) -> None:
        town, (ada, bo, cy), _ = await opened_town(db, 3)
        for person in (ada, cy):
            await town.join(person, NAMED)
        for day in range(3):
            await walk(town, ada, day)
            await walk(town, bo, day)
        assert (await recap(town)).met_goal == (ada.name,)

    async def test_it_tells_the_weeks_milestones(self, db: Database) -> None:
        town, (ada, bo), _ = await opened_town(db, 2)
        await town.join(ada, NAMED)
        await walk(town, ada, 0)
        await walk(town, bo, 0)
        expected = (Honour(ada.name, Reached(Milestone.KEPT, 1)),)
        assert (await recap(town)).honours == expected

    async def test_who_left_or_took_consent_back_is_not_in_it(self, db: Database) -> None:
        town, (ada, bo), _ = await opened_town(db, 2, wishes=NAMED)
        for day in range(3):
            await walk(town, ada, day)
            await walk(town, bo, day)
        await town.join(ada, Wishes())
        await town.leave(bo)
        facts = await recap(town)
        assert (facts.met_goal, facts.honours) == ((), ())

    async def test_a_thousand_minutes_together_are_told(self, db: Database) -> None:
        town, (ada, bo), _ = await opened_town(db, 2)
        await walk(town, ada, 0, minutes=600)
        await walk(town, bo, 0, minutes=600)
        assert (await recap(town)).together == 1000

    async def test_words_do_not_repeat_before_all_were_used(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        said: list[str] = []
        for week in range(4):
            await walk(town, ada, 7 * week)
            facts = await recap(town, MONDAY + 7 * (week + 1) * DAY)
            said.append(facts.wording)
            assert facts.kind is WeekKind.CALM
        assert len(set(said)) == 4

    async def test_a_repeat_says_the_same(self, db: Database) -> None:
        town, (ada, _), _ = await opened_town(db, 2, wishes=NAMED)
        await walk(town, ada, 0, 6)
        moment = (await due(town))[MomentKind.RECAP]
        first = await told(town, moment)
        town.now += timedelta(minutes=1)
        again = await claims_again(town, moment)
        assert isinstance(first, RecapPost)
        assert first.encouragement is not None
        assert await told(town, again) == first
        assert first.encouragement.names == ()  # It is not edited when somebody answers later.


async def claims_again(town: Town, moment: Moment) -> Moment:
    """Return a moment as a process claims it that takes it over."""
    await claims.try_again(town.db, moment, town.now)
    town.now += timedelta(minutes=1)
    found = await claims.take(town.db, claimant("other"), town.now, MANY)
    return next(one for one in found if one.id == moment.id)


class TestTheEncouragement:
    async def test_it_goes_with_the_recap_and_no_more_by_itself(self, db: Database) -> None:
        town, (ada, _), _ = await opened_town(db, 2)
        await walk(town, ada, 0, 6)
        found = await due(town)
        facts = await told(town, found[MomentKind.RECAP])
        assert isinstance(facts, RecapPost)
        assert facts.encouragement is not None
        own = found[MomentKind.ENCOURAGE]
        assert await encouraging.prepare(db, own, FAMILIES, town.now) == encouraging.WITH_RECAP
        state = await town.moment(MomentKind.ENCOURAGE, own.subject)
        assert state is not None
        assert state[0] is MomentState.SKIPPED

    async def test_one_that_is_due_later_that_day_goes_with_it_too(self, db: Database) -> None:
        town, (ada, _), _ = await opened_town(db, 2)
        await edit(town, "Monday 08:00")
        await walk(town, ada, 0, 6)
        found = await due(town, NEXT, "08:00")
        facts = await told(town, found[MomentKind.RECAP])
        assert isinstance(facts, RecapPost)
        assert facts.encouragement is not None

    async def test_it_waits_for_a_recap_that_comes_later_that_day(self, db: Database) -> None:
        town, (ada, _), _ = await opened_town(db, 2)
        await edit(town, "Monday 18:00")
        await walk(town, ada, 0, 6)
        own = (await due(town))[MomentKind.ENCOURAGE]
        assert await encouraging.prepare(db, own, FAMILIES, town.now) == claims.PUT_OFF
        found = await town.moment(MomentKind.ENCOURAGE, own.subject)
        assert found == (MomentState.DUE, wall(NEXT, "18:00"))

    async def test_it_does_not_wait_for_one_of_another_day(self, db: Database) -> None:
        town, (ada, _), _ = await opened_town(db, 2)
        await edit(town, "Tuesday 09:00")
        await walk(town, ada, 0, 6)
        own = (await due(town))[MomentKind.ENCOURAGE]
        facts = await encouraging.prepare(db, own, FAMILIES, town.now)
        assert not isinstance(facts, str)

    async def test_one_that_may_stand_there_already_is_left_to_itself(self, db: Database) -> None:
        town, (ada, _), _ = await opened_town(db, 2)
        await walk(town, ada, 0, 6)
        found = await due(town)
        own = found[MomentKind.ENCOURAGE]
        channel_id = (await town.session(MONDAY)).channel_id
        assert channel_id is not None
        await claims.begin_sending(db, own, channel_id, claimant(), town.now)
        facts = await told(town, found[MomentKind.RECAP])
        assert isinstance(facts, RecapPost)
        assert facts.encouragement is None

    async def test_when_all_have_answered_meanwhile_there_is_none(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, 0)
        found = await due(town)
        sunday = await town.session(MONDAY + 6 * DAY)
        await town.answer(ada, sunday.id, Answer.DONE)
        facts = await told(town, found[MomentKind.RECAP])
        assert isinstance(facts, RecapPost)
        assert facts.encouragement is None

    async def test_letters_are_written_all_the_same(self, db: Database) -> None:
        town, (ada, bo), _ = await opened_town(db, 2)
        await town.join(bo, Wishes(reach=Reach.DM))
        await walk(town, ada, 0, 6)
        found = await due(town)
        await told(town, found[MomentKind.RECAP])
        town.now += timedelta(minutes=1)
        letters = await claims.take(db, claimant(), town.now, MANY)
        assert [one.kind for one in letters] == [MomentKind.ENCOURAGE_DM]


class TestBoard:
    async def test_it_has_the_weeks_sessions_of_those_who_are_shown(self, db: Database) -> None:
        town, (ada, bo, cy), _ = await opened_town(db, 3, wishes=SHOWN)
        await town.join(cy, Wishes(shown=False))
        await walk(town, ada, 0, 1, 2)
        await walk(town, bo, 3)
        await walk(town, cy, 4, 5)
        board = (await recap(town)).board
        assert board is not None
        assert [(one.rank, one.value) for one in board.ranks] == [(1, 3), (2, 1)]
        assert (board.since_on, board.over, board.own) == (MONDAY, True, None)

    async def test_its_totals_are_those_of_the_words(self, db: Database) -> None:
        town, (ada, bo), _ = await opened_town(db, 2, wishes=SHOWN)
        await walk(town, ada, 0, 1)
        await walk(town, bo, 2)
        await town.leave(bo)
        facts = await recap(town)
        assert facts.board is not None
        assert (facts.came, facts.minutes) == (3, 60)
        assert (facts.board.total_kept, facts.board.total_minutes) == (3, 60)

    async def test_without_anybody_to_show_there_is_none(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await walk(town, ada, 0)
        assert (await recap(town)).board is None

    async def test_who_stands_on_it_is_kept_with_the_message(self, db: Database) -> None:
        town, (ada, _), _ = await opened_town(db, 2, wishes=SHOWN)
        await walk(town, ada, 0)
        facts = await recap(town)
        query = select(tables.mentions.c.user_id).where(
            tables.mentions.c.moment_id == facts.moment_id
        )
        found = await db.read(lambda conn: list(conn.execute(query).scalars()))
        assert found == [ada.user_id]
