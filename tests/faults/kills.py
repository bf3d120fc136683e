"""Killing the bot again and again while prompts fall due and members press buttons.

``make faults``, or ``python -m tests.faults.kills --database sqlite --kills 200 --seed 1``.
Each round has a town of its own, made from a seed; a round that goes wrong says how to repeat it.
What falls due and who presses what is the same in each repetition, the instants are not quite.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Select, select

from bot.domain.moment import MomentKind
from bot.storage import tables
from bot.storage.database import Database, open_database
from bot.storage.downtimes import NEVER
from tests.faults import seed as seeds
from tests.faults.clickers import Clickers
from tests.faults.databases import databases
from tests.faults.deaths import Deaths
from tests.faults.judge import WAITING, Verdict, judge
from tests.faults.nursery import ForkedBot, Nursery
from tests.faults.seed import Town
from tests.faults.steps import STEPS, WHILE_STOPPING
from tests.wire.limits import Limits
from tests.wire.server import WireDiscord, open_discord

AGENDA: dict[str, object] = {
    # On SQLite a start frees all claims, on PostgreSQL they run out; less than this would run out
    # while they wait for their turn, on a machine that is busy with other things.
    "claim_seconds": 4,
    "heartbeat_seconds": 1,
    "sweep_seconds": 5,
    "redraw_seconds": 1.0,
}
NONCE_MEMORIES = (0.0, 180.0, 0.0, 1.0)
"""How long Discord remembers nonces, round after round: with none, the search alone protects."""
KILLS_A_ROUND = 50
GROUPS_FOR_KILLS = 0.7
"""Groups a kill: what a life finds to do."""
TOLD, LENGTH = 20, 1000
"""How many problems of a round are told, and how much of each."""
PATIENCE = 45.0
"""How many seconds a bot in peace may take to do everything that is due."""


@dataclass(frozen=True, slots=True)
class Round:
    """One town, and how often the bot dies in it."""

    seed: int
    kills: int
    nonce_seconds: float = 180.0
    groups: int | None = None
    steps: tuple[str, ...] = ()
    """Where to die first, before chance decides."""


KINDS = tuple(kind.value for kind in MomentKind)
STEPS_OF_KILLS = 0.6
ENOUGH_KILLS = 150
"""With so many on a database there is no excuse for a step that the bot did not die at."""


@dataclass
class Ordeal:
    """A round under way."""

    plan: Round
    discord: WireDiscord
    bot: ForkedBot
    url: str
    town: Town
    rng: Random
    deaths: Deaths
    verdict: Verdict = field(default_factory=Verdict)

    async def suffer(self) -> None:
        """Live and die as often as planned."""
        releases = -(-len(self.town.parked) // max(1, self.plan.kills))
        while self.verdict.counts["kills"] < self.plan.kills:
            async with self._book() as db:
                await seeds.hurry(db, self.town)
                await seeds.release(db, self.town, releases, (-0.2, 2.0))
                await seeds.plan_again(db, self.town, 2)
                step = await self._next_step(db)
            if step is None:
                await self._die_at_random()
            else:
                await self._die_at(step)

    async def _next_step(self, db: Database) -> str | None:
        """Take a step that can be reached with what is due; None where chance is to decide."""
        if not self.plan.steps and self.rng.random() >= STEPS_OF_KILLS:
            await self._toggle_channel(db)
            return None
        kinds, tried = await _at_hand(db)
        lost = self.town.lost
        prompt = await lost.take_prompt(db, self.rng, troubled=False)

        def possible(step: str) -> bool:
            of = {each for each in KINDS if each in step.split(".")}
            there = {*kinds, *(["care"] if prompt else [])}
            return of <= there and (tried or not step.startswith("search."))

        step = self.deaths.draw(possible)
        if prompt is not None and step is not None and "care" in step.split("."):
            lost.take_away(self.discord)
            await seeds.release_tasks(db, self.town, [prompt], (-0.2, 0.5))
        elif prompt is not None:
            lost.parked.append(prompt)
        return step

    async def _toggle_channel(self, db: Database) -> None:
        """Take the channel away or give it back, with a prompt that shows it."""
        lost = self.town.lost
        if lost.closed:
            lost.give_back(self.discord)
        else:
            lost.take_away(self.discord)
        prompt = await lost.take_prompt(db, self.rng, troubled=not lost.closed)
        if prompt is not None:
            await seeds.release_tasks(db, self.town, [prompt], (-0.2, 2.0))

    async def recover(self, environment: dict[str, str] | None = None) -> None:
        """Let the bot do everything that is due, in peace."""
        async with self._book() as db:
            await seeds.release(db, self.town, len(self.town.parked), (0, 1))
            left, self.town.lost.parked = self.town.lost.parked, []
            await seeds.release_tasks(db, self.town, left, (0, 1))
            await seeds.plan_again(db, self.town, 2)
        self.bot.environment = environment or {}
        await self.bot.start()
        ends = time.monotonic() + PATIENCE
        table = tables.moments
        near = datetime.now(UTC) + seeds.PARKED / 2
        undone = select(table.c.id).where(table.c.state.in_(WAITING), table.c.due_at < near)
        while time.monotonic() < ends and await self.holds(undone):
            await asyncio.sleep(0.5)
            async with self._book() as db:
                await seeds.hurry(db, self.town)

    async def stop(self) -> None:
        code, seconds = await self.bot.terminate()
        if code != 0 or seconds > 10:
            self.verdict.blame("other", f"stopped with {code} after {seconds:.1f} s")

    async def _die_at_random(self) -> None:
        self.bot.environment.clear()
        await self.bot.start()
        chance = self.rng.random()
        if chance < 0.35:
            # While it starts, or has just begun to work.
            await asyncio.sleep(self.rng.uniform(0, 0.8))
        elif chance < 0.85:
            await self.bot.wait_ready()
            await asyncio.sleep(self.rng.uniform(0, 2))
        else:
            # Long enough for its gateway to count as being there.
            await self.bot.wait_ready()
            await asyncio.sleep(self.rng.uniform(2, 5))
        await self._kill("random")

    async def _die_at(self, step: str) -> None:
        # A process stops once; everything else may well be reached again.
        once = step in self.deaths.unmet or step in WHILE_STOPPING
        times = 1 if once else self.rng.choice((1, 1, 1, 2))
        self.bot.environment["AMBLE_TEST_KILL_AT"] = f"{step}:{times}"
        await self.bot.start()
        if step in WHILE_STOPPING:
            with contextlib.suppress(AssertionError):
                await self.bot.wait_ready()
            await asyncio.sleep(self.rng.uniform(0, 1))
            await self._stop_and_kill(step)
            return
        try:
            await self.bot.ended(self.rng.uniform(3, 5))
        except TimeoutError:
            self.verdict.counts[f"not reached {step}"] += 1
            await self._kill("random")
            return
        self._count("steps", step)

    async def _stop_and_kill(self, step: str) -> None:
        """Ask it to stop; it dies at its step on the way, or of the second blow."""
        began = time.monotonic()
        code, _ = await self.bot.terminate()
        if code == -9:
            self._count("stopping", step)
        else:
            took = time.monotonic() - began
            self.verdict.blame("other", f"stopped with {code} after {took:.1f} s, not killed")

    async def _kill(self, count: str) -> None:
        if not self.bot.running:
            self.verdict.blame("other", f"the bot ended by itself:\n{self.bot.log[-3000:]}")
            self.verdict.counts["kills"] += 1
            return
        self.bot.kill()
        await self.bot.ended()
        self._count(count, "")

    def _count(self, kind: str, step: str) -> None:
        self.verdict.counts["kills"] += 1
        self.verdict.counts[kind] += 1
        if step:
            self.verdict.counts[f"at {step}"] += 1
            self.deaths.met(step)

    @property
    def dialect(self) -> str:
        return self.url.partition(":")[0]

    async def holds(self, query: Select[Any]) -> bool:
        """Say whether there is anything of that kind in the book."""
        async with self._book() as db:
            return await db.read(lambda conn: conn.execute(query.limit(1)).first()) is not None

    @asynccontextmanager
    async def _book(self) -> AsyncGenerator[Database]:
        async with await open_database(self.url) as db:
            yield db


async def run(plan: Round, url: str, directory: Path, deaths: Deaths | None = None) -> Verdict:
    """Run one round on a fresh, migrated database, and judge it.

    The steps to die at are those of the plan, unless they are drawn over many rounds.
    """
    limits = Limits(nonce_seconds=plan.nonce_seconds)
    async with open_discord(limits, seed=plan.seed) as discord, Nursery() as nursery:
        bot = ForkedBot(discord, url, directory, nursery, AGENDA)
        try:
            ordeal = await open_town(plan, bot, url, deaths)
            clickers = Clickers(discord, ordeal.town, Random(plan.seed))
            clicking = asyncio.create_task(clickers.press_on())
            await ordeal.suffer()
            ordeal.town.lost.give_back(discord)
            await ordeal.recover()
            clicking.cancel()
            await clickers.come_to_rest()
            await ordeal.stop()
            async with await open_database(url) as db:
                now = datetime.now(UTC)
                verdict = await judge(db, discord.records, ordeal.town, clickers, now)
        finally:
            await bot.put_away()
    verdict.add(ordeal.verdict)
    _look_into_log(verdict, bot.log)
    if verdict.problems:
        verdict.problems.insert(0, f"to repeat it: {plan}")
    return verdict


async def open_town(plan: Round, bot: ForkedBot, url: str, deaths: Deaths | None = None) -> Ordeal:
    """Found a town, have last week's prompts posted in peace, and let them be last week's."""
    rng = Random(plan.seed)
    groups = plan.groups or max(4, round(plan.kills * GROUPS_FOR_KILLS))
    discord = bot.discord
    async with await open_database(url) as db:
        town = await seeds.found(discord, db, rng, groups)
    deaths = deaths or Deaths(plan.steps, (), rng)
    ordeal = Ordeal(plan, discord, bot, url, town, rng, deaths)
    discord.limits.on = False
    await bot.start()
    everybody = groups + seeds.lost_groups(groups)
    await discord.until(lambda: len(discord.records.postings) >= everybody, 60)
    # A bot that was never there is not known to be away either.
    heart = tables.heartbeats
    there = select(heart.c.shard_id).where(heart.c.there_at > NEVER)
    while not await ordeal.holds(there):  # noqa: ASYNC110 - a row
        await asyncio.sleep(0.1)
    await ordeal.stop()
    discord.limits.on = True
    async with await open_database(url) as db:
        await seeds.shift_last_week(db, town)
    return ordeal


async def _at_hand(db: Database) -> tuple[set[str], bool]:
    """Return which kinds of moments are due in a moment, and whether one may stand there."""
    table = tables.moments
    soon = datetime.now(UTC) + timedelta(seconds=2)
    query = select(table.c.kind, table.c.tried_at).where(
        table.c.state.in_(WAITING), table.c.due_at < soon
    )
    rows = await db.read(lambda conn: conn.execute(query).all())
    return {row.kind for row in rows}, any(row.tried_at for row in rows)


def _look_into_log(verdict: Verdict, log: str) -> None:
    for line in log.splitlines():
        if " ERROR " in line:
            verdict.blame("other", f"in the log: {line}")


def many(plans: list[Round], dialect: str, kept: Path | None = None) -> Verdict:
    """Run one round after another, telling how each went; logs and files stay in `kept`."""
    total = Verdict()
    deaths = Deaths.everywhere(dialect, Random(plans[0].seed))
    with contextlib.ExitStack() as stack:
        home = kept or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="amble-kills-")))
        fresh = stack.enter_context(databases(dialect, home))
        for plan in plans:
            directory = home / f"{dialect}-{plan.seed}"
            directory.mkdir(parents=True)
            began = time.monotonic()
            verdict = asyncio.run(run(plan, next(fresh), directory, deaths))
            took = time.monotonic() - began
            _tell(f"{dialect} seed {plan.seed}, {took:.0f} s: {verdict.line()}")
            for problem in verdict.problems[:TOLD]:
                _tell(f"  {problem[:LENGTH]}")
            total.add(verdict)
    if sum(plan.kills for plan in plans) >= ENOUGH_KILLS:
        for step in sorted(deaths.unmet):
            total.blame("other", f"the bot never died at {step}")
    return total


def planned(kills: int, seed: int) -> list[Round]:
    """Share kills out among rounds."""
    plans: list[Round] = []
    while kills > 0:
        number = len(plans)
        memory = NONCE_MEMORIES[number % len(NONCE_MEMORIES)]
        plans.append(Round(seed + number, min(kills, KILLS_A_ROUND), memory))
        kills -= KILLS_A_ROUND
    return plans


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    """Kill, judge, and say in one line what came of it; exits with 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description="Kill the bot again and again, and count.")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--kills", type=int, default=200, help="on each database")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where logs and SQLite files are to stay")
    asked = parser.parse_args()
    dialects = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    total = Verdict()
    for dialect in dialects:
        verdict = many(planned(asked.kills, asked.seed), dialect, asked.keep)
        steps = sum(count for name, count in verdict.counts.items() if name.startswith("at "))
        died = sorted(name[3:] for name in verdict.counts if name.startswith("at "))
        unmet = ", ".join(sorted(set(STEPS) - set(died))) or "none"
        _tell(f"{dialect}: {steps} deaths at {len(died)} steps; never at: {unmet}")
        _tell(f"{dialect}: {verdict.line()}")
        total.add(verdict)
    if len(dialects) > 1:
        _tell(total.line())
    sys.exit(1 if total.problems else 0)


if __name__ == "__main__":
    main()
