"""The form of details: whatever is typed into it is kept within bounds and shown as text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import EFFORT, METRES, MINUTES, NOTE, Details
from bot.domain.replies import Amount, read_amount
from bot.domain.schedule import Activity
from bot.services.checkins import checked
from bot.ui.details import Filled, amount_text, details_of
from bot.ui.receipt import receipt
from bot.ui.words import words_in
from tests.domain.samples import unhurried
from tests.ui import samples as s
from tests.ui.test_escaping import COMMANDS

WORDS = words_in("en")
NASTY = st.sampled_from(
    ["@everyone", "<@1>", "<@&2>", "<#3>", "<t:0:R>", "**", "`", "\n# ", "\x00", "\u202e", "{n}"]
)
typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=4000) | st.builds(
    "".join, st.lists(NASTY | st.integers().map(str) | st.text(max_size=5), max_size=40)
)


@unhurried
@given(typed, typed, st.none() | st.sampled_from(Activity), st.none() | st.sampled_from(EFFORT))
def test_whatever_is_sent_in_is_kept_within_bounds_and_shown_as_text(
    how_much: str, note: str, activity: Activity | None, effort: int | None
) -> None:
    filled = Filled(how_much, activity, effort, note, picture=None)
    amount = read_amount(how_much)
    kept = checked(details_of(filled, amount or Amount()))
    assert kept.minutes is None or kept.minutes in MINUTES
    assert kept.metres is None or kept.metres in METRES
    assert kept.note is None or 0 < len(kept.note) <= NOTE
    assert "\x00" not in (kept.note or "")
    unread = how_much if amount is None else None
    card = receipt(replace(s.RECEIPT, details=kept), WORDS, s.GUILD, unread=unread)
    told = s.text_of(card)
    assert len(told) <= 4000
    for shown in told.replace("<t:1772433000:F>", "").splitlines():
        if shown.startswith(("Your note: ", "I could not read ")):
            ours = shown.replace("**Say more**", "").replace("`35 min` or `2 miles`", "")
            assert COMMANDS.search(ours) is None


@pytest.mark.parametrize("minutes", [None, 1, 35, 60, 599])
@pytest.mark.parametrize("metres", [None, 100, 3219, 2500, 100_000])
def test_what_the_form_opens_with_is_read_as_what_it_was(
    minutes: int | None, metres: int | None
) -> None:
    text = amount_text(Details(minutes, metres), WORDS)
    assert text is None or read_amount(text) == Amount(minutes, metres)


@pytest.mark.parametrize(
    ("metres", "shown"),
    [(3219, "2 miles"), (2414, "1.5 miles"), (3000, "3 km"), (2500, "2.5 km"), (1234, "1.234 km")],
)
def test_a_distance_is_shown_in_the_unit_that_it_was_said_in(metres: int, shown: str) -> None:
    assert amount_text(Details(metres=metres), WORDS) == shown
    assert read_amount(shown) == Amount(metres=metres)
