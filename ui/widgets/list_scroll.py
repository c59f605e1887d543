"""A page that scrolls, with a list in it: only one of the two does."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QScroller, QStackedWidget, QWidget

from ui.widgets.keyed import Index
from ui.widgets.look import Look
from ui.widgets.page import Scroll
from ui.widgets.rows import Row, RowList

LEAST = 192
"""A list that scrolls by itself has at least so many pixels."""
ENSURE = QAbstractItemView.ScrollHint.EnsureVisible


class PageList(RowList):
    """A list that may be as high as all its rows, where the page scrolls instead of it."""

    is_whole = False

    def set_whole(self, *, whole: bool) -> None:
        """As high as all its rows, or scrolling by itself."""
        if whole == self.is_whole:
            return
        self.is_whole = whole
        never, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(never if whole else needed)
        # A finger on it moves the page.
        if whole:
            QScroller.ungrabGesture(self.viewport())
        else:
            QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Where it is whole the wheel is the page's."""
        if self.is_whole:
            event.ignore()
        else:
            super().wheelEvent(event)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows, another height."""
        super().show_rows(rows)
        if self.is_whole:
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        if self.is_whole and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows, or a few of them."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.rows_height(self.viewport().width())) if self.is_whole else hint

    def minimumSizeHint(self) -> QSize:
        """All rows, where the page scrolls."""
        least = super().minimumSizeHint()
        return QSize(least.width(), self.sizeHint().height()) if self.is_whole else least

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = ENSURE) -> None:  # noqa: N802, Qt's name
        """The row that a key comes to is seen, also where the page scrolls."""
        super().scrollTo(index, hint)
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        content = page.widget() if self.is_whole and isinstance(page, QScrollArea) else None
        if isinstance(page, QScrollArea) and content is not None:
            row = self.visualRect(index)
            place = self.viewport().mapTo(content, row.center())
            page.ensureVisible(place.x(), place.y(), 0, row.height() // 2 + 8)


class ListScroll(Scroll):
    """Where what stands around a list leaves it room, the list alone scrolls. Where it does not, the list is as high as
    all its rows, and the page scrolls."""

    def __init__(
        self, look: Look, content: QWidget, lists: Sequence[PageList], several: QStackedWidget | None = None
    ) -> None:
        """`several`: where several lists lie, one of them at a time."""
        self._lists, self._holder, self._least = lists, several or lists[0], LEAST
        super().__init__(look, content)
        if several is not None:
            several.currentChanged.connect(lambda _page: self._settle())

    def _settle(self) -> None:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is not None and layout is not None:
            width = self.viewport().width()
            high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
            here = self._holder.isVisibleTo(content)
            own = max(self._holder.sizeHint().height(), self._holder.minimumHeight()) if here else 0
            if not any(each.is_whole for each in self._lists):
                self._least = max(LEAST, own)
            for each in self._lists:
                # One that is not shown would keep the room of all its rows.
                shown = each.isVisibleTo(content)
                each.set_whole(whole=shown and high - own + self._least > self.viewport().height())
        super()._settle()
