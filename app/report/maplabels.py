"""Names beside the discs, placed so that none covers anything that matters.

Eight positions round each disc are tried. What is taken (discs, other names, marks, furniture, the edge) forbids a
position; a covered millimetre of the way costs. Names with the fewest free positions are placed first; then each is
tried anew with the others in place. A name without a free position stands further off with a leader; else the number
alone must do, and the table has the name."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.report.lettering import width_of
from app.report.maproom import TAKEN, Box, Room, rings
from app.report.shapes import Point

TEXT = 2.95
"""Type size in mm, 8.4 pt."""
HALO = 1.25
AWAY = 4.4
_ABOVE, _BELOW = 2.2, 0.75
"""How far a line of text reaches over and under its base line, in mm, with descenders."""
_FURTHEST = 14.0
_COST_PER_MM = 4.0


@dataclass(frozen=True)
class Name:
    """A name to be placed beside the centre of a disc (or of a frame that reaches `radius` mm)."""

    text: str
    centre: Point
    radius: float = TAKEN


@dataclass(frozen=True)
class PlacedName:
    """A name with its box; the base line begins at `at`. `leader` runs from the disc's edge to the box."""

    name: Name
    box: Box
    at: Point
    leader: tuple[Point, Point] | None = None


def _box(name: Name, x: float, y: float, side: tuple[int, int]) -> Box:
    """The box of a name whose near edge or corner lies at (x, y); `side`: −1, 0, 1 to the left/right and up/down."""
    width, height = width_of(name.text, TEXT), _ABOVE + _BELOW
    left = x if side[0] > 0 else x - width if side[0] < 0 else x - width / 2
    top = y if side[1] > 0 else y - height if side[1] < 0 else y - height / 2
    return Box(left, top, left + width, top + height)


_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))


def positions(name: Name) -> list[Box]:
    """The eight boxes round a disc in order of preference: E, W, N, S, NE, NW, SE, SW."""
    away = AWAY + name.radius - TAKEN
    boxes = []
    for side in _SIDES:
        reach = away * (0.78 if side[0] and side[1] else 1.0)
        boxes.append(_box(name, name.centre[0] + side[0] * reach, name.centre[1] + side[1] * reach, side))
    return boxes


def place_names(room: Room, names: Sequence[Name]) -> list[PlacedName]:
    """Places as many names as there is room for, in the order of `names`; takes the room."""
    tries = [[box for box in positions(each) if room.free_for_box(box.grown(0.3))] for each in names]
    chosen: dict[int, Box] = {}
    for each in sorted(range(len(names)), key=lambda one: (len(tries[one]), one)):
        _choose(room, tries[each], chosen, each)
    for each in range(len(names)):
        chosen.pop(each, None)
        _choose(room, tries[each], chosen, each)
    room.boxes += [chosen[each].grown(0.3) for each in sorted(chosen)]
    found = []
    for each, name in enumerate(names):
        placed = _plain(name, chosen[each]) if each in chosen else _led(room, name)
        found += [placed] if placed else []
    return found


def _choose(room: Room, boxes: Sequence[Box], chosen: dict[int, Box], each: int) -> None:
    free = [box for box in boxes if not any(box.grown(0.6).meets(other) for other in chosen.values())]
    if free:
        chosen[each] = min(free, key=lambda box: _COST_PER_MM * room.way_within(box) + boxes.index(box) * 0.01)


def _plain(name: Name, box: Box) -> PlacedName:
    return PlacedName(name, box, (box.left, box.top + _ABOVE))


def _led(room: Room, name: Name) -> PlacedName | None:
    """A name further off, with a leader; None if there is no room for it."""
    reach = name.radius - TAKEN
    for spot in rings(name.centre, [each + reach for each in (7.0, 9.0, 11.5, _FURTHEST)]):
        side = (1 if spot[0] >= name.centre[0] else -1, 0)
        box = _box(name, spot[0], spot[1], side)
        start = _towards(name.centre, spot, name.radius)
        if room.free_for_box(box.grown(0.3)) and room.free_for_line(start, spot):
            room.boxes.append(box.grown(0.3))
            room.leaders.append((start, spot))
            return PlacedName(name, box, (box.left, box.top + _ABOVE), (start, spot))
    return None


def _towards(start: Point, end: Point, by: float) -> Point:
    length = math.dist(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * by / length, start[1] + (end[1] - start[1]) * by / length
