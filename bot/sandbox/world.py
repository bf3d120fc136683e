"""The simulated server: Amble Valley, its channel, its organiser, and you."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

import discord
import time_machine
from discord.ext import commands
from simcord import ChannelHandle, Env, GuildHandle, MemberActor

from bot.config import DiscordSettings
from bot.sandbox.clock import EPOCH, LeadingClock, SandboxClock, StillEnv

ONE_SHARD = DiscordSettings(shard_count=1)
"""What a bot of this world is told: nobody here can be asked how many shards to use."""
ORGANISER = "Rosa"
YOU = "You"

_AT_ONCE = timedelta(milliseconds=10)
# The bot may draw pictures between two steps; what takes longer than this hangs.
_SETTLE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class World:
    """A server with the bot in it. Equal arguments give equal ids."""

    env: Env
    clock: SandboxClock
    guild: GuildHandle
    channel: ChannelHandle
    organiser: MemberActor
    you: MemberActor
    """The person at the page: an ordinary member who has Manage Server."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls, bot: commands.AutoShardedBot, *, start: datetime, patience: timedelta = _AT_ONCE
    ) -> AsyncGenerator[Self]:
        """Build the world at `start` and run `bot` in it; close both at the end.

        `bot` is one that has not been started and has one shard. Within `patience` the bot's
        timers ring by themselves in real time; later ones wait for the clock. Raises ValueError
        for a `start` before 2026, and whatever the bot raises as it starts.
        """
        if start < EPOCH:
            raise ValueError(f"a simulated world cannot begin before {EPOCH:%Y-%m-%d}")
        with time_machine.travel(EPOCH, tick=False) as traveller:
            env = StillEnv(bot, patience=patience, settle_timeout=_SETTLE_SECONDS)
            env.backend.clock = LeadingClock(traveller)
            env.backend.advance_clock((start - EPOCH).total_seconds())
            world = cls._people(env)
            await env.start()
            try:
                yield world
            finally:
                await world.stop_bot()
                await env.shutdown()

    @classmethod
    def _people(cls, env: Env) -> Self:
        env.backend.edit_bot_profile("Amble")
        owner = env.create_user(ORGANISER.lower(), global_name=ORGANISER)
        guild = env.create_guild("Amble Valley", owner=owner)
        channel = guild.create_text_channel("walks", topic="Where we meet for our walks")
        stewards = guild.create_role("Steward", permissions=discord.Permissions(manage_guild=True))
        you = guild.add_member(
            env.create_user(YOU.lower(), global_name=YOU),
            roles=[stewards],
        )
        organiser = MemberActor(env, guild, owner)
        return cls(env, SandboxClock(env), guild, channel, organiser, you)

    async def stop_bot(self) -> None:
        """Close the bot in order; the world goes on without it, and the clock can be moved."""
        # SimCord never closes the bot; what the bot opened would stay open. The scope lets it close
        # by its own clock: the real one is months behind, and a wait for it would not end.
        with self.env._bot_scope():  # pyright: ignore[reportPrivateUsage] - the pin allows for it
            await self.env.bot.close()

    async def start_bot(self, bot: commands.AutoShardedBot) -> None:
        """Run `bot`, one that has not been started, in place of the bot that was stopped."""
        await self.env.restart_bot(bot)

    def invite(self, name: str) -> MemberActor:
        """Let somebody new come to the server; `name` is shown, and must be new."""
        # A user's own name has letters of one alphabet only; what is shown may be anything.
        user = self.env.create_user(f"walker{len(self.guild.member_ids())}", global_name=name)
        return self.guild.add_member(user)
