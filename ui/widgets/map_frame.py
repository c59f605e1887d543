"""Which part of the world a map shows, and where on it anything lies.

The world is a square from 0 to 1, east and south (web mercator). A tile's side is a whole number of device pixels at
every zoom, and so is the place of its corner: tiles meet without a seam, and a tile that is drawn in its own size is
copied and not scaled.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF, QTransform

from app.domain.geo import XY, from_mercator, mercator, metres_per_tile
from app.domain.values import Position

TILE = 256
"""The side of a tile at its own zoom, in pixels that do not depend on the screen."""
LEAST = 64.0
"""What is fitted in is given so many pixels, however little room there is."""


def flat(position: Position) -> XY:
    """Where a position lies in the square of the world."""
    return mercator(position, 0)


@dataclass(frozen=True)
class MapFrame:
    """A window of `width` × `height` pixels on the world, its middle at `x`, `y`; `ratio` device pixels per pixel.
    `turn` is the direction that is up, in degrees from north: then everything is turned round the middle, and tiles are
    no longer copied pixel by pixel."""

    x: float
    y: float
    zoom: float
    width: int
    height: int
    ratio: float = 1.0
    turn: float = 0.0

    @property
    def level(self) -> int:
        """The nearest whole zoom."""
        return round(self.zoom)

    def side(self, level: int) -> float:
        """The side of a tile of a zoom not deeper than `level`, in pixels."""
        nearest = round(TILE * self.ratio * math.pow(2.0, self.zoom - self.level))
        return nearest * math.pow(2.0, self.level - level) / self.ratio

    @cached_property
    def world(self) -> float:
        """The side of the whole world in pixels."""
        return self.side(0)

    @cached_property
    def left(self) -> float:
        """How far the left edge is from the world's."""
        return round((self.x * self.world - self.width / 2) * self.ratio) / self.ratio

    @cached_property
    def top(self) -> float:
        """How far the top edge is from the world's."""
        return round((self.y * self.world - self.height / 2) * self.ratio) / self.ratio

    @cached_property
    def turned(self) -> QTransform:
        """From the picture with north up to the one that is seen."""
        turned, x, y = QTransform(), self.width / 2, self.height / 2
        return turned.translate(x, y).rotate(-self.turn).translate(-x, -y) if self.turn else turned

    @cached_property
    def _upright(self) -> QTransform:
        """Back from the picture that is seen to the one with north up."""
        return self.turned.inverted()[0]

    def point(self, x: float, y: float) -> QPointF:
        """Where a place of the world's square is seen."""
        return self.turned.map(QPointF(x * self.world - self.left, y * self.world - self.top))

    def point_of(self, position: Position) -> QPointF:
        """Where a position is seen."""
        return self.point(*flat(position))

    def position_at(self, point: QPointF) -> Position:
        """The position that is seen at a point."""
        there = self._upright.map(point)
        return from_mercator((there.x() + self.left) / self.world, (there.y() + self.top) / self.world, 0)

    @property
    def middle(self) -> Position:
        """The position in the middle."""
        return from_mercator(self.x, self.y, 0)

    @cached_property
    def seen(self) -> QRectF:
        """What is seen of the world's square."""
        return self.part(QRectF(0, 0, self.width, self.height))

    def upright(self, box: QRectF) -> QRectF:
        """The part of the picture with north up that holds a part of the one that is seen."""
        return self._upright.mapRect(box)

    def part(self, seen: QRectF) -> QRectF:
        """What is seen of the world's square in a part of the picture."""
        world, box = self.world, self.upright(seen)
        left, top = (self.left + box.left()) / world, (self.top + box.top()) / world
        return QRectF(left, top, box.width() / world, box.height() / world)

    @property
    def metres_per_pixel(self) -> float:
        """The scale in the middle."""
        return metres_per_tile(self.middle.lat, 0) / self.world

    def moved(self, right: float, down: float) -> "MapFrame":
        """The ground drawn along by so many pixels."""
        along = self._upright.map(QPointF(right, down)) - self._upright.map(QPointF(0, 0))
        return self._held(replace(self, x=self.x - along.x() / self.world, y=self.y - along.y() / self.world))

    def zoomed(self, zoom: float, still: QPointF) -> "MapFrame":
        """At another zoom; what is seen at `still` stays there."""
        world, at = self.world, self._upright.map(still)
        x, y = (at.x() + self.left) / world, (at.y() + self.top) / world
        nearer = replace(self, zoom=zoom)
        after = nearer.world
        middle_x, middle_y = x - (at.x() - self.width / 2) / after, y - (at.y() - self.height / 2) / after
        return self._held(replace(nearer, x=middle_x, y=middle_y))

    def resized(self, width: int, height: int, ratio: float, *, middle: bool) -> "MapFrame":
        """Of another size; the `middle` stays where it is, else the top left corner."""
        if middle:
            return replace(self, width=width, height=height, ratio=ratio)
        world = self.world
        x, y = self.x + (width - self.width) / 2 / world, self.y + (height - self.height) / 2 / world
        return self._held(replace(self, x=x, y=y, width=width, height=height, ratio=ratio))

    def fitted(self, positions: Sequence[Position], free: QRectF, zooms: tuple[float, float]) -> "MapFrame":
        """With all of these in `free`, a part of the picture, at the nearest zoom of those allowed, from the least."""
        (furthest, nearest), turn = zooms, QTransform().rotate(-self.turn)
        box = QPolygonF([turn.map(QPointF(*flat(each))) for each in positions]).boundingRect()
        across = max(LEAST, free.width()) / max(box.width(), 1e-12)
        along = max(LEAST, free.height()) / max(box.height(), 1e-12)
        zoom = max(furthest, min(nearest, math.log2(min(across, along) / TILE)))
        aside, middle = free.center() - QPointF(self.width / 2, self.height / 2), turn.inverted()[0].map(box.center())
        return replace(self, x=middle.x(), y=middle.y(), zoom=zoom).moved(aside.x(), aside.y())

    @staticmethod
    def _held(frame: "MapFrame") -> "MapFrame":
        return replace(frame, x=min(1.0, max(0.0, frame.x)), y=min(1.0, max(0.0, frame.y)))
