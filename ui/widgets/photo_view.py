"""One photo, as large as there is room, that can be looked into: wheel, pinch, keys, double press and drag."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from app.base.words import _
from ui.widgets.look import Look
from ui.widgets.paint import CARD_RADIUS, paint_box, paint_icon

CLOSEST = 4.0
"""One pixel of the picture is at the most so many pixels of the screen."""

STEP, DOUBLE = 1.25, 2.5
SWIPE = 80
"""Drawn so far aside, the whole picture gives way to the next."""

ARROWS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}


class PhotoView(QWidget):
    """Shows a picture. `stepped(±1)`: a swipe over the whole picture asked for the next one or the one before;
    `zoomed()`: another scale."""

    stepped = Signal(int)
    zoomed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.zoom = 1.0
        self._small: QPixmap | None = None
        self._large: QImage | None = None
        self._fitted: QPixmap | None = None
        self._words = ""
        self._middle = QPointF(0.5, 0.5)
        self._drag: QPointF | None = None
        self._begun = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)
        self.grabGesture(Qt.GestureType.PinchGesture)

    # What is shown

    def show_picture(self, picture: QPixmap | None, words: str = "") -> None:
        """Show a picture; None while it is on its way, an empty one where there is none: then `words` say why."""
        self._small, self._words = picture, words
        self._fitted = None
        self.update()

    def show_large(self, picture: QImage | None) -> None:
        """The same picture with more pixels, used where they can be seen; None: there are none."""
        self._large = picture
        self.update()

    def begin_anew(self) -> None:
        """Another photo: all of it is seen."""
        self._large = None
        self.fit()

    def _size(self) -> QSize:
        if self._large is not None:
            return self._large.size()
        return self._small.size() if self._small is not None else QSize()

    @property
    def _whole_scale(self) -> float:
        """Pixels of the screen for one of the picture while all of it is seen; small pictures are not blown up."""
        size = self._size()
        if size.isEmpty():
            return 1.0
        return min(self.width() / size.width(), self.height() / size.height(), 1.0)

    @property
    def closest(self) -> float:
        """The greatest zoom."""
        return max(1.0, CLOSEST / self._whole_scale)

    def box(self) -> QRectF:
        """Where the whole picture lies, also beyond the edges."""
        size, scale = self._size(), self._whole_scale * self.zoom
        wide, high = size.width() * scale, size.height() * scale
        left = (self.width() - wide) / 2 if wide <= self.width() else self.width() / 2 - self._middle.x() * wide
        top = (self.height() - high) / 2 if high <= self.height() else self.height() / 2 - self._middle.y() * high
        return QRectF(left, top, wide, high)

    # Closer and further

    def fit(self) -> None:
        """See all of it."""
        self.zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        self._changed()

    def zoom_by(self, factor: float, still: QPointF | None = None) -> None:
        """Closer or further; what is seen at `still` (default: the middle) stays there."""
        point = still or QPointF(self.rect().center())
        before = self.box()
        if before.isEmpty():
            return
        at = QPointF((point.x() - before.x()) / before.width(), (point.y() - before.y()) / before.height())
        self.zoom = min(self.closest, max(1.0, self.zoom * factor))
        size, scale = self._size(), self._whole_scale * self.zoom
        wide, high = size.width() * scale, size.height() * scale
        self._middle = QPointF(
            at.x() + (self.width() / 2 - point.x()) / wide, at.y() + (self.height() / 2 - point.y()) / high
        )
        self._changed()

    def pan_by(self, right: float, down: float) -> None:
        """Draw the picture along by so many pixels."""
        box = self.box()
        if not box.isEmpty():
            self._middle -= QPointF(right / box.width(), down / box.height())
            self._changed()

    def _changed(self) -> None:
        """Keep the edges of the picture from leaving the edges of the room."""
        size, scale = self._size(), self._whole_scale * self.zoom
        half_x = min(0.5, self.width() / 2 / max(1.0, size.width() * scale))
        half_y = min(0.5, self.height() / 2 / max(1.0, size.height() * scale))
        self._middle = QPointF(
            min(1 - half_x, max(half_x, self._middle.x())), min(1 - half_y, max(half_y, self._middle.y()))
        )
        self.update()
        self.zoomed.emit()

    @property
    def is_whole(self) -> bool:
        """Whether all of it is seen."""
        return self.zoom <= 1.001

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_box(painter, self.rect(), self.look.color("sunken"), radius=CARD_RADIUS)
        if self._small is None:
            return
        if self._small.isNull() and self._large is None:
            self._paint_words(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = self.box()
        if self.is_whole and self._large is None:
            painter.drawPixmap(box.topLeft(), self._whole(box))
        elif self._large is not None and (self._small.isNull() or box.width() > self._small.width()):
            self._paint_part(painter, box)
        else:
            painter.drawPixmap(box, self._small, QRectF(self._small.rect()))

    def _whole(self, box: QRectF) -> QPixmap:
        """The picture scaled once, smoothly."""
        assert self._small is not None
        ratio = self.devicePixelRatioF()
        size = QSize(round(box.width() * ratio), round(box.height() * ratio))
        if self._fitted is None or self._fitted.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._fitted = self._small.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._fitted.setDevicePixelRatio(ratio)
        return self._fitted

    def _paint_part(self, painter: QPainter, box: QRectF) -> None:
        """Only what can be seen of the large one."""
        assert self._large is not None
        scale = box.width() / self._large.width()
        seen = box.intersected(QRectF(self.rect()))
        part = QRectF(
            (seen.x() - box.x()) / scale, (seen.y() - box.y()) / scale, seen.width() / scale, seen.height() / scale
        )
        painter.drawImage(seen, self._large, part)

    def _paint_words(self, painter: QPainter) -> None:
        side = self.look.icon_px(56)
        middle = self.rect().center()
        icon = QRect(middle.x() - side // 2, middle.y() - side, side, side)
        paint_icon(painter, self.look, icon, "image-off-outline", self.look.color("text2"))
        painter.setFont(self.look.font("body"))
        painter.setPen(self.look.color("text"))
        words = QRect(16, middle.y() + 10, self.width() - 32, self.height() // 2 - 10)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap), self._words)

    # Hands

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel goes closer to what is under the pointer."""
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom_by(STEP**steps, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom, 0 shows all; arrows move what is seen, or go to the next photo."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in ARROWS and not self.is_whole:
            way = ARROWS[key] * 0.15
            self.pan_by(way.x() * self.width(), way.y() * self.height())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The picture is taken hold of."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = self._begun = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """And drawn along."""
        if self._drag is not None and not self.is_whole:
            moved = event.position() - self._drag
            self._drag = event.position()
            self.pan_by(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A swipe over the whole picture goes to the next one."""
        held, self._drag = self._drag, None
        moved = event.position() - self._begun
        if held is not None and self.is_whole and abs(moved.x()) > max(SWIPE, 2 * abs(moved.y())):
            self.stepped.emit(1 if moved.x() < 0 else -1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Closer to that place, or all of it again."""
        if self.is_whole:
            self.zoom_by(DOUBLE, event.position())
        else:
            self.fit()

    def event(self, event: QEvent) -> bool:
        """Two fingers."""
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._drag = None
                self.zoom_by(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
                event.accept()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self._changed()

    def name_it(self, name: str) -> None:
        """What a screen reader says."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Plus och minus ändrar storleken, piltangenterna går till nästa foto."))
