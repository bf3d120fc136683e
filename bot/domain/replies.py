"""Reading a member's reply to a check-in prompt, in their own words. It never guesses.

A reply is cut into clauses, and what each of them says is decided by the roles its phrases have in
the lexicons; no word of any language stands here. Decided here:

- What says that it was not done, without a reason, is a rest. Pain given as a reason makes it sore.
- Pain beside something done leaves it done, and `sore`. An amount told after the pain is a part,
  unless it is called done.
- A yes answers only among words that are all known: it may agree to something else.
- Unknown words are passed over in a clause that says nothing else, and in a remark at its end:
  `walked with Anna`, but not `Anna walked`.
- Doubt, a question, what is still to come, another person, an odd number anywhere: not understood.
  Only a rest may stand beside another day (`can't today, maybe tomorrow`) or an unknown reason.
- Two amounts, activities or answers that contradict each other: not understood.
- A bare number is minutes. `1:10` is a duration up to 4:59, beyond that an hour of the day. `m` is
  metres, but after hours minutes. Fractions of a minute or a metre are rounded.
- 3,000 m are three thousand, 2,5 km are two and a half, and 3,000 km are not understood.
- More than 200 characters, or more than two clauses of other talk first: not understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.checkin import METRES, MINUTES, PAIN, Answer
from bot.domain.lexicon import Lexicon, Role
from bot.domain.lexicon_en import EN
from bot.domain.reply_hearing import ACTS, HARMLESS, NUMBERS, REMARKS, Said, heard
from bot.domain.schedule import Activity

_BESIDE_ASSENT = HARMLESS | {Role.ASSENT, Role.HURTS, Role.PAINLESS, Role.BODY, Role.JOIN}
_OF_AMOUNTS = (NUMBERS | REMARKS | HARMLESS) | {
    Role.DID,
    Role.MOVE,
    Role.ACTIVITY,
    Role.OBJECT,
    Role.ONLY,
    Role.JUST,
    Role.JOIN,
    Role.DEGREE,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says."""

    answer: Answer
    minutes: int | None = None
    metres: int | None = None
    activity: Activity | None = None
    """None: the session's own."""
    pain: int | None = None
    """0 to 10."""
    sore: bool = False
    """Whether the member says that it hurts, also where they did something."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much was done, as told in words; all None where nothing was told."""

    minutes: int | None = None
    metres: int | None = None
    activity: Activity | None = None


def read_reply(text: str, lexicons: Sequence[Lexicon] = (EN,)) -> Reading | None:
    """Read a reply to a prompt; None where it is not understood. No text makes it raise.

    The words of all `lexicons` are known at once. Give the member's own language first: where two
    differ over a phrase, the first counts.
    """
    said = heard(text, lexicons)
    if said is None or not _agrees(said):
        return None
    return _kept(said) if said.claims else _not_kept(said)


def read_amount(text: str, lexicons: Sequence[Lexicon] = (EN,)) -> Amount | None:
    """Read a form's field for how much was done: `35 min, 2 miles`, `1:10`, `swim 20 min`.

    An empty field is an amount of nothing. None where the text is not understood, or says anything
    but how much of what.
    """
    if not text.strip():
        return Amount()
    said = heard(text, lexicons)
    if said is None or not _agrees(said) or said.doubtful or not said.roles <= _OF_AMOUNTS:
        return None
    amount = Amount(_sole(said.minutes), _sole(said.metres), _sole(said.activities))
    return None if amount == Amount() else amount


def _agrees(said: Said) -> bool:
    """Say whether no two things said contradict each other, and all are within bounds."""
    told = (said.minutes, MINUTES), (said.metres, METRES), (said.pain, PAIN)
    return (
        all(
            len(values) <= 1 and all(value in bounds for value in values) for values, bounds in told
        )
        and len(said.activities) <= 1
        and not (said.pain and Role.HURTS not in said.roles)
        and not {Role.HURTS, Role.PAINLESS} <= said.roles
    )


def _kept(said: Said) -> Reading | None:
    """Read what says that something was done."""
    minutes, metres, pain = _sole(said.minutes), _sole(said.metres), _sole(said.pain)
    if said.rests or said.doubtful:
        return None
    sure = minutes or metres or said.roles & ACTS
    if not sure and not said.roles <= _BESIDE_ASSENT:
        return None
    sore = Role.HURTS in said.roles and pain != 0
    if sore and any(number in PAIN for number in said.ambiguous):
        return None
    answer = Answer.PARTLY if said.part else Answer.DONE
    return Reading(answer, minutes, metres, _sole(said.activities), pain, sore)


def _not_kept(said: Said) -> Reading | None:
    """Read what says that nothing was done, and why."""
    pain = _sole(said.pain)
    if Role.HURTS in said.roles:
        return None if pain == 0 else Reading(Answer.SORE, pain=pain, sore=True)
    return Reading(Answer.REST) if said.rests else None


_Value = TypeVar("_Value")


def _sole(values: set[_Value]) -> _Value | None:
    return next(iter(values), None)
