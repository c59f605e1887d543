"""Photos in a grid, painted: thumbnail, number, time, how the place is known, what it belongs to.

Light with thousands of them: what cannot be seen is neither painted nor decoded, and only thumbnail blobs are asked
for.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScroller, QStyledItemDelegate, QStyleOptionViewItem

from app.base.words import _
from ui.bridge.pictures import Pictures
from ui.widgets.keyed import Index, Keyed
from ui.widgets.look import Look
from ui.widgets.paint import RADIUS, paint_box
from ui.widgets.photo_cell import GAP, LEAST_CELL, Cell, CellFace
from ui.widgets.whole_list import WholeList

DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)


class Cells(Keyed[Cell]):
    """Photos as a Qt model, and which of them are marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.marked: set[str] = set()

    def show(self, things: Sequence[Cell]) -> None:
        """Other photos; a mark stays on what is still there."""
        self.marked &= {each.key for each in things}
        super().show(things)

    def spoken(self, thing: Cell) -> str:
        """All of it, and whether it is marked."""
        return f"{thing.spoken}, {_('markerat')}" if thing.key in self.marked else thing.spoken


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, pictures: Pictures, parent: QObject) -> None:
        super().__init__(parent)
        self.look, self.face = look, CellFace(look, pictures)
        self.cell = QSize(LEAST_CELL, LEAST_CELL)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All cells are alike."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        view, model = option.widget, index.model()
        assert isinstance(model, Cells)
        cell = model.things[index.row()]
        box: QRect = option.rect.adjusted(GAP, GAP, -GAP, -GAP)
        current = isinstance(view, PhotoGrid) and index.row() == view.currentIndex().row()
        held = current and isinstance(view, PhotoGrid) and view.shows_current
        painter.save()
        self.face.paint(painter, cell, box, marked=cell.key in model.marked, held=held)
        if isinstance(view, PhotoGrid) and current and view.hasFocus() and view.keys_used:
            paint_box(painter, box.adjusted(-4, -4, 4, 4), None, self.look.color("focus"), radius=RADIUS + 4, width=3.0)
        painter.restore()


class PhotoGrid(WholeList):
    """Photos that are opened by a press or Enter and marked by Space, or by a press while `marking`.

    `opened(key)`; `moved(key)` when another one is current; `marks_changed()`; `numbered(n)` for a digit while no text
    is typed. With `shows_current` a press only makes a photo the current one, whose detail is beside the grid; a double
    press opens it.
    """

    opened = Signal(str)
    moved = Signal(str)
    marks_changed = Signal()
    numbered = Signal(int)
    draws_own_focus = True

    def __init__(self, look: Look, name: str, pictures: Pictures) -> None:
        super().__init__()
        self.look, self.keys_used, self.marking, self.shows_current = look, False, False, False
        self.setAccessibleName(name)
        self.cells = Cells(self)
        self.setModel(self.cells)
        self._painter = _Painter(look, pictures, self)
        self.setItemDelegate(self._painter)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionRectVisible(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        pictures.arrived.connect(self.viewport().update)

    # What is shown

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Show other photos; the current one stays current where it is still there."""
        key, marks = self.current_key(), set(self.cells.marked)
        same = {each.key for each in cells} == {each.key for each in self.cells.things}
        seen = self.verticalScrollBar().value()
        self.cells.show(cells)
        if not same:
            self._arrange()
        if key and key != self.current_key():
            self.choose(key, tell=False)
        if not same and self.cells.things:
            # What is looked at stays where it is; the current photo may be elsewhere.
            self.doItemsLayout()
            self.verticalScrollBar().setValue(seen)
        if marks != self.cells.marked:
            self.marks_changed.emit()

    def _arrange(self) -> None:
        """Cells as wide as fills the rows."""
        # A row that fills its room to the last pixel is one too many for Qt.
        room, face, before = max(1, self.viewport().width() - 1), self._painter.face, self._painter.cell
        columns = max(1, room // face.least(self.cells.things))
        width = room // columns
        self._painter.cell = QSize(width, face.height(width))
        self.setGridSize(self._painter.cell)
        self.verticalScrollBar().setSingleStep(self._painter.cell.height() // 4)
        if self.is_whole or before != self._painter.cell:
            self.updateGeometry()

    def set_low(self, low: bool) -> None:
        """Whether there is little height: the words stand beside the thumbnails."""
        if low != self._painter.face.low:
            self._painter.face.low = low
            self._arrange()
            self.viewport().update()

    def least(self) -> int:
        """One photo is seen whole."""
        return self._painter.cell.height() - GAP

    def height_of_all(self, _width: int) -> int:
        """The rows of photos."""
        return -(-len(self.cells.things) // self.columns) * self._painter.cell.height()

    @property
    def columns(self) -> int:
        """How many photos stand in a row."""
        return max(1, self.viewport().width() // max(1, self._painter.cell.width()))

    def current_key(self) -> str:
        """The current photo; "" where there is none."""
        index = self.currentIndex()
        return self.cells.things[index.row()].key if index.isValid() and index.row() < len(self.cells.things) else ""

    def choose(self, key: str, *, tell: bool = True) -> bool:
        """Make a photo the current one. Returns whether it is shown."""
        place = next((k for k, each in enumerate(self.cells.things) if each.key == key), None)
        if place is None:
            return False
        self.blockSignals(not tell)
        self.setCurrentIndex(self.cells.index(place))
        self.blockSignals(False)
        return True

    # Marks

    def marked(self) -> list[str]:
        """The marked photos, in their order."""
        return [each.key for each in self.cells.things if each.key in self.cells.marked]

    def chosen(self) -> list[str]:
        """What an act is about: the marked photos, else the current one."""
        current = self.current_key()
        return self.marked() or ([current] if current else [])

    def mark(self, keys: Sequence[str]) -> None:
        """Mark these photos and no others."""
        self.cells.marked = set(keys) & {each.key for each in self.cells.things}
        self._marked_anew()

    def _marked_anew(self) -> None:
        self.viewport().update()
        self.marks_changed.emit()

    def _toggle(self, index: Index) -> None:
        if index.isValid():
            self.cells.marked ^= {self.cells.things[index.row()].key}
            self.cells.dataChanged.emit(index, index)
            self._marked_anew()

    # Hands

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another photo is current."""
        super().currentChanged(current, previous)
        if current.isValid() and current != previous:
            self.moved.emit(self.cells.things[current.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space marks, a digit places."""
        self.keys_used = True
        key, index = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(index)
        elif key == Qt.Key.Key_Space:
            self._toggle(index)
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mark([each.key for each in self.cells.things])
        elif key in DIGITS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.numbered.emit(int(key) - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press opens, or marks, the photo it began and ended on."""
        self.keys_used = False
        index = self.indexAt(event.position().toPoint())
        begun = index == self.currentIndex()
        super().mouseReleaseEvent(event)
        if not begun or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.marking or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._toggle(index)
        elif not self.shows_current:
            self._open(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double press opens where one press only chooses."""
        if self.shows_current and not self.marking:
            self._open(self.indexAt(event.position().toPoint()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By the keyboard the first photo becomes current where none is."""
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.keys_used = by_key or self.keys_used
        if by_key and not self.currentIndex().isValid() and self.cells.things:
            self.setCurrentIndex(self.cells.index(0))

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.cells.things[index.row()].key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other columns."""
        self._arrange()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keeps the ground clear."""
        super().changeEvent(event)
        self.viewport().setAutoFillBackground(False)
