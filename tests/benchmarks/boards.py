"""How long a board takes, against reading every row and folding in Python.

    python -m tests.benchmarks.boards [--members 200] [--days 365] [--times 15]

Medians, all of one run, on an SQLite file that the run makes and takes away. What it prints of
pictures is the time until the PNG is there, with the event loop's longest pause meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, select

from bot.domain.ranking import Entry, Metric, Period, board
from bot.services import leaderboards
from bot.services.views import Board, BoardQuestion, Person
from bot.storage import migrate, tables
from bot.storage.database import Database, open_database
from bot.ui.pictures.board import board_picture
from bot.ui.pictures.fonts import font_files_for_pictures, has_latin, system_font_directories
from bot.ui.pictures.render import Renderer
from bot.ui.words import words_in
from tests.benchmarks import crowd

_READER = Person(crowd.GUILD, crowd.reader(50), "Member 50")
_BOARDS = {
    "sessions in a row": BoardQuestion(crowd.GROUP),
    "kept this week": BoardQuestion(crowd.GROUP, metric=Metric.KEPT),
    "minutes this month": BoardQuestion(crowd.GROUP, False, Metric.MINUTES, Period.MONTH),
    "share last month": BoardQuestion(
        crowd.GROUP, False, Metric.SHARE, Period.MONTH, date(2026, 10, 5)
    ),
    "kept, all time": BoardQuestion(crowd.GROUP, False, Metric.KEPT, Period.ALL),
    "the server's time, all time": BoardQuestion(None, True, Metric.MINUTES, Period.ALL),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--inactive", type=int, default=40)
    parser.add_argument("--times", type=int, default=15)
    given = parser.parse_args()
    asyncio.run(_measure(given.members, given.days, given.inactive, given.times))


async def _measure(members: int, days: int, inactive: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{Path(directory) / 'boards.db'}"
        await migrate.ensure(url, migrate_at_start=True)
        async with await open_database(url) as db:
            await db.write(lambda conn: crowd.found(conn, members, days, inactive=inactive))
            print(f"{members} members, {inactive} of them inactive, {days} days; ms, medians")
            slow = await _timed(db, _folded_in_python, times)
            print(f"{'every row, folded in Python':30} {slow:8.2f}")
            print(f"{'':30}    whole   statements alone")
            for name, asked in _BOARDS.items():
                took = await _timed(db, _board_of(asked), times)
                alone = await _timed(db, await db.read(_statements_of, asked), times)
                ratio = f"{slow / took:5.0f} times as fast"
                print(f"{name:30} {took:8.2f} {alone:8.2f}   {ratio}")
            await _check(db)
            facts = await leaderboards.show(db, _READER, _BOARDS["sessions in a row"], crowd.NOW)
            await _draw(facts, times)


async def _timed(db: Database, read: Callable[[Connection], object], times: int) -> float:
    """Return how many milliseconds `read` takes inside its transaction."""

    def run(conn: Connection) -> float:
        spent: list[float] = []
        for _ in range(times):
            began = time.perf_counter()
            read(conn)
            spent.append(1000 * (time.perf_counter() - began))
        return statistics.median(spent)

    return await db.read(run)


def _board_of(asked: BoardQuestion) -> Callable[[Connection], Board]:
    return lambda conn: leaderboards.collect(conn, _READER, asked, crowd.NOW)


def _statements_of(conn: Connection, asked: BoardQuestion) -> Callable[[Connection], None]:
    """Return what runs a board's statements once more and fetches their rows, and does no more."""
    seen: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, given: Any, *_: object) -> None:  # noqa: ANN401 - the driver's
        seen.append((statement, given))

    event.listen(conn, "before_cursor_execute", note)
    leaderboards.collect(conn, _READER, asked, crowd.NOW)
    event.remove(conn, "before_cursor_execute", note)

    def again(conn: Connection) -> None:
        for statement, given in seen:
            conn.exec_driver_sql(statement, given).all()

    return again


def _folded_in_python(conn: Connection) -> list[object]:
    """Rank the sessions kept of all time from every row that there is."""
    kept: dict[int, int] = {}
    minutes = 0
    planned = {row.id: row.minutes for row in conn.execute(select(tables.sessions))}
    for row in conn.execute(select(tables.attendances)):
        if row.answer in ("done", "partly"):
            kept[row.membership_id] = kept.get(row.membership_id, 0) + 1
            minutes += row.minutes or planned[row.session_id]
    members = conn.execute(select(tables.memberships))
    entries = [Entry(row.id, row.name, kept.get(row.id, 0), row.shown) for row in members]
    return [minutes, *board(entries)]


async def _check(db: Database) -> None:
    """Have the right ten on the boards, whatever they cost."""
    for name, metric in (("sessions in a row", Metric.STREAK), ("kept, all time", Metric.KEPT)):
        shown = await leaderboards.show(db, _READER, _BOARDS[name], crowd.NOW)
        found = [(one.rank, one.name, one.value) for one in shown.ranks]
        right = found == (await db.read(crowd.ranked, metric))[:10]
        print(f"{name:30} {'the right' if right else 'WRONG'} {len(found)}")


async def _draw(facts: Board, times: int) -> None:
    files = font_files_for_pictures(system_font_directories())
    if not has_latin(files):
        print("no fonts, no pictures")
        return
    words = words_in()
    async with Renderer(files) as renderer:
        began = time.perf_counter()
        await renderer.png(board_picture(facts, words))
        print(f"{'first picture':30} {1000 * (time.perf_counter() - began):8.2f}")
        written = [_spent(lambda: board_picture(facts, words)) for _ in range(times)]
        print(f"{'writing its SVG':30} {statistics.median(written):8.2f}")
        svg = board_picture(facts, words)
        drawn: list[float] = []
        pauses: list[float] = []
        for _ in range(times):
            watch = asyncio.create_task(_longest_pause(pauses))
            began = time.perf_counter()
            await renderer.png(svg)
            drawn.append(1000 * (time.perf_counter() - began))
            watch.cancel()
        print(f"{'drawing it':30} {statistics.median(drawn):8.2f}")
        print(f"{'the loop, longest pause':30} {max(pauses):8.2f}")


def _spent(make: Callable[[], object]) -> float:
    began = time.perf_counter()
    make()
    return 1000 * (time.perf_counter() - began)


async def _longest_pause(pauses: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        pauses.append(1000 * (time.perf_counter() - began) - 1)


if __name__ == "__main__":
    main()
