"""Photos in a grid, painted: thumbnail, number, time, how the place is known, what it belongs to.

Light with thousands of them: what cannot be seen is neither painted nor decoded, and only thumbnail blobs are asked
for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScroller, QStyledItemDelegate, QStyleOptionViewItem

from app.base.words import _
from ui.bridge.pictures import Pictures
from ui.widgets.chip import GROUNDS
from ui.widgets.keyed import Index, Keyed
from ui.widgets.look import Look
from ui.widgets.paint import CARD_RADIUS, CHIP_RADIUS, RADIUS, paint_box, paint_icon

LEAST_CELL = 196
PAD, GAP = 10, 6
DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)


@dataclass(frozen=True)
class Cell:
    """One photo. `source`: icon and words; `chip`: words, icon and kind; `state`: words and icon of what is wrong;
    `thumb`: a blob, "" where it is not here; `now`: where it lies, said instead of its file's name; `spoken`: all of it
    for a screen reader."""

    key: str
    title: str
    name: str
    time: str
    source: tuple[str, str]
    chip: tuple[str, str, str]
    thumb: str = ""
    state: tuple[str, str] = ("", "")
    now: str = ""
    spoken: str = ""


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


def fit_into(size: QSize, box: QRect) -> QRect:
    """The middle of a picture of this size that has the proportions of a box: what fills the box without distortion."""
    wide = min(size.width(), round(size.height() * box.width() / max(1, box.height())))
    high = min(size.height(), round(size.width() * box.height() / max(1, box.width())))
    return QRect((size.width() - wide) // 2, (size.height() - high) // 2, wide, high)


def paint_thumb(
    painter: QPainter, look: Look, box: QRect, picture: QPixmap | None, state: tuple[str, str] = ("", "")
) -> None:
    """A small picture that fills its box; a well while it is on its way; what is wrong in words and icon."""
    paint_box(painter, box, look.color("sunken"), radius=6)
    if picture is not None and not picture.isNull():
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, picture, fit_into(picture.size(), box))
    if not state[0]:
        return
    font = look.font("meta", weight=600)
    metrics, side = QFontMetrics(font), look.icon_px(20)
    room = box.width() - side - 20
    words = metrics.boundingRect(0, 0, room, 1000, Qt.TextFlag.TextWordWrap, state[0])
    high = max(words.height(), side) + 10
    plate = QRect(box.left(), box.bottom() - high + 1, box.width(), high)
    ground, ink = (look.color(role) for role in GROUNDS["warn"])
    paint_box(painter, plate, ground, radius=6)
    paint_icon(painter, look, QRect(plate.left() + 6, plate.center().y() - side // 2, side, side), state[1], ink)
    painter.setFont(font)
    painter.setPen(ink)
    flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(QRect(plate.left() + side + 12, plate.top(), room + 8, high), flags, state[0])


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, pictures: Pictures, parent: QObject) -> None:
        super().__init__(parent)
        self.look, self.pictures = look, pictures
        self._title, self._meta, self._chip = look.font("strong"), look.font("meta"), look.font("meta", weight=600)
        self._side = look.icon_px(20)
        self.cell = QSize(LEAST_CELL, LEAST_CELL)

    def least(self, cells: Sequence[Cell]) -> int:
        """How wide a cell must be so that nothing of these photos is cut, file names apart."""
        title, meta, chip = (QFontMetrics(font) for font in (self._title, self._meta, self._chip))
        beside = self._side + 2 * (PAD + GAP) + 16
        heads = {(len(each.title), each.time) for each in cells}
        digits = title.horizontalAdvance("0")
        widest = max(
            [LEAST_CELL]
            + [title.horizontalAdvance(_("Foto {number}").format(number="")) + (n - 4) * digits
               + meta.horizontalAdvance(time) + 12 + 2 * (PAD + GAP) for n, time in heads]
            + [meta.horizontalAdvance(words) + 2 * (PAD + GAP) for words in {each.now for each in cells}]
            + [meta.horizontalAdvance(words) + beside for words in {each.source[1] for each in cells}]
            + [chip.horizontalAdvance(words) + beside + 8 for words in {each.chip[0] for each in cells}]
        )  # fmt: skip
        return int(widest)

    def height(self, width: int) -> int:
        """How high a cell of a width is."""
        meta = QFontMetrics(self._meta).height()
        lines = QFontMetrics(self._title).height() + meta + max(meta, self._side) + max(meta, self._side) + 8
        return self._thumb_height(width) + lines + 3 * 4 + 2 * PAD + 2 * GAP

    def _thumb_height(self, width: int) -> int:
        return round((width - 2 * (PAD + GAP)) * 0.75)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All cells are alike."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        view, model = option.widget, index.model()
        assert isinstance(model, Cells)
        cell = model.things[index.row()]
        box: QRect = option.rect.adjusted(GAP, GAP, -GAP, -GAP)
        marked = cell.key in model.marked
        current = isinstance(view, PhotoGrid) and index.row() == view.currentIndex().row()
        held = current and isinstance(view, PhotoGrid) and view.shows_current
        ground = self.look.color("selected" if marked or held else "raised")
        line = self.look.color("primary" if marked or held else "line")
        painter.save()
        paint_box(painter, box, ground, line, radius=CARD_RADIUS, width=4.0 if marked or held else 2.0)
        inner = box.adjusted(PAD, PAD, -PAD, -PAD)
        thumb = QRect(inner.left(), inner.top(), inner.width(), self._thumb_height(option.rect.width()))
        picture = self.pictures.get(cell.thumb, 2 * LEAST_CELL) if cell.thumb else None
        paint_thumb(painter, self.look, thumb, picture, cell.state)
        self._words(painter, cell, QRect(inner.left(), thumb.bottom() + 5, inner.width(), 0), marked or held)
        if marked:
            self._tick(painter, thumb)
        if isinstance(view, PhotoGrid) and current and view.hasFocus() and view.keys_used:
            paint_box(painter, box.adjusted(-4, -4, 4, 4), None, self.look.color("focus"), radius=RADIUS + 4, width=3.0)
        painter.restore()

    def _tick(self, painter: QPainter, thumb: QRect) -> None:
        side = self.look.icon_px(32)
        disc = QRect(thumb.right() - side - 4, thumb.top() + 6, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("primary"))
        painter.drawEllipse(disc)
        paint_icon(painter, self.look, disc.adjusted(5, 5, -5, -5), "check", self.look.color("onPrimary"))

    def _words(self, painter: QPainter, cell: Cell, box: QRect, chosen: bool) -> None:
        text, soft = self.look.color("onSelected" if chosen else "text"), self.look.color("text2")
        line, middle = box.top(), Qt.AlignmentFlag.AlignVCenter
        title, meta = QFontMetrics(self._title).height(), QFontMetrics(self._meta)
        row = QRect(box.left(), line, box.width(), title)
        painter.setFont(self._title)
        painter.setPen(text)
        painter.drawText(row, middle, cell.title)
        painter.setFont(self._meta)
        painter.setPen(soft)
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, cell.time)
        line += title + 2
        name = meta.elidedText(cell.now or cell.name, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(QRect(box.left(), line, box.width(), meta.height()), middle, name)
        line += meta.height() + 4
        high = max(meta.height(), self._side)
        paint_icon(painter, self.look, QRect(box.left(), line, self._side, high), cell.source[0], soft)
        painter.setFont(self._meta)
        words = QRect(box.left() + self._side + 8, line, box.width() - self._side - 8, high)
        painter.drawText(words, middle, cell.source[1])
        self._belongs(painter, cell, QRect(box.left(), line + high + 4, box.width(), high + 8))

    def _belongs(self, painter: QPainter, cell: Cell, box: QRect) -> None:
        words, icon, kind = cell.chip
        ground, ink = (self.look.color(role) for role in GROUNDS[kind])
        line = ink if self.look.theme in ("contrast", "red") else None
        paint_box(painter, box, ground, line, radius=CHIP_RADIUS, width=1.5)
        side = self.look.icon_px(18)
        paint_icon(painter, self.look, QRect(box.left() + 8, box.center().y() - side // 2, side, side), icon, ink)
        painter.setFont(self._chip)
        painter.setPen(ink)
        painter.drawText(box.adjusted(side + 16, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, words)


class PhotoGrid(QListView):
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
        room = max(1, self.viewport().width() - 1)
        columns = max(1, room // self._painter.least(self.cells.things))
        width = room // columns
        self._painter.cell = QSize(width, self._painter.height(width))
        self.setGridSize(self._painter.cell)
        self.verticalScrollBar().setSingleStep(self._painter.cell.height() // 4)

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
