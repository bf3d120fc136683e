"""The bot's own process, with a disk that fails for a while under its database."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import open_database
from tests.faults.disk import Disk, compile_library
from tests.faults.storms_scene import AGENDA, HASTE, Scene
from tests.faults.storms_town import found_town
from tests.wire.processes import BotProcess
from tests.wire.server import open_discord

NOT_SAVED = "That was not saved. Try again in a minute"


@pytest.fixture
def disk(tmp_path: Path, sqlite_template: Path) -> Disk:
    """A disk of its own for the database; logs and settings stay where there is room."""
    directory = tmp_path / "data"
    directory.mkdir()
    shutil.copyfile(sqlite_template, directory / "amble.db")
    return Disk(directory, compile_library(tmp_path))


@pytest.fixture
async def here(disk: Disk, tmp_path: Path) -> AsyncIterator[Scene]:
    url = f"sqlite:///{disk.directory}/amble.db"
    environment = {**disk.environment, **HASTE}
    async with open_discord(judge=False) as discord, await open_database(url) as db:
        town = await found_town(discord, db, channels=1, people=2)
        bot = BotProcess(discord, url, tmp_path, agenda=dict(AGENDA), environment=environment)
        async with bot:
            yield Scene(discord, db, town, bot)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["full", "readonly"])
async def test_a_prompt_and_a_click_of_its_trouble_come_right_without_a_restart(
    here: Scene, disk: Disk, how: str
) -> None:
    anna, ben = here.town.walks[0].members
    await here.plan()
    await here.posted()
    assert NOT_SAVED not in await here.press(anna, here.newest()).answered()
    disk.fail(how)
    told = here.press(ben, here.newest())
    assert NOT_SAVED in await told.answered(12)
    assert told.ephemeral
    await here.plan(after=0.1)
    await here.logged("trying again at the next sweep")
    assert [len(posted) for posted in here.town.prompts(here.discord).values()] == [1, 0]
    disk.heal()
    assert NOT_SAVED not in await here.press(ben, here.newest()).answered()
    await here.posted()
    assert NOT_SAVED not in await here.press(anna, here.newest()).answered()
    await here.drawn()
    [logged] = await here.faults()
    assert "Trouble with the database since" in logged
    assert (here.bot.running, here.bot.starts) == (True, 1)
    assert [len(posted) for posted in here.town.prompts(here.discord).values()] == [1, 1]
    assert "The database works again" in here.bot.log
    code, seconds = await here.bot.terminate()
    assert (code, seconds < 10) == (0, True)
