"""Each rule holds for an account in which all is well, and notices when it is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from tests.end_to_end.account_words import catalogue
from tests.year.account import CHANNEL, Posted, Version, Year
from tests.year.almanac import DAY, GROUP, clock
from tests.year.deeds import (
    Answered,
    Buddying,
    Cheered,
    Deed,
    Doors,
    Joined,
    Looked,
    OwnOnly,
    OwnWords,
    Toned,
    Wished,
    Wishes,
)
from tests.year.example import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    WEDNESDAY,
    example,
    post,
    version,
    words_for_monday,
)
from tests.year.judge import RULES, violations

AT_NINE = clock(MONDAY + DAY, time(9))
FIRST_MISS = "encourage.first_miss.1"


def with_message(*added: Posted) -> Year:
    year = example()
    messages = sorted((*year.messages, *added), key=lambda one: one.at)
    return replace(year, messages=tuple(messages))


def without(gone: Callable[[Posted], bool]) -> Year:
    year = example()
    return replace(year, messages=tuple(one for one in year.messages if not gone(one)))


def with_words(*lines: str, key: str = FIRST_MISS, at: datetime = AT_NINE) -> Year:
    """Return the account with other words after Monday."""
    year = without(lambda one: one.id == words_for_monday().id)
    changed = Posted(words_for_monday().id, CHANNEL, (version(at, key, *lines),))
    messages = sorted((*year.messages, changed), key=lambda one: one.at)
    return replace(year, messages=tuple(messages))


def saying(text: str, year: Year) -> Year:
    """Return an account with words after Monday that are in no catalogue."""
    before = words_for_monday()
    said = Version(before.at, (f"### {GROUP}\n{text}",), (), ())
    changed = replace(before, versions=(said,))
    messages = tuple(changed if one.id == before.id else one for one in year.messages)
    return replace(year, messages=messages)


def with_deed(*added: Deed) -> Year:
    year = example()
    return replace(year, deeds=tuple(sorted((*year.deeds, *added), key=lambda one: one.at)))


def joined_long_ago(who: str) -> Year:
    """Return the account with somebody a member for three weeks, and silent ever since."""
    year = example()
    deeds = [
        replace(one, at=one.at - timedelta(days=21))
        if one.who == who and isinstance(one, Joined)
        else one
        for one in year.deeds
        if not (isinstance(one, Answered) and one.who == who)
    ]
    return replace(year, deeds=tuple(sorted(deeds, key=lambda one: one.at)))


def group_of(*names: str) -> Year:
    """Return the account of a smaller group."""
    year = example()
    return replace(year, deeds=tuple(one for one in year.deeds if one.who in names))


def changed_words(*lines: str) -> Year:
    """Return the account with other words since Ben spoke up."""
    year, before = example(), words_for_monday()
    later = version(before.last.at, FIRST_MISS, *lines)
    changed = replace(before, versions=(before.first, later))
    return replace(
        year, messages=tuple(changed if one.id == before.id else one for one in year.messages)
    )


def prompt_naming(who: str) -> Year:
    """Return the account with somebody's name in Friday's prompt."""
    year = example()
    starts_at = clock(FRIDAY, time(7, 30))
    prompt = next(one for one in year.messages if one.at == starts_at)
    named = replace(prompt.last, texts=(*prompt.last.texts, f"and {who}"))
    changed = replace(prompt, versions=(*prompt.versions[:-1], named))
    return replace(
        year, messages=tuple(changed if one.id == prompt.id else one for one in year.messages)
    )


def whispered(key: str, at: datetime, *friends: Deed, who: str = "Rosa", name: str = "") -> Year:
    """Return the account with something that one person alone was told."""
    text = catalogue()[key][0].replace("{name}", name).replace("{who}", name)
    return with_deed(*friends, Looked(at, who, f"**{GROUP}** · {text}"))


def heard(key: str, name: str) -> Looked:
    """Return that Rosa had heard something of somebody the day before."""
    return Looked(NOON - DAY, "Rosa", catalogue()[key][0].replace("{name}", name))


def saying_with_the_week() -> Year:
    """Return the account with the words after Monday in a recap."""
    year, before = example(), words_for_monday()
    week = Version(before.at, (catalogue()["recap.mixed.1"][0], *before.first.texts), (), ())
    changed = replace(before, versions=(week, *before.versions[1:]))
    return replace(
        year, messages=tuple(changed if one.id == before.id else one for one in year.messages)
    )


def written_to_twice(who: str) -> Year:
    """Return the account with two letters that somebody did not take."""
    at = clock(WEDNESDAY, time(10))
    shut = Doors(clock(MONDAY, time(6)), who, "", open=False)
    return replace(with_deed(shut), tries=((at, who), (at + DAY, who)))


def tells(who: str, buddy: str) -> Buddying:
    heard = catalogue()["buddy.tells"][0].replace("{names}", buddy)
    return Buddying(clock(MONDAY, time(6)), who, heard, "tell")


ROSA, ADA = tells("Rosa", "Ada"), tells("Ada", "Rosa")
OWN = OwnWords(clock(MONDAY, time(6)), "Rosa", "", "The pot is on.", None, kept=True)
GONE = OwnWords(clock(MONDAY, time(7)), "Rosa", "", "The pot is on.", None, kept=False)
CHEER = Cheered(clock(WEDNESDAY, time(10)), "Rosa", "", ("Ada",))
NOON = clock(WEDNESDAY + DAY, time(12))
NUDGED_AT = clock(FRIDAY, time(10, 30))
BROKEN = [
    ("one_a_day", with_message(post(AT_NINE + timedelta(hours=1), "encourage.first_miss.2"))),
    ("owed_and_no_more", without(lambda one: one.id == words_for_monday().id)),
    ("owed_and_no_more", with_message(post(clock(SATURDAY + DAY, time(9)), FIRST_MISS))),
    ("owed_and_no_more", with_message(post(clock(FRIDAY, time(9)), "encourage.first_miss.2"))),
    ("owed_and_no_more", with_words(at=AT_NINE + timedelta(minutes=10))),
    (
        "owed_and_no_more",
        with_deed(Wished(clock(FRIDAY, time(12)), "Ada", "", Wishes(reach="dm"))),
    ),
    ("fitting", with_words(key="encourage.long_away.1")),
    ("fitting", with_words(key="encourage.most_missed.1")),
    ("fitting", with_words(key="encourage.token_used.1")),
    ("named_by_consent", with_words("Thinking of Cleo.")),
    ("named_only_if_concerned", with_words("Thinking of Gus.")),
    ("named_twice_a_week", with_message(post(AT_NINE + 4 * DAY, FIRST_MISS, "Thinking of Ada."))),
    ("silent_are_let_be", joined_long_ago("Ada")),
    ("counts_give_nobody_away", with_words("Thinking of Ada, Ben and 2 more.")),
    ("counts_give_nobody_away", with_words("Thinking of 2 of us.")),
    ("counts_give_nobody_away", group_of("Rosa", "Ada", "Ben", "Cleo", "Gus")),
    ("taken_out", changed_words("Thinking of Ada and Ben.")),
    ("taken_out", with_deed(Wished(clock(MONDAY + DAY, time(12)), "Ada", "", Wishes(named=False)))),
    ("counted_still", changed_words("Thinking of Ada and 1 more.")),
    ("recaps_name_no_absence", saying_with_the_week()),
    ("quiet_hours", with_message(post(clock(WEDNESDAY, time(22)), "nudge.2"))),
    ("quiet_hours", with_message(post(clock(WEDNESDAY, time(6, 59)), "dm.nudge.2", place="Dai"))),
    ("pings_only_the_awaited", with_message(post(NUDGED_AT, "nudge.2", pings=("Ben",)))),
    ("pings_only_the_awaited", with_message(post(NUDGED_AT, "nudge.2", pings=("Rosa",)))),
    ("pings_only_the_awaited", with_message(post(AT_NINE, FIRST_MISS, pings=("Ada",)))),
    ("one_nudge_a_day", with_message(post(clock(WEDNESDAY, time(11)), "nudge.2"))),
    ("letters_only_on_request", with_message(post(NUDGED_AT, "dm.nudge.2", place="Ben"))),
    ("letters_only_on_request", with_message(post(NUDGED_AT, "dm.nudge.2", place="Dai"))),
    (
        "letters_only_on_request",
        with_message(post(clock(WEDNESDAY, time(10, 30, 21)), "dm.nudge.2", place="Dai")),
    ),
    ("letters_only_on_request", with_message(post(NUDGED_AT, "dm.at_risk.1", place="Finn"))),
    (
        "one_letter_a_morning",
        with_message(post(clock(WEDNESDAY + DAY, time(9, 1)), "dm.way_back.1", place="Dai")),
    ),
    ("shut_doors_are_left", written_to_twice("Dai")),
    ("silence_is_kept", with_words("Thinking of Eve.")),
    ("no_name_elsewhere", prompt_naming("Ada")),
    ("no_name_elsewhere", prompt_naming("Cleo")),
    ("the_bag", with_message(post(NUDGED_AT, "nudge.1"))),
    ("nothing_lost_in_public", with_words("Ada lost the thread.")),
    ("known_words", with_words(key="help.member")),
    ("in_its_tone", with_words(key="cheerful.encourage.first_miss.1")),
    ("in_its_tone", with_deed(Toned(clock(MONDAY, time(6)), "Rosa", "", "plain"))),
    ("own_words_when_wanted", with_deed(OWN, OwnOnly(OWN.at, "Rosa", "", alone=True))),
    ("own_words_when_wanted", saying(OWN.text, with_deed(OWN, GONE))),
    ("ways_back_when_due", whispered("dm.way_back.1", NOON, who="Ben")),
    ("misses_are_told_by_agreement", whispered("buddy.miss.1", NOON, name="Ada")),
    ("misses_are_told_by_agreement", whispered("buddy.miss.1", NOON, ROSA, name="Ada")),
    ("misses_are_told_by_agreement", whispered("buddy.miss.1", NOON, ADA, name="Ada")),
    ("misses_are_told_by_agreement", whispered("buddy.miss.1", NOON, ROSA, ADA, name="Finn")),
    (
        "misses_are_told_once_a_week",
        whispered("buddy.miss.1", NOON, ROSA, ADA, heard("buddy.miss.2", "Ada"), name="Ada"),
    ),
    ("cheers_once_a_day", with_deed(CHEER, replace(CHEER, at=NUDGED_AT - 2 * DAY))),
    ("cheers_once_a_day", with_deed(Wished(AT_NINE, "Ada", "", Wishes(cheered=False)), CHEER)),
    ("cheers_arrive_once", whispered("cheered.1", NOON, who="Ada", name="Rosa")),
    ("cheers_arrive_once", whispered("cheered.1", NOON, CHEER, who="Ben", name="Rosa")),
]


def test_all_rules_hold_for_an_account_in_which_all_is_well() -> None:
    assert violations(example()) == []


def test_a_buddy_hears_of_a_miss_where_both_agreed() -> None:
    assert violations(whispered("buddy.miss.1", NOON, ROSA, ADA, name="Ada")) == []


def test_a_cheer_arrives_with_the_name_of_who_gave_it() -> None:
    assert violations(whispered("cheered.1", NOON, CHEER, who="Ada", name="Rosa")) == []


@pytest.mark.parametrize(("rule", "year"), BROKEN, ids=[rule for rule, _ in BROKEN])
def test_a_broken_rule_is_noticed(rule: str, year: Year) -> None:
    assert rule in {one.split(":")[0] for one in violations(year)}


def test_every_rule_has_shown_that_it_notices() -> None:
    assert {rule.__name__ for rule in RULES} == {rule for rule, _ in BROKEN}
