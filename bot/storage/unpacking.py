"""Looking into a backup: a checked copy of it, at this Amble's version."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.storage import migrate
from bot.storage.backups import EPOCH, MARK, fault, plainly
from bot.storage.copying import Progress, unheard
from bot.storage.errors import Corrupt, SchemaError, Unreachable, translated
from bot.storage.exclusive import refuse_if_used
from bot.storage.files import create, opened, remove, side, sync, url_of
from bot.storage.migrate import SchemaState


def unpack(file: Path, target: Path, progress: Progress = unheard) -> datetime | None:
    """Put a checked copy of a backup at `target`, closed and synced, at this Amble's version.

    Blocks. Any SQLite file of Amble's will do as a backup. Return when it was made, None where it
    does not tell. `file` is only read. Raises StorageError with what to do; then nothing is left.
    """
    file = file.absolute()
    if not file.is_file():
        raise Unreachable(f"There is no file {file}.")
    refuse_if_used(file)
    remove(target)
    with plainly(target.parent):
        try:
            create(target)
            _copy_files(file, target)
            made_at = _look_into(file, target, progress)
            migrate.upgrade(url_of(target))
            with _told_as_damage(file), opened(target, read_only=False) as connection:
                connection.execute("PRAGMA application_id=0")
                connection.execute("PRAGMA user_version=0")
            sync(target)
        except BaseException:
            remove(target)
            raise
    return made_at


def _copy_files(file: Path, target: Path) -> None:
    for suffix in ("", "-wal", "-journal"):
        if side(file, suffix).exists():
            shutil.copyfile(side(file, suffix), side(target, suffix))


def _look_into(file: Path, copy: Path, progress: Progress) -> datetime | None:
    """Check a copy of a backup; return when the backup was made."""
    with _told_as_damage(file), opened(copy, read_only=False) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        if wrong := fault(connection, progress):
            raise Corrupt(f"{file.name} is damaged ({wrong}). Nothing was changed; try another.")
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        seconds = connection.execute("PRAGMA user_version").fetchone()[0]
    match migrate.state(url_of(copy)):
        case SchemaState.NEWER:
            raise SchemaError(
                f"{file.name} was made by a newer Amble. Install that version or a later one, and"
                " restore with it. Nothing was changed."
            )
        case SchemaState.EMPTY | SchemaState.UNKNOWN:
            raise SchemaError(f"{file.name} is no backup of Amble's. Nothing was changed.")
        case SchemaState.CURRENT | SchemaState.OLDER:
            return EPOCH + timedelta(seconds=seconds) if mark == MARK else None


@contextmanager
def _told_as_damage(file: Path) -> Generator[None]:
    try:
        with translated():
            yield
    except Corrupt as error:
        if file.name in str(error):
            raise
        raise Corrupt(
            f"{file.name} is damaged, or no database at all. Nothing was changed; try another."
        ) from error
