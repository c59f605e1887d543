"""A field for words to look for."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QStyle, QStyleOptionFrame

from ui.widgets.edits import Line
from ui.widgets.look import Look

CURSOR, USUAL = 6, 200
"""Pixels that the cursor keeps clear in all; how wide it is where nothing else decides (× text scale)."""


class SearchField(Line):
    """Never narrower than what stands in it while it is empty."""

    def __init__(self, look: Look, hint: str, name: str, words: str = "") -> None:
        super().__init__(look, words)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """A few words more, where there is room."""
        least = self.minimumSizeHint()
        return QSize(max(least.width(), round(USUAL * self._look.scale)), least.height())

    def minimumSizeHint(self) -> QSize:
        """As wide as its hint."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        option.rect = QRect(0, 0, 1000, 100)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).width()
        wide = self.fontMetrics().horizontalAdvance(self.placeholderText()) + CURSOR + 1000 - inner
        return QSize(wide, super().minimumSizeHint().height())
