"""A group's schedule: its slots in the group's own time, what is coming in each reader's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.checkin import Answer, SessionState
from bot.domain.day import DAY
from bot.domain.schedule import Slot
from bot.services.views import DaysBack, DaysOff, GroupView, ScheduleView, SlotAdded, Upcoming
from bot.ui.answers import session_line
from bot.ui.card import PLACEHOLDER, Accent, Card, Choice, choice, fitting, lines
from bot.ui.custom_ids import CantPickId
from bot.ui.escaping import CHOICE_WIDTH, Safe, plain
from bot.ui.prompt import session_label
from bot.ui.words import Words

ROOM = 1200
"""Characters for the slots, and as many for what is coming."""
FEW = 5
"""Sessions named where days are called off or taken back."""
OPTIONS = 25
"""Discord's limit for what a select offers."""
SPANS = 10
"""Days off, or ranges of them, that are shown."""


def schedule(view: ScheduleView, words: Words) -> Card:
    """Show when a group meets: the plan, and the coming two weeks."""
    group = view.group
    head = words.say("schedule.head", group=group.name, zone=group.zone.key)
    return Card(
        Accent.PLAIN,
        head,
        slot_lines(group, words),
        upcoming_lines(view.upcoming, words),
        _days_off(view.skipped_on, words),
        _cannot_make(view, words),
    )


def slot_added(facts: SlotAdded, words: Words) -> Card:
    """Confirm a new slot with the first sessions that come of it."""
    slot = next((one for one in facts.group.slots if one.id == facts.slot_id), None)
    added = words.say(
        "schedule.added",
        group=facts.group.name,
        slot=slot_line(slot, words) if slot is not None else "",
        zone=facts.group.zone.key,
    )
    return Card(Accent.THANKS, added, upcoming_lines(facts.upcoming[:5], words))


def slot_removed(group: GroupView, words: Words) -> Card:
    """Confirm that a slot is gone, with what is left."""
    return Card(
        Accent.PLAIN, words.say("schedule.removed", group=group.name), slot_lines(group, words)
    )


def days_off(facts: DaysOff, words: Words) -> Card:
    """Confirm days off: what is called off by them, and what was posted already and stays."""
    if facts.first_on == facts.last_on:
        told = words.say("schedule.day_skipped", group=facts.group_name, on=facts.first_on)
    else:
        days = words.dates(facts.first_on, facts.last_on)
        told = words.say("schedule.days_skipped", group=facts.group_name, days=days)
    off = [words.say("session.at", at=one.starts_at) for one in facts.sessions]
    standing = [words.say("session.at", at=one.starts_at) for one in facts.standing]
    return Card(
        Accent.PLAIN,
        told,
        lines(words.count("schedule.called_off", len(off)), *_first_few(off, words))
        if off
        else words.say("schedule.called_off_none"),
        lines(words.count("schedule.standing", len(standing)), *_first_few(standing, words))
        if standing
        else None,
    )


def group_paused(facts: DaysOff, words: Words) -> Card:
    """Confirm that a group does not meet for a while."""
    told = words.say(
        "group.paused", group=facts.group_name, first=facts.first_on, last=facts.last_on
    )
    off = words.count("group.paused_sessions", len(facts.sessions)) if facts.sessions else None
    return Card(Accent.PLAIN, lines(told, off))


def days_back(facts: DaysBack, words: Words) -> Card:
    """Confirm that a group meets after all, and say when."""
    told = words.say(
        "schedule.days_resumed",
        group=facts.group_name,
        days=words.dates(facts.first_on, facts.last_on),
    )
    back = [words.say("session.at", at=one.starts_at) for one in facts.sessions]
    return Card(
        Accent.THANKS,
        told,
        lines(words.count("schedule.restored", len(back)), *_first_few(back, words))
        if back
        else words.say("schedule.restored_none"),
    )


def _cannot_make(view: ScheduleView, words: Words) -> Choice | None:
    """Offer a member to say beforehand which of the planned sessions they cannot make."""
    group = view.group
    options = [
        (session_label(one, group.zone, words), str(one.session_id))
        for one in view.upcoming
        if one.session_id is not None
        and one.state is SessionState.PLANNED
        and one.answer is not Answer.REST
    ]
    if not group.joined or not options:
        return None
    return choice(
        options[:OPTIONS],
        "",
        CantPickId(group.guild_id),
        words.label("schedule.cant", PLACEHOLDER),
    )


def _first_few(told: list[Safe], words: Words) -> list[str]:
    """Return the first of some lines, and how many there are besides."""
    more = len(told) - FEW
    return [*told[:FEW], *([words.count("list.more", more)] if more > 0 else [])]


def _days_off(skipped_on: Sequence[date], words: Words) -> str | None:
    """Return days off: single ones in a sentence, those in a row as a range on a line."""
    spans: list[tuple[date, date]] = []
    for on in skipped_on:
        if spans and on == spans[-1][1] + DAY:
            spans[-1] = (spans[-1][0], on)
        else:
            spans.append((on, on))
    shown = spans[:SPANS]
    single = [words.date(first) for first, last in shown if first == last]
    return lines(
        words.say("schedule.skipped", days=words.names(single)) if single else None,
        *(
            words.say("schedule.skipped_range", days=words.dates(first, last))
            for first, last in shown
            if first != last
        ),
        words.count("list.more", len(spans) - SPANS) if len(spans) > SPANS else None,
    )


def slot_lines(group: GroupView, words: Words) -> str:
    """Return the plan, one slot a line."""
    if not group.slots:
        return words.say("schedule.empty_organiser" if group.may_organise else "schedule.empty")
    shown, more = fitting((f"• {slot_line(slot, words)}" for slot in group.slots), ROOM)
    return "\n".join([*shown, *([words.count("list.more", more)] if more else [])])


def slot_line(slot: Slot, words: Words) -> Safe:
    """Return a slot in words: "Monday and Thursday at 07:30: Walk, 20 minutes"."""
    text = words.say(
        "slot.line",
        weekdays=words.weekdays(slot.weekdays),
        time=words.clock(slot.at),
        activity=words.say(f"activity.{slot.activity}"),
        length=words.duration(slot.minutes),
    )
    every = words.count("slot.every", slot.every_weeks) if slot.every_weeks > 1 else None
    until = words.say("slot.until", on=slot.last_on) if slot.last_on else None
    return Safe(", ".join(part for part in (text, every, until) if part))


def slot_label(slot: Slot, words: Words) -> str:
    """Return a slot in plain text, for a list of choices."""
    return plain(slot_line(slot, words), CHOICE_WIDTH)


def upcoming_lines(upcoming: tuple[Upcoming, ...], words: Words) -> str | None:
    """Return the coming sessions, one a line; None without any."""
    if not upcoming:
        return None
    shown, more = fitting(
        (f"• {session_line(one, words, with_group=False)}" for one in upcoming), ROOM
    )
    left_out = words.count("list.more", more) if more else None
    return lines(words.say("schedule.coming"), *shown, left_out)
