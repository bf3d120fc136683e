"""The recap: what was done, by whom where they agreed, and nothing else."""

from dataclasses import replace

import discord

from bot.domain.recap import WeekKind
from bot.ui.recap import NAMES, recap
from bot.ui.words import words_in
from tests.ui import samples as s

WORDS = words_in("en")
NOTHING = replace(
    s.RECAP,
    kind=WeekKind.CALM,
    wording="recap.calm.1",
    came=0,
    minutes=0,
    everyone_on=(),
    met_goal=(),
    honours=(),
    together=None,
    next_starts_at=None,
)


def said(facts: s.RecapPost) -> str:
    return s.text_of(recap(facts, WORDS))


def test_it_says_what_the_week_was_like() -> None:
    text = said(s.RECAP)
    assert "Morning walkers: the week of Monday, 2 March 2026" in text
    assert WORDS.say("recap.mixed.1") in text
    figures = "📅 **5** sessions · 👟 **11** times out and about · ⏱️ 4 hours 10 minutes together"
    assert figures in text
    assert "Everyone came on Monday and Thursday." in text
    assert "**Reached their own goal:** Ada and Bo" in text
    assert "**Good to have back:** Cy" in text
    assert "🏅 Ada: 7 sessions" in text
    assert "Together you have been at it for 1,000 minutes." in text
    assert "Next session: <t:" in text


def test_a_return_stands_once() -> None:
    assert said(s.RECAP).count("Cy") == 1


def test_a_week_in_which_nobody_came_shows_no_numbers() -> None:
    assert said(NOTHING).splitlines()[1:] == [WORDS.say("recap.calm.1")]


def test_minutes_that_nobody_told_are_left_out() -> None:
    assert "together" not in said(replace(s.RECAP, minutes=0, together=None))


def test_ten_names_stand_on_a_line_at_most() -> None:
    names = tuple(f"Member {n}" for n in range(NAMES + 3))
    text = said(replace(s.RECAP, met_goal=names))
    assert f"Member {NAMES - 1} and 3 more" in text
    assert f"Member {NAMES}" not in text


def test_the_days_encouragement_is_a_part_of_it() -> None:
    text = said(replace(s.RECAP, encouragement=s.POST))
    assert WORDS.say("encourage.first_miss.1") in text
    assert "Thinking of Ada, Bo and 1 more." in text
    assert text.count("Next session") == 1


def test_names_are_escaped() -> None:
    text = said(replace(s.RECAP, met_goal=("@everyone", "**Bo**")))
    assert "@everyone" not in text
    assert "\\*\\*Bo\\*\\*" in text


def test_its_button_tells_it_from_every_other_message() -> None:
    assert s.custom_ids_of(recap(s.RECAP, WORDS)) == [f"amble:me:6:{s.BIG}"]


def test_with_its_picture_it_says_the_same_and_offers_its_text() -> None:
    card = recap(s.RECAP, WORDS, b"png")
    assert s.text_of(card) == said(s.RECAP)
    assert s.labels_of(card) == ["My page", "As text"]
    assert "amble:board:text:" in s.custom_ids_of(card)[1]
    assert [file.filename for file in card.files()] == ["board.png"]


def test_its_picture_is_described() -> None:
    card = recap(s.RECAP, WORDS, b"png")
    [gallery] = [one for one in card.walk_children() if isinstance(one, discord.ui.MediaGallery)]
    assert str(gallery.items[0].description) == (
        "Leaderboard of Morning walkers: Sessions kept · week of 2 March 2026. 1. Ada, 12 sessions;"
        " 2. Bo, 9 sessions; 2. Cy, 9 sessions; 4. Di, 1 session."
        " All together: 31 sessions, 14 hours 20 minutes."
    )


def test_without_anybody_on_its_board_there_is_no_picture() -> None:
    card = recap(replace(s.RECAP, board=None), WORDS, b"png")
    assert (s.labels_of(card), card.files()) == (["My page"], [])
