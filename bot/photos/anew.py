"""A picture written anew from what can be seen of it, and nothing else of its file."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from PIL import Image, ImageCms, ImageOps

from bot.photos import UnreadablePicture

MOST_PIXELS = 100_000_000
"""What the largest cameras of telephones make, in the one format that is unfolded to a part."""
MOST_UNFOLDED = 34_000_000
"""Of other formats, which are unfolded whole: a picture of the largest screens."""
SIDE = 2_048
"""Pixels of the longer side that are kept."""
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_srgb = cast("Any", ImageCms.createProfile("sRGB"))  # pyright: ignore[reportUnknownMemberType] - untyped
SRGB = ImageCms.ImageCmsProfile(_srgb)


def written_anew(data: bytes) -> bytes:
    """Return a picture as a new JPEG file, at most `SIDE` pixels high and wide.

    Of a moving picture it is the first moment. Raises UnreadablePicture.
    """
    Image.MAX_IMAGE_PIXELS = None  # Counted below, before anything is unfolded.
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            _check_size(opened)
            opened.draft("RGB", (SIDE, SIDE))
            seen = _flat(_in_srgb(_upright(_shrunk(opened))))
    except UnreadablePicture:
        raise
    except Exception as error:  # decoders raise whatever they stumble over
        raise UnreadablePicture(str(error)) from error
    seen.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    # Only pixels go over: an image that was opened carries what stood in its file.
    clean = Image.new("RGB", seen.size)
    clean.paste(seen)
    file = BytesIO()
    clean.save(file, "JPEG", quality=QUALITY, progressive=True)
    return file.getvalue()


def _check_size(image: Image.Image) -> None:
    most = MOST_PIXELS if image.format == "JPEG" else MOST_UNFOLDED
    if image.width * image.height > most:
        raise UnreadablePicture("too many pixels")


def _shrunk(image: Image.Image) -> Image.Image:
    """Shrink what can be as it is, so that everything after takes little room."""
    if image.mode in ("RGB", "RGBA", "L", "CMYK"):
        image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turn a picture as its camera was held; one that tells nonsense of that stays as it is."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - whatever stands in there, the picture may be good
        return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Turn the colours of a camera's profile into those that everybody's screen expects."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, SRGB) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _flat(image: Image.Image) -> Image.Image:
    """Put what is see-through before white."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
