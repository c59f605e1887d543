"""A page that scrolls, with a list in it: only one of the two does."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ui.widgets.look import Look
from ui.widgets.page import Scroll
from ui.widgets.rows import Row, RowList
from ui.widgets.whole_list import LEAST, WholeList


class PageList(RowList):
    """Rows that may be as high as all of them."""

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows, another height."""
        super().show_rows(rows)
        if self.is_whole:
            self.updateGeometry()


class ListScroll(Scroll):
    """Where what stands around a list leaves it room, the list alone scrolls. Where it does not, the list is as high as
    all its rows, and the page scrolls."""

    def __init__(
        self, look: Look, content: QWidget, lists: Sequence[WholeList], several: QStackedWidget | None = None
    ) -> None:
        """`several`: where several lists lie, one of them at a time."""
        self._lists, self._holder, self._least = lists, several or lists[0], LEAST
        super().__init__(look, content)
        if several is not None:
            several.currentChanged.connect(lambda _page: self._settle())

    def scroll_alone(self, least: int) -> None:
        """Be no higher than there is room, and so high at least, so that what it lies in need not scroll as well."""
        self.alone = least
        self.setMinimumHeight(least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def _settle(self) -> None:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is not None and layout is not None:
            width = self.viewport().width()
            high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
            here = self._holder.isVisibleTo(content)
            own = max(self._holder.sizeHint().height(), self._holder.minimumHeight()) if here else 0
            if not any(each.is_whole for each in self._lists):
                self._least = max(own, *(each.least() for each in self._lists))
            for each in self._lists:
                # One that is not shown would keep the room of all its rows.
                shown = each.isVisibleTo(content)
                tight = self.is_whole or high - own + self._least > self.viewport().height()
                each.set_whole(whole=shown and tight)
        super()._settle()
