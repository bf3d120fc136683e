"""The codebase keeps its own rules, those that no linter knows."""

import ast
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")]
TESTS = [*(ROOT / "tests").rglob("*.py")]

TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "bot",
    "cogs",
    "compose.yaml",
    "config.example.toml",
    "constraints.txt",
    "docs",
    "pyproject.toml",
    "tests",
}
# Put together here, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(
    "|".join(["/" + "work/", "/" + "root\\b", "/" + "home/", "/" + "tmp/v/"])
)
REGISTRIES = re.compile(
    "|".join(
        [
            "files\\.python" + "hosted",
            "pypi\\." + "org/simple",
            "registry\\." + "npmjs",
            "index-" + "url",
            "trusted-" + "host",
            "find-" + "links",
            "file:" + "///",
        ]
    )
)
CLOCK_CALLS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("discord.utils", "utcnow"),
    ("utils", "utcnow"),
}
MOCKS = {"Mock", "MagicMock", "AsyncMock", "NonCallableMock"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> list[Path]:
    """Every file that git would keep: committed or new, but not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = listed.stdout.decode().rstrip("\0").split("\0")
    return [path for name in names if (path := ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                yield f"{name_of(path)}:{number}: {line.strip()}"


def calls_in(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert list(lines_with(MACHINE_PATHS)) == []


def test_no_file_names_a_package_registry() -> None:
    assert list(lines_with(REGISTRIES)) == []


def test_every_top_level_entry_is_meant_to_be_there() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP_LEVEL


def asks_the_clock(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    return (ast.unparse(call.func.value), call.func.attr) in CLOCK_CALLS


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_only_the_clock_asks_the_system_for_the_time(path: Path) -> None:
    if name_of(path) == "bot/clock.py" or name_of(path).startswith("bot/sandbox/"):
        return
    asked = [f"line {call.lineno}" for call in calls_in(path) if asks_the_clock(call)]
    assert asked == []


def is_bare_mock(call: ast.Call) -> bool:
    name = ast.unparse(call.func).rpartition(".")[2]
    return name in MOCKS and not {"spec", "spec_set"} & {word.arg for word in call.keywords}


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_mock_is_without_its_spec(path: Path) -> None:
    assert [f"line {call.lineno}" for call in calls_in(path) if is_bare_mock(call)] == []


@pytest.mark.parametrize("path", [*CODE, *TESTS], ids=name_of)
def test_every_ignore_names_its_rule_and_its_reason(path: Path) -> None:
    sound = re.compile(r"(noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|pyright: ignore\[[\w, ]+\])\s+\S")
    with tokenize.open(path) as source:
        comments = [
            token.string
            for token in tokenize.generate_tokens(source.readline)
            if token.type == tokenize.COMMENT
        ]
    ignores = [text for text in comments if re.search(r"noqa|(type|pyright): ignore", text)]
    assert [text for text in ignores if not sound.search(text)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("datetime.now(UTC)", True),
        ("time.time()", True),
        ("clock.now()", False),
        ("time.monotonic()", False),
    ],
)
def test_the_look_for_clock_calls_finds_them(source: str, *, found: bool) -> None:
    [call] = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    assert asks_the_clock(call) is found


@pytest.mark.parametrize(
    ("source", "found"),
    [("Mock()", True), ("mock.AsyncMock(name='x')", True), ("Mock(spec=A)", False)],
)
def test_the_look_for_bare_mocks_finds_them(source: str, *, found: bool) -> None:
    [call] = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    assert is_bare_mock(call) is found


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_relative_link_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [target for target in targets if not (ROOT / target).exists()] == []
