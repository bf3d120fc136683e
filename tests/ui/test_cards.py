"""Cards say what they should, and stay within what Discord takes, however hard the case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from bot.domain.checkin import Answer, SessionState
from bot.domain.encouragement import Kind
from bot.domain.errors import Refused
from bot.domain.guide import Guide
from bot.domain.ids import GroupId, MomentId, UserId
from bot.domain.ranking import Metric, Period
from bot.domain.schedule import Activity
from bot.domain.streak import Outcome, Streak
from bot.services.cheering import CheerGiven
from bot.services.told import Cheered, Told, WayBack
from bot.services.views import BoardQuestion, Ease, Eased, Joined, SlotAdded, Tally
from bot.services.way_back import WaysBack
from bot.ui.ahead import ahead
from bot.ui.board import board, board_for_one, board_in_words, own_place
from bot.ui.buddies import buddies, cheered, rotation_set
from bot.ui.card import Card
from bot.ui.custom_ids import MeId
from bot.ui.encouragement import encouragement, encouragement_dm
from bot.ui.extra import extra_logged, extra_undone
from bot.ui.group import care_needed, group, group_created, group_list
from bot.ui.guide import guide_card, guide_menu
from bot.ui.help import help_card
from bot.ui.joining import invitation, joined, left, settings_saved
from bot.ui.me import me, me_with_picture, paused, resumed
from bot.ui.notes import error_card, note, unknown_card
from bot.ui.notices import notice_dm, with_notices
from bot.ui.nudge import nudge, nudge_dm
from bot.ui.programme import begun, chosen, eased, note_read, offer, programme, stopped
from bot.ui.prompt import prompt, session_label, to_answer
from bot.ui.recap import recap
from bot.ui.receipt import receipt, undo_question
from bot.ui.report import corrected, in_need, log_page, member_paused
from bot.ui.schedule import (
    days_back,
    days_off,
    group_paused,
    schedule,
    slot_added,
    slot_label,
    slot_removed,
)
from bot.ui.server import setup, setup_saved
from bot.ui.voice import voice
from bot.ui.way_back import how_long, left_quietly, other_times, ways_back
from bot.ui.words import words_in
from tests.discord_api.rules import broken_rules
from tests.ui import samples as s

WORDS = words_in("en")
V2 = 1 << 15
HARD_JOINED = Joined(s.HARD_GROUP_VIEW, s.MEMBERSHIP.membership_id, returning=True, already=False)
HARD_ADDED = SlotAdded(s.HARD_GROUP_VIEW, s.SLOT.id, s.HARD_SCHEDULE.upcoming)
HARD_ERROR = Refused("group_name_taken", name="*" * 500)


def _with_notice(told: Told) -> Card:
    notice = replace(s.HARD_NOTICE, told=told)
    return with_notices(me([s.HARD_MEMBERSHIP] * 30, WORDS), [notice] * 9, WORDS)[0]


# Each card in its hardest case: the longest names, the most people, the largest ids.
HARD: dict[str, Callable[[], Card]] = {
    "prompt": lambda: prompt(s.HARD_PROMPT, WORDS),
    "to answer": lambda: to_answer(s.HARD_SCHEDULE.upcoming, WORDS),
    "receipt": lambda: receipt(s.HARD_RECEIPT, WORDS, s.GUILD),
    "undo question": lambda: undo_question(s.UNDO, WORDS, s.GUILD),
    "joined": lambda: joined(HARD_JOINED, s.WISHES, WORDS),
    "settings saved": lambda: settings_saved(s.HARD_GROUP, s.WISHES, WORDS),
    "left": lambda: left(s.HARD_GROUP, WORDS),
    "group": lambda: group(s.HARD_GROUP_VIEW, WORDS),
    "group list": lambda: group_list([s.HARD_GROUP_VIEW, *_other_groups(60)], WORDS),
    "group created": lambda: group_created(s.HARD_GROUP_VIEW, WORDS),
    "care needed": lambda: care_needed(s.HARD_GROUP_VIEW, MomentId(s.BIG), WORDS),
    "schedule": lambda: schedule(s.HARD_SCHEDULE, WORDS),
    "slot added": lambda: slot_added(HARD_ADDED, WORDS),
    "slot removed": lambda: slot_removed(s.HARD_GROUP_VIEW, WORDS),
    "day off": lambda: days_off(replace(s.HARD_DAYS_OFF, last_on=s.HARD_DAYS_OFF.first_on), WORDS),
    "days off": lambda: days_off(s.HARD_DAYS_OFF, WORDS),
    "group paused": lambda: group_paused(s.HARD_DAYS_OFF, WORDS),
    "days back": lambda: days_back(s.HARD_DAYS_BACK, WORDS),
    "board": lambda: board(s.HARD_BOARD, WORDS),
    "own place": lambda: own_place(s.HARD_BOARD, WORDS),
    "board for one": lambda: board_for_one(s.HARD_BOARD, WORDS),
    "board with its picture": lambda: board_for_one(s.HARD_BOARD, WORDS, b"png"),
    "board in words": lambda: board_in_words(s.HARD_BOARD, WORDS),
    "me with its picture": lambda: me_with_picture(
        s.HARD_PAGE, b"png", _other_memberships(30), WORDS, s.GUILD
    ),
    "invitation": lambda: invitation(s.HARD_GROUP_VIEW, WORDS),
    "me": lambda: me([s.HARD_MEMBERSHIP] * 30, WORDS),
    "paused": lambda: paused(s.HARD_PAUSE, WORDS),
    "member paused": lambda: member_paused(s.HARD_PAUSE, WORDS),
    "resumed": lambda: resumed(s.HARD_GROUP, WORDS, under_way=False),
    "nudge": lambda: nudge(s.HARD_NUDGE, WORDS),
    "nudge by dm": lambda: nudge_dm(s.HARD_NUDGE, WORDS),
    "encouragement": lambda: encouragement(s.HARD_POST, WORDS),
    "encouragement by dm": lambda: encouragement_dm(s.HARD_POST, WORDS),
    "ahead": lambda: ahead(s.HARD_AHEAD, WORDS),
    "sore": lambda: receipt(replace(s.HARD_RECEIPT, answer=Answer.SORE), WORDS, s.GUILD),
    "extra logged": lambda: extra_logged(s.HARD_EXTRA, WORDS),
    "extra undone": lambda: extra_undone(s.HARD_EXTRA, WORDS),
    "corrected": lambda: corrected(s.HARD_CORRECTED, WORDS),
    "log": lambda: log_page(s.HARD_LOG, WORDS),
    "notice by dm": lambda: notice_dm(s.HARD_NOTICE, s.NUDGE.moment_id, WORDS),
    "notice of a pause by dm": lambda: notice_dm(
        replace(s.HARD_NOTICE, told=s.HARD_ABSENCE), s.NUDGE.moment_id, WORDS
    ),
    "programme": lambda: programme(s.HARD_PROGRAMME, WORDS),
    "programme begun": lambda: begun(s.HARD_PROGRAMME, WORDS),
    "programme offered": lambda: offer(s.GUILD, WORDS),
    "programme eased": lambda: eased(Eased(s.GUILD, Ease.LOWEST, s.HARD_PROGRAMME), WORDS),
    "programme not there to ease": lambda: eased(Eased(s.GUILD, Ease.NONE, None), WORDS),
    "programme's pace": lambda: chosen(s.HARD_PROGRAMME, WORDS),
    "programme's note": lambda: note_read(s.HARD_PROGRAMME, WORDS),
    "programme stopped": lambda: stopped(WORDS),
    "me with notices": lambda: with_notices(HARD["me"](), [s.HARD_NOTICE] * 9, WORDS)[0],
    **{
        f"notice of {type(told).__name__} by dm": partial(
            notice_dm, replace(s.HARD_NOTICE, told=told), s.NUDGE.moment_id, WORDS
        )
        for told in s.TOLD
    },
    **{
        f"me with a notice of {type(told).__name__}": partial(_with_notice, told) for told in s.TOLD
    },
    "buddies": lambda: buddies(s.HARD_BUDDIES, WORDS),
    "cheered": lambda: cheered(CheerGiven(s.HARD_GROUP, (s.STARRY,) * 3), WORDS),
    "rotation": lambda: rotation_set(s.HARD_GROUP, WORDS, monthly=True),
    "ways back": lambda: ways_back(WaysBack(s.GUILD, GroupId(s.BIG), s.HARD_GROUP), WORDS),
    "how long": lambda: how_long(WaysBack(s.GUILD, GroupId(s.BIG), s.HARD_GROUP), WORDS),
    "other times": lambda: other_times(s.HARD_OTHER_TIMES, WORDS),
    "left quietly": lambda: left_quietly(s.HARD_GROUP, s.GUILD, GroupId(s.BIG), WORDS),
    "voice": lambda: voice(s.HARD_VOICE, WORDS),
    "in need": lambda: in_need(s.HARD_IN_NEED, WORDS),
    "recap": lambda: recap(s.HARD_RECAP, WORDS),
    "recap with its picture": lambda: recap(s.HARD_RECAP, WORDS, b"png"),
    "setup": lambda: setup(s.SERVER, WORDS),
    "setup saved": lambda: setup_saved(s.SERVER, WORDS),
    "help": lambda: help_card(WORDS, organiser=True, admin=True),
    "guide": lambda: guide_card(Guide.HAMSTRINGS, WORDS),
    "guide with its drawing": lambda: guide_card(Guide.CORE, WORDS, b"png"),
    "guides": lambda: guide_menu(WORDS),
    "note": lambda: note(WORDS.say("schedule.empty")),
    "error": lambda: error_card(HARD_ERROR, WORDS),
    "unknown": lambda: unknown_card("0123abcd", WORDS),
}


def _other_groups(count: int) -> list[s.GroupView]:
    return [
        replace(s.HARD_GROUP_VIEW, group_id=s.GroupId(number), name="山" * 60)
        for number in range(count)
    ]


def _other_memberships(count: int) -> list[s.Membership]:
    return [replace(s.HARD_MEMBERSHIP, group_id=s.GroupId(number)) for number in range(count)]


def _refused(card: Card) -> list[object]:
    """Return what Discord would not take of a card."""
    body: dict[str, object] = {
        "components": card.to_components(),
        "flags": V2,
        "allowed_mentions": {"parse": []},
    }
    return list(broken_rules("POST", "/channels/1/messages", body))


@pytest.mark.parametrize("name", HARD)
async def test_a_card_is_one_that_discord_takes(name: str) -> None:
    assert _refused(HARD[name]()) == []


@pytest.mark.parametrize("name", HARD)
async def test_a_cards_text_fits_also_as_utf_16(name: str) -> None:
    # Discord does not say how it counts; this is the way that counts most.
    assert len(s.text_of(HARD[name]()).encode("utf-16-le")) // 2 <= 4000


@pytest.mark.parametrize("name", HARD)
async def test_a_card_is_never_kept_by_discord_py(name: str) -> None:
    card = HARD[name]()
    assert card.is_finished()
    assert card.timeout is None


@pytest.mark.parametrize("name", sorted(set(HARD) - {"nudge"}))
async def test_only_nudges_ping(name: str) -> None:
    assert HARD[name]().pinged == ()


def test_a_prompt_says_what_when_and_who() -> None:
    said = s.text_of(prompt(s.PROMPT, WORDS))
    assert "Morning walkers" in said
    assert "Walk, 20 minutes · <t:1772433000:t> (<t:1772433000:R>)" in said
    assert "**Out walking:** Ada, Bo and 3 more" in said
    assert "**Resting:** 2 people" in said


def test_a_prompt_has_the_four_answers() -> None:
    card = prompt(s.PROMPT, WORDS)
    assert s.labels_of(card) == [
        "Done",
        "Part of it",
        "Can't today",
        "My back hurts",
        "Say more",
        "Ask me in an hour",
        "Guide",
    ]
    assert s.custom_ids_of(card)[0] == f"amble:answer:{s.BIG}:5:done"


def test_a_prompt_that_nobody_answered_shows_no_tally() -> None:
    said = s.text_of(prompt(replace(s.PROMPT, tally=Tally()), WORDS))
    assert "Out walking" not in said
    assert "Resting" not in said


def test_a_prompt_counts_those_who_are_not_named() -> None:
    said = s.text_of(prompt(replace(s.PROMPT, tally=Tally((), 1, 0)), WORDS))
    assert "**Out walking:** 1 person" in said


def test_a_prompt_says_when_everybody_came() -> None:
    quiet, full = (
        s.text_of(prompt(replace(s.PROMPT, tally=Tally(("Ada",), 1, 0, everyone=flag)), WORDS))
        for flag in (False, True)
    )
    added = full.replace("\n\n", "\n").split("\n")
    everyone = {WORDS.say(key) for key in WORDS.keys("everyone_came.")}
    assert everyone & set(added)
    assert not everyone & set(quiet.split("\n"))


def test_a_late_prompt_says_so() -> None:
    late = replace(s.PROMPT, late=True)
    assert WORDS.say("prompt.late") in s.text_of(prompt(late, WORDS))
    assert WORDS.say("prompt.late") not in s.text_of(prompt(s.PROMPT, WORDS))


@pytest.mark.parametrize("activity", Activity)
def test_every_activity_has_its_own_tally(activity: Activity) -> None:
    said = s.text_of(prompt(replace(s.PROMPT, activity=activity), WORDS))
    assert "Ada, Bo and 3 more" in said


@pytest.mark.parametrize("state", [SessionState.OPEN, SessionState.SETTLED, SessionState.VOID])
def test_a_prompt_can_be_answered_also_after_it_closed(state: SessionState) -> None:
    labels = s.labels_of(prompt(replace(s.PROMPT, state=state), WORDS))
    assert labels[:4] == ["Done", "Part of it", "Can't today", "My back hurts"]
    assert ("Ask me in an hour" in labels) is (state is SessionState.OPEN)


def test_a_called_off_prompt_has_no_buttons_and_says_why() -> None:
    card = prompt(replace(s.PROMPT, state=SessionState.CALLED_OFF), WORDS)
    assert s.labels_of(card) == []
    assert "called off" in s.text_of(card)


def test_each_state_of_a_prompt_reads_differently() -> None:
    said = {s.text_of(prompt(replace(s.PROMPT, state=state), WORDS)) for state in SessionState}
    assert len(said) == len(SessionState) - 1  # planned and open read the same


def test_names_in_a_prompt_are_escaped() -> None:
    tally = Tally(("@everyone", "**Bo**"), 2, 0)
    said = s.text_of(prompt(replace(s.PROMPT, tally=tally), WORDS))
    assert "@everyone" not in said
    assert "\\*\\*Bo\\*\\*" in said


def test_a_receipt_tells_the_streak_and_offers_undo() -> None:
    card = receipt(s.RECEIPT, WORDS, s.GUILD)
    said = s.text_of(card)
    assert "✅ Done" in said
    assert "That makes **3 sessions in a row** when the day is over." in said
    assert "1 rest token saved." in said
    assert s.custom_ids_of(card) == [f"amble:undo:{s.BIG}:5:0", f"amble:details:{s.BIG}:5"]


def test_a_receipt_without_undo_has_no_button() -> None:
    assert s.labels_of(receipt(replace(s.RECEIPT, may_undo=False), WORDS, s.GUILD)) == []


@pytest.mark.parametrize(
    ("outcome", "covered", "key"),
    [
        (Outcome.MISSED, True, "receipt.rest_covered"),
        (Outcome.MISSED, False, "receipt.rest_beyond"),
        (Outcome.EXCUSED, False, "receipt.rest"),
        (None, False, "receipt.rest"),
    ],
)
def test_a_rest_says_privately_what_it_counts_as(
    outcome: Outcome | None, covered: bool, key: str
) -> None:
    rest = replace(s.RECEIPT, answer=Answer.REST, outcome=outcome, covered=covered)
    assert WORDS.say(key) in s.text_of(receipt(rest, WORDS, s.GUILD))


def test_a_rest_beyond_the_free_ones_names_the_streak_that_another_answer_keeps() -> None:
    rest = replace(s.RECEIPT, answer=Answer.REST, outcome=Outcome.MISSED, at_stake=12)
    assert "your streak of 12 begins anew" in s.text_of(receipt(rest, WORDS, s.GUILD))
    too_late = replace(rest, settled=True)
    assert "begins anew" not in s.text_of(receipt(too_late, WORDS, s.GUILD))


@pytest.mark.parametrize(
    ("budget", "current", "told"),
    [
        (1, 12, "within your one free rest in seven days, so your streak of 12 stays"),
        (2, 12, "within your 2 free rests in seven days, so your streak of 12 stays"),
        (1, 0, "so it costs nothing"),
        (3, 0, "within your 3 free rests in seven days, so it costs nothing"),
    ],
)
def test_a_free_rest_says_why_the_streak_stays(budget: int, current: int, told: str) -> None:
    streak = Streak(current=current, best=12)
    rest = replace(
        s.RECEIPT, answer=Answer.REST, outcome=Outcome.REST, free_rests=budget, streak=streak
    )
    said = s.text_of(receipt(rest, WORDS, s.GUILD))
    assert told in said
    assert "in a row" not in said.replace("best so far", "")


def test_a_sore_back_gets_words_of_its_own() -> None:
    sore = replace(s.RECEIPT, answer=Answer.SORE, outcome=Outcome.SORE)
    said = s.text_of(receipt(sore, WORDS, s.GUILD))
    assert any(WORDS.say(key) in said for key in WORDS.keys("sore."))


def test_coming_back_is_celebrated() -> None:
    said = s.text_of(receipt(replace(s.RECEIPT, comeback=True), WORDS, s.GUILD))
    assert any(WORDS.say(key) in said for key in WORDS.keys("comeback."))


def test_a_receipt_never_says_zero() -> None:
    bare = replace(s.RECEIPT, answer=Answer.SORE, streak=Streak(best=9))
    said = s.text_of(receipt(bare, WORDS, s.GUILD))
    assert "0 sessions" not in said
    assert "best" not in said


def test_taking_back_says_that_no_answer_stands() -> None:
    back = replace(s.RECEIPT, answer=None, outcome=None)
    assert "Taken back" in s.text_of(receipt(back, WORDS, s.GUILD))


def test_the_undo_question_asks_for_certainty() -> None:
    card = undo_question(s.UNDO, WORDS, s.GUILD)
    assert s.custom_ids_of(card) == [f"amble:undo:{s.BIG}:{s.BIG}:0:sure"]


def test_a_group_can_be_joined_from_its_card() -> None:
    card = group(s.GROUP, WORDS)
    assert s.labels_of(card) == ["Join"]
    assert s.custom_ids_of(card) == [f"amble:join:{s.BIG}:2"]
    assert "12 members, 50 places in all" in s.text_of(card)
    assert "Monday and Thursday at 07:30: Walk, 20 minutes" in s.text_of(card)


def test_members_change_their_wishes_from_the_same_place() -> None:
    assert s.labels_of(group(replace(s.GROUP, joined=True), WORDS)) == [
        "Change my wishes",
        "My buddy",
    ]


def test_only_organisers_see_that_a_group_needs_care() -> None:
    broken = replace(s.GROUP, needs_care="channel_gone")
    assert "channel is gone" not in s.text_of(group(broken, WORDS))
    assert "channel is gone" in s.text_of(group(replace(broken, may_organise=True), WORDS))


def test_an_unknown_need_for_care_still_says_where() -> None:
    strange = replace(s.GROUP, needs_care="something_new")
    assert "<#3>" in s.text_of(care_needed(strange, MomentId(1), WORDS))


def test_a_list_of_groups_offers_those_not_joined() -> None:
    inside = replace(s.GROUP, name="Swimmers", joined=True)
    card = group_list([s.GROUP, inside], WORDS)
    assert s.labels_of(card) == ["Join Morning walkers"]
    assert "**Swimmers** · 12 members, 50 places in all · you are in" in s.text_of(card)


def test_a_list_that_is_too_long_says_how_many_are_left() -> None:
    assert "more." in s.text_of(group_list(_other_groups(60), WORDS))


def test_a_server_without_groups_says_how_to_start_one() -> None:
    assert "/group create" in s.text_of(group_list([], WORDS))


def test_a_schedule_shows_the_plan_and_each_readers_own_time() -> None:
    said = s.text_of(schedule(s.SCHEDULE, WORDS))
    assert "Europe/Berlin" in said
    assert "Monday and Thursday at 07:30" in said
    assert "<t:1772433000:F>" in said
    assert "Days off: Thursday, 5 March 2026" in said


def test_a_slot_label_is_plain_and_short() -> None:
    assert slot_label(s.SLOT, WORDS) == "Monday and Thursday at 07:30: Walk, 20 minutes"
    assert len(slot_label(s.HARD_SLOT, WORDS)) <= 100


def test_a_session_label_is_in_the_groups_time() -> None:
    label = session_label(s.UPCOMING, s.GROUP.zone, WORDS)
    assert label == "Mon 2 Mar, 07:30 · Morning walkers"


def test_a_session_that_is_too_far_ahead_has_no_buttons() -> None:
    far = replace(s.UPCOMING, session_id=None, state=SessionState.PLANNED)
    assert s.labels_of(to_answer([far], WORDS)) == []


def test_a_board_says_rank_name_and_value_on_a_line() -> None:
    lines = s.text_of(board(s.BOARD, WORDS)).split("\n")
    rows = [line for line in lines if line.startswith("`")]
    assert rows[0] == "` 1` **Ada** · 12"
    assert [row[:5] for row in rows[1:4]] == ["` 2` ", "` 2` ", "` 4` "]


def test_a_board_ends_with_what_all_did_together() -> None:
    said = s.text_of(board(s.BOARD, WORDS))
    assert "**All together:** 31 sessions, 14 hours 20 minutes" in said


def test_an_empty_board_shames_nobody() -> None:
    said = s.text_of(board(replace(s.BOARD, ranks=(), total_kept=0), WORDS))
    assert WORDS.say("board.empty") in said
    assert "0" not in said


@pytest.mark.parametrize("metric", Metric)
@pytest.mark.parametrize("period", Period)
def test_every_board_can_be_shown(metric: Metric, period: Period) -> None:
    since = period.begin(date(2026, 3, 2)) if metric.has_period else None
    facts = replace(s.BOARD, asked=BoardQuestion(GroupId(2), False, metric, period, since))
    assert WORDS.say(f"metric.{metric}") in s.text_of(board(facts, WORDS))


def test_the_own_place_is_not_on_the_public_board() -> None:
    away = replace(s.BOARD, ranks=s.BOARD.ranks[:2])
    assert "Di" not in s.text_of(board(away, WORDS))
    assert "**4**, with 1 in a row" in s.text_of(own_place(away, WORDS))


def test_who_is_hidden_is_told_so() -> None:
    hidden = s.text_of(own_place(replace(s.BOARD, own_shown=False), WORDS))
    assert WORDS.say("board.own_hidden") in hidden


def test_me_tells_streak_week_and_what_is_open() -> None:
    card = me([s.MEMBERSHIP], WORDS)
    said = s.text_of(card)
    assert "**3** in a row · best **5** · **2** weeks in a row · **1** rest token" in said
    assert "This week: **1** kept, your goal is **3**" in said
    assert len(s.labels_of(card)) == 4


def test_me_offers_no_buttons_for_what_is_answered() -> None:
    answered = replace(s.MEMBERSHIP, upcoming=(replace(s.UPCOMING, answer=Answer.REST),))
    card = me([answered], WORDS)
    assert s.labels_of(card) == []
    assert "💤 Can't today" in s.text_of(card)


@pytest.mark.parametrize(
    ("until_on", "said"),
    [(date(2026, 3, 8), "until Sunday, 8 March 2026"), (date.max, "taking a pause. Nothing")],
)
def test_me_tells_of_a_pause(until_on: date, said: str) -> None:
    paused = replace(s.MEMBERSHIP, paused_until_on=until_on)
    assert said in s.text_of(me([paused], WORDS))


@pytest.mark.parametrize(
    ("last_on", "said"),
    [(date(2026, 3, 8), "to Sunday, 8 March 2026"), (None, "until you come back")],
)
def test_a_pause_says_how_long_it_is(last_on: date | None, said: str) -> None:
    card = paused(replace(s.PAUSE, last_on=last_on), WORDS)
    assert said in s.text_of(card)
    assert "excused" not in s.text_of(card)


def test_a_pause_set_back_says_what_it_mends() -> None:
    said = s.text_of(paused(replace(s.PAUSE, lifted=2, streak=12), WORDS))
    assert "2 sessions without an answer are excused by it. Counted anew, the streak is 12." in said
    fresh = s.text_of(paused(replace(s.PAUSE, lifted=1), WORDS))
    assert "1 session without an answer is excused by it." in fresh
    assert "Counted anew" not in fresh


def test_a_nudge_pings_those_who_wanted_it_and_nobody_else() -> None:
    card = nudge(s.NUDGE, WORDS)
    assert card.pinged == (UserId(21), UserId(22))
    assert s.text_of(card).startswith("<@21> <@22>\n")
    assert s.text_of(card).count("<@") == 2


def test_a_nudge_without_pings_mentions_nobody() -> None:
    card = nudge(replace(s.NUDGE, pinged=()), WORDS)
    assert card.pinged == ()
    assert "<@" not in s.text_of(card)


def test_a_nudge_for_one_session_has_its_four_buttons() -> None:
    labels = s.labels_of(nudge(s.NUDGE, WORDS))
    assert labels == ["Done", "Part of it", "Can't today", "My back hurts", "My page"]


def test_a_nudge_for_several_sessions_says_which_is_which() -> None:
    card = nudge(s.HARD_NUDGE, WORDS)
    assert s.labels_of(card).count("Done") == 3
    assert s.text_of(card).count("The session at <t:1772433000:t>:") == 3


def test_a_nudge_by_direct_message_mentions_nobody() -> None:
    card = nudge_dm(replace(s.NUDGE, wording="dm.nudge.2"), WORDS)
    assert "<@" not in s.text_of(card)
    assert WORDS.say("dm.nudge.2") in s.text_of(card)


@pytest.mark.parametrize("kind", Kind)
def test_encouragement_uses_its_wording_and_names_on_a_line_of_their_own(kind: Kind) -> None:
    key = f"encourage.{kind}.2"
    said = s.text_of(encouragement(replace(s.POST, kind=kind, wording=key), WORDS)).split("\n")
    assert WORDS.say(key) in said
    assert "Thinking of Ada, Bo and 1 more." in said


def test_encouragement_for_all_names_and_counts_nobody() -> None:
    said = s.text_of(encouragement(replace(s.POST, names=(), count=None), WORDS))
    assert "Thinking" not in said
    assert "wave" not in said


def test_encouragement_by_direct_message_names_nobody() -> None:
    direct = replace(s.POST, wording="dm.encourage.first_miss.1")
    said = s.text_of(encouragement_dm(direct, WORDS))
    assert "Ada" not in said
    assert WORDS.say("dm.encourage.first_miss.1") in said


@pytest.mark.parametrize(
    "card", [nudge(s.NUDGE, WORDS), nudge_dm(s.NUDGE, WORDS), encouragement(s.POST, WORDS)]
)
def test_what_is_posted_for_a_moment_can_be_found_again_by_it(card: Card) -> None:
    assert [one for one in s.custom_ids_of(card) if MeId.marker(s.NUDGE.moment_id) in one]


def test_a_new_member_is_told_what_they_chose() -> None:
    facts = Joined(s.GROUP, s.MEMBERSHIP.membership_id, returning=False, already=False)
    said = s.text_of(joined(facts, s.WISHES, WORDS))
    assert "Welcome to Morning walkers" in said
    assert "Your goal: 4 sessions a week." in said
    assert "by direct message" in said


def test_who_is_a_member_already_has_changed_their_wishes() -> None:
    facts = Joined(s.GROUP, s.MEMBERSHIP.membership_id, returning=False, already=True)
    assert "Saved" in s.text_of(joined(facts, s.WISHES, WORDS))


def test_setup_says_whether_a_channel_is_chosen() -> None:
    chosen = replace(s.SERVER, channel_id=s.GROUP.channel_id)
    assert "No channel is chosen yet" in s.text_of(setup(s.SERVER, WORDS))
    assert "They meet in <#3>" in s.text_of(setup(chosen, WORDS))


def test_help_is_by_role() -> None:
    member = s.text_of(help_card(WORDS, organiser=False, admin=False))
    assert "/schedule add" not in member
    assert "doctor" in member
    assert "/schedule add" in s.text_of(help_card(WORDS, organiser=True, admin=False))
    assert "/setup" in s.text_of(help_card(WORDS, organiser=False, admin=True))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused("zone_unknown", given="Berln", suggestion="Europe/Berlin"), "**Europe/Berlin**"),
        (Refused("zone_unknown", given="Mars", suggestion=""), "large city"),
        (Refused("cooldown", seconds=1), "1 second."),
        (
            Refused("channel_forbidden", channel_id=3, missing=("view_channel", "send_messages")),
            "In <#3> I still need: View Channel and Send Messages.",
        ),
        (Refused("group_full", limit=50), "50 members"),
    ],
)
def test_an_error_says_what_to_do(error: Refused, said: str) -> None:
    assert said in s.text_of(error_card(error, WORDS))


@pytest.mark.parametrize("error", [Refused("never_heard_of"), Refused("zone_unknown")])
def test_an_error_without_words_still_gets_an_answer(error: Refused) -> None:
    assert error.code.replace("_", "\\_") in s.text_of(error_card(error, WORDS))


def test_notices_stand_below_an_answer_as_many_as_fit() -> None:
    card, shown = with_notices(receipt(s.RECEIPT, WORDS, s.GUILD), [s.NOTICE] * 20, WORDS)
    assert 0 < len(shown) < 20
    assert s.text_of(card).count("Why: We walked together") == len(shown)


def test_the_hardest_notice_fits_beside_an_answer() -> None:
    _, shown = with_notices(receipt(s.RECEIPT, WORDS, s.GUILD), [s.HARD_NOTICE], WORDS)
    assert len(shown) == 1


@pytest.mark.parametrize("told", s.TOLD, ids=lambda told: type(told).__name__)
def test_no_notice_is_so_long_that_it_never_comes(told: Told) -> None:
    notice = replace(s.HARD_NOTICE, told=told)
    _, shown = with_notices(receipt(s.RECEIPT, WORDS, s.GUILD), [notice], WORDS)
    assert len(shown) == 1


@pytest.mark.parametrize("full", ["to answer", "me", "buddies"])
def test_notices_with_buttons_leave_a_full_card_sendable(full: str) -> None:
    offers = [
        replace(s.HARD_NOTICE, group_id=GroupId(number), told=WayBack(number))
        for number in range(1, 6)
    ]
    card, shown = with_notices(HARD[full](), offers, WORDS)
    assert 0 < len(shown) < len(offers)
    assert _refused(card) == []


def test_many_who_cheered_are_some_names_and_a_number() -> None:
    names = tuple(f"Member {number}" for number in range(30))
    notice = replace(s.NOTICE, told=Cheered(names, 0))
    said = s.text_of(notice_dm(notice, s.NUDGE.moment_id, WORDS))
    assert "Member 7" in said
    assert "Member 8" not in said
    assert "22 more" in said


def test_an_answer_without_notices_stays_as_it_is() -> None:
    plain = s.text_of(receipt(s.RECEIPT, WORDS, s.GUILD))
    assert s.text_of(with_notices(receipt(s.RECEIPT, WORDS, s.GUILD), [], WORDS)[0]) == plain


def test_the_log_tells_who_did_what_and_why() -> None:
    said = s.text_of(log_page(s.LOG, WORDS))
    when = "<t:1772433000:F>"
    assert f"{when} · <@11> corrected <@21>, {when}: from no answer to ✅ Done (35 minutes)" in said
    assert "Why: We walked together" in said
    assert "added to the schedule: Monday and Thursday at 07:30" in said
    assert "created the group as Morning walkers" in said


def test_the_log_gives_a_reason_in_full_where_there_is_room() -> None:
    why = "山" * 200
    told = replace(s.CORRECTION, why=why)
    page = replace(s.LOG, entries=(replace(s.LOG.entries[0], what=told),))
    assert why in s.text_of(log_page(page, WORDS))


def test_the_log_shows_what_it_has_no_words_for_as_it_stands() -> None:
    strange = replace(s.LOG.entries[0], action="painted", what="**blue**")
    said = s.text_of(log_page(replace(s.LOG, entries=(strange,)), WORDS))
    assert "<@11> painted: \\*\\*blue\\*\\*" in said


@pytest.mark.parametrize(
    ("page", "labels"), [(0, ["Older"]), (1, ["Newer", "Older"]), (2, ["Newer"])]
)
def test_the_log_turns_where_there_is_a_page(page: int, labels: list[str]) -> None:
    assert s.labels_of(log_page(replace(s.LOG, page=page, pages=3), WORDS)) == labels


CHRISTMAS = tuple(date(2026, 12, 24) + timedelta(days=n) for n in range(10))


def test_days_off_in_a_row_are_shown_as_a_range() -> None:
    view = replace(s.SCHEDULE, skipped_on=(date(2026, 3, 5), *CHRISTMAS))
    said = s.text_of(schedule(view, WORDS))
    assert "Days off: Thursday, 5 March 2026\n24 Dec\u2009–\u20092 Jan: no sessions" in said


def test_many_days_off_are_not_all_shown() -> None:
    every_other = tuple(date(2026, 3, 1) + timedelta(days=2 * n) for n in range(40))
    said = s.text_of(schedule(replace(s.SCHEDULE, skipped_on=every_other), WORDS))
    assert "…and 30 more." in said


def test_days_off_say_what_is_called_off_and_what_stays() -> None:
    said = s.text_of(days_off(s.DAYS_OFF, WORDS))
    assert "2 sessions are called off:\n• <t:1772433000:F>" in said
    assert "1 prompt is already posted, and what is posted stays:" in said


def test_days_off_without_a_session_say_so() -> None:
    said = s.text_of(days_off(replace(s.DAYS_OFF, sessions=(), standing=()), WORDS))
    assert "No session falls in these days" in said
    assert "posted" not in said


def test_days_back_say_what_takes_place() -> None:
    assert "1 session takes place:" in s.text_of(days_back(s.DAYS_BACK, WORDS))
    empty = replace(s.DAYS_BACK, sessions=())
    assert "No session is left in these days" in s.text_of(days_back(empty, WORDS))
