"""A reply is read as its writer meant it, or not at all."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import METRES, MINUTES, PAIN, Answer
from bot.domain.lexicon import HOUR, MINUTE, SIGNS, Lexicon, Role, phrases, spelled
from bot.domain.lexicon_en import EN
from bot.domain.replies import Amount, Reading, read_amount, read_reply
from bot.domain.schedule import Activity
from tests.domain.reply_table import AMOUNTS, NO_AMOUNTS, NOT_UNDERSTOOD, UNDERSTOOD
from tests.domain.samples import unhurried

KNOWN = [(text, meant) for rows in UNDERSTOOD.values() for text, meant in rows]
UNKNOWN = [text for texts in NOT_UNDERSTOOD.values() for text in texts]
EVERY = [*(text for text, _ in KNOWN), *UNKNOWN]

FLEMISH = Lexicon(
    words={
        Role.DONE: phrases("klaar, gedaan"),
        Role.ONLY: phrases("maar, slechts"),
        Role.REFUSAL: phrases("nee, ik kan niet, kan niet"),
        Role.HURTS: phrases("pijn, doet pijn"),
        Role.BODY: phrases("rug"),
        Role.FILLER: phrases("ik, mijn, een, vandaag, heb"),
        Role.OTHER_DAY: phrases("morgen"),
        Role.AND_A_HALF: phrases("en een half"),
    },
    moves={Activity.WALK: phrases("gewandeld")},
    numbers={"een": Fraction(1), "een half": Fraction(1, 2), "een kwart": Fraction(1, 4)},
    units=spelled(MINUTE, "minuut, minuten") | spelled(HOUR, "uur"),
)
"""A few words of another language."""


def rows_of(table: dict[str, list[tuple[str, Reading]]]) -> Iterator[object]:
    for writer, rows in table.items():
        yield from (pytest.param(text, meant, id=f"{writer}: {text!r}") for text, meant in rows)


def texts_of(table: dict[str, list[str]]) -> Iterator[object]:
    for reason, texts in table.items():
        yield from (pytest.param(text, id=f"{reason}: {text[:50]!r}") for text in texts)


@pytest.mark.parametrize(("text", "meant"), [*rows_of(UNDERSTOOD)])
def test_a_reply_means(text: str, meant: Reading) -> None:
    assert read_reply(text) == meant


@pytest.mark.parametrize("text", [*texts_of(NOT_UNDERSTOOD)])
def test_nothing_is_guessed_from(text: str) -> None:
    assert read_reply(text) is None


@pytest.mark.parametrize(("text", "meant"), AMOUNTS)
def test_an_amount_means(text: str, meant: Amount) -> None:
    assert read_amount(text) == meant


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_no_amount_is_guessed_from(text: str) -> None:
    assert read_amount(text) is None


# --- any text -------------------------------------------------------------------------------------

words = st.sampled_from(
    sorted({word for listed in EN.words.values() for word in listed})
    + [word for listed in (*EN.moves.values(), *EN.activities.values()) for word in listed]
    + [word for listed in SIGNS.words.values() for word in listed]
    + [*EN.numbers, *EN.units, "anna", "house", "?", ".", ",", "\n", "-", "/", ":", "😀", "<@1>"]
)
numbers = st.integers(0, 700).map(str) | st.integers().map(str) | st.floats(0, 200).map(str)
times = st.builds("{}:{:02}".format, st.integers(0, 30), st.integers(0, 70))
pieces = words | numbers | times | st.integers(0, 12).map("{}/10".format)
sentences = st.builds(
    str.join, st.sampled_from([" ", "", ", ", " - "]), st.lists(pieces, max_size=12)
)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=4000) | sentences


def is_within_bounds(read: Reading | Amount) -> bool:
    return (read.minutes is None or read.minutes in MINUTES) and (
        read.metres is None or read.metres in METRES
    )


@unhurried
@given(anything)
def test_whatever_is_read_is_within_bounds(text: str) -> None:
    read = read_reply(text)
    if read is not None:
        assert is_within_bounds(read)
        assert read.pain is None or read.pain in PAIN
        assert read.sore or read.answer is not Answer.SORE
        assert read.answer.kept or read.minutes is read.metres is read.activity is None


@unhurried
@given(anything)
def test_whatever_amount_is_read_is_within_bounds(text: str) -> None:
    amount = read_amount(text)
    assert amount is None or is_within_bounds(amount)


@unhurried
@given(sentences | st.sampled_from(EVERY), st.text(" \t\u00a0", max_size=3))
def test_case_and_space_around_words_do_not_matter(text: str, space: str) -> None:
    meant = read_reply(text)
    assert read_reply(text.lower()) == meant
    assert read_reply(text.upper()) == meant
    assert read_reply(f"{space}{text}{space}") == meant


@pytest.mark.parametrize("text", [text for text in EVERY if len(text) < 90])
def test_wider_spaces_do_not_matter(text: str) -> None:
    assert read_reply(text.replace(" ", " \t")) == read_reply(text)


@pytest.mark.parametrize("text", [text for text, _ in KNOWN if not text.endswith("?")])
def test_a_question_is_no_answer(text: str) -> None:
    assert read_reply(f"{text}?") is None


@pytest.mark.parametrize("doubt", ["maybe", "almost", "not sure"])
@pytest.mark.parametrize("text", [text for text, _ in KNOWN])
def test_doubt_is_no_answer(doubt: str, text: str) -> None:
    assert read_reply(f"{text}, {doubt}") is None


@pytest.mark.parametrize("text", [text for text, _ in KNOWN])
def test_what_was_done_on_another_day_is_no_answer(text: str) -> None:
    read = read_reply(f"{text}, yesterday")
    assert read is None or not read.answer.kept


NASTY = [
    "1" * 4000,
    "1:" * 2000,
    "a'" * 2000,
    "<@" * 2000,
    "<a:" + "x" * 3997,
    "@" + "a" * 3999,
    "-" * 4000,
    "> " * 2000,
    ":" * 4000,
    " " * 3996 + "done",
    "done " * 800,
    "/10" * 1333,
    "<@1>" * 1000,
    "<@1>" * 900 + "done 30 min " * 16,
    "\ufdfa" * 200,
    "1h" * 100,
    "a" * 200,
    "no " * 66,
    "\u0301" * 4000,
    "yesterday " * 20,
]


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:12]))
def test_no_text_takes_long(text: str) -> None:
    read_reply("done")
    spent = list[float]()
    for _ in range(5):
        began = perf_counter()
        read_reply(text)
        spent.append(perf_counter() - began)
    assert min(spent) < 0.05


# --- round trips ----------------------------------------------------------------------------------


def spellings_of_minutes(minutes: int) -> Iterator[str]:
    hours, rest = divmod(minutes, 60)
    yield from (f"{minutes} min", f"{minutes}min", f"{minutes} minutes", f"{minutes}'")
    yield f"{minutes} MIN"
    if hours:
        yield from (f"{hours}h{rest:02}", f"{hours} h {rest} min", f"{hours}h{rest}m")
        yield f"{hours} hours and {rest} minutes"
    if minutes < 300:
        yield from (f"{hours}:{rest:02}", f"{hours}:{rest:02}:00")
    if minutes % 15 == 0:
        yield from (f"{minutes / 60:.2f} h", f"{minutes / 60:.2f} hours".replace(".", ","))


def spellings_of_metres(metres: int) -> Iterator[str]:
    yield from (f"{metres} m", f"{metres}m", f"{metres} metres", f"{metres / 1000:.3f} km")
    if metres % 10 == 0:
        yield from (f"{metres / 1000:.2f} km", f"{metres / 1000:.2f}km".replace(".", ","))
    if metres >= 1000:
        yield from (f"{metres:,} m", f"{metres:,} m".replace(",", "."))


@unhurried
@given(st.integers(1, 600), st.sampled_from(["", "done, ", "done ", "did ", "about ", "ok, "]))
def test_minutes_read_back_from_every_spelling(minutes: int, before: str) -> None:
    for spelling in spellings_of_minutes(minutes):
        if before == "about " and ":" in spelling:
            continue  # It may be about an hour of the day.
        assert read_reply(before + spelling) == Reading(Answer.DONE, minutes), spelling
        assert read_reply(f"only {spelling}") == Reading(Answer.PARTLY, minutes), spelling
        assert read_amount(spelling) == Amount(minutes), spelling


@unhurried
@given(st.integers(100, 100_000), st.integers(1, 600))
def test_metres_read_back_from_every_spelling(metres: int, minutes: int) -> None:
    for spelling in spellings_of_metres(metres):
        assert read_reply(spelling) == Reading(Answer.DONE, None, metres), spelling
        assert read_amount(f"{spelling}, {minutes} min") == Amount(minutes, metres), spelling
        assert read_reply(f"{spelling} in {minutes}") == Reading(Answer.DONE, minutes, metres)


@unhurried
@given(st.integers(601, 10**12) | st.just(0))
def test_minutes_out_of_bounds_are_not_read(minutes: int) -> None:
    assert read_reply(f"{minutes} min") is None
    assert read_reply(f"done, {minutes}") is None
    assert read_amount(str(minutes)) is None


@unhurried
@given(st.integers(0, 99) | st.integers(100_001, 10**12))
def test_metres_out_of_bounds_are_not_read(metres: int) -> None:
    assert read_reply(f"done, {metres} metres") is None


@unhurried
@given(st.integers(1, 600), st.integers(1, 600))
def test_amounts_that_contradict_each_other_are_not_read(one: int, other: int) -> None:
    read = read_reply(f"{one} min, {other} min")
    assert read == (Reading(Answer.DONE, one) if one == other else None)


@unhurried
@given(st.integers(1, 10))
def test_a_level_of_pain_is_read_and_is_no_amount(level: int) -> None:
    for text in (f"pain {level}", f"back hurts {level}/10", f"pain at {level}", f"pain: {level}"):
        assert read_reply(text) == Reading(Answer.SORE, pain=level, sore=True), text


# --- lexicons -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lexicon", [EN, SIGNS])
def test_no_phrase_has_two_roles(lexicon: Lexicon) -> None:
    by_activity = (*lexicon.moves.values(), *lexicon.activities.values())
    told = Counter(
        phrase for listed in (*lexicon.words.values(), *by_activity) for phrase in listed
    )
    assert [phrase for phrase, times in told.items() if times > 1] == []


def test_english_has_words_for_every_role() -> None:
    assert {*Role} - {*EN.words} == {Role.MOVE, Role.ACTIVITY}
    assert {*EN.moves} < {*EN.activities} == {*Activity}


def test_another_language_is_data_alone() -> None:
    meant = {
        "klaar": Reading(Answer.DONE),
        "30 minuten gewandeld": Reading(Answer.DONE, 30, activity=Activity.WALK),
        "slechts een half uur": Reading(Answer.PARTLY, 30),
        "ik heb een uur en een half gewandeld": Reading(Answer.DONE, 90, activity=Activity.WALK),
        "kan niet, morgen": Reading(Answer.REST),
        "mijn rug doet pijn 6/10": Reading(Answer.SORE, pain=6, sore=True),
        "done": None,
        "30 min": Reading(Answer.DONE, 30),
        "✅": Reading(Answer.DONE),
    }
    assert {text: read_reply(text, [FLEMISH]) for text in meant} == meant


def test_two_languages_are_known_at_once() -> None:
    for both in ([FLEMISH, EN], [EN, FLEMISH]):
        assert read_reply("done, 30 minuten", both) == Reading(Answer.DONE, 30)
        assert read_reply("klaar, tomorrow", both) is None
        assert read_reply("done, morgen", both) is None


def test_of_two_meanings_of_a_phrase_the_first_language_counts() -> None:
    nope = Lexicon(words={Role.REST: phrases("done")})
    assert read_reply("done", [EN, nope]) == Reading(Answer.DONE)
    assert read_reply("done", [nope, EN]) == Reading(Answer.REST)


@pytest.mark.parametrize(
    ("before", "amount", "after"),
    [*product(["", "only ", "just "], ["half an hour", "an hour", "ten minutes"], ["", " today"])],
)
def test_words_before_an_amount_in_words_take_none_of_it(
    before: str, amount: str, after: str
) -> None:
    plain = read_amount(amount)
    read = read_reply(before + amount + after)
    assert plain is not None
    assert read == Reading(Answer.PARTLY if before else Answer.DONE, plain.minutes)
