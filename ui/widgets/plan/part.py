"""What the parts of the plan have in common."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base.words import _
from app.domain.records import SafetyWalk
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.look import Look, icon_named
from ui.widgets.text import held, row

BESIDE = 700
"""From this effective width on a list and its detail stand beside each other."""


class Part(QWidget):
    """One part of the plan of a walk. `heading` is where the focus begins. `fills(on)` is emitted when it needs the
    height that the tabs of the parts take, and when it does no more."""

    NAME: ClassVar[str]
    """Its word in `Place.part`."""
    fills = Signal(bool)

    def __init__(self, desk: Desk, scope: str, item: str = "") -> None:
        super().__init__()
        self.desk, self.look, self.scope, self.item = desk, desk.look, scope, item
        self.heading: QWidget | None = None
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)

    def walk(self) -> SafetyWalk | None:
        """The walk as last read."""
        return self.desk.shelf.walk(self.scope)

    def refresh(self) -> None:
        """Show what is so now."""

    def flush(self) -> None:
        """Write what is still being typed."""

    def notices_over(self) -> QWidget | None:
        """What of it notices lie over, where it does not leave them room under it."""
        return None

    def lift(self, height: int) -> None:
        """A notice covers so much of that."""

    def step_back(self) -> bool:
        """Close what is open within the part. Returns whether anything was."""
        return False


class Pair(QWidget):
    """A list and the detail of what is chosen in it: beside each other, or one at a time with a way back. `closed`: a
    person goes back to the list."""

    closed = Signal()

    def __init__(self, look: Look, master: QWidget, detail: QWidget, back: str) -> None:
        super().__init__()
        self.look, self.master, self.detail = look, master, detail
        self._open = False
        self.back = Button(look, back, icon_named("action", "back"), kind="quiet")
        self.back.clicked.connect(self.closed)
        self._way = held(row(self.back, 1, margin=8))
        right = QWidget()
        down = QVBoxLayout(right)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self._way)
        down.addWidget(detail, 1)
        self._right = right
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(master, 5)
        across.addWidget(right, 6)
        self._arrange()

    @property
    def is_beside(self) -> bool:
        """Whether both are shown."""
        return self.width() / self.look.scale >= BESIDE

    def show_detail(self, opened: bool) -> None:
        """Open the detail, or the list; where there is room for both the detail empties instead."""
        self._open = opened
        self._arrange()

    @property
    def is_open(self) -> bool:
        """Whether a detail hides the list."""
        return self._open and not self.is_beside

    def _arrange(self) -> None:
        beside = self.is_beside
        self.master.setVisible(beside or not self._open)
        self._right.setVisible(self._open)
        self._way.setVisible(not beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps the other arrangement."""
        super().resizeEvent(event)
        self._arrange()


def back_to_list() -> str:
    """The way back from a detail, where it hides its list."""
    return _("Till listan")
