"""The demo's pictures: the board of each week, and every member's own card."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Self

from bot.sandbox.reading import Reader
from bot.sandbox.stage import Stage
from bot.services import standings
from bot.services.views import Person
from bot.ui.pictures.board import board_picture
from bot.ui.pictures.fonts import (
    font_files_for_pictures,
    simcord_font_directories,
    system_font_directories,
)
from bot.ui.pictures.me import me_picture
from bot.ui.pictures.render import Renderer
from bot.ui.words import words_in


class Album:
    """Draws into a directory; what raises NoPicture there raises it here."""

    def __init__(self, directory: Path, stage: Stage, reader: Reader, renderer: Renderer) -> None:
        self._directory = directory
        self._stage = stage
        self._reader = reader
        self._renderer = renderer
        self.count = 0
        """How many pictures have been drawn."""

    @classmethod
    @asynccontextmanager
    async def open(cls, directory: Path, stage: Stage, reader: Reader) -> AsyncGenerator[Self]:
        """Have a process ready that draws into `directory`, which must be there."""
        fonts = (*system_font_directories(), *simcord_font_directories())
        async with Renderer(font_files_for_pictures(fonts)) as renderer:
            yield cls(directory, stage, reader, renderer)

    async def add_board(self, on: date) -> None:
        """Draw the board of session streaks as it stands on `on`: ``board-2026-03-08.png``."""
        await self._draw(f"board-{on}", board_picture(await self._reader.board(), words_in()))

    async def add_cards(self) -> None:
        """Draw everybody's own card, in the order of joining: ``me-01.png`` and so on."""
        group = await self._reader.group()
        now = self._stage.world.clock.now()
        present = [one for one in await self._reader.members() if one.left_at is None]
        for number, member in enumerate(present, start=1):
            person = Person(group.guild_id, member.user_id, member.name)
            page = await standings.page(self._stage.db, person, now)
            if page is not None:
                await self._draw(f"me-{number:02}", me_picture(page, words_in()))

    async def _draw(self, name: str, svg: str) -> None:
        png = await self._renderer.png(svg)
        (self._directory / f"{name}.png").write_bytes(png)
        self.count += 1
