"""What Qt lets people type in: one line, or several."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.look import Look

AROUND_LINES = 28
"""Pixels over and under the lines of a text; with fewer Qt shows a scroll bar that scrolls nothing."""


def redden(canvas: QWidget, look: Look, cursor: QRect) -> None:
    """At night leave nothing of a cursor but the red: Qt draws it in the opposite of its ground, which is white there.
    One that is not drawn at the moment is not seen so either."""
    if look.theme == "red":
        painter = QPainter(canvas)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(cursor, QColor(look.color("text").red(), 0, 0))


class Line(QLineEdit):
    """One line."""

    def __init__(self, look: Look, words: str = "") -> None:
        super().__init__(words)
        self._look = look
        self.setFont(look.font("body"))
        self.setMinimumHeight(look.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        super().paintEvent(event)
        # Qt adds some pixels at the sides.
        redden(self, self._look, self.cursorRect().adjusted(4, 0, -4, 0))


class Lines(QPlainTextEdit):
    """Several lines, as high as they are, between a least and a most. The tabulator leaves the field."""

    def __init__(self, look: Look, least: int, most: int) -> None:
        super().__init__()
        self._look = look
        self.setTabChangesFocus(True)
        self.setFont(look.font("body"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        line = self.fontMetrics().lineSpacing()
        self._least, self._most = max(look.target, least * line + AROUND_LINES), most * line + AROUND_LINES
        self.textChanged.connect(self.updateGeometry)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _wanted(self) -> int:
        lines = max(1, round(self.document().size().height()))
        return min(self._most, max(self._least, lines * self.fontMetrics().lineSpacing() + AROUND_LINES))

    def sizeHint(self) -> QSize:
        """As high as its text."""
        return QSize(200, self._wanted())

    def minimumSizeHint(self) -> QSize:
        """Never less than its text, up to the most."""
        return QSize(80, self._wanted())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        super().paintEvent(event)
        redden(self.viewport(), self._look, self.cursorRect())
