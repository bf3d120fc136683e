"""The guides: complete, short enough for a telephone, in plain words, and one press away."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import discord
import pytest

from bot.domain.checkin import SessionState
from bot.domain.guide import Guide, guide_to
from bot.domain.schedule import Activity
from bot.ui.card import ALT_LENGTH, Card
from bot.ui.encouragement import encouragement, encouragement_dm
from bot.ui.guide import alt, guide_card, guide_menu
from bot.ui.help import help_card
from bot.ui.pictures.guides import guide_picture
from bot.ui.pictures.lettering import wrapped
from bot.ui.prompt import prompt
from bot.ui.words import words_in
from tests.discord_api.rules import broken_rules
from tests.ui import samples as s
from tests.ui.texts import TEXTS

WORDS = words_in("en")
PARTS = ("why", "how", "how_long", "when_not", "sources")
each_guide = pytest.mark.parametrize("guide", Guide)

# What a telephone of 390 x 844 points (an iPhone 14, say; most Android ones have more) has left for
# a message: without the clock on top (47), the channel's name (44), the box to write in (56) and
# the bar at the bottom (34). Discord publishes no figures, so its own are estimates.
SCREEN = 844 - 47 - 44 - 56 - 34
INSIDE = 300
"""Width of a text in a card in Noto Sans, which is wider than Discord's own face: there, some 280
right of the bot's picture."""
NAME, PRIVATE, PADDING, GAP, SELECT = 22, 22, 24, 8, 44
"""Heights of what stands around the texts: who answers, "Only you can see this", edges."""
TYPE = {"### ": (20, 26), "-# ": (13, 16)}
"""Size and line height of type by how a line begins; of all other lines they are 16 and 20."""
INDENT = 22
"""Of a numbered line."""
MOST_CHARACTERS = 700
"""What the height comes to in characters, for whoever writes or translates a guide."""


def text_height(said: str) -> float:
    """The height of a text when its lines are broken as they would be there."""
    total = 0.0
    for line in said.split("\n"):
        begins = next((one for one in TYPE if line.startswith(one)), "")
        size, height = TYPE.get(begins, (16, 20))
        bare = re.sub(r"[*`]", "", line.removeprefix(begins))
        shown = re.sub(r"^\d\. ", "", bare)
        room = INSIDE if shown == bare else INSIDE - INDENT
        total += height * len(wrapped(shown, size, room))
    return total


def height_of(card: Card, svg: str) -> float:
    picture = float(ET.fromstring(svg).attrib["height"]) * INSIDE / 800  # noqa: S314 - our own
    blocks = [one for one in card.walk_children() if isinstance(one, discord.ui.TextDisplay)]
    texts = sum(text_height(one.content) for one in blocks)
    around = NAME + PRIVATE + PADDING + SELECT + GAP * (len(blocks) + 1)
    return texts + picture + around


@each_guide
def test_a_guide_has_all_its_parts(guide: Guide) -> None:
    said = s.text_of(guide_card(guide, WORDS))
    for part in PARTS:
        assert WORDS.say(f"guide.{guide}.{part}") in said, part
    assert "General information, not medical advice." in said


@each_guide
def test_how_to_is_told_in_a_few_numbered_steps(guide: Guide) -> None:
    steps = WORDS.say(f"guide.{guide}.how").split("\n")
    assert 3 <= len(steps) <= 5
    assert [step[:3] for step in steps] == [f"{n}. " for n in range(1, len(steps) + 1)]


@each_guide
def test_a_guide_fits_a_telephones_screen(guide: Guide) -> None:
    card = guide_card(guide, WORDS, b"png")
    assert height_of(card, guide_picture(guide, WORDS)) <= SCREEN
    assert len(s.text_of(card)) <= MOST_CHARACTERS


@each_guide
@pytest.mark.parametrize("png", [None, b"png"], ids=["words alone", "with its drawing"])
async def test_a_guide_is_a_card_that_discord_takes(guide: Guide, png: bytes | None) -> None:
    card = guide_card(guide, WORDS, png)
    body: dict[str, object] = {
        "components": card.to_components(),
        "flags": 1 << 15,
        "allowed_mentions": {"parse": []},
    }
    assert list(broken_rules("POST", "/channels/1/messages", body)) == []
    assert len(card.files()) == (png is not None)


@each_guide
def test_a_drawing_is_described(guide: Guide) -> None:
    card = guide_card(guide, WORDS, b"png")
    [gallery] = [one for one in card.walk_children() if isinstance(one, discord.ui.MediaGallery)]
    [item] = gallery.items
    described = alt(guide, WORDS)
    assert item.description == described
    assert len(described) <= ALT_LENGTH
    assert not described.endswith("…")


@each_guide
def test_every_word_in_a_drawing_stands_in_the_catalogue(guide: Guide) -> None:
    drawn = ET.fromstring(guide_picture(guide, WORDS)).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314 - our own
    said = {"".join(one.itertext()) for one in drawn}
    known = {text[0] for key, text in TEXTS.items() if key.startswith("picture.guide.")}
    weeks = {WORDS.say("picture.guide.pacing.week", n=n) for n in range(1, 5)}
    assert said
    assert said <= known | weeks


@each_guide
def test_a_guide_names_where_its_facts_are_from(guide: Guide) -> None:
    named = r"Lancet|CDC|Mayo Clinic|NHS|Spine-health|Sports Medicine|Clinical Biomechanics|NICE"
    assert re.search(named, WORDS.say(f"guide.{guide}.sources"))


# An exercise is described here, never prescribed, and nobody is promised anything.
PROMISES = (
    r"\b(cure[sd]?|heal(s|ed)?|treat(s|ment)?|guarantee\w*|prescri\w+|diagnos\w+|must|always)\b"
)
SHAME = r"\b(lazy|excuse\w*|fail\w*|weak|should have|no pain, no gain|push through)\b"


@each_guide
def test_a_guide_promises_nothing_and_blames_nobody(guide: Guide) -> None:
    said = s.text_of(guide_card(guide, WORDS))
    assert re.findall(PROMISES, said, re.IGNORECASE) == []
    # "New weakness" is a sign that somebody needs help.
    assert re.findall(SHAME, said, re.IGNORECASE) == []


@each_guide
def test_a_guide_leads_to_every_other_and_shows_which_it_is(guide: Guide) -> None:
    [select] = selects_of(guide_card(guide, WORDS))
    assert [option.value for option in select.options] == list(Guide)
    assert [option.value for option in select.options if option.default] == [guide]
    assert select.custom_id == "amble:guides:here"


def test_the_menu_has_every_guide_and_none_chosen() -> None:
    [select] = selects_of(guide_menu(WORDS))
    assert len(select.options) == len(Guide)
    assert not any(option.default for option in select.options)


def test_emergency_signs_are_named_where_one_comes_back_from_a_flare() -> None:
    said = WORDS.say("guide.pacing.when_not")
    for sign in ("bladder", "bowel", "numbness between the legs", "weakness", "fever", "fall"):
        assert sign in said
    assert "emergency care today" in said


@pytest.mark.parametrize("activity", Activity)
def test_every_activity_has_a_guide_that_fits(activity: Activity) -> None:
    expected = {"other": "warm_up"}.get(activity, activity.value)
    assert guide_to(activity) == expected


@pytest.mark.parametrize("activity", Activity)
@pytest.mark.parametrize("state", [SessionState.OPEN, SessionState.SETTLED, SessionState.VOID])
def test_a_prompt_leads_to_the_guide_of_its_activity(
    activity: Activity, state: SessionState
) -> None:
    card = prompt(replace(s.PROMPT, activity=activity, state=state), WORDS)
    assert s.custom_ids_of(card)[-1] == f"amble:guide:{guide_to(activity)}"


def test_an_encouragement_leads_to_a_guide_wherever_it_is_read() -> None:
    for card in (encouragement(s.POST, WORDS), encouragement_dm(s.POST, WORDS)):
        assert "amble:guide:walk" in s.custom_ids_of(card)


def test_help_offers_every_guide_and_stays() -> None:
    [select] = selects_of(help_card(WORDS, organiser=False, admin=False))
    assert [option.value for option in select.options] == list(Guide)
    assert select.custom_id == "amble:guides:new"


def selects_of(card: Card) -> list[discord.ui.Select[discord.ui.LayoutView]]:
    return [one for one in card.walk_children() if isinstance(one, discord.ui.Select)]
