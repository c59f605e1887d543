"""The map as plain shapes: base map, ways, numbered stops with their names, insets, furniture and legend.

`planned` lays a map out without the base map and says which pieces of it are needed; `drawn` makes the shapes. A base
map is handed in as one raster with its bounds, which may be larger or smaller than asked for; where it ends, the
sheet is `outside`. Without one the ways lie on a tint.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.values import Position
from app.report.index import BaseMap
from app.report.lettering import width_of
from app.report.mapframe import Bounds, Frame, fitted
from app.report.maplabels import HALO, TEXT, Name, PlacedName, place_names
from app.report.maplayout import (
    OCTAGON,
    PLATE,
    PLATE_TEXT,
    Ground,
    Inset,
    Layout,
    PlacedStop,
    Spot,
    lay_out,
    simpler,
)
from app.report.mapmarks import arrow, disc, end_ring, furniture, octagon, photo_square, plate
from app.report.maproom import TAKEN, Box, Room
from app.report.shapes import Clipped, Disc, Label, Line, Picture, Point, Polygon, Shape, box, moved

WAY = 1.1
_UNDER = 2.4 / 1.1
"""How much wider than the way the white under it is."""
_ARROW_EVERY, _ARROW_ROOM = 26.0, 5.0
_DASH = (2.0, 1.5)
_LONGEST_NAME = 42.0
_LEADING = frozenset(
    "vid på i och mot av till från under över bakom mellan at on in and towards of to from by the".split()
)
"""Words that a name does not end with."""


@dataclass(frozen=True)
class MapNeed:
    """A piece of base map: what it must cover (WGS 84) and the zoom that suits the paper. `key` is its name in
    `Handed.maps`."""

    key: str
    bounds: Bounds
    zoom: int


@dataclass(frozen=True)
class MapPlan:
    """A map laid out: `names` beside its discs, and those of each inset."""

    key: str
    ground: Ground
    layout: Layout
    names: tuple[PlacedName, ...]
    inset_names: tuple[tuple[PlacedName, ...], ...]
    credit: str

    @property
    def needs(self) -> tuple[MapNeed, ...]:
        """The base maps of the sheet and of its insets."""
        own = MapNeed(self.key, self.layout.frame.bounds, self.layout.frame.zoom)
        insets = [MapNeed(f"{self.key}-{i.letter}", i.frame.bounds, i.frame.zoom) for i in self.layout.insets]
        return (own, *insets)

    @property
    def scale(self) -> int:
        """The scale 1:n, rounded to what a reader takes in."""
        exact = self.layout.frame.metres_per_mm * 1000
        step = 50 if exact < 10_000 else 500
        return round(exact / step) * step


def planned(
    key: str, ground: Ground, width: float, height: float, data: Bounds | None = None, credit: str = ""
) -> MapPlan | None:
    """A map of `width` × `height` mm with everything placed; None if nothing has a position. `data`: the bounds of the
    map data that the sheet is moved into; `credit`: the attribution printed on it."""
    frame = fitted(ground.positions, width, height, data)
    if frame is None:
        return None
    fine = simpler(ground, frame)
    layout = lay_out(fine, frame, credit=credit, bar=bar_of(frame)[1])
    wanted = [Name(short_name(each.spot), each.centre) for each in layout.stops]
    wanted += [_frame_name(inset) for inset in layout.insets]
    names = place_names(layout.room, [each for each in wanted if each.text])
    return MapPlan(key, fine, layout, tuple(names), tuple(_inset_names(each) for each in layout.insets), credit)


def short_name(spot: Spot) -> str:
    """The name of a place as it stands on the map: up to its first comma, cut before a word where it is too long."""
    words = spot.name.split(",")[0].split()
    while len(words) > 1 and (width_of(" ".join(words), TEXT) > _LONGEST_NAME or words[-1] in _LEADING):
        words.pop()
    name = " ".join(words)
    while width_of(name, TEXT) > _LONGEST_NAME:
        name = name[:-1]
    return name


def _frame_name(inset: Inset) -> Name:
    framed = inset.framed
    middle = ((framed.left + framed.right) / 2, (framed.top + framed.bottom) / 2)
    radius = max(framed.right - framed.left, framed.bottom - framed.top) / 2
    return Name(f"{inset.letter}: {inset.numbers}", middle, radius)


def _inset_names(inset: Inset) -> tuple[PlacedName, ...]:
    room = Room(inset.frame.width, inset.frame.height)
    room.boxes.append(_letter_box(inset))
    room.discs += [(each.centre, TAKEN) for each in inset.stops]
    room.discs += [(at, OCTAGON) for at, _about in inset.acute]
    room.leaders += [(each.point, each.centre) for each in inset.stops if each.point != each.centre]
    names = [Name(short_name(each.spot), each.centre) for each in inset.stops]
    return tuple(place_names(room, [each for each in names if each.text]))


def bar_of(frame: Frame) -> tuple[int, float]:
    """The length of the scale bar: metres 1, 2 or 5 × 10ⁿ, and its mm on the sheet, nearest 30 mm."""
    metres = [step * 10**power for power in range(7) for step in (1, 2, 5)]
    best = min(metres, key=lambda each: abs(each / frame.metres_per_mm - 30.0))
    return best, best / frame.metres_per_mm


def drawn(plan: MapPlan, maps: Mapping[str, BaseMap]) -> tuple[Shape, ...]:
    """The shapes of a map, in the order in which they lie over each other, without its legend."""
    layout = plan.layout
    frame = layout.frame
    shapes: list[Shape] = [
        *base(frame, plan.key, maps),
        *ways(plan.ground, frame, WAY),
        *_arrows(plan.ground, frame, layout.room),
    ]
    shapes += [_framed(inset) for inset in layout.insets]
    shapes += _stops(layout.stops)
    shapes += _marks(layout)
    shapes += [shape for each in layout.plates for shape in plate(each.box, each.text)]
    shapes += _named(plan.names)
    shapes += furniture(layout.furniture, *bar_of(frame), plan.credit if plan.key in maps else "")
    for inset, names in zip(layout.insets, plan.inset_names, strict=True):
        shapes += _inset(plan, inset, names, maps)
    edge = Polygon(points=box(0, 0, frame.width, frame.height), stroke="hairline", stroke_width=0.18)
    return (Clipped(corner=(0, 0), width=frame.width, height=frame.height, shapes=tuple(shapes)), edge)


def base(frame: Frame, key: str, maps: Mapping[str, BaseMap]) -> list[Shape]:
    """The base map of a sheet: its raster where it belongs, `outside` round it; a tint without one."""
    sheet = box(0, 0, frame.width, frame.height)
    ground_map = maps.get(key)
    if ground_map is None:
        return [Polygon(points=sheet, fill="tint")]
    left, top = frame.at(Position(ground_map.north, ground_map.west))
    right, bottom = frame.at(Position(ground_map.south, ground_map.east))
    picture = Picture(corner=(left, top), width=right - left, height=bottom - top, key=key)
    return [Polygon(points=sheet, fill="outside"), picture]


def ways(ground: Ground, frame: Frame, width: float) -> list[Shape]:
    """The ways: planned and not walked, other groups', gaps and the walked way, over white."""

    def on(line: Sequence[Position]) -> tuple[Point, ...]:
        return tuple(frame.at(each) for each in line)

    walked = [on(each) for each in ground.pieces if len(each) > 1]
    gaps = [on(each) for each in ground.gaps]
    shapes: list[Shape] = []
    shapes += [Line(points=on(each), width=0.6, colour="secondary", dash=_DASH) for each in ground.planned]
    shapes += [Line(points=on(each), width=0.6, colour="accent") for each in ground.others if len(each) > 1]
    shapes += [Line(points=each, width=width * _UNDER, colour="white") for each in (*gaps, *walked)]
    shapes += [Line(points=each, width=width, colour="accent", dash=_DASH) for each in gaps]
    shapes += [Line(points=each, width=width, colour="accent") for each in walked]
    return shapes


def _arrows(ground: Ground, frame: Frame, room: Room) -> list[Shape]:
    """Arrow heads on straight pieces of the way, at least `_ARROW_EVERY` mm apart, off what else is there."""
    shapes: list[Shape] = []
    since = _ARROW_EVERY / 2
    for line in ground.pieces:
        for a, b in pairwise([frame.at(each) for each in line]):
            length = math.dist(a, b)
            middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            wanted = since + length / 2 >= _ARROW_EVERY and length >= _ARROW_ROOM
            if wanted and room.free_for_disc(middle, 1.8):
                shapes.append(arrow(middle, ((b[0] - a[0]) / length, (b[1] - a[1]) / length)))
                since = length / 2
            else:
                since += length
    return shapes


def _stops(stops: Sequence[PlacedStop]) -> list[Shape]:
    """Leaders first, then the points they are about, then the discs."""
    shapes: list[Shape] = []
    aside = [each for each in stops if each.point != each.centre]
    shapes += [Line(points=(each.point, each.centre), width=0.3, colour="ink") for each in aside]
    dots = [Disc(centre=each.point, radius=0.7, fill="ink", stroke="white", stroke_width=0.3) for each in aside]
    return [*shapes, *dots, *(part for each in stops for part in disc(each.centre, each.spot.number))]


def _marks(layout: Layout) -> list[Shape]:
    shapes: list[Shape] = []
    shapes += [photo_square(each) for each in layout.photos]
    if layout.end:
        shapes.append(end_ring(layout.end))
    return [*shapes, *_octagons(layout.acute)]


def _octagons(acute: Sequence[tuple[Point, Point]]) -> list[Shape]:
    """Octagons, with a leader from what they are about where they had to step aside."""
    shapes: list[Shape] = []
    for spot, about in acute:
        if math.dist(spot, about) > 2 * OCTAGON + TAKEN:
            shapes.append(Line(points=(about, spot), width=0.3, colour="ink"))
        shapes += octagon(spot)
    return shapes


def _named(names: Sequence[PlacedName]) -> list[Shape]:
    shapes: list[Shape] = []
    leaders = [each.leader for each in names if each.leader]
    shapes += [Line(points=each, width=0.3, colour="ink") for each in leaders]
    shapes += [Label(at=each.at, text=each.name.text, size=TEXT, strong=True, halo=HALO) for each in names]
    return shapes


def _framed(inset: Inset) -> Shape:
    framed = inset.framed
    corners = box(framed.left, framed.top, framed.right - framed.left, framed.bottom - framed.top)
    return Polygon(points=corners, stroke="ink", stroke_width=0.35)


def _letter_box(inset: Inset) -> Box:
    return Box(0.0, 0.0, width_of(inset.letter, PLATE_TEXT) + 3.0, PLATE)


def _inset(plan: MapPlan, inset: Inset, names: Sequence[PlacedName], maps: Mapping[str, BaseMap]) -> list[Shape]:
    """An inset in its corner: its own piece of map, ways, discs and names, framed, with its letter."""
    frame, corner = inset.frame, (inset.corner.left, inset.corner.top)
    inner: list[Shape] = [
        *base(frame, f"{plan.key}-{inset.letter}", maps),
        *ways(plan.ground, frame, WAY),
        *_stops(inset.stops),
        *_octagons(inset.acute),
        *_named(names),
        *plate(_letter_box(inset), inset.letter),
    ]
    edge = Polygon(points=box(*corner, frame.width, frame.height), stroke="ink", stroke_width=0.18)
    whole = Clipped(corner=(0, 0), width=frame.width, height=frame.height, shapes=tuple(inner))
    return [moved(whole, corner), edge]
