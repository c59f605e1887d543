"""Swedish plane coordinates: SWEREF 99 TM and the local zones, from WGS 84.

SWEREF 99 and WGS 84 agree within about half a metre, far below what a receiver errs, and are taken as equal. Which of
the twelve local zones a municipality uses it decides itself; here it is the nearest central meridian among the zones
used in that part of the country, which is right for most and the neighbouring zone for some municipalities at an edge.
The zone is always named with the numbers.

Sweden's outline is drawn by hand with some sixty corners: right within about 5 km along the land borders, generous at
sea, narrow in Öresund. It only decides whether Swedish coordinates are printed.
"""

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass

from app.base.words import _
from app.domain.geo import XY
from app.domain.values import Position

WGS84 = 4326
TM = 3006
NORTH_FROM = 62.0
"""South of it the zones 12 00 to 18 00 are used, north of it 14 15 to 23 15 and 15 45."""


@dataclass(frozen=True)
class Zone:
    """A local zone: its central meridian, and the municipalities that use it lie within these degrees (their
    areas of use in the EPSG register)."""

    meridian: float
    west: float
    south: float
    east: float
    north: float

    def used_at(self, position: Position) -> bool:
        """Whether a place is within the zone's area of use."""
        return self.west <= position.lon <= self.east and self.south <= position.lat <= self.north


SOUTH_ZONES = {
    3007: Zone(12.0, 10.93, 56.74, 13.11, 60.13),
    3008: Zone(13.5, 12.12, 55.28, 14.79, 62.28),
    3009: Zone(15.0, 13.54, 55.95, 16.15, 61.62),
    3010: Zone(16.5, 15.41, 56.15, 17.63, 62.26),
    3011: Zone(18.0, 17.08, 58.66, 19.61, 60.70),
}
NORTH_ZONES = {
    3012: Zone(14.25, 11.93, 61.55, 15.55, 64.39),
    3013: Zone(15.75, 13.66, 60.44, 17.01, 65.13),
    3014: Zone(17.25, 14.31, 62.12, 19.04, 67.19),
    3015: Zone(18.75, 17.18, 56.86, 20.22, 66.17),
    3016: Zone(20.25, 16.08, 63.45, 23.28, 69.07),
    3017: Zone(21.75, 19.63, 65.01, 22.91, 66.43),
    3018: Zone(23.25, 21.85, 65.49, 24.17, 68.14),
}
GOTLAND = (3015, 17.9, 56.8, 58.5)
"""Gotland uses 18 45: its zone, and the island's western, southern and northern edge."""

# East and north, clockwise from south-west of Skåne.
_SWEDEN: tuple[XY, ...] = (
    (12.60, 55.20), (12.70, 55.36), (12.86, 55.57), (12.86, 55.66), (12.66, 55.88), (12.655, 56.04), (12.30, 56.20),
    (11.50, 57.00), (11.00, 57.60), (10.60, 58.50), (10.75, 58.90), (11.10, 58.99), (11.23, 59.10), (11.34, 59.10),
    (11.41, 59.05),
    (11.46, 58.90), (11.66, 58.90), (11.82, 59.25), (11.69, 59.50), (11.92, 59.70), (11.92, 59.84), (12.22, 59.93),
    (12.52, 60.12), (12.60, 60.45), (12.30, 60.95), (12.86, 61.20), (12.86, 61.36), (12.14, 61.73), (12.28, 62.25),
    (12.06, 62.60), (12.12, 63.00), (11.96, 63.27), (12.22, 63.48), (12.68, 63.97), (13.20, 64.09), (13.97, 64.01),
    (14.15, 64.18), (14.11, 64.47), (13.65, 64.58), (14.50, 65.30), (14.63, 65.81), (14.50, 66.13), (15.48, 66.28),
    (15.37, 66.48), (16.35, 67.02), (16.09, 67.41), (16.73, 67.91), (17.28, 68.12), (17.88, 67.95), (18.15, 68.20),
    (18.10, 68.51), (19.92, 68.35), (20.23, 68.48), (19.95, 68.57), (20.33, 68.80), (20.06, 69.04), (20.55, 69.06),
    (21.00, 68.88), (22.40, 68.46), (22.80, 68.38), (23.15, 68.22), (23.65, 67.95), (23.50, 67.85), (23.50, 67.45),
    (23.75, 67.40), (23.58, 67.15), (23.95, 66.85), (23.88, 66.57), (23.66, 66.32), (24.00, 66.05), (24.155, 65.83),
    (24.16, 65.50), (22.80, 64.90), (21.40, 64.10), (21.10, 63.75), (20.60, 63.30), (19.70, 62.40), (19.30, 61.40),
    (19.15, 60.60), (19.10, 60.20), (19.20, 59.80), (19.90, 59.50), (20.00, 58.30), (19.80, 57.30), (18.90, 56.50),
    (17.30, 55.80), (15.90, 55.45), (14.70, 55.38), (14.20, 55.20),
)  # fmt: skip


@dataclass(frozen=True)
class PlaneCoordinates:
    """A position in a Swedish plane: the system's name and EPSG code, metres north and east."""

    system: str
    epsg: int
    north: float
    east: float


@dataclass(frozen=True)
class Projected:
    """SWEREF 99 TM and the local zone; or neither, and then `reason` is the sentence that says why."""

    national: PlaneCoordinates | None
    local: PlaneCoordinates | None
    reason: str = ""


def inside(point: XY, ring: tuple[XY, ...]) -> bool:
    """Whether a point lies inside a ring of corners (first and last may be the same), by counting crossings."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossings += 1
    return crossings % 2 == 1


def in_sweden(position: Position) -> bool:
    """Whether a position is in Sweden or its waters, as far as a rough outline tells."""
    return inside((position.lon, position.lat), _SWEDEN)


def local_zone(position: Position) -> int | None:
    """The EPSG code of the local zone for a place in Sweden, None elsewhere."""
    if not in_sweden(position):
        return None
    zone, west, south, north = GOTLAND
    if position.lon > west and south < position.lat < north:
        return zone
    zones = SOUTH_ZONES if position.lat < NORTH_FROM else NORTH_ZONES
    used = [code for code, each in zones.items() if each.used_at(position)] or list(zones)
    return min(used, key=lambda code: abs(zones[code].meridian - position.lon))


def zone_name(epsg: int) -> str:
    """A system as it is written: "SWEREF 99 TM", "SWEREF 99 18 00"."""
    if epsg == TM:
        return "SWEREF 99 TM"
    meridian = {**SOUTH_ZONES, **NORTH_ZONES}[epsg].meridian
    return f"SWEREF 99 {int(meridian)} {round(meridian % 1 * 60):02}"


@functools.cache
def _transformer(epsg: int) -> Callable[[float, float], tuple[float, float]]:
    # Imported here because it takes 0.2 s and only pages and exports with Swedish coordinates need it.
    from pyproj import Transformer

    transform: Callable[[float, float], tuple[float, float]] = Transformer.from_crs(
        WGS84, epsg, always_xy=True
    ).transform
    return transform


def plane(position: Position, epsg: int) -> PlaneCoordinates:
    """A position in SWEREF 99 TM (3006) or a local zone (3007–3018), wherever it is."""
    east, north = _transformer(epsg)(position.lon, position.lat)
    if not (math.isfinite(east) and math.isfinite(north)):
        raise ValueError(f"{position} cannot be projected to EPSG:{epsg}")
    return PlaneCoordinates(zone_name(epsg), epsg, north, east)


def project(position: Position, zone: int | None = None) -> Projected:
    """A position in SWEREF 99 TM and in the local zone, or in `zone` where a whole walk is to use one."""
    local = local_zone(position)
    if local is None:
        return Projected(None, None, _("Platsen ligger utanför Sverige; läget anges därför i WGS 84."))
    return Projected(plane(position, TM), plane(position, zone or local))
