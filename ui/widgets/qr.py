"""A QR code, black on white whatever the theme: a camera must read it."""

import segno
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.look import Look

QUIET = 4
"""Modules left free round it, as the standard asks."""


class QrCode(QWidget):
    """A text as a QR code. `name` says what it is for, and what it says is written beside it, too."""

    def __init__(self, look: Look, text: str, name: str, side: int = 220) -> None:
        super().__init__()
        self._rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
        self.text = text
        self.setAccessibleName(name)
        whole = look.icon_px(side)
        modules = len(self._rows) + 2 * QUIET
        self._module = max(3, whole // modules)
        self.setFixedSize(self._module * modules, self._module * modules)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in whole pixels."""
        painter, side = QPainter(self), self._module
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRect((x + QUIET) * side, (y + QUIET) * side, side, side), Qt.GlobalColor.black)
