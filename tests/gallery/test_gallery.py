"""The gallery that stands in the repository is the one that would be drawn now."""

from __future__ import annotations

from tests.gallery.__main__ import DIRECTORY, THEMES, page
from tests.gallery.cases import every


def test_its_page_says_what_pictures_and_cards_say_today() -> None:
    written = (DIRECTORY / "README.md").read_text(encoding="utf-8")
    assert written == page(every()), "the words have changed: run `make gallery`, and look at it"


def test_every_picture_of_it_is_there_and_no_other() -> None:
    names = {one.name for one in every()} | {THEMES}
    assert {path.stem for path in DIRECTORY.glob("*.png")} == names
