"""Whether the database works, told to the operator once as trouble begins and once as it ends."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Literal

from bot import clock
from bot.storage.errors import Busy, Corrupt, StorageError

Operation = Literal["read", "write"]

DAMAGE_STANDS = timedelta(minutes=2)
"""How long damage counts after it was last met: what lies beside it goes on working."""

_log = logging.getLogger(__name__)


class Trouble:
    """What stands between Amble and its database.

    Reads often go on while nothing can be saved, so that only a write ends a write's trouble.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._standing: dict[Operation, tuple[StorageError, datetime]] = {}
        self._told: set[type[StorageError]] = set()
        self.since: datetime | None = None
        """When the trouble began; None while there is none."""

    @property
    def error(self) -> StorageError | None:
        """What is wrong, a write's rather than a read's; None while all is well."""
        found = self._standing.get("write") or self._standing.get("read")
        return None if found is None else found[0]

    def failed(self, operation: Operation, error: StorageError) -> None:
        """Note that an operation failed, and say so if that is news."""
        now = clock.now()
        self.since = self.since or now
        self._standing[operation] = (error, now)
        if type(error) not in self._told:
            self._told.add(type(error))
            level = logging.WARNING if isinstance(error, Busy) else logging.ERROR
            since = f"{self.since:%Y-%m-%d %H:%M:%S} UTC"
            _log.log(level, "Trouble with the database since %s. %s", since, error)

    def worked(self, operation: Operation) -> None:
        """Note that an operation went through, and say so if that ends the trouble."""
        if self.since is None or operation not in self._standing:
            return
        now = clock.now()
        error, at = self._standing[operation]
        if isinstance(error, Corrupt) and now < at + DAMAGE_STANDS:
            return
        del self._standing[operation]
        if not self._standing:
            seconds = (now - self.since).total_seconds()
            _log.warning("The database works again, after %.0f seconds of trouble.", seconds)
            self._told.clear()
            self.since = None
