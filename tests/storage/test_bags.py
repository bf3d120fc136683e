"""Which words a group has heard, by when it heard them last."""

from bot.storage import bags
from bot.storage.database import Database
from tests.services.town import DAY, GUILD, found_town


async def test_a_wording_stands_where_it_was_drawn_last(db: Database) -> None:
    town = await found_town(db)
    for days, wording in enumerate(["nudge.3", "nudge.1", "nudge.2", "nudge.3"]):
        at = town.now + days * DAY
        await db.write(bags.add, GUILD, town.group_id, "nudge", wording, at)
    found = await db.read(bags.drawn, GUILD, town.group_id, "nudge")
    assert found == ["nudge.1", "nudge.2", "nudge.3"]


async def test_bags_do_not_mix(db: Database) -> None:
    town = await found_town(db)
    for bag in ("nudge", "encourage.first_miss"):
        await db.write(bags.add, GUILD, town.group_id, bag, f"{bag}.1", town.now)
    assert await db.read(bags.drawn, GUILD, town.group_id, "nudge") == ["nudge.1"]
