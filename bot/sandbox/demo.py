"""`amble demo`: a group's weeks in seconds, told on the terminal and accounted for in JSON."""

import asyncio
import json
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.domain.schedule import SUNDAY, instant_of, midnight_of
from bot.sandbox.account import account
from bot.sandbox.album import Album
from bot.sandbox.life import Life, beginning
from bot.sandbox.options import DemoOptions
from bot.sandbox.reading import Reader
from bot.sandbox.schedule import DAY, day
from bot.sandbox.stage import Stage
from bot.sandbox.telling import Teller
from bot.services.auditing import audit
from bot.ui.pictures.render import NoPicture

_ENDS_AT = time(9, 45)
_BEFORE_A_WALK = timedelta(minutes=15)


def run(options: DemoOptions, console: Console | None = None) -> int:
    """Let the group live, tell it, write what was asked for; return the exit code."""
    console = console or Console()
    if options.pictures is not None:
        options.pictures.mkdir(parents=True, exist_ok=True)
    try:
        return asyncio.run(_run(options, console))
    except NoPicture as error:
        console.print(f"The pictures cannot be drawn: {error}")
        return 1


def ends_at(options: DemoOptions) -> datetime:
    """Return when a demo is over: on the day after the last, once that one is dealt with.

    Its settlement comes at 03:00, its encouragement at 09:00 with direct messages minutes later;
    where a walk of the day after begins before that, there was none on the day itself.
    """
    zone = ZoneInfo(options.zone)
    after = day(options.days, options.start, zone)
    end = instant_of(after.on, _ENDS_AT, zone)
    if after.walk is None:
        return end
    return min(end, after.walk.starts_at - _BEFORE_A_WALK)


async def _run(options: DemoOptions, console: Console) -> int:
    zone = ZoneInfo(options.zone)
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(
            Stage.open(beginning(options.start, zone), keep=options.database)
        )
        reader = Reader(stage)
        album = None
        if options.pictures is not None:
            opening = Album.open(options.pictures, stage, reader)
            album = await stack.enter_async_context(opening)
        life = Life(stage, zone=zone, start=options.start, seed=options.seed, observe=reader.look)
        await _live(options, life, Teller(console, reader, zone), album, console)
        if album is not None:
            await album.add_cards()
            console.print(f"{album.count} pictures drawn in {options.pictures}")
        if options.json is not None:
            told = json.dumps(await account(options, stage, reader), ensure_ascii=False, indent=1)
            options.json.write_text(f"{told}\n", encoding="utf-8")
            console.print(f"Account written to {options.json}")
        return await _judge(stage, console)


async def _live(
    options: DemoOptions, life: Life, teller: Teller, album: Album | None, console: Console
) -> None:
    """Live day by day, and tell each when the next one is over too, or the demo ends."""
    zone = ZoneInfo(options.zone)
    with _progress(console, options.days) as progress:
        await life.found()
        for number in range(options.days):
            on = options.start + number * DAY
            await life.move_to(midnight_of(on + DAY, zone))
            if number:
                await teller.tell(on - DAY)
            if album is not None and on.weekday() == SUNDAY:
                await album.add_board(on)
            progress.advance(progress.task_ids[0])
        await life.move_to(ends_at(options))
        await teller.tell(options.start + (options.days - 1) * DAY)


@contextmanager
def _progress(console: Console, days: int) -> Generator[Progress]:
    columns = (
        TextColumn("Day"),
        MofNCompleteColumn(),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        progress.add_task("days", total=days)
        yield progress


async def _judge(stage: Stage, console: Console) -> int:
    """Say whether the bot did without errors, and whether all stored streaks hold."""
    errors = stage.world.env.errors
    for error in errors:
        console.print(f"[red]the bot failed: {error!r}[/]")
    differences = await audit(stage.db)
    for one in differences:
        console.print(f"[red]{one}[/]")
    count = len(differences)
    console.print(f"Audit of every streak: {count} difference{'' if count == 1 else 's'}")
    return 1 if errors or differences else 0
