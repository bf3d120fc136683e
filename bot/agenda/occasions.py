"""What is done when a moment comes: one function a kind."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot import clock
from bot.agenda.delivery import Delivery
from bot.agenda.redraws import Redraws
from bot.agenda.roll_call import RollCall
from bot.agenda.sender import Failure, NotSent
from bot.domain.checkin import SessionState
from bot.domain.ids import UserId
from bot.domain.moment import Moment, MomentKind
from bot.services import (
    care,
    claims,
    direct,
    encouraging,
    nudging,
    prompts,
    settling,
)
from bot.services.views import EncouragementPost, Nudge
from bot.ui.card import Card
from bot.ui.custom_ids import MeId
from bot.ui.encouragement import encouragement, encouragement_dm
from bot.ui.group import care_needed
from bot.ui.nudge import nudge, nudge_dm
from bot.ui.prompt import prompt
from bot.ui.words import Words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Occasions:
    """Does what is due: prepares by a service, renders, sends, records."""

    delivery: Delivery
    words: Words
    families: Mapping[str, tuple[str, ...]]
    redraws: Redraws
    roll_call: RollCall
    shard_of: Callable[[int], int]
    """The shard of a server."""

    async def handle(self, moment: Moment) -> bool:
        """Do what a claimed moment is for; say whether Discord took or answered anything for it.

        Raises NotSent, ClaimLost.
        """
        handlers: dict[MomentKind, Callable[[Moment], Awaitable[bool]]] = {
            MomentKind.SETTLE: self._settle,
            MomentKind.WEEK: self._week,
            MomentKind.PROMPT: self._prompt,
            MomentKind.NUDGE: self._nudge,
            MomentKind.ENCOURAGE: self._encourage,
            MomentKind.NUDGE_DM: self._direct,
            MomentKind.ENCOURAGE_DM: self._direct,
        }
        return await handlers[moment.kind](moment)

    async def cannot_post(self, moment: Moment, failure: Failure) -> None:
        """End a moment whose channel is gone or closed to the bot, and tell the organisers once."""
        found = await care.cannot_post(self.delivery.db, moment, failure.value, clock.now())
        if found is None:
            return
        for user_id in found.organiser_ids:
            await self._tell(moment, user_id, care_needed(found.group, self.words))

    async def _settle(self, moment: Moment) -> bool:
        shard_id = self.shard_of(moment.guild_id)
        settled = await settling.settle(self.delivery.db, moment, shard_id, clock.now())
        log.info("session %s is %s", moment.session_id, settled.state)
        if settled.state is SessionState.SETTLED:
            self.redraws.ask(moment.guild_id, moment.session_id)
        return False

    async def _week(self, moment: Moment) -> bool:
        await settling.close_week(self.delivery.db, moment, clock.now())
        return False

    async def _prompt(self, moment: Moment) -> bool:
        facts = await prompts.prepare(self.delivery.db, moment, clock.now())
        if isinstance(facts, str):
            return await self._skip(moment, facts)
        card = prompt(facts, self.words)
        # A nudge has these buttons too, but only once the prompt has been recorded.
        marker = f":{facts.session_id}:"
        message_id = await self.delivery.post(moment, facts.channel_id, card, marker)
        db = self.delivery.db
        wanted = await prompts.posted(db, moment, facts.channel_id, message_id, clock.now())
        if not wanted:
            self.redraws.ask(moment.guild_id, moment.session_id)
        return True

    async def _nudge(self, moment: Moment) -> bool:
        await self.roll_call.of_group(moment.guild_id, moment.group_id)
        db = self.delivery.db
        facts = await nudging.prepare(db, moment, self.families, clock.now())
        if isinstance(facts, str):
            return await self._skip(moment, facts)
        if not facts.public:
            return await self._skip(moment, "nobody_in_channel")
        return await self._post(moment, facts, nudge(facts, self.words))

    async def _encourage(self, moment: Moment) -> bool:
        await self.roll_call.of_group(moment.guild_id, moment.group_id)
        db = self.delivery.db
        facts = await encouraging.prepare(db, moment, self.families, clock.now())
        if isinstance(facts, str):
            return await self._skip(moment, facts)
        return await self._post(moment, facts, encouragement(facts, self.words))

    async def _direct(self, moment: Moment) -> bool:
        found = await direct.prepare(self.delivery.db, moment, clock.now())
        if isinstance(found, str):
            return await self._skip(moment, found)
        if isinstance(found.facts, Nudge):
            card = nudge_dm(found.facts, self.words)
        else:
            card = encouragement_dm(found.facts, self.words)
        try:
            channel_id = await self.delivery.sender.direct_channel(found.user_id)
            marker = MeId.marker(moment.id)
            message_id = await self.delivery.post(moment, channel_id, card, marker)
        except NotSent as error:
            if error.failure is Failure.UNAVAILABLE:
                raise
            await direct.refused(self.delivery.db, moment, clock.now())
            return True
        await claims.sent(self.delivery.db, moment, clock.now(), channel_id, message_id)
        return True

    async def _post(self, moment: Moment, facts: Nudge | EncouragementPost, card: Card) -> bool:
        marker = MeId.marker(moment.id)
        message_id = await self.delivery.post(moment, facts.channel_id, card, marker)
        await claims.sent(self.delivery.db, moment, clock.now(), facts.channel_id, message_id)
        return True

    async def _skip(self, moment: Moment, reason: str) -> bool:
        log.info("%s %s skipped: %s", moment.kind, moment.id, reason)
        await claims.skip(self.delivery.db, moment, reason, clock.now())
        return False

    async def _tell(self, moment: Moment, user_id: UserId, card: Card) -> None:
        """Write to an organiser; where that is closed, `/group show` still says it."""
        try:
            channel_id = await self.delivery.sender.direct_channel(user_id)
            async with self.delivery.pace.channel(channel_id):
                # Of the moment: the same organiser may have to hear of two groups.
                await self.delivery.sender.post(channel_id, card, nonce=f"care{moment.id}")
        except NotSent as error:
            log.info("organiser %s could not be told: %s", user_id, error.failure)
