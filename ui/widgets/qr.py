"""A QR code, black on white in every theme but at night, where it is black on red: a camera must read it."""

from io import BytesIO

import segno
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from ui.widgets.look import Look

QUIET = 4
"""Modules left free round it, as the standard asks."""


class QrCode(QLabel):
    """A text as a QR code. `name` says what it is for, and what it says is written beside it, too."""

    def __init__(self, look: Look, text: str, name: str, side: int = 220) -> None:
        super().__init__()
        self._look = look
        self.show_text(text, side)
        self.setAccessibleName(name)

    def show_text(self, text: str, side: int) -> None:
        """Another text, so large at the most (before the scale of the words)."""
        code, picture = segno.make(text, error="m", micro=False), BytesIO()
        # Whole pixels to a module: a scaled code is blurred at the edges that a camera looks for.
        module = max(3, self._look.icon_px(side) // code.symbol_size(border=QUIET)[0])
        light = self._look.color("text").name() if self._look.theme == "red" else "white"
        code.save(picture, kind="png", scale=module, border=QUIET, light=light)
        pixmap = QPixmap()
        pixmap.loadFromData(picture.getvalue())
        self.setPixmap(pixmap)
        if self.size() != pixmap.size():
            self.setFixedSize(pixmap.size())
