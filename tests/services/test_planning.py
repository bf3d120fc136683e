"""Planning: every slot's sessions and their moments, once, at the right minute."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.domain.checkin import SessionState
from bot.domain.errors import NotFound
from bot.domain.moment import MomentKind, MomentState
from bot.services import groups, outages, schedules, servers
from bot.services.auditing import audit
from bot.services.outages import Cause
from bot.storage import tables
from bot.storage.database import Database
from tests.services.town import (
    DAY,
    GUILD,
    HOUR,
    MONDAY,
    ORGANISER,
    Town,
    found_town,
    opened_town,
    wall,
)


async def everything(town: Town) -> list[tuple[object, ...]]:
    """Return every session and every moment there is."""

    def rows(conn: Connection) -> list[tuple[object, ...]]:
        return [
            tuple(row)
            for table in (tables.sessions, tables.moments)
            for row in conn.execute(select(table).order_by(table.c.id))
        ]

    return await town.db.read(rows)


class TestPlanning:
    async def test_planning_again_changes_nothing(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        before = await everything(town)
        await town.plan()
        assert await everything(town) == before

    async def test_it_reaches_to_the_end_of_the_day_after_tomorrow(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("23:00")
        assert await town.sessions(MONDAY + 2 * DAY) != []
        assert await town.sessions(MONDAY + 3 * DAY) == []

    async def test_a_slot_added_after_its_time_starts_tomorrow(self, db: Database) -> None:
        town = await found_town(db, wall(MONDAY, "10:00"))
        await town.add_slot("07:30")
        assert await town.sessions(MONDAY) == []
        assert (await town.session(MONDAY + DAY)).starts_at == wall(MONDAY + DAY, "07:30")

    async def test_a_slot_may_begin_later(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30", first_on=MONDAY + 2 * DAY)
        assert await town.sessions(MONDAY + DAY) == []
        assert len(await town.sessions(MONDAY + 2 * DAY)) == 1

    async def test_every_second_week_leaves_one_out(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30", frozenset({0}), every_weeks=2)
        await town.live_until(wall(MONDAY + 15 * DAY, "00:00"))
        found = [len(await town.sessions(MONDAY + week * 7 * DAY)) for week in range(3)]
        assert found == [1, 0, 1]

    async def test_the_prompt_can_come_a_day_ahead(self, db: Database) -> None:
        town = await found_town(db)
        await town.set_rhythm(prompt_lead_minutes=24 * 60)
        await town.add_slot("07:30")
        later = await town.session(MONDAY + 2 * DAY)
        await town.live_until(wall(MONDAY + DAY, "07:30"))
        assert (await town.session(MONDAY + 2 * DAY)).state is SessionState.OPEN
        assert later.prompt_at == wall(MONDAY + DAY, "07:30")

    async def test_a_gap_that_shifts_the_start_past_midnight_keeps_the_nominal_day(
        self, db: Database
    ) -> None:
        # Nuuk's clocks go from 22:00 to 23:00 on Saturday, 28 March 2026... nominal is 22:30.
        saturday = MONDAY + 26 * DAY
        town = await found_town(db, wall(saturday, "05:00"), zone="America/Nuuk")
        await town.add_slot("23:30")
        session = await town.session(saturday)
        assert session.due_on == saturday
        assert len(await town.sessions(saturday)) == 1
        assert session.settles_at > session.starts_at

    async def test_days_that_nobody_planned_while_away_are_planned_and_end_void(
        self, db: Database
    ) -> None:
        town, (ada,), _ = await opened_town(db)
        await outages.left(db, 1, [0], town.now + HOUR)
        town.now += 10 * DAY
        await outages.back(db, 1, 0, Cause.STOPPED, town.now, 20 * DAY)
        await town.live_until(town.now + DAY)
        states = {(await town.session(MONDAY + day * DAY)).state for day in range(3, 9)}
        assert states == {SessionState.VOID}
        assert (await town.member(ada)).streak.misses <= 2
        assert await audit(db) == []

    async def test_an_archived_group_is_not_planned(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        await town.set_rhythm(archived_at=town.now)
        town.now += 5 * DAY
        await town.plan()
        assert await town.sessions(MONDAY + 4 * DAY) == []

    async def test_a_server_without_the_bot_is_not_planned(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        await servers.bot_left(db, GUILD, town.now)
        town.now += 5 * DAY
        await town.plan()
        assert await town.sessions(MONDAY + 4 * DAY) == []

    async def test_a_server_in_which_the_bot_is_seen_again_is_planned(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        await servers.bot_left(db, GUILD, town.now)
        town.now += 5 * DAY
        assert await servers.bot_is_in(db, [GUILD], town.now)
        await town.plan()
        assert await town.sessions(MONDAY + 4 * DAY) != []

    async def test_a_removal_after_the_bot_was_seen_there_holds(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        await servers.bot_left(db, GUILD, town.now + HOUR)
        await servers.bot_is_in(db, [GUILD], town.now)
        town.now += 5 * DAY
        await town.plan()
        assert await town.sessions(MONDAY + 4 * DAY) == []

    async def test_a_server_that_had_it_all_the_time_is_no_news(self, db: Database) -> None:
        town = await found_town(db)
        assert not await servers.bot_is_in(db, [GUILD], town.now)

    async def test_one_broken_group_does_not_hold_up_the_others(self, db: Database) -> None:
        broken = await found_town(db)
        await broken.add_slot("07:30")
        made = await groups.create(db, ORGANISER, broken.now, broken.limits, name="Later made")
        town = Town(db, made.group_id, broken.now)
        await town.add_slot("07:30")
        await broken.set_rhythm(zone="Atlantis/Lost")
        town.now += 5 * DAY
        await town.plan()
        assert len(await town.sessions(MONDAY + 6 * DAY)) == 1


class TestMoments:
    async def test_a_week_is_closed_after_its_sunday(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        closes_at = wall(MONDAY + 7 * DAY, "03:01")
        planned = await town.moment(MomentKind.WEEK, MONDAY.toordinal())
        assert planned == (MomentState.DUE, closes_at)

    async def test_the_nudge_comes_after_the_last_session_of_the_day(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        first = await town.moment(MomentKind.NUDGE, MONDAY.toordinal())
        await town.add_slot("12:00")
        second = await town.moment(MomentKind.NUDGE, MONDAY.toordinal())
        assert first == (MomentState.DUE, wall(MONDAY, "10:30"))
        assert second == (MomentState.DUE, wall(MONDAY, "15:00"))

    async def test_it_comes_earlier_again_when_the_later_slot_goes(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        later = await town.add_slot("12:00")
        await town.remove_slot(later)
        planned = await town.moment(MomentKind.NUDGE, MONDAY.toordinal())
        assert planned == (MomentState.DUE, wall(MONDAY, "10:30"))

    async def test_a_day_called_off_has_no_moments(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        session = await town.session(MONDAY)
        await town.skip(MONDAY)
        kinds = (MomentKind.PROMPT, MomentKind.SETTLE)
        found = [await town.moment(kind, session.id) for kind in kinds]
        found.append(await town.moment(MomentKind.NUDGE, MONDAY.toordinal()))
        assert found == [None, None, None]

    async def test_a_day_called_off_ahead_is_planned_as_called_off(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        far = MONDAY + 9 * DAY
        await town.skip(far)
        await town.live_until(wall(far, "12:00"))
        assert (await town.session(far)).state is SessionState.CALLED_OFF

    async def test_a_slot_added_on_a_day_called_off_is_called_off_too(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        await town.skip(MONDAY)
        await town.add_slot("12:00")
        assert {one.state for one in await town.sessions(MONDAY)} == {SessionState.CALLED_OFF}

    async def test_a_nudge_that_was_sent_is_not_planned_again(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await town.live_until(wall(MONDAY, "11:00"))
        await town.add_slot("18:00")
        found = await town.moment(MomentKind.NUDGE, MONDAY.toordinal())
        assert found is not None
        assert found[0] is MomentState.SKIPPED  # the town leaves nudges out


class TestTheSchedule:
    async def test_removing_a_slot_twice_is_refused(self, db: Database) -> None:
        town = await found_town(db)
        slot_id = await town.add_slot("07:30")
        await town.remove_slot(slot_id)
        with pytest.raises(NotFound, match="slot_not_found"):
            await town.remove_slot(slot_id)

    async def test_it_shows_two_weeks_without_what_was_called_off(self, db: Database) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        await town.skip(MONDAY + 4 * DAY)
        shown = await schedules.show(db, ORGANISER, town.group_id, town.now)
        days = [one.due_on for one in shown.upcoming]
        expected = [MONDAY + day * DAY for day in range(15) if day != 4]
        assert days == expected

    async def test_looking_ahead_shows_each_session_once_after_days_without_the_bot(
        self, db: Database
    ) -> None:
        town = await found_town(db)
        await town.add_slot("07:30")
        town.now += 7 * DAY + timedelta(hours=5)
        shown = await schedules.show(db, ORGANISER, town.group_id, town.now)
        assert all(one.starts_at > town.now for one in shown.upcoming)
