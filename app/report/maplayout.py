"""What lies where on a map so that nothing collides: furniture, numbered discs, crowds and their insets.

A stop's disc stands on the stop. Where discs would overlap, it steps aside and a thin leader shows the place. Three
or more in a small crowd get an inset at three times the scale, which takes an empty corner; on the map itself stands
a frame with the inset's letter. More than six on one spot are one plate with their numbers: no scale would part them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.domain.geo import simplify
from app.domain.values import Position
from app.report.lettering import width_of
from app.report.mapframe import Frame
from app.report.maproom import APART, TAKEN, Box, Room, around, crowds, rings, settle
from app.report.shapes import Point
from app.report.wording import DASH

INSET_SIZES = (60.0, 50.0, 42.0)
INSET_SCALE = 3.0
MOST_INSETS = 2
_SMALL = 18.0
"""A crowd of at most this extent (mm) fits an inset."""
_ONE_SPOT = 2.2
"""A crowd of at most this extent is not parted by an inset either."""
_MOST_ROUND_A_SPOT = 6
_FINE = 0.25
"""Lines are simplified by at most so many mm."""
OCTAGON = 1.7
_ASIDE = (5.2, 7.0, 9.0, 12.0, 16.0, 21.0)
"""How far an octagon steps aside."""
PHOTO = 0.85
END = 2.1
"""Radii in mm that the marks take."""
PLATE = 4.6
PLATE_TEXT = 3.2


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A stop on the map."""

    number: str
    name: str
    position: Position
    acute: bool = False


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a map shows, in degrees: stops, the walked pieces and gaps, other groups' tracks, planned ways not walked,
    photos without a stop, places of acute observations away from a stop."""

    stops: tuple[Spot, ...] = ()
    pieces: tuple[tuple[Position, ...], ...] = ()
    gaps: tuple[tuple[Position, Position], ...] = ()
    others: tuple[tuple[Position, ...], ...] = ()
    planned: tuple[tuple[Position, ...], ...] = ()
    photos: tuple[Position, ...] = ()
    acute: tuple[Position, ...] = ()

    @property
    def positions(self) -> list[Position]:
        """What the sheet must hold: stops and ways. A photo or an alarm with a wrong position does not stretch the map;
        they count only where there is nothing else."""
        lines = (*self.pieces, *self.others, *self.planned, *self.gaps)
        firm = [*(each.position for each in self.stops), *(spot for line in lines for spot in line)]
        return firm or [*self.photos, *self.acute]


@dataclass(frozen=True)
class PlacedStop:
    """A stop's disc: where it stands and which point it is about."""

    spot: Spot
    centre: Point
    point: Point


@dataclass(frozen=True)
class Plate:
    """A white plate with text, instead of many discs."""

    box: Box
    text: str
    acute: bool = False

    @property
    def centre(self) -> Point:
        """Its middle."""
        return (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True)
class Inset:
    """A part of the map at a larger scale: its letter, the corner it takes (mm on the main sheet), what it frames
    there, its own sheet and the discs on it."""

    letter: str
    corner: Box
    framed: Box
    frame: Frame
    numbers: str
    stops: tuple[PlacedStop, ...]
    acute: tuple[tuple[Point, Point], ...]


@dataclass(frozen=True)
class Furnished:
    """Where scale bar, credit and north arrow stand."""

    scale: Box
    credit: Box | None
    north: Point


@dataclass(frozen=True)
class Layout:
    """Everything placed on one sheet. `acute`: where each octagon stands and which point it is about; `photos`:
    squares; `end`: the ring where the way ends, if that is at no stop. `room` is as full as the sheet is; `left_out`
    are stops without room."""

    frame: Frame
    furniture: Furnished
    stops: tuple[PlacedStop, ...]
    plates: tuple[Plate, ...]
    insets: tuple[Inset, ...]
    acute: tuple[tuple[Point, Point], ...]
    photos: tuple[Point, ...]
    end: Point | None
    room: Room
    left_out: tuple[Spot, ...]


def numbers_words(spots: Sequence[Spot]) -> str:
    """`4–7`, or `4, 6, 9`."""
    numbers = [each.number for each in spots]
    whole = sorted(int(each) for each in numbers if each.isdigit())
    runs: list[list[int]] = []
    for each in whole:
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}{DASH}{run[-1]}" for run in runs]
    return ", ".join([*words, *(each for each in numbers if not each.isdigit())])


def lay_out(ground: Ground, frame: Frame, *, credit: str = "", bar: float = 30.0, insets: bool = True) -> Layout:
    """Places everything but the labels. `bar`: the length of the scale bar in mm, 0 for a map without furniture."""
    room = Room(frame.width, frame.height)
    room.ways = ways_on(ground, frame)
    points = [frame.at(each.position) for each in ground.stops]
    furniture = _furnish(room, points, credit, bar)
    open_ = list(range(len(points)))
    plates: list[Plate] = []
    for crowd in crowds(points):
        if len(crowd) > _MOST_ROUND_A_SPOT and _extent([points[each] for each in crowd]) <= _ONE_SPOT:
            plates.append(_plate(room, [ground.stops[each] for each in crowd], points[crowd[0]]))
            open_ = [each for each in open_ if each not in crowd]
    made: list[Inset] = []
    for crowd in crowds([points[each] for each in open_]) if insets else []:
        members = [open_[each] for each in crowd]
        if len(made) < MOST_INSETS and (inset := _inset(room, ground, frame, members, points, "AB"[len(made)])):
            made.append(inset)
    inside = {stop.spot.number for inset in made for stop in inset.stops}
    open_ = [each for each in open_ if ground.stops[each].number not in inside]
    placed, left = _placed([ground.stops[each] for each in open_], room, [points[each] for each in open_])
    loose = [spot for each in ground.acute if frame.holds(spot := frame.at(each), OCTAGON)]
    loose += [each.centre for each in plates if each.acute]
    acute = _acute(room, [each.centre for each in placed if each.spot.acute], loose)
    photos = tuple(spot for each in ground.photos if room.free_for_disc(spot := frame.at(each), PHOTO))
    room.discs += [(each, PHOTO) for each in photos]
    end = _end(room, frame, ground)
    return Layout(frame, furniture, placed, tuple(plates), tuple(made), acute, photos, end, room, left)


def _acute(room: Room, discs: Sequence[Point], places: Sequence[Point]) -> tuple[tuple[Point, Point], ...]:
    """Octagons: at the upper right of a disc, if that is free, else round it; others on their own place."""
    found = []
    for about in discs:
        near = [(about[0] + dx, about[1] + dy) for dx, dy in ((3.3, -3.3), (-3.3, -3.3), (3.3, 3.3), (-3.3, 3.3))]
        found.append((_first_free(room, [*near, *rings(about, _ASIDE)], OCTAGON - 0.2), about))
        room.discs.append((found[-1][0], OCTAGON))
    for about in places:
        found.append((_first_free(room, [about, *rings(about, _ASIDE)], OCTAGON), about))
        room.discs.append((found[-1][0], OCTAGON))
    return tuple(found)


def _first_free(room: Room, spots: Sequence[Point], radius: float) -> Point:
    return next((each for each in spots if room.free_for_disc(each, radius)), spots[0])


def _end(room: Room, frame: Frame, ground: Ground) -> Point | None:
    last = next((piece[-1] for piece in reversed(ground.pieces) if piece), None)
    spot = frame.at(last) if last else None
    if spot is None or not room.free_for_disc(spot, END):
        return None
    room.discs.append((spot, END))
    return spot


def simpler(ground: Ground, frame: Frame) -> Ground:
    """The ground with lines as fine as the paper shows them."""

    def fine(lines: tuple[tuple[Position, ...], ...]) -> tuple[tuple[Position, ...], ...]:
        return tuple(simplify(each, _FINE * frame.metres_per_mm) for each in lines)

    return replace(ground, pieces=fine(ground.pieces), others=fine(ground.others), planned=fine(ground.planned))


def ways_on(ground: Ground, frame: Frame) -> list[tuple[Point, Point]]:
    """Every stretch of the walked ways, on the sheet."""
    lines = [[frame.at(each) for each in line] for line in (*ground.pieces, *ground.gaps, *ground.others)]
    return [(a, b) for line in lines for a, b in pairwise(line)]


def _extent(points: Sequence[Point]) -> float:
    box = around(points, 0)
    return max(box.right - box.left, box.bottom - box.top)


def _placed(
    spots: Sequence[Spot], room: Room, points: Sequence[Point]
) -> tuple[tuple[PlacedStop, ...], tuple[Spot, ...]]:
    found = list(zip(spots, settle(room, points), points, strict=True))
    placed = tuple(PlacedStop(spot, centre, point) for spot, centre, point in found if centre)
    return placed, tuple(spot for spot, centre, _point in found if centre is None)


def _furnish(room: Room, points: Sequence[Point], credit: str, bar: float) -> Furnished:
    """The scale bar stands at the lower left, the credit at the lower right, the arrow in the emptier upper corner;
    where a stop lies there they take the corner above or below if that is free."""
    wide, high = room.width, room.height
    if not bar:
        return Furnished(Box(0, 0, 0, 0), None, (0, 0))
    length = width_of(credit, 2.9) + 4.0
    credit_box = _freest(points, [Box(wide - length, y, wide, y + 5.0) for y in (high - 5.0, 0.0)]) if credit else None
    plate = bar + 12.0
    plates = [(x, y) for y in (high - 13.0, 2.5) for x in (2.5, wide - 2.5 - plate)]
    scale = _freest(points, [Box(x, y, x + plate, y + 10.5) for x, y in plates], credit_box)
    room.boxes += [each for each in (scale, credit_box) if each]
    corners = [(wide - 8.5, 11.0), (8.5, 11.0), (wide - 8.5, high - 20.0), (8.5, high - 20.0)]
    free = [each for each in corners if room.free_for_disc(each, 6.5)]
    north = max(free or corners, key=lambda each: min(_reach(each, points, room)))
    room.discs.append((north, 6.5))
    return Furnished(scale, credit_box, north)


def _reach(spot: Point, points: Sequence[Point], room: Room) -> list[float]:
    ends = [each for pair in room.ways for each in pair]
    return [min(20.0, math.dist(spot, each)) for each in (*points, *ends)] or [20.0]


def _freest(points: Sequence[Point], boxes: Sequence[Box], taken: Box | None = None) -> Box:
    """The first of the boxes that covers no stop; if all do, the one that covers fewest."""
    open_ = [each for each in boxes if not (taken and each.meets(taken))] or list(boxes)
    return min(open_, key=lambda box: sum(box.near(each, TAKEN) for each in points))


def _plate(room: Room, spots: Sequence[Spot], point: Point) -> Plate:
    words = numbers_words(spots)
    text = words if len(words) <= 24 else f"{words[:22]}…"
    half = width_of(text, PLATE_TEXT) / 2 + 1.4
    tries = (point, *rings(point, (6.0, 9.0, 12.0, 16.0, 22.0, 30.0)))
    boxes = [Box(x - half, y - PLATE / 2, x + half, y + PLATE / 2) for x, y in tries]
    box = next((each for each in boxes if room.free_for_box(each)), boxes[0])
    room.boxes.append(box)
    made = Plate(box, text, any(each.acute for each in spots))
    if not box.near(point, 0.01):
        room.leaders.append((point, made.centre))
    return made


def _inset(
    room: Room, ground: Ground, frame: Frame, members: Sequence[int], points: Sequence[Point], letter: str
) -> Inset | None:
    """An inset for a small crowd of three or more, if a corner is free for it."""
    own = [points[each] for each in members]
    size = _extent(own)
    if len(members) < 3 or not _ONE_SPOT < size <= _SMALL:
        return None
    framed = around(own, TAKEN)
    others = [each for each in points if each not in own]
    if any(framed.near(each, TAKEN) for each in others) or any(framed.meets(each) for each in room.boxes):
        return None
    corner = _corner(room, framed, others)
    if corner is None:
        return None
    spots = [ground.stops[each] for each in members]
    sheet = _sheet(frame, framed, corner)
    inner = Room(sheet.width, sheet.height)
    inner.boxes.append(Box(0.0, 0.0, 7.0, 7.0))
    placed, left = _placed(spots, inner, [sheet.at(each.position) for each in spots])
    if left:
        return None
    room.boxes += [corner, framed]
    acute = _acute(inner, [each.centre for each in placed if each.spot.acute], ())
    return Inset(letter, corner, framed, sheet, numbers_words(spots), placed, acute)


def _corner(room: Room, framed: Box, others: Sequence[Point]) -> Box | None:
    """The emptiest corner of the sheet for an inset: it covers no stop, no furniture, not the crowd itself."""
    for size in INSET_SIZES:
        edges = [(x, y) for y in (2.0, room.height - size - 2.0) for x in (2.0, room.width - size - 2.0)]
        edges += [(x, y + by) for x, y in edges for by in (8.0, -8.0, 13.0, -13.0, 16.0)]
        boxes = [Box(x, y, x + size, y + size) for x, y in edges]
        free = [
            box
            for box in boxes
            if box.inside(room.width, room.height, 1.0)
            and not box.meets(framed.grown(2.0))
            and not any(box.near(each, TAKEN + 4.0) for each in others)
            and not any(box.meets(each) for each in room.boxes)
            and not any(box.near(centre, radius) for centre, radius in room.discs)
        ]
        if free:
            return min(free, key=room.way_within)
    return None


def _sheet(frame: Frame, framed: Box, corner: Box) -> Frame:
    """The sheet of an inset: three times the scale, less where the crowd would not fit."""
    size = corner.right - corner.left
    inner = max(framed.right - framed.left, framed.bottom - framed.top) - 2 * TAKEN
    times = min(INSET_SCALE, (size - 4 * APART) / max(inner, 0.1))
    scale = frame.scale * max(times, 1.0)
    middle = ((framed.left + framed.right) / 2 / frame.scale, (framed.top + framed.bottom) / 2 / frame.scale)
    x, y = frame.x + middle[0] - size / 2 / scale, frame.y + middle[1] - size / 2 / scale
    return replace(frame, width=size, height=size, x=x, y=y, scale=scale)
