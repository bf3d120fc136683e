"""Whether an SQLite file is sound, before anything is built on it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.storage import backups
from bot.storage.errors import Corrupt, translated
from bot.storage.files import opened, sqlite_file


async def check(url: str, directory: Path) -> None:
    """Raise Corrupt with what to do where the database's file is damaged.

    Reads it whole, in a thread: a third of a second for 100 MB (indices are not compared with
    their tables, which would take eight times as long; every backup is checked that far).
    `directory` is where backups are. A file that is not there is sound, and PostgreSQL looks after
    itself.
    """
    await asyncio.to_thread(_check, url, directory)


def _check(url: str, directory: Path) -> None:
    path = sqlite_file(url)
    if path is None or not path.exists():
        return
    try:
        with translated(), opened(path) as connection:
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except Corrupt as error:
        raise Corrupt(_words(path, str(error.__cause__), directory)) from error
    if found != "ok":
        raise Corrupt(_words(path, found.splitlines()[-1], directory))


def _words(path: Path, fault: str, directory: Path) -> str:
    known = backups.existing(directory)
    if known:
        made_at = f"{known[0].made_at:%Y-%m-%d %H:%M} UTC"
        advice = f"Put the newest backup back (of {made_at}): amble restore {known[0].path}"
    else:
        advice = (
            f"There is no backup in {directory}; look for a copy elsewhere and put it back with"
            " `amble restore FILE`, or try to save what can be read with `sqlite3 FILE .recover`."
        )
    return f"The database {path.name} is damaged ({fault}). Nothing was written to it. {advice}"
