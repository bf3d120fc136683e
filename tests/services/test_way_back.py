"""A way back, or out, for whoever has fallen silent: once, privately, and in time."""

from __future__ import annotations

import pytest

from bot.domain.checkin import Answer
from bot.domain.encouragement import Reach
from bot.domain.errors import NotAllowed, Refused
from bot.domain.moment import MomentKind
from bot.services import attention, direct, encouraging, groups, notices, schedules, way_back
from bot.services.schedules import NewSlot
from bot.services.told import NoticeView, WayBack
from bot.services.views import Person, Wishes
from bot.storage.database import Database
from bot.ui.words import words_in
from tests.services.town import (
    CHANNEL,
    DAY,
    MONDAY,
    ORGANISER,
    Town,
    found_town,
    opened_town,
    somebody,
    time,
    wall,
)

FAMILIES = words_in().families()


async def offers(town: Town, person: Person) -> int:
    found = await notices.waiting(town.db, person, town.now)
    return sum(isinstance(one.told, WayBack) for one in found)


async def silent_town(db: Database, days: int, wishes: Wishes | None = None) -> Town:
    """Return a town at eight after so many days on which nobody answered."""
    town, _, _ = await opened_town(db, 2, wishes=wishes)
    await town.live_until(wall(MONDAY + days * DAY, "08:00"))
    return town


@pytest.mark.parametrize(("days", "offered"), [(2, 0), (3, 1), (9, 1)])
async def test_it_is_offered_after_three_in_a_row_and_once(
    db: Database, days: int, offered: int
) -> None:
    town = await silent_town(db, days)
    assert await offers(town, somebody(100)) == offered


async def test_it_is_offered_in_a_weekly_group_before_one_is_let_be(db: Database) -> None:
    town = await found_town(db)
    (ada,) = await town.crowd(1)
    await town.add_slot("07:30", frozenset({0}))
    await town.live_until(wall(MONDAY + 8 * DAY, "08:00"))
    assert await offers(town, ada) == 0
    await town.live_until(wall(MONDAY + 15 * DAY, "08:00"))
    assert await offers(town, ada) == 1


async def test_who_comes_back_needs_none(db: Database) -> None:
    town = await silent_town(db, 4)
    await town.answer(somebody(100), (await town.session(MONDAY + 4 * DAY)).id, Answer.DONE)
    assert await offers(town, somebody(100)) == 0
    assert await offers(town, somebody(101)) == 1


async def test_who_answers_but_cannot_come_still_has_the_choice(db: Database) -> None:
    town = await silent_town(db, 4)
    await town.answer(somebody(100), (await town.session(MONDAY + 4 * DAY)).id, Answer.REST)
    assert await offers(town, somebody(100)) == 1


async def test_it_is_the_days_only_letter(db: Database) -> None:
    town = await silent_town(db, 3, Wishes(reach=Reach.DM))
    town.now = wall(MONDAY + 3 * DAY, "09:00")
    moment = await town.claimed(MomentKind.ENCOURAGE)
    await encouraging.prepare(db, moment, FAMILIES, town.now)
    town.now = wall(MONDAY + 3 * DAY, "09:30")
    kinds = [one.kind for one in await town.claim() if one.membership_id]
    assert kinds == [MomentKind.NOTICE_DM] * 2


async def test_its_letter_comes_with_the_kind_words_and_not_at_night(db: Database) -> None:
    town = await silent_town(db, 3, Wishes(reach=Reach.DM))
    town.now = wall(MONDAY + 3 * DAY, "08:59")
    assert MomentKind.NOTICE_DM not in {one.kind for one in await town.claim()}
    town.now = wall(MONDAY + 3 * DAY, "09:00")
    moment = next(one for one in await town.claim() if one.kind is MomentKind.NOTICE_DM)
    letter = await direct.prepare(db, moment, town.now)
    assert isinstance(letter, direct.Direct)
    assert isinstance(letter.facts, NoticeView)
    assert isinstance(letter.facts.told, WayBack)


async def test_times_are_compared_and_other_groups_found(db: Database) -> None:
    town = await found_town(db)
    (ada,) = await town.crowd(1)
    await town.add_slot("07:30", frozenset({0, 2}))
    await town.add_slot("10:00", frozenset({5}))
    other = await groups.create(db, ORGANISER, town.now, town.limits, name="Late risers")
    slot = NewSlot(frozenset({5}), time(11))
    await schedules.add_slot(db, ORGANISER, other.group_id, slot, town.now, town.limits)
    elsewhere = await groups.create(
        db, ORGANISER, town.now, town.limits, name="Night owls", channel_id=CHANNEL
    )
    night = NewSlot(frozenset({5}), time(21))
    await schedules.add_slot(db, ORGANISER, elsewhere.group_id, night, town.now, town.limits)
    # In another zone: at ten there, which is in the afternoon here, and at five, which is eleven.
    for name, hour in (("Overseas", 10), ("Early abroad", 5)):
        abroad = await groups.create(
            db, ORGANISER, town.now, town.limits, name=name, zone="America/New_York"
        )
        there = NewSlot(frozenset({5}), time(hour))
        await schedules.add_slot(db, ORGANISER, abroad.group_id, there, town.now, town.limits)
    for week in range(3):
        saturday = MONDAY + (5 + 7 * week) * DAY
        await town.live_until(wall(saturday, "10:05"))
        await town.answer(ada, (await town.session(saturday)).id, Answer.DONE)
    await town.live_until(wall(MONDAY + 20 * DAY, "12:00"))
    facts = await way_back.other_times(db, ada, town.group_id, town.now)
    assert facts.best is not None
    assert (facts.best.weekday, facts.best.at, facts.best.kept, facts.best.planned) == (
        5,
        time(10),
        3,
        3,
    )
    assert [one.kept for one in facts.records] == [3, 0, 0]
    assert {one.name for one in facts.others} == {"Late risers", "Early abroad"}


async def test_it_is_for_members_alone(db: Database) -> None:
    town = await found_town(db)
    for ask in (
        way_back.ways(db, somebody(555), town.group_id),
        way_back.other_times(db, somebody(555), town.group_id, town.now),
    ):
        with pytest.raises(NotAllowed, match="not_member"):
            await ask


class TestWhoMayNeedAWord:
    async def test_is_told_to_organisers_alone(self, db: Database) -> None:
        town = await silent_town(db, 3)
        with pytest.raises(NotAllowed, match="not_organiser"):
            await attention.who(db, somebody(100), town.group_id, town.now)

    async def test_has_what_is_known_and_not_who_is_away_or_comes(self, db: Database) -> None:
        town, people, _ = await opened_town(db, 4)
        for day in range(12):
            on = MONDAY + day * DAY
            await town.live_until(wall(on, "08:00"))
            session = await town.session(on)
            await town.answer(people[0], session.id, Answer.DONE)
            if day < 9:
                await town.answer(people[1], session.id, Answer.SORE)
            if day == 0:
                await town.answer(people[2], session.id, Answer.DONE)
        await town.pause(people[3])
        facts = await attention.who(db, ORGANISER, town.group_id, town.now)
        assert [(one.user_id, one.misses) for one in facts.people] == [(101, 2), (102, 10)]
        assert [one.offered_at is not None for one in facts.people] == [False, True]
        assert not any(one.let_be or one.new for one in facts.people)

    async def test_looks_closer_in_somebodys_first_week(self, db: Database) -> None:
        town = await silent_town(db, 1)
        facts = await attention.who(db, ORGANISER, town.group_id, town.now)
        assert [(one.misses, one.new) for one in facts.people] == [(1, True)] * 2

    async def test_a_group_that_has_ended_has_none(self, db: Database) -> None:
        town = await silent_town(db, 1)
        await groups.archive(db, ORGANISER, town.group_id, town.now)
        with pytest.raises(Refused, match="group_archived"):
            await attention.who(db, ORGANISER, town.group_id, town.now)
