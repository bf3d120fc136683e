"""Asking Discord who is still there: everybody has their turn, whatever Discord answers."""

from datetime import timedelta

import pytest
from typing_extensions import override

from bot import clock
from bot.agenda.pace import Pace
from bot.agenda.roll_call import RollCall
from bot.domain.ids import GuildId, UserId
from bot.services import groups, joining, presence, servers
from bot.services.limits import Limits
from bot.services.views import Wishes
from bot.storage.database import Database
from tests.agenda.fake_discord import FakeDiscord, Hands
from tests.services.town import CHANNEL, DAY, GUILD, HOUR, Town, found_town, somebody

OTHER = GuildId(8001)
STRANGER = UserId(3)
WEEK = timedelta(weeks=1)


class Forgetful(FakeDiscord):
    """Does not say who is in the town's server."""

    @override
    async def is_member(self, guild_id: GuildId, user_id: UserId) -> bool | None:
        self.asked_about.append(user_id)
        return None if guild_id == GUILD else user_id not in self.left


@pytest.fixture(autouse=True)
def small_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "BATCH", 3)


async def two_towns(db: Database, hands: Hands) -> Town:
    """A server with four silent members, and another with one who joined an hour later."""
    town = await found_town(db)
    await town.crowd(4)
    rosa = somebody(2, guild_id=OTHER, manages=True)
    await servers.set_up(db, rosa, town.now, zone="Europe/Berlin", channel_id=CHANNEL)
    made = await groups.create(db, rosa, town.now, Limits(), name="Others")
    stranger = somebody(STRANGER, guild_id=OTHER)
    later = town.now + HOUR
    await joining.join(db, stranger, made.group_id, Wishes(), later, note_read=True)
    hands.move_to(town.now + WEEK + 2 * HOUR)
    return town


async def test_servers_that_removed_the_bot_keep_nobody_from_their_turn(
    db: Database, hands: Hands
) -> None:
    await two_towns(db, hands)
    await servers.bot_left(db, GUILD, clock.now())
    discord = Forgetful()
    await RollCall(db, discord, Pace(10_000)).of_everybody()
    assert discord.asked_about == [STRANGER]


async def test_those_of_whom_discord_does_not_say_anything_let_others_pass(
    db: Database, hands: Hands
) -> None:
    await two_towns(db, hands)
    discord = Forgetful()
    roll_call = RollCall(db, discord, Pace(10_000))
    await roll_call.of_everybody()
    assert STRANGER not in discord.asked_about
    await roll_call.of_everybody()
    assert STRANGER in discord.asked_about


async def test_they_are_asked_about_again_a_day_later(db: Database, hands: Hands) -> None:
    await two_towns(db, hands)
    discord = Forgetful()
    roll_call = RollCall(db, discord, Pace(10_000))
    for _ in range(3):
        await roll_call.of_everybody()
    assert len(discord.asked_about) == 5
    hands.move_by(DAY + HOUR)
    for _ in range(3):
        await roll_call.of_everybody()
    assert len(discord.asked_about) == 9


async def test_who_is_there_is_believed_for_a_week(db: Database, hands: Hands) -> None:
    await two_towns(db, hands)
    discord = FakeDiscord()
    roll_call = RollCall(db, discord, Pace(10_000))
    for _ in range(3):
        await roll_call.of_everybody()
    assert len(discord.asked_about) == 5
    hands.move_by(6 * DAY)
    await roll_call.of_everybody()
    assert len(discord.asked_about) == 5
