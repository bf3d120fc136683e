"""Pictures are drawn in a process of their own, which ends when it is told to."""

import os
import signal
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ui.pictures.board import board_picture
from bot.ui.pictures.fonts import (
    font_files_for_pictures,
    has_latin,
    simcord_font_directories,
    system_font_directories,
)
from bot.ui.pictures.me import me_picture
from bot.ui.pictures.render import NoFonts, NoPicture, Renderer
from bot.ui.words import words_in
from tests.ui.pictures.facts import HARD_NAMES, board, page, year

WORDS = words_in("en")
FONTS = font_files_for_pictures((*system_font_directories(), *simcord_font_directories()))
needs_fonts = pytest.mark.skipif(not has_latin(FONTS), reason="no Noto Sans on this machine")


@pytest.fixture
async def renderer() -> AsyncIterator[Renderer]:
    async with Renderer(FONTS) as made:
        yield made


def width_of(png: bytes) -> int:
    """The width that a PNG's first chunk (IHDR) states; raises where it is no PNG."""
    signature, width = struct.unpack(">8s8xI", png[:20])
    assert signature == b"\x89PNG\r\n\x1a\n"
    return width


def process_of(renderer: Renderer) -> int:
    assert renderer._pool is not None
    [pid] = renderer._pool._processes
    return pid


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@needs_fonts
async def test_a_board_becomes_a_png_of_800_pixels(renderer: Renderer) -> None:
    assert width_of(await renderer.png(board_picture(board(), WORDS))) == 800


@needs_fonts
async def test_a_page_becomes_a_png_of_800_pixels(renderer: Renderer) -> None:
    svg = me_picture(page("Ada", year(51)), WORDS)
    assert width_of(await renderer.png(svg)) == 800


@needs_fonts
async def test_hard_names_can_be_drawn(renderer: Renderer) -> None:
    # Two halves: a board holds ten.
    for names in (HARD_NAMES[:6], HARD_NAMES[6:]):
        svg = board_picture(board(names, group=" ".join(names)), WORDS)
        assert width_of(await renderer.png(svg)) == 800


@needs_fonts
async def test_two_names_do_not_look_the_same(renderer: Renderer) -> None:
    ada = await renderer.png(board_picture(board(["Ada"]), WORDS))
    assert ada != await renderer.png(board_picture(board(["Bo"]), WORDS))


async def test_without_fonts_there_is_no_picture() -> None:
    async with Renderer([]) as renderer:
        with pytest.raises(NoFonts):
            await renderer.png(board_picture(board(), WORDS))


async def test_other_faces_alone_do_not_do() -> None:
    async with Renderer([Path("DejaVuSans.ttf")]) as renderer:
        with pytest.raises(NoFonts):
            await renderer.png(board_picture(board(), WORDS))


@needs_fonts
async def test_what_cannot_be_drawn_is_told(renderer: Renderer) -> None:
    with pytest.raises(NoPicture):
        await renderer.png("<svg")


@needs_fonts
async def test_a_fault_spares_the_next_picture(renderer: Renderer) -> None:
    with pytest.raises(NoPicture):
        await renderer.png("<svg")
    assert await renderer.png(board_picture(board(), WORDS))


@needs_fonts
async def test_a_process_that_dies_is_replaced(renderer: Renderer) -> None:
    svg = board_picture(board(), WORDS)
    await renderer.png(svg)
    os.kill(process_of(renderer), signal.SIGKILL)
    with pytest.raises(NoPicture):
        await renderer.png(svg)
    assert await renderer.png(svg)


@needs_fonts
async def test_closing_ends_the_process() -> None:
    renderer = Renderer(FONTS)
    await renderer.png(board_picture(board(), WORDS))
    pid = process_of(renderer)
    await renderer.close()
    assert not lives(pid)


async def test_closing_twice_does_no_harm() -> None:
    renderer = Renderer(FONTS)
    await renderer.close()
    await renderer.close()


@needs_fonts
async def test_nothing_is_drawn_after_closing() -> None:
    renderer = Renderer(FONTS)
    await renderer.close()
    with pytest.raises(NoPicture):
        await renderer.png(board_picture(board(), WORDS))


def test_making_a_renderer_starts_no_process() -> None:
    assert Renderer(FONTS)._pool is None
