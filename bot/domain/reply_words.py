"""A reply's words: from its text to marks, what each phrase in it says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache

from bot.domain.lexicon import SIGNS, Lexicon, Role, Unit
from bot.domain.schedule import Activity

LONGEST_TEXT = 200
"""Characters, mentions not counted: who writes more tells more than an answer."""
_LONGEST_FIGURE = 9
_SHORTEST_SWAPPED, _SHORTEST_DROPPED, _LONGEST_MENDED = 4, 7, 20
"""Letters of a word in which two may be swapped, in which one may be missing or too many."""
_SIXTY, _DAY_HOURS = 60, 24


class Sign(Enum):
    """What a mark says that no lexicon lists."""

    UNKNOWN = auto()
    ODD = auto()
    """What must not be passed over: a date, a price, a quotation."""
    NUMBER = auto()
    GROUPED = auto()
    """A number such as 3,000: in thousands to some, with three decimals to others."""
    CLOCK = auto()
    """A number such as 1:10, in minutes: how long it took, or an hour of the day."""
    SCORE = auto()
    """A number out of ten."""
    MINUTES = auto()
    METRES = auto()
    HOUR = auto()
    """An hour of the day, or the level after `at`."""
    STOP = auto()
    QUESTION = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a phrase of a reply says."""

    role: Role | Sign
    number: Fraction | None = None
    """Of MINUTES and METRES the amount; beside other roles what it is before a unit."""
    unit: Unit | None = None
    """The unit it names, or that its amount was given in."""
    activity: Activity | None = None
    grouped: Fraction | None = None
    """The number if its point was one of thousands."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    phrases: dict[tuple[str, ...], Mark]
    longest: int
    """Words of its longest phrase."""
    words: frozenset[str]
    """Every word of every phrase."""
    slips: dict[str, str]
    """Words as a slip may spell them; those that could be two words are left out."""


_ODD, _STOP, _UNKNOWN = Mark(Sign.ODD), Mark(Sign.STOP), Mark(Sign.UNKNOWN)
_HARMLESS = frozenset({Role.FILLER, Role.BEING, Role.COURTESY, Role.ASIDE})
"""Roles that a word is not given by a slip: it may well be another word."""


def marks_of(text: str, lexicons: Sequence[Lexicon]) -> list[Mark] | None:
    """Tell what a reply's phrases say, in order; None where it is longer than an answer would be.

    The words of all `lexicons` are known at once; where two differ over a phrase, the first counts.
    """
    text = _without_mentions(text)
    if len(text) > LONGEST_TEXT:
        return None
    vocabulary = _vocabulary(tuple(lexicons))
    tokens = [_mended(token, vocabulary) for token in _tokens(text)]
    return list(_marks(tokens, vocabulary))


# --- plain text -----------------------------------------------------------------------------------

_TOKEN = re.compile(r"(?<![\w.,])\.\d+|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|''+|\S|\n")
_MENTIONS = re.compile(r"<(?:@[!&]?|#)\d{1,20}>|(?<!\S)@\w{1,40}")
_PICTURES = re.compile(r"<a?:\w{1,40}:\d{1,20}>")
_SHAPES = (
    (re.compile(r"[^\S\n]+"), " "),
    (re.compile(r"(?<=[^\W\d_])`(?=[^\W\d_])"), "'"),
    (re.compile(r"~~"), '"'),
    (re.compile(r"(?m)^ ?#{1,3} "), " "),
    (re.compile(r"(?m)^ ?[-*•] (?=\D)"), " "),
    (re.compile(r"[*_|`]"), " "),
    (re.compile(r"(?<!\S)(?:[:;=]['-]?[()dp3/|]+|<3+|\^\^)(?!\S)"), ","),
    (re.compile(r"(?<=\d) ?/ ?(?=10(?!\d))"), "/"),
    (re.compile(r"(?<=\S) (?:[-–]+|/) |—|(?<=[^\W\d_])/(?=\d)"), " , "),
    (re.compile(r"(?<=\w)-(?=[^\W\d_])"), " "),
)
"""What is written for the eye, in order; a strike-through becomes a quotation mark: not said."""
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’\u2018\u02bc\u00b4\u2032", "'"),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("♀♂➡🏻🏼🏽🏾🏿", None),
        "½": "\u2064.5",
        "¼": "\u2064.25",
        "¾": "\u2064.75",
    }
)
_DROPPED = frozenset({"Mn", "Me", "Cf"})


def _without_mentions(text: str) -> str:
    return _PICTURES.sub(" , ", _MENTIONS.sub(" ", text)).strip()


def _plain(text: str) -> str:
    """Write small, without accents, marks of style, or anything that is not seen."""
    text = unicodedata.normalize("NFKC", text.translate(_ALIKE))
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_ALIKE)
    text = re.sub(r"(?<!\d)\u2064", " ", text)
    text = "".join(char for char in text if unicodedata.category(char) not in _DROPPED)
    for shape, written in _SHAPES:
        text = shape.sub(written, text)
    return text


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_plain(text))


# --- words ----------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _vocabulary(lexicons: tuple[Lexicon, ...]) -> _Vocabulary:
    phrases = dict[tuple[str, ...], Mark]()
    for lexicon in (SIGNS, *lexicons):
        for phrase, mark in _listed(lexicon):
            key = tuple(_tokens(phrase))
            phrases[key] = _merged(phrases.get(key), mark)
    for key, mark in list(phrases.items()):
        phrases.setdefault(tuple(word.replace("'", "") or word for word in key), mark)
    words = frozenset(word for key in phrases for word in key)
    return _Vocabulary(phrases, max(map(len, phrases)), words, _slips(phrases, words))


def _listed(lexicon: Lexicon) -> Iterator[tuple[str, Mark]]:
    for role, listed in lexicon.words.items():
        yield from ((phrase, Mark(role)) for phrase in listed)
    for role, by_activity in (Role.MOVE, lexicon.moves), (Role.ACTIVITY, lexicon.activities):
        for activity, listed in by_activity.items():
            yield from ((phrase, Mark(role, activity=activity)) for phrase in listed)
    yield from ((phrase, Mark(Sign.UNKNOWN, number)) for phrase, number in lexicon.numbers.items())
    yield from ((phrase, Mark(Sign.UNKNOWN, unit=unit)) for phrase, unit in lexicon.units.items())


def _merged(known: Mark | None, new: Mark) -> Mark:
    """Add to what is known of a phrase what it says besides."""
    if known is None:
        return new
    first = new if known.role is Sign.UNKNOWN else known
    return replace(
        first,
        number=new.number if known.number is None else known.number,
        unit=known.unit or new.unit,
    )


def _slips(phrases: dict[tuple[str, ...], Mark], words: frozenset[str]) -> dict[str, str]:
    telling = {word for key, mark in phrases.items() if mark.role not in _HARMLESS for word in key}
    found, twice = dict[str, str](), set[str]()
    for word in sorted(telling):
        for slip in _misspellings(word):
            if found.setdefault(slip, word) != word:
                twice.add(slip)
    return {slip: word for slip, word in found.items() if slip not in words and slip not in twice}


def _misspellings(word: str) -> Iterator[str]:
    if len(word) >= _SHORTEST_SWAPPED:
        for at in range(len(word) - 1):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) >= _SHORTEST_DROPPED:
        for at in range(1, len(word)):
            yield word[:at] + word[at + 1 :]


def _mended(word: str, vocabulary: _Vocabulary) -> str:
    """Return the word of the vocabulary that this one is a slip of, or is drawn out from."""
    if word in vocabulary.words or not word[0].isalpha():
        return word
    for letters in (r"\1", r"\1\1"):
        if (short := re.sub(r"(.)\1{2,}", letters, word)) in vocabulary.words:
            return short
    if word in vocabulary.slips:
        return vocabulary.slips[word]
    if not _SHORTEST_DROPPED < len(word) <= _LONGEST_MENDED:
        return word
    shorter = {word[:at] + word[at + 1 :] for at in range(1, len(word))} & vocabulary.words
    return shorter.pop() if len(shorter) == 1 else word


def _marks(tokens: list[str], vocabulary: _Vocabulary) -> Iterator[Mark]:
    """Take the longest phrase known at each place."""
    at = 0
    while at < len(tokens):
        for count in range(min(vocabulary.longest, len(tokens) - at), 0, -1):
            mark = vocabulary.phrases.get(tuple(tokens[at : at + count]))
            if mark is not None:
                break
        else:
            mark, count = _sole(tokens[at]), 1
        yield mark
        at += count


def _sole(token: str) -> Mark:
    """Read a token that no lexicon lists."""
    if token[-1].isdecimal():
        return _figure(token)
    if token[0].isalpha():
        return _UNKNOWN
    if token in "?؟¿":
        return Mark(Sign.QUESTION)
    if token in ":'":
        return Mark(Role.FILLER)
    if token in ".,;!()[]\n。、·…¡" or (unicodedata.category(token[0]) == "So" and token != "°"):
        return _STOP
    return _ODD


# --- numbers --------------------------------------------------------------------------------------

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_POINTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_DECIMAL = re.compile(r"\d*[.,]\d+")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")
_SCORE = re.compile(r"(\d{1,2})/10")


def _figure(token: str) -> Mark:
    """Read a number by its shape."""
    if len(token) > _LONGEST_FIGURE:
        return _ODD
    if token.isdecimal():
        return Mark(Sign.NUMBER, Fraction(int(token)))
    if _THOUSANDS.fullmatch(token):
        return Mark(Sign.GROUPED, grouped=Fraction(int(token.replace(",", ""))))
    if _DECIMAL.fullmatch(token):
        grouped = Fraction(int(token.replace(".", ""))) if _POINTED.fullmatch(token) else None
        return Mark(Sign.NUMBER, Fraction(f"0{token}".replace(",", ".")), grouped=grouped)
    if score := _SCORE.fullmatch(token):
        return Mark(Sign.SCORE, Fraction(int(score[1])))
    if (clock := _CLOCK.fullmatch(token)) and int(clock[1]) < _DAY_HOURS:
        minutes = Fraction(int(clock[1]) * _SIXTY + int(clock[2]))
        if clock[3] is None:
            return Mark(Sign.CLOCK, minutes)
        return Mark(Sign.MINUTES, minutes + Fraction(int(clock[3]), _SIXTY))
    return _ODD
