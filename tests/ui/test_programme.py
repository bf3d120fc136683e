"""The programme in words: each rule its own sentence, each state its own buttons."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.errors import NotFound
from bot.domain.programme import FIRST, LADDER, TOP, Answers, Pace, Review, Rule, Walking
from bot.services.views import Ease, Eased, OwnWalks
from bot.ui.custom_ids import FORM_PREFIX
from bot.ui.programme import begun, eased, offer, programme
from bot.ui.programme_form import ProgrammeModal
from bot.ui.receipt import receipt
from bot.ui.rungs import review_text, rung_text
from bot.ui.words import words_in
from tests.discord_api.rules import broken_rules
from tests.ui import samples as s

WORDS = words_in("en")
EASIER, STAY, GROW = "One rung gentler", "Stay here for now", "Let it grow again"


def reviews() -> Iterator[Review]:
    """Every rule, with a rung below and without one, with one above and with none."""
    for rule in Rule:
        if rule is Rule.UP:
            yield from (Review(rule, 4, 5), Review(rule, TOP - 1, TOP))
        elif rule in (Rule.SORE, Rule.LITTLE, Rule.BACK):
            yield from (Review(rule, 5, 4), Review(rule, FIRST, FIRST))
        else:
            yield Review(rule, 5, 5)


@pytest.mark.parametrize("review", list(reviews()), ids=str)
def test_a_review_is_told_in_one_sentence_with_its_rung(review: Review) -> None:
    said = review_text(review, WORDS)
    assert len(re.findall(r"[.?!](?:\s|$)", said)) == 1
    assert rung_text(LADDER[review.after], WORDS) in said


def test_every_review_has_words_of_its_own() -> None:
    rung = re.compile(r"(one walk|\d walks) of \d+ minutes( each)?")
    said = [rung.sub("", review_text(one, WORDS)) for one in reviews()]
    assert len(set(said)) == len(said)


def test_a_rung_is_told_in_plain_words() -> None:
    assert rung_text(LADDER[FIRST], WORDS) == "2 walks of 5 minutes each"
    assert rung_text(LADDER[TOP], WORDS) == "one walk of 30 minutes"


@pytest.mark.parametrize(
    ("rung", "pace", "labels"),
    [
        (FIRST, Pace.GROW, [STAY]),
        (FIRST, Pace.HOLD, [GROW]),
        (5, Pace.GROW, [EASIER, STAY]),
        (5, Pace.HOLD, [EASIER, GROW]),
        (TOP, Pace.GROW, [EASIER]),
        (TOP, Pace.HOLD, [EASIER, GROW]),
    ],
)
def test_the_card_offers_what_can_be_chosen(rung: int, pace: Pace, labels: list[str]) -> None:
    assert s.labels_of(programme(replace(s.PROGRAMME, rung=rung, pace=pace), WORDS)) == labels


def test_the_top_says_how_often_and_how_far() -> None:
    said = s.text_of(programme(replace(s.PROGRAMME, rung=TOP), WORDS))
    assert "**one walk of 30 minutes**, three or four times a week" in said
    assert "2 miles" in said
    assert "five times" in said


def test_the_doctors_note_stands_where_it_is_offered_and_where_it_is_due() -> None:
    note = WORDS.say("join.doctor_note")
    assert note in s.text_of(offer(s.GUILD, WORDS))
    assert note in s.text_of(eased(Eased(s.GUILD, Ease.NONE, None), WORDS))
    assert note in s.text_of(programme(replace(s.PROGRAMME, note_due=True), WORDS))
    assert note not in s.text_of(programme(s.PROGRAMME, WORDS))
    assert "not medical advice" in s.text_of(begun(s.PROGRAMME, WORDS))


def test_without_a_programme_making_it_easier_offers_the_first_rung() -> None:
    card = eased(Eased(s.GUILD, Ease.NONE, None), WORDS)
    assert s.custom_ids_of(card) == [f"amble:programme:first:{s.BIG}"]


@pytest.mark.parametrize(
    ("so_far", "told", "offered"),
    [
        (0, "each.", True),
        (5, "So far: 5 minutes.", True),
        (10, "So far: 10 minutes.", False),
        (40, "So far: 40 minutes.", False),
    ],
)
def test_a_receipt_has_ones_own_walks_and_the_next_one(
    so_far: int, told: str, offered: bool
) -> None:
    card = receipt(replace(s.RECEIPT, own=OwnWalks(2, 5, so_far)), WORDS, s.GUILD)
    assert told in s.text_of(card)
    assert ("Another 5 minutes" in s.labels_of(card)) is offered


def test_a_single_walk_offers_no_second_one() -> None:
    card = receipt(replace(s.RECEIPT, own=OwnWalks(1, 15, 0)), WORDS, s.GUILD)
    assert "Another" not in str(s.labels_of(card))


class Form(ProgrammeModal):
    """The form, with a note of what it handed over."""

    def __init__(self, *, first: bool = False) -> None:
        self.sent: list[tuple[Answers | None, bool]] = []

        async def done(
            _: discord.Interaction[Any], answers: Answers | None, confirmed: bool
        ) -> None:
            self.sent.append((answers, confirmed))

        super().__init__(WORDS, done, first=first)

    async def send_in(self, walking: str | None, minutes: list[str], pain: list[str]) -> None:
        self._walking._value = walking
        self._minutes._values, self._pain._values = [*minutes], [*pain]
        self._note_read._values = ["yes"]
        await self.act(None)  # pyright: ignore[reportArgumentType] nothing of it is looked at


@pytest.mark.parametrize("first", [True, False])
async def test_the_form_is_one_that_discord_takes(first: bool) -> None:
    form = Form(first=first)
    assert form.custom_id.startswith(FORM_PREFIX)
    body = {"type": 9, "data": form.to_dict()}
    assert list(broken_rules("POST", "/interactions/1/token/callback", body)) == []


async def test_the_form_hands_over_what_was_said() -> None:
    form = Form()
    await form.send_in("often", ["20"], ["3"])
    assert form.sent == [(Answers(Walking.OFTEN, 20, 3), True)]


@pytest.mark.parametrize(
    ("walking", "minutes", "pain"),
    [("x", "20", "3"), ("often", "x", "3"), ("often", "20", "x"), ("often", "20", "1.5")],
)
async def test_a_forged_form_is_lost(walking: str, minutes: str, pain: str) -> None:
    form = Form()
    with pytest.raises(NotFound, match="form_lost"):
        await form.send_in(walking, [minutes], [pain])
    assert form.sent == []


async def test_on_the_first_rung_it_asks_nothing() -> None:
    form = Form(first=True)
    await form.send_in(None, [], [])
    assert form.sent == [(None, True)]
