"""A member's ladder, lived through on both databases."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.checkin import Answer, Details
from bot.domain.encouragement import Reach
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.moment import MomentKind
from bot.domain.programme import FIRST, TOP, Answers, Pace, Review, Rule, Walking
from bot.services import (
    checkins,
    claims,
    corrections,
    extras,
    groups,
    leaderboards,
    notices,
    pauses,
    settling,
)
from bot.services import programme as programmes
from bot.services.corrections import Wanted
from bot.services.extras import NewExtra
from bot.services.views import BoardQuestion, Ease, Person, ProgrammeView, Wishes
from bot.storage import programmes as stored
from bot.storage.database import Database, open_database
from bot.storage.programmes import Reviewed
from tests.services import oracle
from tests.services.town import (
    DAY,
    EVERY_DAY,
    GUILD,
    MANY,
    MONDAY,
    ORGANISER,
    Town,
    claimant,
    found_town,
    opened_town,
    somebody,
    wall,
)

WEEK = timedelta(weeks=1)
TEN_MINUTES = Answers(Walking.OFTEN, 10, 0)
TWENTY_MINUTES = Answers(Walking.OFTEN, 20, 0)


async def begin(town: Town, who: Person, answers: Answers | None = TEN_MINUTES) -> ProgrammeView:
    return await programmes.begin(town.db, who, answers, town.now, note_read=True)


async def shown(town: Town, who: Person) -> ProgrammeView:
    found = await programmes.show(town.db, who, town.now)
    assert found is not None
    return found


async def history(town: Town, who: Person) -> list[Reviewed]:
    """The reviews, first first."""
    programme = await town.db.read(stored.fetch, GUILD, who.user_id)
    found = await town.db.read(stored.reviews_of, programme)
    return found[::-1]


async def rules(town: Town, who: Person) -> list[Rule]:
    return [one.review.rule for one in await history(town, who)]


async def live(town: Town, who: Person, *weeks: str, pain: int | None = None) -> None:
    """Live through weeks, from a Monday on: a letter a day, as `ANSWERED` has them."""
    for week in weeks:
        monday = town.now.date()
        await live_days(town, who, monday, week, pain)
        await town.live_until(wall(monday + WEEK, "05:00"))


async def live_days(town: Town, who: Person, first_on: date, days: str, pain: int | None) -> None:
    for place, letter in enumerate(days):
        on = first_on + place * DAY
        await town.live_until(wall(on, "12:00"))
        said = ANSWERED.get(letter)
        if said is not None:
            session = await town.session(on)
            details = Details(pain=pain if said is Answer.SORE else None)
            await checkins.answer(town.db, who, session.id, said, town.now, details)


ANSWERED = {"d": Answer.DONE, "p": Answer.PARTLY, "r": Answer.REST, "s": Answer.SORE}


async def begin_on(town: Town, who: Person, rung: int) -> None:
    """Have somebody stand on a rung."""
    programme = await town.db.read(stored.fetch, GUILD, who.user_id)
    await town.db.write(lambda conn: stored.change(conn, programme, rung=rung))


async def daily_town(db: Database, weekdays: frozenset[int] = EVERY_DAY) -> tuple[Town, Person]:
    """Return a town with a daily slot and one member, who begins on the first rung."""
    town = await found_town(db)
    (ada,) = await town.crowd(1)
    await town.add_slot(weekdays=weekdays)
    await begin(town, ada)
    return town, ada


async def test_good_weeks_lead_up_one_rung_each(db: Database) -> None:
    town, ada = await daily_town(db)
    await live(town, ada, "ddddddd", "dddddd.", "dpdpdpd")
    assert await rules(town, ada) == [Rule.UP] * 3
    view = await shown(town, ada)
    assert (view.rung, view.last) == (3, Review(Rule.UP, 2, 3))
    await oracle.check(db)


async def test_ten_weeks_lead_to_thirty_minutes_and_no_further(db: Database) -> None:
    town, ada = await daily_town(db, frozenset({0, 3}))
    await live(town, ada, *["d..d"] * 12)
    path = [one.review.after for one in await history(town, ada)]
    assert path == [*range(1, 11), TOP, TOP]


async def test_a_week_that_was_missed_leads_down_and_not_below_the_first(db: Database) -> None:
    town, ada = await daily_town(db)
    await live(town, ada, "ddddddd", "d......", "d......")
    assert await rules(town, ada) == [Rule.UP, Rule.LITTLE, Rule.LITTLE]
    assert (await shown(town, ada)).rung == FIRST


async def test_a_sore_day_leads_down_and_pain_that_rises_holds(db: Database) -> None:
    town, ada = await daily_town(db)
    await live(town, ada, "ddddddd")
    await live(town, ada, "dddddsd", pain=2)
    await live(town, ada, "dddddsd", pain=2)
    await live(town, ada, "dddddsd")
    await live(town, ada, "dddddsd", pain=5)
    expected = [Rule.UP, Rule.RISING, Rule.UP, Rule.PAIN, Rule.SORE]
    assert await rules(town, ada) == expected
    assert (await shown(town, ada)).rung == 1


async def test_a_pause_holds_and_two_weeks_of_it_lead_two_down_at_the_return(db: Database) -> None:
    town, ada = await daily_town(db)
    await begin_on(town, ada, 6)
    await live(town, ada, "ddddddd")
    await town.pause(ada, None, None)
    await live(town, ada, ".......", ".......", ".......")
    assert (await shown(town, ada)).rung == 7
    await pauses.resume(db, ada, town.group_id, town.now)
    await live(town, ada, "ddddddd", "ddddddd")
    nothing = [Rule.NOTHING] * 3
    assert await rules(town, ada) == [Rule.UP, *nothing, Rule.BACK, Rule.UP]
    assert [one.review.after for one in await history(town, ada)][-2:] == [5, 6]


async def test_silence_of_any_length_leads_two_down_in_all(db: Database) -> None:
    town, ada = await daily_town(db)
    await begin_on(town, ada, 6)
    await live(town, ada, "ddddddd", *["......."] * 4, "..ddddd", "ddddddd")
    expected = [Rule.UP, Rule.LITTLE, Rule.AWAY, Rule.AWAY, Rule.AWAY, Rule.BACK, Rule.UP]
    assert await rules(town, ada) == expected
    assert [one.review.after for one in await history(town, ada)] == [7, 6, 6, 6, 6, 5, 6]


async def test_the_return_itself_leads_two_down_and_its_week_takes_no_more(db: Database) -> None:
    town, ada = await daily_town(db)
    await begin_on(town, ada, 6)
    await live(town, ada, "ddddddd", ".......", ".......")
    await live_days(town, ada, town.now.date(), "d", None)
    (only,) = await told(town, ada)
    assert only == Review(Rule.BACK, 6, 5)
    assert (await shown(town, ada)).rung == 5
    await live_days(town, ada, town.now.date() + DAY, "dd", None)
    assert await told(town, ada) == []
    assert (await shown(town, ada)).rung == 5


async def test_a_return_that_is_taken_back_costs_nothing_more_later(db: Database) -> None:
    town, ada = await daily_town(db)
    await begin_on(town, ada, 6)
    await town.pause(ada, None, None)
    await live(town, ada, ".......", ".......")
    await live_days(town, ada, town.now.date(), "d", None)
    await town.undo(ada, (await town.session(town.now.date())).id)
    assert (await shown(town, ada)).rung == 4
    await live_days(town, ada, town.now.date() + DAY, "d", None)
    assert (await shown(town, ada)).rung == 4


async def test_a_return_that_only_an_organiser_told_of_is_seen_by_the_review(
    db: Database,
) -> None:
    town, ada = await daily_town(db)
    await begin_on(town, ada, 6)
    await town.pause(ada, None, None)
    await live(town, ada, ".......", ".......")
    await town.live_until(wall(town.now.date(), "12:00"))
    session = await town.session(town.now.date())
    wanted = Wanted(ada.user_id, session.id, Answer.DONE, "saw her")
    await corrections.correct(db, ORGANISER, wanted, town.now)
    assert (await shown(town, ada)).rung == 6
    await town.live_until(wall(MONDAY + 3 * WEEK, "05:00"))
    assert await rules(town, ada) == [Rule.NOTHING, Rule.NOTHING, Rule.BACK]
    assert (await shown(town, ada)).rung == 4


async def test_ones_own_walks_are_no_absence(db: Database) -> None:
    town, ada = await daily_town(db)
    await live(town, ada, "ddddddd")
    await town.pause(ada, None, None)
    for _ in range(3):
        await extras.log(town.db, ada, town.group_id, NewExtra(20), town.now)
        await live(town, ada, ".......")
    await pauses.resume(db, ada, town.group_id, town.now)
    await live(town, ada, "ddddddd")
    assert await rules(town, ada) == [Rule.UP, *[Rule.NOTHING] * 3, Rule.UP]


@pytest.mark.parametrize(
    ("last_days", "pain", "rule", "kept"),
    [("dddd", None, Rule.BEGUN, 4), ("....", None, Rule.BEGUN, 0), ("ddds", 5, Rule.SORE, 3)],
)
async def test_the_week_in_which_it_begins_holds_unless_it_hurts(
    db: Database, last_days: str, pain: int | None, rule: Rule, kept: int
) -> None:
    town = await found_town(db)
    (ada,) = await town.crowd(1)
    await town.add_slot()
    await town.live_until(wall(MONDAY + 3 * DAY, "05:00"))
    await begin(town, ada, TWENTY_MINUTES)
    await live_days(town, ada, MONDAY + 3 * DAY, last_days, pain)
    await town.live_until(wall(MONDAY + WEEK, "05:00"))
    # Three days missed before it began say nothing.
    (only,) = await history(town, ada)
    assert (only.review.rule, only.kept) == (rule, kept)
    assert only.counted == last_days.count("d") + last_days.count(".")


async def test_a_wish_to_stay_is_kept_until_told_otherwise(db: Database) -> None:
    town, ada = await daily_town(db)
    assert (await programmes.choose(db, ada, Pace.HOLD, town.now)).pace is Pace.HOLD
    await live(town, ada, "ddddddd", "ddddddd")
    await programmes.choose(db, ada, Pace.GROW, town.now)
    await live(town, ada, "ddddddd")
    assert await rules(town, ada) == [Rule.CHOSEN, Rule.CHOSEN, Rule.UP]


async def test_gentler_goes_one_down_once_a_press_and_ends_in_a_kind_word(db: Database) -> None:
    town, ada = await daily_town(db)
    await begin_on(town, ada, 2)
    first = await programmes.gentler(db, ada, town.now, 2)
    again = await programmes.gentler(db, ada, town.now, 2)
    assert [first.ease, again.ease] == [Ease.EASIER, Ease.STANDS]
    assert again.view is not None
    assert again.view.rung == 1
    assert (await programmes.gentler(db, ada, town.now)).ease is Ease.EASIER
    assert (await programmes.gentler(db, ada, town.now)).ease is Ease.LOWEST
    await programmes.stop(db, ada, town.now)
    assert (await programmes.gentler(db, ada, town.now)).ease is Ease.NONE


async def test_stopping_and_beginning_again_is_no_way_up(db: Database) -> None:
    town, ada = await daily_town(db)
    await programmes.stop(db, ada, town.now)
    assert await programmes.show(db, ada, town.now) is None
    assert (await begin(town, ada, TWENTY_MINUTES)).rung == FIRST
    await programmes.stop(db, ada, town.now)
    town.now += WEEK
    assert (await begin(town, ada, TWENTY_MINUTES)).rung == 6


async def test_a_programme_that_was_stopped_is_not_reviewed(db: Database) -> None:
    town, ada = await daily_town(db)
    await live(town, ada, "ddddddd")
    await programmes.stop(db, ada, town.now)
    await live(town, ada, "ddddddd")
    assert len(await history(town, ada)) == 1


@pytest.mark.parametrize(
    ("answers", "note_read", "code"),
    [
        (TEN_MINUTES, False, "programme_note_unread"),
        (None, False, "programme_note_unread"),
        (replace(TEN_MINUTES, pain=7), True, "programme_hurts"),
        (replace(TEN_MINUTES, pain=11), True, "pain_invalid"),
    ],
)
async def test_it_does_not_begin(
    db: Database, answers: Answers | None, note_read: bool, code: str
) -> None:
    town, (ada,), _ = await opened_town(db)
    with pytest.raises(Refused, match=code):
        await programmes.begin(db, ada, answers, town.now, note_read=note_read)


async def test_it_begins_once_and_for_members_alone(db: Database) -> None:
    town, ada = await daily_town(db)
    with pytest.raises(Refused, match="programme_running"):
        await begin(town, ada)
    with pytest.raises(Refused, match="programme_running"):
        await programmes.check_may_begin(db, ada)
    stranger = somebody(999)
    for call in (
        begin(town, stranger),
        programmes.show(db, stranger, town.now),
        programmes.choose(db, stranger, Pace.HOLD, town.now),
        programmes.gentler(db, stranger, town.now),
        programmes.check_may_begin(db, stranger),
    ):
        with pytest.raises(NotAllowed, match="programme_members_only"):
            await call
    with pytest.raises(NotFound, match="programme_none"):
        await programmes.stop(db, stranger, town.now)


async def test_much_pain_asks_for_the_doctors_note_again_before_anything_grows(
    db: Database,
) -> None:
    town, ada = await daily_town(db)
    await begin_on(town, ada, 3)
    await live(town, ada, "ddddddd", "dddddsd", pain=7)
    assert (await shown(town, ada)).note_due
    await live(town, ada, "ddddddd")
    town.now += timedelta(hours=1)
    assert not (await programmes.read_note(db, ada, town.now)).note_due
    await town.live_until(wall(town.now.date() + WEEK, "05:00"))
    assert await rules(town, ada) == [Rule.UP, Rule.SORE, Rule.NOTE, Rule.LITTLE]


async def test_pain_that_was_told_by_mistake_asks_for_nothing(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    await begin(town, ada)
    town.now += timedelta(minutes=1)
    await checkins.say_pain(db, ada, session.id, 8, town.now)
    assert (await shown(town, ada)).note_due
    await checkins.say_pain(db, ada, session.id, 2, town.now)
    assert not (await shown(town, ada)).note_due


async def told(town: Town, who: Person) -> list[Review]:
    found = await notices.waiting(town.db, who, town.now)
    return [one.told for one in found if isinstance(one.told, Review)]


async def test_the_latest_review_alone_waits_to_be_told(db: Database) -> None:
    town, ada = await daily_town(db)
    await live(town, ada, "ddddddd", "ddddddd")
    assert await told(town, ada) == [Review(Rule.UP, 1, 2)]
    await shown(town, ada)
    assert await told(town, ada) == []


async def test_who_is_away_is_told_nothing(db: Database) -> None:
    town, ada = await daily_town(db)
    await town.pause(ada, None, None)
    await live(town, ada, ".......", ".......")
    assert await told(town, ada) == []


async def test_who_wants_direct_messages_gets_one_outside_quiet_hours(db: Database) -> None:
    town = await found_town(db)
    (ada,) = await town.crowd(1, Wishes(reach=Reach.DM))
    await town.add_slot()
    await begin(town, ada)
    await live(town, ada, "ddddddd")
    await town.live_until(wall(MONDAY + WEEK, "12:00"))
    assert [one.due_at for one in town.done if one.kind is MomentKind.NOTICE_DM] == [
        wall(MONDAY + WEEK, "07:00")
    ]


async def test_a_week_that_is_closed_twice_is_reviewed_once(db: Database) -> None:
    town, ada = await daily_town(db)
    await live(town, ada, "ddddddd")
    closing = next(one for one in town.done if one.kind is MomentKind.WEEK)
    assert await settling.close_week(db, closing, town.now)
    assert [one.review.after for one in await history(town, ada)] == [1]


async def other_group(town: Town, zone: str, who: Iterable[Person], at: str = "07:30") -> Town:
    """Another group of the same server, with a daily slot."""
    made = await groups.create(town.db, ORGANISER, town.now, town.limits, name=zone, zone=zone)
    other = Town(town.db, made.group_id, town.now, town.limits)
    for one in who:
        await other.join(one)
    await other.add_slot(at)
    return other


async def test_two_groups_that_close_the_week_at_once_review_it_once(
    database_url: str, db: Database
) -> None:
    town = await found_town(db)
    (ada,) = await town.crowd(1)
    await town.add_slot()
    other = await other_group(town, "Europe/Paris", [ada])
    await begin(town, ada)
    for place in range(7):
        on = MONDAY + place * DAY
        await town.live_until(wall(on, "12:00"))
        for one in (town, other):
            await town.answer(ada, (await one.session(on)).id, Answer.DONE)
    await town.live_until(wall(MONDAY + WEEK, "03:00"))
    town.now = wall(MONDAY + WEEK, "03:01")
    due = await claims.take(db, claimant(), town.now, MANY)
    closing = [one for one in due if one.kind is MomentKind.WEEK and one.on == MONDAY]
    assert len(closing) == 2
    async with await open_database(database_url) as second:
        await asyncio.gather(
            *(
                settling.close_week(handle, moment, town.now)
                for handle, moment in zip((db, second), closing, strict=True)
            ),
            programmes.choose(second, ada, Pace.GROW, town.now),
        )
    assert await rules(town, ada) == [Rule.UP]
    assert await told(town, ada) == [Review(Rule.UP, 0, 1)]


async def test_who_leaves_the_group_that_closes_last_is_reviewed_all_the_same(
    db: Database,
) -> None:
    town = await found_town(db)
    (ada,) = await town.crowd(1)
    await town.add_slot()
    other = await other_group(town, "Pacific/Honolulu", [ada], at="20:00")
    await town.live_until(wall(MONDAY, "12:00"))
    await begin(town, ada)
    await live_days(town, ada, MONDAY, "ddddddd", None)
    # Berlin has closed its week, Honolulu has not.
    await town.live_until(wall(MONDAY + WEEK, "06:00"))
    assert await history(town, ada) == []
    await other.leave(ada)
    await town.live_until(wall(MONDAY + WEEK + DAY, "06:00"))
    assert [one.week_on for one in await history(town, ada)] == [MONDAY]
    assert len(await told(town, ada)) == 1


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Asia/Tokyo"])
async def test_with_two_groups_the_last_to_close_the_week_reviews_it(
    db: Database, zone: str
) -> None:
    town = await found_town(db)
    (ada,) = await town.crowd(1)
    await town.add_slot()
    other = await other_group(town, zone, [ada], at="20:00")
    # When it is Monday everywhere.
    await town.live_until(wall(MONDAY, "12:00"))
    await begin(town, ada)
    for place in range(7):
        on = MONDAY + place * DAY
        for one, at in (
            (town, wall(on, "12:00")),
            (other, wall(on, "22:00", ZoneInfo(zone))),
        ):
            await town.live_until(at)
            session = await one.session(on)
            await checkins.answer(db, ada, session.id, Answer.DONE, town.now)
    assert await history(town, ada) == []
    await town.live_until(wall(MONDAY + WEEK + DAY, "01:00"))
    (only,) = await history(town, ada)
    assert (only.review.rule, only.kept, only.counted) == (Rule.UP, 14, 14)


async def test_done_credits_a_walk_of_ones_own_rung(db: Database) -> None:
    town, (ada, bo), session = await opened_town(db, 2, wishes=Wishes(shown=True))
    await begin(town, ada)
    facts = await town.answer(ada, session.id, Answer.DONE)
    assert facts.own is not None
    assert (facts.own.walks, facts.own.minutes, facts.own.so_far) == (2, 5, 5)
    assert facts.details.minutes is None
    assert (await town.answer(bo, session.id, Answer.DONE)).own is None
    board = await leaderboards.show(db, ada, BoardQuestion(town.group_id), town.now)
    assert board.total_minutes == 25
    await town.live_until(wall(MONDAY + DAY, "05:00"))
    assert [(await town.member(one)).streak.minutes for one in (ada, bo)] == [5, 20]
    await oracle.check(db)


async def test_a_rung_counts_from_when_its_member_has_heard_of_it(db: Database) -> None:
    town, ada = await daily_town(db)
    await live(town, ada, "ddddddd", "ddddddd", "ddddddd")
    await town.live_until(wall(town.now.date(), "12:00"))
    session = await town.session(town.now.date())
    facts = await town.answer(ada, session.id, Answer.DONE)
    assert facts.own is not None
    assert (facts.own.walks, facts.own.minutes, facts.own.so_far) == (2, 8, 8)
    await shown(town, ada)
    await town.live_until(town.now + DAY)
    session = await town.session(town.now.date())
    facts = await town.answer(ada, session.id, Answer.DONE)
    assert facts.own is not None
    assert (facts.own.walks, facts.own.minutes, facts.own.so_far) == (2, 10, 10)


async def test_what_was_credited_stays_when_the_rung_changes(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    await begin(town, ada, TWENTY_MINUTES)
    await town.answer(ada, session.id, Answer.DONE)
    await programmes.gentler(db, ada, town.now)
    await town.answer(ada, session.id, Answer.PARTLY)
    await town.answer(ada, session.id, Answer.DONE)
    await town.live_until(wall(MONDAY + DAY, "05:00"))
    assert (await town.member(ada)).streak.minutes == 20
    await programmes.stop(db, ada, town.now)
    await oracle.check(db)


async def test_each_short_walk_of_a_day_counts_once_a_press(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    await begin(town, ada)
    first = await town.answer(ada, session.id, Answer.DONE)
    more = [
        await checkins.walk_again(db, ada, session.id, town.now, seen=first.changes)
        for _ in range(2)
    ]
    assert [one.details.minutes for one in more] == [10, 10]
    assert more[0].own is not None
    assert not more[0].own.to_go
    back = await checkins.undo(db, ada, session.id, town.now)
    assert back != more[0]
    await town.live_until(wall(MONDAY + DAY, "05:00"))
    assert (await town.member(ada)).streak.minutes == 5
    await oracle.check(db)


async def test_there_is_no_walk_to_add_to_a_rest_or_without_a_programme(db: Database) -> None:
    town, (ada, bo), session = await opened_town(db, 2)
    await begin(town, ada)
    await town.answer(ada, session.id, Answer.REST)
    await town.answer(bo, session.id, Answer.DONE)
    for who in (ada, bo):
        with pytest.raises(Refused, match="no_walk_to_add"):
            await checkins.walk_again(db, who, session.id, town.now, seen=1)


async def test_a_walk_of_ones_own_counts_towards_the_day_and_the_week(db: Database) -> None:
    town, (ada,), session = await opened_town(db)
    await begin(town, ada)
    await extras.log(db, ada, town.group_id, NewExtra(5), town.now)
    facts = await town.answer(ada, session.id, Answer.DONE)
    assert facts.own is not None
    assert facts.own.so_far == 10
    assert (await shown(town, ada)).week_minutes == 10


async def test_the_programme_outlasts_a_group_but_not_a_long_absence(db: Database) -> None:
    town, ada = await daily_town(db)
    await town.leave(ada)
    with pytest.raises(NotAllowed, match="programme_members_only"):
        await programmes.show(db, ada, town.now)
    town.now += timedelta(days=29)
    await town.join(ada)
    assert (await shown(town, ada)).rung == FIRST
    await town.leave(ada)
    town.now += timedelta(days=31)
    await town.join(ada)
    assert await programmes.show(db, ada, town.now) is None


async def test_another_group_of_the_server_keeps_it(db: Database) -> None:
    town, ada = await daily_town(db)
    await town.leave(ada)
    town.now += timedelta(days=10)
    other = await other_group(town, "Asia/Tokyo", [ada])
    assert (await shown(other, ada)).rung == FIRST


async def test_the_next_review_is_the_one_of_the_running_week(db: Database) -> None:
    town, ada = await daily_town(db)
    assert (await shown(town, ada)).review_on == date(2026, 3, 9)
    await town.live_until(wall(MONDAY + WEEK, "01:00"))
    assert (await shown(town, ada)).review_on is None
    await town.live_until(wall(MONDAY + WEEK, "05:00"))
    assert (await shown(town, ada)).review_on == date(2026, 3, 16)
