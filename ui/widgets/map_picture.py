"""What a map shows and where it is: ground, ways, marks. Without hands."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.live import Trail
from app.domain.values import Position
from ui.bridge.tiles import Tiles
from ui.widgets.look import Look
from ui.widgets.map_frame import TILE, MapFrame, flat
from ui.widgets.map_letters import lettered, paint_letters
from ui.widgets.map_model import MapLine, Mark, MarkKind, without
from ui.widgets.map_own import TRACK_PX, LiveWay, Own, OwnMark, around
from ui.widgets.map_paint import Ground, Plate, Way, paint_focus, paint_north, paint_ways
from ui.widgets.map_spots import CROWDED, FEW, Placed, Spot, Spots, gathered, placed, thinned
from ui.widgets.map_sprites import HALO, MARGIN, Sprites, size_of, sprite_of
from ui.widgets.map_words import paint_words

NEAREST, FURTHEST = 19.0, 3.0
SENSIBLE = 17.0
"""The zoom at which one place fills the map."""
AT_FIRST = 15.0
SETTLES_MS = 140
"""So long after the last movement edges are smoothed again."""
REACHES = 80.0
"""Spots so far outside still reach into the picture."""
COVERED = 0.4
"""Where buttons or the plate take more of the width or the height, what lies under them is part of the picture."""
CLEAR = 60.0
"""A mark that was chosen is at least so far from the edge."""


class MapPicture(QWidget):
    """A map that is looked at. Nothing is painted while nothing happens. `settled`: it lies still after a movement;
    `changed`: another part is seen, or other things. `around` tells in words where one is and where one goes, for who
    cannot see it; `over` is where a button lies over what it says of itself."""

    settled = Signal()
    changed = Signal()
    draws_own_focus = True

    def __init__(self, look: Look, tiles: Tiles, name: str) -> None:
        super().__init__()
        self.look, self.tiles = look, tiles
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.marks: tuple[Mark, ...] = ()
        self.lines: tuple[MapLine, ...] = ()
        self.frame = MapFrame(*flat(tiles.start), AT_FIRST, self.width(), self.height(), self.devicePixelRatioF())
        self._lifted, self._sides, self.over = 0, (0, 0), QRectF()
        self.shows_focus = False
        self.around: Callable[[], str] = str
        self._placed: list[Placed] = []
        self._ways: list[Way] = []
        self._letters: list[tuple[QPointF, str]] = []
        self._spots: Spots | None = None
        self._apart = Spots(1.0)
        self._crowd: Spots | None = None
        self._spots_zoom = math.nan
        self._ground = Ground(look, tiles)
        self._sprites = Sprites(look, self.frame.ratio)
        self._current, self._fit, self._is_put = "", tuple[Position, ...](), True
        self._carried: tuple[Mark, QPointF] | None = None
        self._own_mark, self._own, self._live = OwnMark(look), list[Own](), LiveWay(Trail())
        self._drawn: dict[int, tuple[QPixmap, QPointF]] = {}
        self._settle = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._settle.timeout.connect(self._settled)
        tiles.arrived.connect(self.update)

    # What is shown

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks instead of those before."""
        if tuple(marks) != self.marks:
            self.marks = tuple(marks)
            self._placed = placed(self.marks)
            self._spots = None
            self.update()
            self.changed.emit()

    def show_lines(self, lines: Sequence[MapLine], growing: str = "") -> None:
        """Show these ways instead of those before. A track that is `growing` stays as it was first shown: what comes to
        it is shown as it comes, see `show_trail`. Else all of the map were painted anew whenever some of it is kept."""
        before = {each.key: each for each in self.lines if growing}
        now = tuple(before.get(each.key, each) if each.key == growing else each for each in lines)
        if growing not in before:
            self._live.go_on_from(now, growing)
        if now == self.lines:
            return
        if without(growing, now) != without(growing, self.lines):
            self.update()
        self.lines = now
        self._ways = [Way(each) for each in self.lines]
        self._letters = lettered(self.lines)
        self.changed.emit()

    def show_own(self, own: Own | None) -> None:
        """Show where this device is; None: it is not known. No more is painted anew than where it was and is."""
        now = [own] if own else []
        if now != self._own:
            boxes = [self._own_mark.box(self.frame, each) for each in (*self._own, *now)]
            self._own = now
            for box in boxes:
                self.update(box)
            self.changed.emit()

    def show_trail(self, trail: Trail, growing: str = "") -> None:
        """Show the way this device walks, as far as it has come, which is that of the track that is `growing`."""
        if trail is not self._live.trail:
            self._live = LiveWay(trail, self.lines, growing)
            self.update()
        area = self._live.follow()
        if not area.isNull():
            self.update(around(self.frame, area))

    def choose(self, key: str, *, still: bool = False) -> None:
        """Mark a mark as the one one is at, and see to it that it is seen, or lie `still`; "" is none."""
        if key == self._current:
            return
        self._current = key
        self._drawn.clear()
        mark = self.mark(key)
        if mark is not None:
            self._fit = ()
            if not still:
                self._bring_in(self.point_of(mark.position))
        self.update()

    def lift(self, height: int) -> None:
        """So much of the bottom is covered for a while: scale and attribution lie above it. The map lies still, so that
        no mark moves away under a finger."""
        if height != self._lifted:
            self._lifted = height
            self.update()

    @property
    def _credit(self) -> str:
        told = self._ground.attribution(self.frame), self._ground.legend(self.frame)
        return "\n".join(filter(None, told))

    @property
    def _plate(self) -> Plate:
        return Plate.of(self.look, self.frame, self._credit, self._lifted)

    @property
    def plate_height(self) -> int:
        """From the lower edge up to the top of the plate with scale and attribution; nothing may lie on it."""
        return self.height() - self._plate.box.top()

    @property
    def foot(self) -> int:
        """The same where nothing lifts the plate."""
        return self.plate_height - self._lifted

    @property
    def current(self) -> str:
        """The key of the mark one is at."""
        return self._current

    def mark(self, key: str) -> Mark | None:
        """The mark of a key."""
        return next((each for each in self.marks if each.key == key), None)

    @property
    def here(self) -> Position | None:
        """Where this device is; None where that is not known, or not any longer."""
        return next((each.position for each in self._own if not each.stale), None)

    @property
    def seen_ways(self) -> list[QPolygonF]:
        """The stretches of all ways that may lie in the picture, in pixels."""
        frame, area = self.frame, self.frame.seen
        return [*(each for way in self._ways for each in way.seen(frame, area)), *self._live.seen(frame, area)]

    # Where it is

    def fit(self, positions: Sequence[Position]) -> None:
        """Show all of these, and go on to do so when the size changes, until somebody moves the map."""
        self._fit = tuple(positions)
        if self._fit:
            self._show(first := self._fitting(self._fit, SENSIBLE))
            # Where the map then lies its plate may say more; what is nearer than this would lie under that.
            if (again := self._fitting(self._fit, SENSIBLE)).zoom <= first.zoom:
                self._show(again)

    def go_to(self, position: Position, zoom: float | None = None) -> None:
        """Show a position in the middle."""
        x, y = flat(position)
        self._fit, self._is_put = (), True
        self._show(replace(self.frame, x=x, y=y, zoom=self._allowed(self.frame.zoom if zoom is None else zoom)))

    def turn_to(self, degrees: float) -> None:
        """This direction, in degrees from north, is up."""
        self._show(replace(self.frame, turn=degrees % 360))

    def show_also(self, position: Position) -> None:
        """Move no more than is needed to see a position."""
        self._bring_in(self.point_of(position))

    def position_at(self, point: QPointF) -> Position:
        """The position that is seen at a point."""
        return self.frame.position_at(point)

    def point_of(self, position: Position) -> QPointF:
        """Where a position is seen."""
        return self.frame.point_of(position)

    def _fitting(self, positions: Sequence[Position], most: float) -> MapFrame:
        edge = size_of(self.look, MarkKind.STOP) / 2 + MARGIN
        return self.frame.fitted(positions, self.free.adjusted(edge, edge, -edge, -edge), (FURTHEST, most))

    def keep_clear(self, left: int, right: int, *, fits: bool) -> None:
        """Buttons cover so many pixels at the sides: what is fitted in lies beside them, at once where it `fits`."""
        if (left, right) != self._sides:
            self._sides = left, right
            if fits:
                self.fit(self._fit)

    @property
    def free(self) -> QRectF:
        """What nothing covers; of what would be covered by more than a part of the map, all."""
        left, right = self._sides if sum(self._sides) <= COVERED * self.width() else (0, 0)
        below = self.foot if self.foot <= COVERED * self.height() else 0
        return QRectF(self.rect()).adjusted(left, 0, -right, -below)

    @property
    def _closest(self) -> float:
        return max(NEAREST, self.tiles.deepest + 1.0)

    def _allowed(self, zoom: float) -> float:
        return max(FURTHEST, min(self._closest, zoom))

    def _show(self, frame: MapFrame) -> None:
        if frame != self.frame:
            self.frame = frame
            self._settle.start()
            self.update()
            self.changed.emit()

    def _settled(self) -> None:
        # What was put in the middle before it had its room is in the middle of that.
        self._is_put = self._is_put and not self.isVisible()
        self.update()
        self.settled.emit()

    @property
    def is_fitted(self) -> bool:
        """Whether it still shows what it was fitted to."""
        return bool(self._fit)

    def _bring_in(self, point: QPointF) -> None:
        free = self.free
        free.setBottom(max(free.center().y(), free.bottom() - self._lifted))
        edge = min(CLEAR, free.width() / 2, free.height() / 2)
        inside = free.adjusted(edge, edge, -edge, -edge)
        right = min(0.0, inside.right() - point.x()) + max(0.0, inside.left() - point.x())
        down = min(0.0, inside.bottom() - point.y()) + max(0.0, inside.top() - point.y())
        if right or down:
            self._fit = ()
            self._show(self.frame.moved(right, down))

    # What is where

    def _all_spots(self) -> Spots:
        """The spots. While the map moves those of the zoom before do."""
        if self._spots is not None and self._settle.isActive():
            return self._spots
        zoom = round(self.frame.zoom * 2) / 2
        if self._spots is None or zoom != self._spots_zoom:
            self._spots_zoom, self._crowd = zoom, None
            self._drawn.clear()
            self._apart = self._gathered(self._near)
        self._spots = self._apart
        if self._is_crowd(self._apart):
            self._spots = self._crowd = self._crowd or self._gathered(CROWDED * self._near)
        return self._spots

    @property
    def _near(self) -> float:
        """Marks nearer than this would lie on each other."""
        return size_of(self.look, MarkKind.OBSERVATION) + 4.0

    def _gathered(self, near: float) -> Spots:
        mark, stop = (size_of(self.look, kind) for kind in (MarkKind.OBSERVATION, MarkKind.STOP))
        beside = 1.22 * (mark + stop) / 2 + 2
        return gathered(self._placed, TILE * math.pow(2.0, self._spots_zoom), near, beside)

    def _is_crowd(self, spots: Spots) -> bool:
        """Whether there are so many in the picture that they hide the map."""
        room = self.width() * self.height() / (CROWDED * self._near) ** 2
        return len(spots.seen(self.frame.seen, 0)) > max(FEW, room)

    def _thinned(self, spots: list[Spot]) -> list[Spot]:
        few = self.frame.zoom > self._spots_zoom - 0.5 or len(spots) <= FEW
        return spots if few else thinned(spots, self.frame.world, self._near)

    def _seen_spots(self) -> list[Spot]:
        return self._all_spots().seen(self.frame.seen, REACHES)

    def _spot_at(self, point: QPointF) -> Spot | None:
        best: tuple[float, Spot] | None = None
        for spot in self._seen_spots():
            away = self._away(spot, point)
            if away <= self.look.target / 2 and (best is None or away <= best[0]):
                best = (away, spot)
        return best[1] if best else None

    def _away(self, spot: Spot, point: QPointF) -> float:
        off = spot.point(self.frame) - point
        return math.hypot(off.x(), off.y())

    def nearest(self, point: QPointF) -> str | None:
        """The key of the mark within a finger's reach of a point, or None."""
        spot = self._spot_at(point)
        return spot.top.key if spot else None

    def together(self, key: str) -> list[str]:
        """The keys of all marks that are drawn as one with this one."""
        spot = self._all_spots().of(key)
        return [each.key for each in spot.marks] if spot else []

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part of it that is to be drawn."""
        painter, look, frame = QPainter(self), self.look, self.frame
        moving, part = self._settle.isActive(), QRectF(event.rect())
        area = frame.part(part.adjusted(-TRACK_PX, -TRACK_PX, TRACK_PX, TRACK_PX))
        self._ground.paint(painter, frame, part, moving=moving)
        paint_ways(painter, look, frame, self._ways, area, moving=moving)
        self._live.paint(painter, look, frame, area, moving=moving)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_letters(painter, look, frame, self._letters, part)
        if words := self._ground.told(frame):
            paint_words(painter, look, self.free, words, [self._box_of(each) for each in self._seen_spots()], self.over)
        for own in self._own:
            self._own_mark.paint(painter, frame, own, self._covered(own.position))
        self._paint_marks(painter, part)
        if frame.turn:
            paint_north(painter, look, frame)
        self._plate.paint(painter, look, self._credit)
        if self.shows_focus and self.hasFocus():
            paint_focus(painter, look, frame)

    def _box_of(self, spot: Spot) -> QRectF:
        """Where a spot is drawn, with its halo."""
        half = self._drawn_as(spot)[1].x() - MARGIN + HALO
        return QRectF(spot.point(self.frame) - QPointF(half, half), QSizeF(2 * half, 2 * half))

    def _covered(self, position: Position) -> float:
        """How far round a position a mark lies over the ground, where it does so least."""
        point, place = self.frame.point_of(position), QRectF(*flat(position), 0, 0)
        # Asked for in each frame: what lies in other squares is not looked at.
        near = [each for each in self._all_spots().seen(place, REACHES) if self._away(each, point) < REACHES]
        return max((self._box_of(each).width() / 2 - self._away(each, point) for each in near), default=0.0)

    def _paint_marks(self, painter: QPainter, part: QRectF) -> None:
        frame, near = self.frame, part.adjusted(-REACHES, -REACHES, REACHES, REACHES)
        carried = self._carried[0].key if self._carried else ""
        for shown in self._thinned(self._seen_spots()):
            spot = shown.without(carried) if carried else shown
            if not spot.marks:
                continue
            if near.contains(at := spot.point(frame)):
                picture, half = self._drawn_as(spot) if spot is shown else self._pictured(spot)
                painter.drawPixmap(at - half, picture)
        if self._carried:
            picture, half = self._sprites.halved(self._sprites.of_mark(self._carried[0]))
            painter.drawPixmap(self._carried[1] - half, picture)

    def _drawn_as(self, spot: Spot) -> tuple[QPixmap, QPointF]:
        """The picture of one of the spots there are, looked up once: hundreds of them are drawn in each frame."""
        found = self._drawn.get(id(spot))
        if found is None:
            found = self._drawn[id(spot)] = self._pictured(spot)
        return found

    def _pictured(self, spot: Spot) -> tuple[QPixmap, QPointF]:
        return self._sprites.halved(self._sprites.of(sprite_of(spot, self._current)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is fitted stays fitted, and what was put in the middle a moment ago is still there; else the top left
        corner stays: no mark moves away from under a finger."""
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        if ratio != self._sprites.ratio:
            self._sprites = Sprites(self.look, ratio)
            self._drawn.clear()
        self._show(self.frame.resized(self.width(), self.height(), ratio, middle=self._is_put))
        if self._fit:
            self.fit(self._fit)
        elif self._current and (mark := self.mark(self._current)):
            self._bring_in(self.point_of(mark.position))
