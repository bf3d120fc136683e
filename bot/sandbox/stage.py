"""The real bot on a fresh database file, in a simulated server."""

import shutil
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from discord.ext import commands

from bot.app import build
from bot.config import AgendaSettings, Settings
from bot.sandbox.world import ONE_SHARD, World
from bot.storage import ids, migrate
from bot.storage.database import Database, open_database
from bot.ui.pictures.store import Pictures

CogOf = Callable[[Database], commands.Cog]
"""Makes a cog that only the sandbox's bot has."""

# Each timer costs a step of the clock, and nothing goes wrong here that a sweep would have to
# mend: a heartbeat every half minute would be eighty thousand steps in a month.
_CALM = AgendaSettings.model_construct(
    sweep_seconds=21600, heartbeat_seconds=21600, redraw_seconds=0.0
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A world, and the database of the bot in it."""

    world: World
    db: Database

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        start: datetime,
        extra: CogOf | None = None,
        *,
        keep: Path | None = None,
        pictures: Pictures | None = None,
    ) -> AsyncGenerator[Self]:
        """Build everything at `start`, and take it down at the end.

        Nothing is left but the database, where `keep` names a file for it. Equal calls give equal
        ids. Without `pictures` the bot tells everything in text.
        """
        ids.restart(0)
        settings = Settings.model_construct(agenda=_CALM, discord=ONE_SHARD)
        with TemporaryDirectory(prefix="amble-sandbox-") as directory:
            file = Path(directory) / "amble.db"
            url = f"sqlite:///{file}"
            await migrate.ensure(url, migrate_at_start=True)
            async with await open_database(url) as db:
                bot = build(settings, db, pictures=pictures)
                if extra is not None:
                    await bot.add_cog(extra(db))
                async with World.open(bot, start=start) as world:
                    yield cls(world, db)
            if keep is not None:
                shutil.copyfile(file, keep)
