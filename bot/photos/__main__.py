"""Reads a picture from standard input and writes it anew to standard output."""

from __future__ import annotations

import sys
from contextlib import suppress

from bot.photos import UNREADABLE, UnreadablePicture
from bot.photos.anew import written_anew

MEMORY = 1024**3
"""Bytes of address space for one picture."""


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # Not everywhere, and not to every height.
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> int:
    """Do it, and return the exit code."""
    _limit_memory()
    try:
        made = written_anew(sys.stdin.buffer.read())
    except UnreadablePicture:
        return UNREADABLE
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
