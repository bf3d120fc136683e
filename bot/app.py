"""The composition root: builds everything, starts and stops it in order."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import aiohttp

from bot import clock, metrics, monitor
from bot.agenda.agenda import Agenda, Tempo
from bot.agenda.delivery import OF_LEASE
from bot.agenda.pace import Pace
from bot.agenda.sender import Sender
from bot.client import Amble, Opening
from bot.config import AgendaSettings, Settings
from bot.domain.shards import Shards
from bot.services import backups
from bot.services.limits import Limits
from bot.storage import integrity, migrate
from bot.storage.database import Database, open_database
from bot.storage.exclusive import only_process
from bot.supervisor import Hopeless, Supervisor
from bot.ui.pictures.fonts import font_files_for_pictures, system_font_directories
from bot.ui.pictures.store import NoDrawing, Pictures
from bot.ui.words import words_in
from cogs.base import AmbleCog
from cogs.buddies import Buddies, cheer_on
from cogs.checkins import Checkins
from cogs.encouragement import Encouragement
from cogs.extras import Extras
from cogs.groups import Groups
from cogs.guides import Guides
from cogs.leaderboards import Leaderboards
from cogs.members import Members
from cogs.programme import Programme
from cogs.replies import Replies
from cogs.reports import Reports
from cogs.schedules import Schedules
from cogs.server import Server
from cogs.sharing import Sharing

log = logging.getLogger(__name__)

COGS: tuple[type[AmbleCog], ...] = (
    Server,
    Groups,
    Schedules,
    Checkins,
    Sharing,
    Replies,
    Members,
    Leaderboards,
    Reports,
    Extras,
    Programme,
    Encouragement,
    Buddies,
    Guides,
)


Connector = Callable[[], aiohttp.BaseConnector]
"""Makes the way to Discord of each client."""

LOOK_FOR_BACKUP = timedelta(minutes=5)
STOP_WITHIN = timedelta(seconds=10)
"""A process that is asked to stop is gone by then, whatever hangs."""


def run(settings: Settings, connector: Connector | None = None) -> None:
    """Connect to Discord and stay, until the process is asked to stop.

    `connector` (None: discord.py's own) is where tests put a Discord of theirs. Raises StorageError
    where the database cannot be used; exits with a sentence where Discord will not have the bot.
    """
    try:
        asyncio.run(_run(settings, connector))
    except (Hopeless, monitor.NotServed) as error:
        sys.exit(str(error))


def build(
    settings: Settings,
    db: Database,
    pace: Pace | None = None,
    pictures: Pictures | None = None,
    **options: Any,  # noqa: ANN401 - discord.py's
) -> Amble:
    """Return a client with everything wired, not connected yet; `options` are discord.py's own.

    Clients that follow one another have one `pace` (None: one of its own), and `pictures`, which
    the caller closes when the last of them is gone (None: everything is told in text).
    """
    pictures = pictures or Pictures(NoDrawing())
    return Amble(
        db,
        _opening(settings, db, pace or _pace(settings), pictures),
        shard_count=settings.discord.shard_count,
        shard_ids=settings.discord.shard_ids,
        **options,
    )


async def _run(settings: Settings, connector: Connector | None) -> None:
    """Look after the database, then stay connected; everything that was begun is ended again."""
    url = settings.database.plain_url
    with only_process(url):
        if settings.database.check_at_start:
            await integrity.check(url, settings.backup.directory)
        await migrate.ensure(url, settings.database.migrate_at_start)
        fonts = await asyncio.to_thread(font_files_for_pictures, system_font_directories())
        async with await open_database(url) as db, Pictures.with_fonts(fonts) as pictures:
            supervisor = _supervisor(settings, db, pictures, connector)
            _stop_on_signals(supervisor)
            async with monitor.serve(settings.monitor, _checks(db, supervisor)):
                await supervisor.run()
    log.info("stopped")


def _supervisor(
    settings: Settings, db: Database, pictures: Pictures, connector: Connector | None
) -> Supervisor:
    token = settings.discord.token
    if token is None:
        raise ValueError("a token is needed to connect to Discord")

    pace = _pace(settings)

    def client() -> Amble:
        way = {} if connector is None else {"connector": connector()}
        trace = aiohttp.TraceConfig()
        pace.let_through(trace)
        # After that: what waits for its turn is not slow.
        monitor.count_requests(trace)
        return build(settings, db, pace, pictures, http_trace=trace, **way)

    return Supervisor(client, token.get_secret_value())


def _checks(db: Database, supervisor: Supervisor) -> dict[str, monitor.Check]:
    """Return what must be so before Amble is ready, by its name."""

    async def gateway() -> str | None:
        lacking = None if supervisor.client is None else supervisor.client.without_gateway
        if lacking is None:
            return "Discord is not reached"
        return f"shards {lacking} are not connected" if lacking else None

    return {"database": monitor.database_answers(db), "gateway": gateway}


def _opening(settings: Settings, db: Database, pace: Pace, pictures: Pictures) -> Opening:
    async def opening(client: Amble) -> Agenda:
        tempo = _tempo(settings.agenda)
        sender = Sender(client, tempo.lease * OF_LEASE)
        agenda = Agenda(db, sender, pace, words_in(), tempo, client.shards_served, pictures)
        limits = Limits(
            groups_per_server=settings.limits.groups_per_server,
            members_per_group=settings.limits.members_per_group,
            slots_per_group=settings.limits.slots_per_group,
        )
        for cog in COGS:
            await client.add_cog(cog(db, agenda, limits, pictures))
        client.tree.add_command(cheer_on)
        if settings.backup.every_hours and 0 in client.shards_served.ids:
            # One process of all makes them. Looked for often, as a restart begins the hours anew.
            agenda.every(LOOK_FOR_BACKUP, "backup", partial(_back_up, settings))
        client.add_dynamic_items(*(item for cog in COGS for item in cog.items()))
        return agenda

    return opening


async def _back_up(settings: Settings) -> None:
    """Make a backup where the newest is as old as wanted."""
    kept, now = settings.backup, clock.now()
    newest = await asyncio.to_thread(backups.newest, kept.directory, now)
    if newest is not None:
        metrics.backup_found(newest.made_at)
        if now - newest.made_at < timedelta(hours=kept.every_hours):
            return
    made = await backups.make(settings.database.plain_url, kept.directory, kept.keep, now)
    log.info("backup made: %s", made.backup.path)


def _pace(settings: Settings) -> Pace:
    """Return this process's part of what Discord allows all processes of the bot together."""
    shards = Shards.of(settings.discord.shard_count or 1, settings.discord.shard_ids)
    return Pace(settings.agenda.requests_per_second * shards.share)


def _tempo(settings: AgendaSettings) -> Tempo:
    return Tempo(
        sweep=timedelta(seconds=settings.sweep_seconds),
        lease=timedelta(seconds=settings.claim_seconds),
        horizon=timedelta(hours=settings.horizon_hours),
        gather_redraws=timedelta(seconds=settings.redraw_seconds),
        heartbeat=timedelta(seconds=settings.heartbeat_seconds),
    )


def _stop_on_signals(supervisor: Supervisor) -> None:
    """Stop in order when the process is asked to, and at the latest when STOP_WITHIN is over."""
    loop = asyncio.get_running_loop()
    stopping: set[asyncio.Task[None]] = set()

    def stop() -> None:
        if stopping:
            return
        log.info("stopping")
        stopping.add(asyncio.create_task(supervisor.stop(), name="stop"))
        loop.call_later(STOP_WITHIN.total_seconds(), _leave)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


def _leave() -> None:
    """End the process as it is: what is not recorded is looked for at the next start."""
    log.warning("something hangs; leaving without it")
    logging.shutdown()
    os._exit(1)
