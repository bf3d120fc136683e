"""How a group is spoken to: its tone, its hour, and words of its own."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from bot.domain.checkin import Answer
from bot.domain.encouragement import Kind, Reach, Tone
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.ids import MessageId, OwnWordingId
from bot.domain.moment import MomentKind
from bot.services import buddies, claims, direct, encouraging, notices, nudging, voice
from bot.services.told import BuddyMissed
from bot.services.views import EncouragementPost, Nudge, Wishes
from bot.services.voice import Voice
from bot.storage import memberships, pairs
from bot.storage.database import Database
from bot.ui.words import words_in
from tests.services.town import (
    CHANNEL,
    DAY,
    GUILD,
    HOUR,
    MONDAY,
    ORGANISER,
    Town,
    found_town,
    opened_town,
    somebody,
    wall,
)

FAMILIES = words_in().families()


async def words_of_days(town: Town, days: int) -> list[EncouragementPost]:
    """Return what the group was told on so many mornings from tomorrow on."""
    posts: list[EncouragementPost] = []
    first = (town.now + DAY).date()
    for day in range(days):
        on = first + day * DAY
        await town.live_until(wall(on, "08:59"))
        town.now = wall(on, "09:00")
        moment = await town.claimed(MomentKind.ENCOURAGE)
        post = await encouraging.prepare(town.db, moment, FAMILIES, town.now)
        assert isinstance(post, EncouragementPost)
        await claims.sent(town.db, moment, town.now, CHANNEL, MessageId(day + 1))
        posts.append(post)
    return posts


@pytest.mark.parametrize("tone", Tone)
async def test_a_tone_has_words_of_its_own(db: Database, tone: Tone) -> None:
    town, _, _ = await opened_town(db, 1)
    await voice.change(db, ORGANISER, town.group_id, Voice(tone=tone), town.now)
    (post,) = await words_of_days(town, 1)
    family = "encourage.first_week" if tone is Tone.GENTLE else f"{tone}.encourage.first_week"
    assert post.kind is Kind.FIRST_WEEK
    assert post.wording in FAMILIES[family]


async def test_a_nudge_speaks_in_the_tone_too(db: Database) -> None:
    town, _, _ = await opened_town(db, 2)
    await voice.change(db, ORGANISER, town.group_id, Voice(tone=Tone.PLAIN), town.now)
    town.now += 3 * HOUR
    nudge = await nudging.prepare(db, await town.claimed(MomentKind.NUDGE), FAMILIES, town.now)
    assert isinstance(nudge, Nudge)
    assert nudge.wording in FAMILIES["plain.nudge"]


async def test_own_words_are_said_beside_the_others_none_twice(db: Database) -> None:
    town, _, _ = await opened_town(db, 2)
    await voice.add(db, ORGANISER, town.group_id, "Fresh air, friends!", None, town.now)
    posts = await words_of_days(town, 6)
    texts = [post.own_text for post in posts]
    assert texts.count("Fresh air, friends!") <= 1
    assert len({post.wording for post in posts}) == 6


async def test_own_words_alone_are_said_in_turn_where_there_are_some(db: Database) -> None:
    town, _, _ = await opened_town(db, 1)
    for text in ("One step.", "Two steps."):
        await voice.add(db, ORGANISER, town.group_id, text, Kind.FIRST_WEEK, town.now)
    await voice.change(db, ORGANISER, town.group_id, Voice(own_only=True), town.now)
    posts = await words_of_days(town, 4)
    texts = [post.own_text for post in posts]
    assert sorted(texts[:2], key=str) == ["One step.", "Two steps."]
    assert texts[2:] == texts[:2]


async def test_without_any_for_the_situation_ambles_are_said(db: Database) -> None:
    town, _, _ = await opened_town(db, 1)
    await voice.add(db, ORGANISER, town.group_id, "Back soon?", Kind.LONG_AWAY, town.now)
    await voice.change(db, ORGANISER, town.group_id, Voice(own_only=True), town.now)
    (post,) = await words_of_days(town, 1)
    assert (post.own_text, post.wording in FAMILIES["encourage.first_week"]) == (None, True)


async def test_words_taken_away_are_said_no_more_but_still_known(db: Database) -> None:
    town, (ada, _), session = await opened_town(db, 2, wishes=Wishes(named=True))
    facts = await voice.add(db, ORGANISER, town.group_id, "One step.", None, town.now)
    await voice.change(db, ORGANISER, town.group_id, Voice(own_only=True), town.now)
    (post,) = await words_of_days(town, 1)
    assert post.own_text == "One step."
    after = await voice.remove(db, ORGANISER, town.group_id, facts.own[0].id, town.now)
    assert (after.own, after.own_only) == ((), False)
    # The message that says them may have to be edited.
    await town.answer(ada, session.id, Answer.DONE)
    found = await encouraging.outdated(db, GUILD, session.id, town.now)
    assert found is not None
    assert found.post.own_text == "One step."


async def test_the_hour_can_be_set_and_taken_away(db: Database) -> None:
    town, _, _ = await opened_town(db, 2)
    await voice.change(db, ORGANISER, town.group_id, Voice(at="11:15"), town.now)
    await town.live_until(wall(MONDAY + DAY, "08:00"))
    assert await town.moment(MomentKind.ENCOURAGE, MONDAY.toordinal()) is not None
    town.now = wall(MONDAY + DAY, "11:14")
    assert MomentKind.ENCOURAGE not in {one.kind for one in await town.claim()}
    town.now = wall(MONDAY + DAY, "11:15")
    assert MomentKind.ENCOURAGE in {one.kind for one in await town.claim()}
    await voice.change(db, ORGANISER, town.group_id, Voice(at="off"), town.now)
    await town.live_until(wall(MONDAY + 2 * DAY, "08:00"))
    assert await town.moment(MomentKind.ENCOURAGE, (MONDAY + DAY).toordinal()) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("  \u200b ", "own_words_empty"), ("a" * 301, "own_words_too_long")],
)
async def test_words_that_are_none_are_refused(db: Database, text: str, code: str) -> None:
    town = await found_town(db)
    with pytest.raises(Refused, match=code):
        await voice.add(db, ORGANISER, town.group_id, text, None, town.now)


async def test_the_same_words_twice_too_many_and_none_at_all(db: Database) -> None:
    town = await found_town(db)
    with pytest.raises(Refused, match="own_words_missing"):
        await voice.change(db, ORGANISER, town.group_id, Voice(own_only=True), town.now)
    for number in range(voice.MOST):
        await voice.add(db, ORGANISER, town.group_id, f"Step {number}", None, town.now)
    with pytest.raises(Refused, match="own_words_too_many"):
        await voice.add(db, ORGANISER, town.group_id, "One more", None, town.now)
    facts = await voice.show(db, ORGANISER, town.group_id)
    await voice.remove(db, ORGANISER, town.group_id, facts.own[0].id, town.now)
    with pytest.raises(Refused, match="own_words_known"):
        await voice.add(db, ORGANISER, town.group_id, " Step  1 ", None, town.now)
    for gone in (facts.own[0].id, OwnWordingId(5)):
        with pytest.raises(NotFound, match="own_words_not_found"):
            await voice.remove(db, ORGANISER, town.group_id, gone, town.now)


async def test_it_is_for_organisers_alone(db: Database) -> None:
    town = await found_town(db)
    (ada,) = await town.crowd(1)
    for ask in (
        voice.show(db, ada, town.group_id),
        voice.change(db, ada, town.group_id, Voice(tone=Tone.PLAIN), town.now),
        voice.add(db, ada, town.group_id, "Hello", None, town.now),
        voice.remove(db, ada, town.group_id, OwnWordingId(1), town.now),
    ):
        with pytest.raises(NotAllowed, match="not_organiser"):
            await ask


class TestAStreakAtRisk:
    async def test_is_told_privately_to_who_asked_and_who_is_not_pinged(self, db: Database) -> None:
        wishes = Wishes(named=True, pinged=True, warned=True)
        town, (ada, bo), _ = await opened_town(db, 2, wishes=wishes)
        await town.join(bo, Wishes(named=True, pinged=True))
        for day in range(3):
            await town.live_until(wall(MONDAY + day * DAY, "08:00"))
            session = await town.session(MONDAY + day * DAY)
            for person in (ada, bo):
                await town.answer(person, session.id, Answer.DONE)
        await town.live_until(wall(MONDAY + 3 * DAY, "10:29"))
        town.now = wall(MONDAY + 3 * DAY, "10:30")
        nudge = await nudging.prepare(db, await town.claimed(MomentKind.NUDGE), FAMILIES, town.now)
        assert isinstance(nudge, Nudge)
        assert nudge.pinged == (bo.user_id,)
        town.now += HOUR / 60
        letter = await direct.prepare(db, await town.claimed(MomentKind.NUDGE_DM), town.now)
        assert isinstance(letter, direct.Direct)
        assert letter.user_id == ada.user_id
        assert isinstance(letter.facts, Nudge)
        assert letter.facts.wording in FAMILIES["dm.at_risk"]

    @pytest.mark.parametrize("change", [{"tokens": 1}, {"streak": 2}, {"warned": False}])
    async def test_is_not_where_there_is_no_risk_or_nobody_asked(
        self, db: Database, change: dict[str, object]
    ) -> None:
        town, (ada,), _ = await opened_town(db, 1, wishes=Wishes(warned=True))
        member = await town.member(ada)
        columns = {"streak": 9, "tokens": 0, **change}
        await db.write(lambda conn: memberships.change(conn, GUILD, member.id, **columns))
        town.now += 3 * HOUR
        await nudging.prepare(db, await town.claimed(MomentKind.NUDGE), FAMILIES, town.now)
        town.now += HOUR
        assert MomentKind.NUDGE_DM not in {one.kind for one in await town.claim()}


class TestABuddyHears:
    @pytest.mark.parametrize(
        ("mine", "theirs", "reach", "hears"),
        [
            (True, True, Reach.CHANNEL, True),
            (True, False, Reach.CHANNEL, False),
            (False, True, Reach.CHANNEL, False),
            (True, True, Reach.SILENT, False),
        ],
    )
    async def test_of_a_miss_only_where_both_agreed(
        self, db: Database, mine: bool, theirs: bool, reach: Reach, hears: bool
    ) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        await self._pair(town, mine=mine, theirs=theirs, reach=reach)
        await town.answer(bo, session.id, Answer.DONE)
        await words_of_days(town, 1)
        told = [one.told for one in await notices.waiting(db, bo, town.now)]
        assert any(isinstance(one, BuddyMissed) for one in told) is hears
        assert not await notices.waiting(db, ada, town.now)

    async def test_of_nothing_where_both_missed(self, db: Database) -> None:
        town, (ada, bo), _ = await opened_town(db, 2)
        await self._pair(town)
        await words_of_days(town, 1)
        assert not await notices.waiting(db, ada, town.now)
        assert not await notices.waiting(db, bo, town.now)

    async def test_of_no_old_news(self, db: Database) -> None:
        town, (_, bo), session = await opened_town(db, 2)
        await self._pair(town)
        await town.answer(bo, session.id, Answer.DONE)
        await words_of_days(town, 1)
        assert await notices.waiting(db, bo, town.now)
        assert not await notices.waiting(db, bo, town.now + 3 * DAY)

    @pytest.mark.parametrize("number", [100, 101])
    async def test_of_nothing_once_one_of_them_wants_it_no_more(
        self, db: Database, number: int
    ) -> None:
        town, (_, bo), session = await opened_town(db, 2)
        await self._pair(town)
        await town.answer(bo, session.id, Answer.DONE)
        await words_of_days(town, 1)
        changed = somebody(number)
        await buddies.set_telling(db, changed, town.group_id, town.now, tells=False)
        assert not await notices.waiting(db, bo, town.now)
        await buddies.set_telling(db, changed, town.group_id, town.now, tells=True)
        assert await notices.waiting(db, bo, town.now)

    @pytest.mark.parametrize("said", [Answer.DONE, Answer.SORE])
    async def test_of_nothing_once_a_late_answer_stands_there(
        self, db: Database, said: Answer
    ) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        await self._pair(town)
        await town.answer(bo, session.id, Answer.DONE)
        await words_of_days(town, 1)
        await town.answer(ada, session.id, said)
        assert not await notices.waiting(db, bo, town.now)

    async def test_of_nothing_once_a_pause_covers_the_day(self, db: Database) -> None:
        town, (ada, bo), session = await opened_town(db, 2)
        await self._pair(town)
        await town.answer(bo, session.id, Answer.DONE)
        await words_of_days(town, 1)
        await town.pause(ada, MONDAY, MONDAY)
        assert not await notices.waiting(db, bo, town.now)

    async def test_of_nothing_from_a_repeat_after_a_crash(self, db: Database) -> None:
        town, (_, bo), session = await opened_town(db, 2)
        await self._pair(town)
        await town.answer(bo, session.id, Answer.DONE)
        await town.live_until(wall(MONDAY + DAY, "08:59"))
        town.now = wall(MONDAY + DAY, "09:00")
        moment = await town.claimed(MomentKind.ENCOURAGE)
        await encouraging.prepare(db, moment, FAMILIES, town.now)
        town.now += HOUR
        again = await town.claimed(MomentKind.ENCOURAGE)
        await encouraging.prepare(db, again, FAMILIES, town.now)
        assert len(await notices.waiting(db, bo, town.now)) == 1

    @staticmethod
    async def _pair(
        town: Town, *, mine: bool = True, theirs: bool = True, reach: Reach = Reach.CHANNEL
    ) -> None:
        ada, bo = [await town.member(somebody(number)) for number in (100, 101)]
        now = town.now

        def pair(conn: Connection) -> None:
            wishes = {"buddying": True, "reach": reach, "tells_buddy": theirs}
            memberships.change(conn, GUILD, ada.id, buddying=True, tells_buddy=mine)
            memberships.change(conn, GUILD, bo.id, **wishes)
            pairs.make(conn, GUILD, town.group_id, [ada.id, bo.id], now)

        await town.db.write(pair)
