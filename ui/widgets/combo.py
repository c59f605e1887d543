"""A list that opens."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QListView

from ui.widgets.look import Look
from ui.widgets.paint import paint_icon


class Combo(QComboBox):
    """A list that opens, with a sign that it does."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setFont(look.font("body"))
        self.setMinimumHeight(look.target)
        self.setView(QListView())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        super().paintEvent(event)
        side = self.look.icon_px(24)
        box = QRect(self.width() - side - 12, (self.height() - side) // 2, side, side)
        paint_icon(QPainter(self), self.look, box, "chevron-down", self.look.color("text"))
