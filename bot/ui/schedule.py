"""A group's schedule: its slots in the group's own time, what is coming in each reader's."""

from __future__ import annotations

from datetime import date

from bot.domain.schedule import Slot
from bot.services.views import GroupView, ScheduleView, SlotAdded, Upcoming
from bot.ui.answers import session_line
from bot.ui.card import Accent, Card, fitting, lines
from bot.ui.escaping import CHOICE_WIDTH, Safe, plain
from bot.ui.words import Words

ROOM = 1200
"""Characters for the slots, and as many for what is coming."""


def schedule(view: ScheduleView, words: Words) -> Card:
    """Show when a group meets: the plan, and the coming two weeks."""
    group = view.group
    head = words.say("schedule.head", group=group.name, zone=group.zone.key)
    skipped = [words.date(on) for on in view.skipped_on[:10]]
    off = words.say("schedule.skipped", days=words.names(skipped)) if skipped else None
    return Card(
        Accent.PLAIN, head, slot_lines(group, words), upcoming_lines(view.upcoming, words), off
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


def day_skipped(group_name: str, on: date, words: Words) -> Card:
    """Confirm a day off."""
    return Card(Accent.PLAIN, words.say("schedule.day_skipped", group=group_name, on=on))


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
