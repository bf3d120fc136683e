"""Members' pictures: what can be seen stays, everything else is gone."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from bot import photos
from bot.photos import Darkroom, UnreadablePicture
from bot.photos.anew import SIDE, SRGB, written_anew

SECRETS = (b"Exif", b"GPS", b"PixelPhone", b"home sweet home", b"xmp", b"ICC_PROFILE", b"MPF")


Colour = str | tuple[int, ...]


def picture(
    size: tuple[int, int] = (64, 48), mode: str = "RGB", colour: Colour = "red"
) -> Image.Image:
    return Image.new(mode, size, colour)


def file_of(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def telling() -> Image.Exif:
    """What a camera writes: where, with what, and which way up."""
    exif = Image.Exif()
    exif[0x010F] = "PixelPhone"
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "home sweet home"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    return exif


def seen(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def pixel_of(data: bytes) -> tuple[int, int, int]:
    found = seen(data).getpixel((5, 5))
    assert isinstance(found, tuple)
    red, green, blue = found
    return red, green, blue


def test_nothing_but_pixels_goes_over() -> None:
    told = file_of(
        picture(), "JPEG", exif=telling(), icc_profile=SRGB.tobytes(), comment=b"home sweet home"
    )
    assert b"PixelPhone" in told
    made = written_anew(told)
    assert not [secret for secret in SECRETS if secret in made]
    assert set(seen(made).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }


def test_text_in_a_png_goes_as_well() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "home sweet home")
    assert b"home sweet home" not in written_anew(file_of(picture(), "PNG", pnginfo=text))


def test_a_camera_that_was_turned_is_turned_back() -> None:
    assert seen(written_anew(file_of(picture((64, 48)), "JPEG", exif=telling()))).size == (48, 64)


@pytest.mark.parametrize("size", [(5000, 1000), (1000, 5000), (3000, 3000), (10, 10)])
def test_no_side_is_longer_than_it_may_be(size: tuple[int, int]) -> None:
    made = seen(written_anew(file_of(picture(size), "PNG")))
    assert max(made.size) == min(SIDE, max(size))


def test_what_is_see_through_stands_before_white() -> None:
    made = written_anew(file_of(picture(mode="RGBA", colour=(0, 0, 0, 0)), "PNG"))
    assert min(pixel_of(made)) > 250


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("L", "PNG"),
        ("P", "GIF"),
        ("CMYK", "JPEG"),
        ("I;16", "PNG"),
        ("1", "PNG"),
        ("LA", "PNG"),
        ("RGBA", "WEBP"),
    ],
)
def test_every_kind_of_pixel_is_taken(mode: str, kind: str) -> None:
    assert seen(written_anew(file_of(Image.new(mode, (20, 10)), kind))).mode == "RGB"


def test_of_a_moving_picture_it_is_the_first_moment() -> None:
    frames = [picture(colour=colour) for colour in ("red", "blue")]
    moving = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])
    red, _, blue = pixel_of(written_anew(moving))
    assert red > 200
    assert blue < 100


@given(st.binary(max_size=200))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        written_anew(data)


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_a_broken_file_is_refused_or_shown_as_far_as_it_goes(at: int, put: bytes) -> None:
    whole = file_of(picture((80, 80)), "JPEG", exif=telling())
    broken = whole[:at] + put + whole[at + len(put) :]
    try:
        made = written_anew(broken)
    except UnreadablePicture:
        return
    assert not [secret for secret in SECRETS if secret in made]


def test_a_small_file_that_unfolds_to_gigabytes_is_refused() -> None:
    bomb = file_of(Image.new("1", (40_000, 40_000)), "PNG")
    assert len(bomb) < 1_000_000
    with pytest.raises(UnreadablePicture, match="too many pixels"):
        written_anew(bomb)


@pytest.mark.parametrize(
    ("kind", "mode", "size"),
    [
        ("JPEG", "RGB", (12_000, 8_300)),
        ("PNG", "RGBA", (7_680, 4_320)),
        ("GIF", "P", (7_680, 4_320)),
    ],
)
async def test_the_largest_that_cameras_and_screens_make_fit(
    kind: str, mode: str, size: tuple[int, int]
) -> None:
    made = seen(await Darkroom().harmless(file_of(Image.new(mode, size), kind)))
    assert max(made.size) == SIDE


async def test_no_small_file_takes_all_memory_of_a_small_machine() -> None:
    bomb = file_of(Image.new("RGBA", (9_990, 10_000)), "PNG")
    assert len(bomb) < 1_000_000
    with pytest.raises(UnreadablePicture, match="too many pixels"):
        written_anew(bomb)


async def test_it_is_done_in_a_process_that_knows_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AMBLE_TOKEN", "hidden")
    begin, known = asyncio.create_subprocess_exec, dict[str, str]()

    async def watched(*args: str, **kwargs: Any) -> asyncio.subprocess.Process:  # noqa: ANN401 - as asyncio takes it
        known.update(kwargs["env"])
        return await begin(*args, **kwargs)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", watched)
    made = await Darkroom().harmless(file_of(picture(), "JPEG", exif=telling()))
    assert seen(made).size == (48, 64)
    assert known
    assert "hidden" not in known.values()


async def test_a_process_that_refuses_says_so() -> None:
    with pytest.raises(UnreadablePicture, match=str(photos.UNREADABLE)):
        await Darkroom().harmless(b"no picture")


async def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "WITHIN", 0.01)
    with pytest.raises(UnreadablePicture, match="too long"):
        await Darkroom().harmless(file_of(picture((4000, 4000)), "PNG"))


async def test_one_that_is_ended_while_it_writes_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin, endless = asyncio.create_subprocess_exec, "while True: print('x' * 100_000)"

    async def writing(python: str, *_: str, **kwargs: Any) -> asyncio.subprocess.Process:  # noqa: ANN401 - as asyncio takes it
        return await begin(python, "-c", endless, **kwargs)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", writing)
    monkeypatch.setattr(photos, "WITHIN", 0.2)
    async with asyncio.timeout(5):
        with pytest.raises(UnreadablePicture, match="too long"):
            await Darkroom().harmless(b"")
