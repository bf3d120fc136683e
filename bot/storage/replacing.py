"""Putting one SQLite file in the place of another, whatever breaks meanwhile.

1. The old file is brought to rest: its log is folded into it, and it is locked. A damaged one
   cannot be; its log is kept beside it and stays untouched until step 4.
2. The old file gets a second name, under which it is kept.
3. The new file, complete and on the disk, is named ``<file>.restoring``. From here on the exchange
   will be finished, by this process or by the next that wants the database for itself.
4. What stands beside the old file is removed: SQLite would replay it into the new one.
5. The new file takes the old one's name, in one step.

So the name always stands for a whole database, the old or the new one, and never for none.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.storage.errors import InUse, translated
from bot.storage.files import SIDES, opened, side, sync

READY = ".restoring"
REPLACED = ".replaced-"
HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR)
# What file systems say that know no second names.
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def replace(path: Path, new: Path, stamp: str) -> Path | None:
    """Put `new` in the place of `path`; return where the old one is kept, None where none was.

    `new` stands in the same directory, is closed and synced. Only for who holds the lock of `path`
    (see `exclusive`). Raises InUse where something else has the old one open.
    """
    kept = side(path, f"{REPLACED}{stamp}") if path.exists() else None
    with translated(), _at_rest(path):
        if kept is not None:
            _like(new, path)
            _keep(path, kept)
        new.rename(side(path, READY))
        sync(path.parent)
        finish(path)
    return kept


def finish(path: Path) -> bool:
    """Finish, or tidy up after, an exchange that was broken off; say whether there was one.

    Only for who holds the lock of `path`.
    """
    ready = side(path, READY)
    if not ready.exists():
        _unname(path)
        return False
    for suffix in SIDES:
        side(path, suffix).unlink(missing_ok=True)
    sync(path.parent)
    ready.replace(path)
    sync(path.parent)
    return True


@contextmanager
def _at_rest(path: Path) -> Generator[None]:
    """Fold the log of `path` into it, and keep everybody else out until the block ends."""
    with ExitStack() as stack:
        if path.exists():
            try:
                connection = stack.enter_context(opened(path, read_only=False))
                mode = str(connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0])
                if mode != "delete":
                    raise _in_use(path)
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
                if code in HELD:
                    raise _in_use(path) from error
                if code not in DAMAGED:
                    raise
        yield


def _in_use(path: Path) -> InUse:
    return InUse(f"Something else has {path.name} open. Close it, then try again.")


def _keep(path: Path, kept: Path) -> None:
    # Its log goes with it; the index of the log is made anew from it.
    for suffix in ("-wal", "-journal", ""):
        if side(path, suffix).exists():
            _name_again(side(path, suffix), side(kept, suffix))
    sync(path.parent)


def _name_again(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        shutil.copy2(path, name)
        sync(name)


def _unname(path: Path) -> None:
    """Take back the second names that a broken off exchange gave to files still in their place.

    Whoever opened a database by its second name would miss its log.
    """
    for name in path.parent.glob(f"{_literally(path.name)}{REPLACED}*"):
        for suffix in ("", *SIDES):
            current = side(path, suffix)
            if name.exists() and current.exists() and name.samefile(current):
                name.unlink()


def _literally(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _like(new: Path, old: Path) -> None:
    """Give `new` the rights and the owner of `old`: an administrator restores, a service runs."""
    known = old.stat()
    new.chmod(known.st_mode & 0o777)
    if os.geteuid() == 0:
        os.chown(new, known.st_uid, known.st_gid)
