"""What ``amble backup`` and ``amble restore`` do and say."""

from __future__ import annotations

import math
import time
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import typer
from rich.console import Console
from rich.progress import Progress

from bot import clock
from bot.config import Settings
from bot.services import backups
from bot.services.backups import Contents, Ready

SHOWN_AFTER = 1.0
"""Seconds that work may take before a bar shows how far it is."""
UNITS = ("bytes", "kB", "MB", "GB", "TB")
THOUSAND = 1000


class Bar:
    """A bar that shows how far work is, once it takes a while."""

    def __init__(self, what: str) -> None:
        """Show nothing yet; `what` will stand beside it."""
        self._what = what
        self._began = time.monotonic()
        # What is printed may be read by a script.
        self._progress = Progress(console=Console(stderr=True), transient=True)
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.pause()

    def pause(self) -> None:
        """Leave the screen to others, until there is more to tell."""
        if self._shown:
            self._progress.stop()
        self._shown = False
        self._began = time.monotonic()

    def tell(self, done: int, of: int) -> None:
        """Take note of how much is done; called from the thread that does it."""
        if not self._shown:
            if time.monotonic() - self._began < SHOWN_AFTER:
                return
            self._shown = True
            if not self._progress.task_ids:
                self._progress.add_task(self._what)
            self._progress.start()
        self._progress.update(self._progress.task_ids[0], completed=done, total=of)


async def back_up(settings: Settings, directory: Path, keep: int) -> None:
    """Make a backup and say where it is; raises StorageError."""
    with Bar("Copying") as bar:
        made = await backups.make(
            settings.database.plain_url, directory, keep, clock.now(), bar.tell
        )
    backup = made.backup
    typer.echo(f"{backup.path}: {_size(backup.size)}, {made.rows:,} rows, checked")


async def restore(settings: Settings, file: Path, *, sure: bool) -> None:
    """Put a backup back, after asking unless `sure`; raises StorageError, typer.Abort."""
    url, directory = settings.database.plain_url, settings.backup.directory
    with Bar("Restoring") as bar:
        async with backups.prepared(url, file, directory, clock.now(), bar.tell) as ready:
            bar.pause()
            typer.echo(_account(file, ready))
            if not sure:
                typer.confirm("Put it in place of what is there?", abort=True)
            done = await backups.put_in_place(url, ready, directory, clock.now(), bar.tell)
    if done.kept is not None:
        typer.echo(f"Restored. What was there is kept as {done.kept}")
    else:
        typer.echo("Restored.")
    if done.left_out:
        typer.echo(
            "Not posted, as they may stand in their channels already:"
            f" {_counted(done.left_out, 'prompt or nudge', 'prompts and nudges')} of the time since"
            " the backup. Nobody misses a session because of that."
        )
    typer.echo("Answers given since the backup are gone; open sessions can be answered again.")
    typer.echo("Start Amble again with: amble run")


def _account(file: Path, ready: Ready) -> str:
    made = "made at a time it does not tell" if ready.made_at is None else _when(ready.made_at)
    there = "nothing, or nothing that can be read"
    if ready.replaces is not None:
        there = _told(ready.replaces)
    return f"The backup {file.name} ({made}) holds {_told(ready.contents)}.\nThere is now: {there}."


def _told(contents: Contents) -> str:
    last = contents.last_answer_at
    return (
        f"{_counted(contents.servers, 'server', 'servers')},"
        f" {_counted(contents.groups, 'group', 'groups')},"
        f" {_counted(contents.members, 'member', 'members')},"
        f" {'no answer yet' if last is None else 'the last answer of ' + _when(last)}"
    )


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _when(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"


def _size(size: float) -> str:
    steps = min(int(math.log(max(size, 1), THOUSAND)), len(UNITS) - 1)
    return f"{size / THOUSAND**steps:.{1 if steps else 0}f} {UNITS[steps]}"
