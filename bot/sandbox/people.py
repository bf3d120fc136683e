"""The people of the sandbox: Rosa, who organises, and those who walk with her."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bot.domain.encouragement import Reach
from bot.sandbox.habits import (
    AwayNextWeek,
    ChangesMind,
    DayAfter,
    FairWeather,
    Forgetful,
    GoesSilent,
    Habit,
    JoinsLate,
    Keen,
    Leaves,
    NightOwl,
    Organises,
    Rests,
    SoreBack,
    Weekends,
)
from bot.sandbox.world import ORGANISER
from bot.services.views import Wishes

HabitOf = Callable[[Random], Habit]


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody, how they want to be treated, and how they live."""

    name: str
    wishes: Wishes
    lives: HabitOf
    founding: bool = True
    """Joins on the first day, before the first walk."""

    def habit(self, seed: int) -> Habit:
        """Return a fresh habit, by a chance of one's own: it changes nothing for the others."""
        return self.lives(Random(f"{seed}:{self.name}"))


def _in_fair_weather(lives: HabitOf) -> HabitOf:
    return lambda chance: FairWeather(lives(chance))


def _wishes(consents: str, goal: int, reach: Reach = Reach.CHANNEL) -> Wishes:
    """Read consents as letters: named, pinged, shown, warned of a streak's last day."""
    return Wishes(
        reach, "n" in consents, "p" in consents, "s" in consents, goal, warned="w" in consents
    )


# Names as people have them: several scripts and directions, the longest that Discord allows,
# emoji, and markdown. Every set of consents that the form takes is among them, and every reach.
CAST = (
    Character(ORGANISER, _wishes("nps", 4), Organises),
    Character("Ada Lindqvist", _wishes("nps", 4), Keen),
    Character("Łukasz Wójcik", _wishes("nps", 1), Weekends),
    Character("田中さくら", _wishes("nps", 3), _in_fair_weather(Forgetful)),
    Character("Марія Коваленко", _wishes("np", 3, Reach.DM), _in_fair_weather(Forgetful)),
    Character("محمد الفاسي", _wishes("ns", 3), _in_fair_weather(SoreBack)),
    Character("Wilhelmina van den Berg-Hoogstra", _wishes("n", 2), _in_fair_weather(AwayNextWeek)),
    Character("🐢 slow & steady 🌿", _wishes("s", 3), _in_fair_weather(Rests)),
    Character("Bo_the_bold_", _wishes("nps", 2), GoesSilent),
    Character("김민준", _wishes("np", 3), _in_fair_weather(JoinsLate), founding=False),
    Character("Ολυμπία", _wishes("", 2, Reach.SILENT), Leaves),
    Character("Noor Haddad", _wishes("sw", 5), ChangesMind),
    Character("Đặng Thu Hà", _wishes("ns", 3), _in_fair_weather(NightOwl)),
    Character("प्रिया शर्मा", _wishes("n", 2, Reach.DM), _in_fair_weather(DayAfter)),
)
