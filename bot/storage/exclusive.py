"""One Amble at a time on an SQLite file.

The lock is the kernel's, so it ends with its process, however that ends. Its file stays, and tells
who took it last; that serves only the words.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

from filelock import FileLock, Timeout

from bot import clock
from bot.storage import replacing
from bot.storage.errors import InUse, Unreachable
from bot.storage.files import give_to_neighbours, side, sqlite_file

LOCK = ".lock"

Refusal = Callable[[str], str]
"""Says to whom a lock is refused what that means; takes in words who holds it."""


@contextmanager
def only_process(url: str) -> Generator[None]:
    """Be the only Amble on the database until the block ends; others may still read it.

    Does nothing on PostgreSQL, which serves several. Finishes a restore that was broken off while
    it exchanged the files. Raises InUse where another process is there, Unreachable where the
    lock's file cannot be made.
    """
    path = sqlite_file(url)
    if path is None:
        yield
        return
    with held(side(path, LOCK), _running(path)):
        replacing.finish(path)
        yield


def refuse_if_used(path: Path) -> None:
    """Raise InUse where a running Amble has the SQLite file `path`; makes no lock's file."""
    lock_file = side(path.resolve(), LOCK)
    if not lock_file.exists():
        return
    with held(lock_file, _changing(path)):
        pass


@contextmanager
def held(lock_file: Path, refusal: Refusal, *, wait: float = 0) -> Generator[None]:
    """Hold a lock for the block, waiting up to `wait` seconds for it.

    Raises InUse with what `refusal` says where somebody else holds it, Unreachable where it cannot
    be taken at all.
    """
    lock = FileLock(lock_file, timeout=wait, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise InUse(refusal(_holder(lock_file))) from None
    except OSError as error:
        raise Unreachable(
            f"{lock_file} cannot be locked ({error.strerror}). Amble needs the right to write"
            " there, and a file system that knows locks."
        ) from error
    try:
        _sign(lock_file)
        yield
    finally:
        lock.release()


def _running(path: Path) -> Refusal:
    return lambda holder: (
        f"Another Amble ({holder}) is running on {path.name}. Stop it first; several processes"
        " need PostgreSQL."
    )


def _changing(path: Path) -> Refusal:
    return lambda holder: (
        f"Another Amble ({holder}) is running on {path.name}: its file changes while it is read."
        " Make a backup of it with `amble backup`."
    )


def _sign(lock_file: Path) -> None:
    """Tell in the lock's file who has it; without room for that the lock holds all the same."""
    known = {
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since": f"{clock.now():%Y-%m-%d %H:%M} UTC",
    }
    with suppress(OSError):
        give_to_neighbours(lock_file)
        lock_file.write_text(json.dumps(known), encoding="utf-8")


def _holder(lock_file: Path) -> str:
    try:
        known = cast("object", json.loads(lock_file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        # It has taken the lock this instant, and not signed yet.
        return "which has just started"
    if not isinstance(known, dict):
        return "unknown"
    told = cast("dict[str, object]", known)
    host = told.get("host")
    where = "" if host == socket.gethostname() else f" on {host}"
    return f"process {told.get('process')}{where}, since {told.get('since')}"
