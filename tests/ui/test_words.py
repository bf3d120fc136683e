"""Words say what they are asked to, in the language's own way."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError

from bot.ui import words as words_module
from bot.ui.escaping import Safe
from bot.ui.words import Words, words_in


@pytest.fixture
def spoken() -> Words:
    catalogue = Catalog(locale="en_001")
    catalogue.add("hello", "Hello {who}")
    catalogue.add(("walks", "walks"), ("{n} walk by {who}", "{n} walks by {who}"))
    for number in (10, 2, 1):
        catalogue.add(f"kind.{number}", f"Wording {number}")
    return Words("en", catalogue)


@pytest.fixture
def german(spoken: Words) -> Words:
    catalogue = Catalog(locale="de")
    catalogue.add("hello", "Hallo {who}")
    return Words("de", catalogue, spoken)


def test_values_are_put_in(spoken: Words) -> None:
    assert spoken.say("hello", who="Ada") == "Hello Ada"


def test_text_is_escaped_when_it_is_put_in(spoken: Words) -> None:
    assert spoken.say("hello", who="*Ada*") == "Hello \\*Ada\\*"


def test_safe_text_is_not_escaped_again(spoken: Words) -> None:
    assert spoken.say("hello", who=Safe("<@1>")) == "Hello <@1>"


def test_values_cannot_bring_values_of_their_own(spoken: Words) -> None:
    assert spoken.say("hello", who="{n}") == "Hello {n}"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1234, "1,234"),
        (datetime(2026, 3, 2, tzinfo=UTC), "<t:1772409600:F>"),
        (date(2026, 3, 2), "Monday, 2 March 2026"),
        (timedelta(hours=1, minutes=20), "1 hour 20 minutes"),
        (("Ada", "Bo", "C*"), "Ada, Bo and C\\*"),
    ],
)
def test_values_are_written_as_the_language_does(spoken: Words, value: object, said: str) -> None:
    assert spoken.say("hello", who=value) == f"Hello {said}"


def test_a_missing_key_is_an_error(spoken: Words) -> None:
    with pytest.raises(KeyError):
        spoken.say("nothing")


def test_a_missing_value_is_an_error(spoken: Words) -> None:
    with pytest.raises(KeyError):
        spoken.say("hello")


@pytest.mark.parametrize(("n", "said"), [(0, "0 walks"), (1, "1 walk"), (2, "2 walks")])
def test_numbers_choose_their_plural(spoken: Words, n: int, said: str) -> None:
    assert spoken.count("walks", n, who="Bo") == f"{said} by Bo"


def test_a_missing_plural_is_an_error(spoken: Words) -> None:
    with pytest.raises(KeyError):
        spoken.count("nothing", 2)


def test_numbered_keys_come_in_the_order_of_numbers(spoken: Words) -> None:
    assert spoken.keys("kind.") == ("kind.1", "kind.2", "kind.10")


def test_families_gather_numbered_keys(spoken: Words) -> None:
    assert spoken.families() == {"kind": ("kind.1", "kind.2", "kind.10")}


def test_a_key_that_begins_like_a_family_is_none_of_its_wordings() -> None:
    catalogue = Catalog(locale="en_001")
    for key in ("nudge.2", "nudge.until", "nudge.1", "nudge.session_at"):
        catalogue.add(key, "Still time today")
    assert Words("en", catalogue).families() == {"nudge": ("nudge.1", "nudge.2")}


def test_the_same_seed_picks_the_same_wording(spoken: Words) -> None:
    assert spoken.pick("kind.", 7) == spoken.pick("kind.", 7)


def test_different_seeds_pick_every_wording(spoken: Words) -> None:
    assert len({spoken.pick("kind.", seed) for seed in range(50)}) == 3


def test_labels_are_not_escaped(spoken: Words) -> None:
    assert spoken.label("hello", who="*Ada*") == "Hello *Ada*"


def test_labels_are_cut(spoken: Words) -> None:
    assert spoken.label("hello", 10, who="Adalbertine") == "Hello Ada…"


def test_a_language_falls_back_to_english(german: Words) -> None:
    assert german.say("hello", who="Ada") == "Hallo Ada"
    assert german.count("walks", 2, who="Ada") == "2 walks by Ada"
    assert german.keys("kind.") == ("kind.1", "kind.2", "kind.10")
    assert german.has("kind.1")


@pytest.mark.parametrize("language", ["en", "en-US", "en-GB", "xx", "", "../en"])
def test_a_language_without_a_catalogue_is_english(language: str) -> None:
    assert words_in(language).say("answer.done") == "Done"


def test_a_broken_catalogue_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "amble.po").write_text('msgid "a"\nthis is no catalogue\n', encoding="utf-8")
    monkeypatch.setattr(words_module, "LOCALES", tmp_path)
    with pytest.raises(PoFileError):
        words_module.words_in.__wrapped__("de")


def test_weekdays_come_in_the_order_of_the_week(spoken: Words) -> None:
    assert spoken.weekdays(frozenset({6, 0, 3})) == "Monday, Thursday and Sunday"


@pytest.mark.parametrize(
    ("metres", "said"),
    [(3219, "3.22 km (2 mi)"), (2500, "2.5 km (1.55 mi)"), (100_000, "100 km (62.14 mi)")],
)
def test_distances_are_told_in_both_units(metres: int, said: str) -> None:
    assert words_in("en").distance(metres) == said


def test_wall_clock_times_read_the_same_for_everybody(spoken: Words) -> None:
    assert spoken.clock(time(19, 5)) == "19:05"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 minutes"), (1, "1 minute"), (60, "1 hour"), (860, "14 hours 20 minutes")],
)
def test_durations_are_said_in_words(spoken: Words, minutes: int, said: str) -> None:
    assert spoken.duration(minutes) == said


def test_a_name_that_shows_nothing_gets_a_stand_in() -> None:
    assert words_in("en").name("\u200b\u3164 ") == "somebody"
