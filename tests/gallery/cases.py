"""What the gallery shows: boards, pages and guides as they come, and as they are hardest to draw.

Another kind of picture joins with a function of its own here, and its place in `every`.
"""

# ruff: noqa: RUF001 - names in every script: letters that look alike are the point

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.domain.guide import Guide
from bot.domain.ids import GroupId, GuildId, MembershipId
from bot.domain.ranking import Entry, Metric, Period, Rank, rank
from bot.domain.ranking import board as ranked
from bot.domain.streak import Outcome, Streak
from bot.services.views import Board, BoardQuestion, Membership, Page, Wishes
from bot.ui.board import alt as board_alt
from bot.ui.board import board_in_words
from bot.ui.card import Card
from bot.ui.guide import alt as guide_alt
from bot.ui.guide import guide_card
from bot.ui.me import alt as page_alt
from bot.ui.me import me
from bot.ui.pictures.board import board_picture
from bot.ui.pictures.guides import guide_picture
from bot.ui.pictures.me import me_picture
from bot.ui.words import LOCALES, Words, words_in

TODAY = date(2026, 11, 22)
_MONDAY = date(2026, 11, 16)
_ENGLISH = words_in("en")
_DAY = timedelta(days=1)

LATIN = ("Åsa Lindström", "Łukasz Żółć", "Nguyễn Thị Hương", "Ñandú Peña", "Çağla Şimşek")
SCRIPTS = (
    "Сергей Иванович",
    "Ελένη Παπαδοπούλου",
    "محمد علي",
    "שרה כהן",
    "प्रिया शर्मा",
    "สมชาย ใจดี",
    "王小明",
    "山田 太郎",
    "김민수",
    "Անահիտ",
)
EMOJI = (
    "🏃🏽‍♀️ Runner",
    "👩‍👩‍👧‍👦 Family",
    "👍🏿 thumbs 👍🏻",
    "🏳️‍🌈 Sam",
    "🇩🇪 Jörg 🇯🇵",
    "❤️‍🔥 Mo ☕",
    "1️⃣ One",
    "🧑🏾‍🦽‍➡️ Lee",
    "★ Nova ♪",
    "𝓕𝓪𝓷𝓬𝔂 𝕋𝕖𝕩𝕥",
)
LONG = ("山" * 32, "W" * 32, "Wilhelmina-Alexandrina von Hohenz", "👟" * 32, "ﷺ" * 8, "i" * 32)
TURNED = (
    "يوسف 2024",
    "דוד 7 Cohen",
    "Ada (עדה)",
    "علي 👟 100%",
    "\u200f\u202eevil\u202c name",
    "سارة، لندن!",
)
EMPTY = ("", "\u3164", "\u200b\u200b", "Ada")


@dataclass(frozen=True)
class Case:
    """A picture with what says the same."""

    name: str
    """Of its file, without the suffix."""
    title: str
    svg: str
    alt: str
    twin: Card


def every() -> list[Case]:
    """Return all cases in the order of the page."""
    return [*_boards(_ENGLISH), *_pages(_ENGLISH), *_guides(_ENGLISH), *_stretched()]


def _boards(words: Words) -> list[Case]:
    def case(name: str, title: str, facts: Board) -> Case:
        return board_case(name, title, facts, words)

    ten = ("Ada Lovelace", "Bo", "Cy Twombly", "Di", "Ed", "Flo", "Gus", "Hana", "Ike", "Jo")
    return [
        case("board", "An everyday board", board(ten[:7], (12, 11, 9, 9, 6, 4, 3))),
        case("board-one", "One member", board(("Ada",), (1,), kept=1, minutes=20)),
        case("board-none", "Nobody yet", board((), (), kept=0, minutes=0)),
        case("board-hidden", "Nobody chose to be shown", board((), (), kept=31, minutes=860)),
        case("board-ties", "Ten with ties", board(ten, (9, 9, 9, 5, 5, 3, 3, 3, 1, 1))),
        case("board-crowd", "Ten of 200, with ties across the edge", crowd(200)),
        case("board-latin", "Latin with accents", board(LATIN, (12, 9, 9, 4, 1))),
        case(
            "board-scripts",
            "Ten scripts",
            board(SCRIPTS, range(30, 0, -3), group="多言語 Все вместе"),
        ),
        case("board-emoji", "Emoji", board(EMOJI, range(30, 0, -3), group="🚶🏽 Walkers 🌄")),
        case("board-long", "32 wide characters", board(LONG, range(60, 0, -10), group="山" * 60)),
        case(
            "board-turned",
            "Right to left, with numbers",
            board(TURNED, range(60, 0, -10), group="مجموعة المشي 7:30"),
        ),
        case("board-empty-names", "Names that show nothing", board(EMPTY, (4, 3, 2, 1))),
        case(
            "board-huge",
            "Huge values",
            board(
                ten[:3],
                (9_999_999, 1_000_000, 7),
                metric=Metric.MINUTES,
                kept=123_456_789,
                minutes=987_654_321,
            ),
        ),
        case(
            "board-week",
            "A week that is over, as the recap shows it",
            board(ten[:4], (5, 4, 2, 1), metric=Metric.KEPT, period=Period.WEEK, over=True),
        ),
        case(
            "board-month",
            "This month's time",
            board(ten[:5], (845, 720, 315, 60, 5), metric=Metric.MINUTES, period=Period.MONTH),
        ),
        case(
            "board-share",
            "Shares",
            board(ten[:4], (100, 92, 67, 3), metric=Metric.SHARE, period=Period.MONTH),
        ),
        case(
            "board-server",
            "The whole server",
            board(ten[:5], (41, 33, 12, 12, 8), group=None, metric=Metric.WEEKS),
        ),
    ]


def _pages(words: Words) -> list[Case]:
    def case(name: str, title: str, facts: Page) -> Case:
        return page_case(name, title, facts, words)

    return [
        case("me", "An everyday page", page("Ada Lovelace", _some(40))),
        case("me-new", "The first day", page("Bo", {}, streak=Streak(), weeks=0, kept=0)),
        case(
            "me-empty",
            "A year with nothing in it but its first day",
            page("Cy", {TODAY - 360 * _DAY: Outcome.DONE}, streak=Streak(best=1), weeks=0, kept=0),
        ),
        case(
            "me-full",
            "A year full",
            page("Di", _full(), streak=Streak(364, 364, 2), weeks=52, kept=7),
        ),
        case("me-paused", "On a pause", page("Ed", _paused(), paused=TODAY + 9 * _DAY)),
        case(
            "me-huge",
            "Huge values",
            page("Flo", _some(52), streak=Streak(1_234_567, 1_234_567, 2), weeks=99_999, kept=199),
        ),
        case("me-long", "32 wide characters", page("山" * 32, _some(20), group="W" * 60)),
        case("me-turned", "Right to left", page("محمد علي 7", _some(20), group="קבוצת הליכה 7:30")),
        case("me-emoji", "Emoji", page("👩‍👩‍👧‍👦 Family 👍🏿", _some(10), group="🚶🏽 Walkers 🌄")),
        case("me-blank", "A name that shows nothing", page("\u3164", _some(5))),
    ]


def _guides(words: Words) -> list[Case]:
    return [
        guide_case(f"guide-{guide}", words.label(f"guide.{guide}"), guide, words) for guide in Guide
    ]


def _stretched() -> list[Case]:
    words = Words("en", _longer(), None)
    names = ("Ada Lovelace", "Bo", "Cy Twombly")
    month = board(names, (845, 720, 315), metric=Metric.MINUTES, period=Period.MONTH)
    return [
        board_case("board-stretched", "Words 40 % longer", month, words),
        board_case(
            "board-none-stretched", "The same, nobody yet", board((), (), kept=0, minutes=0), words
        ),
        page_case("me-stretched", "The same, a page", page("Ada Lovelace", _some(40)), words),
        guide_case("guide-walk-stretched", "The same, a guide with notes", Guide.WALK, words),
        guide_case("guide-core-stretched", "The same, a guide in columns", Guide.CORE, words),
    ]


def board_case(name: str, title: str, facts: Board, words: Words) -> Case:
    return Case(
        name,
        title,
        board_picture(facts, words),
        board_alt(facts, words),
        board_in_words(facts, words),
    )


def page_case(name: str, title: str, facts: Page, words: Words) -> Case:
    twin = me([facts.membership], words)
    return Case(name, title, me_picture(facts, words), page_alt(facts, words), twin)


def guide_case(name: str, title: str, guide: Guide, words: Words) -> Case:
    return Case(
        name, title, guide_picture(guide, words), guide_alt(guide, words), guide_card(guide, words)
    )


def board(
    names: Sequence[str],
    values: Iterable[int],
    *,
    group: str | None = "Morning walkers",
    metric: Metric = Metric.STREAK,
    period: Period = Period.ALL,
    kept: int = 31,
    minutes: int = 860,
    over: bool = False,
) -> Board:
    entries = [
        Entry(MembershipId(number), name, value, shown=True)
        for number, (name, value) in enumerate(zip(names, values, strict=False), start=1)
    ]
    since = period.begin(TODAY - 14 * _DAY if over else TODAY) if metric.has_period else None
    asked = BoardQuestion(GroupId(2), group is None, metric, period, since)
    ranks: tuple[Rank, ...] = tuple(rank(entries))
    return Board(
        GuildId(1), asked, group, ranks, ranks[0] if ranks else None, True, kept, minutes, over
    )


def crowd(members: int) -> Board:
    """Return the board of a large group in which many have the same value."""
    entries = [
        Entry(MembershipId(number), f"Member {number}", 12 - number // 6, shown=number % 3 > 0)
        for number in range(members)
    ]
    asked = BoardQuestion(GroupId(2), metric=Metric.STREAK)
    ranks = tuple(ranked(entries))
    return Board(GuildId(1), asked, "Everybody in town", ranks, None, False, 14_208, 361_440)


def page(
    name: str,
    days: Mapping[date, Outcome],
    *,
    group: str = "Morning walkers",
    streak: Streak | None = None,
    weeks: int = 5,
    kept: int = 2,
    paused: date | None = None,
) -> Page:
    membership = Membership(
        group_id=GroupId(2),
        group_name=group,
        membership_id=MembershipId(1),
        joined_at=datetime(2026, 3, 2, 6, 30, tzinfo=UTC),
        wishes=Wishes(goal=3),
        streak=streak or Streak(12, 15, 2),
        weeks=weeks,
        week_kept=kept,
        paused_until_on=paused,
        upcoming=(),
    )
    return Page(name, membership, membership.joined_at.date(), TODAY, days)


def _some(weeks: int) -> dict[date, Outcome]:
    """Three sessions a week, most of them kept."""
    pattern = (*[Outcome.DONE] * 4, Outcome.PARTLY, Outcome.DONE, Outcome.REST, Outcome.DONE)
    pattern = (*pattern, Outcome.DONE, Outcome.MISSED, Outcome.DONE, Outcome.SORE)
    days = [_MONDAY + (day - 7 * week) * _DAY for week in range(weeks) for day in (0, 2, 5)]
    return {on: pattern[at % len(pattern)] for at, on in enumerate(days) if on <= TODAY}


def _full() -> dict[date, Outcome]:
    return {TODAY - back * _DAY: Outcome.DONE for back in range(364)}


def _paused() -> dict[date, Outcome]:
    last = TODAY - 21 * _DAY
    return {on: what if on < last else Outcome.EXCUSED for on, what in _some(30).items()}


def _longer() -> Catalog:
    """Return the English catalogue with every word drawn out by two fifths, as German would."""
    with (LOCALES / "en" / "LC_MESSAGES" / "amble.po").open("rb") as opened:
        catalogue = read_po(opened, locale="en")
    for message in catalogue:
        texts = message.string or ""
        one = isinstance(texts, str)
        message.string = _drawn_out(texts) if one else tuple(_drawn_out(text) for text in texts)
    return catalogue


def _drawn_out(text: str) -> str:
    return re.sub(r"(?<![{\w`/])[A-Za-z]{2,}(?![}\w`])", _word, text)


def _word(found: re.Match[str]) -> str:
    word = found[0]
    return word + (word[-1] * round(0.4 * len(word) + 0.3))
