"""What Discord asks of messages, answers to interactions and modals beyond its OpenAPI document.

Sources: docs.discord.com/developers, resources/message, interactions/receiving-and-responding,
components/reference; allowed mentions also by the rule of our own house.
"""

from collections.abc import Iterator

from tests.discord_api import component_rules
from tests.discord_api.bodies import (
    JsonObject,
    Problem,
    below,
    items_at,
    number_at,
    object_at,
    objects_at,
    text_at,
)
from tests.discord_api.command_rules import check_choices

IS_V2 = 1 << 15
LONGEST_CONTENT = 2_000
LONGEST_NONCE = 25
MOST_IN_EMBEDS = 6_000
MOST_MENTIONED = 100
FORWARD = 1

NEW_MESSAGE, MESSAGE_UPDATE, AUTOCOMPLETE, MODAL = 4, 7, 8, 9


def check_new_message(body: JsonObject) -> Iterator[Problem]:
    """A message sent to a channel, as an answer to an interaction, or as its follow-up."""
    if not _says_something(body):
        yield Problem((), "an empty message (50006)")
    yield from _check_message(body)


def check_edit(body: JsonObject) -> Iterator[Problem]:
    """A change of a message: what it does not state stays as it was, so little is certain."""
    emptied = {"content", "embeds", "components", "attachments"}
    if emptied <= body.keys() and not _says_something(body):
        yield Problem((), "the edit leaves an empty message (50006)")
    yield from _check_message(body)


def check_forum_post(body: JsonObject) -> Iterator[Problem]:
    """A thread; in a forum it is opened with its first message."""
    if "message" in body:
        yield from below(check_new_message(object_at(body, "message")), "message")


def check_answer(body: JsonObject) -> Iterator[Problem]:
    """The callback of an interaction. Deferring (5, 6) carries nothing that could be wrong here."""
    data = object_at(body, "data")
    kind = body.get("type")
    if kind == NEW_MESSAGE:
        yield from below(check_new_message(data), "data")
    elif kind == MESSAGE_UPDATE:
        yield from below(check_edit(data), "data")
    elif kind == AUTOCOMPLETE:
        yield from below(check_choices(data), "data")
    elif kind == MODAL:
        yield from below(component_rules.check_modal_layout(data), "data")
        yield from below(component_rules.check_each(data), "data")


def _check_message(body: JsonObject) -> Iterator[Problem]:
    if (length := len(text_at(body, "content"))) > LONGEST_CONTENT:
        yield Problem(("content",), f"{length} characters, at most {LONGEST_CONTENT}")
    if len(str(body.get("nonce", ""))) > LONGEST_NONCE:
        yield Problem(("nonce",), f"at most {LONGEST_NONCE} characters")
    yield from _check_embeds(body)
    yield from _check_layout(body)
    yield from component_rules.check_each(body)
    yield from _check_mentions(body)


def _says_something(body: JsonObject) -> bool:
    # Discord trims what is written: blanks alone are an empty message.
    return bool(
        text_at(body, "content").strip()
        or any(embed.keys() - {"type", "color"} for embed in objects_at(body, "embeds"))
        or any(items_at(body, key) for key in ("components", "attachments", "sticker_ids"))
        or object_at(body, "poll")
        or object_at(body, "message_reference").get("type") == FORWARD
    )


def _check_embeds(body: JsonObject) -> Iterator[Problem]:
    characters = sum(_characters_of(embed) for embed in objects_at(body, "embeds"))
    if characters > MOST_IN_EMBEDS:
        yield Problem(
            ("embeds",), f"{characters} characters over all embeds, at most {MOST_IN_EMBEDS}"
        )


def _characters_of(embed: JsonObject) -> int:
    """What counts towards the limit: title, description, fields, footer and author's name."""
    texts = [text_at(embed, "title"), text_at(embed, "description")]
    texts += [text_at(object_at(embed, "footer"), "text")]
    texts += [text_at(object_at(embed, "author"), "name")]
    for field in objects_at(embed, "fields"):
        texts += [text_at(field, "name"), text_at(field, "value")]
    return sum(map(len, texts))


def _check_layout(body: JsonObject) -> Iterator[Problem]:
    if number_at(body, "flags") & IS_V2:
        yield from component_rules.check_v2_layout(body)
        for key in ("content", "embeds", "poll", "sticker_ids"):
            if body.get(key):
                yield Problem((key,), f"Components V2 together with {key}")
    elif component_rules.uses_v2(body):
        # Asked of edits too: one request does not show whether the message has the flag already,
        # and discord.py states it whenever it sends a LayoutView.
        yield Problem(("flags",), "Components V2 without their flag, 1 << 15")
    else:
        yield from component_rules.check_classic_layout(body)


def _check_mentions(body: JsonObject) -> Iterator[Problem]:
    stated = body.get("allowed_mentions")
    if stated is None:
        # A rule of the house, for answers to interactions as well: they ping users by default,
        # names that people chose stand in most of them, and no checker can tell whose words a
        # text holds. The client's own default states it everywhere at no cost. What carries no
        # text (an edit of attachments alone) has nothing to state it for.
        if any(body.get(key) for key in ("content", "embeds", "components", "poll")):
            yield Problem(("allowed_mentions",), "every message states whom it may ping")
        return
    yield from below(_check_stated(object_at(body, "allowed_mentions")), "allowed_mentions")


def _check_stated(mentions: JsonObject) -> Iterator[Problem]:
    parsed = items_at(mentions, "parse")
    for kind in ("users", "roles"):
        ids = items_at(mentions, kind)
        if ids and kind in parsed:
            yield Problem((kind,), f"parse and a list of {kind} exclude each other")
        if len(ids) > MOST_MENTIONED:
            yield Problem((kind,), f"{len(ids)} ids, at most {MOST_MENTIONED}")
    if parsed:
        # A rule of the house: a message pings exact people by their ids, or nobody.
        yield Problem(("parse",), f"pings whatever its text happens to name: {parsed}")
