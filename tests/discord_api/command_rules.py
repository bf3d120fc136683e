"""What Discord asks of application commands beyond its OpenAPI document.

Source: docs.discord.com/developers, interactions/application-commands.
"""

import re
from collections import Counter
from collections.abc import Iterator

from tests.discord_api.bodies import (
    JsonObject,
    Problem,
    below,
    object_at,
    objects_at,
    text_at,
)

CHAT, USER, MESSAGE = 1, 2, 3
MOST_COMMANDS = {CHAT: 100, USER: 15, MESSAGE: 15}
MOST_CHARACTERS = 8_000
LONGEST_NAME = 32
LONGEST_DESCRIPTION = 100
LONGEST_CHOICE_VALUE = 100
MOST_CHOICES = 25
# Discord's own pattern names the letters and numbers of Unicode; `\w` is Python's word for them.
CHAT_NAME = re.compile(r"[-'\w]{1,32}")


def check_command_list(body: object) -> Iterator[Problem]:
    """All commands of one scope, as a sync sends them."""
    commands = objects_at({"commands": body}, "commands")
    counts = Counter(_kind(command) for command in commands)
    for kind, most in MOST_COMMANDS.items():
        if counts[kind] > most:
            yield Problem((), f"{counts[kind]} commands of type {kind}, at most {most}")
    names = Counter((_kind(command), text_at(command, "name")) for command in commands)
    for (_, name), count in names.items():
        if count > 1:
            yield Problem((), f"command name {name!r} stands {count} times")
    for index, command in enumerate(commands):
        yield from below(check_command(command), index)


def check_command(command: JsonObject) -> Iterator[Problem]:
    """A whole command, as it is created."""
    if _kind(command) == CHAT:
        yield from _check_named(command)
    elif text_at(command, "description"):
        yield Problem(("description",), "user and message commands take no description")
    yield from _check_options(command)
    if (characters := _characters_of(command)) > MOST_CHARACTERS:
        yield Problem((), f"{characters} characters in all, at most {MOST_CHARACTERS}")


def check_command_edit(command: JsonObject) -> Iterator[Problem]:
    """A change of a command. Only what it states is looked at; it does not state its type."""
    if "description" in command and len(text_at(command, "description")) > LONGEST_DESCRIPTION:
        yield Problem(("description",), f"at most {LONGEST_DESCRIPTION} characters")
    yield from _check_options(command)


def check_choices(body: JsonObject) -> Iterator[Problem]:
    """The choices of an option, or those that an autocompletion offers."""
    choices = objects_at(body, "choices")
    if len(choices) > MOST_CHOICES:
        yield Problem(("choices",), f"{len(choices)} choices, at most {MOST_CHOICES}")
    for index, choice in enumerate(choices):
        if len(text_at(choice, "value")) > LONGEST_CHOICE_VALUE:
            yield Problem(("choices", index, "value"), f"at most {LONGEST_CHOICE_VALUE} characters")


def _kind(command: JsonObject) -> int:
    kind = command.get("type")
    return kind if isinstance(kind, int) else CHAT


def _check_named(part: JsonObject) -> Iterator[Problem]:
    """A chat command, a subcommand or an option: all are named by the same rules."""
    name = text_at(part, "name")
    if not CHAT_NAME.fullmatch(name) or name != name.lower():
        yield Problem(
            ("name",), f"{name!r} is not lower case without spaces, 1–{LONGEST_NAME} characters"
        )
    if not 1 <= len(text_at(part, "description")) <= LONGEST_DESCRIPTION:
        yield Problem(("description",), f"is missing or not 1–{LONGEST_DESCRIPTION} characters")


def _check_options(part: JsonObject) -> Iterator[Problem]:
    options = objects_at(part, "options")
    names = Counter(text_at(option, "name") for option in options)
    for name in (name for name, count in names.items() if count > 1):
        yield Problem(("options",), f"option name {name!r} stands twice")
    optional_seen = False
    for index, option in enumerate(options):
        if option.get("required") and optional_seen:
            yield Problem(("options", index), "a required option after an optional one")
        optional_seen = optional_seen or not option.get("required")
        yield from below(_check_named(option), "options", index)
        yield from below(check_choices(option), "options", index)
        yield from below(_check_options(option), "options", index)


def _characters_of(part: JsonObject) -> int:
    """Names, descriptions and choice values, of the command and all below it.

    Of a text with translations Discord counts the longest.
    """
    own = _longest(part, "name") + _longest(part, "description")
    own += len(text_at(part, "value"))
    inner = [*objects_at(part, "options"), *objects_at(part, "choices")]
    return own + sum(map(_characters_of, inner))


def _longest(part: JsonObject, key: str) -> int:
    translations = object_at(part, f"{key}_localizations").values()
    return max(len(text_at(part, key)), *(len(str(text)) for text in translations), 0)
