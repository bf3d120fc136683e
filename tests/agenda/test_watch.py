"""The book of outages: when the bot was not there for a server, to the second."""

from datetime import datetime, timedelta

import pytest

from bot import clock
from bot.domain.shards import Shards
from bot.services import outages
from bot.storage import downtimes
from bot.storage.database import Database
from bot.storage.errors import Unreachable
from tests.agenda.fake_discord import BEAT, FakeDiscord, Hands, Process
from tests.services.town import GUILD, HOUR, MONDAY, wall

FIVE = wall(MONDAY, "05:00")
"""When each test begins."""
SECOND = timedelta(seconds=1)

Spans = list[tuple[datetime, datetime | None]]


async def book(db: Database) -> Spans:
    """The downtimes of a server, as (from, until); the last may go on."""
    found = await db.read(downtimes.of_guild, GUILD, FIVE - HOUR, clock.now())
    return [(one.start, one.end) for one in found]


async def alive_until(process: Process) -> datetime:
    """Until when a process is known to run."""
    found = await process.db.read(downtimes.alive_until)
    assert found is not None
    return found


@pytest.fixture
async def process(db: Database, discord: FakeDiscord, hands: Hands) -> Process:
    """A process whose gateway is connected since five."""
    process = Process(db, discord)
    await process.connect()
    return process


class TestTheGateway:
    async def test_while_it_is_there_there_is_no_downtime(
        self, process: Process, hands: Hands
    ) -> None:
        for _ in range(10):
            hands.move_by(BEAT)
            await process.watch.beat()
        assert await book(process.db) == []

    async def test_lost_it_is_a_downtime_that_goes_on(self, process: Process, hands: Hands) -> None:
        hands.move_by(HOUR / 2)
        await process.watch.beat()
        hands.move_by(SECOND)
        await process.watch.lost(0)
        hands.move_by(HOUR)
        await process.watch.beat()
        assert (await book(process.db))[-1] == (FIVE + HOUR / 2 + SECOND, None)

    async def test_found_again_it_is_over(self, process: Process, hands: Hands) -> None:
        await process.watch.lost(0)
        hands.move_by(HOUR)
        await process.watch.found(0)
        assert await book(process.db) == [(FIVE, FIVE + HOUR)]

    async def test_a_second_without_it_is_written_down_too(
        self, process: Process, hands: Hands
    ) -> None:
        await process.watch.lost(0)
        hands.move_by(SECOND)
        await process.watch.found(0)
        assert await book(process.db) == [(FIVE, FIVE + SECOND)]

    async def test_not_found_after_the_start_it_is_still_a_downtime(
        self, process: Process, hands: Hands
    ) -> None:
        await process.watch.stop()
        hands.move_by(HOUR)
        second = Process(process.db, process.discord, "second")
        await second.watch.beat()
        assert await book(process.db) == [(FIVE, None)]
        hands.move_by(HOUR)
        await second.watch.found(0)
        assert await book(process.db) == [(FIVE, FIVE + 2 * HOUR)]


class TestARefusal:
    async def test_is_a_downtime_until_something_is_taken(
        self, process: Process, hands: Hands
    ) -> None:
        await process.watch.refused(GUILD)
        hands.move_by(HOUR)
        assert await book(process.db) == [(FIVE, None)]
        await process.watch.accepted(GUILD)
        assert await book(process.db) == [(FIVE, FIVE + HOUR)]

    async def test_and_a_lost_gateway_are_over_when_both_are(
        self, process: Process, hands: Hands
    ) -> None:
        await process.watch.lost(0)
        await process.watch.refused(GUILD)
        hands.move_by(HOUR)
        await process.watch.found(0)
        assert await book(process.db) == [(FIVE, None)]
        await process.watch.accepted(GUILD)
        assert await book(process.db) == [(FIVE, FIVE + HOUR)]

    async def test_with_nothing_left_to_send_ends_when_discord_answers(
        self, process: Process, hands: Hands
    ) -> None:
        await process.watch.refused(GUILD)
        process.discord.awake = False
        hands.move_by(HOUR)
        await process.watch.beat()
        assert await book(process.db) == [(FIVE, None)]
        process.discord.awake = True
        hands.move_by(HOUR)
        await process.watch.beat()
        assert await book(process.db) == [(FIVE, FIVE + 2 * HOUR)]

    async def test_of_another_processes_server_is_not_ours_to_book(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        other = 1 - (GUILD >> 22) % 2
        process = Process(db, discord, shards=Shards.of(2, [other]))
        await process.connect()
        await process.watch.refused(GUILD)
        hands.move_by(HOUR)
        assert await book(db) == []


class TestAProcess:
    async def test_that_is_killed_leaves_a_downtime_since_its_last_beat(
        self, process: Process, hands: Hands
    ) -> None:
        hands.move_by(BEAT)
        await process.watch.beat()
        hands.move_by(HOUR)
        assert await book(process.db) == [(FIVE + BEAT, None)]
        second = Process(process.db, process.discord, "second")
        await second.connect()
        assert await book(process.db) == [(FIVE + BEAT, FIVE + BEAT + HOUR)]

    async def test_that_stops_in_order_leaves_one_since_then(
        self, process: Process, hands: Hands
    ) -> None:
        hands.move_by(SECOND)
        await process.watch.stop()
        hands.move_by(SECOND)
        assert await book(process.db) == [(FIVE + SECOND, None)]

    async def test_that_was_suspended_was_away(self, process: Process, hands: Hands) -> None:
        hands.move_by(HOUR)
        await process.watch.beat()
        assert await book(process.db) == [(FIVE, FIVE + HOUR)]

    async def test_that_lost_its_gateway_is_at_work_all_the_same(
        self, process: Process, hands: Hands
    ) -> None:
        await process.watch.lost(0)
        hands.move_by(HOUR)
        await process.watch.beat()
        assert await alive_until(process) >= clock.now()

    async def test_that_stopped_is_not_at_work(self, process: Process, hands: Hands) -> None:
        await process.watch.stop()
        hands.move_by(SECOND)
        assert await alive_until(process) < clock.now()


class TestAFirstStartThatNeverGotItsGateway:
    @pytest.fixture
    async def unreached(self, db: Database, discord: FakeDiscord, hands: Hands) -> Process:
        process = Process(db, discord)
        await process.watch.beat()
        hands.move_by(BEAT)
        await process.watch.beat()
        return process

    async def test_is_at_work(self, unreached: Process) -> None:
        assert await alive_until(unreached) >= clock.now()

    async def test_was_never_there(self, unreached: Process) -> None:
        assert await outages.last_there(unreached.db, 1, 0) is None
        assert await unreached.db.read(downtimes.latest_there) is None

    async def test_is_no_downtime_before_it_is_reached_nor_after(
        self, unreached: Process, hands: Hands
    ) -> None:
        hands.move_by(HOUR)
        assert await book(unreached.db) == []
        await unreached.watch.found(0)
        hands.move_by(BEAT)
        await unreached.watch.beat()
        assert await book(unreached.db) == []

    async def test_that_stopped_is_not_at_work(self, unreached: Process, hands: Hands) -> None:
        await unreached.watch.stop()
        hands.move_by(SECOND)
        assert await alive_until(unreached) < clock.now()
        assert await book(unreached.db) == []

    async def test_counts_for_the_shards_it_was_split_into_as_the_ones_before(
        self, process: Process, hands: Hands
    ) -> None:
        await process.watch.stop()
        hands.move_by(HOUR)
        second = Process(process.db, process.discord, "second", shards=Shards.of(4))
        await second.watch.beat()
        assert await book(process.db) == [(FIVE, None)]
        await second.connect()
        assert await book(process.db) == [(FIVE, FIVE + HOUR)]


class TestWithADatabaseThatIsAway:
    async def test_a_return_that_was_not_saved_is_noted_at_the_next_beat(
        self, process: Process, hands: Hands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await process.watch.lost(0)
        hands.move_by(HOUR)
        with monkeypatch.context() as patch:
            patch.setattr(outages, "back", nobody_there)
            await process.watch.found(0)
        assert await book(process.db) == [(FIVE, None)]
        hands.move_by(BEAT)
        await process.watch.beat()
        assert await book(process.db) == [(FIVE, FIVE + HOUR + BEAT)]

    async def test_a_loss_that_was_not_saved_counts_from_the_last_beat(
        self, process: Process, hands: Hands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(outages, "left", nobody_there)
            await process.watch.lost(0)
        hands.move_by(HOUR)
        await process.watch.found(0)
        assert await book(process.db) == [(FIVE, FIVE + HOUR)]


class TestShards:
    async def test_the_book_goes_on_where_the_bot_is_split_otherwise(
        self, process: Process, hands: Hands
    ) -> None:
        await process.watch.stop()
        hands.move_by(HOUR)
        second = Process(process.db, process.discord, "second", shards=Shards.of(4))
        assert await book(process.db) == [(FIVE, None)]
        await second.connect()
        assert await book(process.db) == [(FIVE, FIVE + HOUR)]

    async def test_each_shard_has_its_own(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        process = Process(db, discord, shards=Shards.of(2))
        await process.connect()
        await process.watch.lost(1 - (GUILD >> 22) % 2)
        hands.move_by(BEAT)
        assert await book(db) == []


async def nobody_there(*_args: object) -> None:
    raise Unreachable("nobody there")
