"""Drawing the ground of a map and the ways on it."""

import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF, QRegion, QTransform

from app.base.words import _
from app.domain.geo import metres_per_tile, simplify
from app.domain.values import Position
from app.jobs.maps import MapFile
from ui.bridge.tiles import Key, Tiles
from ui.widgets.look import Look
from ui.widgets.map_frame import TILE, MapFrame, flat
from ui.widgets.map_model import MapLine
from ui.widgets.paint import CHIP_RADIUS, paint_box, paint_icon
from ui.widgets.words import metres

MOST_SCALED = 120
CREDIT_SCALE = 1.25
"""Above this the words of whose map it is grow no more."""
OFF_PX = 1.2
"""A drawn way is nowhere further from the real one."""
STRETCH = 64
"""So many points are drawn as one line, where any of them is seen."""
LEGEND_FROM = 240
"""From this effective height a map has room for a line more under its attribution."""


class Ground:
    """The tiles of a map, scaled once for the zoom that is looked at."""

    def __init__(self, look: Look, tiles: Tiles) -> None:
        self.look, self.tiles = look, tiles
        self._scaled: OrderedDict[tuple[int, int, int, int], tuple[int, QPixmap]] = OrderedDict()

    def covers(self, frame: MapFrame) -> bool:
        """Whether any map has the middle at this zoom or a coarser one."""
        middle = frame.middle
        files = self.tiles.files
        return any(each.info.min_zoom <= frame.level and each.info.bounds.holds(middle) for each in files)

    def told(self, frame: MapFrame) -> str:
        """What the one who looks is to know of the ground: that no map has the middle, or that tiles are lacking where
        a map says it has them; "" where nothing is."""
        if not self.covers(frame):
            return _("Kartan slutar här. Din position och spåret visas ändå.")
        whole = QRectF(0, 0, frame.width, frame.height)
        bare = any(self.tiles.lacks(*key) and not self.tiles.parent_of(*key) for key, _box in self._tiles(frame, whole))
        return _("Rutnät: här saknas karta.") if bare else ""

    def legend(self, frame: MapFrame) -> str:
        """What is told under the attribution where the map ends in sight of its middle; "" where it does not, and on a
        map so low that the line would take room from what is fitted in."""
        if frame.height < LEGEND_FROM * self.look.scale:
            return ""
        beyond, world = QRegion(0, 0, frame.width, frame.height), frame.world
        for each in self.tiles.files:
            if each.info.min_zoom <= frame.level:
                box = QTransform.fromScale(world, world).mapRect(_area(each)).translated(-frame.left, -frame.top)
                beyond -= QRegion(frame.turned.mapToPolygon(box.toAlignedRect()))
        return _("Tomt: utanför kartan") if self.covers(frame) and not beyond.isEmpty() else ""

    def attribution(self, frame: MapFrame) -> str:
        """The attribution of every map that may be seen; of all there are where none is."""
        seen = [each.info.attribution for each in self.tiles.files if _area(each).intersects(frame.seen)]
        return " · ".join(dict.fromkeys(filter(None, seen))) if seen else self.tiles.attribution

    def paint(self, painter: QPainter, frame: MapFrame, part: QRectF, *, moving: bool) -> None:
        """Draw the tiles of a part of the picture; where one is missing its scaled parent, else the grid alone."""
        painter.save()
        painter.fillRect(part, self.look.color("sunken"))
        painter.setTransform(frame.turned, True)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, bool(frame.turn) and not moving)
        for key, box in self._tiles(frame, part):
            self._tile(painter, frame, key, box, moving)
        painter.restore()

    def _tiles(self, frame: MapFrame, part: QRectF) -> Iterator[tuple[Key, QRectF]]:
        """The tiles of a part of the picture, and where they lie in the one with north up."""
        part = frame.upright(part)
        level = max(0, min(frame.level, self.tiles.deepest))
        side = frame.side(level)
        first_x, first_y = math.floor((frame.left + part.left()) / side), math.floor((frame.top + part.top()) / side)
        last_x = math.floor((frame.left + part.right() - 0.01) / side)
        last_y = math.floor((frame.top + part.bottom() - 0.01) / side)
        most = (1 << level) - 1
        for y in range(max(0, first_y), min(most, last_y) + 1):
            for x in range(max(0, first_x), min(most, last_x) + 1):
                yield (level, x, y), QRectF(x * side - frame.left, y * side - frame.top, side, side)

    def _tile(self, painter: QPainter, frame: MapFrame, key: Key, box: QRectF, moving: bool) -> None:
        own = self.tiles.get(*key)
        if own is not None:
            sharp = own if moving else self._sized(own, key, round(box.width() * frame.ratio))
            if sharp.width() == round(box.width() * frame.ratio):
                sharp.setDevicePixelRatio(frame.ratio)
                painter.drawPixmap(box.topLeft(), sharp)
            else:
                painter.drawPixmap(box, own, QRectF(own.rect()))
            return
        found = self.tiles.parent_of(*key)
        if found is None:
            self._grid(painter, box)
            return
        parent, up = found
        share = parent.width() / (1 << up)
        x, y = key[1] & ((1 << up) - 1), key[2] & ((1 << up) - 1)
        painter.drawPixmap(box, parent, QRectF(x * share, y * share, share, share))

    def _sized(self, own: QPixmap, key: tuple[int, int, int], side: int) -> QPixmap:
        if own.width() == side:
            return own
        place = (*key, side)
        kept = self._scaled.get(place)
        if kept is not None and kept[0] == own.cacheKey():
            return kept[1]
        smooth = Qt.TransformationMode.SmoothTransformation
        made = own.scaled(QSize(side, side), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        self._scaled[place] = own.cacheKey(), made
        while len(self._scaled) > MOST_SCALED:
            self._scaled.popitem(last=False)
        return made

    def _grid(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(self.look.color("hair"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        step = box.width() / 4
        for k in range(4):
            painter.drawLine(QPointF(box.left() + k * step, box.top()), QPointF(box.left() + k * step, box.bottom()))
            painter.drawLine(QPointF(box.left(), box.top() + k * step), QPointF(box.right(), box.top() + k * step))


def _area(file: MapFile) -> QRectF:
    bounds = file.info.bounds
    north_west, south_east = Position(bounds.north, bounds.west), Position(bounds.south, bounds.east)
    return QRectF(QPointF(*flat(north_west)), QPointF(*flat(south_east)))


class Way:
    """A line of the map, made simpler for each whole zoom once."""

    def __init__(self, line: MapLine) -> None:
        self.line = line
        self._at: dict[int, list[tuple[QRectF, QPolygonF]]] = {}
        self._gaps = [] if line.planned else between(line.pieces)

    def seen(self, frame: MapFrame, area: QRectF) -> list[QPolygonF]:
        """The stretches that lie in a part of the world's square, in pixels."""
        level = math.ceil(frame.zoom)
        if level not in self._at:
            self._at[level] = [part for piece in self.line.pieces for part in _stretches(piece, level)]
        put = put_of(frame)
        return [put.map(points) for box, points in self._at[level] if box.intersects(area)]

    def gaps(self, frame: MapFrame) -> list[QPolygonF]:
        """What lies between the pieces, in pixels."""
        put = put_of(frame)
        return [put.map(points) for points in self._gaps]


def between(pieces: Iterable[Sequence[Position]]) -> list[QPolygonF]:
    """What lies between the pieces of a track, in the world's square."""
    whole = pairwise([piece for piece in pieces if piece])
    return [QPolygonF([QPointF(*flat(piece[-1])), QPointF(*flat(following[0]))]) for piece, following in whole]


def put_of(frame: MapFrame) -> QTransform:
    """From the world's square to the picture."""
    return QTransform(frame.world, 0, 0, frame.world, -frame.left, -frame.top) * frame.turned


def _stretches(piece: Sequence[Position], level: int) -> list[tuple[QRectF, QPolygonF]]:
    if len(piece) < 2:
        return []
    simple = simplify(piece, OFF_PX * metres_per_tile(piece[0].lat, level) / TILE)
    points = [QPointF(*flat(each)) for each in simple]
    found = []
    for start in range(0, len(points) - 1, STRETCH):
        polygon = QPolygonF(points[start : start + STRETCH + 1])
        # A stretch that runs straight along an axis has no area, and would meet nothing.
        found.append((polygon.boundingRect().adjusted(-1e-7, -1e-7, 1e-7, 1e-7), polygon))
    return found


def _pen(color: QColor, width: float, dashes: Sequence[float] = (), *, plain: bool = False) -> QPen:
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin if plain else Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if plain else Qt.PenCapStyle.RoundCap)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


def paint_ways(
    painter: QPainter, look: Look, frame: MapFrame, ways: Sequence[Way], area: QRectF, *, moving: bool
) -> None:
    """Draw what lies in a part of the world's square: routes dotted, tracks solid, gaps dashed. While the map moves
    edges are not smoothed."""
    for way in ways:
        planned = way.line.planned
        paint_line(painter, look, way.seen(frame, area), planned=planned, moving=moving)
        paint_gaps(painter, look, way.gaps(frame))


def paint_gaps(painter: QPainter, look: Look, gaps: Sequence[QPolygonF]) -> None:
    """Draw what lies between the pieces of a track."""
    painter.setPen(_pen(look.color("track"), 3, (2.5, 2.5)))
    for each in gaps:
        painter.drawPolyline(each)


def paint_line(
    painter: QPainter, look: Look, stretches: Sequence[QPolygonF], *, planned: bool = False, moving: bool = False
) -> None:
    """Draw stretches of one way over their halo."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not moving)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    color = look.color("route" if planned else "track")
    passes = [_pen(look.color("halo"), 8)] if not moving else []
    passes.append(_pen(color, 5, (0.1, 1.9)) if planned else _pen(color, 5, plain=moving))
    for pen in passes:
        painter.setPen(pen)
        for each in stretches:
            painter.drawPolyline(each)


def scale_of(frame: MapFrame, most: float) -> tuple[float, float]:
    """A round length in metres and its width in pixels, at most `most`."""
    per_pixel = frame.metres_per_pixel
    longest = max(1e-6, most * per_pixel)
    power = math.pow(10, math.floor(math.log10(longest)))
    length = next(k * power for k in (5, 2, 1) if k * power <= longest)
    return length, length / per_pixel


@dataclass(frozen=True)
class Plate:
    """Scale and attribution at the bottom left: where the plate lies, how wide the scale is and what it says."""

    box: QRect
    words: QRect
    wide: float
    label: str

    @staticmethod
    def of(look: Look, frame: MapFrame, attribution: str, lifted: int = 0) -> "Plate":
        """The plate of a map, `lifted` over its lower edge."""
        metrics, small = QFontMetrics(look.font("meta")), QFontMetrics(_credit_font(look))
        length, wide = scale_of(frame, min(140.0 * look.scale, frame.width / 3))
        room = max(80, frame.width - 44)
        words = small.boundingRect(0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), attribution)
        label = metres(length)
        width = max(words.width(), round(wide) + 12 + metrics.horizontalAdvance(label)) + 20
        height = metrics.height() + (words.height() if attribution else 0) + 12
        box = QRect(8, frame.height - height - 8 - lifted, width, height)
        under = QRect(box.left() + 10, box.top() + 6 + metrics.height(), words.width() + 2, words.height())
        return Plate(box, under, wide, label)

    def paint(self, painter: QPainter, look: Look, attribution: str) -> None:
        """Draw it."""
        painter.setFont(look.font("meta"))
        paint_box(painter, self.box, look.color("surface"), look.color("hair"), radius=CHIP_RADIUS, width=1)
        left, bottom = self.words.left(), self.words.top() - 5
        painter.setPen(QPen(look.color("text"), 2))
        ends = ((left, bottom - 7), (left, bottom), (left + self.wide, bottom), (left + self.wide, bottom - 7))
        painter.drawPolyline([QPointF(x, y) for x, y in ends])
        painter.drawText(QPointF(left + self.wide + 8, bottom), self.label)
        painter.setFont(_credit_font(look))
        painter.drawText(self.words, int(Qt.TextFlag.TextWordWrap), attribution)


def _credit_font(look: Look) -> QFont:
    """Whose map it is stands on the page of licences too: with large text it takes no more of the map than this."""
    font = look.font("meta")
    font.setPixelSize(round(font.pixelSize() * min(1.0, CREDIT_SCALE / look.scale)))
    return font


def paint_focus(painter: QPainter, look: Look, frame: MapFrame) -> None:
    """The ring round a map that has the focus."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.color("focus"), 3))
    painter.drawRect(QRectF(1.5, 1.5, frame.width - 3, frame.height - 3))


def paint_north(painter: QPainter, look: Look, frame: MapFrame) -> None:
    """Where north is, in the corner of a map that is turned where no buttons are."""
    side = look.icon_px(36)
    box = QRectF(frame.width - 12 - side if look.left_handed else 12, 12, side, side)
    paint_box(painter, box, look.color("surface"), look.color("line"), radius=side / 2, width=1.5)
    painter.save()
    painter.translate(box.center())
    painter.rotate(-frame.turn)
    inner = side * 0.36
    paint_icon(painter, look, QRectF(-inner, -inner, 2 * inner, 2 * inner), "navigation", look.color("lampInk"))
    painter.restore()
