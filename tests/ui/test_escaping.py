"""What people wrote cannot do anything in a card but be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.escaping import WIDTH, columns, escaped, plain

INVISIBLE = "\u200b\u200e\u202a\u202e\u2066\u2069\ufeff\u00ad\u0000\u001b\u3164\u2800\ud800"
LIVELY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("*_~|`<>@#&[]()\\:/.!-+1a \n\r\t\u2028\u200b\u200d\u202e\u0301山م"),
    ),
    max_size=200,
)
# What Discord takes for itself, unless a backslash stands before it.
COMMANDS = re.compile(
    r"@everyone|@here|<@[!&\d]|https?://|(?<!\\)(?:\\\\)*[*_~|`<>\[\]#]|discord\.gg"
)


def visible(text: str) -> str:
    """Text as a reader sees it: without escapes and the breaks that keep Discord from acting."""
    return re.sub(r"\\(.)", r"\1", text).replace("\u200b", "").strip("\u2068\u2069")


@pytest.mark.parametrize(
    "nasty",
    [
        "@everyone",
        "@here",
        "<@123456789012345678>",
        "<@&123456789012345678>",
        "<#123456789012345678>",
        "</checkin:123456789012345678>",
        "<:smile:123456789012345678>",
        "<t:0:R>",
        "<id:customize>",
        "<https://example.com>",
        "https://example.com/a_b",
        "discord.gg/abc",
        "[click](https://example.com)",
        "**bold** __under__ ~~gone~~ ||secret||",
        "`code` ```block```",
        "# heading",
        "-# subtext",
        "> quote",
        ">>> quote",
        "\\*",
        "\\\\*both\\\\*",
    ],
)
def test_what_discord_would_act_on_is_shown_as_it_was_typed(nasty: str) -> None:
    assert COMMANDS.search(escaped(nasty)) is None
    assert visible(escaped(nasty)) == nasty


@pytest.mark.parametrize("start", ["- item", "+ item", "1. item", "23) item", "-# small"])
def test_text_cannot_begin_a_list(start: str) -> None:
    assert re.match(r"\s*([-+*]|\d+[.)])", escaped(start)) is None


def test_text_stays_on_one_line() -> None:
    assert escaped("Ada\n# Bo\r\n- Cy\u2028Di\x0bEd") == "Ada \\# Bo - Cy Di Ed"


@pytest.mark.parametrize("char", INVISIBLE)
def test_invisible_characters_are_taken_out(char: str) -> None:
    assert char not in escaped(f"A{char}b")


def test_a_mention_cannot_hide_behind_an_invisible_character() -> None:
    assert "@everyone" not in escaped("@\u200deveryone")


@pytest.mark.parametrize("name", ["👩\u200d🦰", "क\u094d\u200dष"])
def test_joiners_stay_where_writing_needs_them(name: str) -> None:
    assert escaped(name) == name


def test_persian_keeps_its_joiner_and_its_direction_to_itself() -> None:
    name = "\u0633\u0645\u200c\u0633"
    assert escaped(name) == f"\u2068{name}\u2069"


def test_towers_of_marks_are_cut_down() -> None:
    assert escaped("e" + "\u0316" * 40) == "e" + "\u0316" * 4


def test_ordinary_names_are_left_alone() -> None:
    for name in ("Ada Lovelace", "Zoë Ñandú", "山田 太郎", "O'Neill-Smith, Jr", "Bo 3"):
        assert escaped(name) == name


def test_long_text_is_cut_by_columns() -> None:
    assert escaped("山" * 100, 11) == "山" * 5 + "…"
    assert escaped("a" * 100, 11) == "a" * 10 + "…"


@given(LIVELY)
def test_nothing_anybody_writes_is_acted_on(text: str) -> None:
    assert COMMANDS.search(escaped(text)) is None


@given(LIVELY)
def test_nothing_anybody_writes_is_wider_than_its_place(text: str) -> None:
    shown = plain(text, WIDTH)
    assert columns(shown) <= WIDTH
    assert len(shown) <= WIDTH


@given(LIVELY)
def test_nothing_anybody_writes_breaks_the_line_or_turns_it_round(text: str) -> None:
    assert not set(escaped(text)) & set("\n\r\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2067")


@given(LIVELY)
def test_escaped_text_reads_as_the_plain_text_does(text: str) -> None:
    assert visible(escaped(text)) == plain(text, WIDTH)
