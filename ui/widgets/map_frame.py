"""Which part of the world a map shows, and where on it anything lies.

The world is a square from 0 to 1, east and south (web mercator). A tile's side is a whole number of device pixels at
every zoom, and so is the place of its corner: tiles meet without a seam, and a tile that is drawn in its own size is
copied and not scaled.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF

from app.domain.geo import XY, from_mercator, mercator, metres_per_tile
from app.domain.values import Position

TILE = 256
"""The side of a tile at its own zoom, in pixels that do not depend on the screen."""


def flat(position: Position) -> XY:
    """Where a position lies in the square of the world."""
    return mercator(position, 0)


@dataclass(frozen=True)
class MapFrame:
    """A window of `width` × `height` pixels on the world, its middle at `x`, `y`; `ratio` device pixels per pixel."""

    x: float
    y: float
    zoom: float
    width: int
    height: int
    ratio: float = 1.0

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

    def point(self, x: float, y: float) -> QPointF:
        """Where a place of the world's square is seen."""
        return QPointF(x * self.world - self.left, y * self.world - self.top)

    def point_of(self, position: Position) -> QPointF:
        """Where a position is seen."""
        return self.point(*flat(position))

    def position_at(self, point: QPointF) -> Position:
        """The position that is seen at a point."""
        return from_mercator((point.x() + self.left) / self.world, (point.y() + self.top) / self.world, 0)

    @property
    def middle(self) -> Position:
        """The position in the middle."""
        return from_mercator(self.x, self.y, 0)

    @cached_property
    def seen(self) -> QRectF:
        """What is seen of the world's square."""
        return self.part(QRectF(0, 0, self.width, self.height))

    def part(self, box: QRectF) -> QRectF:
        """What is seen of the world's square in a part of the picture."""
        world = self.world
        left, top = (self.left + box.left()) / world, (self.top + box.top()) / world
        return QRectF(left, top, box.width() / world, box.height() / world)

    @property
    def metres_per_pixel(self) -> float:
        """The scale in the middle."""
        return metres_per_tile(self.middle.lat, 0) / self.world

    def moved(self, right: float, down: float) -> "MapFrame":
        """The ground drawn along by so many pixels."""
        world = self.world
        return self._held(replace(self, x=self.x - right / world, y=self.y - down / world))

    def zoomed(self, zoom: float, still: QPointF) -> "MapFrame":
        """At another zoom; what is seen at `still` stays there."""
        world = self.world
        x, y = (still.x() + self.left) / world, (still.y() + self.top) / world
        nearer = replace(self, zoom=zoom)
        after = nearer.world
        middle_x, middle_y = x - (still.x() - self.width / 2) / after, y - (still.y() - self.height / 2) / after
        return self._held(replace(nearer, x=middle_x, y=middle_y))

    def resized(self, width: int, height: int, ratio: float) -> "MapFrame":
        """Of another size; the top left corner stays where it is."""
        world = self.world
        x, y = self.x + (width - self.width) / 2 / world, self.y + (height - self.height) / 2 / world
        return self._held(replace(self, x=x, y=y, width=width, height=height, ratio=ratio))

    @staticmethod
    def _held(frame: "MapFrame") -> "MapFrame":
        return replace(frame, x=min(1.0, max(0.0, frame.x)), y=min(1.0, max(0.0, frame.y)))
