"""What a demo is asked for."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """How long, whose and where the life of the demo's group is."""

    days: int
    """Local days, from `start` on."""
    seed: int
    """Other seeds, other days of the same people."""
    zone: str
    """The group's time zone, an IANA name."""
    start: date
    """The first local day; not before SimCord's clock begins, 2026-01-01."""
    json: Path | None = None
    """Where the account of everything is written."""
    pictures: Path | None = None
    """The directory that gets boards and cards as PNG files."""
    database: Path | None = None
    """Where the bot's database is kept when all is over, for `amble audit` and the curious."""
