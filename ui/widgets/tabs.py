"""Tabs over the parts of a page, with a tick where a part is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from app.base.words import _
from ui.widgets.button import PADDING, Button
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import paint_box
from ui.widgets.text import Surface

BEAM = 4


@dataclass(frozen=True)
class Tab:
    """A part: the word that it is chosen by, what it is called, its icon, whether it is done."""

    key: str
    word: str
    icon: str
    done: bool = False


class TabButton(Button):
    """A tab; the one that is shown stands on a beam of light."""

    def __init__(self, look: Look, tab: Tab, number: str, *, here: bool) -> None:
        """`number` is said of a part that is not done: its name alone is what its page and its list are called."""
        super().__init__(look, tab.word, tab.icon, kind="quiet", least=56)
        self.setCheckable(True)
        self.setChecked(here)
        self.tab, self._number = tab, number
        self.show_tab(tab)

    def lay_over(self, over: bool) -> None:
        """The icon over smaller words, or beside them."""
        self.over = over
        # Gloves ask for a large tab, not for words that need more than their share of the width.
        self.setFont(replace(self.look, gloves=False).font("meta") if over else self.look.font("strong"))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored if over else QSizePolicy.Policy.Maximum,
                             QSizePolicy.Policy.Minimum)  # fmt: skip
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.updateGeometry()

    def show_tab(self, tab: Tab) -> None:
        """Done or not."""
        self.tab = tab
        self.icon_name = icon_named("state", "done") if tab.done else tab.icon
        self.setAccessibleName(_("{part}, klart").format(part=tab.word) if tab.done else f"{tab.word}, {self._number}")
        self.update()

    def _beside(self) -> int:
        return 2 if self.over else 2 * PADDING + self._icon + 10

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        look = self.look
        if self.isDown() or self.underMouse():
            paint_box(painter, self.rect().adjusted(2, 4, -2, -6), look.color("raised"))
        if self.isChecked():
            painter.fillRect(QRect(4, self.height() - BEAM, self.width() - 8, BEAM), look.color("primary"))
        ink, icon = look.color("text"), look.color("ok" if self.tab.done else "text")
        words = self._text_height(self.width())
        side = self._icon
        painter.setFont(self.font())
        if self.over:
            top = (self.height() - words - side - 6) // 2
            self._draw_icon(painter, QRect((self.width() - side) // 2, top, side, side), icon)
            painter.setFont(self.font())
            painter.setPen(ink)
            flags = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(QRect(1, top + side + 6, self.width() - 2, words + 4), flags, self.text())
            return
        self._draw_icon(painter, QRect(PADDING, (self.height() - side) // 2, side, side), icon)
        painter.setFont(self.font())
        painter.setPen(ink)
        left = PADDING + side + 10
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(QRect(left, 0, self.width() - left - PADDING + 4, self.height()), flags, self.text())


class Tabs(Surface):
    """The tabs of a page: one stop for the tabulator. Where the words do not fit beside their icons they stand under
    them and share the width."""

    def __init__(self, look: Look, tabs: Sequence[Tab], here: str, chosen: Callable[[str], None]) -> None:
        super().__init__(look, "surface", edge="bottom")
        self._buttons: dict[str, TabButton] = {}
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(8, 2, 8, 0)
        self._box.setSpacing(0)
        for n, tab in enumerate(tabs, 1):
            number = _("{n} av {total}").format(n=n, total=len(tabs))
            button = TabButton(look, tab, number, here=tab.key == here)
            button.clicked.connect(lambda _on, key=tab.key: self._press(key, here, chosen))
            self._buttons[tab.key] = button
            self._box.addWidget(button)
        self._box.addStretch(1)
        self._wanted = 16 + sum(button.sizeHint().width() for button in self._buttons.values())
        self._group = KeyGroup(list(self._buttons.values()), self)
        self._arrange(False)

    def _arrange(self, over: bool) -> None:
        for place, button in enumerate(self._buttons.values()):
            button.lay_over(over)
            self._box.setStretch(place, 1 if over else 0)
        self._box.setStretch(len(self._buttons), 0 if over else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps the other arrangement."""
        super().resizeEvent(event)
        self._arrange(event.size().width() < self._wanted)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes: words wrap."""
        return QSize(0, super().minimumSizeHint().height())

    def _press(self, key: str, here: str, chosen: Callable[[str], None]) -> None:
        self._buttons[key].setChecked(key == here)
        if key != here:
            chosen(key)

    def show_tabs(self, tabs: Sequence[Tab]) -> None:
        """Which are done now."""
        for tab in tabs:
            self._buttons[tab.key].show_tab(tab)
