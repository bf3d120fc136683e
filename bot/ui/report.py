"""What organisers are shown: a correction they made, and the log of what was done."""

from __future__ import annotations

from bot.domain.absence import Absence
from bot.domain.correction import Correction
from bot.services.attention import InNeed, InNeedView
from bot.services.views import (
    Corrected,
    LogEntry,
    LoggedDays,
    LoggedSlot,
    LogPage,
    PauseMade,
)
from bot.ui.card import Accent, Buttons, Card, button, fitting, lines
from bot.ui.custom_ids import LogId
from bot.ui.escaping import Safe, escaped, mention, timestamp
from bot.ui.me import pause_mended
from bot.ui.notices import absence_days, said_name
from bot.ui.way_back import when_in_week
from bot.ui.words import Words

ROOM = 3600
"""Characters for the entries of a page."""
WIDTHS = (400, 120, 40, 10)
"""Columns that what people wrote may take in an entry: the widest with which a page fits."""


TOLD = (
    "create",
    "edit",
    "archive",
    "remove_picture",
    "add_words",
    "remove_words",
    "voice",
    "rotate",
)
"""What is told with its detail as it stands, or without any."""


def corrected(facts: Corrected, words: Words) -> Card:
    """Confirm a correction to the organiser who made it."""
    told = facts.correction
    head = {
        "group": facts.group_name,
        "at": told.starts_at,
        "member": words.name(facts.member_name),
    }
    if not facts.changed:
        after = said_name(told.after, words)
        return Card(Accent.PLAIN, words.say("correct.same", after=after, **head))
    text = words.say(
        "correct.done",
        before=said_name(told.before, words),
        after=said_name(told.after, words),
        **head,
    )
    return Card(Accent.THANKS, text, words.say("correct.own" if facts.own else "correct.told"))


def member_paused(facts: PauseMade, words: Words) -> Card:
    """Confirm a pause to the organiser who set it."""
    text = words.say(
        "report.paused",
        member=words.name(facts.member_name),
        group=facts.group_name,
        days=absence_days(facts, words),
    )
    if facts.stood_already:
        told = words.say("pause.same")
    else:
        told = words.say("pause.own" if facts.own else "correct.told")
    return Card(Accent.THANKS, lines(text, pause_mended(facts, words)), told)


def in_need(facts: InNeedView, words: Words) -> Card:
    """Tell organisers who may need a word in person."""
    head = words.say("need.head", group=facts.group_name)
    if not facts.people:
        return Card(Accent.PLAIN, head, words.say("need.nobody"))
    shown, more = fitting((_person(one, words) for one in facts.people), ROOM)
    left_out = words.count("list.more", more) if more else None
    return Card(Accent.PLAIN, head, lines(*shown, left_out), words.say("need.foot"))


def _person(one: InNeed, words: Words) -> Safe:
    """Return somebody with what is known, on one line."""
    known = [
        words.count("need.misses", one.misses),
        words.say("need.last_sign", at=timestamp(one.last_sign_at, "R")),
        words.say("need.new") if one.new else None,
        words.say("need.best", when=when_in_week(one.best, words)) if one.best else None,
        words.say("need.offered") if one.offered_at else None,
        words.say("need.let_be") if one.let_be else None,
    ]
    facts = Safe(" · ".join(part for part in known if part))
    return words.say("need.person", who=mention(one.user_id), facts=facts)


def log_page(facts: LogPage, words: Words) -> Card:
    """Show a page of a group's log, with buttons to newer and older ones."""
    head = words.say("log.head", group=facts.group_name)
    if not facts.entries:
        return Card(Accent.PLAIN, head, words.say("log.empty"))
    foot = words.say("log.page", page=facts.page + 1, pages=facts.pages)
    return Card(
        Accent.PLAIN,
        head,
        _entries(facts, words),
        foot if facts.pages > 1 else None,
        _turning(facts, words),
    )


def _turning(facts: LogPage, words: Words) -> Buttons | None:
    def leads_to(page: int) -> LogId:
        return LogId(facts.guild_id, facts.group_id, page)

    newer = button(words.label("button.newer"), leads_to(facts.page - 1), emoji="◀️")
    older = button(words.label("button.older"), leads_to(facts.page + 1), emoji="▶️")
    return [
        *([newer] if facts.page > 0 else []),
        *([older] if facts.page < facts.pages - 1 else []),
    ]


def _entries(facts: LogPage, words: Words) -> str:
    """Return the entries, a line each; where they do not fit, with less of what people wrote."""
    text = ""
    for width in WIDTHS:
        text = "\n".join(_entry(one, words, width) for one in facts.entries)
        if len(text) <= ROOM:
            break
    return text


def _entry(entry: LogEntry, words: Words, width: int) -> Safe:
    what = _what(entry, words, width)
    return words.say("log.entry", at=entry.at, who=mention(entry.actor_id), what=what)


def _what(entry: LogEntry, words: Words, width: int) -> Safe:
    key = f"log.{entry.action}"
    match entry.what:
        case Correction() as told if words.has(key):
            return words.say(
                key,
                member=mention(told.user_id),
                at=told.starts_at,
                before=said_name(told.before, words),
                after=said_name(told.after, words),
                why=escaped(told.why, width),
            )
        case Absence() as told if words.has(key):
            days, why = absence_days(told, words), escaped(told.why, width)
            return words.say(key, member=mention(told.user_id), days=days, why=why)
        case LoggedSlot() as slot if words.has(key):
            days, at = words.weekdays(slot.weekdays), words.clock(slot.at)
            return words.say(key, weekdays=days, time=at)
        case LoggedDays() as days if words.has(key):
            return words.say(key, days=words.dates(days.first_on, days.last_on))
        case str() as detail if words.has(key) and entry.action in TOLD:
            bare = not detail and entry.action == "edit"
            return words.say("log.moved" if bare else key, detail=escaped(detail, width))
        case _ as detail:
            # What a later Amble logged, or an earlier one: as it stands.
            return words.say("log.other", action=entry.action, detail=escaped(str(detail), width))
