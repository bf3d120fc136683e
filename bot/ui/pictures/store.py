"""The pictures of a running bot: each drawn once, and kept while there is room."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from bot.ui.pictures.render import NoFonts, NoPicture, Renderer

log = logging.getLogger(__name__)

KEPT_BYTES = 32 * 1024 * 1024
"""Room for the pictures that are kept: some five hundred."""
DRAWN_WITHIN = 10.0
"""Seconds after which nobody waits for a picture any more; the first one starts a process."""


class Draws(Protocol):
    """What makes PNG files."""

    async def png(self, svg: str) -> bytes:
        """Return `svg` as a PNG file; raises NoPicture, NoFonts where there never will be one."""
        ...

    async def close(self) -> None:
        """End what was begun."""
        ...


class Pictures:
    """Hands out pictures; where there is none the text twin stands alone.

    A picture is known by what stands in it, so one is drawn anew as soon as a fact has changed, and
    equal ones that are asked for at the same time are drawn once.
    """

    def __init__(self, draws: Draws, room: int = KEPT_BYTES) -> None:
        """Have pictures drawn by `draws`, which is closed together with this; nothing starts yet.

        `room` is for the bytes of those that are kept.
        """
        self._draws = draws
        self._room = room
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._used = 0
        self._under_way: dict[bytes, asyncio.Task[bytes]] = {}
        self._able = True

    @classmethod
    def with_fonts(cls, files: Sequence[Path]) -> Self:
        """Have them drawn in a process of its own, which starts with the first; in these faces."""
        return cls(Renderer(files))

    @property
    def used(self) -> int:
        """Bytes of the pictures that are kept."""
        return self._used

    async def find(self, svg: Callable[[], str]) -> bytes | None:
        """Return what `svg` writes as a PNG file; None where there is no picture this time.

        Why not is in the log.
        """
        if not self._able:
            return None
        try:
            async with asyncio.timeout(DRAWN_WITHIN):
                return await self._png(svg())
        except NoFonts as error:
            self._able = False
            log.warning("no pictures, only text: %s", error)
        except NoPicture as error:
            log.warning("no picture: %s", error)
        except TimeoutError:
            log.warning("no picture: it took longer than %g s", DRAWN_WITHIN)
        except Exception:
            # A name that nobody thought of must not cost its reader the answer.
            log.exception("no picture: a fault in drawing")
        return None

    async def close(self) -> None:
        """Let what is being drawn be finished, and end the drawing process."""
        self._able = False
        await self._draws.close()

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        await self.close()

    async def _png(self, svg: str) -> bytes:
        key = hashlib.sha256(svg.encode()).digest()
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(self._draw(key, svg), name="picture")
            self._under_way[key] = task
            task.add_done_callback(_heard)
        # Others may wait for the same picture: one who gives up does not take it from them.
        return await asyncio.shield(task)

    async def _draw(self, key: bytes, svg: str) -> bytes:
        try:
            png = await self._draws.png(svg)
        finally:
            del self._under_way[key]
        self._keep(key, png)
        return png

    def _keep(self, key: bytes, png: bytes) -> None:
        if len(png) > self._room:
            return
        self._kept[key] = png
        self._used += len(png)
        while self._used > self._room:
            _, dropped = self._kept.popitem(last=False)
            self._used -= len(dropped)


class NoDrawing:
    """Draws nothing, where no pictures are wanted."""

    async def png(self, svg: str) -> bytes:  # noqa: ARG002 - as Draws has it
        """Raise NoFonts."""
        raise NoFonts("none are wanted here")

    async def close(self) -> None:
        """Do nothing."""


def _heard(task: asyncio.Task[bytes]) -> None:
    """Take note of a failure that nobody waits for any more."""
    if not task.cancelled():
        task.exception()
