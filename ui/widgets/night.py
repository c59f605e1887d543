"""The picture on the first page: a street at night under a lamp."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPolygonF,
    QRadialGradient,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.look import Look
from ui.widgets.paint import RADIUS
from ui.widgets.text import Label

HERO_RADIUS = 14
HOUSES = (
    (0.36, 0.10, 0.42, ((0.2, 0.33), (0.55, 0.33))),
    (0.47, 0.08, 0.55, ((0.25, 0.3), (0.62, 0.6))),
    (0.58, 0.10, 0.36, ((0.25, 0.38),)),
)
"""Each house: its left edge and its width as shares of the picture's width, its height as a share of the air over the
ground, and its lit windows as shares of the house."""

LEAST_LIT = 60
"""A house lower than this shows only its roof."""


def reach_of(width: int) -> float:
    """How far the light of the lamp reaches to each side, in a picture of a width."""
    return min(width * 0.17, 210.0)


class Night(QWidget):
    """A street at night under a lamp: the ground for the next walk and its one next step. The houses keep under the
    words, and no window is lit behind a button."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        path_sky = QLinearGradient(0, 0, 0, box.height())
        dark = QColor(self.look.color("ownLine") if self.look.theme == "light" else self.look.color("sunken"))
        path_sky.setColorAt(0, dark.darker(118))
        path_sky.setColorAt(1, dark.lighter(112))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(path_sky)
        painter.drawRoundedRect(box, HERO_RADIUS, HERO_RADIUS)
        shape = QPainterPath()
        shape.addRoundedRect(box, HERO_RADIUS, HERO_RADIUS)
        painter.setClipPath(shape)
        self._street(painter, dark)
        self._lamp(painter)

    def houses(self) -> list[tuple[QRectF, list[QRectF]]]:
        """The houses and their lit windows, where nothing stands before them."""
        width, ground = self.width(), self.height() - 42
        said = [*self.findChildren(Label), *self.findChildren(Chip)]
        words = max((each.geometry().bottom() for each in said), default=0)
        buttons = [QRectF(each.geometry()).adjusted(-4, -4, 4, 4) for each in self.findChildren(Button)]
        found = []
        for left, wide, share, lit in HOUSES:
            high = min(share * ground, ground - words - 12.0)
            house = QRectF(left * width, ground - high, wide * width, max(0.0, high))
            windows = [QRectF(house.left() + x * house.width(), house.top() + y * high, 9, 13) for x, y in lit]
            seen = [each for each in windows if high >= LEAST_LIT and not any(each.intersects(b) for b in buttons)]
            found.append((house, seen))
        return found

    def _street(self, painter: QPainter, dark: QColor) -> None:
        ground = self.height() - 42
        wall, window = QColor(dark).lighter(128), QColor(self.look.color("lamp"))
        window.setAlpha(150)
        for house, windows in self.houses():
            painter.fillRect(house, wall)
            for each in windows:
                painter.fillRect(each, window)
        painter.fillRect(QRectF(0, ground, self.width(), self.height() - ground), dark.darker(135))

    def _lamp(self, painter: QPainter) -> None:
        width, ground = self.width(), float(self.height() - 26)
        reach = reach_of(width)
        head = QPointF(width - reach * 1.05, 60.0)
        light = QRadialGradient(head, ground * 1.1)
        glow = QColor(self.look.color("lamp"))
        for at, alpha in ((0.0, 190), (0.55, 90), (1.0, 18)):
            glow.setAlpha(alpha)
            light.setColorAt(at, QColor(glow))
        painter.setBrush(light)
        painter.drawPolygon(
            QPolygonF([head + QPointF(-14, 8), head + QPointF(14, 8), QPointF(head.x() + reach, ground),
                       QPointF(head.x() - reach * 1.25, ground)])
        )  # fmt: skip
        glow.setAlpha(70)
        painter.setBrush(glow)
        painter.drawEllipse(QRectF(head.x() - reach * 1.25, ground - 15, reach * 2.25, 30))
        post = self.look.color("ownLine").darker(150)
        painter.setBrush(post)
        painter.drawRoundedRect(QRectF(head.x() + 78, 40, 7, ground - 40), 3, 3)
        painter.drawRoundedRect(QRectF(head.x() - 6, 40, 90, 7), 3, 3)
        painter.drawRoundedRect(QRectF(head.x() - 22, 46, 44, 12), RADIUS / 2, RADIUS / 2)
        painter.fillRect(QRectF(head.x() - 18, 57, 36, 4), self.look.color("lamp"))
