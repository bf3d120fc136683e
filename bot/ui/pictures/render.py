"""From SVG to PNG, in a process of its own.

resvg holds the interpreter's lock while it draws, so a thread would not spare the event loop
(33 ms of lag against 1 ms). Import nothing heavy here: the drawing process imports this module.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Self

import resvg_py

from bot.ui.pictures.fonts import has_latin


class NoPicture(Exception):
    """There is no picture this time; the text twin stands alone."""


class NoFonts(NoPicture):
    """No face was found to draw with, so there will be no picture at all."""


class Renderer:
    """Draws pictures one after the other in one process, which starts with the first of them.

    Spawned, not forked: a fork would take the event loop, the threads and the database along.
    """

    def __init__(self, font_files: Sequence[Path]) -> None:
        """Take the files of the faces to draw with; others are not looked for."""
        self._files = [str(path) for path in font_files]
        self._able = has_latin(font_files)
        self._pool: ProcessPoolExecutor | None = None
        self._closed = False

    async def png(self, svg: str) -> bytes:
        """Return `svg` as a PNG file of the same size.

        Raises NoFonts where no face was found, NoPicture where drawing failed or after `close`.
        """
        if not self._able:
            raise NoFonts("no file of Noto Sans was found")
        if self._closed:
            raise NoPicture("closed")
        pool = self._pool = self._pool or _new_pool()
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(pool, _drawn, svg, self._files)
        except BrokenProcessPool as error:
            self._drop(pool)
            raise NoPicture("the drawing process has died") from error
        except ValueError as error:
            raise NoPicture(str(error)) from error

    async def close(self) -> None:
        """Let the pictures under way be finished, then end the process. May be called again."""
        self._closed = True
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown)

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

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        """Forget a pool that broke, so that the next picture starts another one."""
        if self._pool is pool:
            self._pool = None
        pool.shutdown(wait=False)


def _new_pool() -> ProcessPoolExecutor:
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=spawn, initializer=_leave_interrupts_to_the_bot)


def _leave_interrupts_to_the_bot() -> None:
    """Ctrl-C reaches every process of a terminal; only the bot is to answer it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _drawn(svg: str, font_files: list[str]) -> bytes:
    try:
        return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=font_files)
    except BaseException as error:  # noqa: BLE001 - a panic is no Exception, and cannot be pickled
        raise ValueError(f"{type(error).__name__}: {error}") from None
