"""The kind words: many of each kind, short, kind to everybody, and with something small to do."""

import re
from collections import Counter

import pytest

from bot.domain.encouragement import Kind
from bot.domain.recap import WeekKind
from bot.ui.words import words_in
from tests.ui.texts import TEXTS, fields

FAMILIES = words_in("en").families()
AFTER_A_MISS = [f"encourage.{kind}" for kind in Kind]
# A direct message is about one member's own situation, which is never that of most of a group.
AFTER_A_MISS_PRIVATELY = [f"dm.encourage.{kind}" for kind in Kind if kind is not Kind.MOST_MISSED]
KIND_WORDS = [
    *AFTER_A_MISS,
    *AFTER_A_MISS_PRIVATELY,
    "nudge",
    "dm.nudge",
    "comeback",
    "everyone_came",
    "sore",
]
RECAPS = [f"recap.{kind}" for kind in WeekKind]
LEAST = dict.fromkeys(KIND_WORDS, 15) | dict.fromkeys(RECAPS, 8)
PUBLIC = [*AFTER_A_MISS, "nudge", "everyone_came", *RECAPS]
LONGEST_IN_PUBLIC, LONGEST_IN_PRIVATE = 280, 320
OPENING = 3
"""Words in which no two wordings of a family begin alike: more of them, and it reads as a form."""


def any_of(*phrases: str) -> re.Pattern[str]:
    """Find any of these as whole words; a phrase that ends in an asterisk also goes on."""
    stems = (re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(stems)})(?!\w)", re.IGNORECASE)


FORBIDDEN = {
    # Whoever reads these words knows already. A word for what did not happen, or for what somebody
    # ought to have done, is a reproach however friendly the rest is; so is excusing people who
    # never had to be excused, and pity.
    "shame": any_of(
        "miss", "missed", "misses", "missing", "fail*", "lazy", "lazi*", "slack*", "excus*",
        "should have", "could have", "should've", "disappoint*", "shame*", "asham*", "guilt*",
        "blame*", "skipped", "forgot*", "neglect*", "let down", "let us down", "let yourself down",
        "gave up", "give up", "giving up", "quit", "quits", "quitting", "quitter*", "weak", "worst",
        "pathetic", "pity", "punish*", "at least you", "no-show*", "absen*", "yet again",
    ),
    # One walks at one's own pace. Any yardstick that is another person makes somebody the last.
    "comparison": any_of(
        "others", "other people", "other members", "everyone else", "everybody else",
        "the rest of us", "better than", "worse than", "faster than", "slower than",
        "more than you", "than most", "last place", "keep up with", "behind", "ahead of", "rank*",
    ),
    # A streak is there to please. Fear of its end works for a week and then people leave; and in
    # public nobody is told what somebody lost.
    "threat": any_of(
        "lose", "loses", "losing", "lost", "loss*", "broke", "broken", "break", "breaks",
        "breaking", "ruin*", "at risk", "streak is over", "streak ends", "back to zero",
        "from zero", "from scratch", "last chance", "too late", "running out", "or else",
        "warn*", "don't let",
    ),
    # Amble walks along; it does not know anybody's back. What moving is good for may be told
    # ("discs are fed by movement"); a promise may not, nor what to take or to put up with.
    "medicine": any_of(
        "cure*", "heal", "heals", "healed", "healing", "treat", "treats", "treated", "treating",
        "treatment*", "therap*", "diagnos*", "prescri*", "prevent*", "remed*", "pill", "pills",
        "painkiller*", "medicine*", "medication*", "ibuprofen", "dose*", "symptom*", "pain-free",
        "painless", "guarantee*", "will fix", "makes it go away", "never hurt*", "push through",
    ),
    # An invitation that cannot be declined is an order. (That somebody "need not" stays allowed.)
    "pressure": any_of(
        "must", "have to", "has to", "had to", "need to", "needs to", "ought", "you should",
        "you'd better", "no matter what", "never miss", "never stop", "every single day",
        "no reason not to", "just do it", "push yourself", "try harder", "work harder", "obligat*",
        "expected of you", "counting on you", "make up for lost", "come on!",
    ),
    # Said about a reason that nobody gave. "When a week gets crowded" is a case, not a guess.
    "guessing why": any_of(
        "you are busy", "you were busy", "you were away", "you were out", "too busy", "so busy",
        "you had no", "you had other", "you had better", "no time", "tired", "unwell", "overslept",
        "hangover", "you did not", "you didn't", "did not make it", "didn't make it",
        "could not make it", "couldn't make it", "life had other plans", "got in the way",
    ),
    # Who reads this may be anybody and anywhere: no gender, no faith, no season or sky, no city.
    "guessing who or where": any_of(
        "he", "she", "him", "her", "his", "hers", "guys", "ladies", "gentlemen", "girls", "boys",
        "husband", "wife", "mum", "dad", "god", "bless*", "church", "mosque", "temple", "pray*",
        "christmas", "ramadan", "sun", "sunshine", "sunny", "rain", "rained", "rainy", "snow*",
        "frost*", "summer*", "winter*", "autumn*", "springtime", "heatwave", "the beach",
        "the metro", "the subway", "the tube", "downtown", "skyscraper*",
    ),
}  # fmt: skip
"""Words that have no place here, by why they have none. Each is said to everybody at some time."""

DOABLE = any_of(
    "walk*", "stroll*", "step", "steps", "minute", "minutes", "loop", "lap", "round", "corner",
    "block", "street", "road", "gate", "letterbox", "bench", "shoes", "shoe", "door", "stretch*",
    "song",
)  # fmt: skip
"""What can be done in a few minutes by somebody with shoes, or is a part of it."""
RESTFUL = any_of(
    "stretch*", "glass of water", "feet up", "thank you", "wave", "small", "easy", "gently",
    "gentle", "comfortable", "slow", "slowly", "rest", "kettle", "cushion", "minute", "minutes",
    "kindest", "taking care", "take things slowly",
)  # fmt: skip
"""What can be done by somebody who has just walked, or cannot."""
TO_DO = {"everyone_came": (DOABLE, RESTFUL), "sore": (RESTFUL,)} | dict.fromkeys(
    RECAPS, (DOABLE, RESTFUL)
)

TIMES = {
    # It comes when the organisers chose, later where the bot was down, and to everybody's own zone.
    **dict.fromkeys(
        [*AFTER_A_MISS, *AFTER_A_MISS_PRIVATELY],
        any_of(
            "yesterday", "this morning", "this afternoon", "this evening", "last night",
            "good morning", "good evening", "today's",
        ),
    ),
    # A nudge comes three hours after the last session, at any hour outside quiet hours.
    **dict.fromkeys(
        ["nudge", "dm.nudge"],
        any_of(
            "morning", "breakfast", "lunch", "afternoon", "evening", "tonight", "dinner", "supper",
            "tomorrow", "yesterday",
        ),
    ),
    # An answer may be given for a session of another day: ahead of it, or after midnight.
    **dict.fromkeys(
        ["comeback", "everyone_came", "sore"],
        any_of("today", "today's", "yesterday", "tonight", "this morning", "this evening"),
    ),
}  # fmt: skip
"""Times that need not be true when the words are read."""


def said(key: str) -> str:
    return TEXTS[key][0]


def found(sought: re.Pattern[str], family: str) -> dict[str, str]:
    """Which wordings of a family hold what is sought, and what of it."""
    first = {key: sought.search(said(key)) for key in FAMILIES[family]}
    return {key: hit[0] for key, hit in first.items() if hit}


def opening(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[\w'-]+", text.lower())[:OPENING])


each_family = pytest.mark.parametrize("family", LEAST)


@pytest.mark.parametrize(("family", "least"), LEAST.items())
def test_there_are_enough_wordings(family: str, least: int) -> None:
    assert len(FAMILIES[family]) >= least


def test_every_family_of_wordings_is_held_to_these_rules() -> None:
    # The replies to what was not understood are no kind words, and change only not to bore.
    assert set(FAMILIES) - {"reply.not_understood"} == set(LEAST)


@each_family
def test_the_wordings_of_a_family_are_numbered_without_gaps(family: str) -> None:
    numbers = [int(key.rpartition(".")[2]) for key in FAMILIES[family]]
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_wording_stands_twice() -> None:
    plain = [" ".join(re.findall(r"\w+", said(key).lower())) for f in LEAST for key in FAMILIES[f]]
    assert [text for text, times in Counter(plain).items() if times > 1] == []


@pytest.mark.parametrize("family", KIND_WORDS)
def test_no_two_wordings_of_a_family_begin_alike(family: str) -> None:
    counted = Counter(opening(said(key)) for key in FAMILIES[family])
    assert [words for words, times in counted.items() if times > 1] == []


@each_family
def test_wordings_are_short(family: str) -> None:
    longest = LONGEST_IN_PUBLIC if family in PUBLIC else LONGEST_IN_PRIVATE
    assert [key for key in FAMILIES[family] if len(said(key)) > longest] == []


@each_family
def test_wordings_have_three_sentences_at_most(family: str) -> None:
    ends = {key: len(re.findall(r"[.?!](?=\s|$)", said(key))) for key in FAMILIES[family]}
    assert [key for key, sentences in ends.items() if not 1 <= sentences <= 3] == []


@each_family
def test_wordings_raise_their_voice_once_at_most(family: str) -> None:
    assert [key for key in FAMILIES[family] if said(key).count("!") > 1] == []


@each_family
def test_wordings_take_no_values_and_have_one_form(family: str) -> None:
    assert [key for key in FAMILIES[family] if fields(said(key)) or len(TEXTS[key]) > 1] == []


@each_family
def test_wordings_hold_nothing_that_discord_would_set_apart(family: str) -> None:
    # A command in backquotes is meant so.
    bare = {key: re.sub(r"`/[a-z ]+`", "", said(key)) for key in FAMILIES[family]}
    assert [key for key, text in bare.items() if re.search(r"[*_~`|<>@#\[\]]", text)] == []


@pytest.mark.parametrize("why", FORBIDDEN)
@pytest.mark.parametrize("family", KIND_WORDS)
def test_wordings_are_kind(family: str, why: str) -> None:
    assert found(FORBIDDEN[why], family) == {}


@pytest.mark.parametrize("why", ["shame", "comparison", "threat", "medicine"])
@pytest.mark.parametrize("family", RECAPS)
def test_recaps_are_kind(family: str, why: str) -> None:
    assert found(FORBIDDEN[why], family) == {}


@pytest.mark.parametrize("family", PUBLIC)
def test_public_words_leave_streaks_out_of_it(family: str) -> None:
    assert [key for key in FAMILIES[family] if "streak" in said(key).lower()] == []


@each_family
def test_wordings_carry_something_to_do(family: str) -> None:
    doable = [found(one, family) for one in TO_DO.get(family, (DOABLE,))]
    assert [key for key in FAMILIES[family] if not any(key in one for one in doable)] == []


@pytest.mark.parametrize("family", TIMES)
def test_wordings_are_true_whenever_they_are_read(family: str) -> None:
    assert found(TIMES[family], family) == {}


def test_words_for_a_sore_back_name_the_doctor() -> None:
    assert [key for key in FAMILIES["sore"] if "doctor" not in said(key)] == []


@pytest.mark.parametrize("family", [family for family in LEAST if family != "sore"])
def test_nobody_but_a_sore_back_is_sent_to_the_doctor(family: str) -> None:
    assert [key for key in FAMILIES[family] if "doctor" in said(key).lower()] == []


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("shame", "You missed one, but that is no excuse."),
        ("shame", "You should have come."),
        ("comparison", "Everyone else made it."),
        ("comparison", "You are falling behind."),
        ("threat", "Walk today, or your streak is over."),
        ("threat", "You lost four weeks."),
        ("medicine", "Walking cures a sore back."),
        ("medicine", "Ask for a prescription."),
        ("pressure", "Never miss twice."),
        ("pressure", "You must walk today."),
        ("guessing why", "Were you too busy?"),
        ("guessing who or where", "Off you go, guys, the sun is out."),
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
    ],
)
def test_a_kind_sentence_passes(why: str, sentence: str) -> None:
    assert FORBIDDEN[why].search(sentence) is None
