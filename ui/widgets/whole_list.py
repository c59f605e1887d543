"""A list that may be as high as all of it, where the page scrolls instead of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QScroller

from ui.widgets.keyed import Index
from ui.widgets.page import Scroll

LEAST = 192
"""A list that scrolls by itself has at least so many pixels."""
ENSURE = QAbstractItemView.ScrollHint.EnsureVisible


class WholeList(QListView):
    """Scrolls by itself unless it `is_whole`. Subclasses say how high all of it is."""

    is_whole = False
    _bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded

    def height_of_all(self, width: int) -> int:
        """How high all of it is at a width."""
        raise NotImplementedError

    def least(self) -> int:
        """So high it is at least where it scrolls by itself."""
        return LEAST

    def set_whole(self, *, whole: bool) -> None:
        """As high as all of it, or scrolling by itself."""
        if whole == self.is_whole:
            return
        self.is_whole = whole
        # A finger on it moves the page.
        if whole:
            self._bar = self.verticalScrollBarPolicy()
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            QScroller.ungrabGesture(self.viewport())
        else:
            self.setVerticalScrollBarPolicy(self._bar)
            QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Where it is whole the wheel is the page's."""
        if self.is_whole:
            event.ignore()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        if self.is_whole and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All of it, or a part."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.height_of_all(self.viewport().width())) if self.is_whole else hint

    def minimumSizeHint(self) -> QSize:
        """All of it, where the page scrolls."""
        least = super().minimumSizeHint()
        return QSize(least.width(), self.sizeHint().height()) if self.is_whole else least

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = ENSURE) -> None:  # noqa: N802, Qt's name
        """What a key comes to is seen, also where the page scrolls. What was current before other things came, of which
        nobody is told anew, moves no page."""
        super().scrollTo(index, hint)
        moves = self.is_whole and not self.signalsBlocked()
        row, page = self.visualRect(index), self.parentWidget() if moves else None
        while page is not None:
            if isinstance(page, Scroll):
                place = self.viewport().mapTo(page.content, row.center())
                page.ensureVisible(place.x(), place.y(), 0, row.height() // 2 + 8)
            page = page.parentWidget()
