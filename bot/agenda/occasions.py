"""What is done when a moment comes: one function a kind."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot import clock, metrics
from bot.agenda.delivery import Delivery, Standing
from bot.agenda.redraws import Redraws
from bot.agenda.roll_call import RollCall
from bot.agenda.sender import PASSING_FAILURES, Failure, NotSent
from bot.domain.ids import ChannelId, UserId
from bot.domain.moment import Moment, MomentKind
from bot.services import (
    care,
    claims,
    direct,
    encouraging,
    foretelling,
    notices,
    nudging,
    prompts,
    recapping,
    settling,
)
from bot.services.claims import PUT_OFF
from bot.services.settling import Settlement
from bot.services.told import NoticeView
from bot.services.views import AheadPost, EncouragementPost, Nudge, RecapPost
from bot.ui.ahead import ahead
from bot.ui.card import Card
from bot.ui.custom_ids import AnswerId, CareId, MeId
from bot.ui.encouragement import encouragement, encouragement_dm
from bot.ui.group import care_needed
from bot.ui.notices import notice_dm
from bot.ui.nudge import nudge, nudge_dm
from bot.ui.pictures.board import board_picture
from bot.ui.pictures.store import Pictures
from bot.ui.prompt import prompt
from bot.ui.recap import recap
from bot.ui.words import Words

log = logging.getLogger(__name__)

SENT, SKIPPED = "sent", "skipped"
SETTLEMENTS = {
    Settlement.PUT_OFF: PUT_OFF,
    Settlement.SKIPPED: SKIPPED,
    Settlement.SETTLED: SENT,
    Settlement.VOID: SENT,
}
"""What a settlement is counted as."""
WITHOUT_PICTURE = {Failure.FORBIDDEN, Failure.REJECTED}
"""Refusals that a message without its file may be spared: to attach one is a right of its own."""


@dataclass(frozen=True, slots=True)
class Occasions:
    """Does what is due: prepares by a service, renders, sends, records."""

    delivery: Delivery
    words: Words
    families: Mapping[str, tuple[str, ...]]
    redraws: Redraws
    roll_call: RollCall
    pictures: Pictures

    async def handle(self, moment: Moment) -> bool:
        """Do what a claimed moment is for; say whether Discord took or answered anything for it.

        Raises NotSent, LetGo.
        """
        handlers: dict[MomentKind, Callable[[Moment], Awaitable[bool]]] = {
            MomentKind.SETTLE: self._settle,
            MomentKind.WEEK: self._week,
            MomentKind.PROMPT: self._prompt,
            MomentKind.NUDGE: self._nudge,
            MomentKind.AHEAD: self._ahead,
            MomentKind.RECAP: self._recap,
            MomentKind.ENCOURAGE: self._encourage,
            MomentKind.NUDGE_DM: self._direct,
            MomentKind.ENCOURAGE_DM: self._direct,
            MomentKind.NOTICE_DM: self._direct,
            MomentKind.LATER: self._direct,
            MomentKind.CARE: self._care,
        }
        return await handlers[moment.kind](moment)

    async def cannot_post(self, moment: Moment, failure: Failure) -> None:
        """End a moment whose channel is gone or closed to the bot; its organisers hear of it."""
        await care.cannot_post(self.delivery.db, moment, failure.value, clock.now())

    async def _settle(self, moment: Moment) -> bool:
        settlement = await settling.settle(self.delivery.db, moment, clock.now())
        log.debug("settlement of session %s: %s", moment.session_id, settlement)
        metrics.moment_ended(moment.kind, SETTLEMENTS[settlement])
        if settlement is Settlement.SETTLED:
            self.redraws.ask(moment.guild_id, moment.session_id)
        return False

    async def _week(self, moment: Moment) -> bool:
        closed = await settling.close_week(self.delivery.db, moment, clock.now())
        metrics.moment_ended(moment.kind, SENT if closed else PUT_OFF)
        return False

    async def _prompt(self, moment: Moment) -> bool:
        drawn_at = clock.now()
        facts = await prompts.prepare(self.delivery.db, moment, drawn_at)
        if isinstance(facts, str):
            return await self._skip(moment, facts)
        card = prompt(facts, self.words)
        # A nudge has these buttons too, but only once the prompt has been recorded.
        marker = AnswerId.marker(facts.guild_id, facts.session_id)
        stands = await self.delivery.post(moment, facts.channel_id, card, marker)
        up_to_date = await prompts.posted(
            self.delivery.db, moment, stands.channel_id, stands.message_id, stands.at, drawn_at
        )
        _count_sent(moment)
        if not up_to_date or moment.tried_at is not None:
            # Things have changed; or it stands there since an earlier try, with an older tally.
            self.redraws.ask(moment.guild_id, moment.session_id)
        return True

    async def _nudge(self, moment: Moment) -> bool:
        await self.roll_call.of_group(moment.guild_id, moment.group_id)
        db = self.delivery.db
        facts = await nudging.prepare(db, moment, self.families, clock.now())
        if isinstance(facts, str):
            return await self._leave_out(moment, facts)
        if not facts.public:
            return await self._leave_out(moment, "nobody_in_channel")
        return await self._post(moment, facts, nudge(facts, self.words))

    async def _ahead(self, moment: Moment) -> bool:
        facts = await foretelling.prepare(self.delivery.db, moment, clock.now())
        if isinstance(facts, str):
            return await self._leave_out(moment, facts)
        return await self._post(moment, facts, ahead(facts, self.words))

    async def _recap(self, moment: Moment) -> bool:
        # The day's encouragement, which may name people, goes with it.
        await self.roll_call.of_group(moment.guild_id, moment.group_id)
        db = self.delivery.db
        facts = await recapping.prepare(db, moment, self.families, clock.now())
        if isinstance(facts, str):
            return await self._leave_out(moment, facts)
        png = await self._board_of(facts, moment)
        if png is not None:
            try:
                return await self._post(moment, facts, recap(facts, self.words, png))
            except NotSent as error:
                if error.failure not in WITHOUT_PICTURE:
                    raise
                log.info("a recap's picture was not taken (%s), its words go alone", error)
        return await self._post(moment, facts, recap(facts, self.words))

    async def _board_of(self, facts: RecapPost, moment: Moment) -> bytes | None:
        """Return a recap's board as a picture, if there is one; no second try waits for it."""
        board = facts.board
        if board is None or moment.tried_at is not None:
            return None
        return await self.pictures.find(partial(board_picture, board, self.words))

    async def _encourage(self, moment: Moment) -> bool:
        await self.roll_call.of_group(moment.guild_id, moment.group_id)
        db = self.delivery.db
        facts = await encouraging.prepare(db, moment, self.families, clock.now())
        if isinstance(facts, str):
            return await self._leave_out(moment, facts)
        return await self._post(moment, facts, encouragement(facts, self.words))

    async def _direct(self, moment: Moment) -> bool:
        found = await direct.prepare(self.delivery.db, moment, clock.now())
        if isinstance(found, str):
            return await self._leave_out(moment, found)
        match found.facts:
            case Nudge():
                card = nudge_dm(found.facts, self.words)
            case NoticeView():
                card = notice_dm(found.facts, moment.id, self.words)
            case EncouragementPost():
                card = encouragement_dm(found.facts, self.words)
        try:
            channel_id = await self._direct_channel(found.user_id)
            marker = MeId.marker(moment.id)
            stands = await self.delivery.post(moment, channel_id, card, marker)
        except NotSent as error:
            if error.failure in PASSING_FAILURES:
                raise
            if error.failure is not Failure.CLOSED:
                # This one is not taken; of the next ones that says nothing.
                await self._skip(moment, error.failure.value)
                return True
            await direct.refused(self.delivery.db, moment, clock.now())
            _count_skipped(moment, error.failure.value)
            return True
        return await self._sent(moment, stands, found.facts)

    async def _care(self, moment: Moment) -> bool:
        """Write to an organiser; where that is closed, `/group show` still says it."""
        group = await care.prepare(self.delivery.db, moment)
        if isinstance(group, str):
            return await self._skip(moment, group)
        try:
            channel_id = await self._direct_channel(moment.user_id)
            card = care_needed(group, moment.id, self.words)
            marker = CareId.marker(moment.id)
            stands = await self.delivery.post(moment, channel_id, card, marker)
        except NotSent as error:
            if error.failure in PASSING_FAILURES:
                raise
            return await self._skip(moment, error.failure.value)
        return await self._sent(moment, stands)

    async def _post(
        self, moment: Moment, facts: AheadPost | Nudge | EncouragementPost | RecapPost, card: Card
    ) -> bool:
        marker = MeId.marker(moment.id)
        stands = await self.delivery.post(moment, facts.channel_id, card, marker)
        return await self._sent(moment, stands)

    async def _sent(self, moment: Moment, stands: Standing, facts: object = None) -> bool:
        db = self.delivery.db
        if moment.kind is MomentKind.NOTICE_DM:
            # First: a crash in between must not have it told again by another way.
            told = facts if isinstance(facts, NoticeView) else None
            await notices.told_by_letter(db, moment, told, clock.now())
        await claims.sent(db, moment, clock.now(), stands.channel_id, stands.message_id)
        _count_sent(moment)
        return True

    async def _direct_channel(self, user_id: UserId) -> ChannelId:
        async with self.delivery.pace.request():
            return await self.delivery.sender.direct_channel(user_id)

    async def _leave_out(self, moment: Moment, reason: str) -> bool:
        """Record that nothing is to be said any more, unless an earlier try has said it.

        What was put off comes again, and looks then for what an earlier try may have left.
        """
        if reason == PUT_OFF:
            metrics.moment_ended(moment.kind, PUT_OFF)
            return False
        stands = await self.delivery.left_by_earlier_try(moment, MeId.marker(moment.id))
        if stands is not None:
            return await self._sent(moment, stands)
        return await self._skip(moment, reason)

    async def _skip(self, moment: Moment, reason: str) -> bool:
        await claims.skip(self.delivery.db, moment, reason, clock.now())
        _count_skipped(moment, reason)
        return False


def _count_sent(moment: Moment) -> None:
    late = (clock.now() - moment.due_at).total_seconds()
    metrics.moment_ended(moment.kind, SENT, late)


def _count_skipped(moment: Moment, reason: str) -> None:
    log.info("%s skipped: %s", moment.kind, reason)
    metrics.moment_ended(moment.kind, SKIPPED)
