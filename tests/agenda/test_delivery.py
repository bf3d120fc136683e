"""Each message once, whatever happens on the way: deaths, lost answers, closed doors."""

import asyncio
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest

from bot import clock
from bot.agenda.sender import Failure
from bot.domain.checkin import Answer, SessionState
from bot.domain.encouragement import Reach
from bot.domain.ids import ChannelId
from bot.domain.moment import MomentKind, MomentState
from bot.services import claims, outages, prompts, servers
from bot.services import groups as group_service
from bot.services.groups import Edit
from bot.services.views import Wishes
from bot.storage import downtimes, groups, sessions
from bot.storage.database import Database
from bot.storage.sessions import Session
from tests.agenda.fake_discord import Died, FakeDiscord, Hands, Process, until
from tests.monitor.figures import Growth, growth_of
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
from tests.ui import samples

START = wall(MONDAY, "07:30")
MINUTE = timedelta(minutes=1)
NAMED = Wishes(named=True, pinged=True)


async def waiting_town(db: Database, hands: Hands, wishes: Wishes = NAMED) -> Town:
    """A town with one member whose first prompt is due now."""
    town = await found_town(db)
    await town.crowd(1, wishes)
    await town.add_slot("07:30")
    hands.move_to(START)
    town.now = START
    return town


async def spans(db: Database) -> list[tuple[datetime, datetime | None]]:
    """The downtimes of the town's server since the start, as (from, until)."""
    found = await db.read(downtimes.of_guild, GUILD, START, clock.now())
    return [(one.start, one.end) for one in found]


async def prompt_of(town: Town) -> tuple[Session, MomentState]:
    session = await town.session(MONDAY)
    found = await town.moment(MomentKind.PROMPT, session.id)
    assert found is not None
    return session, found[0]


def turns_of(kind: MomentKind, outcome: str) -> AbstractContextManager[Growth]:
    """How many turns of moments end so inside."""
    return growth_of("amble_moments_total", kind=kind, outcome=outcome)


class TestOnce:
    async def test_a_prompt_is_posted_and_its_session_open(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        await Process(db, discord).work()
        session, state = await prompt_of(town)
        assert (session.state, state) == (SessionState.OPEN, MomentState.SENT)
        assert session.message_id == discord.messages[0].id

    async def test_an_answer_before_discords_own_stands_in_the_tally(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        process = Process(db, discord)
        discord.hang("post", when="after")
        working = asyncio.create_task(process.work())
        await until(lambda: len(discord.messages) == 1)
        hands.move_by(timedelta(seconds=2))
        town.now = clock.now()
        session = await town.session(MONDAY)
        await town.answer(somebody(100), session.id, Answer.DONE)
        process.redraws.ask(GUILD, session.id)
        await asyncio.sleep(0.05)  # It finds no message to draw yet.
        discord.let_go()
        await working
        await until(lambda: len(discord.edits) == 1)
        assert "Member 100" in samples.text_of(discord.edits[0][2])

    async def test_it_is_posted_once_however_often_it_rings(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await waiting_town(db, hands)
        process = Process(db, discord)
        for _ in range(3):
            await process.work()
        assert len(discord.messages) == 1

    @pytest.mark.parametrize("when", ["before", "after"])
    async def test_it_is_posted_once_though_the_process_dies_while_posting(
        self, db: Database, discord: FakeDiscord, hands: Hands, when: str
    ) -> None:
        town = await waiting_town(db, hands)
        discord.die("post", when="before" if when == "before" else "after")
        with pytest.raises(Died):
            await Process(db, discord).work()
        hands.move_by(20 * MINUTE)  # Discord has forgotten the nonce by then
        await Process(db, discord, "second").work()
        session, state = await prompt_of(town)
        assert len(discord.messages) == 1
        assert (session.state, state) == (SessionState.OPEN, MomentState.SENT)
        assert session.message_id == discord.messages[0].id

    async def test_it_is_posted_once_though_the_process_dies_after_claiming(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await waiting_town(db, hands)
        await claims.take(db, claimant("first"), START, MANY)
        hands.move_by(2 * LEASE)
        await Process(db, discord, "second").work()
        assert len(discord.messages) == 1

    async def test_it_is_posted_once_though_the_process_dies_before_recording(
        self,
        db: Database,
        discord: FakeDiscord,
        hands: Hands,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        town = await waiting_town(db, hands)

        async def dies(*_args: object) -> None:
            raise Died

        with monkeypatch.context() as patch:
            patch.setattr(prompts, "posted", dies)
            with pytest.raises(Died):
                await Process(db, discord).work()
        hands.move_by(20 * MINUTE)
        await Process(db, discord, "second").work()
        assert len(discord.messages) == 1
        assert (await prompt_of(town))[0].state is SessionState.OPEN

    async def test_it_is_not_touched_while_another_process_has_it(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await waiting_town(db, hands)
        await claims.take(db, claimant("first"), START, MANY)
        hands.move_by(LEASE / 2)
        await Process(db, discord, "second").work()
        assert discord.messages == []

    async def test_a_process_that_lost_its_claim_posts_nothing(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await waiting_town(db, hands)
        slow = Process(db, discord, "slow")
        moment = next(iter(await claims.take(db, claimant("slow"), START, MANY)))
        hands.move_by(2 * LEASE)
        await claims.take(db, claimant("quick"), START + 2 * LEASE, MANY)
        await slow.worker._handle(moment)
        assert discord.messages == []

    async def test_a_machine_that_slept_in_the_middle_of_a_send_posts_nothing_twice(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        slow = Process(db, discord, "slow")
        discord.hang("post")
        working = asyncio.create_task(slow.work())
        await until(lambda: "post" in discord.calls)
        hands.move_by(2 * LEASE)
        await Process(db, discord, "quick").work()
        hands.move_by(3 * HOUR)  # Discord has forgotten the nonce by then
        discord.let_go()
        await working
        session = await town.session(MONDAY)
        assert [one.id for one in discord.public if one.at < clock.now()] == [session.message_id]

    async def test_a_claim_that_ran_out_is_good_until_another_process_takes_it(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        """Behind many others in its channel a message may wait for longer than its lease."""
        town = await waiting_town(db, hands)
        slow = Process(db, discord, "slow")
        moment = next(iter(await claims.take(db, claimant("slow"), START, MANY)))
        hands.move_by(2 * LEASE)
        await slow.worker._handle(moment)
        assert len(discord.messages) == 1
        assert (await prompt_of(town))[1] is MomentState.SENT

    async def test_what_was_sent_is_not_begun_again_by_a_process_that_was_slow(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        moment = next(iter(await claims.take(db, claimant("slow"), START, MANY)))
        hands.move_by(2 * LEASE)
        await Process(db, discord, "quick").work()
        await claims.try_again(db, moment, START + 2 * LEASE)
        assert (await prompt_of(town))[1] is MomentState.SENT


class TestDiscordInTrouble:
    async def test_a_prompt_refused_for_a_moment_comes_a_little_later(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await waiting_town(db, hands)
        discord.fail("post", Failure.UNAVAILABLE)
        process = Process(db, discord)
        await process.work()
        hands.move_by(claims.FIRST_RETRY)
        await process.work()
        assert [one.at for one in discord.messages] == [START + claims.FIRST_RETRY]

    async def test_a_lost_answer_posts_nothing_twice(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        discord.fail("post", Failure.UNAVAILABLE, when="after")
        process = Process(db, discord)
        await process.work()
        hands.move_by(claims.FIRST_RETRY)
        await process.work()
        assert len(discord.messages) == 1
        assert (await prompt_of(town))[0].state is SessionState.OPEN

    async def test_a_lost_answer_posts_nothing_twice_though_discord_stays_away_for_long(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await waiting_town(db, hands)
        discord.fail("post", Failure.UNAVAILABLE, when="after")
        discord.fail("find", Failure.UNAVAILABLE, times=8)
        process = Process(db, discord)
        for _ in range(12):
            await process.work()
            hands.move_by(claims.LAST_RETRY)
        assert len(discord.messages) == 1

    async def test_it_waits_longer_each_time_but_never_for_long(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        discord.fail("post", Failure.UNAVAILABLE, times=30)
        process = Process(db, discord)
        waits: list[timedelta] = []
        for _ in range(10):
            await process.work()
            session = await town.session(MONDAY)
            found = await town.moment(MomentKind.PROMPT, session.id)
            assert found is not None
            waits.append(found[1] - town.now)
            town.now = found[1]
            hands.move_to(town.now)
        assert waits == sorted(waits)
        assert (waits[0], waits[-1]) == (claims.FIRST_RETRY, claims.LAST_RETRY)

    async def test_it_is_a_downtime_until_something_is_taken(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await waiting_town(db, hands)
        discord.fail("post", Failure.UNAVAILABLE)
        process = Process(db, discord)
        await process.connect()
        await process.work()
        hands.move_by(MINUTE)
        assert await spans(db) == [(START, None)]
        await process.work()
        assert await spans(db) == [(START, START + MINUTE)]

    async def test_a_settlement_does_not_mean_that_discord_is_back(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        process = Process(db, discord)
        await process.connect()
        await process.work()
        await town.add_slot("23:00")
        hands.move_to(wall(MONDAY, "23:00"))
        discord.fail("post", Failure.UNAVAILABLE, times=99)
        await process.work()
        hands.move_to(wall(MONDAY + DAY, "03:00"))
        await process.work()
        assert (await spans(db))[-1] == (wall(MONDAY, "23:00"), None)

    async def test_when_it_is_over_the_session_is_too_late_to_open(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        discord.fail("post", Failure.UNAVAILABLE, times=99)
        process = Process(db, discord)
        await process.work()
        hands.move_to(wall(MONDAY + DAY, "04:00"))
        discord.recover()
        await process.work()
        session, state = await prompt_of(town)
        assert (session.state, state) == (SessionState.VOID, MomentState.SKIPPED)
        # Only Monday's: Tuesday's is not due yet.
        assert discord.messages == []


class TestClosedDoors:
    @pytest.mark.parametrize("failure", [Failure.GONE, Failure.FORBIDDEN])
    async def test_a_channel_that_cannot_be_written_to_is_not_tried_again(
        self, db: Database, discord: FakeDiscord, hands: Hands, failure: Failure
    ) -> None:
        town = await waiting_town(db, hands)
        discord.fail("post", failure)
        process = Process(db, discord)
        await process.work()
        hands.move_by(HOUR)
        await process.work()
        assert discord.public == []
        assert (await prompt_of(town))[1] is MomentState.FAILED

    @pytest.mark.parametrize("failure", [Failure.GONE, Failure.FORBIDDEN])
    async def test_a_group_that_moved_on_between_two_tries_gets_its_prompt_where_it_is_now(
        self, db: Database, discord: FakeDiscord, hands: Hands, failure: Failure
    ) -> None:
        town = await waiting_town(db, hands)
        discord.fail("post", Failure.UNAVAILABLE)
        process = Process(db, discord)
        await process.work()
        moved_to = ChannelId(CHANNEL + 1)
        await group_service.edit(db, ORGANISER, town.group_id, Edit(channel_id=moved_to), START)
        discord.fail("find", failure)
        hands.move_by(claims.FIRST_RETRY)
        await process.work()
        assert [one.channel_id for one in discord.public] == [moved_to]

    async def test_what_is_left_out_asks_no_care_for_the_channel_it_was_tried_in(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        process = Process(db, discord)
        await process.work()
        hands.move_to(wall(MONDAY, "10:30"))
        discord.fail("post", Failure.UNAVAILABLE)
        await process.work()
        town.now = wall(MONDAY, "10:30")
        await town.answer(somebody(100), (await town.session(MONDAY)).id, Answer.DONE)
        discord.fail("find", Failure.GONE)
        hands.move_by(claims.FIRST_RETRY)
        await process.work()
        assert (await db.read(groups.fetch, GUILD, town.group_id)).care is None

    async def test_its_organiser_is_told_once(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        process = Process(db, discord)
        discord.fail("post", Failure.GONE)
        await process.work()
        await town.plan()
        hands.move_by(DAY)
        discord.fail("post", Failure.GONE)
        await process.work()
        assert len(discord.to(ORGANISER.user_id)) == 1

    async def test_its_organiser_is_told_once_though_the_answer_was_lost(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await waiting_town(db, hands)
        process = Process(db, discord)
        discord.fail("post", Failure.FORBIDDEN)
        discord.fail("post", Failure.UNAVAILABLE, when="after")
        await process.work()
        for _ in range(3):
            hands.move_by(5 * MINUTE)  # Discord has forgotten the nonce by then
            await process.work()
        assert len(discord.to(ORGANISER.user_id)) == 1

    async def test_an_organiser_of_two_groups_is_told_of_both(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        other = await _second_group(town)
        await other.add_slot("07:40")
        hands.move_to(wall(MONDAY, "07:40"))
        discord.closed.add(CHANNEL)
        await Process(db, discord).work()
        assert len(discord.to(ORGANISER.user_id)) == 2

    async def test_a_group_is_well_again_once_a_prompt_is_posted(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        process = Process(db, discord)
        discord.fail("post", Failure.FORBIDDEN)
        await process.work()
        await town.plan()
        hands.move_by(DAY)
        await process.work()
        group = await db.read(groups.fetch, GUILD, town.group_id)
        assert group.care is None

    async def test_an_organiser_with_closed_messages_stops_nothing(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        discord.fail("post", Failure.GONE)
        discord.fail("direct_channel", Failure.CLOSED)
        await Process(db, discord).work()
        group = await db.read(groups.fetch, GUILD, town.group_id)
        assert group.care == "channel_gone"

    async def test_a_server_without_the_bot_gets_nothing_and_nobody_is_told(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await waiting_town(db, hands)
        await servers.bot_left(db, GUILD, START)
        process = Process(db, discord)
        for hour in range(30):
            hands.move_to(START + hour * HOUR)
            await process.work()
        assert discord.calls == []

    async def test_its_session_is_missed_by_nobody(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        await servers.bot_left(db, GUILD, START)
        hands.move_to(wall(MONDAY + DAY, "03:00"))
        await Process(db, discord).work()
        assert (await town.session(MONDAY)).state is SessionState.VOID

    async def test_an_archived_group_gets_nothing(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands)
        await town.set_rhythm(archived_at=START)
        process = Process(db, discord)
        for hour in range(30):
            hands.move_to(START + hour * HOUR)
            await process.work()
        assert discord.calls == []


class TestSettlements:
    async def open_town(self, db: Database, discord: FakeDiscord, hands: Hands) -> Town:
        """A town whose session is open, when it settles."""
        town = await waiting_town(db, hands)
        await Process(db, discord).work()
        hands.move_to(wall(MONDAY + DAY, "03:00"))
        return town

    async def test_one_is_counted_and_its_prompt_redrawn(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await self.open_town(db, discord, hands)
        process = Process(db, discord)
        with turns_of(MomentKind.SETTLE, "sent") as sent:
            await process.work()
        await process.redraws.stop()
        assert (sent.amount, len(discord.edits)) == (1, 1)

    async def test_one_that_comes_too_late_is_skipped_and_redraws_nothing(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await self.open_town(db, discord, hands)
        session = await town.session(MONDAY)
        await db.write(sessions.change, GUILD, session.id, state=SessionState.SETTLED)
        process = Process(db, discord)
        with turns_of(MomentKind.SETTLE, "skipped") as skipped:
            await process.work()
        await process.redraws.stop()
        assert (skipped.amount, discord.edits) == (1, [])

    async def test_one_that_is_put_off_is_counted_as_that(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await self.open_town(db, discord, hands)
        await outages.left(db, 1, [0], wall(MONDAY, "08:00"))
        with turns_of(MomentKind.SETTLE, "put_off") as put_off:
            await Process(db, discord).work()
        assert put_off.amount == 1


class TestDirectMessages:
    async def nudged_town(self, db: Database, discord: FakeDiscord, hands: Hands) -> Town:
        """A town whose one member asked for direct messages, when the nudge is due."""
        town = await waiting_town(db, hands, Wishes(reach=Reach.DM))
        await Process(db, discord).work()
        hands.move_to(wall(MONDAY, "10:30"))
        await Process(db, discord).work()
        hands.move_by(MINUTE)
        return town

    async def test_they_come_a_little_after_the_nudge(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await self.nudged_town(db, discord, hands)
        await Process(db, discord).work()
        assert len(discord.to(somebody(100).user_id)) == 1

    async def test_nobody_in_the_channel_no_message_in_the_channel(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await self.nudged_town(db, discord, hands)
        await Process(db, discord).work()
        assert len(discord.public) == 1  # the prompt

    async def test_one_refusal_ends_them(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await self.nudged_town(db, discord, hands)
        discord.fail("post", Failure.CLOSED)
        process = Process(db, discord)
        await process.work()
        hands.move_by(MINUTE)
        await process.work()
        assert (await town.member(somebody(100))).dm_refused_at is not None
        assert discord.to(somebody(100).user_id) == []

    async def test_a_refusal_is_counted_as_skipped(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await self.nudged_town(db, discord, hands)
        discord.fail("post", Failure.CLOSED)
        with turns_of(MomentKind.NUDGE_DM, "skipped") as skipped:
            await Process(db, discord).work()
        assert skipped.amount == 1

    @pytest.mark.parametrize(
        "failure", [Failure.GONE, Failure.FORBIDDEN, Failure.REJECTED, Failure.HELD_BACK]
    )
    @pytest.mark.parametrize("call", ["post", "direct_channel"])
    async def test_what_is_not_the_members_own_refusal_ends_none_but_this_one(
        self, db: Database, discord: FakeDiscord, hands: Hands, failure: Failure, call: str
    ) -> None:
        town = await self.nudged_town(db, discord, hands)
        discord.fail(call, failure)
        process = Process(db, discord)
        await process.connect()
        await process.work()
        assert (await town.member(somebody(100))).dm_refused_at is None
        assert (await town.session(MONDAY)).state is SessionState.OPEN
        assert await spans(db) == []

    async def test_what_discord_holds_back_comes_later(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await self.nudged_town(db, discord, hands)
        discord.fail("direct_channel", Failure.HELD_BACK)
        process = Process(db, discord)
        await process.work()
        hands.move_by(MINUTE)
        await process.work()
        assert len(discord.to(somebody(100).user_id)) == 1

    async def test_a_refusal_is_no_downtime(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await self.nudged_town(db, discord, hands)
        discord.fail("direct_channel", Failure.CLOSED)
        process = Process(db, discord)
        await process.connect()
        await process.work()
        assert await spans(db) == []

    async def test_they_are_sent_once_though_the_process_dies_after_posting(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        await self.nudged_town(db, discord, hands)
        discord.die("post", when="after")
        with pytest.raises(Died):
            await Process(db, discord).work()
        hands.move_by(20 * MINUTE)
        await Process(db, discord, "second").work()
        assert len(discord.to(somebody(100).user_id)) == 1

    async def test_an_encouragement_that_discord_refuses_for_days_is_given_up(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        town = await waiting_town(db, hands, Wishes(reach=Reach.DM))
        await town.set_rhythm(quiet_from=START.time(), quiet_until=START.time())
        process = Process(db, discord)
        await process.work()
        hands.move_to(wall(MONDAY + DAY, "03:00"))
        await process.work()
        hands.move_to(wall(MONDAY + DAY, "09:00"))
        await process.work()
        discord.fail("post", Failure.UNAVAILABLE, times=999)
        hands.move_by(MINUTE)
        await process.work()
        hands.move_to(wall(MONDAY + 3 * DAY, "09:00"))
        discord.recover()
        await process.work()
        assert discord.to(somebody(100).user_id) == []


async def _second_group(town: Town) -> Town:
    made = await group_service.create(town.db, ORGANISER, town.now, town.limits, name="Strollers")
    return Town(town.db, made.group_id, town.now)
