"""The ring round what has the focus: 3 px, 2 px outside the control, seen whenever the keyboard is used."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.look import Look
from ui.widgets.paint import RADIUS

RING, GAP = 3, 2
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Lies over `window` and follows its focus. Hidden while a finger or a pointer is used, shown at the next key."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.look = look
        self._around: QWidget | None = None
        self._keys = False
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._settle)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
            # Not for the thousands of events in which a window is built.
            QTimer.singleShot(0, self, lambda: app.installEventFilter(self))

    def leave(self) -> None:
        """Make room for another ring."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._moved)
            app.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = new is not None and self.window().isAncestorOf(new)
        self._around = new if inside and not getattr(new, "draws_own_focus", False) else None
        self._again.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt for every event: keys show the ring, presses hide it, moves take it along."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and not self._keys:
            self._keys = True
            self._again.start()
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin) and self._keys:
            self._keys = False
            self._again.start()
        elif kind in MOVES and self._keys and watched is not self and not self._again.isActive():
            self._again.start()
        return super().eventFilter(watched, event)

    def _visible_part(self, widget: QWidget) -> QRect:
        """What of a widget can be seen through the scroll areas it lies in, in the window's coordinates."""
        window = self.window()
        rect = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-5, -5, 5, 5)
        parent = widget.parentWidget()
        while parent is not None and parent is not window:
            if parent.objectName() == "qt_scrollarea_viewport":
                rect &= QRect(parent.mapTo(window, QPoint(0, 0)), parent.size()).adjusted(-5, -5, 5, 5)
            parent = parent.parentWidget()
        return rect

    def _settle(self) -> None:
        around = self._around
        if around is None or not self._keys or not around.isVisible():
            self.hide()
            return
        rect = self._visible_part(around)
        if rect.isEmpty():
            self.hide()
            return
        self.setGeometry(rect)
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.look.color("focus"), RING))
        inset = RING / 2
        box = self.rect().toRectF().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, RADIUS + GAP, RADIUS + GAP)


@contextmanager
def focus_kept(page: QWidget) -> Iterator[None]:
    """What is made anew within the block gets the focus again where what had it went: it is known by its name."""
    focus: QWidget | None = QApplication.focusWidget()
    name = focus.accessibleName() if focus is not None and page.isAncestorOf(focus) else ""
    yield
    same = (each for each in page.findChildren(QWidget) if name and each.accessibleName() == name)
    again = next((each for each in same if each.isVisibleTo(page)), None)
    if again is not None:
        again.setFocus(Qt.FocusReason.OtherFocusReason)
