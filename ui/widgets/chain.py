"""The chain of lamps: one per link, lit with a tick once the link is thought through, the line lit as far as the first
gap."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from ui.widgets.look import Look
from ui.widgets.paint import paint_icon

LAMP = 28
WIRE = 3


class Chain(QWidget):
    """Links under each other, each beside its lamp."""

    def __init__(self, look: Look, links: Sequence[QWidget]) -> None:
        super().__init__()
        self.look, self.links = look, list(links)
        self._lit = [False] * len(self.links)
        self._side = look.icon_px(LAMP)
        box = QVBoxLayout(self)
        box.setContentsMargins(self._side + 14, 0, 0, 4)
        box.setSpacing(12)
        for each in self.links:
            box.addWidget(each)

    @property
    def lit(self) -> int:
        """How many lamps are lit."""
        return sum(self._lit)

    def show_lit(self, lit: Sequence[bool]) -> None:
        """Light the lamps of the links that are filled."""
        self._lit = list(lit)
        self.setAccessibleName(_("{n} av {total} led är klara").format(n=self.lit, total=len(self.links)))
        self.update()

    def _lamps(self) -> list[QRect]:
        return [QRect(1, each.y(), self._side, self._side) for each in self.links]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the wire, then the lamps over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lamps = self._lamps()
        whole = True
        for place, (above, below) in enumerate(pairwise(lamps)):
            whole = whole and self._lit[place]
            pen = QPen(self.look.color("lampInk" if whole else "line"), WIRE if whole else 2)
            if not whole:
                pen.setDashPattern([2, 3])
            painter.setPen(pen)
            painter.drawLine(above.center().x(), above.bottom() + 1, above.center().x(), below.top() - 1)
        for lamp, lit in zip(lamps, self._lit, strict=True):
            self._lamp(painter, QRectF(lamp), lit)

    def _lamp(self, painter: QPainter, box: QRectF, lit: bool) -> None:
        pen = QPen(self.look.color("lampInk" if lit else "line"), 2)
        if not lit:
            pen.setDashPattern([2.5, 2])
        painter.setPen(pen)
        painter.setBrush(self.look.color("lamp") if lit else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        inner = box.adjusted(5, 5, -5, -5)
        sign, ink = ("check-bold", "ownLine") if lit else ("minus", "text2")
        paint_icon(painter, self.look, inner, sign, self.look.color(ink))
