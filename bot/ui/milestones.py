"""Milestones: to their member in a sentence, to others in as few words as there are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.milestones import KEPT, Milestone, Reached
from bot.services.views import Honour
from bot.ui.escaping import Safe
from bot.ui.people import people
from bot.ui.words import Words

KINDS = 3
"""Different milestones on one line at most."""
NAMES = 5
"""Names on that line at most, unless there is room for more."""
_FIRST = Reached(Milestone.KEPT, KEPT[0])


def milestone(reached: Reached, words: Words) -> Safe:
    """Tell a member, alone, what they have just reached."""
    if reached.milestone is Milestone.KEPT:
        return words.say(f"milestone.kept_{reached.subject}")
    return words.say(f"milestone.{reached.milestone}")


def honours(shown: Sequence[Honour], words: Words, most: int = NAMES) -> Safe | None:
    """Gather milestones into one line, the rarest first; None when there are none."""
    names: dict[Reached, list[str]] = {}
    for one in shown:
        names.setdefault(_alike(one.reached), []).append(one.name)
    told: list[Safe] = []
    for reached in sorted(names, key=_rarity)[:KINDS]:
        told.append(_honour(reached, names[reached], words, most))
        most = max(0, most - len(names[reached]))
    return words.say("honours", what=Safe(" · ".join(told))) if told else None


def together(minutes: int, words: Words) -> Safe:
    """Tell a group how far its minutes have come."""
    return words.say("together", minutes=minutes)


def _honour(reached: Reached, names: Sequence[str], words: Words, most: int) -> Safe:
    who = people(names[:most], len(names), words)
    if reached.milestone is Milestone.KEPT and reached != _FIRST:
        return words.count("honour.kept", reached.subject, who=who)
    key = "first" if reached == _FIRST else reached.milestone
    return words.say(f"honour.{key}", who=who)


def _alike(reached: Reached) -> Reached:
    """Leave out what tells two milestones of one kind apart but is not said."""
    return reached if reached.milestone is Milestone.KEPT else Reached(reached.milestone)


def _rarity(reached: Reached) -> tuple[bool, bool, int]:
    """Put high numbers first and first sessions last."""
    return (reached == _FIRST, reached.milestone is not Milestone.KEPT, -reached.subject)
