"""The session streak: each status's effect, and that every way of folding agrees."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import Answer
from bot.domain.ids import SlotId
from bot.domain.streak import Outcome, Reckoning, Streak, Turn, fold, rest_is_free, step
from tests.domain.samples import DAY, unhurried

DONE, PARTLY, REST, SORE = Answer
MONDAY = date(2026, 1, 5)


def turn(
    answer: Answer | None = None,
    day: int = 0,
    *,
    free_rests: int = 1,
    excused: bool = False,
    void: bool = False,
    joined_late: bool = False,
    minutes: int = 0,
) -> Turn:
    """Return a turn `day` days after a Monday."""
    due_on = MONDAY + DAY * day
    starts_at = datetime.combine(due_on, time(7, 30), tzinfo=UTC)
    return Turn(
        starts_at, SlotId(1), due_on, free_rests, answer, excused, void, joined_late, minutes
    )


def walked(days: int, first: int = 0) -> list[Turn]:
    return [turn(DONE, first + n) for n in range(days)]


def turns(max_size: int = 40) -> st.SearchStrategy[list[Turn]]:
    """Draw turns of one membership in order, zero to three days apart."""
    one = st.builds(
        turn,
        st.sampled_from([DONE, DONE, DONE, PARTLY, REST, SORE, None, None]),
        st.integers(0, 3),
        free_rests=st.sampled_from([1, 1, 0, 2, 7]),
        excused=st.sampled_from([False, False, False, True]),
        void=st.sampled_from([False, False, False, True]),
        joined_late=st.sampled_from([False, False, False, False, True]),
        minutes=st.integers(0, 90),
    )

    def in_order(apart: Sequence[Turn]) -> list[Turn]:
        day, found = 0, list[Turn]()
        for each in apart:
            day += (each.due_on - MONDAY).days
            due_on = MONDAY + DAY * day
            starts_at = datetime.combine(due_on, time(7, 30), tzinfo=UTC)
            found.append(replace(each, due_on=due_on, starts_at=starts_at))
        return found

    return st.lists(one, max_size=max_size).map(in_order)


@dataclass
class Ledger:
    """The streak as one would keep it by hand, straight from the table of the rules."""

    current: int = 0
    best: int = 0
    tokens: int = 0
    kept: int = 0
    rests: list[date] = field(default_factory=list[date])
    outcomes: list[Outcome | None] = field(default_factory=list[Outcome | None])

    def note(self, each: Turn) -> None:
        if each.answer in (DONE, PARTLY):
            self.keep()
            self.outcomes.append(Outcome(each.answer))
        elif each.answer is None and each.joined_late:
            self.outcomes.append(None)
        elif each.answer is None and (each.void or each.excused):
            self.outcomes.append(Outcome.EXCUSED)
        elif each.answer is SORE:
            self.outcomes.append(Outcome.SORE)
        elif each.answer is REST and (each.void or each.joined_late):
            self.outcomes.append(Outcome.REST)
        elif each.answer is REST and self.rests_near(each.due_on) < each.free_rests:
            self.rests.append(each.due_on)
            self.outcomes.append(Outcome.REST)
        else:
            self.miss()
            self.outcomes.append(Outcome.MISSED)

    def keep(self) -> None:
        self.current += 1
        self.kept += 1
        self.best = max(self.best, self.current)
        if self.kept in range(7, 10_000, 7) and self.tokens < 2:
            self.tokens += 1

    def miss(self) -> None:
        if self.tokens:
            self.tokens -= 1
        else:
            self.current = 0

    def rests_near(self, due_on: date) -> int:
        week = [due_on - DAY * n for n in range(7)]
        return sum(on in week for on in self.rests)


TABLE = [
    # what happened, with how many tokens -> streak, tokens, outcome, counted, covered
    (turn(DONE), 0, 6, 0, Outcome.DONE, True, False),
    (turn(PARTLY), 0, 6, 0, Outcome.PARTLY, True, False),
    (turn(DONE, void=True), 0, 6, 0, Outcome.DONE, True, False),
    (turn(PARTLY, void=True), 0, 6, 0, Outcome.PARTLY, True, False),
    (turn(DONE, excused=True), 0, 6, 0, Outcome.DONE, True, False),
    (turn(DONE, joined_late=True), 0, 6, 0, Outcome.DONE, True, False),
    (turn(), 1, 5, 0, Outcome.MISSED, True, True),
    (turn(), 2, 5, 1, Outcome.MISSED, True, True),
    (turn(), 0, 0, 0, Outcome.MISSED, True, False),
    (turn(REST, free_rests=0), 1, 5, 0, Outcome.MISSED, True, True),
    (turn(REST, free_rests=0), 0, 0, 0, Outcome.MISSED, True, False),
    (turn(REST), 1, 5, 1, Outcome.REST, False, False),
    (turn(REST, free_rests=0, void=True), 1, 5, 1, Outcome.REST, False, False),
    (turn(REST, free_rests=0, joined_late=True), 1, 5, 1, Outcome.REST, False, False),
    (turn(SORE), 1, 5, 1, Outcome.SORE, False, False),
    (turn(SORE, joined_late=True), 1, 5, 1, Outcome.SORE, False, False),
    (turn(SORE, void=True), 1, 5, 1, Outcome.SORE, False, False),
    (turn(excused=True), 1, 5, 1, Outcome.EXCUSED, False, False),
    (turn(void=True), 1, 5, 1, Outcome.EXCUSED, False, False),
]


def name_of(each: Turn, tokens: int) -> str:
    marks = [mark for mark in ("excused", "void", "joined_late") if getattr(each, mark)]
    return " ".join([each.answer or "silence", *marks, f"budget {each.free_rests} tokens {tokens}"])


@pytest.mark.parametrize(
    ("each", "tokens", "current", "tokens_after", "outcome", "counted", "covered"),
    TABLE,
    ids=[name_of(row[0], row[1]) for row in TABLE],
)
def test_each_status_has_its_effect_on_a_streak_of_five(
    each: Turn,
    tokens: int,
    current: int,
    tokens_after: int,
    outcome: Outcome,
    counted: bool,
    covered: bool,
) -> None:
    after, reckoning = step(Streak(current=5, best=5, tokens=tokens, kept=5), each)
    assert (after.current, after.tokens) == (current, tokens_after)
    assert reckoning == Reckoning(outcome, counted, covered)


def test_silence_of_a_late_joiner_does_not_concern_them() -> None:
    before = Streak(current=5, best=5, tokens=1, kept=5)
    assert step(before, turn(joined_late=True)) == (before, None)


def test_the_best_streak_outlives_a_miss() -> None:
    streak, _ = fold([*walked(5), turn(None, 5), turn(DONE, 6)])
    assert (streak.current, streak.best) == (1, 5)


def test_who_walks_monday_wednesday_friday_for_four_weeks_has_a_streak_of_twelve() -> None:
    days = [7 * week + day for week in range(4) for day in (0, 2, 4)]
    streak, _ = fold(turn(DONE, day) for day in days)
    assert (streak.current, streak.best, streak.tokens) == (12, 12, 1)


@pytest.mark.parametrize(
    ("kept", "tokens"), [(6, 0), (7, 1), (13, 1), (14, 2), (20, 2), (21, 2), (28, 2)]
)
def test_every_seventh_kept_earns_a_token_and_two_are_held(kept: int, tokens: int) -> None:
    assert fold(walked(kept))[0].tokens == tokens


def test_the_seventh_is_counted_since_joining_not_since_the_last_miss() -> None:
    streak, _ = fold([*walked(6), turn(None, 6), turn(DONE, 7)])
    assert (streak.current, streak.tokens) == (1, 1)


def test_two_tokens_cover_two_misses_and_the_third_breaks_the_streak() -> None:
    misses = [turn(None, 14 + n) for n in range(3)]
    streak, reckonings = fold([*walked(14), *misses])
    assert (streak.current, streak.tokens) == (0, 0)
    assert [row.covered for row in reckonings[14:] if row is not None] == [True, True, False]


@pytest.mark.parametrize(
    ("answers", "misses"),
    [
        pytest.param([None, None], 2, id="two in a row"),
        pytest.param([None, DONE], 0, id="coming back"),
        pytest.param([None, SORE, None], 2, id="a sore day between"),
        pytest.param([DONE] * 7 + [None], 1, id="one that a token covered"),
    ],
)
def test_misses_in_a_row_are_counted(answers: list[Answer | None], misses: int) -> None:
    streak, _ = fold(turn(answer, day) for day, answer in enumerate(answers))
    assert streak.misses == misses


@pytest.mark.parametrize(
    ("rests", "budget", "outcomes"),
    [
        pytest.param([0, 6], 1, ["rest", "missed"], id="six days apart is within seven"),
        pytest.param([0, 7], 1, ["rest", "rest"], id="seven days apart is free again"),
        pytest.param([0, 0], 1, ["rest", "missed"], id="twice on one day"),
        pytest.param([0, 1, 2], 2, ["rest", "rest", "missed"], id="a budget of two"),
        pytest.param(
            [0, 6, 7], 1, ["rest", "missed", "rest"], id="what was a miss uses nothing up"
        ),
        pytest.param([0], 0, ["missed"], id="no budget"),
        pytest.param(list(range(9)), 7, ["rest"] * 9, id="seven of seven"),
        pytest.param([-6, 0, 1], 1, ["rest", "missed", "rest"], id="across the turn of the year"),
    ],
)
def test_rests_are_free_within_the_budget(
    rests: list[int], budget: int, outcomes: list[str]
) -> None:
    _, reckonings = fold(turn(REST, day, free_rests=budget) for day in rests)
    assert [row and row.outcome for row in reckonings] == outcomes


def test_the_budget_that_counts_is_the_one_stamped_on_the_session() -> None:
    _, reckonings = fold([turn(REST, 0, free_rests=2), turn(REST, 1, free_rests=1)])
    assert [row and row.outcome for row in reckonings] == [Outcome.REST, Outcome.MISSED]


@pytest.mark.parametrize("mark", ["void", "joined_late"])
def test_a_rest_that_costs_nothing_anyway_uses_no_free_one_up(mark: str) -> None:
    harmless = replace(turn(REST), **{mark: True})
    _, reckonings = fold([harmless, turn(REST, 1)])
    assert reckonings[1] == Reckoning(Outcome.REST, counted=False)


def test_a_rest_answered_in_a_pause_is_a_rest() -> None:
    streak, reckonings = fold([turn(REST, excused=True)])
    assert reckonings == [Reckoning(Outcome.REST, counted=False)]
    assert streak.free_rests_on == (MONDAY,)


def test_rests_are_remembered_when_a_later_start_bears_an_earlier_date() -> None:
    """As on the night on which a gap moves a start past midnight."""
    free = [turn(REST, -1), turn(REST, 6, free_rests=2)]
    moved = replace(turn(REST, 5), starts_at=free[-1].starts_at + timedelta(hours=1))
    _, reckonings = fold([*free, moved])
    assert reckonings[-1] == Reckoning(Outcome.MISSED, counted=True)


@pytest.mark.parametrize(
    ("day", "free"),
    [
        pytest.param(-7, True, id="seven days before"),
        pytest.param(-6, False, id="six days before"),
        pytest.param(0, False, id="the same day"),
        pytest.param(1, True, id="a day later"),
    ],
)
def test_a_rest_is_free_when_the_only_other_was(day: int, free: bool) -> None:
    assert rest_is_free([MONDAY + DAY * day], MONDAY, 1) is free


@unhurried
@given(turns())
def test_folding_agrees_with_a_ledger_kept_by_hand(history: list[Turn]) -> None:
    ledger = Ledger()
    for each in history:
        ledger.note(each)
    streak, reckonings = fold(history)
    assert [row and row.outcome for row in reckonings] == ledger.outcomes
    assert (streak.current, streak.best, streak.tokens, streak.kept) == (
        ledger.current,
        ledger.best,
        ledger.tokens,
        ledger.kept,
    )


@unhurried
@given(turns())
def test_it_adds_up_what_counted_and_how_long_the_kept_ones_took(history: list[Turn]) -> None:
    streak, reckonings = fold(history)
    pairs = [
        (each, came_to)
        for each, came_to in zip(history, reckonings, strict=True)
        if came_to is not None
    ]
    assert streak.counted == sum(came_to.counted for _, came_to in pairs)
    assert streak.minutes == sum(each.minutes for each, came_to in pairs if came_to.outcome.kept)


@unhurried
@given(turns())
def test_step_by_step_equals_all_at_once(history: list[Turn]) -> None:
    streak, reckonings = Streak(), list[Reckoning | None]()
    for each in history:
        streak, reckoning = step(streak, each)
        reckonings.append(reckoning)
    assert (streak, reckonings) == fold(history)


@unhurried
@given(turns(), st.data())
def test_from_a_checkpoint_equals_from_the_beginning(
    history: list[Turn], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(history)))
    checkpoint, before = fold(history[:cut])
    streak, after = fold(history[cut:], checkpoint)
    assert (streak, before + after) == fold(history)


class Book:
    """A history whose answers are set one at a time; each change folds again from its turn on."""

    def __init__(self, history: list[Turn]) -> None:
        self.turns = list(history)
        self.before = [Streak()]
        for each in history:
            self.before.append(step(self.before[-1], each)[0])

    def answer(self, place: int, answer: Answer | None) -> None:
        self.turns[place] = replace(self.turns[place], answer=answer)
        streak = self.before[place]
        for later in range(place, len(self.turns)):
            streak, _ = step(streak, self.turns[later])
            self.before[later + 1] = streak


@unhurried
@given(turns(20).filter(bool), st.data())
def test_no_order_of_undo_and_redo_changes_the_result(
    history: list[Turn], data: st.DataObject
) -> None:
    place = st.integers(0, len(history) - 1)
    answer = st.sampled_from([*Answer, None])
    book = Book(history)
    for changed, now in data.draw(st.lists(st.tuples(place, answer), max_size=12)):
        book.answer(changed, now)
    for back in data.draw(st.permutations(range(len(history)))):
        book.answer(back, history[back].answer)
    assert book.before == Book(history).before
    assert book.before[-1] == fold(history)[0]


@unhurried
@given(turns(20).filter(bool), st.data())
def test_corrections_in_any_order_give_what_the_corrected_history_gives(
    history: list[Turn], data: st.DataObject
) -> None:
    places = st.lists(st.integers(0, len(history) - 1), unique=True, max_size=8)
    final = {k: data.draw(st.sampled_from([*Answer, None])) for k in data.draw(places)}
    book = Book(history)
    for place in data.draw(st.permutations(list(final))):
        book.answer(place, final[place])
    corrected = [
        replace(each, answer=final.get(place, each.answer)) for place, each in enumerate(history)
    ]
    assert book.before[-1] == fold(corrected)[0]


@unhurried
@given(turns())
def test_tokens_are_never_more_than_two_nor_owed_and_the_best_is_the_best(
    history: list[Turn],
) -> None:
    streak = Streak()
    for each in history:
        streak, _ = step(streak, each)
        assert 0 <= streak.tokens <= 2
        assert 0 <= streak.current <= streak.best <= streak.kept


@unhurried
@given(turns(), turns(1).filter(bool), st.sampled_from(["sore", "excused", "void", "rest"]))
def test_what_is_never_counted_changes_neither_streak_nor_tokens(
    history: list[Turn], one: list[Turn], why: str
) -> None:
    due_on = (history[-1].due_on if history else MONDAY) + DAY * 8
    harmless = {
        "sore": replace(one[0], answer=SORE),
        "excused": replace(one[0], answer=None, excused=True, joined_late=False),
        "void": replace(one[0], answer=None, void=True, joined_late=False),
        "rest": replace(one[0], answer=REST, due_on=due_on, free_rests=1),
    }[why]
    before, _ = fold(history)
    after, reckoning = step(before, harmless)
    assert replace(after, free_rests_on=before.free_rests_on) == before
    assert reckoning is not None
    assert not reckoning.counted


@unhurried
@given(turns())
def test_only_a_counted_miss_is_ever_covered(history: list[Turn]) -> None:
    _, reckonings = fold(history)
    covered = [row for row in reckonings if row is not None and row.covered]
    assert all(row.counted and row.outcome is Outcome.MISSED for row in covered)


@unhurried
@given(turns(120))
def test_what_is_remembered_of_rests_stays_short(history: list[Turn]) -> None:
    streak, _ = fold(history)
    remembered = streak.free_rests_on
    assert list(remembered) == sorted(remembered)
    assert not remembered or remembered[-1] - remembered[0] <= timedelta(days=8)
