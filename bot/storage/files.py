"""SQLite's files, handled as files: opened only where they are, made durable, removed whole.

A database is more than one file. What stands beside it under one of `SIDES` is replayed into
whatever file has its name, so a file that takes another's place must never meet the other's sides.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL

from bot.storage.database import parse_url
from bot.storage.sqlite import BUSY_AFTER, sqlite_url

SIDES = ("-wal", "-shm", "-journal")
"""https://www.sqlite.org/tempfiles.html"""
OWNER_ONLY = 0o600
"""Whoever may read a file of Amble's may read who walks when."""


def sqlite_file(url: str) -> Path | None:
    """Return the file of an SQLite database, however it is spelt or linked to.

    None for PostgreSQL. Raises Unreachable where no file can be.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    return Path(sqlite_url(parsed).database or "").resolve()


def url_of(path: Path) -> str:
    """Return a database's address by its file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


@contextmanager
def opened(path: Path, *, read_only: bool = True) -> Generator[sqlite3.Connection]:
    """Open a database that exists, without a transaction; raises sqlite3.Error."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_AFTER, isolation_level=None)
    with closing(connection):
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        yield connection


def create(path: Path) -> None:
    """Make an empty file that only its owner may read; raises FileExistsError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    give_to_neighbours(path)


def give_to_neighbours(path: Path) -> None:
    """Give a file to whom its directory belongs: an administrator makes it, a service uses it."""
    if os.geteuid() == 0:
        known = path.parent.stat()
        os.chown(path, known.st_uid, known.st_gid, follow_symlinks=False)


def side(path: Path, suffix: str) -> Path:
    """Return what stands beside a database under one of `SIDES`."""
    return path.with_name(path.name + suffix)


def remove(path: Path) -> None:
    """Remove a database with everything beside it; nothing where there is none."""
    for suffix in ("", *SIDES):
        side(path, suffix).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have a file, or the names in a directory, survive a loss of power.

    Never for a database that is open here: closing any handle of a file drops SQLite's locks.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
