"""One's own page as a picture: four figures and a year of sessions; `bot.ui.me` is its twin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from babel.dates import format_date, get_day_names

from bot.domain.day import WEEK
from bot.domain.schedule import monday_of
from bot.domain.streak import Outcome
from bot.services.views import Membership, Page
from bot.ui.escaping import Safe
from bot.ui.pictures.board import ROOM
from bot.ui.pictures.lettering import LEFT_TO_RIGHT, fitted, measured, sized, wrapped, written
from bot.ui.pictures.marks import CELL, LEGEND, mark
from bot.ui.pictures.svg import (
    INSIDE,
    MARGIN,
    MUTED,
    PANEL,
    SMALLEST,
    TITLE,
    WIDTH,
    clipped,
    picture,
    rect,
    text,
)
from bot.ui.words import Words

HALF = 26
"""Weeks in a band. The year stands in two, one below the other: in a single one its marks would be
too small to be told apart on a telephone."""
_TILES_Y = 136
_TILE = 168
_TILE_STEP = 184
_TILE_HEIGHT = 80
"""Without the lines below the figure."""
_LABEL_STEP = 28
_DAYS_X = WIDTH - MARGIN - HALF * CELL
_BAND = 7 * CELL
_BAND_STEP = _BAND + 66
_LEGEND_STEP = 36


def me_picture(page: Page, words: Words) -> str:
    """Draw a member's page in one group as SVG: figures, and the year up to today.

    Without anything in the older half of the year, only the newer half is drawn.
    """
    facts, days, today = page.membership, page.days, page.today
    monday = monday_of(today)
    newer = monday - (HALF - 1) * WEEK
    older = newer - HALF * WEEK
    starts = [older, newer] if any(older <= on < newer for on in days) else [newer]
    tiles, y = _tiles(facts, words)
    parts = [*_head(page, words), *tiles]
    y += 64
    for start in starts:
        parts += _band(start, y, days, words, today)
        y += _BAND_STEP
    y -= 18
    legend, y = _legend(y, words)
    return picture(y + 24, [*parts, *legend])


def _head(page: Page, words: Words) -> Iterator[str]:
    facts = page.membership
    title = written(page.name) or words.label("name.blank")
    title, size = sized(title, TITLE, INSIDE, bold=True)
    yield clipped(text(MARGIN, 66, title, size, bold=True), MARGIN, 12, INSIDE, 74)
    since = words.month(page.joined_on)
    key = "picture.me.since" if facts.paused_until_on is None else "picture.me.paused"
    rest = words.say(key, group=Safe(""), since=since)
    group = fitted(written(facts.group_name), 22, INSIDE - measured(rest, 22))
    # Marked on both sides: the date that follows keeps its place, whatever the group's name is.
    group = f"{LEFT_TO_RIGHT}{group}{LEFT_TO_RIGHT}"
    line = words.say(key, group=Safe(group), since=since)
    yield clipped(text(MARGIN, 106, line, 22, MUTED), MARGIN, 80, INSIDE, 40)


def _tiles(facts: Membership, words: Words) -> tuple[list[str], float]:
    """Draw four figures, with what they are below them; with where the tiles end."""
    streak = facts.streak
    best = [words.say("picture.me.best", best=streak.best)] if streak.best > streak.current else []
    figures = [
        (words.number(streak.current), [words.count("picture.me.streak", streak.current), *best]),
        (words.number(facts.weeks), [words.count("picture.me.weeks", facts.weeks)]),
        (words.number(streak.tokens), [words.count("picture.me.tokens", streak.tokens)]),
        (
            words.say("picture.me.goal", kept=facts.week_kept, goal=facts.wishes.goal),
            [words.say("picture.me.week")],
        ),
    ]
    labels = [
        [line for part in parts for line in wrapped(part, SMALLEST, _TILE - 12)]
        for _, parts in figures
    ]
    height = _TILE_HEIGHT + _LABEL_STEP * max(map(len, labels))
    parts: list[str] = []
    for place, ((figure, _), label) in enumerate(zip(figures, labels, strict=True)):
        x = MARGIN + place * _TILE_STEP
        parts.append(rect(x, _TILES_Y, _TILE, height, PANEL, radius=16))
        parts += _figure(figure, label, x + _TILE / 2)
    return parts, _TILES_Y + height


def _figure(figure: str, label: Iterable[str], middle: float) -> Iterator[str]:
    said, size = sized(figure, (36, 30, 24, SMALLEST), _TILE - 20, bold=True)
    yield text(middle, _TILES_Y + 54, said, size, bold=True, anchor="middle")
    for place, line in enumerate(label):
        y = _TILES_Y + 88 + place * _LABEL_STEP
        yield text(middle, y, line, SMALLEST, MUTED, anchor="middle")


def _band(
    start: date, y: float, days: Mapping[date, Outcome], words: Words, today: date
) -> Iterator[str]:
    """Draw half a year: weeks as columns, Monday on top, the months' names above."""
    yield from _months(start, y - 14, words)
    names = get_day_names("abbreviated", locale=words.locale)
    for weekday in (0, 2, 4, 6):
        name = fitted(names[weekday], SMALLEST, _DAYS_X - MARGIN - 8)
        yield text(MARGIN, y + weekday * CELL + 19, name, SMALLEST, MUTED)
    for place in range(HALF * 7):
        on = start + timedelta(days=place)
        if on <= today:
            week, weekday = divmod(place, 7)
            yield mark(days.get(on), _DAYS_X + week * CELL, y + weekday * CELL)


def _months(start: date, y: float, words: Words) -> Iterator[str]:
    """Write each month's name above the week that holds its first day, if there is room."""
    free = 0.0
    for week in range(HALF):
        first = start + week * WEEK
        inside = [first + timedelta(days=day) for day in range(7)]
        begins = next((on for on in inside if on.day == 1), None)
        if begins is None and not (week == 0 and first.day <= 14):
            continue
        name = format_date(begins or first, "LLL", locale=words.locale)
        width = measured(name, SMALLEST)
        x = min(_DAYS_X + week * CELL, WIDTH - MARGIN - width)
        if x >= free:
            yield text(x, y, name, SMALLEST, MUTED)
            free = x + width + 8


def _legend(y: float, words: Words) -> tuple[Iterable[str], float]:
    """Explain the marks, in as many lines as the language needs; with where the last one ends."""
    parts: list[str] = []
    x = float(MARGIN)
    for outcome, key in LEGEND.items():
        said = words.label(key, ROOM)
        width = CELL + 8 + measured(said, SMALLEST)
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y = float(MARGIN), y + _LEGEND_STEP
        parts += [
            mark(outcome, x, y - 5),
            text(x + CELL + 8, y + 14, fitted(said, SMALLEST, INSIDE - CELL - 8), SMALLEST, MUTED),
        ]
        x += width + 26
    return parts, y + 24
