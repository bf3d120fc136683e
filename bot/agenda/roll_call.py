"""Asking Discord whether members are still in their server, and keeping the answer."""

from __future__ import annotations

from dataclasses import dataclass

from bot import clock
from bot.agenda.pace import Pace
from bot.agenda.sender import Sender
from bot.domain.ids import GroupId, GuildId, UserId
from bot.services import Database, presence


@dataclass(frozen=True, slots=True)
class RollCall:
    """Asks about those who gave no sign for a week, at Discord's pace."""

    db: Database
    sender: Sender
    pace: Pace

    async def of_group(self, guild_id: GuildId, group_id: GroupId) -> None:
        """Ask about a group's silent members, before anybody is named."""
        for user_id in await presence.doubtful(self.db, guild_id, group_id, clock.now()):
            await self._ask(guild_id, user_id)

    async def of_everybody(self) -> None:
        """Ask about the silent everywhere, as many as one round takes."""
        for guild_id, user_id in await presence.unseen(self.db, clock.now()):
            await self._ask(guild_id, user_id)

    async def _ask(self, guild_id: GuildId, user_id: UserId) -> None:
        async with self.pace.request():
            here = await self.sender.is_member(guild_id, user_id)
        # Also that it was asked in vain, so that others have their turn first.
        notes = {True: presence.seen, False: presence.gone, None: presence.unknown}
        await notes[here](self.db, guild_id, user_id, clock.now())
