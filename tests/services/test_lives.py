"""Random lives of a group: whatever happens in whatever order, what is stored stays true."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.checkin import Answer
from bot.domain.errors import AmbleError
from bot.services import corrections, holidays, outages, pauses, settling
from bot.services.corrections import Wanted
from bot.services.outages import Cause
from bot.services.views import Person, Wishes
from bot.storage.database import Database, open_database
from bot.storage.sessions import Session
from tests.services import oracle
from tests.services.town import DAY, HOUR, ORGANISER, Town, found_town, somebody

PEOPLE = 4
SLOTS = ("07:30", "18:00", "23:15")
ANSWERS = list(Answer)


@dataclass(frozen=True)
class Step:
    """Some time goes by, then somebody does something."""

    hours: int
    deed: str
    who: int
    what: int
    """Which session, slot, day or answer, as the deed needs it."""


@dataclass
class Life:
    """A town and what is done in it."""

    town: Town

    async def take(self, step: Step) -> None:
        await self.town.live_until(self.town.now + step.hours * HOUR)
        person = somebody(100 + step.who)
        deeds: dict[str, Callable[[Person, int], Awaitable[object]]] = {
            "answer": self.answer,
            "undo": self.undo,
            "join": self.join,
            "leave": self.leave,
            "pause": self.pause,
            "resume": self.resume,
            "skip": self.skip,
            "skip_range": self.skip_range,
            "resume_range": self.resume_range,
            "correct": self.correct,
            "add": self.add,
            "remove": self.remove,
            "outage": self.outage,
            "mute": self.mute,
        }
        try:
            await deeds[step.deed](person, step.what)
        except AmbleError:
            return  # a refusal is an answer too, and leaves nothing behind

    async def lately(self) -> list[Session]:
        """Return the sessions of five days round today, settled or not, in order."""
        today = self.town.now.date()
        return [one for day in range(-3, 3) for one in await self.town.sessions(today + day * DAY)]

    async def answer(self, person: Person, what: int) -> None:
        found = await self.lately()
        if found:
            session = found[what % len(found)]
            await self.town.answer(person, session.id, ANSWERS[what // 7 % len(ANSWERS)])

    async def undo(self, person: Person, what: int) -> None:
        found = await self.lately()
        if found:
            await self.town.undo(person, found[what % len(found)].id, sure=what % 2 == 0)

    async def join(self, person: Person, what: int) -> None:
        await self.town.join(person, Wishes(goal=what % 7 + 1))

    async def leave(self, person: Person, _what: int) -> None:
        await self.town.leave(person)

    async def pause(self, person: Person, what: int) -> None:
        first_on = self.town.now.date() + (what % 6 - 2) * DAY
        last_on = None if what % 5 == 0 else first_on + what % 4 * DAY
        await self.town.pause(person, first_on, last_on)

    async def resume(self, person: Person, _what: int) -> None:
        await pauses.resume(self.town.db, person, self.town.group_id, self.town.now)

    async def skip(self, _person: Person, what: int) -> None:
        await self.town.skip(self.town.now.date() + what % 4 * DAY)

    async def skip_range(self, _person: Person, what: int) -> None:
        town, first_on = self.town, self.town.now.date() + what % 3 * DAY
        last_on = first_on + what % 5 * DAY
        await holidays.skip(town.db, ORGANISER, town.group_id, first_on, last_on, town.now)

    async def resume_range(self, _person: Person, what: int) -> None:
        town, first_on = self.town, self.town.now.date() + what % 3 * DAY
        last_on = first_on + what % 7 * DAY
        await holidays.resume(town.db, ORGANISER, town.group_id, first_on, last_on, town.now)

    async def correct(self, person: Person, what: int) -> None:
        found = await self.lately()
        if found:
            said = [*ANSWERS, None][what // 7 % (len(ANSWERS) + 1)]
            session_id = found[what % len(found)].id
            wanted = Wanted(person.user_id, session_id, said, "as seen")
            await corrections.correct(self.town.db, ORGANISER, wanted, self.town.now)

    async def add(self, _person: Person, what: int) -> None:
        days = frozenset({what % 7, (what + 2) % 7, (what + 4) % 7})
        await self.town.add_slot(SLOTS[what % len(SLOTS)], days, every_weeks=1 + what % 2)

    async def remove(self, _person: Person, what: int) -> None:
        found = await self.lately()
        if found:
            await self.town.remove_slot(found[what % len(found)].slot_id)

    async def outage(self, _person: Person, what: int) -> None:
        await outages.left(self.town.db, 1, [0], self.town.now - what % 9 * HOUR)
        if what % 4:
            await self._back(list(Cause)[what % 3])

    async def mute(self, _person: Person, what: int) -> None:
        self.town.mute = what % 3 == 0
        await self._back(Cause.REFUSED)

    async def _back(self, cause: Cause) -> None:
        await outages.back(self.town.db, 1, 0, cause, self.town.now, 400 * DAY)


DEEDS = [
    *["answer"] * 6,
    *["undo"] * 3,
    *["join"] * 2,
    "leave",
    *["pause"] * 2,
    "resume",
    "skip",
    "skip_range",
    *["resume_range"] * 2,
    *["correct"] * 3,
    "add",
    "remove",
    "outage",
    *["mute"] * 2,
]
steps = st.builds(
    Step,
    hours=st.sampled_from([0, 0, 1, 3, 8, 13, 24]),
    deed=st.sampled_from(DEEDS),
    who=st.integers(0, PEOPLE - 1),
    what=st.integers(0, 83),
)


async def live(db: Database, path: list[Step]) -> Town:
    """Found a town with two slots and everybody in it, and check it after every step."""
    town = await found_town(db)
    await town.crowd(PEOPLE)
    await town.add_slot("07:30")
    await town.add_slot("18:00", frozenset({1, 3, 5}))
    life = Life(town)
    with pytest.MonkeyPatch.context() as patch:
        # An outage that goes on for days would be asked after every five minutes.
        patch.setattr(settling, "ASK_AGAIN", 5 * HOUR)
        for step in path:
            await life.take(step)
            await oracle.check(db)
        await town.live_until(town.now + 2 * DAY)
    await oracle.check(db)
    return town


async def _live_on_sqlite(template: Path, path: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "amble.db"
        shutil.copyfile(template, file)
        async with await open_database(f"sqlite:///{file}") as db:
            await live(db, path)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, min_size=12, max_size=25))
def test_whatever_happens_what_is_stored_is_what_folding_gives(
    sqlite_template: Path, path: list[Step]
) -> None:
    asyncio.run(_live_on_sqlite(sqlite_template, path))


@pytest.mark.parametrize("seed", [1])
async def test_a_long_life_stays_true_on_both_databases(db: Database, seed: int) -> None:
    chance = Random(seed)
    path = [
        Step(
            chance.choice([0, 1, 3, 8, 13, 24]),
            chance.choice(DEEDS),
            chance.randrange(PEOPLE),
            chance.randrange(84),
        )
        for _ in range(25)
    ]
    await live(db, path)
    assert await db.read(oracle.settled_count) > 5
