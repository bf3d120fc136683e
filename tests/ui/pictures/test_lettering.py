"""Names are cut to fit, and every script finds its face and its direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.pictures.fonts import families_of
from bot.ui.pictures.lettering import fitted, in_order, measured, wrapped, written
from tests.ui.pictures.facts import HARD_NAMES


def runs(text: str) -> list[str]:
    return [run for _, run in in_order(text)]


@given(st.text() | st.sampled_from(HARD_NAMES), st.integers(40, 700))
def test_what_is_fitted_has_room(text: str, room: int) -> None:
    assert measured(fitted(text, 24, room), 24) <= room


def test_what_has_room_stays_whole() -> None:
    assert fitted("Ada", 24, 300) == "Ada"


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert fitted("W" * 32, 24, 300).endswith("W…")


def test_a_letter_keeps_its_marks_when_the_text_is_cut() -> None:
    assert fitted("e\u0301" * 40, 24, 100).endswith("e\u0301…")


def test_an_emoji_of_several_parts_is_as_wide_as_one() -> None:
    assert measured("👩‍👩‍👧‍👦", 20) == measured("👩", 20)


def test_wide_characters_take_a_whole_em() -> None:
    assert measured("山山", 20) == 40


@given(st.text() | st.sampled_from(HARD_NAMES))
def test_no_character_that_xml_forbids_is_written(text: str) -> None:
    assert not [char for char in written(text) if char < " " or char in "\ufffe\uffff"]


def test_letters_of_mathematics_become_plain_ones() -> None:
    assert written("\U0001d4d0\U0001d4ed\U0001d4ea") == "Ada"


def test_lines_are_broken_between_words() -> None:
    assert wrapped("one two three", 20, 80) == ["one two", "three"]


@pytest.mark.parametrize(
    ("char", "text", "family"),
    [
        ("A", "A", "Noto Sans"),
        ("я", "я", "Noto Sans"),
        ("山", "山", "Noto Sans CJK SC"),
        ("山", "山の", "Noto Sans CJK JP"),
        ("山", "山민", "Noto Sans CJK KR"),
        ("م", "م", "Noto Sans Arabic"),
        ("ש", "ש", "Noto Sans Hebrew"),
        ("न", "न", "Noto Sans Devanagari"),
        ("👍", "👍", "Noto Color Emoji"),
        ("♥", "♥", "Noto Color Emoji"),
    ],
)
def test_a_character_is_drawn_in_the_face_of_its_script(char: str, text: str, family: str) -> None:
    assert families_of(char, text)[0] == family


@given(st.characters())
def test_every_list_of_families_ends_in_one_that_is_there(char: str) -> None:
    assert families_of(char, char)[-1] == "Noto Sans"


@given(st.text(st.characters(max_codepoint=0x4FF)))
def test_text_from_left_to_right_stays_in_order(text: str) -> None:
    assert "".join(runs(text)) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Ada Bo", ["Ada Bo"]),
        ("محمد علي", ["محمد علي"]),
        ("नमस्ते राम", ["नमस्ते राम"]),
        ("محمد…", ["…", "محمد"]),
        ("Ada محمد Bo", ["Ada ", "محمد", " Bo"]),
        ("שלום, Ada!", ["!", "Ada", " ,", "שלום"]),
        ("\u200eمحمد\u200e · 7", ["\u200e", "محمد", "\u200e · 7"]),
        ("يوسف 2024", ["2024", " ", "يوسف"]),
        ("דוד 7 Cohen", ["Cohen", " ", "7", " ", "דוד"]),
        ("Ada (עדה)", ["Ada (", "עדה", ")"]),
        ("(Ada) עדה", ["(Ada) ", "עדה"]),
        ("עדה (Ada)", ["(", "Ada", ") ", "עדה"]),
        ("علي 100%", ["%", "100", " ", "علي"]),
        ("דוד 100%", ["100%", " ", "דוד"]),
        ("علي 👩‍👩‍👧 👍🏿", ["👍🏿", " ", "👩‍👩‍👧", " ", "علي"]),
        ("שָׁלוֹם!", ["!", "שָׁלוֹם"]),
        ("Ada ❤️", ["Ada ", "❤️"]),
        ("7️⃣ x", ["7️⃣", " x"]),
    ],
)
def test_runs_stand_as_they_are_read(text: str, seen: list[str]) -> None:
    assert runs(text) == seen
