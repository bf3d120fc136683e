"""Backups: one SQLite file each, whichever database it was made of.

A backup holds one instant's rows and the version they were kept at. It is written under another
name, checked, brought to the disk, and only then named ``amble-<UTC>.db``, so that whatever has
that name is whole. In its header stand a mark and the instant it was made at.
"""

from __future__ import annotations

import asyncio
import errno
import re
import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.util import greenlet_spawn

from bot.storage import copying, migrate
from bot.storage.copying import Progress, unheard
from bot.storage.errors import (
    Corrupt,
    DiskFull,
    ReadOnly,
    SchemaError,
    StorageError,
    Unreachable,
    translated,
)
from bot.storage.exclusive import Refusal, held
from bot.storage.files import (
    SIDES,
    create,
    give_to_neighbours,
    opened,
    remove,
    side,
    sqlite_file,
    sync,
    url_of,
)
from bot.storage.migrate import SchemaState

PARTIAL = ".partial"
LOCK = ".amble-backup.lock"
PATIENCE = 60.0
"""How long one backup waits for another into the same directory, in seconds."""
SPARE = 32 * 1024 * 1024
"""Bytes left free by a backup: the database itself may be on the same disk."""
PAGES = 2048
"""Pages copied between two looks at whether to go on; 8 MiB."""
STEPS = 1_000_000
"""Instructions of SQLite's between two such looks while it checks a file; some milliseconds."""

MARK = int.from_bytes(b"Ambl")
AHEAD = timedelta(days=1)
"""What is stamped later than this from now on was made by a clock that was wrong."""
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"amble-(\d{8}T\d{6}Z)\.db", re.ASCII)
_LEFT_OVER = re.compile(rf"amble-.*\.db{re.escape(PARTIAL)}({'|'.join(SIDES)})?", re.ASCII)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup by its file; `made_at` is to the second."""

    path: Path
    made_at: datetime
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was just made."""

    backup: Backup
    rows: int


def stamp(instant: datetime) -> str:
    """Return an instant as it stands in a file's name."""
    return f"{instant.astimezone(UTC):{_STAMP}}"


def existing(directory: Path, now: datetime | None = None) -> list[Backup]:
    """Return the backups in a directory, newest first, by their names; none where it is not.

    With `now` without those that cannot have been made by then.
    """
    try:
        found = [
            Backup(path, made_at, path.stat().st_size)
            for path in directory.iterdir()
            if (made_at := _named(path)) is not None
            and (now is None or made_at <= now + AHEAD)
            and path.is_file()
        ]
    except OSError:
        return []
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def make(
    url: str,
    directory: Path,
    now: datetime,
    progress: Progress = unheard,
    *,
    name: str = "amble-{}.db",
) -> Made:
    """Write a backup of the database at `url` into `directory`, which is made where it is not.

    Blocks; the database may be at work meanwhile, and is not held up. What `progress` raises
    breaks it off. However it fails, nothing is left behind. Raises StorageError with what to do.
    """
    _need_ours(url)
    with plainly(directory):
        _make(directory)
        with held(directory / LOCK, _being_made(directory), wait=PATIENCE):
            _sweep(directory)
            path = _free_name(directory, name, now)
            partial = side(path, PARTIAL)
            try:
                create(partial)
                rows = _fill(url, partial, progress)
                _finish(partial, now, progress)
                partial.rename(path)
            except BaseException:
                remove(partial)
                raise
            sync(directory)
            return Made(Backup(path, now.replace(microsecond=0), path.stat().st_size), rows)


def prune(directory: Path, keep: int, spare: Path, now: datetime) -> list[Path]:
    """Remove the oldest backups beyond `keep`, never `spare` nor any other file; return which."""
    others = [backup.path for backup in existing(directory, now) if backup.path != spare]
    gone = others[max(keep - 1, 0) :]
    with plainly(directory):
        for path in gone:
            path.unlink(missing_ok=True)
    return gone


def _named(path: Path) -> datetime | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        return datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _need_ours(url: str) -> None:
    match migrate.state(url):
        case SchemaState.EMPTY:
            raise Unreachable("There is nothing in the database yet, so nothing to back up.")
        case SchemaState.UNKNOWN:
            raise SchemaError("The database holds tables that Amble does not know: not backed up.")
        case SchemaState.NEWER:
            raise SchemaError(
                "The database was made by a newer Amble; back it up with that version."
            )
        case SchemaState.CURRENT | SchemaState.OLDER:
            pass


def _being_made(directory: Path) -> Refusal:
    return lambda holder: f"Another backup ({holder}) is being made in {directory}; wait for it."


def _make(directory: Path) -> None:
    if not directory.is_dir():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        give_to_neighbours(directory)


def _sweep(directory: Path) -> None:
    """Remove what a backup left that was killed; only for who holds the directory's lock."""
    for path in directory.iterdir():
        if _LEFT_OVER.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _free_name(directory: Path, name: str, now: datetime) -> Path:
    while (path := directory / name.format(stamp(now))).exists():
        now += timedelta(seconds=1)
    return path


def _fill(url: str, partial: Path, progress: Progress) -> int:
    path = sqlite_file(url)
    if path is not None:
        return _from_sqlite(path, partial, progress)
    return asyncio.run(_from_postgres(url, partial, progress))


def _from_sqlite(path: Path, partial: Path, progress: Progress) -> int:
    """Copy the file page by page, as of one instant; the writer goes on meanwhile."""
    _need_room(path, partial.parent)
    with translated(), opened(path) as source, opened(partial, read_only=False) as target:
        # It is thrown away if it does not come to its end, and synced when it does.
        target.execute("PRAGMA journal_mode=OFF")
        target.execute("PRAGMA synchronous=OFF")
        # Held open, one snapshot serves every step, and the counting after.
        source.execute("BEGIN")
        before = _rows(source)
        source.backup(
            target,
            pages=PAGES,
            progress=lambda _status, left, total: progress(total - left, total),
        )
        if _rows(target) != before:
            raise Corrupt("The copy does not hold what the database holds; try again.")
        return sum(before.values())


def _need_room(path: Path, directory: Path) -> None:
    size = sum(
        side(path, each).stat().st_size for each in ("", "-wal") if side(path, each).exists()
    )
    free = shutil.disk_usage(directory).free
    if free < size + SPARE:
        raise DiskFull(
            f"A backup takes {size >> 20} MiB, and {directory} has only {free >> 20} MiB left."
            " Nothing was written. Make room, or name another directory with --to."
        )


def _leaving_room(directory: Path, progress: Progress) -> Progress:
    """Break off where a directory's disk comes to have less than SPARE left."""

    def tell(done: int, of: int) -> None:
        if shutil.disk_usage(directory).free < SPARE:
            raise DiskFull(
                f"{directory} has less than {SPARE >> 20} MiB left. What was begun there is removed"
                " again. Make room, or name another directory with --to."
            )
        progress(done, of)

    return tell


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'alembic_version'"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    ).fetchall()
    counted = ((name, f'SELECT count(*) FROM "{name}"') for (name,) in names)  # noqa: S608  a table's name
    return {name: connection.execute(query).fetchone()[0] for name, query in counted}


async def _from_postgres(url: str, partial: Path, progress: Progress) -> int:
    """Copy every row, as of one instant, into tables made by our own migrations."""
    # How big it will be nobody can say: the room is looked at as it grows.
    progress = _leaving_room(partial.parent, progress)
    progress(0, 1)
    async with copying.reading(url) as source:
        revision = await greenlet_spawn(migrate.revision, source)
        migrate.upgrade(url_of(partial), revision or "head")
        tables = await greenlet_spawn(copying.tables_of, source)
        async with copying.writing(url_of(partial)) as target:
            counts = await greenlet_spawn(copying.copy, source, target, tables, progress)
        async with copying.reading(url_of(partial)) as target:
            wrong = await greenlet_spawn(copying.differing, source, target, tables, progress)
    if wrong is not None:
        raise Corrupt(f"The copy of table {wrong} is not what the database holds; try again.")
    return sum(counts.values())


def _finish(partial: Path, now: datetime, progress: Progress) -> None:
    """Mark a backup, check it, and bring it to the disk."""
    with translated(), opened(partial, read_only=False) as connection:
        # One file, to be read from anywhere: a file in WAL mode wants to write beside itself.
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(f"PRAGMA application_id={MARK}")
        connection.execute(f"PRAGMA user_version={int((now - EPOCH).total_seconds())}")
        if wrong := fault(connection, progress):
            raise Corrupt(
                f"The database is damaged ({wrong}), so no backup was made of it. Older backups"
                " were left alone; put one back with `amble restore`."
            )
    sync(partial)


def fault(connection: sqlite3.Connection, progress: Progress) -> str | None:
    """Say what is wrong with a file; None for nothing. Every page and every key is looked at."""
    interrupted: list[BaseException] = []
    connection.set_progress_handler(_asking(progress, interrupted), STEPS)
    try:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.OperationalError:
        if interrupted:
            raise interrupted[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
    if found != "ok":
        return str(found).splitlines()[-1]
    return None if orphan is None else f"rows of {orphan[0]} belong to nothing"


def _asking(progress: Progress, interrupted: list[BaseException]) -> Callable[[], int]:
    def ask() -> int:
        try:
            progress(1, 1)
        except BaseException as error:  # noqa: BLE001 - SQLite swallows it; it is raised after
            interrupted.append(error)
            return 1
        return 0

    return ask


@contextmanager
def plainly(directory: Path) -> Generator[None]:
    """Say what the disk refuses inside in the operator's words."""
    try:
        yield
    except DiskFull as error:
        if error.__cause__ is None:
            raise
        raise _full(directory) from error
    except StorageError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise _full(directory) from error
        if error.errno in _REFUSED:
            raise ReadOnly(f"{directory} cannot be written to ({error.strerror}).") from error
        raise Unreachable(f"{directory} cannot be used ({error.strerror}).") from error


def _full(directory: Path) -> DiskFull:
    return DiskFull(
        f"There is no room left in {directory}. What was begun there is removed again, and"
        " nothing else was touched. Make room, then try again."
    )
