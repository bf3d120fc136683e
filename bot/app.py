"""The composition root: builds everything, starts and stops it in order."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from datetime import timedelta

import aiohttp
import discord

from bot.agenda.agenda import Agenda, Tempo
from bot.agenda.sender import Sender
from bot.client import Amble, Opening
from bot.config import AgendaSettings, Settings
from bot.services.limits import Limits
from bot.storage import migrate
from bot.storage.database import Database, open_database
from bot.ui.words import words_in
from cogs.base import AmbleCog
from cogs.checkins import AnswerButton, Checkins, UndoButton
from cogs.groups import Groups, JoinButton
from cogs.leaderboards import Leaderboards
from cogs.members import MeButton, Members
from cogs.schedules import Schedules
from cogs.server import Server

log = logging.getLogger(__name__)

COGS: tuple[type[AmbleCog], ...] = (
    Server,
    Groups,
    Schedules,
    Checkins,
    Members,
    Leaderboards,
)
BUTTONS = (AnswerButton, UndoButton, JoinButton, MeButton)


def run(settings: Settings) -> None:
    """Connect to Discord and stay, until the process is asked to stop."""
    asyncio.run(_run(settings))


def build(settings: Settings, db: Database) -> Amble:
    """Return a client with everything wired, not connected yet."""
    return Amble(
        db,
        _opening(settings, db),
        shard_count=settings.discord.shard_count,
        shard_ids=settings.discord.shard_ids,
    )


async def _run(settings: Settings) -> None:
    url = settings.database.plain_url
    await migrate.ensure(url, settings.database.migrate_at_start)
    token = settings.discord.token
    if token is None:
        raise ValueError("a token is needed to connect to Discord")
    async with await open_database(url) as db:
        client = build(settings, db)
        _stop_on_signals(client)
        async with client:
            await _connect(client, token.get_secret_value())
    log.info("stopped")


async def _connect(client: Amble, token: str) -> None:
    """Stay connected; what keeps the bot from starting ends it with a sentence."""
    try:
        await client.start(token)
    except discord.LoginFailure:
        sys.exit("Discord does not accept the token. Copy it anew from the developer portal.")
    except (aiohttp.ClientConnectionError, discord.DiscordServerError) as error:
        sys.exit(f"Discord cannot be reached ({type(error).__name__}). Start Amble again later.")


def _opening(settings: Settings, db: Database) -> Opening:
    async def opening(client: Amble) -> Agenda:
        agenda = Agenda(
            db,
            Sender(client),
            words_in(),
            _tempo(settings.agenda),
            shard_ids=lambda: _shards(client),
            shard_of=lambda guild_id: (guild_id >> 22) % (client.shard_count or 1),
        )
        limits = Limits(
            groups_per_server=settings.limits.groups_per_server,
            members_per_group=settings.limits.members_per_group,
            slots_per_group=settings.limits.slots_per_group,
        )
        for cog in COGS:
            await client.add_cog(cog(db, agenda, limits))
        client.add_dynamic_items(*BUTTONS)
        return agenda

    return opening


def _shards(client: discord.AutoShardedClient) -> Sequence[int]:
    return client.shard_ids or range(client.shard_count or 1)


def _tempo(settings: AgendaSettings) -> Tempo:
    return Tempo(
        sends_per_second=settings.sends_per_second,
        sweep=timedelta(seconds=settings.sweep_seconds),
        lease=timedelta(seconds=settings.claim_seconds),
        horizon=timedelta(hours=settings.horizon_hours),
        gather_redraws=timedelta(seconds=settings.redraw_seconds),
        heartbeat=timedelta(seconds=settings.heartbeat_seconds),
    )


def _stop_on_signals(client: Amble) -> None:
    """Close the client in order when the process is asked to stop."""
    loop = asyncio.get_running_loop()
    closing: set[asyncio.Task[None]] = set()

    def close() -> None:
        closing.add(asyncio.create_task(client.close()))

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, close)
