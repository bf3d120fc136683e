"""What stands in a picture: its shapes and its lines of type, with their places, in pixels."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from bot.ui.pictures.lettering import measured

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float
    fill: str

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Line:
    text: str
    size: float
    fill: str
    left: float
    right: float
    baseline: float
    clipped: bool
    ground: str
    """Colour of what was painted last below the middle of the line."""


class Drawn:
    """A picture taken apart in the order in which it is painted."""

    def __init__(self, svg: str) -> None:
        # The pictures are Amble's own; what is hostile in them is what is being tested.
        self.root = ET.fromstring(svg)  # noqa: S314 see above
        self.boxes: list[Box] = []
        self.strokes: list[Box] = []
        """The boxes of lines, their width included."""
        self.clips = [_box(one) for one in self.root.iterfind(f"{SVG}clipPath/{SVG}rect")]
        self.lines = list(self._walk(self.root, clipped=False))

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]

    def _walk(self, parent: ET.Element, *, clipped: bool) -> Iterator[Line]:
        for one in parent:
            match one.tag.removeprefix(SVG):
                case "rect" | "circle":
                    self.boxes.append(_box(one))
                case "polyline":
                    self.strokes.append(_around(one))
                case "text":
                    yield self._line(one, clipped=clipped)
                case "g":
                    yield from self._walk(one, clipped=True)
                case _:
                    continue

    def _line(self, one: ET.Element, *, clipped: bool) -> Line:
        text = "".join(one.itertext())
        size, y = float(one.attrib["font-size"]), float(one.attrib["y"])
        width = measured(text, size, bold=one.attrib["font-weight"] == "700")
        x = min(float(span.attrib["x"]) for span in one)
        left = x - {"start": 0, "middle": 0.5, "end": 1}[one.attrib["text-anchor"]] * width
        below = [box for box in self.boxes if box.holds(left + width / 2, y - size / 3)]
        ground = below[-1].fill
        return Line(text, size, one.attrib["fill"], left, left + width, y, clipped, ground)


def _box(one: ET.Element) -> Box:
    at = {name: float(value) for name, value in one.attrib.items() if name not in _NAMES}
    if "r" in at:
        x, y, r = at["cx"], at["cy"], at["r"]
        return Box(x - r, y - r, x + r, y + r, one.attrib["fill"])
    right, bottom = at["x"] + at["width"], at["y"] + at["height"]
    return Box(at["x"], at["y"], right, bottom, one.attrib["fill"])


def _around(one: ET.Element) -> Box:
    points = [tuple(map(float, pair.split(","))) for pair in one.attrib["points"].split()]
    half = float(one.attrib["stroke-width"]) / 2
    across, down = [x for x, _ in points], [y for _, y in points]
    colour = one.attrib["stroke"]
    return Box(min(across) - half, min(down) - half, max(across) + half, max(down) + half, colour)


_NAMES = {"fill", "stroke"}
