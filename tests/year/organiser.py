"""The organiser: a member who calls walks off, corrects, excuses, and sets how the group sounds."""

from __future__ import annotations

from datetime import date

from tests.end_to_end.cards import said
from tests.year.almanac import Walk
from tests.year.deeds import Answered, CalledOff, Looked, OwnOnly, OwnWords, Paused, Toned
from tests.year.hands import answer_id
from tests.year.walker import Walker


class Organiser(Walker):
    """Acts as the one who organises the group."""

    async def call_off(self, first: date, last: date) -> None:
        heard = await self.type("schedule skip", first=first.isoformat(), last=last.isoformat())
        self.keep(CalledOff(self.now(), self.name, said(heard), first, last))

    async def correct(self, other: Walker, walk: Walk, answer: str, why: str) -> None:
        """Set somebody's answer."""
        asked = answer_id(self.prompt(walk), answer)
        if asked is None:
            return
        options = {"session": asked.split(":")[3], "answer": answer, "reason": why}
        heard = said(await self.type("report correct", member=other.actor.user, **options))
        self.diary.answered(other.name, walk).append(answer)
        self.keep(Answered(self.now(), other.name, heard, walk.starts_at, answer, self.name))

    async def excuse(self, other: Walker, first: date, last: date, why: str) -> None:
        """Excuse somebody from a day to another, both included."""
        options = {"first": first.isoformat(), "last": last.isoformat(), "reason": why}
        heard = said(await self.type("report pause", member=other.actor.user, **options))
        self.keep(Paused(self.now(), other.name, heard, first, last, self.name))

    async def tone(self, tone: str) -> None:
        """Choose the voice in which the group is spoken to."""
        heard = said(await self.type("encouragement edit", tone=tone))
        self.keep(Toned(self.now(), self.name, heard, tone))

    async def add_words(self, text: str, situation: str | None) -> None:
        """Add words of the group's own, for a situation or for any."""
        options = {} if situation is None else {"situation": situation}
        heard = said(await self.type("encouragement add", text=text, **options))
        self.keep(OwnWords(self.now(), self.name, heard, text, situation, kept=True))

    async def remove_words(self, text: str, situation: str | None) -> None:
        """Take words of the group's own away again."""
        channel = self.village.channel
        found = await self.actor.autocomplete(channel, "encouragement remove", "wording", "")
        wording = next(str(one["value"]) for one in found if text[:20] in str(one["name"]))
        heard = said(await self.type("encouragement remove", wording=wording))
        self.keep(OwnWords(self.now(), self.name, heard, text, situation, kept=False))

    async def own_words(self, *, alone: bool) -> None:
        """Have the group's own words said alone, or beside Amble's again."""
        shown = await self.type("encouragement show")
        self.keep(Looked(self.now(), self.name, said(shown)))
        heard = await self.press_in(shown.response, f"amble:voice:{'own' if alone else 'both'}:")
        self.keep(OwnOnly(self.now(), self.name, said(heard), alone))

    async def rotate_buddies(self) -> None:
        """Have the buddies change every month."""
        self.keep(
            Looked(self.now(), self.name, said(await self.type("buddy rotate", monthly=True)))
        )
