"""A Discord, a town in it, and the bot's process beside them: what a test of one fault needs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.ids import SessionId
from bot.storage.database import Database, open_database
from tests.faults import storms_judge
from tests.faults.nursery import ForkedBot, Nursery
from tests.faults.storms_haste import in_haste
from tests.faults.storms_town import Answered, Town, found_town, plan_prompts, session_in, wake
from tests.wire.limits import Limits
from tests.wire.people import Act
from tests.wire.processes import BotProcess
from tests.wire.server import WireDiscord, open_discord
from tests.wire.world import Person, Posted

AGENDA = {"sweep_seconds": 5, "heartbeat_seconds": 1, "redraw_seconds": 0.1}
HASTE = in_haste(
    bot__services__claims__FIRST_RETRY=0.5,
    bot__services__claims__LAST_RETRY=1.0,
    bot__supervisor__FIRST_WAIT=0.1,
    bot__supervisor__LAST_WAIT=0.3,
)


@dataclass(slots=True)
class Scene:
    """Everything a test of faults has at hand."""

    discord: WireDiscord
    db: Database
    town: Town
    bot: BotProcess

    async def plan(self, each: int = 1, *, within: float = 0.0, after: float = 0.3) -> None:
        """Have so many prompts due in each group, `after` a while and `within` some seconds."""
        start = datetime.now(UTC) + timedelta(seconds=after)
        for walk in self.town.walks:
            step = timedelta(seconds=within / each)
            await plan_prompts(self.db, walk, [start + step * number for number in range(each)])
        if self.bot.running and self.discord.gateway.connections():
            await wake(self.discord, self.town)

    def press(self, who: Person, posted: Posted, answer: str = "done") -> Act:
        """Have a member press a prompt's button, and remember it for the judge."""
        act = self.discord.people.click(who, posted, answer)
        self.town.answered.append(Answered(who, session_in(posted), answer, act))
        return act

    def newest(self, number: int = 0) -> Posted:
        """Return the latest prompt of a group."""
        prompts = self.town.prompts(self.discord)
        return next(prompts[each][0] for each in reversed(self._ids(number)) if prompts[each])

    def _ids(self, number: int) -> list[SessionId]:
        return list(self.town.walks[number].due)

    async def posted(self, timeout: float = 40.0) -> None:  # noqa: ASYNC109 - it is for tests
        """Wait until nothing that is due is left undone."""
        last = max(due for walk in self.town.walks for due in walk.due.values())
        async with asyncio.timeout(timeout):
            while datetime.now(UTC) <= last or await storms_judge.waiting(self.db, [self.town]):  # noqa: ASYNC110 - a row
                await asyncio.sleep(0.05)

    async def drawn(self, timeout: float = 20.0) -> None:  # noqa: ASYNC109 - as above
        """Wait until every prompt names everyone who came."""
        async with asyncio.timeout(timeout):
            while storms_judge.undrawn(  # noqa: ASYNC110 - a row
                self.discord, self.town, await storms_judge.answers(self.db, self.town)
            ):
                await asyncio.sleep(0.05)

    async def is_well(self) -> None:
        """Assert that the bot is connected, everything was done once, and clicks are answered."""
        await self.posted()
        await self.discord.gateway.wait_connected()
        assert await self.press(self.town.walks[0].members[0], self.newest()).answered()
        await self.drawn()
        assert await self.faults() == []

    async def faults(self) -> list[str]:
        """Return whatever is not as it should be."""
        found = await storms_judge.judge(self.discord, self.db, self.town)
        return [*found, *storms_judge.judge_all(self.discord, self.bot.log)]

    async def logged(self, words: str, timeout: float = 15.0) -> None:  # noqa: ASYNC109 - as above
        """Wait until the bot has said so in its log."""
        await self.discord.until(lambda: words in self.bot.log, timeout)

    async def happens(self, what: Callable[[], bool], timeout: float = 20.0) -> None:  # noqa: ASYNC109 - as above
        await self.discord.until(what, timeout)


@asynccontextmanager
async def scene(
    url: str,
    directory: Path,
    nursery: Nursery,
    *,
    channels: int = 2,
    people: int = 2,
    haste: Mapping[str, str] = HASTE,
    agenda: Mapping[str, object] = AGENDA,
    limits: Limits | None = None,
) -> AsyncGenerator[Scene]:
    """Set everything up; the bot is not started yet, and is put away at the end."""
    async with open_discord(limits, judge=False) as discord, await open_database(url) as db:
        town = await found_town(discord, db, channels=channels, people=people)
        bot = ForkedBot(discord, url, directory, nursery, dict(agenda))
        bot.environment |= haste
        try:
            yield Scene(discord, db, town, bot)
        except BaseException as error:
            error.add_note(f"the log of the bot ends:\n{bot.log[-6000:]}")
            raise
        finally:
            await bot.put_away()


async def seconds_for(what: Callable[[], bool], discord: WireDiscord, within: float) -> float:
    """Wait for something and return how long it took."""
    began = time.monotonic()
    await discord.until(what, within)
    return time.monotonic() - began
