"""Groups that need care: the bot cannot post for them, and their organisers should know."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.domain.ids import UserId
from bot.domain.moment import Moment, MomentKind, MomentState
from bot.services import access
from bot.services import groups as group_service
from bot.services.views import GroupView, Person
from bot.storage import groups, moments
from bot.storage.database import Database


async def cannot_post(db: Database, moment: Moment, code: str, now: datetime) -> None:
    """End a moment that cannot be posted, and mark its group; its organisers are told once."""

    def record(conn: Connection) -> None:
        state = MomentState.FAILED
        moments.finish(conn, moment.guild_id, moment.id, state, now, reason=code)
        if not groups.set_care(conn, moment.guild_id, moment.group_id, code):
            return
        told = groups.organiser_ids(conn, moment.guild_id, moment.group_id)
        dues = [(MomentKind.CARE, user_id, now) for user_id in told]
        moments.end_care(conn, moment.guild_id, moment.group_id)
        moments.plan(conn, moment.guild_id, moment.group_id, dues)

    await db.write(record)


async def prepare(db: Database, moment: Moment) -> GroupView | str:
    """Return the group that an organiser is to be told of, or the reason why not."""

    def collect(conn: Connection) -> GroupView | str:
        group = access.group_to_post_for(conn, moment.guild_id, moment.group_id)
        if group is None:
            return "no_group"
        if group.care is None:
            return "mended"
        nobody = Person(moment.guild_id, UserId(0), "")
        return group_service.view(conn, nobody, group, moment.due_at)

    return await db.read(collect)
