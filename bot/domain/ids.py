"""Identifiers, one type each, so that a group's id cannot be passed for a session's.

Discord's own ids are snowflakes; Amble's are made by `bot.storage.ids` in the same shape.
"""

from typing import NewType

GuildId = NewType("GuildId", int)
UserId = NewType("UserId", int)
ChannelId = NewType("ChannelId", int)
MessageId = NewType("MessageId", int)

GroupId = NewType("GroupId", int)
MembershipId = NewType("MembershipId", int)
SlotId = NewType("SlotId", int)
SessionId = NewType("SessionId", int)
MomentId = NewType("MomentId", int)
NoticeId = NewType("NoticeId", int)
PairId = NewType("PairId", int)
OwnWordingId = NewType("OwnWordingId", int)
ExtraId = NewType("ExtraId", int)

LARGEST_ID = 2**63 - 1
"""What a column of 64 bits with a sign holds; Discord reaches it in 2084."""


def id_in(text: str) -> int | None:
    """Read an id as a picker hands it back; None for what is no id, or fits no column."""
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
    return int(text) if digits and int(text) <= LARGEST_ID else None
