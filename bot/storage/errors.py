"""What can go wrong between Amble and its database.

    AmbleError
    └── StorageError      nothing was saved; trying again in a minute may well work
        ├── Busy          somebody else held the lock for too long
        ├── DiskFull      no room left
        ├── ReadOnly      the database may be read, not written
        ├── Corrupt       the file is damaged, or no database at all
        ├── Unreachable   not there, not to be reached, or already closed
        └── SchemaError   there, but of another version than this Amble's

Members read one sentence for all of them (code ``not_saved``); operators read `str(error)`.
An IntegrityError is no StorageError: the caller's own data caused it, and the caller knows why.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import exc

from bot.domain.errors import AmbleError


class StorageError(AmbleError):
    """The database did not do what was asked; what was begun is undone."""

    def __init__(self, reason: str) -> None:
        """Keep `reason`, a sentence for the operator, free of secrets."""
        super().__init__("not_saved")
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class Busy(StorageError):
    """Somebody else held the lock, or every connection, for too long."""


class DiskFull(StorageError):
    """No room left for the database."""


class ReadOnly(StorageError):
    """The database, or this connection to it, may only be read."""


class Corrupt(StorageError):
    """The database is damaged, or what stands there is no database."""


class Unreachable(StorageError):
    """The database is not there, cannot be reached, or was closed."""


class SchemaError(StorageError):
    """The database has another version than this Amble's; the reason says what to do."""


# https://www.sqlite.org/rescode.html
_SQLITE: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_LOCKED: Busy,
    sqlite3.SQLITE_PROTOCOL: Busy,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: ReadOnly,
    sqlite3.SQLITE_PERM: ReadOnly,
    sqlite3.SQLITE_CORRUPT: Corrupt,
    sqlite3.SQLITE_NOTADB: Corrupt,
    sqlite3.SQLITE_CANTOPEN: Unreachable,
    sqlite3.SQLITE_IOERR: Unreachable,
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html; the longest prefix decides.
DEADLOCK = "40P01"
SERIALIZATION_FAILURE = "40001"
_POSTGRES: dict[str, type[StorageError]] = {
    "08": Unreachable,  # connection exceptions
    "25006": ReadOnly,
    "28": Unreachable,  # wrong user or password
    "3D000": Unreachable,  # no such database
    DEADLOCK: Busy,
    SERIALIZATION_FAILURE: Busy,
    "53": Busy,  # memory, connections
    "53100": DiskFull,
    "55P03": Busy,  # lock timeout
    "57014": Busy,  # statement timeout
    "57P": Unreachable,  # shutting down, crashed, starting up
    "58": Unreachable,  # the server's own input and output
    "XX001": Corrupt,
    "XX002": Corrupt,
}


def sqlstate(error: BaseException) -> str | None:
    """Return PostgreSQL's five characters for `error`; None where there are none."""
    state: object = getattr(_origin(error), "sqlstate", None)
    return state if isinstance(state, str) else None


def _origin(error: BaseException) -> BaseException | None:
    """Return what the driver raised, without SQLAlchemy's wrapping."""
    return error.orig if isinstance(error, exc.DBAPIError) else error


def _kind(error: BaseException) -> type[StorageError] | None:
    """Return what `error` means to a caller; None where it is a fault of the code."""
    if isinstance(error, exc.IntegrityError):
        return None
    if isinstance(error, exc.TimeoutError):
        return Busy
    state = sqlstate(error)
    if state is not None:
        prefixes = (state[:length] for length in range(len(state), 1, -1))
        return next((_POSTGRES[prefix] for prefix in prefixes if prefix in _POSTGRES), None)
    origin = _origin(error)
    if isinstance(origin, sqlite3.Error):
        # The low byte is the primary code; errors that the sqlite3 module raises have none.
        return _SQLITE.get(getattr(origin, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF)
    if isinstance(error, OSError) or (
        isinstance(error, exc.DBAPIError) and error.connection_invalidated
    ):
        return Unreachable
    return None


@contextmanager
def translated() -> Generator[None]:
    """Raise what the drivers raise inside as a StorageError, where it is one."""
    try:
        yield
    except (exc.SQLAlchemyError, OSError, sqlite3.Error) as error:
        kind = _kind(error)
        if kind is None:
            raise
        raise kind(f"{kind.__name__}: {_origin(error)}") from error
