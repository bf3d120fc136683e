"""Which of our rules hold for which request."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import cast

from tests.discord_api.bodies import JsonObject, Problem
from tests.discord_api.command_rules import check_command, check_command_edit, check_command_list
from tests.discord_api.message_rules import (
    check_answer,
    check_edit,
    check_forum_post,
    check_new_message,
)

_COMMANDS = r"/applications/\d+/(?:guilds/\d+/)?commands"

_RULES: tuple[tuple[str, str, Callable[[JsonObject], Iterator[Problem]]], ...] = (
    ("POST", r"/channels/\d+/messages", check_new_message),
    ("PATCH", r"/channels/\d+/messages/\d+", check_edit),
    ("POST", r"/channels/\d+/threads", check_forum_post),
    ("POST", r"/interactions/\d+/[^/]+/callback", check_answer),
    ("POST", r"/webhooks/\d+/[^/]+", check_new_message),
    ("PATCH", r"/webhooks/\d+/[^/]+/messages/[^/]+", check_edit),
    ("POST", _COMMANDS, check_command),
    ("PATCH", _COMMANDS + r"/\d+", check_command_edit),
)


def broken_rules(method: str, path: str, body: object) -> Iterator[Problem]:
    """Every rule beyond the document that a request breaks; `body` as JSON reads it."""
    if method == "PUT" and re.fullmatch(_COMMANDS, path):
        yield from check_command_list(body)
    for rule_method, pattern, check in _RULES:
        if method == rule_method and re.fullmatch(pattern, path):
            yield from check(cast("JsonObject", body) if isinstance(body, Mapping) else {})
