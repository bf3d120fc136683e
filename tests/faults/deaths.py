"""Where the bot is to die next: at the steps first that it has not died at yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from tests.faults.steps import STEPS

TAKEN_OVER = "start.taken_over"
"""Only where a start frees all claims: on SQLite."""


class Deaths:
    """Draws steps, over all rounds of a run: what nobody died at comes again until somebody did."""

    def __init__(self, unmet: Iterable[str], again: Iterable[str], rng: Random) -> None:
        """Draw `unmet` in their order, and then from `again` as long as there is need."""
        self.unmet = list(unmet)
        self._again = list(again)
        self._rng = rng
        self._later: list[str] = []
        """What chance has drawn of `again` and nobody has taken."""

    @classmethod
    def everywhere(cls, dialect: str, rng: Random) -> Deaths:
        """Draw from all steps that a life on such a database can come to."""
        steps = [step for step in STEPS if step != TAKEN_OVER or dialect == "sqlite"]
        return cls(rng.sample(steps, len(steps)), steps, rng)

    def draw(self, possible: Callable[[str], bool]) -> str | None:
        """Take a step that can be reached now; None where none can."""
        for step in self.unmet:
            if possible(step):
                # Should it not be reached after all, the others have their turn first.
                self.unmet.remove(step)
                self.unmet.append(step)
                return step
        if not self._later:
            self._later = self._rng.sample(self._again, len(self._again))
        for step in self._later:
            if possible(step):
                self._later.remove(step)
                return step
        return None

    def met(self, step: str) -> None:
        """Note that the bot died there."""
        if step in self.unmet:
            self.unmet.remove(step)
