"""What is drawn of many marks: those that would lie on each other are one spot, and none lies on a stop's number."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from PySide6.QtCore import QPointF, QRectF

from app.domain.geo import XY
from ui.widgets.map_frame import MapFrame, flat
from ui.widgets.map_model import Mark, MarkKind

CELL = 256.0
"""Spots are found by squares of so many pixels."""

ALONE = (MarkKind.STOP, MarkKind.PRESSED)
"""Kinds that are never gathered: a number must be seen."""

BESIDE = ((0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
"""Directions in which a mark at a stop's very place is moved, the first that is free."""


CROWDED = 2.1
"""Where there are more marks in the picture than would fit so many widths apart, they are gathered at that distance."""

FEW = 60
"""So many marks are never a crowd."""


@dataclass
class Spot:
    """Marks that are drawn as one, at a place in the world's square, moved aside by so many pixels. `apart`: they are
    not all at the same place, so that a closer look tells them apart. Those of a higher `order` lie over others."""

    marks: list[Mark]
    x: float
    y: float
    aside: XY = (0.0, 0.0)
    apart: bool = False
    order: int = 0

    @property
    def top(self) -> Mark:
        """The mark that stands for all: the one that weighs most."""
        return self.marks[0]

    def without(self, key: str) -> "Spot":
        """What is left of it while one of its marks is carried."""
        left = [each for each in self.marks if each.key != key]
        return self if len(left) == len(self.marks) else replace(self, marks=left)

    def point(self, frame: MapFrame) -> QPointF:
        """Where it is drawn."""
        right, down = self.aside
        return frame.point(self.x, self.y) + QPointF(right, down)


@dataclass(frozen=True)
class Placed:
    """A mark with its place in the world's square."""

    mark: Mark
    x: float
    y: float


def placed(marks: Iterable[Mark]) -> list[Placed]:
    """Marks with their places, those that weigh most first."""
    found = [Placed(mark, *flat(mark.position)) for mark in marks]
    found.sort(key=lambda each: _weight(each.mark))
    return found


def _weight(mark: Mark) -> tuple[int, int, str]:
    severity = -1 if mark.severity is None else int(mark.severity)
    return -mark.kind.value, -severity, mark.key


@dataclass
class Spots:
    """The spots of some marks at one size of the world, to be asked what is seen of them."""

    world: float
    all: list[Spot] = field(default_factory=list)
    _squares: dict[tuple[int, int], list[Spot]] = field(default_factory=dict)

    def keep(self) -> None:
        """Sort the spots by squares."""
        share = CELL / self.world
        for spot in self.all:
            spot.order = spot.top.kind.value
            self._squares.setdefault((int(spot.x / share), int(spot.y / share)), []).append(spot)

    def seen(self, area: QRectF, margin: float) -> list[Spot]:
        """The spots within an area of the world's square and `margin` pixels round it, those to be drawn first."""
        edge, share = margin / self.world, CELL / self.world
        left, right = int((area.left() - edge) / share), int((area.right() + edge) / share)
        top, bottom = int((area.top() - edge) / share), int((area.bottom() + edge) / share)
        if (right - left + 1) * (bottom - top + 1) > len(self._squares):
            inside = [key for key in self._squares if left <= key[0] <= right and top <= key[1] <= bottom]
        else:
            inside = [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
        found = [spot for key in inside for spot in self._squares.get(key, ())]
        found.sort(key=attrgetter("order"))
        return found

    def of(self, key: str) -> Spot | None:
        """The spot that shows a mark."""
        return next((spot for spot in self.all if any(mark.key == key for mark in spot.marks)), None)


def gathered(marks: Sequence[Placed], world: float, reach: float, round_stop: float) -> Spots:
    """The spots of marks where the world is `world` pixels wide: nearer than `reach` pixels is one spot, and
    `round_stop` pixels from a stop's middle on there is room beside it."""
    alone = [Spot([each.mark], each.x, each.y) for each in marks if each.mark.kind in ALONE]
    near = reach / world
    cells: dict[tuple[int, int], list[Spot]] = {}
    found: list[Spot] = []
    for each in marks:
        if each.mark.kind in ALONE:
            continue
        spot = _joined(cells, each, near)
        if spot is None:
            spot = Spot([each.mark], each.x, each.y)
            cells.setdefault((int(each.x / near), int(each.y / near)), []).append(spot)
            found.append(spot)
        else:
            spot.marks.append(each.mark)
            spot.apart = spot.apart or (spot.x, spot.y) != (each.x, each.y)
    stops = [spot for spot in alone if spot.top.kind == MarkKind.STOP]
    _move_aside(found, stops, world, round_stop)
    spots = Spots(world, found + alone)
    spots.keep()
    return spots


def thinned(spots: Sequence[Spot], world: float, near: float) -> list[Spot]:
    """While the map moves out its spots come to lie on each other: one in each square of `near` pixels will do, where
    the world is `world` pixels wide."""
    squares = math.pow(2.0, math.floor(math.log2(world / near)))
    first: dict[tuple[int, int], Spot] = {}
    return [
        each
        for each in spots
        if each.top.kind in ALONE or first.setdefault((int(each.x * squares), int(each.y * squares)), each) is each
    ]


def _joined(cells: dict[tuple[int, int], list[Spot]], each: Placed, near: float) -> Spot | None:
    column, line = int(each.x / near), int(each.y / near)
    for x, y in (
        (column, line), (column - 1, line), (column + 1, line), (column, line - 1), (column, line + 1),
        (column - 1, line - 1), (column + 1, line + 1), (column - 1, line + 1), (column + 1, line - 1),
    ):  # fmt: skip
        for spot in cells.get((x, y), ()):
            if (spot.x - each.x) ** 2 + (spot.y - each.y) ** 2 < near * near:
                return spot
    return None


def _move_aside(spots: Sequence[Spot], stops: Sequence[Spot], world: float, least: float) -> None:
    """Move what lies on a stop's number to where the number is seen. What stands on the very place of the stop goes to
    the first of its corners that is free."""
    squares: dict[tuple[int, int], list[Spot]] = {}
    share = least / world
    for spot in spots:
        squares.setdefault((int(spot.x / share), int(spot.y / share)), []).append(spot)
    for stop in stops:
        column, line = int(stop.x / share), int(stop.y / share)
        around = [
            spot
            for x in (column - 1, column, column + 1)
            for y in (line - 1, line, line + 1)
            for spot in squares.get((x, y), ())
        ]
        taken = 0
        for spot in around:
            right, down = (spot.x - stop.x) * world, (spot.y - stop.y) * world
            away = math.hypot(right, down)
            if away >= least:
                continue
            if away < 1.0:
                (across, along), away = BESIDE[taken % len(BESIDE)], math.hypot(*BESIDE[0])
                taken += 1
            else:
                across, along = right, down
            spot.aside = (across / away * least - right, along / away * least - down)
