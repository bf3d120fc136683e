"""The demo's account holds against the rules, and the checker of the rules can really fail."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.end_to_end.account_clock import instant_of
from tests.end_to_end.account_example import GOAL_MET, HANA_ID, example
from tests.end_to_end.account_rules import gaps, violations
from tests.end_to_end.account_shape import Session
from tests.end_to_end.account_streaks import Fold

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]


def test_a_good_account_breaks_no_rule() -> None:
    assert violations(example()) == []


Mutation = Callable[[Json], object]


def at(account: Json, path: str) -> tuple[Any, Any]:
    """Return what a dotted path's last step lies in, and that step: an index or a name."""
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    found: Any = account
    for step in way:
        found = found[step]
    return found, last


def put(path: str, value: object) -> Mutation:
    def mutate(account: Json) -> None:
        place, last = at(account, path)
        place[last] = value

    return mutate


def drop(path: str) -> Mutation:
    def mutate(account: Json) -> None:
        place, last = at(account, path)
        place.pop(last)

    return mutate


def add(path: str, **other: object) -> Mutation:
    """Append a copy of the entry at a path to its list, with some fields changed."""

    def mutate(account: Json) -> None:
        place, last = at(account, path)
        place.append({**place[last], **other})

    return mutate


def say(path: str, words: str) -> Mutation:
    """Add words to the text of a post."""

    def mutate(account: Json) -> None:
        place, last = at(account, path)
        place[last]["text"] += words

    return mutate


def both(*mutations: Mutation) -> Mutation:
    def mutate(account: Json) -> None:
        for mutation in mutations:
            mutation(account)

    return mutate


def counts(path: str, name: str, outcome: str) -> Mutation:
    """Let a member's session count differently, at its settlement and now."""
    return both(
        put(f"{path}.outcomes.{name}", outcome),
        put(f"{path}.outcomes_at_settlement.{name}", outcome),
    )


def silent_for_long(account: Json) -> None:
    """Let Hana have joined long ago and never have answered."""
    for session in account["sessions"]:
        session["answered_at"].pop("Hana", None)
    account["members"][HANA]["joined_at"] = "2026-03-01T00:00:00Z"


def name_hana_everywhere(account: Json) -> None:
    for post in account["encouragements"]:
        post["named"] = ["Hana"]


BEN, EVE, GUS, HANA = 1, 4, 6, 7
RECAP = "recaps.0"
TOGETHER = {
    "member": None,
    "milestone": "together",
    "subject": "1500",
    "session": 1,
    "at": "2026-03-24T02:00:00Z",
}


def take_along(posted_at: str) -> Mutation:
    """Let the recap have taken an encouragement along."""

    def mutate(account: Json) -> None:
        along = {**account["encouragements"][0], "posted_at": posted_at}
        account["recaps"][0]["encouragement"] = along
        account["recaps"][0]["text"] += f"\n{along['text']}"

    return mutate


def forget_words(account: Json) -> None:
    """Take the words of the encouragement out of the recap that took it along."""
    recap = account["recaps"][0]
    recap["text"] = recap["text"].replace(recap["encouragement"]["text"], "")


def encourage_apart(account: Json) -> None:
    """Let an encouragement come by itself on the day of the recap."""
    account["encouragements"][2]["posted_at"] = "2026-03-30T07:00:00Z"


def named_for_nothing(account: Json) -> None:
    """Let the recap name Hana, who then has neither a goal met nor a milestone that week."""
    for session in account["sessions"][:7]:
        session["outcomes"]["Hana"] = session["outcomes_at_settlement"]["Hana"] = "excused"
    account["milestones"] = [one for one in account["milestones"] if one["member"] != "Hana"]


ENCOURAGED = "encouragements.0"
BEFORE_JOINING = both(
    put("members.0.joined_at", "2026-03-23T06:40:00Z"),
    put("sessions.0.answered_at.Ada", "2026-03-23T06:35:00Z"),
)
# The rule that has to fire, what is broken, and how.
MUTATIONS: list[tuple[str, str, Mutation]] = [
    ("shape", "a field is missing", drop("group.skipped")),
    ("shape", "a top field is missing", drop("http_requests")),
    ("shape", "an instant without Z", put("ended_at", "2026-04-02T04:00:00+00:00")),
    ("shape", "a weekday of 7", put("group.slots.0.weekdays", [7])),
    ("shape", "a time without minutes", put("group.slots.0.time", "7")),
    ("shape", "a goal in words", put("members.0.goal", "3")),
    ("shape", "a number as boolean", put("members.0.named", 1)),
    ("shape", "an unknown reach", put("members.0.reach", "mail")),
    ("shape", "an unknown outcome", put("sessions.0.outcomes.Ada", "skipped")),
    ("shape", "an unknown kind", put("encouragements.0.kind", "shame")),
    ("shape", "an unknown zone", put("zone", "Europe/Bielefeld")),
    ("shape", "an empty text", put("nudges.0.text", "")),
    ("shape", "an early end", put("ended_at", "2026-03-30T00:00:00Z")),
    ("shape", "posted before the start", put("nudges.0.posted_at", "2026-03-22T10:00:00Z")),
    ("shape", "too few requests", put("http_requests", 3)),
    ("people", "a member twice", add("members.0")),
    ("people", "a session twice", add("sessions.0")),
    ("people", "an occurrence twice", add("sessions.0", id=99, prompts=[])),
    ("people", "a message twice", put("sessions.0.prompts.0.message_id", "5002")),
    ("people", "a stranger on the board", put("board.0.member", "Zoe")),
    ("people", "a stranger pinged", put("nudges.0.pinged", ["Zoe"])),
    ("people", "an unknown slot", put("sessions.0.slot", 9)),
    ("people", "named twice", put("encouragements.1.named", ["Hana", "Hana"])),
    ("people", "left before joining", put(f"members.{GUS}.left_at", "2026-03-20T00:00:00Z")),
    ("schedule", "a session is missing", drop("sessions.3")),
    ("schedule", "a session on another day", put("sessions.0.due_on", "2026-03-22")),
    ("schedule", "a weekday more", put("group.slots.2.weekdays", [5, 6])),
    ("schedule", "every other week", put("group.slots.0.every_weeks", 2)),
    ("start", "an hour off", put("sessions.7.starts_at", "2026-03-30T06:30:00Z")),
    ("start", "after the gap's offset", put("sessions.5.starts_at", "2026-03-29T00:30:00Z")),
    ("state", "open for ever", put("sessions.0.state", "open")),
    ("state", "void without downtime", put("sessions.0.state", "void")),
    ("state", "called off, not skipped", put("sessions.0.state", "called_off")),
    ("state", "skipped, yet settled", put("group.skipped", ["2026-03-31", "2026-04-01"])),
    ("prompt", "none", put("sessions.0.prompts", [])),
    ("prompt", "two", add("sessions.0.prompts.0", message_id="9")),
    ("prompt", "late", put("sessions.0.prompts.0.posted_at", "2026-03-23T06:31:00Z")),
    ("prompt", "early", put("sessions.0.prompts.0.posted_at", "2026-03-23T06:29:59Z")),
    ("settle", "winter time in summer", put("sessions.5.settled_at", "2026-03-30T02:00:00Z")),
    ("settle", "never", put("sessions.0.settled_at", None)),
    ("settle", "an open one", put("sessions.0.state", "open")),
    ("outcome", "none", drop("sessions.1.outcomes_at_settlement.Hana")),
    ("outcome", "none for who was silent", drop("sessions.1.outcomes_at_settlement.Dai")),
    ("outcome", "done without an answer", drop("sessions.1.answered_at.Ada")),
    ("outcome", "a pause beats an answer", counts("sessions.0", "Ada", "excused")),
    ("outcome", "missed before joining", counts("sessions.3", "Eve", "missed")),
    ("outcome", "missed after leaving", counts("sessions.4", "Gus", "missed")),
    ("outcome", "missed, though left", counts("sessions.2", "Gus", "missed")),
    ("outcome", "gone since", drop("sessions.0.outcomes.Ada")),
    ("outcome", "missed from nowhere", put("sessions.0.outcomes.Eve", "missed")),
    ("outcome", "excused since", put("sessions.0.outcomes.Ada", "excused")),
    ("outcome", "open, yet missed", put("sessions.1.state", "open")),
    ("answer", "the day before", put("sessions.1.answered_at.Ada", "2026-03-23T22:59:00Z")),
    ("answer", "too late", put("sessions.0.answered_at.Ada", "2026-03-24T02:01:00Z")),
    ("answer", "before joining", BEFORE_JOINING),
    ("answer", "after leaving", put("sessions.1.answered_at.Gus", "2026-03-25T11:00:00Z")),
    ("answer", "to what was called off", put("sessions.0.state", "called_off")),
    ("budget", "two free rests", counts("sessions.1", "Ben", "rest")),
    ("budget", "a free rest counts", counts("sessions.0", "Ben", "missed")),
    ("streak", "current", put("streaks.Ada.current", 8)),
    ("streak", "best", put("streaks.Eve.best", 5)),
    ("streak", "tokens", put("streaks.Cleo.tokens", 1)),
    ("streak", "weeks", put("streaks.Ada.weeks", 2)),
    ("streak", "none", drop("streaks.Dai")),
    ("streak", "a late answer is left out", put("sessions.8.outcomes.Eve", "done")),
    ("board", "hidden", put("members.0.shown", value=False)),
    ("board", "left", add("board.4", member="Gus", value=2, rank=6)),
    ("board", "a zero", add("board.4", member="Eve", value=0, rank=6)),
    ("board", "ranks 1, 2, 3, 4", put("board.3.rank", 4)),
    ("board", "somebody is missing", drop("board.4")),
    ("board", "out of order", lambda account: account["board"].reverse()),
    ("board", "another value", put("board.0.value", 10)),
    ("nudge", "a minute late", put("nudges.0.posted_at", "2026-03-27T09:31:00Z")),
    ("nudge", "3 h after, too late", put("nudges.1.posted_at", "2026-03-29T19:45:00Z")),
    ("nudge", "twice a day", add("nudges.0", wording="nudge.4")),
    ("nudge", "none", drop("nudges.0")),
    ("nudge", "pinged against a wish", put(f"members.{HANA}.pinged", value=False)),
    ("nudge", "named against a wish", put(f"members.{EVE}.named", value=False)),
    ("nudge", "after an answer", put("sessions.8.answered_at.Hana", "2026-03-31T06:00:00Z")),
    ("nudge", "reached elsewhere", put(f"members.{HANA}.reach", "dm")),
    ("nudge", "silent for long", silent_for_long),
    ("encouragement", "none", drop("encouragements.1")),
    ("encouragement", "two", add(ENCOURAGED, wording="encourage.first_week.4")),
    ("encouragement", "late", put(f"{ENCOURAGED}.posted_at", "2026-03-25T08:01:00Z")),
    ("encouragement", "not owed", put(f"{ENCOURAGED}.posted_at", "2026-03-24T08:00:00Z")),
    ("encouragement", "a miss too few", put(f"{ENCOURAGED}.kind", "several_misses")),
    ("encouragement", "no token was used", put(f"{ENCOURAGED}.kind", "token_used")),
    ("encouragement", "few missed", put(f"{ENCOURAGED}.kind", "most_missed")),
    ("encouragement", "not long away", put(f"{ENCOURAGED}.kind", "long_away")),
    ("encouragement", "named against a wish", put(f"members.{HANA}.named", value=False)),
    ("encouragement", "reached elsewhere", put(f"members.{EVE}.reach", "dm")),
    ("encouragement", "named without a miss", put("encouragements.1.named", ["Ada"])),
    ("encouragement", "named thrice a week", name_hana_everywhere),
    ("encouragement", "silent for long", silent_for_long),
    ("encouragement", "it pings", put("encouragements.1.pinged", ["Hana"])),
    ("encouragement", "it counts two", say("encouragements.1", " Thinking of 2 of us.")),
    ("encouragement", "it counts a hundred more", say("encouragements.1", " Ada and 100 more.")),
    ("encouragement", "taken along, not owed", take_along("2026-03-30T07:00:00Z")),
    ("recap", "none", drop("recaps.0")),
    ("recap", "two of a week", add("recaps.0", wording="recap.first.2")),
    ("recap", "a minute late", put(f"{RECAP}.posted_at", "2026-03-30T07:01:00Z")),
    ("recap", "of another week", put(f"{RECAP}.week_on", "2026-03-16")),
    ("recap", "before the week has settled", put("sessions.6.settled_at", "2026-03-30T08:00:00Z")),
    ("recap", "another kind of week", put(f"{RECAP}.kind", "calm")),
    ("recap", "it pings", put(f"{RECAP}.pinged", ["Ada"])),
    ("recap", "named against a wish", put(f"members.{EVE}.named", value=False)),
    ("recap", "named after leaving", put(f"members.{EVE}.left_at", "2026-03-30T06:00:00Z")),
    ("recap", "named for nothing", named_for_nothing),
    ("recap", "a goal is not told of", put(f"{RECAP}.named", GOAL_MET[1:])),
    ("recap", "it counts eight sessions", say(RECAP, " **8** sessions")),
    ("recap", "a second message that day", encourage_apart),
    ("recap", "taken along and not in it", both(take_along("2026-03-30T07:00:00Z"), forget_words)),
    ("milestone", "twice", add("milestones.0", session=2)),
    ("milestone", "no number", put("milestones.0.subject", "2")),
    ("milestone", "too many", put("milestones.1.subject", "14")),
    ("milestone", "none", drop("milestones.0")),
    ("milestone", "with no session", put("milestones.0.session", 99)),
    ("milestone", "the group's, of one member", put("milestones.0.milestone", "together")),
    ("milestone", "a member's, of the group", put("milestones.0.member", None)),
    ("milestone", "no round number", put("milestones.0", TOGETHER)),
    ("people", "a stranger is honoured", put("milestones.0.member", "Zoe")),
    ("people", "a stranger in a recap", put(f"{RECAP}.named", ["Zoe"])),
    ("shape", "a recap without its week", drop(f"{RECAP}.week_on")),
    ("shape", "an unknown milestone", put("milestones.0.milestone", "fastest")),
    ("quiet", "a recap", put(f"{RECAP}.posted_at", "2026-03-30T04:00:00Z")),
    ("text", "a recap shames", say(RECAP, " Gus missed it.")),
    ("wording", "of another kind of week", put(f"{RECAP}.wording", "recap.calm.1")),
    ("wording", "not in the catalogue", put("nudges.0.wording", "nudge.99")),
    ("wording", "of another kind", put(f"{ENCOURAGED}.wording", "comeback.1")),
    ("wording", "another text", put("nudges.0.text", "Hana, come on.")),
    ("wording", "too soon", put("encouragements.1.wording", "encourage.first_week.1")),
    ("quiet", "a nudge", put("nudges.1.posted_at", "2026-03-29T19:31:00Z")),
    ("quiet", "an encouragement", put(f"{ENCOURAGED}.posted_at", "2026-03-25T05:59:00Z")),
    ("text", "everyone", say("nudges.0", " @everyone")),
    ("text", "a role", say("nudges.0", " <@&900000000000000009>")),
    ("text", "a mention", say(ENCOURAGED, HANA_ID)),
    ("text", "a name", say(ENCOURAGED, " Dai")),
    ("text", "a name is promised", put(f"{ENCOURAGED}.named", ["Dai"])),
    ("text", "shaming", say(ENCOURAGED, " Missed again!")),
]


@pytest.mark.parametrize(
    ("rule", "mutation"),
    [pytest.param(rule, how, id=f"{rule}: {what}") for rule, what, how in MUTATIONS],
)
def test_every_rule_fires_on_an_account_that_breaks_it(rule: str, mutation: Mutation) -> None:
    account = example()
    mutation(account)
    found = violations(account)
    assert any(violation.startswith(f"{rule}:") for violation in found), found


BERLIN, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")


@pytest.mark.parametrize(
    ("tz", "on", "clock", "at"),
    [
        (BERLIN, date(2026, 7, 1), time(7, 30), datetime(2026, 7, 1, 5, 30, tzinfo=UTC)),
        (BERLIN, date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (BERLIN, date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (LORD_HOWE, date(2026, 4, 5), time(1, 45), datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
        (LORD_HOWE, date(2026, 10, 4), time(2, 15), datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),
    ],
    ids=["everyday", "in a gap", "twice", "twice, half an hour", "in a gap of half an hour"],
)
def test_the_checkers_own_clock_is_right(tz: ZoneInfo, on: date, clock: time, at: datetime) -> None:
    assert instant_of(on, clock, tz) == at


@pytest.mark.parametrize(
    ("row", "current", "best", "tokens"),
    [
        ("ddddddd", 7, 7, 1),
        ("ddddddd.", 7, 7, 0),
        ("ddddddd..", 0, 7, 0),
        ("d" * 28, 28, 28, 2),
        ("d" * 21 + "...", 0, 21, 0),
        ("d.dddddd", 6, 6, 1),
        ("dxsrpd", 3, 3, 0),
    ],
)
def test_the_checkers_own_fold_is_right(row: str, current: int, best: int, tokens: int) -> None:
    session = Session.model_construct(due_on=date(2026, 3, 23))
    words = {"d": "done", "p": "partly", "r": "rest", "s": "sore", "x": "excused", ".": "missed"}
    mine = Fold()
    for mark in row:
        mine.add(session, words[mark])
    assert (mine.current, mine.best, mine.tokens) == (current, best, tokens)


@pytest.mark.parametrize(
    ("weeks", "goal", "row"),
    [
        (["ddd", "ddd"], 3, 2),
        (["ddd", "dd."], 3, 0),
        (["ddd", "dd"], 3, 2),
        (["dd.", "ddd"], 3, 1),
        (["ddd", "xxx", "ddd"], 3, 2),
        (["ddddddd", "dd."], 3, 2),
        (["d..", "d.."], 1, 2),
    ],
    ids=["kept", "not kept", "a short week", "again", "passed over", "a token", "a small goal"],
)
def test_the_checkers_own_weeks_are_right(weeks: list[str], goal: int, row: int) -> None:
    mine = Fold()
    for number, marks in enumerate(weeks):
        session = Session.model_construct(due_on=date(2026, 3, 2 + 7 * number))
        for mark in marks:
            mine.add(session, {"d": "done", "x": "excused", ".": "missed"}[mark])
    assert mine.weeks_in_row(goal, before=date(2026, 3, 30)) == row


# Over a clock change wherever the zone has one; Casablanca's is Ramadan's.
WORLDS = [
    ("Europe/Berlin", "2026-03-16", 1),
    ("America/New_York", "2026-10-19", 2),
    ("Australia/Lord_Howe", "2026-03-23", 3),
]
MORE_WORLDS = [
    (zone, start, seed)
    for zone, start in [
        ("Europe/Berlin", "2026-10-12"),
        ("America/New_York", "2026-02-23"),
        ("Australia/Lord_Howe", "2026-09-21"),
        ("Asia/Kathmandu", "2026-01-01"),
        ("Africa/Casablanca", "2026-02-09"),
        ("Africa/Cairo", "2026-04-13"),
        ("Pacific/Apia", "2026-05-01"),
        ("America/St_Johns", "2026-10-20"),
        ("America/Sao_Paulo", "2027-12-15"),
        ("UTC", "2026-06-03"),
    ]
    for seed in (1, 2, 3)
]
MORE = bool(os.environ.get("MORE_WORLDS"))


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "start", "seed"), WORLDS + MORE_WORLDS * MORE)
def test_the_demos_account_holds_against_the_rules(
    zone: str, start: str, seed: int, tmp_path: Path
) -> None:
    account = demo(tmp_path / "account.json", zone, start, seed)
    assert (account["zone"], account["start"], account["seed"]) == (zone, start, seed)
    assert violations(account) == []
    assert gaps(account) == []


@pytest.mark.slow
def test_the_same_arguments_give_the_same_file(tmp_path: Path) -> None:
    files = [tmp_path / "one.json", tmp_path / "other.json"]
    for file in files:
        demo(file, "Pacific/Apia", "2026-03-16", 7, days=6)
    assert files[0].read_bytes() == files[1].read_bytes()


def demo(file: Path, zone: str, start: str, seed: int, days: int = 28) -> Json:
    """Let days pass through the command line, as a reader of the README would."""
    command = [sys.executable, "-m", "bot", "demo", "--days", str(days), "--seed", str(seed)]
    command += ["--zone", zone, "--start", start, "--json", str(file)]
    ran = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-4000:]
    account: Json = json.loads(file.read_text(encoding="utf-8"))
    return account
