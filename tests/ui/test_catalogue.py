"""The catalogue has words for everything the code says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.ui.words import words_in
from tests.ui.texts import TEXTS, fields

ROOT = Path(__file__).parents[2]
CODE = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")])
SPEAKERS = {"say", "count", "label", "pick", "keys", "has", "_ask"}
"""Methods whose literal argument is a key, or the beginning of one."""
ERRORS = {"Refused", "NotFound", "NotAllowed", "AmbleError"}
ENGLISH = words_in("en")
WORDINGS = [key for keys in ENGLISH.families().values() for key in keys]


def spoken(node: ast.expr) -> Iterator[tuple[str, bool]]:
    """The keys an argument can be; True marks one that is only the beginning of a key."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, False
    elif isinstance(node, ast.JoinedStr):
        first = node.values[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value, True
    elif isinstance(node, ast.IfExp):
        yield from spoken(node.body)
        yield from spoken(node.orelse)


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def keys_in_code() -> Iterator[tuple[str, bool]]:
    """Literal keys that the code says."""
    for path in CODE:
        if "ui" not in path.parts and "cogs" not in path.parts:
            continue
        for call in calls(path):
            if called(call) in SPEAKERS and call.args:
                yield from spoken(call.args[0])


def raised() -> Iterator[tuple[str, frozenset[str]]]:
    """Codes of errors that the code raises, with the names of their values."""
    for path in CODE:
        for call in calls(path):
            if called(call) in ERRORS and call.args:
                values = frozenset(keyword.arg for keyword in call.keywords if keyword.arg)
                for code, begins in spoken(call.args[0]):
                    if not begins:
                        yield code, values


def literals() -> set[str]:
    """Every string in the code, and every beginning of a composed one."""
    found: set[str] = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_key_that_the_code_says_has_words() -> None:
    missing = [
        key
        for key, begins in keys_in_code()
        if not (ENGLISH.keys(key) if begins or key.endswith(".") else key in TEXTS)
        and not key.endswith(".help")
    ]
    assert missing == []


def test_every_error_that_the_code_raises_has_words() -> None:
    assert sorted({code for code, _ in raised() if f"error.{code}" not in TEXTS}) == []


def test_every_error_brings_the_values_its_words_need() -> None:
    wanting = [
        (code, needed)
        for code, values in raised()
        for needed in fields(TEXTS.get(f"error.{code}", ("",))[0]) - values
    ]
    assert wanting == []


def test_the_words_of_errors_are_two_sentences_at_most() -> None:
    long = [
        key
        for key, (text,) in ((k, t) for k, t in TEXTS.items() if k.startswith("error."))
        if len(re.findall(r"[.?!](?:\s|$)", text)) > 2
    ]
    assert long == []


def test_the_code_uses_every_text() -> None:
    used = literals()
    prefixes = {text for text in used if text.endswith((".", "_")) and len(text) > 3}
    unused = [
        key
        for key in TEXTS
        if key not in used
        and not key.startswith(tuple(prefixes))
        and key not in WORDINGS
        and not key.endswith((".help", ".bare"))
    ]
    assert unused == []


def test_plural_forms_have_the_same_values() -> None:
    # One of something can be said without its number: "every week".
    forms = {key: {frozenset(fields(text) - {"n"}) for text in said} for key, said in TEXTS.items()}
    assert [key for key, values in forms.items() if len(values) > 1] == []


def test_no_text_is_empty() -> None:
    assert [key for key, said in TEXTS.items() if not all(text.strip() for text in said)] == []


def test_no_user_facing_text_names_an_unknown_command() -> None:
    known = {
        "setup",
        "group",
        "schedule",
        "buddy",
        "checkin",
        "encouragement",
        "me",
        "leaderboard",
        "help",
        "pause",
        "extra",
        "report",
        "programme",
        "settings",
        "guide",
    }
    named = {name for said in TEXTS.values() for t in said for name in re.findall(r"`/(\w+)", t)}
    assert named <= known
