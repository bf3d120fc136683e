"""The message after a day with misses: one a day, also where nobody recorded it."""

from __future__ import annotations

from bot.domain.checkin import Answer
from bot.domain.ids import MessageId
from bot.domain.moment import Moment, MomentKind
from bot.services import claims, encouraging
from bot.services.views import Wishes
from bot.storage import moments
from bot.storage.database import Database
from bot.ui.words import words_in
from tests.services.town import (
    CHANNEL,
    DAY,
    GUILD,
    MANY,
    MONDAY,
    Town,
    claimant,
    found_town,
    wall,
)

FAMILIES = words_in().families()


async def test_one_waits_while_todays_may_stand_there_unrecorded(db: Database) -> None:
    town = await found_town(db)
    await town.crowd(2)
    await town.add_slot("07:30")
    await town.live_until(wall(MONDAY + DAY, "08:59"))
    town.now = wall(MONDAY + DAY, "09:00")
    first = await claimed(town)
    assert not isinstance(await encouraging.prepare(db, first, FAMILIES, town.now), str)
    assert await claims.begin_sending(db, first, CHANNEL, claimant(), town.now)
    # Another day that was put off by downtime settles on the same day.
    town.now = wall(MONDAY + DAY, "09:01")
    other = (MomentKind.ENCOURAGE, (MONDAY - DAY).toordinal(), town.now)
    await db.write(moments.plan, GUILD, town.group_id, [other])
    second = await claimed(town)
    assert await encouraging.prepare(db, second, FAMILIES, town.now) == claims.PUT_OFF
    await claims.sent(db, first, town.now, CHANNEL, MessageId(1))
    town.now = wall(MONDAY + DAY, "09:02")
    assert await encouraging.prepare(db, await claimed(town), FAMILIES, town.now) == "day_over"


async def claimed(town: Town) -> Moment:
    """Claim the encouragement that is due."""
    due = await claims.take(town.db, claimant(), town.now, MANY)
    return next(one for one in due if one.kind is MomentKind.ENCOURAGE)


async def test_it_is_outdated_while_it_names_somebody_who_walked(db: Database) -> None:
    town = await found_town(db)
    ada, bo = await town.crowd(2, Wishes(named=True))
    await town.add_slot("07:30")
    await town.live_until(wall(MONDAY + DAY, "08:59"))
    town.now = wall(MONDAY + DAY, "09:00")
    moment = await claimed(town)
    post = await encouraging.prepare(db, moment, FAMILIES, town.now)
    assert not isinstance(post, str)
    assert post.names == ("Member 100", "Member 101")
    session = await town.session(MONDAY)
    assert await encouraging.outdated(db, GUILD, session.id, town.now) is None
    await claims.sent(db, moment, town.now, CHANNEL, MessageId(1))
    assert await encouraging.outdated(db, GUILD, session.id, town.now) is None
    await town.answer(ada, session.id, Answer.PARTLY)
    found = await encouraging.outdated(db, GUILD, session.id, town.now)
    assert found is not None
    assert (found.post.names, found.message_id) == (("Member 101",), 1)
    await encouraging.updated(db, found)
    assert await encouraging.outdated(db, GUILD, session.id, town.now) is None
    await town.answer(bo, session.id, Answer.REST)
    again = await encouraging.outdated(db, GUILD, session.id, town.now)
    assert again is not None
    assert again.post.names == ()
