"""Taking due moments, one process each, and saying how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import ChannelId, MessageId
from bot.domain.moment import Moment, MomentState
from bot.domain.shards import Shards
from bot.storage import moments
from bot.storage.database import Database

FIRST_RETRY = timedelta(seconds=15)
LAST_RETRY = timedelta(minutes=15)
OTHERS_AFTER = timedelta(seconds=15)
"""How long what is due for another process's shards is left to it."""
PUT_OFF = "put_off"
"""What a service says instead of a reason where it has put the moment off."""
LATE = timedelta(minutes=1)
"""A moment that waits for longer than this is late."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims: a process, for its shards, for a while each time."""

    name: str
    """Unique to this run of the process."""
    shards: Shards
    lease: timedelta


async def take(db: Database, by: Claimant, now: datetime, limit: int) -> list[Moment]:
    """Claim at most `limit` of what is due, in the order to do it in; empty when nothing is."""
    return await db.write(
        moments.claim,
        by.shards,
        OTHERS_AFTER,
        by=by.name,
        now=now,
        until=now + by.lease,
        limit=limit,
    )


async def hold(db: Database, moment: Moment, by: Claimant, now: datetime) -> bool:
    """Keep a claim for longer; False when another process has taken the moment over."""
    return await db.write(moments.hold, moment, by=by.name, until=now + by.lease)


async def begin_sending(
    db: Database, moment: Moment, channel_id: ChannelId, by: Claimant, now: datetime
) -> bool:
    """Say that a message goes out now; False when another process has taken the moment over."""
    return await db.write(
        moments.begin_sending, moment, channel_id, by=by.name, now=now, until=now + by.lease
    )


async def sent(
    db: Database,
    moment: Moment,
    now: datetime,
    channel_id: ChannelId,
    message_id: MessageId,
) -> None:
    """Record a moment as done, with its message."""
    await db.write(
        moments.finish,
        moment.guild_id,
        moment.id,
        MomentState.SENT,
        now,
        channel_id=channel_id,
        message_id=message_id,
    )


async def skip(db: Database, moment: Moment, reason: str, now: datetime) -> None:
    """Record that a moment came to nothing, and why."""
    state = MomentState.SKIPPED
    await db.write(moments.finish, moment.guild_id, moment.id, state, now, reason=reason)


async def try_again(db: Database, moment: Moment, now: datetime) -> None:
    """Have a moment due again after a while, longer each time."""
    wait = min(FIRST_RETRY * 2 ** min(moment.attempts - 1, 10), LAST_RETRY)
    await db.write(moments.try_again, moment.guild_id, moment.id, now + wait)


async def let_go(db: Database, by: Claimant) -> None:
    """Give back what a stopping process has claimed."""
    await db.write(moments.let_go, by.name)


async def take_over(db: Database) -> None:
    """Free every claim, as nobody else can be at work."""
    await db.write(moments.let_go)


async def next_due_at(db: Database, shards: Shards) -> datetime | None:
    """Return when there is next something to claim."""
    return await db.read(moments.next_due_at, shards, OTHERS_AFTER)


async def waiting(db: Database, now: datetime) -> tuple[int, int]:
    """Count the moments that are due, and those of them that are late."""
    return await db.read(moments.waiting, now, LATE)
