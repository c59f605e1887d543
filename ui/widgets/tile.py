"""Large buttons on the ground of a card: tiles, with the icon over the word, and rows, with a mark at the right."""

from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent

from app.domain.values import Severity
from ui.widgets.button import EDGE, PADDING, Button, Inks
from ui.widgets.look import Look
from ui.widgets.paint import paint_box, paint_icon, paint_severity

SMALLEST_ICON = 24
NARROW_PADDING = 7
LOW = 72
AROUND = 22
"""Room over and under what a tile shows; it grows with the words, as the room beside them does, but not in a row."""


class Tile(Button):
    """Icon over word. The icon gives way where there is little height. A chosen one has an edge all round."""

    def __init__(
        self, look: Look, text: str, icon: str = "", *, over: bool = True, icon_size: int = 52, least: int = 96,
        name: str = "", detail: str = "", kind: str = "plain", severity: Severity | None = None, left: bool = False,
        smallest_icon: int = SMALLEST_ICON,
    ) -> None:  # fmt: skip
        super().__init__(
            look, text, icon, over=over, lamp=kind == "plain", icon_size=icon_size, least=least, name=name,
            detail=detail, kind=kind, severity=severity, left=left,
        )  # fmt: skip
        self.twice = False
        self._narrow = round(NARROW_PADDING * look.scale)
        self._padding = self._narrow if over else PADDING
        self._tall = self._least
        self._full, self._smallest = self._icon, min(self._icon, look.icon_px(smallest_icon))

    def turn(self, *, over: bool) -> None:
        """The icon over the words, or before them in a lower row."""
        self.over, self.left = over, not over
        self._padding = self._narrow if over else PADDING
        self._least = self._tall if over else min(self._tall, max(self.look.target, LOW))
        self.setMinimumHeight(self._least)

    def _inks(self) -> Inks:
        return on_card(self, super()._inks())

    def _over_under(self) -> int:
        return self.look.icon_px(AROUND) if self.over else AROUND

    def heightForWidth(self, width: int) -> int:
        """High enough for the words and the smallest icon."""
        icon = self._smallest if self._has_icon() else 0
        words = self._text_height(width)
        inside = words + icon + 6 if self.over and icon else max(words, icon)
        return max(self._least, inside + self._over_under())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large an icon as there is room for."""
        super().resizeEvent(event)
        room = self.height() - self._over_under() - (self._text_height(self.width()) + 6 if self.over else 0)
        self._icon = max(self._smallest, min(self._full, room))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        super().paintEvent(event)
        if self.isChecked():
            paint_box(QPainter(self), self.rect(), None, self.look.color("primary"), width=EDGE)


class MarkedRow(Button):
    """A row of words, with the mark of a severity at the right and a sign that it leads on."""

    def __init__(
        self, look: Look, text: str, icon: str = "", *, mark: Severity | None = None, name: str = "", detail: str = "",
        least: int = 86,
    ) -> None:  # fmt: skip
        super().__init__(look, text, icon, lamp=True, left=True, name=name, detail=detail, least=least, icon_size=28)
        self.mark, self.twice = mark, False

    def say(self, detail: str) -> None:
        """Other words under the first."""
        if detail != self.detail:
            self.detail = detail
            self.setAccessibleName(f"{self.text()}, {detail}")
            self.updateGeometry()
            self.update()

    def _inks(self) -> Inks:
        return on_card(self, super()._inks())

    def _mark_side(self) -> int:
        return self.look.icon_px(32)

    def _beside(self) -> int:
        icon = self._icon + 14 if self._has_icon() else 0
        return 2 * PADDING + 6 + icon + self._mark_side() + 16 + self._icon

    def _paint_beside(self, painter: QPainter, ink: Inks, icon_ink: QColor) -> None:
        x, middle = PADDING + 6, self.height() // 2
        if self._has_icon():
            self._draw_icon(painter, QRect(x, middle - self._icon // 2, self._icon, self._icon), icon_ink)
            x += self._icon + 14
        words = QRect(x, 0, self.width() - self._beside() + 2, self.height())
        self._draw_words(painter, words, Qt.AlignmentFlag.AlignLeft, ink)
        end = QRect(self.width() - PADDING - self._icon, middle - self._icon // 2, self._icon, self._icon)
        paint_icon(painter, self.look, end, "check" if self.isChecked() else "chevron-right", ink.text)
        if self.mark is not None:
            side = self._mark_side()
            box = QRect(end.left() - 12 - side, middle - side // 2, side, side)
            paint_severity(painter, self.look, box, self.mark)


def on_card(button: Button, ink: Inks) -> Inks:
    """The colours of a button that is a card of its own."""
    if button.isDown() or button.isChecked():
        return ink
    return replace(ink, fill=button.look.color("surface"))
