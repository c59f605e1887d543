"""The sign of danger."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.domain.values import Severity
from ui.widgets.look import Look
from ui.widgets.paint import severity_path


class Octagon(QWidget):
    """Drawn as an outline on its own colour."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.set_small(small=False)

    def set_small(self, *, small: bool) -> None:
        """Smaller, where there is little height."""
        side = self.look.icon_px(48 if small else 64)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.look.color("sev4i")
        painter.strokePath(severity_path(QRectF(self.rect()).adjusted(4, 4, -4, -4), Severity.DANGER), QPen(ink, 5))
        font = self.look.font("h1")
        font.setPixelSize(round(self.height() * 0.5))
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(Severity.DANGER.value))
