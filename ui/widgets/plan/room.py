"""How list, map and chosen stop share the room there is."""

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.base.words import _
from ui.widgets.fields import SegmentField
from ui.widgets.look import Look
from ui.widgets.text import Surface, held, row

SIDE = 350
"""Width of a pane at 100 %."""
THREE, TWO = 960, 620
"""From these effective widths on there is room for three panes, and for two."""
TALL = 560
"""From this effective height on a map and a list lie over each other where they do not fit side by side."""
LOW = 360
"""Under this effective height of the window a map needs all there is."""


class Fit(Enum):
    """How the panes lie."""

    THREE = "list, map and stop beside each other"
    TWO = "list or stop beside the map"
    OVER = "the map over list or stop"
    ONE = "one at a time"


class Room(QWidget):
    """The three panes. `open_third(True)` shows the third: beside the others, or in place of the list. `fills(True)`
    is emitted when the map is alone where there is little height, `fills(False)` when it is no more."""

    fills = Signal(bool)

    def __init__(self, look: Look, listing: QWidget, ground: QWidget, third: QWidget) -> None:
        super().__init__()
        self.look = look
        self._listing, self._ground, self._third = listing, ground, third
        self._open, self._fit, self.is_filled = False, Fit.THREE, False
        self._switch = SegmentField(look, "", [("list", _("Lista")), ("map", _("Karta"))], least=100)
        self._switch.show_value("list")
        self._switch.changed.connect(lambda _value: self._arrange())
        self._left, self._right = Surface(look, "bg", edge="right"), Surface(look, "bg", edge="left")
        for side in (self._left, self._right):
            box = QVBoxLayout(side)
            box.setContentsMargins(0, 0, 1, 0)
        self._bar = held(row(self._switch, margin=8))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        whole.addLayout(self._box, 1)
        self._box.addWidget(self._left)
        self._box.addWidget(ground, 1)
        self._box.addWidget(self._right)
        self._inside(self._left).addWidget(listing)
        self._inside(self._left).addWidget(third)
        self._arrange()

    @staticmethod
    def _inside(side: QWidget) -> QBoxLayout:
        box = side.layout()
        assert isinstance(box, QBoxLayout)
        return box

    def open_third(self, opened: bool) -> None:
        """Show the third pane, or not."""
        if opened != self._open:
            self._open = opened
            self._arrange()

    def _fitting(self) -> Fit:
        # On a page that scrolls it is as high as it asks to be, which must not decide how much it asks for.
        high = min(self.height(), self.window().height())
        width, height = self.width() / self.look.scale, high / self.look.scale
        if width >= THREE:
            return Fit.THREE
        if width >= TWO and width > height:
            return Fit.TWO
        return Fit.OVER if height >= TALL else Fit.ONE

    def _arrange(self) -> None:
        fit = self._fit = self._fitting()
        home = self._right if fit is Fit.THREE else self._left
        if self._third.parentWidget() is not home:
            self._inside(home).addWidget(self._third)
        on_map = self._switched_to_map(fit)
        self._bar.setVisible(fit is Fit.ONE)
        self._ground.setVisible(fit is not Fit.ONE or on_map)
        self._left.setVisible(not on_map)
        self._right.setVisible(fit is Fit.THREE and self._open)
        self._third.setVisible(self._open)
        self._listing.setVisible(fit is Fit.THREE or not self._open)
        self._shape(fit)
        self.is_filled = on_map and self.window().height() / self.look.scale < LOW
        self.fills.emit(self.is_filled)

    def _switched_to_map(self, fit: Fit) -> bool:
        return fit is Fit.ONE and any(button.isChecked() for value, button in self._switch.buttons if value == "map")

    def _shape(self, fit: Fit) -> None:
        over = fit is Fit.OVER
        way = QBoxLayout.Direction
        self._box.setDirection(way.BottomToTop if over else way.LeftToRight)
        wide = round(SIDE * self.look.scale)
        for side in (self._left, self._right):
            fixed = fit in (Fit.THREE, Fit.TWO)
            side.setMinimumWidth(wide if fixed else 0)
            side.setMaximumWidth(wide if fixed else 16777215)
        self._box.setStretch(0, 5 if over else 0 if fit is not Fit.ONE else 1)
        self._box.setStretch(1, 4 if over else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, perhaps another arrangement."""
        super().resizeEvent(event)
        if self._fitting() is not self._fit:
            self._arrange()
