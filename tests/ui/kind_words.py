"""The kind words by family, and what they are held to: which words have no place in them, and why.

Nobody chooses to read these words. They come on the day after a plan did not work out, to people
of whom Amble knows next to nothing, and the same people read them for years. So a word is left out
when it would hurt one reader in a hundred, though the other ninety-nine would not have noticed it.
"""

import re

from bot.domain.encouragement import Kind, Tone, family_in
from bot.domain.recap import WeekKind
from bot.ui.words import words_in
from tests.ui.texts import TEXTS

FAMILIES = words_in("en").families()
AFTER_A_MISS = [f"encourage.{kind}" for kind in Kind]
IN_A_TONE = [*AFTER_A_MISS, "nudge"]
"""What a group is told in its channel in the tone it has chosen."""
BY_TONE = {tone: [family_in(tone, family) for family in IN_A_TONE] for tone in Tone}
# A direct message is about one member's own situation, which is never that of most of a group.
AFTER_A_MISS_PRIVATELY = [f"dm.encourage.{kind}" for kind in Kind if kind is not Kind.MOST_MISSED]
KIND_WORDS = [
    *(family for families in BY_TONE.values() for family in families),
    *AFTER_A_MISS_PRIVATELY,
    "dm.nudge",
    "dm.at_risk",
    "dm.way_back",
    "buddy.miss",
    "cheered",
    "comeback",
    "everyone_came",
    "sore",
]
RECAPS = [f"recap.{kind}" for kind in WeekKind]
LEAST = dict.fromkeys(KIND_WORDS, 15) | dict.fromkeys(RECAPS, 8)
PUBLIC = [*(one for tone in BY_TONE.values() for one in tone), "everyone_came", *RECAPS]
VALUES = {"buddy.miss": {"name"}, "cheered": {"who"}}
"""Families whose every wording is completed with somebody's name, or with several as a list."""


def said(key: str) -> str:
    return TEXTS[key][0]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\"?\s+", text)


def ending(text: str) -> str:
    return sentences(text)[-1]


def words(text: str) -> list[str]:
    return re.findall(r"[\w'{}-]+", text.lower())


def any_of(*phrases: str) -> re.Pattern[str]:
    """Find any of these as whole words; a phrase that ends in an asterisk also goes on."""
    stems = (re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(stems)})(?!\w)", re.IGNORECASE)


FORBIDDEN = {
    # Whoever reads these words knows already. A word for what did not happen, or for what somebody
    # ought to have done, is a reproach however friendly the rest is; so is excusing people who
    # never had to be excused, pity, and the sigh of relief that says one had been waited for.
    # Virtues (discipline, willpower) reproach too: whoever praises them says who lacks them.
    "shame": any_of(
        "miss", "missed", "misses", "missing", "fail*", "lazy", "lazi*", "slack*", "excus*",
        "should have", "could have", "should've", "disappoint*", "shame*", "asham*", "guilt*",
        "blame*", "skipped", "forgot*", "neglect*", "let down", "let us down", "let yourself down",
        "gave up", "give up", "giving up", "quit", "quits", "quitting", "quitter*", "weak", "worst",
        "pathetic", "pity", "punish*", "at least you", "no-show*", "absen*", "yet again",
        "where were you", "where have you been", "finally", "about time", "long time no see",
        "you promised", "you said you would", "disciplin*", "willpower", "commitment*", "forgive",
        "forgives", "forgiven",
    ),
    # One walks at one's own pace. Any yardstick that is another person makes somebody the last,
    # and a game that can be won can be lost.
    "comparison": any_of(
        "others", "other people", "other members", "everyone else", "everybody else",
        "the rest of us", "everyone but", "everybody but", "the only one who", "better than",
        "worse than", "faster than", "slower than", "fitter than", "more than you", "than most",
        "than you", "last place", "the last one", "keep up with", "behind", "ahead of", "rank*",
        "fastest", "slowest", "winner*", "loser*", "compet*", "champion*", "beat you", "beats you",
    ),
    # A streak is there to please. Fear of its end works for a week and then people leave; and in
    # public nobody is told what somebody lost. Hurry is the small change of the same threat.
    "threat": any_of(
        "lose", "loses", "losing", "lost", "loss*", "broke", "broken", "break", "breaks",
        "breaking", "ruin*", "at risk", "in danger", "endanger*", "streak is over", "streak ends",
        "row ends", "or it ends", "back to zero", "from zero", "from scratch", "last chance",
        "too late", "running out", "runs out", "now or never", "hurry up", "deadline*",
        "countdown*", "or else", "warn*", "don't let", "save your", "slip away",
    ),
    # Amble walks along; it does not know anybody's back. What moving is good for may be told
    # ("discs are fed by movement", "tend to have fewer flare-ups"); a promise may not, nor what to
    # take or to put up with, and no illness is named to somebody who never named it.
    "medicine": any_of(
        "cure*", "heal", "heals", "healed", "healing", "treat", "treats", "treated", "treating",
        "treatment*", "therap*", "diagnos*", "prescri*", "prevent*", "remed*", "pill", "pills",
        "painkiller*", "medicine*", "medication*", "ibuprofen", "dose*", "symptom*", "pain-free",
        "painless", "guarantee*", "will fix", "makes it go away", "never hurt*", "push through",
        "will help", "will ease", "will strengthen", "feel better", "you will feel", "always helps",
        "proven", "clinical*", "inflam*", "hernia*", "slipped disc*", "sciatic*", "arthrit*",
        "surg*", "disease*", "disorder*", "injur*", "damage*", "degenerat*", "posture",
    ),
    # An invitation that cannot be declined is an order. (That somebody "need not" stays allowed.)
    "pressure": any_of(
        "must", "have to", "has to", "had to", "need to", "needs to", "ought", "you should",
        "you'd better", "no matter what", "never miss", "never stop", "every single day",
        "no reason not to", "just do it", "push yourself", "try harder", "work harder", "obligat*",
        "supposed to", "expected of you", "counting on you", "make up for lost", "come on!",
        "challenge*",
    ),
    # Said about a reason that nobody gave. "When a week gets crowded" is a case, not a guess.
    "guessing why": any_of(
        "you are busy", "you were busy", "you were away", "you were out", "too busy", "so busy",
        "you had no", "you had other", "you had better", "no time", "tired", "unwell", "overslept",
        "hangover", "you did not", "you didn't", "did not make it", "didn't make it",
        "could not make it", "couldn't make it", "life had other plans", "got in the way",
        "motivated", "unmotivated", "stressed", "sad", "lonely", "struggl*",
    ),
    # Who reads this may be anybody and anywhere: no gender, no faith, no household, no job, no
    # season or sky, no city, and no drink that some do not drink.
    "guessing who or where": any_of(
        "he", "she", "him", "her", "his", "hers", "guys", "ladies", "gentlemen", "girls", "boys",
        "husband", "wife", "mum", "dad", "kids", "children", "grand*children", "your dog",
        "your boss", "your job", "the office", "colleague*", "commut*", "your car", "your garden",
        "god", "bless*", "church", "mosque", "temple", "pray*", "christmas", "ramadan", "beer",
        "wine", "pint", "pub", "bacon", "sun", "sunshine", "sunny", "rain", "rained", "rainy",
        "snow*", "frost*", "summer*", "winter*", "autumn*", "springtime", "heatwave", "the beach",
        "the metro", "the subway", "the tube", "downtown", "skyscraper*",
    ),
    # Nobody joined to be looked at. What a body weighs, how old it is, how it looks or creaks is
    # not spoken of, and no food is earned or walked off.
    "judging bodies": any_of(
        "fat", "weight*", "overweight", "kilos", "calori*", "slim*", "diet*", "belly", "tummy",
        "burn off", "work off", "walk off the", "earn your", "earned your", "out of shape",
        "get in shape", "unfit", "old bones", "rusty", "creak*", "at our age", "at your age",
        "not getting any younger", "couch potato*",
    ),
    # The first rung of the programme is five minutes on the flat, and some stay there for good.
    "too much to ask": any_of(
        "mile", "miles", "kilomet*", "km", "hill", "hills", "uphill", "stairs", "jog*", "sprint*",
        "sweat*", "gym", "brisk*", "push-up*", "sit-up*", "plank*", "full speed", "ten thousand",
    ),
    # A joke about what hurts is funny until the day on which it hurts; that goes for minds too.
    "the trouble itself": any_of(
        "pain", "pains", "painful", "ache*", "aching", "hurt*", "sore", "stiff", "ill", "illness",
        "sick*", "doctor", "hospital*", "ambulance*", "cripple*", "limp*", "old age", "die",
        "dies", "dying", "dead", "death", "kill*", "funeral*", "depress*", "mad", "crazy",
        "insane", "idiot*", "stupid",
    ),
}  # fmt: skip
"""Words that have no place here, by why they have none. Each is said to everybody at some time."""

EXEMPT = {
    # It answers "My back hurts", and says how Amble takes it: pain comes first, a doctor helps.
    "the trouble itself": {"sore"},
}
"""Families that may use words of a kind which are kept from all others."""

DOABLE = any_of(
    # As long as that, at most, or as little as one likes of it:
    "minute", "minutes", "song", "songs", "half", "part", "lap", "loop", "round", "step", "steps",
    "stretch*", "stroll*", "saunter*", "amble", "slow walk", "small walk", "easy walk", "short",
    # or as far as that:
    "corner", "block", "gate", "letterbox", "bench", "door", "street", "road", "window", "kitchen",
    "corridor", "hallway", "bakery",
    # or the beginning of it, which is the larger half:
    "shoe", "shoes",
)  # fmt: skip
"""What can be done in a few minutes by anybody on the first rung. "A walk" alone is not small."""
RESTFUL = any_of(
    "stretch*", "glass of water", "feet up", "thank you", "wave", "small", "easy", "gently",
    "gentle", "comfortable", "slow", "slowly", "rest", "kettle", "cushion", "minute", "minutes",
    "kindest", "taking care", "take things slowly",
)  # fmt: skip
"""What can be done by somebody who has just walked, or cannot."""
A_CHOICE = any_of("below", "button", "buttons", "four ways")
"""The four ways to go on stand under the words, and these lead over to them."""
A_HELLO = any_of(
    "hello",
    "line",
    "message",
    "wave",
    "call",
    "tell",
    "send",
    "offer",
    "shall we",
)
"""What a buddy can do from where they sit."""
TO_DO = {
    "everyone_came": (DOABLE, RESTFUL),
    "dm.way_back": (A_CHOICE,),
    "buddy.miss": (A_HELLO,),
} | dict.fromkeys(RECAPS, (DOABLE, RESTFUL))
"""What counts as something to do, where it is not a small walk or the beginning of one."""
ENDS_OTHERWISE = {
    "sore",  # in the doctor, who is named last so that it stays in mind
    "cheered",  # with a friend's wish, which asks for nothing
}

_CLOCK = (
    "morning", "breakfast", "noon", "lunch", "midday", "afternoon", "evening", "dinner", "supper",
    "tonight", "last night", "midnight", "bedtime", "daylight", "weekend*", "yesterday", "tomorrow",
)  # fmt: skip
"""Hours and days: groups meet at all of them, and night workers have their breakfast at four."""
TIMES = {
    # A nudge comes three hours after the last session, at any hour outside quiet hours, and the
    # word about a row while there is time: the day itself is known.
    **dict.fromkeys([*(BY_TONE[tone][-1] for tone in Tone), "dm.nudge", "dm.at_risk"],
                    any_of(*_CLOCK)),
    # All else comes when the organisers chose, later where the bot was down, or with an answer that
    # may be for a session of another day; and the reader's own zone may be a day further.
    **dict.fromkeys(
        [family for tone in Tone for family in BY_TONE[tone][:-1]] + AFTER_A_MISS_PRIVATELY
        + ["dm.way_back", "buddy.miss", "cheered", "comeback", "everyone_came", "sore"],
        any_of("today", "today's", *_CLOCK),
    ),
}  # fmt: skip
"""Times that need not be true when the words are read."""

GOOD = {
    "discs are fed": any_of("disc", "discs"),
    "a steady core": any_of("core", "muscles"),
    "endorphins": any_of("endorphins", "mood", "lighter head"),
    "friends help": any_of("friend", "friends", "company", "somebody", "together"),
    "going on brings it back": any_of(
        "going on", "go on", "goes on", "day off", "days off", "relief"
    ),
    "fewer flare-ups": any_of("fewer flare-ups"),
}
"""What is good about moving: reasons to set out, of which no tone leaves one out."""
