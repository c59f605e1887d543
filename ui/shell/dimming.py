"""The screen made darker than the tablet itself can: black lies over the window, and over what opens from it.

A widget over the others costs nothing while nothing is painted, and what is painted under it costs a piece of black of
the same size. A graphics effect on the window would paint all of it anew each time.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFocusFrame, QWidget

from app.settings import Settings
from ui.widgets.dim import dim_of

BRIGHT = frozenset({"acute"})
"""Pages that are never dimmed: danger now."""
HEEDED = frozenset({QEvent.Type.Show, QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.ZOrderChange})


class Shade(QFocusFrame):
    """Black over a window. Of a focus frame Qt itself keeps away presses and the focus, and screen readers are not told
    of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._step = 0
        self.hide()

    def dim(self, step: int) -> None:
        """Cover the window by so many per cent, over everything else in it; 0: not at all."""
        if step != self._step:
            self._step = step
            self.update()
        self.setVisible(step > 0)
        if step:
            self.setGeometry(self.window().rect())
            # What is raised is painted anew, also where it is on top.
            if self._is_under:
                self.raise_()

    @property
    def _is_under(self) -> bool:
        inside = [each for each in self.window().children() if isinstance(each, QWidget) and not each.isWindow()]
        return inside[-1] is not self

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        QPainter(self).fillRect(event.rect(), QColor.fromRgbF(0, 0, 0, self._step / 100))


class Dimming(QObject):
    """Keeps the window, and each list and dialog that opens, as dark as the settings say: `settings()`, `page()`."""

    def __init__(self, window: QWidget, settings: Callable[[], Settings], page: Callable[[], str]) -> None:
        super().__init__(window)
        self._window, self._settings, self._page = window, settings, page
        self._hears = self._covers = False
        self.show_now()

    def show_now(self) -> None:
        """Show what the settings say."""
        self._hear(bool(dim_of(self._settings())))
        app = QApplication.instance()
        for each in app.topLevelWidgets() if isinstance(app, QApplication) else ():
            if each.isVisible() or each is self._window:
                self._cover(each)

    def _hear(self, on: bool) -> None:
        app = QApplication.instance()
        if app is not None and on != self._hears:
            self._hears = on
            (app.installEventFilter if on else app.removeEventFilter)(self)

    def _cover(self, window: QWidget) -> None:
        """What is done here is heard as well."""
        if self._covers:
            return
        step = 0 if self._page() in BRIGHT else dim_of(self._settings())
        self._covers = True
        try:
            found = window.findChild(Shade, "", Qt.FindChildOption.FindDirectChildrenOnly)
            if step or found is not None:
                (found or Shade(window)).dim(step)
        finally:
            self._covers = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt for every event while the screen is dimmed: what opens, grows or comes to lie on top."""
        if event.type() in HEEDED and isinstance(watched, QWidget) and not isinstance(watched, Shade):
            top = watched if watched.isWindow() else watched.parentWidget()
            # What has no parent yet while a page is made is a window only by name.
            if top is not None and top.isWindow() and (top.isVisible() or event.type() == QEvent.Type.Show):
                self._cover(top)
        return super().eventFilter(watched, event)
