"""An organiser's correction: who may, until when, what it does, and that it is told once."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from bot.domain import absence, correction
from bot.domain.checkin import Answer, Details
from bot.domain.correction import Correction, Said
from bot.domain.encouragement import Reach
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.ids import GuildId, SessionId
from bot.domain.moment import MomentKind
from bot.services import checkins, claims, corrections, direct, expected, logbook, notices
from bot.services.corrections import Wanted
from bot.services.views import Corrected, Person, Wishes
from bot.storage import tables
from bot.storage.database import Database
from tests.services import oracle
from tests.services.town import (
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

SETTLED = wall(MONDAY + DAY, "03:00")
BY_LETTER = Wishes(reach=Reach.DM)


async def correct(
    town: Town,
    person: Person,
    session_id: SessionId,
    said: Answer | None,
    *,
    by: Person = ORGANISER,
    why: str = "We walked together",
    minutes: int | None = None,
) -> Corrected:
    wanted = Wanted(person.user_id, session_id, said, why, minutes)
    return await corrections.correct(town.db, by, wanted, town.now)


async def rows(db: Database, table: str) -> list[dict[str, object]]:
    def read(conn: Connection) -> list[dict[str, object]]:
        found = conn.execute(select(tables.metadata.tables[table]))
        return [dict(row._mapping) for row in found]

    return await db.read(read)


class TestWhat:
    async def test_a_miss_becomes_a_session_kept(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.live_until(SETTLED + 5 * DAY)
        assert (await town.member(ada)).streak.kept == 0
        await correct(town, ada, session.id, Answer.DONE, minutes=35)
        member = await town.member(ada)
        assert (member.streak.kept, member.streak.best) == (1, 1)
        await oracle.check(db)

    async def test_no_answer_makes_a_miss_of_a_session_kept(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        await town.live_until(SETTLED + HOUR)
        await correct(town, ada, session.id, None)
        assert (await town.member(ada)).streak.current == 0
        await oracle.check(db)

    async def test_weeks_that_are_over_follow(self, db: Database) -> None:
        town = await found_town(db)
        ada = somebody(100)
        await town.join(ada, Wishes(goal=1))
        await town.add_slot("07:30", frozenset({0}))
        await town.live_until(wall(MONDAY + 8 * DAY, "12:00"))
        assert (await town.member(ada)).weeks == 0
        await correct(town, ada, (await town.session(MONDAY)).id, Answer.PARTLY)
        assert (await town.member(ada)).weeks == 1
        await oracle.check(db)

    async def test_members_details_stay_as_far_as_they_go_with_the_answer(
        self, db: Database
    ) -> None:
        town, (ada,), session = await opened_town(db)
        said = Details(minutes=30, metres=2000, pain=3, note="Windy")
        await checkins.answer(db, ada, session.id, Answer.DONE, town.now, said)
        await correct(town, ada, session.id, Answer.PARTLY, minutes=12)
        row = await town.attendance(ada, session)
        assert row is not None
        # "2 km in 30" was corrected as a whole.
        assert row.details == replace(said, minutes=12, metres=None)
        await correct(town, ada, session.id, Answer.REST)
        row = await town.attendance(ada, session)
        assert row is not None
        assert row.details == Details(pain=3, note="Windy")

    async def test_what_stands_so_already_is_not_written(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.answer(ada, session.id, Answer.DONE)
        assert not (await correct(town, ada, session.id, Answer.DONE)).changed
        assert not (await correct(town, ada, session.id, Answer.DONE)).changed
        assert len(await rows(db, "answer_history")) == 1
        assert await rows(db, "notices") == []

    async def test_the_history_says_who_and_why(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await correct(town, ada, session.id, Answer.DONE, why="  Seen\n at the\0 gate ")
        (change,) = await rows(db, "answer_history")
        assert change["by_user_id"] == ORGANISER.user_id
        assert change["reason"] == "Seen at the gate"

    async def test_no_member_writes_over_it_but_an_organiser_does(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await correct(town, ada, session.id, Answer.DONE)
        with pytest.raises(Refused, match="answer_corrected"):
            await town.answer(ada, session.id, Answer.REST)
        with pytest.raises(Refused, match="answer_corrected"):
            await town.undo(ada, session.id)
        assert (await correct(town, ada, session.id, Answer.PARTLY)).changed
        await oracle.check(db)

    async def test_who_was_said_not_to_have_answered_is_not_nudged(self, db: Database) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        await town.answer(ada, session.id, Answer.DONE)
        await correct(town, ada, session.id, None)
        members = [await town.member(one) for one in (ada, bo)]
        left = await db.read(expected.still_expected, session, members)
        assert [one.user_id for one in left] == [bo.user_id]

    async def test_a_void_session_can_be_kept(self, db: Database) -> None:
        town = await found_town(db)
        (ada,) = await town.crowd(1)
        town.mute = True
        await town.add_slot("07:30")
        await town.live_until(SETTLED + HOUR)
        await correct(town, ada, (await town.session(MONDAY)).id, Answer.DONE)
        assert (await town.member(ada)).streak.kept == 1
        await oracle.check(db)


class TestWhen:
    async def test_fourteen_days_after_it_settled_and_no_longer(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.live_until(SETTLED + 14 * DAY)
        assert (await correct(town, ada, session.id, Answer.DONE)).changed
        town.now += HOUR
        with pytest.raises(Refused, match="correct_too_late"):
            await correct(town, ada, session.id, Answer.PARTLY)

    async def test_not_before_it_began(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        tomorrow = await town.session(MONDAY + DAY)
        for said in (Answer.DONE, Answer.REST, None):
            with pytest.raises(Refused, match="correct_too_early"):
                await correct(town, ada, tomorrow.id, said)

    async def test_not_where_it_was_called_off(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        await town.skip(MONDAY + DAY)
        with pytest.raises(Refused, match="session_called_off"):
            await correct(town, ada, (await town.session(MONDAY + DAY)).id, None)

    async def test_what_is_offered_can_be_corrected(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.live_until(SETTLED + 14 * DAY)
        offered = await corrections.correctable(db, ORGANISER, town.now)
        assert offered[-1].session.session_id == session.id
        assert offered[0].session.starts_at == wall(MONDAY + 14 * DAY, "07:30")
        for one in offered:
            assert one.session.session_id is not None
            await correct(town, ada, one.session.session_id, Answer.PARTLY)
        await oracle.check(db)


class TestWho:
    async def test_members_may_not(self, db: Database) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        with pytest.raises(NotAllowed, match="not_organiser"):
            await correct(town, ada, session.id, Answer.DONE, by=bo)
        assert await corrections.correctable(db, bo, town.now) == []

    async def test_another_servers_manager_may_not(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        far = somebody(1, guild_id=GuildId(GUILD + 1), manages=True)
        with pytest.raises(NotFound, match="session_not_found"):
            await correct(town, ada, session.id, Answer.DONE, by=far)

    async def test_strangers_and_leavers_have_no_answer(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await town.leave(ada)
        for one in (ada, somebody(999)):
            with pytest.raises(NotFound, match="member_not_found"):
                await correct(town, one, session.id, Answer.DONE)

    async def test_who_joined_after_it_closed_has_no_part_in_it(self, db: Database) -> None:
        town, _, session = await opened_town(db)
        await town.live_until(SETTLED + HOUR)
        late = somebody(300)
        await town.join(late)
        with pytest.raises(Refused, match="member_joined_after"):
            await correct(town, late, session.id, Answer.DONE)

    async def test_ones_own_answer_stands_in_the_log_and_needs_no_telling(
        self, db: Database
    ) -> None:
        town, _, session = await opened_town(db)
        await town.live_until(town.now + HOUR)
        ada = somebody(100, manages=True)
        assert (await correct(town, ada, session.id, Answer.DONE, by=ada)).own
        assert await rows(db, "notices") == []
        page = await logbook.read(db, ORGANISER, town.group_id)
        assert page.entries[0].action == "correct"


class TestInput:
    @pytest.mark.parametrize("why", ["", "  ", "\u200b", "\0"])
    async def test_a_reason_is_needed(self, db: Database, why: str) -> None:
        town, (ada,), session = await opened_town(db)
        with pytest.raises(Refused, match="reason_needed"):
            await correct(town, ada, session.id, Answer.DONE, why=why)

    async def test_a_reason_is_short(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        with pytest.raises(Refused, match="reason_too_long"):
            await correct(town, ada, session.id, Answer.DONE, why="x" * 201)
        assert (await correct(town, ada, session.id, Answer.DONE, why="山" * 200)).changed

    @pytest.mark.parametrize("said", [None, Answer.REST, Answer.SORE])
    async def test_minutes_go_with_walking_only(self, db: Database, said: Answer | None) -> None:
        town, (ada,), session = await opened_town(db)
        with pytest.raises(Refused, match="minutes_without_walk"):
            await correct(town, ada, session.id, said, minutes=10)

    @pytest.mark.parametrize("minutes", [0, -1, 601])
    async def test_minutes_have_bounds(self, db: Database, minutes: int) -> None:
        town, (ada,), session = await opened_town(db)
        with pytest.raises(Refused, match="minutes_invalid"):
            await correct(town, ada, session.id, Answer.DONE, minutes=minutes)


class TestTelling:
    async def test_it_waits_until_it_was_shown(self, db: Database) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        await correct(town, ada, session.id, Answer.DONE, minutes=35)
        (told,) = await notices.waiting(db, ada, town.now)
        assert isinstance(told.told, Correction)
        assert told.told.before == Said(None)
        assert told.told.after == Said(Answer.DONE, 35)
        assert told.told.why == "We walked together"
        assert await notices.waiting(db, bo, town.now) == []
        await notices.told(db, ada, [told], town.now)
        assert await notices.waiting(db, ada, town.now) == []

    async def test_who_wants_no_letters_gets_none(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await correct(town, ada, session.id, Answer.DONE)
        assert MomentKind.NOTICE_DM not in {one["kind"] for one in await rows(db, "moments")}

    async def test_who_asked_for_letters_gets_one_and_is_then_told(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db, wishes=BY_LETTER)
        await correct(town, ada, session.id, Answer.DONE)
        moment = await town.claimed(MomentKind.NOTICE_DM)
        letter = await direct.prepare(db, moment, town.now)
        assert isinstance(letter, direct.Direct)
        assert letter.user_id == ada.user_id
        await notices.told_by_letter(db, moment, None, town.now)
        assert await notices.waiting(db, ada, town.now) == []
        assert await direct.prepare(db, moment, town.now) == "told"

    async def test_a_letter_waits_for_the_end_of_quiet_hours(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db, wishes=BY_LETTER)
        await town.live_until(wall(MONDAY + DAY, "01:00"))
        await correct(town, ada, session.id, Answer.DONE)
        (due,) = [one for one in await rows(db, "moments") if one["kind"] == "notice_dm"]
        assert due["due_at"] == wall(MONDAY + DAY, "07:00")

    async def test_closed_letters_leave_it_waiting(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db, wishes=BY_LETTER)
        await correct(town, ada, session.id, Answer.DONE)
        moment = await town.claimed(MomentKind.NOTICE_DM)
        await direct.refused(db, moment, town.now)
        assert len(await notices.waiting(db, ada, town.now)) == 1
        await correct(town, ada, session.id, Answer.PARTLY)
        due = [one["state"] for one in await rows(db, "moments") if one["kind"] == "notice_dm"]
        assert due == ["skipped"]

    async def test_who_left_is_told_when_they_are_back(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await correct(town, ada, session.id, Answer.DONE)
        await town.leave(ada)
        assert await notices.waiting(db, ada, town.now) == []
        await town.join(ada)
        assert len(await notices.waiting(db, ada, town.now)) == 1


class TestLog:
    async def test_it_says_who_when_what_and_why(self, db: Database) -> None:
        town, (ada,), session = await opened_town(db)
        await correct(town, ada, session.id, Answer.DONE)
        entry = (await logbook.read(db, ORGANISER, town.group_id)).entries[0]
        assert (entry.actor_id, entry.at) == (ORGANISER.user_id, town.now)
        assert isinstance(entry.what, correction.Correction)
        assert entry.what.user_id == ada.user_id
        assert entry.what.why == "We walked together"

    async def test_it_comes_in_pages_of_ten_newest_first(self, db: Database) -> None:
        town = await found_town(db)
        for hour in range(6, 18):
            town.now += HOUR / 60
            await town.add_slot(f"{hour:02}:00")
        first = await logbook.read(db, ORGANISER, town.group_id)
        assert (len(first.entries), first.page, first.pages) == (10, 0, 2)
        second = await logbook.read(db, ORGANISER, town.group_id, 1)
        assert [one.action for one in second.entries] == ["add_slot", "add_slot", "create"]
        assert await logbook.read(db, ORGANISER, town.group_id, 999) == second

    async def test_members_do_not_read_it(self, db: Database) -> None:
        town, (ada,), _ = await opened_town(db)
        with pytest.raises(NotAllowed, match="not_organiser"):
            await logbook.read(db, ada, town.group_id)


async def test_a_letter_is_claimed_once_however_many_ask(db: Database) -> None:
    town, (ada,), session = await opened_town(db, wishes=BY_LETTER)
    await correct(town, ada, session.id, Answer.DONE)
    moment = await town.claimed(MomentKind.NOTICE_DM)
    assert moment.membership_id == (await town.member(ada)).id
    assert await claims.take(db, claimant("other"), town.now, limit=8) == []


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"member": 1}', "7"])
def test_what_is_no_correction_is_read_as_none(text: str) -> None:
    assert correction.read(text) is None
    assert absence.read(text) is None
