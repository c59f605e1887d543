"""The card under the map: what was pressed, and what can be done with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.values import Severity
from ui.widgets.button import Button, only_icon
from ui.widgets.flow import FlowGrid
from ui.widgets.look import Look
from ui.widgets.notice import announce
from ui.widgets.paint import paint_icon, paint_number, paint_severity
from ui.widgets.rows import Row, RowList
from ui.widgets.text import Label, Surface, column, held, row

MARK = 40
FEW_ROWS = 3


@dataclass(frozen=True)
class Said:
    """What a card says: a mark (severity, a stop's number, or an icon), a title, a line, how it is moved on the map,
    and acts as (word, icon, name, what to do)."""

    title: str
    detail: str = ""
    severity: Severity | None = None
    number: str = ""
    icon: str = ""
    acts: Sequence[tuple[str, str, str, Callable[[], None]]] = ()
    hint: str = ""

    def lines(self) -> list[str]:
        """The words, line by line."""
        return [each for each in (self.title, self.detail, self.hint) if each]


class _Mark(QWidget):
    def __init__(self, look: Look, said: Said) -> None:
        super().__init__()
        self.look, self.said = look, said
        side = look.icon_px(MARK)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, said = QPainter(self), self.said
        if said.severity is not None:
            paint_severity(painter, self.look, self.rect(), said.severity)
        elif said.number:
            paint_number(painter, self.look, self.rect(), said.number)
        else:
            inner = self.rect().adjusted(4, 4, -4, -4)
            paint_icon(painter, self.look, inner, said.icon, self.look.color("lampInk"))


class WalkCard(Surface):
    """One thing, or several that lie at one place. `closed`: the person wants it away; `turned`: it has
    appeared or gone; `chosen(key)`: one of the several."""

    closed = Signal()
    turned = Signal()
    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "surface", edge="top")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(16, 10, 12, 12)
        self._holder: QWidget | None = None
        self._said: Said | None = None
        self._words: list[Label] = []
        self.hide()

    def show_said(self, said: Said) -> None:
        """Show one thing. Where its widgets are the same they stay, and what has the focus keeps it; a button does what
        was said last."""
        before, self._said = self._said, said
        self.setAccessibleName(", ".join(said.lines()))
        if before and _frame_of(before) == _frame_of(said):
            for label, text in zip(self._words, said.lines(), strict=True):
                label.setText(text)
            return
        head = self._head(_Mark(self.look, said), *said.lines())
        buttons = []
        for place, (word, icon, name, _act) in enumerate(said.acts):
            button = Button(self.look, word, icon, name=name)
            button.clicked.connect(lambda _on, place=place: self._do(place))
            buttons.append(button)
        acts = FlowGrid(self.look, buttons, least=150, most=len(buttons), spacing=self.look.gap, even=True)
        self._put(column(head, acts, spacing=10))
        self._appear()

    def _do(self, place: int) -> None:
        if self._said is not None:
            self._said.acts[place][3]()

    def show_several(self, rows: Sequence[Row]) -> None:
        """Show several things, to choose one of."""
        self._said = None
        title = ngettext("{n} märke här", "{n} märken här", len(rows)).format(n=len(rows))
        several = _Several(self.look, title)
        several.show_rows(rows)
        several.opened.connect(self.chosen)
        self._put(column(self._head(None, title), several, spacing=6))
        self.setAccessibleName(title)
        self._appear()

    @property
    def is_open(self) -> bool:
        """Whether it shows anything."""
        return self._holder is not None

    def _appear(self) -> None:
        self.show()
        self.turned.emit()
        announce(self)

    def put_away(self) -> None:
        """Show nothing."""
        if self._holder is not None:
            self._said = None
            self._put(None)
            self.hide()
            self.turned.emit()

    def _head(self, mark: QWidget | None, title: str, *lines: str) -> QWidget:
        self._words = [Label(self.look, title, "strong"), *(Label(self.look, each, "meta", "text2") for each in lines)]
        words = column(*self._words, spacing=2)
        close = only_icon(self.look, _("Stäng kortet"), "close")
        close.clicked.connect(self.closed)
        parts = [each for each in (mark, held(words), close) if each is not None]
        box = row(*parts, spacing=12)
        box.setStretch(len(parts) - 2, 1)
        box.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        return held(box)

    def _put(self, box: QVBoxLayout | None) -> None:
        old, self._holder = self._holder, held(box) if box is not None else None
        if old is not None:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        if self._holder is not None:
            self._box.addWidget(self._holder)


def _frame_of(said: Said) -> tuple[object, ...]:
    """What decides which widgets a card has."""
    return (len(said.lines()), said.severity, said.number, said.icon, [name for _word, _icon, name, _act in said.acts])


class _Several(RowList):
    """A short list, as high as its first rows."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, dense=True)

    def sizeHint(self) -> QSize:
        """High enough for a few rows, and no more than a part of the window."""
        count = min(FEW_ROWS, len(self.rows.things))
        high = sum(max(self.look.target, self.sizeHintForRow(k)) for k in range(count)) + 2
        least = max(self.look.target, self.sizeHintForRow(0))
        return QSize(240, max(least, min(high, self.window().height() // 4)))

    def minimumSizeHint(self) -> QSize:
        """No less."""
        return self.sizeHint()
