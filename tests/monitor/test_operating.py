"""The page for operators tells of figures and log lines that there are, and of all figures."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import aiohttp
import discord
import pytest
from prometheus_client import Metric

from bot import app, metrics, monitor
from bot.config import MonitorSettings, Settings
from bot.storage.database import Database
from bot.supervisor import Supervisor

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
PARTS = ("_bucket", "_count", "_sum", "_total", "_info")
SELECTOR = re.compile(r"(amble_\w+)(?:\{([^}]*)\})?")


def family_of(name: str) -> Metric | None:
    """The figure that a series belongs to."""
    families = {each.name: each for each in metrics.registry.collect()}
    stem = next((name.removesuffix(part) for part in PARTS if name.endswith(part)), name)
    return families.get(name) or families.get(stem)


def told_as(family: Metric) -> str:
    suffix = {"counter": "_total", "info": "_info"}.get(family.type, "")
    return family.name + suffix


def rows(*, after: str) -> list[list[str]]:
    """The cells of the tables below a heading, without their heads."""
    text = PAGE.partition(f"{after}\n")[2].partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [re.split(r"(?<!\\)\|", line.strip("| ")) for line in lines]
    return [[cell.strip() for cell in row] for row in cells if "`" in "".join(row)]


EXPRESSIONS = [
    row[1].strip("`").replace(r"\|", "|") for row in rows(after="## Alarms worth setting")
]
LINES = [
    line
    for row in rows(after="### Lines worth knowing")
    for line in re.findall(r"`([^`]+)`", row[0])
]


def test_every_figure_is_explained_and_none_that_is_not_there() -> None:
    ours = {
        told_as(family) for family in metrics.registry.collect() if family.name.startswith("amble_")
    }
    assert {row[0].strip("`") for row in rows(after="## Figures")} == ours


@pytest.mark.parametrize("name", sorted(set(re.findall(r"amble_\w+[a-z]", PAGE))))
def test_every_name_on_the_page_is_a_series(name: str) -> None:
    assert family_of(name) is not None


def test_there_are_alarms() -> None:
    assert len(EXPRESSIONS) > 15


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_alarm_looks_at_labels_and_values_that_there_are(expression: str) -> None:
    for name, selector in SELECTOR.findall(expression):
        for label, operator, value in re.findall(r'(\w+)(=~|!=|=)"([^"]*)"', selector):
            assert label in labels_of(name)
            if label != "status":
                values = value.split("|") if operator == "=~" else [value]
                assert set(values) <= values_of(name, label)
    for names in re.findall(r"by \(([^)]*)\)", expression):
        known = {label for name, _ in SELECTOR.findall(expression) for label in labels_of(name)}
        assert set(names.split(", ")) <= known


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_alarm_closes_what_it_opens(expression: str) -> None:
    for opening, closing in ("()", "{}", "[]"):
        assert expression.count(opening) == expression.count(closing)


@pytest.mark.parametrize("line", LINES)
def test_every_log_line_on_the_page_is_written_somewhere(line: str) -> None:
    pieces = [piece.strip() for piece in line.split("…")]
    assert all(piece in sources() for piece in pieces)


async def test_the_answers_of_readyz_on_the_page_are_what_amble_says(
    settings: MonitorSettings, browser: aiohttp.ClientSession, db: Database
) -> None:
    client = app.build(Settings(), db)
    supervisor = Supervisor(lambda: client, "no token")
    told: list[object] = []
    async with monitor.serve(settings, app._checks(db, supervisor)):
        async with browser.get("/readyz") as before_it_logs_in:
            told.append(await before_it_logs_in.json())
        supervisor.client = client
        client._agenda = await client._opening(client)
        async with browser.get("/readyz") as before_it_has_a_gateway:
            told.append(await before_it_has_a_gateway.json())
    assert told == [
        json.loads(line) for line in re.findall(r'^ {4}(\{"ready".*)', PAGE, re.MULTILINE)
    ]


def labels_of(name: str) -> set[str]:
    metrics.shard_state(0, ready=True)
    metrics.request_ended("GET", "/gateway/bot", 200, 0.1)
    family = family_of(name)
    assert family is not None
    return {label for sample in family.samples for label in sample.labels}


def values_of(name: str, label: str) -> set[str]:
    family = family_of(name)
    assert family is not None
    return {sample.labels[label] for sample in family.samples if label in sample.labels}


@cache
def sources() -> str:
    """Our own code and discord.py's, texts that go on over a line's end joined."""
    directories = [ROOT / "bot", ROOT / "cogs", Path(discord.__file__).parent]
    code = "\n".join(
        path.read_text(encoding="utf-8") for each in directories for path in each.rglob("*.py")
    )
    return re.sub(r'"\s*\n\s*"', "", code)
