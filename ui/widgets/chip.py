"""Chips: a state in an icon and a word, on a ground that says the same in colour."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.look import Look, icon_named
from ui.widgets.paint import CHIP_RADIUS, paint_box, paint_icon

GROUNDS = {
    "ok": ("okBg", "ok"),
    "warn": ("warnBg", "warn"),
    "danger": ("dangerBg", "danger"),
    "info": ("infoBg", "info"),
    "plain": ("sunken", "text2"),
}


STEPS = ("saved_here", "copied", "received")
"""The three links of a saved thing, as the tokens call their icons."""

WRAP = Qt.TextFlag.TextWordWrap
MAY_BREAK = "\u200b"


def broken(text: str, metrics: QFontMetrics, room: int) -> str:
    """A text of which a word that is wider than the room, like the name of a folder, may break anywhere; what is
    narrower stays whole."""
    words = text.split(" ")
    return " ".join(each if metrics.horizontalAdvance(each) <= room else MAY_BREAK.join(each) for each in words)


class Chip(QWidget):
    """A word with an icon. Not a stop for the tabulator: it is read with what it stands beside."""

    def __init__(self, look: Look, text: str, icon: str = "", kind: str = "plain") -> None:
        super().__init__()
        self.look, self.text, self.icon, self.kind = look, text, icon, kind
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, icon: str = "", kind: str = "plain") -> None:
        """Another state."""
        self.text, self.icon, self.kind = text, icon, kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        metrics = QFontMetrics(self.look.font("meta", weight=600))
        side = self.look.icon_px(18)
        icon = side + 6 if self.icon else 0
        return QSize(metrics.horizontalAdvance(self.text) + icon + 20, max(metrics.height(), side) + 8)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        ground, ink = (self.look.color(role) for role in GROUNDS[self.kind])
        line = ink if self.look.theme in ("contrast", "red") else None
        paint_box(painter, self.rect(), ground, line, radius=CHIP_RADIUS, width=1.5)
        x = 10
        if self.icon:
            side = self.look.icon_px(18)
            paint_icon(painter, self.look, QRect(x, (self.height() - side) // 2, side, side), self.icon, ink)
            x += side + 6
        painter.setFont(self.look.font("meta", weight=600))
        painter.setPen(ink)
        self._write(painter, QRect(x, 0, self.width() - x, self.height()))

    def _write(self, painter: QPainter, room: QRect) -> None:
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text)


class SaveChain(QWidget):
    """Sparat här → Kopierat till … → Mottaget av …, as far as it has come. A link not reached has a dashed outline.
    `kinds` says of each link which of the three it is, where there may be several of one."""

    def __init__(self, look: Look, links: Sequence[tuple[str, bool]], kinds: Sequence[str] = STEPS) -> None:
        super().__init__()
        self.look, self.links = look, list(links)
        self._kinds = (*kinds, *STEPS[-1:] * len(self.links))
        self.setAccessibleName(", ".join(text for text, reached in self.links if reached))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _places(self, width: int) -> list[tuple[QRect, str, bool]]:
        metrics = QFontMetrics(self.look.font("meta", weight=600))
        side = self.look.icon_px(18)
        x = y = below = 0
        found = []
        for text, reached in self.links:
            wide = min(metrics.horizontalAdvance(text) + side + 26, width)
            room = max(1, wide - side - 22)
            said = broken(text, metrics, room)
            height = max(metrics.boundingRect(0, 0, room, 10_000, int(WRAP), said).height(), side) + 10
            arrow = side + 12 if x else 0
            if x and x + arrow + wide > width:
                x, y, arrow = 0, below + 8, 0
            found.append((QRect(x + arrow, y, wide, height), said, reached))
            x, below = x + arrow + wide, max(below, y + height)
        return found

    def hasHeightForWidth(self) -> bool:
        """Links wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """High enough for all links."""
        places = self._places(width)
        return max((box.bottom() + 1 for box, _text, _reached in places), default=0)

    def sizeHint(self) -> QSize:
        """All in one row."""
        places = self._places(100_000)
        return QSize(places[-1][0].right() + 1, places[-1][0].bottom() + 1) if places else QSize()

    def minimumSizeHint(self) -> QSize:
        """Some words of the longest link; the name of a folder breaks anywhere."""
        return QSize(round(160 * self.look.scale), self.look.icon_px(18) + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the links and the arrows between them."""
        painter = QPainter(self)
        side = self.look.icon_px(18)
        for place, (box, text, reached) in enumerate(self._places(self.width())):
            ink = self.look.color("ok" if reached else "text2")
            outlined = not reached or self.look.theme in ("contrast", "red")
            paint_box(
                painter, box, self.look.color("okBg") if reached else None, ink if outlined else None,
                radius=CHIP_RADIUS, width=1.5, dashed=not reached,
            )  # fmt: skip
            icon = QRect(box.left() + 8, box.top() + (box.height() - side) // 2, side, side)
            paint_icon(painter, self.look, icon, icon_named("state", self._kinds[place]), ink)
            painter.setFont(self.look.font("meta", weight=600))
            painter.setPen(ink)
            painter.drawText(box.adjusted(side + 16, 0, -4, 0), int(Qt.AlignmentFlag.AlignVCenter) | int(WRAP), text)
            if box.left():
                arrow = QRect(box.left() - side - 6, icon.top(), side, side)
                paint_icon(painter, self.look, arrow, icon_named("action", "forward"), self.look.color("text2"))
