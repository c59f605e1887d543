"""Distances and directions on the earth, a flat plane round a point, and the web map's tile grid. Pure maths.

Degrees WGS 84, metres; directions in degrees clockwise from true north.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.values import Position

A = 6_378_137.0
"""Half the long axis of the WGS 84 ellipsoid, metres (EPSG:7030)."""
F = 1 / 298.257223563
"""Its flattening (EPSG:7030)."""
B = A * (1 - F)
E2 = F * (2 - F)
MERCATOR_EDGE = 85.0511287798066
"""The latitude where the square of the web map ends."""


def _inverse(a: Position, b: Position) -> tuple[float, float]:
    """Distance and first direction (radians) on the ellipsoid, by Vincenty (Survey Review 23, 1975).

    Almost opposite sides of the earth, where that does not converge: on the sphere."""
    u1, u2 = (math.atan((1 - F) * math.tan(math.radians(each.lat))) for each in (a, b))
    east = math.radians(b.lon - a.lon)
    s1, c1, s2, c2 = math.sin(u1), math.cos(u1), math.sin(u2), math.cos(u2)
    lam = east
    for _ in range(100):
        x, y = c2 * math.sin(lam), c1 * s2 - s1 * c2 * math.cos(lam)
        sin_sigma, cos_sigma = math.hypot(x, y), s1 * s2 + c1 * c2 * math.cos(lam)
        if sin_sigma == 0:
            return 0.0, 0.0
        sigma = math.atan2(sin_sigma, cos_sigma)
        alpha = c1 * c2 * math.sin(lam) / sin_sigma
        cos2 = 1 - alpha * alpha
        mid = cos_sigma - 2 * s1 * s2 / cos2 if cos2 > 1e-15 else 0.0
        c = F / 16 * cos2 * (4 + F * (4 - 3 * cos2))
        before = lam
        lam = east + (1 - c) * F * alpha * (sigma + c * sin_sigma * (mid + c * cos_sigma * (2 * mid * mid - 1)))
        if abs(lam - before) < 1e-12:
            return _arc(sigma, sin_sigma, cos_sigma, cos2, mid), math.atan2(x, y)
    return A * math.acos(max(-1.0, min(1.0, cos_sigma))), math.atan2(x, y)


def _arc(sigma: float, sin_sigma: float, cos_sigma: float, cos2: float, mid: float) -> float:
    u = cos2 * (A * A - B * B) / (B * B)
    big_a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
    big_b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
    inner = cos_sigma * (2 * mid * mid - 1) - big_b / 6 * mid * (4 * sin_sigma**2 - 3) * (4 * mid * mid - 3)
    return B * big_a * (sigma - big_b * sin_sigma * (mid + big_b / 4 * inner))


def distance_m(a: Position, b: Position) -> float:
    """Metres along the ellipsoid from `a` to `b`."""
    return _inverse(a, b)[0]


def bearing_deg(a: Position, b: Position) -> float:
    """The direction one sets out in from `a` to `b`, 0 ≤ degrees < 360 from true north; 0 where they are the same."""
    return math.degrees(_inverse(a, b)[1]) % 360.0


def path_m(line: Sequence[Position]) -> float:
    """Metres along a line of positions; 0 for fewer than two."""
    return sum(distance_m(a, b) for a, b in pairwise(line))


@dataclass(frozen=True)
class Plane:
    """A flat plane of metres east and north that touches the ellipsoid at `origin`.

    At 60° north it is good to 1 in 10 000 within 2 km and to 3 in 1 000 within 20 km.
    """

    origin: Position

    def _scale(self) -> tuple[float, float]:
        lat = math.radians(min(89.9, max(-89.9, self.origin.lat)))
        w = 1 - E2 * math.sin(lat) ** 2
        east = math.radians(1) * A * math.cos(lat) / math.sqrt(w)
        return east, math.radians(1) * A * (1 - E2) / w**1.5

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Metres east and north of the origin."""
        east, north = self._scale()
        return ((lon - self.origin.lon + 180) % 360 - 180) * east, (lat - self.origin.lat) * north

    def position(self, x: float, y: float) -> Position:
        """The position that is `x` metres east and `y` metres north of the origin, held to the earth."""
        east, north = self._scale()
        lon = (self.origin.lon + x / east + 180) % 360 - 180
        return Position(max(-90.0, min(90.0, self.origin.lat + y / north)), lon)


XY = tuple[float, float]


def off_line(p: XY, a: XY, b: XY) -> float:
    """The distance in a plane from `p` to the stretch from `a` to `b`."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    along = 0.0 if square == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square))
    return math.hypot(p[0] - a[0] - along * dx, p[1] - a[1] - along * dy)


def to_line_m(point: Position, line: Sequence[Position]) -> float:
    """Metres from a point to the nearest place of a line; infinity for an empty line."""
    plane = Plane(point)
    flat = [plane.xy(each.lat, each.lon) for each in line]
    if len(flat) < 2:
        return distance_m(point, line[0]) if flat else math.inf
    return min(off_line((0.0, 0.0), a, b) for a, b in pairwise(flat))


def simplify(points: Sequence[Position], tolerance_m: float) -> tuple[Position, ...]:
    """The line with fewer points, nowhere further than `tolerance_m` from where it was; first and last are kept.

    Douglas and Peucker (Cartographica 10, 1973), without recursion so that a long line is no trouble.
    """
    if len(points) < 3:
        return tuple(points)
    plane = Plane(points[0])
    flat = [plane.xy(each.lat, each.lon) for each in points]
    kept, open_ = {0, len(flat) - 1}, [(0, len(flat) - 1)]
    while open_:
        first, last = open_.pop()
        if last - first < 2:
            continue
        far, at = max((off_line(flat[k], flat[first], flat[last]), k) for k in range(first + 1, last))
        if far > tolerance_m:
            kept.add(at)
            open_ += [(first, at), (at, last)]
    return tuple(points[k] for k in sorted(kept))


def mercator(position: Position, zoom: float) -> XY:
    """Where a position lies on the web map of 2^zoom × 2^zoom tiles: tiles east and south of the north-west corner.

    Spherical Mercator (EPSG:3857); latitudes beyond its edge are held to it.
    """
    side = math.pow(2.0, zoom)
    lat = math.radians(max(-MERCATOR_EDGE, min(MERCATOR_EDGE, position.lat)))
    return (position.lon + 180) / 360 * side, (1 - math.asinh(math.tan(lat)) / math.pi) / 2 * side


def from_mercator(x: float, y: float, zoom: float) -> Position:
    """The position of a place on the web map; x and y outside are held to its edge."""
    side = math.pow(2.0, zoom)
    x, y = max(0.0, min(side, x)), max(0.0, min(side, y))
    return Position(math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / side)))), x / side * 360 - 180)


def metres_per_tile(lat: float, zoom: float) -> float:
    """How many metres on the ground the side of a tile is at a latitude."""
    return 2 * math.pi * A * math.cos(math.radians(lat)) / math.pow(2.0, zoom)
