"""Storms: random faults of Discord, several at a time, over a bot that has prompts to post.

``python -m tests.faults.storms --runs 100 --seed 1`` prints one line of counts at the end, and the
seed of each storm after which not everything was as it should be; with ``--runs 1`` and that seed
it comes again, as far as time allows.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.ids import SessionId
from bot.storage import migrate
from bot.storage.database import Database, open_database
from tests.faults import storms_judge
from tests.faults.nursery import ForkedBot, Nursery
from tests.faults.storms_faults import Storm, calm, unleash
from tests.faults.storms_haste import in_haste
from tests.faults.storms_town import Town, found_town, plan_nudge, plan_prompts, press, wake
from tests.wire.processes import BotProcess
from tests.wire.server import WireDiscord, open_discord

PROMPTS = 24
BLOWS_FOR = 6.0
"""For how many seconds prompts fall due and faults strike."""
LEAD = 1.0
"""Seconds before the first prompt is due."""
CALM_WITHIN = 75.0
"""How long it may take until all is well; discord.py waits up to half a minute between tries."""
LIVES = 12
"""How many storms one process of the bot lives through before it is asked to stop."""
HASTE = in_haste(
    bot__services__claims__FIRST_RETRY=1.0,
    bot__services__claims__LAST_RETRY=4.0,
    bot__agenda__watch__LAST_RETRY=4.0,
    # discord.py's waits grow with each storm of a life; what the supervisor does then comes sooner.
    bot__supervisor__CUT_OFF_FOR=20.0,
    bot__supervisor__LOOK_EVERY=2.0,
)
AGENDA = {"sweep_seconds": 5, "heartbeat_seconds": 1, "redraw_seconds": 0.2, "claim_seconds": 20}


@dataclass(slots=True)
class Outcome:
    """How one storm went."""

    seed: int
    blows: list[str] = field(default_factory=list[str])
    prompts: int = 0
    clicks: int = 0
    unanswered: int = 0
    """Clicks that got no answer: nobody promised one while Discord was out of reach."""
    seconds_to_calm: float = 0.0
    problems: list[str] = field(default_factory=list[str])


async def live_through(discord: WireDiscord, db: Database, bot: BotProcess, seed: int) -> Outcome:
    """Let one storm blow over a new server of a bot that is running, and judge."""
    outcome = Outcome(seed)
    chance = random.Random(seed)
    town = await found_town(discord, db, name=f"Town {seed}")
    await _plan(db, town, chance)
    try:
        await wake(discord, town)
    except TimeoutError:
        outcome.problems.append("a command before the storm was not answered")
        return outcome
    storm, over = Storm(discord, town, chance), asyncio.Event()
    pressing = asyncio.create_task(press(discord, town, random.Random(seed), 0.6, over))
    # To the end, also where the last blow comes early: by then everything is due.
    outcome.blows, _ = await asyncio.gather(
        unleash(storm, BLOWS_FOR), asyncio.sleep(BLOWS_FOR + LEAD)
    )
    calm(discord)
    began = time.monotonic()
    try:
        await _wait_for_calm(discord, db, bot, storm)
    except TimeoutError:
        outcome.problems.append(f"not calm within {CALM_WITHIN:.0f} s")
    over.set()
    await pressing
    outcome.seconds_to_calm = time.monotonic() - began
    outcome.problems += await _check_answers(discord, town)
    await _wait_until_drawn(discord, db, storm)
    outcome.problems += await storms_judge.judge(discord, db, town, storm.hindered)
    outcome.prompts = sum(len(walk.due) for walk in town.walks)
    outcome.clicks = len(town.answered)
    outcome.unanswered = sum(not one.act.acknowledged for one in town.answered)
    return outcome


async def _plan(db: Database, town: Town, chance: random.Random) -> None:
    start = datetime.now(UTC) + timedelta(seconds=LEAD)
    for walk in town.walks:
        number = PROMPTS // len(town.walks)
        dues = sorted(
            start + timedelta(seconds=chance.uniform(0, BLOWS_FOR)) for _ in range(number)
        )
        await plan_prompts(db, walk, dues)
        await plan_nudge(db, walk, start + timedelta(seconds=chance.uniform(2, BLOWS_FOR)))


async def _wait_for_calm(discord: WireDiscord, db: Database, bot: BotProcess, storm: Storm) -> None:
    """Wait until the bot is connected and nothing is left to be done."""
    async with asyncio.timeout(CALM_WITHIN):
        while True:
            await asyncio.sleep(0.1)
            there = discord.gateway.connected() and bot.running
            if there and not await storms_judge.waiting(db, [storm.town]):
                return


async def _wait_until_drawn(discord: WireDiscord, db: Database, storm: Storm) -> None:
    for _ in range(300):
        known = await storms_judge.answers(db, storm.town)
        if not storms_judge.undrawn(discord, storm.town, known, storm.hindered):
            return
        await asyncio.sleep(0.1)


async def _check_answers(discord: WireDiscord, town: Town) -> list[str]:
    """Press a button once all is quiet: the first group's channel was left alone."""
    walk = town.walks[0]
    prompts = town.prompts(discord)
    posted = [prompts[SessionId(each)] for each in walk.due]
    if not all(posted):
        return ["a prompt is missing where nothing hindered it"]
    act = discord.people.click(walk.members[0], posted[-1][0], "rest")
    try:
        await act.answered()
    except TimeoutError:
        return [f"a click after the storm was not answered: {act.codes}"]
    return []


@dataclass(slots=True)
class Season:
    """Many storms, and how they went."""

    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    problems: list[str] = field(default_factory=list[str])
    """What is wrong beyond a single storm."""

    def report(self) -> str:
        """Return the line of counts, after a line for each problem."""
        blows = Counter(blow for one in self.outcomes for blow in one.blows)
        failed = [one for one in self.outcomes if one.problems]
        lines = [
            f"seed {one.seed} ({', '.join(one.blows)}): {p}" for one in failed for p in one.problems
        ]
        lines += self.problems
        longest = max((one.seconds_to_calm for one in self.outcomes), default=0)
        lines.append(
            f"storms {len(self.outcomes)}, faults {blows.total()} of {len(blows)} kinds,"
            f" prompts {sum(one.prompts for one in self.outcomes)},"
            f" clicks {sum(one.clicks for one in self.outcomes)}"
            f" (unanswered {sum(one.unanswered for one in self.outcomes)}),"
            f" longest calm {longest:.0f} s, storms failed {len(failed)},"
            f" other problems {len(self.problems)}"
        )
        return "\n".join(lines)


async def weather(seeds: Sequence[int], directory: Path) -> Season:
    """Let storms blow one after another over one Discord, a few to each life of the bot."""
    season = Season()
    url = f"sqlite:///{directory / 'amble.db'}"
    async with (
        open_discord(seed=seeds[0], judge=False) as discord,
        await open_database(url) as db,
        Nursery() as nursery,
    ):
        discord.gateway.heartbeat_interval = 1.0
        bot = ForkedBot(discord, url, directory, nursery, dict(AGENDA))
        bot.environment |= HASTE
        for first in range(0, len(seeds), LIVES):
            await _live(discord, db, bot, seeds[first : first + LIVES], season)
        season.problems += storms_judge.judge_all(discord, bot.log)
    return season


async def _live(
    discord: WireDiscord, db: Database, bot: BotProcess, seeds: Sequence[int], season: Season
) -> None:
    async with bot:
        for seed in seeds:
            season.outcomes.append(await live_through(discord, db, bot, seed))
            if not bot.running:
                season.problems.append(f"seed {seed}: the bot ended")
                return
        code, seconds = await bot.terminate()
        if code != 0 or seconds > 10:
            season.problems.append(f"stopped with {code} after {seconds:.1f} s")


async def _all(runs: int, seed: int, lanes: int, directory: Path) -> Season:
    seeds = range(seed, seed + runs)
    ways = [directory / f"lane-{lane}" for lane in range(min(lanes, runs))]
    directory.mkdir(exist_ok=True)
    fresh = directory / "fresh.db"
    migrate.upgrade(f"sqlite:///{fresh}")
    for way in ways:
        way.mkdir()
        shutil.copyfile(fresh, way / "amble.db")
    seasons = await asyncio.gather(
        *(weather(seeds[n :: len(ways)], way) for n, way in enumerate(ways))
    )
    return Season(
        [one for season in seasons for one in season.outcomes],
        [one for season in seasons for one in season.problems],
    )


def main() -> None:
    """Run storms from the command line."""
    parser = argparse.ArgumentParser(description="Random faults of Discord, in combination.")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lanes", type=int, default=3, help="how many bots at a time")
    parser.add_argument("--keep", type=Path, help="a new directory for logs and databases")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="amble-storms-") as temporary:
        directory = asked.keep or Path(temporary)
        season = asyncio.run(_all(asked.runs, asked.seed, asked.lanes, directory))
    sys.stdout.write(f"{season.report()}\n")
    failed = any(one.problems for one in season.outcomes) or season.problems
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
