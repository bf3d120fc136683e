"""What is asked beforehand, again later, and of somebody who is away, on both databases."""

from datetime import date, time

import pytest

from bot.domain.absence import Absence
from bot.domain.checkin import Answer, Details
from bot.domain.errors import Refused
from bot.domain.moment import Moment, MomentKind
from bot.services import checkins, claims, direct, foretelling, later, notices, pauses
from bot.services.views import AheadPost, Nudge
from bot.storage.database import Database
from tests.services import oracle
from tests.services.town import (
    DAY,
    HOUR,
    MANY,
    MONDAY,
    ORGANISER,
    Town,
    claimant,
    found_town,
    opened_town,
    wall,
)


async def claimed(town: Town, kind: MomentKind) -> Moment:
    due = await claims.take(town.db, claimant(), town.now, MANY)
    return next(one for one in due if one.kind is kind)


async def test_the_word_ahead_lists_what_is_to_come_for_whoever_has_not_answered(
    db: Database,
) -> None:
    town = await found_town(db)
    (ada,) = await town.crowd(1)
    await town.set_rhythm(ahead_at=time(18))
    await town.add_slot("07:30")
    await town.live_until(wall(MONDAY, "17:59"))
    town.now = wall(MONDAY, "18:00")
    moment = await claimed(town, MomentKind.AHEAD)
    facts = await foretelling.prepare(db, moment, town.now)
    assert isinstance(facts, AheadPost)
    assert [one.due_on for one in facts.sessions] == [MONDAY + DAY]
    await town.answer(ada, (await town.session(MONDAY + DAY)).id, Answer.REST)
    assert await foretelling.prepare(db, moment, town.now) == "nobody"
    assert await foretelling.prepare(db, moment, wall(MONDAY + DAY, "08:00")) == "day_over"


async def test_who_wants_to_be_asked_again_is_and_again_moves_it(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    first = await later.ask_later(db, ada, session.id, town.now)
    town.now += HOUR / 2
    second = await later.ask_later(db, ada, session.id, town.now)
    assert second - first == HOUR / 2
    town.now = second
    moment = await claimed(town, MomentKind.LATER)
    letter = await direct.prepare(db, moment, town.now)
    assert not isinstance(letter, str)
    assert isinstance(letter.facts, Nudge)
    await town.answer(ada, session.id, Answer.DONE)
    assert await direct.prepare(db, moment, town.now) == "answered"
    with pytest.raises(Refused, match="later_answered"):
        await later.ask_later(db, ada, session.id, town.now)


async def test_the_form_and_the_pain_stand_beside_each_other(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    told = Details(minutes=30, metres=2000, effort=4, note="Windy")
    await checkins.fill_in(db, ada, session.id, told, town.now)
    await checkins.say_pain(db, ada, session.id, 3, town.now)
    facts = await checkins.fill_in(
        db, ada, session.id, Details(note=None), town.now, amount_unread=True
    )
    assert facts.answer is Answer.DONE
    assert facts.details == Details(minutes=30, metres=2000, pain=3)
    with pytest.raises(Refused, match="pain_invalid"):
        await checkins.say_pain(db, ada, session.id, 11, town.now)


async def test_an_absence_is_told_once_however_often_it_is_set(db: Database) -> None:
    town, (ada,), _ = await opened_town(db)
    await town.live_until(wall(MONDAY + 3 * DAY, "08:00"))
    wanted = Absence(ada.user_id, date(2026, 3, 2), date(2026, 3, 4), "Away")
    for already in (False, True):
        made = await pauses.pause_member(db, ORGANISER, town.group_id, wanted, town.now)
        assert made.stood_already is already
    assert len(await notices.waiting(db, ada, town.now)) == 1
    assert (await town.member(ada)).streak.misses == 0
    await oracle.check(db)
