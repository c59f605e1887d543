"""A list of rows: mark, words, state. One painted list for all kinds of things, light with thousands of them, with the
arrow keys, finger scrolling and names for a screen reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScroller,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.values import Priority, Severity
from ui.bridge.pictures import Pictures
from ui.widgets.chip import GROUNDS
from ui.widgets.desk import Desk
from ui.widgets.keyed import Index, Keyed
from ui.widgets.look import Look
from ui.widgets.paint import (
    CHIP_RADIUS,
    paint_box,
    paint_icon,
    paint_number,
    paint_priority,
    paint_severity,
)
from ui.widgets.whole_list import WholeList

THUMB = 64
_MOVE = QAbstractItemView.CursorAction
UPWARDS = (_MOVE.MoveUp, _MOVE.MovePrevious, _MOVE.MovePageUp)


@dataclass(frozen=True)
class Row:
    """One row. `key` says what it stands for. Its mark is a thumbnail blob, a severity, a priority, a stop's number or
    an icon, the first of them that is given. `chip`: a state as (text, icon, kind). `spoken`: the whole row for a
    screen reader, where that is more than title, detail and state. A `heading` cannot be chosen. `quiet` greys nothing:
    it sets the title in ordinary weight."""

    key: str
    title: str
    detail: str = ""
    severity: Severity | None = None
    priority: Priority | None = None
    shows_priority: bool = False
    number: str = ""
    done: bool = False
    thumb: str = ""
    icon: str = ""
    chip: tuple[str, str, str] | None = None
    right: str = ""
    spoken: str = ""
    heading: bool = False
    quiet: bool = False

    def name(self) -> str:
        """What a screen reader says."""
        state = self.chip[0] if self.chip else ""
        return self.spoken or ", ".join(each for each in (self.title, self.detail, self.right, state) if each)

    @property
    def has_mark(self) -> bool:
        """Whether anything stands before the words."""
        return bool(self.severity is not None or self.shows_priority or self.number or self.thumb or self.icon)


class Rows(Keyed[Row]):
    """Rows as a Qt model."""

    def spoken(self, thing: Row) -> str:
        """The whole row."""
        return thing.name()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if index.isValid() and self.things[index.row()].heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True)
class _Room:
    """Where the parts of a row lie."""

    mark: QRect
    title: QRect
    detail: QRect
    chip: QRect
    right: QRect
    height: int


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, pictures: Pictures | None, least: int, parent: QObject) -> None:
        super().__init__(parent)
        self.look, self.pictures, self.least = look, pictures, least
        self._title, self._plain = look.font("strong"), look.font("body")
        self._detail, self._chip = look.font("meta"), look.font("meta", weight=600)
        self._heights: dict[tuple[Row, int], int] = {}

    def _metrics(self, row: Row) -> tuple[QFontMetrics, QFontMetrics, QFontMetrics]:
        title = self.look.font("h3") if row.heading else self._plain if row.quiet else self._title
        return QFontMetrics(title), QFontMetrics(self._detail), QFontMetrics(self._chip)

    def room(self, row: Row, width: int) -> _Room:
        """Where everything lies in a row of a width; the chip goes under the words where there is little room."""
        title, detail, chip = self._metrics(row)
        pad = 14
        side = self.look.icon_px(THUMB if row.thumb else 32 if row.number else 28)
        left = pad + (side + 12 if row.has_mark else 0)
        right_width = chip.horizontalAdvance(row.right) + 12 if row.right else 0
        chip_width = chip.horizontalAdvance(row.chip[0]) + self.look.icon_px(18) + 28 if row.chip else 0
        under = bool(row.chip) and width - left - right_width - chip_width - pad < 220 * self.look.scale
        words = max(40, width - left - pad - right_width - (0 if under else chip_width))
        wrap = Qt.TextFlag.TextWordWrap
        title_height = title.boundingRect(0, 0, words, 10_000, wrap, row.title).height()
        detail_height = detail.boundingRect(0, 0, words, 10_000, wrap, row.detail).height() if row.detail else 0
        chip_height = chip.height() + 8 if row.chip else 0
        text = title_height + (detail_height + 3 if detail_height else 0) + (chip_height + 6 if under else 0)
        height = max(self.least, text + 22, side + 16 if row.has_mark else 0)
        if row.heading:
            height = text + 26
        top = (height - text) // 2 if not row.heading else height - text - 8
        title_box = QRect(left, top, words, title_height)
        detail_box = QRect(left, title_box.bottom() + 4, words, detail_height)
        if under:
            chip_box = QRect(left, (detail_box if row.detail else title_box).bottom() + 7, chip_width - 8, chip_height)
        else:
            chip_box = QRect(
                width - pad - right_width - chip_width + 8, (height - chip_height) // 2, chip_width - 8, chip_height
            )
        mark = QRect(pad, (height - side) // 2, side, side)
        return _Room(
            mark, title_box, detail_box, chip_box, QRect(width - pad - right_width, 0, right_width, height), height
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need at the list's width."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else 400
        return QSize(max(1, width), self.height(_row(index), width))

    def height(self, row: Row, width: int) -> int:
        """How high a row of a width is."""
        key = (row, width)
        if key not in self._heights:
            if len(self._heights) > 20_000:
                self._heights.clear()
            self._heights[key] = self.room(row, width).height
        return self._heights[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row = _row(index)
        box: QRect = option.rect
        view = option.widget
        chosen = isinstance(view, RowList) and view.marks_current and index.row() == view.currentIndex().row()
        room = self.room(row, box.width())
        painter.save()
        painter.translate(box.topLeft())
        here = QRect(0, 0, box.width(), box.height())
        if chosen:
            painter.fillRect(here, self.look.color("selected"))
            painter.fillRect(QRect(0, 0, 4, here.height()), self.look.color("primary"))
        if not row.heading:
            painter.fillRect(QRect(0, here.height() - 1, here.width(), 1), self.look.color("hair"))
        self._mark(painter, row, room.mark)
        self._words(painter, row, room, chosen)
        if (
            isinstance(view, RowList)
            and view.hasFocus()
            and view.keys_used
            and index.row() == view.currentIndex().row()
        ):
            paint_box(painter, here.adjusted(2, 2, -2, -2), None, self.look.color("focus"), width=3.0)
        painter.restore()

    def _mark(self, painter: QPainter, row: Row, box: QRect) -> None:
        if row.thumb and self.pictures is not None:
            self._thumb(painter, row.thumb, box)
        elif row.severity is not None:
            paint_severity(painter, self.look, box, row.severity)
        elif row.shows_priority:
            paint_priority(painter, self.look, box, row.priority)
        elif row.number:
            paint_number(painter, self.look, box, row.number, done=row.done)
        elif row.icon:
            paint_icon(painter, self.look, box, row.icon, self.look.color("lampInk"))

    def _thumb(self, painter: QPainter, name: str, box: QRect) -> None:
        paint_box(painter, box, self.look.color("sunken"), radius=6)
        picture = self.pictures.get(name, 2 * THUMB) if self.pictures else None
        if picture is not None and not picture.isNull():
            side = min(picture.width(), picture.height())
            cut = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(box, picture, cut)
        elif picture is not None:
            paint_icon(
                painter, self.look, box.adjusted(14, 14, -14, -14), "image-off-outline", self.look.color("text2")
            )

    def _words(self, painter: QPainter, row: Row, room: _Room, chosen: bool) -> None:
        wrap = Qt.TextFlag.TextWordWrap
        painter.setFont(self.look.font("h3") if row.heading else self._plain if row.quiet else self._title)
        painter.setPen(self.look.color("onSelected" if chosen else "text"))
        painter.drawText(room.title, wrap, row.title)
        if row.detail:
            painter.setFont(self._detail)
            painter.setPen(self.look.color("onSelected" if chosen else "text2"))
            painter.drawText(room.detail, wrap, row.detail)
        painter.setFont(self._chip)
        if row.right:
            painter.setPen(self.look.color("text2"))
            painter.drawText(room.right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.right)
        if row.chip:
            text, icon, kind = row.chip
            ground, ink = (self.look.color(role) for role in GROUNDS[kind])
            line = ink if self.look.theme in ("contrast", "red") else None
            paint_box(painter, room.chip, ground, line, radius=CHIP_RADIUS, width=1.5)
            side = self.look.icon_px(18)
            if icon:
                paint_icon(
                    painter,
                    self.look,
                    QRect(room.chip.left() + 8, room.chip.center().y() - side // 2, side, side),
                    icon,
                    ink,
                )
            painter.setFont(self._chip)
            painter.setPen(ink)
            painter.drawText(room.chip.adjusted(side + 14, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


def _row(index: Index) -> Row:
    model = index.model()
    assert isinstance(model, Rows)
    return model.things[index.row()]


class RowList(WholeList):
    """Rows that are opened by a press, Enter or Space. `opened(key)` and, when the arrow keys or a press move to
    another one, `moved(key)`. `marks_current`: the chosen row stays marked, where its detail is shown beside the
    list."""

    opened = Signal(str)
    moved = Signal(str)
    draws_own_focus = True

    def __init__(
        self,
        look: Look,
        name: str,
        pictures: Pictures | None = None,
        *,
        marks_current: bool = False,
        dense: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.marks_current, self.keys_used = look, marks_current, False
        self.setAccessibleName(name)
        self.rows = Rows(self)
        self.setModel(self.rows)
        least = max(look.target, 86 if look.field and not dense else 56)
        self._painter, self._high = _Painter(look, pictures, least, self), dict[int, int]()
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        if pictures is not None:
            pictures.arrived.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the current one stays current where it is still there."""
        key = self.current_key()
        self._high.clear()
        self.rows.show(rows)
        if key:
            self.choose(key, tell=False)

    def current_key(self) -> str:
        """What the current row stands for; "" where there is none."""
        index = self.currentIndex()
        return self.rows.things[index.row()].key if index.isValid() and index.row() < len(self.rows.things) else ""

    def choose(self, key: str, *, tell: bool = True) -> bool:
        """Make the row that stands for `key` the current one. Returns whether there is one."""
        for place, row in enumerate(self.rows.things):
            if row.key == key and not row.heading:
                self.blockSignals(not tell)
                self.setCurrentIndex(self.rows.index(place))
                self.blockSignals(False)
                self.viewport().update()
                return True
        return False

    def height_of_all(self, width: int) -> int:
        """How high all rows are at a width."""
        if width not in self._high:
            self._high[width] = self._sum_of_heights(width)
        return self._high[width]

    def _sum_of_heights(self, width: int) -> int:
        return sum(self._painter.height(each, width) for each in self.rows.things)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another row is current."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and current != previous:
            self.moved.emit(self.rows.things[current.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space open the current row."""
        self.keys_used = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press opens the row it began and ended on."""
        self.keys_used = False
        index = self.indexAt(event.position().toPoint())
        begun = index == self.currentIndex()
        super().mouseReleaseEvent(event)
        if begun and event.button() == Qt.MouseButton.LeftButton:
            self._open(index)

    def focusInEvent(self, event: Any) -> None:
        """By the keyboard the first row that is no heading becomes current where none is: Qt asks `moveCursor`."""
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.keys_used = by_key or self.keys_used

    def moveCursor(self, action: _MOVE, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802, Qt's name
        """Keys go past headings."""
        place = super().moveCursor(action, modifiers).row()
        step = -1 if action in UPWARDS else 1
        while 0 <= place < len(self.rows.things) and self.rows.things[place].heading:
            place += step
        return self.rows.index(place) if 0 <= place < len(self.rows.things) else self.currentIndex()

    def _open(self, index: Index) -> None:
        if index.isValid() and not self.rows.things[index.row()].heading:
            self.opened.emit(self.rows.things[index.row()].key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for other heights."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Keeps the ground clear."""
        super().changeEvent(event)
        self.viewport().setAutoFillBackground(False)


def may_move(desk: Desk, rows: RowList, part: QWidget, shown: str, key: str) -> bool:
    """Whether a part that shows one row of a list may show another. Where what was typed in it was not taken, that is
    said once, and the row it shows is current again."""
    if key == shown or desk.may_leave(part):
        return True
    rows.choose(shown, tell=False)
    return False
