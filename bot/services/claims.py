"""Taking due moments, one process each, and saying how they ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.ids import ChannelId, MessageId
from bot.domain.moment import Moment, MomentState
from bot.storage import moments
from bot.storage.database import Database

BATCH = 200
"""How many moments are claimed at a time."""
FIRST_RETRY = timedelta(seconds=15)
LAST_RETRY = timedelta(minutes=15)


async def take(db: Database, *, by: str, lease: timedelta, now: datetime) -> list[Moment]:
    """Claim what is due, in the order to do it in; empty when nothing is."""
    return await db.write(moments.claim, by=by, now=now, until=now + lease, limit=BATCH)


async def begin_sending(
    db: Database, moment: Moment, *, by: str, lease: timedelta, now: datetime
) -> bool:
    """Say that a message goes out now; False when another process has taken the moment over."""
    return await db.write(moments.begin_sending, moment, by=by, now=now, until=now + lease)


async def sent(
    db: Database,
    moment: Moment,
    now: datetime,
    channel_id: ChannelId | None = None,
    message_id: MessageId | None = None,
) -> None:
    """Record a moment as done, with its message where it has one."""
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


async def let_go(db: Database, by: str) -> None:
    """Give back what a stopping process has claimed and not begun."""
    await db.write(moments.let_go, by)


async def next_due_at(db: Database) -> datetime | None:
    """Return when the next moment that nobody has claimed is due."""
    return await db.read(moments.next_due_at)
