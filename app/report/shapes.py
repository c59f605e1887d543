"""Plain shapes: what maps and charts are made of, for whoever draws them.

Millimetres; the origin is the drawing's upper left corner, x to the right and y **downwards**. Shapes lie over each
other in the order given. A colour is a name of the palette (`ink secondary accent red amber green blue lamp tint
hairline frame light white outside`) or `#RRGGBB`; `outside` is `#ECEBE8`, where the map has no data. Text is real
text in the paper's face; every text in a drawing is covered by the drawing's alternative text, so nothing in it is
tagged by itself."""

from dataclasses import dataclass, replace
from enum import StrEnum

Point = tuple[float, float]
"""x, y in mm."""


class Anchor(StrEnum):
    """Which end of a text stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class Line:
    """An open line. `dash` is on, off, on, off … in mm; empty is solid. Joins and ends are round."""

    points: tuple[Point, ...]
    width: float
    colour: str
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Polygon:
    """A closed shape. No fill and no stroke where the colour is empty. `opacity` holds for the fill."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Disc:
    """A circle, filled, stroked or both. The stroke is centred on the radius."""

    centre: Point
    radius: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Label:
    """One line of text. `at` is on the base line, `size` the type size in mm (1 pt = 0.3528 mm). `halo` is the width of
    the white edge round the letters; 0 is none. `strong` is the 600 weight."""

    at: Point
    text: str
    size: float
    colour: str = "ink"
    strong: bool = False
    halo: float = 0.0
    anchor: Anchor = Anchor.START


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A raster image stretched over a box. `key` names it among the rasters that the document carries."""

    corner: Point
    width: float
    height: float
    key: str


@dataclass(frozen=True, kw_only=True)
class Clipped:
    """Shapes of which only what lies within a box is seen. Its shapes keep the drawing's coordinates."""

    corner: Point
    width: float
    height: float
    shapes: tuple["Shape", ...]


Shape = Line | Polygon | Disc | Label | Picture | Clipped


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Shapes on a sheet of `width` × `height` mm."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()


def box(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    """The corners of an upright rectangle."""
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def moved(shape: Shape, by: Point) -> Shape:
    """The same shape `by` mm to the right and down."""

    def to(point: Point) -> Point:
        return point[0] + by[0], point[1] + by[1]

    match shape:
        case Line() | Polygon():
            return replace(shape, points=tuple(to(each) for each in shape.points))
        case Disc():
            return replace(shape, centre=to(shape.centre))
        case Label():
            return replace(shape, at=to(shape.at))
        case Picture():
            return replace(shape, corner=to(shape.corner))
        case Clipped():
            return replace(shape, corner=to(shape.corner), shapes=tuple(moved(each, by) for each in shape.shapes))
