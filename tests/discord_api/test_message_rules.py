"""The rules for messages, answers and modals, each with what breaks it and what does not."""

import pytest
from simcord import HttpLogEntry

from tests.discord_api.examples import (
    IS_V2,
    answered,
    button,
    classic,
    container,
    edited,
    followed_up,
    label,
    link,
    message,
    modal,
    original_edited,
    request,
    row,
    section,
    select,
    sent,
    text,
    text_input,
    v2,
)
from tests.discord_api.rules import broken_rules

MANY_IDS = [str(n) for n in range(101)]
LONG_EMBED = {"description": "x" * 3_000}
ONE_EMBED_OF_EVERYTHING = {
    "title": "x" * 1_000,
    "description": "x" * 1_000,
    "fields": [{"name": "x" * 1_000, "value": "x" * 1_000}],
    "footer": {"text": "x" * 1_000},
    "author": {"name": "x" * 1_001},
}


def names_of(recorded: HttpLogEntry) -> list[str]:
    problems = broken_rules(recorded.method, recorded.path, recorded.json)
    return [f"{problem.place}: {problem.text}" for problem in problems]


BROKEN = {
    "content of 2,001": (sent(message(content="x" * 2_001)), "2001 characters"),
    "content of 2,001 in an edit": (edited(message(content="x" * 2_001)), "2001 characters"),
    "content of 2,001 in an answer": (answered(4, message(content="x" * 2_001)), "data.content"),
    "content of 2,001 in an update": (answered(7, message(content="x" * 2_001)), "data.content"),
    "empty message": (sent(message(content="")), "empty message"),
    "message of blanks": (sent(message(content=" \n ")), "empty message"),
    "message of an empty embed": (sent(message(content="", embeds=[{"type": "rich"}])), "empty"),
    "empty answer": (answered(4, message(content=None)), "empty message"),
    "answer without data": (answered(4), "empty message"),
    "empty follow-up": (followed_up(message(content=None)), "empty message"),
    "edit to nothing": (
        edited(message(content=None, embeds=[], components=[], attachments=[])),
        "leaves an empty message",
    ),
    "6,001 in two embeds": (
        sent(message(embeds=[LONG_EMBED, LONG_EMBED, {"title": "x"}])),
        "6001 characters over all embeds",
    ),
    "6,001 in all parts of an embed": (
        sent(message(embeds=[ONE_EMBED_OF_EVERYTHING])),
        "6001 characters over all embeds",
    ),
    "six rows": (sent(classic(*(row(button(str(n))) for n in range(6)))), "6 rows"),
    "six buttons in a row": (
        sent(classic(row(*(button(str(n)) for n in range(6))))),
        "at most 5 buttons",
    ),
    "select beside a button": (sent(classic(row(select(), button()))), "one select"),
    "two selects in a row": (sent(classic(row(select("a"), select("b")))), "one select"),
    "duplicate custom_id": (sent(classic(row(button(), button()))), "'done' stands twice"),
    "duplicate custom_id, far apart": (
        sent(v2(section(button()), container(row(button())))),
        "components[1].components[0].components[0].custom_id: custom_id 'done' stands twice",
    ),
    "missing custom_id": (sent(classic(row(button(None)))), "custom_id is missing"),
    "missing custom_id of a select": (
        sent(classic(row(select() | {"custom_id": None}))),
        "custom_id is missing",
    ),
    "link with custom_id": (sent(classic(row(link(custom_id="a")))), "takes no custom_id"),
    "link without url": (sent(classic(row(link(url=None)))), "needs its url"),
    "button without words": (sent(classic(row(button(label="")))), "label or an emoji"),
    "same option twice": (
        sent(classic(row(select(options=[{"label": "a", "value": "1"}] * 2)))),
        "option value '1' stands twice",
    ),
    "min_values above max_values": (
        sent(classic(row(select(min_values=2, max_values=1)))),
        "min_values is above",
    ),
    "V2 and content": (sent(v2(text(), content="Hello")), "V2 together with content"),
    "V2 and embeds": (sent(v2(text(), embeds=[{"title": "a"}])), "V2 together with embeds"),
    "V2 and content in an answer": (answered(4, v2(text(), content="a")), "together with content"),
    "V2 without its flag": (sent(v2(text(), flags=0)), "without their flag"),
    "V2 without its flag in an edit": (edited(v2(text(), flags=0)), "without their flag"),
    "V2 without its flag in an update": (answered(7, v2(text(), flags=0)), "without their flag"),
    "V2 without its flag in a follow-up": (
        followed_up(v2(container(text()), flags=64)),
        "without their flag",
    ),
    "V2 without its flag in @original": (
        original_edited(v2(text(), flags=0)),
        "without their flag",
    ),
    "41 V2 components, nested": (
        sent(v2(*(container(text("a")) for _ in range(20)), text("a"))),
        "41 components in all",
    ),
    "41 V2 components, accessories counted": (
        sent(v2(*(section(button(str(n))) for n in range(13)), text("a"), text("b"))),
        "41 components in all",
    ),
    "4,001 characters of V2 text": (
        sent(v2(text("x" * 4_000), container(text("x")))),
        "4001 characters of text in all",
    ),
    "allowed_mentions absent": (sent({"content": "Hello"}), "states whom it may ping"),
    "allowed_mentions null": (sent(message(allowed_mentions=None)), "states whom it may ping"),
    "allowed_mentions absent in an edit": (edited({"content": "a"}), "whom it may ping"),
    "allowed_mentions absent in an answer": (answered(4, {"content": "a"}), "whom it may ping"),
    "allowed_mentions absent in an update": (answered(7, {"content": "a"}), "whom it may ping"),
    "allowed_mentions absent in a follow-up": (followed_up({"content": "a"}), "whom it may ping"),
    "allowed_mentions absent in @original": (
        original_edited({"components": [text()], "flags": IS_V2}),
        "whom it may ping",
    ),
    "parse with users": (
        sent(message(allowed_mentions={"parse": ["users"], "users": ["1"]})),
        "parse and a list of users",
    ),
    "parse with roles": (
        sent(message(allowed_mentions={"parse": ["roles"], "roles": ["1"]})),
        "parse and a list of roles",
    ),
    "everyone": (sent(message(allowed_mentions={"parse": ["everyone"]})), "happens to name"),
    "101 users pinged": (
        sent(message(allowed_mentions={"parse": [], "users": MANY_IDS})),
        "101 ids",
    ),
    "nonce of 26": (sent(message(nonce="n" * 26)), "nonce: at most 25"),
    "forum post without words": (
        request("POST", "/channels/1/threads", {"name": "a", "message": message(content="")}),
        "message: an empty message",
    ),
    "six modal components": (
        answered(9, modal(*(label(text_input(str(n))) for n in range(6)))),
        "at most 5 components",
    ),
    "duplicate custom_id in a modal": (
        answered(9, modal(label(text_input("a")), label(text_input("a")))),
        "data.components[1].component.custom_id: custom_id 'a' stands twice",
    ),
    "missing custom_id in a modal": (
        answered(9, modal(label(text_input() | {"custom_id": None}))),
        "custom_id is missing",
    ),
    "modal text too long for its field": (
        answered(9, modal(label(text_input(max_length=3, value="four")))),
        "longer than max_length",
    ),
    "modal field's bounds crossed": (
        answered(9, modal(label(text_input(min_length=5, max_length=3)))),
        "min_length is above",
    ),
}

KEPT = {
    "content of 2,000": sent(message(content="x" * 2_000)),
    "6,000 in embeds": sent(message(embeds=[LONG_EMBED, LONG_EMBED])),
    "only an embed": sent(message(content=None, embeds=[{"title": "Board"}])),
    "only a file": sent(message(content=None, attachments=[{"id": 0, "filename": "a.png"}])),
    "only a forward": sent(message(content=None, message_reference={"type": 1})),
    "five rows of five": sent(
        classic(*(row(*(button(f"{r}-{b}") for b in range(5))) for r in range(5)))
    ),
    "a select alone": sent(classic(row(select()))),
    "a link": sent(classic(row(link()))),
    "an emoji for words": sent(classic(row(button(label=None, emoji={"name": "👟"})))),
    "40 V2 components": sent(v2(*(container(text("a")) for _ in range(20)))),
    "4,000 characters of V2 text": sent(v2(text("x" * 3_999), text("x"))),
    "V2 turning a classic message over": edited(v2(text(), content=None, embeds=[])),
    "exact people pinged": sent(message(allowed_mentions={"parse": [], "users": [1, 2]})),
    "edit of an attachment alone": edited({"attachments": []}),
    "buttons taken off": edited({"components": []}),
    "defer": answered(5, {"flags": 64}),
    "silent defer of a click": answered(6),
    "ephemeral V2 answer": answered(4, v2(text(), flags=IS_V2 | 64)),
    "five modal components": answered(9, modal(*(label(text_input(str(n))) for n in range(5)))),
    "nonce of 25": sent(message(nonce="n" * 25)),
    "some other route": request("PUT", "/channels/1/messages/2/reactions/%E2%9C%85/@me"),
}


@pytest.mark.parametrize(("recorded", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_named(recorded: HttpLogEntry, expected: str) -> None:
    assert expected in "\n".join(names_of(recorded))


@pytest.mark.parametrize(("recorded", "expected"), BROKEN.values(), ids=BROKEN)
def test_one_fault_is_not_reported_as_many(recorded: HttpLogEntry, expected: str) -> None:
    others = [name for name in names_of(recorded) if expected not in name]

    # What parses mentions breaks the rule of the house as well.
    assert [name for name in others if "happens to name" not in name] == []


@pytest.mark.parametrize("recorded", KEPT.values(), ids=KEPT)
def test_what_keeps_the_rules_passes(recorded: HttpLogEntry) -> None:
    assert names_of(recorded) == []
