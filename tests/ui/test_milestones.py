"""Milestones in words: one line for everyone, a sentence for oneself, and no name unescaped."""

from dataclasses import replace

import pytest

from bot.domain.milestones import KEPT, Milestone, Reached
from bot.services.views import Honour
from bot.ui.milestones import honours, milestone, together
from bot.ui.receipt import receipt
from bot.ui.words import words_in
from tests.ui import samples as s

WORDS = words_in("en")


def kept(number: int) -> Reached:
    return Reached(Milestone.KEPT, number)


BACK, IN_ONE_GO = Reached(Milestone.BACK, 77), Reached(Milestone.IN_ONE_GO)


def line(*shown: tuple[str, Reached]) -> str | None:
    return honours([Honour(name, reached) for name, reached in shown], WORDS)


def test_without_milestones_there_is_no_line() -> None:
    assert line() is None


def test_one_is_told_in_few_words() -> None:
    assert line(("Ada", kept(7))) == "🏅 Ada: 7 sessions"


def test_the_rarest_comes_first_and_the_rest_is_left_out() -> None:
    told = line(
        ("Ada", kept(1)), ("Bo", IN_ONE_GO), ("Cy", kept(7)), ("Di", BACK), ("Ed", kept(100))
    )
    assert told == "🏅 Ed: 100 sessions · Cy: 7 sessions · Bo: 30 minutes in one go"


def test_those_who_reached_the_same_stand_together() -> None:
    back = (Reached(Milestone.BACK, number) for number in (5, 6))
    told = line(*zip(("Ada", "Bo"), back, strict=True))
    assert told == "🏅 Ada and Bo: welcome back"


def test_many_names_become_a_number() -> None:
    told = line(*((f"Member {number}", kept(1)) for number in range(8)))
    assert told is not None
    assert told.endswith("Member 4 and 3 more: first session")


def test_names_are_escaped() -> None:
    told = line(("**Bo** @everyone", kept(7)))
    assert told is not None
    assert "@everyone" not in told
    assert "\\*\\*Bo" in told


@pytest.mark.parametrize("reached", [*map(kept, KEPT), BACK, IN_ONE_GO])
def test_every_milestone_of_a_member_has_words_for_them(reached: Reached) -> None:
    assert milestone(reached, WORDS)


def test_a_receipt_tells_a_milestone_below_the_thanks() -> None:
    said = s.text_of(receipt(replace(s.RECEIPT, milestones=(kept(7),)), WORDS, s.GUILD))
    assert "That was your 7th session." in said


def test_a_receipt_welcomes_back_once() -> None:
    facts = replace(s.RECEIPT, comeback=True, milestones=(BACK,))
    said = s.text_of(receipt(facts, WORDS, s.GUILD))
    assert said.count("back") == 1
    assert WORDS.say("milestone.back") in said


def test_minutes_together_are_written_as_the_language_does() -> None:
    assert "1,000 minutes" in together(1000, WORDS)
