"""The discord.py client: intents, set-up, the command tree, and one path for errors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot import clock, metrics
from bot.agenda.agenda import Agenda
from bot.domain.ids import GuildId
from bot.domain.shards import Shards
from bot.services import Database, StorageError, servers
from bot.ui.answering import begin_task
from bot.ui.dynamic import answer_unclaimed
from bot.ui.errors import LostChoices, report

log = logging.getLogger(__name__)

# Amble does not speak; without this discord.py warns at each start that it could not.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False
logging.getLogger(app_commands.CommandTree.__module__).addFilter(LostChoices())

Opening = Callable[["Amble"], Coroutine[Any, Any, Agenda]]
"""Adds the cogs to a client and returns the agenda that runs with it."""


class AmbleTree(app_commands.CommandTree["Amble"]):
    """A command tree whose commands run once, answer in time, and whose errors take one path."""

    async def interaction_check(self, interaction: discord.Interaction[Amble], /) -> bool:
        """Let each command, and each question for choices, through once."""
        return begin_task(interaction)

    async def on_error(
        self, interaction: discord.Interaction[Amble], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person who acts, and nobody else."""
        await report(interaction, error)


class Amble(commands.AutoShardedBot):
    """Amble's connection to Discord.

    AutoShardedBot also for one shard: it survives a first connection that is refused, Bot does not
    (https://github.com/Rapptz/discord.py/issues/10520).
    """

    def __init__(
        self,
        db: Database,
        opening: Opening,
        *,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
        **options: Any,  # noqa: ANN401 - discord.py's own
    ) -> None:
        """Make a client that is not connected; `opening` runs once it has logged in."""
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=AmbleTree,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=shard_count,
            # None is its default, though its type does not say so.
            shard_ids=cast("list[int]", None if shard_ids is None else list(shard_ids)),
            **options,
        )
        self._db = db
        self._opening = opening
        self._agenda: Agenda | None = None

    async def setup_hook(self) -> None:
        """Add everything people can do, tell Discord of the commands, and start the agenda."""
        if not self.shard_count:
            # What discord.py would ask as it connects: the agenda goes by it from the start.
            self.shard_count, _, _ = await self.http.get_bot_gateway()
        self._agenda = await self._opening(self)
        await self.tree.sync()
        await self._agenda.start()

    async def close(self) -> None:
        """Finish what is in hand, then disconnect."""
        if self._agenda is not None:
            agenda, self._agenda = self._agenda, None
            await agenda.stop()
        await super().close()

    async def on_message(self, _message: discord.Message, /) -> None:
        """Leave messages to the cog that reads them: there are no commands with a prefix."""

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer what nothing took: a form lost in a restart, a button of an older Amble."""
        await answer_unclaimed(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that the bot is in a server."""
        await self._is_in([guild])

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was removed from a server."""
        await servers.bot_left(self._db, GuildId(guild.id), clock.now())

    @property
    def shards_served(self) -> Shards:
        """Return the shards of this process; known from `setup_hook` on."""
        return Shards.of(self.shard_count or 1, self.shard_ids)

    @property
    def without_gateway(self) -> list[int] | None:
        """The shards of this process without a gateway; None before it has logged in."""
        return None if self._agenda is None else self._agenda.watch.without_gateway

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Keep the book: nobody can press anything while the gateway is lost."""
        if self._agenda is not None:
            await self._agenda.watch.lost(shard_id)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Keep the book: the shard is there, and told in which servers the bot is."""
        metrics.gateway_event("connected")
        if self._agenda is not None:
            await self._agenda.watch.found(shard_id)
        await self._is_in(guild for guild in self.guilds if guild.shard_id == shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Keep the book: the shard is there again."""
        metrics.gateway_event("resumed")
        if self._agenda is not None:
            await self._agenda.watch.found(shard_id)

    async def _is_in(self, guilds: Iterable[discord.Guild]) -> None:
        """Note that the bot is in servers, and plan at once for those that had removed it.

        Nobody tells of an invitation that came while the bot was down.
        """
        guild_ids = [GuildId(guild.id) for guild in guilds]
        try:
            back = await servers.bot_is_in(self._db, guild_ids, clock.now())
            if back and self._agenda is not None:
                await self._agenda.plan()
        except StorageError as error:
            log.warning("that the bot is in a server again is noted at the next ready: %s", error)
