"""Routes, queries, bodies and how a violation reads."""

import pytest
from simcord import HttpLogEntry

from tests.discord_api import RequestChecker, find_document
from tests.discord_api.document import Document
from tests.discord_api.examples import (
    answered,
    button,
    container,
    edited,
    followed_up,
    label,
    message,
    modal,
    original_edited,
    request,
    row,
    sent,
    text,
    text_input,
    v2,
)

GOOD = {
    "message": sent(message(nonce="7", enforce_nonce=True)),
    "mentions by integers": sent(message(allowed_mentions={"parse": [], "users": [1, 2]})),
    "reply by integers": sent(
        message(message_reference={"message_id": 5, "channel_id": 1, "guild_id": 2})
    ),
    "V2 card": sent(v2(container(text(), row(button())))),
    "edit": edited(message()),
    "defer": answered(5, {"flags": 64}),
    "defer of a click": answered(6),
    "update": answered(7, v2(text())),
    "modal": answered(9, modal(label(text_input()))),
    "autocomplete": answered(8, {"choices": [{"name": "Europe/Berlin", "value": "a"}]}),
    "follow-up": followed_up(message(flags=64)),
    "edit of @original": original_edited(message()),
    "direct channel": request("POST", "/users/@me/channels", {"recipient_id": 7}),
    "member": request("GET", "/guilds/1/members/2"),
    "history": request("GET", "/channels/1/messages", limit=50, after=3),
    "reaction": request("PUT", "/channels/1/messages/2/reactions/%E2%9C%85/@me"),
    "deleted answer": request("DELETE", "/webhooks/1/token/messages/@original"),
    "bulk delete": request("POST", "/channels/1/messages/bulk-delete", {"messages": ["1", "2"]}),
}

BAD = {
    "unknown route": (request("GET", "/channels/1/streaks"), "no such route"),
    "unknown method": (request("PUT", "/channels/1/messages"), "no such route"),
    "no id in the path": (request("GET", "/channels/None"), "no such route"),
    "unknown query": (request("GET", "/channels/1/messages", since=3), "query parameter 'since'"),
    "no body": (request("POST", "/channels/1/messages"), "body is missing"),
    "a body too many": (request("DELETE", "/channels/1/messages/2", {"a": 1}), "takes no body"),
    "wrong type": (sent(message(tts="yes")), "POST /channels/1/messages at tts"),
    "literal route": (request("POST", "/channels/1/messages/bulk-delete", {}), "'messages'"),
    "rule beyond the document": (sent(message(content="x" * 2_001)), "2001 characters"),
}


@pytest.mark.parametrize("recorded", GOOD.values(), ids=GOOD)
def test_a_good_request_passes(checker: RequestChecker, recorded: HttpLogEntry) -> None:
    assert checker.check_all([recorded]) == []


@pytest.mark.parametrize(("recorded", "expected"), BAD.values(), ids=BAD)
def test_a_bad_request_is_told(
    checker: RequestChecker, recorded: HttpLogEntry, expected: str
) -> None:
    assert expected in "\n".join(map(str, checker.check_all([recorded])))


def test_a_violation_reads_as_one_line(checker: RequestChecker) -> None:
    violations = checker.check_all([sent(message(content=""))])

    assert list(map(str, violations)) == [
        "POST /channels/1/messages at body: an empty message (50006)"
    ]


def test_a_violation_that_repeats_stands_once(checker: RequestChecker) -> None:
    assert len(checker.check_all([sent(message(content=""))] * 3)) == 1


def test_an_integer_is_taken_for_an_id_only(checker: RequestChecker) -> None:
    assert checker.check_all([sent(message(content=5))])


def test_checking_leaves_what_was_recorded_as_it_was(checker: RequestChecker) -> None:
    recorded = sent(message(allowed_mentions={"parse": (), "users": (1,)}))

    checker.check_all([recorded])

    assert recorded == sent(message(allowed_mentions={"parse": (), "users": (1,)}))


def test_an_operation_is_compiled_once() -> None:
    path = find_document()
    assert path is not None
    document = Document(path)

    first = document.find_operation("POST", "/channels/1/messages")

    assert first is document.find_operation("POST", "/channels/2/messages")
