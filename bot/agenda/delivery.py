"""Sending a moment's message exactly once, as people see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import clock
from bot.agenda.pace import Pace, TooLate, only_until
from bot.agenda.sender import Failure, NotSent, Sender
from bot.domain.ids import ChannelId, MessageId
from bot.domain.moment import Moment
from bot.services import Database, claims
from bot.services.claims import Claimant
from bot.ui.card import Card

SKEW = timedelta(minutes=2)
"""How far this machine's clock may be from Discord's."""
OF_LEASE = 0.8
"""A send is waited for during this part of the lease: nobody takes over while it goes on."""


class LetGo(Exception):
    """The moment is not ours to send: another process has taken it over, or this one stops."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a moment's message stands, and since when."""

    channel_id: ChannelId
    message_id: MessageId
    at: datetime


@dataclass(slots=True)
class Delivery:
    """Sends for moments that this process has claimed."""

    db: Database
    sender: Sender
    pace: Pace
    claimant: Claimant
    _stopping: bool = field(default=False, init=False)

    def stop(self) -> None:
        """Begin no further send: what waits for its turn is let go."""
        self._stopping = True

    async def post(
        self, moment: Moment, channel_id: ChannelId, card: Card, marker: str
    ) -> Standing:
        """Post a moment's card, or find that it stands there already.

        The nonce covers a repeat within minutes; what an earlier try may have left is searched for
        by a button that carries `marker`. Raises NotSent, LetGo.
        """
        async with self.pace.channel(channel_id):
            if moment.tried_at is not None:
                # Where the group has moved since, nobody can look into a channel that is gone.
                where = moment.tried_channel_id or channel_id
                found = await self._find(moment, where, marker, needed=where == channel_id)
                if found is not None:
                    return found
            return await self._send(moment, channel_id, card)

    async def left_by_earlier_try(self, moment: Moment, marker: str) -> Standing | None:
        """Return where a moment's message stands though nobody recorded it; None where it does not.

        Raises NotSent, LetGo.
        """
        if moment.tried_at is None or moment.tried_channel_id is None:
            return None
        async with self.pace.channel(moment.tried_channel_id):
            return await self._find(moment, moment.tried_channel_id, marker, needed=False)

    async def _find(
        self, moment: Moment, where: ChannelId, marker: str, *, needed: bool
    ) -> Standing | None:
        """Look for the moment's message where and since it was last about to be sent.

        A channel that is gone or closed raises only where it is `needed` for what comes next.
        """
        tried_at = moment.tried_at or moment.due_at
        async with self.pace.request():
            self._check(held=await claims.hold(self.db, moment, self.claimant, clock.now()))
            try:
                found = await self.sender.find(where, marker, tried_at - SKEW)
            except NotSent as error:
                if needed or error.failure not in (Failure.GONE, Failure.FORBIDDEN):
                    raise
                found = None
        return None if found is None else Standing(where, *found)

    async def _send(self, moment: Moment, channel_id: ChannelId, card: Card) -> Standing:
        async with self.pace.request():
            # Only now: what an earlier try left was looked for, so the next search begins here.
            now = clock.now()
            held = await claims.begin_sending(self.db, moment, channel_id, self.claimant, now)
            self._check(held=held)
            try:
                with only_until(now + self.claimant.lease):
                    message_id = await self.sender.post(channel_id, card, nonce=str(moment.id))
            except TooLate as error:
                raise LetGo from error
        return Standing(channel_id, message_id, clock.now())

    def _check(self, *, held: bool) -> None:
        if self._stopping or not held:
            raise LetGo
