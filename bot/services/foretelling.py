"""The word on the day before, for those who can say already that they cannot come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.domain.checkin import SessionState
from bot.domain.day import DAY, in_quiet
from bot.domain.moment import Moment
from bot.domain.schedule import local_date
from bot.services import access
from bot.services.expected import still_expected
from bot.services.schedules import as_upcoming
from bot.services.views import AheadPost
from bot.storage import memberships, sessions
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.sessions import Session


async def prepare(db: Database, moment: Moment, now: datetime) -> AheadPost | str:
    """Return the word ahead of a due moment, or the reason why there is none."""

    def collect(conn: Connection) -> AheadPost | str:
        group = access.group_to_post_for(conn, moment.guild_id, moment.group_id)
        if group is None:
            return "no_group"
        if local_date(now, group.zone) != moment.on - DAY:
            return "day_over"
        if in_quiet(now, group.rhythm.quiet, group.zone):
            return "quiet"
        coming = _to_come(conn, group, moment)
        if not coming:
            return "nothing_to_come"
        members = memberships.of_group(conn, group.guild_id, group.id)
        if not any(still_expected(conn, session, members) for session in coming):
            return "nobody"
        return AheadPost(
            moment_id=moment.id,
            guild_id=group.guild_id,
            group_id=group.id,
            channel_id=group.channel_id,
            group_name=group.name,
            sessions=tuple(as_upcoming(group, session) for session in coming),
        )

    return await db.read(collect)


def _to_come(conn: Connection, group: Group, moment: Moment) -> list[Session]:
    """Return the day's sessions whose prompts, which ask more, are not there yet."""
    of_day = sessions.of_day(conn, group.guild_id, group.id, moment.on)
    return [one for one in of_day if one.state is SessionState.PLANNED and one.posted_at is None]
