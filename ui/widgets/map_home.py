"""The way back to the walk, where a map shows nothing of it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from app.base.words import _
from app.domain.values import Position
from ui.widgets.button import Button
from ui.widgets.look import Look
from ui.widgets.map_model import MarkKind
from ui.widgets.map_picture import MapPicture
from ui.widgets.walk_marks import seen_at_first

STILL_MS = 140
"""So long nothing of the walk has been in sight."""
EDGE = 12
"""So many pixels at least are left beside it."""


def shows(map_: MapPicture, positions: Sequence[Position]) -> bool:
    """Whether all of these are seen on a map, covered by nothing."""
    free = map_.free
    return all(free.contains(map_.point_of(each)) for each in positions)


def shows_nothing(map_: MapPicture) -> bool:
    """Whether there is something on a map, and neither that nor where this device is lies in what is seen of it."""
    lies = any(each.kind != MarkKind.PRESSED for each in map_.marks) or bool(map_.lines)
    free, stroker = map_.free, QPainterPathStroker()
    places = (*(each.position for each in map_.marks), *filter(None, [map_.here]))
    if not lies or any(free.contains(map_.point_of(each)) for each in places):
        return False
    for line in map_.seen_ways:
        path = QPainterPath()
        path.addPolygon(line)
        if stroker.createStroke(path).intersects(free):
            return False
    return True


class WayHome(Button):
    """A button in the middle of a map that shows nothing of the walk. Pressed, the map shows all of it. It is not there
    where a map is so small that it would lie over what is pressed, `taken`."""

    def __init__(self, look: Look, map_: MapPicture) -> None:
        super().__init__(look, _("Visa hela vandringen"), "arrow-expand-all", detail=_("Här syns inget av den."))
        self._map, self.taken = map_, list[QRect]()
        self.lifted = 0
        """So many pixels of the map's bottom are covered for a while."""
        self.setParent(map_.parentWidget())
        self.hide()
        self.clicked.connect(lambda _on: self._lead())
        # Not while the map is moved past, nor before a page that is opened has fitted the walk in.
        self._still = QTimer(self, singleShot=True, interval=STILL_MS)
        self._still.timeout.connect(self.show_now)
        map_.changed.connect(self._look)

    @property
    def in_sight(self) -> QRect:
        """What of the map nothing covers for a while."""
        return self._map.rect().adjusted(0, 0, 0, -self.lifted)

    def _look(self) -> None:
        self._still.start()
        if self.isVisible():
            self.show_now()

    def show_now(self) -> None:
        """Show it where it is needed, in the middle of what nothing covers."""
        on = shows_nothing(self._map)
        if on:
            self.setGeometry(box := self._box())
            self.raise_()
            on = self.in_sight.contains(box) and not any(box.intersects(each) for each in self.taken)
        over = QRectF(self.geometry()) if on else QRectF()
        if over != self._map.over:
            self._map.over = over
            self._map.update()
        if self.isHidden() == on:
            self.setVisible(on)

    def _box(self) -> QRect:
        free = self._map.free
        wide = min(self.sizeHint().width(), round(free.width()) - 2 * EDGE)
        high = self.heightForWidth(wide)
        return QRect(round(free.center().x()) - wide // 2, max(EDGE, round(free.center().y()) - high // 2), wide, high)

    def _lead(self) -> None:
        map_ = self._map
        map_.setFocus(Qt.FocusReason.OtherFocusReason)
        map_.fit(seen_at_first(map_.marks, map_.lines))
