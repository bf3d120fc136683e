"""After a restore nothing that was posted since the backup is posted a second time."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.domain.encouragement import Reach
from bot.services import backups, planning
from bot.services.views import Wishes
from bot.storage.database import Database, open_database
from tests.agenda import fake_discord
from tests.agenda.fake_discord import FakeDiscord, Hands, Process
from tests.services.town import DAY, HOUR, MONDAY, found_town, somebody, wall

TUESDAY = MONDAY + DAY
NAMED = Wishes(named=True)
LETTERS = Wishes(reach=Reach.DM)


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have heartbeats vouch for as long as the steps of these tests are."""
    monkeypatch.setattr(fake_discord, "BEAT", HOUR)


async def live(db: Database, discord: FakeDiscord, hands: Hands, until: datetime) -> None:
    """Have a process be there, look each quarter of an hour, and end at `until`."""
    process = Process(db, discord)
    await process.connect()
    while True:
        await planning.plan_everything(db, clock.now())
        await process.watch.beat()
        await process.work()
        if clock.now() >= until:
            return
        hands.move_by(timedelta(minutes=15))


async def restored_at_noon(
    url: str, directory: Path, discord: FakeDiscord, hands: Hands, wishes: Wishes, backup_at: str
) -> int:
    """Miss Monday's session, and restore on Tuesday at noon what was backed up at `backup_at`.

    Return how many messages stood before that; the next half day is lived as well.
    """
    async with await open_database(url) as db:
        town = await found_town(db)
        await town.crowd(1, wishes)
        await town.add_slot("07:30", frozenset({0}))
        await live(db, discord, hands, wall(TUESDAY, backup_at))
        made = await backups.make(url, directory, 9, clock.now())
        await live(db, discord, hands, wall(TUESDAY, "12:00"))
    before = len(discord.messages)
    now = clock.now()
    async with backups.prepared(url, made.backup.path, directory, now) as ready:
        await backups.put_in_place(url, ready, directory, now)
    async with await open_database(url) as db:
        await live(db, discord, hands, wall(TUESDAY, "23:00"))
    return before


@pytest.mark.parametrize("backup_at", ["02:00", "05:00"], ids=["before", "after"])
async def test_the_days_encouragement_is_posted_once_whether_it_had_settled_at_the_backup(
    sqlite_url: str, tmp_path: Path, discord: FakeDiscord, hands: Hands, backup_at: str
) -> None:
    before = await restored_at_noon(sqlite_url, tmp_path, discord, hands, NAMED, backup_at)
    assert [one.text for one in discord.public[before:]] == []


@pytest.mark.parametrize("backup_at", ["02:00", "05:00"], ids=["before", "after"])
async def test_nobody_gets_its_direct_message_again(
    sqlite_url: str, tmp_path: Path, discord: FakeDiscord, hands: Hands, backup_at: str
) -> None:
    before = await restored_at_noon(sqlite_url, tmp_path, discord, hands, LETTERS, backup_at)
    assert discord.to(somebody(100).user_id)
    assert [one.text for one in discord.messages[before:]] == []
