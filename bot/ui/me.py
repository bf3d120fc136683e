"""One's own page: streaks, the week, what is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.domain.checkin import SessionState
from bot.domain.ids import GuildId
from bot.domain.streak import Outcome
from bot.services.views import Membership, Page, PauseMade, Upcoming
from bot.ui.answers import answer_rows, session_line
from bot.ui.card import (
    ALT_LENGTH,
    Accent,
    Block,
    Card,
    Choice,
    Picture,
    button,
    choice,
    fitting,
    lines,
)
from bot.ui.custom_ids import PageId, PagePart
from bot.ui.escaping import CHOICE_WIDTH, NAME_WIDTH, Safe, plain, timestamp
from bot.ui.words import Words

ROOM = 2600
"""Characters for what is told of each group."""
NEXT = 2
"""Coming sessions shown of each group."""
OPEN_ROWS = 2
"""Open sessions whose buttons stand below."""
COMING = 4
"""Coming sessions shown below a picture."""
GROUPS = 25
"""Discord's limit for the options of a select."""
FILE = "me.png"
_LOOKS = {
    Outcome.DONE: "done",
    Outcome.PARTLY: "partly",
    Outcome.REST: "rest",
    Outcome.SORE: "rest",
    Outcome.EXCUSED: "rest",
    Outcome.MISSED: "missed",
}
_SEEN = ("done", "partly", "rest", "missed")
"""The looks of a day in the picture, as its legend has them."""


def me(memberships: Sequence[Membership], words: Words) -> Card:
    """Show a member how they are doing, with buttons for what is still to be answered."""
    if not memberships:
        return Card(Accent.PLAIN, words.say("me.nothing"))
    sections, more = fitting((_section(one, words) or "" for one in memberships), ROOM)
    return Card(
        Accent.THANKS,
        *sections,
        words.count("list.more", more) if more else None,
        *_waiting(memberships, words),
    )


def me_with_picture(
    page: Page, png: bytes, memberships: Sequence[Membership], words: Words, guild_id: GuildId
) -> Card:
    """Show a member their page in one group as a picture, and below it what comes in all."""
    coming = sorted(
        (session for one in memberships for session in one.upcoming if not _is_waiting(session)),
        key=lambda session: session.starts_at,
    )
    several = len(memberships) > 1
    told = [f"• {session_line(one, words, with_group=several)}" for one in coming[:COMING]]
    return Card(
        Accent.THANKS,
        Picture(FILE, png, alt(page, words)),
        _pause(page.membership.paused_until_on, words),
        _groups(page, memberships, words, guild_id) if several else None,
        lines(words.say("me.coming"), *told) if told else None,
        *_waiting(memberships, words),
        [button(words.label("button.as_text"), PageId(PagePart.TEXT, guild_id))],
    )


def alt(page: Page, words: Words) -> str:
    """Return what the picture of a page shows."""
    facts = page.membership
    streak = facts.streak
    figures = [
        words.count("alt.me.streak", streak.current, best=streak.best),
        words.count("alt.me.weeks", facts.weeks),
        words.count("alt.me.tokens", streak.tokens),
        words.say("alt.me.week", kept=facts.week_kept, goal=facts.wishes.goal),
    ]
    days = Counter(_LOOKS[outcome] for outcome in page.days.values())
    year = [words.count(f"alt.me.{look}", days[look]) for look in _SEEN if days[look]]
    text = words.say(
        "alt.me",
        name=Safe(plain(page.name, NAME_WIDTH)) or words.say("name.blank"),
        group=Safe(plain(facts.group_name, 2 * NAME_WIDTH)),
        figures=Safe("; ".join(figures)),
        year=Safe(", ".join(year)) or words.say("alt.me.none"),
    )
    return plain(text, ALT_LENGTH)


def paused(facts: PauseMade, words: Words) -> Card:
    """Confirm a pause, and say that nothing is lost by it, and what it has mended."""
    dates = {"group": facts.group_name, "first": facts.first_on}
    if facts.last_on is None:
        text = words.say("pause.open", **dates)
    else:
        text = words.say("pause.until", last=facts.last_on, **dates)
    return Card(Accent.THANKS, lines(text, pause_mended(facts, words)))


def pause_mended(facts: PauseMade, words: Words) -> Safe | None:
    """Say what a pause that began in the past has changed, if anything."""
    if not facts.lifted:
        return None
    told = words.count("pause.lifted", facts.lifted)
    anew = words.say("pause.streak_anew", streak=facts.streak) if facts.streak else ""
    return Safe(f"{told} {anew}".rstrip())


def resumed(group_name: str, words: Words, *, under_way: bool) -> Card:
    """Welcome somebody back from a pause, or confirm that a planned one is called off."""
    key = "pause.ended" if under_way else "pause.called_off"
    return Card(Accent.THANKS, words.say(key, group=group_name))


def _groups(
    page: Page, memberships: Sequence[Membership], words: Words, guild_id: GuildId
) -> Choice:
    """Return a select of the reader's groups, the one that is shown first."""
    shown = page.membership.group_id
    ordered = sorted(memberships, key=lambda one: one.group_id != shown)
    options = [
        (plain(one.group_name, CHOICE_WIDTH) or words.label("name.blank"), str(one.group_id))
        for one in ordered[:GROUPS]
    ]
    return choice(options, str(shown), PageId(PagePart.GROUP, guild_id))


def _waiting(memberships: Sequence[Membership], words: Words) -> list[Block]:
    """Return what is still to be answered, with its buttons."""
    waiting = [session for one in memberships for session in one.upcoming if _is_waiting(session)]
    rows = answer_rows(waiting[:OPEN_ROWS], words)
    return [words.say("me.waiting"), *rows] if rows else []


def _is_waiting(session: Upcoming) -> bool:
    return session.state is SessionState.OPEN and session.answer is None


def _section(one: Membership, words: Words) -> str | None:
    return lines(
        words.say("me.head", group=one.group_name, since=timestamp(one.joined_at, "D")),
        _figures(one, words),
        words.say("me.week", kept=one.week_kept, goal=one.wishes.goal),
        _pause(one.paused_until_on, words),
        *(_coming(session, words) for session in one.upcoming[:NEXT]),
    )


def _figures(one: Membership, words: Words) -> str:
    streak = one.streak
    figures = [
        ("me.streak", streak.current),
        ("me.best", streak.best),
        ("me.weeks", one.weeks),
        ("me.tokens", streak.tokens),
    ]
    told = [words.count(key, figure) for key, figure in figures if figure]
    return " · ".join(told) or words.say("me.fresh")


def _pause(until_on: date | None, words: Words) -> str | None:
    if until_on is None:
        return None
    return (
        words.say("me.paused")
        if until_on == date.max
        else words.say("me.paused_until", on=until_on)
    )


def _coming(session: Upcoming, words: Words) -> str:
    return f"• {session_line(session, words, with_group=False)}"
