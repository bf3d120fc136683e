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
