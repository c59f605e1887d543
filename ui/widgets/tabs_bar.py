"""Destinations as buttons: in a rail, or as tabs at the bottom of a narrow window and of the screens used in the
field."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from ui.widgets.button import Button
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look
from ui.widgets.paint import RADIUS, paint_box, paint_icon
from ui.widgets.text import Surface

TABS, GLOVE_TABS = 72, 84
CLOSER = 18
"""Pixels that destinations over each other are lower where they lie close."""
AIR, LEAST = 8, 0.85
"""Pixels beside each word; how small words may be made for that, of their size."""


class NavButton(Button):
    """A destination: the one where one is has a tick of light at its edge and a ground."""

    def __init__(self, look: Look, text: str, icon: str, *, over: bool, here: bool, close: bool = False) -> None:
        super().__init__(look, text, icon, over=over, kind="quiet", rank="meta" if over else "strong", left=True)
        self._close = close
        self.setCheckable(True)
        self.setChecked(here)
        self.setAutoExclusive(False)

    def nextCheckState(self) -> None:  # noqa: N802, Qt's name
        """Where one is does not change by a press, which may be refused, but by the page that comes."""

    def sizeHint(self) -> QSize:
        """As narrow as it may be."""
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Lower where destinations lie close."""
        return super().heightForWidth(width) - (CLOSER if self._close and self.over else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        here = self.isChecked()
        if here or self.isDown():
            paint_box(painter, self.rect(), self.look.color("selected"))
        elif self.underMouse():
            # An outline alone: with a ground two places would look like where one is.
            paint_box(painter, self.rect(), None, self.look.color("hair"))
        ink = self.look.color("onSelected" if here else "text")
        side = self._icon
        if self.over:
            if here:
                painter.fillRect(QRect(0, 0, self.width(), 4), self.look.color("primary"))
            words = self._text_height(self.width())
            top = (self.height() - words - side - 6) // 2
            box = QRect((self.width() - side) // 2, top, side, side)
            self._draw_icon(painter, box, ink)
            painter.setFont(self.font())
            painter.setPen(ink)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRect(0, top + side + 6, self.width(), words + 4), flags, self.text())
            return
        if here:
            painter.fillRect(QRect(0, RADIUS, 4, self.height() - 2 * RADIUS), self.look.color("primary"))
        paint_icon(painter, self.look, QRect(12, (self.height() - side) // 2, side, side), self.icon_name, ink)
        painter.setFont(self.font())
        painter.setPen(ink)
        words_box = QRect(12 + side + 12, 0, self.width() - side - 28, self.height())
        painter.drawText(words_box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())
        if self.badge:
            self._draw_plate(painter)

    def _draw_plate(self, painter: QPainter) -> None:
        """The number at the far end, where there are words beside the icon."""
        painter.setFont(self.look.font("meta", weight=700))
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(self.badge) + 18, metrics.height() + 4
        plate = QRect(self.width() - width - 10, (self.height() - height) // 2, width, height)
        paint_box(painter, plate, self.look.color("primary"), radius=height / 2)
        painter.setPen(self.look.color("onPrimary"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self.badge)

    def _beside(self) -> int:
        return 2 if self.over else 24 + self._icon + 12


class TabsBar(Surface):
    """Tabs at the bottom of a narrow window: at most five, icon over word."""

    def __init__(
        self,
        look: Look,
        tabs: Sequence[tuple[str, str, str, bool]],
        chosen: Callable[[str], None],
    ) -> None:
        """`tabs`: (page, word, icon, whether one is there)."""
        super().__init__(look, "sunken", edge="top")
        self.buttons: dict[str, NavButton] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for page, word, icon, here in tabs:
            button = NavButton(look, word, icon, over=True, here=here)
            button.setMinimumSize(button.minimumSizeHint().width(), GLOVE_TABS if look.gloves else TABS)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            button.clicked.connect(lambda _on, page=page: chosen(page))
            self.buttons[page] = button
            box.addWidget(button, 1)
        self._look, self._group = look, KeyGroup(list(self.buttons.values()), self)

    @property
    def needed(self) -> int:
        """So wide it is at least, without air beside the words."""
        return sum(each.minimumSizeHint().width() for each in self.buttons.values() if not each.isHidden()) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words would touch each other they are a little smaller."""
        super().resizeEvent(event)
        font = self._look.font("meta")
        metrics = QFontMetricsF(font)
        wide = sum(metrics.horizontalAdvance(each.text()) for each in self.buttons.values())
        room = self.width() - 2 * AIR * len(self.buttons)
        font.setPixelSize(int(font.pixelSize() * max(LEAST, min(1.0, room / max(1.0, wide)))))
        for each in self.buttons.values():
            each.setFont(font)
        widths = {each: each.minimumSizeHint().width() for each in self.buttons.values()}
        air = min(2 * AIR, max(0, self.width() - sum(widths.values())) // len(widths))
        for each, width in widths.items():
            each.setMinimumWidth(width + air)
