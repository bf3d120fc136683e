"""Whose a picture is and who may take it down, on both databases."""

import pytest

from bot.domain.errors import NotAllowed, Refused
from bot.domain.ids import MembershipId, MessageId
from bot.services import logbook, sharing
from bot.services.sharing import MOST_A_DAY
from bot.services.views import Wishes
from bot.storage.database import Database
from tests.services.town import DAY, ORGANISER, opened_town, somebody

NAMED = Wishes(named=True)


async def test_its_member_and_organisers_take_it_down_and_nobody_else(db: Database) -> None:
    town, (ada, bo), session = await opened_town(db, 2, wishes=NAMED)
    post = await sharing.prepare(db, ada, session.id, town.now)
    assert post.name == "Member 100"
    await sharing.posted(db, post, MessageId(7), town.now)
    other = (await sharing.prepare(db, bo, session.id, town.now)).membership_id
    for who in (ada, ORGANISER):
        await sharing.check_may_remove(db, who, MessageId(7), post.membership_id)
    for who, claimed in ((bo, post.membership_id), (bo, other), (somebody(999), other)):
        with pytest.raises(NotAllowed, match="picture_of_others"):
            await sharing.check_may_remove(db, who, MessageId(7), claimed)
    await sharing.removed(db, ORGANISER, post.membership_id, MessageId(7), town.now)
    page = await logbook.read(db, ORGANISER, town.group_id)
    assert page.entries[0].action == "remove_picture"


async def test_a_membership_that_is_gone_leaves_it_to_the_server(db: Database) -> None:
    town, (ada,), _ = await opened_town(db)
    gone = MembershipId(12)
    await sharing.check_may_remove(db, ORGANISER, MessageId(8), gone)
    with pytest.raises(NotAllowed, match="picture_of_others"):
        await sharing.check_may_remove(db, ada, MessageId(8), gone)
    await sharing.removed(db, ORGANISER, gone, MessageId(8), town.now)


async def test_so_many_in_a_day_and_again_the_day_after(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    for number in range(MOST_A_DAY):
        post = await sharing.prepare(db, ada, session.id, town.now)
        await sharing.posted(db, post, MessageId(number), town.now)
    with pytest.raises(Refused, match="pictures_too_many"):
        await sharing.prepare(db, ada, session.id, town.now)
    town.now += DAY + DAY / 24
    await sharing.prepare(db, ada, session.id, town.now)
