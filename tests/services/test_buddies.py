"""Buddies: everybody who wants one has one, whoever comes, goes or pauses."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime

import pytest
from sqlalchemy import Connection, update

from bot.domain.checkin import Answer
from bot.domain.encouragement import Reach
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.ids import MembershipId
from bot.domain.moment import MomentKind
from bot.domain.streak import Outcome
from bot.services import buddies, claims, notices, pauses, presence, settling
from bot.services.told import BuddyAsked, NewBuddies, WithoutBuddy
from bot.services.views import Person, Wishes
from bot.storage import groups, pairs
from bot.storage.database import Database
from bot.storage.tables import memberships
from tests.services.town import (
    DAY,
    GUILD,
    HOUR,
    MANY,
    MONDAY,
    Town,
    claimant,
    found_town,
    somebody,
    wall,
)

Circle = tuple[Town, list[Person]]


async def circle(db: Database, size: int) -> Circle:
    """Return a town in which so many members want a buddy."""
    town = await found_town(db)
    people = await town.crowd(size)
    for person in people:
        await buddies.join(db, person, town.group_id, town.now)
    return town, people


async def together(town: Town) -> list[tuple[str, ...]]:
    """Return who is together, by the numbers in their names."""
    names: dict[MembershipId, str] = {}
    for number in range(100, 120):
        try:
            member = await town.member(somebody(number))
        except AssertionError:
            continue
        names[member.id] = str(number - 100)
    standing = await town.db.read(pairs.current, GUILD, town.group_id)
    return sorted(tuple(sorted(names.get(one, "?") for one in pair.members)) for pair in standing)


async def told(town: Town, person: Person) -> list[object]:
    return [one.told for one in await notices.waiting(town.db, person, town.now)]


def sizes(pairs_of: Iterable[tuple[str, ...]]) -> list[int]:
    return sorted(len(pair) for pair in pairs_of)


async def test_one_alone_waits_for_the_second(db: Database) -> None:
    town, (ada,) = await circle(db, 1)
    facts = await buddies.show(db, ada, town.group_id, town.now)
    assert (facts.wants, facts.buddies) == (True, ())
    assert await told(town, ada) == []


@pytest.mark.parametrize(
    ("size", "expected"), [(2, [2]), (3, [3]), (4, [2, 2]), (5, [2, 3]), (7, [2, 2, 3])]
)
async def test_everybody_has_a_buddy_as_soon_as_there_are_two(
    db: Database, size: int, expected: list[int]
) -> None:
    town, _ = await circle(db, size)
    assert sizes(await together(town)) == expected


async def test_who_is_found_a_buddy_is_told_and_who_asked_for_one_sees_it(db: Database) -> None:
    town, (ada, bo) = await circle(db, 2)
    assert await told(town, ada) == [NewBuddies(("Member 101",))]
    assert await told(town, bo) == []
    facts = await buddies.show(db, bo, town.group_id, town.now)
    assert [one.name for one in facts.buddies] == ["Member 100"]


async def test_joining_again_changes_nothing(db: Database) -> None:
    town, (ada, _) = await circle(db, 2)
    before = await together(town)
    await buddies.join(db, ada, town.group_id, town.now)
    assert await together(town) == before


async def test_who_stops_leaves_the_others_company(db: Database) -> None:
    town, people = await circle(db, 4)
    gone = people[0]
    await buddies.leave(db, gone, town.group_id, town.now)
    assert sizes(await together(town)) == [3]
    assert not (await buddies.show(db, gone, town.group_id, town.now)).wants


async def test_the_one_left_over_is_told_kindly_that_nobody_is_free(db: Database) -> None:
    town, (ada, bo) = await circle(db, 2)
    await town.leave(ada)
    assert await together(town) == []
    assert await told(town, bo) == [WithoutBuddy()]
    await town.join(somebody(102))
    await buddies.join(db, somebody(102), town.group_id, town.now)
    assert await told(town, bo) == [NewBuddies(("Member 102",))]


async def test_two_of_three_stay_together_when_the_third_leaves(db: Database) -> None:
    town, people = await circle(db, 3)
    await town.leave(people[0])
    assert await together(town) == [("1", "2")]


async def test_who_comes_back_within_a_month_is_given_a_buddy_again(db: Database) -> None:
    town, (ada, bo) = await circle(db, 2)
    await town.leave(ada)
    await town.join(ada)
    assert await together(town) == [("0", "1")]
    assert await told(town, bo) == [NewBuddies(("Member 100",))]


@pytest.mark.parametrize(("days", "apart"), [(3, False), (8, True), (None, True)])
async def test_a_long_pause_frees_the_buddy_and_a_short_one_does_not(
    db: Database, days: int | None, apart: bool
) -> None:
    town, people = await circle(db, 4)
    last_on = None if days is None else MONDAY + (days - 1) * DAY
    await town.pause(people[0], last_on=last_on)
    assert (sizes(await together(town)) == [3]) is apart
    if apart:
        await resumed(town, people[0])
        assert sizes(await together(town)) == [2, 2]


async def resumed(town: Town, person: Person) -> None:
    await pauses.resume(town.db, person, town.group_id, town.now)


async def test_a_swap_brings_somebody_new(db: Database) -> None:
    town, people = await circle(db, 4)
    before = await together(town)
    mine = next(pair for pair in before if "0" in pair)
    facts = await buddies.swap(db, people[0], town.group_id, town.now)
    after = await together(town)
    assert mine not in after
    assert sizes(after) == [2, 2]
    assert await told(town, people[0]) == [] or facts.buddies


async def test_a_swap_where_there_is_nobody_else_changes_nothing(db: Database) -> None:
    town, (ada, _) = await circle(db, 2)
    with pytest.raises(Refused, match="buddy_nobody_else"):
        await buddies.swap(db, ada, town.group_id, town.now)
    assert await together(town) == [("0", "1")]


async def test_swaps_have_an_end(db: Database) -> None:
    town, people = await circle(db, 6)
    for _ in range(3):
        town.now += HOUR
        await buddies.swap(db, people[0], town.group_id, town.now)
    with pytest.raises(Refused, match="buddy_swap_soon"):
        await buddies.swap(db, people[0], town.group_id, town.now)
    town.now += 8 * DAY
    await buddies.swap(db, people[0], town.group_id, town.now)


async def test_who_has_no_buddy_cannot_swap(db: Database) -> None:
    town, (ada,) = await circle(db, 1)
    with pytest.raises(Refused, match="buddy_none"):
        await buddies.swap(db, ada, town.group_id, town.now)


class TestChoosing:
    async def test_takes_the_others_yes(self, db: Database) -> None:
        town = await found_town(db)
        ada, bo = await town.crowd(2)
        facts = await buddies.ask(db, ada, town.group_id, bo.user_id, town.now)
        assert facts.asked == "Member 101"
        assert await together(town) == []
        member = await town.member(ada)
        assert await told(town, bo) == [BuddyAsked("Member 100", member.id)]
        await buddies.reply(db, bo, member.id, town.now, agrees=True)
        assert await together(town) == [("0", "1")]
        assert await told(town, bo) == []
        assert await told(town, ada) == [NewBuddies(("Member 101",))]

    async def test_gives_those_who_are_left_other_buddies(self, db: Database) -> None:
        town, people = await circle(db, 4)
        mine = next(pair for pair in await together(town) if "0" in pair)
        wanted = next(number for number in range(1, 4) if str(number) not in mine)
        await buddies.ask(db, people[0], town.group_id, people[wanted].user_id, town.now)
        asking = (await town.member(people[0])).id
        await buddies.reply(db, people[wanted], asking, town.now, agrees=True)
        after = await together(town)
        assert ("0", str(wanted)) in after
        assert sizes(after) == [2, 2]

    async def test_a_no_is_told_to_nobody_and_not_asked_again(self, db: Database) -> None:
        town = await found_town(db)
        ada, bo, cy = await town.crowd(3)
        await buddies.ask(db, ada, town.group_id, bo.user_id, town.now)
        asking = (await town.member(ada)).id
        await buddies.reply(db, bo, asking, town.now, agrees=False)
        assert await together(town) == []
        assert await told(town, ada) == []
        # It looks as if there were no answer yet.
        assert (await buddies.show(db, ada, town.group_id, town.now)).asked == "Member 101"
        later = town.now + 15 * DAY
        assert (await buddies.show(db, ada, town.group_id, later)).asked is None
        town.now += HOUR
        await buddies.ask(db, ada, town.group_id, cy.user_id, town.now)
        assert (await buddies.show(db, ada, town.group_id, town.now)).asked == "Member 102"
        with pytest.raises(Refused, match="buddy_asked_already"):
            await buddies.ask(db, ada, town.group_id, bo.user_id, town.now)
        with pytest.raises(Refused, match="buddy_ask_over"):
            await buddies.reply(db, bo, asking, town.now, agrees=True)

    async def test_two_who_ask_each_other_agree(self, db: Database) -> None:
        town = await found_town(db)
        ada, bo = await town.crowd(2)
        await buddies.ask(db, ada, town.group_id, bo.user_id, town.now)
        await buddies.ask(db, bo, town.group_id, ada.user_id, town.now)
        assert await together(town) == [("0", "1")]

    async def test_asking_somebody_else_takes_the_question_back(self, db: Database) -> None:
        town = await found_town(db)
        ada, bo, cy = await town.crowd(3)
        await buddies.ask(db, ada, town.group_id, bo.user_id, town.now)
        await buddies.ask(db, ada, town.group_id, cy.user_id, town.now)
        assert await told(town, bo) == []
        assert (await buddies.show(db, ada, town.group_id, town.now)).asked == "Member 102"

    async def test_asking_in_turns_is_told_each_of_them_once(self, db: Database) -> None:
        town = await found_town(db, wall(MONDAY, "12:00"))
        ada, *others = await town.crowd(3)
        for other in others:
            await town.join(other, Wishes(reach=Reach.DM))
        for other in others * 3:
            await buddies.ask(db, ada, town.group_id, other.user_id, town.now)
        letters = [one for one in await town.claim() if one.kind is MomentKind.NOTICE_DM]
        assert len(letters) == 2
        # The last question is open still.
        assert await told(town, others[0]) == []
        asking = (await town.member(ada)).id
        assert await told(town, others[1]) == [BuddyAsked("Member 100", asking)]
        town.now += 8 * DAY
        await buddies.ask(db, ada, town.group_id, others[0].user_id, town.now)
        assert BuddyAsked("Member 100", asking) in await told(town, others[0])

    async def test_a_question_that_nobody_asked_has_no_answer(self, db: Database) -> None:
        town = await found_town(db)
        ada, bo = await town.crowd(2)
        for asking in ((await town.member(ada)).id, MembershipId(2**63 + 1), MembershipId(5)):
            with pytest.raises(Refused, match="buddy_ask_over"):
                await buddies.reply(db, bo, asking, town.now, agrees=True)

    async def test_is_for_members_alone(self, db: Database) -> None:
        town = await found_town(db)
        (ada,) = await town.crowd(1)
        with pytest.raises(NotFound, match="not_in_group"):
            await buddies.ask(db, ada, town.group_id, somebody(555).user_id, town.now)
        with pytest.raises(Refused, match="buddy_self"):
            await buddies.ask(db, ada, town.group_id, ada.user_id, town.now)
        with pytest.raises(NotAllowed, match="not_member"):
            await buddies.join(db, somebody(555), town.group_id, town.now)


async def give_a_sign(town: Town, *besides: Person) -> None:
    """Have everybody but some answer something: who is silent for long has no buddy."""
    silent = [person.user_id for person in besides]

    def write(conn: Connection) -> None:
        others = memberships.c.user_id.not_in(silent)
        conn.execute(update(memberships).where(others).values(last_sign_at=town.now))

    await town.db.write(write)


async def live_in_touch(town: Town, instant: datetime, *besides: Person) -> None:
    """Let time pass in which everybody but some gives a sign each week."""
    while town.now < instant:
        await town.live_until(min(instant, town.now + 7 * DAY))
        await give_a_sign(town, *besides)


async def test_whose_buddy_has_fallen_silent_for_good_gets_another(db: Database) -> None:
    town, people = await circle(db, 4)
    await town.add_slot("07:30")
    await live_in_touch(town, wall(MONDAY + 21 * DAY, "12:00"), people[0])
    assert sizes(await together(town)) == [3]


@pytest.mark.parametrize("chosen", [True, False])
async def test_whoever_wants_a_buddy_after_a_long_silence_gets_one(
    db: Database, chosen: bool
) -> None:
    town = await found_town(db)
    ada, bo = await town.crowd(2)
    town.now += 20 * DAY
    await buddies.join(db, bo, town.group_id, town.now)
    if chosen:
        await buddies.ask(db, bo, town.group_id, ada.user_id, town.now)
        asking = (await town.member(bo)).id
        await buddies.reply(db, ada, asking, town.now, agrees=True)
    else:
        await buddies.join(db, ada, town.group_id, town.now)
    assert await together(town) == [("0", "1")]


async def test_pairs_change_with_the_month_where_the_group_wants_it(db: Database) -> None:
    town, people = await circle(db, 6)
    await db.write(lambda conn: groups.set_rotation(conn, GUILD, town.group_id, monthly=True))
    await town.add_slot("07:30")
    before = await together(town)
    await live_in_touch(town, wall(MONDAY + 27 * DAY, "12:00"))
    assert await together(town) == before
    await live_in_touch(town, wall(MONDAY + 36 * DAY, "12:00"))
    after = await together(town)
    assert not set(before) & set(after)
    assert sizes(after) == [2, 2, 2]
    assert all([await told(town, person) for person in people])


async def test_a_holiday_where_the_months_meet_only_puts_the_change_off(db: Database) -> None:
    town, _ = await circle(db, 6)
    await db.write(lambda conn: groups.set_rotation(conn, GUILD, town.group_id, monthly=True))
    await town.add_slot("07:30")
    before = await together(town)
    for day in range(28, 35):
        await town.skip(MONDAY + day * DAY)
    await live_in_touch(town, wall(MONDAY + 41 * DAY, "12:00"))
    assert await together(town) == before
    await live_in_touch(town, wall(MONDAY + 42 * DAY, "12:00"))
    after = await together(town)
    assert not set(before) & set(after)
    await live_in_touch(town, wall(MONDAY + 57 * DAY, "12:00"))
    assert await together(town) == after


async def test_who_left_the_server_is_replaced_when_the_week_closes(db: Database) -> None:
    town, people = await circle(db, 4)
    await town.add_slot("07:30")
    await presence.gone(db, GUILD, people[0].user_id, town.now)
    await town.live_until(wall(MONDAY + 7 * DAY, "12:00"))
    assert sizes(await together(town)) == [3]


async def test_the_week_stands_side_by_side(db: Database) -> None:
    town, (ada, bo) = await circle(db, 2)
    await town.add_slot("07:30")
    for on, (mine, theirs) in enumerate(
        [(Answer.DONE, Answer.SORE), (Answer.REST, None), (Answer.PARTLY, Answer.DONE)]
    ):
        await town.live_until(wall(MONDAY + on * DAY, "08:00"))
        session = await town.session(MONDAY + on * DAY)
        await town.answer(ada, session.id, mine)
        if theirs is not None:
            await town.answer(bo, session.id, theirs)
    facts = await buddies.show(db, ada, town.group_id, town.now)
    (buddy,) = facts.buddies
    assert facts.mine.days[:3] == (Answer.DONE, Answer.REST, Answer.PARTLY)
    # A sore back is a rest to others, and a miss is nothing unless both agreed.
    assert buddy.days[:3] == (Answer.REST, None, Answer.DONE)
    assert (facts.mine.kept, buddy.kept) == (2, 1)
    for person in (ada, bo):
        await buddies.set_telling(db, person, town.group_id, town.now, tells=True)
    (buddy,) = (await buddies.show(db, ada, town.group_id, town.now)).buddies
    assert buddy.days[1] is Outcome.MISSED


async def test_ten_who_come_at_once_are_all_paired_once(db: Database) -> None:
    town = await found_town(db)
    people = await town.crowd(10)
    await asyncio.gather(
        *(buddies.join(db, person, town.group_id, town.now) for person in people),
        *(buddies.join(db, person, town.group_id, town.now) for person in people[:5]),
    )
    assert sizes(await together(town)) == [2] * 5


async def test_a_week_that_closes_while_people_come_and_go_deadlocks_nobody(db: Database) -> None:
    town, people = await circle(db, 6)
    await town.add_slot("07:30")
    await town.live_until(wall(MONDAY + 7 * DAY, "02:59"))
    town.now = wall(MONDAY + 7 * DAY, "03:05")
    due = await claims.take(db, claimant(), town.now, MANY)
    for one in due:
        if one.kind is MomentKind.SETTLE:
            await town.do(one)
    moment = next(one for one in due if one.kind is MomentKind.WEEK)
    await asyncio.gather(
        settling.close_week(db, moment, town.now),
        town.leave(people[0]),
        town.pause(people[1]),
        buddies.swap(db, people[2], town.group_id, town.now),
    )
    assert sum(sizes(await together(town))) == 4
