"""Pictures are sound SVG, keep inside their card, and can be read."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ranking import Metric, Period
from bot.domain.streak import Outcome
from bot.ui.pictures.board import board_picture
from bot.ui.pictures.marks import LEGEND, mark
from bot.ui.pictures.me import me_picture
from bot.ui.pictures.svg import BLUE, GREEN, LINE, QUIET, WIDTH
from bot.ui.words import words_in
from tests.gallery.cases import Case, every
from tests.ui.pictures.drawn import Box, Drawn
from tests.ui.pictures.facts import HARD_NAMES, TODAY, board, page, year

WORDS = words_in("en")
ANYTHING = st.text(max_size=40) | st.sampled_from(HARD_NAMES)
PICTURES = {
    "board": board_picture(board(), WORDS),
    "hard board": board_picture(
        board(HARD_NAMES, group=HARD_NAMES[1], values=range(999_999, 0, -70_000)), WORDS
    ),
    "empty board": board_picture(board((), kept=0), WORDS),
    "minutes": board_picture(
        board(values=(99_999, 60, 5), metric=Metric.MINUTES, minutes=999_999), WORDS
    ),
    "share": board_picture(
        board(values=(100, 50, 5), metric=Metric.SHARE, period=Period.MONTH), WORDS
    ),
    "page": me_picture(page("Ada", year(51)), WORDS),
    "new page": me_picture(page("Bo", streak=0), WORDS),
    "hard page": me_picture(page(HARD_NAMES[7], year(60), group="W" * 60, streak=9_999), WORDS),
    **{f"gallery: {case.name}": case.svg for case in every()},
}
each_picture = pytest.mark.parametrize("svg", PICTURES.values(), ids=list(PICTURES))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@given(names=st.lists(ANYTHING, min_size=1, max_size=10), group=ANYTHING)
@settings(max_examples=60, deadline=None)
def test_a_board_is_well_formed_whatever_people_call_themselves(
    names: list[str], group: str
) -> None:
    Drawn(board_picture(board(names, group=group), WORDS))


@given(name=ANYTHING, group=ANYTHING)
@settings(max_examples=60, deadline=None)
def test_a_page_is_well_formed_whatever_people_call_themselves(name: str, group: str) -> None:
    Drawn(me_picture(page(name, group=group), WORDS))


@given(name=ANYTHING)
@settings(max_examples=100, deadline=None)
def test_a_name_ends_before_its_bar_begins(name: str) -> None:
    drawn = Drawn(board_picture(board([name]), WORDS))
    [bar] = {box.left for box in drawn.boxes if box.fill == GREEN and box.bottom - box.top == 14}
    assert max(clip.right for clip in drawn.clips if clip.top > 100) < bar


@each_picture
def test_nothing_stands_outside_the_card(svg: str) -> None:
    drawn = Drawn(svg)
    height = float(drawn.root.attrib["height"])
    card = Box(0, 0, WIDTH, height, "")
    assert all(card.holds(b.left, b.top) and card.holds(b.right, b.bottom) for b in drawn.boxes)
    assert all(card.holds(b.left, b.top) and card.holds(b.right, b.bottom) for b in drawn.clips)
    assert all(card.holds(b.left, b.top) and card.holds(b.right, b.bottom) for b in drawn.strokes)
    outside = [one.text for one in drawn.lines if one.left < 24 or one.right > WIDTH - 24]
    assert outside == []
    assert all(one.baseline <= height - 20 for one in drawn.lines)


@each_picture
def test_no_type_is_smaller_than_twenty(svg: str) -> None:
    assert min(line.size for line in Drawn(svg).lines) >= 20


@each_picture
def test_type_stands_out_from_what_is_below_it(svg: str) -> None:
    weak = [one for one in Drawn(svg).lines if contrast(one.fill, one.ground) < 4.5]
    assert weak == []


@each_picture
def test_a_picture_is_800_wide(svg: str) -> None:
    assert Drawn(svg).root.attrib["width"] == "800"


def test_what_people_wrote_is_shown_and_not_obeyed() -> None:
    drawn = Drawn(board_picture(board(["<b>&\"'</b>\x00"]), WORDS))
    assert "<b>&\"'</b>" in drawn.texts


def test_a_name_that_shows_nothing_has_a_stand_in() -> None:
    assert "somebody" in Drawn(board_picture(board(["\u3164"]), WORDS)).texts


def test_a_board_shows_numbers_names_and_values_in_order() -> None:
    texts = Drawn(board_picture(board(), WORDS)).texts
    assert texts[2:11] == ["1", "Ada", "12", "2", "Bo", "9", "3", "Cy", "3"]


def test_bars_are_as_long_as_the_values_say() -> None:
    boxes = Drawn(board_picture(board(values=(12, 6, 3)), WORDS)).boxes
    bars = [box.right - box.left for box in boxes if box.fill == GREEN and box.left > 400]
    assert bars == pytest.approx([bars[0], bars[0] / 2, bars[0] / 4], rel=1e-4)


def test_a_share_is_measured_against_the_whole() -> None:
    facts = board(values=(50, 25), metric=Metric.SHARE, period=Period.ALL)
    boxes = [box for box in Drawn(board_picture(facts, WORDS)).boxes if box.left > 400]
    track, bar = boxes[0], next(box for box in boxes if box.fill == GREEN)
    assert (bar.right - bar.left) * 2 == pytest.approx(track.right - track.left, rel=1e-4)


def test_the_group_s_total_stands_under_the_ranks() -> None:
    label, total = Drawn(board_picture(board(metric=Metric.KEPT, period=Period.WEEK), WORDS)).texts[
        -2:
    ]
    assert (label, total) == ("All together this week", "31 sessions · 14 hours 20 minutes")


def test_an_empty_board_invites() -> None:
    texts = Drawn(board_picture(board((), kept=0), WORDS)).texts
    assert "Nobody is here yet. The first session opens the board." in " ".join(texts)


def test_a_page_shows_four_figures() -> None:
    texts = Drawn(me_picture(page(), WORDS)).texts
    assert texts[2:10] == [
        *("12", "in a row"),
        *("5", "weeks in a row"),
        *("2", "rest tokens"),
        *("2 of 3", "this week"),
    ]


def test_a_page_says_that_one_is_on_a_pause() -> None:
    facts = page(paused=date(2026, 12, 1))
    assert "on a pause" in Drawn(me_picture(facts, WORDS)).texts[1]


def marks_of(svg: str, colour: str, side: float) -> list[Box]:
    """Marks of the year; the last one of each is the legend's."""
    return [b for b in Drawn(svg).boxes if b.fill == colour and b.right - b.left == side][:-1]


def test_every_day_of_the_year_stands_in_its_week_and_weekday() -> None:
    monday = date(2026, 11, 16)
    days = {monday: Outcome.DONE, monday + timedelta(days=3): Outcome.DONE}
    first, second = marks_of(me_picture(page("Ada", days), WORDS), GREEN, 19)
    assert (second.left - first.left, second.top - first.top) == (0, 75)


def test_one_week_is_one_column() -> None:
    days = {date(2026, 11, 9): Outcome.DONE, date(2026, 11, 16): Outcome.DONE}
    first, second = marks_of(me_picture(page("Ada", days), WORDS), GREEN, 19)
    assert (second.left - first.left, second.top - first.top) == (25, 0)


def test_the_older_half_is_left_out_until_there_is_something_in_it() -> None:
    short = Drawn(me_picture(page("Ada", year(20)), WORDS))
    full = Drawn(me_picture(page("Ada", year(51)), WORDS))
    assert (short.texts.count("Mon"), full.texts.count("Mon")) == (1, 2)


def test_days_that_are_still_to_come_have_no_mark() -> None:
    until_monday = me_picture(page(today=date(2026, 11, 16)), WORDS)
    until_sunday = me_picture(page(today=date(2026, 11, 22)), WORDS)
    assert len(Drawn(until_sunday).boxes) - len(Drawn(until_monday).boxes) == 6


def test_months_do_not_run_into_one_another() -> None:
    for day in range(0, 365, 5):
        today = TODAY + timedelta(days=day)
        lines = Drawn(me_picture(page(today=today), WORDS)).lines
        months = [line for line in lines if line.baseline == lines[10].baseline]
        assert all(one.right < other.left for one, other in pairwise(months)), today


def test_every_outcome_has_its_look_explained() -> None:
    looks = {mark(outcome, 0, 0) for outcome in Outcome}
    assert looks == {mark(outcome, 0, 0) for outcome in LEGEND}


def test_looks_differ_in_shape_even_without_colour() -> None:
    colours = (GREEN, BLUE, QUIET)
    shapes: set[str] = set()
    for outcome in LEGEND:
        shape = mark(outcome, 0, 0)
        for colour in colours:
            shape = shape.replace(colour, "")
        shapes.add(shape)
    assert len(shapes) == len(LEGEND)


def test_a_miss_is_drawn_in_grey() -> None:
    red, green, blue = (int(QUIET[at : at + 2], 16) for at in (1, 3, 5))
    assert QUIET in mark(Outcome.MISSED, 0, 0)
    assert max(red, green, blue) - min(red, green, blue) < 40


def test_a_long_name_stands_whole_where_bars_can_make_room() -> None:
    name = "Wilhelmina-Alexandrina von Hohenz"
    assert name in Drawn(board_picture(board([name, "Bo"]), WORDS)).texts


@pytest.mark.parametrize("values", [(12, 6), (9_999_999_999, 1)], ids=["small", "huge"])
def test_bars_are_equally_long_and_there_whatever_stands_beside_them(
    values: tuple[int, int],
) -> None:
    facts = board(["W" * 32, "Bo"], values=values, metric=Metric.MINUTES)
    boxes = Drawn(board_picture(facts, WORDS)).boxes
    wide = {box.right - box.left for box in boxes if box.fill == LINE and box.bottom - box.top > 2}
    (width,) = wide
    assert width >= 60


@pytest.mark.parametrize("case", every(), ids=lambda case: case.name)
def test_a_description_fits_and_says_everything(case: Case) -> None:
    assert len(case.alt) <= 1024
    assert not case.alt.endswith("…")
