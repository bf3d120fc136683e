"""Draws the gallery: `python -m tests.gallery [DIRECTORY]`."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import discord
from PIL import Image

from bot.ui.card import Card
from bot.ui.pictures.fonts import font_files_for_pictures, system_font_directories
from bot.ui.pictures.render import Renderer
from tests.gallery.cases import Case, every

DIRECTORY = Path(__file__).parents[2] / "docs" / "gallery"
_HEAD = """# Pictures

Every kind of picture that Amble draws, as it comes and as it is hardest to draw, with the
description that it carries and with its twin in text. `make gallery` draws this page anew.

As on a telephone, on Discord's dark and light grounds:

![A board, a page and a guide, each on a dark and on a light ground](themes.png)
"""
THEMES = "themes"
GROUNDS = ("#313338", "#ffffff")


async def draw(directory: Path) -> None:
    """Draw every case into `directory`, and write its page."""
    cases = every()
    spent: list[float] = []
    async with Renderer(font_files_for_pictures(system_font_directories())) as renderer:
        for number, case in enumerate(cases, start=1):
            began = time.perf_counter()
            png = await renderer.png(case.svg)
            spent.append(time.perf_counter() - began)
            (directory / f"{case.name}.png").write_bytes(_smaller(png))
            sys.stdout.write(f"\r{number} of {len(cases)} pictures")
            sys.stdout.flush()
    (directory / f"{THEMES}.png").write_bytes(_smaller(_on_themes(directory)))
    (directory / "README.md").write_text(page(cases), encoding="utf-8")
    median = 1000 * statistics.median(spent[1:])
    sys.stdout.write(f" in {directory}, {median:.0f} ms each (median)\n")


def _on_themes(directory: Path) -> bytes:
    """Return three pictures at the size of a telephone, on both of Discord's grounds."""
    halves: list[Image.Image] = []
    for name in ("board", "me", "guide-core"):
        with Image.open(directory / f"{name}.png") as opened:
            halves.append(opened.convert("RGBA").reduce(2))
    width = halves[0].width + 32
    height = sum(half.height + 32 for half in halves)
    sheet = Image.new("RGBA", (len(GROUNDS) * width, height))
    for column, ground in enumerate(GROUNDS):
        x, y = column * width, 0
        sheet.paste(ground, (x, y, x + width, height))
        for half in halves:
            sheet.alpha_composite(half, (x + 16, y + 16))
            y += half.height + 32
    png = BytesIO()
    sheet.save(png, "PNG")
    return png.getvalue()


def _smaller(png: bytes) -> bytes:
    """Return a picture in as many colours as one byte tells apart: half the size, to the eye equal.

    The repository keeps every version that there ever was.
    """
    smaller = BytesIO()
    with Image.open(BytesIO(png)) as opened:
        few = opened.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(smaller, "PNG", optimize=True)
    return smaller.getvalue()


def page(cases: list[Case]) -> str:
    """Return what the gallery's page says, in Markdown."""
    return "\n".join([_HEAD, *(line for case in cases for line in _section(case))])


def _section(case: Case) -> Iterator[str]:
    yield f"## {case.title}\n"
    yield f"![{_in_brackets(case.alt)}]({case.name}.png)\n"
    yield "Description:\n"
    yield f"```text\n{case.alt}\n```\n"
    yield "In text:\n"
    yield f"```text\n{_text_of(case.twin)}\n```\n"


def _in_brackets(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _text_of(card: Card) -> str:
    texts = (item for item in card.walk_children() if isinstance(item, discord.ui.TextDisplay))
    return "\n".join(text.content for text in texts)


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1]) if sys.argv[1:] else DIRECTORY))
