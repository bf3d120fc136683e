"""The recap goes out once, with the day's encouragement in it, whatever breaks in between."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from bot.agenda.sender import Failure
from bot.domain.checkin import Answer
from bot.domain.encouragement import Reach
from bot.domain.moment import MomentKind, MomentState
from bot.services import claims, planning
from bot.services.views import Person, Wishes
from bot.storage import moments, tables
from bot.storage.database import Database
from bot.ui.card import Accent
from bot.ui.pictures import store
from bot.ui.pictures.render import NoPicture
from bot.ui.pictures.store import Draws, NoDrawing
from tests.agenda.fake_discord import Died, FakeDiscord, Hands, Message, Process
from tests.services.town import DAY, GUILD, MONDAY, Town, found_town, wall

NEXT = MONDAY + 7 * DAY


class Draughtsman:
    """Draws at once, or fails, or never gets done."""

    def __init__(self, fault: BaseException | None = None, *, slow: bool = False) -> None:
        self.drawn = 0
        self._fault = fault
        self._slow = slow

    async def png(self, svg: str) -> bytes:
        self.drawn += 1
        if self._slow:
            await asyncio.Event().wait()
        if self._fault is not None:
            raise self._fault
        return svg.encode()

    async def close(self) -> None:
        """Nothing was begun."""


@dataclass
class Life:
    """A group of two that walks every day, of whom one keeps more than the other."""

    town: Town
    discord: FakeDiscord
    hands: Hands
    people: list[Person]

    async def work(
        self, on: date, at: str, name: str = "first", draws: Draws | None = None
    ) -> None:
        """Plan, and have a process do what is due by then."""
        self.hands.move_to(wall(on, at))
        await planning.plan_everything(self.town.db, wall(on, at))
        await Process(self.town.db, self.discord, name, draws=draws or NoDrawing()).work()
        self.town.now = wall(on, at)

    async def live_through(self, first: date, days: int = 7, *, silent: bool = False) -> None:
        """Live some days: the first member keeps every session, the others all but the last."""
        for number in range(days):
            on = first + number * DAY
            for at in ("03:02", "07:30"):
                await self.work(on, at)
            session = await self.town.session(on)
            answering = self.people if number < days - 1 else self.people[:1]
            for person in () if silent else answering:
                await self.town.answer(person, session.id, Answer.DONE)
            for at in ("09:00", "09:01"):
                await self.work(on, at)

    async def state(self, kind: MomentKind, on: date = MONDAY) -> MomentState | None:
        found = await self.town.moment(kind, on.toordinal())
        return None if found is None else found[0]

    @property
    def recaps(self) -> list[Message]:
        return [one for one in self.of_today if self._accent(one) == Accent.THANKS]

    @property
    def encouragements(self) -> list[Message]:
        return [
            one
            for one in self.of_today
            if self._accent(one) == Accent.ENCOURAGEMENT
            and any(custom_id.startswith("amble:way:all:") for custom_id in one.custom_ids)
        ]

    @property
    def of_today(self) -> list[Message]:
        return [one for one in self.discord.public if one.at >= wall(NEXT, "00:00")]

    @staticmethod
    def _accent(message: Message) -> object:
        (container,) = message.card.to_components()
        return container.get("accent_color")


async def a_week(
    db: Database, discord: FakeDiscord, hands: Hands, wishes: Wishes, *, silent: bool = False
) -> Life:
    """Return a life whose first week is over and settled, after the next prompt was posted."""
    town = await found_town(db)
    people = await town.crowd(2, wishes)
    await town.add_slot("07:30")
    life = Life(town, discord, hands, people)
    await life.live_through(MONDAY, silent=silent)
    await life.work(NEXT, "03:02")
    await life.work(NEXT, "07:30")
    return life


@pytest.fixture
async def shown(db: Database, discord: FakeDiscord, hands: Hands) -> Life:
    return await a_week(db, discord, hands, Wishes(shown=True))


@pytest.fixture
async def life(db: Database, discord: FakeDiscord, hands: Hands) -> Life:
    return await a_week(db, discord, hands, Wishes(named=True))


class TestOneMessage:
    async def test_a_recap_and_an_encouragement_of_one_day_are_one(self, life: Life) -> None:
        await life.work(NEXT, "09:00")
        await life.work(NEXT, "12:00")
        assert (len(life.recaps), len(life.encouragements)) == (1, 0)
        assert "Thinking of Member 101." in life.recaps[0].text
        sunday = NEXT - DAY
        assert await life.state(MomentKind.RECAP) is MomentState.SENT
        assert await life.state(MomentKind.ENCOURAGE, sunday) is MomentState.SKIPPED

    async def test_it_pings_nobody(self, life: Life) -> None:
        await life.work(NEXT, "09:00")
        assert life.recaps[0].card.pinged == ()

    async def test_an_encouragement_waits_for_a_recap_later_that_day(self, life: Life) -> None:
        await life.town.set_rhythm(recap_on=0, recap_at=wall(MONDAY, "18:00").time())
        await _retime(life, "18:00")
        await life.work(NEXT, "09:00")
        assert life.encouragements == []
        await life.work(NEXT, "18:00")
        assert (len(life.recaps), len(life.encouragements)) == (1, 0)
        assert "Thinking of Member 101." in life.recaps[0].text

    async def test_without_anything_to_tell_the_encouragement_comes_by_itself(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        life = await a_week(db, discord, hands, Wishes(named=True), silent=True)
        await life.work(NEXT, "09:00")
        assert (len(life.recaps), len(life.encouragements)) == (0, 1)
        assert await life.state(MomentKind.RECAP) is MomentState.SKIPPED

    async def test_letters_go_out_as_before(
        self, db: Database, discord: FakeDiscord, hands: Hands
    ) -> None:
        life = await a_week(db, discord, hands, Wishes(reach=Reach.DM))
        discord.messages.clear()
        await life.work(NEXT, "09:00")
        await life.work(NEXT, "09:05")
        assert len(discord.to(life.people[1].user_id)) == 1
        assert len(life.recaps) == 1


class TestOnce:
    @pytest.mark.parametrize("when", ["before", "after"])
    async def test_a_death_while_sending_makes_it_neither_two_nor_none(
        self, life: Life, when: str
    ) -> None:
        life.discord.die("post", when="before" if when == "before" else "after")
        with pytest.raises(Died):
            await life.work(NEXT, "09:00")
        for at in ("09:05", "09:10"):
            await life.work(NEXT, at, f"at {at}")
        assert (len(life.recaps), len(life.encouragements)) == (1, 0)
        assert "Thinking of Member 101." in life.recaps[0].text

    async def test_what_is_tried_again_says_the_same(self, life: Life) -> None:
        life.discord.fail("post", Failure.UNAVAILABLE, when="after")
        await life.work(NEXT, "09:00")
        (first,) = life.recaps
        life.discord.messages.remove(first)
        life.hands.move_by(claims.FIRST_RETRY)
        await Process(life.town.db, life.discord).work()
        assert [one.text for one in life.recaps] == [first.text]

    async def test_one_that_stands_though_nobody_recorded_it_counts_as_sent(
        self, life: Life
    ) -> None:
        life.discord.die("post", when="after")
        with pytest.raises(Died):
            await life.work(NEXT, "09:00")
        await life.town.set_rhythm(recap_on=None)
        await life.work(NEXT, "09:10", "second")
        assert len(life.recaps) == 1
        assert await life.state(MomentKind.RECAP) is MomentState.SENT


class TestPicture:
    """It goes along where it can, and never in the way."""

    async def test_the_weeks_board_goes_along(self, shown: Life) -> None:
        await shown.work(NEXT, "09:00", draws=Draughtsman())
        (recap,) = shown.recaps
        assert [file.filename for file in recap.card.files()] == ["board.png"]
        assert len(recap.custom_ids) == 2
        assert recap.card.pinged == ()

    @pytest.mark.parametrize("fault", [NoPicture("no"), ValueError("no")], ids=["known", "unknown"])
    async def test_where_it_cannot_be_drawn_the_words_go_alone(
        self, shown: Life, fault: Exception
    ) -> None:
        await shown.work(NEXT, "09:00", draws=Draughtsman(fault))
        assert [one.card.files() for one in shown.recaps] == [[]]
        assert await shown.state(MomentKind.RECAP) is MomentState.SENT

    async def test_where_it_takes_too_long_the_words_go_alone(
        self, shown: Life, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "DRAWN_WITHIN", 0.01)
        await shown.work(NEXT, "09:00", draws=Draughtsman(slow=True))
        assert [one.card.files() for one in shown.recaps] == [[]]

    @pytest.mark.parametrize("failure", [Failure.FORBIDDEN, Failure.REJECTED])
    async def test_where_it_is_not_taken_the_words_go_alone(
        self, shown: Life, failure: Failure
    ) -> None:
        shown.discord.fail("post", failure)
        await shown.work(NEXT, "09:00", draws=Draughtsman())
        assert [one.card.files() for one in shown.recaps] == [[]]
        assert await shown.state(MomentKind.RECAP) is MomentState.SENT

    async def test_a_closed_channel_is_told_of_as_ever(self, shown: Life) -> None:
        shown.discord.fail("post", Failure.FORBIDDEN, times=2)
        await shown.work(NEXT, "09:00", draws=Draughtsman())
        assert shown.recaps == []
        assert await shown.state(MomentKind.RECAP) is MomentState.FAILED

    @pytest.mark.parametrize("when", ["before", "after"])
    async def test_a_second_try_waits_for_no_picture(self, shown: Life, when: str) -> None:
        shown.discord.fail(
            "post", Failure.UNAVAILABLE, when="before" if when == "before" else "after"
        )
        await shown.work(NEXT, "09:00", draws=Draughtsman())
        draws = Draughtsman()
        await shown.work(NEXT, "09:05", draws=draws)
        assert (len(shown.recaps), draws.drawn) == (1, 0)

    async def test_a_death_while_it_is_drawn_makes_it_neither_two_nor_none(
        self, shown: Life
    ) -> None:
        with pytest.raises(Died):
            await shown.work(NEXT, "09:00", draws=Draughtsman(Died()))
        await shown.work(NEXT, "09:05", "second", draws=Draughtsman())
        assert [len(one.card.files()) for one in shown.recaps] == [1]


class TestLate:
    async def test_one_that_was_due_while_nobody_was_there_comes_on_return(
        self, life: Life
    ) -> None:
        await life.work(NEXT + DAY, "13:00")
        assert [one.at for one in life.recaps] == [wall(NEXT + DAY, "13:00")]

    async def test_in_quiet_hours_it_waits_for_the_morning(self, life: Life) -> None:
        await life.work(NEXT, "22:00")
        assert life.recaps == []
        await life.work(NEXT + DAY, "07:00")
        assert len(life.recaps) == 1

    async def test_of_two_only_the_newest_comes(self, life: Life) -> None:
        await _retime(life, "09:00", on=NEXT + 7 * DAY)
        await life.live_through(NEXT)
        await life.work(NEXT + 7 * DAY, "10:00")
        states = [await life.state(MomentKind.RECAP, on) for on in (MONDAY, NEXT)]
        assert states == [MomentState.SKIPPED, MomentState.SENT]
        assert len(life.recaps) == 1

    async def test_it_waits_for_a_week_that_is_not_closed(self, life: Life) -> None:
        await _open_week(life, wall(NEXT, "11:00"))
        await life.work(NEXT, "09:00")
        assert life.recaps == []
        await life.work(NEXT, "11:00")
        await life.work(NEXT, "11:05")
        assert (len(life.recaps), len(life.encouragements)) == (1, 0)


async def _retime(life: Life, at: str, on: date = NEXT) -> None:
    """Move the planned recap, as an organiser's change would."""
    due_at = wall(on, at)
    await life.town.db.write(
        moments.move, GUILD, life.town.group_id, MomentKind.RECAP, MONDAY.toordinal(), due_at
    )


async def _open_week(life: Life, due_at: datetime) -> None:
    """Have the week closed later, as one whose last session was put off."""
    table = tables.moments
    statement = (
        table.update()
        .where(table.c.kind == MomentKind.WEEK, table.c.subject == MONDAY.toordinal())
        .values(state=MomentState.DUE, due_at=due_at)
    )
    await life.town.db.write(lambda conn: conn.execute(statement).rowcount)
