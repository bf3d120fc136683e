"""Groups that need care: the bot cannot post for them, and their organiser should know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.ids import UserId
from bot.domain.moment import Moment, MomentState
from bot.services import groups as group_service
from bot.services.views import GroupView, Person
from bot.storage import groups, moments
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an organiser is told, once."""

    group: GroupView
    organiser_ids: tuple[UserId, ...]
    """Empty when they have been told."""


async def cannot_post(db: Database, moment: Moment, code: str, now: datetime) -> Trouble | None:
    """End a moment that cannot be posted and mark its group; None when the group is gone."""

    def record(conn: Connection) -> Trouble | None:
        state = MomentState.FAILED
        moments.finish(conn, moment.guild_id, moment.id, state, now, reason=code)
        new = groups.set_care(conn, moment.guild_id, moment.group_id, code)
        group = groups.find(conn, moment.guild_id, moment.group_id)
        if group is None:
            return None
        nobody = Person(moment.guild_id, UserId(0), "")
        view = group_service.view(conn, nobody, group, now)
        return Trouble(view, view.organiser_ids if new else ())

    return await db.write(record)
