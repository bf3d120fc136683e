"""The rules for commands and their choices, each with what breaks it and what does not."""

import pytest
from simcord import HttpLogEntry

from tests.discord_api.examples import answered, command, option, request, synced
from tests.discord_api.rules import broken_rules

GROUP = {"type": 1, "name": "create", "description": "Make a group"}
CHOICES = [{"name": str(n), "value": str(n)} for n in range(26)]


def names_of(recorded: HttpLogEntry) -> list[str]:
    problems = broken_rules(recorded.method, recorded.path, recorded.json)
    return [f"{problem.place}: {problem.text}" for problem in problems]


BROKEN = {
    "capitals": (synced(command("Setup")), "[0].name: 'Setup' is not lower case"),
    "spaces": (synced(command("set up")), "is not lower case without spaces"),
    "name of 33": (synced(command("x" * 33)), "is not lower case"),
    "no name": (synced(command("")), "is not lower case"),
    "option in capitals": (synced(command("setup", option("Zone"))), "'Zone' is not lower"),
    "subcommand's option in capitals": (
        synced(command("group", GROUP | {"options": [option("Zone")]})),
        "[0].options[0].options[0].name",
    ),
    "no description": (synced(command(description="")), "description: is missing"),
    "description null": (synced(command(description=None)), "description: is missing"),
    "description of 101": (synced(command(description="x" * 101)), "not 1–100"),
    "option without description": (
        synced(command("setup", option(description=""))),
        "options[0].description: is missing",
    ),
    "user command with description": (synced(command("Cheer", type=2)), "take no description"),
    "required after optional": (
        synced(command("setup", option("a"), option("b", required=True))),
        "[0].options[1]: a required option after an optional one",
    ),
    "required after optional in a subcommand": (
        synced(
            command("group", GROUP | {"options": [option("a"), option("b", required=True)]}),
        ),
        "a required option after an optional one",
    ),
    "101 chat commands": (synced(*(command(f"c{n}") for n in range(101))), "101 commands"),
    "16 user commands": (
        synced(*(command(f"c{n}", type=2, description="") for n in range(16))),
        "16 commands of type 2",
    ),
    "duplicate names": (synced(command(), command()), "'setup' stands 2 times"),
    "duplicate option names": (
        synced(command("setup", option(), option())),
        "option name 'zone' stands twice",
    ),
    "8,001 characters": (
        synced(
            command(
                "x",
                *(option(f"{n:032}", description="y" * 100) for n in range(25)),
                *(GROUP | {"name": f"{n:032}z"[1:], "description": "y" * 100} for n in range(36)),
            )
        ),
        "characters in all, at most 8000",
    ),
    "choice value of 101": (
        synced(command("setup", option(choices=[{"name": "a", "value": "x" * 101}]))),
        "choices[0].value: at most 100",
    ),
    "26 choices": (synced(command("setup", option(choices=CHOICES))), "26 choices"),
    "26 autocomplete choices": (answered(8, {"choices": CHOICES}), "data.choices: 26 choices"),
    "autocomplete value of 101": (
        answered(8, {"choices": [{"name": "a", "value": "x" * 101}]}),
        "data.choices[0].value",
    ),
    "one command in capitals": (
        request("POST", "/applications/1/guilds/2/commands", command("Setup")),
        "name: 'Setup'",
    ),
    "edit with an option in capitals": (
        request("PATCH", "/applications/1/commands/3", {"options": [option("Zone")]}),
        "options[0].name: 'Zone'",
    ),
    "edit with a description of 101": (
        request("PATCH", "/applications/1/commands/3", {"description": "x" * 101}),
        "at most 100",
    ),
}

KEPT = {
    "a sync": synced(command("setup", option(required=True), option("day")), command("me")),
    "nothing to sync": synced(),
    "subcommands": synced(command("group", GROUP, GROUP | {"name": "join"})),
    "100 chat commands": synced(*(command(f"c{n}") for n in range(100))),
    "a user command with spaces and capitals": synced(
        command("Cheer Them", type=2, description="")
    ),
    "one name in two types": synced(command("cheer"), command("cheer", type=2, description="")),
    "letters of other scripts": synced(command("spazieren-über-всё")),
    "25 autocomplete choices": answered(8, {"choices": CHOICES[:25]}),
    "edit of a name alone": request("PATCH", "/applications/1/commands/3", {"name": "setup"}),
}


@pytest.mark.parametrize(("recorded", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_named(recorded: HttpLogEntry, expected: str) -> None:
    assert expected in "\n".join(names_of(recorded))


@pytest.mark.parametrize("recorded", KEPT.values(), ids=KEPT)
def test_what_keeps_the_rules_passes(recorded: HttpLogEntry) -> None:
    assert names_of(recorded) == []
