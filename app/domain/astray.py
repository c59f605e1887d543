"""Where a walk is, and what lies so far from it that it is probably written wrong. Pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.geo import Plane, distance_m
from app.domain.values import Position

ASTRAY_M = 5_000.0
"""No walk goes so far between two stops."""


def astray(places: Sequence[Position]) -> list[int]:
    """Which of these places, by their order, lie further than `ASTRAY_M` from all the others."""
    if len(places) < 2:
        return []
    return [
        k
        for k, place in enumerate(places)
        if not any(distance_m(place, other) <= ASTRAY_M for one, other in enumerate(places) if one != k)
    ]


def together(places: Sequence[Position]) -> list[Position]:
    """These places without those that lie astray; all of them where each does, for then none is the odd one."""
    alone = set(astray(places))
    return [each for k, each in enumerate(places) if k not in alone] or list(places)


@dataclass(frozen=True)
class Area:
    """Where a walk is: the places of its stops and ways. Nothing is far from an area without places."""

    places: tuple[Position, ...]

    @staticmethod
    def of(stops: Sequence[Position], ways: Iterable[Sequence[Position]]) -> "Area":
        """Of all ways, and of the stops that are near them or each other."""
        pieces = [piece for piece in ways if piece]
        on_ways = [place for piece in pieces for place in piece]
        # One place of each piece is enough to say whether a stop is near it, however long a track is.
        known = together([*stops, *(piece[0] for piece in pieces)])
        return Area((*(each for each in stops if each in known), *on_ways))

    @cached_property
    def _box(self) -> tuple[float, float, float, float]:
        """South, west, north, east, with `ASTRAY_M` round it."""
        lats, lons = [each.lat for each in self.places], [each.lon for each in self.places]
        low = Plane(Position(min(lats), min(lons))).position(-ASTRAY_M, -ASTRAY_M)
        high = Plane(Position(max(lats), max(lons))).position(ASTRAY_M, ASTRAY_M)
        return low.lat, low.lon, high.lat, high.lon

    def is_far(self, place: Position) -> bool:
        """Whether a place lies outside."""
        if not self.places:
            return False
        south, west, north, east = self._box
        return not (south <= place.lat <= north and west <= place.lon <= east)

    def away_m(self, place: Position) -> float:
        """Metres to the nearest of its places; infinity where it has none."""
        return min((distance_m(place, each) for each in self.places), default=math.inf)
