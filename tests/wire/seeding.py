"""Groups written into the database by the services themselves, before a bot is started."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot.domain.ids import ChannelId, GroupId, GuildId, UserId
from bot.services import Database, groups, joining, schedules, servers
from bot.services.limits import Limits
from bot.services.schedules import NewSlot
from bot.services.views import Person as Known
from bot.services.views import Wishes
from tests.wire.world import Channel, Guild, Person

EVERY_DAY = frozenset(range(7))
MANY = Limits(groups_per_server=2000, members_per_group=1000)
SEEN = Wishes(named=True, shown=True)


async def seed_group(
    db: Database,
    guild: Guild,
    channel: Channel,
    now: datetime,
    *,
    at: Sequence[str] = (),
    members: Sequence[Person] = (),
    wishes: Wishes = SEEN,
    name: str | None = None,
    zone: str = "Europe/Berlin",
) -> GroupId:
    """Make a group of a server's owner that meets in `channel` each day at each of `at` ("07:30").

    The group is called after its channel unless named. What is due is planned by the bot as it
    starts. `now` is when all of this happens.
    """
    owner = known(guild.owner, manages=True)
    await servers.set_up(
        db, owner, now, zone=zone, channel_id=ChannelId(channel.id), anyone_creates=True
    )
    view = await groups.create(
        db, owner, now, MANY, name=name or channel.name, channel_id=ChannelId(channel.id)
    )
    for one in at:
        slot = NewSlot(EVERY_DAY, time.fromisoformat(one))
        await schedules.add_slot(db, owner, view.group_id, slot, now, MANY)
    for one in members:
        await joining.join(db, known(one), view.group_id, wishes, now, note_read=True)
    return view.group_id


def known(person: Person, *, manages: bool = False) -> Known:
    """Return a person as the services know them."""
    return Known(GuildId(person.guild_id), UserId(person.id), person.name, manages_server=manages)
