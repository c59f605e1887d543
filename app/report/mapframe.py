"""The sheet under a map: which part of the earth lies where on the paper.

Web Mercator (EPSG:3857), as the tiles are drawn; in a walk's area its scale is the same everywhere and in all
directions."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.geo import from_mercator, mercator, metres_per_tile
from app.domain.values import Position
from app.report.shapes import Point

NARROWEST_M = 250.0
"""A map is at least so wide."""
MARGIN = 0.12
TILE_PX = 512
"""Pixels of a tile of the base map."""
FINEST_DPI = 325.0

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees WGS 84."""


@dataclass(frozen=True)
class Frame:
    """A sheet of `width` × `height` mm whose upper left corner lies at (`x`, `y`) of the web map at zoom 0, where the
    whole earth is 1 × 1; a unit is `scale` mm."""

    width: float
    height: float
    x: float
    y: float
    scale: float

    def at(self, position: Position) -> Point:
        """Where a position lies on the sheet, mm from its upper left corner."""
        x, y = mercator(position, 0)
        return (x - self.x) * self.scale, (y - self.y) * self.scale

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point lies on the sheet, at least `margin` mm from its edge."""
        return margin <= point[0] <= self.width - margin and margin <= point[1] <= self.height - margin

    @property
    def bounds(self) -> Bounds:
        """What the sheet shows."""
        upper = from_mercator(self.x, self.y, 0)
        lower = from_mercator(self.x + self.width / self.scale, self.y + self.height / self.scale, 0)
        return upper.lon, lower.lat, lower.lon, upper.lat

    @property
    def metres_per_mm(self) -> float:
        """Metres on the ground for a millimetre on the paper, in the middle of the sheet."""
        _west, south, _east, north = self.bounds
        return metres_per_tile((south + north) / 2, 0) / self.scale

    @property
    def zoom(self) -> int:
        """The zoom of the base map that gives at most `FINEST_DPI`, and more than half of that."""
        zoom = 0
        _west, south, _east, north = self.bounds
        while zoom < 19 and self._dpi((south + north) / 2, zoom + 1) <= FINEST_DPI:
            zoom += 1
        return zoom

    def _dpi(self, lat: float, zoom: int) -> float:
        return 25.4 * self.metres_per_mm * TILE_PX / metres_per_tile(lat, zoom)


def extent(positions: Iterable[Position]) -> tuple[float, float, float, float] | None:
    """The box of positions on the web map at zoom 0: left, top, right, bottom; None without any."""
    spots = [mercator(each, 0) for each in positions]
    if not spots:
        return None
    xs, ys = [x for x, _y in spots], [y for _x, y in spots]
    return min(xs), min(ys), max(xs), max(ys)


def fitted(positions: Iterable[Position], width: float, height: float, data: Bounds | None = None) -> Frame | None:
    """The sheet that holds all positions with a margin round them, at least `NARROWEST_M` wide, moved (not cut) so
    that it lies inside the map data where that is possible; None without positions."""
    box = extent(positions)
    if box is None:
        return None
    left, top, right, bottom = box
    middle = from_mercator((left + right) / 2, (top + bottom) / 2, 0)
    narrowest = NARROWEST_M / metres_per_tile(middle.lat, 0)
    wide = max((right - left) * (1 + 2 * MARGIN), narrowest, (bottom - top) * (1 + 2 * MARGIN) * width / height)
    high = wide * height / width
    x, y = (left + right - wide) / 2, (top + bottom - high) / 2
    if data:
        held = extent((Position(data[3], data[0]), Position(data[1], data[2])))
        if held:
            x = _moved(x, wide, held[0], held[2], left, right)
            y = _moved(y, high, held[1], held[3], top, bottom)
    return Frame(width, height, x, y, width / wide)


def _moved(start: float, size: float, first: float, last: float, low: float, high: float) -> float:
    """A stretch moved towards inside [first, last], as far as what it must hold (low … high) allows."""
    wanted = start
    if start < first:
        wanted = first
    elif start + size > last:
        wanted = last - size
    edge = (size - (high - low)) / 4
    lowest, highest = high + edge - size, low - edge
    return min(max(wanted, lowest), highest)
