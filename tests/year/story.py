"""The days of a year as a story: who came, what was said to those who did not, who was back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from tests.year.almanac import DAY, clock
from tests.year.deeds import KEPT, Answered, Cheered
from tests.year.happenings import happenings
from tests.year.ledger import Ledger, Session
from tests.year.prose import counted, day, escaped, listed, name, names, quoted, sentence
from tests.year.reading import AT_RISK, BUDDY_MISSED, LETTER, RECAP, WAY_BACK, Said, names_in

LATEST = datetime.max.replace(tzinfo=UTC)
KINDS = {
    "first_week": "a first week",
    "first_miss": "a first miss",
    "second_miss": "a second miss in a row",
    "several_misses": "several misses in a row",
    "token_used": "a miss that a rest token covers",
    "long_away": "a long time away",
    "most_missed": "a day that most of them missed",
}
LETTER_AGAIN = timedelta(days=12)
"""How soon private words of the same kind are quoted again."""
PRIVATELY = {
    WAY_BACK: "{who} was offered a way back, {how}:",
    AT_RISK: "{who} had asked to hear of a day that carries a streak on, and heard, {how}:",
    BUDDY_MISSED: "{who} heard, {how}, of a buddy who had not been there:",
}


class Story:
    """Tells the days in order; what has been told lately is not told again."""

    def __init__(self, ledger: Ledger) -> None:
        """Sort what was said by the day it is about."""
        self.ledger, self.year, self._reading = ledger, ledger.year, ledger.reading
        self._words = {self._about(one): one for one in self._reading.encouragements()}
        self._letters: dict[date, list[Said]] = {}
        for one in self._reading.everything(LETTER):
            self._letters.setdefault(self._about(one), []).append(one)
        self._recaps = {self.year.day_of(one.at): one for one in self._reading.everything(RECAP)}
        self._letter_on: dict[str, date] = {}
        self._explained: set[tuple[str, str]] = set()

    def day(self, on: date) -> Iterator[str]:
        """Tell a day in paragraphs, and what was said on the morning after; nothing if dull."""
        if on in self._recaps:
            yield from self._recap(on, self._recaps[on])
        every = self.ledger.sessions
        sessions = [one for one in every if one.on == on and one.settled_at is not None]
        head = [*happenings(self.ledger, on)]
        if sessions:
            head.insert(0, self._came(sessions))
        if on in self.year.weather:
            head.insert(0, self.year.weather[on])
        if head:
            yield f"**{day(on)}.** {' '.join(head)}"
        if on in self._words:
            yield from self._said(on, self._words[on])
        yield from self._letter(on)
        yield from self._privately(on)

    def _about(self, one: Said) -> date:
        today = self.year.day_of(one.at)
        days = [
            on
            for on, settled_at in self.ledger.days_settled()
            if self.year.day_of(settled_at) == today and settled_at <= one.at
        ]
        return max(days)

    @staticmethod
    def _recap(on: date, one: Said) -> Iterator[str]:
        figures = next((line for line in one.post.first.raw.splitlines() if "📅" in line), "")
        yield f"*On {on:%A} morning, the week that was:*"
        yield quoted([one.text, figures])

    def _came(self, sessions: list[Session]) -> str:
        return " ".join(self._came_to(one, several=len(sessions) > 1) for one in sessions)

    def _came_to(self, session: Session, *, several: bool) -> str:
        outcomes = [
            outcome
            for who in self.year.people
            if (outcome := self.ledger.outcome(who, session, LATEST)) is not None
        ]
        came = sum(one in KEPT for one in outcomes)
        at = f" at {session.starts_at.astimezone(self.year.zone):%H:%M}" if several else ""
        if came == len(outcomes):
            return f"Everyone came{at}, all {came} of them."
        others = [
            counted(count, one, many)
            for outcome, one, many in (
                ("rest", "rested", "rested"),
                ("sore", "had a sore back", "had sore backs"),
            )
            if (count := outcomes.count(outcome))
        ]
        also = f"; {listed(others)}" if others else ""
        return f"{came} of {len(outcomes)} came{at}{also}."

    def _said(self, on: date, one: Said) -> Iterator[str]:
        thinking = next(
            (line for line in one.post.first.raw.splitlines() if line.startswith("Thinking of")), ""
        )
        yield quoted([one.text, thinking])
        within = any(again.is_one_of((RECAP,)) for again in self._reading.said(one.post))
        what = KINDS[one.kind] if one.kind is not None else "the group's own words"
        notes = [
            f"{sentence(what)}{', told with the week' if within else ''}.",
            *self._cheered(one),
            *self._taken_out(on, one),
            *self._back(on, one),
            *self._unnamed(on, one),
        ]
        yield f"*{' '.join(notes)}*"

    def _cheered(self, one: Said) -> Iterator[str]:
        """Say who cheered those on who were named, on the same day."""
        named = {*names_in(one.thinking, self.year.people)}
        fans = [
            deed.who
            for deed in self.year.deeds
            if isinstance(deed, Cheered)
            and named.intersection(deed.whom)
            and self.year.day_of(deed.at) == self.year.day_of(one.at)
        ]
        if fans:
            yield f"A cheer came from {names(dict.fromkeys(fans))}."

    def _taken_out(self, on: date, one: Said) -> Iterator[str]:
        now = self._reading.said_in(one.post, one.post.last)
        last = next((again for again in now if again.key == one.key), one)
        stay = names_in(last.thinking, self.year.people)
        gone = [who for who in names_in(one.thinking, self.year.people) if who not in stay]
        answered = {
            deed.who: deed.by
            for deed in self.year.deeds
            if isinstance(deed, Answered) and self.year.day_of(deed.starts_at) == on
        }
        told = {
            "Rosa knew that {} did walk": [who for who in gone if answered.get(who, who) != who],
            "{} had walked, and said so later": [who for who in gone if answered.get(who) == who],
            "{} would rather not stand there": [who for who in gone if who not in answered],
        }
        for text, people in told.items():
            if people:
                went = "the name went" if len(people) == 1 else "the names went"
                yield f"{text.format(names(people))}: {went}."

    def _back(self, on: date, one: Said) -> Iterator[str]:
        back: dict[date, list[str]] = {}
        for who in names_in(one.thinking, self.year.people):
            session = self.ledger.returned(who, clock(on + DAY, time(0)))
            if session is not None:
                back.setdefault(session.on, []).append(who)
        told = [
            f"{names(people)} on {day(when)}{'' if when.month == on.month else f' {when:%B}'}"
            for when, people in sorted(back.items())
        ]
        if told:
            yield f"Back: {listed(told)}."

    def _unnamed(self, on: date, one: Said) -> Iterator[str]:
        """Say why some were not named, each reason once for each."""
        named = names_in(one.thinking, self.year.people)
        reasons: dict[str, list[str]] = {}
        for who in self.ledger.concerned(on, one.at):
            if who not in named:
                reason = self._reason(who, one)
                if (who, reason) not in self._explained:
                    self._explained.add((who, reason))
                    reasons.setdefault(reason, []).append(who)
        if reasons:
            told = [f"{names(people)} ({reason})" for reason, people in reasons.items()]
            yield f"Not named: {listed(told)}."

    def _reason(self, who: str, one: Said) -> str:
        wishes = self.ledger.wishes(who, one.at)
        if wishes is None or wishes.reach == "silent":
            return "silence by choice"
        if wishes.reach == "dm":
            return "letters by choice"
        if not wishes.named:
            return "no name by choice"
        lately = sum(
            who in names_in(other.thinking, self.year.people)
            and timedelta(0) < one.at - other.at < timedelta(days=7)
            for other in self._words.values()
        )
        return "twice this week already" if lately > 1 else "three names are enough"

    def _letter(self, on: date) -> Iterator[str]:
        """Quote one letter of a morning, if neither its situation nor its reader was lately."""
        for one in self._letters.get(on, []):
            kind, reader = one.kind or "", one.post.place
            lately = {self._letter_on.get(each) for each in (kind, reader)}
            if all(told_on is None or on - told_on > LETTER_AGAIN for told_on in lately):
                self._letter_on[kind] = self._letter_on[reader] = on
                yield f"By letter, to {name(reader)} alone, for {KINDS[kind]}:"
                yield quoted([one.text])
                return

    def _privately(self, on: date) -> Iterator[str]:
        """Quote what somebody was told alone, if nothing of the kind was quoted lately."""
        for family, text in PRIVATELY.items():
            told_on = self._letter_on.get(family)
            if told_on is not None and on - told_on <= LETTER_AGAIN:
                continue
            for whisper, match in self._reading.whispered(family):
                if self.year.day_of(whisper.at) == on:
                    self._letter_on[family] = on
                    how = "by letter" if whisper.letter else "with the answer to a click"
                    yield text.format(who=name(whisper.who), how=how)
                    line = match[0].removeprefix(f"**{self.year.group}** · ")
                    yield quoted([escaped(line)])
                    break
