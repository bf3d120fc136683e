"""A group's days off: ranges, pauses of the whole group, and meeting after all."""

from datetime import date, time

import pytest
from sqlalchemy import Connection, select

from bot.domain.checkin import Answer, SessionState
from bot.domain.errors import NotAllowed, Refused
from bot.domain.ids import GuildId, MessageId
from bot.domain.moment import MomentKind, MomentState
from bot.services import claims, holidays, logbook, prompts, schedules
from bot.services.views import DaysBack, DaysOff, LoggedDays
from bot.storage import tables
from bot.storage.database import Database
from tests.services import oracle
from tests.services.town import (
    CHANNEL,
    DAY,
    GUILD,
    HOUR,
    MONDAY,
    ORGANISER,
    Town,
    claimant,
    found_town,
    opened_town,
    somebody,
    wall,
)

TUESDAY, WEDNESDAY, SUNDAY = MONDAY + DAY, MONDAY + 2 * DAY, MONDAY + 6 * DAY


async def skip(town: Town, first_on: date, last_on: date) -> DaysOff:
    return await holidays.skip(town.db, ORGANISER, town.group_id, first_on, last_on, town.now)


async def resume(town: Town, first_on: date, last_on: date) -> DaysBack:
    return await holidays.resume(town.db, ORGANISER, town.group_id, first_on, last_on, town.now)


async def pause(town: Town, until_on: date) -> DaysOff:
    return await holidays.pause(town.db, ORGANISER, town.group_id, until_on, town.now)


async def end_pause(town: Town) -> DaysBack:
    return await holidays.end_pause(town.db, ORGANISER, town.group_id, town.now)


async def days_off(town: Town) -> tuple[date, ...]:
    return (await schedules.show(town.db, ORGANISER, town.group_id, town.now)).skipped_on


async def keys(town: Town) -> list[tuple[object, ...]]:
    """Every session and every moment, by what makes it the one it is."""

    def read(conn: Connection) -> list[tuple[object, ...]]:
        one, other = tables.sessions.c, tables.moments.c
        planned = conn.execute(select(one.slot_id, one.due_on, one.state, one.starts_at))
        due = conn.execute(select(other.kind, other.subject, other.due_at, other.state))
        return sorted((tuple(row) for row in [*planned, *due]), key=str)

    return await town.db.read(read)


class TestSkipping:
    async def test_a_range_has_no_sessions_planned_or_not(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        off = await skip(town, TUESDAY, SUNDAY)
        assert [one.due_on for one in off.sessions] == [MONDAY + n * DAY for n in range(1, 7)]
        await town.live_until(wall(MONDAY + 8 * DAY, "00:00"))
        states = [(await town.session(MONDAY + n * DAY)).state for n in range(1, 7)]
        assert set(states) == {SessionState.CALLED_OFF}
        assert (await town.session(MONDAY + 7 * DAY)).state is SessionState.OPEN
        await oracle.check(db)

    async def test_it_is_never_a_cost(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await skip(town, TUESDAY, MONDAY + 30 * DAY)
        await town.live_until(wall(MONDAY + 31 * DAY, "08:00"))
        member = await town.member(ada)
        assert (member.streak.current, member.streak.misses) == (1, 0)
        await oracle.check(db)

    async def test_what_is_posted_stays_and_is_named(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        off = await skip(town, MONDAY, WEDNESDAY)
        assert [one.session_id for one in off.standing] == [session.id]
        assert len(off.sessions) == 2
        assert await days_off(town) == (TUESDAY, WEDNESDAY)
        await town.answer(ada, session.id, Answer.DONE)

    async def test_twice_says_the_same(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        first = await skip(town, TUESDAY, SUNDAY)
        before = await keys(town)
        assert await skip(town, TUESDAY, SUNDAY) == first
        assert await keys(town) == before
        logged = (await logbook.read(db, ORGANISER, town.group_id)).entries
        assert [one.action for one in logged].count("skip") == 1

    async def test_a_slot_that_is_added_later_keeps_the_holiday(self, db: Database) -> None:
        town = await found_town(db)
        assert (await skip(town, MONDAY, SUNDAY)).sessions == ()
        await town.add_slot("18:00")
        assert (await town.session(MONDAY)).state is SessionState.CALLED_OFF

    @pytest.mark.parametrize(
        ("first", "last", "code"),
        [
            (-1, 3, "day_past"),
            (3, 2, "range_backwards"),
            (0, 92, "range_too_long"),
            (400, 401, "date_invalid"),
        ],
    )
    async def test_ranges_that_cannot_be(
        self, db: Database, first: int, last: int, code: str
    ) -> None:
        town = await found_town(db)
        with pytest.raises(Refused, match=code):
            await skip(town, MONDAY + first * DAY, MONDAY + last * DAY)

    async def test_ninety_two_days_can_be(self, db: Database) -> None:
        town = await found_town(db)
        await skip(town, MONDAY, MONDAY + 91 * DAY)
        assert len(await days_off(town)) == 92


class TestResuming:
    async def test_everything_is_as_if_it_had_never_been(self, db: Database) -> None:
        town = await found_town(db)
        await town.crowd(1)
        await town.add_slot("07:30")
        await town.add_slot("18:00")
        before = await keys(town)
        await skip(town, MONDAY, SUNDAY)
        back = await resume(town, MONDAY, SUNDAY)
        assert len(back.sessions) == 14
        assert await keys(town) == before
        with pytest.raises(Refused, match="days_not_skipped"):
            await resume(town, MONDAY, SUNDAY)
        assert await keys(town) == before

    async def test_its_sessions_are_posted_once_and_settle(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        for _ in range(3):
            await skip(town, TUESDAY, SUNDAY)
            await resume(town, TUESDAY, SUNDAY)
        await town.live_until(wall(MONDAY + 7 * DAY, "06:00"))
        posted = [one for one in town.done if one.kind is MomentKind.PROMPT]
        assert len(posted) == 7
        assert (await town.member(ada)).streak.misses == 7
        await oracle.check(db)

    async def test_what_would_have_begun_stays_off(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await skip(town, TUESDAY, WEDNESDAY)
        await town.live_until(wall(TUESDAY, "12:00"))
        back = await resume(town, TUESDAY, WEDNESDAY)
        assert [one.due_on for one in back.sessions] == [WEDNESDAY]
        assert (await town.session(TUESDAY)).state is SessionState.CALLED_OFF
        await oracle.check(db)

    async def test_a_part_of_the_days_can_be_taken_back(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await skip(town, TUESDAY, SUNDAY)
        await resume(town, WEDNESDAY, WEDNESDAY)
        assert WEDNESDAY not in await days_off(town)
        assert len(await days_off(town)) == 5
        assert (await town.session(WEDNESDAY)).state is SessionState.PLANNED
        assert (await town.session(TUESDAY)).state is SessionState.CALLED_OFF

    async def test_a_line_that_was_removed_stays_off(self, db: Database) -> None:
        town = await found_town(db)
        slot_id = await town.add_slot("07:30")
        await town.add_slot("18:00")
        await skip(town, TUESDAY, WEDNESDAY)
        await town.remove_slot(slot_id)
        back = await resume(town, TUESDAY, WEDNESDAY)
        assert len(back.sessions) == 2
        states = [one.state for one in await town.sessions(TUESDAY)]
        assert states == [SessionState.CALLED_OFF, SessionState.PLANNED]

    async def test_an_answer_given_ahead_counts_again(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await town.answer(ada, (await town.session(TUESDAY)).id, Answer.REST)
        await skip(town, TUESDAY, WEDNESDAY)
        await resume(town, TUESDAY, WEDNESDAY)
        await town.live_until(wall(WEDNESDAY, "04:00"))
        assert (await town.member(ada)).streak.free_rests_on == (TUESDAY,)
        await oracle.check(db)

    async def test_it_takes_place_as_the_group_is_by_now(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await town.answer(ada, (await town.session(WEDNESDAY)).id, Answer.REST)
        await skip(town, WEDNESDAY, SUNDAY)
        await town.set_rhythm(zone="Europe/Lisbon", settle_at=time(5))
        await resume(town, WEDNESDAY, SUNDAY)
        session = await town.session(WEDNESDAY)
        assert session.starts_at == wall(WEDNESDAY, "08:30")
        assert await town.moment(MomentKind.PROMPT, session.id) == (
            MomentState.DUE,
            wall(WEDNESDAY, "08:30"),
        )
        row = await town.attendance(ada, session)
        assert row is not None
        assert row.starts_at == session.starts_at
        await town.live_until(wall(MONDAY + 4 * DAY, "12:00"))
        await oracle.check(db)

    async def test_a_prompt_that_was_on_its_way_is_posted_after_all(self, db: Database) -> None:
        """Called off while the prompt was claimed, so that it was skipped."""
        town, _, _ = await opened_town(db)
        await town.set_rhythm(prompt_lead_minutes=60)
        await skip(town, WEDNESDAY, WEDNESDAY)
        await resume(town, WEDNESDAY, WEDNESDAY)
        session = await town.session(WEDNESDAY)
        await town.live_until(session.prompt_at - HOUR / 60)
        town.now = session.prompt_at
        moment = await town.claimed(MomentKind.PROMPT)
        await skip(town, WEDNESDAY, WEDNESDAY)
        await claims.skip(db, moment, "not_open", town.now)
        back = await resume(town, WEDNESDAY, WEDNESDAY)
        assert back.prompts == ()
        assert (await claims.take(db, claimant(), town.now, limit=8))[0].id == moment.id

    async def test_a_prompt_that_stood_called_off_is_open_again(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await town.set_rhythm(prompt_lead_minutes=60)
        await skip(town, WEDNESDAY, WEDNESDAY)
        await resume(town, WEDNESDAY, WEDNESDAY)
        session = await town.session(WEDNESDAY)
        await town.live_until(session.prompt_at - HOUR / 60)
        town.now = session.prompt_at
        moment = await town.claimed(MomentKind.PROMPT)
        await skip(town, WEDNESDAY, WEDNESDAY)
        # Discord took it all the same.
        await prompts.posted(db, moment, CHANNEL, MessageId(9), town.now, town.now)
        back = await resume(town, WEDNESDAY, WEDNESDAY)
        assert back.prompts == (session.id,)
        assert (await town.session(WEDNESDAY)).state is SessionState.OPEN
        assert [one.session_id for one in back.sessions] == [session.id]
        await town.answer(ada, session.id, Answer.DONE)
        await town.live_until(wall(WEDNESDAY + DAY, "04:00"))
        await oracle.check(db)


class TestPause:
    async def test_it_begins_today_where_no_prompt_is_out(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        off = await pause(town, SUNDAY)
        assert (off.first_on, len(off.sessions)) == (MONDAY, 7)

    async def test_it_begins_tomorrow_where_one_is(self, db: Database) -> None:
        town, _, session = await opened_town(db)
        off = await pause(town, SUNDAY)
        assert (off.first_on, off.standing) == (TUESDAY, ())
        assert (await town.session(MONDAY)).state is session.state

    async def test_it_cannot_be_for_today_alone_then(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        with pytest.raises(Refused, match="day_posted"):
            await pause(town, MONDAY)
        with pytest.raises(Refused, match="day_past"):
            await pause(town, MONDAY - DAY)

    async def test_its_end_brings_the_group_back_and_leaves_later_days_off(
        self, db: Database
    ) -> None:
        town, _, _ = await opened_town(db)
        christmas = date(2026, 12, 24)
        await skip(town, christmas, christmas + 9 * DAY)
        await pause(town, SUNDAY)
        await town.live_until(wall(WEDNESDAY, "06:00"))
        back = await end_pause(town)
        assert (back.first_on, back.last_on) == (WEDNESDAY, SUNDAY)
        assert (await days_off(town))[0] == christmas
        with pytest.raises(Refused, match="group_not_paused"):
            await end_pause(town)
        await town.live_until(wall(WEDNESDAY, "08:00"))
        assert (await town.session(WEDNESDAY)).state is SessionState.OPEN
        await oracle.check(db)

    async def test_one_that_was_begun_for_tomorrow_ends_at_once(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await pause(town, SUNDAY)
        assert (await end_pause(town)).first_on == TUESDAY


class TestWho:
    async def test_members_may_not(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        far = somebody(1, guild_id=GuildId(GUILD + 1), manages=True)
        args = (town.group_id, TUESDAY, WEDNESDAY, town.now)
        with pytest.raises(NotAllowed, match="not_organiser"):
            await holidays.skip(db, ada, *args)
        with pytest.raises(NotAllowed, match="not_organiser"):
            await holidays.resume(db, ada, *args)
        with pytest.raises(NotAllowed, match="not_organiser"):
            await holidays.pause(db, ada, town.group_id, WEDNESDAY, town.now)
        with pytest.raises(NotAllowed, match="not_organiser"):
            await holidays.end_pause(db, ada, town.group_id, town.now)
        with pytest.raises(Exception, match="group_not_found"):
            await holidays.skip(db, far, *args)

    async def test_it_stands_in_the_log(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await skip(town, TUESDAY, SUNDAY)
        await resume(town, TUESDAY, SUNDAY)
        await pause(town, SUNDAY)
        await town.live_until(town.now + HOUR)
        page = await logbook.read(db, ORGANISER, town.group_id)
        logged = [(one.action, one.what) for one in page.entries[:3]]
        days = LoggedDays(TUESDAY, SUNDAY)
        assert sorted(logged) == [("pause", days), ("resume", days), ("skip", days)]
