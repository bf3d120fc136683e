"""The limits that Discord's document holds itself, and that its faults are told readably."""

import pytest
from simcord import HttpLogEntry

from tests.discord_api import RequestChecker
from tests.discord_api.examples import (
    answered,
    button,
    classic,
    command,
    label,
    message,
    modal,
    option,
    row,
    section,
    select,
    sent,
    synced,
    text,
    text_input,
    v2,
)

CHOICES = [{"name": str(n), "value": str(n)} for n in range(26)]
LABEL = "components[0].components[0].label"


def embed(**parts: object) -> HttpLogEntry:
    return sent(message(embeds=[parts]))


def radio(count: int) -> dict[str, object]:
    options = [{"label": f"Option {n}", "value": str(n)} for n in range(count)]
    return {"type": 21, "custom_id": "effort", "options": options}


BROKEN = {
    "label of 81": (sent(classic(row(button(label="x" * 81)))), LABEL),
    "label of 81 in a section": (
        sent(v2(section(button(label="x" * 81)))),
        "components[0].accessory.label",
    ),
    "custom_id of 101": (sent(classic(row(button("x" * 101)))), "components[0].custom_id"),
    "custom_id of 0": (sent(classic(row(button("")))), "components[0].custom_id"),
    "26 options": (sent(classic(row(select(count=26)))), "components[0].options"),
    "no options": (sent(classic(row(select(count=0)))), "components[0].options"),
    "placeholder of 151": (sent(classic(row(select(placeholder="x" * 151)))), "placeholder"),
    "empty text": (sent(v2(text(""))), "components[0].content"),
    "unknown component": (sent(v2({"type": 99})), "components[0]"),
    "11 embeds": (sent(message(embeds=[{"title": "a"}] * 11)), "embeds"),
    "embed title of 257": (embed(title="x" * 257), "embeds[0].title"),
    "embed description of 4,097": (embed(description="x" * 4_097), "embeds[0].description"),
    "26 fields": (embed(fields=[{"name": "a", "value": "b"}] * 26), "embeds[0].fields"),
    "field name of 257": (embed(fields=[{"name": "x" * 257, "value": "b"}]), "fields[0].name"),
    "field value of 1,025": (
        embed(fields=[{"name": "a", "value": "x" * 1_025}]),
        "fields[0].value",
    ),
    "footer of 2,049": (embed(footer={"text": "x" * 2_049}), "footer.text"),
    "author of 257": (embed(author={"name": "x" * 257}), "author.name"),
    "nonce of 26": (sent(message(nonce="n" * 26)), "nonce"),
    "snowflake in words": (
        sent(message(allowed_mentions={"parse": [], "users": ["sam"]})),
        "allowed_mentions.users[0]",
    ),
    "same user twice": (
        sent(message(allowed_mentions={"parse": [], "users": [1, 1]})),
        "allowed_mentions.users",
    ),
    "modal title of 46": (
        answered(9, modal(label(text_input()), title="x" * 46)),
        "data.title",
    ),
    "modal without components": (answered(9, modal()), "data.components"),
    "label of 46": (answered(9, modal(label(text_input(), label="x" * 46))), "[0].label"),
    "label's description of 101": (
        answered(9, modal(label(text_input(), description="x" * 101))),
        "data.components[0].description",
    ),
    "text input of 4,001": (
        answered(9, modal(label(text_input(max_length=4_001)))),
        "data.components[0].component.max_length",
    ),
    "one radio option": (answered(9, modal(label(radio(1)))), "component.options"),
    "11 radio options": (answered(9, modal(label(radio(11)))), "component.options"),
    "11 files": (
        answered(9, modal(label({"type": 19, "custom_id": "f", "max_values": 11}))),
        "component.max_values",
    ),
    "26 autocomplete choices": (answered(8, {"choices": CHOICES}), "data.choices"),
    "choice name of 101": (
        answered(8, {"choices": [{"name": "x" * 101, "value": "a"}]}),
        "data",
    ),
    "choice without name": (answered(8, {"choices": [{"name": "", "value": "a"}]}), "data"),
    "unknown callback type": (answered(3), "body"),
    "26 command options": (
        synced(command("setup", *(option(f"o{n}") for n in range(26)))),
        "[0].options",
    ),
    "26 option choices": (
        synced(command("setup", option(choices=CHOICES))),
        "[0].options[0].choices",
    ),
    "option choice's name of 101": (
        synced(command("setup", option(choices=[{"name": "x" * 101, "value": "a"}]))),
        "[0].options[0].choices[0].name",
    ),
    "description of 101": (synced(command(description="x" * 101)), "[0].description"),
}


@pytest.mark.parametrize(("recorded", "place"), BROKEN.values(), ids=BROKEN)
def test_a_limit_of_the_document_is_told_with_its_place(
    checker: RequestChecker, recorded: HttpLogEntry, place: str
) -> None:
    places = [violation.where for violation in checker.check_all([recorded])]

    assert any(found.endswith(place) for found in places), places
