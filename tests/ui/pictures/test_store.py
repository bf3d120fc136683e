"""Pictures are drawn once, kept while there is room, and never cost anybody an answer."""

import asyncio
import logging

import pytest

from bot.ui.pictures import store
from bot.ui.pictures.render import NoFonts, NoPicture
from bot.ui.pictures.store import Pictures


class Drawer:
    """Draws when it is let, and notes what."""

    def __init__(self, fault: Exception | None = None, *, ready: bool = True) -> None:
        self.drawn: list[str] = []
        self.closed = False
        self.fault = fault
        self.let = asyncio.Event()
        if ready:
            self.let.set()

    async def png(self, svg: str) -> bytes:
        self.drawn.append(svg)
        await self.let.wait()
        if self.fault is not None:
            raise self.fault
        return svg.encode()

    async def close(self) -> None:
        self.closed = True


def saying(svg: str) -> store.Callable[[], str]:
    return lambda: svg


async def test_a_picture_is_drawn_once() -> None:
    drawer = Drawer()
    pictures = Pictures(drawer)
    assert [await pictures.find(saying("a")) for _ in range(3)] == [b"a"] * 3
    assert drawer.drawn == ["a"]


async def test_another_picture_is_drawn_anew() -> None:
    drawer = Drawer()
    pictures = Pictures(drawer)
    assert [await pictures.find(saying(svg)) for svg in "ab"] == [b"a", b"b"]


async def test_equal_pictures_asked_for_at_once_are_drawn_once() -> None:
    drawer = Drawer(ready=False)
    pictures = Pictures(drawer)
    asked = [asyncio.create_task(pictures.find(saying("a"))) for _ in range(20)]
    await asyncio.sleep(0)
    drawer.let.set()
    assert await asyncio.gather(*asked) == [b"a"] * 20
    assert drawer.drawn == ["a"]


async def test_who_gives_up_does_not_take_the_picture_from_others() -> None:
    drawer = Drawer(ready=False)
    pictures = Pictures(drawer)
    first, second = (asyncio.create_task(pictures.find(saying("a"))) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    drawer.let.set()
    assert await second == b"a"
    assert drawer.drawn == ["a"]


async def test_what_was_not_asked_for_longest_makes_room() -> None:
    drawer = Drawer()
    pictures = Pictures(drawer, room=20)
    for svg in ("a" * 10, "b" * 10, "a" * 10, "c" * 10):
        await pictures.find(saying(svg))
    assert pictures.used == 20
    await pictures.find(saying("a" * 10))
    assert len(drawer.drawn) == 3
    await pictures.find(saying("b" * 10))
    assert len(drawer.drawn) == 4


async def test_a_picture_too_large_to_be_kept_is_handed_out() -> None:
    pictures = Pictures(Drawer(), room=5)
    await pictures.find(saying("aaa"))
    assert await pictures.find(saying("b" * 6)) == b"b" * 6
    assert pictures.used == 3


async def test_there_is_never_more_than_there_is_room_for() -> None:
    pictures = Pictures(Drawer(), room=1000)
    for length in range(1, 200):
        await pictures.find(saying("a" * length))
        assert pictures.used <= 1000


async def test_without_fonts_nothing_is_drawn_or_written_again() -> None:
    drawer = Drawer(NoFonts("none"))
    pictures = Pictures(drawer)

    def unwritten() -> str:
        raise AssertionError

    assert await pictures.find(saying("a")) is None
    assert await pictures.find(unwritten) is None
    assert drawer.drawn == ["a"]


async def test_what_failed_is_tried_again() -> None:
    drawer = Drawer(NoPicture("broken"))
    pictures = Pictures(drawer)
    assert await pictures.find(saying("a")) is None
    drawer.fault = None
    assert await pictures.find(saying("a")) == b"a"


async def test_a_fault_in_drawing_is_logged_and_not_raised(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> str:
        raise KeyError("picture.lost")

    assert await Pictures(Drawer()).find(broken) is None
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None


async def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "DRAWN_WITHIN", 0.01)
    drawer = Drawer(ready=False)
    assert await Pictures(drawer).find(saying("a")) is None
    drawer.let.set()
    await asyncio.sleep(0)


async def test_closing_closes_what_draws() -> None:
    drawer = Drawer()
    async with Pictures(drawer) as pictures:
        await pictures.find(saying("a"))
    assert drawer.closed
    assert await pictures.find(saying("b")) is None


async def test_making_pictures_starts_nothing() -> None:
    drawer = Drawer()
    async with Pictures(drawer):
        pass
    assert drawer.drawn == []
