"""A channel of the kill town that is taken from the bot, and given back, again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import Connection, select

from bot.domain.ids import GroupId
from bot.domain.moment import MomentKind, MomentState
from bot.storage import tables
from bot.storage.database import Database
from tests.faults.tasks import Task
from tests.wire.server import WireDiscord
from tests.wire.world import Channel, Guild, Posted

NAME = re.compile(r"Group \d+")


@dataclass
class Lost:
    """Groups whose prompts go to that channel; their organiser is their server's owner."""

    guild: Guild
    channel: Channel
    groups: dict[GroupId, str] = field(default_factory=dict[GroupId, str])
    """Their names, which every letter of care says."""
    parked: list[Task] = field(default_factory=list[Task])
    """Prompts that show whether the channel is open: they become due only for that."""
    closed: bool = False
    troubles: int = 0
    """How often the channel was taken away."""

    def take_away(self, discord: WireDiscord) -> None:
        """Let the bot send nothing there; it may still read."""
        if not self.closed:
            self.closed = True
            self.troubles += 1
            discord.world.deny(self.channel, "send_messages")

    def give_back(self, discord: WireDiscord) -> None:
        """Let it send again."""
        if self.closed:
            self.closed = False
            discord.world.allow_again(self.channel)

    async def take_prompt(self, db: Database, rng: Random, *, troubled: bool) -> Task | None:
        """Take a prompt of a group that is marked as in trouble, or is not; None: there is none."""
        marked = await db.read(_marked)
        fit = [one for one in self.parked if (one.group_id in marked) is troubled]
        if not fit:
            return None
        task = rng.choice(fit)
        self.parked.remove(task)
        return task


def letters_of_care(discord: WireDiscord, lost: Lost) -> list[Posted]:
    """Return everything that the groups' organiser was written, oldest first."""
    return discord.messages(discord.world.letters_of(lost.guild.owner))


def faults_of_care(conn: Connection, lost: Lost, letters: list[Posted]) -> Iterator[str]:
    """Tell what of a trouble was told twice, of a group that has none, or not at all."""
    names = [found[0] for one in letters if (found := NAME.search(one.text))]
    for nonce, times in Counter(one.nonce for one in letters).items():
        if times > 1:
            yield f"the letter of moment {nonce} came {times} times"
    for name, times in Counter(names).items():
        if name not in lost.groups.values():
            yield f"{name} is said to be in trouble"
        elif times > lost.troubles:
            yield f"{times} letters on {name}, whose channel was lost {lost.troubles} times"
    written = {one.nonce for one in letters}
    table = tables.moments
    query = select(table).where(table.c.kind == MomentKind.CARE)
    told = {row.group_id: row for row in conn.execute(query)}
    for group_id in _marked(conn):
        row = told.get(group_id)
        if row is None or row.state != MomentState.SENT or str(row.id) not in written:
            yield f"nobody was told of the trouble of {lost.groups.get(group_id)}: {row}"


def _marked(conn: Connection) -> set[GroupId]:
    table = tables.groups
    ids = conn.execute(select(table.c.id).where(table.c.care.is_not(None))).scalars()
    return {GroupId(each) for each in ids}
