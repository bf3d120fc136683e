"""Prompts that fall due while nothing can be saved, and members who click meanwhile."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from typing_extensions import override

from bot.domain.checkin import SessionState
from bot.domain.ids import ChannelId, MessageId
from bot.storage.database import Database, open_database
from bot.ui.card import Card
from tests.agenda.fake_discord import FakeDiscord, Hands, Process
from tests.agenda.test_worker import states, towns
from tests.end_to_end.village import open_village
from tests.faults.test_disk_files import locked
from tests.services.town import LEASE, MONDAY, wall

GROUPS = 3


@pytest.fixture
def hands() -> Iterator[Hands]:
    with time_machine.travel(wall(MONDAY, "05:00"), tick=False) as traveller:
        yield Hands(traveller)


class Spot:
    """Where the database stands, until it is taken away."""

    def __init__(self, url: str) -> None:
        self._path = Path(url.removeprefix("sqlite:///"))
        self._aside = self._path.with_suffix(".aside")

    def take_away(self) -> None:
        self._path.rename(self._aside)

    def bring_back(self) -> None:
        self._aside.rename(self._path)


@pytest.fixture
def spot(sqlite_url: str) -> Spot:
    return Spot(sqlite_url)


@pytest.fixture
async def db(sqlite_url: str) -> AsyncIterator[Database]:
    async with await open_database(sqlite_url) as database:
        yield database


class LosesItWhilePosting(FakeDiscord):
    """The database goes away once a message stands in its channel, before that is recorded."""

    def __init__(self, spot: Spot) -> None:
        super().__init__()
        self._spot: Spot | None = spot

    @override
    async def post(self, channel_id: ChannelId, card: Card, nonce: str) -> MessageId:
        message_id = await super().post(channel_id, card, nonce)
        if self._spot is not None:
            self._spot.take_away()
            self._spot = None
        return message_id


async def work_later(process: Process, hands: Hands) -> None:
    """Work as often as claims take to run out and retries to come."""
    for _ in range(4):
        hands.move_by(2 * LEASE + timedelta(minutes=1))
        await process.work()


async def test_prompts_due_meanwhile_are_posted_once_afterwards(
    db: Database, spot: Spot, hands: Hands
) -> None:
    found = await towns(db, hands, GROUPS)
    discord = FakeDiscord()
    process = Process(db, discord)
    spot.take_away()
    await process.work()
    assert discord.messages == []
    spot.bring_back()
    await work_later(process, hands)
    assert len(discord.public) == GROUPS
    assert set(await states(found)) == {SessionState.OPEN}


async def test_a_prompt_that_was_posted_but_not_recorded_is_not_posted_again(
    db: Database, spot: Spot, hands: Hands
) -> None:
    found = await towns(db, hands, GROUPS)
    discord = LosesItWhilePosting(spot)
    process = Process(db, discord)
    await process.work()
    spot.bring_back()
    await work_later(process, hands)
    assert len(discord.public) == GROUPS
    assert set(await states(found)) == {SessionState.OPEN}


async def test_a_member_is_told_kindly_and_may_press_again(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.sqlite.BUSY_AFTER", 0.2)
    async with open_village(sqlite_url) as village:
        await village.set_up()
        await village.create()
        await village.plan()
        anna = await village.member("Anna")
        await village.until("2026-03-02", "08:00")
        with locked(Path(sqlite_url.removeprefix("sqlite:///"))):
            told = await village.answer(anna)
        assert "not saved. Try again in a minute" in told
        assert "not saved" not in await village.answer(anna)
