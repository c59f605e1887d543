"""Whether the maps of this device show the way of a walk: which of their tiles are missing, and near which stop."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from app.domain.geo import Plane, distance_m, from_mercator, simplify
from app.domain.placing import positions_of
from app.domain.records import Route, SafetyWalk, Stop, TrackChunk
from app.domain.values import Position
from app.places.mbtiles import Bounds, MapInfo, tiles_over
from app.queries.whole import lines
from app.session import Session

WALKED = (15, 16, 17)
"""The zooms at which one walks: from a whole walk on a small screen to one place that fills it."""
AROUND_M = 150.0
"""So far round the way and the stops a map is looked at: half of what a tablet shows, held upright, at the closest."""
EACH_M = 75.0
"""A way is looked at at least so often."""
BENDS_M = 20.0
"""A way's bends that are smaller than that make no difference to a map."""

Tile = tuple[int, int, int]
"""Zoom, x, y; y counted from the north."""
Hole = tuple[Position, Position]
"""Ground that is lacking: its north-western and its south-eastern corner."""


class Maps(Protocol):
    """The maps of this device."""

    @property
    def infos(self) -> Sequence[MapInfo]:
        """What each says of itself."""

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """The picture of a tile; None where no map has it."""


@dataclass(frozen=True)
class Coverage:
    """`missing` of `needed` tiles have no picture; `near` are the stops nearest to them, the one with the most first,
    and `holes` the ground they would show, each piece of it once. `deepest` is the closest zoom of the maps that touch
    the way; None where none does, and nothing is counted."""

    needed: int
    missing: int
    near: tuple[Stop, ...]
    deepest: int | None
    holes: tuple[Hole, ...] = ()


def coverage(session: Session, walk: SafetyWalk, maps: Maps) -> Coverage | None:
    """How the maps cover the planned way of a walk and what lies round its stops; None where neither is planned."""
    stops = session.read(Stop, {"scope": walk.id}, order=("order",))
    spots = [_round(each) for each in _places(session, walk, stops)]
    if not spots:
        return None
    touching = [each for each in maps.infos if any(_touch(each.bounds, spot) for spot in spots)]
    deepest = max((each.max_zoom for each in touching), default=None)
    if deepest is None:
        return Coverage(0, 0, (), None)
    zooms = [each for each in WALKED if each <= deepest] or [deepest]
    tiles = {(zoom, x, y) for zoom in zooms for spot in spots for x, y in tiles_over(spot, zoom)}
    missing = [each for each in tiles if maps.tile(*each) is None]
    return Coverage(len(tiles), len(missing), _nearest(missing, stops), deepest, _holes(missing))


def _places(session: Session, walk: SafetyWalk, stops: Sequence[Stop]) -> Iterator[Position]:
    """The stops, and the planned way in steps."""
    yield from positions_of(stops).values()
    routes = lines(session.read(Route, {"scope": walk.id}), session.read(TrackChunk, {"scope": walk.id}))
    for segment in (each for route in routes for each in route.segments):
        yield from _steps(simplify([fix.position for fix in segment], BENDS_M))


def _steps(line: Sequence[Position]) -> Iterator[Position]:
    yield from line[:1]
    for a, b in pairwise(line):
        plane, count = Plane(a), max(1, math.ceil(distance_m(a, b) / EACH_M))
        x, y = plane.xy(b.lat, b.lon)
        yield from (plane.position(x * k / count, y * k / count) for k in range(1, count + 1))


def _round(place: Position) -> Bounds:
    plane = Plane(place)
    low, high = plane.position(-AROUND_M, -AROUND_M), plane.position(AROUND_M, AROUND_M)
    return Bounds(low.lon, low.lat, high.lon, high.lat)


def _touch(one: Bounds, other: Bounds) -> bool:
    return one.west < other.east and other.west < one.east and one.south < other.north and other.south < one.north


def _holes(missing: Sequence[Tile]) -> tuple[Hole, ...]:
    """The ground of tiles, from the north-west; of tiles that lie within each other that of the largest."""
    every = set(missing)
    largest = [
        (zoom, x, y)
        for zoom, x, y in missing
        if not any((zoom - up, x >> up, y >> up) in every for up in range(1, len(WALKED)))
    ]
    found = [(from_mercator(x, y, zoom), from_mercator(x + 1, y + 1, zoom)) for zoom, x, y in largest]
    return tuple(sorted(found, key=lambda hole: (-hole[0].lat, hole[0].lon)))


def _nearest(tiles: Iterable[Tile], stops: Sequence[Stop]) -> tuple[Stop, ...]:
    places = positions_of(stops)
    if not places:
        return ()
    counted: Counter[str] = Counter()
    for zoom, x, y in tiles:
        middle = from_mercator(x + 0.5, y + 0.5, zoom)
        counted[min(places, key=lambda stop: distance_m(places[stop], middle))] += 1
    found = [each for each in stops if counted[each.id]]
    return tuple(sorted(found, key=lambda stop: -counted[stop.id]))
