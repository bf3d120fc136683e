"""Sending a moment's message exactly once, as people see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot import clock
from bot.agenda.pace import Pace
from bot.agenda.sender import Sender
from bot.domain.ids import ChannelId, MessageId
from bot.domain.moment import Moment
from bot.services import Database, claims
from bot.ui.card import Card

SEARCHED_BACK = timedelta(days=2)
"""How far back a moment's message is looked for: no moment is tried for longer."""


class ClaimLost(Exception):
    """Another process has taken the moment over: leave it alone."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Sends for moments that this process has claimed."""

    db: Database
    sender: Sender
    pace: Pace
    process: str
    """Who claims: unique to this run of the process."""
    lease: timedelta

    async def post(
        self, moment: Moment, channel_id: ChannelId, card: Card, marker: str
    ) -> MessageId:
        """Post a moment's card, or find that it stands there already.

        The nonce covers a repeat within minutes; after a crash the channel is searched for a button
        that carries `marker`. Raises NotSent, ClaimLost.
        """
        async with self.pace.channel(channel_id):
            await self._begin(moment)
            if moment.tried_before:
                # With each try that failed the moment came due later: that is no bound.
                since = moment.due_at - SEARCHED_BACK
                found = await self.sender.find(channel_id, marker, since)
                if found is not None:
                    return found
            return await self.sender.post(channel_id, card, nonce=str(moment.id))

    async def _begin(self, moment: Moment) -> None:
        now = clock.now()
        begun = await claims.begin_sending(
            self.db, moment, by=self.process, lease=self.lease, now=now
        )
        if not begun:
            raise ClaimLost
