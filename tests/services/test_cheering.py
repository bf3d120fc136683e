"""Cheers: one a day from one to another, told the way the other wants to hear of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.checkin import Answer
from bot.domain.encouragement import Reach
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.ids import MembershipId, MessageId, MomentId
from bot.domain.moment import Moment, MomentKind
from bot.services import cheering, claims, direct, encouraging, groups, notices
from bot.services.direct import Direct
from bot.services.told import Cheered, NoticeView
from bot.services.views import Person, Wishes
from bot.storage.database import Database
from bot.ui.words import words_in
from tests.services.town import (
    CHANNEL,
    DAY,
    HOUR,
    MANY,
    MONDAY,
    ORGANISER,
    Town,
    claimant,
    found_town,
    somebody,
    wall,
)

FAMILIES = words_in().families()
BY_LETTER = Wishes(reach=Reach.DM)


async def cheered(town: Town, person: Person) -> list[tuple[str, ...]]:
    """Return whose cheers somebody is still to be told of."""
    found = await notices.waiting(town.db, person, town.now)
    return [one.told.names for one in found if isinstance(one.told, Cheered)]


async def cheer(town: Town, giver: Person, taker: Person) -> cheering.CheerGiven:
    return await cheering.cheer(town.db, giver, (await town.member(taker)).id, town.now)


async def test_a_cheer_waits_for_the_next_private_answer(db: Database) -> None:
    town = await found_town(db)
    ada, bo = await town.crowd(2)
    assert (await cheer(town, ada, bo)).names == ("Member 101",)
    assert await cheered(town, bo) == [("Member 100",)]
    assert await cheered(town, ada) == []


async def test_several_cheers_are_told_as_one(db: Database) -> None:
    town = await found_town(db)
    ada, bo, cy = await town.crowd(3)
    await cheer(town, ada, cy)
    await cheer(town, bo, cy)
    assert await cheered(town, cy) == [("Member 100", "Member 101")]
    await notices.told(db, cy, await notices.waiting(db, cy, town.now), town.now)
    assert await cheered(town, cy) == []


async def test_one_a_day_and_person(db: Database) -> None:
    town = await found_town(db)
    ada, bo = await town.crowd(2)
    await cheer(town, ada, bo)
    with pytest.raises(Refused, match="cheer_already"):
        await cheer(town, ada, bo)
    town.now = wall(MONDAY + DAY, "00:00")
    await cheer(town, ada, bo)
    assert len((await cheered(town, bo))[0]) == 1


async def test_one_a_day_also_in_two_groups_with_different_dates(db: Database) -> None:
    town = await found_town(db, wall(MONDAY, "12:00"))
    ada, bo = await town.crowd(2)
    await cheer(town, ada, bo)
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        made = await groups.create(db, ORGANISER, town.now, town.limits, name=zone, zone=zone)
        other = replace(town, group_id=made.group_id)
        for one in (ada, bo):
            await other.join(one)
        with pytest.raises(Refused, match="cheer_already"):
            await cheer(other, ada, bo)


async def test_two_presses_at_once_are_one_cheer(db: Database) -> None:
    town = await found_town(db)
    ada, bo = await town.crowd(2)
    tried = [cheer(town, ada, bo) for _ in range(4)]
    ended = await asyncio.gather(*tried, return_exceptions=True)
    assert sum(isinstance(one, cheering.CheerGiven) for one in ended) == 1
    assert await cheered(town, bo) == [("Member 100",)]


async def test_cheers_can_be_muted(db: Database) -> None:
    town = await found_town(db)
    ada, bo = await town.crowd(2)
    await town.join(bo, Wishes(cheered=False))
    with pytest.raises(Refused, match="cheer_muted"):
        await cheer(town, ada, bo)
    assert await cheered(town, bo) == []


async def test_who_has_left_cannot_be_cheered(db: Database) -> None:
    town = await found_town(db)
    ada, bo = await town.crowd(2)
    member = await town.member(bo)
    await town.leave(bo)
    for one in (member.id, MembershipId(7), MembershipId(2**63)):
        with pytest.raises(NotFound, match="cheer_gone"):
            await cheering.cheer(db, ada, one, town.now)


async def test_one_cheers_others_and_only_from_within_the_group(db: Database) -> None:
    town = await found_town(db)
    ada, bo = await town.crowd(2)
    with pytest.raises(Refused, match="cheer_self"):
        await cheer(town, ada, ada)
    with pytest.raises(NotAllowed, match="not_member"):
        await cheer(town, somebody(555), bo)
    with pytest.raises(NotFound, match="cheer_no_group"):
        await cheering.cheer_user(db, somebody(555), bo.user_id, town.now)
    with pytest.raises(Refused, match="cheer_self"):
        await cheering.cheer_user(db, ada, ada.user_id, town.now)
    assert (await cheering.cheer_user(db, ada, bo.user_id, town.now)).names == ("Member 101",)


async def test_there_is_an_end_to_cheers(db: Database) -> None:
    town = await found_town(db)
    ada, *others = await town.crowd(cheering.A_DAY + 2)
    for other in others[: cheering.A_DAY]:
        await cheer(town, ada, other)
    with pytest.raises(Refused, match="cheers_too_many"):
        await cheer(town, ada, others[-1])


async def test_who_wants_letters_gets_one_for_several_cheers(db: Database) -> None:
    town = await found_town(db, wall(MONDAY, "12:00"))
    ada, bo = await town.crowd(2)
    cy = somebody(300)
    await town.join(cy, BY_LETTER)
    await cheer(town, ada, cy)
    town.now += timedelta(minutes=5)
    await cheer(town, bo, cy)
    town.now += timedelta(minutes=5)
    letter, moment = await letter_due(town)
    assert isinstance(letter.told, Cheered)
    assert letter.told.names == ("Member 100", "Member 101")
    await claims.begin_sending(db, moment, CHANNEL, claimant(), town.now)
    await notices.told_by_letter(db, moment, letter, town.now)
    await claims.sent(db, moment, town.now, CHANNEL, MessageId(1))
    town.now += timedelta(minutes=5)
    assert isinstance(await direct.prepare(db, await claimed(town), town.now), str)
    assert await cheered(town, cy) == []


async def test_further_letters_wait_a_day(db: Database) -> None:
    town = await found_town(db, wall(MONDAY, "12:00"))
    ada, bo = await town.crowd(2)
    cy = somebody(300)
    await town.join(cy, BY_LETTER)
    await cheer(town, ada, cy)
    town.now += timedelta(minutes=10)
    letter, moment = await letter_due(town)
    await notices.told_by_letter(db, moment, letter, town.now)
    await claims.sent(db, moment, town.now, CHANNEL, MessageId(1))
    town.now += HOUR
    await cheer(town, bo, cy)
    town.now += 22 * HOUR
    assert MomentKind.NOTICE_DM not in {one.kind for one in await due(town)}
    assert await cheered(town, cy) == [("Member 101",)]
    town.now += 2 * HOUR
    letter, _ = await letter_due(town)
    assert isinstance(letter.told, Cheered)


async def test_a_letter_that_may_stand_already_tells_of_nothing_newer(db: Database) -> None:
    town = await found_town(db, wall(MONDAY, "12:00"))
    ada, bo = await town.crowd(2)
    cy = somebody(300)
    await town.join(cy, BY_LETTER)
    await cheer(town, ada, cy)
    town.now += timedelta(minutes=10)
    moment = await claimed(town)
    await claims.begin_sending(db, moment, CHANNEL, claimant(), town.now)
    # The process dies here; the message may stand there, with one name in it.
    town.now += timedelta(minutes=1)
    await cheer(town, bo, cy)
    town.now += timedelta(minutes=1)
    letter, again = await letter_due(town)
    assert isinstance(letter.told, Cheered)
    assert letter.told.names == ("Member 100",)
    await notices.told_by_letter(db, again, letter, town.now)
    assert await cheered(town, cy) == [("Member 101",)]


async def test_a_letter_that_is_found_standing_told_of_all_that_was_gathered(db: Database) -> None:
    town = await found_town(db, wall(MONDAY, "12:00"))
    ada, bo = await town.crowd(2)
    cy = somebody(300)
    await town.join(cy, BY_LETTER)
    await cheer(town, ada, cy)
    await cheer(town, bo, cy)
    town.now += timedelta(minutes=10)
    _, moment = await letter_due(town)
    await claims.begin_sending(db, moment, CHANNEL, claimant(), town.now)
    # The process dies here, and when the claim has run out no letters are wanted any more.
    town.now += timedelta(minutes=2)
    await town.join(cy)
    again = await claimed(town)
    assert await direct.prepare(db, again, town.now) == "not_wanted"
    await notices.told_by_letter(db, again, None, town.now)
    assert await cheered(town, cy) == []


async def test_those_named_after_a_miss_are_cheered_with_one_press(db: Database) -> None:
    town, moment = await missed_day(db)
    giver = somebody(102)
    given = await cheering.cheer_named(db, giver, moment.id, town.now)
    assert given.names == ("Member 100", "Member 101")
    with pytest.raises(Refused, match="cheer_already"):
        await cheering.cheer_named(db, giver, moment.id, town.now)
    one_of_them = await cheering.cheer_named(db, somebody(100), moment.id, town.now)
    assert one_of_them.names == ("Member 101",)


async def test_a_button_that_names_nobody_any_more_says_so(db: Database) -> None:
    town, moment = await missed_day(db)
    for gone in (somebody(100), somebody(101)):
        await town.leave(gone)
    with pytest.raises(NotFound, match="cheer_gone"):
        await cheering.cheer_named(db, somebody(102), moment.id, town.now)
    for made_up in (MomentId(5), MomentId(2**63)):
        with pytest.raises(NotFound, match="cheer_gone"):
            await cheering.cheer_named(db, somebody(102), made_up, town.now)


async def missed_day(db: Database) -> tuple[Town, Moment]:
    """Return a town in which two of three are named in a message after a miss."""
    town = await found_town(db)
    people = await town.crowd(3, Wishes(named=True))
    await town.add_slot("07:30")
    await town.live_until(wall(MONDAY, "08:00"))
    await town.answer(people[2], (await town.session(MONDAY)).id, Answer.DONE)
    await town.live_until(wall(MONDAY + DAY, "08:59"))
    town.now = wall(MONDAY + DAY, "09:00")
    moment = await town.claimed(MomentKind.ENCOURAGE)
    post = await encouraging.prepare(db, moment, FAMILIES, town.now)
    assert not isinstance(post, str)
    assert post.names == ("Member 100", "Member 101")
    return town, moment


async def claimed(town: Town) -> Moment:
    return await town.claimed(MomentKind.NOTICE_DM)


async def due(town: Town) -> list[Moment]:
    return await claims.take(town.db, claimant(), town.now, MANY)


async def letter_due(town: Town) -> tuple[NoticeView, Moment]:
    """Return the letter about cheers that is due now, and its moment."""
    moment = await claimed(town)
    found = await direct.prepare(town.db, moment, town.now)
    assert isinstance(found, Direct)
    assert isinstance(found.facts, NoticeView)
    return found.facts, moment
