"""A small account written by hand: ten days of 2026 in Berlin, over the change to summer time.

The columns of `_ANSWERS` are the nine sessions in order: d done, p part, r rest, R a rest beyond
the budget, s sore, x excused, a dot for no answer, a blank for not (yet, any more) a member. What
the bot posted and the streaks that follow are worked out by hand, not by the checker.
"""

from typing import Any

from tests.end_to_end.account_words import catalogue

# (slot, due_on, start, settlement); the second slot's 02:30 does not exist on 29 March.
_SESSIONS = [
    (1, "2026-03-23", "2026-03-23T06:30:00Z", "2026-03-24T02:00:00Z"),
    (1, "2026-03-24", "2026-03-24T06:30:00Z", "2026-03-25T02:00:00Z"),
    (1, "2026-03-25", "2026-03-25T06:30:00Z", "2026-03-26T02:00:00Z"),
    (1, "2026-03-26", "2026-03-26T06:30:00Z", "2026-03-27T02:00:00Z"),
    (1, "2026-03-27", "2026-03-27T06:30:00Z", "2026-03-28T02:00:00Z"),
    (2, "2026-03-29", "2026-03-29T01:30:00Z", "2026-03-30T01:00:00Z"),
    (3, "2026-03-29", "2026-03-29T16:45:00Z", "2026-03-30T01:00:00Z"),
    (1, "2026-03-30", "2026-03-30T05:30:00Z", "2026-03-31T01:00:00Z"),
    (1, "2026-03-31", "2026-03-31T05:30:00Z", "2026-04-01T01:00:00Z"),
]
_ANSWERS = {
    "Ada": "ddddddddd",
    "Ben": "rRdpddddd",
    "Cleo": "ddddddd.d",
    "Dai": "d.ddddsdd",
    "Eve": "    dddd.",
    "Finn": "dxxdddddd",
    "Gus": "ddx      ",
    "Hana": "dddd.dddd",
}
_WORDS = {
    "d": "done",
    "p": "partly",
    "r": "rest",
    "R": "missed",
    "s": "sore",
    "x": "excused",
    ".": "missed",
}
_OWN_TIMES = {
    # After the nudges of their days, which therefore ping Hana.
    ("Hana", 7): "2026-03-29T20:00:00Z",
    ("Hana", 9): "2026-03-31T18:00:00Z",
}
# Who may be named and kept three of the week, or as many as there were for them.
GOAL_MET = ["Ada", "Cleo", "Eve", "Finn", "Hana"]
# (member, sessions kept, the session with which it came to that).
_MILESTONES = [
    ("Ada", 1, 1),
    ("Ada", 7, 7),
    ("Ben", 1, 3),
    ("Ben", 7, 9),
    ("Cleo", 1, 1),
    ("Cleo", 7, 7),
    ("Dai", 1, 1),
    ("Dai", 7, 9),
    ("Eve", 1, 5),
    ("Finn", 1, 1),
    ("Finn", 7, 9),
    ("Gus", 1, 1),
    ("Hana", 1, 1),
    ("Hana", 7, 8),
]
HANA_ID = "<@900000000000000001>"


def example() -> dict[str, Any]:
    """Return a new copy of the account, which breaks no rule."""
    return {
        "zone": "Europe/Berlin",
        "start": "2026-03-23",
        "days": 10,
        "seed": 1,
        "ended_at": "2026-04-02T04:00:00Z",
        "group": {
            "id": "77",
            "name": "Early walkers",
            "slots": [
                _slot(1, [0, 1, 2, 3, 4], "07:30", None),
                _slot(2, [6], "02:30", "2026-03-29"),
                _slot(3, [6], "18:45", None),
            ],
            "skipped": ["2026-04-01"],
        },
        "members": _members(),
        "sessions": [_session(number) for number in range(1, 10)],
        "nudges": [
            _post("2026-03-27T09:30:02Z", "nudge.1", named=["Hana"], pinged=["Hana"]),
            _post("2026-03-29T19:15:00Z", "nudge.2", named=["Hana"], pinged=["Hana"]),
            _post("2026-03-31T08:30:00Z", "nudge.3", named=["Eve", "Hana"], pinged=["Hana"]),
        ],
        "encouragements": [
            _encouragement("2026-03-25T08:00:00Z", "first_week", 1, []),
            _encouragement("2026-03-28T08:00:00Z", "first_week", 2, ["Hana"]),
            _encouragement("2026-03-31T07:00:00Z", "token_used", 1, []),
            _encouragement("2026-04-01T07:00:00Z", "first_week", 3, ["Eve"]),
        ],
        "recaps": [
            {
                **_post("2026-03-30T07:00:00Z", "recap.first.1", named=GOAL_MET, pinged=[]),
                "week_on": "2026-03-23",
                "kind": "first",
                "encouragement": None,
            }
        ],
        "milestones": [_milestone(*one) for one in _MILESTONES],
        "streaks": {
            "Ada": _streak(9, 9, 1, 1),
            "Ben": _streak(7, 7, 1, 1),
            "Cleo": _streak(8, 8, 0, 1),
            "Dai": _streak(6, 6, 1, 1),
            "Eve": _streak(0, 4, 0, 1),
            "Finn": _streak(7, 7, 1, 1),
            "Gus": _streak(2, 2, 0, 1),
            "Hana": _streak(4, 4, 1, 1),
        },
        "board": [
            {"rank": 1, "member": "Ada", "value": 9},
            {"rank": 2, "member": "Cleo", "value": 8},
            {"rank": 3, "member": "Ben", "value": 7},
            {"rank": 3, "member": "Finn", "value": 7},
            {"rank": 5, "member": "Hana", "value": 4},
        ],
        "http_requests": 240,
    }


def _slot(slot: int, weekdays: list[int], clock: str, until: str | None) -> dict[str, Any]:
    return {
        "id": slot,
        "weekdays": weekdays,
        "time": clock,
        "from": "2026-03-23",
        "until": until,
        "every_weeks": 1,
    }


def _members() -> list[dict[str, Any]]:
    def member(name: str, wishes: str, **other: object) -> dict[str, Any]:
        return {
            "name": name,
            "joined_at": "2026-03-22T18:00:00Z",
            "left_at": None,
            "named": "named" in wishes,
            "pinged": "pinged" in wishes,
            "shown": "shown" in wishes,
            "reach": "channel",
            "goal": 3,
            **other,
        }

    return [
        member("Ada", "named pinged shown"),
        member("Ben", "shown"),
        member("Cleo", "named shown", reach="dm"),
        member("Dai", "", reach="silent"),
        member("Eve", "named shown", joined_at="2026-03-26T12:00:00Z"),
        member("Finn", "named shown"),
        member("Gus", "named shown", left_at="2026-03-25T10:00:00Z"),
        member("Hana", "named pinged shown"),
    ]


def _session(number: int) -> dict[str, Any]:
    slot, due_on, starts_at, settled_at = _SESSIONS[number - 1]
    marks = {name: row[number - 1] for name, row in _ANSWERS.items()}
    outcomes = {name: _WORDS[mark] for name, mark in marks.items() if mark != " "}
    return {
        "id": number,
        "slot": slot,
        "due_on": due_on,
        "starts_at": starts_at,
        "settled_at": settled_at,
        "state": "settled",
        "prompts": [{"message_id": str(5000 + number), "posted_at": starts_at}],
        "outcomes": outcomes,
        "outcomes_at_settlement": dict(outcomes),
        "answered_at": {
            name: _OWN_TIMES.get((name, number), starts_at.replace(":30:", ":50:"))
            for name, mark in marks.items()
            if mark in "dprRs"
        },
    }


def _post(posted_at: str, wording: str, *, named: list[str], pinged: list[str]) -> dict[str, Any]:
    shown = [HANA_ID if name in pinged else name for name in named]
    words = catalogue()[wording][0]
    return {
        "posted_at": posted_at,
        "named": named,
        "pinged": pinged,
        "text": f"### Early walkers\n{words}\nThinking of {', '.join(shown)}.",
        "wording": wording,
    }


def _encouragement(posted_at: str, kind: str, number: int, named: list[str]) -> dict[str, Any]:
    post = _post(posted_at, f"encourage.{kind}.{number}", named=named, pinged=[])
    return {**post, "kind": kind}


def _milestone(name: str, number: int, session: int) -> dict[str, Any]:
    return {
        "member": name,
        "milestone": "kept",
        "subject": str(number),
        "session": session,
        "at": _SESSIONS[session - 1][2],
    }


def _streak(current: int, best: int, tokens: int, weeks: int) -> dict[str, int]:
    return {"current": current, "best": best, "tokens": tokens, "weeks": weeks}
