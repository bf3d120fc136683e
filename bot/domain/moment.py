"""A moment: something due at an instant, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import (
    ChannelId,
    GroupId,
    GuildId,
    MembershipId,
    MomentId,
    NoticeId,
    SessionId,
    UserId,
)


class MomentKind(StrEnum):
    """What can be due, in the order in which it is done when several are due at once."""

    SETTLE = "settle"
    WEEK = "week"
    PROMPT = "prompt"
    NUDGE = "nudge"
    AHEAD = "ahead"
    """A word on the day before a day with sessions."""
    RECAP = "recap"
    """Before an encouragement, which it takes along."""
    ENCOURAGE = "encourage"
    NUDGE_DM = "nudge_dm"
    ENCOURAGE_DM = "encourage_dm"
    NOTICE_DM = "notice_dm"
    """What a member is to be told, for one who asked for direct messages."""
    LATER = "later"
    """Asking again a member who wanted to be asked in an hour."""
    CARE = "care"
    """A word to an organiser whose group the bot cannot post for."""


class MomentState(StrEnum):
    """Where a moment stands."""

    DUE = "due"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something due at an instant."""

    guild_id: GuildId
    id: MomentId
    group_id: GroupId
    kind: MomentKind
    subject: int
    membership_id: MembershipId
    """Whom a direct message is for; 0 for what concerns the whole group."""
    due_at: datetime
    attempts: int
    """How often it has been claimed, this time included."""
    wording: str | None
    """Its words, where they were drawn before."""
    tried_at: datetime | None = None
    """When its message was last about to be sent, so that it may stand there; None for never."""
    tried_channel_id: ChannelId | None = None
    """Where that was."""
    leading: str | None = None
    """The situation that its words are for, where they are for one."""

    @property
    def session_id(self) -> SessionId:
        """The session of a prompt or a settlement."""
        return SessionId(self.subject)

    @property
    def user_id(self) -> UserId:
        """The organiser whom a word of care is for."""
        return UserId(self.subject)

    @property
    def notice_id(self) -> NoticeId:
        """The notice that a direct message tells."""
        return NoticeId(self.subject)

    @property
    def on(self) -> date:
        """The day that a message of the day is about; the Monday of a week, also of its recap."""
        return date.fromordinal(self.subject)
