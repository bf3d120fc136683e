"""Listening to a reply clause by clause: what is said, and what keeps it from being understood.

By roles alone: no word of any language stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, takewhile
from math import floor

from bot.domain.lexicon import Lexicon, Role
from bot.domain.reply_clauses import AMOUNTS, BARE_NUMBERS, Clause, clauses_of
from bot.domain.reply_words import Mark, Sign
from bot.domain.schedule import Activity

ACTS = frozenset({Role.DONE, Role.DID, Role.MOVE, Role.PARTLY})
"""What says that something was done."""
REMARKS = frozenset({Role.ASIDE, Role.WITHIN, Role.AT})
"""What opens a remark."""
HARMLESS = frozenset({Role.COURTESY, Role.FILLER, Role.BEING})
NUMBERS = AMOUNTS | BARE_NUMBERS | {Sign.SCORE}

_REFUSALS = frozenset({Role.REFUSAL, Role.NEGATION})
_REFUSABLE = frozenset({Role.DONE, Role.DID, Role.OBJECT, Role.MOVE, Role.ACTIVITY, Role.BARE})
_HALF_REFUSED = NUMBERS | {
    Role.PARTLY,
    Role.ONLY,
    Role.JUST,
    Role.DEGREE,
    Role.HURTS,
    Role.NEGATION,
}
"""What after a refusal leaves open what is refused, or how much of it."""
_RESTS = frozenset({Role.REST, Role.REFUSAL})
_TELLING = (ACTS | _REFUSALS | NUMBERS) | {
    Role.ASSENT,
    Role.ACTIVITY,
    Role.HURTS,
    Role.PAINLESS,
    Role.REST,
}
"""What may bear on the answer."""
_STRANGERS = frozenset({Sign.UNKNOWN, Role.OTHERS})
_LEAVES_OPEN = frozenset({Role.PLAN, Role.LOOMING, Role.BARE})
_LONGEST_CLOCK = 5 * 60
_LONGEST_LEAD = 2
"""Clauses of other talk that may come before the answer."""


@dataclass(slots=True)
class Said:
    """What the clauses of a reply say together; two values in a set contradict each other."""

    roles: set[Role | Sign] = field(default_factory=set[Role | Sign])
    minutes: set[int] = field(default_factory=set[int])
    metres: set[int] = field(default_factory=set[int])
    activities: set[Activity] = field(default_factory=set[Activity])
    pain: set[int] = field(default_factory=set[int])
    claims: bool = False
    """Whether something was done, all of it or a part."""
    rests: bool = False
    """Whether it says that it is not done."""
    part: bool = False
    """Whether what was done was a part."""
    doubtful: bool = False
    """Whether a clause speaks of another day, or of a reason that is not understood."""
    ambiguous: set[int] = field(default_factory=set[int])
    """Bare numbers, taken as minutes, that could as well be a level of pain."""
    lead: int = 0
    """Clauses of other talk before the answer."""


def heard(text: str, lexicons: Sequence[Lexicon]) -> Said | None:
    """Listen to every clause of a reply; None where one of them is not understood."""
    clauses = clauses_of(text, lexicons)
    said = Said()
    if clauses is None or not all(_hear(clause, said) for clause in clauses):
        return None
    return said


def _hear(clause: Clause, said: Said) -> bool:
    """Add what a clause says to what was said; False where it is not understood."""
    roles = {mark.role for mark in clause.marks}
    if clause.asked:
        return Role.COURTESY in roles and roles <= HARMLESS
    if Sign.ODD in roles:
        return False
    if Role.OTHER_DAY in roles:
        said.doubtful = True
        return True
    if Role.HEDGE in roles:
        return False
    if not roles & _TELLING:
        return _hear_talk(roles, said)
    if _has_stranger(clause.marks):
        said.doubtful = True
        return roles & _TELLING <= _RESTS
    return _hear_answer(clause.marks, said)


def _hear_talk(roles: set[Role | Sign], said: Said) -> bool:
    """Hear a clause that says nothing of the session."""
    if Sign.UNKNOWN in roles and not said.roles & _TELLING:
        said.lead += 1
    said.roles |= roles
    return said.lead <= _LONGEST_LEAD and not roles & _LEAVES_OPEN


def _has_stranger(marks: tuple[Mark, ...]) -> bool:
    """Say whether there are unknown words or other people outside a remark, or people who act."""
    roles = [mark.role for mark in marks]
    if any(one is Role.OTHERS and two in ACTS for one, two in pairwise(roles)):
        return True
    return any(role in _STRANGERS for role in takewhile(lambda role: role not in REMARKS, roles))


def _hear_answer(marks: tuple[Mark, ...], said: Said) -> bool:
    """Hear a clause that bears on the answer and has no strangers."""
    left = _unrefused(marks)
    if left is None:
        return False
    roles = {mark.role for mark in left}
    rests = len(left) < len(marks) or Role.REST in roles
    if _is_left_open(roles, rests=rests):
        return False
    said.rests |= rests
    said.claims |= bool(roles & {Role.DONE, Role.MOVE, Role.PARTLY, Role.ASSENT}) or _did_it(left)
    said.part |= Role.PARTLY in roles or (Role.ONLY in roles and bool(roles & NUMBERS))
    said.activities |= {mark.activity for mark in left if mark.activity is not None}
    understood = _Count(said).take_all(left)
    said.roles |= {mark.role for mark in marks}
    return understood


def _is_left_open(roles: set[Role | Sign], *, rests: bool) -> bool:
    """Say whether a clause speaks of what is not done yet; only a rest may be to come."""
    to_come = Role.LOOMING in roles and not roles & (ACTS | {Role.HURTS})
    return Role.BARE in roles or (not rests and (Role.PLAN in roles or to_come))


def _did_it(marks: tuple[Mark, ...]) -> bool:
    """Say whether a doing and its what stand together, before any unknown word."""
    known = {mark.role for mark in takewhile(lambda mark: mark.role not in _STRANGERS, marks)}
    return Role.DID in known and bool(known & {Role.OBJECT, Role.ACTIVITY})


def _unrefused(marks: tuple[Mark, ...]) -> tuple[Mark, ...] | None:
    """Take a refusal out of a clause together with what it refuses; None where that is unclear."""
    roles = [mark.role for mark in marks]
    at = next((at for at, role in enumerate(roles) if role in _REFUSALS), None)
    if at is None:
        return marks
    after = set(roles[at + 1 :])
    alone = not after & (_REFUSABLE - {Role.OBJECT})
    if after & _HALF_REFUSED or (alone and roles[at] is Role.NEGATION):
        return None
    refused = _REFUSABLE | _REFUSALS
    return marks[:at] + tuple(mark for mark in marks[at:] if mark.role not in refused)


class _Count:
    """Goes through a clause and gives each number its meaning by what was said before it."""

    def __init__(self, said: Said) -> None:
        self._said = said
        self._before = set[Role | Sign]()
        """Roles met in this clause."""
        self._last: Role | Sign | None = None
        self._hurting = False
        """Whether the last thing told is that it hurts."""

    def take_all(self, marks: tuple[Mark, ...]) -> bool:
        """Add the clause's numbers to what was said; False where one is unclear."""
        return all(self._take(mark) for mark in marks)

    def _take(self, mark: Mark) -> bool:
        self._hurting = mark.role is Role.HURTS or (self._hurting and mark.role not in ACTS)
        understood = self._take_number(mark)
        self._before.add(mark.role)
        self._last = mark.role
        return understood

    def _take_number(self, mark: Mark) -> bool:
        if mark.role is Sign.SCORE or (self._hurting and mark.role in {Sign.NUMBER, Sign.HOUR}):
            return self._take_pain(mark.number)
        if mark.role in AMOUNTS:
            return self._take_amount(mark)
        return mark.role not in BARE_NUMBERS or self._take_bare(mark)

    def _take_pain(self, level: Fraction | None) -> bool:
        if level is None or level.denominator != 1:
            return False
        self._said.pain.add(int(level))
        return True

    def _take_bare(self, mark: Mark) -> bool:
        """Take a whole number without a unit as minutes."""
        if mark.number is None or mark.number.denominator != 1:
            return False
        if mark.role is Sign.CLOCK and mark.number >= _LONGEST_CLOCK:
            return False
        if self._before & REMARKS and self._last is not Role.WITHIN:
            return False
        if not self._before & (ACTS | {Role.ACTIVITY, Role.ONLY, Role.JUST}):
            self._said.ambiguous.add(int(mark.number))
        return self._take_amount(mark)

    def _take_amount(self, mark: Mark) -> bool:
        if mark.number is None or self._hurting or Role.BODY in self._before:
            return False
        if not (self._is_told() or self._said.metres):
            return False
        after_pain = Role.HURTS in self._said.roles | self._before
        done = Role.DONE in self._said.roles | self._before
        self._said.claims = True
        self._said.part |= self._last is Role.JUST or (after_pain and not done)
        values = self._said.metres if mark.role is Sign.METRES else self._said.minutes
        values.add(floor(mark.number + Fraction(1, 2)))
        return True

    def _is_told(self) -> bool:
        """Say whether an amount here is what was done; `in`, `is` and a remark leave that open."""
        if self._last is Role.WITHIN:
            return bool(self._before & {Role.DID, Role.MOVE})
        if Role.BEING in self._before:
            return bool(self._before & ACTS)
        return not self._before & REMARKS or bool(self._before & (ACTS | {Role.ACTIVITY}))
