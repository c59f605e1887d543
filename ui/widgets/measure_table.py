"""Measures as a list: a table where there is room for its columns, else cards. Painted, one stop for the tabulator."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.base.words import N_, _
from app.domain.values import Priority
from ui.widgets.keyed import Index
from ui.widgets.list_scroll import PageList
from ui.widgets.look import Look
from ui.widgets.paint import paint_box, paint_icon, paint_priority
from ui.widgets.rows import Row, Rows

LEAST_FOR_COLUMNS = 560
"""Below this effective width the rows are cards."""

HEADS = (N_("Nr"), N_("Åtgärd"), N_("Ansvarig"), N_("Prio"), N_("Status"))
PAD = 14
TAG = 28
WRAP = Qt.TextFlag.TextWordWrap
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | int(WRAP)


@dataclass(frozen=True)
class MeasureRow(Row):
    """A measure. `undecided`: nobody is responsible yet. `status_icon` belongs to `right`, the status in words."""

    nr: str = ""
    who: str = ""
    undecided: bool = False
    status_icon: str = ""


def columns(look: Look, rows: Sequence[Row], width: int) -> list[QRect]:
    """Where the columns lie, as boxes without height; empty where there is no room and the rows are cards."""
    if width < LEAST_FOR_COLUMNS * look.scale:
        return []
    head, body = QFontMetrics(look.font("meta", weight=600)), QFontMetrics(look.font("body"))
    strong = QFontMetrics(look.font("strong"))
    shown = [each for each in rows if isinstance(each, MeasureRow)]
    heads = [head.horizontalAdvance(_(each)) for each in HEADS]
    icon = look.icon_px(22) + 8

    def widest(least: int, texts: Sequence[str], metrics: QFontMetrics, more: int, most: float) -> int:
        found = max((metrics.horizontalAdvance(each) for each in texts), default=0) + more
        return round(min(max(least, found), most))

    nr = widest(heads[0], [each.nr for each in shown], strong, 2, 0.14 * width)
    marked = icon if any(each.undecided for each in shown) else 2
    who = widest(heads[2], [each.who for each in shown], body, marked, 0.24 * width)
    status = widest(heads[4], [each.right for each in shown], body, icon + 2, 0.24 * width)
    prio = max(heads[3], look.icon_px(TAG))
    gap = 16
    what = width - 2 * PAD - nr - who - status - prio - 4 * gap
    found, x = [], PAD
    for wide in (nr, what, who, prio, status):
        found.append(QRect(x, 0, wide, 0))
        x += wide + gap
    return found


def _high(metrics: QFontMetrics, width: int, text: str) -> int:
    return metrics.boundingRect(0, 0, max(1, width), 10_000, WRAP, text).height() if text else 0


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, view: "MeasureList") -> None:
        super().__init__(view)
        self.look, self.view = look, view
        self._strong, self._body = QFontMetrics(look.font("strong")), QFontMetrics(look.font("body"))
        self._detail = QFontMetrics(look.font("meta"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need at the list's width."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else 400
        return QSize(max(1, width), self.height(self.view.row_at(index), width))

    def height(self, row: Row, width: int) -> int:
        """How high a row is at a width."""
        if row.heading or not isinstance(row, MeasureRow):
            return _high(QFontMetrics(self.look.font("h3")), width - 2 * PAD, row.title) + 26
        found = self.view.columns(width)
        if not found:
            return self._card_height(row, width)
        icon = self.look.icon_px(22) + 8
        words = _high(self._strong, found[1].width(), row.title) + _high(self._detail, found[1].width(), row.detail)
        who = _high(self._body, found[2].width() - (icon if row.undecided else 0), row.who)
        status = _high(self._body, found[4].width() - icon, row.right)
        return max(self.look.target, 50, words + 22, who + 22, status + 22)

    def _room_in_card(self, width: int) -> int:
        rows = self.view.rows.things
        nr = max((self._strong.horizontalAdvance(each.nr) for each in rows if isinstance(each, MeasureRow)), default=0)
        return width - 2 * PAD - nr - 14

    def _card_height(self, row: MeasureRow, width: int) -> int:
        room = self._room_in_card(width)
        words = _high(self._strong, room, row.title) + _high(self._detail, room, row.detail)
        return 14 + words + 8 + self._facts(None, row, QRect(width - PAD - room, 0, room, 0)) + 14

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row, box = self.view.row_at(index), QRect(option.rect)
        here = index.row() == self.view.currentIndex().row()
        painter.save()
        painter.translate(box.topLeft())
        box.moveTo(0, 0)
        chosen = here and self.view.marks_current
        if chosen:
            painter.fillRect(box, self.look.color("selected"))
            painter.fillRect(QRect(0, 0, 4, box.height()), self.look.color("primary"))
        painter.fillRect(QRect(0, box.height() - 1, box.width(), 1), self.look.color("hair"))
        if row.heading or not isinstance(row, MeasureRow):
            self._words(painter, box.adjusted(PAD, 14, -PAD, -6), row.title, "h3", "text")
        elif found := self.view.columns(box.width()):
            self._across(painter, row, found, box, "onSelected" if chosen else "text")
        else:
            self._card(painter, row, box, "onSelected" if chosen else "text")
        if here and self.view.hasFocus() and self.view.keys_used:
            paint_box(painter, box.adjusted(2, 2, -2, -2), None, self.look.color("focus"), width=3.0)
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, text: str, rank: str, role: str, flags: int = MIDDLE) -> None:
        painter.setFont(self.look.font(rank))
        painter.setPen(self.look.color(role))
        painter.drawText(box, flags, text)

    def _across(self, painter: QPainter, row: MeasureRow, found: list[QRect], box: QRect, ink: str) -> None:
        nr, what, who, prio, status = (each.adjusted(0, 0, 0, box.height()) for each in found)
        self._words(painter, nr, row.nr, "strong", ink)
        self._title(painter, row, what, ink)
        self._responsible(painter, row, who, ink)
        side = self.look.icon_px(TAG)
        paint_priority(painter, self.look, QRect(prio.left(), prio.center().y() - side // 2, side, side), row.priority)
        self._status(painter, row, status, ink)

    def _title(self, painter: QPainter, row: MeasureRow, box: QRect, ink: str) -> None:
        words = _high(self._strong, box.width(), row.title)
        below = _high(self._detail, box.width(), row.detail)
        top = box.top() + (box.height() - words - below) // 2
        self._words(painter, QRect(box.left(), top, box.width(), words), row.title, "strong", ink, int(WRAP))
        self._words(
            painter, QRect(box.left(), top + words, box.width(), below), row.detail, "meta",
            ink if ink == "onSelected" else "text2", int(WRAP),
        )  # fmt: skip

    def _responsible(self, painter: QPainter, row: MeasureRow, box: QRect, ink: str) -> None:
        if not row.undecided:
            self._words(painter, box, row.who, "body", ink)
            return
        rest = self._icon(painter, "help-circle-outline", box, "warn")
        self._words(painter, rest, row.who, "strong", "warn")

    def _status(self, painter: QPainter, row: MeasureRow, box: QRect, ink: str) -> None:
        self._words(painter, self._icon(painter, row.status_icon, box, ink), row.right, "body", ink)

    def _icon(self, painter: QPainter, name: str, box: QRect, ink: str) -> QRect:
        side = self.look.icon_px(22)
        place = QRect(box.left(), box.center().y() - side // 2, side, side)
        paint_icon(painter, self.look, place, name, self.look.color(ink))
        return box.adjusted(side + 8, 0, 0, 0)

    def _card(self, painter: QPainter, row: MeasureRow, box: QRect, ink: str) -> None:
        room = self._room_in_card(box.width())
        left = box.width() - PAD - room
        words = _high(self._strong, room, row.title)
        below = _high(self._detail, room, row.detail)
        self._words(painter, QRect(PAD, 14, left - PAD, words), row.nr, "strong", ink, int(WRAP))
        self._title(painter, row, QRect(left, 14, room, words + below), ink)
        self._facts(painter, row, QRect(left, 14 + words + below + 8, room, 0), ink)

    def _facts(self, painter: QPainter | None, row: MeasureRow, box: QRect, ink: str = "text") -> int:
        """Priority, who and status beside each other, in as many lines as they need; returns how high they are."""
        side, icon = self.look.icon_px(TAG), self.look.icon_px(22) + 8
        line = max(side, self._body.height() + 4)
        x, y = side + 16, 0
        if painter:
            tag = QRect(box.left(), box.top() + (line - side) // 2, side, side)
            paint_priority(painter, self.look, tag, row.priority)
        wide = QFontMetrics(self.look.font("strong"))
        for place, text in enumerate((row.who, row.right)):
            before = icon if place or row.undecided else 0
            wanted = before + wide.horizontalAdvance(text) + 4
            if x and x + wanted > box.width():
                x, y = 0, y + line + 4
            spot = QRect(box.left() + x, box.top() + y, min(wanted, box.width() - x), line)
            if painter:
                (self._status if place else self._responsible)(painter, row, spot, ink)
            x += wanted + 20
        return y + line


class MeasureList(PageList):
    """The measures of a walk. Letters A to D set a priority where `letters` are keys: `ranked(key, priority)`."""

    ranked = Signal(str, object)

    def __init__(self, look: Look, *, marks_current: bool, letters: bool) -> None:
        super().__init__(look, _("Åtgärder i vandringen"), marks_current=marks_current)
        self._letters = letters
        self._cells = _Painter(look, self)
        self.setItemDelegate(self._cells)

    def _sum_of_heights(self, width: int) -> int:
        return sum(self._cells.height(each, width) for each in self.rows.things)

    def row_at(self, index: Index) -> Row:
        """The row at an index."""
        model = index.model()
        assert isinstance(model, Rows)
        return model.things[index.row()]

    def columns(self, width: int) -> list[QRect]:
        """Where the columns lie at a width; empty for cards."""
        return columns(self.look, self.rows.things, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter sets the priority of the current row."""
        letter = event.text().upper()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if self._letters and plain and letter in list(Priority) and self.current_key():
            self.keys_used = True
            self.ranked.emit(self.current_key(), Priority(letter))
            return
        super().keyPressEvent(event)


class MeasureHeads(QWidget):
    """The names of the columns, over the list; none where the rows are cards."""

    def __init__(self, look: Look, view: MeasureList) -> None:
        super().__init__()
        self.look, self.view = look, view
        self._boxes: list[QRect] = []
        self._high = QFontMetrics(look.font("meta", weight=600)).height() + 20
        view.viewport().installEventFilter(self)
        self.settle()

    def settle(self) -> None:
        """Stand where the columns stand now."""
        self._boxes = self.view.columns(self.view.viewport().width()) if self.view.rows.things else []
        self.setFixedHeight(self._high if self._boxes else 0)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list has another width."""
        if event.type() == QEvent.Type.Resize:
            self.settle()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setFont(self.look.font("meta", weight=600))
        painter.setPen(self.look.color("text2"))
        for word, box in zip(HEADS, self._boxes, strict=False):
            painter.drawText(box.adjusted(0, 0, 8, self.height()), Qt.AlignmentFlag.AlignVCenter, _(word))
        painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), self.look.color("line"))


class PriorityMark(QWidget):
    """The square of a priority, for a legend; the word stands beside it."""

    def __init__(self, look: Look, priority: Priority) -> None:
        super().__init__()
        self.look, self.priority = look, priority
        self.setFixedSize(look.icon_px(TAG), look.icon_px(TAG))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        paint_priority(QPainter(self), self.look, self.rect(), self.priority)
