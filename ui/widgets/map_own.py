"""Where this device is on a map, and the way it has walked since the program was opened: what changes each second.

Both know which part of the picture they lie in, so that no more than that is painted anew.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF, QRadialGradient

from app.domain.live import Trail
from app.domain.values import Position
from ui.widgets.look import Look
from ui.widgets.map_frame import MapFrame, flat
from ui.widgets.map_model import MapLine
from ui.widgets.map_paint import between, paint_gaps, paint_line, put_of

DISC, LINE, WEDGE, POOL = 13.0, 3.0, 16.0, 74.0
"""Radius of the disc, width of the line round it, length of the wedge, radius of the pool of light, in pixels."""
EDGE = 9.0
"""So far it is seen round what lies on it."""
RIM = 5.0
"""Width of what the circle is edged with."""
STRETCH = 64
"""So many points are one part of the way."""
TRACK_PX = 10
"""A track with its halo reaches so far from its middle, and a little further."""


@dataclass(frozen=True)
class Own:
    """Where this device is; how far off that may be (metres), where it moves to (degrees from true north), and whether
    all that is old."""

    position: Position
    radius_m: float | None = None
    course_deg: float | None = None
    stale: bool = False


class OwnMark:
    """Draws where one is: a disc in a pool of light, the circle in which one may be, a wedge towards where one goes. An
    old position is grey in a dashed ring. Numbers lie on it, and it is large enough to be seen round them."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._size = (1 + 0.4 * (look.scale - 1)) * (4 / 3 if look.gloves else 1)
        self._pool: QPixmap | None = None

    def box(self, frame: MapFrame, own: Own) -> QRect:
        """The part of the picture it lies in."""
        reach = max(POOL * self._size, self._radius(frame, own) + 2 * LINE, (DISC + WEDGE + LINE) * self._size) + 2
        at = frame.point_of(own.position)
        return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach).toAlignedRect()

    def _radius(self, frame: MapFrame, own: Own) -> float:
        """The circle's radius in pixels; one that holds the whole picture says nothing more."""
        radius = (own.radius_m or 0.0) / frame.metres_per_pixel
        return radius if radius < max(frame.width, frame.height) else 0.0

    def paint(self, painter: QPainter, frame: MapFrame, own: Own, covered: float = 0.0) -> None:
        """Draw it, where so many pixels from its middle on, towards what lies over it, it would not be seen."""
        look, at = self.look, frame.point_of(own.position)
        disc = max(DISC * self._size, covered + EDGE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not own.stale:
            pool = self._made_pool(frame.ratio)
            painter.drawPixmap(at - QPointF(POOL, POOL) * self._size, pool)
        color = look.color("text2" if own.stale else "own")
        radius = self._radius(frame, own)
        if radius > disc:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if not own.stale:
                # Lamp light alone is hardly seen on a light map.
                painter.setPen(QPen(look.color("ownLine"), RIM))
                painter.drawEllipse(at, radius, radius)
            painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine if own.stale else Qt.PenStyle.SolidLine))
            painter.drawEllipse(at, radius, radius)
        if own.course_deg is not None and not own.stale:
            self._wedge(painter, at, own.course_deg - frame.turn, disc)
        painter.setPen(QPen(look.color("ownLine"), LINE * self._size))
        painter.setBrush(color)
        painter.drawEllipse(at, disc, disc)
        if own.stale:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine))
            painter.drawEllipse(at, disc + 7, disc + 7)

    def _wedge(self, painter: QPainter, at: QPointF, course: float, disc: float) -> None:
        turn = math.radians(course - 90)
        tip, back, half = disc + WEDGE * self._size, disc + 4 * self._size, 9 * self._size

        def point(along: float, across: float) -> QPointF:
            return at + QPointF(
                along * math.cos(turn) - across * math.sin(turn), along * math.sin(turn) + across * math.cos(turn)
            )

        painter.setPen(QPen(self.look.color("ownLine"), 2))
        painter.setBrush(self.look.color("own"))
        painter.drawPolygon(QPolygonF([point(tip, 0), point(back, half), point(back, -half)]))

    def _made_pool(self, ratio: float) -> QPixmap:
        """The light, drawn once."""
        if self._pool is None or self._pool.devicePixelRatio() != ratio:
            side = 2 * POOL * self._size
            self._pool = QPixmap(round(side * ratio), round(side * ratio))
            self._pool.setDevicePixelRatio(ratio)
            self._pool.fill(Qt.GlobalColor.transparent)
            inner, outer = self.look.color("own"), self.look.color("own")
            inner.setAlphaF(0.36)
            outer.setAlphaF(0.0)
            light = QRadialGradient(QPointF(side / 2, side / 2), side / 2)
            light.setColorAt(0, inner)
            light.setColorAt(1, outer)
            painter = QPainter(self._pool)
            painter.fillRect(QRectF(0, 0, side, side), light)
            painter.end()
        return self._pool


class LiveWay:
    """The way that grows while one walks, in parts that are not drawn where they are not seen; and of its gaps those
    that what is shown of the kept track does not have: two dashed lines upon each other are none."""

    def __init__(self, trail: Trail, lines: Sequence[MapLine] = (), growing: str = "") -> None:
        self.trail = trail
        self._parts: list[list[QPointF]] = []
        self._taken: list[int] = []
        self.go_on_from(lines, growing)

    def go_on_from(self, lines: Sequence[MapLine], growing: str) -> None:
        """These are shown; the kept track that it goes on from is the one of this key, where it still grows."""
        kept = [each.pieces[-1] for each in lines if growing and each.key == growing and each.pieces]
        self._before: Sequence[Position] = kept[0] if kept else ()
        self._first = self.trail.kept if growing else len(self.trail.pieces)

    @property
    def _gaps(self) -> list[QPolygonF]:
        return between([self._before, *self.trail.pieces][self._first :])

    def follow(self) -> QRectF:
        """Take in what has come. Returns the part of the world's square that is new; empty where nothing is."""
        new = list[QPointF]()
        for number, piece in enumerate(self.trail.pieces):
            if number == len(self._taken):
                self._taken.append(0)
                self._parts.append([])
                new += [point for gap in self._gaps[-1:] for point in gap.toList()]
            for position in piece[self._taken[number] :]:
                new += self._add(QPointF(*flat(position)))
            self._taken[number] = len(piece)
        return QPolygonF(new).boundingRect()

    def _add(self, point: QPointF) -> list[QPointF]:
        last = self._parts[-1]
        before = last[-1:]
        last.append(point)
        if len(last) > STRETCH:
            self._parts.append([point])
        return [*before, point]

    def seen(self, frame: MapFrame, area: QRectF) -> list[QPolygonF]:
        """The stretches that lie in a part of the world's square, in pixels."""
        found = []
        for part in self._parts:
            line = QPolygonF(part)
            if len(part) > 1 and line.boundingRect().adjusted(-1e-7, -1e-7, 1e-7, 1e-7).intersects(area):
                found.append(QPolygonF([frame.point(each.x(), each.y()) for each in part]))
        return found

    def paint(self, painter: QPainter, look: Look, frame: MapFrame, area: QRectF, *, moving: bool) -> None:
        """Draw what lies in a part of the world's square."""
        paint_line(painter, look, self.seen(frame, area), moving=moving)
        put = put_of(frame)
        paint_gaps(painter, look, [put.map(each) for each in self._gaps])


def around(frame: MapFrame, area: QRectF) -> QRect:
    """The part of the picture in which a track through that part of the world's square is seen."""
    corners = (area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight())
    seen = QPolygonF([frame.point(each.x(), each.y()) for each in corners]).boundingRect()
    return seen.toAlignedRect().adjusted(-TRACK_PX, -TRACK_PX, TRACK_PX, TRACK_PX)
