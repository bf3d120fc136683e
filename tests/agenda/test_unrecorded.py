"""A message that was posted, but not recorded, counts as posted whatever has changed since."""

from datetime import timedelta

import pytest

from bot.domain.ids import SessionId
from bot.domain.moment import MomentKind, MomentState
from bot.services.views import Wishes
from bot.storage import moments, sessions
from bot.storage.database import Database
from tests.agenda.fake_discord import Died, FakeDiscord, Hands, Message, Process
from tests.services.town import DAY, GUILD, MONDAY, Town, found_town, wall

TUESDAY = MONDAY + DAY
MINUTE = timedelta(minutes=1)


async def settle_early(town: Town, session_id: SessionId, at: str) -> None:
    """Have Tuesday's session settle on Tuesday, as one does that was put off for a day."""
    due_at = wall(TUESDAY, at)
    await town.db.write(sessions.change, GUILD, session_id, settles_at=due_at)
    await town.db.write(
        moments.plan_at, GUILD, town.group_id, MomentKind.SETTLE, session_id, due_at
    )


def encouragements(discord: FakeDiscord) -> list[Message]:
    return [
        one
        for one in discord.public
        if any(custom_id.startswith("amble:way:all:") for custom_id in one.custom_ids)
    ]


async def test_a_second_encouragement_of_a_day_is_not_posted_after_a_death(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    town = await found_town(db)
    await town.crowd(1, Wishes(named=True))
    await town.add_slot("07:30")
    for at in (wall(MONDAY, "07:30"), wall(TUESDAY, "03:00"), wall(TUESDAY, "07:30")):
        hands.move_to(at)
        await Process(db, discord).work()
    await settle_early(town, (await town.session(TUESDAY)).id, "09:30")
    hands.move_to(wall(TUESDAY, "09:00"))
    discord.die("post", when="after")
    with pytest.raises(Died):
        await Process(db, discord).work()
    assert len(encouragements(discord)) == 1
    for at in ("09:30", "09:40"):
        hands.move_to(wall(TUESDAY, at))
        await Process(db, discord, f"at {at}").work()
    assert len(encouragements(discord)) == 1
    first = await town.moment(MomentKind.ENCOURAGE, MONDAY.toordinal())
    assert first is not None
    assert first[0] is MomentState.SENT
