"""Making backups while the bot runs, and putting one back while it does not."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.util import greenlet_spawn

from bot import metrics
from bot.services import planning
from bot.storage import (
    backups,
    copying,
    downtimes,
    groups,
    migrate,
    replacing,
    rewinding,
    unpacking,
)
from bot.storage.backups import Backup, Made
from bot.storage.copying import Progress, unheard
from bot.storage.errors import Busy, Corrupt, InUse, StorageError, Unreachable, translated
from bot.storage.exclusive import held, only_process
from bot.storage.files import remove as remove_file
from bot.storage.files import side, sqlite_file, sync, url_of
from bot.storage.migrate import SchemaState
from bot.storage.tables import metadata

T = TypeVar("T")

RESTORE_LOCK = ".amble-restore.lock"
SAFETY_NAME = "replaced-{}.db"
"""What a restore into PostgreSQL replaces is kept under; no backup, so never one too many."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, for somebody who must decide about it."""

    servers: int
    groups: int
    members: int
    last_answer_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ready:
    """A checked copy of a backup at this Amble's version, not in its place yet."""

    file: Path
    """The copy, not the backup."""
    made_at: datetime | None
    """When the backup was made; None where it does not tell."""
    contents: Contents
    replaces: Contents | None
    """What the database holds now; None for nothing, or nothing that can be read."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How a restore ended."""

    kept: Path | None
    """Where that is which was replaced; None where there was nothing."""
    left_out: int
    """Prompts and nudges that may have been posted since the backup, under ids it cannot know."""


class _GivenUp(Exception):
    """Nobody waits any more for what a thread does."""


async def make(
    url: str, directory: Path, keep: int, now: datetime, progress: Progress = unheard
) -> Made:
    """Back the database up into `directory` and keep the `keep` newest there.

    Works in a thread, beside whatever else uses the database; cancelled, it ends soon and leaves
    nothing. Raises StorageError with what to do; then no older backup was removed either.
    """
    try:
        made = await _in_thread(lambda tell: backups.make(url, directory, now, tell), progress)
        await asyncio.to_thread(backups.prune, directory, keep, made.backup.path, now)
    except StorageError:
        metrics.backup_ended("failed")
        raise
    metrics.backup_ended("ok")
    return made


def newest(directory: Path, now: datetime) -> Backup | None:
    """Return the newest backup in a directory, by its name; None where there is none. Blocks.

    What a clock that was wrong stamped in the future is passed over: it is older than it says.
    """
    return next(iter(backups.existing(directory, now)), None)


@asynccontextmanager
async def prepared(
    url: str, file: Path, directory: Path, now: datetime, progress: Progress = unheard
) -> AsyncGenerator[Ready]:
    """Check the backup `file`, and keep other Ambles out until the block ends.

    `directory` is where backups are. Nothing is changed by this alone; `file` is only read. Raises
    StorageError with what to do, InUse where an Amble is at work on the database.
    """
    path = sqlite_file(url)
    with ExitStack() as stack:
        if path is not None:
            _refuse_itself(file, path)
            stack.enter_context(only_process(url))
            copy = side(path, backups.PARTIAL)
        else:
            stack.enter_context(_only_restore(directory))
            await _refuse_at_work(url, now)
            copy = directory / f"restore.db{backups.PARTIAL}"
        stack.callback(remove_file, copy)
        made_at = await _in_thread(lambda tell: unpacking.unpack(file, copy, tell), progress)
        contents = await _contents(url_of(copy))
        if contents is None:
            raise Corrupt(f"{file.name} cannot be read. Nothing was changed; try another.")
        yield Ready(copy, made_at, contents, await _contents(url))


async def put_in_place(
    url: str, ready: Ready, directory: Path, now: datetime, progress: Progress = unheard
) -> Restored:
    """Replace everything in the database by `ready`, all or nothing, and keep what was there.

    On SQLite that is a file beside the new one, on PostgreSQL a backup in `directory`. Raises
    StorageError; then the database holds what it held.
    """
    path = sqlite_file(url)
    left_out = await _catch_up(ready, now)
    if path is not None:
        kept = await asyncio.to_thread(replacing.replace, path, ready.file, backups.stamp(now))
        return Restored(kept, left_out)
    kept = await _keep(url, directory, now, progress)
    await asyncio.to_thread(migrate.upgrade, url)
    await _in_thread(lambda tell: asyncio.run(_refill(url, ready.file, now, tell)), progress)
    return Restored(kept, left_out)


def _refuse_itself(file: Path, path: Path) -> None:
    if file.exists() and path.exists() and file.samefile(path):
        raise Unreachable(f"{file} is the database itself, not a backup of it.")


@contextmanager
def _only_restore(directory: Path) -> Generator[None]:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock_file = directory / RESTORE_LOCK
    with held(lock_file, lambda holder: f"Another restore ({holder}) is going on; wait for it."):
        yield


async def _refuse_at_work(url: str, now: datetime) -> None:
    if await asyncio.to_thread(migrate.state, url) is SchemaState.CURRENT:
        async with copying.reading(url) as conn:
            await greenlet_spawn(_need_rest, conn, now)


def _need_rest(conn: Connection, now: datetime) -> None:
    until = downtimes.alive_until(conn)
    if until is not None and until >= now:
        raise InUse(
            "An Amble is at work on the database. Stop it first; one that was killed is believed"
            f" to run until {until:%H:%M:%S} UTC."
        )


async def _contents(url: str) -> Contents | None:
    """Return what a database holds; None where it is empty, damaged or not ours."""
    try:
        if await asyncio.to_thread(migrate.state, url) in (SchemaState.CURRENT, SchemaState.OLDER):
            async with copying.reading(url) as conn:
                return Contents(*await greenlet_spawn(rewinding.contents, conn))
    except StorageError:
        pass
    return None


async def _catch_up(ready: Ready, now: datetime) -> int:
    """Have the copy know that time has gone by; count what is left out because of it."""
    async with copying.writing(url_of(ready.file)) as conn:
        rewinding.suspect(conn, ready.made_at or downtimes.latest_there(conn))
        before = rewinding.due(conn, now)
        for guild_id, group_id in groups.everywhere(conn):
            planning.plan_group(conn, guild_id, group_id, now)
        # What the backup had planned is found by its id. What was planned after it has new ids now.
        unknown = rewinding.due(conn, now) - before
        rewinding.leave_out(conn, unknown, now)
        rewinding.leave_out_encouragements(conn, now)
        rewinding.owe_time(conn, now)
        rewinding.stop_hearts(conn)
    sync(ready.file)
    return len(unknown)


async def _keep(url: str, directory: Path, now: datetime, progress: Progress) -> Path | None:
    if await asyncio.to_thread(migrate.state, url) is SchemaState.EMPTY:
        return None
    made = await _in_thread(
        lambda tell: backups.make(url, directory, now, tell, name=SAFETY_NAME), progress
    )
    return made.backup.path


async def _refill(url: str, file: Path, now: datetime, progress: Progress) -> None:
    async with copying.reading(url_of(file)) as source, copying.writing(url) as target:
        await greenlet_spawn(_exchange, source, target, now, progress)


def _exchange(source: Connection, target: Connection, now: datetime, progress: Progress) -> None:
    """Empty PostgreSQL's tables and fill them anew, in the transaction that `target` is in."""
    names = ", ".join(table.name for table in metadata.sorted_tables)
    with translated(_locked_out):
        target.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
    # Whoever starts from here on waits for the locks; whoever came before has left its heartbeat.
    _need_rest(target, now)
    target.exec_driver_sql(f"TRUNCATE {names}")
    tables = copying.tables_of(source)
    copying.copy(source, target, tables, progress)
    wrong = copying.differing(source, target, tables, progress)
    if wrong is not None:
        raise Corrupt(f"Table {wrong} did not arrive as it was sent. Nothing was changed.")


def _locked_out(kind: type[StorageError], cause: BaseException) -> StorageError:
    if kind is Busy:
        return InUse("Something else is using the database. End it, then try again.")
    return kind(f"{kind.__name__}: {cause}")


async def _in_thread(work: Callable[[Progress], T], progress: Progress) -> T:
    """Do `work` in a thread; when cancelled, have it end where it next tells how far it is."""
    given_up = threading.Event()

    def tell(done: int, of: int) -> None:
        if given_up.is_set():
            raise _GivenUp
        progress(done, of)

    future = asyncio.ensure_future(asyncio.to_thread(work, tell))
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        given_up.set()
        await asyncio.wait([future])
        if not future.cancelled():
            future.exception()
        raise
