"""The SQLite file as the operating system shows it: whether it is still the one that is open.

SQLite goes on writing to a file that was deleted or replaced under it, and nobody finds those
answers again; in WAL mode it does not look (https://www.sqlite.org/howtocorrupt.html, 4.2). The
file is asked about by its path only: whoever opens it a second time in this process, and closes
it, drops SQLite's own locks (2.2 there).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from enum import Enum, auto
from pathlib import Path

from bot.storage.errors import (
    Busy,
    Corrupt,
    DiskFull,
    ReadOnly,
    SchemaError,
    StorageError,
    Unreachable,
)

Identity = tuple[int, int]
"""Device and inode."""

ROOM = 128 * 1024
"""Bytes free below which a failing disk is a full one; the log's index grows by 32 KiB at once."""


class Found(Enum):
    """What stands where the open file was."""

    SAME = auto()
    ANOTHER = auto()
    LOG_LOST = auto()


class SqliteFile:
    """Knows the file at `path`, and its write-ahead log, from when they are open."""

    def __init__(self, path: Path) -> None:
        """Know the path, and nothing of what stands there."""
        self.path = path
        # SQLite keeps the log beside what a symbolic link leads to.
        self._log_path = f"{path.resolve()}-wal"
        self._opened: Identity | None = None
        self._log: Identity | None = None
        self._last_log: Identity | None = None
        self._version: str | None = None
        self.known = False
        """Whether it was ever open: from then on no empty file is made in its place."""

    def look(self) -> Found:
        """Compare the path with what is open; two questions to the system, some microseconds.

        Raises Unreachable where nothing may be opened. The connections stay as they are, for the
        file may come back; and while they hold it, its inode's number is given to no other.
        """
        if self._opened is None:
            return Found.SAME
        found = _identity(self.path)
        if found is None:
            raise self._missing()
        log = _identity(self._log_path)
        if found != self._opened:
            if log is not None and log == self._last_log:
                raise self._beside_old_log()
            return Found.ANOTHER
        return Found.SAME if self._log in (None, log) else Found.LOG_LOST

    def note_log(self) -> None:
        """Know the log that the writing connection has just written to."""
        if self._log is None:
            self._log = self._last_log = _identity(self._log_path)

    def recognise(self, connection: sqlite3.Connection) -> None:
        """Take what `connection` opened for the one; raises SchemaError where it is no such."""
        found = _identity(self.path)
        if found is None or self._opened not in (None, found):
            raise self._missing()
        if self._opened is None:
            version = _version(connection)
            if self.known and version != self._version:
                raise SchemaError(
                    f"What stands at {self.path} now is no database of this Amble, or of another"
                    " version. Stop Amble, restore a backup with `amble restore`, start it again."
                )
            self._opened, self._version, self.known = found, version, True

    def forget(self) -> None:
        """Let go of what was open, once every connection to it is closed."""
        self._opened = self._log = self._last_log = None

    def forget_log(self) -> None:
        """Expect another log: the last connection to close takes it along."""
        self._log = None

    def explain(self, kind: type[StorageError], cause: BaseException) -> StorageError:
        """Return the error of that kind in the operator's words."""
        if kind is Unreachable:
            kind = self._closer_kind()
        return kind(f"{self._words(kind)} ({cause})")

    def log_saved(self) -> str:
        """Return what to tell once a deleted log was mended."""
        return (
            f"Somebody deleted or replaced {self._log_path} while Amble ran. What it held is in the"
            f" database now and nothing is lost, but leave every file beside {self.path} alone."
        )

    def replaced(self) -> Unreachable:
        """Return the error of a write that went to a file that was replaced meanwhile."""
        return Unreachable(
            f"Another file was put in the place of {self.path} while Amble wrote to the one before."
            " Amble goes on with the new one."
        )

    def log_not_saved(self) -> Unreachable:
        """Return the error that says that the deleted log could not be mended yet."""
        return Unreachable(
            f"Somebody deleted or replaced {self._log_path} while Amble ran, and what it held could"
            " not be put into the database yet. Do not stop Amble: it holds the only copy."
        )

    def _closer_kind(self) -> type[StorageError]:
        """Ask the file system why it fails: SQLite names few reasons."""
        with suppress(OSError):
            system = os.statvfs(self.path.parent)
            if system.f_flag & os.ST_RDONLY:
                return ReadOnly
            if system.f_bavail * system.f_frsize < ROOM or (system.f_files and not system.f_favail):
                return DiskFull
        return Unreachable

    def _words(self, kind: type[StorageError]) -> str:
        path, directory = self.path, self.path.parent
        words: dict[type[StorageError], str] = {
            Busy: f"{path} is locked by another process (a backup, `amble audit`, a database"
            f" browser). See who has it open with `fuser {path}`, and end it there.",
            DiskFull: f"The disk that holds {path} is full. Free some space in {directory} (see"
            f" `df {directory}`); Amble goes on by itself.",
            ReadOnly: f"{path} cannot be written. Let Amble's user write to the file and to"
            f" {directory}, and see that the file system is not mounted read-only (`findmnt -T"
            f" {directory}`); Amble goes on by itself.",
            Corrupt: f"{path} is damaged, or no database, or its disk cannot be read. See what the"
            " system's log says of the disk; then stop Amble and restore a backup with `amble"
            " restore`.",
            Unreachable: f"{path} cannot be opened, or its disk fails. See that it is there and"
            " what the system's log says of the disk; Amble goes on by itself.",
        }
        return words.get(kind, f"{path}: {kind.__name__}.")

    def _missing(self) -> Unreachable:
        return Unreachable(
            f"{self.path} was moved or deleted while Amble ran. Put it back where it was, with its"
            " -wal file, and Amble goes on by itself; do not stop Amble before, it still holds the"
            " file open. If it is lost, stop Amble and restore a backup with `amble restore`."
        )

    def _beside_old_log(self) -> Unreachable:
        return Unreachable(
            f"Another file was put in the place of {self.path} while Amble ran, beside the log of"
            " the one before; opened together they would be damaged. Put the old file back; or stop"
            " Amble and use `amble restore`, which takes care of the log."
        )


def _identity(path: Path | str) -> Identity | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - on the way of every answer, and half the time
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _version(connection: sqlite3.Connection) -> str | None:
    """Return Alembic's version; None where there are no tables of Amble's."""
    query = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
    with closing(connection.execute(query)) as tables:
        if tables.fetchone() is None:
            return None
    with closing(connection.execute("SELECT version_num FROM alembic_version")) as versions:
        row = versions.fetchone()
    return None if row is None else str(row[0])
