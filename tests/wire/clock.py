"""Discord's own time: the real one, or the real one and an offset."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simcord import SetupError
from simcord._clock import Clock
from typing_extensions import override


class RealClock(Clock):
    """A clock for SimCord's backend that goes by itself, as ids and deadlines on a wire must."""

    def __init__(self) -> None:
        super().__init__()
        self.offset = timedelta(0)

    @override
    def now(self) -> datetime:
        now = datetime.now(UTC) + self.offset
        # SimCord compares instants as text, and a whole second is written without its fraction.
        return now.replace(microsecond=now.microsecond or 1)

    @override
    def advance(self, seconds: float) -> None:
        raise SetupError("real time passes by itself; set the offset for another day")
