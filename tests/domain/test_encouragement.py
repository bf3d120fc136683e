"""What is said after a miss, and who may be named in it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.encouragement import (
    Concerned,
    Encouragement,
    Kind,
    Reach,
    Tone,
    choose,
    family_in,
    is_at_risk,
    kind_for,
    needs_way_back,
    still_with_us,
)
from bot.domain.ids import MembershipId, UserId
from tests.domain.samples import DAY, unhurried, wall

NOW = wall("2026-01-08 09:00")
SECOND = timedelta(seconds=1)


def member(
    number: int = 1,
    *,
    misses: int = 1,
    covered: bool = False,
    silent_for: timedelta = DAY,
    here_for: timedelta = 100 * DAY,
    named: bool = True,
    reach: Reach = Reach.CHANNEL,
    named_lately: int = 0,
) -> Concerned:
    return Concerned(
        MembershipId(number),
        UserId(100 + number),
        f"member {number}",
        named,
        reach,
        misses,
        covered,
        NOW - here_for,
        NOW - silent_for,
        named_lately,
    )


@st.composite
def crowds(draw: st.DrawFn) -> list[Concerned]:
    count = draw(st.integers(0, 9))
    return [
        member(
            number,
            misses=draw(st.integers(1, 9)),
            covered=draw(st.booleans()),
            here_for=draw(st.sampled_from([DAY, 100 * DAY])),
            silent_for=draw(st.integers(0, 20 * 24).map(lambda hours: timedelta(hours=hours))),
            named=draw(st.booleans()),
            reach=draw(st.sampled_from(Reach)),
            named_lately=draw(st.integers(0, 3)),
        )
        for number in range(count)
    ]


sizes = st.integers(9, 30)


def chosen(concerned: list[Concerned], group_size: int) -> Encouragement:
    found = choose(concerned, group_size, NOW)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        pytest.param(member(misses=1), Kind.FIRST_MISS, id="one miss"),
        pytest.param(member(misses=2), Kind.SECOND_MISS, id="two in a row"),
        pytest.param(member(misses=3), Kind.SEVERAL_MISSES, id="three in a row"),
        pytest.param(member(misses=8), Kind.SEVERAL_MISSES, id="eight in a row"),
        pytest.param(member(misses=1, covered=True), Kind.TOKEN_USED, id="one with a token"),
        pytest.param(member(misses=2, covered=True), Kind.TOKEN_USED, id="two, with a token"),
        pytest.param(member(misses=3, silent_for=7 * DAY), Kind.LONG_AWAY, id="silent for a week"),
        pytest.param(
            member(misses=3, silent_for=7 * DAY - SECOND),
            Kind.SEVERAL_MISSES,
            id="a second short of a week",
        ),
        pytest.param(
            member(misses=2, covered=True, silent_for=8 * DAY),
            Kind.LONG_AWAY,
            id="silent for longer, with a token",
        ),
        pytest.param(
            member(misses=1, silent_for=8 * DAY),
            Kind.FIRST_MISS,
            id="the first miss where one meets once a week",
        ),
        pytest.param(
            member(misses=1, covered=True, silent_for=8 * DAY),
            Kind.TOKEN_USED,
            id="the first miss where one meets once a week, with a token",
        ),
        pytest.param(
            member(misses=3, here_for=7 * DAY - SECOND), Kind.FIRST_WEEK, id="the very first week"
        ),
        pytest.param(member(misses=1, here_for=7 * DAY), Kind.FIRST_MISS, id="a week after that"),
    ],
)
def test_the_words_fit_what_happened(one: Concerned, kind: Kind) -> None:
    assert kind_for(one, NOW) is kind
    assert chosen([one], 10).kind is kind


@pytest.mark.parametrize(
    ("concerned", "group_size", "kind"),
    [
        pytest.param([1, 1, 2], 9, Kind.FIRST_MISS, id="what most are in leads"),
        pytest.param([3, 3, 1], 9, Kind.SEVERAL_MISSES, id="be it the harder"),
        pytest.param([2, 1], 9, Kind.FIRST_MISS, id="of equals the gentlest"),
        pytest.param([1, 1, 2], 5, Kind.MOST_MISSED, id="three of five"),
        pytest.param([1, 1, 2], 6, Kind.FIRST_MISS, id="half is not most"),
        pytest.param([1], 1, Kind.FIRST_MISS, id="one alone is not most"),
    ],
)
def test_a_message_leads_with_one_situation(
    concerned: list[int], group_size: int, kind: Kind
) -> None:
    members = [member(number, misses=misses) for number, misses in enumerate(concerned)]
    assert chosen(members, group_size).kind is kind


@pytest.mark.parametrize(
    ("silent_for", "counted"),
    [
        pytest.param(14 * DAY - SECOND, True, id="a second short of 14 days"),
        pytest.param(14 * DAY, False, id="14 days"),
        pytest.param(60 * DAY, False, id="for long"),
    ],
)
def test_who_is_silent_for_long_is_let_be(silent_for: timedelta, counted: bool) -> None:
    one = member(silent_for=silent_for)
    assert (one in still_with_us([one], NOW)) is counted
    assert (choose([one], 10, NOW) is not None) is counted


def test_who_is_let_be_is_not_counted() -> None:
    away = member(4, silent_for=20 * DAY)
    assert chosen([member(1), member(2), away], 6).count is None


def test_who_is_let_be_does_not_make_it_most() -> None:
    away = [member(n, silent_for=20 * DAY) for n in (4, 5)]
    assert chosen([member(1), member(2), *away], 6).kind is Kind.FIRST_MISS


def test_when_nobody_missed_nothing_is_said() -> None:
    assert choose([], 10, NOW) is None


@pytest.mark.parametrize(
    ("concerned", "group_size", "count"),
    [
        pytest.param(2, 6, None, id="two of six"),
        pytest.param(3, 5, None, id="three of five"),
        pytest.param(3, 6, 3, id="three of six"),
        pytest.param(5, 40, 5, id="five of forty"),
    ],
)
def test_a_count_is_given_from_three_in_six(
    concerned: int, group_size: int, count: int | None
) -> None:
    members = [member(number) for number in range(concerned)]
    assert chosen(members, group_size).count == count


@pytest.mark.parametrize(
    ("one", "named"),
    [
        pytest.param(member(), True, id="who agreed"),
        pytest.param(member(named=False), False, id="not who did not"),
        pytest.param(member(named_lately=1), True, id="who was named once this week"),
        pytest.param(member(named_lately=2), False, id="not who was named twice"),
        pytest.param(member(named_lately=3), False, id="nor more often"),
        pytest.param(member(reach=Reach.DM), False, id="not who wants direct messages"),
        pytest.param(member(reach=Reach.SILENT), False, id="not who wants silence"),
    ],
)
def test_named_is(one: Concerned, named: bool) -> None:
    assert (one in chosen([one], 10).named) is named


@unhurried
@given(crowds(), sizes)
def test_nobody_is_named_without_consent_or_a_third_time_or_after_long_silence(
    concerned: list[Concerned], group_size: int
) -> None:
    message = choose(concerned, group_size, NOW)
    for one in message.named if message else ():
        assert one.named
        assert one.reach is Reach.CHANNEL
        assert one.named_lately < 2
        assert NOW - one.last_sign_at < 14 * DAY


@unhurried
@given(crowds(), sizes)
def test_there_is_a_message_exactly_when_somebody_is_still_there(
    concerned: list[Concerned], group_size: int
) -> None:
    present = [one for one in concerned if NOW - one.last_sign_at < 14 * DAY]
    assert (choose(concerned, group_size, NOW) is not None) is bool(present)


@unhurried
@given(crowds(), st.integers(9, 30))
def test_a_count_is_that_of_those_still_there(concerned: list[Concerned], group_size: int) -> None:
    message = choose(concerned, group_size, NOW)
    if message is not None and message.count is not None:
        assert message.count == len(still_with_us(concerned, NOW)) >= 3


@unhurried
@given(crowds(), sizes)
def test_the_leading_kind_is_somebodys_or_the_groups(
    concerned: list[Concerned], group_size: int
) -> None:
    message = choose(concerned, group_size, NOW)
    if message is not None and message.kind is not Kind.MOST_MISSED:
        present = still_with_us(concerned, NOW)
        assert message.kind in {kind_for(one, NOW) for one in present}


@unhurried
@given(crowds(), sizes, st.data())
def test_the_order_of_those_concerned_changes_neither_kind_nor_count(
    concerned: list[Concerned], group_size: int, data: st.DataObject
) -> None:
    message = choose(concerned, group_size, NOW)
    again = choose(data.draw(st.permutations(concerned)), group_size, NOW)
    assert (message and replace(message, named=())) == (again and replace(again, named=()))


@given(concerned=crowds())
def test_a_message_names_three_at_most_and_first_those_named_least(
    concerned: list[Concerned],
) -> None:
    found = choose(concerned, 50, NOW)
    if found is None:
        return
    willing = [
        one
        for one in concerned
        if one.named
        and one.reach is Reach.CHANNEL
        and one.named_lately < 2
        and NOW - one.last_sign_at < timedelta(days=14)
    ]
    lately = sorted(one.named_lately for one in willing)
    assert [one.named_lately for one in found.named] == lately[:3]


@pytest.mark.parametrize(
    ("streak", "tokens", "at_risk"), [(3, 0, True), (30, 0, True), (2, 0, False), (9, 1, False)]
)
def test_a_streak_worth_a_word_without_a_token_is_at_risk(
    streak: int, tokens: int, at_risk: bool
) -> None:
    assert is_at_risk(streak, tokens) is at_risk


@pytest.mark.parametrize(
    ("misses", "silent_for", "offered_before", "needed"),
    [
        pytest.param(2, 3 * DAY, None, False, id="two in a row"),
        pytest.param(3, 3 * DAY, None, True, id="three in a row"),
        pytest.param(2, 14 * DAY, None, True, id="two in a group that meets once a week"),
        pytest.param(1, 20 * DAY, None, False, id="one after a holiday of the group's"),
        pytest.param(7, 30 * DAY, 20 * DAY, False, id="offered already, and silent since"),
        pytest.param(3, 3 * DAY, 20 * DAY, True, id="was back in between"),
        pytest.param(3, 3 * DAY, 13 * DAY, False, id="was back in between, but asked lately"),
    ],
)
def test_a_way_back_is_offered_once_each_time_somebody_falls_silent(
    misses: int, silent_for: timedelta, offered_before: timedelta | None, needed: bool
) -> None:
    offered_at = None if offered_before is None else NOW - offered_before
    assert needs_way_back(misses, NOW - silent_for, offered_at, NOW) is needed


def test_gentle_is_the_voice_that_needs_no_name() -> None:
    assert family_in(Tone.GENTLE, "nudge") == "nudge"
    assert family_in(Tone.PLAIN, "encourage.first_miss") == "plain.encourage.first_miss"
