"""A server with the real bot in it, and what people do there, each in a word.

`open_village` runs the bot over the sandbox's world and judges, as it closes, everything the bot
did: every request against Discord's document (where that is at hand) and our own rules beyond it,
every answer for being private, every streak by folding it anew, and the logs for errors.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import discord
from simcord import ChannelHandle, Env, InteractionResult, MemberActor
from simcord.backend.models import Interaction, Overwrite
from simcord.enums import OverwriteType
from sqlalchemy import Connection, update

from bot.app import build
from bot.config import Settings
from bot.sandbox.world import ONE_SHARD, World
from bot.services.auditing import audit
from bot.storage.database import Database, open_database
from bot.storage.tables import groups
from bot.ui.pictures.store import Pictures
from tests.end_to_end.cards import Message, kind_of, said
from tests.end_to_end.judgement import ErrorsLogged, faults

BERLIN = "Europe/Berlin"
MONDAY = datetime(2026, 3, 2, 5, tzinfo=UTC)
"""Six in the morning in Berlin."""
GROUP = "Early birds"
EVERYTHING = ("named", "pinged", "shown")
RARELY = 6 * 3600
"""Seconds between sweeps and heartbeats: each costs SimCord a step."""


@dataclass
class Village:
    """The world, its database, and shorthand for what its people do."""

    world: World
    db: Database
    settings: Settings
    pictures: Pictures | None = None
    zone: str = BERLIN
    public_answers: int = 0
    """How many answers the test meant to be seen by everyone."""
    interactions: list[Interaction] = field(default_factory=list[Interaction])
    """Everything that people pressed, typed or sent in."""

    @property
    def env(self) -> Env:
        return self.world.env

    @property
    def channel(self) -> ChannelHandle:
        return self.world.channel

    @property
    def rosa(self) -> MemberActor:
        """The owner of the server, who organises the group."""
        return self.world.organiser

    def now(self) -> datetime:
        return self.world.clock.now()

    async def until(self, day: str, at: str = "00:00", zone: str | None = None) -> None:
        """Let time pass until that wall-clock time of that day in the group's zone."""
        local = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=ZoneInfo(zone or self.zone))
        await self.world.clock.move_to(local.astimezone(UTC))

    async def wait(self, **span: float) -> None:
        """Let a `timedelta` of these arguments pass."""
        await self.world.clock.move_by(timedelta(**span))

    async def command(self, who: MemberActor, name: str, /, **options: object) -> str:
        """Run a command in the channel and return everything its answer says."""
        result = await who.slash(self.channel, name, **options)
        await self.eventually(lambda: result.acknowledged)
        return said(result)

    async def eventually(self, met: Callable[[], bool]) -> None:
        """Let the bot work until that is so: SimCord does not see it wait for PostgreSQL."""
        async with asyncio.timeout(20):
            while not met():
                await self.env.settle()
                await asyncio.sleep(0.005)

    async def set_up(self, zone: str = BERLIN, **options: object) -> str:
        self.zone = zone
        wanted = {"zone": zone, "channel": self.channel, "anyone_creates": True, **options}
        return await self.command(self.rosa, "setup", **wanted)

    async def create(
        self, name: str = GROUP, who: MemberActor | None = None, **options: object
    ) -> str:
        return await self.command(who or self.rosa, "group create", name=name, **options)

    async def plan(self, days: str = "daily", at: str = "07:30", **options: object) -> str:
        return await self.command(self.rosa, "schedule add", days=days, at=at, **options)

    def newcomer(self, name: str) -> MemberActor:
        """Somebody new on the server, in no group yet."""
        return self.world.invite(name)

    async def member(
        self, name: str, *consents: str, reach: str = "channel", goal: int = 3
    ) -> MemberActor:
        """Somebody new on the server who has joined the group."""
        who = self.world.invite(name)
        await self.join(who, *consents, reach=reach, goal=goal)
        return who

    async def join(
        self,
        who: MemberActor,
        *consents: str,
        group: str | None = None,
        reach: str = "channel",
        goal: int = 3,
    ) -> str:
        """Join the group, or change one's wishes in it, through the form."""
        named = {} if group is None else {"group": group}
        shown = await who.slash(self.channel, "group join", **named)
        return said(await self.send_form(who, shown, *consents, reach=reach, goal=goal))

    @staticmethod
    async def send_form(
        who: MemberActor,
        shown: InteractionResult,
        *consents: str,
        reach: str = "channel",
        goal: int = 3,
    ) -> InteractionResult:
        assert shown.modal is not None, said(shown)
        filled = {"reach": reach, "consents": list(consents), "goal": [str(goal)]}
        if "note_read" in str(shown.modal):
            filled["note_read"] = ["yes"]
        return await who.submit_modal(shown, filled)

    async def answer(
        self, who: MemberActor, label: str = "Done", message: Message | None = None
    ) -> str:
        """Press a button of the latest prompt, and return what is said privately."""
        return said(await who.click(message or self.prompt(), label=label))

    async def walk(self, who: MemberActor, *days: str, label: str = "Done") -> None:
        """Answer the prompt of each of these days, at eight."""
        for day in days:
            await self.until(day, "08:00")
            await self.answer(who, label)

    async def archive(self) -> None:
        """Archive every group behind the bot's back, as if an organiser elsewhere had."""
        await self.db.write(_archive, self.now())

    def prompts(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        return [one for one in self.posted(channel) if kind_of(one) == "prompt"]

    def prompt(self) -> discord.Message:
        """The latest prompt, as it looks now."""
        return self.prompts()[-1]

    def nudges(self) -> list[discord.Message]:
        return [one for one in self.posted() if kind_of(one) == "nudge"]

    def words_ahead(self) -> list[discord.Message]:
        return [one for one in self.posted() if kind_of(one) == "ahead"]

    def encouragements(self) -> list[discord.Message]:
        return [one for one in self.posted() if kind_of(one) == "encouragement"]

    def recaps(self) -> list[discord.Message]:
        return [one for one in self.posted() if kind_of(one) == "recap"]

    def posted(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """What everyone sees in a channel, oldest first."""
        return [one for one in (channel or self.channel).history() if not one.flags.ephemeral]

    @staticmethod
    def letters(who: MemberActor) -> list[discord.Message]:
        """The direct messages that somebody got from the bot."""
        return who.user.dm_channel.history()

    def clock_of(self, message: Message) -> str:
        """The wall-clock time of the group's zone at which a message was posted."""
        at = discord.utils.snowflake_time(message.id)
        return f"{at.astimezone(ZoneInfo(self.zone)):%H:%M}"

    def close_letters(self, who: MemberActor) -> None:
        """Have somebody take no direct messages."""
        path = f"/channels/{who.user.dm_channel.id}/messages"
        self.env.inject_error("POST", path, status=403, code=50007, times=None)

    def open_letters(self) -> None:
        """Have everybody take direct messages again."""
        self.env.backend.faults.clear()

    def refuse_posts(self) -> None:
        """Have Discord take nothing that is posted in the channel."""
        path = f"/channels/{self.channel.id}/messages"
        self.env.inject_error("POST", path, status=503, times=None)

    def take_posts(self) -> None:
        """Have Discord take what is posted again."""
        self.env.backend.faults.clear()

    def lose_gateway(self) -> None:
        """Tell the bot that its gateway is gone: nobody's click would reach it."""
        self.env.bot.dispatch("shard_disconnect", 0)

    def find_gateway(self) -> None:
        """Tell the bot that its gateway is there again."""
        self.env.bot.dispatch("shard_resumed", 0)

    def deny(self, *permissions: str, channel: ChannelHandle | None = None) -> None:
        """Take permissions in a channel from the bot, by an overwrite of that channel."""
        denied = discord.Permissions(**dict.fromkeys(permissions, True)).value
        bot_id = self.env.backend.bot_user.id
        overwrite = Overwrite(bot_id, OverwriteType.MEMBER, deny=denied)
        self.env.backend.set_overwrite((channel or self.channel).id, overwrite)

    def allow_again(self) -> None:
        """Give back what `deny` took."""
        self.env.backend.delete_overwrite(self.channel.id, self.env.backend.bot_user.id)

    async def restart(self, away: timedelta = timedelta(0)) -> None:
        """Stop the bot, let time pass without it, and start a new one on the same database."""
        await self.world.stop_bot()
        await self.world.clock.move_by(away)
        await self.world.start_bot(build(self.settings, self.db, pictures=self.pictures))

    def requests(self, method: str, ending: str) -> list[Any]:
        """The bodies of the bot's requests of that method whose path ends so."""
        return [
            one.json
            for one in self.env.http_requests
            if one.method == method and one.path.endswith(ending)
        ]


@asynccontextmanager
async def open_village(
    url: str,
    *,
    start: datetime = MONDAY,
    members_per_group: int = 100,
    pictures: Pictures | None = None,
    by_document: bool = True,
    **agenda: float,
) -> AsyncGenerator[Village]:
    """Run the bot on the migrated database at `url`, in a server where nothing is set up yet.

    `agenda` are agenda settings that differ from the quiet ones of these tests. Without `pictures`
    the bot tells everything in text; without `by_document` its requests are judged by our own rules
    alone.
    """
    settings = _settings(members_per_group, agenda)
    with ErrorsLogged() as logged:
        async with await open_database(url) as db:
            bot = build(settings, db, pictures=pictures)
            async with World.open(bot, start=start) as world:
                village = Village(world, db, settings, pictures)
                world.env._register_dispatch_observer(village.interactions.append)
                yield village
            judged = faults(
                world.env,
                village.interactions,
                village.public_answers,
                by_document=by_document,
            )
            problems = [*judged, *map(str, await audit(db)), *logged]
    assert not problems, "\n".join(problems)


def _archive(conn: Connection, now: datetime) -> None:
    conn.execute(update(groups).values(archived_at=now))


def _settings(members_per_group: int, agenda: dict[str, float]) -> Settings:
    settings = Settings.model_construct(discord=ONE_SHARD)
    quiet = {"sweep_seconds": RARELY, "heartbeat_seconds": RARELY, "redraw_seconds": 0.0}
    limits = settings.limits.model_copy(update={"members_per_group": members_per_group})
    return settings.model_copy(
        update={"agenda": settings.agenda.model_copy(update={**quiet, **agenda}), "limits": limits}
    )
