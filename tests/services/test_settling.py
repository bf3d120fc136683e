"""Settling a session: what silence, answers, pauses and leaving come to."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.domain.checkin import Answer, SessionState
from bot.domain.ids import MembershipId, MomentId, SessionId
from bot.domain.moment import Moment, MomentKind, MomentState
from bot.domain.shards import Shards, shard_of
from bot.domain.streak import Outcome
from bot.services import outages, settling
from bot.services.auditing import audit
from bot.services.outages import Cause
from bot.storage import moments, sessions, tables
from bot.storage.database import Database
from bot.storage.sessions import Session
from tests.services.town import (
    DAY,
    GUILD,
    HOUR,
    MONDAY,
    Town,
    found_town,
    opened_town,
    somebody,
    wall,
)

SETTLED = wall(MONDAY + DAY, "03:00")
GOOD_FOR = timedelta(minutes=2)


async def outcome(town: Town, number: int, place: int = 0) -> Outcome | None:
    row = await town.attendance(somebody(number), await town.session(MONDAY, place))
    return None if row is None else row.outcome


class TestWhatItComesTo:
    async def test_silence_is_a_miss(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await town.live_until(SETTLED)
        assert await outcome(town, 100) is Outcome.MISSED

    async def test_an_answer_counts(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await town.live_until(SETTLED)
        assert (await town.member(ada)).streak.current == 1

    async def test_silence_of_somebody_who_joined_later_does_not_count(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        late = somebody(200)
        town.now += HOUR
        await town.join(late)
        await town.live_until(SETTLED)
        assert await outcome(town, 200) is None

    async def test_a_late_joiner_who_takes_an_answer_back_missed_nothing(
        self, db: Database
    ) -> None:
        town, _, session = await opened_town(db)
        late = somebody(200)
        town.now += HOUR
        await town.join(late)
        await town.answer(late, session.id, Answer.DONE)
        await town.undo(late, session.id)
        await town.live_until(SETTLED)
        assert await audit(db) == []

    async def test_what_a_late_joiner_did_counts(self, db: Database) -> None:
        town, _, session = await opened_town(db)
        late = somebody(200)
        town.now += HOUR
        await town.join(late)
        await town.answer(late, session.id, Answer.PARTLY)
        await town.live_until(SETTLED)
        assert (await town.member(late)).streak.current == 1

    async def test_who_left_silently_is_excused(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        town.now += HOUR
        await town.leave(ada)
        await town.live_until(SETTLED)
        assert await outcome(town, 100) is Outcome.EXCUSED

    async def test_the_answer_of_who_left_stands(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await town.leave(ada)
        await town.live_until(SETTLED)
        assert await outcome(town, 100) is Outcome.DONE

    async def test_the_answer_of_who_left_before_the_start_stands(self, db: Database) -> None:
        town = await found_town(db)
        ada = somebody(100)
        await town.join(ada)
        await town.add_slot("07:30")
        session = await town.session(MONDAY)
        await town.answer(ada, session.id, Answer.REST)
        await town.leave(ada)
        await town.live_until(SETTLED)
        assert await outcome(town, 100) is Outcome.REST
        assert await audit(db) == []

    async def test_a_pause_excuses(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await town.pause(ada)
        await town.live_until(SETTLED)
        assert await outcome(town, 100) is Outcome.EXCUSED

    async def test_a_pause_set_back_lifts_a_miss(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await town.live_until(SETTLED + HOUR)
        await town.pause(ada, MONDAY, MONDAY)
        assert (await town.member(ada)).streak.misses == 0
        assert await audit(db) == []

    async def test_an_answer_beats_a_pause(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.pause(ada)
        await town.answer(ada, session.id, Answer.DONE)
        await town.live_until(SETTLED)
        assert await outcome(town, 100) is Outcome.DONE

    async def test_the_second_rest_in_a_week_is_a_miss(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.REST)
        await town.live_until(wall(MONDAY + DAY, "07:30"))
        second = await town.session(MONDAY + DAY)
        await town.answer(ada, second.id, Answer.REST)
        await town.live_until(SETTLED + DAY)
        row = await town.attendance(ada, second)
        assert row is not None
        assert row.outcome is Outcome.MISSED

    async def test_a_token_covers_a_miss(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        for day in range(7):
            await town.live_until(wall(MONDAY + day * DAY, "08:00"))
            await town.answer(ada, (await town.session(MONDAY + day * DAY)).id, Answer.DONE)
        await town.live_until(SETTLED + 7 * DAY)
        streak = (await town.member(ada)).streak
        assert (streak.current, streak.tokens, streak.misses) == (7, 0, 1)

    async def test_a_session_of_a_slot_that_was_removed_still_settles(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await town.remove_slot(session.slot_id)
        await town.live_until(SETTLED)
        assert (await town.session(MONDAY)).state is SessionState.SETTLED


class TestVoid:
    async def void_town(self, db: Database) -> Town:
        """A town whose first session's prompt was never posted, an hour before it settles."""
        town = await found_town(db)
        await town.crowd(1)
        await town.add_slot("07:30")
        town.now = SETTLED - HOUR
        for moment in await town.db.write(_claim_prompts, town):
            await town.db.write(_fail, moment)
        return town

    async def test_nobody_missed_it(self, db: Database) -> None:
        town = await self.void_town(db)
        await town.live_until(SETTLED)
        assert (await town.session(MONDAY)).state is SessionState.VOID
        assert (await town.member(somebody(100))).streak.misses == 0

    async def test_who_did_it_kept_it(self, db: Database) -> None:
        town = await self.void_town(db)
        await town.answer(somebody(100), (await town.session(MONDAY)).id, Answer.DONE)
        await town.live_until(SETTLED)
        assert (await town.member(somebody(100))).streak.current == 1

    async def test_who_did_it_and_left_kept_it(self, db: Database) -> None:
        town = await self.void_town(db)
        await town.answer(somebody(100), (await town.session(MONDAY)).id, Answer.DONE)
        await town.leave(somebody(100))
        await town.live_until(SETTLED)
        assert await audit(db) == []
        assert (await town.member(somebody(100))).streak.current == 1

    async def test_an_answer_taken_back_before_leaves_no_difference(self, db: Database) -> None:
        town = await self.void_town(db)
        session = await town.session(MONDAY)
        await town.answer(somebody(100), session.id, Answer.DONE)
        await town.undo(somebody(100), session.id)
        await town.live_until(SETTLED)
        assert await audit(db) == []

    async def test_it_may_be_logged_afterwards(self, db: Database) -> None:
        town = await self.void_town(db)
        await town.live_until(SETTLED + HOUR)
        await town.answer(somebody(100), (await town.session(MONDAY)).id, Answer.PARTLY)
        assert (await town.member(somebody(100))).streak.current == 1
        assert await audit(db) == []


async def away(
    db: Database, since: datetime, until: datetime, cause: Cause = Cause.STOPPED
) -> None:
    """Have the bot be away between the two, and there for long afterwards."""
    await outages.left(db, 1, [0], since)
    await outages.back(db, 1, 0, cause, until, 20 * HOUR)


class TestDowntime:
    @pytest.mark.parametrize("cause", list(Cause))
    async def test_it_puts_the_settlement_off(self, db: Database, cause: Cause) -> None:
        town, _, _ = await opened_town(db)
        await away(db, wall(MONDAY, "08:00"), wall(MONDAY, "22:00"), cause)
        await town.live_until(SETTLED)
        assert (await town.session(MONDAY)).state is SessionState.OPEN

    async def test_members_get_three_waking_hours(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await away(db, wall(MONDAY, "07:30"), wall(MONDAY, "22:00"))
        await town.live_until(wall(MONDAY + DAY, "12:00"))
        session = await town.session(MONDAY)
        # Posted at 07:30, away till 22:00, quiet from 21:30 to 07:00.
        assert session.settled_at == wall(MONDAY + DAY, "10:00")

    async def test_downtime_of_another_shard_is_no_excuse(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await outages.beat(db, 2, [0, 1], [], wall(MONDAY, "08:00"), 20 * HOUR)
        await outages.left(db, 2, [1 - shard_of(GUILD, 2)], wall(MONDAY, "08:00"))
        await town.live_until(SETTLED)
        assert (await town.session(MONDAY)).state is SessionState.SETTLED

    async def test_while_it_goes_on_it_is_asked_again_soon(self, db: Database) -> None:
        town, _, session = await opened_town(db)
        await outages.left(db, 1, [0], wall(MONDAY, "08:00"))
        town.now = SETTLED
        await town.do_what_is_due()
        assert await town.moment(MomentKind.SETTLE, session.id) == (
            MomentState.DUE,
            SETTLED + settling.ASK_AGAIN,
        )

    async def test_a_gap_in_the_heartbeat_is_a_downtime(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await outages.beat(db, 1, [0], [], wall(MONDAY, "09:00"), GOOD_FOR)
        await outages.beat(db, 1, [0], [], wall(MONDAY, "21:00"), 20 * HOUR)
        await town.live_until(SETTLED)
        assert (await town.session(MONDAY)).state is SessionState.OPEN

    async def test_a_session_that_settles_after_a_later_one_is_folded_in_its_place(
        self, db: Database
    ) -> None:
        town, (ada,), first = await opened_town(db)
        await away(db, wall(MONDAY, "07:30"), wall(MONDAY + DAY, "07:00"))
        await town.live_until(wall(MONDAY + DAY, "07:30"))
        await _settle_ahead(town, await town.session(MONDAY + DAY))
        await town.answer(ada, first.id, Answer.DONE)
        await town.live_until(wall(MONDAY + DAY, "12:00"))
        assert (await town.session(MONDAY)).state is SessionState.SETTLED
        assert (await town.member(ada)).streak.current == 0
        assert (await town.member(ada)).streak.best == 1
        assert await audit(db) == []


class TestWhatFollows:
    async def test_an_encouragement_is_planned_for_nine(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await town.live_until(SETTLED)
        due_at = wall(MONDAY + DAY, "09:00")
        planned = await town.moment(MomentKind.ENCOURAGE, MONDAY.toordinal())
        assert planned == (MomentState.DUE, due_at)

    async def test_a_late_settlement_moves_the_encouragement(self, db: Database) -> None:
        town = await found_town(db)
        await town.crowd(1)
        await town.add_slot("07:30")
        await town.add_slot("18:00")
        await town.live_until(wall(MONDAY, "18:00"))
        town.now = SETTLED
        first, second = await town.sessions(MONDAY)
        await _settle(town, first.id)
        town.now = wall(MONDAY + DAY, "11:20")
        await _settle(town, second.id)
        planned = await town.moment(MomentKind.ENCOURAGE, MONDAY.toordinal())
        assert planned == (MomentState.DUE, wall(MONDAY + DAY, "11:20"))

    async def test_none_is_planned_where_encouragement_is_off(self, db: Database) -> None:
        town, _, _ = await opened_town(db)
        await town.set_rhythm(encourage_at=None)
        await town.live_until(SETTLED)
        assert await town.moment(MomentKind.ENCOURAGE, MONDAY.toordinal()) is None

    async def test_none_is_planned_when_it_settles_at_night(self, db: Database) -> None:
        town, _, session = await opened_town(db)
        town.now = wall(MONDAY + DAY, "23:00")
        await _settle(town, session.id)
        assert await town.moment(MomentKind.ENCOURAGE, MONDAY.toordinal()) is None

    async def test_settling_twice_changes_nothing(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.live_until(SETTLED)
        await _settle(town, session.id)
        assert (await town.member(ada)).streak.misses == 1


class TestWeeks:
    async def test_a_week_closes_after_its_sunday_has_settled(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        for day in (0, 2, 4):
            await town.live_until(wall(MONDAY + day * DAY, "08:00"))
            await town.answer(ada, (await town.session(MONDAY + day * DAY)).id, Answer.DONE)
        await town.live_until(wall(MONDAY + 7 * DAY, "03:01"))
        member = await town.member(ada)
        assert (member.weeks, member.weeks_through_on) == (1, MONDAY)

    async def test_it_waits_for_a_session_that_has_not_settled(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        sunday = MONDAY + 6 * DAY
        await town.live_until(wall(sunday, "08:00"))
        await outages.left(db, 1, [0], wall(sunday, "09:00"))
        await town.live_until(wall(sunday + DAY, "04:00"))
        assert (await town.member(ada)).weeks_through_on is None

    async def test_a_late_correction_changes_a_week_that_is_over(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        for day in (0, 2):
            await town.live_until(wall(MONDAY + day * DAY, "08:00"))
            await town.answer(ada, (await town.session(MONDAY + day * DAY)).id, Answer.DONE)
        await town.live_until(wall(MONDAY + 7 * DAY, "04:00"))
        assert (await town.member(ada)).weeks == 0
        await town.answer(ada, (await town.session(MONDAY + 6 * DAY)).id, Answer.DONE)
        assert (await town.member(ada)).weeks == 1
        assert await audit(db) == []


def _claim_prompts(conn: Connection, town: Town) -> list[Moment]:
    due = moments.claim(
        conn,
        Shards.of(1),
        timedelta(0),
        by="town",
        now=town.now,
        until=town.now + HOUR,
        limit=9,
    )
    return [moment for moment in due if moment.kind is MomentKind.PROMPT]


def _fail(conn: Connection, moment: Moment) -> None:
    at = moment.due_at
    moments.finish(conn, moment.guild_id, moment.id, MomentState.FAILED, at, reason="channel_gone")


async def _settle(town: Town, session_id: SessionId) -> None:
    """Settle a session now, whenever it is due."""
    table = tables.moments
    query = select(table.c.id).where(
        table.c.kind == MomentKind.SETTLE, table.c.subject == session_id
    )
    moment_id = await town.db.read(lambda conn: conn.execute(query).scalar_one())
    moment = Moment(
        GUILD,
        MomentId(moment_id),
        town.group_id,
        MomentKind.SETTLE,
        session_id,
        MembershipId(0),
        town.now,
        attempts=1,
        wording=None,
    )
    await settling.settle(town.db, moment, town.now)


async def _settle_ahead(town: Town, session: Session) -> None:
    """Settle a session before its time, as if downtime had held up those before it only."""
    await town.db.write(sessions.change, GUILD, session.id, prompt_at=town.now, settles_at=town.now)
    await _settle(town, session.id)
