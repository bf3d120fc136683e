"""A reply's clauses: numbers and their units put together, and all of it cut where it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.lexicon import HOUR, METRE, MINUTE, Lexicon, Role, Unit
from bot.domain.reply_words import Mark, Sign, marks_of

AMOUNTS = frozenset({Sign.MINUTES, Sign.METRES})
BARE_NUMBERS = frozenset({Sign.NUMBER, Sign.GROUPED, Sign.CLOCK})
"""Numbers without a unit."""
_HALF = Fraction(1, 2)
_FULL_SCORE = 10
_HOURS_OF_CLOCK = 12
_SIXTY = 60
_ODD, _FILLER = Mark(Sign.ODD), Mark(Role.FILLER)


@dataclass(frozen=True, slots=True)
class Clause:
    """Marks between two breaks."""

    marks: tuple[Mark, ...]
    asked: bool
    """Whether it ends in a question mark."""


def clauses_of(text: str, lexicons: Sequence[Lexicon]) -> list[Clause] | None:
    """Take a reply apart; None where it is longer than an answer would be."""
    marks = marks_of(text, lexicons)
    return None if marks is None else list(_cut(_settled(_summed(_measured(marks)))))


def _role_at(marks: Sequence[Mark], at: int) -> Role | Sign | None:
    return marks[at].role if at < len(marks) else None


def _measured(marks: list[Mark]) -> Iterator[Mark]:
    """Put numbers and their units together; what then is a number has none."""
    at = 0
    while at < len(marks):
        mark, used = _amount(marks, at) or _counted(marks, at) or (marks[at], 1)
        if mark.role in AMOUNTS and _role_at(marks, at + used) is Role.COUNTED:
            mark, used = _FILLER, used + 1
        yield mark
        at += used


def _amount(marks: list[Mark], at: int) -> tuple[Mark, int] | None:
    """Read an amount that begins at `at`, with how many marks it takes."""
    number, used, extra = marks[at].number, 1, Fraction(0)
    if marks[at].role in (Sign.CLOCK, Sign.MINUTES, Sign.SCORE):
        return None
    if _role_at(marks, at + used) is Role.AND_A_HALF:
        extra, used = _HALF, used + 1
    unit = marks[at + used].unit if at + used < len(marks) else None
    if unit is None:
        return None
    if unit == METRE and marks[at].grouped is not None:
        number = marks[at].grouped
    if number is None:
        return (_ODD, used + 1) if marks[at].role is Sign.GROUPED else None
    if not extra and _role_at(marks, at + used + 1) is Role.AND_A_HALF:
        extra, used = _HALF, used + 1
    return _of(number + extra, unit), used + 1


def _of(number: Fraction, unit: Unit) -> Mark:
    if unit.metres:
        return Mark(Sign.METRES, number * unit.metres, unit)
    return Mark(Sign.MINUTES, number * unit.minutes, unit)


def _counted(marks: list[Mark], at: int) -> tuple[Mark, int] | None:
    """Read a number of something else: steps, an hour of the day, a score."""
    if marks[at].role not in BARE_NUMBERS:
        return None
    following = _role_at(marks, at + 1)
    if following is Role.COUNTED:
        return _FILLER, 2
    if following is Role.HOURLY:
        return Mark(Sign.HOUR), 2
    if following is Role.OUT_OF and at + 2 < len(marks) and marks[at + 2].number == _FULL_SCORE:
        return replace(marks[at], role=Sign.SCORE), 3
    return None


def _summed(given: Iterable[Mark]) -> Iterator[Mark]:
    """Add minutes to the hours before them: `1 h 10`, `1 hour and 10 minutes`."""
    marks, at = list(given), 0
    while at < len(marks):
        mark, used = marks[at], 1
        if mark.role is Sign.MINUTES and mark.unit == HOUR:
            linked = _role_at(marks, at + 1) in (Role.JOIN, Sign.STOP)
            after = at + 1 + linked
            minutes = _minutes_past(marks[after : after + 1], linked=linked)
            if minutes is not None and mark.number is not None and mark.number.denominator == 1:
                mark, used = replace(mark, number=mark.number + minutes, unit=MINUTE), 2 + linked
        yield mark
        at += used


def _minutes_past(marks: list[Mark], *, linked: bool) -> Fraction | None:
    """Read what follows hours as minutes of the next one; `m` is a minute there."""
    if not marks or marks[0].number is None or marks[0].number >= _SIXTY:
        return None
    role, unit = marks[0].role, marks[0].unit
    if (role is Sign.MINUTES and unit == MINUTE) or (role is Sign.METRES and unit == METRE):
        return marks[0].number
    return marks[0].number if role is Sign.NUMBER and not linked else None


def _settled(given: Iterable[Mark]) -> Iterator[Mark]:
    """Decide what a bare number or the word before one is, by what follows it."""
    marks, at = list(given), 0
    while at < len(marks):
        mark, following = marks[at], _role_at(marks, at + 1)
        if mark.role is Role.AT and following in BARE_NUMBERS:
            mark, at = replace(marks[at + 1], role=Sign.HOUR), at + 1
        elif mark.role is Role.LEVEL and following is Sign.NUMBER:
            mark, at = replace(marks[at + 1], role=Sign.SCORE), at + 1
        elif mark.role is Role.ABOUT:
            mark = _about(marks[at + 1] if at + 1 < len(marks) else None)
        elif mark.role is Role.COUNTED and following in BARE_NUMBERS:
            mark = _ODD
        elif mark.role in (Role.HOURLY, Role.COUNTED, Role.OUT_OF, Role.AND_A_HALF):
            mark = _FILLER
        elif mark.role in BARE_NUMBERS and _is_counting(following):
            mark = _ODD
        yield mark
        at += 1


def _about(following: Mark | None) -> Mark:
    """Read `about` as nothing before an amount; before a small number it may give the hour."""
    if following is None or following.role not in AMOUNTS | BARE_NUMBERS | {Sign.SCORE}:
        return Mark(Role.ASIDE)
    doubtful = following.number is None or following.number <= _HOURS_OF_CLOCK
    return _ODD if following.role in BARE_NUMBERS and doubtful else _FILLER


def _is_counting(following: Role | Sign | None) -> bool:
    """Say whether a bare number counts what follows, or stands before another number."""
    return following is Sign.UNKNOWN or following in AMOUNTS | BARE_NUMBERS


def _cut(marks: Iterable[Mark]) -> Iterator[Clause]:
    """Split at stops and at words that begin a clause; doubt begins one unless of another day."""
    clause, asked, elsewhere = list[Mark](), False, False
    for mark in marks:
        if mark.role is Sign.QUESTION:
            if clause or not asked:
                yield Clause(tuple(clause), asked=True)
            clause, asked, elsewhere = [], True, False
            continue
        breaks = mark.role in (Sign.STOP, Role.BREAK)
        if clause and (breaks or (mark.role is Role.HEDGE and not elsewhere)):
            yield Clause(tuple(clause), asked=False)
            clause, elsewhere = [], False
        if not breaks:
            clause.append(mark)
            asked, elsewhere = False, elsewhere or mark.role is Role.OTHER_DAY
    if clause:
        yield Clause(tuple(clause), asked=False)
