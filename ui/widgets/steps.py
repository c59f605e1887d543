"""The head of a page that is a step on a way: back, what it is, where, and which step."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.base.words import _
from ui.widgets.button import WIDEST, WRAP, Button
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import paint_icon
from ui.widgets.text import Heading, Label, Surface, column, held

STACKED_BELOW = 500
"""Below this effective width the heading has a row of its own."""

DOT, LONG_DOT, DOT_GAP = 14, 34, 4
TOP = 4


class StepMark(QWidget):
    """Steg 2 av 3, and three dots of which the present one is long."""

    def __init__(self, look: Look, step: int, steps: int = 3) -> None:
        super().__init__()
        self.look, self._step, self._steps = look, step, steps
        self._text = _("Steg {n} av {total}").format(n=step, total=steps)
        self.setAccessibleName(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _dots(self) -> int:
        return (self._steps - 1) * (DOT + DOT_GAP) + LONG_DOT

    def sizeHint(self) -> QSize:
        """Words over dots."""
        metrics = QFontMetrics(self.look.font("meta", weight=600))
        return QSize(max(self._dots(), metrics.horizontalAdvance(self._text)) + 2, metrics.height() + 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.look.font("meta", weight=600))
        painter.setPen(self.look.color("text2"))
        top = self.rect().adjusted(0, 0, 0, -14)
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.setPen(Qt.PenStyle.NoPen)
        x, y = float(self.width() - self._dots()), float(self.height() - 11)
        for step in range(1, self._steps + 1):
            wide = LONG_DOT if step == self._step else DOT
            painter.setBrush(self.look.color("primary" if step <= self._step else "line"))
            painter.drawRoundedRect(QRectF(x, y, wide, 9), 4.5, 4.5)
            x += wide + DOT_GAP


class Link(Button):
    """A heading with words close under it that lead on. One presses the one or the other: so there is room for a
    finger, and none of it is empty."""

    def __init__(self, look: Look, heading: Label, text: str, name: str = "") -> None:
        super().__init__(look, text, icon_named("action", "edit"), kind="quiet", rank="meta", icon_size=18, name=name)
        self.set_padding(0, TOP // 2)
        self._heading = heading
        heading.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        heading.setParent(self)

    def _beside(self) -> int:
        return self._icon + 12

    def _text_height(self, width: int) -> int:
        return self._heading.heightForWidth(width) + super()._text_height(width)

    def sizeHint(self) -> QSize:
        """As wide as the wider of the two in one line."""
        width = max(super().sizeHint().width(), self._heading.sizeHint().width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As wide as the longest word of the two."""
        return super().minimumSizeHint().expandedTo(QSize(self._heading.minimumSizeHint().width(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The heading takes the width."""
        super().resizeEvent(event)
        # A layout would ask for its height alone, without the words under it.
        self._heading.setGeometry(0, 0, self.width(), self._heading.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        ink = self.look.color("text" if self.isDown() else "link")
        painter.setFont(self.font())
        painter.setPen(ink)
        room = self.width() - self._beside()
        words = self.fontMetrics().boundingRect(0, 0, room, WIDEST, WRAP, self.text())
        top = self._heading.geometry().bottom() + 1 + TOP
        flags = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft) | int(WRAP)
        painter.drawText(self.rect().adjusted(0, top, -self._beside(), 0), flags, self.text())
        line = self.fontMetrics().height()
        box = QRectF(words.width() + 8, top + (line - self._icon) / 2, self._icon, self._icon)
        paint_icon(painter, self.look, box, self.icon_name, ink)


class StepHead(Surface):
    """`back` is pressed to go one step back. `detail` is a line under the heading; with `change` it can be pressed, for
    what `change_name` says. `mark` stands at the right."""

    def __init__(
        self,
        look: Look,
        title: str,
        back: tuple[str, Callable[[], None]],
        *,
        detail: str = "",
        change: Callable[[], None] | None = None,
        change_name: str = "",
        mark: QWidget | None = None,
    ) -> None:
        super().__init__(look, "surface", edge="bottom")
        self.back = Button(look, back[0], icon_named("action", "back"), least=56)
        self.back.clicked.connect(lambda _on: back[1]())
        self.heading = Heading(look, title, "h1" if look.scale < 1.5 else "h2")
        self._mark = mark
        self.detail: Label | Link | None = None
        self._words: QWidget
        if change:
            self._words = self.detail = Link(look, self.heading, detail, f"{detail}: {change_name}")
            self.detail.clicked.connect(lambda _on: change())
        else:
            self.detail = Label(look, detail, "meta", "text2") if detail else None
            under = [self.detail] if self.detail is not None else []
            self._words = held(column(self.heading, *under, spacing=0))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.back, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        if mark is not None:
            self._grid.addWidget(mark, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        self._stacked: bool | None = None
        self._arrange(stacked=False)

    def _arrange(self, *, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self._grid.removeWidget(self._words)
        if stacked:
            self._grid.addWidget(self._words, 1, 0, 1, 3)
        else:
            self._grid.addWidget(self._words, 0, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps the other arrangement."""
        self._arrange(stacked=event.size().width() / self.look.scale < STACKED_BELOW)
        super().resizeEvent(event)

    def say(self, detail: str) -> None:
        """Another line under the heading."""
        if self.detail is not None and self.detail.text() != detail:
            self.detail.setText(detail)
            self.detail.updateGeometry()

    def show_detail(self, *, shown: bool) -> None:
        """Show the line under the heading, or leave its room to the page."""
        if self.detail is not None:
            self.detail.setVisible(shown)
