"""Members' pictures, made harmless: turned upright, shrunk, and written anew from what can be seen.

Nothing else of the file that came is passed on: no place, no camera, no comment, no preview. A
decoder can be attacked and a small file can unfold to gigabytes, so each picture has a process of
its own (`bot.photos.__main__`), which knows none of the bot's secrets and is ended when it takes
too long.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import suppress

log = logging.getLogger(__name__)

MOST_BYTES = 10 * 1024**2
"""Of the file that comes in: what Discord takes of somebody who pays for no more."""
WITHIN = 20.0
"""Seconds that one picture may take."""
UNREADABLE = 3
"""The process's exit code for what is no picture, or none that is taken."""
PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""What the process learns of the bot's environment."""


class UnreadablePicture(Exception):
    """The file is no picture, or none of a kind that is taken."""


class Darkroom:
    """Makes pictures harmless, one after the other."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Semaphore(1)

    async def harmless(self, data: bytes) -> bytes:
        """Return a picture as a new JPEG file; raises UnreadablePicture."""
        async with self._one_at_a_time:
            code, made = await _process(data)
        if code != 0 or not made:
            if code != UNREADABLE:
                log.warning("a member's picture ended its process with %s", code)
            raise UnreadablePicture(f"exit code {code}")
        return made


async def _process(data: bytes) -> tuple[int | None, bytes]:
    """Return the exit code and the output of a picture's own process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.photos",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
    )
    try:
        async with asyncio.timeout(WITHIN):
            made, _ = await process.communicate(data)
    except TimeoutError as error:
        raise UnreadablePicture("it took too long") from error
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            # Not `wait`: that goes on until what it had written is read.
            await process.communicate()
    return process.returncode, made
