"""The holes in the map along the way of a walk, drawn: a small map that is hatched where it has no detail."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QRegion
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.domain.geo import Plane, distance_m
from app.domain.values import Position
from app.queries.coverage import Hole
from app.queries.readiness import Finding
from ui.bridge.tiles import Tiles
from ui.widgets.area import pieces_of
from ui.widgets.desk import Desk
from ui.widgets.look import Look
from ui.widgets.map_frame import MapFrame
from ui.widgets.map_model import MarkKind
from ui.widgets.map_paint import Ground
from ui.widgets.map_picture import MapPicture
from ui.widgets.map_sprites import size_of
from ui.widgets.text import Label
from ui.widgets.walk_marks import lines_of, marks_of

HEIGHT = 260
ROUND = 8.0
"""A hole reaches at least so far from under the disc of a stop: on a map of a long way a tile is a dot."""
APART, LINE, EDGE = 11, 2.5, 3.0
"""How far the lines of the hatching lie from each other, how wide they are, and how wide the line round all of it."""
INTO_M = 75.0
"""So much of a hole is shown."""
BESIDE = 0.5
"""Where the plate takes more of the width, what is shown lies above it."""
PALE = 0.5
"""So much of what lies under the hatching is covered."""


class Pierced(Ground):
    """The ground with its holes."""

    def __init__(self, look: Look, tiles: Tiles, holes: Sequence[Hole]) -> None:
        super().__init__(look, tiles)
        self._holes = tuple(holes)
        self._least = size_of(look, MarkKind.STOP) + 2 * ROUND

    def told(self, _frame: MapFrame) -> str:
        """What is lacking is hatched, and said under the map: no sentence need lie over that."""
        return ""

    def legend(self, _frame: MapFrame) -> str:
        """Nothing more than that."""
        return ""

    def paint(self, painter: QPainter, frame: MapFrame, part: QRectF, *, moving: bool) -> None:
        """Draw the tiles, and over them what is lacking."""
        super().paint(painter, frame, part, moving=moving)
        lacking = self._lacking(frame)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._hatch(painter, frame, lacking)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for role, width in (("halo", EDGE + 4), ("danger", EDGE)):
            painter.setPen(QPen(self.look.color(role), width))
            painter.drawPath(lacking)
        painter.restore()

    def _lacking(self, frame: MapFrame) -> QPainterPath:
        region, path = QRegion(), QPainterPath()
        for north_west, south_east in self._holes:
            box = QRectF(frame.point_of(north_west), frame.point_of(south_east))
            across, along = (max(0.0, self._least - side) / 2 for side in (box.width(), box.height()))
            region += QRegion(box.adjusted(-across, -along, across, along).toRect())
        path.addRegion(region)
        return path.simplified()

    def _hatch(self, painter: QPainter, frame: MapFrame, lacking: QPainterPath) -> None:
        painter.save()
        painter.setClipPath(lacking)
        pale = self.look.color("surface")
        pale.setAlphaF(PALE)
        painter.fillPath(lacking, pale)
        painter.setPen(QPen(self.look.color("danger"), LINE))
        for left in range(-frame.height, frame.width, APART):
            painter.drawLine(QPointF(left, frame.height), QPointF(left + frame.height, 0))
        painter.restore()


class _Picture(MapPicture):
    def __init__(self, look: Look, tiles: Tiles, name: str, holes: Sequence[Hole]) -> None:
        super().__init__(look, tiles, name)
        self._ground = Pierced(look, tiles, holes)
        self.setFixedHeight(HEIGHT)

    @property
    def free(self) -> QRectF:
        """Beside the plate: the map is low, and mostly wide."""
        right = self._plate.box.right()
        return QRectF(self.rect()).adjusted(right, 0, 0, 0) if right <= BESIDE * self.width() else super().free


def _begun(hole: Hole, places: Sequence[Position]) -> Position:
    """A position in a hole, a little way in from where it is nearest to any of the places: a hole may be much larger
    than the way."""
    (north, west), (south, east) = ((each.lat, each.lon) for each in hole)
    within = {each: Position(min(max(each.lat, south), north), min(max(each.lon, west), east)) for each in places}
    middle = Position((north + south) / 2, (west + east) / 2)
    edge = min(within.items(), key=lambda both: distance_m(*both), default=(middle, middle))[1]
    plane = Plane(edge)
    x, y = plane.xy(middle.lat, middle.lon)
    share = min(1.0, INTO_M / max(1.0, math.hypot(x, y)))
    return plane.position(x * share, y * share)


class HolesMap(QWidget):
    """The planned way and the stops of a walk, with the holes that a finding tells of. `picture` is the map; it is only
    looked at."""

    def __init__(self, desk: Desk, walk: str, finding: Finding) -> None:
        super().__init__()
        self.picture = _Picture(desk.look, desk.tiles, _("Karta över hålen längs rutten"), finding.holes)
        stops = [each for each in marks_of(desk, walk) if each.kind == MarkKind.STOP]
        planned = [each for each in lines_of(desk, walk) if each.planned]
        self.picture.show_marks(stops)
        self.picture.show_lines(planned)
        places = [each.position for each in stops] + [each for piece in pieces_of(planned) for each in piece]
        self.picture.fit([*places, *(_begun(each, places) for each in finding.holes)])
        legend = _("Streckat: här saknar kartan rutor.")
        named = {each.key: each.name for each in stops}
        near = "; ".join(named[each] for each in finding.near if each in named)
        told = _("Närmast: {stops}.").format(stops=near) if near else ""
        self.picture.setAccessibleDescription(" ".join(each for each in (finding.text, legend, told) if each))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.picture)
        box.addWidget(Label(desk.look, legend, "meta", "text2"))
