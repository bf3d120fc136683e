"""What can go wrong between Amble and its database.

    AmbleError
    └── StorageError      not known to be saved; trying again in a minute may well work
        ├── Busy          somebody else held the lock for too long
        ├── InUse         another Amble is at work where only one may be
        ├── DiskFull      no room left
        ├── ReadOnly      the database may be read, not written
        ├── Corrupt       the file is damaged, or no database at all
        ├── Unreachable   not there, not to be reached, or already closed
        └── SchemaError   there, but of another version than this Amble's

Members read one sentence for all of them (code ``not_saved``); operators read `str(error)`: what
is wrong, what to do, and in brackets what the driver said.
An IntegrityError is no StorageError: the caller's own data caused it, and the caller knows why.

"Saved" is said only of what is known to be. A COMMIT that fails leaves it open: SQLite undoes the
transaction for everybody who is running, but where the write-ahead log holds its last frame and
only the sync failed, a crash before the next commit brings it back; and a server that goes away
while it commits does not say whether it did. Both are told as not saved, and the same answer given
again changes nothing that is there already.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager

from sqlalchemy import exc

from bot.domain.errors import AmbleError


class StorageError(AmbleError):
    """The database did not do what was asked, or cannot say that it did."""

    def __init__(self, reason: str) -> None:
        """Keep `reason`, a sentence for the operator, free of secrets."""
        super().__init__("not_saved")
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class Busy(StorageError):
    """Somebody else held the lock, or every connection, for too long."""


class InUse(StorageError):
    """Another Amble is at work where only one may be."""


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

# The sqlite3 module's own words, for which it has no code.
_UNDECODED = "Could not decode to UTF-8"

# https://www.postgresql.org/docs/current/errcodes-appendix.html; the longest prefix decides.
DEADLOCK = "40P01"
SERIALIZATION_FAILURE = "40001"
READ_ONLY = "25006"
_POSTGRES: dict[str, type[StorageError]] = {
    "08": Unreachable,  # connection exceptions
    READ_ONLY: ReadOnly,
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


def sqlite_kind(error: BaseException | None) -> type[StorageError] | None:
    """Return what an error of the sqlite3 module means; None where it is a fault of the code."""
    # The low byte is the primary code; errors that the module itself raises have none.
    kind = _SQLITE.get(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF)
    # A text is only ever written as UTF-8, so one that is none was not written by us.
    return Corrupt if kind is None and _UNDECODED in str(error) else kind


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
        return sqlite_kind(origin)
    if isinstance(error, OSError) or (
        isinstance(error, exc.DBAPIError) and error.connection_invalidated
    ):
        return Unreachable
    return None


Explain = Callable[[type[StorageError], BaseException], StorageError]
"""Makes the error that callers see of its kind and of what the driver raised."""


def _plainly(kind: type[StorageError], cause: BaseException) -> StorageError:
    return kind(f"{kind.__name__}: {cause}")


@contextmanager
def translated(explain: Explain = _plainly) -> Generator[None]:
    """Raise what the drivers raise inside as a StorageError, where it is one."""
    try:
        yield
    except (exc.SQLAlchemyError, OSError, sqlite3.Error) as error:
        kind = _kind(error)
        if kind is None:
            raise
        raise explain(kind, _origin(error) or error) from error
