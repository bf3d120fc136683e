"""The worker: one task however often it is rung for, and nothing that goes wrong stops it."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.agenda.occasions import Occasions
from bot.agenda.sender import Failure
from bot.domain.checkin import Answer, SessionState
from bot.domain.moment import Moment, MomentKind, MomentState
from bot.services import claims, outages, planning
from bot.services import groups as group_service
from bot.services.views import Wishes
from bot.storage.database import Database, open_database
from bot.storage.errors import Unreachable
from bot.ui.custom_ids import AnswerId
from tests.agenda.fake_discord import FakeDiscord, Hands, Mortal, Process, until
from tests.services.town import (
    CHANNEL,
    DAY,
    GUILD,
    HOUR,
    LEASE,
    MANY,
    MONDAY,
    ORGANISER,
    Town,
    claimant,
    found_town,
    somebody,
    wall,
)

START = wall(MONDAY, "07:30")
MINUTE = timedelta(minutes=1)


async def towns(db: Database, hands: Hands, number: int = 1) -> list[Town]:
    """Groups with one member each, whose first prompts are due now."""
    first = await found_town(db)
    found = [first]
    for place in range(1, number):
        made = await group_service.create(
            db, ORGANISER, first.now, first.limits, name=f"Group {place}"
        )
        found.append(Town(db, made.group_id, first.now))
    for town in found:
        await town.crowd(1, Wishes(named=True, pinged=True))
        await town.add_slot("07:30")
        town.now = START
    hands.move_to(START)
    return found


async def states(found: list[Town]) -> list[SessionState]:
    return [(await town.session(MONDAY)).state for town in found]


class TestRinging:
    async def test_it_works_again_for_a_ring_that_came_while_it_worked(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        process = Process(db, discord)
        discord.slow = 0.05
        await process.worker.ring()
        await until(lambda: "post" in discord.calls)
        hands.move_to(wall(MONDAY, "10:30"))
        await process.work()
        nudge = await town.moment(MomentKind.NUDGE, MONDAY.toordinal())
        assert nudge is not None
        assert nudge[0] is MomentState.SENT

    async def test_many_rings_make_one_task(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await towns(db, hands, 5)
        process = Process(db, discord)
        await asyncio.gather(*(process.worker.ring() for _ in range(20)))
        await process.work()
        assert len(discord.messages) == 5

    async def test_it_says_when_there_is_nothing_more_to_claim(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await towns(db, hands)
        process = Process(db, discord)
        await process.work()
        assert process.idle >= 1

    async def test_a_slow_channel_holds_up_no_other_group(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        process = Process(db, discord)
        discord.hang("post", when="after")
        await process.worker.ring()
        await until(lambda: len(discord.messages) == 1)
        later = await group_service.create(
            db, ORGANISER, town.now, town.limits, name="Another group"
        )
        other = Town(db, later.group_id, town.now - HOUR)
        await other.set_rhythm(channel_id=CHANNEL + 1)
        await other.add_slot("07:31")
        hands.move_by(MINUTE)
        await process.worker.ring()
        await until(lambda: len(discord.messages) == 2)
        assert (await town.session(MONDAY)).state is SessionState.PLANNED
        discord.let_go()
        await process.work()
        assert len(discord.messages) == 2

    async def test_two_processes_share_the_work(
        self, db: Database, discord: FakeDiscord, hands: Hands, database_url: str
    ) -> None:
        found = await towns(db, hands, 12)
        async with await open_database(database_url) as other:
            first, second = Process(db, discord), Process(other, discord, "second")
            await asyncio.gather(first.work(), second.work())
        assert len(discord.messages) == 12
        assert set(await states(found)) == {SessionState.OPEN}


class TestStopping:
    async def test_what_was_claimed_and_not_begun_is_given_back(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        process = Process(db, discord)
        await claims.take(db, claimant(process.name), START, MANY)
        await process.stop()
        session = await town.session(MONDAY)
        assert await town.moment(MomentKind.PROMPT, session.id) == (MomentState.DUE, START)

    async def test_the_message_in_hand_is_recorded(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        found = await towns(db, hands)
        process = Process(db, discord)
        discord.slow = 0.1
        await process.worker.ring()
        await until(lambda: "post" in discord.calls)
        await process.stop()
        assert await states(found) == [SessionState.OPEN]

    async def test_it_does_not_begin_again(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await towns(db, hands)
        process = Process(db, discord)
        await process.stop()
        await process.worker.ring()
        assert discord.calls == []

    async def test_what_waits_for_its_turn_is_not_sent_any_more(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        await town.add_slot("07:31")
        hands.move_by(MINUTE)
        process = Process(db, discord)
        discord.slow = 0.1
        await process.worker.ring()
        await until(lambda: "post" in discord.calls)
        await process.stop()
        found = [
            await town.moment(MomentKind.PROMPT, one.id) for one in await town.sessions(MONDAY)
        ]
        assert [one and one[0] for one in found] == [MomentState.SENT, MomentState.DUE]

    async def test_a_send_that_hangs_is_left_and_not_sent_twice(
        self,
        db: Database,
        discord: FakeDiscord,
        hands: Hands,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        found = await towns(db, hands)
        monkeypatch.setattr("bot.agenda.worker.FINISH_WITHIN", timedelta(seconds=0.1))
        process = Process(db, discord)
        discord.hang("post", when="after")
        await process.worker.ring()
        await until(lambda: len(discord.messages) == 1)
        await process.stop()
        discord.let_go()
        hands.move_by(10 * MINUTE)
        await Process(db, discord, "second").work()
        assert len(discord.messages) == 1
        assert await states(found) == [SessionState.OPEN]

    async def test_it_stops_though_the_database_is_gone(
        self, discord: FakeDiscord, sqlite_url: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with await open_database(sqlite_url) as db:
            process = Process(db, discord)
        await process.stop()
        assert "claims were not given back" in caplog.text


class TestTrouble:
    async def test_a_broken_moment_does_not_hold_up_the_others(
        self, db: Database, discord: FakeDiscord, hands: Hands, caplog: pytest.LogCaptureFixture
    ) -> None:
        found = await towns(db, hands, 3)
        discord.break_down("post", RuntimeError("a bug of ours"))
        await Process(db, discord).work()
        assert sorted(await states(found)) == ["open", "open", "planned"]
        assert "a bug of ours" in caplog.text

    @pytest.mark.parametrize("failure", [Failure.UNAVAILABLE, Failure.FORBIDDEN])
    async def test_what_discord_does_not_take_is_a_warning(
        self,
        db: Database,
        discord: FakeDiscord,
        hands: Hands,
        caplog: pytest.LogCaptureFixture,
        failure: Failure,
    ) -> None:
        await towns(db, hands)
        discord.fail("post", failure)
        await Process(db, discord).work()
        told = [one for one in caplog.records if "could not be sent" in one.getMessage()]
        assert [one.levelno for one in told] == [logging.WARNING]

    async def test_it_is_tried_again_later(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        found = await towns(db, hands)
        discord.break_down("post", RuntimeError("a bug of ours"))
        process = Process(db, discord)
        await process.work()
        hands.move_by(claims.FIRST_RETRY)
        await process.work()
        assert await states(found) == [SessionState.OPEN]

    async def test_a_database_that_is_down_for_a_while_delays_and_loses_nothing(
        self,
        db: Database,
        discord: FakeDiscord,
        hands: Hands,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        found = await towns(db, hands, 3)
        process = Process(db, discord)

        def down(*_args: object, **_kwargs: object) -> None:
            raise Unreachable("nobody there")

        with monkeypatch.context() as patch:
            patch.setattr(db, "write", down)
            await process.work()
        told = [one for one in caplog.records if "the database does not answer" in one.getMessage()]
        assert [one.levelno for one in told] == [logging.WARNING]
        await process.work()
        assert set(await states(found)) == {SessionState.OPEN}

    async def test_what_waits_for_longer_than_its_lease_is_done_once(
        self, db: Database, discord: FakeDiscord, hands: Hands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await towns(db, hands, 1)
        process = Process(db, discord)
        handled: list[int] = []
        go_on = asyncio.Event()
        handle = Occasions.handle

        async def slowly(self: Occasions, moment: Moment) -> bool:
            handled.append(moment.id)
            await go_on.wait()
            return await handle(self, moment)

        monkeypatch.setattr(Occasions, "handle", slowly)
        working = asyncio.create_task(process.work())
        await until(lambda: len(handled) == 1)
        hands.move_by(2 * LEASE)
        await process.worker.ring()
        await asyncio.sleep(0.05)
        go_on.set()
        await working
        assert len(handled) == len(set(handled))
        assert len(discord.messages) == 1

    async def test_a_database_that_goes_down_while_sending_makes_nothing_double(
        self, db: Database, discord: FakeDiscord, hands: Hands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = await towns(db, hands, 3)
        process = Process(db, discord)

        def down(*_args: object, **_kwargs: object) -> None:
            raise Unreachable("nobody there")

        with monkeypatch.context() as patch:
            patch.setattr("bot.services.prompts.posted", down)
            await process.work()
        hands.move_by(2 * LEASE)
        await process.work()
        assert len(discord.messages) == 3
        assert set(await states(found)) == {SessionState.OPEN}

    async def test_moments_that_fail_with_the_database_do_not_break_off_the_others(
        self, db: Database, discord: FakeDiscord, hands: Hands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = await towns(db, hands, 3)
        process = Process(db, discord)
        slow_id = (await found[0].session(MONDAY)).id
        handle = process.occasions.handle

        async def handled(_self: Occasions, moment: Moment) -> bool:
            if moment.subject != slow_id:
                raise Unreachable("nobody there")
            await asyncio.sleep(0.1)
            return await handle(moment)

        monkeypatch.setattr(Mortal, "handle", handled)
        await process.work()
        assert (await states(found))[0] is SessionState.OPEN


class TestAfterDowntime:
    async def test_a_prompt_that_was_due_meanwhile_is_posted_with_a_word_about_it(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        found = await towns(db, hands)
        hands.move_to(wall(MONDAY, "12:00"))
        await Process(db, discord).work()
        assert await states(found) == [SessionState.OPEN]
        assert "late" in discord.public[0].text.casefold()

    async def test_prompts_come_before_the_nudge(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        await town.add_slot("07:40")
        hands.move_to(wall(MONDAY, "12:00"))
        await Process(db, discord).work()
        sessions = await town.sessions(MONDAY)
        markers = [AnswerId.marker(GUILD, session.id) for session in sessions]
        firsts = [
            next(marker for marker in markers if any(marker in one for one in message.custom_ids))
            for message in discord.public[:2]
        ]
        assert firsts == markers

    async def test_of_overdue_nudges_only_the_newest_is_posted(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        await Process(db, discord).work()
        await planning.plan_everything(db, wall(MONDAY + DAY, "07:30"))
        hands.move_to(wall(MONDAY + DAY, "12:00"))
        await Process(db, discord).work()
        found = [
            await town.moment(MomentKind.NUDGE, (MONDAY + day * DAY).toordinal())
            for day in range(2)
        ]
        assert [one and one[0] for one in found] == [MomentState.SKIPPED, MomentState.SENT]

    async def test_a_nudge_that_would_come_in_quiet_hours_is_left_out(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await towns(db, hands)
        process = Process(db, discord)
        await process.work()
        hands.move_to(wall(MONDAY, "21:45"))
        await process.work()
        assert len(discord.public) == 1

    async def test_an_encouragement_of_yesterday_is_left_out(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await towns(db, hands)
        process = Process(db, discord)
        await process.work()
        hands.move_to(wall(MONDAY + DAY, "03:00"))
        await process.work()
        discord.messages.clear()
        hands.move_to(wall(MONDAY + 2 * DAY, "09:30"))
        await process.work()
        me = [one for one in discord.public if not _is_prompt(one.custom_ids)]
        assert me == []

    async def test_a_session_whose_prompt_was_never_due_in_time_is_void(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        await outages.left(db, 1, [0], wall(MONDAY, "06:00"))
        hands.move_to(wall(MONDAY + DAY, "05:00"))
        process = Process(db, discord)
        await process.connect()
        await process.work()
        assert (await town.session(MONDAY)).state is SessionState.VOID
        assert discord.public == []


class TestMessages:
    async def test_the_nudge_pings_who_wants_it_and_has_not_answered(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        bea, cleo = somebody(300), somebody(301)
        town.now = wall(MONDAY, "06:00")
        await town.join(bea, Wishes(named=True, pinged=True))
        await town.join(cleo)
        process = Process(db, discord)
        await process.work()
        await town.answer(bea, (await town.session(MONDAY)).id, Answer.DONE)
        hands.move_to(wall(MONDAY, "10:30"))
        await process.work()
        assert discord.public[-1].card.pinged == (somebody(100).user_id,)

    async def test_nobody_is_nudged_when_all_have_answered(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        process = Process(db, discord)
        await process.work()
        await town.answer(somebody(100), (await town.session(MONDAY)).id, Answer.REST)
        hands.move_to(wall(MONDAY, "10:30"))
        await process.work()
        assert len(discord.public) == 1

    async def test_a_day_with_a_miss_is_followed_by_one_encouragement(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await towns(db, hands)
        process = Process(db, discord)
        await process.work()
        discord.messages.clear()
        for at in ("03:00", "09:00", "09:10"):
            hands.move_to(wall(MONDAY + DAY, at))
            await process.work()
        posted = [one for one in discord.public if not _is_prompt(one.custom_ids)]
        assert [one.at for one in posted] == [wall(MONDAY + DAY, "09:00")]

    async def test_somebody_who_left_the_server_is_not_named(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        (town,) = await towns(db, hands)
        process = Process(db, discord)
        discord.left.add(somebody(100).user_id)
        hands.move_to(wall(MONDAY + 8 * DAY, "03:00"))
        await planning.plan_everything(db, wall(MONDAY + 7 * DAY, "05:00"))
        hands.move_to(wall(MONDAY + 8 * DAY, "07:30"))
        await process.work()
        hands.move_to(wall(MONDAY + 8 * DAY, "10:30"))
        await process.work()
        assert (await town.member(somebody(100))).left_at is not None
        assert all("Member 100" not in one.text for one in discord.public)
        assert all(not one.card.pinged for one in discord.public)

    async def test_a_repeat_after_a_death_says_the_same(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await towns(db, hands)
        process = Process(db, discord)
        await process.work()
        hands.move_to(wall(MONDAY, "10:30"))
        discord.fail("post", Failure.UNAVAILABLE, when="after")
        await process.work()
        first = discord.public[-1].text
        discord.messages.pop()
        hands.move_by(claims.FIRST_RETRY)
        await process.work()
        assert discord.public[-1].text == first


def _is_prompt(custom_ids: list[str]) -> bool:
    return any(custom_id.startswith("amble:answer:") for custom_id in custom_ids)
