"""Holds a year against the rules, one function a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.year import rules_friends, rules_misses, rules_reach, rules_words
from tests.year.account import Year
from tests.year.ledger import Ledger

Rule = Callable[[Ledger], Iterator[str]]

RULES: tuple[Rule, ...] = (
    rules_misses.one_a_day,
    rules_misses.owed_and_no_more,
    rules_misses.fitting,
    rules_misses.named_by_consent,
    rules_misses.named_only_if_concerned,
    rules_misses.named_twice_a_week,
    rules_misses.silent_are_let_be,
    rules_misses.counts_give_nobody_away,
    rules_misses.taken_out,
    rules_misses.counted_still,
    rules_misses.recaps_name_no_absence,
    rules_reach.quiet_hours,
    rules_reach.pings_only_the_awaited,
    rules_reach.one_nudge_a_day,
    rules_reach.letters_only_on_request,
    rules_reach.one_letter_a_morning,
    rules_reach.shut_doors_are_left,
    rules_reach.silence_is_kept,
    rules_reach.no_name_elsewhere,
    rules_words.in_its_tone,
    rules_words.the_bag,
    rules_words.own_words_when_wanted,
    rules_words.nothing_lost_in_public,
    rules_words.known_words,
    rules_friends.ways_back_when_due,
    rules_friends.misses_are_told_by_agreement,
    rules_friends.misses_are_told_once_a_week,
    rules_friends.cheers_once_a_day,
    rules_friends.cheers_arrive_once,
)
"""What holds for any stretch of time."""


def violations(year: Year, rules: tuple[Rule, ...] = RULES) -> list[str]:
    """Return every rule that a year breaks, with how; empty when all of them hold."""
    ledger = Ledger(year)
    return [f"{rule.__name__}: {one}" for rule in rules for one in rule(ledger)]


def missing(year: Year) -> list[str]:
    """Return what a whole year ought to show and does not."""
    return [*rules_words.every_situation(Ledger(year))]
