"""The kind words: many of each kind, short, kind to everybody, and with something small to do."""

import re
import unicodedata
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from bot.domain.encouragement import Tone
from tests.ui.kind_words import (
    AFTER_A_MISS_PRIVATELY,
    BY_TONE,
    DOABLE,
    ENDS_OTHERWISE,
    EXEMPT,
    FAMILIES,
    FORBIDDEN,
    GOOD,
    KIND_WORDS,
    LEAST,
    PUBLIC,
    RECAPS,
    TIMES,
    TO_DO,
    VALUES,
    any_of,
    ending,
    said,
    sentences,
    words,
)
from tests.ui.texts import TEXTS, fields

LONGEST_IN_PUBLIC, LONGEST_IN_PRIVATE = 280, 320
LONGEST_WHEN_PLAIN = 140
OPENING = ENDING = 3
"""Words in which no two wordings of a family begin or end alike: more, and they read as a form."""
REPEATED = 7
"""Words in a row that stand in one wording only. "To the corner and back" may be said again."""
ALIKE = 0.45
"""The share of their words from which on two wordings are the same one twice."""
SMALL = 5
"""Minutes on the first rung of the programme: nobody is asked for more."""
_COUNTING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {word: number for number, word in enumerate(_COUNTING, start=1)}


def found(sought: re.Pattern[str], family: str) -> dict[str, str]:
    """Which wordings of a family hold what is sought, and what of it."""
    first = {key: sought.search(said(key)) for key in FAMILIES[family]}
    return {key: hit[0] for key, hit in first.items() if hit}


def opening(text: str) -> tuple[str, ...]:
    return tuple(words(text)[:OPENING])


def in_all_tones(place: int) -> list[str]:
    """The wordings of one situation, all of which a group that changes its tone may read."""
    return [key for families in BY_TONE.values() for key in FAMILIES[families[place]]]


each_family = pytest.mark.parametrize("family", LEAST)
each_kind_word = pytest.mark.parametrize("family", KIND_WORDS)


@pytest.mark.parametrize(("family", "least"), LEAST.items())
def test_there_are_enough_wordings(family: str, least: int) -> None:
    assert len(FAMILIES[family]) >= least


def test_every_family_of_wordings_is_held_to_these_rules() -> None:
    # It also says that every public family is there in every tone, and none in a tone unknown.
    # The replies to what was not understood are no kind words, and change only not to bore.
    assert set(FAMILIES) - {"reply.not_understood"} == set(LEAST)


@each_family
def test_the_wordings_of_a_family_are_numbered_without_gaps(family: str) -> None:
    numbers = [int(key.rpartition(".")[2]) for key in FAMILIES[family]]
    assert numbers == list(range(1, len(numbers) + 1))


# Each of them once


def test_no_two_wordings_are_nearly_the_same() -> None:
    spoken = [(key, set(words(said(key)))) for family in LEAST for key in FAMILIES[family]]
    twins = [
        (one, other)
        for (one, some), (other, more) in combinations(spoken, 2)
        if len(some & more) >= ALIKE * len(some | more)
    ]
    assert twins == []


def test_no_turn_of_phrase_stands_in_two_wordings() -> None:
    where: defaultdict[str, set[str]] = defaultdict(set)
    for key in (key for family in KIND_WORDS for key in FAMILIES[family]):
        spoken = words(said(key))
        for start in range(len(spoken) - REPEATED + 1):
            where[" ".join(spoken[start : start + REPEATED])].add(key)
    assert {phrase: keys for phrase, keys in where.items() if len(keys) > 1} == {}


@each_kind_word
def test_no_two_wordings_of_a_family_begin_alike(family: str) -> None:
    counted = Counter(opening(said(key)) for key in FAMILIES[family])
    assert [begins for begins, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("place", range(len(BY_TONE[Tone.GENTLE])), ids=BY_TONE[Tone.GENTLE])
def test_no_two_wordings_of_a_situation_begin_alike_in_any_tone(place: int) -> None:
    counted = Counter(opening(said(key)) for key in in_all_tones(place))
    assert [begins for begins, times in counted.items() if times > 1] == []


@each_kind_word
def test_no_two_wordings_of_a_family_end_alike(family: str) -> None:
    counted = Counter(tuple(words(said(key))[-ENDING:]) for key in FAMILIES[family])
    assert [ends for ends, times in counted.items() if times > 1] == []


# Their form


@each_family
def test_wordings_are_short(family: str) -> None:
    longest = LONGEST_IN_PUBLIC if family in PUBLIC else LONGEST_IN_PRIVATE
    assert [key for key in FAMILIES[family] if len(said(key)) > longest] == []


@each_family
def test_wordings_have_three_sentences_at_most(family: str) -> None:
    assert [key for key in FAMILIES[family] if len(sentences(said(key))) > 3] == []


@each_family
def test_wordings_are_whole_sentences(family: str) -> None:
    # A list of names may begin one.
    whole = re.compile(r"[A-Z\"{].*[.?!]\"?", re.DOTALL)
    assert [key for key in FAMILIES[family] if not whole.fullmatch(said(key))] == []


@each_family
def test_wordings_raise_their_voice_once_at_most(family: str) -> None:
    assert [key for key in FAMILIES[family] if said(key).count("!") > 1] == []


@each_family
def test_wordings_take_the_values_of_their_family_and_have_one_form(family: str) -> None:
    values = VALUES.get(family, set())
    wrong = [key for key in FAMILIES[family] if fields(said(key)) != values or len(TEXTS[key]) > 1]
    assert wrong == []


def test_a_cheer_reads_well_from_one_and_from_several() -> None:
    # "Ada are", "Ada and Ben is": what follows a list of names must not ask how many they are.
    number = re.compile(
        r"\{who\}('s|\s+(is|are|was|were|has|have|does|do|\w+s)\b)|\b(is|are|was|were) \{who\}"
    )
    assert found(number, "cheered") == {}


@each_family
def test_wordings_hold_nothing_that_discord_would_set_apart(family: str) -> None:
    # A command in backquotes is meant so.
    bare = {key: re.sub(r"`/[a-z ]+`", "", said(key)) for key in FAMILIES[family]}
    assert [key for key, text in bare.items() if re.search(r"[*_~`|<>@#\[\]]", text)] == []


@each_family
def test_wordings_hold_no_emoji(family: str) -> None:
    # A screen reader says each by its full name, in the middle of a kind word.
    assert [key for key in FAMILIES[family] if any(map(is_symbol, said(key)))] == []


def is_symbol(char: str) -> bool:
    return unicodedata.category(char) == "So"


# Their kindness


@pytest.mark.parametrize("why", FORBIDDEN)
@each_kind_word
def test_wordings_are_kind(family: str, why: str) -> None:
    if family not in EXEMPT.get(why, set()):
        assert found(FORBIDDEN[why], family) == {}


@pytest.mark.parametrize(
    "why", ["shame", "comparison", "threat", "medicine", "judging bodies", "the trouble itself"]
)
@pytest.mark.parametrize("family", RECAPS)
def test_recaps_are_kind(family: str, why: str) -> None:
    assert found(FORBIDDEN[why], family) == {}


@pytest.mark.parametrize("family", PUBLIC)
def test_public_words_fit_whoever_reads_them(family: str) -> None:
    # Where a single name stands under them, "your token" would tell the channel whose it was.
    own = any_of("streak*", "in a row", "token*", "earned", "put by", "saved up", "covered")
    assert found(own, family) == {}


@pytest.mark.parametrize("family", [family for family in LEAST if family not in ENDS_OTHERWISE])
def test_wordings_end_in_something_to_do(family: str) -> None:
    doable = TO_DO.get(family, (DOABLE,))
    ends = {key: ending(said(key)) for key in FAMILIES[family]}
    assert [key for key, end in ends.items() if not any(one.search(end) for one in doable)] == []


def minutes_asked(text: str) -> int | None:
    """The fewest minutes that a wording speaks of, "ten, or five" being five; None without any."""
    if not re.search(r"\bminutes?\b", text):
        return None
    return min((NUMBERS[word] for word in words(text) if word in NUMBERS), default=None)


@each_family
def test_wordings_ask_for_as_much_as_anybody_can_do(family: str) -> None:
    asked = {key: minutes_asked(said(key)) or 0 for key in FAMILIES[family]}
    assert {key: minutes for key, minutes in asked.items() if minutes > SMALL} == {}


@pytest.mark.parametrize("family", TIMES)
def test_wordings_are_true_whenever_they_are_read(family: str) -> None:
    assert found(TIMES[family], family) == {}


def test_every_kind_word_is_held_to_the_times_at_which_it_is_read() -> None:
    assert set(TIMES) == set(KIND_WORDS)


# What each tone and each private word promises

REASONS = {str(tone): families for tone, families in BY_TONE.items()} | {
    "privately": [*AFTER_A_MISS_PRIVATELY, "dm.nudge"]
}


@pytest.mark.parametrize("good", GOOD)
@pytest.mark.parametrize("spoken", REASONS)
def test_every_tone_draws_on_all_that_is_good_about_moving(spoken: str, good: str) -> None:
    if (spoken, good) == (Tone.CHEERFUL, "fewer flare-ups"):
        return  # Nothing to be cheerful about: a flare-up is a trouble, however rare.
    assert sum(len(found(GOOD[good], family)) for family in REASONS[spoken]) >= 3


@each_family
def test_flare_ups_are_no_promise(family: str) -> None:
    hedged = re.compile(r"\b(tends?|often|as a rule|for many)\b")
    told = [key for key in FAMILIES[family] if "flare" in said(key)]
    assert [key for key in told if not hedged.search(said(key))] == []


@pytest.mark.parametrize("family", BY_TONE[Tone.PLAIN])
def test_plain_words_are_brief_and_matter_of_fact(family: str) -> None:
    # No exclamation and no question either: a question in passing is a manner of speaking.
    keys = FAMILIES[family]
    assert [key for key in keys if len(said(key)) > LONGEST_WHEN_PLAIN] == []
    assert [key for key in keys if len(sentences(said(key))) > 2] == []
    assert [key for key in keys if re.search(r"[!?\"]", said(key))] == []


@pytest.mark.parametrize("family", BY_TONE[Tone.PLAIN])
def test_plain_words_bring_nothing_to_life(family: str) -> None:
    # Shoes that have opinions are for the other two.
    lively = any_of(
        "duck", "ducks", "would like", "fancy", "fancies", "hello", "patient", "pleased", "glad"
    )
    assert found(lively, family) == {}


@pytest.mark.parametrize("family", BY_TONE[Tone.CHEERFUL])
def test_cheerful_words_raise_their_voice_now_and_then(family: str) -> None:
    raised = sum("!" in said(key) for key in FAMILIES[family])
    assert 1 <= raised <= len(FAMILIES[family]) // 4


@pytest.mark.parametrize("family", BY_TONE[Tone.GENTLE])
def test_gentle_words_never_raise_their_voice(family: str) -> None:
    assert [key for key in FAMILIES[family] if "!" in said(key)] == []


def test_a_row_is_spoken_of_as_going_on_while_its_session_is_open() -> None:
    row, still = any_of("row", "rows", "streak"), any_of("today", "today's", "open", "still")
    keys = set(FAMILIES["dm.at_risk"])
    assert set(found(row, "dm.at_risk")) == keys
    assert set(found(still, "dm.at_risk")) == keys


def test_the_way_back_is_also_a_way_out() -> None:
    out = any_of("leave", "leaving", "goodbye")
    assert set(found(out, "dm.way_back")) == set(FAMILIES["dm.way_back"])


def test_a_buddy_hears_that_it_was_quiet_and_not_when_or_why() -> None:
    told = any_of("last session", "again", "because", "reason is", "times", "in a row", "streak")
    assert found(told, "buddy.miss") == {}


def test_words_for_a_sore_back_name_the_doctor() -> None:
    assert [key for key in FAMILIES["sore"] if "doctor" not in said(key)] == []


# The rules themselves


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("shame", "You missed one, but that is no excuse."),
        ("shame", "You should have come."),
        ("shame", "There you are, finally."),
        ("comparison", "Everyone else made it."),
        ("comparison", "You are falling behind."),
        ("comparison", "Ada beats you by two sessions."),
        ("threat", "Walk today, or your streak is over."),
        ("threat", "You lost four weeks."),
        ("threat", "Save your streak before the deadline."),
        ("medicine", "Walking cures a sore back."),
        ("medicine", "Ask for a prescription."),
        ("medicine", "It will help against sciatica."),
        ("pressure", "Never miss twice."),
        ("pressure", "You must walk today."),
        ("guessing why", "Were you too busy?"),
        ("guessing who or where", "Off you go, guys, the sun is out."),
        ("guessing who or where", "Take your dog, and a beer afterwards."),
        ("judging bodies", "Walk off the cake, and burn off the calories."),
        ("too much to ask", "Two miles up the hill, briskly."),
        ("the trouble itself", "No pain that a joke about old age would not help."),
    ],
)
def test_an_unkind_sentence_would_be_found(why: str, sentence: str) -> None:
    assert FORBIDDEN[why].search(sentence)


@pytest.mark.parametrize("why", FORBIDDEN)
@pytest.mark.parametrize(
    "sentence",
    [
        "A walk need not be long, and nobody needs a reason.",
        "Ask somebody to walk with you; the health of a plan is that it may change.",
        "It is never too early for a rest, and the other side of the street is fine.",
        "Discs get what they need by movement, so walk to the corner and back.",
        "Friends help on days when you do not feel like it.",
        "Going on after a few days off still brings relief, and a small walk is going on.",
    ],
)
def test_a_kind_sentence_passes(why: str, sentence: str) -> None:
    assert FORBIDDEN[why].search(sentence) is None


@pytest.mark.parametrize(
    ("text", "doable"),
    [
        ("The path is long. Walk to the corner.", True),
        ("Walk to the corner. The path is long.", False),
        ("Be glad. Go for a walk.", False),
        ('Say it: "Are you there?" Then put your shoes on.', True),
    ],
)
def test_something_to_do_is_small_and_comes_last(text: str, *, doable: bool) -> None:
    assert bool(DOABLE.search(ending(text))) is doable


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("Ten minutes, or five.", 5), ("Ten easy minutes.", 10), ("Two of us.", None)],
)
def test_the_minutes_asked_for_are_the_fewest(text: str, minutes: int | None) -> None:
    assert minutes_asked(text) == minutes
