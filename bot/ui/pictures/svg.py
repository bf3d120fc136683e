"""What pictures are built of: colours, type, shapes. Lengths are in pixels."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from bot.ui.pictures.lettering import in_order, measured

WIDTH = 800
MARGIN = 40
INSIDE = WIDTH - 2 * MARGIN
TITLE = (34, 30, 26, 22)
"""Sizes of a title, large ones first: in the last one a name of 32 wide characters has room."""
SMALLEST = 20
"""Size of the smallest type: on a telephone a picture is shown at less than half its width."""

CARD = "#15181d"
PANEL = "#1f242b"
LINE = "#39424d"
TEXT = "#f2f4f6"
MUTED = "#b4bcc5"
QUIET = "#8b95a1"
# Okabe and Ito, "Color Universal Design" (2008): told apart by all common kinds of sight.
GREEN = "#009e73"
BLUE = "#56b4e9"
ORANGE = "#e69f00"
RED = "#d55e00"
THING = "#66727f"
"""What people sit on, hold or push, in a drawing."""
WATER = "#56b4e94d"
"""Lets through what is in it."""
DARK = "#0b0e11"
"""Type on green."""


def picture(height: float, parts: Iterable[str]) -> str:
    """Return a whole picture: `parts` on a rounded card that stands on light and dark themes."""
    card = rect(1, 1, WIDTH - 2, height - 2, CARD, radius=22, stroke=LINE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}"'
        f' viewBox="0 0 {WIDTH} {height:g}">{card}{"".join(parts)}</svg>'
    )


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    fill: str = TEXT,
    *,
    bold: bool = False,
    anchor: str = "start",
) -> str:
    """Return one line of type whose baseline is at `y`; each script in a face of its own."""
    runs = in_order(words)
    if not runs:
        return ""
    if len(runs) > 1:
        x -= {"start": 0, "middle": 0.5, "end": 1}[anchor] * measured(words, size, bold=bold)
        anchor = "start"
    spans: list[str] = []
    for families, run in runs:
        # With an x of its own a run is shaped alone. Runs shaped together are merged by resvg
        # glyph by glyph, which loses some of them and panics at others (emoji of several parts).
        face = quoteattr(", ".join(families))
        spans.append(f'<tspan x="{x:g}" font-family={face}>{escape(run)}</tspan>')
        x += measured(run, size, bold=bold)
    return (
        f'<text y="{y:g}" font-size="{size:g}" font-weight="{700 if bold else 400}" fill="{fill}"'
        f' text-anchor="{anchor}" xml:space="preserve">{"".join(spans)}</text>'
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    *,
    radius: float = 0,
    stroke: str | None = None,
) -> str:
    """Return a rectangle, its corners rounded by `radius`."""
    edge = f' stroke="{stroke}" stroke-width="2"' if stroke else ""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"'
        f' fill="{fill}"{edge}/>'
    )


def circle(x: float, y: float, radius: float, fill: str) -> str:
    """Return a disc."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>'


def stroke(points: Iterable[tuple[float, float]], colour: str, width: float) -> str:
    """Return a line through points, with round ends and corners."""
    through = " ".join(f"{x:.4g},{y:.4g}" for x, y in points)
    return (
        f'<polyline points="{through}" fill="none" stroke="{colour}" stroke-width="{width:.3g}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def ring(x: float, y: float, radius: float, colour: str, width: float) -> str:
    """Return a circle that is a line."""
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="none" stroke="{colour}"'
        f' stroke-width="{width:.3g}"/>'
    )


def path(steps: str, fill: str) -> str:
    """Return a filled outline."""
    return f'<path d="{steps}" fill="{fill}"/>'


def clipped(content: str, x: float, y: float, width: float, height: float) -> str:
    """Return `content` without what of it lies outside the box.

    Widths are estimates, and single characters can be a whole phrase wide (﷽).
    """
    name = f"box-{x:g}-{y:g}"
    box = rect(x, y, width, height, CARD)
    return f'<clipPath id="{name}">{box}</clipPath><g clip-path="url(#{name})">{content}</g>'
