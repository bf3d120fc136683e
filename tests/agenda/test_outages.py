"""Outages of every kind and length, wherever they fall: nobody misses anything because of them."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from datetime import date, timedelta
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.streak import Outcome
from bot.storage.database import Database, open_database
from tests.agenda.ordeal import DOWN, SECOND, Kind, Ordeal, Outage, ordeal
from tests.agenda.verdict import faults_of
from tests.services import oracle
from tests.services.town import DAY, HOUR, somebody

MINUTE = timedelta(minutes=1)
LENGTHS = {"20 minutes": 20 * MINUTE, "6 hours": 6 * HOUR, "3 days": 3 * DAY}
PHASES = {
    "before the prompt": (0, "07:20"),
    "after the prompt": (0, "08:00"),
    "over the nudge": (0, "10:20"),
    "in the evening": (0, "23:05"),
    "as the clocks change": (0, "01:50"),
    "as the week closes": (1, "02:50"),
    "over the encouragement": (1, "08:50"),
}
DAYS = {
    "an ordinary Sunday": ("Europe/Berlin", date(2026, 3, 8)),
    "Berlin in spring": ("Europe/Berlin", date(2026, 3, 29)),
    "Berlin in autumn": ("Europe/Berlin", date(2026, 10, 25)),
    "Lord Howe in spring": ("Australia/Lord_Howe", date(2026, 10, 4)),
    "Santiago in autumn": ("America/Santiago", date(2026, 4, 5)),
}
"""Sundays. On Lord Howe clocks change by half an hour; in Santiago at midnight."""
MORE = bool(os.environ.get("MORE_OUTAGES"))
"""Set by `make faults`: some two minutes on one core."""

Case = tuple[str, Kind, str, str]
"""A day, a kind, a length and a phase."""


@pytest.fixture
async def db(sqlite_url: str) -> AsyncIterator[Database]:
    async with await open_database(sqlite_url) as database:
        yield database


def _cases() -> list[Case]:
    """Every kind at every phase; days and lengths take turns."""
    days, lengths = list(DAYS), list(LENGTHS)
    return [
        (
            days[(row + column) % len(days)],
            kind,
            lengths[(row + 2 * column) % len(lengths)],
            phase,
        )
        for row, kind in enumerate(Kind)
        for column, phase in enumerate(PHASES)
    ]


def _more_cases() -> list[Case]:
    """Everything where most goes on at once: as clocks change, and as the week closes."""
    days = ("Berlin in spring", "Berlin in autumn")
    phases = ("as the clocks change", "as the week closes")
    every = product(days, Kind, LENGTHS, phases)
    return [case for case in every if case not in _cases()]


@pytest.mark.slow
@pytest.mark.parametrize(("day", "kind", "length", "phase"), _cases() + _more_cases() * MORE)
async def test_nobody_misses_anything_because_of_an_outage(
    db: Database, day: str, kind: Kind, length: str, phase: str
) -> None:
    zone, on = DAYS[day]
    async with ordeal(db, zone, on) as life:
        days, at = PHASES[phase]
        start = life.wall(on + days * DAY, at)
        await live(life, [Outage(kind, start, LENGTHS[length])])


def test_every_two_of_a_day_a_kind_a_length_and_a_phase_meet() -> None:
    sides = dict(enumerate((list(DAYS), list(Kind), list(LENGTHS), list(PHASES))))
    for one, other in combinations(sides, 2):
        met = {(case[one], case[other]) for case in _cases()}
        assert met == set(product(sides[one], sides[other]))


async def test_a_gateway_that_flaps_takes_nothing_from_anybody(db: Database) -> None:
    async with ordeal(db, *DAYS["Berlin in spring"]) as life:
        first = life.wall(date(2026, 3, 29), "02:58") - 100 * SECOND
        losses = [Outage(Kind.GATEWAY, first + n * 20 * SECOND, 10 * SECOND) for n in range(20)]
        await live(life, losses)


async def test_a_gateway_that_flaps_all_evening_leaves_the_time_in_between(db: Database) -> None:
    async with ordeal(db, *DAYS["an ordinary Sunday"]) as life:
        first = life.wall(date(2026, 3, 8), "18:00")
        losses = [Outage(Kind.GATEWAY, first + n * HOUR, 40 * MINUTE) for n in range(12)]
        await live(life, losses)


@pytest.mark.parametrize("kind", DOWN)
async def test_an_outage_within_an_outage_ends_with_the_longer(db: Database, kind: Kind) -> None:
    async with ordeal(db, *DAYS["Berlin in autumn"]) as life:
        lost = Outage(Kind.GATEWAY, life.wall(date(2026, 10, 25), "07:00"), 23 * HOUR)
        gone = Outage(kind, life.wall(date(2026, 10, 25), "11:50"), 5 * HOUR)
        await live(life, [lost, gone])


@pytest.mark.parametrize("kind", DOWN)
async def test_outages_in_a_row_add_up(db: Database, kind: Kind) -> None:
    async with ordeal(db, *DAYS["an ordinary Sunday"]) as life:
        in_a_row = [
            Outage(kind, life.wall(date(2026, 3, 8), "07:20"), 4 * HOUR),
            Outage(Kind.GATEWAY, life.wall(date(2026, 3, 8), "12:30"), 5 * HOUR),
            Outage(Kind.REFUSED, life.wall(date(2026, 3, 8), "23:00"), HOUR),
            Outage(kind, life.wall(date(2026, 3, 9), "07:50"), 80 * MINUTE),
        ]
        await live(life, in_a_row)


async def test_a_process_that_dies_again_and_again_as_it_starts_settles_nothing_early(
    db: Database,
) -> None:
    async with ordeal(db, *DAYS["an ordinary Sunday"]) as life:
        first = life.wall(date(2026, 3, 9), "02:50")
        deaths = [Outage(Kind.KILLED, first + n * MINUTE, 45 * SECOND) for n in range(20)]
        await live(life, deaths)


async def test_who_pauses_joins_or_leaves_round_an_outage_gains_and_loses_nothing(
    db: Database,
) -> None:
    async with ordeal(db, *DAYS["an ordinary Sunday"]) as life:
        early, _ = life.towns
        newcomer, leaver, resting = somebody(200), somebody(201), somebody(202)
        for person in (leaver, resting):
            await early.join(person)
        away = Outage(Kind.KILLED, life.wall(date(2026, 3, 7), "20:00"), 14 * HOUR)
        await life.live([away], life.wall(date(2026, 3, 8), "10:05"))
        # Sunday's prompt came late, at ten.
        await early.join(newcomer)
        await early.leave(leaver)
        await early.pause(resting, date(2026, 3, 7), date(2026, 3, 8))
        await life.live([], life.wall(date(2026, 3, 9), "12:00"))
        assert await faults_of(life) == []
        await oracle.check(db)
        sunday = await early.session(date(2026, 3, 8))
        for person in (newcomer, leaver, resting):
            row = await early.attendance(person, sunday)
            assert row is None or row.outcome is Outcome.EXCUSED


async def live(life: Ordeal, outages: list[Outage]) -> None:
    until = max(one.end for one in outages) + 30 * HOUR
    await life.live(outages, until)
    assert await faults_of(life) == []
    await oracle.check(life.db)


async def _live_anew(template: Path, day: str, drawn: list[tuple[Kind, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "amble.db"
        shutil.copyfile(template, file)
        async with await open_database(f"sqlite:///{file}") as db, ordeal(db, *DAYS[day]) as life:
            start = life.began_at
            await live(life, [Outage(k, start + MINUTE * a, MINUTE * n) for k, a, n in drawn])


lengths = st.sampled_from([1, 2, 20, 61, 6 * 60]) | st.integers(1, 26 * 60)
outages = st.lists(
    st.tuples(st.sampled_from(list(Kind)), st.integers(1, 50 * 60), lengths), min_size=1, max_size=5
)


@example("Lord Howe in spring", [(Kind.REFUSED, 1, 1168)])
@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(list(DAYS)), outages)
def test_whatever_outages_come_nobody_misses_anything_because_of_them(
    sqlite_template: Path, day: str, drawn: list[tuple[Kind, int, int]]
) -> None:
    asyncio.run(_live_anew(sqlite_template, day, drawn))
