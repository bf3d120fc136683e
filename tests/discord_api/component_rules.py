"""What Discord asks of components beyond its OpenAPI document.

Source: docs.discord.com/developers, components/reference.
"""

from collections import Counter
from collections.abc import Iterator

from tests.discord_api.bodies import (
    JsonObject,
    Problem,
    Step,
    number_at,
    object_at,
    objects_at,
    text_at,
)

ROW, BUTTON, TEXT_INPUT, TEXT_DISPLAY = 1, 2, 4, 10
LINK_STYLE, PREMIUM_STYLE = 5, 6
SELECTS = frozenset({3, 5, 6, 7, 8})
# File upload, radio group, checkbox group, checkbox: like selects and text inputs, they answer.
MODAL_FIELDS = frozenset({19, 21, 22, 23})
ANSWERING = SELECTS | MODAL_FIELDS | {TEXT_INPUT}
# Section, text, thumbnail, gallery, file, separator, container.
ONLY_IN_V2 = frozenset({9, 10, 11, 12, 13, 14, 17})

MOST_ROWS = 5
MOST_BUTTONS_IN_A_ROW = 5
MOST_IN_V2 = 40
MOST_TEXT_IN_V2 = 4_000
MOST_IN_A_MODAL = 5

Placed = tuple[tuple[Step, ...], JsonObject]


def walk(body: JsonObject) -> Iterator[Placed]:
    """Every component below `components`, parents first, each with the path that leads to it."""
    for index, component in enumerate(objects_at(body, "components")):
        yield from _walk_one(("components", index), component)


def _walk_one(where: tuple[Step, ...], component: JsonObject) -> Iterator[Placed]:
    yield where, component
    for inner, child in walk(component):
        yield (*where, *inner), child
    for key in ("accessory", "component"):
        if child := object_at(component, key):
            yield from _walk_one((*where, key), child)


def uses_v2(body: JsonObject) -> bool:
    """Whether some component exists only in Components V2."""
    return any(component.get("type") in ONLY_IN_V2 for _, component in walk(body))


def check_classic_layout(body: JsonObject) -> Iterator[Problem]:
    if len(rows := objects_at(body, "components")) > MOST_ROWS:
        yield Problem(("components",), f"{len(rows)} rows, at most {MOST_ROWS}")


def check_v2_layout(body: JsonObject) -> Iterator[Problem]:
    placed = list(walk(body))
    if len(placed) > MOST_IN_V2:
        yield Problem(("components",), f"{len(placed)} components in all, at most {MOST_IN_V2}")
    characters = sum(
        len(text_at(component, "content"))
        for _, component in placed
        if component.get("type") == TEXT_DISPLAY
    )
    if characters > MOST_TEXT_IN_V2:
        yield Problem(
            ("components",), f"{characters} characters of text in all, at most {MOST_TEXT_IN_V2}"
        )


def check_modal_layout(body: JsonObject) -> Iterator[Problem]:
    if len(objects_at(body, "components")) > MOST_IN_A_MODAL:
        yield Problem(("components",), f"a modal holds at most {MOST_IN_A_MODAL} components")


def check_each(body: JsonObject) -> Iterator[Problem]:
    """The rules of single components, and that no custom_id stands twice."""
    seen: set[str] = set()
    for where, component in walk(body):
        custom_id = component.get("custom_id")
        if isinstance(custom_id, str):
            if custom_id in seen:
                yield Problem((*where, "custom_id"), f"custom_id {custom_id!r} stands twice")
            seen.add(custom_id)
        for text in _check_one(component):
            yield Problem(where, text)


def _check_one(component: JsonObject) -> Iterator[str]:
    kind = component.get("type")
    if kind == BUTTON:
        yield from _check_button(component)
    elif kind == ROW:
        yield from _check_row(component)
    elif kind == TEXT_INPUT:
        yield from _check_text_input(component)
    elif kind in ANSWERING:
        yield from _check_options(component)
        if component.get("custom_id") is None and kind in ANSWERING:
            yield "custom_id is missing"


def _check_button(button: JsonObject) -> Iterator[str]:
    style = button.get("style")
    if style in {LINK_STYLE, PREMIUM_STYLE}:
        if button.get("custom_id") is not None:
            yield "a link or premium button takes no custom_id"
        if style == LINK_STYLE and not text_at(button, "url"):
            yield "a link button needs its url"
    elif button.get("custom_id") is None:
        yield "custom_id is missing"
    if style != PREMIUM_STYLE and not text_at(button, "label") and not object_at(button, "emoji"):
        yield "a button needs a label or an emoji"


def _check_row(row: JsonObject) -> Iterator[str]:
    kinds = Counter(child.get("type") for child in objects_at(row, "components"))
    selects = sum(count for kind, count in kinds.items() if kind in SELECTS)
    if selects and kinds.total() > 1:
        yield "a row holds one select and nothing else, or buttons"
    if kinds[BUTTON] > MOST_BUTTONS_IN_A_ROW:
        yield f"a row holds at most {MOST_BUTTONS_IN_A_ROW} buttons"


def _check_options(component: JsonObject) -> Iterator[str]:
    values = Counter(text_at(option, "value") for option in objects_at(component, "options"))
    for value in (value for value, count in values.items() if count > 1):
        yield f"option value {value!r} stands twice"
    most = component.get("max_values")
    if isinstance(most, int) and number_at(component, "min_values") > most:
        yield "min_values is above max_values"


def _check_text_input(field: JsonObject) -> Iterator[str]:
    if field.get("custom_id") is None:
        yield "custom_id is missing"
    longest = field.get("max_length")
    if isinstance(longest, int):
        if number_at(field, "min_length") > longest:
            yield "min_length is above max_length"
        if len(text_at(field, "value")) > longest:
            yield "the value filled in is longer than max_length"
